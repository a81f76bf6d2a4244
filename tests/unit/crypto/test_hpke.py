"""Sealing to a public key: the owner of the seed opens it, under the info it was sealed for, and nobody else."""

import pytest

from secmsg.crypto import hpke
from secmsg.crypto.secret import Secret
from secmsg.errors import DecryptionError, FormatError

SEED = Secret(bytes(range(96)))
PUBLIC = hpke.public_of(SEED)


def test_what_is_sealed_to_a_key_opens_with_its_seed() -> None:
    sealed = hpke.seal_to(PUBLIC, b"a seed", b"info")

    assert len(PUBLIC) == hpke.PUBLIC_SIZE
    assert len(sealed) == 6 + hpke.OVERHEAD
    assert hpke.open_with(SEED, sealed, b"info") == b"a seed"
    assert hpke.seal_to(PUBLIC, b"a seed", b"info") != sealed


def test_another_seed_info_or_any_changed_byte_opens_nothing() -> None:
    sealed = hpke.seal_to(PUBLIC, b"a seed", b"info")
    half_other = [Secret(bytes([1]) + bytes(range(1, 96))), Secret(bytes(range(95)) + b"\x00")]

    for seed in half_other:
        with pytest.raises(DecryptionError):
            hpke.open_with(seed, sealed, b"info")
    with pytest.raises(DecryptionError):
        hpke.open_with(SEED, sealed, b"inf")
    for at in (*range(0, len(sealed), 41), len(sealed) - 1):
        broken = bytearray(sealed)
        broken[at] ^= 1
        with pytest.raises(DecryptionError):
            hpke.open_with(SEED, bytes(broken), b"info")
    for short in (b"", sealed[:100], sealed[:-1]):
        with pytest.raises(DecryptionError):
            hpke.open_with(SEED, short, b"info")


def test_a_key_that_is_none_is_refused() -> None:
    for public in (b"", PUBLIC[:-1], b"\xff" * hpke.PUBLIC_SIZE, PUBLIC[:-32] + bytes(32)):
        with pytest.raises(FormatError):
            hpke.seal_to(public, b"a seed", b"info")
    for seed in (Secret(b"x" * 95), Secret(b"x" * 97)):
        with pytest.raises(FormatError):
            hpke.public_of(seed)
        with pytest.raises(FormatError):
            hpke.open_with(seed, b"", b"info")
