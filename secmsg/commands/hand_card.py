"""`secmsg hand card`: the ten commonest emergencies, each in at most ten codes."""

import click

from secmsg.commands.asking import json_option
from secmsg.commands.printing import print_json
from secmsg.station import codebooks, emergency_card


@click.command()
@json_option
@click.option("--edition", type=click.IntRange(1, 9999), help="Of the codebook; the newest without it.")
def card(*, as_json: bool, edition: int | None) -> None:
    """Show the card of emergencies: a text and its codes for each.

    Nothing is enciphered: codes hide nothing.
    """
    book = codebooks.load(edition)
    lines = emergency_card.card(book)
    if as_json:
        print_json({"edition": book.edition, "lines": lines})
        return
    for line in lines:
        click.echo(f"{line.number:2}  {line.what}\n    {line.text}\n    {' '.join(line.codes)}")
    click.echo(f"# edition {book.edition}; not enciphered", err=True)
