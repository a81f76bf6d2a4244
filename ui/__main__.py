"""`python -m ui [--home DIR]`: the window on a profile. `python -m ui --demo`: the main job on throw-away stores."""

import argparse
import os
import sys
from pathlib import Path

from secmsg.program import is_packaged

ABOUT = "The windows on a profile; with --demo the main job on throw-away stores."


def main(argv: list[str]) -> int:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(prog="secmsg-desktop" if is_packaged() else "python -m ui", description=ABOUT)
    parser.add_argument("--home", type=Path, default=Path.home() / ".local" / "share" / "secmsg")
    parser.add_argument("--demo", action="store_true", help="walk through the main job on invented cables")
    parser.add_argument("--walk", action="store_true", help="with --demo: do every step by itself and end")
    given, rest = parser.parse_known_args(argv)
    # Qt is loaded only once the command line is right, and never in the process above the screens.
    if given.demo:
        if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
            os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # without a screen Qt would abort
        from ui.tour.demo import run as run_demo

        return run_demo(rest, walk=given.walk or os.environ.get("QT_QPA_PLATFORM") == "offscreen")
    from ui.launch import launch

    return launch(given.home, rest)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
