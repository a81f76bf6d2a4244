"""How one relay's link stands, as its threads report it: one breaker, one state, the officer's switch."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace

from secmsg.config import Policy
from secmsg.crypto.randomness import system
from secmsg.errors import LinkRefused
from secmsg.station.breaker import Breaker
from secmsg.station.desk import Health
from secmsg.station.events import LinkChanged
from secmsg.station.rounds import Memory, OnEvent
from secmsg.station.views import LinkState, LinkStatus
from secmsg.store.relays import Relay


class LineSwitch:
    """Whether the line may be used, and whether all is over."""

    def __init__(self) -> None:
        self._enabled = threading.Event()
        self._enabled.set()
        self._stopped = threading.Event()

    @property
    def open(self) -> bool:
        """Say whether anything may be carried."""
        return self._enabled.is_set() and not self._stopped.is_set()

    @property
    def cut(self) -> bool:
        """Say whether the officer has cut the line."""
        return not self._enabled.is_set()

    @property
    def stopped(self) -> bool:
        """Say whether the threads must end."""
        return self._stopped.is_set()

    def set(self, *, enabled: bool) -> None:
        """Cut or mend the line."""
        if enabled:
            self._enabled.set()
        else:
            self._enabled.clear()

    def reset(self) -> None:
        """Begin anew."""
        self._stopped.clear()

    def stop(self) -> None:
        """End everything."""
        self._stopped.set()


class Board:
    """One relay: its threads share it, the screens read it."""

    def __init__(self, relay: Relay, line: LineSwitch, on_event: OnEvent, policy: Policy) -> None:
        self.relay = relay
        self.memory = Memory()
        self.breaker = Breaker(policy.backoff, system)
        self._line = line
        self._on_event = on_event
        self._slow_s = policy.link.slow_round_trip_s
        self._lock = threading.Lock()
        state = LinkState.UNTRIED if relay.enabled else LinkState.OFF
        self._status = LinkStatus(relay.name, state, None, None, relay=relay.relay_id)
        self._enabled = relay.enabled
        self._told = Health()

    @property
    def status(self) -> LinkStatus:
        """Say how the link stands."""
        with self._lock:
            return self._status

    @property
    def open(self) -> bool:
        """Say whether anything may go this way: neither the line is cut nor this channel switched off."""
        return self._line.open and self._enabled

    def closed(self) -> bool:
        """Answer a transfer that asks whether it should stop."""
        return not self.open

    def contact(self, now: int, round_trip_s: float | None) -> None:
        """Note that the relay answered."""
        self.breaker.answered()
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

    def reached(self, now: int) -> None:
        """Note that the relay answered in a round that failed after all."""
        with self._lock:
            self._status = replace(self._status, last_contact=now)

    def failed(self, error: Exception, detail: str, now: int) -> float:
        """Note that the relay did not answer as it should; returns the seconds of rest."""
        rest = self.breaker.failed(time.monotonic())
        state = LinkState.REFUSED if isinstance(error, LinkRefused) else LinkState.DOWN
        self._put(lambda status: replace(status, state=state, detail=detail, next_try_at=int(now + rest)))
        return rest

    def switched(self, *, enabled: bool | None = None) -> None:
        """Note that the officer cut or mended the line, or switched this channel."""
        if enabled is not None:
            self._enabled = enabled
        state = LinkState.UNTRIED if self.open else LinkState.OFF
        self._put(lambda status: replace(status, state=state, detail="", next_try_at=None))

    def news(self) -> Health | None:
        """Return how the link stands for the choice of channels, when that has changed since the last call."""
        with self._lock:
            down = self._status.state in (LinkState.DOWN, LinkState.REFUSED)
            health = Health(down, self._status.round_trip_s or 0.0)
            changed = health.down is not self._told.down or _apart(health.round_trip_s, self._told.round_trip_s)
            if changed:
                self._told = health
            return health if changed else None

    def _put(self, change: Callable[[LinkStatus], LinkStatus]) -> None:
        with self._lock:
            status = self._status = change(self._status)
        self._on_event(LinkChanged(status))


def _apart(one: float, other: float) -> bool:
    """Say whether two round trips differ enough to matter."""
    return abs(one - other) > max(0.5, 0.5 * other)
