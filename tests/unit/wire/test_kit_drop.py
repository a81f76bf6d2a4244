"""An addition to a kit: it comes back as it was, and whatever is not its one form is refused."""

from dataclasses import replace

import pytest

from secmsg.errors import FormatError
from secmsg.wire import kit_drop
from secmsg.wire.kit_drop import MAX_CABLES, MAX_FILE, Front, Head, Longer
from tests.helpers.kit_values import HEADS, PACKED, PROLONGING, WITH_CABLES

FRONT = Front(b"x" * 32, b"c" * 1088)


@pytest.mark.parametrize("head", HEADS)
def test_a_head_comes_back(head: Head) -> None:
    assert kit_drop.decode_head(kit_drop.encode_head(head)) == head
    assert "signed" not in repr(head.cables)


@pytest.mark.parametrize(
    "wrong",
    [
        replace(WITH_CABLES, kit=b"k"),
        replace(WITH_CABLES, number=0),
        replace(WITH_CABLES, number=1_000),
        replace(WITH_CABLES, cables=(PACKED,) * (MAX_CABLES + 1), blobs=((),) * (MAX_CABLES + 1)),
        replace(WITH_CABLES, blobs=((0,), ())),
        replace(WITH_CABLES, blobs=((MAX_FILE + 1,), ())),
        replace(WITH_CABLES, names=((0, "x", ""),)),
        replace(WITH_CABLES, names=((1, "", ""),)),
        replace(WITH_CABLES, cables=(replace(PACKED, signed=b""), PACKED)),
        replace(PROLONGING, longer=None),
        replace(PROLONGING, longer=Longer(0, 1, 1, 1)),
        replace(PROLONGING, longer=Longer(1, 0, 1, 1)),
    ],
)
def test_what_is_out_of_bounds_is_refused(wrong: Head) -> None:
    with pytest.raises(FormatError):
        kit_drop.encode_head(wrong)


def test_a_file_is_its_front_and_its_stream() -> None:
    data = kit_drop.encode_front(FRONT) + b"stream"

    assert kit_drop.split_file(data) == (FRONT, data[: kit_drop.FRONT_SIZE], b"stream")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"SMKITADD\x01",
        b"SMKITADX" + kit_drop.encode_front(FRONT)[8:],
        b"SMKITADD\x02" + kit_drop.encode_front(FRONT)[9:],
        bytes(MAX_FILE + 1),
    ],
)
def test_what_is_no_addition_is_refused(data: bytes) -> None:
    with pytest.raises(FormatError):
        kit_drop.split_file(data)


def test_what_is_inside_is_head_signature_and_enclosures() -> None:
    head = kit_drop.encode_head(WITH_CABLES)
    inside = kit_drop.encode_inside(head, b"s" * 3373, (b"a" * 10, b"b" * 20))

    found, signature, rest = kit_drop.decode_inside(inside)

    assert (found, signature) == (head, b"s" * 3373)
    assert kit_drop.split_blobs(WITH_CABLES, rest) == ((b"a" * 10, b"b" * 20), ())


def test_enclosures_fill_their_sizes_exactly() -> None:
    for rest in (b"a" * 29, b"a" * 31):
        with pytest.raises(FormatError):
            kit_drop.split_blobs(WITH_CABLES, rest)


@pytest.mark.parametrize("data", [b"", b"\xff" * 4, (10).to_bytes(4) + b"short"])
def test_an_inside_cut_short_or_pretending_is_refused(data: bytes) -> None:
    with pytest.raises(FormatError):
        kit_drop.decode_inside(data)
