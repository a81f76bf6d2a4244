"""Two sides agree on a secret; what is not a key or not a ciphertext is refused by one error."""

import pytest

from secmsg.crypto import agreement
from secmsg.crypto.agreement import Kem
from secmsg.crypto.secret import Secret
from secmsg.errors import DecryptionError, FormatError
from tests.helpers.seeded_random import seeded

# Points of small order on the curve and its twist, canonical and not (RFC 7748 6.1).
LOW_ORDER = [
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
    "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
]


def test_both_sides_of_an_exchange_have_the_same_secret() -> None:
    ours = agreement.exchange_generate(seeded(b"ours"))
    theirs = agreement.exchange_generate(seeded(b"theirs"))

    shared = agreement.exchange(ours.private, theirs.public)

    assert shared == agreement.exchange(theirs.private, ours.public)
    assert len(shared) == len(ours.public) == agreement.EXCHANGE_SIZE


@pytest.mark.parametrize("point", LOW_ORDER)
def test_a_point_of_low_order_is_refused(point: str) -> None:
    key = agreement.exchange_generate(seeded(b"k"))

    with pytest.raises(DecryptionError):
        agreement.exchange(key.private, bytes.fromhex(point))


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_an_exchange_key_of_another_length_is_refused(length: int) -> None:
    key = agreement.exchange_generate(seeded(b"k"))

    with pytest.raises(FormatError):
        agreement.exchange(key.private, bytes(length))
    with pytest.raises(FormatError):
        agreement.exchange(Secret(bytes(length)), key.public)


@pytest.mark.parametrize("level", Kem)
def test_what_is_encapsulated_is_decapsulated(level: Kem) -> None:
    key = agreement.kem_generate(level, seeded(b"kem"))

    ciphertext, shared = agreement.kem_encapsulate(level, key.public)

    assert agreement.kem_decapsulate(level, key.seed, ciphertext) == shared
    assert (len(key.public), len(ciphertext), len(shared)) == (level.public_size, level.ciphertext_size, 32)
    assert agreement.kem_from_seed(level, key.seed) == key


@pytest.mark.parametrize("level", Kem)
def test_two_encapsulations_to_one_key_differ(level: Kem) -> None:
    key = agreement.kem_generate(level, seeded(b"kem"))

    first, second = (agreement.kem_encapsulate(level, key.public) for _ in range(2))

    assert first[0] != second[0]
    assert first[1] != second[1]


@pytest.mark.parametrize("level", Kem)
def test_a_changed_ciphertext_gives_an_unrelated_secret(level: Kem) -> None:
    key = agreement.kem_generate(level, seeded(b"kem"))
    ciphertext, shared = agreement.kem_encapsulate(level, key.public)

    other = agreement.kem_decapsulate(level, key.seed, ciphertext[:-1] + bytes([ciphertext[-1] ^ 1]))

    assert other != shared
    assert len(other) == 32


@pytest.mark.parametrize("level", Kem)
@pytest.mark.parametrize("change", [-1, 1])
def test_wrong_lengths_are_refused(level: Kem, change: int) -> None:
    key = agreement.kem_generate(level, seeded(b"kem"))

    with pytest.raises(FormatError):
        agreement.kem_encapsulate(level, bytes(level.public_size + change))
    with pytest.raises(DecryptionError):
        agreement.kem_decapsulate(level, key.seed, bytes(level.ciphertext_size + change))
    with pytest.raises(FormatError):
        agreement.kem_decapsulate(level, Secret(bytes(64 + change)), bytes(level.ciphertext_size))
    with pytest.raises(FormatError):
        agreement.kem_from_seed(level, Secret(bytes(64 + change)))


@pytest.mark.parametrize("level", Kem)
def test_a_public_key_with_a_coefficient_beyond_the_modulus_is_refused(level: Kem) -> None:
    with pytest.raises(FormatError, match=level.name):
        agreement.kem_encapsulate(level, b"\xff" * level.public_size)


def test_a_key_of_one_level_does_not_serve_the_other() -> None:
    key = agreement.kem_generate(Kem.LEVEL_768, seeded(b"kem"))

    with pytest.raises(FormatError):
        agreement.kem_encapsulate(Kem.LEVEL_1024, key.public)


def test_no_key_prints_its_private_half() -> None:
    exchange = agreement.exchange_generate(seeded(b"k"))
    kem = agreement.kem_generate(Kem.LEVEL_768, seeded(b"k"))

    text = repr(exchange) + repr(kem)

    assert exchange.private.reveal().hex() not in text
    assert repr(exchange.private.reveal())[2:-1] not in text
    assert "seed=<Secret 64 B>" in text
