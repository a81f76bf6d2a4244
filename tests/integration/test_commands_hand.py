"""`secmsg hand`: a cable by hand with commands alone, from the text to the receipt and the destroyed pages."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from secmsg.manual import checks
from secmsg.manual import message as messages
from secmsg.manual import text as message_text
from secmsg.office.materials import Act, Direction
from secmsg.office.pad_pages import spoken
from secmsg.station import codebooks, custody, hand_texts
from secmsg.store import continuity as pair_rows
from secmsg.wire.cable import Degree
from tests.helpers.ministry import HQ, PARIS, PASSPHRASE, Ministry, draft, sync
from tests.helpers.program import Program, Told
from tests.helpers.running_clock import RunningClock

SECOND = "Trần Thị Bình"
BODY = "Đề nghị cho ý kiến về cuộc họp  sáng nay tại Hà Nội. Đoàn có 45 người."


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ministry]:
    folder = tmp_path_factory.mktemp("hand")
    built = Ministry(folder, RunningClock())
    built.found()
    built.add_relay()
    built.enrol(HQ)
    built.enrol(PARIS)
    (folder / "pass").touch(0o600)
    (folder / "pass").write_text(PASSPHRASE, encoding="utf-8")
    headquarters, paris = built.open(HQ), built.open(PARIS)
    sync(headquarters)
    sync(paris)
    own, _ = paris.pads.draw(HQ.id, Direction.OUT, 30)
    sealed = paris.pads.export(own.number, SECOND)
    theirs = headquarters.pads.import_(sealed.data, sealed.code, SECOND)
    paris.pads.act(own.number, Act.OPENED, second=SECOND)
    headquarters.pads.act(theirs.number, Act.OPENED, second=SECOND)
    built.close(headquarters)
    built.close(paris)
    yield built
    built.end()


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(monkeypatch, capsys)


@pytest.fixture
def ministry(founded: Ministry, tmp_path: Path) -> Ministry:
    copy = tmp_path / "ministry"
    shutil.copytree(founded.root, copy, ignore=shutil.ignore_patterns("relay"))
    return Ministry(copy, founded.clock)


def of(ministry: Ministry, number: int) -> tuple[str | Path, ...]:
    return ("--home", ministry.root / f"station-{number}", "--passphrase-file", ministry.root / "pass")


def encipher(told: Program, ministry: Ministry, *more: str | Path, page: str = spoken(1)) -> Told:
    text = ministry.root / "text.txt"
    text.write_text(BODY, encoding="utf-8")
    return told(
        "hand", "encipher", *of(ministry, PARIS.id), "--to", "1", "--page", page, "--degree", "unclassified",
        "--topic", "A1", "--subject", "Cuộc họp", "--drafter", "Trần Thị Soạn", *more, text,
    )  # fmt: skip


def wrong(message: str, *numbers: int, without: int = 0) -> str:
    lines = [line for line in message.splitlines() if not line.startswith("#")]
    groups = " ".join(lines[1:-1]).split()
    for number in numbers:
        groups[number - 1] = groups[number - 1][:4] + str((int(groups[number - 1][4]) + 1) % 10)
    if without:
        del groups[without - 1]
    return "\n".join((lines[0], " ".join(groups), lines[-1]))


def sure_loss(groups: list[str], number: int) -> int:
    """Return the next group whose loss can be mistaken for no neighbour's: one time in ten it can."""
    while checks.fits(groups[number], number - 1) or checks.fits(groups[number - 2], number - 1):
        number += 1
    return number


