"""`secmsg hand`: the manual cipher, its books and pads, and machine packets as groups of figures."""

import click

from secmsg.commands.root import LazyGroup


class HandGroup(LazyGroup):
    """The commands of the hand cipher, each in its module."""

    places = {  # noqa: RUF012 - one constant table, as in the root
        "book": "secmsg.commands.hand_book:book",
        "decode": "secmsg.commands.hand_book:decode",
        "encode": "secmsg.commands.hand_book:encode",
        "groups": "secmsg.commands.hand_groups:groups_",
        "pad": "secmsg.commands.hand_pads:pad",
        "print": "secmsg.commands.hand_print:print_",
    }


@click.group(cls=HandGroup)
def hand() -> None:
    """Encipher and decipher by hand: codebook, pads, worksheets, groups, drills."""
