"""Every published Wycheproof vector, through our wrappers, counted against a frozen table.

The files are read in place from $SECMSG_VECTORS/wycheproof (data only, not part of this repository).

What is asked for each vector:

- an *invalid* vector must be refused: one accepted is a wrong accept, of which there are none;
- a *valid* vector must be accepted with its own output: one refused is listed by number with its reason;
- an *acceptable* vector may go either way; how many go which way is frozen, and an accepted one must have the
  right output;
- a parameter that suite 1 does not offer (a shorter AES-SIV key) is counted as excluded, by its reason, and
  the wrapper must refuse it; a nonce of another length is invalid by its file. Nothing is skipped.

Encapsulation (`mlkem_*_encaps`): the library takes no randomness, so neither the ciphertext nor the secret
of the vector can be made again. Asked instead: an invalid public key is refused; a valid one is accepted and
gives a ciphertext and a secret of the right sizes. The decapsulation side is compared byte by byte
(`mlkem_*_test`).

Key generation (`mlkem_*_keygen_seed`): the private half is kept as its seed, so the public half is compared.

Two files have no wrapper, because suite 1 does not offer the primitive by itself: HMAC-SHA-512 (inside
HKDF-SHA-512) and HKDF-SHA-256 (nowhere). They are run against the library alone, to know that it is sound.
"""

import hashlib
import hmac
import json
import os
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from secmsg.crypto import aead, agreement, blob, hashing, kdf, sealing, signing
from secmsg.crypto.agreement import Kem
from secmsg.crypto.secret import Secret
from secmsg.crypto.signing import Level
from secmsg.errors import CryptoError, FormatError

# The files' own schema: JSON objects of strings, numbers and lists.
Group = dict[str, Any]
Vector = dict[str, Any]

ACCEPTED = "accepted"
REFUSED = "refused"
WRONG = "accepted with a wrong output"

AES_SIV_KEY = "parameter not offered by suite 1: AES-SIV key below 64 bytes"

Ask = Callable[[Group, Vector], str]
NonceAead = Callable[[Secret, bytes, bytes, bytes], bytes]


def _bytes(vector: Vector, name: str) -> bytes:
    return bytes.fromhex(vector.get(name, ""))


def _same(given: bytes, expected: bytes) -> str:
    return ACCEPTED if given == expected else WRONG


def _nonce_aead(seal: NonceAead, open_: NonceAead) -> Ask:
    def ask(_group: Group, vector: Vector) -> str:
        key, nonce, associated = Secret(_bytes(vector, "key")), _bytes(vector, "iv"), _bytes(vector, "aad")
        sealed = _bytes(vector, "ct") + _bytes(vector, "tag")
        try:
            opened = open_(key, nonce, sealed, associated)
        except CryptoError:
            return REFUSED
        if seal(key, nonce, opened, associated) != sealed:
            return WRONG
        return _same(opened, _bytes(vector, "msg"))

    return ask


def _aes_siv(group: Group, vector: Vector) -> str:
    return _siv(group, vector, _bytes(vector, "ct"), _bytes(vector, "aad"))


def _aes_siv_nonce(group: Group, vector: Vector) -> str:
    """Ask AES-SIV with a nonce, which is the last associated string (RFC 5297 3)."""
    sealed = _bytes(vector, "tag") + _bytes(vector, "ct")
    return _siv(group, vector, sealed, _bytes(vector, "aad"), _bytes(vector, "iv"))


def _siv(group: Group, vector: Vector, sealed: bytes, *associated: bytes) -> str:
    key = Secret(_bytes(vector, "key"))
    if group["keySize"] != 8 * sealing.KEY_SIZE:
        with pytest.raises(FormatError):
            sealing.unseal(key, sealed, *associated)
        return AES_SIV_KEY
    try:
        opened = sealing.unseal(key, sealed, *associated)
    except CryptoError:
        return REFUSED
    if sealing.seal(key, opened, *associated) != sealed:
        return WRONG
    return _same(opened, _bytes(vector, "msg"))


def _ed25519(group: Group, vector: Vector) -> str:
    try:
        signing.reader_verify(bytes.fromhex(group["publicKey"]["pk"]), _bytes(vector, "msg"), _bytes(vector, "sig"))
    except CryptoError:
        return REFUSED
    return ACCEPTED


