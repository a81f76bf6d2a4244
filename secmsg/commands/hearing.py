"""Packets as they came by hand: files of one packet, texts of groups, letters or base45, pictures of QR codes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from secmsg.commands import files
from secmsg.errors import FormatError
from secmsg.station import pictures
from secmsg.wire import base45_text, groups, packet_text
from secmsg.wire.groups import Recovered, Wanted
from secmsg.wire.packet_text import Written

MAX_INPUT = pictures.MAX_SIZE


@dataclass(frozen=True, slots=True)
class Given:
    """One packet as it was given: its bytes, what is written, or why a file holds none; `name` says where."""

    name: str
    given: bytes | Written | FormatError = field(repr=False)

    def heard(self) -> Recovered | Wanted:
        """Return the packet or what to ask for; FormatError."""
        match self.given:
            case bytes():
                return Recovered(self.given)
            case Written():
                return packet_text.read(self.given)
            case error:
                raise error


def given(paths: Sequence[Path]) -> Iterator[Given]:
    """Yield the packets of files and texts, then those of the codes of all pictures together; NotFound."""
    parts: dict[str, str] = {}
    for path in paths:
        data = files.read(path, MAX_INPUT)
        name = "" if path == files.STANDARD_STREAM else path.name
        try:
            if pictures.is_picture(data):
                parts |= dict.fromkeys(_parts(data), name)
            else:
                yield from _texts(data, name)
        except FormatError as error:
            yield Given(name, error)
    for written in packet_text.found("\n".join(parts)):
        names = sorted({name for part, name in parts.items() if part in written.text})
        yield Given(", ".join(names) or "the picture", written)


def _parts(data: bytes) -> list[str]:
    """Return the parts that a picture's codes hold; all must be ours, and of one packet."""
    texts = pictures.codes(data)
    if not all(base45_text.is_part(text) for text in texts):
        raise FormatError("the picture shows a QR code that holds no packet; frame the right one alone")
    if len(packet_text.found("\n".join(texts))) > 1:
        raise FormatError("the picture shows codes of more than one packet; frame one alone")
    return list(texts)


def _texts(data: bytes, name: str) -> Iterator[Given]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # No packet is text by chance: sixty of its bytes or more are random.
        yield Given(name or "the packet", data)
        return
    for written in packet_text.found(text):
        yield Given(f"{name}, {written.name}" if name else written.name, written)


def put_right(outcome: Recovered) -> str:
    """Name the groups that were put right, those first that nobody could see."""
    return groups.names((*outcome.changed, *outcome.wrong))
