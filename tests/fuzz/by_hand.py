"""Fuzzed: messages of the hand cipher as they are typed or received, and the sheets in place of the codebook."""

from collections.abc import Iterator

from secmsg.errors import FormatError, HandError
from secmsg.manual import board, header, syllabary_file, syllabary_text, text
from secmsg.manual.header import Header, following
from secmsg.manual.judging import MAX_COUNT
from secmsg.manual.message import encipher
from secmsg.manual.pad import page_number
from secmsg.manual.tag import sheet
from tests.fuzz.target import NotTheSameError, Target
from tests.helpers.manual import AT, SYLLABARY, codes, pages

_LINES = text.write(
    encipher(codes(b"fuzz", 23), pages(b"fuzz", 42, 1), [sheet(31_415)], serial=104, at=AT, parity=True)
)


REFUSED = (FormatError, HandError)


def read(data: bytes) -> object:
    """Read a message and judge it."""
    return text.read(data.decode("utf-8", "replace"))


def longest(cells: int, cell: bytes = b" ?????") -> bytes:
    """Return the header of the longest message, and so many cells that are no group of it."""
    long = Header(1, following(page_number(1), MAX_COUNT), AT, MAX_COUNT, parity=True, tags=2)
    return " ".join(header.written(long)).encode() + cell * cells


def _message(data: bytes) -> object:
    """Read what somebody typed; a message that is whole comes back from its own text."""
    read = text.read(data.decode("utf-8", "replace"))
    if len(read.judgement.groups) != read.header.count:
        raise NotTheSameError
    message = read.message()
    tags = tuple(tag if tag.isascii() and tag.isdigit() and len(tag) == 5 else "00000" for tag in message.tags)
    if tags == message.tags and text.read(text.write(message)).message() != message:
        raise NotTheSameError
    return message


def _messages() -> Iterator[bytes]:
    yield _LINES.encode()
    yield _LINES.translate(str.maketrans("1234567890", "QWERTYUIOP")).encode()
    yield _LINES.translate(str.maketrans("1234567890", "AUV4E6BDNT")).encode()
    yield _LINES.replace("\n", "\n2. ", 1).replace(" ", "/", 9).encode()
    cells = _LINES.split()
    yield " ".join([*cells[:9], "?", *cells[10:14], *cells[15:]]).encode()


def _syllabary(data: bytes) -> object:
    said = syllabary_text.decode(data.decode("ascii", "replace").split(), SYLLABARY)
    if said.strip() and "'" not in said and len(said) < 400:
        # What was read can be said again where the sheet has its signs, and reads the same from then on.
        try:
            once = syllabary_text.reads(said, SYLLABARY, capitals=True)
        except FormatError:
            return said
        if syllabary_text.reads(once, SYLLABARY, capitals=True) != once:
            raise NotTheSameError
    return said


BY_HAND = (
    Target("hand-message", _message, _messages, refusals=REFUSED, longest=4_096),
    Target(
        "hand-syllabary",
        _syllabary,
        lambda: [
            " ".join(syllabary_text.encode(said, SYLLABARY, capitals=True)).encode()
            for said in ("Đại sứ quán đã nhận điện 0412.", 'Ngọc Hà, 1.250,5 (COVID-19): boong "a"', "7" * 20)
        ],
        longest=1_024,
    ),
    Target(
        "hand-syllabary-file",
        lambda data: syllabary_file.parse(data.decode("utf-8", "replace")),
        lambda: [syllabary_file.write(SYLLABARY).encode()],
        longest=8_192,
    ),
    Target(
        "hand-board",
        lambda data: board.decode_vietnamese(data.decode("ascii", "replace")),
        lambda: [board.encode_vietnamese("đã nhận điện 0412.").encode()],
        longest=1_024,
    ),
)
