"""The issuer at headquarters: it signs editions (docs/spec/directory.md 3, docs/spec/certificate.md 5)."""

from dataclasses import dataclass

from secmsg.authority.edition import reference
from secmsg.crypto import labels, signing
from secmsg.crypto.randomness import Random
from secmsg.crypto.signing import Level, SigningKey
from secmsg.errors import Expired, NotEntitled
from secmsg.ids import CertificateRef
from secmsg.wire.certificate import IssuerCertificate
from secmsg.wire.directory import EditionHead, encode_head


@dataclass(frozen=True, slots=True)
class Issuer:
    """An issuer's key with the certificate that the root gave it."""

    certificate: IssuerCertificate
    key: SigningKey

    @property
    def ref(self) -> CertificateRef:
        """The name by which heads speak of this issuer."""
        return reference(self.certificate.certificate)


def create_issuer_key(random: Random) -> SigningKey:
    """Make the key that the root is then asked to certify: Ed25519 and ML-DSA-65."""
    return signing.signing_generate(Level.STANDARD, random)


def sign_head(issuer: Issuer, head: EditionHead) -> bytes:
    """Sign an edition's head: 3 373 bytes.

    NotEntitled when the head names another issuer or the key is not the certificate's; Expired when the
    edition is dated outside the issuer's years. Such an edition would be refused by everybody.
    """
    certificate = issuer.certificate.certificate
    if head.issuer != issuer.ref or issuer.key.public != certificate.public:
        raise NotEntitled("this key does not sign for the issuer that the edition names")
    if not certificate.not_before <= head.issued_at <= certificate.not_after:
        raise Expired("the issuer is not in office at the time of the edition")
    return signing.sign(issuer.key, labels.SIGN_EDITION, encode_head(head))
