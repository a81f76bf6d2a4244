"""Runs `secmsg` in a process forked from this one: as separate as a new one, without loading the program each time."""

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from secmsg import __main__ as program
from secmsg.commands.ground import Ground
from tests.helpers.command_line import NO_BUS, Ran


def run_forked(ground: Ground, *words: str | Path, given: str = "", bus: str = NO_BUS) -> Ran:
    """Run one command to its end."""
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        source.write(given.encode())
        source.seek(0)
        child = os.fork()
        if child == 0:
            _become(ground, [str(word) for word in words], bus, (source.fileno(), out.fileno(), err.fileno()))
        _, status = os.waitpid(child, 0)
        out.seek(0)
        err.seek(0)
        return Ran(os.waitstatus_to_exitcode(status), out.read().decode(), err.read().decode())


def _become(ground: Ground, words: list[str], bus: str, files: tuple[int, int, int]) -> None:
    """Be the command, in the child; never returns."""
    code = 250
    try:
        for target, file in enumerate(files):
            os.dup2(file, target)
        sys.stdin, sys.stdout, sys.stderr = (
            open(number, mode, encoding="utf-8", closefd=False)  # noqa: SIM115 - ends with the process
            for number, mode in ((0, "r"), (1, "w"), (2, "w"))
        )
        os.environ["DBUS_SESSION_BUS_ADDRESS"] = bus
        os.environ.pop("SECMSG_HOME", None)
        sys.argv = ["secmsg", *words]
        code = _main(lambda: program.main(ground))
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


def _main(call: Callable[[], object]) -> int:
    try:
        call()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 1
    return 0
