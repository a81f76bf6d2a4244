"""`secmsg hand pad`: an officer's whole way with key material in a terminal, at two stations."""

import io
from pathlib import Path

import pytest

from secmsg import errors
from secmsg.office.pad_pages import spoken
from secmsg.station import pads
from tests.helpers.ministry import HQ, PARIS, PASSPHRASE
from tests.helpers.program import Program, Told
from tests.helpers.world import World

SECOND = ("--second", "Trần Thị Bình")
OUT = ("--direction", "out")


class Desk:
    """A terminal at each of two stations that nobody has open."""

    def __init__(self, told: Program, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        self.told, self.world, self._monkeypatch = told, world, monkeypatch
        self.secret = world.root / "pass"
        self.secret.touch(0o600)
        self.secret.write_text(PASSPHRASE, encoding="utf-8")

    def __call__(self, at: int, verb: str, *words: str | Path, typed: str = "") -> Told:
        self._monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(typed.encode())))
        home = ("--home", self.world.root / f"station-{at}", "--passphrase-file", self.secret)
        return self.told("hand", "pad", *verb.split(), *home, *words)


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], ministry_world: World) -> Desk:
    headquarters = ministry_world.open(HQ)
    headquarters.sync()  # the edition that lists Paris
    ministry_world.close(headquarters)
    return Desk(Program(monkeypatch, capsys), ministry_world, monkeypatch)


def test_a_book_goes_from_the_drawing_to_the_other_end_and_is_destroyed(desk: Desk, tmp_path: Path) -> None:
    out, code = tmp_path / "book.pad", tmp_path / "code"

    drawn = desk(2, "draw", "--peer", "1", *OUT, "--pages", "30", "--json")
    exported = desk(2, "export", *SECOND, "--out", out, "1")
    code.touch(0o600)
    code.write_text(exported.out.split("code     ")[1])
    taken = desk(1, "import", *SECOND, "--code-file", code, out)
    twice = desk(1, "import", *SECOND, "--code-file", code, out)
    other = desk(2, "import", *SECOND, "--code-file", code, out)
    code.write_text("00000 00000\n")
    wrong = desk(1, "import", *SECOND, "--code-file", code, out)
    opened = [desk(at, "open", *SECOND, "1", "--json").json[0]["state"] for at in (1, 2)]
    alone = desk(2, "destroy", "1")
    gone = desk(2, "destroy", *SECOND, "--note", "đốt", "1")
    reported = desk(2, "report", "1", "--json")
    ledger = desk(2, "ledger")

    assert [(each["ours"], each["copy"]) for each in drawn.json] == [(True, 1), (False, 2)]
    assert "received" in taken.out
    assert "destroy" in taken.err
    assert (twice.code, other.code, wrong.code) == (80, 80, 20)
    assert "is here already" in twice.err
    assert opened == ["in-use", "in-use"]
    assert alone.code == 80
    assert "two persons" in alone.err
    assert "destroyed" in gone.out
    assert reported.json[0]["state"] == "reported"
    assert [row.split("  ")[0] for row in ledger.out.splitlines()[1:]] == [str(n) for n in range(1, 8)]
    assert "đốt" in ledger.out
    assert "TK" in desk(2, "list").out


def test_figures_are_never_shown(desk: Desk) -> None:
    desk(2, "draw", "--peer", "1", *OUT, "--pages", "30")
    office = desk.world.open(PARIS)
    figures = [key for page in office.station.pads.matter(1).pages for key in page.keys[:3]]
    desk.world.close(office)

    shown = "".join(desk(2, verb, *words).out for verb, words in (("list", ()), ("show", ("1",)), ("ledger", ())))
    shown += desk(2, "show", "--json", "1").out

    runs = "".join(shown.split())
    assert not [
        a + b + c for a, b, c in zip(figures[::3], figures[1::3], figures[2::3], strict=True) if a + b + c in runs
    ]
    assert spoken(30) in shown


def test_a_used_page_is_refused_with_its_day_and_cable(desk: Desk) -> None:
    desk(2, "draw", "--peer", "1", *OUT, "--pages", "30")
    desk(2, "open", *SECOND, "1")
    office = desk.world.open(PARIS)
    taken = pads.take(office.station.desk, 1, 20, spoken(1))
    with office.station.desk.db.transaction():
        pads.record_use(office.station.desk, taken, 7, "26 PARIS 045")
    desk.world.close(office)

    refused = desk(2, "take-over", "--page", spoken(1), "1")
    over = desk(2, "take-over", "--page", spoken(4), "1")
    void = desk(2, "void", "--page", spoken(9), "--note", "rách", "1")
    burnt = desk(2, "destroy", *SECOND, "--page", spoken(1), "--page", spoken(2), "1")
    shown = desk(2, "show", "1")
    as_json = desk(2, "take-over", "--page", spoken(4), "1", "--json")

    assert refused.code == errors.PageRefused.exit_code
    assert "was used on" in refused.err
    assert "for cable 26 PARIS 045" in refused.err
    assert f"page {spoken(4)} is next" in over.out
    assert f"{spoken(2)} {spoken(3)}" in over.out
    assert (void.code, burnt.code) == (0, 0)
    assert "26 PARIS 045" in shown.out
    assert as_json.json == {"top": spoken(4), "torn_off": []}
    assert desk(2, "void", "--page", spoken(10), "1").code == 80


