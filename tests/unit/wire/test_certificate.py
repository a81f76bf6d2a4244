"""Certificates are fixed tables: what is written is read back, what is not written is refused."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secmsg.errors import FormatError
from secmsg.ids import EditionNumber, StationId
from secmsg.wire import certificate as certificates
from secmsg.wire.cable import Degree
from secmsg.wire.certificate import Certificate, CertificateType, IssuerCertificate, Role, RootCertificate

DEVICE = Certificate(
    serial=0x0102030405060708,
    type=CertificateType.DEVICE,
    station=StationId(0x1112),
    subject=0x2122,
    role=Role.TRAVEL,
    degree=Degree.SECRET,
    not_before=0x31323334,
    not_after=0x41424344,
    edition=EditionNumber(0x51525354),
    public=b"\xed" * 32 + b"\x65" * 1952,
)
ROOT = RootCertificate(serial=9, not_before=1, not_after=2, public=b"\xed" * 32 + b"\x87" * 2592)
ISSUER = IssuerCertificate(replace(DEVICE, type=CertificateType.ISSUER), b"s" * 4691)

bodies = st.builds(
    Certificate,
    serial=st.integers(1, 2**64 - 1),
    type=st.sampled_from(CertificateType),
    station=st.integers(1, 0xFFFF).map(StationId),
    subject=st.integers(1, 0xFFFF),
    role=st.sampled_from(Role),
    degree=st.sampled_from(Degree),
    not_before=st.integers(1, 1000),
    not_after=st.integers(1001, 0xFFFFFFFF),
    edition=st.integers(1, 0xFFFFFFFF).map(EditionNumber),
    public=st.binary(min_size=1984, max_size=1984),
)


@given(bodies)
def test_a_body_is_read_back_as_it_was_written(body: Certificate) -> None:
    encoded = certificates.encode(body)

    assert len(encoded) == 2019
    assert certificates.decode(encoded) == body


def test_every_field_stands_at_its_offset() -> None:
    encoded = certificates.encode(DEVICE)

    assert encoded[:35].hex() == ("0101010001020304050607081112212203023132333441424344015152535400000000")
    assert encoded[35:] == DEVICE.public


@pytest.mark.parametrize(
    ("offset", "value", "why"),
    [
        (0, 2, "version"),
        (1, 2, "suite"),
        (2, 0, "type"),
        (2, 4, "type"),
        (3, 1, "flags"),
        (16, 0, "role"),
        (16, 5, "role"),
        (17, 4, "degree"),
        (26, 0, "least suite"),
        (34, 1, "reserved"),
    ],
)
def test_a_value_outside_its_choices_is_refused(offset: int, value: int, why: str) -> None:
    changed = bytearray(certificates.encode(DEVICE))
    changed[offset] = value

    with pytest.raises(FormatError, match=why):
        certificates.decode(bytes(changed))


@pytest.mark.parametrize("length", [0, 2018, 2020])
def test_another_length_is_refused(length: int) -> None:
    with pytest.raises(FormatError, match="2019"):
        certificates.decode(bytes(length))


@pytest.mark.parametrize(
    "wrong",
    [
        replace(DEVICE, serial=0),
        replace(DEVICE, serial=2**64),
        replace(DEVICE, station=StationId(0)),
        replace(DEVICE, subject=0),
        replace(DEVICE, subject=0x10000),
        replace(DEVICE, not_before=0),
        replace(DEVICE, not_after=DEVICE.not_before),
        replace(DEVICE, not_after=2**32),
        replace(DEVICE, edition=EditionNumber(0)),
        replace(DEVICE, flags=1),
        replace(DEVICE, min_suite=2),
        replace(DEVICE, public=b""),
    ],
)
def test_a_body_out_of_bounds_is_not_written(wrong: Certificate) -> None:
    with pytest.raises(FormatError):
        certificates.encode(wrong)


def test_a_subject_is_named_by_its_type_only() -> None:
    person = replace(DEVICE, type=CertificateType.PERSON)

    assert DEVICE.device == 0x2122
    assert person.person == 0x2122
    with pytest.raises(FormatError, match="person"):
        _ = DEVICE.person
    with pytest.raises(FormatError, match="device"):
        _ = person.device


def test_the_public_key_stays_out_of_the_repr() -> None:
    assert "public" not in repr(DEVICE)


def test_a_root_certificate_is_read_back() -> None:
    encoded = certificates.encode_root(ROOT)

    assert len(encoded) == 2648
    assert certificates.decode_root(encoded) == ROOT


@pytest.mark.parametrize(("offset", "value"), [(0, 2), (1, 0), (2, 3), (3, 1), (11, 0), (15, 0), (19, 1), (23, 1)])
def test_a_root_certificate_of_another_form_is_refused(offset: int, value: int) -> None:
    changed = bytearray(certificates.encode_root(ROOT))
    changed[offset] = value

    with pytest.raises(FormatError):
        certificates.decode_root(bytes(changed))


def test_a_root_certificate_of_another_length_is_refused() -> None:
    with pytest.raises(FormatError, match="2648"):
        certificates.decode_root(bytes(2019))


def test_an_issuer_certificate_is_read_back() -> None:
    encoded = certificates.encode_issuer(ISSUER)

    assert len(encoded) == 6710
    assert certificates.decode_issuer(encoded) == ISSUER


def test_no_other_type_passes_for_an_issuer() -> None:
    device = IssuerCertificate(DEVICE, ISSUER.signature)

    with pytest.raises(FormatError, match="type 3"):
        certificates.encode_issuer(device)
    with pytest.raises(FormatError, match="type 3"):
        certificates.decode_issuer(certificates.encode(DEVICE) + ISSUER.signature)
    with pytest.raises(FormatError, match="6710"):
        certificates.decode_issuer(certificates.encode(DEVICE))
