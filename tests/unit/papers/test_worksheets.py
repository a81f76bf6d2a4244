"""The worksheet on paper: blank and filled on the same lines, every cell under its seed, the tag line by line."""

import re

import pytest

from secmsg.manual import checks, pad, tag
from secmsg.manual.checks import COLUMNS, parity_seed, seed
from secmsg.papers import worksheets
from secmsg.papers.worksheets import Cell, Clear
from tests.helpers import papers
from tests.helpers.manual import FROZEN_CODES, FROZEN_KEYS, codes, pages

PAGE = pages(b"worksheet", 42, 1)[0]
SHEET = tag.sheet(31_415)
CODES = codes(b"worksheet", 84)
CIPHERS = tuple(pad.add(code, key) for code, key in zip(CODES, PAGE.keys, strict=False))
SENT = tuple(checks.sent(cipher, place) for place, cipher in enumerate(CIPHERS))
STEPS = tuple(tag.trace(SHEET, 220, SENT))
CELLS: tuple[Cell, ...] = tuple(
    (code, key, group[:4], group[4], f"{step.value:05}")
    for code, key, group, step in zip(CODES, PAGE.keys, SENT, STEPS[2:], strict=False)
)
CLEAR = Clear(
    ("00220", PAGE.number, "26112", "15523", "26105", "00084", "95943"), ("88790",), "TK PARIS-HA NOI 3 1/2",
    (PAGE.number,),
)  # fmt: skip
LINES = ("Mã code", "Khóa key", "Bản mã cipher", "KT check", "a running tag")


def filled(persons: int = 1) -> bytes:
    return worksheets.pdf(CLEAR, CELLS, outgoing=True, parities=checks.parities(SENT), persons=persons, steps=(STEPS,))


def line_of(leaf: str, name: str) -> list[list[str]]:
    """Return what stands in every row of ten on the line of this name."""
    found = re.findall(rf"(?m)^{re.escape(name)}((?: \d+)*)$", leaf)
    return [values.split() for values in found]


def test_every_cell_of_a_filled_sheet_stands_in_its_row_and_line() -> None:
    leaves = papers.leaves(filled())[:2]

    for line, name in enumerate(LINES):
        found = [row for leaf in leaves for row in line_of(leaf, name)]
        assert len(found) == 12
        assert [value for row in found for value in row] == [cell[line] for cell in CELLS]
        assert [len(row) for row in found] == [10] * 8 + [4] + [0] * 3


def test_each_row_has_its_numbers_and_its_seeds_and_that_of_its_parity_group() -> None:
    leaves = papers.leaves(filled())[:2]

    flowing = " ".join(" ".join(leaves).split())
    for row in range(12):
        seeds = " ".join(f"{seed(row * COLUMNS + column)}" for column in range(COLUMNS))
        assert f"{row * COLUMNS + 1}–{(row + 1) * COLUMNS} {seeds}" in flowing
    parities = [group for leaf in leaves for group in re.findall(r"(?m)^(\d) ?\n?(\d{4}) ?\n?(\d)$", leaf)]
    assert [cipher + check for _, cipher, check in parities] == list(checks.parities(SENT))
    assert [int(start) for start, _, _ in parities] == [parity_seed(row) for row in range(9)]


def test_header_tag_book_and_pages_stand_over_every_leaf() -> None:
    for leaf in papers.leaves(filled())[:2]:
        words = leaf.split()
        for each in (*CLEAR.header, *CLEAR.tags):
            assert each in words
        assert "TK PARIS-HA NOI 3 1/2" in " ".join(words)


def test_the_tag_sheet_shows_every_step_in_its_line() -> None:
    leaves = papers.leaves(filled())[2:]

    names = ["số thứ tự", "số nhóm", *(f"nhóm {number}" for number in range(1, 85))]
    text = "\n".join(leaves)
    for name, step in zip(names, STEPS, strict=True):
        values = (int(step.block), step.added, step.sum, step.hundreds, step.units, step.looked_up, step.value)
        assert re.search(rf"(?m)^{name} " + " ".join(f"{value:05}" for value in values) + "$", text)
    assert "+ mặt nạ s" in text


def test_the_frozen_message_is_worked_as_published() -> None:
    ciphers = [pad.add(code, key) for code, key in zip(FROZEN_CODES, FROZEN_KEYS, strict=True)]
    sent = [checks.sent(cipher, place) for place, cipher in enumerate(ciphers)]
    steps = tuple(tag.trace(SHEET, 104, sent))
    cells = [
        (code, key, group[:4], group[4], f"{step.value:05}")
        for code, key, group, step in zip(FROZEN_CODES, FROZEN_KEYS, sent, steps[2:], strict=True)
    ]

    leaf = papers.leaves(worksheets.pdf(CLEAR, cells, outgoing=True, steps=(steps,)))[0]

    assert line_of(leaf, LINES[2])[0] == ["5012", "9284", "1360", "7721", "9999"]
    assert line_of(leaf, LINES[3])[0] == ["0", "6", "0", "4", "3"]
    assert line_of(leaf, LINES[4])[0] == ["44302", "75171", "57307", "50441", "42339"]


@pytest.mark.parametrize(("groups", "leaves"), [(1, 2), (30, 2), (38, 2), (39, 3), (60, 3), (61, 4), (120, 5)])
def test_a_blank_sheet_has_room_for_as_many_groups_as_are_asked_for(groups: int, leaves: int) -> None:
    pdf = worksheets.pdf(Clear(), (), outgoing=False, groups=groups)

    printed = papers.leaves(pdf)
    assert len(printed) == leaves
    assert f"nhóm {groups}" in "\n".join(printed)
    assert not any(value for leaf in printed for name in LINES for row in line_of(leaf, name) for value in row)
    assert "Worksheet: decipher" in printed[0]
    assert papers.sizes(pdf) == {papers.A4}
    assert papers.out_of_leaf(pdf) == 0


def test_blank_and_filled_have_their_lines_at_the_same_places() -> None:
    blank = worksheets.pdf(Clear(), (), outgoing=True, groups=84)

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
    leaves = papers.leaves(worksheets.pdf(Clear(), (), outgoing=True, groups=20, tags=2))

    assert [("(r1)" in leaf, "(r2)" in leaf) for leaf in leaves] == [(False, False), (True, False), (False, True)]
    assert "+ mặt nạ thứ hai" in leaves[2]


def test_a_running_value_of_six_figures_stands_whole() -> None:
    leaf = papers.leaves(worksheets.pdf(Clear(), [("0000", "0000", "0000", "0", "100002")], outgoing=True))[0]

    assert line_of(leaf, LINES[4])[0] == ["100002"]
