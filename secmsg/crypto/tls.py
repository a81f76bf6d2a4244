"""The relay's self-signed certificate, which clients know by its fingerprint (docs/spec/crypto.md 11)."""

import datetime
import hashlib

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from secmsg.errors import FormatError

_MAX_NAME = 64
_MAX_DAYS = 3660
_MAX_TIME = 0xFFFFFFFF


def make_certificate(common_name: str, days: int, now: int) -> tuple[bytes, bytes]:
    """Return (certificate, private key) as PEM: P-256, self-signed, from `now` (UTC seconds) for `days`.

    The certificate names nobody but `common_name` (1 to 64 printable ASCII characters) and carries no
    extension, to stay short: it is pinned, not chained. The key is drawn by the library. FormatError on a
    name, a time or days out of bounds.
    """
    if not (common_name.isascii() and common_name.isprintable() and 0 < len(common_name) <= _MAX_NAME):
        raise FormatError("a common name is printable ASCII of 1 to 64 characters")
    if not 0 < days <= _MAX_DAYS:
        raise FormatError("a certificate lasts 1 to 3660 days")
    if not 0 <= now <= _MAX_TIME:
        raise FormatError("a certificate starts between 1970 and 2106")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])
    start = datetime.datetime.fromtimestamp(now, datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + datetime.timedelta(days=days))
        .sign(key, hashes.SHA256())
    )
    key_pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return certificate.public_bytes(serialization.Encoding.PEM), key_pem


def fingerprint(cert_pem: bytes) -> bytes:
    """Return SHA-256 of the certificate's DER form: the 32 bytes that clients pin.

    FormatError on anything else.
    """
    try:
        certificate = x509.load_pem_x509_certificate(cert_pem)
    except (ValueError, x509.InvalidVersion):
        raise FormatError("not a PEM certificate") from None
    return hashlib.sha256(certificate.public_bytes(serialization.Encoding.DER)).digest()
