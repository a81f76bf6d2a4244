"""How commands write sealed packets for a link: as groups, as base45 text, as QR codes, as a sheet for the fax."""

from collections.abc import Iterator
from enum import Enum
from pathlib import Path

import click

from secmsg.commands import files
from secmsg.station import packet_papers
from secmsg.wire import base45_text, groups
from secmsg.wire.groups import Link


class Form(Enum):
    """What a packet is written as; codes and sheets are files."""

    GROUPS = "groups"
    BASE45 = "base45"
    QR = "qr"
    FAX = "fax"


_FILES = {Form.QR: "png", Form.FAX: "pdf"}
FIGURES = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
"""The figures as they are spoken, each a word of its own: mốt, tư and lăm are for counting."""

link_option = click.option(
    "--link",
    type=click.Choice([each.value for each in Link]),
    help="What carries the groups: how many are added for what is lost on the way follows from it.",
)
spoken_option = click.option("--spoken", is_flag=True, help="Groups to be read aloud: figures apart, then their words.")


def parity(packet: bytes, link: Link, asked: int | None = None) -> int:
    """Return how many groups of parity a packet gets."""
    return groups.parity_for(link, len(packet)) if asked is None else asked


def lines(packet: bytes, form: Form, parity_: int, *, spoken: bool = False) -> Iterator[str]:
    """Yield a packet as lines of text; FormatError when it is too long for its form."""
    if form is Form.BASE45:
        yield from base45_text.encode(packet, base45_text.SMS_BYTES)
        return
    written = groups.encode(packet, parity_)
    if not spoken:
        yield from groups.text(written).splitlines()
        return
    # Figures apart first: this is read back as it stands. Then the words, which are remarks.
    for number, line in enumerate(groups.lines(written)):
        yield f"{number:2}: {'   '.join(' '.join(group) for group in line)}"
    for number, line in enumerate(groups.lines(written)):
        yield f"# dòng {_words(str(number))}: {'; '.join(map(_words, line))}"


def is_file(form: Form) -> bool:
    """Say whether a form is a file and no text."""
    return form in _FILES


def contents(packet: bytes, form: Form, parity_: int) -> tuple[bytes, ...]:
    """Return the files that a packet is: one for each code, one for a sheet."""
    return packet_papers.pictures(packet) if form is Form.QR else (packet_papers.fax(packet, parity_),)


def write(packet: bytes, form: Form, parity_: int, path: Path) -> Iterator[Path]:
    """Write a packet's files beside each other, numbered where there are several; StoreExists, NotFound, DiskFull."""
    made = contents(packet, form, parity_)
    for number, content in enumerate(made, 1):
        name = f"{path.name}-{number}" if len(made) > 1 else path.name
        yield files.make(path.with_name(f"{name}.{_FILES[form]}"), content)


def _words(figures: str) -> str:
    return " ".join(FIGURES[int(figure)] for figure in figures)
