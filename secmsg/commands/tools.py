"""`secmsg selftest` and `secmsg demo`."""

import importlib.util
import subprocess

import click

from secmsg import program
from secmsg.commands.asking import json_option
from secmsg.commands.printing import print_json
from secmsg.errors import NotFound
from secmsg.station import opening


@click.command()
@json_option
def selftest(*, as_json: bool) -> None:
    """Compare every primitive with its published answer."""
    names = opening.self_test()
    if as_json:
        print_json(names)
        return
    for name in names:
        click.echo(f"good  {name}")
    click.echo(f"{len(names)} primitives answer as published")


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("rest", nargs=-1, type=click.UNPROCESSED)
def demo(*, rest: tuple[str, ...]) -> int:
    """Show the main job in windows, with a relay and throw-away stores of its own (`python -m ui --demo`)."""
    if importlib.util.find_spec("ui") is None:
        raise NotFound("the windows are not part of this installation")
    return subprocess.run(program.again("ui", "--demo", *rest), check=False).returncode  # noqa: S603 - our own module
