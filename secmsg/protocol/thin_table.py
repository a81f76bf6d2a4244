"""Which thin chain and counter a packet's tag stands for, over all sessions (docs/spec/thin.md 5).

    table = ThinTable(window); table.put(session) after every change; for place in table.find(packet): …

A tag has 4 bytes, so a hit is a candidate and no more: the packet's synthetic IV decides. What is held is 4 bytes
for a counter: look-up is a search through a few kilobytes for each chain.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from secmsg.config import ThinLimits
from secmsg.crypto.hashing import KeyedHash
from secmsg.errors import FormatError
from secmsg.ids import SessionId
from secmsg.protocol.state import Session
from secmsg.protocol.thin_keys import ThinReceivingChain
from secmsg.wire.packet import MAX_U32

TAG_SIZE = 4
WINDOW = ThinLimits().window
WINDOWS = range(256, 1025)
FAR_STEP = 64
FAR_REACH = 65_536
FAR_CHAINS = 2
"""The newest receiving chains that have a sparse table: a peer sends on no older one."""


@dataclass(frozen=True, slots=True)
class Place:
    """A counter of one thin chain of the peer's."""

    session_id: SessionId
    epoch: int
    counter: int


class _Tags:
    """The tags of some counters of one chain, in one byte string."""

    __slots__ = ("_counters", "_tags")

    def __init__(self, counters: Sequence[int], tags: bytes) -> None:
        self._counters = counters
        self._tags = tags

    def __len__(self) -> int:
        return len(self._counters)

    def holds(self, counters: Sequence[int]) -> bool:
        return self._counters == counters

    def hits(self, tag: bytes) -> Iterator[int]:
        at = self._tags.find(tag)
        while at >= 0:
            if at % TAG_SIZE == 0:
                yield self._counters[at // TAG_SIZE]
            at = self._tags.find(tag, at + 1)

    def moved(self, counters: range, key: KeyedHash) -> "_Tags":
        """Return the tags of a range further on, taking over those that both ranges have."""
        old = self._counters
        if counters == old:
            return self
        if not isinstance(old, range) or old.step != counters.step or counters.start not in old:
            return _tags(counters, key)
        shared = old[old.index(counters.start) :]
        if len(shared) > len(counters):
            return _tags(counters, key)
        first = TAG_SIZE * (len(old) - len(shared))
        return _Tags(counters, self._tags[first:] + _tags(counters[len(shared) :], key)._tags)


def _tags(counters: Sequence[int], key: KeyedHash) -> _Tags:
    return _Tags(counters, b"".join([key.digest(counter.to_bytes(4))[:TAG_SIZE] for counter in counters]))


_NONE = _Tags((), b"")


class _Chain:
    """One chain's tags: near ones at once, the sparse table when it is first asked for."""

    __slots__ = ("_counter", "_far", "_key", "_late", "_near", "_tag_key", "_window", "epoch")

    def __init__(self, chain: ThinReceivingChain, window: int) -> None:
        self.epoch = chain.epoch
        self._tag_key = chain.tag_key
        self._key = KeyedHash(chain.tag_key)
        self._window = window
        self._near = self._late = self._far = _NONE
        self.move(chain)

    def is_of(self, chain: ThinReceivingChain) -> bool:
        return self.epoch == chain.epoch and self._tag_key == chain.tag_key

    def move(self, chain: ThinReceivingChain) -> None:
        """Follow the chain: `window` counters ahead, as many behind, and older ones whose keys are kept."""
        self._counter = chain.counter
        near = range(max(0, chain.counter - self._window), min(chain.counter + self._window, MAX_U32))
        self._near = self._near.moved(near, self._key)
        late = tuple(counter for counter in chain.kept if counter < near.start)
        if not self._late.holds(late):
            self._late = _tags(late, self._key)

    def near(self, tag: bytes) -> Iterator[int]:
        yield from self._near.hits(tag)
        yield from self._late.hits(tag)

    def far(self, tag: bytes) -> Iterator[int]:
        """Search every 64th counter up to 65 536 ahead, beyond the near ones."""
        beyond = self._counter + self._window
        start = -(-beyond // FAR_STEP) * FAR_STEP
        self._far = self._far.moved(range(start, min(self._counter + FAR_REACH + 1, MAX_U32), FAR_STEP), self._key)
        return self._far.hits(tag)

    def __len__(self) -> int:
        return len(self._near) + len(self._late) + len(self._far)


class ThinTable:
    """The tags under which packets of many sessions may come; it holds tag keys, so it lives as long as they may."""

    __slots__ = ("_chains", "_window")

    def __init__(self, sessions: Iterable[Session] = (), *, window: int = WINDOW) -> None:
        if window not in WINDOWS:
            raise FormatError("a window has 256 to 1024 counters")
        self._window = window
        self._chains: dict[SessionId, tuple[_Chain, ...]] = {}
        for session in sessions:
            self.put(session)

    def put(self, session: Session) -> None:
        """Take a session or its next state; only what is new in it is computed."""
        # Those changed last stand at the end, where a search begins.
        before = self._chains.pop(session.session_id, ())
        self._chains[session.session_id] = tuple(self._followed(chain, before) for chain in session.thin.receiving)

    def _followed(self, chain: ThinReceivingChain, before: tuple[_Chain, ...]) -> _Chain:
        for known in before:
            if known.is_of(chain):
                known.move(chain)
                return known
        return _Chain(chain, self._window)

    def drop(self, session_id: SessionId) -> None:
        """Forget a session; an unknown one does nothing."""
        self._chains.pop(session_id, None)

    def find(self, packet: bytes) -> Iterator[Place]:
        """Yield the places that the packet's first 4 bytes may stand for, the likely ones first.

        Places whose packet was opened are among them, so that a repetition can be named.
        """
        tag = packet[:TAG_SIZE]
        for session_id, chains in reversed(self._chains.items()):
            for chain in reversed(chains):
                for counter in chain.near(tag):
                    yield Place(session_id, chain.epoch, counter)
        for session_id, chains in reversed(self._chains.items()):
            for chain in reversed(chains[-FAR_CHAINS:]):
                for counter in chain.far(tag):
                    yield Place(session_id, chain.epoch, counter)

    def __len__(self) -> int:
        """Return how many tags are held."""
        return sum(len(chain) for chains in self._chains.values() for chain in chains)
