"""Enrolment: a device's request, the certificates that answer it, the sealed kit (docs/spec/enrolment.md)."""

from collections.abc import Sequence
from dataclasses import dataclass

from secmsg.authority import coded
from secmsg.authority.coded import CodedFile
from secmsg.authority.directory import Cover, snapshot
from secmsg.authority.edition import reference, root_hash
from secmsg.authority.trust import Accepted, Directory, verify_edition
from secmsg.crypto import hashing, labels, signing
from secmsg.crypto.passphrase import KdfCost
from secmsg.crypto.randomness import Random
from secmsg.crypto.secret import Secret
from secmsg.crypto.signing import Level, SigningKey
from secmsg.errors import EnrolmentError, NotListed, SignatureError
from secmsg.ids import DeviceId, EditionNumber, PersonId, StationId
from secmsg.protocol import prekeys
from secmsg.protocol.prekeys import Granted
from secmsg.wire.bundle import Bundle
from secmsg.wire.cable import Degree
from secmsg.wire.certificate import Certificate, CertificateType, Role
from secmsg.wire.enrolment import (
    FINGERPRINT_SIZE,
    MAX_KIT,
    CoverRoot,
    Kit,
    RelayEntry,
    Request,
    RequestPrekeys,
    decode_kit,
    encode_kit,
    encode_request,
    request_part,
)

_KIT = CodedFile(labels.KIT, "kit", MAX_KIT)
_BY_DEVICE = b"\x01"
_BY_PERSON = b"\x02"


# The request


def make_request(
    device: SigningKey,
    person: SigningKey,
    *,
    station: StationId,
    role: Role,
    name: str,
    title: str,
    created_at: int,
    first_keys: RequestPrekeys | None = None,
) -> Request:
    """Ask for certificates for two keys, each of which signs; FormatError on a value out of bounds.

    `first_keys` let headquarters open a session before the device has any line.
    """
    unsigned = Request(station, role, device.public, person.public, name, title, created_at, b"", b"", first_keys)
    body = request_part(unsigned)
    return Request(
        station=station,
        role=role,
        device_public=device.public,
        person_public=person.public,
        name=name,
        title=title,
        created_at=created_at,
        device_signature=signing.sign(device, labels.SIGN_REQUEST, _BY_DEVICE + body),
        person_signature=signing.sign(person, labels.SIGN_REQUEST, _BY_PERSON + body),
        prekeys=first_keys,
    )


def verify_request(request: Request) -> None:
    """Accept a request whose two keys differ and have both signed it; EnrolmentError otherwise."""
    if request.device_public == request.person_public:
        raise EnrolmentError("device and person must have keys of their own")
    body = request_part(request)
    for public, first, signature in (
        (request.device_public, _BY_DEVICE, request.device_signature),
        (request.person_public, _BY_PERSON, request.person_signature),
    ):
        try:
            signing.verify(Level.STANDARD, public, labels.SIGN_REQUEST, first + body, signature)
        except SignatureError:
            raise EnrolmentError("the request is not signed by both of its keys") from None


def granted_prekeys(request: Request, device: Certificate, place: int) -> Granted:
    """Return the prekeys of a request, at `place` of them, under the certificate that answers it.

    EnrolmentError when the request is not proven, is not answered by this certificate, or holds no prekeys;
    NotEntitled as for `prekeys.granted`.
    """
    verify_request(request)
    if device.public != request.device_public:
        raise EnrolmentError("the certificate does not answer this request")
    if request.prekeys is None:
        raise EnrolmentError("the request holds no prekeys: an older version made it")
    return prekeys.granted(request.prekeys.signed, request.prekeys.one_time, place, device)


def fingerprint(request: bytes) -> bytes:
    """Return the 16 bytes of a request file that both sides read to each other before it is granted."""
    return hashing.short(labels.HASH_REQUEST.encode(), b"\x00", request)[:FINGERPRINT_SIZE]


@dataclass(frozen=True, slots=True)
class Grant:
    """What headquarters decides about a request, which itself decides nothing: numbers, role, limits."""

    station: StationId
    device: DeviceId
    person: PersonId
    role: Role
    degree: Degree
    device_serial: int
    person_serial: int
    not_before: int
    not_after: int
    edition: EditionNumber


