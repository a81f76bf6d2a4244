"""What lies in the fast mailboxes, counted without being opened (docs/spec/ring.md 5)."""

import threading
from collections.abc import Callable, Iterable
from dataclasses import replace

from secmsg.crypto import hashing, ringing
from secmsg.crypto.secret import Secret
from secmsg.errors import FormatError
from secmsg.ids import MailboxId, MessageId, RelayId
from secmsg.watch.news import LetGo, News, Sight
from secmsg.wire import ring as ring_wire
from secmsg.wire.handover import Caller, Station
from secmsg.wire.ring import Ring

MOST = 9_999
"""What is counted at most: a relay may show as much as it likes."""


class Bell:
    """Counts rings at every relay and says whose answer is to go, each once; used by several threads."""

    def __init__(self, stations: Iterable[Station], tell: Callable[[News], None], clock: Callable[[], int]) -> None:
        self._keys = {each.relay: [(caller, Secret(caller.key)) for caller in each.callers] for each in stations}
        self._tell, self._clock = tell, clock
        self._rung: dict[RelayId, set[bytes]] = {relay: set() for relay in self._keys}
        self._others: dict[RelayId, int] = dict.fromkeys(self._keys, 0)
        self._contact: dict[RelayId, bool] = dict.fromkeys(self._keys, False)
        self._let_go: set[int] = set()
        self._guard = threading.Lock()
        self._sight = Sight()

    def found(self, relay: RelayId, box: MailboxId, body: bytes) -> tuple[Caller, MessageId] | None:
        """Count what lies in a mailbox; give the caller whose answer is to go now, and under which name."""
        known = self._caller(relay, box, body)
        with self._guard:
            if known is None:
                self._others[relay] = min(MOST, self._others[relay] + 1)
                self._say()
                return None
            caller, key, ring = known
            if ring.nonce in self._rung[relay] or len(self._rung[relay]) >= MOST:
                return None  # a relay shows the same ring once more
            self._rung[relay].add(ring.nonce)
            self._say(new=True)
            if caller.number in self._let_go:
                return None
            self._let_go.add(caller.number)
            # Said before it leaves: an answer of which nobody knows whether it left is never given to another watch.
            self._tell(LetGo(caller.number))
            return caller, ringing.answer_name(key, box, ring.nonce)

    def contact(self, relay: RelayId, *, there: bool, over: bool = False) -> None:
        """Note whether a relay answers, and whether its reader keys are used up."""
        with self._guard:
            self._contact[relay] = there
            self._say(over=over)

    def _caller(self, relay: RelayId, box: MailboxId, body: bytes) -> tuple[Caller, Secret, Ring] | None:
        try:
            ring = ring_wire.decode(body)
        except FormatError:
            return None
        for caller, key in self._keys[relay]:
            if hashing.equal(ringing.mark(key, box, ring.nonce), ring.mark):
                return caller, key, ring
        return None

    def _say(self, *, new: bool = False, over: bool | None = None) -> None:
        # A cable is rung at every relay that took it: the most at one relay is the least that was rung.
        before = self._sight
        self._sight = replace(
            before,
            rings=max(map(len, self._rung.values()), default=0),
            others=max(self._others.values(), default=0),
            last_at=self._clock() if new else before.last_at,
            contact=any(self._contact.values()),
            over=before.over if over is None else over,
        )
        if self._sight != before:
            self._tell(self._sight)
