"""Two ends of a thin link under loss, reordering, repetition, outages, half-finished steps and restored copies.

A model that counts numbers, without any key, says which packets must open; all others must be refused and change
nothing. The fat ratchet moves underneath as long as neither end was put back.
"""

from dataclasses import dataclass, field

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from secmsg.errors import CryptoError, NoSession, Replayed, SessionError
from secmsg.protocol import state, thin
from secmsg.protocol.state import Session
from tests.helpers.seeded_random import seeded
from tests.helpers.sessions import NOW, opened, seal
from tests.helpers.thin import LIMITS, jumped, thin_pair

WINDOW, FAR, KEPT = 256, 65_536, 1_024
SIDES = st.sampled_from(["A", "B"])


@dataclass(frozen=True)
class Sent:
    """A packet on the way, and what only the model knows of it."""

    side: str
    epoch: int
    counter: int
    payload: bytes
    packet: bytes


@dataclass
class Received:
    """What a receiver has of one chain, in numbers."""

    following: int = 0
    kept: list[int] = field(default_factory=list)

    def takes(self, counter: int) -> bool:
        if counter < self.following:
            return counter in self.kept
        ahead = counter - self.following
        return ahead < WINDOW or (counter % 64 == 0 and ahead <= FAR)

    def take(self, counter: int) -> None:
        if counter < self.following:
            self.kept.remove(counter)
            return
        self.kept = [*self.kept, *range(self.following, counter)][-KEPT:]
        self.following = counter + 1


@dataclass
class End:
    """One end and what the model says of it; `chains` are the peer's epochs it holds, oldest first."""

    session: Session
    chains: dict[int, Received]

    def copy(self) -> "End":
        chains = {epoch: Received(each.following, list(each.kept)) for epoch, each in self.chains.items()}
        return End(self.session, chains)


def other(side: str) -> str:
    return "B" if side == "A" else "A"


