"""What a record of custody has room for."""

from secmsg.ids import StationId
from secmsg.office import custody_record as record
from secmsg.office.checking import Finding, Flaw, What, Work
from secmsg.office.custody_record import Person, Statement
from secmsg.office.materials import MAX_NOTE, MAX_PERSON

LONG = "ộ" * MAX_NOTE
STRANGER = Finding("X1", Flaw.STRANGER, What.STRANGER, note=LONG)


def absent(count: int, note: str) -> list[Finding]:
    return [Finding(f"B{n}", Flaw.ABSENT, What.ITEM, 2**31 - 1, 2**31 - 1, 2**31 - 1, note) for n in range(count)]


def size(findings: tuple[Finding, ...]) -> int:
    person = Person("ộ" * MAX_PERSON, "ộ" * MAX_PERSON)
    counts = tuple((What.ITEMS_HERE, 2**31 - 1) for _ in range(record.MAX_COUNTS))
    return len(
        record.encode(Statement(Work.HANDOVER, StationId(1), 0, 0, 0, bytes(32), person, person, 9, counts, findings))
    )


def test_what_fits_stands_whole_in_its_order() -> None:
    found = (*absent(record.MAX_FINDINGS - 1, "thiếu"), STRANGER)
    assert record.fitting(found) == found
    assert size(found) < record.MAX_BYTES


def test_one_more_leaves_out_the_last_thing_of_the_ledger() -> None:
    found = (*absent(record.MAX_FINDINGS, "thiếu"), STRANGER)
    assert record.fitting(found) == (*found[:-2], STRANGER)


def test_long_notes_leave_out_the_last_things_of_the_ledger_and_the_record_can_be_written() -> None:
    found = (*absent(400, LONG), STRANGER)
    kept = record.fitting(found)
    assert kept == (*found[: len(kept) - 1], STRANGER)
    assert record.MAX_BYTES * 0.9 < size(kept) < record.MAX_BYTES
