"""Key derivation agrees with HKDF written from the RFC, and separates every input."""

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secmsg.crypto import kdf, labels
from secmsg.crypto.secret import Secret
from secmsg.errors import FormatError

LABELS = st.sampled_from(labels.KDF)


def _from_the_rfc(salt: bytes, ikm: bytes, label: str, context: bytes, length: int) -> bytes:
    """RFC 5869 with the info of docs/spec/crypto.md 4, written a second time."""
    info = b"DC/1" + bytes([len(label)]) + label.encode() + len(context).to_bytes(2, "big") + context
    prk = hmac.digest(salt or bytes(64), ikm, hashlib.sha512)
    okm, block, counter = b"", b"", 0
    while len(okm) < length:
        counter += 1
        block = hmac.digest(prk, block + info + bytes([counter]), hashlib.sha512)
        okm += block
    return okm[:length]


@given(st.binary(max_size=80), st.binary(max_size=200), LABELS, st.binary(max_size=300), st.integers(1, 400))
def test_it_agrees_with_a_second_implementation(
    salt: bytes, ikm: bytes, label: str, context: bytes, length: int
) -> None:
    expected = _from_the_rfc(salt, ikm, label, context, length)

    assert kdf.derive(salt, Secret(ikm), label, context, length) == Secret(expected)
    assert kdf.derive(Secret(salt), Secret(ikm), label, context, length) == Secret(expected)


@pytest.mark.parametrize("length", [1, 63, 64, 65, kdf.MAX_LENGTH])
def test_every_length_up_to_the_bound_is_given(length: int) -> None:
    derived = kdf.derive(b"", Secret(b"ikm"), labels.ROOT, bytes(0xFFFF), length)

    assert derived.reveal() == _from_the_rfc(b"", b"ikm", labels.ROOT, bytes(0xFFFF), length)


def test_every_input_changes_the_output() -> None:
    base = kdf.derive(b"salt", Secret(b"ikm"), labels.HX1, b" box", 64)

    others = [
        kdf.derive(b"Salt", Secret(b"ikm"), labels.HX1, b" box", 64),
        kdf.derive(b"salt", Secret(b"Ikm"), labels.HX1, b" box", 64),
        kdf.derive(b"salt", Secret(b"ikm"), labels.ROOT, b" box", 64),
        kdf.derive(b"salt", Secret(b"ikm"), labels.HX1, b" bos", 64),
        # The same characters cut elsewhere: the lengths in the info keep label and context apart.
        kdf.derive(b"salt", Secret(b"ikm"), labels.HX1_BOX, b"", 64),
    ]

    assert all(other != base for other in others)


@pytest.mark.parametrize(("context", "length"), [(bytes(0x10000), 32), (b"", 0), (b"", -1), (b"", kdf.MAX_LENGTH + 1)])
def test_a_context_or_a_length_out_of_bounds_is_refused(context: bytes, length: int) -> None:
    with pytest.raises(FormatError):
        kdf.derive(b"", Secret(b"ikm"), labels.ROOT, context, length)
