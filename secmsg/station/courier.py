"""The threads that carry sealed envelopes between the outbox, the relays and the inbox.

They hold no store and no session: each step runs on the worker's thread. At each relay one thread waits for mail (long
poll) and one sends, so that waiting never delays sending; one more carries blobs, so that a long one delays neither.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from secmsg.config import PRODUCTION, Policy
from secmsg.crypto.randomness import system
from secmsg.errors import LinkError, LinkRefused, NotFound, SecmsgError, TransferStopped
from secmsg.station import housekeeping, places, post, rounds
from secmsg.station.backoff import delay
from secmsg.station.desk import Clock, Desk
from secmsg.station.events import Event, LinkChanged
from secmsg.station.gate import GatedLink
from secmsg.station.rounds import Ask, Memory, OnEvent, Place
from secmsg.station.station import Station
from secmsg.station.views import LinkState, LinkStatus
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
        self._lanes: tuple[_Lane, ...] = ()
        self._line = _LineSwitch()
        self._starting = threading.Lock()

    def start(self) -> None:
        """Begin carrying; the outbox is taken up where the last run left it. Does nothing before joining, or twice."""
        with self._starting:
            if self._lanes:
                return
            kit, clock = self._worker.submit(_kit).result()
            boards = [_Board(relay, self._on_event, self._policy) for relay in kit]
            self._line.reset()
            self._lanes = tuple(
                kind(board, self._ask, self._on_event, self._policy, clock, self._line, self._nudge, self._is_running)
                for board in boards
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
        """Send and fetch now instead of at the next turn (after a release, or on F9)."""
        for lane in self._lanes:
            lane.wake()

    def set_line(self, *, enabled: bool) -> None:
        """Cut or mend the line on this side (EMCON, and the demonstration of a cut line)."""
        self._line.set(enabled=enabled)
        for lane in self._lanes:
            if enabled:
                lane.wake()
            else:
                lane.break_off()
        for board in {lane.board for lane in self._lanes}:
            board.switched(enabled=enabled)

    def links(self) -> tuple[LinkStatus, ...]:
        """Say how each relay link stands now, in the kit's order."""
        return tuple(lane.board.status for lane in self._lanes if isinstance(lane, _Sender))

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


class _LineSwitch:
    """Whether the line may be used, and whether all is over."""

    def __init__(self) -> None:
        self._enabled = threading.Event()
        self._enabled.set()
        self._stopped = threading.Event()

    @property
    def open(self) -> bool:
        return self._enabled.is_set() and not self._stopped.is_set()

    @property
    def stopped(self) -> bool:
        return self._stopped.is_set()

    def set(self, *, enabled: bool) -> None:
        if enabled:
            self._enabled.set()
        else:
            self._enabled.clear()

    def reset(self) -> None:
        self._stopped.clear()

    def stop(self) -> None:
        self._stopped.set()

    def closed(self) -> bool:
        """Answer a transfer that asks whether it should stop."""
        return not self.open


class _Board:
    """How one link stands, as its lanes report it."""

    def __init__(self, relay: Relay, on_event: OnEvent, policy: Policy) -> None:
        self.relay = relay
        self._on_event = on_event
        self._slow_s = policy.link.slow_round_trip_s
        self._lock = threading.Lock()
        self._status = LinkStatus(relay.name, LinkState.UNTRIED, None, None)
        self.memory = Memory()

    @property
    def status(self) -> LinkStatus:
        with self._lock:
            return self._status

    def contact(self, now: int, round_trip_s: float | None) -> None:
        """Note that the relay answered."""
        with self._lock:
            trip = self._status.round_trip_s if round_trip_s is None else round_trip_s
            slow = trip is not None and trip > self._slow_s
            status = replace(
                self._status,
                state=LinkState.SLOW if slow else LinkState.UP,
                last_contact=now,
                round_trip_s=trip,
                detail="",
                next_try_at=None,
            )
            changed, self._status = status.state is not self._status.state, status
        if changed:
            self._on_event(LinkChanged(status))

    def failed(self, detail: str, next_try_at: int) -> None:
        """Note that the relay did not answer as it should."""
        self._put(lambda status: replace(status, state=LinkState.DOWN, detail=detail, next_try_at=next_try_at))

    def switched(self, *, enabled: bool) -> None:
        """Note that the officer cut or mended the line."""
        state = LinkState.UNTRIED if enabled else LinkState.OFF
        self._put(lambda status: replace(status, state=state, detail="", next_try_at=None))

    def _put(self, change: Callable[[LinkStatus], LinkStatus]) -> None:
        with self._lock:
            status = self._status = change(self._status)
        self._on_event(LinkChanged(status))


