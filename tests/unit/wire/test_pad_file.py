"""The pad file: it comes back as it was, and whatever is not its one encoding is refused without a figure told."""

from dataclasses import replace

import pytest

from secmsg.errors import FormatError
from secmsg.ids import StationId
from secmsg.wire import codec, pad_file
from secmsg.wire.pad_file import CHALLENGES, MAX_ROWS, PAD, PadFile

BOOK = PadFile(
    PAD, b"s" * 16, "TK HANOI-PARIS", 3, 2, StationId(1), StationId(2), training=False, first=41, made_at=1_800_000_000,
    rows=("1234567890" * 49, "0987654321" * 49), sheets=("31415", "00001"),
)  # fmt: skip
LIST = replace(BOOK, kind=CHALLENGES, rows=("12345678", "87654321"), sheets=(), copy=1, training=True)


@pytest.mark.parametrize("pad", [BOOK, LIST])
def test_a_pad_file_comes_back(pad: PadFile) -> None:
    assert pad_file.decode(pad_file.encode(pad)) == pad
    assert "1234567890" not in repr(pad)


def test_the_largest_book_fits() -> None:
    whole = replace(BOOK, rows=("7" * 490,) * MAX_ROWS, first=1)

    assert len(pad_file.decode(pad_file.encode(whole)).rows) == MAX_ROWS


@pytest.mark.parametrize(
    "wrong",
    [
        replace(BOOK, kind=3),
        replace(BOOK, set_id=b"s" * 15),
        replace(BOOK, title=""),
        replace(BOOK, title="x" * 41),
        replace(BOOK, edition=0),
        replace(BOOK, copy=3),
        replace(BOOK, holder=StationId(1)),
        replace(BOOK, first=9_999),
        replace(BOOK, first=0),
        replace(BOOK, rows=()),
        replace(BOOK, rows=("1" * 489,)),
        replace(BOOK, rows=("１" * 490,)),
        replace(BOOK, rows=("x" * 490,)),
        replace(BOOK, rows=("1" * 490,) * (MAX_ROWS + 1), first=1),
        replace(BOOK, sheets=()),
        replace(BOOK, sheets=("00000",)),
        replace(BOOK, sheets=("12345",) * 3),
        replace(LIST, sheets=("12345",)),
        replace(LIST, rows=("1234567",)),
    ],
)
def test_what_is_out_of_bounds_is_refused(wrong: PadFile) -> None:
    with pytest.raises(FormatError) as refused:
        pad_file.encode(wrong)

    assert "1" * 40 not in str(refused.value)


def test_bytes_that_are_no_pad_file_are_refused() -> None:
    good = pad_file.encode(LIST)
    fields = codec.decode(good, max_bytes=2**19)
    assert isinstance(fields, dict)

    for data in (
        b"",
        good[:-1],
        good + b"\x00",
        codec.encode({**fields, 13: 1}),
        codec.encode({**fields, 12: []}),
        codec.encode({**fields, 11: [1]}),
        codec.encode({**fields, 0: 2}),
    ):
        with pytest.raises(FormatError):
            pad_file.decode(data)
