"""Make the vectors of what thin packets hold: compressed text, messages and fragments, lines.

Text is compressed by the table of resources/thin with the number that stands in the control byte.
"""

from collections.abc import Iterator
from dataclasses import replace

from secmsg.ids import Serial, StationId
from secmsg.station.thin_tables import check
from secmsg.wire import thin_content, thin_lines, thin_table, thin_text
from secmsg.wire.cable import Degree, Kind, Urgency
from secmsg.wire.range_coder import RangeWriter
from secmsg.wire.thin_content import Bearer, Body, Message, ThinCable, ThinNotice, ThinReport, ThinSlip, Type
from tests.helpers.cables import SLIP
from tests.helpers.seeded_random import seeded
from tests.helpers.thin_tables import unseen, vietnamese
from tests.helpers.vectors import written
from tests.vectors import frame
from tests.vectors.frame import Test

PAGE = "thin-text.md"
TABLE = vietnamese()
TABLES = {1: TABLE}
CABLE = ThinCable(
    serial=300 % 256,
    kind=Kind.CABLE,
    degree=Degree.CONFIDENTIAL,
    urgency=Urgency.IMMEDIATE,
    number=118,
    dtg=1_785_931_200,
    subject="Tình hình bầu cử",
    body="Đề nghị Bộ cho ý kiến trước 17 giờ.",
)


def made() -> dict[str, str]:
    """Return the three files."""
    return {
        "thin_text": frame.text(PAGE, [*_texts(), *_refused_texts()]),
        "thin_content": frame.text(PAGE, [*_messages(), *_fragments(), *_refused_messages(), *_refused_fragments()]),
        "thin_lines": frame.text(PAGE, [*_lines(), *_refused_lines()]),
    }


def _texts() -> Iterator[Test]:
    for name, text in (
        ("nothing", ""),
        ("two spaces, a line feed, a space at the end", "  a \n b "),
        ("capitals", "VIỆT NAM, Việt Nam, việt nam, vIỆt"),
        ("names that no table knows", "UNHCR và Guterres, ở Zürich"),
        ("other scripts", "日本 \U0001f600"),
        ("a repeated letter", "x" * 40),
        *((f"an unseen cable, {place}", text) for place, text in enumerate(unseen()[:4], 1)),
    ):
        flags = ["example"] if name == "capitals" else []
        yield frame.ok(name, *flags, text=text, hex=thin_text.compress(text, TABLE).hex())
    filled = thin_text.compress("Đã nhận.", TABLE) + bytes(9)
    yield frame.ok("fill of zeros", text="Đã nhận.", hex=filled.hex())


def _refused_texts() -> Iterator[Test]:
    packed = thin_text.compress("Đề nghị cho ý kiến.", TABLE)
    yield frame.no("a byte after the end", "FormatError", "canonical", hex=(packed + b"\0\1").hex())
    yield frame.no("beyond the range", "FormatError", "bound", hex=(b"\xff" * 12).hex())
    yield frame.no(
        "a word of the table, spelled", "FormatError", "canonical", hex=_spelling(*map(ord, "và"), stop=True)
    )
    yield frame.no("a spelling of nothing", "FormatError", "rule", hex=_spelling(stop=True))
    yield frame.no("half of a pair of code units", "FormatError", "text", hex=_spelling(0xD800, literal=True))
    yield frame.no("beyond the code points", "FormatError", "text", hex=_spelling(0x110000, literal=True))
    yield frame.no("more than 8192 characters", "FormatError", "bound", hex=_long(8_193))


def _spelling(*codes: int, stop: bool = False, literal: bool = False) -> str:
    writer, context = RangeWriter(), thin_text._Context(TABLE)
    thin_text._put_symbol(writer, context.levels(), 0)
    previous = thin_table.BEGIN
    for code in codes:
        row = TABLE.spelling[previous]
        if literal:
            writer.put(*row.span(len(TABLE.letters) - 1))
            writer.put(code, 1, 1 << 21)
        else:
            writer.put(*row.span(TABLE.letters.index(chr(code))))
            previous = chr(code)
    if stop:
        writer.put(*TABLE.spelling[previous].span(len(TABLE.letters) - 2))
    return writer.bytes().hex()


