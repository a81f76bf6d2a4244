"""A small ministry for tests: root, issuer, three stations with devices and persons, one edition."""

import functools
from dataclasses import dataclass, replace

from secmsg.authority.directory import Change, Cover, admit, describe, found, together
from secmsg.authority.enrolment import Grant, certify, make_request
from secmsg.authority.issuer import Issuer, create_issuer_key
from secmsg.authority.root import Root, certify_issuer, create_root
from secmsg.authority.trust import Directory
from secmsg.crypto.secret import Secret
from secmsg.crypto.signing import Level, SigningKey, signing_generate
from secmsg.ids import DeviceId, EditionNumber, PersonId, RelayId, StationId
from secmsg.wire.cable import Degree
from secmsg.wire.certificate import Certificate, CertificateType, Role
from secmsg.wire.contents import PersonEntry, StationEntry
from secmsg.wire.directory import Edition
from secmsg.wire.enrolment import RelayEntry, Request
from tests.helpers.seeded_random import seeded

NOW = 1_795_000_000
DAY = 86_400
YEAR = 365 * DAY

HANOI = StationEntry(StationId(1), "Bộ Ngoại giao", "Ministry", "Hà Nội", "Asia/Ho_Chi_Minh", "BNG", "HANOI")
PARIS = StationEntry(StationId(7), "ĐSQ tại Pháp", "Embassy in France", "Paris", "Europe/Paris", "ĐSQ-FR", "PARIS")
KYIV = StationEntry(StationId(12), "ĐSQ tại Ukraina", "Embassy in Ukraine", "Kyiv", "Europe/Kyiv", "ĐSQ-UA", "KYIV")

COVER = Cover(1, Secret(bytes(range(32))))
NEXT_COVER = Cover(2, Secret(bytes(range(32, 64))))
COVER_ROOTS = {COVER.index: COVER.root, NEXT_COVER.index: NEXT_COVER.root}

RELAY = RelayEntry(
    relay_id=RelayId(b"R" * 16),
    name="Trạm một",
    base_url="https://127.0.0.1:8443",
    prefix="a-secret-prefix_1",
    fingerprint=b"F" * 32,
    enrol_token=b"T" * 16,
)


@dataclass(frozen=True, slots=True)
class Member:
    """A device with its officer: keys, request, certificates."""

    device_key: SigningKey
    person_key: SigningKey
    request: Request
    device: Certificate
    person: Certificate
    entry: PersonEntry

    def change(self) -> Change:
        """List this member in the next edition."""
        return admit(self.device, self.person, self.entry, seeded(b"mailbox" + bytes([self.device.subject])))


@dataclass(frozen=True, slots=True)
class World:
    """Everything headquarters has after edition 1."""

    root: Root
    issuer: Issuer
    members: tuple[Member, ...]
    directory: Directory
    edition: Edition


def member(
    station: StationId,
    number: int,
    *,
    edition: int = 1,
    directory: Directory | None = None,
    role: Role = Role.STATION,
    degree: Degree = Degree.SECRET,
) -> Member:
    """Make a device and a person of one number at a station, asked for and certified."""
    random = seeded(b"member" + bytes([number, edition]))
    device_key = signing_generate(Level.STANDARD, random)
    person_key = signing_generate(Level.STANDARD, random)
    name = f"Nguyễn Văn {number}"
    request = make_request(
        device_key, person_key, station=station, role=role, name=name, title="Cán bộ cơ yếu", created_at=NOW
    )
    grant = Grant(
        station=station,
        device=DeviceId(number),
        person=PersonId(number),
        role=role,
        degree=degree,
        device_serial=1000 * edition + 2 * number,
        person_serial=1000 * edition + 2 * number + 1,
        not_before=NOW - DAY,
        not_after=NOW + YEAR,
        edition=EditionNumber(edition),
    )
    device, person = certify(request, grant, directory)
    entry = PersonEntry(PersonId(number), station, name, "Cán bộ cơ yếu")
    return Member(device_key, person_key, request, device, person, entry)


def issuer_of(root: Root, number: int, *, not_before: int = NOW - DAY, not_after: int = NOW + YEAR) -> Issuer:
    """Make an issuer and let the root certify it."""
    key = create_issuer_key(seeded(b"issuer" + bytes([number])))
    certificate = certify_issuer(
        root,
        key.public,
        serial=number,
        station=HANOI.id,
        issuer=number,
        not_before=not_before,
        not_after=not_after,
    )
    return Issuer(certificate, key)


def root_of(seed: bytes) -> Root:
    """Make a root of ten years."""
    return create_root(serial=1, not_before=NOW - YEAR, not_after=NOW + 10 * YEAR, random=seeded(seed))


@functools.cache
def world() -> World:
    """Return the ministry; it is frozen, so all tests share one."""
    root = root_of(b"root")
    issuer = issuer_of(root, 1)
    members = (
        member(HANOI.id, 1, role=Role.HEADQUARTERS, degree=Degree.TOP_SECRET),
        member(PARIS.id, 2),
        member(KYIV.id, 3),
    )
    change = together([describe(HANOI), describe(PARIS), describe(KYIV), *(each.change() for each in members)])
    directory, edition = found(root.certificate, issuer, change, COVER, issued_at=NOW)
    return World(root, issuer, members, directory, edition)


def flipped(data: bytes, bit: int) -> bytes:
    """Return `data` with one bit turned, counted from the first byte's highest."""
    changed = bytearray(data)
    changed[bit // 8] ^= 0x80 >> bit % 8
    return bytes(changed)


def of_type(certificate: Certificate, kind: CertificateType) -> Certificate:
    """Return a certificate that differs in its type alone."""
    return replace(certificate, type=kind)
