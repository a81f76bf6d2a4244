"""The tree of commands; each is imported when it is called, so that `secmsg send` never loads a relay."""

import importlib
from collections.abc import Mapping

import click

from secmsg.commands.ground import Ground

VERSION = "0.1.0"

_COMMANDS = {
    "acknowledge": "secmsg.commands.cables:acknowledge",
    "authority": "secmsg.commands.authority:authority",
    "backup": "secmsg.commands.backup:backup",
    "continuity": "secmsg.commands.continuity:continuity",
    "destroy": "secmsg.commands.destroy:destroy",
    "custody": "secmsg.commands.custody:custody",
    "destruction": "secmsg.commands.destruction:destruction",
    "demo": "secmsg.commands.tools:demo",
    "export": "secmsg.commands.cables:export",
    "hand": "secmsg.commands.hand:hand",
    "kit": "secmsg.commands.kit:kit",
    "list": "secmsg.commands.listing:list_",
    "officer": "secmsg.commands.officer:officer",
    "pouch": "secmsg.commands.pouch:pouch",
    "recovery": "secmsg.commands.recovery:recovery",
    "relay": "secmsg.commands.relay:relay",
    "search": "secmsg.commands.listing:search",
    "selftest": "secmsg.commands.tools:selftest",
    "send": "secmsg.commands.send:send",
    "show": "secmsg.commands.cables:show",
    "session": "secmsg.commands.session:session",
    "status": "secmsg.commands.status:status",
    "station": "secmsg.commands.station:station",
    "sync": "secmsg.commands.sync:sync",
    "thin": "secmsg.commands.thin:thin",
    "transfer": "secmsg.commands.transfer:transfer",
}


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is asked for; `places` says where each is."""

    places: Mapping[str, str] = _COMMANDS

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the shape of click's method
        """Name every command, in order."""
        return sorted(self.places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        """Import and return the command, None when there is none of this name."""
        place = self.places.get(cmd_name)
        if place is None:
            return None
        module, _, name = place.partition(":")
        command = getattr(importlib.import_module(module), name)
        if not isinstance(command, click.Command):
            raise TypeError(f"{place} is not a command")
        return command


_CODES = (
    "Exit codes: 0 done, 1 a file of the system, 2 a wrong call, 20 not in the form expected, "
    "30 a cryptographic check, 31 a self-test, 40 trust, 50 a session, 58 moved to a stick, 59 keys not "
    "destroyed, 60 to 69 the store (61 wrong passphrase, 62 keyring, 63 in use, 64 newer, 65 damaged, 66 exists, 67 "
    "not found, 68 disk full, 69 passphrase taken), "
    "70 the relay, 71 the medium of a pouch, 72 no pouch for this post, 80 a rule of the office, "
    "81 sending frozen, 82 an addressee withheld, 83 another machine releases, 84 a pad page refused, "
    "85 the paper not read, 86 a delegation kit refused, 90 enrolment, "
    "110 a backup damaged, 111 of another store, 112 ahead of the store, "
    "130 stopped."
)


@click.group(cls=LazyGroup, epilog=_CODES)
@click.version_option(VERSION, prog_name="secmsg")
@click.pass_context
def secmsg(ctx: click.Context) -> None:
    """Enciphered cables between missions and headquarters."""
    if ctx.obj is None:
        ctx.obj = Ground()
