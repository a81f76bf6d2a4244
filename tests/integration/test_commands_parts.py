"""The parts of the command line that the long path does not come to."""

import importlib.util
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import click
import pytest

from secmsg import errors
from secmsg.commands import cables, failures, files, listing, root, sync
from secmsg.commands.choices import Attachment, OneOf, ReferenceTo
from secmsg.commands.ground import Ground, policy
from secmsg.commands.printing import plain
from secmsg.config import PRODUCTION
from secmsg.errors import SecmsgError
from secmsg.ids import CableId
from secmsg.office.draft import DraftAttachment
from secmsg.office.lifecycle import OutboxState
from secmsg.station.events import (
    CableArrived,
    CableChanged,
    DirectoryChanged,
    Event,
    GapsChanged,
    LinkChanged,
    Noticed,
    OutboxChanged,
    Progress,
)
from secmsg.station.views import (
    AttachmentState,
    AttachmentView,
    CableRow,
    GapRow,
    LinkState,
    LinkStatus,
    Notice,
    NoticeKind,
    QuarantineRow,
    Verification,
)
from secmsg.wire.cable import Degree, Kind, LinkKind, Reference, Urgency
from tests.helpers.by_hand import mistyped
from tests.helpers.cables import CABLE
from tests.helpers.ministry import FAST, PASSPHRASE
from tests.helpers.program import Program

CABLE_ID = CableId(bytes.fromhex("00112233445566778899aabbccddeeff"))


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(monkeypatch, capsys)


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "pass"
    path.touch(0o600)
    path.write_text(PASSPHRASE, encoding="utf-8")
    return path


def test_an_authority_founds_enrols_and_gives_out_editions(told: Program, tmp_path: Path, secret: Path) -> None:
    by = ("--home", tmp_path / "authority", "--passphrase-file", secret)
    mission = ("--home", tmp_path / "mission", "--passphrase-file", secret)
    created = told("authority", "create", *by, "--name", "Cơ yếu", "--sheet", tmp_path / "sheet.pdf")
    told("relay", "init", "--home", tmp_path / "relay", "--port", "0")
    (tmp_path / "access").write_text(told("relay", "enrol", "--home", tmp_path / "relay").out)
    asked = told(
        "station", "init", *mission, "--number", "2", "--name", "ĐSQ", "--officer", "Lê", "--title", "Đại sứ",
        "--request", tmp_path / "request", "--sheet", tmp_path / "sheet2.pdf",
    )  # fmt: skip
    (fingerprint,) = [line.split("  ")[-1] for line in asked.out.splitlines() if line.startswith("fingerprint")]
    seat = (
        "authority", "enrol", *by, "--number", "2", "--name-vi", "ĐSQ", "--name-en", "Post", "--place",
        "P", "--timezone",
        "UTC", "--symbol", "{number}/A", "--cable-name", "POST", "--relay", f"R={tmp_path / 'access'}",
        "--fingerprint",
        fingerprint.replace(" ", "-"),
    )  # fmt: skip
    granted = told(*seat, "--kit", tmp_path / "kit", "--json", tmp_path / "request")
    twice = told(*seat, "--kit", tmp_path / "kit2", tmp_path / "request")
    taken = told(*seat, "--kit", tmp_path / "kit", tmp_path / "request")
    code = tmp_path / "code"
    code.write_text(mistyped(granted.json["activation_code"]))
    wrong = told("station", "join", *mission, "--code-file", code, tmp_path / "kit")
    code.write_text(granted.json["activation_code"])
    joined = told("station", "join", *mission, "--code-file", code, tmp_path / "kit")
    out = tmp_path / "editions"
    out.mkdir()
    first = told("authority", "edition", *by, "--out", out, "--json")
    second = told("authority", "edition", *by, "--out", out)
    published = told("relay", "publish", "--home", tmp_path / "relay", out / "edition-000001")
    (out / "edition-000001").write_bytes(b"another")
    third = told("authority", "edition", *by, "--out", out)

    assert created.out.startswith("root   ")
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF-")
    assert set(granted.json) == {"station", "device", "person", "edition", "kit", "activation_code", "code_file"}
    assert twice.code == errors.EnrolmentError.exit_code
    assert taken.code == errors.StoreExists.exit_code
    assert wrong.code in {errors.EnrolmentError.exit_code, errors.FormatError.exit_code}
    assert joined.out == "joined as station 2, ĐSQ, edition 1\n"
    assert first.json["edition"] == 1
    assert [each["name_vi"] for each in first.json["stations"]] == ["ĐSQ"]
    assert first.json["written"] == [str(out / "edition-000001")]
    assert f"written {out / 'edition-000001'}" in second.out
    assert third.code == errors.StoreExists.exit_code
    assert published.out == "edition 1\n"


