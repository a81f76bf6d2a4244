"""Heads, segments and paths have one encoding, and nothing else is read."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secmsg.errors import FormatError
from secmsg.ids import CertificateRef, EditionNumber
from secmsg.wire import directory
from secmsg.wire.directory import NO_HASH, Edition, EditionHead, MerklePath
from tests.helpers.authority_world import world

HEAD = EditionHead(
    number=EditionNumber(0x01020304),
    issued_at=0x11121314,
    cover_index=0x2122,
    count=200,
    previous_root=b"p" * 32,
    tree=b"t" * 32,
    contents=b"c" * 32,
    issuer=CertificateRef(b"i" * 32),
)
DELTA = Edition(
    head=HEAD,
    signature=b"s" * 3373,
    root=None,
    issuer=None,
    full=False,
    sealed_block=b"block",
    added=world().edition.added[:2],
    removed=(CertificateRef(b"a" * 32), CertificateRef(b"b" * 32)),
)


def test_a_head_is_read_back_and_every_field_stands_at_its_offset() -> None:
    encoded = directory.encode_head(HEAD)

    assert encoded == (
        bytes.fromhex("0101" "2122" "01020304" "11121314" "000000c8")
        + b"p" * 32 + b"t" * 32 + b"c" * 32 + b"i" * 32 + NO_HASH
    )  # fmt: skip
    assert len(encoded) == 176
    assert directory.decode_head(encoded) == HEAD


@pytest.mark.parametrize(
    "wrong",
    [
        replace(HEAD, number=EditionNumber(0)),
        replace(HEAD, issued_at=0),
        replace(HEAD, cover_index=0x10000),
        replace(HEAD, count=0),
        replace(HEAD, count=4097),
        replace(HEAD, number=EditionNumber(1)),
        replace(HEAD, previous_root=NO_HASH),
        replace(HEAD, tree=b""),
    ],
)
def test_a_head_out_of_bounds_is_not_written(wrong: EditionHead) -> None:
    with pytest.raises(FormatError):
        directory.encode_head(wrong)


@pytest.mark.parametrize(("offset", "value"), [(0, 2), (1, 2)])
def test_a_head_of_another_version_or_suite_is_refused(offset: int, value: int) -> None:
    changed = bytearray(directory.encode_head(HEAD))
    changed[offset] = value

    with pytest.raises(FormatError, match="version 1"):
        directory.decode_head(bytes(changed))


def test_a_head_of_another_length_is_refused() -> None:
    with pytest.raises(FormatError, match="176"):
        directory.decode_head(bytes(175))


@pytest.mark.parametrize(
    "edition",
    [
        DELTA,
        replace(DELTA, added=(), removed=()),
        replace(DELTA, issuer=world().issuer.certificate),
        replace(DELTA, root=world().root.certificate),
        world().edition,
    ],
)
def test_a_segment_is_read_back(edition: Edition) -> None:
    assert directory.decode(directory.encode(edition)) == edition


def test_a_change_of_one_certificate_costs_little() -> None:
    one = replace(DELTA, added=DELTA.added[:1], removed=())

    assert len(directory.encode(one)) == 176 + 3373 + 1 + 4 + 5 + 2 + 2019 + 2


@pytest.mark.parametrize(
    "wrong",
    [
        replace(DELTA, full=True),
        replace(world().edition, root=None),
        replace(world().edition, issuer=None),
        replace(world().edition, removed=DELTA.removed),
        replace(DELTA, added=tuple(reversed(DELTA.added))),
        replace(DELTA, added=DELTA.added[:1] * 2),
        replace(DELTA, removed=tuple(reversed(DELTA.removed))),
        replace(DELTA, removed=DELTA.removed[:1] * 2),
        replace(DELTA, removed=(CertificateRef(b"short"),)),
        replace(DELTA, sealed_block=bytes(directory.MAX_SEALED_BLOCK + 1)),
        replace(DELTA, removed=DELTA.removed * 2049),
        replace(DELTA, signature=b""),
    ],
)
def test_a_segment_out_of_bounds_is_not_written(wrong: Edition) -> None:
    with pytest.raises(FormatError):
        directory.encode(wrong)


_AFTER_SIGNATURE = 176 + 3373


def test_a_segment_with_unknown_parts_is_refused() -> None:
    changed = bytearray(directory.encode(DELTA))
    changed[_AFTER_SIGNATURE] = 8

    with pytest.raises(FormatError, match="parts"):
        directory.decode(bytes(changed))


def test_a_segment_that_only_claims_to_be_full_is_refused() -> None:
    changed = bytearray(directory.encode(DELTA))
    changed[_AFTER_SIGNATURE] = 1

    with pytest.raises(FormatError, match="full"):
        directory.decode(bytes(changed))


def test_lengths_are_refused_before_anything_is_read() -> None:
    front = directory.encode(DELTA)[:_AFTER_SIGNATURE] + b"\x00"
    block = (5).to_bytes(4) + b"block"

    for tail in (
        (directory.MAX_SEALED_BLOCK + 1).to_bytes(4),
        block + (4097).to_bytes(2),
        block + (0).to_bytes(2) + (4097).to_bytes(2),
        block + (0).to_bytes(2) + (0).to_bytes(2) + b"\x00",
        block + (0).to_bytes(2) + (2).to_bytes(2) + b"b" * 32 + b"a" * 32,
    ):
        with pytest.raises(FormatError):
            directory.decode(front + tail)
    with pytest.raises(FormatError, match="16 MiB"):
        directory.decode(bytes(directory.MAX_SEGMENT + 1))


def test_certificates_out_of_order_are_refused() -> None:
    encoded = bytearray(directory.encode(replace(DELTA, removed=())))
    bodies = len(encoded) - 2 - 2 * 2019
    first, second = encoded[bodies : bodies + 2019], encoded[bodies + 2019 : -2]

    with pytest.raises(FormatError, match="order"):
        directory.decode(bytes(encoded[:bodies] + second + first + encoded[-2:]))


@given(st.integers(0, 0xFFFF), st.lists(st.binary(min_size=32, max_size=32), max_size=16))
def test_a_path_is_read_back(index: int, hashes: list[bytes]) -> None:
    path = MerklePath(index, tuple(hashes))

    encoded = directory.encode_path(path)

    assert len(encoded) == 3 + 32 * len(hashes)
    assert directory.decode_path(encoded) == path


def test_a_path_out_of_bounds_is_refused() -> None:
    for wrong in (
        MerklePath(0x10000, ()),
        MerklePath(-1, ()),
        MerklePath(0, (b"h" * 32,) * 17),
        MerklePath(0, (b"h",)),
    ):
        with pytest.raises(FormatError):
            directory.encode_path(wrong)
    for data in (b"", b"\x11" + bytes(2 + 17 * 32), b"\x01\x00\x00", b"\x00\x00\x00\x00"):
        with pytest.raises(FormatError):
            directory.decode_path(data)


def test_secrets_and_long_bytes_stay_out_of_the_repr() -> None:
    assert "block" not in repr(DELTA).replace("sealed_block", "")
