"""What a permit may say, and when a kit may be opened, whatever the clock of the machine shows."""

from dataclasses import replace

import pytest

from secmsg.errors import FormatError, NotAllowed
from secmsg.ids import CableId
from secmsg.office import kit_log, kit_records, kits
from secmsg.office.kit_log import Kinship, KitAct, KitLine
from secmsg.office.kit_records import Home, Proven, SignedPermit
from secmsg.office.kits import TOLERANCE_S, Use, Verdict
from secmsg.wire.cable import Degree
from tests.helpers.kit_values import DAY, PERMIT, START

UNUSED = Use(seen=PERMIT.made_at)


def test_a_permit_that_says_everything_is_one() -> None:
    kits.check(PERMIT)


@pytest.mark.parametrize(
    "wrong",
    [
        {"bearer": " "},
        {"title": ""},
        {"purpose": "x" * 301},
        {"places": ""},
        {"measures": ""},
        {"permitted_by": "x" * 121},
        {"until": START},
        {"until": START + 91 * DAY},
        {"made_at": START + 4 * DAY},
        {"openings": 0},
        {"openings": 1_000},
        {"minutes": 0},
        {"minutes": kits.MAX_MINUTES + 1},
        {"prints": 100},
        {"prints": -1},
    ],
)
def test_a_permit_out_of_bounds_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(NotAllowed):
        kits.check(replace(PERMIT, **wrong))  # type: ignore[arg-type]  # a test names the fields


def test_no_cable_above_the_permit_goes_in() -> None:
    kits.check_degree(PERMIT, Degree.SECRET, "26 HANOI 001")
    with pytest.raises(NotAllowed, match="26 HANOI 002"):
        kits.check_degree(PERMIT, Degree.TOP_SECRET, "26 HANOI 002")


def test_top_secret_needs_a_witness() -> None:
    assert kits.needs_witness(replace(PERMIT, degree=Degree.TOP_SECRET))
    assert not kits.needs_witness(PERMIT)


@pytest.mark.parametrize(
    ("clock", "use", "verdict"),
    [
        (START, UNUSED, Verdict.READY),
        (PERMIT.until - 1, UNUSED, Verdict.READY),
        (START - 1, UNUSED, Verdict.NOT_YET),
        (PERMIT.until, UNUSED, Verdict.EXPIRED),
        # It has seen its end: no clock brings it back.
        (START + 60, replace(UNUSED, seen=PERMIT.until), Verdict.EXPIRED),
        (PERMIT.made_at - TOLERANCE_S - 1, UNUSED, Verdict.CLOCK_BACK),
        (START + 60, replace(UNUSED, seen=START + 60 + TOLERANCE_S), Verdict.READY),
        (START + 60, replace(UNUSED, seen=START + 61 + TOLERANCE_S), Verdict.CLOCK_BACK),
        (START, replace(UNUSED, openings=4), Verdict.READY),
        (START, replace(UNUSED, openings=5), Verdict.OPENINGS_SPENT),
        (START, replace(UNUSED, used_s=3_599), Verdict.READY),
        (START, replace(UNUSED, used_s=3_600), Verdict.MINUTES_SPENT),
    ],
)
def test_when_a_kit_may_be_opened(clock: int, use: Use, verdict: Verdict) -> None:
    assert kits.judge(PERMIT, use, clock) is verdict


def test_prints_are_counted_and_a_cable_that_may_not_be_copied_is_not_printed() -> None:
    kits.check_print(PERMIT, replace(UNUSED, prints=1), copy_ok=True)
    with pytest.raises(NotAllowed, match="2 prints"):
        kits.check_print(PERMIT, replace(UNUSED, prints=2), copy_ok=True)
    with pytest.raises(NotAllowed, match="copied"):
        kits.check_print(PERMIT, UNUSED, copy_ok=False)


def test_nothing_is_written_out_unless_the_permit_says_so() -> None:
    kits.check_export(PERMIT)
    with pytest.raises(NotAllowed):
        kits.check_export(replace(PERMIT, exports=False))


