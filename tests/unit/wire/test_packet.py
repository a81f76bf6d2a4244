"""The packet's table."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secmsg.errors import FormatError
from secmsg.wire import packet
from secmsg.wire.packet import PacketHeader, PqKind

HEADER = PacketHeader(
    epoch=1,
    n=2,
    pn=3,
    public=b"P" * 32,
    salt=b"S" * 16,
    body_len=4,
    pq_kind=PqKind.BOTH,
    ack=5,
    bitmap=6,
    edition=7,
    root_hash=b"roothash",
)
U32 = st.integers(0, packet.MAX_U32)


def test_the_header_is_the_table_of_the_specification() -> None:
    expected = (
        b"\x01\x01"
        + b"\x00\x00\x00\x01\x00\x00\x00\x02\x00\x00\x00\x03"
        + b"P" * 32
        + b"S" * 16
        + b"\x00\x00\x00\x04\x03\x00"
        + b"\x00\x00\x00\x05\x00\x00\x00\x06\x00\x00\x00\x07roothash"
    )

    assert packet.encode_header(HEADER) == expected
    assert len(expected) == packet.HEADER_SIZE == 88
    assert packet.OVERHEAD == 152


@given(
    st.builds(
        PacketHeader,
        epoch=U32,
        n=U32,
        pn=U32,
        public=st.binary(min_size=32, max_size=32),
        salt=st.binary(min_size=16, max_size=16),
        body_len=U32,
        pq_kind=st.sampled_from(PqKind),
        ack=U32,
        bitmap=U32,
        edition=U32,
        root_hash=st.binary(min_size=8, max_size=8),
    )
)
def test_every_header_comes_back_as_it_was(header: PacketHeader) -> None:
    assert packet.decode_header(packet.encode_header(header)) == header


@given(st.binary(min_size=88, max_size=88))
def test_88_bytes_decode_to_what_encodes_so_or_are_refused(data: bytes) -> None:
    try:
        header = packet.decode_header(b"\x01\x01" + data[2:])
    except FormatError:
        return
    assert packet.encode_header(header) == b"\x01\x01" + data[2:]


@pytest.mark.parametrize(("at", "value"), [(0, 0), (0, 2), (1, 0), (1, 2), (66, 4), (66, 255), (67, 1)])
def test_unknown_values_are_refused(at: int, value: int) -> None:
    data = bytearray(packet.encode_header(HEADER))
    data[at] = value

    with pytest.raises(FormatError):
        packet.decode_header(bytes(data))


@pytest.mark.parametrize("length", [0, 87, 89])
def test_another_length_is_refused(length: int) -> None:
    with pytest.raises(FormatError):
        packet.decode_header(packet.encode_header(HEADER).ljust(length, b"\0")[:length])


@pytest.mark.parametrize(
    "header",
    [
        replace(HEADER, n=1 << 32),
        replace(HEADER, n=-1),
        replace(HEADER, public=b"P" * 31),
        replace(HEADER, salt=b"S" * 17),
        replace(HEADER, root_hash=b""),
    ],
)
def test_a_field_that_does_not_fit_is_not_written(header: PacketHeader) -> None:
    with pytest.raises(FormatError):
        packet.encode_header(header)


def test_a_packet_is_cut_at_its_offsets() -> None:
    data = b"H" * 104 + b"C" * 32 + b"R" * 376

    parts = packet.split(data)

    assert (parts.header, parts.commitment, parts.rest) == (b"H" * 104, b"C" * 32, b"R" * 376)
    assert packet.split(data[:152]).rest == b"R" * 16
    with pytest.raises(FormatError):
        packet.split(data[:151])


@pytest.mark.parametrize(
    ("kind", "content", "sealed"),
    [(PqKind.NONE, 0, 0), (PqKind.OFFER, 1184, 1200), (PqKind.ANSWER, 1088, 1104), (PqKind.BOTH, 2272, 2288)],
)
def test_pq_fields_have_their_sizes(kind: PqKind, content: int, sealed: int) -> None:
    offer, answer = b"E" * 1184, b"C" * 1088

    joined = packet.join_pq(kind, offer, answer)

    assert (kind.content_size, kind.sealed_size, len(joined)) == (content, sealed, content)
    cut = packet.split_pq(kind, joined)
    assert cut == (offer if kind & PqKind.OFFER else b"", answer if kind & PqKind.ANSWER else b"")


def test_a_missing_part_of_a_pq_field_is_refused() -> None:
    with pytest.raises(FormatError):
        packet.join_pq(PqKind.OFFER, b"", b"C" * 1088)
    with pytest.raises(FormatError):
        packet.join_pq(PqKind.BOTH, b"E" * 1184, b"")


@pytest.mark.parametrize("size", [512, 2048, 8192, 32_768])
def test_a_size_class_is_taken_and_its_neighbours_are_not(size: int) -> None:
    packet.check_size(bytes(size))

    for wrong in (size - 1, size + 1):
        with pytest.raises(FormatError):
            packet.check_size(bytes(wrong))


def test_the_salt_is_not_printed() -> None:
    assert "SSSS" not in repr(HEADER)
