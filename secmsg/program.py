"""The commands that start this program again in a process of its own, from its source and from a package.

A package holds no interpreter. Its executables take `-m MODULE` as one would, for the modules named here and for no
others (packaging/desktop/start.py), so both kinds are started by the same words.
"""

import sys
from pathlib import Path

MODULES = ("secmsg", "ui", "secmsg.metadata")
"""What can be started: the command line, the windows, the process that looks into attachments."""

_APART = "import sys; sys.path.insert(0, sys.argv.pop()); from MODULE.__main__ import main; main()"
_SOURCE = Path(__file__).resolve().parent.parent


def is_packaged() -> bool:
    """Say whether this program runs from a package, by an executable of its own."""
    return bool(getattr(sys, "frozen", False))


def again(module: str, *words: str) -> list[str]:
    """Give the command line that runs a module of the program with these words; ValueError for one not in MODULES."""
    if module not in MODULES:
        raise ValueError(f"{module} is no module that is started by itself: secmsg/program.py lists them")
    return [sys.executable, "-m", module, *words]


def apart(module: str) -> list[str]:
    """Give the command line that runs a module's `main()` whatever the environment and the working folder hold.

    From source no PYTHON* variable, user's site folder or file beside the caller is heeded; a package heeds none ever.
    """
    command = again(module)
    if is_packaged():
        return command
    return [sys.executable, "-I", "-B", "-c", _APART.replace("MODULE", module), str(_SOURCE)]
