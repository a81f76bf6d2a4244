"""No signature stands for another use: every pair of uses is tried, and only the diagonal is accepted."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from secmsg.authority.root import verify_issuer
from secmsg.crypto import labels, signing
from secmsg.crypto.signing import Level, SigningKey
from secmsg.errors import FormatError, NotEntitled, SignatureError
from secmsg.wire import bundle as bundles
from secmsg.wire import certificate as certificates
from secmsg.wire import directory, enrolment
from secmsg.wire.certificate import CertificateType, IssuerCertificate
from tests.helpers.authority_world import NOW, of_type, world

WORLD = world()
MEMBER = WORLD.members[1]
KEY: SigningKey = MEMBER.device_key

_REF = WORLD.directory.head.issuer
_SPK = bundles.signed_part(bundles.SignedPrekey(_REF, 1, b"x" * 32, b"k" * 1568, NOW, b""))
_BATCH = bundles.batch_part(bundles.PrekeyBatch(_REF, 1, 64, b"r" * 32, b""))


@dataclass(frozen=True, slots=True)
class Use:
    """One thing that a hybrid key signs."""

    label: str
    message: bytes


USES = (
    Use(labels.SIGN_EDITION, directory.encode_head(WORLD.edition.head)),
    Use(labels.SIGN_PREKEY, _SPK),
    Use(labels.SIGN_BATCH, _BATCH),
    Use(labels.SIGN_REQUEST, b"\x01" + enrolment.request_part(MEMBER.request)),
    Use(labels.SIGN_REQUEST, b"\x02" + enrolment.request_part(MEMBER.request)),
    Use(labels.SIGN_ISSUER, certificates.encode(WORLD.issuer.certificate.certificate)),
    Use(labels.SIGN_CABLE_RELEASE, b"cable"),
    Use(labels.SIGN_CABLE_STATION, b"cable"),
    Use(labels.SIGN_HX1, b"cable"),
    Use(labels.SIGN_RECEIPT_PERSON, b"cable"),
    Use(labels.SIGN_RECEIPT_STATION, b"cable"),
    Use(labels.SIGN_KIT_CABLE, b"cable"),
    Use(labels.SIGN_KIT_DROP, b"cable"),
    Use(labels.SIGN_KIT_PERMIT, b"cable"),
    Use(labels.SIGN_MANIFEST, b"cable"),
    Use(labels.SIGN_NEW_BOOK, b"cable"),
)


@pytest.mark.parametrize("made", USES, ids=lambda use: use.label)
def test_a_signature_is_accepted_for_its_own_use_only(made: Use) -> None:
    signature = signing.sign(KEY, made.label, made.message)

    for asked in USES:
        if asked == made:
            signing.verify(Level.STANDARD, KEY.public, asked.label, asked.message, signature)
            continue
        with pytest.raises(SignatureError):
            signing.verify(Level.STANDARD, KEY.public, asked.label, asked.message, signature)


def test_the_same_bytes_under_another_label_are_refused() -> None:
    for made, asked in itertools.permutations(sorted({use.label for use in USES}), 2):
        signature = signing.sign(KEY, made, b"the same bytes")
        with pytest.raises(SignatureError):
            signing.verify(Level.STANDARD, KEY.public, asked, b"the same bytes", signature)


LOOK_UPS: dict[CertificateType, Callable[..., object]] = {
    CertificateType.DEVICE: WORLD.directory.device,
    CertificateType.PERSON: WORLD.directory.person,
}


@pytest.mark.parametrize("asked", LOOK_UPS)
@pytest.mark.parametrize("given", LOOK_UPS)
def test_a_listed_certificate_serves_its_type_only(given: CertificateType, asked: CertificateType) -> None:
    for ref, certificate in WORLD.directory.certificates.items():
        if certificate.type is not given:
            continue
        if asked is given:
            assert LOOK_UPS[asked](ref, NOW) == certificate
            continue
        with pytest.raises(NotEntitled):
            LOOK_UPS[asked](ref, NOW)


@pytest.mark.parametrize("kind", [CertificateType.DEVICE, CertificateType.PERSON])
def test_the_root_certifies_no_issuer_of_another_type(kind: CertificateType) -> None:
    body = of_type(WORLD.issuer.certificate.certificate, kind)
    signature = signing.sign(WORLD.root.key, labels.SIGN_ISSUER, certificates.encode(body))

    # Signed by the root itself, and still no decoder takes it for an issuer's.
    with pytest.raises(FormatError):
        certificates.decode_issuer(certificates.encode(body) + signature)


def test_an_issuer_certifies_no_issuer() -> None:
    body = certificates.encode(WORLD.issuer.certificate.certificate)
    short = signing.sign(WORLD.issuer.key, labels.SIGN_ISSUER, body)
    padded = IssuerCertificate(WORLD.issuer.certificate.certificate, short.ljust(4691, b"\x00"))

    with pytest.raises(SignatureError):
        verify_issuer(WORLD.root.certificate, padded)
