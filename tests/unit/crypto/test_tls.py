"""The relay's certificate is short, self-signed and known by its fingerprint."""

import datetime
import hashlib
import ssl
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from secmsg.crypto import tls
from secmsg.errors import FormatError

NOW = 1_900_000_000


def test_it_is_a_short_self_signed_p256_certificate_with_its_key() -> None:
    cert_pem, key_pem = tls.make_certificate("relay", 365, NOW)

    certificate = x509.load_pem_x509_certificate(cert_pem)
    key = serialization.load_pem_private_key(key_pem, None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    assert isinstance(key.curve, ec.SECP256R1)
    assert certificate.public_key() == key.public_key()
    certificate.verify_directly_issued_by(certificate)
    assert certificate.subject.rfc4514_string() == "CN=relay"
    assert list(certificate.extensions) == []
    assert len(certificate.public_bytes(serialization.Encoding.DER)) < 400
    start = datetime.datetime.fromtimestamp(NOW, datetime.UTC)
    assert certificate.not_valid_before_utc == start
    assert certificate.not_valid_after_utc == start + datetime.timedelta(days=365)


def test_python_can_serve_with_it(tmp_path: Path) -> None:
    cert_pem, key_pem = tls.make_certificate("relay", 365, NOW)
    (tmp_path / "cert.pem").write_bytes(cert_pem)
    (tmp_path / "key.pem").write_bytes(key_pem)

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)

    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")


def test_the_fingerprint_is_the_hash_of_the_der_form() -> None:
    cert_pem, _ = tls.make_certificate("relay", 365, NOW)

    assert tls.fingerprint(cert_pem) == hashlib.sha256(ssl.PEM_cert_to_DER_cert(cert_pem.decode())).digest()


def test_a_certificate_of_an_unknown_version_is_refused() -> None:
    cert_pem, _ = tls.make_certificate("relay", 365, NOW)
    der = ssl.PEM_cert_to_DER_cert(cert_pem.decode())
    version_3, version_6 = bytes.fromhex("a003020102"), bytes.fromhex("a003020105")
    assert der.count(version_3) == 1

    changed = ssl.DER_cert_to_PEM_cert(der.replace(version_3, version_6)).encode()

    with pytest.raises(FormatError):
        tls.fingerprint(changed)


def test_two_certificates_of_one_name_differ() -> None:
    first, second = (tls.make_certificate("relay", 365, NOW) for _ in range(2))

    assert tls.fingerprint(first[0]) != tls.fingerprint(second[0])
    assert first[1] != second[1]


@pytest.mark.parametrize("name", ["", "a" * 65, "tên", "a\nb"])
def test_a_name_out_of_bounds_is_refused(name: str) -> None:
    with pytest.raises(FormatError):
        tls.make_certificate(name, 365, NOW)


@pytest.mark.parametrize(("days", "now"), [(0, NOW), (-1, NOW), (3661, NOW), (365, -1), (365, 1 << 40), (365, 1 << 70)])
def test_days_or_a_time_out_of_bounds_are_refused(days: int, now: int) -> None:
    with pytest.raises(FormatError):
        tls.make_certificate("relay", days, now)


@pytest.mark.parametrize(
    "text", [b"", b"not a certificate", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"]
)
def test_a_fingerprint_of_something_else_is_refused(text: bytes) -> None:
    with pytest.raises(FormatError):
        tls.fingerprint(text)