def test_a_fingerprint_is_asked_for_when_none_was_given(
    told: Program,
    tmp_path: Path,
    secret: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    by = ("--home", tmp_path / "authority", "--passphrase-file", secret)
    told("authority", "create", *by, "--name", "Cơ yếu", "--sheet", tmp_path / "sheet.txt")
    told("relay", "init", "--home", tmp_path / "relay", "--port", "0")
    (tmp_path / "access").write_text(told("relay", "enrol", "--home", tmp_path / "relay").out)
    told(
        "station", "init", "--home", tmp_path / "mission", "--passphrase-file", secret, "--number", "2",
        "--name", "ĐSQ",
        "--officer", "Lê", "--title", "Đại sứ", "--request", tmp_path / "request", "--sheet", tmp_path / "sheet2.txt",
    )  # fmt: skip
    answers = iter((False, True))
    monkeypatch.setattr(click, "confirm", lambda _question, *, err: next(answers))
    seat = (
        "authority", "enrol", *by, "--number", "2", "--name-vi", "ĐSQ", "--name-en", "Post", "--place",
        "P", "--timezone",
        "UTC", "--symbol", "{number}/A", "--cable-name", "POST", "--relay", f"R={tmp_path / 'access'}",
        "--kit", tmp_path / "kit",
        "--code-file", tmp_path / "code", tmp_path / "request",
    )  # fmt: skip

    refused, granted = told(*seat), told(*seat)

    assert refused.code == errors.EnrolmentError.exit_code
    assert refused.err.startswith("fingerprint  ")
    assert granted.code == 0
    assert f"code     {tmp_path / 'code'}" in granted.out
    assert (tmp_path / "code").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[]", "is not what"),
        ("{", "is not what"),
        ('{"relay_id": 5}', "is not what"),
        ('{"relay_id":"00","base_url":"https://a","prefix":"b","fingerprint":"00","enrol_token":"00"}', "is not what"),
        ("[" * 3000, "is not what"),
    ],
    ids=["list", "broken", "number", "short", "deep"],
)
def test_a_file_that_no_relay_printed_is_refused(
    told: Program,
    tmp_path: Path,
    secret: Path,
    content: str,
    said: str,
) -> None:
    (tmp_path / "access").write_text(content)

    ended = told("authority", "enrol", "--home", tmp_path, "--relay", f"R={tmp_path / 'access'}")

    assert (ended.code, said in ended.err) == (errors.FormatError.exit_code, True)


# --- files -----------------------------------------------------------------------------------------------------------


def test_a_file_is_read_within_its_bound(tmp_path: Path) -> None:
    path = tmp_path / "text"
    path.write_bytes("\ufeffMột\r\nhai\r\n".encode())

    assert files.read_text(path, 100) == "Một\nhai"
    assert files.first_line(path, 100) == "Một"
    with pytest.raises(errors.FormatError, match="longer than 3 bytes"):
        files.read(path, 3)
    with pytest.raises(errors.NotFound, match="cannot be read"):
        files.read(tmp_path / "none", 3)


def test_a_file_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    path = files.make(tmp_path / "new", b"one")

    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(errors.StoreExists):
        files.make(path, b"two")
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(errors.StoreExists):
        files.make(tmp_path / "link", b"two")
    with pytest.raises(errors.NotFound):
        files.make(tmp_path / "none" / "new", b"two")
    assert path.read_bytes() == b"one"


