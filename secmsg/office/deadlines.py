"""When a receipt is overdue, by urgency (docs/spec/receipts.md 3); the numbers are data of a policy."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from secmsg.wire.cable import Urgency
from secmsg.wire.service import ReceiptLevel

MINUTE_S = 60
HOUR_S = 3_600
DAY_S = 86_400

_EPOCH_WEEKDAY = 3  # 1 January 1970 was a Thursday; Monday is 0


@dataclass(frozen=True, slots=True)
class ReceiptTimes:
    """Seconds after the release within which rung 3 (arrived) and rung 5 (registered) are expected.

    `registered` None: by the end of the next working day.
    """

    arrived: int
    registered: int | None


@dataclass(frozen=True, slots=True)
class DeadlinePolicy:
    """Times by urgency, and the days on which the addressee does not work (Monday is 0)."""

    times: Mapping[Urgency, ReceiptTimes] = field(
        default_factory=lambda: MappingProxyType(
            {
                Urgency.FLASH: ReceiptTimes(10 * MINUTE_S, 30 * MINUTE_S),
                Urgency.IMMEDIATE: ReceiptTimes(30 * MINUTE_S, 2 * HOUR_S),
                Urgency.PRIORITY: ReceiptTimes(3 * HOUR_S, 8 * HOUR_S),
                Urgency.ROUTINE: ReceiptTimes(DAY_S, None),
            }
        )
    )
    weekend: frozenset[int] = frozenset((5, 6))


@dataclass(frozen=True, slots=True)
class Expected:
    """The rung that is expected next and the time by which."""

    level: ReceiptLevel
    by: int


def expected(
    urgency: Urgency, released_at: int, reached: ReceiptLevel | None, policy: DeadlinePolicy
) -> Expected | None:
    """Return the next rung that is due for a delivery, or None when rung 5 or a refusal is there."""
    times = policy.times[urgency]
    if reached is None:
        return Expected(ReceiptLevel.ARRIVED, released_at + times.arrived)
    if reached >= ReceiptLevel.REGISTERED:
        return None
    if times.registered is not None:
        return Expected(ReceiptLevel.REGISTERED, released_at + times.registered)
    return Expected(ReceiptLevel.REGISTERED, end_of_next_working_day(released_at, policy.weekend))


def is_overdue(
    urgency: Urgency, released_at: int, reached: ReceiptLevel | None, policy: DeadlinePolicy, now: int
) -> bool:
    """Say whether the next rung should have been there before `now`."""
    due = expected(urgency, released_at, reached, policy)
    return due is not None and now > due.by


def end_of_next_working_day(at: int, weekend: frozenset[int]) -> int:
    """Return the end (UTC) of the first working day after the day of `at`; the very next if none works."""
    day = at // DAY_S + 1
    for later in range(day, day + 7):
        if (later + _EPOCH_WEEKDAY) % 7 not in weekend:
            day = later
            break
    return (day + 1) * DAY_S