def _long(count: int) -> str:
    """Compress more than may be: the bound is the reader's, not only the writer's."""
    writer, context = RangeWriter(), thin_text._Context(TABLE)
    symbol = TABLE.index["."]
    for _ in range(count):
        thin_text._put_symbol(writer, context.levels(), symbol)
        writer.put(*context.spacing(".").span(0))
        context.after(symbol, thin_text.Token(".", space=False, case=None))
    thin_text._put_symbol(writer, context.levels(), thin_table.END)
    return writer.bytes().hex()


def _messages() -> Iterator[Test]:
    for name, body, ack, bearer, flags in (
        ("a cable in one packet", CABLE, None, Bearer.SMS, ("example",)),
        ("a cable with an acknowledgement", CABLE, 65_535, Bearer.SMS, ()),
        ("a telegram of the highest number", _other(kind=Kind.TELEGRAM, number=99_999), None, Bearer.SMS, ()),
        ("a cable without compression", _other(subject="日本語", body="特命"), None, Bearer.VOICE, ()),
        ("a slip", ThinSlip(9, SLIP), None, Bearer.SMS, ()),
        ("a revocation notice", ThinNotice(bytes(range(12))), None, Bearer.VOICE, ()),
        ("a report of two cables", ThinReport((44, 45)), 43, Bearer.VOICE, ()),
    ):
        message = Message(body, ack)
        (content,) = thin_content.packets(message, bearer, 0, 0, TABLES, check)
        yield frame.ok(name, *flags, value=_written(message), contents=[content.hex()], identity=_identity(body))


def _other(**changes: object) -> ThinCable:
    return replace(CABLE, **changes)  # type: ignore[arg-type]  # the fields are named where it is called


def _written(message: Message) -> object:
    return written(message)


def _identity(body: Body) -> str:
    if not isinstance(body, ThinCable):
        return ""
    return thin_content.identity(body, StationId(45), StationId(1), Serial(300)).hex()


def _fragments() -> Iterator[Test]:
    for name, bearer, parity, missing in (
        ("fragments without parity, out of order", Bearer.VOICE, 0, ()),
        ("one parity fragment in place of the second", Bearer.VOICE, 1, (1,)),
        ("three parity fragments in place of the first three", Bearer.VOICE, 3, (0, 1, 2)),
        ("fragments of 340 bytes", Bearer.SBD_FROM_MISSION, 2, (0,)),
    ):
        body = "\n".join(unseen()) if bearer is not Bearer.VOICE else unseen()[0]
        message = Message(_other(body=body))
        every = thin_content.packets(message, bearer, 77, parity, TABLES, check)
        kept = [each.hex() for place, each in enumerate(every) if place not in missing]
        yield frame.ok(name, value=_written(message), contents=kept[::-1], identity=_identity(message.body))


