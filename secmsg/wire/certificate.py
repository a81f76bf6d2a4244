"""Certificates: fixed tables of devices, persons, issuers and the root (docs/spec/certificate.md 2)."""

from dataclasses import dataclass, field
from enum import IntEnum

from secmsg.errors import FormatError
from secmsg.ids import DeviceId, EditionNumber, PersonId, StationId
from secmsg.wire.cable import Degree
from secmsg.wire.codec import Reader, Writer, as_choice

BODY_SIZE = 2019
PUBLIC_SIZE = 32 + 1952
"""Bytes of a public key, Ed25519 then ML-DSA-65."""

ROOT_PUBLIC_SIZE = 32 + 2592
"""Bytes of the root's public key, Ed25519 then ML-DSA-87."""

ROOT_SIGNATURE_SIZE = 64 + 4627
ROOT_CERTIFICATE_SIZE = 24 + ROOT_PUBLIC_SIZE
ISSUER_CERTIFICATE_SIZE = BODY_SIZE + ROOT_SIGNATURE_SIZE

SUITE = 1
_VERSION = 1
_ROOT_TYPE = 4


class CertificateType(IntEnum):
    """What the key of a certificate may sign."""

    DEVICE = 1
    PERSON = 2
    ISSUER = 3


class Role(IntEnum):
    """What kind of office or machine the subject belongs to."""

    HEADQUARTERS = 1
    STATION = 2
    TRAVEL = 3
    RELAYLESS = 4


@dataclass(frozen=True, slots=True)
class Certificate:
    """A subject, its public key and its limits; believed only as part of a signed edition or under the root.

    `subject` is the device's, the person's or the issuer's number (1 to 65 535) according to `type`; times
    are UTC seconds; `degree` is the highest degree the subject may handle; `edition` is the first one that
    may list it; `flags` has no bit in use and is 0. Source: docs/spec/certificate.md 2.
    """

    serial: int
    type: CertificateType
    station: StationId
    subject: int
    role: Role
    degree: Degree
    not_before: int
    not_after: int
    edition: EditionNumber
    public: bytes = field(repr=False)
    flags: int = 0
    min_suite: int = SUITE

    @property
    def device(self) -> DeviceId:
        """The device's number; FormatError when this is no device's certificate."""
        if self.type is not CertificateType.DEVICE:
            raise FormatError("not the certificate of a device")
        return DeviceId(self.subject)

    @property
    def person(self) -> PersonId:
        """The person's number; FormatError when this is no person's certificate."""
        if self.type is not CertificateType.PERSON:
            raise FormatError("not the certificate of a person")
        return PersonId(self.subject)


def encode(certificate: Certificate) -> bytes:
    """Write the body: 2 019 bytes; FormatError on a value out of bounds."""
    _check(certificate)
    writer = Writer().u8(_VERSION).u8(SUITE).u8(certificate.type).u8(certificate.flags).u64(certificate.serial)
    writer.u16(certificate.station).u16(certificate.subject).u8(certificate.role).u8(certificate.degree)
    writer.u32(certificate.not_before).u32(certificate.not_after).u8(certificate.min_suite)
    writer.u32(certificate.edition).u32(0).raw(certificate.public, PUBLIC_SIZE)
    return writer.bytes()


def decode(data: bytes) -> Certificate:
    """Read a body of exactly 2 019 bytes; FormatError on anything that `encode` does not write."""
    if len(data) != BODY_SIZE:
        raise FormatError("a certificate body has 2019 bytes")
    reader = Reader(data)
    _expect(reader.u8(), _VERSION, "version")
    _expect(reader.u8(), SUITE, "suite")
    kind = as_choice(reader.u8(), CertificateType, "type")
    flags = reader.u8()
    serial = reader.u64()
    station = StationId(reader.u16())
    subject = reader.u16()
    role = as_choice(reader.u8(), Role, "role")
    degree = as_choice(reader.u8(), Degree, "degree")
    not_before = reader.u32()
    not_after = reader.u32()
    min_suite = reader.u8()
    edition = EditionNumber(reader.u32())
    _expect(reader.u32(), 0, "reserved field")
    public = reader.raw(PUBLIC_SIZE)
    reader.end()
    certificate = Certificate(
        serial=serial,
        type=kind,
        station=station,
        subject=subject,
        role=role,
        degree=degree,
        not_before=not_before,
        not_after=not_after,
        edition=edition,
        public=public,
        flags=flags,
        min_suite=min_suite,
    )
    _check(certificate)
    return certificate


