"""How long a secret is protected, and when to think of extending it.

Periods are those of the state secrets law (30, 20 and 10 years; docs/spec/retention.md names the text); they
are data, because a cable keeps the rule under which it was born.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType

from secmsg.wire.cable import Degree

DAY_S = 86_400


@dataclass(frozen=True, slots=True)
class RetentionPolicy:
    """Years of protection by degree, days before the end at which to remind, and the law that says so."""

    years: Mapping[Degree, int] = field(
        default_factory=lambda: MappingProxyType({Degree.CONFIDENTIAL: 10, Degree.SECRET: 20, Degree.TOP_SECRET: 30})
    )
    reminder_days: tuple[int, ...] = (90, 60)
    citation: str = "117/2025/QH15"


def protect_until(degree: Degree, released_at: int, policy: RetentionPolicy) -> int | None:
    """Return the default end of the protection, the same day some years on; None for không mật."""
    if degree is Degree.UNCLASSIFIED:
        return None
    start = datetime.fromtimestamp(released_at, UTC)
    year = start.year + policy.years[degree]
    try:
        end = start.replace(year=year)
    except ValueError:  # 29 February in a year without one
        end = start.replace(year=year, day=28)
    return int(end.timestamp())


def is_allowed(degree: Degree, released_at: int, until: int, policy: RetentionPolicy) -> bool:
    """Say whether an officer may set this end: after the release, and not after the default."""
    latest = protect_until(degree, released_at, policy)
    return latest is not None and released_at < until <= latest


def reminders(until: int, policy: RetentionPolicy) -> tuple[int, ...]:
    """Return the times at which the office is reminded that a protection ends, earliest first."""
    return tuple(sorted(until - days * DAY_S for days in policy.reminder_days))