def test_a_book_is_stopped_reported_and_cleared(desk: Desk) -> None:
    for _ in range(2):
        desk(2, "draw", "--peer", "1", *OUT, "--pages", "30")
    desk(2, "open", *SECOND, "1")

    stopped = desk(2, "compromise", "--cause", "page-missing", "--page", spoken(5), "--note", "thiếu khi kiểm", "1")
    again = desk(2, "compromise", "--json", "1")
    refused = desk(2, "open", *SECOND, "1")
    word = ("--headquarters", "Bộ, điện 12")
    alone = desk(2, "clear", *word, "1")
    cleared = desk(2, "clear", *SECOND, *word, "1", "--json")
    none = desk(2, "compromise", "1")

    assert "BÁO CÁO LỘ, MẤT KHÍ TÀI MẬT MÃ" in stopped.out
    assert "REPORT OF COMPROMISED KEY MATERIAL" in stopped.out
    assert "reserve: item 3" in stopped.err
    assert again.json["report"].startswith("BÁO CÁO")
    assert again.json["reserve"]["number"] == 3
    assert (refused.code, alone.code, none.code) == (80, 80, 80)
    assert cleared.json[0]["state"] == "in-use"


def test_paper_books_other_items_and_the_plan(desk: Desk) -> None:
    came = (
        "--peer",
        "2",
        "--direction",
        "in",
        "--title",
        "TK A",
        "--edition",
        "3",
        "--first",
        spoken(61),
        "--pages",
        "60",
    )

    received = desk(1, "receive", *SECOND, *came)
    doubled = desk(1, "receive", *SECOND, *came)
    entered = desk(1, "enter", "--kind", "token", "--title", "Token 0417", "--holder", "két 2", "--json")
    sealed = desk(1, "seal", *SECOND, "--note", "túi 0417", "2")
    issued = desk(1, "issue", "--holder", "ĐSQ Paris", "2")
    counted = desk(1, "count", *SECOND, "1")
    moved = desk(1, "move", "--holder", "két 3", "1", "--json")
    old = desk(1, "supersede", "1", "--json")
    order = desk(1, "list", "--emergency", "--json")
    empty = desk(2, "list")

    assert "received" in received.out
    assert doubled.code == 80
    assert "doubled" in doubled.err
    assert entered.json[0]["kind"] == "token"
    assert ("sealed" in sealed.out, "ĐSQ Paris" in issued.out) == (True, True)
    assert old.json[0]["state"] == "superseded"
    assert (counted.code, moved.json[0]["holder"], moved.json[0]["state"]) == (0, "két 3", "received")
    assert [each["number"] for each in order.json] == [1]
    assert empty.out == "no key material is known here\n"
    assert desk(2, "ledger").out == "the ledger is empty\n"
    plan = ("hand", "pad", "plan", "--words", "100", "--messages", "2", "--days", "30")
    assert desk.told(*plan).out == "90 pages for one direction, in 1 book\n"
    assert desk.told(*plan, "--json").json == {"pages": 90, "books": 1}


def test_dice_from_a_file_must_be_enough(desk: Desk, tmp_path: Path) -> None:
    few = tmp_path / "dice"
    few.write_text("123 456\n")
    many = tmp_path / "many"
    many.write_text("16" * 14_710 + "66\n")

    short = desk(2, "draw", "--peer", "1", *OUT, "--pages", "30", "--dice", few)
    drawn = desk(2, "draw", "--peer", "1", *OUT, "--pages", "30", "--dice", many, "--sides", "6")

    assert short.code == 80
    assert "this book takes 14710" in short.err
    assert drawn.code == 0
    assert "dice" in desk(2, "ledger").out


def test_a_voice_is_proven_by_a_list(desk: Desk, tmp_path: Path) -> None:
    out, code = tmp_path / "list.pad", tmp_path / "code"
    desk(2, "challenge draw", "--peer", "1", *OUT, "--lines", "10")
    code.touch(0o600)
    code.write_text(desk(2, "export", *SECOND, "--out", out, "1").out.split("code     ")[1])
    desk(1, "import", *SECOND, "--code-file", code, out)
    for at in (1, 2):
        desk(at, "open", *SECOND, "1")

    asked = desk(2, "challenge ask", "--line", "1", "1", "--json")
    reply = desk(1, "challenge answer", "1", typed=asked.json["challenge"] + "\n")
    again = desk(1, "challenge answer", "1", typed=asked.json["challenge"] + "\n")
    right = desk(2, "challenge check", "--line", "1", "1", typed=reply.out)
    twice = desk(2, "challenge check", "--line", "1", "1", typed=reply.out)
    used = desk(2, "challenge ask", "--line", "1", "1")
    desk(2, "challenge ask", "--line", "2", "1")
    wrong = desk(2, "challenge check", "--line", "2", "1", typed="x\n")
    shown = desk(2, "show", "1")
    struck = desk(2, "challenge strike", "--line", "3", "1")

    assert right.out == "right: the other end has the list\n"
    assert (again.code, twice.code, used.code, wrong.code) == (80, 67, 80, 20)
    assert "was used on" in again.err
    assert "awaited" in shown.out
    assert struck.out == "line 3 is struck out\n"
    assert desk(1, "challenge draw", "--peer", "2", *OUT, "--lines", "9").code == 80
