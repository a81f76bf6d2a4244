"""The parts of an edition: its hashes, its tree, its sealed block (docs/spec/directory.md 4 and 5)."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from secmsg.crypto import hashing, labels, merkle, sealing
from secmsg.crypto.kdf import derive
from secmsg.crypto.secret import Secret
from secmsg.errors import FormatError, SignatureError
from secmsg.ids import CertificateRef
from secmsg.wire import certificate as certificates
from secmsg.wire.certificate import Certificate, RootCertificate
from secmsg.wire.contents import (
    Block,
    Contents,
    MailboxEntry,
    PersonEntry,
    StationEntry,
    decode_block,
    encode_block,
    encode_contents,
)
from secmsg.wire.directory import EditionHead, MerklePath, encode_head

COVER_ROOT_SIZE = 32
"""Bytes of a cover root."""

_Entry = TypeVar("_Entry", MailboxEntry, StationEntry, PersonEntry)


def reference(certificate: Certificate) -> CertificateRef:
    """Return the hash by which a certificate is named: SHA-512/256 of its body."""
    return CertificateRef(hashing.short(certificates.encode(certificate)))


def root_hash(root: RootCertificate) -> bytes:
    """Return the 32 bytes by which a root certificate is known and announced (docs/spec/certificate.md 4)."""
    return hashing.short(labels.HASH_ROOT.encode(), b"\x00", certificates.encode_root(root))


def edition_root(head: EditionHead) -> bytes:
    """Return an edition's root: the hash of its head, which the next edition and every packet repeat."""
    return hashing.short(labels.HASH_EDITION.encode(), b"\x00", encode_head(head))


def contents_hash(contents: Contents) -> bytes:
    """Return the hash of the whole contents that the head carries."""
    return hashing.short(labels.HASH_CONTENTS.encode(), b"\x00", encode_contents(contents))


def in_order(listed: Iterable[Certificate]) -> tuple[Certificate, ...]:
    """Return certificates in the one order of the tree: rising encoded bodies."""
    return tuple(sorted(listed, key=certificates.encode))


def tree_root(listed: Sequence[Certificate]) -> bytes:
    """Return the Merkle root of certificates that are `in_order`."""
    return merkle.root([certificates.encode(certificate) for certificate in listed])


def path_to(listed: Sequence[Certificate], certificate: Certificate) -> MerklePath:
    """Return the path of one of the certificates that are `in_order`; FormatError when it is not there."""
    bodies = [certificates.encode(each) for each in listed]
    body = certificates.encode(certificate)
    if body not in bodies:
        raise FormatError("the certificate is not in the tree")
    index = bodies.index(body)
    return MerklePath(index, merkle.paths(bodies)[index])


def verify_path(head: EditionHead, certificate: Certificate, path: MerklePath) -> None:
    """Accept a certificate that stands in the tree of a verified head; SignatureError otherwise."""
    body = certificates.encode(certificate)
    try:
        root = merkle.root_of_path(body, path.index, head.count, path.hashes)
    except FormatError:
        raise SignatureError from None
    if not hashing.equal(root, head.tree):
        raise SignatureError


def seal_block(cover_root: Secret, head: EditionHead, block: Block) -> bytes:
    """Seal a block for all members: AES-256-SIV bound to the head (docs/spec/directory.md 4).

    A full and a partial block of one edition share the key: SIV mode stays safe, it takes no nonce.
    """
    return sealing.seal(_block_key(cover_root, head), encode_block(block), encode_head(head))


def unseal_block(cover_root: Secret, head: EditionHead, sealed: bytes) -> Block:
    """Open a block; DecryptionError when it is another edition's, another root's or was changed."""
    return decode_block(sealing.unseal(_block_key(cover_root, head), sealed, encode_head(head)))


def _block_key(cover_root: Secret, head: EditionHead) -> Secret:
    cover_root.exactly(COVER_ROOT_SIZE)
    return derive(b"", cover_root, labels.MAILBOXES, head.number.to_bytes(4), sealing.KEY_SIZE)


def apply_block(contents: Contents, block: Block) -> Contents:
    """Return the contents after a block: entries put replace those of the same identifier.

    FormatError when something is removed that is not there, or put and removed at once.
    """
    return Contents(
        mailboxes=_merged(
            {entry.device: entry for entry in contents.mailboxes},
            {entry.device: entry for entry in block.put.mailboxes},
            block.removed_devices,
        ),
        stations=_merged(
            {entry.id: entry for entry in contents.stations},
            {entry.id: entry for entry in block.put.stations},
            block.removed_stations,
        ),
        persons=_merged(
            {entry.id: entry for entry in contents.persons},
            {entry.id: entry for entry in block.put.persons},
            block.removed_persons,
        ),
    )


def _merged(kept: dict[int, _Entry], put: dict[int, _Entry], removed: Sequence[int]) -> tuple[_Entry, ...]:
    for identifier in removed:
        if identifier not in kept or identifier in put:
            raise FormatError("a block removes what is not there")
        del kept[identifier]
    merged = kept | put
    return tuple(merged[identifier] for identifier in sorted(merged))
