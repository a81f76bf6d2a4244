"""The pad book, its authentication sheets and challenge lists on paper: figure for figure what was drawn."""

import io
import itertools
import re
from dataclasses import replace
from datetime import date

import pytest
from pypdf import PdfReader

from secmsg.manual import pad, tag
from secmsg.manual.checks import seed
from secmsg.manual.pad import STRIP, Page, page_check, strip_checks
from secmsg.office.materials import Direction
from secmsg.papers import authentication, challenges, pads
from secmsg.papers.pads import KEY_SIZE, PadCover
from tests.helpers import papers
from tests.helpers.manual import codes, pages

COVER = PadCover(
    "TK PARIS-HA NOI", "3", 1, Direction.OUT, "Đại sứ quán tại Pháp", "Bộ Ngoại giao", "17", date(2026, 11, 26)
)
OTHER = replace(COVER, copy=2, direction=Direction.IN, holder=COVER.other, other=COVER.holder)
PAGES = pages(b"papers", 42, 3)
SHEETS = (tag.sheet(31_415), tag.sheet(99_999))


def rows_on(leaf: str) -> list[list[str]]:
    """Return the key groups of a page row by row."""
    return [row.split() for row in re.findall(r"(?m)^\d{4}(?: \d{4}){9}$", leaf)]


def test_every_key_group_mask_and_check_of_a_page_stands_on_its_leaf() -> None:
    leaves = papers.leaves(pads.pdf([COVER], PAGES))[1:]

    assert len(leaves) == len(PAGES)
    for leaf, page in zip(leaves, PAGES, strict=True):
        assert [group for row in rows_on(leaf) for group in row] == list(page.keys)
        words = leaf.split()
        assert [word for word in words if word in page.masks] == list(page.masks)
        checks = re.findall(rf"(?m){page.number} (\d{{4}})$", leaf)
        assert checks == list(strip_checks(page))
        assert words.count(page.number) == 2 + 4
        assert page_check(page) in words


def test_the_rows_are_numbered_and_have_the_seeds_of_the_worksheet() -> None:
    leaf = papers.leaves(pads.pdf([COVER], PAGES[:1]))[1]

    rows = [row.split() for row in re.findall(r"(?m)^\d(?: \d){9}$", leaf)]

    assert [each for row in rows for each in row] == [f"{seed(place)}" for place in range(120)]
    assert re.findall(r"(?m)^(\d{1,2})$", leaf) == [f"{row}" for row in range(1, 13)]


