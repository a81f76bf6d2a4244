"""The sheet is the paper: what it holds is what the functions send and read, cell by cell."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from secmsg.errors import FormatError, NotAllowed, TagUnwritable, WrongPage
from secmsg.manual import checks, text
from secmsg.manual.duties import Duty, Task, duties
from secmsg.manual.judging import judge_placed
from secmsg.manual.message import Message, encipher
from secmsg.manual.pad import page
from secmsg.manual.tag import nines, sheet, step
from secmsg.manual.worksheet import Direction, blank, deciphering, enciphering, finished
from tests.helpers.manual import AT, FROZEN_CODES, FROZEN_KEYS, codes, pages, quick_message
from tests.helpers.untraced import untraced
from tests.vectors import second_manual

ONE = [sheet(31_415)]
PAGE = pages(b"sheet", 42, 1)
CODES = codes(b"cells", 25)
OUT = enciphering(CODES, PAGE, ONE, serial=104, at=AT, parity=True)


@settings(max_examples=10_000, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**40))
@untraced
def test_the_sheet_and_the_function_agree_on_ten_thousand_messages(seed: int) -> None:
    plain, page_, secrets, serial, parity = quick_message(seed)
    sheets = [sheet(r) for r in secrets]

    # by arithmetic that knows neither tables nor steps
    pairs = zip(plain, page_.keys, strict=False)
    groups = [second_manual.group(second_manual.plus(*pair), at) for at, pair in enumerate(pairs)]
    columns = [second_manual.values(r, serial, groups) for r in secrets]
    totals = [(column[-1] + int(mask)) % second_manual.P for column, mask in zip(columns, page_.masks, strict=False)]
    if max(totals) > 99_999:
        for make in (enciphering, encipher):
            with pytest.raises(TagUnwritable):
                make(plain, [page_], sheets, serial=serial, at=AT, parity=parity)
        return

    filled = enciphering(plain, [page_], sheets, serial=serial, at=AT, parity=parity)

    assert filled.message() == encipher(plain, [page_], sheets, serial=serial, at=AT, parity=parity)
    assert [cell.group for cell in filled.cells] == groups
    for cell in filled.cells:
        assert cell.running == tuple(f"{column[cell.place + 2]:05}" for column in columns)
    assert filled.tags == tuple(map("{:05}".format, totals))


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.integers(0, 2**40))
def test_the_sheet_of_what_came_is_the_sheet_of_what_went(seed: int) -> None:
    plain, page_, secrets, serial, parity = quick_message(seed)
    sheets = [sheet(r) for r in secrets]
    out = enciphering(plain, [page_], sheets, serial=serial, at=AT, parity=parity)

    came = text.read(text.write(out.message()))
    back = deciphering(came.header, came.judgement, [page_], sheets)

    assert replace(back, direction=Direction.ENCIPHER) == out
    kept = finished(Direction.DECIPHER, out.message(), plain)
    assert [cell.key for cell in kept.cells] == [cell.key for cell in out.cells]


def test_the_frozen_message_stands_on_the_sheet_as_on_the_paper() -> None:
    frozen = page(42, (*FROZEN_KEYS, *codes(b"rest", 25)), ("92653", "58979"))
    filled = enciphering(FROZEN_CODES, [frozen], ONE, serial=104, at=AT)

    (row,) = filled.rows
    assert [cell.seed for cell in row.cells] == [0, 1, 2, 3, 4]
    assert [cell.cipher for cell in row.cells] == ["5012", "9284", "1360", "7721", "9999"]
    assert [cell.check for cell in row.cells] == ["0", "6", "0", "4", "3"]
    assert [cell.running for cell in row.cells] == [("44302",), ("75171",), ("57307",), ("50441",), ("42339",)]
    assert (row.entered, row.left, filled.tags) == (("09428",), ("42339",), ("34989",))


def test_rows_hand_their_running_value_on() -> None:
    assert [row.number for row in OUT.rows] == [0, 1, 2]
    assert [len(row.cells) for row in OUT.rows] == [10, 10, 5]
    for above, below in zip(OUT.rows, OUT.rows[1:], strict=False):
        assert above.left == below.entered
        assert above.left == above.cells[-1].running


def test_a_slip_in_the_tag_is_located_by_its_row() -> None:
    # The other end works the same column: the first row whose last value differs holds the slip.
    groups = [cell.group for cell in OUT.cells]
    changed = [*groups[:13], checks.sent("0000", 13), *groups[14:]]
    other = deciphering(OUT.header, judge_placed(changed, ()), PAGE, ONE)

    differs = [a.left != b.left for a, b in zip(OUT.rows, other.rows, strict=True)]
    assert differs == [False, True, True]


def test_nines_follow_the_column_with_the_figure_that_is_dropped() -> None:
    before = 0
    for taken in OUT.columns[0]:
        first, again = taken.dropped
        assert nines(taken.added) == nines(nines(before) + nines(int(taken.block)))
        # The reduced sum may have been negative once, and then 100 003 was added back: 4 more.
        assert nines(taken.sum) in {nines(taken.added - 4 * first), nines(taken.added - 4 * first + 4)}
        assert nines(taken.value) in {nines(taken.looked_up - 4 * again), nines(taken.looked_up - 4 * again + 4)}
        before = taken.value
    assert step(ONE[0], 99_999, "99999").dropped[0] == 1


def test_no_code_stands_on_the_sheet_before_the_tags_agree() -> None:
    sent = OUT.message()
    wrong_tag = judge_placed(sent.groups, sent.parities, ["00000"])
    one_missing = judge_placed((*sent.groups[:7], "", *sent.groups[8:]), (), sent.tags)
    forged = judge_placed((*sent.groups[:7], checks.sent("0000", 7), *sent.groups[8:]), (), sent.tags)

    for judged in (wrong_tag, one_missing, forged):
        came = deciphering(OUT.header, judged, PAGE, ONE)
        assert not came.verified
        assert all(cell.code == "" for cell in came.cells)


def test_the_column_stops_before_the_first_group_that_does_not_fit() -> None:
    sent = OUT.message()
    came = deciphering(OUT.header, judge_placed((*sent.groups[:7], "?", *sent.groups[8:]), ()), PAGE, ONE)

    assert [bool(cell.running) for cell in came.cells] == [place < 7 for place in range(25)]
    assert came.worked == ()


def test_a_tag_that_cannot_be_written_is_no_sheet_and_agrees_with_nothing() -> None:
    last = OUT.columns[0][-1].value
    void = [page(42, PAGE[0].keys, (f"{100_001 - last:05}", "00000"))]

    with pytest.raises(TagUnwritable):
        enciphering(CODES, void, ONE, serial=104, at=AT)
    sent = OUT.message()
    came = deciphering(OUT.header, judge_placed(sent.groups, sent.parities, sent.tags), void, ONE)
    assert (came.verified, came.worked) == (False, ("100001",))


def test_another_page_or_number_of_tags_makes_no_sheet() -> None:
    sent = OUT.message()
    judged = judge_placed(sent.groups, sent.parities, sent.tags)

    with pytest.raises(WrongPage):
        deciphering(OUT.header, judged, pages(b"sheet", 43, 1), ONE)
    with pytest.raises(NotAllowed):
        deciphering(OUT.header, judged, PAGE, [*ONE, sheet(1)])
    with pytest.raises(FormatError):
        enciphering(["12x4"], PAGE, ONE, serial=1, at=AT)


def test_a_blank_sheet_has_places_and_seeds_alone() -> None:
    empty = blank(Direction.ENCIPHER, OUT.header)

    assert [cell.seed for cell in empty.cells] == [cell.seed for cell in OUT.cells]
    assert all((cell.code, cell.key, cell.group, cell.running) == ("", "", "", ()) for cell in empty.cells)
    assert (empty.tags, empty.verified) == ((), False)


def test_a_sheet_shows_nothing_secret() -> None:
    shown = repr(OUT)

    for secret in (OUT.cells[0].code, OUT.cells[0].key, OUT.cells[-1].running[0], OUT.masks[0], PAGE[0].keys[24]):
        assert secret not in shown


def test_a_finished_sheet_is_made_from_what_is_kept() -> None:
    kept = finished(Direction.ENCIPHER, OUT.message(), CODES, OUT.masks)

    assert [(cell.code, cell.key, cell.group) for cell in kept.cells] == [
        (cell.code, cell.key, cell.group) for cell in OUT.cells
    ]
    assert isinstance(kept.message(), Message)
    assert kept.message() == OUT.message()


def test_two_persons_share_a_message() -> None:
    assert duties(Direction.ENCIPHER, 25, 1) == (
        Duty(1, Task.CIPHER, range(3)),
        Duty(2, Task.TAG, range(3), 0),
        Duty(2, Task.AGAIN, range(3)),
    )
    assert duties(Direction.DECIPHER, 25, 2) == (
        Duty(1, Task.CHECKS, range(3)),
        Duty(2, Task.TAG, range(3), 0),
        Duty(1, Task.TAG, range(3), 1),
        Duty(1, Task.CODES, range(2)),
        Duty(2, Task.CODES, range(2, 3)),
    )
    assert duties(Direction.DECIPHER, 3, 1)[-1] == Duty(1, Task.CODES, range(1))
