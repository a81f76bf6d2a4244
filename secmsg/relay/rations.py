"""What somebody may still bring today (docs/spec/relay-api.md 5).

Held in memory: a record of who brought how much on which day is what a relay should not have. A restart begins anew.
"""

from collections.abc import Hashable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Rations:
    """Amounts used since midnight (UTC), by whom; used by one thread."""

    day: int = 0
    used: dict[Hashable, int] = field(default_factory=dict)

    def take(self, who: Hashable, amount: int, most: int, day: int) -> bool:
        """Use `amount` of the `most` that `who` has for `day`, or say that it would be too much and use nothing."""
        if day != self.day:
            self.day = day
            self.used.clear()
        total = self.used.get(who, 0) + amount
        if total > most:
            return False
        self.used[who] = total
        return True
