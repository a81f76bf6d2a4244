"""`secmsg hand syllabary`: a text in codes by the one-page sheet, for a codebook that is destroyed, and back."""

from dataclasses import dataclass
from pathlib import Path

import click

from secmsg.commands import files
from secmsg.commands.asking import json_option
from secmsg.commands.printing import print_json
from secmsg.manual import syllabary_text
from secmsg.manual.checks import COLUMNS
from secmsg.manual.tokens import MAX_CHARACTERS
from secmsg.station import syllabaries

MAX_TEXT_BYTES = 4 * MAX_CHARACTERS
MAX_CODES_BYTES = 65_536

_Text = click.Path(path_type=Path, allow_dash=True)


@dataclass(frozen=True, slots=True)
class Said:
    """What `encode --json` prints: the codes with the two that name the sheet, and what the other end will read."""

    edition: int
    groups: tuple[str, ...]
    reads: str


@click.group()
def syllabary() -> None:
    """Write by the syllabary, the one-page sheet that stands in for a destroyed codebook."""


@syllabary.command()
@json_option
@click.option("--capitals", is_flag=True, help="Spend two figures on each capital inside a sentence.")
@click.argument("source", type=_Text)
def encode(*, as_json: bool, capitals: bool, source: Path) -> None:
    """Turn a text (a file, `-` from standard input) into codes, and say what the other end will read.

    Nothing is enciphered: codes hide nothing.
    """
    sheet = syllabaries.load()
    codes = syllabary_text.encode(files.read_text(source, MAX_TEXT_BYTES), sheet, capitals=capitals)
    said = Said(sheet.edition, codes, syllabary_text.decode(codes, sheet))
    if as_json:
        print_json(said)
        return
    for start in range(0, len(codes), COLUMNS):
        click.echo(" ".join(codes[start : start + COLUMNS]))
    click.echo(f"# {len(codes)} groups; not enciphered. The other end will read:\n{said.reads}", err=True)


@syllabary.command()
@json_option
@click.argument("source", type=_Text)
def decode(*, as_json: bool, source: Path) -> None:
    """Turn codes (a file, `-` from standard input) into the text."""
    text = syllabaries.read(files.read_text(source, MAX_CODES_BYTES).split())
    if as_json:
        print_json({"text": text})
    else:
        click.echo(text)