def test_each_group_stands_in_the_column_of_its_seed_and_in_its_row() -> None:
    characters = papers.figures_at(pads.pdf([COVER], PAGES[:1]), 1)
    text = "".join(character for character, _, _ in characters)

    at = 0
    places: list[tuple[float, float]] = []
    for key in PAGES[0].keys:
        at = text.index(key, at)
        places.append((characters[at][1], characters[at][2]))
        at += len(key)

    # A figure has its own edges inside its width, so columns and rows are equal within two points.
    for place, (x, y) in enumerate(places):
        assert abs(x - places[place % 10][0]) < 2
        assert abs(y - places[place // 10 * 10][1]) < 2
    steps = [right - left for (left, _), (right, _) in itertools.pairwise(places[:10])]
    assert max(steps) - min(steps) < 4
    heights = [y for _, y in places[::10]]
    assert heights == sorted(heights, reverse=True)


def test_the_book_stands_at_both_ends_and_every_strip_has_its_name() -> None:
    leaf = papers.leaves(pads.pdf([COVER], PAGES[:1]))[1]

    assert leaf.count("TK PARIS-HA NOI · ấn bản 3 · bản 1/2 · ĐI") == 2
    for strip in range(4):
        assert f"dải {strip + 1} · nhóm {strip * STRIP + 1}–{(strip + 1) * STRIP}" in leaf


def test_the_copies_differ_in_number_and_direction_alone() -> None:
    ours, theirs = papers.leaves(pads.pdf([COVER], PAGES)), papers.leaves(pads.pdf([OTHER], PAGES))

    assert [leaf.replace("bản 1/2 · ĐI", "bản 2/2 · ĐẾN") for leaf in ours[1:]] == theirs[1:]
    assert "1/2" in ours[0]
    assert "outgoing" in ours[0]
    assert "2/2" in theirs[0]
    assert "incoming" in theirs[0]


def test_the_cover_says_what_the_book_is_and_how_it_is_used() -> None:
    cover = " ".join(papers.leaves(pads.pdf([COVER], PAGES))[0].split())

    for words in ("TK PARIS-HA NOI", "Đại sứ quán tại Pháp", "Bộ Ngoại giao", "26/11/2026", "Độ mật / Degree"):
        assert words in cover
    assert f"3 ({PAGES[0].number} – {PAGES[-1].number})" in cover
    for vi, en in pads._RULES:
        assert vi in cover
        assert en in cover


def test_a_page_is_a5_with_its_groups_in_twelve_points() -> None:
    pdf = pads.pdf([COVER], PAGES)
    sizes: set[float] = set()

    def visit(text: str, cm: list[float], tm: list[float], font: object, size: float) -> None:
        if PAGES[0].keys[0] in text or PAGES[0].keys[-1] in text:
            sizes.add(size)

    PdfReader(io.BytesIO(pdf)).pages[1].extract_text(visitor_text=visit)

    assert papers.sizes(pdf) == {papers.A5}
    assert all("+" in name for name in papers.used_typefaces(pdf))
    assert sizes == {KEY_SIZE}
    assert 12 <= KEY_SIZE <= 14


def test_nothing_that_must_be_read_stands_where_the_glue_is() -> None:
    for picture in papers.pictures(pads.pdf([COVER], PAGES[:1]), dpi=100):
        # Given 7 mm of glue above, below and at the left, every dark point lies inside; the shade itself is pale.
        grey = picture.convert("L").point(lambda value: 255 if value > 60 else 0)
        left, top, right, bottom = grey.point(lambda value: 255 - value).getbbox() or (0, 0, 0, 0)
        mm = 100 / 25.4
        assert left >= 7 * mm
        assert top >= 7 * mm
        assert picture.height - bottom >= 7 * mm
        assert picture.width - right >= 5 * mm


def test_training_material_says_so_on_the_cover_on_every_strip_and_under_every_leaf() -> None:
    live, training = (papers.leaves(pads.pdf([replace(COVER, training=training)], PAGES)) for training in (False, True))

    assert not any("HUẤN LUYỆN" in leaf for leaf in live)
    assert [leaf.count("HUẤN LUYỆN") for leaf in training] == [2, 5, 5, 5]


def test_strips_that_were_typed_from_paper_make_a_shorter_page() -> None:
    short = pad.page(42, PAGES[0].keys[: 2 * STRIP], PAGES[0].masks)

    leaf = papers.leaves(pads.pdf([COVER], [short]))[1]

    assert "dải 2" in leaf
    assert "dải 3" not in leaf


def test_a_group_that_is_changed_changes_the_paper() -> None:
    keys = list(PAGES[0].keys)
    keys[77] = f"{(int(keys[77]) + 1) % 10_000:04}"

    assert pads.pdf([COVER], PAGES[:1]) == pads.pdf([COVER], [Page(PAGES[0].number, PAGES[0].keys, PAGES[0].masks)])
    assert pads.pdf([COVER], PAGES[:1]) != pads.pdf([COVER], [Page(PAGES[0].number, tuple(keys), PAGES[0].masks)])


def test_no_fact_or_figure_stands_in_the_description_of_the_file() -> None:
    described = str(dict(PdfReader(io.BytesIO(pads.pdf([COVER], PAGES))).metadata or {}))

    assert not re.search(r"\d{4} \d{4}", described)
    assert "PARIS" not in described


def test_both_tables_of_every_sheet_are_printed_entry_by_entry() -> None:
    leaves = papers.leaves(authentication.pdf([COVER], SHEETS))

    assert len(leaves) == 4
    for sheet, front, back in zip(SHEETS, leaves[::2], leaves[1::2], strict=True):
        hundreds = {line.split()[0]: line.split()[1:] for line in re.findall(r"(?m)^\d\d(?: \d{5,6}){10}$", front)}
        assert [entry for row in sorted(hundreds) for entry in hundreds[row]] == [
            f"{sheet.hundreds(value):05}" for value in range(1000)
        ]
        units = {line.split()[0]: line.split()[1:] for line in re.findall(r"(?m)^\d(?: \d{5,6}){10}$", back)}
        assert [entry for row in sorted(units) for entry in units[row]] == [
            f"{sheet.units(value):05}" for value in range(100)
        ]
        for above in range(3):
            assert re.search(rf"E{above} \(x = 10000{above}\) ?{sheet.beyond(above):05}", " ".join(back.split()))


def test_the_small_sheet_has_its_three_tables_on_one_leaf() -> None:
    pdf = authentication.small_pdf([COVER], SHEETS)

    leaves = papers.leaves(pdf)

    assert papers.sizes(pdf) == {papers.A5}
    for sheet, leaf in zip(SHEETS, leaves, strict=True):
        assert " ".join(f"{sheet.tens_of_thousands(figure):05}" for figure in range(10)) in leaf
        rows = re.findall(r"(?m)^\d(?: \d{5,6}){10}$", leaf)
        entries = [entry for row in rows for entry in row.split()[1:]]
        assert entries == [f"{sheet.hundreds(value):05}" for value in range(100)] + [
            f"{sheet.units(value):05}" for value in range(100)
        ]


def test_an_entry_of_six_figures_is_printed_whole() -> None:
    sheet = next(tag.sheet(r) for r in range(1, 100_000) if any(tag.sheet(r).units(j) > 99_999 for j in range(100)))
    six = next(sheet.units(value) for value in range(100) if sheet.units(value) > 99_999)

    for pdf in (authentication.pdf([COVER], [sheet]), authentication.small_pdf([COVER], [sheet])):
        assert f"{six}" in papers.words(pdf).split()


@pytest.mark.parametrize("count", [1, 25, 100, 101, 300])
def test_every_line_of_a_challenge_list_stands_once_under_its_number(count: int) -> None:
    drawn = codes(b"challenges", 2 * count)
    lines = list(zip(drawn[::2], drawn[1::2], strict=True))

    pdf = challenges.pdf([COVER], lines)

    found = re.findall(r"(?m)^(\d{1,3}) (\d{4}) ?(\d{4})$", "\n".join(papers.leaves(pdf)))
    assert [(int(number), challenge, reply) for number, challenge, reply in found] == [
        (number, *line) for number, line in enumerate(lines, 1)
    ]
    assert papers.sizes(pdf) == {papers.A4}
    assert papers.out_of_leaf(pdf) == 0


def test_the_sheets_have_typefaces_of_their_own_inside_the_margins() -> None:
    for pdf in (authentication.pdf([COVER], SHEETS), authentication.small_pdf([COVER], SHEETS)):
        assert all("+" in name for name in papers.used_typefaces(pdf))
        assert papers.out_of_leaf(pdf) == 0
