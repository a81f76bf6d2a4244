"""The threads that carry sealed envelopes between the outbox, the relays and the inbox.

They hold no store and no session: each step runs on the worker's thread. At each relay one thread waits for mail (long
poll) and one sends, so that waiting never delays sending; one more carries blobs, so that a long one delays neither.
"""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from secmsg.config import PRODUCTION, Policy
from secmsg.crypto.randomness import system
from secmsg.errors import LinkRefused, NotFound, SecmsgError, TransferStopped, Unreachable
from secmsg.ids import RelayId
from secmsg.station import housekeeping, places, post, rounds, routes
from secmsg.station.backoff import delay
from secmsg.station.boards import Board, LineSwitch
from secmsg.station.breaker import Stance
from secmsg.station.desk import Clock, Desk
from secmsg.station.events import Event
from secmsg.station.gate import GatedLink
from secmsg.station.rounds import Ask, CarrierLink, OnEvent, Place
from secmsg.station.station import Station
from secmsg.station.views import LinkStatus
from secmsg.station.worker import Worker
from secmsg.store.relays import Relay

T = TypeVar("T")

IDLE_S = 30.0
"""Seconds after which the sending thread looks by itself, whatever nobody told it."""
TIDY_EVERY_S = 3_600.0
FEED_WANTED_S = 5
"""Seconds between looks at the feed while senders are met whom our edition does not list."""
_SETTLE_S = 0.2


class Courier:
    """Sends, fetches and reports, until stopped.

    `on_event` is called on the courier's threads; it must return at once and must not raise.
    """

    def __init__(self, worker: Worker, on_event: OnEvent, policy: Policy = PRODUCTION) -> None:
        self._worker = worker
        self._on_event = on_event
        self._policy = policy
        self._boards: tuple[Board, ...] = ()
        self._lanes: tuple[_Lane, ...] = ()
        self._line = LineSwitch()
        self._starting = threading.Lock()

    def start(self) -> None:
        """Begin carrying; the outbox is taken up where the last run left it. Does nothing before joining, or twice."""
        with self._starting:
            if self._lanes:
                return
            kit, clock = self._worker.submit(_kit).result()
            self._boards = tuple(Board(relay, self._line, self._on_event, self._policy) for relay in kit)
            self._line.reset()
            self._lanes = tuple(
                kind(board, self._ask, self._on_event, self._policy, clock, self._line, self._nudge, self._is_running)
                for board in self._boards
                for kind in (_Sender, _Listener, _Porter)
            )
            for lane in self._lanes:
                lane.start()

    def stop(self, timeout_s: float = 10.0) -> None:
        """End the threads; what was under way is resumed by the next start. A second call does nothing."""
        with self._starting:
            lanes, self._lanes = self._lanes, ()
            self._line.stop()
            for lane in lanes:
                lane.break_off()
            until = time.monotonic() + timeout_s
            for lane in lanes:
                lane.join(max(0.1, until - time.monotonic()))

    def wake(self) -> None:
        """Send and fetch now instead of at the next turn (after a release, or on F9); also by a link that rests."""
        for board in self._boards:
            board.breaker.try_now()
        self._nudge()

    def try_link(self, relay: RelayId) -> None:
        """Try one link now (the officer's test): its state, last contact and round trip tell the outcome."""
        for lane in self._lanes:
            if lane.board.relay.relay_id == relay:
                lane.board.breaker.try_now()
                lane.test()

    def set_line(self, *, enabled: bool) -> None:
        """Cut or mend the line on this side (EMCON, and the demonstration of a cut line)."""
        self._line.set(enabled=enabled)
        for board in self._boards:
            self._switched(board)

    @property
    def cut(self) -> bool:
        """Whether the officer has cut the line on this side."""
        return self._line.cut

    def switch_link(self, relay: RelayId, *, enabled: bool) -> None:
        """Switch one channel off or on, for this run; `Station.switch_relay` keeps it."""
        for board in self._boards:
            if board.relay.relay_id == relay:
                board.switched(enabled=enabled)
                self._switched(board)
        # What it was to carry goes another way now.
        self._nudge()

    def links(self) -> tuple[LinkStatus, ...]:
        """Say how each relay link stands now, in the kit's order."""
        return tuple(board.status for board in self._boards)

    def _switched(self, board: Board) -> None:
        board.switched()
        for lane in self._lanes:
            if lane.board is board:
                if board.open:
                    lane.wake()
                else:
                    lane.break_off()

    def _nudge(self) -> None:
        """Something came or changed that the other threads may have to act on."""
        for lane in self._lanes:
            lane.wake()

    def _is_running(self) -> bool:
        return self._worker.running

    def _ask(self, step: Callable[[Desk], T]) -> T:
        return self._worker.submit(lambda station: step(station.desk)).result()


