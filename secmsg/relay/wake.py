"""Waking a reader that waits for mail (docs/spec/relay-api.md 4)."""

import asyncio
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from secmsg.ids import MailboxId


class Wake:
    """Who waits for which mailbox, on one event loop.

    A reader registers *before* it looks into its mailboxes: a message that is stored in between then sets its event.
    """

    def __init__(self, most: int = 65_536) -> None:
        self._most = most
        self._waiting: dict[MailboxId, asyncio.Event] = {}
        self._closed = False

    @contextmanager
    def register(self, boxes: Iterable[MailboxId]) -> Iterator[asyncio.Event]:
        """Give an event that is set when one of `boxes` gets a message, for as long as the context lasts.

        A later reader of the same mailbox takes the place of an earlier one, which is woken: it has usually lost its
        line. When too many wait already, or the relay stops, the event is set from the start.
        """
        event = asyncio.Event()
        named = tuple(boxes)
        if self._closed or len(self._waiting) + len(named) > self._most:
            event.set()
        for box in named:
            earlier = self._waiting.get(box)
            if earlier is not None:
                earlier.set()
            self._waiting[box] = event
        try:
            yield event
        finally:
            for box in named:
                if self._waiting.get(box) is event:
                    del self._waiting[box]

    def count(self) -> int:
        """Return for how many mailboxes somebody waits."""
        return len(self._waiting)

    def touch(self, boxes: Iterable[MailboxId]) -> None:
        """Wake whoever waits for these mailboxes; called after the commit."""
        for box in boxes:
            event = self._waiting.get(box)
            if event is not None:
                event.set()

    def release(self) -> None:
        """Wake everybody, now and from now on: the relay is about to stop."""
        self._closed = True
        for event in self._waiting.values():
            event.set()
