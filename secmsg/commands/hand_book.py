"""`secmsg hand encode`, `decode` and `book`: a text in codes, codes as text, and the codebook itself."""

from dataclasses import dataclass
from pathlib import Path

import click

from secmsg import vietnamese
from secmsg.commands import files
from secmsg.commands.asking import json_option
from secmsg.commands.printing import print_json, print_table
from secmsg.commands.root import LazyGroup
from secmsg.errors import FormatError
from secmsg.manual import codebook_file, decoding, encoding
from secmsg.manual.capitals import Capitals
from secmsg.manual.changes import Change
from secmsg.manual.codebook import Book, Kind
from secmsg.manual.tokens import MAX_CHARACTERS
from secmsg.station import codebooks
from secmsg.vietnamese import Legacy

MAX_TEXT_BYTES = 4 * MAX_CHARACTERS
MAX_CODES_BYTES = 65_536
ROW = 10

_SPELLED = (Kind.BIGRAPH, Kind.LETTER, Kind.SPELL, Kind.CHARACTER)
_Text = click.Path(path_type=Path, allow_dash=True)
_edition = click.option("--edition", type=click.IntRange(1, 9999), help="Of the codebook; the newest without it.")
_file = click.option("--book", "file", type=_Text, help="A codebook's file instead of one that comes with the program.")


@dataclass(frozen=True, slots=True)
class Encoded:
    """What `encode --json` prints: `groups` are the codes of the text alone, in order."""

    edition: int
    groups: tuple[str, ...]
    segments: tuple[encoding.Segment, ...]
    changes: tuple[Change, ...]
    text: str
    words: int
    group_count: int
    groups_per_100_words: float


@click.command()
@json_option
@_edition
@_file
@click.option(
    "--capitals",
    type=click.Choice([each.value for each in Capitals]),
    default=Capitals.NAMES.value,
    show_default=True,
    help="Which capitals groups are spent on, beyond those that the rules give.",
)
@click.option("--repeat-numbers", is_flag=True, help="Say numbers of three figures or more twice.")
@click.option(
    "--from",
    "written",
    type=click.Choice([each.value for each in Legacy]),
    help="The text is in this code, not Unicode.",
)
@click.argument("source", type=_Text)
def encode(
    *,
    as_json: bool,
    edition: int | None,
    file: Path | None,
    capitals: str,
    repeat_numbers: bool,
    written: str | None,
    source: Path,
) -> None:
    """Turn a text (a file, `-` from standard input) into codes, in the fewest groups, and say what that changes.

    Nothing is enciphered: codes hide nothing.
    """
    book = _book(edition, file)
    text = files.read_text(source, MAX_TEXT_BYTES) if written is None else _legacy(source, Legacy(written))
    made = encoding.encode(text, book, capitals=Capitals(capitals), repeat_numbers=repeat_numbers)
    if as_json:
        print_json(
            Encoded(
                book.edition,
                made.codes,
                made.segments,
                made.changes,
                made.text,
                made.words,
                len(made.codes),
                made.groups_per_100_words,
            )
        )
        return
    for start in range(0, len(made.codes), ROW):
        click.echo(" ".join(made.codes[start : start + ROW]))
    if (looks := vietnamese.legacy(text)) is not None:
        click.echo(f"# the text looks like {looks} and not Unicode: --from {looks} reads it so", err=True)
    spelled = [segment.text for segment in made.segments if segment.kind in _SPELLED]
    if spelled:
        click.echo(f"# not in the book, spelled: {', '.join(spelled)}", err=True)
    for change in made.changes:
        click.echo(
            f"# character {change.place + 1}: {change.before!r} reads {change.after!r} ({change.kind})", err=True
        )
    click.echo(
        f"# {len(made.codes)} groups, {made.words} words, {made.groups_per_100_words} groups per 100 words; "
        f"edition {book.edition}; not enciphered",
        err=True,
    )


