"""Signing a cable at its release and judging one that arrived: pure, given the directory (docs/spec/cable.md 5)."""

from dataclasses import dataclass

from secmsg.authority.trust import Directory, check_degree
from secmsg.crypto import hashing, labels, signing
from secmsg.crypto.signing import Level, SigningKey
from secmsg.errors import FormatError, NotEntitled
from secmsg.ids import CertificateRef, StationId
from secmsg.wire import cable as cable_wire
from secmsg.wire import manifest as manifest_wire
from secmsg.wire.cable import Annex, Cable, SignedCable
from secmsg.wire.certificate import Certificate
from secmsg.wire.manifest import Manifest
from secmsg.wire.slip import Slip


@dataclass(frozen=True, slots=True)
class Signer:
    """A certificate's reference and its key."""

    ref: CertificateRef
    key: SigningKey


@dataclass(frozen=True, slots=True)
class Judged:
    """An authentic cable addressed to us, and the certificate of the person who released it."""

    cable: Cable
    person: Certificate


def sign(cable: Cable, person: Signer, device: Signer, slips: tuple[Slip, ...]) -> SignedCable:
    """Sign a cable as the releasing person, then as the sending device."""
    encoded = cable_wire.encode(cable)
    by_person = signing.sign(person.key, labels.SIGN_CABLE_RELEASE, encoded)
    by_device = signing.sign(device.key, labels.SIGN_CABLE_STATION, encoded + by_person)
    return SignedCable(encoded, person.ref, by_person, device.ref, by_device, slips)


def judge(
    signed: SignedCable,
    directory: Directory,
    sender: Certificate,
    sender_ref: CertificateRef,
    own: StationId,
    now: int,
) -> Judged:
    """Accept a cable only when every step holds (NotListed, NotEntitled, Expired, SignatureError, FormatError).

    1. the device that signed is the one whose session brought it
    2. the person is listed, and both signatures verify
    3. the bytes are a canonical cable
    4. person, device and origin are of one station, and the releaser named is the person who signed
    5. the degree is within both certificates
    6. it is addressed to us
    7. there is one slip per annex, and it opens the manifest that the cable states

    Totals, separation of duties, names and numbers are no refusals: see `station.doubts`.
    """
    judged = _authentic(signed, directory, sender, sender_ref, now)
    # 6.
    if own not in judged.cable.action_to + judged.cable.info_to:
        raise NotEntitled("the cable is not addressed to this station")
    # 7.
    _check_slips(signed, judged.cable)
    return judged


def judge_copy(
    signed: SignedCable,
    directory: Directory,
    sender: Certificate,
    sender_ref: CertificateRef,
    own: StationId,
    now: int,
) -> Judged:
    """Accept the copy of a cable that another machine of this station released: as `judge`, but we are its origin."""
    judged = _authentic(signed, directory, sender, sender_ref, now)
    if judged.cable.origin != own:
        raise NotEntitled("a copy of a cable that is not this station's")
    _check_slips(signed, judged.cable)
    return judged


def _authentic(
    signed: SignedCable, directory: Directory, sender: Certificate, sender_ref: CertificateRef, now: int
) -> Judged:
    """Take steps 1 to 5 of `judge`."""
    # 1.
    if signed.device_ref != sender_ref:
        raise NotEntitled("another device signed this cable than the one that sent it")
    # 2.
    person = directory.person(signed.person_ref, now)
    signing.verify(Level.STANDARD, person.public, labels.SIGN_CABLE_RELEASE, signed.cable, signed.person_signature)
    signing.verify(
        Level.STANDARD,
        sender.public,
        labels.SIGN_CABLE_STATION,
        signed.cable + signed.person_signature,
        signed.device_signature,
    )
    # 3.
    cable = cable_wire.decode(signed.cable)
    # 4.
    if not cable.origin == sender.station == person.station:
        raise NotEntitled("the cable's origin is not the station of its signers")
    if cable.releaser.person != person.person:
        raise NotEntitled("the cable names another releaser than the one who signed")
    # 5.
    check_degree(person, cable.degree)
    check_degree(sender, cable.degree)
    return Judged(cable, person)


def _check_slips(signed: SignedCable, cable: Cable) -> None:
    if len(signed.slips) != len(cable.annexes):
        raise FormatError("the cable has another number of slips than of annexes")
    for slip, annex in zip(signed.slips, cable.annexes, strict=True):
        if slip.size != annex.size or slip.manifest_hash != annex.manifest_hash:
            raise FormatError("a slip does not belong to its annex")
        if not hashing.equal(manifest_hash(annex), annex.manifest_hash):
            raise FormatError("an annex does not state its own manifest")


def manifest_hash(annex: Annex) -> bytes:
    """Return the hash of the manifest that an annex's fields make."""
    stated = Manifest(annex.name, annex.media_type, annex.size, annex.pages, annex.content_hash)
    return hashing.short(manifest_wire.encode(stated))
