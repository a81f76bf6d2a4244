"""How headquarters makes the next edition (docs/spec/directory.md 3 to 5)."""

from collections.abc import Iterable
from dataclasses import dataclass

from secmsg.authority.edition import (
    apply_block,
    contents_hash,
    in_order,
    reference,
    root_hash,
    seal_block,
    tree_root,
)
from secmsg.authority.issuer import Issuer, sign_head
from secmsg.authority.root import verify_issuer
from secmsg.authority.trust import Directory, assemble, check_agreement
from secmsg.crypto.randomness import Random, secret
from secmsg.crypto.secret import Secret
from secmsg.errors import FormatError, NotListed, Rollback
from secmsg.ids import CertificateRef, DeviceId, EditionNumber, PersonId, StationId
from secmsg.wire.certificate import Certificate, CertificateType, RootCertificate
from secmsg.wire.contents import (
    EMPTY,
    SECRET_SIZE,
    Block,
    Contents,
    MailboxEntry,
    PersonEntry,
    StationEntry,
)
from secmsg.wire.directory import NO_HASH, Edition, EditionHead


@dataclass(frozen=True, slots=True)
class Cover:
    """A cover root (32 B) and its index, which only rises; whoever is dismissed never gets the next one."""

    index: int
    root: Secret


@dataclass(frozen=True, slots=True)
class Change:
    """What the next edition does: certificates that come and go, entries that come, change and go."""

    added: tuple[Certificate, ...] = ()
    removed: tuple[CertificateRef, ...] = ()
    mailboxes: tuple[MailboxEntry, ...] = ()
    stations: tuple[StationEntry, ...] = ()
    persons: tuple[PersonEntry, ...] = ()
    removed_devices: tuple[DeviceId, ...] = ()
    removed_stations: tuple[StationId, ...] = ()
    removed_persons: tuple[PersonId, ...] = ()


def together(changes: Iterable[Change]) -> Change:
    """Join several changes into one edition's."""
    listed = tuple(changes)
    return Change(
        added=tuple(each for change in listed for each in change.added),
        removed=tuple(each for change in listed for each in change.removed),
        mailboxes=tuple(each for change in listed for each in change.mailboxes),
        stations=tuple(each for change in listed for each in change.stations),
        persons=tuple(each for change in listed for each in change.persons),
        removed_devices=tuple(each for change in listed for each in change.removed_devices),
        removed_stations=tuple(each for change in listed for each in change.removed_stations),
        removed_persons=tuple(each for change in listed for each in change.removed_persons),
    )


def describe(station: StationEntry) -> Change:
    """Add a station's names, or change them."""
    return Change(stations=(station,))


def admit(device: Certificate, person: Certificate, entry: PersonEntry, random: Random) -> Change:
    """List a device with a fresh mailbox secret, and the person who signs at it."""
    mailbox = MailboxEntry(device.station, device.device, secret(random, SECRET_SIZE).reveal())
    return Change(added=(device, person), mailboxes=(mailbox,), persons=(entry,))


def dismiss_device(directory: Directory, device: DeviceId) -> Change:
    """Take a device off the list with every certificate and the mailbox it has; NotListed.

    The next edition should come with the next cover root, delivered to every other device before.
    """
    directory.mailbox_secret(device)
    return Change(removed=_refs(directory, CertificateType.DEVICE, device), removed_devices=(device,))


def dismiss_person(directory: Directory, person: PersonId) -> Change:
    """Take a person off the list; NotListed."""
    directory.person_entry(person)
    return Change(removed=_refs(directory, CertificateType.PERSON, person), removed_persons=(person,))


def renew(directory: Directory, certificate: Certificate) -> Change:
    """Replace every certificate of the same device or person by this one; NotListed when there is none."""
    removed = _refs(directory, certificate.type, certificate.subject)
    if not removed:
        raise NotListed("there is no certificate to renew")
    return Change(added=(certificate,), removed=removed)


def _refs(directory: Directory, kind: CertificateType, subject: int) -> tuple[CertificateRef, ...]:
    return tuple(
        ref
        for ref, certificate in directory.certificates.items()
        if certificate.type is kind and certificate.subject == subject
    )