class ThinLink(RuleBasedStateMachine):
    """The adversary delivers what he likes, as often as he likes."""

    @initialize(seed=st.integers(0, 3))
    def begin(self, seed: int) -> None:
        initiator, responder = thin_pair(b"machine %d" % seed)
        self.ends = {"A": End(initiator, {0: Received()}), "B": End(responder, {1: Received()})}
        self.random = seeded(b"machine %d" % seed)
        self.sent: list[Sent] = []
        self.fat: list[tuple[str, bytes]] = []
        self.copies: list[tuple[str, End]] = []
        self.put_back = False
        self.shown: dict[str, set[tuple[int, int]]] = {"A": set(), "B": set()}

    @rule(side=SIDES, payload=st.sampled_from([b"a", b"b", b"Nhan du", bytes(100)]))
    def seal_thin(self, side: str, payload: bytes) -> None:
        end = self.ends[side]
        chain = end.session.thin.sending
        if chain is None:
            assert side == "A"
            return
        end.session, packet = thin.seal_thin(end.session, payload, now=NOW, limits=LIMITS)
        self.sent.append(Sent(side, chain.epoch, chain.counter, payload, packet))

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def deliver(self, data: st.DataObject) -> None:
        self._deliver(data.draw(st.sampled_from(self.sent)))

    @precondition(lambda self: self.sent)
    @rule()
    def deliver_the_newest(self) -> None:
        self._deliver(self.sent[-1])

    def _deliver(self, sent: Sent) -> None:
        end = self.ends[other(sent.side)]
        before = state.encode(end.session)
        chain = end.chains.get(sent.epoch)
        try:
            after, held = thin.open_thin(end.session, sent.packet, now=NOW)
        except (NoSession, Replayed):
            assert chain is None or not chain.takes(sent.counter)
            assert state.encode(end.session) == before
            return
        # 1. What is shown was sent, in this place or in one of a restored copy of the sender.
        assert chain is not None
        assert chain.takes(sent.counter)
        assert held.payload == sent.payload
        assert (held.place.epoch, held.place.counter) == (sent.epoch, sent.counter)
        # 2. Nothing is shown twice in a timeline.
        assert (sent.epoch, sent.counter) not in self.shown[other(sent.side)]
        self.shown[other(sent.side)].add((sent.epoch, sent.counter))
        chain.take(sent.counter)
        end.session = after

    @precondition(lambda self: self.sent)
    @rule(data=st.data(), bit=st.integers(0, 7))
    def deliver_damaged(self, data: st.DataObject, bit: int) -> None:
        sent = data.draw(st.sampled_from(self.sent))
        position = data.draw(st.integers(0, len(sent.packet) - 1))
        damaged = bytearray(sent.packet)
        damaged[position] ^= 1 << bit
        end = self.ends[other(sent.side)]
        try:
            thin.open_thin(end.session, bytes(damaged), now=NOW)
        except (SessionError, CryptoError):
            return
        raise AssertionError("a damaged packet opened")

    @rule(side=SIDES, lost=st.one_of(st.integers(1, 70), st.sampled_from([255, 256, 300, 1_500])))
    def lose_many(self, side: str, lost: int) -> None:
        end = self.ends[side]
        chain = end.session.thin.sending
        if chain is not None:
            end.session = jumped(end.session, chain.counter + lost)

    @precondition(lambda self: not self.put_back)
    @rule(side=SIDES)
    def seal_fat(self, side: str) -> None:
        end = self.ends[side]
        if end.session.sending is None and end.session.receiving is None:
            return
        end.session, packet = seal(end.session, b"fat", self.random)
        self.fat.append((side, packet))

    @precondition(lambda self: not self.put_back)
    @rule(side=SIDES)
    def cross_fat(self, side: str) -> None:
        self.seal_fat(side)
        if self.fat and self.fat[-1][0] == side:
            self._deliver_fat(*self.fat[-1])

    @precondition(lambda self: self.fat and not self.put_back)
    @rule(data=st.data())
    def deliver_fat(self, data: st.DataObject) -> None:
        self._deliver_fat(*data.draw(st.sampled_from(self.fat)))

    def _deliver_fat(self, side: str, packet: bytes) -> None:
        end = self.ends[other(side)]
        try:
            end.session, _ = opened(end.session, packet)
        except (SessionError, CryptoError):
            return
        for chain in end.session.thin.receiving:
            end.chains.setdefault(chain.epoch, Received())
        end.chains = {epoch: end.chains[epoch] for epoch in sorted(end.chains)[-3:]}

    @invariant()
    def the_peer_holds_what_is_sent_on(self) -> None:
        for side, end in self.ends.items():
            sending = end.session.thin.sending
            assert self.put_back or sending is None or sending.epoch in self.ends[other(side)].chains

    @invariant()
    def a_repeated_key_shows_equality_and_nothing_more(self) -> None:
        by_place: dict[tuple[str, int, int], dict[bytes, bytes]] = {}
        for each in self.sent:
            texts = by_place.setdefault((each.side, each.epoch, each.counter), {})
            assert texts.setdefault(each.payload, each.packet) == each.packet
        for texts in by_place.values():
            assert len({packet[4:] for packet in texts.values()}) == len(texts)
            assert len({packet[:4] for packet in texts.values()}) == 1


class RestoredLink(ThinLink):
    """The same, and either end is put back to any earlier copy, as often as the adversary likes."""

    @rule(side=SIDES)
    def copy(self, side: str) -> None:
        self.copies.append((side, self.ends[side].copy()))

    @precondition(lambda self: self.copies)
    @rule(data=st.data())
    def put_a_copy_back(self, data: st.DataObject) -> None:
        side, end = data.draw(st.sampled_from(self.copies))
        self.ends[side] = end.copy()
        self.put_back = True
        # A new timeline begins: what it shows again is marked by whoever finds the copy.
        self.shown[side] = set()


ONE = settings(max_examples=40, stateful_step_count=40, deadline=None)
TestThinLink = ThinLink.TestCase
TestThinLink.settings = ONE
TestRestoredLink = RestoredLink.TestCase
TestRestoredLink.settings = ONE
