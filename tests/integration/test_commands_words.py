"""What commands ask, print and refuse; in this process, on a small ministry with cheap passphrases."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from secmsg import errors
from secmsg.commands import failures, root
from secmsg.commands import sync as sync_command
from secmsg.commands.ground import Ground
from secmsg.config import PRODUCTION
from secmsg.errors import SecmsgError
from tests.helpers.command_line import CHEAP, ROOT, environment
from tests.helpers.ministry import FAST, HQ, PARIS, PASSPHRASE, Ministry, attachment, draft, sync
from tests.helpers.program import Program
from tests.helpers.running_clock import RunningClock


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(monkeypatch, capsys)


@pytest.fixture
def ministry(founded: Ministry, tmp_path: Path) -> Ministry:
    """Copy the profiles, so that no test sees what another has done; the relay is one for all."""
    copy = tmp_path / "ministry"
    shutil.copytree(founded.root, copy, ignore=shutil.ignore_patterns("relay"))
    return Ministry(copy, founded.clock, relays=founded.relays)


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ministry]:
    """Headquarters has sent a cable with an annex, which Paris has not read; one more waits; a draft is kept."""
    folder = tmp_path_factory.mktemp("words")
    built = Ministry(folder, RunningClock())
    built.found()
    built.add_relay()
    built.enrol(HQ)
    built.enrol(PARIS)
    (folder / "pass").touch(0o600)
    (folder / "pass").write_text(PASSPHRASE, encoding="utf-8")
    (folder / "paper.pdf").write_bytes(b"%PDF-" + bytes(1000))
    headquarters, paris = built.open(HQ), built.open(PARIS)
    sync(paris)
    sync(headquarters)
    headquarters.release(draft(PARIS.id, attachments=(attachment(folder / "paper.pdf"),)))
    sync(headquarters)
    sync(paris)
    headquarters.release(draft(PARIS.id, subject="Điện còn chờ"))
    headquarters.save_draft(None, draft(PARIS.id, subject="Dự thảo"))
    built.close(headquarters)
    built.close(paris)
    yield built
    built.end()


def _of(ministry: Ministry, number: int) -> tuple[str | Path, ...]:
    return ("--home", ministry.root / f"station-{number}", "--passphrase-file", ministry.root / "pass")


CABLE_KEYS = {
    "cable_id", "incoming", "number", "symbol", "mrn", "kind", "degree", "urgency", "subject", "peer_name",
    "at", "read",
    "acknowledged", "annexes", "excerpt", "unsigned", "by_hand", "state", "register",
}  # fmt: skip
LISTINGS = [
    (("inbox",), 2, CABLE_KEYS | {"kind_of_row"}),
    (("sent",), 1, CABLE_KEYS),
    (
        ("outbox",), 1,
        {
            "cable_id", "number", "urgency", "degree", "subject", "to_name", "state", "since", "next_try_at",
            "relay_name", "parts", "detail", "mrn", "attempts", "receipt_due_at", "to", "pouches", "lines", "paused",
            "picked_up_at",
        },
    ),
    (("drafts",), 1, {"draft_id", "subject", "degree", "to_name", "saved_at"}),
    (("stations",), 1, {"station", "name_vi", "name_en", "place", "timezone", "devices"}),
    (
        ("register", "out"), 1,
        {
            "line", "at", "symbol", "mrn", "dated", "degree", "urgency", "subject", "peer_name", "copies", "pages",
            "note",
        },
    ),
]  # fmt: skip


@pytest.mark.parametrize(("words", "number", "keys"), LISTINGS, ids=[" ".join(row[0]) for row in LISTINGS])
def test_the_keys_of_a_listing_are_stable(
    told: Program, ministry: Ministry, words: tuple[str, ...], number: int, keys: set[str]
) -> None:
    listed = told("list", *words, *_of(ministry, number), "--json")

    assert (listed.code, listed.err) == (0, "")
    assert listed.json
    assert set(listed.json[0]) == keys


@pytest.mark.parametrize("words", [("gaps",), ("quarantine",)])
def test_an_empty_listing_is_an_empty_list_and_a_sentence(
    told: Program, ministry: Ministry, words: tuple[str, ...]
) -> None:
    assert told("list", *words, *_of(ministry, 2), "--json").json == []
    assert re.fullmatch(r"(no|nothing) .+\n", told("list", *words, *_of(ministry, 2)).out)


@pytest.mark.parametrize(
    ("words", "number", "said"),
    [
        (("inbox",), 2, "001  confidential  routine"),
        (("inbox", "--only", "unacknowledged"), 2, "unread"),
        (("sent",), 1, "Điện còn chờ"),
        (("outbox",), 1, "Điện|waiting|sending|002"),
        (("drafts",), 1, "Dự thảo"),
        (("stations",), 1, "ĐSQ Paris"),
        (("register", "out"), 1, "HANOI 002"),
        (("register", "in"), 2, "HANOI 001"),
    ],
)
def test_a_listing_is_a_table_for_the_eye(
    told: Program, ministry: Ministry, words: tuple[str, ...], number: int, said: str
) -> None:
    listed = told("list", *words, *_of(ministry, number))

    assert (listed.code, listed.err) == (0, "")
    assert re.search(said, listed.out)


def test_a_cable_is_shown_found_and_written_out(told: Program, ministry: Ministry, tmp_path: Path) -> None:
    (row,) = told("list", "inbox", *_of(ministry, 2), "--json").json
    shown = told("show", *_of(ministry, 2), row["mrn"])
    found = told("search", *_of(ministry, 2), "chuyen tham", "--json").json
    missed = told("search", *_of(ministry, 2), "không-có-từ-này")
    text = told("export", *_of(ministry, 2), "--text", row["cable_id"], tmp_path / "cable.txt")
    annex = told("export", *_of(ministry, 2), "--annex", "1", row["mrn"], tmp_path / "annex.pdf", "--json")
    again = told("export", *_of(ministry, 2), "--annex", "1", row["mrn"], tmp_path / "annex.pdf")
    own = told("show", *_of(ministry, 1), row["mrn"])

    for said in (
        "signature   verified: Nguyễn Văn Hanoi",
        "the first",
        "Kính gửi Bộ.",
        "annex 1",
        "1005 bytes  2 pages  ready",
    ):
        assert said in shown.out
    assert [each["mrn"] for each in found["rows"]] == [row["mrn"]]
    assert missed.out.startswith("none of ")
    assert text.code == 0
    assert "Kính gửi Bộ." in (tmp_path / "cable.txt").read_text(encoding="utf-8")
    assert annex.json == [str(tmp_path / "annex.pdf")]
    assert (tmp_path / "annex.pdf").read_bytes() == (ministry.root / "paper.pdf").read_bytes()
    assert again.code == errors.StoreExists.exit_code
    assert "nothing was overwritten" in again.err
    assert "received" not in own.out


def test_the_status_names_the_station_and_what_waits(told: Program, ministry: Ministry) -> None:
    status = told("station", "status", *_of(ministry, 1))

    for said in ("Bộ Ngoại giao", "Nguyễn Văn Hanoi, Đại sứ", "outbox", "relay"):
        assert said in status.out
    assert told("station", "status", *_of(ministry, 1), "--json").json["joined"] is True


def _send(ministry: Ministry, body: Path, *more: str | Path) -> tuple[str | Path, ...]:
    return (
        "send", *_of(ministry, 1), "--degree", "top-secret", "--topic", "A1", "--body-file", body, "--drafter",
        "Soạn", *more,
    )  # fmt: skip


def test_a_cable_that_lacks_something_is_refused_with_the_list(
    told: Program, ministry: Ministry, tmp_path: Path
) -> None:
    body = tmp_path / "body"
    body.write_text("Nội dung", encoding="utf-8")
    before = len(told("list", "sent", *_of(ministry, 1), "--json").json)

    lacking = told(*_send(ministry, body, "--to", "2", "--subject", "Về"))
    nobody = told(*_send(ministry, body, "--to", "nowhere", "--subject", "Về chuyến thăm"))
    both = told(*_send(ministry, body, "--to", "2", "--subject", "Về", "--subject-file", body))

    assert lacking.code == errors.Incomplete.exit_code
    assert "no-basis, subject-too-short, no-second-person" in lacking.err
    assert "no number was used" in lacking.err
    assert nobody.code == errors.NotListed.exit_code
    assert "secmsg sync" in nobody.err
    assert both.code == 2
    assert len(told("list", "sent", *_of(ministry, 1), "--json").json) == before


def test_a_cable_with_every_option_is_released(told: Program, ministry: Ministry, tmp_path: Path) -> None:
    body, subject = tmp_path / "body", tmp_path / "subject"
    body.write_bytes("Một.\r\nHai.\r\n".encode())
    subject.write_text("Về mọi mặt\n", encoding="utf-8")
    mrn = told("list", "sent", *_of(ministry, 1), "--json").json[0]["mrn"]

    released = told(*_send(
        ministry, body, "--to", "Paris", "--subject-file", subject, "--basis", "Điều 3", "--urgency", "flash",
        "--urgency-reason", "Việc không thể chờ", "--kind", "telegram", "--second-person", "Phó đại sứ", "--caption",
        "Lãnh đạo Bộ", "--ref", f"reply={mrn}", "--attach", f"{ministry.root / 'paper.pdf'}:4", "--copies",
        "2", "--copy-ok",
        "--reply-by", _in_days(20), "--desk-by", _in_days(3), "--return-by", _in_days(300), "--void-after",
        _in_days(90),
        "--protect-until", _in_days(3000), "--drafter-title", "Bí thư", "--prefix", "kt", "--summary-file", body,
        "--subject-in-register", "--json",
    ))  # fmt: skip
    cable = told("show", *_of(ministry, 1), released.json["mrn"], "--json").json["cable"]

    assert (cable["body"], cable["summary"], cable["subject"]) == ("Một.\nHai.", "Một.\nHai.", "Về mọi mặt")
    assert (cable["kind"], cable["urg_action"], cable["sign_prefix"]) == ("telegram", "flash", "kt")
    assert cable["refs"] == [{"mrn": mrn, "link": "reply"}]
    assert (cable["annexes"][0]["pages"], cable["copies"], cable["copy_ok"]) == (4, 2, True)
    assert cable["second_person"]["name"] == "Phó đại sứ"


def _in_days(days: int) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).isoformat(timespec="minutes")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nothing",), "No such command"),
        (("list", "inbox"), "Missing option '--home'"),
        (("send", "--home", "x", "--degree", "very"), "Invalid value for '--degree'"),
        (("send", "--home", "x", "--reply-by", "soon"), "is not like 2026-12-31"),
        (("send", "--home", "x", "--attach", "/nowhere/at/all.pdf"), "there is no file"),
        (("send", "--home", "x", "--ref", "about=26 PARIS 001"), "a reference is one of reply"),
        (("authority", "enrol", "--home", "x", "--relay", "relay.json"), "is not a name, '=' and a file"),
    ],
)
def test_a_wrong_call_ends_with_2(told: Program, words: tuple[str, ...], said: str) -> None:
    ended = told(*words)

    assert ended.code == 2
    assert said in ended.err


def test_errors_say_what_happened_what_is_safe_and_what_to_do(
    told: Program, ministry: Ministry, tmp_path: Path
) -> None:
    wrong, binary = tmp_path / "wrong", tmp_path / "binary"
    for file, data in ((wrong, b"m\xc6\xb0\xe1\xbb\x9di"), (binary, b"\xff\xfe\xff")):
        file.touch(0o600)
        file.write_bytes(data)
    home = ministry.root / "station-2"

    for words, kind, safe in (
        (("--home", home, "--passphrase-file", wrong), errors.WrongPassphrase, "the store is unharmed"),
        (("--home", home, "--passphrase-file", binary), errors.FormatError, "nothing was changed"),
        (("--home", tmp_path / "none", "--passphrase-file", wrong), errors.NotFound, "nothing was changed"),
    ):
        ended = told("list", "inbox", *words)
        assert ended.code == kind.exit_code, ended
        assert ended.err.startswith("secmsg: ")
        assert safe in ended.err
        assert ended.err.count("\n") == 1
        assert ended.out == ""

    unknown = told("show", *_of(ministry, 2), "26 NOWHERE 001")
    assert unknown.code == errors.NotFound.exit_code


def test_a_profile_that_is_open_elsewhere_is_not_opened_again(told: Program, ministry: Ministry) -> None:
    station = ministry.open(PARIS)
    try:
        ended = told("list", "inbox", *_of(ministry, 2))
    finally:
        ministry.close(station)

    assert ended.code == errors.ProfileInUse.exit_code
    assert "close that program" in ended.err


def _leaves(kind: type[SecmsgError]) -> Iterator[type[SecmsgError]]:
    below = kind.__subclasses__()
    if not below:
        yield kind
    for each in below:
        yield from _leaves(each)


def _name(leaf: type[SecmsgError]) -> str:
    return leaf.__name__


LEAVES = sorted(_leaves(SecmsgError), key=_name)


@pytest.mark.parametrize("kind", LEAVES, ids=[each.__name__ for each in LEAVES])
def test_every_leaf_of_the_tree_has_its_advice(kind: type[SecmsgError]) -> None:
    error = errors.Incomplete(()) if kind is errors.Incomplete else kind.__new__(kind)

    row = failures.advice(error)

    assert row.happened != "something failed"
    assert failures.sentence(error).endswith(f"; {row.safe}: {row.do}")


def test_a_relay_out_of_reach_ends_with_70_and_keeps_the_outbox(told: Program, ministry: Ministry) -> None:
    (relay,) = ministry.relays
    relay.stop()
    try:
        ended = told("sync", *_of(ministry, 1))
    finally:
        relay.start()

    assert ended.code == errors.Unreachable.exit_code
    assert "the outbox keeps everything" in ended.err


def test_sync_once_and_then_in_a_stream_of_events(told: Program, ministry: Ministry) -> None:
    once = told("sync", *_of(ministry, 1), "--json")
    followed = subprocess.Popen(
        [sys.executable, "-m", CHEAP, "sync", "--follow", "--json", *map(str, _of(ministry, 2))],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", env=environment(), cwd=ROOT,
    )  # fmt: skip
    assert followed.stdout is not None
    events = []
    for line in followed.stdout:
        events.append(json.loads(line)["event"])
        if "cable-arrived" in events and "link-changed" in events:
            break
    followed.terminate()
    _, complaint = followed.communicate(timeout=20)

    assert set(once.json) == {"arrived", "sent", "unreached"}
    assert followed.returncode == 0
    assert complaint == ""
    assert len(told("list", "inbox", *_of(ministry, 2), "--json").json) == 2


def test_following_stops_at_a_signal(told: Program, ministry: Ministry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sync_command, "LOOK_S", 0.02)
    before = signal.getsignal(signal.SIGTERM)
    follows, echo = threading.Event(), click.echo

    def hear(text: str, **given: Any) -> None:  # noqa: ANN401 - as click's
        echo(text, **given)
        if "link relay up" in text:
            follows.set()

    def stop() -> None:
        follows.wait(60)
        os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setattr(click, "echo", hear)
    threading.Thread(target=stop, daemon=True).start()

    ended = told("sync", "--follow", *_of(ministry, 2))

    assert (ended.code, ended.err) == (0, "")
    assert "link relay up" in ended.out
    assert signal.getsignal(signal.SIGTERM) is before


def test_an_acknowledgement_is_for_incoming_cables(told: Program, ministry: Ministry) -> None:
    rows = [row for row in told("list", "inbox", *_of(ministry, 2), "--json").json if "mrn" in row]

    signed = told("acknowledge", *_of(ministry, 2), rows[-1]["mrn"])
    own = told("acknowledge", *_of(ministry, 1), rows[-1]["mrn"])

    assert signed.out == f"acknowledged {rows[-1]['mrn']}\n"
    assert own.code != 0
    assert own.err.startswith("secmsg: ")


def test_passphrases_are_asked_for_and_never_shown(ministry: Ministry, tmp_path: Path) -> None:
    runner, ground = CliRunner(), Ground(FAST)
    home = str(ministry.root / "station-2")
    new = ["station", "init", "--home", str(tmp_path / "new"), "--number", "9", "--name", "A",
           "--officer", "B", "--title", "C",
           "--request", str(tmp_path / "request"), "--sheet", str(tmp_path / "sheet")]  # fmt: skip

    opened = runner.invoke(root.secmsg, ["station", "status", "--home", home], input=PASSPHRASE + "\n", obj=ground)
    short = runner.invoke(root.secmsg, new, input="ngắn\n", obj=ground)
    unequal = runner.invoke(root.secmsg, new, input=f"{PASSPHRASE}\n{PASSPHRASE}!\n", obj=ground)
    by_sheet = runner.invoke(
        root.secmsg, ["station", "status", "--by-sheet", "--home", home], input="12345 00000\n", obj=ground
    )

    assert opened.exit_code == 0
    assert opened.stderr == "Passphrase: \n"
    assert PASSPHRASE not in opened.output
    assert isinstance(short.exception, errors.WrongPassphrase)
    assert isinstance(unequal.exception, errors.WrongPassphrase)
    assert not (tmp_path / "new").exists()
    assert isinstance(by_sheet.exception, errors.FormatError)


def test_no_option_takes_a_secret_as_its_value() -> None:
    # What stands on the command line or in the environment can be read by every process of this user.
    for name in root.secmsg.list_commands(None):  # type: ignore[arg-type]  # the group needs no context
        for option in _options(root.secmsg.get_command(None, name)):  # type: ignore[arg-type]  # as above
            secret = re.search(r"pass|code|key|token|secret|groups|sheet|body|summary", option.name or "")
            by_path = type(option.type).__name__ in {"Path", "File"} or option.is_flag
            assert not secret or by_path or option.name == "sheet_place", option.name  # that says where it lies
            assert option.envvar in {None, "SECMSG_HOME"}


def _options(command: Any) -> Iterator[Any]:  # noqa: ANN401 - click's objects
    for each in getattr(command, "commands", {}).values():
        yield from _options(each)
    yield from (each for each in command.params if each.param_type_name == "option")


def test_the_sheet_opens_a_store_by_the_command_line(told: Program, tmp_path: Path) -> None:
    (tmp_path / "pass").touch(0o600)
    (tmp_path / "pass").write_text(PASSPHRASE, encoding="utf-8")
    made = told(
        "station", "init", "--home", tmp_path / "new", "--passphrase-file", tmp_path / "pass", "--number", "9",
        "--name",
        "ĐSQ", "--officer", "B", "--title", "C", "--request", tmp_path / "request", "--sheet", tmp_path / "sheet.txt",
    )  # fmt: skip
    again = told(
        "station", "init", "--home", tmp_path / "other", "--passphrase-file", tmp_path / "pass", "--number",
        "9", "--name",
        "ĐSQ", "--officer", "B", "--title", "C", "--request", tmp_path / "request", "--sheet",
        tmp_path / "sheet2.txt",
    )  # fmt: skip
    groups = " ".join(re.findall(r"\b\d{5}\b", (tmp_path / "sheet.txt").read_text(encoding="utf-8")))
    opened = CliRunner().invoke(
        root.secmsg, ["station", "status", "--by-sheet", "--home", str(tmp_path / "new")], input=groups + "\n",
        obj=Ground(FAST),
    )  # fmt: skip

    assert made.code == 0
    assert again.code == errors.StoreExists.exit_code
    assert not (tmp_path / "other").exists()
    assert opened.exit_code == 0, opened.exception
    assert "has not joined" in opened.output


def test_a_request_whose_fingerprint_differs_is_not_granted(told: Program, ministry: Ministry, tmp_path: Path) -> None:
    station = ministry.open(PARIS)
    request, access = tmp_path / "request", tmp_path / "access.json"
    request.write_bytes(station.request())
    ministry.close(station)
    granted = told("relay", "enrol", "--home", ministry.relays[0].folder)
    access.write_text(granted.out)
    order = (
        "authority", "enrol", "--home", ministry.root / "authority", "--passphrase-file",
        ministry.root / "pass", "--number", "3",
        "--name-vi", "A", "--name-en", "B", "--place", "C", "--timezone", "UTC", "--symbol", "{number}/A",
        "--cable-name", "AAA",
        "--kit", tmp_path / "kit",
    )  # fmt: skip
    other = "60440 65330 72978 09402 54319 19691 35754 24264 43708 04586 25321"

    differs = told(*order, "--relay", f"R={access}", "--fingerprint", other, request)
    access.write_text("{}")
    no_relay = told(*order, "--relay", f"R={access}", "--fingerprint", other, request)
    newest = told(
        "authority", "edition", "--home", ministry.root / "authority", "--passphrase-file", ministry.root / "pass"
    )

    assert differs.code == errors.EnrolmentError.exit_code
    assert no_relay.code == errors.FormatError.exit_code
    assert not (tmp_path / "kit").exists()
    assert newest.out.startswith("edition 2\n")


def test_a_station_is_taken_off_the_list_by_a_new_edition(told: Program, ministry: Ministry) -> None:
    by = ("--home", ministry.root / "authority", "--passphrase-file", ministry.root / "pass")

    dismissed = told("authority", "dismiss", *by, "2")
    unknown = told("authority", "dismiss", *by, "77")

    assert dismissed.out.startswith("edition  3 no longer lists station 2")
    assert told("authority", "edition", *by, "--json").json["edition"] == 3
    assert unknown.code == errors.NotListed.exit_code


def test_only_the_relay_command_loads_a_relay_and_no_command_loads_windows() -> None:
    for words, unwanted in (
        ("['send', '--help']", "secmsg.relay"),
        ("['relay', '--help']", "secmsg.station"),
        ("['--version']", "secmsg.station"),
        ("['station', '--help']", "PySide6"),
    ):
        seen = subprocess.run(
            [
                sys.executable, "-c",
                f"import sys\nfrom secmsg.commands.root import secmsg\nsecmsg.main({words}, standalone_mode=False)\n"
                f"sys.exit(any(name.split('.')[:2] == {unwanted.split('.')!r}[:2] for name in sys.modules))",
            ],
            cwd=ROOT, env=environment(), capture_output=True, check=False,
        )  # fmt: skip
        assert seen.returncode == 0, (words, unwanted, seen.stderr)


def test_the_demo_is_the_windows_own(told: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    began: list[list[str]] = []

    def note(command: list[str], *, check: bool) -> subprocess.CompletedProcess[str]:
        began.append(command)
        return subprocess.CompletedProcess(command, 7)

    monkeypatch.setattr(subprocess, "run", note)

    assert told("demo", "--windows").code == 7
    assert began == [[sys.executable, "-m", "ui", "--demo", "--windows"]]


def test_the_version_is_the_projects_own() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert project["version"] == root.VERSION


def test_without_another_ground_a_run_stands_on_production() -> None:
    assert Ground().policy == PRODUCTION