def _refused_messages() -> Iterator[Test]:
    (cable,) = thin_content.packets(Message(CABLE), Bearer.SMS, 0, 0, TABLES, check)
    (plain,) = thin_content.packets(Message(_other(subject="日本語", body="特命")), Bearer.VOICE, 0, 0, TABLES, check)
    (slip,) = thin_content.packets(Message(ThinSlip(9, SLIP)), Bearer.SMS, 0, 0, TABLES, check)
    (notice,) = thin_content.packets(Message(ThinNotice(bytes(12))), Bearer.VOICE, 0, 0, TABLES, check)
    (report,) = thin_content.packets(Message(ThinReport((1,)), 5), Bearer.VOICE, 0, 0, TABLES, check)
    for name, flag, content in (
        ("no content", "length", b""),
        ("a size that no packet has", "length", cable + bytes(1)),
        ("type 0", "bound", bytes([1]) + cable[1:]),
        ("type 5", "bound", bytes([Type.REPORT + 1 << 5 | 1]) + cable[1:]),
        ("a table that is not here", "context", bytes([cable[0] ^ 0b1100]) + cable[1:]),
        ("marks that must be zero", "bound", cable[:2] + bytes([cable[2] | 2]) + cable[3:]),
        ("number 0", "bound", cable[:3] + bytes(2) + cable[5:]),
        ("fill that is not zeros", "canonical", cable[:-1] + b"\1"),
        ("UTF-8 that is none", "text", plain[:8] + b"\xff" + plain[9:]),
        ("a zero inside the text", "text", plain[:9] + b"\0" + plain[10:]),
        ("a text without a line feed", "rule", plain[:8] + plain[8:].replace(b"\n", b" ")),
        ("a slip of another type", "bound", slip[:2] + b"\2" + slip[3:]),
        ("a slip with a method", "rule", bytes([slip[0] | 4]) + slip[1:]),
        ("a slip with fill that is not zeros", "canonical", slip[:-1] + b"\1"),
        ("a notice with fill that is not zeros", "canonical", notice[:-1] + b"\1"),
        ("a report without acknowledgement", "rule", bytes([report[0] & ~2]) + report[1:]),
        ("a report of 33 cables", "bound", report[:3] + bytes([33]) + report[4:]),
    ):
        yield frame.no(name, "FormatError", flag, contents=[content.hex()])


def _refused_fragments() -> Iterator[Test]:
    message = Message(_other(body=unseen()[0]))
    every = thin_content.packets(message, Bearer.VOICE, 77, 1, TABLES, check)
    random = seeded(b"thin fragments")
    alien = every[1][:4] + random(len(every[1]) - 4)
    yield frame.no("an index beyond the message", "FormatError", "bound", contents=[_with(every[0], 2, 31)])
    yield frame.no("one piece altered, more than enough there", "FormatError", "rule",
                   contents=[each.hex() for each in (every[0], alien, *every[2:])])  # fmt: skip
    yield frame.no("one piece altered, just enough there", "FormatError", "rule",
                   contents=[each.hex() for each in (every[0], alien, *every[2:-1])])  # fmt: skip


def _with(content: bytes, place: int, value: int) -> str:
    return (content[:place] + bytes([value]) + content[place + 1 :]).hex()


def _lines() -> Iterator[Test]:
    random = seeded(b"thin lines")
    for bearer in Bearer:
        packet = random(bearer)
        line = thin_lines.letters(packet)
        flags = ["example"] if bearer is Bearer.VOICE else []
        yield frame.ok(f"letters of {bearer} bytes", *flags, hex=packet.hex(), line=line, made=line)
        if bearer is Bearer.VOICE:
            read = line.lower().replace(" ", "-").replace("0", "o").replace("1", "l")
            yield frame.ok("letters as they are typed", hex=packet.hex(), line=read, made=line)


def _refused_lines() -> Iterator[Test]:
    groups = thin_lines.letters(seeded(b"thin lines")(60)).split()
    swapped = [*groups[:2], groups[3], groups[2], *groups[4:]]
    wrong = ["7" if groups[1][0] != "7" else "8", *groups[1][1:]]
    for name, flag, line in (
        ("nothing", "length", ""),
        ("a wrong letter", "rule", " ".join((groups[0], "".join(wrong), *groups[2:]))),
        ("groups that changed places", "rule", " ".join(swapped)),
        ("a letter that the code does not have", "text", " ".join(("UUUUUUUU", *groups[1:]))),
        ("bits beyond the last byte", "canonical", "A" + thin_lines.ALPHABET[thin_lines._checked([10], 0)[1]]),
    ):
        yield frame.no(name, "FormatError", flag, line=line)