@click.command()
@json_option
@_edition
@_file
@click.argument("source", type=_Text)
def decode(*, as_json: bool, edition: int | None, file: Path | None, source: Path) -> None:
    """Turn codes of a text (a file, `-` from standard input) into the text.

    A code that says nothing is shown in brackets, and the exit code is 20.
    """
    book = _book(edition, file)
    pieces = decoding.read(_codes(source), book)
    text = "".join(piece.gap + piece.text for piece in pieces)
    odd = tuple(piece.first + 1 for piece in pieces if piece.odd)
    if as_json:
        print_json({"edition": book.edition, "text": text, "odd": odd, "pieces": pieces})
    else:
        click.echo(text)
    if odd:
        click.echo(f"# nothing is said by code {', '.join(map(str, odd))}", err=True)
        click.get_current_context().exit(FormatError.exit_code)


class BookGroup(LazyGroup):
    """The commands about codebooks: those here need no profile, headquarters' own are in another module."""

    places = {  # noqa: RUF012 - one constant table, as in the root
        "editions": "secmsg.commands.hand_own_books:editions",
        "export": "secmsg.commands.hand_own_books:export",
        "find": "secmsg.commands.hand_book:find",
        "import": "secmsg.commands.hand_own_books:import_",
        "list": "secmsg.commands.hand_book:list_",
        "show": "secmsg.commands.hand_book:show",
        "supplement": "secmsg.commands.hand_own_books:supplement_",
        "use": "secmsg.commands.hand_own_books:use",
    }


@click.group(cls=BookGroup)
def book() -> None:
    """Look into the codebook: its editions, and what is in them."""


@click.command("list")
@json_option
def list_(*, as_json: bool) -> None:
    """List the editions at hand."""
    found = [codebooks.load(edition) for edition in codebooks.shipped()]
    if as_json:
        print_json([_view(each) for each in found])
        return
    print_table(
        ("edition", "entries", "title", "licence"),
        ((str(each.edition), str(len(each.entries)), each.title, each.licence) for each in found),
        "no codebook",
    )


@click.command()
@json_option
@_edition
@_file
@click.argument("wanted", nargs=-1, required=True)
def find(*, as_json: bool, edition: int | None, file: Path | None, wanted: tuple[str, ...]) -> None:
    """Find entries by how their words begin, with marks or without, or by a code."""
    found = codebooks.find(_book(edition, file), " ".join(wanted))
    if as_json:
        print_json(found)
        return
    print_table(("code", "text", "kind"), ((each.code, each.text, each.kind) for each in found), "nothing found")


@click.command()
@json_option
@_edition
@_file
@click.argument("codes", nargs=-1, required=True)
def show(*, as_json: bool, edition: int | None, file: Path | None, codes: tuple[str, ...]) -> None:
    """Show what codes of four figures stand for."""
    found = codebooks.select(_book(edition, file), codes)
    if as_json:
        print_json(found)
        return
    print_table(("code", "text", "kind"), ((each.code, each.text, each.kind) for each in found), "nothing found")


def _book(edition: int | None, file: Path | None) -> Book:
    if file is None:
        return codebooks.load(edition)
    found = codebook_file.parse(files.read_text(file, 4 * codebook_file.MAX_FILE) + "\n")
    if edition not in (None, found.edition):
        raise FormatError(f"{file} is edition {found.edition}")
    return found


def _legacy(source: Path, written: Legacy) -> str:
    """Read a text in an old code, whether as its bytes or already pasted into Unicode letter by letter."""
    data = files.read(source, MAX_TEXT_BYTES)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    return vietnamese.from_legacy(text, written).rstrip("\r\n")


def _view(found: Book) -> dict[str, object]:
    return {
        "edition": found.edition, "title": found.title, "licence": found.licence, "entries": len(found.entries),
    }  # fmt: skip


def _codes(source: Path) -> list[str]:
    lines = files.read_text(source, MAX_CODES_BYTES).splitlines()
    codes = [code for line in lines if not line.startswith("#") for code in line.split()]
    for place, code in enumerate(codes):
        if not (len(code) == 4 and code.isascii() and code.isdigit()):
            raise FormatError(f"code {place + 1} has not four figures")
    if not codes:
        raise FormatError("there are no codes")
    return codes
