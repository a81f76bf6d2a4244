"""The codec refuses before it allocates, and takes one encoding of one value."""

import time
import tracemalloc
from enum import IntEnum
from typing import cast

import pytest

from secmsg.errors import FormatError
from secmsg.wire import codec
from secmsg.wire.codec import Fields, Reader, Value, Writer

LIMIT = 2**20


class Colour(IntEnum):
    RED = 1


def refuse(data: bytes, why: str, **bounds: int) -> None:
    with pytest.raises(FormatError, match=why):
        codec.decode(data, max_bytes=LIMIT, **bounds)


def test_nesting_without_end_is_refused_at_once() -> None:
    start = time.process_time()
    refuse(b"\x81" * 200_000 + b"\0", "deeper than 8")
    refuse(b"\xa1\x00" * 200_000 + b"\0", "deeper than 8")
    refuse(b"\x81" * 200_000, "deeper than 8")

    assert time.process_time() - start < 0.1


def test_nesting_up_to_the_bound_is_taken() -> None:
    assert codec.decode(b"\x81" * 8 + b"\0", max_bytes=9) == [[[[[[[[0]]]]]]]]
    refuse(b"\x81" * 9 + b"\0", "deeper")


@pytest.mark.parametrize(
    "data", [b"\x5b" + b"\xff" * 8, b"\x7a\xff\xff\xff\xff", b"\x9b" + b"\x7f" * 8, b"\xba\x7f\xff\xff\xff"]
)
def test_a_promise_of_much_allocates_nothing(data: bytes) -> None:
    tracemalloc.start()
    refuse(data, "cut short")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 100_000


def test_items_are_counted() -> None:
    many = codec.encode([0] * 4_095)

    assert codec.decode(many, max_bytes=LIMIT) == [0] * 4_095
    refuse(many, "more than 4095 items", max_items=4_095)


def test_bytes_are_counted() -> None:
    with pytest.raises(FormatError, match="2 bytes, allowed are 1"):
        codec.decode(b"\x41a", max_bytes=1)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "cut short"),
        (b"\x18", "cut short"),
        (b"\x19\x01", "cut short"),
        (b"\x42a", "cut short"),
        (b"\x82\x00", "cut short"),
        (b"\xa1\x00", "cut short"),
        (b"\x00\x00", "after the end"),
        (b"\x1c", "reserved"),
        (b"\x1f", "reserved"),
        (b"\x5f\x41a\xff", "indefinite"),
        (b"\x9f\xff", "indefinite"),
        (b"\xc0\x60", "a tag"),
        (b"\xf9\x00\x00", "float"),
        (b"\xfb" + bytes(8), "float"),
        (b"\xf7", "simple"),
        (b"\xe0", "simple"),
        (b"\xf8\xff", "simple"),
        (b"\xff", "simple"),
        (b"\x18\x17", "canonical"),
        (b"\x19\x00\xff", "canonical"),
        (b"\x58\x01a", "canonical"),
        (b"\xa2\x01\x00\x00\x00", "canonical"),
        (b"\xa2\x00\x00\x00\x00", "not decodable"),
        (b"\xa1\x60\x00", "map key"),
        (b"\xa1\x20\x00", "map key"),
        (b"\xa1\x80\x00", "map key"),
        (b"\xa2\x00\x00\x41a\x00", "map key"),
        (b"\xa1\xf4\x00", "map key"),
        (b"\x61\xff", "not decodable"),
        (b"\x63\xed\xa0\x80", "not decodable"),
    ],
)
def test_what_is_not_canonical_is_refused(data: bytes, why: str) -> None:
    refuse(data, why)


def test_values_of_every_kind_come_back() -> None:
    value: Value = {
        0: [1, -1, 2**64 - 1, -(2**64)],
        23: b"",
        24: "",
        300: [True, False, None, {}],
        2**40: {0: [[]]},
    }

    assert codec.decode(codec.encode(value), max_bytes=LIMIT) == value


@pytest.mark.parametrize("value", ["\ud800", object(), {1: object()}])
def test_a_value_without_encoding_is_refused(value: object) -> None:
    with pytest.raises(FormatError):
        codec.encode(cast("Value", value))


def test_a_value_that_contains_itself_is_refused() -> None:
    value: list[Value] = []
    value.append(value)

    with pytest.raises(FormatError):
        codec.encode(value)


