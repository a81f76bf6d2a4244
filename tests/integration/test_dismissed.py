"""A station that was dismissed still reads, its number is not given again, and commands say what stands in the way."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from secmsg import digits, errors
from secmsg.commands import root
from secmsg.crypto.randomness import system
from secmsg.ids import StationId
from secmsg.station import enrol
from secmsg.station.opening import floor
from secmsg.station.unlock import by_passphrase
from secmsg.store import profile as profiles
from secmsg.wire.contents import StationEntry
from tests.helpers.ministry import CANBERRA, FAST, HQ, KEYRING, PARIS, PASSPHRASE, Ministry, draft, sync
from tests.helpers.program import Program, Told
from tests.helpers.running_clock import RunningClock


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(monkeypatch, capsys)


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ministry]:
    """Paris has received a cable and sent one, and was then dismissed; it does not know yet."""
    built = Ministry(tmp_path_factory.mktemp("dismissed"), RunningClock())
    built.found()
    built.add_relay()
    built.enrol(HQ)
    built.enrol(PARIS)
    (built.root / "pass").touch(0o600)
    (built.root / "pass").write_text(PASSPHRASE, encoding="utf-8")
    sheet = profiles.new_sheet(
        built.root / "station-2",
        by_passphrase(PASSPHRASE).passphrase,
        keyring=KEYRING,
        floor=floor(FAST),
        random=system,
    )
    (built.root / "groups").touch(0o600)
    (built.root / "groups").write_text(digits.groups(sheet.reveal()), encoding="utf-8")
    headquarters, paris = built.open(HQ), built.open(PARIS)
    for station in (paris, headquarters):
        sync(station)
    headquarters.release(draft(PARIS.id))
    paris.release(draft(HQ.id, subject="Báo cáo tuần"))
    for station in (headquarters, paris, headquarters):
        sync(station)
    built.close(headquarters)
    built.close(paris)
    with built.authority() as office:
        office.dismiss(PARIS.id)
    built.publish()
    yield built
    built.end()


@pytest.fixture
def ministry(founded: Ministry, tmp_path: Path) -> Ministry:
    copy = tmp_path / "ministry"
    shutil.copytree(founded.root, copy, ignore=shutil.ignore_patterns("relay"))
    return Ministry(copy, founded.clock, relays=founded.relays)


def _of(ministry: Ministry, number: int) -> tuple[str | Path, ...]:
    return ("--home", ministry.root / f"station-{number}", "--passphrase-file", ministry.root / "pass")


def _enrol(told: Program, ministry: Ministry, tmp_path: Path, entry: StationEntry) -> Told:
    """Ask and grant by commands."""
    home, request = tmp_path / "new", tmp_path / "request"
    if not home.exists():
        told(
            "station", "init", "--home", home, "--passphrase-file", ministry.root / "pass", "--number", f"{entry.id}",
            "--name", entry.name_vi, "--officer", "Lê", "--title", "Đại sứ", "--request", request, "--sheet",
            tmp_path / "sheet.txt",
        )  # fmt: skip
        (tmp_path / "access").write_text(told("relay", "enrol", "--home", ministry.relays[0].folder).out)
    made = [path for path in (tmp_path / "kit", tmp_path / "code") if path.exists()]
    for path in made:
        path.unlink()
    return told(
        "authority", "enrol", "--home", ministry.root / "authority", "--passphrase-file", ministry.root / "pass",
        "--number", f"{entry.id}", "--name-vi", entry.name_vi, "--name-en", entry.name_en, "--place", entry.place,
        "--timezone", entry.timezone, "--symbol", entry.symbol, "--cable-name", entry.mrn_name,
        "--relay", f"R={tmp_path / 'access'}", "--fingerprint", _fingerprint(request), "--kit", tmp_path / "kit",
        "--code-file", tmp_path / "code", request,
    )  # fmt: skip


def _fingerprint(request: Path) -> str:
    return enrol.fingerprint(request.read_bytes())


def test_a_dismissed_station_learns_it_by_sync_and_still_reads(told: Program, ministry: Ministry) -> None:
    before = told("station", "status", *_of(ministry, 2), "--json").json

    first = told("sync", *_of(ministry, 2))
    again = told("sync", *_of(ministry, 2), "--json")
    status = told("station", "status", *_of(ministry, 2))
    inbox = told("list", "inbox", *_of(ministry, 2), "--json")
    (received,) = [row for row in inbox.json if "mrn" in row]
    reads = [
        told("show", *_of(ministry, 2), received["mrn"]),
        *(told("list", each, *_of(ministry, 2)) for each in ("sent", "outbox", "drafts", "gaps", "stations")),
        told("list", "register", "in", *_of(ministry, 2)),
        told("search", *_of(ministry, 2), "chuyen", "tham"),
    ]

    assert before["listed"] is True
    for ended in (first, again):
        assert ended.code == 0
        assert "this device is not listed in edition 3" in ended.err
    assert status.code == 0
    assert re.search(r"^notice +this device is not listed in edition 3", status.out, re.MULTILINE)
    assert "Nguyễn Văn Paris, Đại sứ" in status.out
    assert [(each.code, each.err) for each in reads] == [(0, "")] * len(reads)
    assert PARIS.name_vi in status.out
    assert told("station", "status", *_of(ministry, 2), "--json").json["listed"] is False


def test_a_dismissed_station_releases_nothing_more(told: Program, ministry: Ministry, tmp_path: Path) -> None:
    told("sync", *_of(ministry, 2))
    body = tmp_path / "body"
    body.write_text("Nội dung", encoding="utf-8")

    ended = told(
        "send", *_of(ministry, 2), "--to", "1", "--degree", "unclassified", "--topic", "A1", "--subject", "Về chuyến",
        "--body-file", body, "--drafter", "Soạn",
    )  # fmt: skip

    assert ended.code == errors.NotListed.exit_code
    assert "ask headquarters" in ended.err


def test_the_number_of_a_dismissed_station_is_not_given_again(
    told: Program, ministry: Ministry, tmp_path: Path
) -> None:
    # A new profile counts from 1: its peers hold higher serials of this number, and would see a fork.
    refused = _enrol(told, ministry, tmp_path, PARIS)
    granted = _enrol(told, ministry, tmp_path, CANBERRA)

    assert refused.code == errors.EnrolmentError.exit_code
    assert "station 2 was dismissed" in refused.err
    assert "a number and a cable name that no station has had" in refused.err
    assert granted.code == 0, granted.err
    assert granted.err == ""


def test_a_second_machine_is_granted_and_told_what_it_does(told: Program, ministry: Ministry, tmp_path: Path) -> None:
    granted = _enrol(told, ministry, tmp_path, HQ)

    assert granted.code == 0
    assert "station 1 has 2 machines now: its first one releases, machine 3 receives" in granted.err


def test_an_edition_marks_the_dismissed(told: Program, ministry: Ministry) -> None:
    by = ("--home", ministry.root / "authority", "--passphrase-file", ministry.root / "pass")

    listed, document = told("authority", "edition", *by), told("authority", "edition", *by, "--json").json

    assert re.search(r"^1 +Bộ Ngoại giao .* listed$", listed.out, re.MULTILINE)
    assert re.search(r"^2 +ĐSQ Paris .* dismissed$", listed.out, re.MULTILINE)
    assert [each["id"] for each in document["stations"]] == [1]
    assert [each["id"] for each in document["dismissed"]] == [2]


def test_a_station_is_known_as_dismissed_to_the_authority_alone(ministry: Ministry) -> None:
    with ministry.authority() as office:
        assert [each.id for each in office.dismissed()] == [PARIS.id]
        with pytest.raises(errors.NotListed):
            office.dismiss(StationId(2))


# --- every store by its sheet ----------------------------------------------------------------------------------------


def test_every_command_that_opens_a_store_opens_it_by_the_sheet_too() -> None:
    lacking, seen = [], 0
    for name in root.secmsg.list_commands(None):  # type: ignore[arg-type]  # the group needs no context
        command = root.secmsg.get_command(None, name)  # type: ignore[arg-type]  # as above
        for each in getattr(command, "commands", {"": command}).values():
            options = {option.name for option in each.params}
            # A move takes the officer's own keyslot along: the sheet has none.
            makes = each.name in {"init", "setup", "create", "passphrase", "recover", "portable"}
            if "passphrase_file" in options and not makes and not {"by_sheet", "groups_file"} <= options:
                lacking.append(f"{name} {each.name}")
            seen += "by_sheet" in options

    assert lacking == []
    assert seen >= 16


def test_a_store_is_read_by_its_sheet(told: Program, ministry: Ministry) -> None:
    sheet = ("--home", ministry.root / "station-2", "--groups-file", ministry.root / "groups")

    for words in (("station", "status"), ("list", "inbox"), ("search", "thăm"), ("sync",)):
        assert told(*words[:2], *sheet, *words[2:]).code == 0, words
    both = told("list", "inbox", *sheet, "--passphrase-file", ministry.root / "pass")

    assert both.code == 2
    assert "exclude each other" in both.err


# --- sentences -------------------------------------------------------------------------------------------------------


def test_where_there_is_no_store_the_command_that_makes_one_is_named(told: Program, tmp_path: Path) -> None:
    for words in (("station", "status"), ("list", "inbox"), ("sync",), ("sync", "--follow")):
        ended = told(*words, "--home", tmp_path / "none")

        assert ended.code == errors.NotFound.exit_code
        assert "`secmsg station init` makes one" in ended.err
    for kind, maker in (("station", "station init"), ("authority", "authority create")):
        for more in (("passphrase",), ("recover", "--sheet", f"{tmp_path}/sheet")):
            assert f"`secmsg {maker}` makes one" in told(kind, *more, "--home", tmp_path / "none").err


def test_a_kit_is_taken_once(told: Program, ministry: Ministry, tmp_path: Path) -> None:
    (tmp_path / "kit").write_bytes(b"kit")
    (tmp_path / "code").write_text("12345")

    ended = told("station", "join", *_of(ministry, 1), "--code-file", tmp_path / "code", tmp_path / "kit")

    assert ended.code == errors.EnrolmentError.exit_code
    assert "this station has joined already, and a kit is taken once" in ended.err
    assert "type the code again" not in ended.err


@pytest.mark.parametrize("content", [b"", b"no edition", b"\x01" * 5000])
def test_what_is_no_edition_is_not_published(told: Program, ministry: Ministry, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "file").write_bytes(content)

    ended = told("relay", "publish", "--home", ministry.relays[0].folder, tmp_path / "file")

    assert ended.code == errors.FormatError.exit_code
    assert "is no edition: `secmsg authority edition --out FOLDER` writes them" in ended.err


def test_words_need_no_quotes(told: Program, ministry: Ministry) -> None:
    quoted = told("search", *_of(ministry, 1), "bao cao", "--json").json
    bare = told("search", *_of(ministry, 1), "bao", "cao", "--json").json

    assert bare == quoted
    assert [each["subject"] for each in bare["rows"]] == ["Báo cáo tuần"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("00000 12345", "group 2 of the recovery sheet does not check: read it again"),
        ("00000 1234", "the recovery sheet: group 2: not five figures"),
        ("ba mươi", "the recovery sheet: something else than figures"),
        ("60440 65330 72978 09402 54319 19691 35754 24264 43708 04586 25321", "the recovery sheet"),
    ],
)
def test_groups_that_are_not_the_sheets_are_named(
    told: Program, ministry: Ministry, tmp_path: Path, text: str, said: str
) -> None:
    (tmp_path / "groups").touch(0o600)
    (tmp_path / "groups").write_text(text, encoding="utf-8")

    ended = told("list", "inbox", "--home", ministry.root / "station-2", "--groups-file", tmp_path / "groups")

    assert ended.code == errors.FormatError.exit_code
    assert said in ended.err
