"""What a station believes: the directory after the editions it has verified (docs/spec/directory.md 6, 7)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType

from secmsg.authority.edition import (
    apply_block,
    contents_hash,
    edition_root,
    in_order,
    path_to,
    reference,
    root_hash,
    tree_root,
    unseal_block,
)
from secmsg.authority.root import verify_issuer
from secmsg.crypto import hashing, labels, signing
from secmsg.crypto.secret import Secret
from secmsg.crypto.signing import Level
from secmsg.errors import Expired, Forked, FormatError, NotEntitled, NotListed, Rollback, SignatureError
from secmsg.ids import CertificateRef, DeviceId, EditionNumber, PersonId, StationId
from secmsg.wire import certificate as certificates
from secmsg.wire.cable import Degree
from secmsg.wire.certificate import Certificate, CertificateType, IssuerCertificate, RootCertificate
from secmsg.wire.codec import Reader, Writer
from secmsg.wire.contents import (
    EMPTY,
    MAX_CONTENTS,
    Contents,
    PersonEntry,
    StationEntry,
    decode_contents,
    encode_contents,
)
from secmsg.wire.directory import (
    HEAD_SIZE,
    NO_HASH,
    SIGNATURE_SIZE,
    Edition,
    EditionHead,
    MerklePath,
    decode_head,
    encode_head,
)

GRACE = 24 * 3600
"""Seconds by which our clock may be wrong before a validity counts as left; use inside it is flagged."""

_STORED_VERSION = 1


class Validity(Enum):
    """Where a moment lies in a certificate's validity."""

    INSIDE = "inside"
    GRACE = "grace"


def validity(certificate: Certificate, now: int) -> Validity:
    """Place `now` in the validity, both ends included; Expired beyond 24 h of grace on either side."""
    if certificate.not_before <= now <= certificate.not_after:
        return Validity.INSIDE
    if certificate.not_before - GRACE <= now <= certificate.not_after + GRACE:
        return Validity.GRACE
    raise Expired(f"the {certificate.type.name.lower()} certificate {certificate.serial} is outside its validity")


@dataclass(frozen=True, slots=True)
class Directory:
    """One verified edition: who is listed, under which names, and where to deposit for whom.

    `root` is the hash of the signed head: the next edition repeats it, packets carry its first 8 bytes.
    Made by `verify_editions`, by `next_edition` or by `decode_directory`, never by hand.
    """

    root_certificate: RootCertificate = field(repr=False)
    issuer: IssuerCertificate = field(repr=False)
    head: EditionHead
    signature: bytes = field(repr=False)
    root: bytes
    certificates: Mapping[CertificateRef, Certificate] = field(repr=False)
    contents: Contents = field(repr=False)

    @property
    def number(self) -> EditionNumber:
        """The edition's number."""
        return self.head.number

    @property
    def issued_at(self) -> int:
        """Headquarters' time at the edition, UTC seconds: our clock cannot truly be before it."""
        return self.head.issued_at

    @property
    def stations(self) -> tuple[StationEntry, ...]:
        """All stations, by rising number."""
        return self.contents.stations

    @property
    def persons(self) -> tuple[PersonEntry, ...]:
        """All persons who sign, by rising number."""
        return self.contents.persons

    def device(self, ref: CertificateRef, now: int) -> Certificate:
        """Return a device's certificate for a use at `now`.

        NotListed, NotEntitled (another type) or Expired, in this order.
        """
        return self._entitled(ref, CertificateType.DEVICE, now)

    def person(self, ref: CertificateRef, now: int) -> Certificate:
        """Return a person's certificate for a use at `now`; errors as for `device`."""
        return self._entitled(ref, CertificateType.PERSON, now)

    def _entitled(self, ref: CertificateRef, kind: CertificateType, now: int) -> Certificate:
        # 1. Listed: absence is revocation.
        certificate = self.certificates.get(ref)
        if certificate is None:
            raise NotListed(f"edition {self.number} does not list this certificate")
        # 2. Of the type that this use asks for.
        if certificate.type is not kind:
            raise NotEntitled(f"a {certificate.type.name.lower()}'s certificate is no {kind.name.lower()}'s")
        # 3. Valid now. A clock set back behind the edition gains nothing.
        validity(certificate, max(now, self.issued_at))
        return certificate

    def devices_of(self, station: StationId, now: int) -> tuple[Certificate, ...]:
        """Return the devices of a station to which one may write at `now`, by rising device number."""
        moment = max(now, self.issued_at)
        found = [
            certificate
            for certificate in self.certificates.values()
            if certificate.type is CertificateType.DEVICE
            and certificate.station == station
            and certificate.not_before - GRACE <= moment <= certificate.not_after + GRACE
        ]
        return tuple(sorted(found, key=lambda certificate: (certificate.subject, certificate.serial)))

    def station(self, station: StationId) -> StationEntry:
        """Return a station's names; NotListed."""
        for entry in self.contents.stations:
            if entry.id == station:
                return entry
        raise NotListed(f"edition {self.number} does not list station {station}")

    def person_entry(self, person: PersonId) -> PersonEntry:
        """Return a person's name and title; NotListed."""
        for entry in self.contents.persons:
            if entry.id == person:
                return entry
        raise NotListed(f"edition {self.number} does not list person {person}")

    def mailbox_secret(self, device: DeviceId) -> Secret:
        """Return the secret from which a device's mailboxes are derived; NotListed."""
        for entry in self.contents.mailboxes:
            if entry.device == device:
                return Secret(entry.secret)
        raise NotListed(f"edition {self.number} does not list device {device}")

    def path(self, ref: CertificateRef) -> MerklePath:
        """Return the path with which a listed certificate stands alone beside the signed head; NotListed."""
        if ref not in self.certificates:
            raise NotListed(f"edition {self.number} does not list this certificate")
        return path_to(in_order(self.certificates.values()), self.certificates[ref])


