"""A relay's access as a parameter: its name for the officers, and the file that `secmsg relay enrol` printed."""

import json
from pathlib import Path

import click

from secmsg.commands import files
from secmsg.errors import FormatError
from secmsg.ids import RelayId
from secmsg.station.relaying import RelayAccess

MAX_ACCESS_FILE = 4096
_ID_SIZE = 16
_FINGERPRINT_SIZE = 32


class Access(click.ParamType[RelayAccess]):
    """NAME=FILE: the relay's name for the officers, and what `secmsg relay enrol` printed for a station."""

    name = "name=file"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> RelayAccess:
        """Read the file."""
        if isinstance(value, RelayAccess):
            return value
        name, equals, file = str(value).partition("=")
        if not (name and equals and Path(file).is_file()):
            self.fail(f"{value!r} is not a name, '=' and a file", param, ctx)
        return _access(name, Path(file))


def _access(name: str, path: Path) -> RelayAccess:
    try:
        given = json.loads(files.read_text(path, MAX_ACCESS_FILE))
        access = RelayAccess(
            relay_id=RelayId(bytes.fromhex(given["relay_id"])),
            name=name,
            base_url=str(given["base_url"]),
            prefix=str(given["prefix"]),
            fingerprint=bytes.fromhex(given["fingerprint"]),
            enrol_token=bytes.fromhex(given["enrol_token"]),
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        raise FormatError(f"{path} is not what `secmsg relay enrol` prints") from None
    sizes = (len(access.relay_id), len(access.fingerprint), len(access.enrol_token))
    if sizes != (_ID_SIZE, _FINGERPRINT_SIZE, _ID_SIZE):
        raise FormatError(f"{path} is not what `secmsg relay enrol` prints")
    return access
