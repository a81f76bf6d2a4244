"""Hashes of parts equal hashes of the whole; contents are hashed in any pieces."""

import hashlib
import hmac

import pytest
from blake3 import blake3
from hypothesis import given
from hypothesis import strategies as st

from secmsg.crypto import hashing
from secmsg.crypto.secret import Secret

PARTS = st.lists(st.binary(max_size=100), max_size=6)


@given(PARTS)
def test_the_parts_are_hashed_as_their_concatenation(parts: list[bytes]) -> None:
    whole = b"".join(parts)

    assert hashing.short(*parts) == hashlib.new("sha512_256", whole).digest()
    assert hashing.sha512(*parts) == hashlib.sha512(whole).digest()


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_the_keyed_hash_is_hmac(key: bytes, data: bytes) -> None:
    assert hashing.hmac_sha256(Secret(key), data) == hmac.new(key, data, hashlib.sha256).digest()


@given(PARTS)
def test_a_content_in_pieces_has_the_hash_of_the_whole(pieces: list[bytes]) -> None:
    state = hashing.ContentHash()

    for piece in pieces:
        state.update(memoryview(piece))

    assert state.digest() == hashing.content(b"".join(pieces)) == blake3(b"".join(pieces)).digest()


def test_a_long_content_hashed_by_two_threads_has_the_same_hash() -> None:
    data = bytes(range(256)) * 8192

    assert hashing.content(bytearray(data)) == blake3(data, max_threads=1).digest()


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [(b"", b"", True), (b"a", b"a", True), (b"a", b"b", False), (b"a", b"aa", False)],
)
def test_equality(first: bytes, second: bytes, same: bool) -> None:
    assert hashing.equal(first, second) is same


def test_equality_goes_through_the_constant_time_comparison(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hmac, "compare_digest", lambda _first, _second: False)

    assert hashing.equal(b"a", b"a") is False