def check_degree(certificate: Certificate, degree: Degree) -> None:
    """Refuse a subject whose limit is below `degree`; NotEntitled."""
    if degree > certificate.degree:
        raise NotEntitled(f"the certificate ends at degree {certificate.degree.name}")


# Editions


class OwnEntry(Enum):
    """What a new edition says about the one who reads it."""

    LISTED = "listed"
    MISSING = "missing"
    DUPLICATED = "duplicated"
    """Another certificate stands for the same device or person: a second key writes and reads as us."""


class Clock(Enum):
    """Whether our clock can be right."""

    PLAUSIBLE = "plausible"
    BEHIND = "behind"
    """More than the grace before the time at which headquarters issued the edition."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """An edition that was verified, and what the officer should be told about it.

    `own` answers for the certificates given as `own`, in that order; `added` and `removed` compare with the
    directory before (everything is added where there was none).
    """

    directory: Directory
    own: tuple[OwnEntry, ...]
    clock: Clock
    added: tuple[Certificate, ...]
    removed: tuple[Certificate, ...]


def verify_edition(
    current: Directory | None,
    pinned_root: bytes,
    edition: Edition,
    cover_roots: Mapping[int, Secret],
    now: int,
    own: Sequence[Certificate] = (),
) -> Accepted:
    """Verify one edition against the directory before it; see `verify_editions`."""
    return verify_editions(current, pinned_root, (edition,), cover_roots, now, own)


def verify_editions(
    current: Directory | None,
    pinned_root: bytes,
    editions: Sequence[Edition],
    cover_roots: Mapping[int, Secret],
    now: int,
    own: Sequence[Certificate] = (),
) -> Accepted:
    """Verify consecutive editions against the directory before them, oldest first (docs/spec/directory.md 6).

    Without `current` the first edition must be full and its root certificate must hash to `pinned_root`;
    with one, the root it trusts counts. `cover_roots` maps an index to 32 bytes. Nothing is accepted unless
    all is. SignatureError, DecryptionError, FormatError, Expired, NotEntitled (a cover root is lacking),
    Rollback (older, or a gap), Forked (truly signed, and in conflict with `current`).
    """
    if not editions:
        raise FormatError("there is no edition to verify")
    directory = _follow(current, pinned_root, editions[0], cover_roots)
    for edition in editions[1:]:
        directory = _follow(directory, pinned_root, edition, cover_roots)
    # 11. Now: issuers of editions in between may have ended since, the newest one's may not.
    validity(directory.issuer.certificate, max(now, directory.issued_at))
    # 12. What the officer should know.
    before = {} if current is None else dict(current.certificates)
    return Accepted(
        directory=directory,
        own=tuple(_watch(directory, certificate) for certificate in own),
        clock=Clock.BEHIND if now < directory.issued_at - GRACE else Clock.PLAUSIBLE,
        added=_without(directory.certificates, before),
        removed=_without(before, directory.certificates),
    )


def _follow(
    current: Directory | None, pinned_root: bytes, edition: Edition, cover_roots: Mapping[int, Secret]
) -> Directory:
    """Take steps 1 to 10 for one edition, numbered as in docs/spec/directory.md 6."""
    head = edition.head
    root = edition_root(head)
    # 1. Place: the same edition again changes nothing; what is older or leaves a gap is refused unread.
    if current is not None:
        if root == current.root:
            return current
        if not current.number <= head.number <= current.number + 1:
            raise Rollback(f"edition {head.number} does not follow edition {current.number}")
    # 2. Root: pinned by the kit, or trusted already, or announced by the edition before.
    root_certificate = _root_of(current, pinned_root, edition)
    # 3. Issuer: named by the head, certified by the root, in office when it issued this.
    issuer = _issuer_of(current, edition)
    verify_issuer(root_certificate, issuer)
    if not issuer.certificate.not_before <= head.issued_at <= issuer.certificate.not_after:
        raise Expired("the issuer was not in office at the time of the edition")
    # 4. Signature over the head; everything below is compared with what it fixes.
    signing.verify(Level.STANDARD, issuer.certificate.public, labels.SIGN_EDITION, encode_head(head), edition.signature)
    # 5. Chain. A fork is cried only here: an unsigned head must not be able to raise that alarm.
    if current is not None:
        _check_chain(current, head)
    elif not edition.full:
        raise FormatError("the first edition must be a full one")
    # 6. Certificates: what was added and removed, applied.
    listed = _listed_after(current, edition)
    # 7. Tree: exactly these certificates were signed.
    if len(listed) != head.count or not hashing.equal(tree_root(listed), head.tree):
        raise SignatureError
    # 8. Block: opened with the cover root that the head names.
    cover_root = cover_roots.get(head.cover_index)
    if cover_root is None:
        raise NotEntitled(f"cover root {head.cover_index} is not here")
    block = unseal_block(cover_root, head, edition.sealed_block)
    # 9. Contents: exactly these were signed; members know the block's key, so the seal alone proves little.
    contents = apply_block(EMPTY if edition.full or current is None else current.contents, block)
    if not hashing.equal(contents_hash(contents), head.contents):
        raise SignatureError
    # 10. Agreement: certificates and contents speak of the same stations, devices and persons.
    check_agreement(head.number, listed, contents)
    return assemble(root_certificate, issuer, head, edition.signature, listed, contents)


def _root_of(current: Directory | None, pinned_root: bytes, edition: Edition) -> RootCertificate:
    if edition.root is None:
        if current is None:
            raise FormatError("the first edition must carry the root")
        return current.root_certificate
    offered = root_hash(edition.root)
    if current is None:
        trusted = [pinned_root]
    else:
        trusted = [root_hash(current.root_certificate)]
        if current.head.next_root != NO_HASH:
            trusted.append(current.head.next_root)
    if not any(hashing.equal(offered, known) for known in trusted):
        raise SignatureError
    return edition.root


def _issuer_of(current: Directory | None, edition: Edition) -> IssuerCertificate:
    issuer = edition.issuer if current is None or edition.issuer is not None else current.issuer
    if issuer is None or reference(issuer.certificate) != edition.head.issuer:
        raise SignatureError
    return issuer


def _check_chain(current: Directory, head: EditionHead) -> None:
    if head.number == current.number:
        raise Forked(f"there are two editions {head.number}")
    if not hashing.equal(head.previous_root, current.root):
        raise Forked(f"edition {head.number} follows another edition {current.number}")
    if head.issued_at < current.issued_at:
        raise Rollback(f"edition {head.number} is dated before edition {current.number}")
    if head.cover_index < current.head.cover_index:
        raise Rollback(f"edition {head.number} goes back to an older cover root")


def _listed_after(current: Directory | None, edition: Edition) -> tuple[Certificate, ...]:
    before: Mapping[CertificateRef, Certificate] = {} if current is None else current.certificates
    kept = {} if edition.full else dict(before)
    for ref in edition.removed:
        if ref not in kept:
            raise FormatError("an edition removes a certificate that is not listed")
        del kept[ref]
    for certificate in edition.added:
        ref = reference(certificate)
        if not edition.full and ref in before:
            raise FormatError("an edition adds a certificate that is listed already")
        if current is not None and ref not in before and certificate.edition != edition.head.number:
            # Otherwise a removed certificate could come back.
            raise FormatError("an edition adds a certificate made for another edition")
        kept[ref] = certificate
    return in_order(kept.values())


def check_agreement(number: EditionNumber, listed: Iterable[Certificate], contents: Contents) -> None:
    """Refuse certificates and contents that contradict each other; FormatError (docs/spec/directory.md 5)."""
    stations = {entry.id for entry in contents.stations}
    mailboxes = {(entry.device, entry.station) for entry in contents.mailboxes}
    persons = {(entry.id, entry.station) for entry in contents.persons}
    devices_listed: set[tuple[int, int]] = set()
    persons_listed: set[tuple[int, int]] = set()
    serials: set[int] = set()
    for certificate in listed:
        if certificate.edition > number:
            raise FormatError("an edition lists a certificate of a later one")
        if certificate.serial in serials:
            raise FormatError("an edition lists two certificates of one serial")
        serials.add(certificate.serial)
        if certificate.type is CertificateType.DEVICE:
            devices_listed.add((certificate.subject, certificate.station))
        elif certificate.type is CertificateType.PERSON:
            persons_listed.add((certificate.subject, certificate.station))
        else:
            raise FormatError("an edition lists devices and persons only")
    if devices_listed != mailboxes or persons_listed != persons:
        raise FormatError("certificates and entries of an edition do not fit together")
    if not {station for _, station in mailboxes | persons} <= stations:
        raise FormatError("an edition speaks of a station that it does not describe")


def assemble(
    root_certificate: RootCertificate,
    issuer: IssuerCertificate,
    head: EditionHead,
    signature: bytes,
    listed: Iterable[Certificate],
    contents: Contents,
) -> Directory:
    """Put a directory together from parts that were verified or are our own."""
    return Directory(
        root_certificate=root_certificate,
        issuer=issuer,
        head=head,
        signature=signature,
        root=edition_root(head),
        certificates=MappingProxyType({reference(certificate): certificate for certificate in listed}),
        contents=contents,
    )


def _watch(directory: Directory, own: Certificate) -> OwnEntry:
    same = [
        certificate
        for certificate in directory.certificates.values()
        if certificate.type is own.type and certificate.subject == own.subject
    ]
    if own not in same:
        return OwnEntry.MISSING
    return OwnEntry.LISTED if len(same) == 1 else OwnEntry.DUPLICATED


def _without(
    first: Mapping[CertificateRef, Certificate], second: Mapping[CertificateRef, Certificate]
) -> tuple[Certificate, ...]:
    return in_order(first[ref] for ref in first.keys() - second.keys())


# The store's form


def encode_directory(directory: Directory) -> bytes:
    """Write a directory for the enciphered store; it holds the mailbox secrets (docs/spec/directory.md 8)."""
    contents = encode_contents(directory.contents)
    listed = in_order(directory.certificates.values())
    writer = Writer().u8(_STORED_VERSION)
    writer.raw(certificates.encode_root(directory.root_certificate), certificates.ROOT_CERTIFICATE_SIZE)
    writer.raw(certificates.encode_issuer(directory.issuer), certificates.ISSUER_CERTIFICATE_SIZE)
    writer.raw(encode_head(directory.head), HEAD_SIZE).raw(directory.signature, SIGNATURE_SIZE)
    writer.u32(len(contents)).raw(contents, len(contents)).u16(len(listed))
    for certificate in listed:
        writer.raw(certificates.encode(certificate), certificates.BODY_SIZE)
    return writer.bytes()


def decode_directory(data: bytes) -> Directory:
    """Read what `encode_directory` wrote; FormatError on anything else.

    Tree and contents are compared with the head again; signatures are not: the store authenticates its pages.
    """
    reader = Reader(data)
    if reader.u8() != _STORED_VERSION:
        raise FormatError("a stored directory has version 1")
    root_certificate = certificates.decode_root(reader.raw(certificates.ROOT_CERTIFICATE_SIZE))
    issuer = certificates.decode_issuer(reader.raw(certificates.ISSUER_CERTIFICATE_SIZE))
    head = decode_head(reader.raw(HEAD_SIZE))
    signature = reader.raw(SIGNATURE_SIZE)
    contents_size = reader.u32()
    if contents_size > MAX_CONTENTS:
        raise FormatError("a stored directory's contents have at most 3 MiB")
    contents = decode_contents(reader.raw(contents_size))
    count = reader.u16()
    if count != head.count:
        raise FormatError("a stored directory has another number of certificates than its head")
    listed = tuple(certificates.decode(reader.raw(certificates.BODY_SIZE)) for _ in range(count))
    reader.end()
    if tree_root(listed) != head.tree or contents_hash(contents) != head.contents:
        raise FormatError("a stored directory does not fit its head")
    check_agreement(head.number, listed, contents)
    return assemble(root_certificate, issuer, head, signature, listed, contents)
