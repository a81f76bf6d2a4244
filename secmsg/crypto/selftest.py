"""Known answers of every primitive, asked before anything is opened (docs/spec/crypto.md 12)."""

from collections.abc import Callable
from dataclasses import dataclass

from secmsg.crypto import (
    aead,
    agreement,
    blob,
    hashing,
    hpke,
    kdf,
    labels,
    passphrase,
    randomness,
    sealing,
    signing,
)
from secmsg.crypto import known_answers as known
from secmsg.crypto.agreement import Kem
from secmsg.crypto.secret import Secret
from secmsg.crypto.signing import Level
from secmsg.errors import CryptoError, SelfTestError

_h = bytes.fromhex

_REFUSED = b" refused"
_ACCEPTED = b" accepted"


@dataclass(frozen=True, slots=True)
class KnownAnswer:
    """One primitive, what it is asked through our wrapper, and the published answer."""

    name: str
    source: str
    ask: Callable[[], bytes]
    answer: bytes


def _of_forgery(act: Callable[[], object]) -> bytes:
    """Return what happened to an input that must not be accepted."""
    try:
        act()
    except CryptoError:
        return _REFUSED
    return _ACCEPTED


def _flipped(data: bytes) -> bytes:
    return data[:-1] + bytes([data[-1] ^ 1])


