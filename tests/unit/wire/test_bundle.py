"""Prekey records have their exact sizes, and a bundle has one encoding."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secmsg.errors import FormatError
from secmsg.ids import CertificateRef
from secmsg.wire import bundle as bundles
from secmsg.wire.bundle import Bundle, OneTimeEntry, OneTimePrekey, PrekeyBatch, SignedPrekey

REF = CertificateRef(b"C" * 32)
SIGNED = SignedPrekey(REF, 0x01020304, b"x" * 32, b"k" * 1568, 0x11121314, b"s" * 3373)
BATCH = PrekeyBatch(REF, 5, 200, b"r" * 32, b"b" * 3373)
OPK = OneTimePrekey(bundles.one_time_id(5, 199), b"y" * 32, b"m" * 1184)
ENTRY = OneTimeEntry(OPK, (b"1" * 32, b"2" * 32))


@pytest.mark.parametrize(
    ("bundle", "size"),
    [
        (Bundle(SIGNED, None, None), 5014),
        (Bundle(SIGNED, BATCH, None), 5014 + 3443),
        (Bundle(SIGNED, BATCH, ENTRY), 5014 + 3443 + 2 + 1220 + 64),
        (Bundle(SIGNED, BATCH, OneTimeEntry(OPK, (b"h" * 32,) * 8)), 9935),
    ],
)
def test_a_bundle_is_read_back(bundle: Bundle, size: int) -> None:
    encoded = bundles.encode(bundle)

    assert len(encoded) == size
    assert bundles.decode(encoded) == bundle


def test_the_records_have_the_sizes_of_the_protocol() -> None:
    assert len(bundles.encode_signed(SIGNED)) == 5013
    assert len(bundles.signed_part(SIGNED)) == 1640
    assert len(bundles.encode_one_time(OPK)) == 4 + 32 + 1184
    assert len(bundles.encode_batch(BATCH)) == 3443
    assert len(bundles.batch_part(BATCH)) == 70
    assert len(bundles.encode_entry(OneTimeEntry(OPK, (b"h" * 32,) * 8))) == 1476


def test_an_identifier_is_the_batch_and_the_index() -> None:
    assert OPK.opk_id == 0x05C7
    assert (OPK.batch_version, OPK.index) == (5, 199)
    for version, index in [(0, 0), (1 << 24, 0), (1, 256), (1, -1)]:
        with pytest.raises(FormatError):
            bundles.one_time_id(version, index)


def test_an_entry_without_its_batch_is_not_written() -> None:
    with pytest.raises(FormatError, match="batch"):
        bundles.encode(Bundle(SIGNED, None, ENTRY))


@pytest.mark.parametrize(
    "wrong",
    [
        replace(SIGNED, spk_id=0),
        replace(SIGNED, not_after=0),
        replace(SIGNED, x25519=b""),
        replace(SIGNED, ml_kem_1024=b""),
        replace(SIGNED, signature=b""),
        replace(SIGNED, cert_ref=CertificateRef(b"")),
    ],
)
def test_a_signed_prekey_out_of_bounds_is_not_written(wrong: SignedPrekey) -> None:
    with pytest.raises(FormatError):
        bundles.encode_signed(wrong)


@pytest.mark.parametrize("wrong", [replace(BATCH, version=0), replace(BATCH, count=0), replace(BATCH, count=257)])
def test_a_batch_out_of_bounds_is_not_written(wrong: PrekeyBatch) -> None:
    with pytest.raises(FormatError):
        bundles.encode_batch(wrong)


def test_a_path_longer_than_eight_is_refused() -> None:
    with pytest.raises(FormatError, match="8"):
        bundles.encode_entry(OneTimeEntry(OPK, (b"h" * 32,) * 9))
    with pytest.raises(FormatError, match="8"):
        bundles.decode_entry(bundles.encode_one_time(OPK) + bytes(9 * 32))


@pytest.mark.parametrize(
    ("decode", "data"),
    [
        (bundles.decode_signed, bytes(5012)),
        (bundles.decode_signed, bytes(5013)),
        (bundles.decode_batch, bytes(3442)),
        (bundles.decode_batch, bytes(3443)),
        (bundles.decode_one_time, bytes(1219)),
        (bundles.decode_one_time, bytes(1220)),
        (bundles.decode_entry, bytes(1219)),
        (bundles.decode_entry, bytes(1221)),
        (bundles.decode, b""),
        (bundles.decode, bytes(9936)),
        (bundles.decode, bundles.encode_signed(SIGNED) + b"\x02"),
        (bundles.decode, bundles.encode_signed(SIGNED) + b"\x00\x00"),
        (bundles.decode, bundles.encode_signed(SIGNED) + b"\x03" + bundles.encode_batch(BATCH) + b"\x00\x00"),
    ],
)
def test_bytes_that_nobody_writes_are_refused(decode: object, data: bytes) -> None:
    with pytest.raises(FormatError):
        decode(data)  # type: ignore[operator]  # the table holds decoders of four kinds


@given(st.binary(max_size=200), st.integers(0, 3))
def test_junk_after_a_signed_prekey_is_a_format_error(junk: bytes, parts: int) -> None:
    data = bundles.encode_signed(SIGNED) + bytes([parts]) + junk
    try:
        bundle = bundles.decode(data)
    except FormatError:
        return
    assert bundles.encode(bundle) == data