def _ml_dsa(level: Level) -> Ask:
    """Ask the ML-DSA half alone: `signing.verify` has it only beside Ed25519, with the label as context."""

    def ask(group: Group, vector: Vector) -> str:
        public, message = bytes.fromhex(group["publicKey"]), _bytes(vector, "msg")
        try:
            signing._ml_verify(level, public, message, _bytes(vector, "ctx"), _bytes(vector, "sig"))
        except CryptoError:
            return REFUSED
        return ACCEPTED

    return ask


def _x25519(_group: Group, vector: Vector) -> str:
    try:
        shared = agreement.exchange(Secret(_bytes(vector, "private")), _bytes(vector, "public"))
    except CryptoError:
        assert _bytes(vector, "shared") == bytes(32), "only the all-zero secret is refused"
        return REFUSED
    return _same(shared.reveal(), _bytes(vector, "shared"))


def _kem_decapsulate(level: Kem) -> Ask:
    def ask(_group: Group, vector: Vector) -> str:
        seed = Secret(_bytes(vector, "seed"))
        try:
            shared = agreement.kem_decapsulate(level, seed, _bytes(vector, "c"))
        except (CryptoError, FormatError):
            return REFUSED
        if "ek" in vector and agreement.kem_from_seed(level, seed).public != _bytes(vector, "ek"):
            return WRONG
        return _same(shared.reveal(), _bytes(vector, "K"))

    return ask


def _kem_encapsulate(level: Kem) -> Ask:
    def ask(_group: Group, vector: Vector) -> str:
        try:
            ciphertext, shared = agreement.kem_encapsulate(level, _bytes(vector, "ek"))
        except FormatError:
            return REFUSED
        return ACCEPTED if (len(ciphertext), len(shared)) == (len(_bytes(vector, "c")), 32) else WRONG

    return ask


def _kem_keygen(level: Kem) -> Ask:
    def ask(_group: Group, vector: Vector) -> str:
        try:
            key = agreement.kem_from_seed(level, Secret(_bytes(vector, "seed")))
        except FormatError:
            return REFUSED
        return _same(key.public, _bytes(vector, "ek"))

    return ask


def _hkdf_sha512(_group: Group, vector: Vector) -> str:
    """Ask the seam below `kdf.derive`, whose info has our own encoding."""
    try:
        okm = kdf._hkdf_sha512(_bytes(vector, "salt"), _bytes(vector, "ikm"), _bytes(vector, "info"), vector["size"])
    except FormatError:
        return REFUSED
    return _same(okm, _bytes(vector, "okm"))


def _hkdf_sha256_library(_group: Group, vector: Vector) -> str:
    try:
        okm = HKDF(hashes.SHA256(), vector["size"], _bytes(vector, "salt"), _bytes(vector, "info")).derive(
            _bytes(vector, "ikm")
        )
    except ValueError:
        return REFUSED
    return _same(okm, _bytes(vector, "okm"))


def _hmac_sha256(key: bytes, message: bytes) -> bytes:
    return hashing.hmac_sha256(Secret(key), message)


def _hmac_sha512_library(key: bytes, message: bytes) -> bytes:
    return hmac.digest(key, message, "sha512")


