"""Fuzzed: what arrives on the thinnest links, sealed or not, whole or in pieces, coded or read out."""

from collections.abc import Iterator

from secmsg.errors import CryptoError, FormatError, SessionError
from secmsg.protocol import state, thin
from secmsg.wire import base45_text, fragments, groups, packet_text, thin_content, thin_lines, thin_text
from secmsg.wire.cable import Degree, Kind, Urgency
from secmsg.wire.slip import Slip
from secmsg.wire.thin_content import Message, ThinCable, ThinNotice, ThinReport, ThinSlip
from tests.fuzz.target import NotTheSameError, Target
from tests.helpers.sessions import NOW
from tests.helpers.thin import sealed, talking
from tests.helpers.thin_tables import vietnamese

_TABLES = {1: vietnamese()}
_TEXT = "Về chuyến thăm\n1. Đoàn đến Hà Nội ngày 20/11, bay VN-018.\n2. Đề nghị báo BNG trước 17 giờ."


def _content(data: bytes) -> object:
    """Take the first byte as the control byte; what is decoded means the same when it is encoded anew."""
    if not data:
        return None
    message = thin_content.decode(data[0], data[1:], _TABLES)
    control, encoded = thin_content.encode(message, _TABLES)
    if thin_content.decode(control, encoded, _TABLES) != message:
        raise NotTheSameError
    return message


def _contents() -> Iterator[bytes]:
    subject, _, body = _TEXT.partition("\n")
    dtg = thin_content.EPOCH + 60 * 3_000_000
    cable = ThinCable(7, Kind.CABLE, Degree.SECRET, Urgency.FLASH, 12, dtg, subject, body)
    for body_ in (
        cable,
        ThinSlip(7, Slip(bytes(32), 4_096, bytes(32))),
        ThinNotice(bytes(thin_content.NOTICE_SIZE)),
        ThinReport((3, 9)),
    ):
        for ack in (None, 5):
            if ack is not None or not isinstance(body_, ThinReport):
                control, encoded = thin_content.encode(Message(body_, ack), _TABLES)
                yield bytes([control]) + encoded
    yield bytes([0, 7, 0, 0, 12, 0, 0, 9]) + _TEXT.encode()


def _packet(data: bytes) -> object:
    opened = thin_content.open_packet(data)
    if isinstance(opened, thin_content.Piece) and fragments.encode(opened.fragment) != data[1:]:
        raise NotTheSameError
    return opened


def _joined(data: bytes) -> object:
    """Take a shape, a size and pieces with their places; cut the message again where they give one."""
    if len(data) < 2:
        return None
    count, parity, size = (data[0] >> 3) + 1, data[0] & 7, data[1] % 24 + 1
    rest, pieces = data[2:], {}
    # A piece has a byte at least: a fragment without one is refused before.
    while len(rest) > 1:
        pieces[rest[0] % (count + parity)] = rest[1 : size + 1]
        rest = rest[size + 1 :]
    message = fragments.join(pieces, count, parity)
    if message is not None:
        cut = fragments.cut(message, 0, len(next(iter(pieces.values()))), parity) if message else ()
        if message and any(cut[index].piece != piece for index, piece in pieces.items()):
            raise NotTheSameError
    return message


def _joinable() -> Iterator[bytes]:
    for message, size, parity in ((b"a message in three", 7, 2), (b"x" * 40, 20, 1), (b"alone", 9, 0)):
        cut = fragments.cut(message, 0, size, parity)
        shape = bytes([(cut[0].data - 1) << 3 | parity, size - 1])
        whole = [bytes([each.index]) + each.piece for each in cut]
        yield shape + b"".join(whole)
        yield shape + b"".join(whole[parity:])


def _line(data: bytes) -> object:
    packet = thin_lines.read(data.decode("utf-8", "replace"))
    if thin_lines.read(thin_lines.letters(packet)) != packet:
        raise NotTheSameError
    return packet


def _groups(data: bytes) -> object:
    """Read what somebody typed; a packet that comes out is the one that its groups say, once they are put right."""
    outcome = groups.decode(data.decode("utf-8", "replace"))
    if isinstance(outcome, groups.Recovered):
        again = groups.decode(" ".join(groups.encode(outcome.packet, 4)))
        if not isinstance(again, groups.Recovered) or again.packet != outcome.packet:
            raise NotTheSameError
    return outcome


def _spoken() -> Iterator[bytes]:
    spoken = groups.encode(b"sixteen bytes of", 4)
    yield groups.text(spoken).encode()
    yield " ".join((*spoken[:4], "?", *spoken[5:])).encode()
    yield " ".join((*spoken[1:8], *spoken[9:], "5=12345")).encode()
    yield " ".join(spoken).translate(str.maketrans("1234567890", "QWERTYUIOP")).encode()


def _text(data: bytes) -> object:
    """Sort a text into packets and read each; a part in base45 means what it says when it is written anew."""
    outcomes: list[object] = []
    for written in packet_text.found(data.decode("utf-8", "replace")):
        try:
            outcomes.append(packet_text.read(written))
        except FormatError as error:
            outcomes.append(error)
            continue
        if written.form is packet_text.Form.BASE45:
            packet = base45_text.joined(map(base45_text.decode, written.text.split("\n")))
            if base45_text.joined(map(base45_text.decode, base45_text.encode(packet, 98))) != packet:
                raise NotTheSameError
    return outcomes


def _texts() -> Iterator[bytes]:
    parts = base45_text.encode(b"sixteen bytes of", 8)
    yield "\n".join(parts).encode()
    yield f"# one\n{thin_lines.letters(bytes(60))}\n{parts[1]}\n5=12345\n{parts[0]}".encode()
    yield from _spoken()


def _opened(data: bytes) -> object:
    """Find a tag in the tables of a live session: its window, its far reach and what it keeps."""
    session, packet = _SESSION
    for start in (data[:4], packet[:4]):
        try:
            after, _ = thin.open_thin(session, start + data[4:], now=NOW)
        except (FormatError, SessionError, CryptoError):
            continue
        if state.decode(state.encode(after)) != after:
            raise NotTheSameError
    return None


def _live() -> tuple[state.Session, bytes]:
    initiator, responder = talking(b"fuzz/thin")
    _, packet = sealed(responder, b"thin")
    return initiator, packet


_SESSION = _live()

THIN = (
    Target("thin-content", _content, _contents, longest=1_024),
    Target("thin-packet", _packet, lambda: [bytes([1]) + bytes(39), bytes([0, 7, 2, 0b1010]) + b"p" * 36], longest=400),
    Target(
        "thin-text",
        lambda data: thin_text.decompress(data, _TABLES[1]),
        lambda: [thin_text.compress(text, _TABLES[1]) for text in (_TEXT, "A", "Ω≠漢字 ký tự lạ", "a" * 60)],
        longest=320,
    ),
    Target("thin-pieces", _joined, _joinable, longest=1_024),
    Target(
        "thin-lines",
        _line,
        lambda: [thin_lines.letters(data).encode() for data in (b"a", bytes(40), b"\xff" * 7)],
        longest=1_024,
    ),
    Target("groups-of-packets", _groups, _spoken, longest=1_024),
    Target("packet-text", _text, _texts, longest=1_024),
    Target("thin-tag", _opened, lambda: [_SESSION[1]], longest=400),
)
