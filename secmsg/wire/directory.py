"""Directory editions: the signed head, the feed's segments, a certificate's path (docs/spec/directory.md).

Nothing here computes a hash or looks at a signature: `secmsg.authority.trust` does.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

from secmsg.errors import FormatError
from secmsg.ids import CertificateRef, EditionNumber
from secmsg.wire import certificate as certificates
from secmsg.wire.certificate import Certificate, IssuerCertificate, RootCertificate
from secmsg.wire.codec import Reader, Writer
from secmsg.wire.contents import MAX_LISTED

HASH_SIZE = 32
HEAD_SIZE = 176
SIGNATURE_SIZE = 64 + 3309

MAX_PATH = 16
"""Hashes in a path at most: room for 65 536 certificates, more than a directory may list."""

MAX_CERTIFICATES = 2 * MAX_LISTED
"""As many as devices and persons may be listed."""

MAX_SEALED_BLOCK = 4 * 1024 * 1024

MAX_SEGMENT = 16 * 1024 * 1024

NO_HASH = bytes(HASH_SIZE)
"""Stands for "none": before the first edition, and while no next root is announced."""

_VERSION = 1
_FULL = 1
_WITH_ROOT = 2
_WITH_ISSUER = 4


@dataclass(frozen=True, slots=True)
class EditionHead:
    """What the issuer signs: it fixes every certificate, every mailbox and every name of one edition.

    `tree` is the Merkle root of all certificates and `count` how many they are; `contents` is the hash of the
    whole contents; `previous_root` is the hash of the head before (an edition's root is its head's hash), 32
    zero bytes for number 1; `next_root` is the hash of the announced next root certificate or zeros;
    `cover_index` says which cover root seals the block; `issuer` is the ref of the signing issuer.
    """

    number: EditionNumber
    issued_at: int
    cover_index: int
    count: int
    previous_root: bytes
    tree: bytes
    contents: bytes
    issuer: CertificateRef
    next_root: bytes = NO_HASH


def encode_head(head: EditionHead) -> bytes:
    """Write the head: 176 bytes, signed and hashed as they stand; FormatError on a value out of bounds."""
    if not (1 <= head.number < 1 << 32 and 1 <= head.issued_at < 1 << 32):
        raise FormatError("an edition's number and time are 1 to 2^32 - 1")
    if not (0 <= head.cover_index <= 0xFFFF and 1 <= head.count <= MAX_CERTIFICATES):
        raise FormatError(f"an edition lists 1 to {MAX_CERTIFICATES} certificates")
    if (head.number == 1) != (head.previous_root == NO_HASH):
        raise FormatError("edition 1 alone follows nothing")
    writer = Writer().u8(_VERSION).u8(certificates.SUITE).u16(head.cover_index)
    writer.u32(head.number).u32(head.issued_at).u32(head.count)
    for value in (head.previous_root, head.tree, head.contents, head.issuer, head.next_root):
        writer.raw(value, HASH_SIZE)
    return writer.bytes()


def decode_head(data: bytes) -> EditionHead:
    """Read exactly 176 bytes; FormatError on anything that `encode_head` does not write."""
    if len(data) != HEAD_SIZE:
        raise FormatError("an edition's head has 176 bytes")
    reader = Reader(data)
    if (reader.u8(), reader.u8()) != (_VERSION, certificates.SUITE):
        raise FormatError("an edition's head has version 1 and suite 1")
    cover_index = reader.u16()
    head = EditionHead(
        number=EditionNumber(reader.u32()),
        issued_at=reader.u32(),
        cover_index=cover_index,
        count=reader.u32(),
        previous_root=reader.raw(HASH_SIZE),
        tree=reader.raw(HASH_SIZE),
        contents=reader.raw(HASH_SIZE),
        issuer=CertificateRef(reader.raw(HASH_SIZE)),
        next_root=reader.raw(HASH_SIZE),
    )
    reader.end()
    encode_head(head)
    return head


@dataclass(frozen=True, slots=True)
class Edition:
    """One segment of the feed: a signed head and what changed since the edition before, or everything.

    `full` segments carry all certificates and all contents, and always root and issuer; others carry them
    only when they are new. `added` is in the order of the encoded bodies, `removed` in the order of the refs.
    """

    head: EditionHead
    signature: bytes = field(repr=False)
    root: RootCertificate | None
    issuer: IssuerCertificate | None
    full: bool
    sealed_block: bytes = field(repr=False)
    added: tuple[Certificate, ...]
    removed: tuple[CertificateRef, ...]


def encode(edition: Edition) -> bytes:
    """Write a segment (docs/spec/directory.md 3); FormatError on a value out of bounds."""
    if edition.full and (edition.root is None or edition.issuer is None or edition.removed):
        raise FormatError("a full segment carries root and issuer and removes nothing")
    _check_segment_counts(len(edition.sealed_block), len(edition.added), len(edition.removed))
    bodies = [certificates.encode(certificate) for certificate in edition.added]
    _check_rising(bodies, "added certificates")
    _check_rising(edition.removed, "removed certificates")
    parts = _FULL if edition.full else 0
    writer = Writer()
    writer.raw(encode_head(edition.head), HEAD_SIZE).raw(edition.signature, SIGNATURE_SIZE)
    parts |= _WITH_ROOT if edition.root is not None else 0
    parts |= _WITH_ISSUER if edition.issuer is not None else 0
    writer.u8(parts)
    if edition.root is not None:
        writer.raw(certificates.encode_root(edition.root), certificates.ROOT_CERTIFICATE_SIZE)
    if edition.issuer is not None:
        writer.raw(certificates.encode_issuer(edition.issuer), certificates.ISSUER_CERTIFICATE_SIZE)
    writer.u32(len(edition.sealed_block)).raw(edition.sealed_block, len(edition.sealed_block))
    writer.u16(len(bodies))
    for body in bodies:
        writer.raw(body, certificates.BODY_SIZE)
    writer.u16(len(edition.removed))
    for ref in edition.removed:
        writer.raw(ref, HASH_SIZE)
    return writer.bytes()


def decode(data: bytes) -> Edition:
    """Read a segment, every byte of it; signature, tree and block are not looked at here."""
    if len(data) > MAX_SEGMENT:
        raise FormatError("a segment has at most 16 MiB")
    reader = Reader(data)
    head = decode_head(reader.raw(HEAD_SIZE))
    signature = reader.raw(SIGNATURE_SIZE)
    parts = reader.u8()
    if parts > _FULL | _WITH_ROOT | _WITH_ISSUER:
        raise FormatError("a segment's parts are 0 to 7")
    root: RootCertificate | None = None
    issuer: IssuerCertificate | None = None
    if parts & _WITH_ROOT:
        root = certificates.decode_root(reader.raw(certificates.ROOT_CERTIFICATE_SIZE))
    if parts & _WITH_ISSUER:
        issuer = certificates.decode_issuer(reader.raw(certificates.ISSUER_CERTIFICATE_SIZE))
    block_size = reader.u32()
    _check_segment_counts(block_size, 0, 0)
    block = reader.raw(block_size)
    added_count = reader.u16()
    _check_segment_counts(0, added_count, 0)
    bodies = [reader.raw(certificates.BODY_SIZE) for _ in range(added_count)]
    removed_count = reader.u16()
    _check_segment_counts(0, 0, removed_count)
    removed = tuple(CertificateRef(reader.raw(HASH_SIZE)) for _ in range(removed_count))
    reader.end()
    _check_rising(bodies, "added certificates")
    _check_rising(removed, "removed certificates")
    full = bool(parts & _FULL)
    if full and (root is None or issuer is None or removed):
        raise FormatError("a full segment carries root and issuer and removes nothing")
    return Edition(
        head=head,
        signature=signature,
        root=root,
        issuer=issuer,
        full=full,
        sealed_block=block,
        added=tuple(certificates.decode(body) for body in bodies),
        removed=removed,
    )


def _check_segment_counts(block: int, added: int, removed: int) -> None:
    if block > MAX_SEALED_BLOCK:
        raise FormatError("a sealed block has at most 4 MiB")
    if added > MAX_CERTIFICATES or removed > MAX_CERTIFICATES:
        raise FormatError(f"a segment changes at most {MAX_CERTIFICATES} certificates")


@dataclass(frozen=True, slots=True)
class MerklePath:
    """The way from a certificate up to an edition's tree: its place, then the siblings from below."""

    index: int
    hashes: tuple[bytes, ...]


def encode_path(path: MerklePath) -> bytes:
    """Write u8 number of hashes, u16 index, the hashes: 3 to 515 bytes (docs/spec/certificate.md 3)."""
    if len(path.hashes) > MAX_PATH or not 0 <= path.index <= 0xFFFF:
        raise FormatError("a path has at most 16 hashes and an index to 65535")
    writer = Writer().u8(len(path.hashes)).u16(path.index)
    for node in path.hashes:
        writer.raw(node, HASH_SIZE)
    return writer.bytes()


def decode_path(data: bytes) -> MerklePath:
    """Read a path, every byte of it."""
    reader = Reader(data)
    count = reader.u8()
    if count > MAX_PATH:
        raise FormatError("a path has at most 16 hashes")
    index = reader.u16()
    path = MerklePath(index, tuple(reader.raw(HASH_SIZE) for _ in range(count)))
    reader.end()
    return path


def _check_rising(keys: Sequence[bytes], what: str) -> None:
    if any(first >= second for first, second in itertools.pairwise(keys)):
        raise FormatError(f"{what} are not in rising order")
