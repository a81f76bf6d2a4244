"""Manual pages, made of what the commands say of themselves: they cannot lag behind."""

import gzip
from datetime import UTC, datetime
from pathlib import Path

import click

_WINDOWS = """The windows on a profile. Started again on the same profile, the first one's window comes to the front.
.TP
.B \\-\\-home DIR
The profile; ~/.local/share/secmsg when none is given.
.TP
.B \\-\\-demo
The main job on invented cables, with a relay and throw-away stores of its own.
.TP
.B \\-\\-walk
With \\-\\-demo: do every step by itself and end.
"""


def commands(target: Path, name: str, section: int, command: click.Command, version: str, epoch: int) -> None:
    """Write the page of a command with all that are below it."""
    context = click.Context(command, info_name=name)
    body = [_head(name, section, version, epoch, command.get_short_help_str(200)), _synopsis(context)]
    body.append(".SH DESCRIPTION\n" + _escaped(command.help or "") + "\n")
    _below(body, context)
    if command.epilog:
        body.append(".SH EXIT STATUS\n" + _escaped(command.epilog) + "\n")
    _write(target, "".join(body), epoch)


def windows(target: Path, version: str, epoch: int) -> None:
    """Write the page of the windows."""
    head = _head("secmsg-desktop", 1, version, epoch, "enciphered cables, in windows")
    synopsis = ".SH SYNOPSIS\n.B secmsg-desktop\n[\\-\\-home DIR] [\\-\\-demo [\\-\\-walk]]\n"
    _write(target, f"{head}{synopsis}.SH DESCRIPTION\n{_WINDOWS}.SH SEE ALSO\n.BR secmsg (1)\n", epoch)


def _below(body: list[str], context: click.Context) -> None:
    command = context.command
    if not isinstance(command, click.Group):
        told = [record for each in command.get_params(context) if (record := each.get_help_record(context))]
        body.extend(f".TP\n.B {_escaped(name)}\n{_escaped(words) or 'No more to say.'}\n" for name, words in told)
        return
    for name in command.list_commands(context):
        below = command.get_command(context, name)
        if below is None or below.hidden:
            continue
        inner = click.Context(below, info_name=name, parent=context)
        body.append(f".SH {_escaped(inner.command_path.upper())}\n{_escaped(below.help or '')}\n")
        _below(body, inner)


def _head(name: str, section: int, version: str, epoch: int, short: str) -> str:
    day = datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%d")
    return f'.TH {name.upper()} {section} {day} "secmsg {version}"\n.SH NAME\n{name} \\- {_escaped(short)}\n'


def _synopsis(context: click.Context) -> str:
    pieces = " ".join(context.command.collect_usage_pieces(context))
    return f".SH SYNOPSIS\n.B {_escaped(context.info_name or '')}\n{_escaped(pieces)}\n"


def _escaped(text: str) -> str:
    lines = " ".join(text.replace("\b", "").split()).replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{lines}" if lines.startswith((".", "'")) else lines


def _write(target: Path, text: str, epoch: int) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with gzip.GzipFile(target, "wb", mtime=epoch) as file:
        file.write(text.encode())