def test_a_cable_goes_and_comes_by_hand_with_commands_alone(told: Program, ministry: Ministry) -> None:
    paris, headquarters = of(ministry, PARIS.id), of(ministry, HQ.id)
    heard = ministry.root / "nghe.txt"
    made = encipher(told, ministry)
    assert made.code == 0
    assert "# 26 PARIS 001, serial" in made.out
    assert "# next: send it" in made.out
    groups = " ".join(made.out.split("\n")[2:-2]).split()

    # Without a key: the groups to ask for. With it: the same, and what was typed is kept.
    lost = sure_loss(groups, 12)
    heard.write_text(wrong(made.out, 3, without=lost), encoding="utf-8")
    checked = told("hand", "check", heard)
    assert (checked.code, f"ask for groups 3, {lost}" in checked.out) == (102, True)
    asked = told("hand", "decipher", *headquarters, heard)
    assert (asked.code, f"ask for groups 3, {lost}" in asked.out) == (102, True)
    shown = told("hand", "worksheet", "show", *headquarters, "1")
    assert f"groups to ask for: 3, {lost}" in shown.out
    assert told("hand", "worksheet", "show", *headquarters, "--json", "1").json["ask"] == [3, lost]

    repeated = [f"{number}={groups[number - 1]}" for number in (3, lost)]
    read = told("hand", "decipher", *headquarters, "--worksheet", "1", "--group", repeated[0], "--group", repeated[1])
    assert read.code == 0
    assert "entered 26 PARIS 001 from ĐSQ Paris: authentication group right, NOT SIGNED YET" in read.out
    assert " ".join(BODY.split()) in read.out
    assert "# goes otherwise: '  ' as ' '" in made.err
    assert "NOT SIGNED YET, by hand" in told("list", "inbox", *headquarters).out
    assert "who holds the pages of ĐSQ Paris wrote it" in told("show", *headquarters, "26 PARIS 001").out
    assert "Chưa có chữ ký: nhận bằng tay" in _exported(told, headquarters, ministry)

    # The receipt, the pages, the lists.
    said = told("hand", "receipt", *headquarters, "26 PARIS 001").out.rpartition(": ")[2].strip()
    assert told("hand", "receipt", *paris, "26 PARIS 001", "0000 0000").code == 103
    assert "the signed receipt is still owed" in told("hand", "receipt", *paris, "26 PARIS 001", said).out
    assert told("hand", "receipt", *paris, "26 PARIS 001").code == 2
    assert "send it, then" in told("hand", "worksheet", "list", *paris).out
    assert told("hand", "worksheet", "sent", *paris, "1").code == 0
    assert "destroyed" in told("hand", "worksheet", "destroy", *paris, "--second", SECOND, "1").out
    assert told("hand", "worksheet", "list", *paris, "--json").json == []
    (message,) = told("hand", "messages", *headquarters, "--json").json
    assert (message["mrn"], message["unsigned"]) == ("26 PARIS 001", True)
    assert "26 PARIS 001  to" in told("hand", "messages", *paris).out


def _exported(told: Program, headquarters: tuple[str | Path, ...], ministry: Ministry) -> str:
    target = ministry.root / "ra.txt"
    assert told("export", *headquarters, "--text", "26 PARIS 001", target).code == 0
    return target.read_text("utf-8")


def test_refusals_have_their_sentence_and_take_nothing(told: Program, ministry: Ministry) -> None:
    headquarters = of(ministry, HQ.id)
    made = encipher(told, ministry, "--json").json
    used = encipher(told, ministry)
    assert (used.code, "for cable 26 PARIS 001" in used.err) == (84, True)
    assert "compare it with the paper" in used.err
    assert encipher(told, ministry, "--subject-file", ministry.root / "text.txt").code == 2
    assert told("hand", "decipher", *headquarters).code == 2
    assert told("hand", "decipher", *headquarters, "--worksheet", "9").code == 67

    heard = ministry.root / "nghe.txt"
    lines = made["message"].splitlines()
    heard.write_text("\n".join((*lines[:-1], " ".join("00000" for _ in lines[-1].split()))), encoding="utf-8")
    forged = told("hand", "decipher", *headquarters, "--json", heard)
    assert (forged.code, forged.json["text"], forged.json["taken"]["failures"]) == (103, "", 1)
    assert "does NOT" in told("hand", "decipher", *headquarters, heard).out
    bad = lines[0].split()
    heard.write_text("\n".join((" ".join((*bad[:2], "00000", *bad[3:])), *lines[1:])), encoding="utf-8")
    header = told("hand", "decipher", *headquarters, heard)
    assert (header.code, "of the header ask for group 3" in header.out) == (101, True)
    told("hand", "decipher", *headquarters, "--worksheet", "3", "--group", f"h3={bad[2]}", "--from", "ĐSQ Paris")
    assert told("hand", "decipher", *headquarters, "--worksheet", "3", "--group", "x").code == 2
    assert told("hand", "worksheet", "give-up", *headquarters, "--yes", "1").code == 0
    assert told("hand", "worksheet", "show", *headquarters, "1").code == 67


