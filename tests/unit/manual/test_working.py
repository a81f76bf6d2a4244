"""The officer works, the machine looks on: every slip is named for what it is, and the next step is always one."""

from dataclasses import replace

import pytest

from secmsg.manual import checks, mistakes
from secmsg.manual.judging import judge_placed
from secmsg.manual.mistakes import CLASSES, ErrorClass, Mistake, Verdict
from secmsg.manual.pad import add, page, subtract
from secmsg.manual.tag import reduced, sheet
from secmsg.manual.working import (
    OWN,
    SECOND_TAG,
    Act,
    Line,
    NextStep,
    cells,
    judge_cell,
    next_step,
    right,
)
from secmsg.manual.worksheet import Direction, Worksheet, deciphering, enciphering
from tests.helpers.manual import AT, codes, pages

ONE, TWO = [sheet(31_415)], [sheet(31_415), sheet(27_182)]
PAGE = pages(b"worked", 42, 1)
CODES = codes(b"worked", 23)
OUT = enciphering(CODES, PAGE, TWO, serial=104, at=AT, parity=True)


def came(*, tags: tuple[str, ...] = OUT.tags, lost: int | None = None) -> Worksheet:
    groups = [cell.group for cell in OUT.cells]
    if lost is not None:
        groups[lost] = ""
    return deciphering(OUT.header, judge_placed(groups, OUT.message().parities, tags), PAGE, TWO)


def a_sheet(codes_: list[str], keys: list[str], masks: tuple[str, str] = ("92653", "58979")) -> Worksheet:
    whole = page(1, [*keys, *codes(b"fill", 30 - len(keys))], masks)
    return enciphering(codes_, [whole], ONE, serial=104, at=AT, parity=True)


@pytest.mark.parametrize("of", [OUT, came()], ids=["outgoing", "incoming"])
def test_whoever_does_each_next_step_comes_to_the_end(of: Worksheet) -> None:
    entries: dict[tuple[Line, int], str] = {}
    taken = []

    while (step := next_step(of, entries)).line is not None:
        assert step.wrong is None
        entries[step.line, step.place] = right(of, step.line, step.place)
        taken.append((step.line, step.place))

    assert step == NextStep(Act.SEND if of is OUT else Act.READ)
    assert taken == list(cells(of))
    assert {line for line, _ in taken} == OWN[of.direction]


def test_a_row_is_finished_before_the_next_and_the_tag_follows_it() -> None:
    order = list(cells(OUT))

    assert order[:4] == [(Line.CIPHER, 0), (Line.CHECK, 0), (Line.CIPHER, 1), (Line.CHECK, 1)]
    assert order[20:23] == [(Line.PARITY, 0), (Line.RUNNING, 0), (Line.RUNNING, 1)]
    assert order[33] == (Line.RUNNING, SECOND_TAG)
    assert order[45] == (Line.CIPHER, 10)
    assert order[-2:] == [(Line.TAG, 0), (Line.TAG, 1)]


def test_a_wrong_cell_is_the_next_step_until_it_is_right() -> None:
    entries = {(line, place): right(OUT, line, place) for line, place in cells(OUT)}
    entries[Line.CIPHER, 4] = subtract(OUT.cells[4].code, OUT.cells[4].key)

    step = next_step(OUT, entries)
    assert (step.act, step.line, step.place) == (Act.ADD, Line.CIPHER, 4)
    assert step.wrong is not None
    assert step.wrong.mistake is Mistake.WRONG_SIGN


def test_what_the_machine_does_is_no_step() -> None:
    assert {line for line, _ in cells(OUT, frozenset({Line.CHECK}))} == {Line.CHECK}
    assert next_step(OUT, {}, frozenset()) == NextStep(Act.SEND)


def test_the_whole_sheet_can_be_the_officers() -> None:
    everything = OWN[Direction.ENCIPHER] | {Line.CODE, Line.KEY}

    assert next_step(OUT, {}, everything) == NextStep(Act.READ_KEY, Line.KEY, 0)
    key = {(Line.KEY, 0): OUT.cells[0].key}
    assert next_step(OUT, key, everything) == NextStep(Act.LOOK_UP, Line.CODE, 0)


def test_nothing_is_worked_before_every_group_fits_and_no_code_before_the_tags_agree() -> None:
    missing, forged, right_ = came(lost=7), came(tags=("00000", "00000")), came()

    assert next_step(missing, {}) == NextStep(Act.ASK, Line.GROUP, 7)
    entries: dict[tuple[Line, int], str] = {
        (line, place): right(forged, line, place) for line, place in cells(forged) if line is not Line.CODE
    }
    assert next_step(forged, entries) == NextStep(Act.REFUSE)
    assert next_step(right_, entries) == NextStep(Act.SUBTRACT, Line.CODE, 0)
    with pytest.raises(KeyError):
        judge_cell(forged, Line.CODE, 0, "0000")


def said(verdict: Verdict) -> tuple[Mistake | None, tuple[int, ...]]:
    return verdict.mistake, verdict.figures


