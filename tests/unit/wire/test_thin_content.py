"""What thin packets hold: every message comes back, in one packet or in pieces, and nothing else does."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secmsg.errors import FormatError
from secmsg.ids import Serial, StationId
from secmsg.station.thin_tables import check
from secmsg.wire import fragments, thin_content
from secmsg.wire.cable import Degree, Kind, Urgency
from secmsg.wire.thin_content import (
    Bearer,
    Body,
    Message,
    Piece,
    ThinCable,
    ThinNotice,
    ThinReport,
    ThinSlip,
    Type,
)
from tests.helpers.cables import SLIP
from tests.helpers.thin_tables import vietnamese

TABLES = {1: vietnamese()}
CABLE = ThinCable(
    serial=44,
    kind=Kind.CABLE,
    degree=Degree.CONFIDENTIAL,
    urgency=Urgency.IMMEDIATE,
    number=118,
    dtg=1_785_931_200,
    subject="Tình hình bầu cử",
    body="Đề nghị Bộ cho ý kiến trước 17 giờ.",
)
BODIES: tuple[Body, ...] = (
    CABLE,
    replace(CABLE, kind=Kind.TELEGRAM, number=99_999, degree=Degree.TOP_SECRET, urgency=Urgency.FLASH, serial=0),
    replace(CABLE, number=1, dtg=CABLE.dtg + 60),
    replace(CABLE, subject="日本語", body="特命全権大使"),
    ThinSlip(255, SLIP),
    ThinNotice(bytes(range(12))),
    ThinReport(()),
    ThinReport(tuple(range(32))),
)


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("bearer", Bearer)
def test_a_message_comes_back_from_its_packets(body: Body, bearer: Bearer) -> None:
    message = Message(body, ack=7)

    sealed = thin_content.packets(message, bearer, 200, 2, TABLES, check)

    assert {len(each) + thin_content.OVERHEAD for each in sealed} <= set(thin_content.SIZES)
    assert all(len(each) <= bearer.room for each in sealed)
    assert _read(sealed[2:] if len(sealed) > 2 else sealed) == message


def _read(contents: tuple[bytes, ...]) -> Message:
    opened = [thin_content.open_packet(each) for each in contents]
    if not isinstance(opened[0], Piece):
        (whole,) = opened
        assert not isinstance(whole, Piece)
        return thin_content.decode(*whole, TABLES)
    pieces = [each for each in opened if isinstance(each, Piece)]
    assert {each.control for each in pieces} == {pieces[0].control}
    shape = pieces[0].fragment
    joined = fragments.join({each.fragment.index: each.fragment.piece for each in pieces}, shape.data, shape.parity)
    assert joined is not None
    control = pieces[0].control
    return thin_content.decode(control, thin_content.joined(control, joined, check), TABLES)


def test_a_cable_of_sixty_words_is_one_text_message() -> None:
    words = (
        "Khoảng 5 giờ sáng nay xảy ra động đất mạnh ngoài khơi phía bắc, chính quyền đã phát cảnh báo sóng thần. Đến "
        "11 giờ chưa có thông tin người Việt thiệt mạng; khoảng 40 lao động tại nhà máy thủy sản đã được sơ tán lên "
        "khu trường học. Sứ quán lập tổ trực, sẽ báo tiếp sau."
    )
    assert len(f"{CABLE.subject} {words}".split()) >= 60

    (packet,) = thin_content.packets(Message(replace(CABLE, body=words)), Bearer.SMS, 0, 0, TABLES, check)

    assert len(packet) == Bearer.SMS.room


def test_two_cables_of_about_one_length_have_one_size() -> None:
    bodies = ("Đã nhận.", "Đã nhận điện số 45 và 46.")

    cables = [Message(replace(CABLE, body=body)) for body in bodies]
    sizes = {len(thin_content.packets(each, Bearer.SMS, 0, 0, TABLES, check)[0]) for each in cables}

    assert len(sizes) == 1


@given(st.binary(min_size=40, max_size=40))
def test_what_is_read_from_any_bytes_is_written_again(content: bytes) -> None:
    try:
        opened = thin_content.open_packet(content)
        if isinstance(opened, Piece):
            assert fragments.encode(opened.fragment) == content[1:]
            return
        message = thin_content.decode(*opened, TABLES)
    except FormatError:
        return
    assert thin_content.decode(*thin_content.encode(message, TABLES), TABLES) == message


def test_the_identity_of_a_cable_depends_on_everything_that_was_sent() -> None:
    def identity(cable: ThinCable, origin: int = 45, to: int = 1, serial: int = 300) -> bytes:
        return thin_content.identity(cable, StationId(origin), StationId(to), Serial(serial))

    others = {
        identity(CABLE, origin=46),
        identity(CABLE, to=2),
        identity(CABLE, serial=301),
        identity(replace(CABLE, kind=Kind.TELEGRAM)),
        identity(replace(CABLE, degree=Degree.SECRET)),
        identity(replace(CABLE, urgency=Urgency.FLASH)),
        identity(replace(CABLE, number=119)),
        identity(replace(CABLE, dtg=CABLE.dtg + 60)),
        identity(replace(CABLE, subject=CABLE.subject + ".")),
        identity(replace(CABLE, body=CABLE.body + ".")),
    }

    assert len(others | {identity(CABLE)}) == 11


@pytest.mark.parametrize(
    "body",
    [
        replace(CABLE, kind=Kind.SERVICE),
        replace(CABLE, number=0),
        replace(CABLE, number=100_000),
        replace(CABLE, dtg=CABLE.dtg + 1),
        replace(CABLE, dtg=thin_content.EPOCH - 60),
        replace(CABLE, dtg=thin_content.EPOCH + 60 * 2**24),
        replace(CABLE, subject="ab"),
        replace(CABLE, body=""),
        replace(CABLE, body="a\x00b"),
        replace(CABLE, body="a\ud800b"),
        replace(CABLE, body="đ" * 8_193),
        ThinSlip(1, replace(SLIP, size=2**40)),
        ThinNotice(bytes(11)),
        ThinReport(tuple(range(33))),
    ],
)
def test_a_message_that_no_receiver_would_take_does_not_leave(body: Body) -> None:
    with pytest.raises(FormatError):
        thin_content.encode(Message(body, ack=0), TABLES)


def test_a_report_needs_its_acknowledgement() -> None:
    with pytest.raises(FormatError, match="acknowledgement"):
        thin_content.encode(Message(ThinReport(())), TABLES)


def _plain(*fields: bytes) -> bytes:
    return b"".join(fields)


HEAD = bytes([44, 0b01100000, 0, 118, 0x34, 0xE3, 0x20])


@pytest.mark.parametrize(
    ("control", "data"),
    [
        (0, HEAD + b"abc\nd"),
        (5 << 5, HEAD + b"abc\nd"),
        (Type.CABLE << 5, b""),
        (Type.CABLE << 5, HEAD[:6]),
        (Type.CABLE << 5, HEAD + b"abcd"),
        (Type.CABLE << 5, HEAD + b"abc\n"),
        (Type.CABLE << 5, HEAD + b"abc\n\xff"),
        (Type.CABLE << 5, HEAD + b"abc\nd\0e"),
        (Type.CABLE << 5 | 2 << 2, HEAD + b"abc\nd"),
        (Type.CABLE << 5 | 1 << 2, HEAD + b"\xff" * 30),
        (Type.CABLE << 5, HEAD[:1] + b"\x62" + HEAD[2:] + b"abc\nd"),
        (Type.CABLE << 5, HEAD[:2] + bytes(2) + HEAD[4:] + b"abc\nd"),
        (Type.CABLE << 5, HEAD + b"abc\n" + b"x" * 10_240),
        (Type.NOTICE << 5 | 1 << 2, bytes(12)),
        (Type.NOTICE << 5, bytes(11)),
        (Type.NOTICE << 5, bytes(12) + b"x"),
        (Type.SLIP << 5, bytes(82)),
        (Type.REPORT << 5, bytes(3)),
        (Type.REPORT << 5 | 2, b"\0\0\x21" + bytes(40)),
        (Type.REPORT << 5 | 2, b"\0"),
    ],
)
def test_a_message_with_anything_wrong_is_refused(control: int, data: bytes) -> None:
    with pytest.raises(FormatError):
        thin_content.decode(control, data, TABLES)


@pytest.mark.parametrize("content", [b"", bytes(39), bytes(341), bytes([0x20, 1, 9, 8]) + bytes(36)])
def test_a_packet_of_another_size_or_with_a_fragment_beyond_its_message_is_refused(content: bytes) -> None:
    with pytest.raises(FormatError):
        thin_content.open_packet(content)


def test_a_message_without_room_for_its_check_is_refused() -> None:
    with pytest.raises(FormatError):
        thin_content.joined(0, b"abc", check)


def test_a_text_too_long_for_the_bearer_is_refused() -> None:
    # Words that no table knows, so that they stay as long as they are.
    long = " ".join("".join(chr(0x4E00 + (i * j) % 9000) for j in range(20)) for i in range(1, 40))
    with pytest.raises(FormatError, match="too many"):
        thin_content.packets(Message(replace(CABLE, body=long)), Bearer.VOICE, 0, 0, TABLES, check)