def test_a_file_that_the_disk_does_not_take_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(errors.DiskFull):
        files.make(tmp_path / "new", b"one")
    assert list(tmp_path.iterdir()) == []


def test_a_file_whose_content_never_came_is_gone_again(tmp_path: Path) -> None:
    with pytest.raises(errors.WrongPassphrase), files.making(tmp_path / "new"):
        raise errors.WrongPassphrase

    assert list(tmp_path.iterdir()) == []


def test_a_file_that_was_written_whole_stays_when_what_follows_fails(tmp_path: Path) -> None:
    def enrol() -> None:
        with files.making(tmp_path / "sheet") as write:
            write(b"the only sheet")
            raise errors.DiskFull

    with pytest.raises(errors.DiskFull):
        enrol()

    assert (tmp_path / "sheet").read_bytes() == b"the only sheet"


def test_nothing_is_carried_before_a_station_has_joined(told: Program, tmp_path: Path, secret: Path) -> None:
    of = ("--home", tmp_path / "mission", "--passphrase-file", secret)
    told(
        "station", "init", *of, "--number", "2", "--name", "ĐSQ", "--officer", "Lê", "--title", "Đại sứ",
        "--request", tmp_path / "request", "--sheet", tmp_path / "sheet.txt",
    )  # fmt: skip

    for ended in (told("sync", *of), told("sync", *of, "--follow")):
        assert ended.code == errors.EnrolmentError.exit_code
        assert "has not joined" in ended.err


def test_a_passphrase_file_that_others_can_read_is_named(told: Program, tmp_path: Path, secret: Path) -> None:
    secret.chmod(0o644)

    assert (
        f"{secret} can be read by others"
        in told("authority", "edition", "--home", tmp_path / "none", "--passphrase-file", secret).err
    )


# --- words -----------------------------------------------------------------------------------------------------------

EVENTS: list[tuple[Event, str, str]] = [
    (CableArrived(CABLE_ID), "cable-arrived", "came"),
    (CableChanged(CABLE_ID), "cable-changed", "moved on"),
    (OutboxChanged(), "outbox-changed", "the outbox changed"),
    (GapsChanged(), "gaps-changed", "the missing serials changed"),
    (LinkChanged(LinkStatus("R", LinkState.DOWN, None, None, "no contact")), "link-changed", "link R down no contact"),
    (DirectoryChanged(7), "directory-changed", "edition 7 is in force"),
    (Progress(CABLE_ID, 0, 5, 9), "progress", "annex 1: 5 of 9 bytes"),
    (Noticed(Notice(NoticeKind.CLOCK_OFF, 1, "600 s")), "noticed", "notice clock-off 600 s"),
]


