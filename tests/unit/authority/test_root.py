"""The root certifies issuers, inside its own years, and nobody else's signature passes for its own."""

from dataclasses import replace

import pytest

from secmsg.authority.issuer import Issuer, sign_head
from secmsg.authority.root import certify_issuer, verify_issuer
from secmsg.crypto.signing import Level
from secmsg.errors import Expired, FormatError, NotEntitled, SignatureError
from secmsg.ids import CertificateRef
from secmsg.wire import certificate as certificates
from secmsg.wire.certificate import CertificateType, Role
from tests.helpers.authority_world import HANOI, NOW, YEAR, flipped, issuer_of, root_of, world

ROOT = world().root
ISSUER = world().issuer


def test_a_root_has_the_larger_keys_and_certifies_an_issuer() -> None:
    verify_issuer(ROOT.certificate, ISSUER.certificate)

    assert ROOT.key.level is Level.ROOT
    assert ISSUER.certificate.certificate.type is CertificateType.ISSUER
    assert ISSUER.certificate.certificate.role is Role.HEADQUARTERS


@pytest.mark.parametrize(
    ("not_before", "not_after"), [(NOW - 2 * YEAR, NOW), (NOW, NOW + 11 * YEAR)], ids=["before", "after"]
)
def test_an_issuers_years_lie_inside_the_roots(not_before: int, not_after: int) -> None:
    with pytest.raises(Expired):
        issuer_of(ROOT, 2, not_before=not_before, not_after=not_after)


def test_an_issuer_that_outlives_the_root_is_refused_though_signed() -> None:
    long = root_of(b"root")
    longer = replace(long, certificate=replace(long.certificate, not_after=NOW + 20 * YEAR))
    issuer = issuer_of(longer, 2, not_after=NOW + 15 * YEAR)

    with pytest.raises(Expired):
        verify_issuer(long.certificate, issuer.certificate)


def test_another_root_did_not_certify_this_issuer() -> None:
    with pytest.raises(SignatureError):
        verify_issuer(root_of(b"another root").certificate, ISSUER.certificate)


def test_flipped_bits_of_an_issuer_certificate_are_refused() -> None:
    encoded = certificates.encode_issuer(ISSUER.certificate)

    for byte in [*range(35), *range(35, len(encoded), 61), len(encoded) - 1]:
        with pytest.raises((FormatError, SignatureError)):
            verify_issuer(ROOT.certificate, certificates.decode_issuer(flipped(encoded, 8 * byte + byte % 8)))


def test_an_issuer_signs_only_in_its_own_name_and_years() -> None:
    head = world().edition.head
    stranger = Issuer(ISSUER.certificate, issuer_of(ROOT, 9).key)
    retired = issuer_of(ROOT, 3, not_before=NOW - YEAR, not_after=NOW - 1)

    with pytest.raises(NotEntitled):
        sign_head(stranger, head)
    with pytest.raises(NotEntitled):
        sign_head(ISSUER, replace(head, issuer=CertificateRef(b"x" * 32)))
    with pytest.raises(Expired):
        sign_head(retired, replace(head, issuer=retired.ref))


def test_an_issuer_certificate_cannot_be_made_for_a_key_of_another_size() -> None:
    with pytest.raises(FormatError):
        certify_issuer(ROOT, ROOT.key.public, serial=1, station=HANOI.id, issuer=1, not_before=NOW, not_after=NOW + 1)