def test_fields_give_each_value_once_and_typed() -> None:
    fields = Fields(
        {0: 7, 1: "chữ", 2: b"ab", 3: [1], 4: {0: 1}, 5: True, 6: 1, 7: "a\nb"},
        "thing",
    )

    assert fields.has(0)
    assert fields.uint(0, 0, 7) == 7
    assert not fields.has(0)
    assert fields.text(1, 3, 3) == "chữ"
    assert fields.raw(2, 2) == b"ab"
    assert fields.array(3, 0, 1) == [1]
    assert fields.fields(4).uint(0, 1, 1) == 1
    assert fields.flag(5) is True
    assert fields.choice(6, Colour) is Colour.RED
    assert fields.text_or_empty(7, 3, multiline=True) == "a\nb"
    fields.done()
    with pytest.raises(FormatError, match="thing: field 0 is missing"):
        fields.uint(0, 0, 7)


def test_optional_fields_are_none_or_there() -> None:
    absent, there = Fields({}), Fields({0: 1, 1: b"a", 2: "a", 3: [], 4: [1]})

    assert absent.optional_uint(0, 0, 9) is None
    assert absent.optional_raw(1, 1) is None
    assert absent.optional_text(2, 1, 1) is None
    assert absent.optional_array(3, 0, 1) is None
    assert absent.array_or_empty(4, 1) == []
    assert absent.text_or_empty(5, 1) == ""
    assert there.optional_uint(0, 0, 9) == 1
    assert there.optional_raw(1, 0, 1) == b"a"
    assert there.optional_text(2, 1, 1) == "a"
    assert there.optional_array(3, 0, 1) == []
    assert there.array_or_empty(4, 1) == [1]
    there.done()


@pytest.mark.parametrize("value", [[], None, 1, "a", b"a", True])
def test_what_is_not_a_map_has_no_fields(value: Value) -> None:
    with pytest.raises(FormatError, match="thing: not a map"):
        Fields(value, "thing")


WRONG: dict[str, Value] = {
    "uint": True,
    "flag": 1,
    "raw": "a",
    "text": b"a",
    "array": "a",
    "fields": [],
    "choice": "a",
}


@pytest.mark.parametrize("method", WRONG)
def test_a_field_of_another_type_is_refused(method: str) -> None:
    fields = Fields({0: WRONG[method]})
    bounds = {"flag": (), "fields": (), "choice": (Colour,)}.get(method, (0, 9))

    with pytest.raises(FormatError, match="not"):
        getattr(fields, method)(0, *bounds)


@pytest.mark.parametrize(
    ("method", "value"),
    [("uint", 1), ("uint", 5), ("raw", b"a"), ("raw", b"abcde"), ("array", [1]), ("text", "abcde")],
)
def test_a_field_out_of_bounds_is_refused(method: str, value: Value) -> None:
    with pytest.raises(FormatError, match="field 0"):
        getattr(Fields({0: value}), method)(0, 2, 4)


@pytest.mark.parametrize("number", [0, 2, 256])
def test_a_choice_that_is_none_is_refused(number: int) -> None:
    with pytest.raises(FormatError):
        Fields({0: number}).choice(0, Colour)


def test_fields_nobody_took_are_refused() -> None:
    with pytest.raises(FormatError, match="thing: unknown field 3"):
        Fields({5: 0, 3: 0}, "thing").done()


def test_a_table_is_read_as_it_was_written() -> None:
    table = Writer().u8(1).u16(2).u32(3).u64(4).raw(b"abc", 3).rest(b"rest").bytes()

    reader = Reader(table)

    assert (reader.u8(), reader.u16(), reader.u32(), reader.u64()) == (1, 2, 3, 4)
    assert reader.left() == 7
    assert reader.raw(3) == b"abc"
    with pytest.raises(FormatError, match="after the end"):
        reader.end()
    assert reader.rest() == b"rest"
    reader.end()


def test_a_table_takes_what_fits() -> None:
    for write in (Writer().u8, Writer().u16, Writer().u32, Writer().u64):
        with pytest.raises(FormatError):
            write(-1)
        with pytest.raises(FormatError):
            write(2**64)
    with pytest.raises(FormatError):
        Writer().raw(b"ab", 3)


@pytest.mark.parametrize("length", [-1, 4, 2**64])
def test_a_table_gives_what_is_there(length: int) -> None:
    with pytest.raises(FormatError, match="cut short"):
        Reader(b"abc").raw(length)