class _Lane(threading.Thread):
    """One thread at one relay: repeats its round, waits, and backs off with full jitter while the relay fails."""

    def __init__(
        self,
        board: _Board,
        ask: Ask,
        on_event: OnEvent,
        policy: Policy,
        clock: Clock,
        line: _LineSwitch,
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
        self._place: Place = places.place(
            board.relay, policy.link, clock, board.memory, lambda link: GatedLink(link, lambda: line.open)
        )
        self._called = threading.Event()
        self._failures = 0

    def wake(self) -> None:
        """End the waiting."""
        self._called.set()

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
        if not self._line.open:
            return IDLE_S
        try:
            wait = self._round()
        except TransferStopped:
            return _SETTLE_S
        except LinkError as error:
            return self._fail(error)
        except NotFound as error:
            # A closed store means that the courier is being stopped.
            return self._fail(error) if self._is_running() else IDLE_S
        except Exception as error:  # noqa: BLE001 - a fault of our own must not end the carrying
            return self._fail(error)
        self._failures = 0
        return wait

    def _fail(self, error: Exception) -> float:
        if not self._line.open:
            return _SETTLE_S
        wait = max(_SETTLE_S, delay(self._policy.backoff, self._failures, system))
        self._failures += 1
        words = str(error) if isinstance(error, SecmsgError) else f"a fault of the program: {type(error).__name__}"
        self.board.failed(words, int(self._clock() + wait))
        return wait

    def _round(self) -> float:
        raise NotImplementedError


class _Sender(_Lane):
    """Makes mailboxes, offers prekeys, writes receipts, hands over envelopes, watches the directory."""

    _tidied_at: float | None = None

    def _round(self) -> float:
        self._tidy()
        # A relay that refuses one thing may still take envelopes: none of these may keep cables back.
        self._unless_refused(lambda: rounds.prepare(self._ask, self._place))
        self._unless_refused(self._watch_directory)
        began = time.monotonic()
        sent = rounds.send(self._ask, self._place, self._on_event)
        self.board.contact(self._clock(), time.monotonic() - began if sent else None)
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
        if self._place.memory.failing and time.monotonic() - self._looked_at >= RETRY_OPEN_S:
            rounds.look_from_the_start(self._place)
            self._looked_at = time.monotonic()
        wait_s = int(min(self._policy.link.poll_s, RETRY_OPEN_S if self._place.memory.failing else 55))
        began = time.monotonic()
        came = rounds.fetch(self._ask, self._place, self._on_event, wait_s=wait_s)
        if not self._line.open:
            return _SETTLE_S
        self.board.contact(self._clock(), None)
        if came:
            self._nudge()
        # Without a mailbox yet the answer is immediate: the sender makes it within moments.
        return 0.0 if came or time.monotonic() - began > 1.0 else _SETTLE_S


RETRY_OPEN_S = 5.0
"""Seconds between looks at packets that did not open."""


class _Porter(_Lane):
    """Carries blobs up and down, and verifies what came."""

    def _round(self) -> float:
        up = rounds.carry_up(self._ask, self._place, self._on_event, self._line.closed)
        down = rounds.carry_down(self._ask, (self._place,), self._on_event, self._line.closed)
        if up or down:
            self._nudge()
            self.board.contact(self._clock(), None)
            return 0.0
        return POLL_TRANSFERS_S


POLL_TRANSFERS_S = 1.0
"""Seconds between looks for blobs to carry: a look is one short query."""

__all__ = ["Courier", "Event", "OnEvent"]
