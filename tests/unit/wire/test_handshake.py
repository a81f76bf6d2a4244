"""The handshake's tables."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secmsg.errors import FormatError
from secmsg.ids import CertificateRef, SessionId
from secmsg.wire import handshake
from secmsg.wire.handshake import Box, Front, ResetReason
from secmsg.wire.packet import EditionMark

FRONT = Front(signed_id=5, one_time_id=256, ephemeral=b"E" * 32, ct_signed=b"S" * 1568, ct_one_time=b"O" * 1088)
BOX = Box(
    sender=CertificateRef(b"R" * 32),
    signature=b"G" * 3373,
    generation=2,
    previous=SessionId(b"V" * 16),
    reason=ResetReason.STATE_LOST,
    edition=EditionMark(9, b"roothash"),
    public=b"X" * 32,
    offer=b"K" * 1184,
    packet=b"P" * 806,
)


def test_the_front_is_the_table_of_the_specification() -> None:
    head = b"\x01\x01\x00\x00\x00\x00\x00\x05\x00\x00\x01\x00"

    encoded = handshake.encode_front(FRONT)

    assert encoded == head + b"E" * 32 + b"S" * 1568 + b"O" * 1088
    assert len(encoded) == handshake.FRONT_SIZE == 2700
    assert handshake.decode_front(encoded + b"box") == (FRONT, b"box")


def test_a_last_resort_has_its_flag_and_no_one_time_prekey() -> None:
    front = replace(FRONT, one_time_id=None)

    encoded = handshake.encode_front(front)

    assert encoded[:12] == b"\x01\x01\x00\x01\x00\x00\x00\x05\x00\x00\x00\x00"
    assert handshake.decode_front(encoded) == (front, b"")


def test_the_box_is_the_table_of_the_specification() -> None:
    terms = b"\x00\x00\x00\x02" + b"V" * 16 + b"\x01" + b"\x00\x00\x00\x09roothash" + b"X" * 32 + b"K" * 1184

    encoded = handshake.encode_box(BOX)

    assert encoded == b"R" * 32 + b"G" * 3373 + terms + b"P" * 806
    assert handshake.encode_terms(BOX) == terms
    assert (len(terms), handshake.TERMS_SIZE) == (1249, 1249)
    assert handshake.BOX_FRONT_SIZE == 4654
    assert handshake.decode_box(encoded) == BOX


def test_sizes_add_up_to_the_classes() -> None:
    assert handshake.FIRST_PACKET_SIZES == (806, 25_382)
    for size, first in zip((8192, 32_768), handshake.FIRST_PACKET_SIZES, strict=True):
        assert 16 + 2700 + 16 + 4654 + first == size
    assert (handshake.FIRST_PAYLOAD_SMALL, handshake.FIRST_PAYLOAD_MAX) == (654, 25_230)


@pytest.mark.parametrize(
    ("at", "value"),
    [(0, 2), (1, 2), (2, 1), (3, 1), (3, 2)],
)
def test_an_unknown_head_is_refused(at: int, value: int) -> None:
    data = bytearray(handshake.encode_front(FRONT))
    data[at] = value

    with pytest.raises(FormatError):
        handshake.decode_front(bytes(data))


def test_no_one_time_prekey_without_the_flag_is_refused() -> None:
    data = bytearray(handshake.encode_front(FRONT))
    data[8:12] = bytes(4)

    with pytest.raises(FormatError):
        handshake.decode_front(bytes(data))
    with pytest.raises(FormatError):
        handshake.encode_head(5, 0)


def test_a_front_cut_short_is_refused() -> None:
    data = handshake.encode_front(FRONT)

    for length in (0, 11, 43, 2699):
        with pytest.raises(FormatError):
            handshake.decode_front(data[:length])


@pytest.mark.parametrize(
    ("at", "value"), [(3405, b"\x00\x00\x00\x00"), (3425, bytes([max(ResetReason) + 1])), (3425, b"\xff")]
)
def test_an_unknown_term_is_refused(at: int, value: bytes) -> None:
    data = bytearray(handshake.encode_box(BOX))
    data[at : at + len(value)] = value

    with pytest.raises(FormatError):
        handshake.decode_box(bytes(data))


@pytest.mark.parametrize("length", [0, 805, 807, 25_381, 25_383])
def test_a_first_packet_of_another_size_is_refused(length: int) -> None:
    with pytest.raises(FormatError):
        handshake.decode_box(handshake.encode_box(replace(BOX, packet=bytes(length))))


@given(st.binary(max_size=6000))
def test_junk_is_a_format_error_or_decodes_to_what_encodes_so(data: bytes) -> None:
    for decode in (handshake.decode_front, handshake.decode_box):
        try:
            decode(data)
        except FormatError:
            continue


def test_long_values_are_not_printed() -> None:
    assert "GGGG" not in repr(BOX)
    assert "KKKK" not in repr(BOX)
    assert "SSSS" not in repr(FRONT)
