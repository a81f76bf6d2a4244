"""What the unlock screen knows: whether there is a store, how often the passphrase was wrong, when to try again."""

from dataclasses import dataclass, field, replace
from enum import Enum

MAX_DELAY_S = 60


class Means(Enum):
    """What opens the store."""

    PASSPHRASE = "passphrase"  # noqa: S105 - the name of a choice
    RECOVERY = "recovery"
    SHARE = "share"
    """The head of mission's printed share, with the PIN."""


class Store(Enum):
    """What lies in the profile's folder; a store that has not joined yet opens like any other, into its set-up."""

    READY = "ready"
    ABSENT = "absent"
    AWAY = "away"
    """It was open here until its medium was taken out."""
    DESTROYED = "destroyed"
    """Its keys were destroyed: nothing in the folder can be read by anybody."""


class Phase(Enum):
    """Whether something is being tried; CLOSING is held until the store is closed behind the lock."""

    READY = "ready"
    OPENING = "opening"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class Attempt:
    """What the officer entered."""

    means: Means
    text: str = field(repr=False)
    pin: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class UnlockState:
    """`failures` counts wrong passphrases in a row; before `retry_at` (UTC seconds) none is tried."""

    means: Means = Means.PASSPHRASE
    phase: Phase = Phase.READY
    failures: int = 0
    retry_at: int = 0
    caps_lock: bool = False
    input_method: bool = False
    shown: bool = False
    store: Store = Store.READY
    last_wrong: int = 0
    """When a wrong passphrase was entered before this screen was there; 0 when none was."""

    def waiting(self, now: int) -> int:
        """Seconds still to wait; the sheet's 256 bits cannot be guessed, so they need no wait."""
        return max(0, self.retry_at - now) if self.means is not Means.RECOVERY else 0

    def may_try(self, now: int) -> bool:
        """Whether an attempt is taken now."""
        return self.store is Store.READY and self.phase is Phase.READY and not self.waiting(now)


def found(state: UnlockState, store: Store) -> UnlockState:
    """Note what lies in the folder; whatever was under way is over."""
    return replace(state, phase=Phase.READY, store=store)


def remembered(state: UnlockState, failures: int, last: int, now: int) -> UnlockState:
    """Go on from wrong tries that were noted earlier; a clock put back prolongs no wait beyond its length."""
    if failures <= 0:
        return state
    wait = min(delay(failures), max(0, last + delay(failures) - now))
    return replace(state, failures=failures, last_wrong=last, retry_at=now + wait if wait else 0)


def opening(state: UnlockState) -> UnlockState:
    """Note that an attempt is under way."""
    return replace(state, phase=Phase.OPENING)


def refused(state: UnlockState, now: int) -> UnlockState:
    """Note that it was wrong: the wait doubles from 1 s up to a minute."""
    if state.means is Means.RECOVERY:
        return failed(state)
    failures = state.failures + 1
    return replace(state, phase=Phase.READY, failures=failures, retry_at=now + delay(failures))


def closing(state: UnlockState) -> UnlockState:
    """Note that the store is still being closed; nothing can be tried yet."""
    return replace(state, phase=Phase.CLOSING)


def failed(state: UnlockState) -> UnlockState:
    """Note that it could not be tried, for a reason that is not the passphrase."""
    return replace(state, phase=Phase.READY)


def keyring_missing(state: UnlockState) -> UnlockState:
    """Note that the passphrase cannot open the store here and the recovery sheet can."""
    return replace(state, phase=Phase.READY, means=Means.RECOVERY)


def delay(failures: int) -> int:
    """Seconds to wait after so many failures: 1, 2, 4 … 60."""
    return min(MAX_DELAY_S, 1 << min(failures - 1, 10)) if failures > 0 else 0


def composed(text: str) -> bool:
    """Whether a passphrase holds letters that only an input method makes (so "aa" may have become "â")."""
    return not text.isascii()
