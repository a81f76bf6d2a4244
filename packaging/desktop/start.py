"""Where the packaged executables begin: what `python -m MODULE` is from source, with the caller's environment put back.

secmsg WORDS              the command line          secmsg-desktop WORDS     the windows
secmsg-relay WORDS        `secmsg relay WORDS`      any of them -m MODULE WORDS, for the modules of secmsg.program
"""

import os
import runpy
import sys
from pathlib import Path

_BEGINS = {"secmsg": ("secmsg",), "secmsg-desktop": ("ui",), "secmsg-relay": ("secmsg", "relay")}


def put_environment_back() -> None:
    """Take out what the loader set for itself: no child, a browser least of all, may load our libraries."""
    for name in [each for each in os.environ if each.startswith(("_PYI_", "_MEIPASS"))]:
        del os.environ[name]
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    if before:
        os.environ["LD_LIBRARY_PATH"] = before
    else:
        os.environ.pop("LD_LIBRARY_PATH", None)


def asked(executable: str, words: list[str]) -> tuple[str, list[str]]:
    """Say which module these words start, and with what; ValueError for a module that is none of ours."""
    from secmsg.program import MODULES

    if len(words) >= 2 and words[0] == "-m":
        if words[1] not in MODULES:
            raise ValueError(f"{words[1]}: only {', '.join(MODULES)} can be started by -m")
        return words[1], words[2:]
    module, *first = _BEGINS[Path(executable).stem]
    return module, [*first, *words]


def main() -> None:
    """Run what is asked for."""
    put_environment_back()
    try:
        module, words = asked(sys.executable, sys.argv[1:])
    except ValueError as error:
        sys.exit(f"secmsg: {error}")
    sys.argv[1:] = words
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
