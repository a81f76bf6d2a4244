"""How a folder is known for a delegation kit before it is opened; light, because the locked screen waits for it.

Source: docs/spec/kit.md 2. The mark says that it is a kit and nothing else; what makes it one is inside its store.
"""

from pathlib import Path

NAME = "permit"
WORDS = b"secmsg delegation kit 1\n"


def is_marked(folder: Path) -> bool:
    """Say whether a folder calls itself a kit; whoever opens it looks inside."""
    try:
        with (folder / NAME).open("rb") as file:
            return file.read(len(WORDS) + 1) == WORDS
    except OSError:
        return False
