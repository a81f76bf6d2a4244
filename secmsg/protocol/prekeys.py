"""Prekeys: made by the device that waits, checked by the one that writes first (docs/spec/prekeys.md)."""

from dataclasses import dataclass, replace

from secmsg.crypto import agreement, hashing, labels, merkle, signing
from secmsg.crypto.agreement import EXCHANGE_SIZE, KEM_SEED_SIZE, Kem
from secmsg.crypto.randomness import Random
from secmsg.crypto.secret import Secret
from secmsg.crypto.signing import Level, SigningKey
from secmsg.errors import Expired, FormatError, NotEntitled, Rollback, SignatureError
from secmsg.ids import CertificateRef
from secmsg.wire import bundle as bundles
from secmsg.wire import certificate as certificates
from secmsg.wire.bundle import Bundle, OneTimeEntry, OneTimePrekey, PrekeyBatch, SignedPrekey
from secmsg.wire.certificate import Certificate, CertificateType
from secmsg.wire.codec import Reader, Writer

GRACE = 7 * 86_400
"""Seconds after its end in which a signed prekey is still written to: a station may have been offline."""

KEPT = 30 * 86_400
"""Seconds for which a device keeps the private half of a signed prekey, from its making."""

_ROOT_SIZE = 32
_NO_REF = CertificateRef(bytes(32))


@dataclass(frozen=True, slots=True)
class SignedSecret:
    """Both halves of a signed prekey, as the device keeps them."""

    public: SignedPrekey
    exchange: Secret
    seed: Secret


@dataclass(frozen=True, slots=True)
class OneTimeSecret:
    """Both halves of a one-time prekey and its batch's root; deleted with the first message it opened."""

    public: OneTimePrekey
    batch_root: bytes
    exchange: Secret
    seed: Secret


@dataclass(frozen=True, slots=True)
class PrekeySecrets:
    """The private halves a handshake names; `one_time` is None in the last-resort case."""

    signed: SignedSecret
    one_time: OneTimeSecret | None


def make_signed(ref: CertificateRef, key: SigningKey, spk_id: int, not_after: int, random: Random) -> SignedSecret:
    """Make a signed prekey of the device with certificate `ref`; `spk_id` from 1, `not_after` in UTC."""
    exchange = agreement.exchange_generate(random)
    kem = agreement.kem_generate(Kem.LEVEL_1024, random)
    unsigned = SignedPrekey(ref, spk_id, exchange.public, kem.public, not_after, b"")
    signature = signing.sign(key, labels.SIGN_PREKEY, bundles.signed_part(unsigned))
    public = SignedPrekey(ref, spk_id, exchange.public, kem.public, not_after, signature)
    return SignedSecret(public, exchange.private, kem.seed)


def make_for_request(
    spk_id: int, version: int, count: int, not_after: int, random: Random
) -> tuple[SignedSecret, tuple[OneTimeSecret, ...]]:
    """Make the prekeys of a request: they name no certificate yet and carry no signature of their own."""
    exchange = agreement.exchange_generate(random)
    kem = agreement.kem_generate(Kem.LEVEL_1024, random)
    public = SignedPrekey(_NO_REF, spk_id, exchange.public, kem.public, not_after, bytes(bundles.SIGNATURE_SIZE))
    made = [_make_one_time(bundles.one_time_id(version, index), random) for index in range(count)]
    root = merkle.root([bundles.encode_one_time(each) for each, _, _ in made])
    secrets = tuple(OneTimeSecret(each, root, private, seed) for each, private, seed in made)
    return SignedSecret(public, exchange.private, kem.seed), secrets


def adopt(
    ref: CertificateRef, key: SigningKey, signed: SignedSecret, one_time: tuple[OneTimeSecret, ...]
) -> tuple[SignedSecret, PrekeyBatch, tuple[OneTimeEntry, ...]]:
    """Give the prekeys of a request, now that there is one, the certificate's name and the device's signatures."""
    unsigned = replace(signed.public, cert_ref=ref)
    signature = signing.sign(key, labels.SIGN_PREKEY, bundles.signed_part(unsigned))
    leaves = [bundles.encode_one_time(each.public) for each in one_time]
    batch = PrekeyBatch(ref, one_time[0].public.batch_version, len(leaves), merkle.root(leaves), b"")
    batch = replace(batch, signature=signing.sign(key, labels.SIGN_BATCH, bundles.batch_part(batch)))
    entries = tuple(OneTimeEntry(each.public, path) for each, path in zip(one_time, merkle.paths(leaves), strict=True))
    return replace(signed, public=replace(unsigned, signature=signature)), batch, entries


@dataclass(frozen=True, slots=True)
class Granted:
    """Prekeys of a request under the certificate that answers it; made by `granted` alone."""

    signed: SignedPrekey
    one_time: OneTimePrekey
    batch_root: bytes


def granted(signed: SignedPrekey, one_time: tuple[OneTimePrekey, ...], place: int, peer: Certificate) -> Granted:
    """Return the prekeys at `place` of a request whose signatures the caller has verified under the key of `peer`.

    NotEntitled when `peer` is no device, or the request holds no prekey for that place.
    """
    if peer.type is not CertificateType.DEVICE:
        raise NotEntitled("prekeys belong to devices")
    if not 0 <= place < len(one_time):
        raise NotEntitled("the request holds no prekey for one machine more")
    root = merkle.root([bundles.encode_one_time(each) for each in one_time])
    return Granted(replace(signed, cert_ref=reference(peer)), one_time[place], root)


