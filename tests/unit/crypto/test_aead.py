"""ChaCha20-Poly1305 in both nonce lengths refuses every difference by one error."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secmsg.crypto import aead
from secmsg.crypto.secret import Secret
from secmsg.errors import DecryptionError, FormatError

KEY = Secret(bytes(range(32)))


@dataclass(frozen=True, slots=True)
class Kind:
    """One of the two constructions."""

    seal: Callable[[Secret, bytes, bytes, bytes], bytes]
    open: Callable[[Secret, bytes, bytes, bytes], bytes]
    nonce_size: int


KINDS = [
    pytest.param(Kind(aead.seal, aead.open_, aead.NONCE_SIZE), id="chacha"),
    pytest.param(Kind(aead.seal_x, aead.open_x, aead.NONCE_X_SIZE), id="xchacha"),
]


@pytest.mark.parametrize("kind", KINDS)
@given(plaintext=st.binary(max_size=300), associated=st.binary(max_size=40))
def test_what_is_sealed_is_opened(kind: Kind, plaintext: bytes, associated: bytes) -> None:
    nonce = bytes(kind.nonce_size)

    sealed = kind.seal(KEY, nonce, plaintext, associated)

    assert kind.open(KEY, nonce, sealed, associated) == plaintext
    assert len(sealed) == len(plaintext) + aead.OVERHEAD


@pytest.mark.parametrize("kind", KINDS)
@given(plaintext=st.binary(max_size=40), data=st.data())
def test_any_flipped_bit_is_refused(kind: Kind, plaintext: bytes, data: st.DataObject) -> None:
    sealed = bytearray(kind.seal(KEY, bytes(kind.nonce_size), plaintext, b"ad"))
    bit = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[bit // 8] ^= 1 << bit % 8

    with pytest.raises(DecryptionError):
        kind.open(KEY, bytes(kind.nonce_size), bytes(sealed), b"ad")


@pytest.mark.parametrize("kind", KINDS)
def test_another_key_nonce_or_associated_string_is_refused(kind: Kind) -> None:
    nonce = bytes(kind.nonce_size)
    sealed = kind.seal(KEY, nonce, b"text", b"ad")

    for key, other_nonce, associated in (
        (Secret(bytes(32)), nonce, b"ad"),
        (KEY, nonce[:-1] + b"\x01", b"ad"),
        (KEY, nonce, b"aD"),
        (KEY, nonce, b""),
    ):
        with pytest.raises(DecryptionError):
            kind.open(key, other_nonce, sealed, associated)


@pytest.mark.parametrize("kind", KINDS)
def test_wrong_lengths_are_refused(kind: Kind) -> None:
    nonce = bytes(kind.nonce_size)

    for length in (0, kind.nonce_size - 1, kind.nonce_size + 1, 64):
        with pytest.raises(FormatError):
            kind.seal(KEY, bytes(length), b"", b"")
        with pytest.raises(DecryptionError):
            kind.open(KEY, bytes(length), bytes(32), b"")
    for length in (0, 31, 33):
        with pytest.raises(FormatError):
            kind.seal(Secret(bytes(length)), nonce, b"", b"")
        with pytest.raises(FormatError):
            kind.open(Secret(bytes(length)), nonce, bytes(32), b"")
    for length in (0, 15, 16):
        with pytest.raises(DecryptionError):
            kind.open(KEY, nonce, bytes(length), b"")