def test_additions_come_once_and_in_order() -> None:
    one_taken = replace(UNUSED, drops=1)

    assert kits.next_drop(PERMIT, one_taken, 2)
    assert not kits.next_drop(PERMIT, one_taken, 1)
    with pytest.raises(NotAllowed, match="number 2"):
        kits.next_drop(PERMIT, one_taken, 3)
    with pytest.raises(NotAllowed):
        kits.next_drop(replace(PERMIT, drops=False), one_taken, 2)


# --- records -------------------------------------------------------------------------------------------------------

PROVEN = Proven("Nguyễn Văn Hanoi", "Đại sứ", "Bộ Ngoại giao", True, False, ("count",), START, "khác")
SIGNED = SignedPermit(
    kit_records.encode_permit(PERMIT), b"k" * 16, b"p" * 1984, b"c" * 32, b"r" * 32, b"s" * 3373,
)  # fmt: skip
WITNESSED = replace(SIGNED, witness="Trần Thị Hai", witness_ref=b"w" * 32, witness_signature=b"t" * 3373)


def test_records_come_back() -> None:
    home = Home("ĐSQ Paris", "Paris", "Paris", "Europe/Paris")

    assert kit_records.decode_permit(kit_records.encode_permit(PERMIT)) == PERMIT
    assert kit_records.decode_proven(kit_records.encode_proven(PROVEN)) == PROVEN
    assert kit_records.decode_proven(kit_records.encode_proven(replace(PROVEN, other_text=""))).other_text == ""
    assert kit_records.decode_home(kit_records.encode_home(home)) == home
    for signed in (SIGNED, WITNESSED):
        assert kit_records.decode_signed(kit_records.encode_signed(signed)) == signed


def test_what_is_signed_names_the_kit_its_key_and_its_contents() -> None:
    assert SIGNED.statement == b"k" * 16 + b"p" * 1984 + b"c" * 32 + SIGNED.permit


def test_a_permit_that_ends_before_it_begins_is_no_record() -> None:
    with pytest.raises(FormatError):
        kit_records.encode_permit(replace(PERMIT, until=START))


@pytest.mark.parametrize(
    "wrong", [replace(SIGNED, kit=b""), replace(SIGNED, permit=b"x"), replace(WITNESSED, witness_ref=b"")]
)
def test_a_signed_permit_out_of_bounds_is_refused(wrong: SignedPermit) -> None:
    with pytest.raises(FormatError):
        kit_records.encode_signed(wrong)


# --- the log -------------------------------------------------------------------------------------------------------

LINE = KitLine(START, KitAct.READ, CableId(b"c" * 16), "", b"m" * 8)


def test_a_line_of_the_log_comes_back() -> None:
    for line in (LINE, replace(LINE, act=KitAct.OPENED, cable=CableId(b""), detail="hai")):
        assert kit_log.decode(kit_log.encode(line)) == line


@pytest.mark.parametrize(
    "wrong", [replace(LINE, cable=CableId(b"c")), replace(LINE, machine=b"m"), replace(LINE, detail="x" * 301)]
)
def test_a_line_out_of_bounds_is_refused(wrong: KitLine) -> None:
    with pytest.raises(FormatError):
        kit_log.encode(wrong)


@pytest.mark.parametrize(
    ("second", "kinship", "common"),
    [
        ([b"a", b"b"], Kinship.SAME, 2),
        ([b"a"], Kinship.BEHIND, 1),
        ([b"a", b"b", b"c"], Kinship.AHEAD, 2),
        ([b"a", b"x"], Kinship.FORKED, 1),
        ([b"a", b"x", b"y"], Kinship.FORKED, 1),
    ],
)
def test_two_folders_of_one_kit_are_told_apart_by_their_logs(
    second: list[bytes], kinship: Kinship, common: int
) -> None:
    assert kit_log.compare([b"a", b"b"], second) == (kinship, common)
