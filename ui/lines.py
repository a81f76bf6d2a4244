"""What the supervisor and its screens tell each other: one JSON object a line; no secret and no word of a cable.

    a screen says   READY, SHOWN, OPENED (card), LOCKING (card, with the end of a line to a watch), LEAVING,
                    UNWATCH (the store was destroyed: nothing is to be watched any more)
    it is told      SHOW (card; held: the store is still being closed), FREE, RAISE, LEAVE,
                    SIGHT (what the watch counts), ACCOUNT (after OPENED; held: more follows)
    a watch says    SIGHT, ACCOUNT (as it goes)

A card is what the next locked screen shows: whose station, since when and why, in which language and look.
"""

import json
from dataclasses import asdict, dataclass, replace
from enum import Enum
from typing import Any

MAX_LINE = 8192
PIECE = 64
"""Entries of an account in one line."""


class Why(Enum):
    """Why a locked screen is on show."""

    START = "start"
    LOCKED = "locked"
    CRASHED = "crashed"
    MEDIUM = "medium"
    """The medium with the store was taken out."""
    ENDING = "ending"
    """Locked at the end of a destruction in order: the screen that destroys the keys comes next."""


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
    SIGHT = "sight"
    ACCOUNT = "account"
    UNWATCH = "unwatch"


class Watching(Enum):
    """Whether somebody watches while the store is locked."""

    NOBODY = "nobody"
    """Nothing was opened since the program began."""
    ON = "on"
    OFF = "off"
    """The officer's choice."""
    CUT = "cut"
    """Contact is cut."""
    ENDED = "ended"
    """A watch was to be, and its process is gone, or had nothing to begin with."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What the watch counts: rings that it knows, others, when the last came (UTC seconds), whether a relay answers."""

    rings: int = 0
    others: int = 0
    last_at: int = 0
    contact: bool = False
    over: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """What a watch did, in figures that relays know: `took` are relay and message id, `let_go` machine numbers."""

    watch: str = ""
    took: tuple[tuple[str, str], ...] = ()
    let_go: tuple[int, ...] = ()

    def __add__(self, more: "Account") -> "Account":
        return Account(more.watch or self.watch, self.took + more.took, self.let_go + more.let_go)


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
    watching: Watching = Watching.NOBODY


@dataclass(frozen=True, slots=True)
class Line:
    """One thing said."""

    word: Word
    card: Card | None = None
    held: bool = False
    sight: Sight | None = None
    account: Account | None = None


def write(line: Line) -> bytes:
    """Encode a line."""
    said: dict[str, object] = {"word": line.word.value, "held": line.held}
    if line.card is not None:
        said["card"] = asdict(line.card) | {"why": line.card.why.value, "watching": line.card.watching.value}
    if line.sight is not None:
        said["sight"] = asdict(line.sight)
    if line.account is not None:
        said["account"] = asdict(line.account)
    return json.dumps(said).encode() + b"\n"


def read(data: bytes) -> Line:
    """Decode a line; ValueError when it is none of ours."""
    try:
        said = json.loads(data)
        card, sight = said.get("card"), said.get("sight")
        words = {} if card is None else {"why": Why(card["why"]), "watching": Watching(card["watching"])}
        made = None if card is None else Card(**(card | words))
        seen = None if sight is None else Sight(**sight)
        return Line(Word(said["word"]), made, said["held"] is True, seen, _account(said.get("account")))
    except (TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ValueError("not a line of the supervisor's") from error


def _account(said: Any) -> Account | None:  # noqa: ANN401 - as JSON gives it
    if said is None:
        return None
    took = tuple((str(relay), str(message_id)) for relay, message_id in said["took"])
    return Account(str(said["watch"]), took, tuple(int(each) for each in said["let_go"]))


def pieces(account: Account) -> list[Line]:
    """Cut an account into lines that are short enough; all but the last are held."""
    parts = [account.took[at : at + PIECE] for at in range(0, len(account.took), PIECE)]
    lines = [Line(Word.ACCOUNT, held=True, account=Account(account.watch, part)) for part in parts]
    gone = [account.let_go[at : at + PIECE] for at in range(0, len(account.let_go), PIECE)] or [()]
    lines += [Line(Word.ACCOUNT, held=True, account=Account(account.watch, (), part)) for part in gone]
    return [*lines[:-1], replace(lines[-1], held=False)]


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