_ABC = b"abc"
_SUNSCREEN = (
    b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, "
    b"sunscreen would be it."
)
_AEAD_KEY = Secret(bytes(range(0x80, 0xA0)))
_AEAD_AD = _h("50515253c0c1c2c3c4c5c6c7")
_CHACHA_NONCE = _h("070000004041424344454647")
_CHACHA_SEALED = _h(
    "d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d63dbea45e8ca9671282fafb69da92728b"
    "1a71de0a9e060b2905d6a5b67ecd3b3692ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc"
    "3ff4def08e4b7a9de576d26586cec64b61161ae10b594f09e26a7e902ecbd0600691"
)
_XCHACHA_NONCE = bytes(range(0x40, 0x58))
_XCHACHA_SEALED = _h(
    "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39"
    "ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9"
    "21f9664c97637da9768812f615c68b13b52ec0875924c1c7987947deafd8780acf49"
)
_SIV_KEY = Secret(
    _h("c25cafc6018b98dfbb79a40ec89c575a4f88c4116489bba27707479800c01302")
    + _h("35334a45dbe8d8dae3da8dcb45bbe5dce031b0f68ded544fda7eca30d6749442")
)
_SIV_AD = _h("deeb0ccf3aef47a296ed1ca8f4ae5907")
_SIV_PLAIN = _h("beec61030fa3d670337196beade6aeaa")
_SIV_SEALED = _h("5865208eab9163db85cab9f96d846234a2626aae22f5c17c9aad4b501f4416e4")
_SCALAR = Secret(_h("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4"))
_POINT = _h("e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c")
_ED_SEED = Secret(_h("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"))
_ED_PUBLIC = _h("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
_ED_MESSAGE = b"\x72"
_ED_SIGNATURE = _h(
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
)
_BLOB_KEY = Secret(b"YELLOW SUBMARINE YELLOW SUBMARIN")
_BLOB_CONTEXT = b"test context"
_BLOB_SEALED = _h(
    "dbedaefc1c35dc6c0f22b743b03e488747166a51f33479e7ceb8b7e11cc0d2710f624a127501bc4aea7d0af6f83cfe35"
    "9b9e69415aa537f36adf86eb35b070475baa039bb7791432adbca49578bbd3"
)
_BLOB_PLAIN = b"chunked"


def _ask_hkdf() -> bytes:
    return kdf._hkdf_sha512(
        _h("2614d80275b08a1cf90bae0eb607d4d5"),
        _h("0cbd136d66d15a4ffefde1303b430821"),
        _h("ee991de21aeb6baa6a5f683dbb755e6f80db1c1d"),
        42,
    )


def _ask_exchange() -> bytes:
    low_order = bytes(agreement.EXCHANGE_SIZE)
    return agreement.exchange(_SCALAR, _POINT).reveal() + _of_forgery(lambda: agreement.exchange(_SCALAR, low_order))


def _ask_ed25519() -> bytes:
    key = signing.reader_from_seed(_ED_SEED)
    signing.reader_verify(_ED_PUBLIC, _ED_MESSAGE, _ED_SIGNATURE)
    forged = _flipped(_ED_MESSAGE)
    return (
        key.public
        + signing.reader_sign(key, _ED_MESSAGE)
        + _of_forgery(lambda: signing.reader_verify(_ED_PUBLIC, forged, _ED_SIGNATURE))
    )


def _ask_kem(level: Kem, seed: bytes, ciphertext: bytes) -> bytes:
    key = agreement.kem_from_seed(level, Secret(seed))
    fresh, shared = agreement.kem_encapsulate(level, key.public)
    if agreement.kem_decapsulate(level, key.seed, fresh) != shared:
        raise SelfTestError("encapsulation and decapsulation disagree")
    return hashing.short(key.public) + agreement.kem_decapsulate(level, key.seed, ciphertext).reveal()


def _ask_ml_dsa(level: Level, seed: bytes, message: bytes, context: bytes, signature: bytes) -> bytes:
    public = signing.signing_from_seed(level, Secret(seed + seed)).public[signing.ED_PUBLIC_SIZE :]
    signing._ml_verify(level, public, message, context, signature)
    forged = _flipped(message)
    return hashing.short(public) + _of_forgery(lambda: signing._ml_verify(level, public, forged, context, signature))


def _ask_hybrid() -> bytes:
    """Sign anew, accept it, and refuse it with either half broken."""
    key = signing.signing_generate(Level.STANDARD, randomness.system)
    signature = signing.sign(key, labels.SIGN_SELF_TEST, _ABC)
    signing.verify(key.level, key.public, labels.SIGN_SELF_TEST, _ABC, signature)
    ed_broken = _flipped(signature[: signing.ED_SIGNATURE_SIZE]) + signature[signing.ED_SIGNATURE_SIZE :]
    ml_broken = _flipped(signature)
    return _of_forgery(
        lambda: signing.verify(key.level, key.public, labels.SIGN_SELF_TEST, _ABC, ed_broken)
    ) + _of_forgery(lambda: signing.verify(key.level, key.public, labels.SIGN_SELF_TEST, _ABC, ml_broken))


def _ask_siv() -> bytes:
    sealed = sealing.seal(_SIV_KEY, _SIV_PLAIN, _SIV_AD)
    forged = _flipped(_SIV_SEALED)
    return (
        sealed
        + sealing.unseal(_SIV_KEY, _SIV_SEALED, _SIV_AD)
        + _of_forgery(lambda: sealing.unseal(_SIV_KEY, forged, _SIV_AD))
    )


def _ask_chacha() -> bytes:
    forged = _flipped(_CHACHA_SEALED)
    return (
        aead.seal(_AEAD_KEY, _CHACHA_NONCE, _SUNSCREEN, _AEAD_AD)
        + aead.open_(_AEAD_KEY, _CHACHA_NONCE, _CHACHA_SEALED, _AEAD_AD)
        + _of_forgery(lambda: aead.open_(_AEAD_KEY, _CHACHA_NONCE, forged, _AEAD_AD))
    )


def _ask_xchacha() -> bytes:
    forged = _flipped(_XCHACHA_SEALED)
    return (
        aead.seal_x(_AEAD_KEY, _XCHACHA_NONCE, _SUNSCREEN, _AEAD_AD)
        + aead.open_x(_AEAD_KEY, _XCHACHA_NONCE, _XCHACHA_SEALED, _AEAD_AD)
        + _of_forgery(lambda: aead.open_x(_AEAD_KEY, _XCHACHA_NONCE, forged, _AEAD_AD))
    )


def _ask_blob() -> bytes:
    def opened(sealed: bytes) -> bytes:
        stream = blob.Decryptor(_BLOB_KEY, _BLOB_CONTEXT)
        return stream.update(sealed) + stream.finalize()

    stream = blob.Encryptor(_BLOB_KEY, _BLOB_CONTEXT)
    fresh = stream.update(_BLOB_PLAIN) + stream.finalize()
    forged = _flipped(_BLOB_SEALED)
    return opened(_BLOB_SEALED) + opened(fresh) + _of_forgery(lambda: opened(forged))


def _ask_hpke() -> bytes:
    """Open what was sealed before and what is sealed now, and refuse both under another info."""
    seed = Secret(known.HPKE_SEED)
    public = hpke.public_of(seed)
    fresh = hpke.seal_to(public, _ABC, _BLOB_CONTEXT)
    return (
        hashing.short(public)
        + hpke.open_with(seed, known.HPKE_SEALED, _BLOB_CONTEXT)
        + hpke.open_with(seed, fresh, _BLOB_CONTEXT)
        + _of_forgery(lambda: hpke.open_with(seed, known.HPKE_SEALED, _ABC))
        + _of_forgery(lambda: hpke.open_with(seed, fresh, _ABC))
    )


def _ask_argon2id() -> bytes:
    # A tiny cost: this asks for the right answer, not for the right price.
    return passphrase.stretch(Secret(b"password"), b"somesaltsomesalt", passphrase.KdfCost(64, 2)).reveal()


TABLE: tuple[KnownAnswer, ...] = (
    KnownAnswer(
        "SHA-512/256", "FIPS 180-4 example", lambda: hashing.short(_ABC),
        _h("53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23"),
    ),
    KnownAnswer(
        "SHA-512", "FIPS 180-4 example", lambda: hashing.sha512(_ABC),
        _h("ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
           "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"),
    ),
    KnownAnswer(
        "HMAC-SHA-256", "RFC 4231 4.3",
        lambda: hashing.hmac_sha256(Secret(b"Jefe"), b"what do ya want for nothing?"),
        _h("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
    ),
    KnownAnswer(
        "BLAKE3", "the official implementations on \"abc\"", lambda: hashing.content(_ABC),
        _h("6437b3ac38465133ffb63b75273a8db548c558465d79db03fd359c6cd5bd9d85"),
    ),
    KnownAnswer(
        "HKDF-SHA-512", "Wycheproof hkdf_sha512 11", _ask_hkdf,
        _h("e51c3bfe5f4e9b4fb0d3c3a67bb33a20c288800e03707621cf143e8581d422dfec3fe658ba8fa2e35c2c"),
    ),
    KnownAnswer(
        "X25519", "RFC 7748 5.2", _ask_exchange,
        _h("c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552") + _REFUSED,
    ),
    KnownAnswer("Ed25519", "RFC 8032 7.1 test 2", _ask_ed25519, _ED_PUBLIC + _ED_SIGNATURE + _REFUSED),
    KnownAnswer(
        "ML-KEM-768", "kat_MLKEM_768 0",
        lambda: _ask_kem(Kem.LEVEL_768, known.KEM_768_SEED, known.KEM_768_CIPHERTEXT),
        known.KEM_768_PUBLIC_HASH + known.KEM_768_SHARED,
    ),
    KnownAnswer(
        "ML-KEM-1024", "kat_MLKEM_1024 0",
        lambda: _ask_kem(Kem.LEVEL_1024, known.KEM_1024_SEED, known.KEM_1024_CIPHERTEXT),
        known.KEM_1024_PUBLIC_HASH + known.KEM_1024_SHARED,
    ),
    KnownAnswer(
        "ML-DSA-65", "kat_MLDSA_65_det_pure 0",
        lambda: _ask_ml_dsa(Level.STANDARD, known.DSA_65_SEED, known.DSA_65_MESSAGE,
                            known.DSA_65_CONTEXT, known.DSA_65_SIGNATURE),
        known.DSA_65_PUBLIC_HASH + _REFUSED,
    ),
    KnownAnswer(
        "ML-DSA-87", "kat_MLDSA_87_det_pure 0",
        lambda: _ask_ml_dsa(Level.ROOT, known.DSA_87_SEED, known.DSA_87_MESSAGE,
                            known.DSA_87_CONTEXT, known.DSA_87_SIGNATURE),
        known.DSA_87_PUBLIC_HASH + _REFUSED,
    ),
    KnownAnswer("hybrid signature", "both halves must hold", _ask_hybrid, _REFUSED + _REFUSED),
    KnownAnswer("AES-256-SIV", "Wycheproof aes_siv_cmac 302", _ask_siv, _SIV_SEALED + _SIV_PLAIN + _REFUSED),
    KnownAnswer(
        "ChaCha20-Poly1305", "RFC 8439 2.8.2", _ask_chacha, _CHACHA_SEALED + _SUNSCREEN + _REFUSED
    ),
    KnownAnswer(
        "XChaCha20-Poly1305", "draft-irtf-cfrg-xchacha-03 A.3.1", _ask_xchacha,
        _XCHACHA_SEALED + _SUNSCREEN + _REFUSED,
    ),
    KnownAnswer(
        "Cobblestone-256", "C2SP chunked encryption, context", _ask_blob,
        _BLOB_PLAIN + _BLOB_PLAIN + _REFUSED,
    ),
    KnownAnswer(
        "HPKE with X-Wing", "sealed once by the library, section 8.3", _ask_hpke,
        known.HPKE_PUBLIC_HASH + _ABC + _ABC + _REFUSED + _REFUSED,
    ),
    KnownAnswer(
        "Argon2id", "libsodium and OpenSSL agree, 64 KiB, 2 passes", _ask_argon2id,
        _h("1a98fba8e6394425c9bdc333a9c750aaf811df070f5fb4a5788e1cf4db5793a1"),
    ),
)  # fmt: skip
"""What `run` asks, as data: a test corrupts each row and sees the refusal."""


def run(table: tuple[KnownAnswer, ...] = TABLE) -> tuple[str, ...]:
    """Ask every row and return the names; SelfTestError names the first primitive that answers wrongly.

    Below 300 ms. A primitive that raises has answered wrongly too.
    """
    for row in table:
        try:
            given = row.ask()
        except Exception as broken:  # noqa: BLE001  # whatever a broken primitive raises
            raise SelfTestError(f"{row.name} failed: {type(broken).__name__}") from None
        if not hashing.equal(given, row.answer):
            raise SelfTestError(f"{row.name} gave a wrong answer")
    return tuple(row.name for row in table)
