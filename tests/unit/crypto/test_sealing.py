"""AES-256-SIV binds the text and every associated string, each at its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secmsg.crypto import sealing
from secmsg.crypto.secret import Secret
from secmsg.errors import DecryptionError, FormatError

KEY = Secret(bytes(range(64)))


@given(st.binary(max_size=300), st.lists(st.binary(max_size=40), max_size=4))
def test_what_is_sealed_is_unsealed(plaintext: bytes, associated: list[bytes]) -> None:
    sealed = sealing.seal(KEY, plaintext, *associated)

    assert sealing.unseal(KEY, sealed, *associated) == plaintext
    assert len(sealed) == len(plaintext) + sealing.OVERHEAD
    assert sealing.seal(KEY, plaintext, *associated) == sealed


@given(st.binary(max_size=40), st.data())
def test_any_flipped_bit_is_refused(plaintext: bytes, data: st.DataObject) -> None:
    sealed = bytearray(sealing.seal(KEY, plaintext, b"ad"))
    bit = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[bit // 8] ^= 1 << bit % 8

    with pytest.raises(DecryptionError):
        sealing.unseal(KEY, bytes(sealed), b"ad")


@pytest.mark.parametrize(
    "associated", [(), (b"",), (b"ab",), (b"b", b"a"), (b"a", b"b", b""), (b"a", b"c"), (b"x",) * 127]
)
def test_other_associated_strings_are_refused(associated: tuple[bytes, ...]) -> None:
    sealed = sealing.seal(KEY, b"text", b"a", b"b")

    with pytest.raises(DecryptionError):
        sealing.unseal(KEY, sealed, *associated)


def test_no_associated_string_and_an_empty_one_are_two_things() -> None:
    assert sealing.seal(KEY, b"text") != sealing.seal(KEY, b"text", b"")


@pytest.mark.parametrize("length", [0, 15, 16])
def test_too_short_or_invented_is_refused(length: int) -> None:
    with pytest.raises(DecryptionError):
        sealing.unseal(KEY, bytes(length))


@pytest.mark.parametrize("length", [0, 32, 48, 63, 65])
def test_a_key_of_another_length_is_refused(length: int) -> None:
    key = Secret(bytes(length))

    for act in (
        lambda: sealing.seal(key, b""),
        lambda: sealing.unseal(key, bytes(16)),
        lambda: sealing.Unsealer(key),
    ):
        with pytest.raises(FormatError):
            act()


def test_the_bound_on_associated_strings_is_the_standards() -> None:
    most = (b"x",) * 126

    assert sealing.unseal(KEY, sealing.seal(KEY, b"t", *most), *most) == b"t"
    with pytest.raises(FormatError):
        sealing.seal(KEY, b"t", *most, b"x")


def test_one_unsealer_serves_many_trials() -> None:
    unsealer = sealing.Unsealer(KEY)
    ours = sealing.seal(KEY, b"ours", b"ad")

    for _ in range(3):
        with pytest.raises(DecryptionError):
            unsealer.unseal(bytes(20), b"ad")
        assert unsealer.unseal(ours, b"ad") == b"ours"


def test_an_unsealer_says_what_it_opens_and_what_it_does_not() -> None:
    key, other = Secret(bytes(range(64))), Secret(bytes(64))
    sealed = sealing.seal(key, b"header", b"device")

    assert sealing.Unsealer(key).opens(sealed, b"device")
    assert not sealing.Unsealer(key).opens(sealed, b"another")
    assert not sealing.Unsealer(other).opens(sealed, b"device")
