"""Whatever relays do: in the end every cable is there exactly once, or the outbox truthfully says that it is open.

Two stations, three relays that lose, repeat, reorder, break off, refuse, go away, lie about what they took, and are
wiped; in any order that hypothesis finds.
"""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from secmsg.ids import CableId
from secmsg.office.lifecycle import OutboxState
from secmsg.station.views import CableRow, ChannelState, Register
from secmsg.wire.cable import Urgency
from tests.helpers.ministry import HQ, PARIS, draft
from tests.helpers.net import Net, Post, net

pytestmark = pytest.mark.timeout(300)  # every step is synced to the disk

RELAYS = 3
WHICH = st.integers(0, RELAYS - 1)
CALLS = st.sampled_from(("deposit", "sync", "ack", "take", "create"))
PROVEN = {OutboxState.ARRIVED, OutboxState.DECIPHERED, OutboxState.ACKNOWLEDGED}


class Network(RuleBasedStateMachine):
    """Relays go wrong between rounds; nobody but hypothesis knows when."""

    @initialize()
    def begin(self) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="secmsg-network-"))
        self.context = net(self.root, RELAYS)
        self.net: Net = self.context.__enter__()
        self.ends: dict[str, Post] = {"hq": self.net.open(HQ), "paris": self.net.open(PARIS)}
        self.net.settle()
        self.released: dict[str, set[CableId]] = {"hq": set(), "paris": set()}

    # --- the officers ---

    @rule(end=st.sampled_from(("hq", "paris")), urgency=st.sampled_from(tuple(Urgency)))
    def write(self, end: str, urgency: Urgency) -> None:
        self.release(end, urgency)

    def release(self, end: str, urgency: Urgency) -> None:
        to = PARIS if end == "hq" else HQ
        reason = "Sơ tán công dân ngay" if urgency is Urgency.FLASH else ""
        released = self.ends[end].station.release(draft(to.id, urgency=urgency, urgency_reason=reason))
        self.released[end].add(released.cable_id)

    @rule(end=st.sampled_from(("hq", "paris")), urgency=st.sampled_from(tuple(Urgency)))
    def release_and_hand_over(self, end: str, urgency: Urgency) -> None:
        self.release(end, urgency)
        self.ends[end].sync()

    @rule(end=st.sampled_from(("hq", "paris")), number=WHICH)
    def switch_off_and_on(self, end: str, number: int) -> None:
        station = self.ends[end].station
        name = station.relays()[number].name
        station.switch_relay(name, enabled=False)
        station.switch_relay(name, enabled=True)

    # --- carrying and time ---

    @rule(end=st.sampled_from(("hq", "paris")))
    def sync(self, end: str) -> None:
        self.ends[end].sync()

    @rule(seconds=st.sampled_from((1, 15, 90, 2_000, 15_000)))
    def wait(self, seconds: int) -> None:
        self.net.wait(seconds)

    @rule(end=st.sampled_from(("hq", "paris")))
    def forget_what_the_run_knew(self, end: str) -> None:
        """Begin a run anew, as after a stop."""
        for place in self.ends[end].places:
            place.memory.after.clear()
        self.ends[end].station.desk.shelf.health.clear()

    # --- the relays ---

    @rule(number=WHICH)
    def vanish(self, number: int) -> None:
        self.net.relays[number].unreachable = True

    @rule(number=WHICH)
    def come_back(self, number: int) -> None:
        self.net.relays[number].unreachable = False

    @rule(number=WHICH)
    def take_and_lose(self, number: int) -> None:
        self.net.relays[number].lose = lambda _: True

    @rule(number=WHICH)
    def keep_again(self, number: int) -> None:
        self.net.relays[number].lose = lambda _: False

    @rule(number=WHICH, full=st.booleans())
    def fill(self, number: int, full: bool) -> None:
        self.net.relays[number].full = full

    @rule(number=WHICH, call=CALLS)
    def break_off_after(self, number: int, call: str) -> None:
        self.net.relays[number].break_after.add(call)

    @rule(number=WHICH)
    def turn_round(self, number: int) -> None:
        self.net.relays[number].order = lambda found: found[::-1]

    @rule(number=WHICH)
    def in_order(self, number: int) -> None:
        self.net.relays[number].order = lambda found: found

    @rule(number=WHICH)
    def hide(self, number: int) -> None:
        self.net.relays[number].order = lambda _: []

    @rule(number=WHICH)
    def repeat(self, number: int) -> None:
        for box, kept in self.net.relays[number].boxes.items():
            for envelope in tuple(kept.envelopes.values()):
                self.net.relays[number].put(box, envelope.message_id, envelope.body)

    @rule(number=WHICH)
    def wipe(self, number: int) -> None:
        self.net.wipe(number)

    # --- what holds ---

    @invariant()
    def nothing_is_here_twice(self) -> None:
        if not hasattr(self, "released"):
            return
        for end, other in (("hq", "paris"), ("paris", "hq")):
            here = self._here(end)
            assert len(here) == len(set(here))
            assert set(here) <= self.released[other]
            entered = self.ends[end].station.register(Register.IN)
            assert len(entered) == len(here)

    @invariant()
    def no_state_claims_more_than_is_true(self) -> None:
        if not hasattr(self, "released"):
            return
        for end, other in (("hq", "paris"), ("paris", "hq")):
            here = set(self._here(other))
            for row in self.ends[end].station.outbox():
                if row.state in PROVEN:
                    assert row.cable_id in here
                if row.state is OutboxState.RELAY_HOLDS:
                    assert any(line.state is ChannelState.HOLDS for line in row.lines)

    def teardown(self) -> None:
        if not hasattr(self, "released"):
            return
        try:
            self._mend()
            self._all_is_there()
        finally:
            self.context.__exit__(None, None, None)
            shutil.rmtree(self.root, ignore_errors=True)

    def _mend(self) -> None:
        """Lose the first relay for good, with all that it holds; let the others work again."""
        self.net.wipe(0)
        self.net.relays[0].unreachable = True
        for relay in self.net.relays[1:]:
            relay.unreachable = relay.full = False
            relay.lose, relay.order = lambda _: False, lambda found: found
            relay.break_after.clear()
        for _ in range(4):
            self.net.settle(rounds=2)
            self.net.wait(8 * 3_600)
        self.net.settle()

    def _all_is_there(self) -> None:
        for end, other in (("hq", "paris"), ("paris", "hq")):
            assert set(self._here(other)) == self.released[end], "a cable is lost"
            open_ = [row.state for row in self.ends[end].station.outbox() if row.state not in PROVEN]
            assert open_ == [], "a cable that arrived is not proven"

    def _here(self, end: str) -> list[CableId]:
        return [row.cable_id for row in self.ends[end].station.inbox() if isinstance(row, CableRow)]


# A failure is told with the steps as they were found: to shrink them takes minutes, for every step is synced.
Network.TestCase.settings = settings(
    phases=(Phase.generate,),
    max_examples=4,
    stateful_step_count=18,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestNetwork = Network.TestCase
