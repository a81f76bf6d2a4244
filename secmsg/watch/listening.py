"""Looking into the fast mailboxes at one relay; nothing is acknowledged, so nothing can be lost by the watch."""

import threading
import time
from collections.abc import Callable
from typing import Protocol

from secmsg.crypto import signing
from secmsg.crypto.secret import Secret
from secmsg.errors import ClockSkew, LinkError
from secmsg.ids import MailboxId, MessageId, RelayId
from secmsg.links.link import Link, Mailbox
from secmsg.watch.bell import Bell
from secmsg.watch.pace import LEAST_S, Pace
from secmsg.wire.handover import Caller, Station
from secmsg.wire.sync import BoxStatus

Answer = Callable[[Caller, MessageId], None]
OVER_S = 3_600.0


class ReadingLink(Link, Protocol):
    """A link whose signed requests can follow the relay's clock."""

    clock_offset_s: int


class Listener(threading.Thread):
    """One thread at one relay: asks, waits as long as the relay lets it, counts what is new."""

    def __init__(
        self, station: Station, link: ReadingLink, bell: Bell, answer: Answer, clock: Callable[[], int], pace: Pace,
        *, poll_s: int,
    ) -> None:  # fmt: skip
        super().__init__(name="listener", daemon=True)
        self._relay: RelayId = station.relay
        self._readers = [(each, signing.reader_from_seed(Secret(each.seed))) for each in station.readers]
        self._link, self._bell, self._answer, self._clock, self._pace = link, bell, answer, clock, pace
        self._poll_s = poll_s
        self._after: dict[MailboxId, int] = {}

    def run(self) -> None:
        """Repeat until the process ends."""
        while True:
            time.sleep(self.turn())

    def turn(self) -> float:
        """Ask once and count what is new; give the pause before the next."""
        boxes = self._boxes()
        if not boxes:
            self._bell.contact(self._relay, there=False, over=True)
            return OVER_S
        began = time.monotonic()
        try:
            new = self._look(boxes)
        except LinkError:
            self._bell.contact(self._relay, there=False)
            return self._pace.failed()
        if new is None:
            self._bell.contact(self._relay, there=False)
            return self._pace.failed()
        pause = self._pace.good()
        # A relay that does not wait, or that always has more, is asked no more often than this.
        return 0.0 if not new and time.monotonic() - began > LEAST_S else pause

    def _boxes(self) -> list[Mailbox]:
        now = self._clock()
        return [
            Mailbox(reader.box, key, self._after.get(reader.box, 0))
            for reader, key in self._readers
            if reader.first <= now <= reader.last
        ]

    def _look(self, boxes: list[Mailbox]) -> bool | None:
        """Count what is new and say whether there was anything; None where the relay has none of our mailboxes."""
        try:
            result = self._link.sync(boxes, wait_s=self._poll_s)
        except ClockSkew as skew:
            self._link.clock_offset_s = skew.offset_s
            result = self._link.sync(boxes, wait_s=self._poll_s)
        if all(contents.status is BoxStatus.UNKNOWN for contents in result.contents):
            return None
        self._bell.contact(self._relay, there=True)
        for contents in result.contents:
            for envelope in contents.envelopes:
                self._after[contents.box] = envelope.seq
                if (due := self._bell.found(self._relay, contents.box, envelope.body)) is not None:
                    self._answer(*due)
        return any(contents.envelopes for contents in result.contents)