def _kit(station: Station) -> tuple[tuple[Relay, ...], Clock]:
    return places.known(station.desk), station.desk.clock


class _Lane(threading.Thread):
    """One thread at one relay: repeats its round, waits, and rests while the relay's breaker is open."""

    probes = False
    """Whether this thread is the one that tries a half-open link."""
    careful = True
    """Whether any failure of its calls opens the breaker; otherwise only the lack of contact does."""

    def __init__(
        self,
        board: Board,
        ask: Ask,
        on_event: OnEvent,
        policy: Policy,
        clock: Clock,
        line: LineSwitch,
        nudge: Callable[[], None],
        is_running: Callable[[], bool],
    ) -> None:
        super().__init__(name=f"{type(self).__name__}-{board.relay.name}", daemon=True)
        self.board = board
        self._ask = ask
        self._on_event = on_event
        self._policy = policy
        self._clock = clock
        self._line = line
        self._nudge = nudge
        self._is_running = is_running
        self._gate: GatedLink
        self._place: Place = places.place(board.relay, policy.link, clock, board.memory, self._gated)
        self._called = threading.Event()
        self._failures = 0

    def _gated(self, link: CarrierLink) -> CarrierLink:
        self._gate = GatedLink(link, lambda: self.board.open)
        return self._gate

    def wake(self) -> None:
        """End the waiting."""
        self._called.set()

    def test(self) -> None:
        """Let the next round ask the relay something, whatever there is to do."""
        self.wake()

    def break_off(self) -> None:
        """End the waiting and the request in flight."""
        self._called.set()
        self._place.link.interrupt()

    def run(self) -> None:
        """Repeat until stopped; the link is closed at the end."""
        try:
            while not self._line.stopped:
                self._called.wait(self._turn())
                self._called.clear()
        finally:
            self._place.link.close()

    def _turn(self) -> float:
        """Do one round and say how long to wait."""
        if not self.board.open:
            return IDLE_S
        breaker, now = self.board.breaker, time.monotonic()
        if breaker.stance(now) is not Stance.CLOSED and (breaker.rest(now) or not self.probes):
            # The prober wakes the others when the relay answers.
            return max(_SETTLE_S, breaker.rest(now)) if self.probes else IDLE_S
        answered = self._gate.answers
        try:
            wait = self._round()
        except TransferStopped:
            return _SETTLE_S
        except NotFound as error:
            # A closed store means that the courier is being stopped.
            return self._fail(error, answered) if self._is_running() else IDLE_S
        except Exception as error:  # noqa: BLE001 - a fault of our own must not end the carrying
            return self._fail(error, answered)
        self._failures = 0
        self._note_contact(answered)
        return wait

    def _note_contact(self, answered: int) -> None:
        if self._gate.answers == answered:
            return
        was_closed = self.board.breaker.stance(time.monotonic()) is Stance.CLOSED
        self.board.contact(self._clock(), self._gate.round_trip_s)
        self._tell_health()
        if not was_closed:
            self._nudge()

    def _tell_health(self) -> None:
        health, relay = self.board.news(), self.board.relay.relay_id
        if health is None:
            return
        with suppress(NotFound):
            self._ask(lambda desk: routes.note_health(desk, relay, down=health.down, round_trip_s=health.round_trip_s))
        if health.down:
            # What this relay was to take is another's turn now.
            self._nudge()

    def _fail(self, error: Exception, answered: int) -> float:
        if not self.board.open:
            return _SETTLE_S
        if self._gate.answers != answered:
            self.board.reached(self._clock())
        if not (self.careful or isinstance(error, Unreachable)):
            self._failures += 1
            return max(_SETTLE_S, delay(self._policy.backoff, self._failures - 1, system))
        words = str(error) if isinstance(error, SecmsgError) else f"a fault of the program: {type(error).__name__}"
        rest = self.board.failed(error, words, self._clock())
        self._tell_health()
        return max(_SETTLE_S, rest)

    def _round(self) -> float:
        raise NotImplementedError


