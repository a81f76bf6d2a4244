"""A post's request about one of its persons: made, proven, and what the next edition does (docs/spec/persons.md 7)."""

from dataclasses import replace

from secmsg.authority import directory as editions
from secmsg.authority.directory import Change
from secmsg.authority.trust import Directory
from secmsg.crypto import hashing, labels, signing
from secmsg.crypto.signing import Level, SigningKey
from secmsg.errors import EnrolmentError, NotEntitled, SignatureError
from secmsg.ids import CertificateRef, EditionNumber, PersonId, StationId
from secmsg.wire import person_request as wire
from secmsg.wire.certificate import Certificate, CertificateType
from secmsg.wire.contents import PersonEntry
from secmsg.wire.person_request import FINGERPRINT_SIZE, PersonRequest, Wish

_BY_PERSON = b"\x01"
_BY_OFFICER = b"\x02"


def make(
    wish: Wish,
    station: StationId,
    who: tuple[str, str],
    public: bytes,
    created_at: int,
    officer: tuple[CertificateRef, SigningKey],
    own: SigningKey | None = None,
) -> PersonRequest:
    """Ask, as an officer of the post, that a person be listed (`own` is the new key) or no longer; FormatError.

    `who` is name and title.
    """
    ref, key = officer
    unsigned = PersonRequest(wish, station, public, *who, created_at, ref, b"", b"")
    body = wire.part(unsigned)
    return replace(
        unsigned,
        own_signature=b"" if own is None else signing.sign(own, labels.SIGN_PERSON, _BY_PERSON + body),
        officer_signature=signing.sign(key, labels.SIGN_PERSON, _BY_OFFICER + body),
    )


def fingerprint(request: bytes) -> bytes:
    """Return the 16 bytes of a request that both sides read to each other before it is granted."""
    return hashing.short(labels.HASH_PERSON_REQUEST.encode(), b"\x00", request)[:FINGERPRINT_SIZE]


def verify(request: PersonRequest, directory: Directory, now: int) -> Certificate:
    """Prove a request and return the certificate of the officer who asks.

    1. the officer is listed, valid, and of the station that the request is about (NotListed, Expired, NotEntitled)
    2. the officer has signed it (EnrolmentError)
    3. who is to be listed has signed it with a key that no certificate has (EnrolmentError)
    4. who is to be dismissed is a listed person of that station (EnrolmentError)
    """
    # 1.
    officer = directory.person(request.officer, now)
    if officer.station != request.station:
        raise NotEntitled("a person of one station asks for another")
    # 2.
    body = wire.part(request)
    _verified(officer.public, _BY_OFFICER + body, request.officer_signature)
    same = [each for each in directory.certificates.values() if each.public == request.public]
    if request.wish is Wish.LIST:
        # 3.
        _verified(request.public, _BY_PERSON + body, request.own_signature)
        if same:
            raise EnrolmentError("this key is listed already")
        return officer
    # 4.
    if not same or (same[0].station, same[0].type) != (request.station, CertificateType.PERSON):
        raise EnrolmentError("this person is not listed for the station")
    return officer


def _verified(public: bytes, message: bytes, signature: bytes) -> None:
    try:
        signing.verify(Level.STANDARD, public, labels.SIGN_PERSON, message, signature)
    except SignatureError:
        raise EnrolmentError("the request is not signed as it should be") from None


def listing(
    request: PersonRequest,
    beside: Certificate,
    person: PersonId,
    serial: int,
    edition: EditionNumber,
    years: tuple[int, int],
) -> Change:
    """List a person with the role and degree of the officer `beside`, from and to the times of `years`."""
    certificate = Certificate(
        serial=serial,
        type=CertificateType.PERSON,
        station=request.station,
        subject=person,
        role=beside.role,
        degree=beside.degree,
        not_before=years[0],
        not_after=years[1],
        edition=edition,
        public=request.public,
    )
    return Change(added=(certificate,), persons=(PersonEntry(person, request.station, request.name, request.title),))


def dismissal(request: PersonRequest, directory: Directory) -> Change:
    """Take the person of a request off the list; EnrolmentError for the last one of a station."""
    gone = next(each for each in directory.certificates.values() if each.public == request.public)
    if sum(entry.station == request.station for entry in directory.persons) == 1:
        raise EnrolmentError("this is the last person of the station: list another first, or dismiss the station")
    return editions.dismiss_person(directory, gone.person)
