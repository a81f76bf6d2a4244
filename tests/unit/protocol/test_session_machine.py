"""The whole session against a hostile channel: it loses, repeats, reorders, damages, replays, misdelivers.

Meanwhile both sides talk, restart from their stored state, and their clock jumps. A model of sets and
numbers, without any key, says which packets must open; all others must be refused and change nothing.
"""

from dataclasses import dataclass, field
from random import Random

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from secmsg.errors import NoSession, Replayed, SecmsgError, SessionError
from secmsg.protocol import session as sessions
from secmsg.protocol import skipped_keys
from secmsg.protocol.session import Pace
from secmsg.protocol.state import Session
from tests.helpers.seeded_random import seeded
from tests.helpers.sessions import NOW, Device, device, initiate, respond, seal

DAY = 86_400


@dataclass
class Sent:
    """A packet on its way, with what only the test knows about it."""

    to: int
    packet: bytes
    payload: bytes
    epoch: int
    n: int
    pn: int


@dataclass
class Model:
    """What one receiver should open: the newest chain, its next place, what is missing and since when."""

    epoch: int = 0
    following: int = 0
    missing: dict[int, dict[int, int]] = field(default_factory=dict)

    def settled(self, now: int) -> "Model":
        kept = {
            epoch: {n: min(at, now) for n, at in places.items() if at > now - skipped_keys.LIFE}
            for epoch, places in self.missing.items()
        }
        return Model(self.epoch, self.following, {epoch: places for epoch, places in kept.items() if places})

    def _miss(self, end: int, now: int) -> None:
        places = dict.fromkeys(range(self.following, end), now)
        if places:
            self.missing.setdefault(self.epoch, {}).update(places)
        for epoch in sorted(self.missing)[: -skipped_keys.MAX_CHAINS]:
            del self.missing[epoch]

    def arrived(self, sent: Sent, now: int) -> "Model | None":
        """Return the model after the packet, None when it must be refused."""
        after = self.settled(now)
        if sent.epoch > after.epoch:
            after._miss(sent.pn, now)
            after.epoch, after.following = sent.epoch, 0
        if sent.epoch == after.epoch and sent.n >= after.following:
            after._miss(sent.n, now)
            after.following = sent.n + 1
            return after
        places = after.missing.get(sent.epoch, {})
        if sent.n not in places:
            return None
        del places[sent.n]
        if not places:
            del after.missing[sent.epoch]
        return after


ANNA = device(11, "machine/a", 0)
BINH = device(12, "machine/b", 1)
FIRST_SESSION, HANDSHAKE = initiate(ANNA, BINH, b"first")


def fresh_recipient() -> Device:
    return device(12, "machine/b", 1)


RECIPIENT = fresh_recipient()
ACCEPTED = respond(RECIPIENT, HANDSHAKE, ANNA)