def test_every_slip_of_adding_has_its_name() -> None:
    of = a_sheet(["0163", "4989", "7777"], ["4989", "3030", "5121"])

    def judged(entry: str) -> tuple[Mistake | None, tuple[int, ...]]:
        return said(judge_cell(of, Line.CIPHER, 0, entry))

    assert of.cells[0].cipher == "4042"
    assert judged("4042") == (None, ())
    assert judged("5152") == (Mistake.CARRIED, (0, 1, 2))  # 163 + 4989 as numbers
    assert judged("4142") == (Mistake.CARRIED, (1,))  # forgot once that there is no carry
    assert judged(subtract("0163", "4989")) == (Mistake.WRONG_SIGN, (0, 1, 2, 3))
    assert judged(subtract("4989", "0163"))[0] is Mistake.REVERSED
    assert judged("0163")[0] is Mistake.NOT_WORKED
    assert judged(add("0163", "3030"))[0] is Mistake.OTHER_KEY
    assert judged("4024") == (Mistake.SWAPPED, (2, 3))
    assert judged("4045") == (Mistake.FIGURES, (3,))
    assert judged("404") == (Mistake.TOO_FEW, ())
    assert judged("40421") == (Mistake.TOO_MANY, ())
    assert judged("40x2") == (Mistake.NOT_FIGURES, ())
    assert judged("????") == (Mistake.NOT_FIGURES, ())


def test_every_slip_of_subtracting_has_its_name() -> None:
    of = came()
    cell = next(cell for cell in of.cells if cell.cipher[3] < cell.key[3] and cell.place > 9)

    def judged(entry: str) -> Mistake | None:
        return judge_cell(of, Line.CODE, cell.place, entry).mistake

    assert judged(cell.code) is None
    assert judged(f"{(int(cell.cipher) - int(cell.key)) % 10_000:04}") is Mistake.CARRIED
    assert judged(add(cell.cipher, cell.key)) is Mistake.WRONG_SIGN
    assert judged(subtract(cell.key, cell.cipher)) is Mistake.REVERSED
    assert judged(subtract(cell.cipher, of.cells[cell.place - 10].key)) is Mistake.OTHER_KEY
    assert mistakes.subtracted("4042", "4989", "0163").right
    assert mistakes.subtracted("4042", "4989", "0153").mistake is Mistake.CARRIED  # borrowed once


def test_what_was_looked_up_or_read_beside_the_right_place_is_told() -> None:
    cell, beside = OUT.cells[11], OUT.cells[12]

    assert judge_cell(OUT, Line.KEY, 11, cell.key).right
    assert judge_cell(OUT, Line.KEY, 11, beside.key).mistake is Mistake.OTHER_KEY
    assert judge_cell(OUT, Line.CODE, 11, OUT.cells[1].code).mistake is Mistake.OTHER_CODE
    assert judge_cell(OUT, Line.KEY, 22, OUT.cells[21].key).mistake is Mistake.OTHER_KEY
    assert mistakes.copied("1234", "2134", (), Mistake.OTHER_CODE).mistake is Mistake.SWAPPED


def test_figures_that_sound_alike_are_told() -> None:
    heard = mistakes.copied("58271", "88721", (), Mistake.OTHER_CODE)

    assert said(heard) == (Mistake.VOICE_PAIR, (0, 2, 3))
    assert heard.error_class is ErrorClass.VOICE
    assert mistakes.copied("58271", "5827", (), Mistake.OTHER_CODE).mistake is Mistake.TOO_FEW


def test_every_slip_of_the_check_figure_that_can_be_told_is() -> None:
    cell = next(cell for cell in OUT.cells if len({*_checks_of(cell.cipher, cell.code, cell.seed, cell.place)}) == 5)
    own, zero, column, code, turned = _checks_of(cell.cipher, cell.code, cell.seed, cell.place)

    def judged(figure: int) -> Mistake | None:
        return judge_cell(OUT, Line.CHECK, cell.place, str(figure)).mistake

    assert judged(own) is None
    assert judged(zero) is Mistake.CHECK_SEED
    assert judged(column) is Mistake.CHECK_SEED
    told = {judged(code), judged(turned)}
    assert told <= {Mistake.CHECK_OF_CODE, Mistake.CHECK_TURNED, Mistake.CHECK_SEED}
    assert mistakes.check_figure("5012", "", 0, "7").mistake is Mistake.CHECK_FIGURE
    assert mistakes.check_figure("5012", "1843", 0, str(checks.walk("1843", 0)[-1])).mistake is Mistake.CHECK_OF_CODE


def _checks_of(cipher: str, code: str, seed: int, place: int) -> tuple[int, ...]:
    """Return the right figure, and those from seed 0, from the column alone, of the code, of the figures turned."""
    walks = ((cipher, seed), (cipher, 0), (cipher, place % 10), (code, seed), (cipher[::-1], seed))
    return tuple(checks.walk(figures, start)[-1] for figures, start in walks)


