"""The self-test passes quickly, and each row alone makes it refuse."""

from collections.abc import Callable
from dataclasses import replace
from types import ModuleType

import pytest

from secmsg.crypto import aead, agreement, blob, hashing, kdf, passphrase, sealing, selftest, signing
from secmsg.crypto.secret import Secret
from secmsg.crypto.selftest import TABLE, KnownAnswer
from secmsg.errors import DecryptionError, SelfTestError, SignatureError


def _id(part: object) -> str:
    """Name a parameter without its address, so that every worker collects the same tests."""
    return getattr(part, "__name__", None) or ("bytes" if isinstance(part, bytes) else str(part))


EVERY_ROW = pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)


def _with(row: KnownAnswer, other: KnownAnswer) -> tuple[KnownAnswer, ...]:
    return tuple(other if entry is row else entry for entry in TABLE)


def test_every_primitive_answers_rightly() -> None:
    names = selftest.run()

    assert names == tuple(row.name for row in TABLE)
    assert len(set(names)) == len(names) >= 12


@EVERY_ROW
def test_one_corrupted_answer_is_noticed(row: KnownAnswer) -> None:
    for index in (0, len(row.answer) // 2, len(row.answer) - 1):
        corrupted = bytearray(row.answer)
        corrupted[index] ^= 1

        with pytest.raises(SelfTestError, match=f"^{row.name} gave a wrong answer"):
            selftest.run(_with(row, replace(row, answer=bytes(corrupted))))


@EVERY_ROW
def test_one_wrong_output_is_noticed(row: KnownAnswer) -> None:
    def wrong() -> bytes:
        right = row.ask()
        return right[:-1] + bytes([right[-1] ^ 0x80])

    with pytest.raises(SelfTestError, match=f"^{row.name} gave a wrong answer"):
        selftest.run(_with(row, replace(row, ask=wrong)))


@EVERY_ROW
def test_one_crashing_primitive_is_noticed_and_its_words_are_not_repeated(row: KnownAnswer) -> None:
    def crash() -> bytes:
        raise ZeroDivisionError("secret detail")

    with pytest.raises(SelfTestError) as refusal:
        selftest.run(_with(row, replace(row, ask=crash)))

    assert str(refusal.value) == f"{row.name} failed: ZeroDivisionError"


def _flip(data: bytes) -> bytes:
    return bytes([data[0] ^ 1]) + data[1:]


# A double for each primitive under the table: (row, module, function, how its result goes wrong).
DOUBLES: list[tuple[str, ModuleType, str, Callable[..., object]]] = [
    ("SHA-512/256", hashing, "short", _flip),
    ("SHA-512", hashing, "sha512", _flip),
    ("HMAC-SHA-256", hashing, "hmac_sha256", _flip),
    ("BLAKE3", hashing, "content", _flip),
    ("HKDF-SHA-512", kdf, "_hkdf_sha512", _flip),
    ("X25519", agreement, "exchange", lambda shared: Secret(_flip(shared.reveal()))),
    ("Ed25519", signing, "_ed_sign", _flip),
    ("ML-KEM-768", agreement, "kem_decapsulate", lambda shared: Secret(_flip(shared.reveal()))),
    ("ML-KEM-768", agreement, "kem_encapsulate", lambda pair: (_flip(pair[0]), pair[1])),
    (
        "ML-KEM-768",
        agreement,
        "kem_from_seed",
        lambda key: replace(key, seed=Secret(_flip(key.seed.reveal()))),
    ),
    (
        "ML-DSA-65",
        signing,
        "signing_from_seed",
        lambda key: replace(key, public=key.public[:32] + _flip(key.public[32:])),
    ),
    ("AES-256-SIV", sealing, "seal", _flip),
    ("AES-256-SIV", sealing, "unseal", _flip),
    ("ChaCha20-Poly1305", aead, "seal", _flip),
    ("ChaCha20-Poly1305", aead, "open_", _flip),
    ("XChaCha20-Poly1305", aead, "seal_x", _flip),
    ("XChaCha20-Poly1305", aead, "open_x", _flip),
    ("Cobblestone-256", blob.Encryptor, "finalize", _flip),  # type: ignore[list-item]  # a class is patched alike
    ("Cobblestone-256", blob.Decryptor, "finalize", _flip),  # type: ignore[list-item]  # a class is patched alike
    ("Argon2id", passphrase, "stretch", lambda key: Secret(_flip(key.reveal()))),
]


@pytest.mark.parametrize(("name", "module", "function", "spoil"), DOUBLES, ids=_id)
def test_a_primitive_whose_output_changes_is_noticed(
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    module: ModuleType,
    function: str,
    spoil: Callable[..., object],
) -> None:
    right = getattr(module, function)
    monkeypatch.setattr(module, function, lambda *args: spoil(right(*args)))

    with pytest.raises(SelfTestError, match=f"^{name} "):
        selftest.run()


# Verifications and openings that accept everything: the refusals in the table are what notices them.
GULLIBLE: list[tuple[str, ModuleType, str, type[Exception], object]] = [
    ("X25519", agreement, "exchange", DecryptionError, Secret(bytes(32))),
    ("Ed25519", signing, "_ed_verify", SignatureError, None),
    ("ML-DSA-65", signing, "_ml_verify", SignatureError, None),
    ("AES-256-SIV", sealing, "unseal", DecryptionError, b""),
    ("ChaCha20-Poly1305", aead, "open_", DecryptionError, b""),
    ("XChaCha20-Poly1305", aead, "open_x", DecryptionError, b""),
]


@pytest.mark.parametrize(("name", "module", "function", "refusal", "instead"), GULLIBLE, ids=_id)
def test_a_primitive_that_accepts_forgeries_is_noticed(
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    module: ModuleType,
    function: str,
    refusal: type[Exception],
    instead: object,
) -> None:
    right = getattr(module, function)

    def gullible(*args: object) -> object:
        try:
            return right(*args)
        except refusal:
            return instead

    monkeypatch.setattr(module, function, gullible)

    with pytest.raises(SelfTestError, match=f"^{name} gave a wrong answer"):
        selftest.run()


def test_a_key_encapsulation_that_disagrees_with_itself_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    right = agreement.kem_encapsulate
    monkeypatch.setattr(agreement, "kem_encapsulate", lambda *args: (right(*args)[0], Secret(bytes(32))))

    with pytest.raises(SelfTestError, match=r"^ML-KEM-768 failed: SelfTestError"):
        selftest.run()


def test_a_signature_check_that_forgets_one_half_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def ed_half_only(level: signing.Level, public: bytes, label: str, message: bytes, signature: bytes) -> None:
        signing._ed_verify(public[:32], signing._input(label, message), signature[:64])

    monkeypatch.setattr(signing, "verify", ed_half_only)

    with pytest.raises(SelfTestError, match=r"^hybrid signature gave a wrong answer"):
        selftest.run()