def found(
    root: RootCertificate,
    issuer: Issuer,
    change: Change,
    cover: Cover,
    *,
    issued_at: int,
    next_root: bytes = NO_HASH,
) -> tuple[Directory, Edition]:
    """Make edition 1, a full one; FormatError when certificates and entries do not agree."""
    listed = in_order(change.added)
    contents = apply_block(EMPTY, _block(change))
    head = EditionHead(
        number=EditionNumber(1),
        issued_at=issued_at,
        cover_index=cover.index,
        count=len(listed),
        previous_root=NO_HASH,
        tree=tree_root(listed),
        contents=contents_hash(contents),
        issuer=issuer.ref,
        next_root=next_root,
    )
    directory = _issue(root, issuer, head, listed, contents)
    return directory, snapshot(directory, cover)


def next_edition(
    current: Directory,
    issuer: Issuer,
    change: Change,
    cover: Cover,
    *,
    issued_at: int,
    next_root: bytes = NO_HASH,
    root: RootCertificate | None = None,
) -> tuple[Directory, Edition]:
    """Make the edition after `current`, with what changed only.

    `root` is given when a new root takes over, which `current` must have announced; `next_root` announces
    one and is repeated in every edition until then. Rollback when time or cover index would go back,
    NotListed when something is removed that is not there, FormatError when the parts do not agree.
    """
    if issued_at < current.issued_at or cover.index < current.head.cover_index:
        raise Rollback("an edition's time and cover root never go back")
    trusted_root = current.root_certificate if root is None else root
    if root is not None and root_hash(root) not in (
        current.head.next_root,
        root_hash(current.root_certificate),
    ):
        raise FormatError("a new root must have been announced by the edition before")
    kept = dict(current.certificates)
    for ref in change.removed:
        if ref not in kept:
            raise NotListed("an edition removes only what is listed")
        del kept[ref]
    number = EditionNumber(current.number + 1)
    for certificate in change.added:
        if certificate.edition != number:
            raise FormatError(f"a certificate added by edition {number} must be made for it")
        kept[reference(certificate)] = certificate
    listed = in_order(kept.values())
    block = _block(change)
    contents = apply_block(current.contents, block)
    head = EditionHead(
        number=number,
        issued_at=issued_at,
        cover_index=cover.index,
        count=len(listed),
        previous_root=current.root,
        tree=tree_root(listed),
        contents=contents_hash(contents),
        issuer=issuer.ref,
        next_root=next_root,
    )
    directory = _issue(trusted_root, issuer, head, listed, contents)
    edition = Edition(
        head=head,
        signature=directory.signature,
        root=root,
        issuer=None if issuer.certificate == current.issuer else issuer.certificate,
        full=False,
        sealed_block=seal_block(cover.root, head, block),
        added=in_order(change.added),
        removed=tuple(sorted(change.removed)),
    )
    return directory, edition


def snapshot(directory: Directory, cover: Cover) -> Edition:
    """Write a verified directory as a full segment, for a kit or for the feed.

    FormatError on another cover root than the head's. Nothing is signed anew: the head's signature fixes
    the contents however they travel.
    """
    if cover.index != directory.head.cover_index:
        raise FormatError("a full segment is sealed under the cover root that its head names")
    return Edition(
        head=directory.head,
        signature=directory.signature,
        root=directory.root_certificate,
        issuer=directory.issuer,
        full=True,
        sealed_block=seal_block(cover.root, directory.head, Block(directory.contents)),
        added=in_order(directory.certificates.values()),
        removed=(),
    )


def _issue(
    root: RootCertificate,
    issuer: Issuer,
    head: EditionHead,
    listed: tuple[Certificate, ...],
    contents: Contents,
) -> Directory:
    verify_issuer(root, issuer.certificate)
    check_agreement(head.number, listed, contents)
    return assemble(root, issuer.certificate, head, sign_head(issuer, head), listed, contents)


def _block(change: Change) -> Block:
    put = Contents(
        mailboxes=tuple(sorted(change.mailboxes, key=lambda entry: entry.device)),
        stations=tuple(sorted(change.stations, key=lambda entry: entry.id)),
        persons=tuple(sorted(change.persons, key=lambda entry: entry.id)),
    )
    return Block(
        put=put,
        removed_devices=tuple(sorted(change.removed_devices)),
        removed_stations=tuple(sorted(change.removed_stations)),
        removed_persons=tuple(sorted(change.removed_persons)),
    )