def test_every_slip_of_the_parity_group_has_its_name() -> None:
    ciphers = [cell.cipher for cell in OUT.rows[1].cells]
    parity = OUT.rows[1].parity

    def judged(entry: str) -> Mistake | None:
        return judge_cell(OUT, Line.PARITY, 1, entry).mistake

    assert judged(parity) is None
    assert judged(checks.checked(f"{sum(map(int, ciphers)) % 10_000:04}", checks.parity_seed(1))) is Mistake.CARRIED
    assert judged(checks.parity(ciphers[:-1], 1)) is Mistake.OTHER_PLACE
    assert judged(checks.checked(parity[:4], checks.seed(10))) is Mistake.CHECK_FIGURE
    assert judged(f"{(int(parity) + 50_000) % 100_000:05}") is Mistake.FIGURES
    single = a_sheet(["0163"], ["4989"])
    assert judge_cell(single, Line.PARITY, 0, "99999").mistake is Mistake.FIGURES


def test_every_slip_of_the_tag_has_its_name() -> None:
    column = OUT.columns[0]
    block = next(at for at, taken in enumerate(column) if at > 1 and taken.dropped[1])
    taken, before = column[block], column[block - 1].value

    def judged(entry: str) -> Mistake | None:
        return judge_cell(OUT, Line.RUNNING, block, entry).mistake

    assert judged(f"{taken.value:05}") is None
    assert judged(f"{taken.looked_up}") is Mistake.NOT_REDUCED
    assert judged(f"{taken.looked_up % 100_000:05}") is Mistake.THREE_K
    assert judged(f"{taken.hundreds:05}") is Mistake.TABLE_LINE
    assert judged(f"{before:05}") is Mistake.BLOCK_LEFT_OUT
    assert judged(add(f"{taken.hundreds:05}", f"{taken.units:05}")) is Mistake.NOT_CARRIED
    assert judged("1234567") is Mistake.TOO_MANY
    assert judged("99999") is Mistake.FIGURES
    assert judge_cell(OUT, Line.RUNNING, 0, "00000").mistake is Mistake.BLOCK_LEFT_OUT
    assert judge_cell(OUT, Line.RUNNING, SECOND_TAG, f"{OUT.columns[1][0].value:05}").right


def test_every_slip_of_the_mask_has_its_name() -> None:
    last, other = OUT.columns[0][-1].value, OUT.masks[1]

    def judged(entry: str, of: Worksheet = OUT) -> Mistake | None:
        return judge_cell(of, Line.TAG, 0, entry).mistake

    assert judged(OUT.tags[0]) is None
    assert judged(f"{last:05}") is Mistake.MASK_LEFT_OUT
    assert judged(f"{reduced(last + int(other)):05}") is Mistake.OTHER_MASK
    assert judged(add(f"{last:05}", OUT.masks[0])) is Mistake.NOT_CARRIED
    carried = next(
        of
        for of in (a_sheet(["0163"], ["4989"], (f"{mask:05}", "00000")) for mask in range(99_999, 90_000, -1_000))
        if of.columns[0][-1].value + int(of.masks[0]) > 100_002
    )
    total = carried.columns[0][-1].value + int(carried.masks[0])
    assert judged(f"{total}", carried) is Mistake.NOT_REDUCED
    assert judged(f"{total - 100_000:05}", carried) is Mistake.THREE_K


def test_a_received_group_is_judged_by_its_place() -> None:
    group = OUT.cells[11].group

    def judged(entry: str) -> Mistake | None:
        return judge_cell(OUT, Line.GROUP, 11, entry).mistake

    assert judged(group) is None
    assert judged(OUT.cells[12].group) is Mistake.OTHER_PLACE
    assert judged("1234") is Mistake.TOO_FEW
    nowhere = next(f"{n:05}" for n in range(100) if checks.fitting_seed(f"{n:05}") not in (0, 1, 2, 3))
    assert judged(nowhere) is Mistake.CHECK_FIGURE
    assert judged("00000") in (Mistake.CHECK_FIGURE, Mistake.OTHER_PLACE)
    first = next(f"{n:05}" for n in range(1, 100) if checks.fitting_seed(f"{n:05}") == 1)
    assert judge_cell(OUT, Line.GROUP, 0, first).mistake is Mistake.OTHER_PLACE


def test_every_mistake_has_its_class_and_a_verdict_holds_no_right_figure() -> None:
    assert CLASSES.keys() == set(Mistake)
    assert mistakes.RIGHT.error_class is None
    assert set(CLASSES.values()) >= {ErrorClass.CODE, ErrorClass.KEY, ErrorClass.SUM, ErrorClass.CARRY}
    wrong = judge_cell(OUT, Line.CIPHER, 0, "0000" if OUT.cells[0].cipher != "0000" else "1111")
    assert OUT.cells[0].cipher not in repr(wrong)


def test_a_sheet_whose_tags_do_not_agree_gives_no_code_to_judge_by() -> None:
    forged = replace(came(), verified=False)

    entries = {(line, place): right(forged, line, place) for line, place in cells(forged)}
    assert next_step(forged, entries) == NextStep(Act.REFUSE)