class _Sender(_Lane):
    """Makes mailboxes, offers prekeys, writes receipts, hands over envelopes, watches the directory."""

    probes = True
    _tidied_at: float | None = None
    _tested = False

    def test(self) -> None:
        """Let the next round ask the relay something."""
        self._tested = True
        self.wake()

    def _round(self) -> float:
        self._tidy()
        if self._tested or self.board.breaker.stance(time.monotonic()) is not Stance.CLOSED:
            self._tested = False
            # A round with nothing to send would prove nothing.
            self._unless_refused(self._place.link.feed_head)
        # A relay that refuses one thing may still take envelopes: none of these may keep cables back.
        self._unless_refused(lambda: rounds.prepare(self._ask, self._place))
        self._unless_refused(self._watch_directory)
        rounds.send(self._ask, self._place, self._on_event)
        return self._until_next()

    def _unless_refused(self, step: Callable[[], object]) -> None:
        try:
            step()
        except LinkRefused as error:
            rounds.note_fault(self._ask, self._place, error, self._on_event)

    def _tidy(self) -> None:
        now = time.monotonic()
        if self._tidied_at is None or now - self._tidied_at > TIDY_EVERY_S:
            self._ask(housekeeping.tidy)
            self._tidied_at = now

    def _watch_directory(self) -> None:
        memory, now = self._place.memory, self._clock()
        last = memory.checked_feed_at
        every = FEED_WANTED_S if memory.feed_wanted else self._policy.rhythm.directory_check_s
        stale = last is None or not 0 <= now - last < every
        shown = self._ask(housekeeping.newer_edition_shown)
        if stale or shown > memory.edition_shown:
            memory.checked_feed_at, memory.edition_shown, memory.feed_wanted = now, shown, False
            rounds.check_feed(self._ask, self._place, self._on_event)

    def _until_next(self) -> float:
        now = self._clock()
        relay = self.board.relay.relay_id
        due = [
            self._ask(lambda desk: post.next_due_at(desk, relay)),
            self._ask(housekeeping.next_due_at),
        ]
        waits = [float(max(0, at - now)) for at in due if at is not None]
        return max(_SETTLE_S, min([IDLE_S, *waits]))


class _Listener(_Lane):
    """Waits for mail and takes it."""

    _looked_at = 0.0

    def _round(self) -> float:
        since = time.monotonic() - self._looked_at
        if since >= (RETRY_OPEN_S if self._place.memory.failing else LOOK_AGAIN_S):
            rounds.look_from_the_start(self._place)
            self._looked_at = time.monotonic()
        wait_s = int(min(self._policy.link.poll_s, RETRY_OPEN_S if self._place.memory.failing else 55))
        began = time.monotonic()
        came = rounds.fetch(self._ask, self._place, self._on_event, wait_s=wait_s)
        if not self.board.open:
            return _SETTLE_S
        if came:
            self._nudge()
        # Without a mailbox yet the answer is immediate: the sender makes it within moments.
        return 0.0 if came or time.monotonic() - began > 1.0 else _SETTLE_S


RETRY_OPEN_S = 5.0
"""Seconds between looks at packets that did not open."""
LOOK_AGAIN_S = 900.0
"""Seconds between looks from the start: a relay put back to an older state counts its packets anew."""


class _Porter(_Lane):
    """Carries blobs up and down, and verifies what came."""

    careful = False

    def _round(self) -> float:
        up = rounds.carry_up(self._ask, self._place, self._on_event, self.board.closed)
        down = rounds.carry_down(self._ask, (self._place,), self._on_event, self.board.closed)
        if up or down:
            self._nudge()
            return 0.0
        return POLL_TRANSFERS_S


POLL_TRANSFERS_S = 1.0
"""Seconds between looks for blobs to carry: a look is one short query."""

__all__ = ["Courier", "Event", "OnEvent"]