def test_a_cable_goes_anew_and_is_known_again(told: Program, ministry: Ministry) -> None:
    paris, headquarters = of(ministry, PARIS.id), of(ministry, HQ.id)
    first = encipher(told, ministry)
    heard = ministry.root / "nghe.txt"

    anew = told("hand", "again", *paris, "--page", spoken(2), "26 PARIS 001")

    assert anew.code == 0
    for made, said in ((anew, "entered 26 PARIS 001"), (first, "came by hand before"), (first, "was read before")):
        heard.write_text(made.out, encoding="utf-8")
        assert said in told("hand", "decipher", *headquarters, heard).out
    assert "send it" in told("hand", "worksheet", "show", *paris, "1").out
    assert told("hand", "worksheet", "show", *paris, "--json", "2").json["row"]["mrn"] == "26 PARIS 001"
    assert told("hand", "again", *paris, "26 PARIS 009").code == 67


def test_a_cable_from_paper_is_entered_and_a_refusal_keeps_what_was_taken(
    told: Program, ministry: Ministry, written_on_paper: str
) -> None:
    paris, groups = of(ministry, PARIS.id), ministry.root / "giấy.txt"
    groups.write_text(f"# đêm 25\n{written_on_paper}", encoding="utf-8")
    form = ("--to", "1", "--topic", "A1", "--subject", "Cuộc họp", "--drafter", "Trần Thị Soạn")

    assert told("hand", "enter", *paris, *form, "--subject-file", groups, groups).code == 2
    refused = told("hand", "enter", *paris, *form, groups)
    assert (refused.code, "which is not the next one here" in refused.err) == (80, True)
    assert "go on with --worksheet 1" in refused.err
    shown = told("hand", "worksheet", "show", *paris, "1")
    assert "next: take a page and encipher it" in shown.out
    assert told("hand", "worksheet", "show", *paris, "--json", "1").json["drafter_name"] == "Trần Thị Soạn"
    entered = told("hand", "enter", *paris, *form, "--as-written", "--worksheet", "1", groups)

    assert (entered.code, "entered 26 PARIS 007" in entered.out) == (0, True)
    assert "Xin ý kiến." in entered.out
    assert "không theo thứ tự sổ" in told("list", "register", *paris, "out").out
    assert "26 PARIS 007" in told("hand", "messages", *paris).out
    json = told("hand", "worksheet", "list", *paris, "--json").json
    assert [each["next"] for each in json] == ["send"]


@pytest.fixture
def written_on_paper(ministry: Ministry) -> str:
    """Write a message as an officer does in the night, with number 7 and the serial that is next."""
    station = ministry.open(PARIS)
    matter = custody.matter(station.desk, 1)
    form = replace(draft(HQ.id, body="Xin ý kiến."), degree=Degree.UNCLASSIFIED)
    codes = hand_texts.encode(form, 7, 0, codebooks.load()).codes
    serial = pair_rows.outgoing(station.desk.db, HQ.id).next
    ministry.close(station)
    made = messages.encipher(codes, matter.pages[:1], matter.sheets, serial=serial, at=1_795_700_040)
    return message_text.write(made)
