"""The codebook on paper: every entry stands on it, whole and in order, and a person finds the leaf by its head."""

import functools
import re
from dataclasses import replace
from pathlib import Path
from string import ascii_lowercase

import pytest

from secmsg.errors import FormatError
from secmsg.manual import codebook_file
from secmsg.manual.codebook import RANGES, Book, Entry, Kind
from secmsg.papers import codebooks
from secmsg.papers.columns import LAYOUTS
from secmsg.papers.drawing import Format
from tests.helpers import papers
from tests.helpers.small_book import small_book

RESOURCES = Path(__file__).resolve().parents[3] / "resources"
LONG = "để nghị Bộ thông báo cho các cơ quan liên quan phối hợp"
BOTH = pytest.mark.parametrize("leaf", [Format.A4, Format.A5])
RUN = re.compile(r"^(\d{4}) (.+)$")


def full_book() -> Book:
    """Return a book with enough syllables for several leaves, phrases too long for one line, and a supplement."""
    book = small_book()
    taken = {entry.code for entry in book.entries}
    more = [Entry(f"{code}", f"tiếng {code}", Kind.SYLLABLE) for code in range(1500, 2100)]
    more += [Entry(f"{code}", f"{LONG} {code}", Kind.PHRASE) for code in range(6500, 6700)]
    more += [Entry("9900", "Lãnh sự danh dự", Kind.SUPPLEMENT), Entry("9957", "căng tin", Kind.SUPPLEMENT)]
    assert not taken & {entry.code for entry in more}
    return replace(book, entries=tuple(sorted((*book.entries, *more), key=lambda entry: entry.code)))


@functools.cache
def made(leaf: Format) -> bytes:
    """Print the book once for all tests."""
    return codebooks.pdf(full_book(), leaf)


@functools.cache
def printed_leaves(leaf: Format) -> list[str]:
    """Read the print once for all tests."""
    return papers.leaves(made(leaf))


def listed(leaves: list[str]) -> list[tuple[str, str]]:
    """Return the entries of leaves in columns, those on several lines joined, without head and foot."""
    found: list[tuple[str, str]] = []
    for leaf in leaves:
        rows = leaf.splitlines()
        first = next(place for place, row in enumerate(rows) if re.search(r"\d{4} – \d{4}$", row.strip())) + 1
        for row in rows[first:]:
            if re.search(r" · ấn bản \d+ tờ / leaf", row):
                break
            entry = RUN.match(row)
            # A year may stand alone on the second line of a text.
            if entry and (not found or entry[1] > found[-1][0]):
                found.append((entry[1], entry[2].strip()))
            else:
                found[-1] = (found[-1][0], f"{found[-1][1]} {row.strip()}")
    return found


@BOTH
def test_every_entry_of_the_lists_stands_on_the_paper_whole_and_in_order(leaf: Format) -> None:
    book = full_book()

    leaves = printed_leaves(leaf)

    expected = [(entry.code, entry.text) for entry in book.entries if 902 <= int(entry.code) <= 9899]
    assert listed(leaves[4:-1]) == expected


def test_the_edition_that_comes_with_the_program_is_printed_whole() -> None:
    book = codebook_file.parse((RESOURCES / "codebook" / "edition-01.tsv").read_text("utf-8"))

    pdf = codebooks.pdf(book, Format.A4)

    flowing, at = " ".join(" ".join(papers.quick_leaves(pdf)[4:]).split()), 0
    for entry in book.entries:
        if 902 <= int(entry.code) <= 9899:
            at = flowing.index(f"{entry.code} {entry.text}", at) + 5
    assert papers.count(pdf) < 50


@BOTH
def test_numerals_and_control_stand_on_one_leaf(leaf: Format) -> None:
    book = full_book()

    printed = printed_leaves(leaf)[1]

    flowing = " ".join(printed.split())
    for entry in book.entries:
        if int(entry.code) < 200:
            assert f"{entry.code} {entry.text}" in flowing


@BOTH
def test_the_square_gives_each_pair_of_letters_its_code(leaf: Format) -> None:
    book = full_book()
    codes = {entry.text: entry.code for entry in book.entries if entry.kind in (Kind.LETTER, Kind.BIGRAPH)}

    leaves = printed_leaves(leaf)[2:4]

    for printed, second in zip(leaves, (ascii_lowercase[:13], ascii_lowercase[13:]), strict=True):
        rows = re.findall(r"(?m)^([a-z])((?: \d{4}){14})$", printed)
        assert [first for first, _ in rows] == list(ascii_lowercase)
        for first, row in rows:
            assert row.split() == [codes[first], *(codes[first + letter] for letter in second)]


@BOTH
def test_the_supplement_has_all_its_codes_and_a_line_for_each_that_is_free(leaf: Format) -> None:
    for last in (papers.leaves(codebooks.supplement_pdf(full_book(), leaf))[-1], printed_leaves(leaf)[-1]):
        rows = re.findall(r"(?m)^(99\d\d) ?(.*)$", last)

        assert [code for code, _ in rows] == [f"{code}" for code in range(9900, 10_000)]
        assert [(code, text.strip()) for code, text in rows if text.strip()] == [
            ("9900", "Lãnh sự danh dự"),
            ("9957", "căng tin"),
        ]


@BOTH
def test_a_leaf_is_found_by_its_head_and_known_by_its_foot(leaf: Format) -> None:
    leaves = printed_leaves(leaf)

    for number, printed in enumerate(leaves, 1):
        flowing = " ".join(printed.split())
        assert "Sổ mã thử · ấn bản 7" in flowing
        assert f"tờ / leaf {number}/{len(leaves)}" in flowing
    for printed in leaves[4:-1]:
        entries = listed([printed])
        head = " ".join(printed.split()[:40])
        assert entries[0][1] in head
        assert entries[-1][1] in head
        assert f"{entries[0][0]} – {entries[-1][0]}" in head


@BOTH
def test_as_many_entries_as_the_format_has_lines_stand_on_a_leaf(leaf: Format) -> None:
    leaves = printed_leaves(leaf)

    most = max(len(listed([printed])) for printed in leaves[4:-1])

    assert most == {Format.A4: 240, Format.A5: 150}[leaf] == LAYOUTS[leaf].columns * LAYOUTS[leaf].lines


@BOTH
def test_the_leaves_have_their_size_their_typefaces_and_their_margins(leaf: Format) -> None:
    pdf = made(leaf)

    assert papers.sizes(pdf) == {{Format.A4: papers.A4, Format.A5: papers.A5}[leaf]}
    assert all("+" in name for name in papers.used_typefaces(pdf))
    assert papers.out_of_leaf(pdf) == 0
    assert pdf == codebooks.pdf(full_book(), leaf)


def test_the_parts_on_the_cover_are_the_ranges_of_the_book() -> None:
    cover = printed_leaves(Format.A4)[0]

    spans = re.findall(r"(\d{4}) – (\d{4})", cover)

    assert [(int(first), int(last)) for first, last in spans] == [(each.first, each.last) for each in RANGES]


def test_a_character_that_no_typeface_has_is_refused_and_not_left_out() -> None:
    book = replace(small_book(), title="Sổ mã 漢")

    with pytest.raises(FormatError, match=r"U\+6F22"):
        codebooks.pdf(book)