@pytest.mark.parametrize(("event", "name", "words"), EVENTS, ids=[row[1] for row in EVENTS])
def test_every_event_has_a_line_and_a_document(
    event: Event, name: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    sync._tell(event, as_json=False)
    line = capsys.readouterr().out
    sync._tell(event, as_json=True)
    document = capsys.readouterr().out

    assert words in line
    assert f'"event": "{name}"' in document
    assert line.count("\n") == document.count("\n") == 1


def test_a_missing_serial_stands_in_the_table_of_cables() -> None:
    one, more = GapRow("ĐSQ", 4, 4, 0), GapRow("ĐSQ", 4, 9, 0)

    assert listing._line(one)[-1] == "serial 4"
    assert listing._line(more)[-1] == "serial 4 to 9"
    apart = QuarantineRow(bytes(16), "R", 0, 512, "NoSession")
    assert listing._apart(apart)[-2:] == ("512", "NoSession")


def test_a_cable_says_how_far_it_has_got() -> None:
    row = CableRow(
        CABLE_ID, True, 1, "1/A", "26 A 001", Kind.CABLE, Degree.SECRET, Urgency.FLASH, "", "A", 0, False, False, 0,
        None
    )  # fmt: skip

    states = [
        listing._line(each)[-2]
        for each in (
            row, replace(row, read=True), replace(row, acknowledged=True), replace(row, state=OutboxState.RELAY_HOLDS),
        )
    ]  # fmt: skip

    assert states == ["unread", "read", "acknowledged", "relay-holds"]


def test_what_is_known_of_a_cable_is_said_and_no_more() -> None:
    proof = Verification("A", "B", "C", True, 1, 5, 4, "R", 0)
    annex = AttachmentView("a.pdf", 10, 1, "application/pdf", AttachmentState.DOWNLOADING, 5, 10)

    assert cables._place(proof) == "follows 4"
    assert cables._place(replace(proof, in_order_after=0)) == "the first"
    assert cables._place(replace(proof, in_order_after=None)) == "something before it is missing"
    assert cables._stands(annex) == "downloading 5 of 10 bytes"
    assert cables._degree(replace(CABLE, degree=Degree.UNCLASSIFIED)) == "unclassified"
    assert plain((1, None, b"\x01", Path("a"), Degree.SECRET)) == [1, None, "01", "a", "secret"]
    with pytest.raises(TypeError):
        plain(object())


def test_options_take_what_they_have_given() -> None:
    attachment, reference = DraftAttachment("a", "text/plain", "/a", 1, 0), Reference("26 A 001", LinkKind.REPLY)

    assert Attachment().convert(attachment, None, None) is attachment
    assert ReferenceTo().convert(reference, None, None) is reference
    assert OneOf(*Degree).convert(Degree.SECRET, None, None) is Degree.SECRET


def test_a_file_whose_name_ends_like_a_count_of_pages_is_itself(tmp_path: Path) -> None:
    (tmp_path / "a:7").write_bytes(b"x")
    (tmp_path / "b").write_bytes(b"x")

    assert Attachment().convert(str(tmp_path / "a:7"), None, None).pages == 0
    assert Attachment().convert(str(tmp_path / "b:7"), None, None).pages == 7


def test_an_error_outside_the_table_still_says_that_the_store_is_unharmed() -> None:
    assert failures.sentence(SecmsgError()) == (
        "something failed; the store is unharmed: repeat; report it if it comes again"
    )


# --- the program -----------------------------------------------------------------------------------------------------


def test_the_self_test_names_what_it_proved(told: Program) -> None:
    assert told("selftest").out.endswith("primitives answer as published\n")
    assert "Argon2id" in told("selftest", "--json").json


def test_the_demo_says_so_where_there_are_no_windows(
    told: Program,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)

    ended = told("demo")

    assert ended.code == errors.NotFound.exit_code
    assert "not part of this installation" in ended.err


@pytest.mark.parametrize(
    ("raised", "code", "said"),
    [
        (click.exceptions.Abort(), 130, "stopped"),
        (PermissionError(13, "Permission denied", "/there"), 1, "/there: Permission denied"),
        (click.UsageError("no"), 2, "no"),
    ],
    ids=["stopped", "refused", "wrong"],
)
def test_what_is_no_error_of_the_tree_ends_in_words_too(
    told: Program,
    monkeypatch: pytest.MonkeyPatch,
    raised: Exception,
    code: int,
    said: str,
) -> None:
    def fail(**_given: object) -> None:
        raise raised

    monkeypatch.setattr(root.secmsg, "main", fail)

    ended = told("list")

    assert (ended.code, said in ended.err) == (code, True)


def test_a_reader_that_has_gone_is_not_complained_about() -> None:
    ran = subprocess.run(
        f"{sys.executable} -m secmsg selftest | head -c 1", shell=True, capture_output=True, check=False,
    )  # fmt: skip

    assert ran.stderr == b""


def test_outside_a_command_the_policy_is_productions() -> None:
    with click.Context(click.Command("x")):
        assert policy() is PRODUCTION
    with click.Context(click.Command("x"), obj=Ground(FAST)):
        assert policy() is FAST
