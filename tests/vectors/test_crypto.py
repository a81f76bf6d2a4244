"""The suite's composites give the recorded answers and the recorded refusals (docs/spec/crypto.md 13)."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from secmsg import errors
from secmsg.crypto import blob, hashing, kdf, sealing, signing
from secmsg.crypto.secret import Secret
from secmsg.crypto.signing import Level

# The file's own schema: objects of strings, numbers and lists.
Case = dict[str, Any]

VECTORS: dict[str, list[Case]] = json.loads(Path(__file__).with_name("crypto.json").read_bytes())


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

VALID = [pytest.param(kind, case, id=f"{kind}: {case['name']}") for kind in OPEN for case in VECTORS[kind]]
REFUSED = [
    pytest.param(kind, case, id=f"{kind}: {case['of']} {index}")
    for kind in OPEN
    for index, case in enumerate(VECTORS[f"{kind}_refused"])
]


def _changed(kind: str, change: Case) -> Case:
    """Build the case that a refusal describes."""
    base = next(case for case in VECTORS[kind] if case["name"] == change["of"])
    if "flip" in change:
        data = bytearray(_bytes(base, change["flip"]))
        data[change["bit"] // 8] ^= 1 << change["bit"] % 8
        return base | {change["flip"]: data.hex()}
    return base | {name: value for name, value in change.items() if name not in ("of", "error")}


def test_the_file_has_every_kind_and_nothing_else() -> None:
    assert set(VECTORS) == {name for kind in OPEN for name in (kind, f"{kind}_refused")}
    assert (len(VALID), len(REFUSED)) == (18, 42)


@pytest.mark.parametrize(("kind", "case"), VALID)
def test_a_recorded_answer_holds(kind: str, case: Case) -> None:
    OPEN[kind](case)


@pytest.mark.parametrize(("kind", "change"), REFUSED)
def test_a_recorded_refusal_holds(kind: str, change: Case) -> None:
    expected = getattr(errors, change["error"])

    with pytest.raises(errors.SecmsgError) as refusal:
        OPEN[kind](_changed(kind, change))

    assert type(refusal.value) is expected


@pytest.mark.parametrize("case", VECTORS["signing"], ids=lambda case: case["name"])
def test_a_signing_key_is_made_from_its_recorded_seed(case: Case) -> None:
    key = signing.signing_from_seed(Level[case["level"]], Secret(_bytes(case, "seed")))

    assert key.public == _bytes(case, "public")
    again = signing.sign(key, case["label"], _bytes(case, "message"))
    # Ed25519 is deterministic, ML-DSA is hedged.
    assert again[:64] == _bytes(case, "signature")[:64]
    assert again[64:] != _bytes(case, "signature")[64:]


@pytest.mark.parametrize("case", VECTORS["reader"], ids=lambda case: case["name"])
def test_a_reader_signs_as_recorded(case: Case) -> None:
    key = signing.reader_from_seed(Secret(_bytes(case, "seed")))

    assert key.public == _bytes(case, "public")
    assert signing.reader_sign(key, _bytes(case, "message")) == _bytes(case, "signature")


@pytest.mark.parametrize("case", VECTORS["sealing"], ids=lambda case: case["name"])
def test_sealing_gives_the_recorded_bytes(case: Case) -> None:
    associated = [bytes.fromhex(part) for part in case["associated"]]

    sealed = sealing.seal(Secret(_bytes(case, "key")), _bytes(case, "plaintext"), *associated)

    assert sealed == _bytes(case, "sealed")


@pytest.mark.parametrize("case", VECTORS["blob"], ids=lambda case: case["name"])
def test_a_blob_has_the_recorded_size_and_content_hash(case: Case) -> None:
    content = _bytes(case, "content")

    assert blob.sealed_size(len(content)) == len(_bytes(case, "sealed"))
    assert hashing.content(content) == _bytes(case, "blake3")


@pytest.mark.parametrize(("kind", "case"), VALID)
def test_one_changed_bit_in_a_recorded_answer_goes_red(kind: str, case: Case) -> None:
    # The negative control: a test that compares nothing would not see this.
    field = ANSWERS[kind]
    data = bytearray(_bytes(case, field))
    data[-1] ^= 1

    with pytest.raises((AssertionError, errors.CryptoError)):
        OPEN[kind](case | {field: data.hex()})
