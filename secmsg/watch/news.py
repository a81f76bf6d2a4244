"""What the locked watch says: counts, and what became of what it was given; no word of a cable, nobody's name."""

from dataclasses import dataclass
from typing import TypeAlias

from secmsg.ids import MessageId, RelayId


@dataclass(frozen=True, slots=True)
class Sight:
    """How it stands: `rings` that a session's key knows, `others` that nobody is known by, when the last came.

    `contact` is False while no relay answers; `over` is True when no reader key is left for this week.
    """

    rings: int = 0
    others: int = 0
    last_at: int = 0
    contact: bool = False
    over: bool = False


@dataclass(frozen=True, slots=True)
class Began:
    """The watch has what it needs; its name, by which its account is known."""

    watch: bytes


@dataclass(frozen=True, slots=True)
class Took:
    """A relay says that it holds an envelope, or a ring."""

    relay: RelayId
    message_id: MessageId


@dataclass(frozen=True, slots=True)
class LetGo:
    """The answer sealed for a machine is about to leave: from now on it is used, whatever becomes of it."""

    caller: int


News: TypeAlias = Began | Sight | Took | LetGo