def make_batch(
    ref: CertificateRef, key: SigningKey, version: int, count: int, random: Random
) -> tuple[PrekeyBatch, tuple[OneTimeEntry, ...], tuple[OneTimeSecret, ...]]:
    """Make `count` (1 to 256) one-time prekeys under one signature; `version` rises with every batch."""
    made = [_make_one_time(bundles.one_time_id(version, index), random) for index in range(count)]
    leaves = [bundles.encode_one_time(public) for public, _, _ in made]
    root = merkle.root(leaves)
    unsigned = PrekeyBatch(ref, version, count, root, b"")
    signature = signing.sign(key, labels.SIGN_BATCH, bundles.batch_part(unsigned))
    entries = tuple(OneTimeEntry(public, path) for (public, _, _), path in zip(made, merkle.paths(leaves), strict=True))
    secrets = tuple(OneTimeSecret(public, root, exchange, seed) for public, exchange, seed in made)
    return PrekeyBatch(ref, version, count, root, signature), entries, secrets


def _make_one_time(opk_id: int, random: Random) -> tuple[OneTimePrekey, Secret, Secret]:
    exchange = agreement.exchange_generate(random)
    kem = agreement.kem_generate(Kem.LEVEL_768, random)
    return OneTimePrekey(opk_id, exchange.public, kem.public), exchange.private, kem.seed


def reference(certificate: Certificate) -> CertificateRef:
    """Return the 32-byte name of a certificate: SHA-512/256 of its body."""
    return CertificateRef(hashing.short(certificates.encode(certificate)))


def verify_bundle(bundle: Bundle, peer: Certificate, *, now: int, batch_floor: int) -> None:
    """Accept a bundle from the relay for a first message to `peer`.

    `batch_floor` is the highest batch version seen of this device. NotEntitled when the bundle is another
    device's or `peer` no device; SignatureError when a signature or the path fails; Expired when the signed
    prekey ended more than 7 days ago; Rollback when the batch is older than one seen.
    """
    # 1. Whose bundle it is.
    if peer.type is not CertificateType.DEVICE:
        raise NotEntitled("prekeys belong to devices")
    ref = reference(peer)
    if bundle.signed.cert_ref != ref or (bundle.batch is not None and bundle.batch.cert_ref != ref):
        raise NotEntitled("these prekeys belong to another device")
    # 2. The signed prekey.
    signed = bundle.signed
    _verify(peer, labels.SIGN_PREKEY, bundles.signed_part(signed), signed.signature)
    # 3. The batch and the place of the one-time prekey in it.
    if bundle.batch is not None:
        _verify(peer, labels.SIGN_BATCH, bundles.batch_part(bundle.batch), bundle.batch.signature)
    if bundle.entry is not None:
        _verify_entry(bundle.entry, bundle.batch)
    # 4. Time and order.
    if now > signed.not_after + GRACE:
        raise Expired("the signed prekey is too old")
    if bundle.batch is not None and bundle.batch.version < batch_floor:
        raise Rollback("an older batch of prekeys than one already seen")


def _verify(peer: Certificate, label: str, part: bytes, signature: bytes) -> None:
    signing.verify(Level.STANDARD, peer.public, label, part, signature)


def _verify_entry(entry: OneTimeEntry, batch: PrekeyBatch | None) -> None:
    opk = entry.opk
    if batch is None or opk.batch_version != batch.version:
        raise SignatureError
    try:
        root = merkle.root_of_path(bundles.encode_one_time(opk), opk.index, batch.count, entry.path)
    except FormatError:
        raise SignatureError from None
    if root != batch.root:
        raise SignatureError


def encode_signed(secret: SignedSecret) -> bytes:
    """Encode to 5109 bytes for the enciphered store."""
    return (
        Writer()
        .raw(bundles.encode_signed(secret.public), bundles.SIGNED_PREKEY_SIZE)
        .raw(secret.exchange.reveal(), EXCHANGE_SIZE)
        .raw(secret.seed.reveal(), KEM_SEED_SIZE)
        .bytes()
    )


def decode_signed(data: bytes) -> SignedSecret:
    """Decode exactly 5109 bytes."""
    reader = Reader(data)
    secret = SignedSecret(
        bundles.decode_signed(reader.raw(bundles.SIGNED_PREKEY_SIZE)),
        Secret(reader.raw(EXCHANGE_SIZE)),
        Secret(reader.raw(KEM_SEED_SIZE)),
    )
    reader.end()
    return secret


def encode_one_time(secret: OneTimeSecret) -> bytes:
    """Encode to 1348 bytes for the enciphered store."""
    return (
        Writer()
        .raw(bundles.encode_one_time(secret.public), bundles.ONE_TIME_SIZE)
        .raw(secret.batch_root, _ROOT_SIZE)
        .raw(secret.exchange.reveal(), EXCHANGE_SIZE)
        .raw(secret.seed.reveal(), KEM_SEED_SIZE)
        .bytes()
    )


def decode_one_time(data: bytes) -> OneTimeSecret:
    """Decode exactly 1348 bytes."""
    reader = Reader(data)
    secret = OneTimeSecret(
        bundles.decode_one_time(reader.raw(bundles.ONE_TIME_SIZE)),
        reader.raw(_ROOT_SIZE),
        Secret(reader.raw(EXCHANGE_SIZE)),
        Secret(reader.raw(KEM_SEED_SIZE)),
    )
    reader.end()
    return secret
