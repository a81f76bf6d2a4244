"""Prekeys: what a device leaves at the relay for a first message (docs/spec/prekeys.md 2)."""

from dataclasses import dataclass, field

from secmsg.errors import FormatError
from secmsg.ids import CertificateRef
from secmsg.wire.codec import Reader, Writer

EXCHANGE_SIZE = 32
KEM_1024_SIZE = 1568
KEM_768_SIZE = 1184
SIGNATURE_SIZE = 64 + 3309
HASH_SIZE = 32

SIGNED_PREKEY_SIZE = 5013
ONE_TIME_SIZE = 4 + EXCHANGE_SIZE + KEM_768_SIZE
BATCH_SIZE = 32 + 4 + 2 + HASH_SIZE + SIGNATURE_SIZE
MAX_BATCH = 256
"""One-time prekeys in one batch at most: the index is the low byte of the identifier."""

MAX_BATCH_VERSION = (1 << 24) - 1
MAX_PATH = 8
MAX_ENTRY = ONE_TIME_SIZE + MAX_PATH * HASH_SIZE
MAX_BUNDLE = SIGNED_PREKEY_SIZE + 1 + BATCH_SIZE + 2 + MAX_ENTRY

_SIGNED_ONLY = 0
_WITH_BATCH = 1
_WITH_ENTRY = 3


@dataclass(frozen=True, slots=True)
class SignedPrekey:
    """A device's prekey of the week: X25519 and ML-KEM-1024, signed by the device (docs/spec/prekeys.md 2.1).

    `not_after` is UTC seconds; `spk_id` is 1 to 2^32 - 1, 0 stands for none elsewhere.
    """

    cert_ref: CertificateRef
    spk_id: int
    x25519: bytes = field(repr=False)
    ml_kem_1024: bytes = field(repr=False)
    not_after: int
    signature: bytes = field(repr=False)


def signed_part(prekey: SignedPrekey) -> bytes:
    """Return the 1 640 bytes that the device's signature covers."""
    if not (1 <= prekey.spk_id < 1 << 32 and 1 <= prekey.not_after < 1 << 32):
        raise FormatError("a prekey's number and end are 1 to 2^32 - 1")
    writer = Writer().raw(prekey.cert_ref, HASH_SIZE).u32(prekey.spk_id)
    writer.raw(prekey.x25519, EXCHANGE_SIZE).raw(prekey.ml_kem_1024, KEM_1024_SIZE).u32(prekey.not_after)
    return writer.bytes()


def encode_signed(prekey: SignedPrekey) -> bytes:
    """Write the record: 5 013 bytes; FormatError on a value out of bounds."""
    return signed_part(prekey) + Writer().raw(prekey.signature, SIGNATURE_SIZE).bytes()


def decode_signed(data: bytes) -> SignedPrekey:
    """Read exactly 5 013 bytes; the signature is not looked at here."""
    if len(data) != SIGNED_PREKEY_SIZE:
        raise FormatError("a signed prekey has 5013 bytes")
    reader = Reader(data)
    prekey = SignedPrekey(
        cert_ref=CertificateRef(reader.raw(HASH_SIZE)),
        spk_id=reader.u32(),
        x25519=reader.raw(EXCHANGE_SIZE),
        ml_kem_1024=reader.raw(KEM_1024_SIZE),
        not_after=reader.u32(),
        signature=reader.raw(SIGNATURE_SIZE),
    )
    reader.end()
    signed_part(prekey)
    return prekey


@dataclass(frozen=True, slots=True)
class OneTimePrekey:
    """A prekey for one first message: X25519 and ML-KEM-768 (docs/spec/prekeys.md 2.2).

    The identifier is the batch's version in the upper 24 bits and the index in the batch in the lower 8.
    """

    opk_id: int
    x25519: bytes = field(repr=False)
    ml_kem_768: bytes = field(repr=False)

    @property
    def batch_version(self) -> int:
        """The version of the batch this prekey belongs to."""
        return self.opk_id >> 8

    @property
    def index(self) -> int:
        """The place in the batch, from 0."""
        return self.opk_id & 0xFF


def one_time_id(version: int, index: int) -> int:
    """Return the identifier of the prekey at `index` (0 to 255) of batch `version` (1 to 2^24 - 1)."""
    if not (1 <= version <= MAX_BATCH_VERSION and 0 <= index < MAX_BATCH):
        raise FormatError("a batch has version 1 to 2^24 - 1 and index 0 to 255")
    return version << 8 | index


def encode_one_time(prekey: OneTimePrekey) -> bytes:
    """Write identifier, X25519 and ML-KEM-768: 1 220 bytes, the leaf of the batch's tree."""
    one_time_id(prekey.batch_version, prekey.index)
    writer = Writer().u32(prekey.opk_id).raw(prekey.x25519, EXCHANGE_SIZE).raw(prekey.ml_kem_768, KEM_768_SIZE)
    return writer.bytes()


def decode_one_time(data: bytes) -> OneTimePrekey:
    """Read exactly 1 220 bytes."""
    if len(data) != ONE_TIME_SIZE:
        raise FormatError("a one-time prekey has 1220 bytes")
    reader = Reader(data)
    prekey = OneTimePrekey(reader.u32(), reader.raw(EXCHANGE_SIZE), reader.raw(KEM_768_SIZE))
    reader.end()
    one_time_id(prekey.batch_version, prekey.index)
    return prekey