def _mac(compute: Callable[[bytes, bytes], bytes]) -> Ask:
    def ask(group: Group, vector: Vector) -> str:
        # A shorter tag is the front of the whole one; the wrapper gives the whole.
        tag = compute(_bytes(vector, "key"), _bytes(vector, "msg"))[: group["tagSize"] // 8]
        return ACCEPTED if hashing.equal(tag, _bytes(vector, "tag")) else REFUSED

    return ask


def _cobblestone(_group: Group, vector: Vector) -> str:
    """Ask the blob: AES-256-GCM with SHA-512 is Cobblestone-256; the file's ciphertexts are compressed."""
    sealed = zlib.decompress(_bytes(vector, "ct"))
    released = bytearray()
    try:
        stream = blob.Decryptor(Secret(_bytes(vector, "key")), _bytes(vector, "ctx"))
        # The lengths of the pieces must not matter, and only what is authentic may come out on the way.
        for start in range(0, len(sealed), 5_000):
            released += stream.update(sealed[start : start + 5_000])
        released += stream.finalize()
    except (CryptoError, FormatError):
        good = vector.get("msgLength", 0)
        assert len(released) <= good, "more than the authentic chunks was released"
        return REFUSED
    if len(sealed) != blob.sealed_size(len(released)) or len(released) != vector["msgLength"]:
        return WRONG
    return _same(hashlib.sha512(released).digest(), _bytes(vector, "msgSha512"))


@dataclass(frozen=True, slots=True)
class File:
    """What one file must give: how its vectors are asked, and the frozen counts."""

    ask: Ask
    accepted: int
    refused: int
    acceptable_accepted: int = 0
    acceptable_refused: int = 0
    excluded: dict[str, int] = field(default_factory=dict)
    valid_but_refused: dict[int, str] = field(default_factory=dict)
    """tcId and why."""


FILES: dict[str, File] = {
    "aead_aes_siv_cmac_test.json": File(
        _aes_siv_nonce,
        accepted=84,
        refused=216,
        excluded={AES_SIV_KEY: 600},
    ),
    "aes_siv_cmac_test.json": File(
        _aes_siv,
        accepted=39,
        refused=108,
        excluded={AES_SIV_KEY: 295},
    ),
    "c2sp_chunked_encryption_aes_256_gcm_test.json": File(_cobblestone, accepted=10, refused=25),
    "chacha20_poly1305_test.json": File(_nonce_aead(aead.seal, aead.open_), accepted=256, refused=69),
    "ed25519_test.json": File(_ed25519, accepted=88, refused=63),
    "hkdf_sha256_test.json": File(_hkdf_sha256_library, accepted=83, refused=3),
    "hkdf_sha512_test.json": File(_hkdf_sha512, accepted=80, refused=3),
    "hmac_sha256_test.json": File(_mac(_hmac_sha256), accepted=66, refused=108),
    "hmac_sha512_test.json": File(_mac(_hmac_sha512_library), accepted=66, refused=108),
    "mldsa_65_verify_test.json": File(_ml_dsa(Level.STANDARD), accepted=79, refused=131),
    "mldsa_87_verify_test.json": File(_ml_dsa(Level.ROOT), accepted=71, refused=170),
    "mlkem_1024_encaps_test.json": File(_kem_encapsulate(Kem.LEVEL_1024), accepted=133, refused=136),
    "mlkem_1024_keygen_seed_test.json": File(_kem_keygen(Kem.LEVEL_1024), accepted=100, refused=0),
    "mlkem_1024_test.json": File(_kem_decapsulate(Kem.LEVEL_1024), accepted=153, refused=40),
    "mlkem_768_encaps_test.json": File(_kem_encapsulate(Kem.LEVEL_768), accepted=133, refused=132),
    "mlkem_768_keygen_seed_test.json": File(_kem_keygen(Kem.LEVEL_768), accepted=100, refused=0),
    "mlkem_768_test.json": File(_kem_decapsulate(Kem.LEVEL_768), accepted=153, refused=40),
    "x25519_test.json": File(_x25519, accepted=264, refused=0, acceptable_accepted=223, acceptable_refused=31),
    "xchacha20_poly1305_test.json": File(_nonce_aead(aead.seal_x, aead.open_x), accepted=246, refused=69),
}


@dataclass(slots=True)
class Tally:
    """What one file gave."""

    accepted: int = 0
    refused: int = 0
    acceptable_accepted: int = 0
    acceptable_refused: int = 0
    excluded: Counter[str] = field(default_factory=Counter)
    valid_but_refused: list[int] = field(default_factory=list)
    wrong_accepts: list[int] = field(default_factory=list)
    wrong_outputs: list[int] = field(default_factory=list)


def tally(document: dict[str, Any], ask: Ask) -> Tally:
    """Ask every vector of a file and count."""
    result = Tally()
    for group, vector in _vectors(document):
        verdict = ask(group, vector)
        match verdict, vector["result"]:
            case _, str() if verdict not in (ACCEPTED, REFUSED, WRONG):
                result.excluded[verdict] += 1
            case (("accepted" | "accepted with a wrong output"), "invalid"):
                result.wrong_accepts.append(vector["tcId"])
            case "accepted with a wrong output", _:
                result.wrong_outputs.append(vector["tcId"])
            case "accepted", "valid":
                result.accepted += 1
            case "refused", "invalid":
                result.refused += 1
            case "refused", "valid":
                result.valid_but_refused.append(vector["tcId"])
            case "accepted", "acceptable":
                result.acceptable_accepted += 1
            case "refused", "acceptable":
                result.acceptable_refused += 1
            case _:
                raise AssertionError((verdict, vector["result"]))
    return result


def _vectors(document: dict[str, Any]) -> Iterator[tuple[Group, Vector]]:
    for group in document["testGroups"]:
        for vector in group["tests"]:
            yield group, vector


def _folder() -> Path:
    place = os.environ.get("SECMSG_VECTORS")
    if not place:
        pytest.skip("SECMSG_VECTORS does not name the folder of public test vectors")
    return Path(place) / "wycheproof"


def _read(name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((_folder() / name).read_bytes())
    return document


def test_the_table_names_every_file_of_the_folder() -> None:
    present = {path.name for path in _folder().glob("*.json")}

    assert present == set(FILES)


@pytest.mark.parametrize("name", FILES)
def test_every_vector_is_answered_as_published(name: str) -> None:
    document, expected = _read(name), FILES[name]

    given = tally(document, expected.ask)

    print(name, given)
    assert given.wrong_accepts == []
    assert given.wrong_outputs == []
    assert given.valid_but_refused == list(expected.valid_but_refused)
    assert given.excluded == expected.excluded
    assert (given.accepted, given.refused) == (expected.accepted, expected.refused)
    assert given.acceptable_accepted == expected.acceptable_accepted
    assert given.acceptable_refused == expected.acceptable_refused


@pytest.mark.parametrize("name", FILES)
def test_every_vector_is_counted_once(name: str) -> None:
    document, frozen = _read(name), FILES[name]

    counted = (
        frozen.accepted
        + frozen.refused
        + frozen.acceptable_accepted
        + frozen.acceptable_refused
        + sum(frozen.excluded.values())
        + len(frozen.valid_but_refused)
    )

    assert counted == document["numberOfTests"] == sum(1 for _ in _vectors(document))


# Which field of a vector, changed in one bit, must turn an accepted vector into another verdict.
SPOILED = {
    "AeadTest": "tag",
    "DaeadTest": "ct",
    "ChunkedEncryption": "msgSha512",
    "EddsaVerify": "sig",
    "HkdfTest": "okm",
    "MacTest": "tag",
    "MlDsaVerify": "sig",
    "MLKEMTest": "K",
    "MLKEMKeyGen": "ek",
    "MLKEMEncapsTest": "ek",
    "XdhComp": "shared",
}


def _spoil(vector: Vector, name: str) -> Vector:
    data = bytearray(bytes.fromhex(vector[name]))
    if name == "ek" and "m" in vector:
        # One bit of a public key is another public key; a coefficient beyond the modulus is none.
        data[0:2] = b"\xff\xff"
    else:
        data[len(data) // 2] ^= 1
    return vector | {name: data.hex()}


@pytest.mark.parametrize("name", FILES)
def test_one_changed_bit_in_a_vector_is_noticed(name: str) -> None:
    # The negative control: a run that compares nothing would pass all tests above but this one.
    document, ask = _read(name), FILES[name].ask
    group, vector = next(
        (group, vector)
        for group, vector in _vectors(document)
        if vector["result"] == "valid" and ask(group, vector) == ACCEPTED
    )

    spoiled = _spoil(vector, SPOILED[group["type"]])

    assert ask(group, spoiled) in (REFUSED, WRONG)


@pytest.mark.parametrize("name", [name for name in FILES if FILES[name].refused])
def test_a_wrapper_that_accepts_everything_would_be_caught(name: str) -> None:
    document = _read(name)

    given = tally(document, lambda _group, _vector: ACCEPTED)

    assert len(given.wrong_accepts) >= FILES[name].refused
