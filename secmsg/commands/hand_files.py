"""What the commands of cables by hand read from files: groups that were written down, pages typed from paper."""

from pathlib import Path

import click

from secmsg.commands import files
from secmsg.station import hand_typed
from secmsg.station.hand_sending import Typed

MAX_GROUPS_BYTES = 2**16

TEXT_FILE = click.Path(path_type=Path, exists=True, dir_okay=False, allow_dash=True)
typed_option = click.option(
    "--typed", type=TEXT_FILE, help="Pages and sheets typed from paper, of a book that is on paper alone."
)


def typed_pages(path: Path | None) -> Typed | None:
    """Read pages that were typed from paper."""
    return None if path is None else hand_typed.read(files.read_text(path, hand_typed.MAX_TEXT))


def groups_of(path: Path) -> str:
    """Read header and groups; lines that begin with # are notes, as `encipher` prints them."""
    lines = files.read_text(path, MAX_GROUPS_BYTES).splitlines()
    return "\n".join(line for line in lines if not line.startswith("#"))
