"""The suite's composites give the recorded answers and the recorded refusals (docs/spec/crypto.md 13)."""

from collections.abc import Callable

import pytest

from secmsg import errors
from secmsg.crypto import blob, hashing, kdf, sealing, signing
from secmsg.crypto.secret import Secret
from secmsg.crypto.signing import Level
from tests.vectors import frame
from tests.vectors.frame import File
from tests.vectors.frame import Test as Case

VECTORS = frame.load("crypto")


def _bytes(case: Case, name: str) -> bytes:
    return bytes.fromhex(case[name])


def _derive(case: Case) -> None:
    salt, ikm, context = _bytes(case, "salt"), Secret(_bytes(case, "ikm")), _bytes(case, "context")
    okm = kdf.derive(salt, ikm, case["label"], context, case["length"])
    assert okm.reveal() == _bytes(case, "okm")


def _verify(case: Case) -> None:
    signing.verify(
        Level[case["level"]],
        _bytes(case, "public"),
        case["label"],
        _bytes(case, "message"),
        _bytes(case, "signature"),
    )


def _reader_verify(case: Case) -> None:
    signing.reader_verify(_bytes(case, "public"), _bytes(case, "message"), _bytes(case, "signature"))


def _unseal(case: Case) -> None:
    associated = [bytes.fromhex(part) for part in case["associated"]]
    plaintext = sealing.unseal(Secret(_bytes(case, "key")), _bytes(case, "sealed"), *associated)
    assert plaintext == _bytes(case, "plaintext")


def _decrypt(case: Case) -> None:
    stream = blob.Decryptor(Secret(_bytes(case, "cek")), _bytes(case, "context"))
    content = stream.update(_bytes(case, "sealed")) + stream.finalize()
    assert content == _bytes(case, "content")


OPEN: dict[str, Callable[[Case], None]] = {
    "kdf": _derive,
    "signing": _verify,
    "reader": _reader_verify,
    "sealing": _unseal,
    "blob": _decrypt,
}

ANSWERS = {"kdf": "okm", "signing": "signature", "reader": "signature", "sealing": "sealed", "blob": "sealed"}

VALID = frame.cases("crypto", expect="ok")
REFUSED = frame.cases("crypto", expect="refused")


def of(kind: str) -> list[Case]:
    """Return the accepted cases of one kind."""
    return [case for case in VECTORS.accepted() if case["do"] == kind]


def _changed(change: Case) -> Case:
    """Build the case that a refusal describes."""
    base = VECTORS.named(f"{change['do']}: {change['of']}")
    if "flip" in change:
        data = bytearray(_bytes(base, change["flip"]))
        data[change["bit"] // 8] ^= 1 << change["bit"] % 8
        return base | {change["flip"]: data.hex()}
    return base | {name: value for name, value in change.items() if name not in ("of", "name", "expect", "flags")}


def test_the_file_has_every_kind_and_nothing_else() -> None:
    assert {case["do"] for case in VECTORS.tests} == set(OPEN)
    assert (len(VALID), len(REFUSED)) == (18, 42)


@pytest.mark.parametrize(("_", "case"), VALID)
def test_a_recorded_answer_holds(_: File, case: Case) -> None:
    OPEN[case["do"]](case)


@pytest.mark.parametrize(("_", "change"), REFUSED)
def test_a_recorded_refusal_holds(_: File, change: Case) -> None:
    with frame.refusal(change):
        OPEN[change["do"]](_changed(change))


@pytest.mark.parametrize("case", of("signing"), ids=lambda case: case["name"])
def test_a_signing_key_is_made_from_its_recorded_seed(case: Case) -> None:
    key = signing.signing_from_seed(Level[case["level"]], Secret(_bytes(case, "seed")))

    assert key.public == _bytes(case, "public")
    again = signing.sign(key, case["label"], _bytes(case, "message"))
    # Ed25519 is deterministic, ML-DSA is hedged.
    assert again[:64] == _bytes(case, "signature")[:64]
    assert again[64:] != _bytes(case, "signature")[64:]


@pytest.mark.parametrize("case", of("reader"), ids=lambda case: case["name"])
def test_a_reader_signs_as_recorded(case: Case) -> None:
    key = signing.reader_from_seed(Secret(_bytes(case, "seed")))

    assert key.public == _bytes(case, "public")
    assert signing.reader_sign(key, _bytes(case, "message")) == _bytes(case, "signature")


@pytest.mark.parametrize("case", of("sealing"), ids=lambda case: case["name"])
def test_sealing_gives_the_recorded_bytes(case: Case) -> None:
    associated = [bytes.fromhex(part) for part in case["associated"]]

    sealed = sealing.seal(Secret(_bytes(case, "key")), _bytes(case, "plaintext"), *associated)

    assert sealed == _bytes(case, "sealed")


@pytest.mark.parametrize("case", of("blob"), ids=lambda case: case["name"])
def test_a_blob_has_the_recorded_size_and_content_hash(case: Case) -> None:
    content = _bytes(case, "content")

    assert blob.sealed_size(len(content)) == len(_bytes(case, "sealed"))
    assert hashing.content(content) == _bytes(case, "blake3")


@pytest.mark.parametrize(("_", "case"), VALID)
def test_one_changed_bit_in_a_recorded_answer_goes_red(_: File, case: Case) -> None:
    # The negative control: a test that compares nothing would not see this.
    field = ANSWERS[case["do"]]
    data = bytearray(_bytes(case, field))
    data[-1] ^= 1

    with pytest.raises((AssertionError, errors.CryptoError)):
        OPEN[case["do"]](case | {field: data.hex()})