@dataclass(frozen=True, slots=True)
class RootCertificate:
    """The root's public key and its years; not signed, but known by its hash (docs/spec/certificate.md 4)."""

    serial: int
    not_before: int
    not_after: int
    public: bytes = field(repr=False)


def encode_root(root: RootCertificate) -> bytes:
    """Write the root certificate: 2 648 bytes; FormatError on a value out of bounds."""
    _check_root(root)
    writer = Writer().u8(_VERSION).u8(SUITE).u8(_ROOT_TYPE).u8(0).u64(root.serial)
    writer.u32(root.not_before).u32(root.not_after).u32(0).raw(root.public, ROOT_PUBLIC_SIZE)
    return writer.bytes()


def decode_root(data: bytes) -> RootCertificate:
    """Read exactly 2 648 bytes; FormatError on anything that `encode_root` does not write."""
    if len(data) != ROOT_CERTIFICATE_SIZE:
        raise FormatError("a root certificate has 2648 bytes")
    reader = Reader(data)
    _expect(reader.u8(), _VERSION, "version")
    _expect(reader.u8(), SUITE, "suite")
    _expect(reader.u8(), _ROOT_TYPE, "type")
    _expect(reader.u8(), 0, "flags")
    serial = reader.u64()
    not_before = reader.u32()
    not_after = reader.u32()
    _expect(reader.u32(), 0, "reserved field")
    public = reader.raw(ROOT_PUBLIC_SIZE)
    reader.end()
    root = RootCertificate(serial, not_before, not_after, public)
    _check_root(root)
    return root


@dataclass(frozen=True, slots=True)
class IssuerCertificate:
    """An issuer's certificate body with the root's signature over it (docs/spec/certificate.md 5)."""

    certificate: Certificate
    signature: bytes = field(repr=False)


def encode_issuer(issuer: IssuerCertificate) -> bytes:
    """Write body || signature: 6 710 bytes; FormatError when the body is not an issuer's."""
    if issuer.certificate.type is not CertificateType.ISSUER:
        raise FormatError("an issuer certificate has type 3")
    return Writer().raw(encode(issuer.certificate), BODY_SIZE).raw(issuer.signature, ROOT_SIGNATURE_SIZE).bytes()


def decode_issuer(data: bytes) -> IssuerCertificate:
    """Read exactly 6 710 bytes; the signature is not looked at here."""
    if len(data) != ISSUER_CERTIFICATE_SIZE:
        raise FormatError("an issuer certificate has 6710 bytes")
    certificate = decode(data[:BODY_SIZE])
    if certificate.type is not CertificateType.ISSUER:
        raise FormatError("an issuer certificate has type 3")
    return IssuerCertificate(certificate, data[BODY_SIZE:])


def _check(certificate: Certificate) -> None:
    if not 1 <= certificate.serial < 1 << 64:
        raise FormatError("a certificate's serial is 1 to 2^64 - 1")
    if not (1 <= certificate.station <= 0xFFFF and 1 <= certificate.subject <= 0xFFFF):
        raise FormatError("station and subject are 1 to 65535")
    if not 0 < certificate.not_before < certificate.not_after < 1 << 32:
        raise FormatError("a certificate's validity must have a beginning before its end")
    if not 1 <= certificate.edition < 1 << 32:
        raise FormatError("a certificate's edition starts at 1")
    _expect(certificate.flags, 0, "flags")
    _expect(certificate.min_suite, SUITE, "least suite")


def _check_root(root: RootCertificate) -> None:
    if not 1 <= root.serial < 1 << 64:
        raise FormatError("a certificate's serial is 1 to 2^64 - 1")
    if not 0 < root.not_before < root.not_after < 1 << 32:
        raise FormatError("a certificate's validity must have a beginning before its end")


def _expect(value: int, wanted: int, name: str) -> None:
    if value != wanted:
        raise FormatError(f"a certificate's {name} is {wanted}")
