"""Both halves of a hybrid signature must hold, for one label, one key and one message."""

import dataclasses
from collections.abc import Callable

import nacl.signing
import pytest
from cryptography.hazmat.primitives.asymmetric import mldsa

from secmsg.crypto import labels, signing
from secmsg.crypto.secret import Secret
from secmsg.crypto.signing import Level, SigningKey
from secmsg.errors import FormatError, SignatureError
from tests.helpers.seeded_random import seeded

MESSAGE = b"cable"


def _key(level: Level, name: bytes = b"k") -> SigningKey:
    return signing.signing_generate(level, seeded(name))


def _flip(data: bytes, index: int) -> bytes:
    return data[:index] + bytes([data[index] ^ 1]) + data[index + 1 :]


@pytest.mark.parametrize(
    ("level", "public_size", "signature_size"), [(Level.STANDARD, 1984, 3373), (Level.ROOT, 2624, 4691)]
)
def test_a_signature_verifies_and_has_the_sizes_of_the_specification(
    level: Level, public_size: int, signature_size: int
) -> None:
    key = _key(level)

    signature = signing.sign(key, labels.SIGN_EDITION, MESSAGE)

    signing.verify(level, key.public, labels.SIGN_EDITION, MESSAGE, signature)
    assert len(key.public) == level.public_size == public_size
    assert len(signature) == level.signature_size == signature_size


@pytest.mark.parametrize("level", Level)
def test_each_half_is_over_the_label_a_zero_and_the_message(level: Level) -> None:
    # The libraries asked directly: what docs/spec/crypto.md 7 says is what is signed.
    key = _key(level)
    ml_public: Callable[[bytes], mldsa.MLDSA65PublicKey | mldsa.MLDSA87PublicKey] = (
        mldsa.MLDSA65PublicKey.from_public_bytes
        if level is Level.STANDARD
        else mldsa.MLDSA87PublicKey.from_public_bytes
    )

    signature = signing.sign(key, labels.SIGN_EDITION, MESSAGE)

    nacl.signing.VerifyKey(key.public[:32]).verify(b"edition\x00cable", signature[:64])
    ml_public(key.public[32:]).verify(signature[64:], b"edition\x00cable", b"edition")


