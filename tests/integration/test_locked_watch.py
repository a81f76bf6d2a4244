"""The locked watch at a relay: what it counts, whom it answers, what it carries, and what the session takes back."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from secmsg.authority.mailbox import SECONDS_PER_WEEK, week_of
from secmsg.crypto.randomness import system
from secmsg.ids import DeviceId, MailboxId, MessageId, StationId
from secmsg.office.draft import Draft
from secmsg.office.lifecycle import OutboxState
from secmsg.station import locking
from secmsg.station.locking import Account
from secmsg.station.station import Station
from secmsg.station.views import OutboxRow
from secmsg.store import rings
from secmsg.watch.bell import Bell
from secmsg.watch.carrying import Carrier
from secmsg.watch.listening import Listener
from secmsg.watch.news import LetGo, News, Sight, Took
from secmsg.watch.pace import Pace
from secmsg.wire import handover as wire
from secmsg.wire.cable import Urgency
from secmsg.wire.handover import Handover
from secmsg.wire.sync import Deposit, DepositStatus, TtlClass
from tests.helpers.ministry import HQ, PARIS, draft
from tests.helpers.simulated_relay import SimulatedRelay
from tests.helpers.world import Office, World, world


@pytest.fixture
def met(tmp_path: Path) -> Iterator[tuple[World, Office, Office]]:
    """Let headquarters and Paris have written to each other."""
    with world(tmp_path) as built:
        headquarters, paris = built.open(HQ), built.open(PARIS)
        built.settle()
        headquarters.release(draft(PARIS.id))
        paris.release(draft(HQ.id))
        for _ in range(3):
            built.clock.now += 120
            built.settle()
        yield built, headquarters, paris


@dataclass(slots=True)
class Watch:
    """A watch without its threads: the test says when it looks and when it carries."""

    relay: SimulatedRelay
    handover: Handover
    world: World
    news: list[News] = field(default_factory=list)
    listener: Listener = field(init=False)
    carrier: Carrier = field(init=False)

    def __post_init__(self) -> None:
        (station,) = self.handover.relays
        clock = self.world.clock
        bell = Bell(self.handover.relays, self.news.append, clock)
        self.carrier = Carrier(station, self.relay.link(clock), self.news.append, Pace(system))
        self.listener = Listener(
            station, self.relay.link(clock), bell, self.carrier.answer, clock, Pace(system), poll_s=1
        )

    def turn(self) -> Sight:
        """Look once and carry what is to be carried; what is seen by now."""
        self.listener.turn()
        for _ in range(3):
            self.carrier.turn()
        return next((each for each in reversed(self.news) if isinstance(each, Sight)), Sight())

    @property
    def box(self) -> MailboxId:
        """This week's fast mailbox."""
        week = week_of(self.world.clock()) * SECONDS_PER_WEEK
        (found,) = [each.box for each in self.handover.relays[0].readers if each.first < week < each.last - 2 * 86_400]
        return found

    def account(self) -> Account:
        took = tuple((each.relay, each.message_id) for each in self.news if isinstance(each, Took))
        gone = frozenset(DeviceId(each.caller) for each in self.news if isinstance(each, LetGo))
        return Account(self.handover.watch, took, gone)


def lock(built: World, office: Office) -> Watch:
    """Hand over and close the store, as a lock does."""
    handed = office.station.locking.prepare()
    built.close(office)
    return Watch(built.relay, wire.decode(handed), built)


def unlock(built: World, watch: Watch | None) -> Office:
    office = built.open(PARIS)
    office.station.locking.settle(None if watch is None else watch.account())
    return office


def flash(to: StationId = PARIS.id) -> Draft:
    return draft(to, urgency=Urgency.FLASH, urgency_reason="Sơ tán công dân ngay")


def row(station: Station) -> OutboxRow:
    (found,) = [each for each in station.outbox() if each.urgency is Urgency.FLASH]
    return found


def test_a_cable_hoa_toc_rings_a_locked_machine_which_answers_and_reads_it_when_it_is_opened(
    met: tuple[World, Office, Office],
) -> None:
    built, headquarters, paris = met
    watch = lock(built, paris)
    assert watch.turn() == Sight(contact=True)

    released = headquarters.release(flash())
    headquarters.sync()
    assert row(headquarters.station).picked_up_at is None
    seen = watch.turn()

    assert (seen.rings, seen.others, seen.contact) == (1, 0, True)
    headquarters.sync()
    said = row(headquarters.station)
    assert said.state is OutboxState.RELAY_HOLDS, "neither arrived nor deciphered"
    assert said.picked_up_at == built.clock.now
    assert headquarters.station.read(released.cable_id).receipts == ()
    assert headquarters.station.gaps() == (), "outside the chain: no number is missing"

    opened = unlock(built, watch)
    assert [each.arrived for each in (opened.sync(), opened.sync())] == [1, 0], "read once"
    built.clock.now += 120
    built.settle()
    said = row(headquarters.station)
    assert said.state is OutboxState.DECIPHERED
    assert said.picked_up_at is None, "what is proven takes its place"
    assert lock(built, opened).turn().rings == 0, "the ring was taken away while the store was open"


