"""Who opened, wrote out, printed, destroyed a cable: one line each on record, counted before it is done."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from secmsg.errors import DiskFull, NotFound, StoreDamaged, StoreError, StoreExists
from secmsg.ids import CableId
from secmsg.office.person_log import Deed
from secmsg.office.persons import Rank
from secmsg.station import exporting, person_acts, persons, reading
from secmsg.station.station import Station, open_station
from secmsg.station.unlock import by_passphrase
from secmsg.store import cable_deeds, cables, registers
from tests.helpers.backups import new_sheet
from tests.helpers.ministry import FAST, HQ, KEYRING, PARIS, PASSPHRASE, attachment, draft
from tests.helpers.program import Program
from tests.helpers.world import Office, World, world

FIRST, OTHER = "Nguyễn Văn Paris", "Trần Thị Bình"
SECOND = "một mật khẩu khác hẳn"
DAY = 86_400
Said = tuple[str, Deed, str]


@pytest.fixture
def here(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path) as built:
        yield built


def come_in(built: World, office: Office, passphrase: str) -> Station:
    office.station.close()
    home = built.root / f"station-{PARIS.id}"
    office.station = open_station(home, by_passphrase(passphrase), FAST, keyring=KEYRING, clock=built.clock)
    return office.station


def two_persons(built: World) -> tuple[Office, CableId, str]:
    """Give Paris with a second person, and a cable with an annex that has come in."""
    hanoi, paris = built.open(HQ), built.open(PARIS)
    built.settle(hanoi, paris)
    person_acts.add(paris.station.desk, OTHER, "Bí thư", Rank.OFFICER, by_passphrase(SECOND), "Lê Đại sứ")
    paper = built.root / "phụ lục.txt"
    paper.write_text("bảng kê")
    released = hanoi.release(draft(PARIS.id, attachments=(attachment(paper),)))
    built.settle(hanoi, paris)
    return paris, released.cable_id, released.mrn


def said(station: Station, cable_id: CableId) -> list[Said]:
    return [(e.line.name, e.line.deed, e.line.detail) for e in station.officers.of_cable(cable_id)]


def deeds(station: Station) -> list[Deed]:
    return [each.line.deed for each in station.officers.record()]


def test_each_person_who_opens_or_writes_out_a_cable_stands_in_the_record(here: World, tmp_path: Path) -> None:
    paris, cable_id, mrn = two_persons(here)
    first = paris.station
    other = first.inbox()
    assert other
    assert said(first, cable_id) == []  # it came, stood in the list and was announced: nobody has opened it
    first.row(cable_id)
    assert said(first, cable_id) == []

    first.read(cable_id)
    first.mark_read(cable_id)
    here.clock.now += DAY
    first.read(cable_id)
    first.open_attachment(cable_id, 0)
    second = come_in(here, paris, SECOND)
    second.mark_read(cable_id)
    second.read(cable_id)
    second.export(cable_id, 0, tmp_path)
    second.export_text(cable_id, tmp_path / "a.txt")
    second.export_text(cable_id, tmp_path / "b.txt")

    assert said(second, cable_id) == [
        (FIRST, Deed.READ, mrn),
        (OTHER, Deed.READ, mrn),
        (OTHER, Deed.EXPORTED, f"{mrn}: annex 1"),
        (OTHER, Deed.EXPORTED, f"{mrn}: text"),
        (OTHER, Deed.EXPORTED, f"{mrn}: text"),
    ]
    assert next(e.line.at for e in second.officers.of_cable(cable_id)) == here.clock.now - DAY


def test_opening_a_second_cable_writes_a_line_of_its_own_and_an_unknown_one_none(here: World) -> None:
    paris, cable_id, _ = two_persons(here)
    own = paris.release(draft(HQ.id))
    before = len(deeds(paris.station))

    paris.station.read(own.cable_id)
    with pytest.raises(NotFound):
        paris.station.read(CableId(bytes(16)))
    with pytest.raises(NotFound):
        paris.station.mark_read(CableId(bytes(16)))

    assert said(paris.station, own.cable_id) == [(FIRST, Deed.READ, own.mrn)]
    assert said(paris.station, cable_id) == []
    assert len(deeds(paris.station)) == before + 1


def test_an_opening_within_the_hour_of_a_reading_is_the_same_watch(here: World) -> None:
    paris, cable_id, _ = two_persons(here)
    station = come_in(here, paris, PASSPHRASE)
    here.clock.now += 3_000
    station.read(cable_id)
    opened = deeds(station).count(Deed.OPENED)
    here.clock.now += 3_000

    assert deeds(come_in(here, paris, PASSPHRASE)).count(Deed.OPENED) == opened
    assert deeds(come_in(here, paris, SECOND)).count(Deed.OPENED) == opened + 1


def test_the_sheet_reads_and_the_line_says_so(here: World) -> None:
    paris, cable_id, mrn = two_persons(here)
    home = here.root / f"station-{PARIS.id}"
    paris.station.close()
    sheet = new_sheet(home, here.clock, second=SECOND)
    paris.station = open_station(home, sheet, FAST, keyring=KEYRING, clock=here.clock)

    paris.station.read(cable_id)
    paris.station.read(cable_id)

    assert said(paris.station, cable_id) == [(persons.SHEET_NAME, Deed.READ, mrn)]
    assert paris.station.officers.of_cable(cable_id)[0].line.officer == 0


def test_what_leaves_the_store_is_on_record_before_its_first_byte_is_written(
    here: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paris, cable_id, mrn = two_persons(here)
    seen: list[list[Said]] = []
    as_text = exporting.as_text

    def look(*given: object) -> str:
        seen.append(said(paris.station, cable_id))
        raise DiskFull(str(as_text(*given))[:0])  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(exporting, "as_text", look)
    with pytest.raises(DiskFull):
        paris.station.export_text(cable_id, tmp_path / "a.txt")

    assert seen == [[(FIRST, Deed.EXPORTED, f"{mrn}: text")]]
    # It could have been written: it stays on record, and nothing lies there.
    assert said(paris.station, cable_id) == seen[0]
    assert not (tmp_path / "a.txt").exists()


def test_what_could_not_be_written_at_all_is_not_on_record(here: World, tmp_path: Path) -> None:
    paris, cable_id, _ = two_persons(here)
    (tmp_path / "there.txt").write_text("của người khác")

    with pytest.raises(StoreExists):
        paris.station.export_text(cable_id, tmp_path / "there.txt")
    with pytest.raises(NotFound):
        paris.station.export(cable_id, 4, tmp_path)

    assert said(paris.station, cable_id) == []


def refuse_lines(station: Station) -> None:
    """Let the store refuse every line about a cable, as a full disk does."""
    station.desk.db._connection.execute(
        "CREATE TEMP TRIGGER full BEFORE INSERT ON main.cable_deeds BEGIN SELECT RAISE(ABORT, 'disk full'); END"
    )


def test_nothing_is_written_out_or_destroyed_where_the_line_cannot_be_kept(here: World, tmp_path: Path) -> None:
    paris, cable_id, _ = two_persons(here)
    station = paris.station
    refuse_lines(station)

    for act in (
        lambda: station.export_text(cable_id, tmp_path / "a.txt"),
        lambda: station.export(cable_id, 0, tmp_path / "b.txt"),
        lambda: station.mark_read(cable_id),
    ):
        with pytest.raises(StoreError, match="refused"):
            act()

    assert not [each for each in ("a.txt", "b.txt") if (tmp_path / each).exists()]
    assert cables.head(station.desk.db, cable_id).read_at is None
    assert Deed.READ not in deeds(station)
    assert reading.view(station.desk, cable_id).cable.body


def test_a_full_disk_keeps_nobody_from_reading_and_the_line_comes_later(
    here: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    paris, cable_id, mrn = two_persons(here)

    def full(*_: object) -> None:
        raise DiskFull

    with monkeypatch.context() as patched:
        patched.setattr(cable_deeds, "keep", full)
        assert paris.station.read(cable_id).cable.body
        assert paris.station.open_attachment(cable_id, 0)
    assert said(paris.station, cable_id) == []

    paris.station.open_attachment(cable_id, 0)
    assert said(paris.station, cable_id) == [(FIRST, Deed.READ, mrn)]


def test_who_destroyed_a_cable_stands_in_the_record_and_the_command_finds_it_still(
    here: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    paris, cable_id, mrn = two_persons(here)
    paris.station.read(cable_id)
    paris.station.acknowledge(cable_id)
    here.settle()
    here.clock.now += 40 * DAY

    assert paris.station.destruction.reduce(30, OTHER, "Lệnh của Bộ số 12").cables == 1

    assert [each[:2] for each in said(paris.station, cable_id)] == [(FIRST, Deed.READ), (FIRST, Deed.DESTROYED)]
    here.close(paris)
    word = here.root / "word"
    word.write_text(PASSPHRASE)
    told = Program(monkeypatch, capsys)
    home = ("--home", here.root / f"station-{PARIS.id}", "--passphrase-file", word)
    lines = told("officer", "log", *home, "--cable", mrn, "--json").json
    assert [(e["name"], e["deed"], e["detail"]) for e in lines] == [(FIRST, "read", mrn), (FIRST, "destroyed", mrn)]
    printed = told("officer", "log", *home, "--cable", mrn).out
    assert FIRST in printed
    assert "destroyed" in printed
    assert "added" not in printed
    assert told("officer", "log", *home, "--cable", "26 ROMA 001").code != 0


def test_a_line_that_was_altered_is_not_told_as_one(here: World) -> None:
    paris, cable_id, _ = two_persons(here)
    paris.station.read(cable_id)
    end = registers.last_line(paris.station.desk.db, 13)
    with paris.station.desk.db.transaction():
        paris.station.desk.db.run("DROP TRIGGER register_lines_stand")
        paris.station.desk.db.run("UPDATE register_lines SET at = at + 1 WHERE register = 13 AND line = ?", (end,))

    with pytest.raises(StoreDamaged, match=f"line {end}"):
        paris.station.officers.of_cable(cable_id)