def certify(request: Request, grant: Grant, directory: Directory | None) -> tuple[Certificate, Certificate]:
    """Make the certificates of device and person that edition `grant.edition` is to list.

    EnrolmentError when the request is not proven or one of its keys is listed already: no key has two owners.
    The officer at headquarters has compared the fingerprint before.
    """
    verify_request(request)
    listed = set() if directory is None else {each.public for each in directory.certificates.values()}
    if request.device_public in listed or request.person_public in listed:
        raise EnrolmentError("a key of the request is listed already")
    return (
        _certificate(CertificateType.DEVICE, grant.device, grant.device_serial, request.device_public, grant),
        _certificate(CertificateType.PERSON, grant.person, grant.person_serial, request.person_public, grant),
    )


def _certificate(kind: CertificateType, subject: int, serial: int, public: bytes, grant: Grant) -> Certificate:
    return Certificate(
        serial=serial,
        type=kind,
        station=grant.station,
        subject=subject,
        role=grant.role,
        degree=grant.degree,
        not_before=grant.not_before,
        not_after=grant.not_after,
        edition=grant.edition,
        public=public,
    )


# The kit


def prepare_kit(
    request: Request,
    directory: Directory,
    device: Certificate,
    person: Certificate,
    *,
    covers: Sequence[Cover],
    relays: Sequence[RelayEntry],
    prepared_at: int,
    bundles: Sequence[Bundle] = (),
) -> Kit:
    """Collect what an enrolled device needs; `covers` (rising) hold the one the directory's edition names.

    NotListed when the directory does not list both certificates yet; EnrolmentError when its cover root is
    not among `covers`.
    """
    refs = (reference(device), reference(person))
    if not all(ref in directory.certificates for ref in refs):
        raise NotListed("a kit is made after the edition that lists its device and person")
    for cover in covers:
        if cover.index == directory.head.cover_index:
            edition = snapshot(directory, cover)
            break
    else:
        raise EnrolmentError("the edition's cover root is not among the kit's")
    return Kit(
        station=device.station,
        device=device.device,
        person=person.person,
        device_ref=refs[0],
        person_ref=refs[1],
        request=fingerprint(encode_request(request)),
        prepared_at=prepared_at,
        root_hash=root_hash(directory.root_certificate),
        edition=edition,
        cover_roots=tuple(CoverRoot(cover.index, cover.root.reveal()) for cover in covers),
        relays=tuple(relays),
        bundles=tuple(bundles),
    )


def activation_code(random: Random) -> Secret:
    """Draw the code that opens one kit: 20 bytes, carried separately from it."""
    return coded.draw_code(random)


def seal_kit(kit: Kit, code: Secret, cost: KdfCost, random: Random) -> bytes:
    """Seal a kit under its activation code; EnrolmentError on a code below 100 bits (docs/spec/enrolment.md 4)."""
    return coded.seal(_KIT, encode_kit(kit), code, cost, random)


def open_kit(sealed: bytes, code: Secret, floor: KdfCost) -> Kit:
    """Open a kit; EnrolmentError when the code is another, the file was changed or its cost is out of bounds.

    FormatError when it is too short, or what was sealed is no kit. Argon2id below `floor` is refused.
    """
    return decode_kit(coded.open_file(_KIT, sealed, code, floor))


@dataclass(frozen=True, slots=True)
class Joined:
    """What a device knows after it took its kit: its first directory and its own certificates.

    `accepted.own` answers for device and person, in this order.
    """

    accepted: Accepted
    device: Certificate
    person: Certificate


def accept_kit(kit: Kit, request: Request, now: int) -> Joined:
    """Take a kit for the request this device made (docs/spec/enrolment.md 5).

    EnrolmentError when it answers another request or lists others' keys; the errors of `verify_edition`
    when its edition is not to be believed; NotListed, NotEntitled or Expired when the certificates are not.
    """
    # 1. The kit answers this very request.
    if not hashing.equal(kit.request, fingerprint(encode_request(request))):
        raise EnrolmentError("the kit answers another request")
    # 2. Its edition is the root's.
    covers = {cover.index: Secret(cover.root) for cover in kit.cover_roots}
    own = [each for each in kit.edition.added if reference(each) in {kit.device_ref, kit.person_ref}]
    accepted = verify_edition(None, kit.root_hash, kit.edition, covers, now, own)
    directory = accepted.directory
    # 3. Both certificates are listed, of their types, and valid.
    device = directory.device(kit.device_ref, now)
    person = directory.person(kit.person_ref, now)
    # 4. They certify our keys under the numbers that the kit names.
    if (device.public, person.public) != (request.device_public, request.person_public):
        raise EnrolmentError("the kit's certificates are for other keys")
    if (device.station, device.device, person.station, person.person) != (
        kit.station, kit.device, kit.station, kit.person,
    ):  # fmt: skip
        raise EnrolmentError("the kit's numbers are not its certificates'")
    return Joined(accepted, device, person)
