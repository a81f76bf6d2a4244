"""The offline root: it certifies issuers and signs nothing else (docs/spec/certificate.md 4 and 5)."""

from dataclasses import dataclass

from secmsg.authority.edition import root_hash
from secmsg.crypto import labels, signing
from secmsg.crypto.randomness import Random
from secmsg.crypto.signing import Level, SigningKey
from secmsg.errors import Expired
from secmsg.ids import EditionNumber, StationId
from secmsg.wire import certificate as certificates
from secmsg.wire.cable import Degree
from secmsg.wire.certificate import Certificate, CertificateType, IssuerCertificate, Role, RootCertificate


@dataclass(frozen=True, slots=True)
class Root:
    """The root's key with its certificate; lives on a machine without a network, as shares on paper."""

    certificate: RootCertificate
    key: SigningKey

    @property
    def hash(self) -> bytes:
        """The 32 bytes that every kit pins."""
        return root_hash(self.certificate)


def create_root(*, serial: int, not_before: int, not_after: int, random: Random) -> Root:
    """Make a root valid between two UTC seconds, ML-DSA-87 beside Ed25519."""
    key = signing.signing_generate(Level.ROOT, random)
    return Root(RootCertificate(serial, not_before, not_after, key.public), key)


def certify_issuer(
    root: Root,
    public: bytes,
    *,
    serial: int,
    station: StationId,
    issuer: int,
    not_before: int,
    not_after: int,
) -> IssuerCertificate:
    """Certify an issuer's 1 984-byte key; Expired when its years leave the root's.

    `station` is headquarters' own number, `issuer` 1 to 65 535 tells issuers apart.
    """
    certificate = Certificate(
        serial=serial,
        type=CertificateType.ISSUER,
        station=station,
        subject=issuer,
        role=Role.HEADQUARTERS,
        degree=Degree.TOP_SECRET,
        not_before=not_before,
        not_after=not_after,
        edition=EditionNumber(1),
        public=public,
    )
    _check_years(root.certificate, certificate)
    signature = signing.sign(root.key, labels.SIGN_ISSUER, certificates.encode(certificate))
    return IssuerCertificate(certificate, signature)


def verify_issuer(root: RootCertificate, issuer: IssuerCertificate) -> None:
    """Accept an issuer that this root has certified; SignatureError or Expired otherwise.

    The decoder has made sure that the body is an issuer's. Which moments lie inside its years is the
    caller's question.
    """
    body = certificates.encode(issuer.certificate)
    signing.verify(Level.ROOT, root.public, labels.SIGN_ISSUER, body, issuer.signature)
    _check_years(root, issuer.certificate)


def _check_years(root: RootCertificate, issuer: Certificate) -> None:
    if not root.not_before <= issuer.not_before < issuer.not_after <= root.not_after:
        raise Expired("the issuer's years leave the root's")
