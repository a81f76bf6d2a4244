"""Compressed text comes back as it was, has one encoding, and no input makes more of it than its bound."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secmsg.errors import FormatError
from secmsg.wire import thin_table, thin_text
from secmsg.wire.range_coder import RangeReader, RangeWriter
from tests.helpers.thin_tables import TINY, unseen, vietnamese

ODD = (
    "",
    " ",
    "  a  b ",
    " \n\n đ",
    "UNHCR, iPhone và McDonald’s ở Zürich",
    "VIỆT NAM Việt Nam việt nam vIỆT nam",
    "26 PARIS 045; 13h45, 1.500.000 đồng",
    "ßẞ İstanbul \U0001f600 日本",
    "không\n-\n– “trích”",
)


@pytest.mark.parametrize("text", [*ODD, *unseen()])
def test_a_text_comes_back_as_it_was_with_any_fill_of_zeros(text: str) -> None:
    packed = thin_text.compress(text, vietnamese())

    assert thin_text.decompress(packed, vietnamese()) == text
    assert thin_text.decompress(packed + bytes(30), vietnamese()) == text


def test_cables_that_the_table_has_never_seen_take_a_fifth_of_their_bytes() -> None:
    before = sum(len(text.encode()) for text in unseen())
    after = sum(len(thin_text.compress(text, vietnamese())) for text in unseen())

    assert 500 * after / before < 105


_characters = st.one_of(
    st.sampled_from("abAB.\n -5Zđ"), st.characters(codec="utf-8"), st.sampled_from(("việt ", "Nam", "bộ "))
)


@given(st.lists(_characters, max_size=60).map("".join), st.sampled_from([TINY, None]))
def test_every_text_comes_back_from_every_table(text: str, tiny: str | None) -> None:
    table = vietnamese() if tiny is None else thin_table.parse(tiny)

    assert thin_text.decompress(thin_text.compress(text, table), table) == text


@settings(max_examples=40)
@given(st.binary(max_size=40))
def test_what_opens_is_the_one_encoding_of_its_text(data: bytes) -> None:
    try:
        text = thin_text.decompress(data, vietnamese())
    except FormatError:
        return

    assert thin_text.compress(text, vietnamese()) == data.rstrip(b"\0")


def test_a_few_bytes_that_would_make_a_flood_of_text_are_refused() -> None:
    sure = TINY.replace("2 4 3 8", "2 1 2 1048000").replace("triples 1\n1 2 2 1 8", "triples 1\n2 2 1 2 1048000")
    table = thin_table.parse(re.sub("(?m)^(0 [0-3] 0) 3 3 1$", r"\1 1048000 1 1", sure.replace("w 1 9", "w 1 1048000")))
    writer, context = RangeWriter(), thin_text._Context(table)
    for _ in range(2 * thin_text.MAX_CHARACTERS):
        thin_text._put_symbol(writer, context.levels(), table.index["a"])
        token = thin_text.Token("a", space=True, case=0)
        writer.put(*context.spacing("\\w").span(1))
        writer.put(*context.casing(table.index["a"]).span(0))
        context.after(table.index["a"], token)
    flood = writer.bytes()
    assert len(flood) < 60

    with pytest.raises(FormatError, match="more text"):
        thin_text.decompress(flood, table)


def test_a_text_beyond_the_bound_is_neither_compressed_nor_read() -> None:
    with pytest.raises(FormatError, match="too long"):
        thin_text.compress("a" * (thin_text.MAX_CHARACTERS + 1), vietnamese())
    with pytest.raises(FormatError, match="more text"):
        thin_text.decompress(thin_text.compress("và và và và và", vietnamese()), vietnamese(), limit=8)
    with pytest.raises(FormatError, match="more text"):
        thin_text.decompress(thin_text.compress("zzzzzzzzzzzz", vietnamese()), vietnamese(), limit=8)


def test_other_encodings_of_a_text_are_refused() -> None:
    table = thin_table.parse(TINY)

    def spelled(*places: int) -> bytes:
        writer, context = RangeWriter(), thin_text._Context(table)
        thin_text._put_symbol(writer, context.levels(), thin_table.ESCAPE)
        row = table.spelling[thin_table.BEGIN]
        for place in places:
            writer.put(*row.span(place))
            row = table.spelling["ab"[place]] if place < 2 else row
        return writer.bytes()

    # "a" is a word of the table, so it may not be spelled; and a spelling of nothing is no word.
    with pytest.raises(FormatError):
        thin_text.decompress(spelled(0, 2), table)
    with pytest.raises(FormatError, match="without letters"):
        thin_text.decompress(spelled(2), table)


@pytest.mark.parametrize("code", [0x110000, 0xD800, 0x1FFFFF])
def test_a_code_point_that_is_no_character_is_refused(code: int) -> None:
    table = thin_table.parse(TINY)
    writer, context = RangeWriter(), thin_text._Context(table)
    thin_text._put_symbol(writer, context.levels(), thin_table.ESCAPE)
    writer.put(*table.spelling[thin_table.BEGIN].span(3))
    writer.put(code, 1, 1 << 21)

    with pytest.raises(FormatError, match="no character"):
        thin_text.decompress(writer.bytes(), table)


def test_a_place_beyond_the_range_is_refused() -> None:
    # All ones lie above the last whole step of a total that does not divide the range.
    with pytest.raises(FormatError, match="range"):
        RangeReader(b"\xff" * 9).place(7)


@given(st.lists(st.tuples(st.integers(1, 50), st.integers(0, 49)), max_size=300))
def test_choices_come_back_from_the_range_coder(choices: list[tuple[int, int]]) -> None:
    wanted = [(total, chosen % total) for total, chosen in choices]
    writer = RangeWriter()
    for total, chosen in wanted:
        writer.put(chosen, 1, total)

    reader = RangeReader(writer.bytes())
    for total, chosen in wanted:
        assert reader.place(total) == chosen
        reader.take(chosen, 1, total)
