"""`secmsg hand duties`: who works which rows when two persons share a message."""

import click

from secmsg.commands.asking import json_option
from secmsg.commands.printing import print_json, print_table
from secmsg.manual import duties as sharing
from secmsg.manual.duties import Task
from secmsg.manual.judging import MAX_COUNT
from secmsg.manual.worksheet import Direction

_WORK = {
    Task.CIPHER: "key under code, add, check figure, parity group",
    Task.CHECKS: "write the groups, walk their check figures",
    Task.TAG: "tag {tag}, a row behind, then its mask",
    Task.CODES: "subtract, once the tags agree",
    Task.AGAIN: "work the ciphers once more, before anything is sent",
}


@click.command()
@json_option
@click.option("--groups", type=click.IntRange(1, MAX_COUNT), required=True, help="Of the message, without its tags.")
@click.option("--tags", type=click.IntRange(1, 2), default=1, show_default=True)
@click.option("--incoming", is_flag=True, help="A message that came.")
def duties(*, as_json: bool, groups: int, tags: int, incoming: bool) -> None:
    """Share the work on a message between two persons, so that neither waits longer than a row."""
    direction = Direction.DECIPHER if incoming else Direction.ENCIPHER
    found = sharing.duties(direction, groups, tags)
    rows = [
        (duty.person, duty.rows.start + 1, duty.rows.stop, _WORK[duty.task].format(tag=duty.tag + 1)) for duty in found
    ]
    if as_json:
        print_json(
            [{"person": who, "first_row": first, "last_row": last, "work": work} for who, first, last, work in rows]
        )
        return
    print_table(
        ("person", "rows", "work"), ((str(who), f"{first}-{last}", work) for who, first, last, work in rows), "no work"
    )
