"""What the supervisor and its screens tell each other: one JSON object a line; no secret and no word of a cable.

    a screen says   READY, SHOWN, OPENED (card), LOCKING (card), LEAVING
    it is told      SHOW (card; held: the store is still being closed), FREE, RAISE, LEAVE

A card is what the next locked screen shows: whose station, since when and why, in which language and look.
"""

import json
from dataclasses import asdict, dataclass, replace
from enum import Enum

MAX_LINE = 8192


class Why(Enum):
    """Why a locked screen is on show."""

    START = "start"
    LOCKED = "locked"
    CRASHED = "crashed"
    MEDIUM = "medium"
    """The medium with the store was taken out."""


class Word(Enum):
    """What a line says."""

    READY = "ready"
    SHOWN = "shown"
    OPENED = "opened"
    LOCKING = "locking"
    LEAVING = "leaving"
    SHOW = "show"
    FREE = "free"
    RAISE = "raise"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Card:
    """What a locked screen shows; `at` is UTC seconds, `percent` the text size; language and scheme are ui values."""

    why: Why = Why.START
    at: int = 0
    station: str = ""
    station_en: str = ""
    place: str = ""
    zone: str = ""
    language: str = ""
    scheme: str = ""
    percent: int = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One thing said."""

    word: Word
    card: Card | None = None
    held: bool = False


def write(line: Line) -> bytes:
    """Encode a line."""
    said: dict[str, object] = {"word": line.word.value, "held": line.held}
    if line.card is not None:
        said["card"] = asdict(replace(line.card)) | {"why": line.card.why.value}
    return json.dumps(said).encode() + b"\n"


def read(data: bytes) -> Line:
    """Decode a line; ValueError when it is none of ours."""
    try:
        said = json.loads(data)
        card = said.get("card")
        made = None if card is None else Card(**(card | {"why": Why(card["why"])}))
        return Line(Word(said["word"]), made, said["held"] is True)
    except (TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ValueError("not a line of the supervisor's") from error


class Ear:
    """Puts lines together from the pieces in which they come."""

    def __init__(self) -> None:
        self._rest = b""

    def hear(self, data: bytes) -> list[Line]:
        """Take a piece and give the lines that are complete; ValueError when one is too long or none of ours."""
        *whole, self._rest = (self._rest + data).split(b"\n")
        if len(self._rest) > MAX_LINE or any(len(line) > MAX_LINE for line in whole):
            raise ValueError("a line of the supervisor's is too long")
        return [read(line) for line in whole]
