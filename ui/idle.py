"""After how long without a key or a click the program locks: a setting of the officer, kept in the encrypted store."""

SETTING = "ui.lock_after"
MINUTES = (1, 2, 5, 10, 15, 30)
"""What can be chosen. Never is not among them."""
USUAL_S = 300
WORKSHEET_S = 1_800
"""The least while a worksheet of the hand cipher, or a sheet that is written down, is in front: the pencil moves."""


def read(kept: str | None) -> int:
    """Give the seconds that a kept setting stands for; five minutes when it is none of the choices."""
    return int(kept) if kept is not None and kept in {str(minutes * 60) for minutes in MINUTES} else USUAL_S


def least(chosen_s: int, *, at_worksheet: bool) -> int:
    """Give the seconds after which to lock: those chosen, and more while the officer works with the pencil."""
    return max(chosen_s, WORKSHEET_S) if at_worksheet else chosen_s


def write(seconds: int) -> str:
    """Give the setting for so many seconds."""
    return str(seconds)