def test_each_ring_is_counted_once_and_each_caller_answered_once(met: tuple[World, Office, Office]) -> None:
    built, headquarters, paris = met
    watch = lock(built, paris)
    for _ in range(2):
        headquarters.release(flash())
    headquarters.sync()
    assert watch.turn().rings == 2
    assert len([each for each in watch.news if isinstance(each, LetGo)]) == 1

    # A relay that shows a ring again, under another id and number.
    box = watch.box
    for envelope in tuple(built.relay.boxes[box].envelopes.values()):
        built.relay.put(box, MessageId(bytes(15) + bytes([envelope.seq])), envelope.body)

    assert watch.turn().rings == 2
    headquarters.sync()
    answered = [each.picked_up_at for each in headquarters.station.outbox() if each.urgency is Urgency.FLASH]
    assert sorted(answered, key=bool) == [None, built.clock.now], "the answer belongs to one ring"


def test_junk_in_the_fast_mailbox_is_no_ring(met: tuple[World, Office, Office]) -> None:
    built, _, paris = met
    watch = lock(built, paris)
    box = watch.box
    for number in range(5):
        built.relay.put(box, MessageId(bytes([number]) * 16), system(512 if number else 2048))

    seen = watch.turn()

    assert (seen.rings, seen.others) == (0, 5)
    assert not [each for each in watch.news if isinstance(each, LetGo)]


def test_what_waited_is_deposited_while_locked_and_the_session_takes_the_relays_word(
    met: tuple[World, Office, Office],
) -> None:
    built, headquarters, paris = met
    released = paris.release(flash(HQ.id))
    before = {envelope.message_id for envelope in built.relay.waiting()}
    watch = lock(built, paris)

    watch.turn()

    took = [each.message_id for each in watch.news if isinstance(each, Took)]
    assert len(took) == 2, "the cable, and its ring"
    assert {envelope.message_id for envelope in built.relay.waiting()} - before == set(took)
    headquarters.sync()
    assert headquarters.station.read(released.cable_id).cable.cable_id == released.cable_id
    opened = unlock(built, watch)
    assert row(opened.station).state is OutboxState.RELAY_HOLDS
    opened.sync()
    built.clock.now += 120
    built.settle()
    assert row(opened.station).state is OutboxState.DECIPHERED
    assert headquarters.station.gaps() == ()
    assert [each.message_id for each in built.relay.deposited].count(took[0]) == 1, "it did not go a second time"


def test_a_watch_that_was_killed_loses_nothing_and_its_answers_are_never_given_again(
    met: tuple[World, Office, Office],
) -> None:
    built, headquarters, paris = met
    released = paris.release(flash(HQ.id))
    watch = lock(built, paris)
    watch.turn()
    given = {each.number: each.answer for each in watch.handover.relays[0].callers}

    opened = unlock(built, None)

    opened.sync()
    headquarters.sync()
    assert [each.cable_id for each in headquarters.station.inbox()].count(released.cable_id) == 1  # type: ignore[union-attr]
    again = lock(built, opened)
    assert {each.number for each in again.handover.relays[0].callers} == set(given)
    assert not {each.answer for each in again.handover.relays[0].callers} & set(given.values())


def test_answers_that_were_not_let_go_are_kept_for_the_next_lock(met: tuple[World, Office, Office]) -> None:
    built, headquarters, paris = met
    watch = lock(built, paris)
    answers = {each.number: each.answer for each in watch.handover.relays[0].callers}
    opened = unlock(built, watch)
    second = lock(built, opened)
    assert {each.number: each.answer for each in second.handover.relays[0].callers} == answers

    headquarters.release(flash())
    headquarters.sync()
    second.turn()
    third = lock(built, unlock(built, second))

    changed = {each.number for each in third.handover.relays[0].callers if each.answer != answers[each.number]}
    assert changed == {each.caller for each in second.news if isinstance(each, LetGo)}


def test_an_account_that_is_none_changes_nothing(met: tuple[World, Office, Office]) -> None:
    built, _, paris = met
    paris.release(flash(HQ.id))
    watch = lock(built, paris)
    (station,) = watch.handover.relays
    opened = built.open(PARIS)

    opened.station.locking.settle(
        Account(bytes(16), ((station.relay, MessageId(bytes(16))), (station.relay, MessageId(system(16)))), frozenset())
    )

    assert row(opened.station).state is OutboxState.UNKNOWN, "it may have left"
    assert rings.answer_for(opened.station.desk.db, DeviceId(station.callers[0].number)) is None


def test_an_answer_under_another_name_proves_nothing(met: tuple[World, Office, Office]) -> None:
    built, headquarters, paris = met
    watch = lock(built, paris)
    headquarters.release(flash())
    headquarters.sync()
    (caller,) = [each for each in watch.handover.relays[0].callers if each.targets]
    (box, token), *_ = caller.targets
    (status,) = built.relay.link().deposit([Deposit(box, token, MessageId(bytes(16)), TtlClass.DAY, caller.answer)])
    assert status is DepositStatus.STORED

    headquarters.sync()

    assert row(headquarters.station).picked_up_at is None


def test_a_machine_that_is_not_listed_or_frozen_hands_no_answers_over(met: tuple[World, Office, Office]) -> None:
    built, _, paris = met
    handover = locking.prepare(paris.station.desk)
    assert handover is not None
    assert handover.relays[0].callers
    assert [reader.last - reader.first for reader in handover.relays[0].readers] == [9 * 86_400] * 3
    assert locking.prepare(replace(paris.station.desk, clock=lambda: built.clock.now + 9 * 604_800)) is not None
