"""Fragments: any k of k + r give the message, in any order; what contradicts itself gives none."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secmsg.errors import FormatError
from secmsg.wire import fragments
from secmsg.wire.fragments import Fragment

MESSAGE = bytes(range(1, 200)) * 2


def _pieces(parts: tuple[Fragment, ...], which: tuple[int, ...]) -> dict[int, bytes]:
    return {index: parts[index].piece for index in which}


@pytest.mark.parametrize(("size", "parity"), [(100, 0), (100, 1), (100, 3), (398, 2), (400, 0)])
def test_any_pieces_that_are_enough_give_the_message(size: int, parity: int) -> None:
    parts = fragments.cut(MESSAGE, 9, size, parity)
    count = parts[0].data

    for which in itertools.combinations(range(count + parity), count):
        joined = fragments.join(_pieces(parts, which), count, parity)
        assert joined is not None
        assert joined.rstrip(b"\0") == MESSAGE
    assert fragments.join(_pieces(parts, tuple(range(count - 1))), count, parity) is None


def test_one_parity_piece_is_the_exclusive_or() -> None:
    first, second, parity = fragments.cut(bytes(range(20)), 0, 10, 1)

    assert parity.piece == bytes(a ^ b for a, b in zip(first.piece, second.piece, strict=True))


@given(st.binary(min_size=1, max_size=600), st.integers(20, 300), st.integers(0, 7), st.data())
def test_the_message_comes_back_whatever_is_lost(message: bytes, size: int, parity: int, data: st.DataObject) -> None:
    parts = fragments.cut(message, 3, size, parity)
    kept = data.draw(st.permutations(range(len(parts))))[: data.draw(st.integers(parts[0].data, len(parts)))]

    assert all(fragments.decode(fragments.encode(each)) == each for each in parts)
    joined = fragments.join(_pieces(parts, tuple(kept)), parts[0].data, parity)
    assert joined == message.ljust(parts[0].data * size, b"\0")


@pytest.mark.parametrize("which", [(0, 1, 2, 3, 4), (1, 2, 3, 4, 5), (0, 2, 3, 4, 5), (0, 1, 2, 3, 4, 5)])
def test_a_piece_of_another_message_among_too_many_is_seen(which: tuple[int, ...]) -> None:
    parts = fragments.cut(MESSAGE, 9, 100, 2)
    pieces = _pieces(parts, which)
    pieces[2] = bytes(100)

    with pytest.raises(FormatError, match="more than one"):
        fragments.join(pieces, 4, 2)


def test_pieces_of_different_lengths_are_refused() -> None:
    with pytest.raises(FormatError, match="lengths"):
        fragments.join({0: b"ab", 1: b"abc"}, 3, 0)


@pytest.mark.parametrize("data", [b"", bytes(3), b"\x01\x02\x08x", b"\x01\x03\x09x"])
def test_what_is_no_fragment_is_refused(data: bytes) -> None:
    with pytest.raises(FormatError):
        fragments.decode(data)


@pytest.mark.parametrize(
    "changes", [{"message_id": 256}, {"index": 2}, {"data": 33}, {"parity": 8}, {"piece": b""}, {"data": 0}]
)
def test_a_fragment_out_of_bounds_does_not_leave(changes: dict[str, object]) -> None:
    with pytest.raises(FormatError):
        fragments.encode(replace(Fragment(1, 0, 1, 1, b"x"), **changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(("size", "parity"), [(100, 8), (100, -1), (3, 0)])
def test_a_message_too_long_or_with_too_much_parity_is_not_cut(size: int, parity: int) -> None:
    with pytest.raises(FormatError):
        fragments.cut(MESSAGE, 1, size, parity)
