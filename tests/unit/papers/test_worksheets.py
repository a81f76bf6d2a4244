"""The worksheet on paper: blank and filled on the same lines, every cell under its seed, the tag line by line."""

import re

import pytest

from secmsg.manual import header, judging, pad, tag, worksheet
from secmsg.manual.checks import COLUMNS, parity_seed, seed
from secmsg.manual.working import Line
from secmsg.manual.worksheet import Cell, Direction
from secmsg.papers import worksheets
from tests.helpers import papers
from tests.helpers.manual import AT, FROZEN_CODES, FROZEN_KEYS, codes, pages

PAGE = pages(b"worksheet", 42, 1)[0]
SHEETS = (tag.sheet(31_415), tag.sheet(27_182))
CODES = codes(b"worksheet", 84)
SHEET = worksheet.enciphering(CODES, [PAGE], SHEETS[:1], serial=220, at=AT, parity=True)
BOOK = "TK PARIS-HA NOI 3 1/2"
LINES = ("Mã code", "Khóa key", "Bản mã cipher", "KT check", "a running tag")


def filled(persons: int = 1) -> bytes:
    return worksheets.filled(SHEET, BOOK, persons=persons)


def lines_of(cell: Cell) -> tuple[str, ...]:
    return cell.code, cell.key, cell.cipher, cell.check, " ".join(cell.running)


def line_of(leaf: str, name: str) -> list[list[str]]:
    """Return what stands in every row of ten on the line of this name."""
    found = re.findall(rf"(?m)^{re.escape(name)}((?: \d+)*)$", leaf)
    return [values.split() for values in found]


def test_every_cell_of_a_filled_sheet_stands_in_its_row_and_line() -> None:
    leaves = papers.leaves(filled())[:2]

    for line, name in enumerate(LINES):
        found = [row for leaf in leaves for row in line_of(leaf, name)]
        assert len(found) == 12
        assert [value for row in found for value in row] == [lines_of(cell)[line] for cell in SHEET.cells]
        assert [len(row) for row in found] == [10] * 8 + [4] + [0] * 3


def test_each_row_has_its_numbers_and_its_seeds_and_that_of_its_parity_group() -> None:
    leaves = papers.leaves(filled())[:2]

    flowing = " ".join(" ".join(leaves).split())
    for row in range(12):
        seeds = " ".join(f"{seed(row * COLUMNS + column)}" for column in range(COLUMNS))
        assert f"{row * COLUMNS + 1}–{(row + 1) * COLUMNS} {seeds}" in flowing
    parities = [group for leaf in leaves for group in re.findall(r"(?m)^(\d) ?\n?(\d{4}) ?\n?(\d)$", leaf)]
    assert [cipher + check for _, cipher, check in parities] == [row.parity for row in SHEET.rows]
    assert [int(start) for start, _, _ in parities] == [parity_seed(row) for row in range(9)]


def test_header_tag_book_and_pages_stand_over_every_leaf() -> None:
    for leaf in papers.leaves(filled())[:2]:
        words = leaf.split()
        for each in (*header.written(SHEET.header), *SHEET.tags):
            assert each in words
        assert BOOK in " ".join(words)


def test_the_tag_sheet_shows_every_step_in_its_line() -> None:
    leaves = papers.leaves(filled())[2:]

    names = ["số thứ tự", "số nhóm", *(f"nhóm {number}" for number in range(1, 85))]
    text = "\n".join(leaves)
    for name, step in zip(names, SHEET.columns[0], strict=True):
        values = (int(step.block), step.added, step.sum, step.hundreds, step.units, step.looked_up, step.value)
        assert re.search(rf"(?m)^{name} " + " ".join(f"{value:05}" for value in values) + "$", text)
    last = SHEET.columns[0][-1].value + int(PAGE.masks[0])
    assert f"+ mặt nạ s {PAGE.masks[0]} {last:05} {SHEET.tags[0]}" in text


def test_the_frozen_message_is_worked_as_published() -> None:
    page = pad.page(42, FROZEN_KEYS * 6, ("92653", "00000"))
    sheet = worksheet.enciphering(FROZEN_CODES, [page], SHEETS[:1], serial=104, at=AT)

    leaf = papers.leaves(worksheets.filled(sheet, BOOK))[0]

    assert line_of(leaf, LINES[2])[0] == ["5012", "9284", "1360", "7721", "9999"]
    assert line_of(leaf, LINES[3])[0] == ["0", "6", "0", "4", "3"]
    assert line_of(leaf, LINES[4])[0] == ["44302", "75171", "57307", "50441", "42339"]
    assert "34989" in leaf.split()


