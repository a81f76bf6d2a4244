"""The thread that carries sealed envelopes between the outbox, the relays and the inbox; it holds no store and no session."""

from collections.abc import Callable

from secmsg.config import PRODUCTION, Policy
from secmsg.station.events import Event
from secmsg.station.views import LinkStatus
from secmsg.station.worker import Worker

OnEvent = Callable[[Event], None]


class Courier:
    """Sends, fetches and reports, until stopped.

    `on_event` is called on the courier's threads; it must return at once and must not raise.
    """

    def __init__(self, worker: Worker, on_event: OnEvent, policy: Policy = PRODUCTION) -> None:
        raise NotImplementedError

    def start(self) -> None:
        """Begin carrying; the outbox is taken up where the last run left it."""
        raise NotImplementedError

    def stop(self, timeout_s: float = 10.0) -> None:
        """End the threads; what was under way is resumed by the next start. A second call does nothing."""
        raise NotImplementedError

    def wake(self) -> None:
        """Send and fetch now instead of at the next turn (after a release, or when the officer presses F9)."""
        raise NotImplementedError

    def set_line(self, *, enabled: bool) -> None:
        """Cut or mend the line on this side (EMCON, and the demonstration of a cut line)."""
        raise NotImplementedError

    def links(self) -> tuple[LinkStatus, ...]:
        """Say how each relay link stands now."""
        raise NotImplementedError
