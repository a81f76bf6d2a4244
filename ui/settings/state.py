"""What the officer may choose about the windows: language, colours, size of text, rows, and when the program locks."""

from dataclasses import dataclass
from enum import Enum

from ui.idle import MINUTES

LANGUAGES = ("vi", "en")
SCHEMES = ("system", "light", "dark")
PERCENTS = (80, 90, 100, 110, 125, 150, 175, 200)
DENSITIES = ("DENSE", "MEDIUM", "AIRY")
RESTS = tuple(minutes * 60 for minutes in MINUTES)
"""Seconds without a key or a click."""


class Choice(Enum):
    """One of the choices; the value is its name in Settings."""

    LANGUAGE = "language"
    SCHEME = "scheme"
    PERCENT = "percent"
    DENSITY = "density"
    REST = "rest_s"
    WATCH = "watch"


@dataclass(frozen=True, slots=True)
class Settings:
    """One choice of each; the values are those that are kept in the store."""

    language: str
    scheme: str
    percent: int
    density: str
    rest_s: int
    watch: bool = True
    """Whether the fast mailbox is watched while the store is locked."""


def changed(before: Settings, after: Settings) -> tuple[Choice, ...]:
    """Name the choices that differ."""
    return tuple(each for each in Choice if getattr(before, each.value) != getattr(after, each.value))


def nearest(percent: int) -> int:
    """Give the size of text on offer that lies nearest."""
    return min(PERCENTS, key=lambda offered: abs(offered - percent))