@pytest.mark.parametrize(("groups", "leaves"), [(1, 2), (30, 2), (38, 2), (39, 3), (60, 3), (61, 4), (120, 5)])
def test_a_blank_sheet_has_room_for_as_many_groups_as_are_asked_for(groups: int, leaves: int) -> None:
    pdf = worksheets.blank(groups, Direction.DECIPHER)

    printed = papers.leaves(pdf)
    assert len(printed) == leaves
    assert f"nhóm {groups}" in "\n".join(printed)
    assert not any(value for leaf in printed for name in LINES for row in line_of(leaf, name) for value in row)
    assert "Worksheet: decipher" in printed[0]
    assert papers.sizes(pdf) == {papers.A4}
    assert papers.out_of_leaf(pdf) == 0


def test_blank_and_filled_have_their_lines_at_the_same_places() -> None:
    blank = worksheets.blank(84, Direction.ENCIPHER)

    # Given two sheets of one size, everything that is drawn on the blank one is drawn on the filled one too.
    for empty, full in zip(papers.pictures(blank, 60), papers.pictures(filled(), 60), strict=True):
        half = empty.convert("L").point(lambda value: 255 if value > 120 else 0)
        lines = half.crop((0, half.height // 5, half.width, half.height - half.height // 6))
        over = full.convert("L").crop((0, half.height // 5, half.width, half.height - half.height // 6))
        missing = sum(1 for a, b in zip(lines.tobytes(), over.tobytes(), strict=True) if a == 0 and b > 160)
        assert missing == 0


def test_for_two_persons_the_second_pass_has_the_line_of_the_running_value() -> None:
    leaves = papers.leaves(filled(persons=2))

    assert line_of(leaves[0], "Soát 2nd pass") == [[]] * 6
    assert not line_of(leaves[0], LINES[4])
    assert "Người thứ hai ghi nhóm khi nghe đọc" in leaves[2]


def test_two_tags_have_two_tag_sheets() -> None:
    leaves = papers.leaves(worksheets.blank(20, Direction.ENCIPHER, tags=2))

    assert [("(r1)" in leaf, "(r2)" in leaf) for leaf in leaves] == [(False, False), (True, False), (False, True)]
    assert "+ mặt nạ thứ hai" in leaves[2]


def test_a_message_with_two_tags_shows_both_running_values_and_both_columns() -> None:
    sheet = worksheet.enciphering(CODES[:20], [PAGE], SHEETS, serial=220, at=AT)

    leaves = papers.leaves(worksheets.filled(sheet, BOOK))

    assert [value for row in line_of(leaves[0], LINES[4]) for value in row] == [
        value for cell in sheet.cells for value in cell.running
    ]
    for which, leaf in enumerate(leaves[1:]):
        assert f"{sheet.columns[which][-1].value:05}" in leaf.split()
        assert sheet.tags[which] in leaf.split()


def test_an_incoming_sheet_that_did_not_verify_shows_no_code() -> None:
    sent = SHEET.message()
    other = "0" if sent.tags[0][0] != "0" else "1"
    judged = judging.Judgement(sent.groups, sent.parities, (other + sent.tags[0][1:],))
    forged = worksheet.deciphering(SHEET.header, judged, [PAGE], SHEETS[:1])

    leaves = papers.leaves(worksheets.filled(forged, BOOK))

    assert "Worksheet: decipher" in leaves[0]
    assert not any(value for row in line_of(leaves[0], LINES[0]) for value in row)
    assert [value for row in line_of(leaves[0], LINES[1]) for value in row] == list(PAGE.keys[:60])


def test_a_sheet_that_a_person_works_shows_only_what_he_has_entered() -> None:
    entries = {
        (Line.CIPHER, 0): SHEET.cells[0].cipher,
        (Line.CHECK, 0): SHEET.cells[0].check,
        (Line.CIPHER, 1): "12",
        (Line.PARITY, 0): SHEET.rows[0].parity,
        (Line.RUNNING, 0): f"{SHEET.columns[0][0].value:05}",
        (Line.RUNNING, 2): SHEET.cells[0].running[0],
    }

    leaves = papers.leaves(worksheets.filled(SHEET, BOOK, entries))

    assert [value for row in line_of(leaves[0], LINES[0]) for value in row] == list(CODES[:60])
    assert [value for row in line_of(leaves[0], LINES[2]) for value in row] == [SHEET.cells[0].cipher, "12"]
    assert [value for row in line_of(leaves[0], LINES[3]) for value in row] == [SHEET.cells[0].check]
    assert [value for row in line_of(leaves[0], LINES[4]) for value in row] == [SHEET.cells[0].running[0]]
    assert SHEET.tags[0] not in " ".join(leaves).split()
    assert f"số thứ tự 00220 {SHEET.columns[0][0].value:05}" in leaves[2]
