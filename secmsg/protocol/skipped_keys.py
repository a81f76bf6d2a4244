"""Message keys of packets that have not arrived: many, bounded, wiped with time (docs/spec/session.md 7)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from secmsg.crypto.secret import Secret

MAX_PER_CHAIN = 2048
MAX_CHAINS = 4
MAX_TOTAL = MAX_PER_CHAIN * MAX_CHAINS
"""8192 keys of one peer's session at most."""

MAX_JUMP = 25_000
"""Places that one packet may jump ahead in a chain."""

LIFE = 30 * 86_400
"""Seconds after which the key of a missing packet is wiped."""


@dataclass(frozen=True, slots=True)
class SkippedKey:
    """The key of one missing packet and the UTC second at which it was passed over."""

    key: Secret
    at: int


@dataclass(frozen=True, slots=True)
class SkippedChain:
    """The missing packets of one receiving chain; dropped, with its header key, when none is missing."""

    epoch: int
    header_key: Secret
    keys: Mapping[int, SkippedKey]


@dataclass(frozen=True, slots=True)
class SkippedKeys:
    """All missing packets of a session, oldest chain first."""

    chains: tuple[SkippedChain, ...] = ()

    def find(self, epoch: int, n: int) -> Secret | None:
        """Return the key of place `n` in the chain of `epoch`, None when it is not kept."""
        for chain in self.chains:
            if chain.epoch == epoch:
                kept = chain.keys.get(n)
                return None if kept is None else kept.key
        return None

    def without(self, epoch: int, n: int) -> "SkippedKeys":
        """Forget a key that was used."""
        return _tidy(
            replace(chain, keys={place: key for place, key in chain.keys.items() if place != n})
            if chain.epoch == epoch
            else chain
            for chain in self.chains
        )

    def adding(self, epoch: int, header_key: Secret, passed: Mapping[int, Secret], now: int) -> "SkippedKeys":
        """Keep the keys of places passed over in the newest chain known, within the bounds.

        The oldest places of the chain and the oldest chains go first.
        """
        added = {place: SkippedKey(key, now) for place, key in passed.items()}
        older = tuple(chain for chain in self.chains if chain.epoch != epoch)
        for chain in self.chains:
            if chain.epoch == epoch:
                added = {**chain.keys, **added}
        newest = dict(list(added.items())[-MAX_PER_CHAIN:])
        return _tidy((*older, SkippedChain(epoch, header_key, newest)))

    def settled(self, now: int) -> "SkippedKeys":
        """Wipe the keys older than 30 days.

        A key from the future, stored before the clock was set back, is dated `now`: 30 days from here.
        """
        oldest = now - LIFE
        if all(oldest < kept.at <= now for chain in self.chains for kept in chain.keys.values()):
            return self
        return _tidy(
            replace(
                chain,
                keys={
                    place: SkippedKey(kept.key, min(kept.at, now))
                    for place, kept in chain.keys.items()
                    if kept.at > oldest
                },
            )
            for chain in self.chains
        )

    def total(self) -> int:
        """Return how many keys are kept."""
        return sum(len(chain.keys) for chain in self.chains)


def _tidy(chains: Iterable[SkippedChain]) -> SkippedKeys:
    return SkippedKeys(tuple(chain for chain in chains if chain.keys)[-MAX_CHAINS:])