@dataclass(frozen=True, slots=True)
class PrekeyBatch:
    """The signed head of a Merkle tree of one-time prekeys (docs/spec/prekeys.md 2.3).

    `version` only rises; `count` is 1 to 256: an old batch served again or a false exhaustion is noticed.
    """

    cert_ref: CertificateRef
    version: int
    count: int
    root: bytes
    signature: bytes = field(repr=False)


def batch_part(batch: PrekeyBatch) -> bytes:
    """Return the 70 bytes that the device's signature covers."""
    if not (1 <= batch.version <= MAX_BATCH_VERSION and 1 <= batch.count <= MAX_BATCH):
        raise FormatError("a batch has version 1 to 2^24 - 1 and count 1 to 256")
    writer = Writer().raw(batch.cert_ref, HASH_SIZE).u32(batch.version).u16(batch.count)
    return writer.raw(batch.root, HASH_SIZE).bytes()


def encode_batch(batch: PrekeyBatch) -> bytes:
    """Write the record: 3 443 bytes; FormatError on a value out of bounds."""
    return batch_part(batch) + Writer().raw(batch.signature, SIGNATURE_SIZE).bytes()


def decode_batch(data: bytes) -> PrekeyBatch:
    """Read exactly 3 443 bytes; the signature is not looked at here."""
    if len(data) != BATCH_SIZE:
        raise FormatError("a prekey batch has 3443 bytes")
    reader = Reader(data)
    batch = PrekeyBatch(
        cert_ref=CertificateRef(reader.raw(HASH_SIZE)),
        version=reader.u32(),
        count=reader.u16(),
        root=reader.raw(HASH_SIZE),
        signature=reader.raw(SIGNATURE_SIZE),
    )
    reader.end()
    batch_part(batch)
    return batch


@dataclass(frozen=True, slots=True)
class OneTimeEntry:
    """A one-time prekey with its path to the batch's root; the index is in the identifier."""

    opk: OneTimePrekey
    path: tuple[bytes, ...]


def encode_entry(entry: OneTimeEntry) -> bytes:
    """Write prekey and path: 1 220 + 32 for each hash, at most 1 476 bytes."""
    if len(entry.path) > MAX_PATH:
        raise FormatError("a prekey's path has at most 8 hashes")
    writer = Writer().raw(encode_one_time(entry.opk), ONE_TIME_SIZE)
    for node in entry.path:
        writer.raw(node, HASH_SIZE)
    return writer.bytes()


def decode_entry(data: bytes) -> OneTimeEntry:
    """Read prekey and path; the length alone says how many hashes there are."""
    hashes, rest = divmod(len(data) - ONE_TIME_SIZE, HASH_SIZE)
    if rest or not 0 <= hashes <= MAX_PATH:
        raise FormatError("a one-time entry has 1220 bytes and at most 8 hashes")
    path = tuple(data[start : start + HASH_SIZE] for start in range(ONE_TIME_SIZE, len(data), HASH_SIZE))
    return OneTimeEntry(decode_one_time(data[:ONE_TIME_SIZE]), path)


@dataclass(frozen=True, slots=True)
class Bundle:
    """What the relay answers to one who wants to write first (docs/spec/prekeys.md 2.5).

    Without `entry` the first message is a last resort; an entry is never without its batch.
    """

    signed: SignedPrekey
    batch: PrekeyBatch | None
    entry: OneTimeEntry | None


def encode(bundle: Bundle) -> bytes:
    """Write the bundle: 5 014 to 9 935 bytes; FormatError when an entry has no batch."""
    writer = Writer().raw(encode_signed(bundle.signed), SIGNED_PREKEY_SIZE)
    if bundle.batch is None:
        if bundle.entry is not None:
            raise FormatError("a one-time entry needs its batch")
        return writer.u8(_SIGNED_ONLY).bytes()
    batch = encode_batch(bundle.batch)
    if bundle.entry is None:
        return writer.u8(_WITH_BATCH).raw(batch, BATCH_SIZE).bytes()
    entry = encode_entry(bundle.entry)
    return writer.u8(_WITH_ENTRY).raw(batch, BATCH_SIZE).u16(len(entry)).raw(entry, len(entry)).bytes()


def decode(data: bytes) -> Bundle:
    """Read a bundle, every byte of it; signatures and path are not looked at here."""
    if len(data) > MAX_BUNDLE:
        raise FormatError("a bundle has at most 9935 bytes")
    reader = Reader(data)
    signed = decode_signed(reader.raw(SIGNED_PREKEY_SIZE))
    batch: PrekeyBatch | None = None
    entry: OneTimeEntry | None = None
    parts = reader.u8()
    if parts not in {_SIGNED_ONLY, _WITH_BATCH, _WITH_ENTRY}:
        raise FormatError("a bundle's parts are 0, 1 or 3")
    if parts != _SIGNED_ONLY:
        batch = decode_batch(reader.raw(BATCH_SIZE))
    if parts == _WITH_ENTRY:
        entry = decode_entry(reader.raw(reader.u16()))
    reader.end()
    return Bundle(signed, batch, entry)
