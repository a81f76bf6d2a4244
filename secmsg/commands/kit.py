"""`secmsg kit`: delegation kits at their post (made, added to, taken back, lost) and on the road (read)."""

from collections.abc import Mapping

import click

from secmsg.commands.root import LazyGroup

_COMMANDS = {
    "again": "secmsg.commands.kit_post:again",
    "cables": "secmsg.commands.kit_reading:cables",
    "drop": "secmsg.commands.kit_post:drop",
    "end": "secmsg.commands.kit_back:end",
    "export": "secmsg.commands.kit_reading:export",
    "finish": "secmsg.commands.kit_post:finish",
    "give-up": "secmsg.commands.kit_post:give_up",
    "list": "secmsg.commands.kit_post:listing",
    "lost": "secmsg.commands.kit_back:lost",
    "make": "secmsg.commands.kit_making:make",
    "open": "secmsg.commands.kit_reading:open_",
    "print": "secmsg.commands.kit_reading:print_",
    "prolong": "secmsg.commands.kit_post:prolong",
    "return": "secmsg.commands.kit_back:return_",
    "search": "secmsg.commands.kit_reading:search",
    "show": "secmsg.commands.kit_reading:show",
    "status": "secmsg.commands.kit_reading:status",
    "take": "secmsg.commands.kit_reading:take",
}


class KitGroup(LazyGroup):
    """The family of kits, each imported when it is called."""

    places: Mapping[str, str] = _COMMANDS


@click.group(cls=KitGroup)
def kit() -> None:
    """Make, read, prolong, take back a delegation kit: chosen cables for a journey, read without a network."""
