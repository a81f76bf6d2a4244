"""`secmsg hand`: the manual cipher, its books and pads, and machine packets as groups of figures."""

import click

from secmsg.commands.root import LazyGroup


class HandGroup(LazyGroup):
    """The commands of the hand cipher, each in its module."""

    places = {  # noqa: RUF012 - one constant table, as in the root
        "again": "secmsg.commands.hand_sending:again",
        "book": "secmsg.commands.hand_book:book",
        "card": "secmsg.commands.hand_card:card",
        "check": "secmsg.commands.hand_receiving:check",
        "decipher": "secmsg.commands.hand_receiving:decipher",
        "decode": "secmsg.commands.hand_book:decode",
        "drill": "secmsg.commands.hand_drill:drill",
        "duties": "secmsg.commands.hand_duties:duties",
        "encipher": "secmsg.commands.hand_sending:encipher",
        "encode": "secmsg.commands.hand_book:encode",
        "enter": "secmsg.commands.hand_paper:enter",
        "groups": "secmsg.commands.hand_groups:groups_",
        "messages": "secmsg.commands.hand_cables:messages",
        "pad": "secmsg.commands.hand_pads:pad",
        "print": "secmsg.commands.hand_print:print_",
        "receipt": "secmsg.commands.hand_cables:receipt",
        "syllabary": "secmsg.commands.hand_syllabary:syllabary",
        "worksheet": "secmsg.commands.hand_worksheets:worksheet",
    }


@click.group(cls=HandGroup)
def hand() -> None:
    """Encipher and decipher by hand: codebook, pads, worksheets, groups, drills."""