@pytest.mark.parametrize("level", Level)
def test_either_half_broken_is_refused(level: Level) -> None:
    # Without the AND one of these would pass: the other half of each is whole.
    key = _key(level)
    signature = signing.sign(key, labels.SIGN_EDITION, MESSAGE)

    for index in (0, 63, 64, level.signature_size // 2, level.signature_size - 1):
        with pytest.raises(SignatureError):
            signing.verify(level, key.public, labels.SIGN_EDITION, MESSAGE, _flip(signature, index))


def test_halves_of_two_keys_do_not_mix() -> None:
    ours, theirs = _key(Level.STANDARD, b"ours"), _key(Level.STANDARD, b"theirs")
    ours_signed = signing.sign(ours, labels.SIGN_EDITION, MESSAGE)
    theirs_signed = signing.sign(theirs, labels.SIGN_EDITION, MESSAGE)

    mixed = ours_signed[:64] + theirs_signed[64:]

    for public in (ours.public, theirs.public):
        with pytest.raises(SignatureError):
            signing.verify(Level.STANDARD, public, labels.SIGN_EDITION, MESSAGE, mixed)
    signing.verify(Level.STANDARD, ours.public[:32] + theirs.public[32:], labels.SIGN_EDITION, MESSAGE, mixed)


def test_a_signature_for_one_label_passes_for_no_other() -> None:
    key = _key(Level.STANDARD)
    made = {label: signing.sign(key, label, MESSAGE) for label in labels.SIGN}

    for signed_for, signature in made.items():
        for asked_for in labels.SIGN:
            if signed_for == asked_for:
                signing.verify(key.level, key.public, asked_for, MESSAGE, signature)
                continue
            with pytest.raises(SignatureError):
                signing.verify(key.level, key.public, asked_for, MESSAGE, signature)


def test_the_end_of_a_label_cannot_move_into_the_message() -> None:
    key = _key(Level.STANDARD)

    signature = signing.sign(key, "cable", b"-release")

    with pytest.raises(SignatureError):
        signing.verify(key.level, key.public, "cable-release", b"", signature)


def test_another_message_another_key_and_another_level_are_refused() -> None:
    key, other, root = _key(Level.STANDARD), _key(Level.STANDARD, b"other"), _key(Level.ROOT)
    signature = signing.sign(key, labels.SIGN_EDITION, MESSAGE)

    for level, public, message in (
        (Level.STANDARD, key.public, b"Cable"),
        (Level.STANDARD, other.public, MESSAGE),
        (Level.ROOT, root.public, MESSAGE),
        (Level.ROOT, key.public, MESSAGE),
    ):
        with pytest.raises(SignatureError):
            signing.verify(level, public, labels.SIGN_EDITION, message, signature)


@pytest.mark.parametrize(("public_change", "signature_change"), [(-1, 0), (1, 0), (0, -1), (0, 1)])
def test_wrong_lengths_are_a_signature_error(public_change: int, signature_change: int) -> None:
    key = _key(Level.STANDARD)
    signature = signing.sign(key, labels.SIGN_EDITION, MESSAGE) + b"\x00"

    with pytest.raises(SignatureError):
        signing.verify(
            key.level,
            (key.public + b"\x00")[: key.level.public_size + public_change],
            labels.SIGN_EDITION,
            MESSAGE,
            signature[: key.level.signature_size + signature_change],
        )


def test_a_foreign_public_half_in_the_key_does_not_change_what_is_signed() -> None:
    # Ed25519 under a public key from outside reveals the private scalar: ours is derived, never taken.
    key, other = _key(Level.STANDARD), _key(Level.STANDARD, b"other")
    confused = dataclasses.replace(key, public=other.public)

    signature = signing.sign(confused, labels.SIGN_EDITION, MESSAGE)

    signing.verify(key.level, key.public, labels.SIGN_EDITION, MESSAGE, signature)


@pytest.mark.parametrize("level", Level)
def test_a_key_is_made_again_from_its_seed(level: Level) -> None:
    key = _key(level)

    again = signing.signing_from_seed(level, key.seed())

    assert again == key
    assert "Secret 32 B" in repr(key)
    assert key.ed_seed.reveal().hex() not in repr(key)


def test_seeds_of_other_lengths_are_refused() -> None:
    for length in (0, 32, 63, 65):
        with pytest.raises(FormatError):
            signing.signing_from_seed(Level.STANDARD, Secret(bytes(length)))
    for length in (0, 31, 33, 64):
        with pytest.raises(FormatError):
            signing.reader_from_seed(Secret(bytes(length)))


def test_a_reader_signs_alone_and_is_refused_like_others() -> None:
    key = signing.reader_from_seed(Secret(seeded(b"reader")(32)))

    signature = signing.reader_sign(key, MESSAGE)

    signing.reader_verify(key.public, MESSAGE, signature)
    assert (len(key.public), len(signature)) == (32, 64)
    for public, message, forged in (
        (key.public, b"Cable", signature),
        (key.public, MESSAGE, _flip(signature, 63)),
        (_flip(key.public, 0), MESSAGE, signature),
        (key.public[:31], MESSAGE, signature),
        (key.public + b"\x00", MESSAGE, signature),
        (key.public, MESSAGE, signature[:63]),
        (key.public, MESSAGE, signature + b"\x00"),
    ):
        with pytest.raises(SignatureError):
            signing.reader_verify(public, message, forged)


def test_an_order_one_public_key_accepts_no_signature() -> None:
    # With the neutral element as public key the all-zero scalar would verify every message in a lax library.
    neutral = b"\x01" + bytes(31)

    with pytest.raises(SignatureError):
        signing.reader_verify(neutral, MESSAGE, neutral + bytes(32))
