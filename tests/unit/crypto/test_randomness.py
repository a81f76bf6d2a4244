"""Randomness is an argument, and a source that gives too little is refused."""

from collections.abc import Callable

import pytest

from secmsg.crypto import agreement, randomness, signing
from secmsg.crypto.agreement import Kem
from secmsg.crypto.randomness import Random
from secmsg.crypto.secret import Secret
from secmsg.crypto.signing import Level
from secmsg.errors import CryptoError
from tests.helpers.seeded_random import seeded


def test_the_system_source_gives_the_length_asked_and_never_the_same() -> None:
    first, second = randomness.system(32), randomness.system(32)

    assert len(first) == len(second) == 32
    assert first != second


@pytest.mark.parametrize("given_length", [0, 31, 33])
def test_a_draw_of_a_wrong_length_is_refused(given_length: int) -> None:
    def broken(_length: int) -> bytes:
        return bytes(given_length)

    with pytest.raises(CryptoError, match=f"gave {given_length} bytes instead of 32"):
        randomness.secret(broken, 32)


@pytest.mark.parametrize(
    ("make", "length"),
    [
        (lambda random: agreement.exchange_generate(random).private, 32),
        (lambda random: agreement.kem_generate(Kem.LEVEL_768, random).seed, 64),
        (lambda random: agreement.kem_generate(Kem.LEVEL_1024, random).seed, 64),
        (lambda random: signing.signing_generate(Level.STANDARD, random).seed(), 64),
        (lambda random: signing.signing_generate(Level.ROOT, random).seed(), 64),
    ],
)
def test_every_private_half_is_exactly_what_the_source_gave(make: Callable[[Random], Secret], length: int) -> None:
    # A key of which half was constant passed all tests of another library: nothing may be lost between.
    expected = seeded(b"whole")(length)

    private = make(seeded(b"whole"))

    assert private == Secret(expected)


def test_ten_thousand_keys_use_every_bit_of_the_seed() -> None:
    draws: list[bytes] = []

    def recording(length: int) -> bytes:
        draws.append(randomness.system(length))
        return draws[-1]

    keys = [agreement.exchange_generate(recording).private.reveal() for _ in range(10_000)]

    assert keys == draws
    assert len(set(keys)) == 10_000
    for bit in range(256):
        ones = sum(key[bit // 8] >> (bit % 8) & 1 for key in keys)
        # Eight standard deviations around the half: about one false alarm in 10^12 runs.
        assert abs(ones - 5_000) < 400


def test_a_seeded_source_repeats_itself_and_moves_on() -> None:
    source: Random = seeded(b"s")

    first, second = source(16), source(16)

    assert first != second
    assert seeded(b"s")(16) == first