class HostileChannel(RuleBasedStateMachine):
    """Side 0 opened the session; side 1 has none until the handshake arrives."""

    @initialize(late=st.booleans())
    def begin(self, late: bool) -> None:
        self.now = NOW
        self.random = seeded(b"machine")
        self.ends: list[Session | None] = [FIRST_SESSION, None]
        self.models = [Model(), Model()]
        self.on_the_way: list[Sent] = []
        self.opened: list[Sent] = []
        self.count = 0
        if not late:
            self.the_handshake_arrives()

    def both(self) -> bool:
        return self.ends[1] is not None

    @rule()
    def the_handshake_arrives(self) -> None:
        if self.ends[1] is None:
            self.ends[1] = ACCEPTED.session
            self.models[1] = Model(epoch=1, following=1)
        else:
            try:
                respond(RECIPIENT, HANDSHAKE, ANNA)
            except Replayed:
                return
            raise AssertionError("a handshake was taken twice")

    @rule(
        side=st.integers(0, 1),
        length=st.sampled_from([0, 100, 600, 1200, 3000]),
        pace=st.sampled_from(Pace),
    )
    def somebody_writes(self, side: int, length: int, pace: Pace) -> None:
        self.write(side, length, pace)

    @rule(side=st.integers(0, 1), count=st.integers(2, 6), length=st.sampled_from([0, 600]))
    def somebody_writes_much(self, side: int, count: int, length: int) -> None:
        for _ in range(count):
            self.write(side, length, Pace.NORMAL)

    @precondition(lambda self: self.both())
    @rule(side=st.integers(0, 1), turns=st.integers(1, 5), late=st.integers(0, 2))
    def they_converse_while_some_packets_are_late(self, side: int, turns: int, late: int) -> None:
        for _ in range(turns):
            for _ in range(late + 1):
                self.write(side, 0, Pace.NORMAL)
            self.deliver(self.on_the_way.pop())
            side = 1 - side

    def write(self, side: int, length: int, pace: Pace) -> None:
        session = self.ends[side]
        if session is None:
            return
        self.count += 1
        payload = self.count.to_bytes(4) + bytes(length)
        session, packet = seal(session, payload, self.random, now=self.now, pace=pace)
        self.ends[side] = session
        self.models[side] = self.models[side].settled(self.now)
        chain = session.sending
        assert chain is not None
        self.on_the_way.append(Sent(1 - side, packet, payload, chain.epoch, chain.n - 1, chain.pn))

    def deliver(self, sent: Sent) -> None:
        session = self.ends[sent.to]
        if session is None:
            return
        before = sessions.encode(session)
        expected = self.models[sent.to].arrived(sent, self.now)
        try:
            after, content = sessions.decrypt(session, sent.packet, now=self.now)
        except SessionError:
            assert expected is None, "an authentic packet within the bounds did not open"
            assert sessions.encode(session) == before
            return
        assert expected is not None, "a packet opened twice, or after its key was wiped"
        assert content.payload == sent.payload
        self.ends[sent.to] = after
        self.models[sent.to] = expected
        self.opened.append(sent)

    @precondition(lambda self: self.on_the_way)
    @rule(data=st.data())
    def a_packet_arrives(self, data: st.DataObject) -> None:
        index = data.draw(st.integers(0, len(self.on_the_way) - 1))
        if self.both():
            self.deliver(self.on_the_way.pop(index))
        elif self.on_the_way[index].to == 0:
            raise AssertionError("nobody could have sent this")

    @precondition(lambda self: self.on_the_way and self.both())
    @rule(random=st.randoms(use_true_random=False), share=st.integers(1, 4))
    def many_packets_arrive_in_any_order(self, random: Random, share: int) -> None:
        random.shuffle(self.on_the_way)
        for _ in range(len(self.on_the_way) // share):
            self.deliver(self.on_the_way.pop())

    @precondition(lambda self: self.on_the_way)
    @rule(data=st.data())
    def a_packet_arrives_and_will_come_again(self, data: st.DataObject) -> None:
        self.deliver(data.draw(st.sampled_from(self.on_the_way)))

    @precondition(lambda self: self.on_the_way)
    @rule(data=st.data())
    def a_packet_is_lost(self, data: st.DataObject) -> None:
        self.on_the_way.pop(data.draw(st.integers(0, len(self.on_the_way) - 1)))

    @precondition(lambda self: self.opened)
    @rule(data=st.data())
    def an_opened_packet_is_replayed(self, data: st.DataObject) -> None:
        sent = data.draw(st.sampled_from(self.opened))
        session = self.ends[sent.to]
        assert session is not None
        before = sessions.encode(session)
        try:
            sessions.decrypt(session, sent.packet, now=self.now)
        except (Replayed, NoSession):
            assert sessions.encode(session) == before
            return
        raise AssertionError("a replayed packet opened")

    @precondition(lambda self: self.on_the_way or self.opened)
    @rule(data=st.data())
    def a_packet_is_damaged(self, data: st.DataObject) -> None:
        sent = data.draw(st.sampled_from(self.on_the_way + self.opened))
        bit = data.draw(st.integers(0, 8 * len(sent.packet) - 1))
        damaged = bytearray(sent.packet)
        damaged[bit // 8] ^= 1 << bit % 8
        self.refused(self.ends[sent.to], bytes(damaged))

    @precondition(lambda self: self.on_the_way)
    @rule(data=st.data())
    def a_packet_comes_back_to_its_sender(self, data: st.DataObject) -> None:
        sent = data.draw(st.sampled_from(self.on_the_way))
        self.refused(self.ends[1 - sent.to], sent.packet)

    def refused(self, session: Session | None, packet: bytes) -> None:
        if session is None:
            return
        before = sessions.encode(session)
        try:
            sessions.decrypt(session, packet, now=self.now)
        except SecmsgError:
            assert sessions.encode(session) == before
            return
        raise AssertionError("a packet that nobody made opened")

    @rule(side=st.integers(0, 1))
    def somebody_restarts(self, side: int) -> None:
        session = self.ends[side]
        if session is not None:
            self.ends[side] = sessions.decode(sessions.encode(session))

    @rule(seconds=st.sampled_from([60, 3_600, DAY + 1, 8 * DAY, 29 * DAY, 31 * DAY]))
    def time_passes(self, seconds: int) -> None:
        self.now += seconds

    @rule(seconds=st.sampled_from([60, DAY, 40 * DAY]))
    def the_clock_is_set_back(self, seconds: int) -> None:
        self.now = max(NOW - 50 * DAY, self.now - seconds)

    @invariant()
    def keys_of_missing_packets_are_those_of_the_model(self) -> None:
        if not hasattr(self, "ends"):
            return
        for session, model in zip(self.ends, self.models, strict=True):
            if session is not None:
                kept = {chain.epoch: set(chain.keys) for chain in session.skipped.chains}
                assert kept == {epoch: set(places) for epoch, places in model.missing.items()}

    def teardown(self) -> None:
        # Whatever is left arrives at last, newest first.
        while self.on_the_way:
            self.deliver(self.on_the_way.pop())


HostileChannel.TestCase.settings = settings(
    max_examples=150,
    stateful_step_count=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
TestHostileChannel = HostileChannel.TestCase


def test_the_model_itself_refuses_what_it_should() -> None:
    # negative control: a model that forgot to remember would let a packet open twice
    sent = Sent(0, b"", b"", 1, 2, 0)
    after = Model(epoch=1, following=0).arrived(sent, NOW)
    assert after is not None
    assert after.missing == {1: {0: NOW, 1: NOW}}
    assert after.arrived(sent, NOW) is None
    assert after.arrived(Sent(0, b"", b"", 1, 0, 0), NOW + 31 * DAY) is None
