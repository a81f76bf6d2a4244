"""After how long without a key or a click the program locks: a setting of the officer, kept in the encrypted store."""

SETTING = "ui.lock_after"
MINUTES = (1, 2, 5, 10, 15, 30)
"""What can be chosen. Never is not among them."""
USUAL_S = 300


def read(kept: str | None) -> int:
    """Give the seconds that a kept setting stands for; five minutes when it is none of the choices."""
    return int(kept) if kept is not None and kept in {str(minutes * 60) for minutes in MINUTES} else USUAL_S


def write(seconds: int) -> str:
    """Give the setting for so many seconds."""
    return str(seconds)
