"""Which session a packet belongs to, without decoding them all: keys held ready in memory that follow the store.

What is held is keys, so it is never written, and ends with the process at a lock (docs/spec/store.md 3).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from secmsg.ids import SessionId
from secmsg.protocol.header_table import HeaderTable
from secmsg.protocol.state import Session
from secmsg.protocol.thin_table import ThinTable


class Table(Protocol):
    """Something that knows sessions by their keys."""

    def put(self, session: Session) -> None:
        """Take a session or its next state."""

    def drop(self, session_id: SessionId) -> None:
        """Forget a session."""


T = TypeVar("T", bound=Table)


@dataclass(slots=True)
class Following(Generic[T]):
    """A table and the marks of the states that it knows."""

    table: T
    _known: dict[SessionId, bytes] = field(default_factory=dict, repr=False)

    def follow(self, marks: Mapping[SessionId, bytes], load: Callable[[SessionId], Session]) -> T:
        """Bring the table to the states that `marks` name; only those that changed are loaded."""
        for gone in self._known.keys() - marks.keys():
            self.table.drop(gone)
            del self._known[gone]
        for session_id, mark in marks.items():
            if self._known.get(session_id) != mark:
                self.table.put(load(session_id))
                self._known[session_id] = mark
        return self.table


@dataclass(slots=True)
class Recognition:
    """Both ways to find a session: by the sealed header of a fat packet, by the tag of a thin one."""

    headers: Following[HeaderTable]
    tags: Following[ThinTable]


def nothing_known(window: int) -> Recognition:
    """Return what a run begins with; `window` is that of thin chains."""
    return Recognition(Following(HeaderTable()), Following(ThinTable(window=window)))
