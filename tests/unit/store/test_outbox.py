"""Envelopes on their way.

Sealed once, offered to each relay, proven by receipts, and safe against a stop at any point.
"""

from dataclasses import replace

import pytest

from secmsg.errors import NotFound
from secmsg.ids import CertificateRef, DeviceId, MessageId, RelayId, Serial, StationId
from secmsg.office.lifecycle import OutboxState
from secmsg.store import outbox, receipts
from secmsg.store.database import Database
from secmsg.store.outbox import Envelope
from secmsg.store.receipts import KeptReceipt, ReceiptDue
from secmsg.wire.cable import Urgency
from secmsg.wire.service import ReceiptLevel
from tests.helpers.stores import CABLE, RELAY, envelope

R1, R2 = RELAY, RelayId(b"2" * 16)


def added(db: Database, *envelopes: Envelope) -> None:
    with db.transaction():
        for one in envelopes:
            outbox.add(db, one)


def due(db: Database, relay: RelayId, now: int = 100) -> list[int]:
    return [one.serial for one in outbox.due(db, relay, now)]


def state(db: Database, number: int) -> OutboxState:
    return outbox.read(db, MessageId(bytes([number]) * 16)).state


def test_an_envelope_comes_back_as_it_was_put_in(db: Database) -> None:
    added(db, envelope(1), replace(envelope(2, sealed=False), cable_id=None))

    assert outbox.read(db, envelope(1).message_id) == envelope(1)
    assert outbox.of_cable(db, CABLE) == (envelope(1),)
    assert outbox.of_serial(db, DeviceId(70), Serial(2))[0].cable_id is None
    with pytest.raises(NotFound):
        outbox.read(db, envelope(9).message_id)


def test_the_most_urgent_goes_first_and_then_the_oldest(db: Database) -> None:
    added(db, envelope(1), envelope(2, Urgency.FLASH), envelope(3), envelope(4, Urgency.FLASH))

    assert due(db, R1) == [2, 4, 1, 3]
    assert [one.serial for one in outbox.unfinished(db)] == [2, 4, 1, 3]
    assert [one.serial for one in outbox.due(db, R1, 100, limit=2)] == [2, 4]


def test_an_envelope_without_keys_waits_and_is_sealed_once(db: Database) -> None:
    added(db, envelope(1, sealed=False))
    assert due(db, R1) == []
    assert outbox.next_due_at(db, R1) is None
    assert [one.serial for one in outbox.unsealed(db)] == [1]

    with db.transaction():
        outbox.seal(db, envelope(1).message_id, b"bytes", 50)

    assert outbox.read(db, envelope(1).message_id).sealed == b"bytes"
    assert due(db, R1) == [1]
    assert outbox.next_due_at(db, R1) == 0
    with pytest.raises(NotFound), db.transaction():
        outbox.seal(db, envelope(1).message_id, b"other bytes", 51)
    assert outbox.read(db, envelope(1).message_id).sealed == b"bytes"


def test_what_one_relay_holds_is_still_offered_to_the_other(db: Database) -> None:
    added(db, envelope(1))
    message_id = envelope(1).message_id

    with db.transaction():
        outbox.begin(db, message_id, R1, 10, 20)
    assert state(db, 1) is OutboxState.SENDING
    with db.transaction():
        outbox.accepted(db, message_id, R1, 11)

    assert state(db, 1) is OutboxState.RELAY_HOLDS
    assert due(db, R1) == []
    assert due(db, R2) == [1]
    assert outbox.next_due_at(db, R1) is None

    with db.transaction():
        outbox.begin(db, message_id, R2, 12, 20)
        outbox.not_sent(db, message_id, R2, 13, 200, "no line")
    assert state(db, 1) is OutboxState.RELAY_HOLDS
    assert [(d.attempts, d.accepted_at, d.detail) for d in outbox.dispatches(db, message_id)] == [
        (1, 11, ""),
        (1, None, "no line"),
    ]


def test_a_failure_waits_and_an_unknown_outcome_is_sent_again_as_the_same_bytes(db: Database) -> None:
    added(db, envelope(1))
    message_id = envelope(1).message_id

    with db.transaction():
        outbox.begin(db, message_id, R1, 10, 20)
        outbox.not_sent(db, message_id, R1, 11, 150, "no line")
    assert state(db, 1) is OutboxState.WAITING
    assert due(db, R1, 149) == []
    assert outbox.next_due_at(db, R1) == 150
    with db.transaction():
        outbox.begin(db, message_id, R1, 150, 160)
        outbox.outcome_unknown(db, message_id, R1, 151, 300, "broken off")

    assert state(db, 1) is OutboxState.UNKNOWN
    again = outbox.due(db, R1, 300)[0]
    assert (again.message_id, again.sealed) == (message_id, envelope(1).sealed)
    assert outbox.dispatches(db, message_id)[0].attempts == 2


def test_a_doubt_stays_when_a_later_attempt_does_not_even_leave(db: Database) -> None:
    added(db, envelope(1))
    message_id = envelope(1).message_id
    with db.transaction():
        outbox.begin(db, message_id, R1, 10, 20)
        outbox.outcome_unknown(db, message_id, R1, 11, 20, "broken off")

    with db.transaction():
        outbox.begin(db, message_id, R2, 20, 30)
        outbox.not_sent(db, message_id, R2, 21, 40, "no line")

    # "Waiting" would say that it has not left.
    assert state(db, 1) is OutboxState.UNKNOWN


def test_after_a_stop_what_was_being_sent_may_have_arrived(db: Database) -> None:
    added(db, envelope(1), envelope(2))
    with db.transaction():
        outbox.begin(db, envelope(1).message_id, R1, 10, 20)

    with db.transaction():
        assert outbox.recover_after_stop(db, 30) == 1

    assert state(db, 1) is OutboxState.UNKNOWN
    assert state(db, 2) is OutboxState.WAITING
    assert due(db, R1) == [1, 2]
    with db.transaction():
        outbox.begin(db, envelope(1).message_id, R1, 30, 40)
        outbox.not_sent(db, envelope(1).message_id, R1, 31, 40, "no line")
    assert state(db, 1) is OutboxState.UNKNOWN


def test_a_receipt_ends_the_sending_and_erases_the_bytes(db: Database) -> None:
    added(db, envelope(1))

    with db.transaction():
        outbox.prove(db, envelope(1).message_id, OutboxState.ARRIVED, 40, "BN")

    proven = outbox.read(db, envelope(1).message_id)
    assert (proven.state, proven.since, proven.evidence, proven.sealed) == (
        OutboxState.ARRIVED,
        40,
        "BN",
        None,
    )
    assert due(db, R1) == []
    assert outbox.open_of_device(db, DeviceId(70)) == ()
    assert outbox.count_unfinished(db) == 0
    with pytest.raises(NotFound), db.transaction():
        outbox.prove(db, envelope(9).message_id, OutboxState.ARRIVED, 40, "")


def test_what_is_proven_is_not_taken_back_by_a_late_answer_of_a_relay(db: Database) -> None:
    added(db, envelope(1))
    message_id = envelope(1).message_id
    with db.transaction():
        outbox.begin(db, message_id, R1, 10, 20)
        outbox.prove(db, message_id, OutboxState.DECIPHERED, 40, "BN")

    with db.transaction():
        outbox.accepted(db, message_id, R1, 50)
        outbox.outcome_unknown(db, message_id, R1, 51, 60, "x")
        outbox.not_sent(db, message_id, R1, 52, 60, "x")
        outbox.begin(db, message_id, R1, 53, 60)

    assert state(db, 1) is OutboxState.DECIPHERED


def test_a_state_that_leaves_work_keeps_the_bytes(db: Database) -> None:
    added(db, envelope(1))

    with db.transaction():
        outbox.prove(db, envelope(1).message_id, OutboxState.WAITING, 40, "")

    assert outbox.read(db, envelope(1).message_id).sealed == envelope(1).sealed


def test_an_officer_holds_and_resumes(db: Database) -> None:
    added(db, envelope(1), envelope(2, sealed=False), envelope(3))
    with db.transaction():
        outbox.begin(db, envelope(3).message_id, R1, 10, 20)
        outbox.accepted(db, envelope(3).message_id, R1, 11)

    with db.transaction():
        assert outbox.hold(db, CABLE, 50) == 2
    assert [state(db, n) for n in (1, 2, 3)] == [OutboxState.HELD, OutboxState.HELD, OutboxState.RELAY_HOLDS]
    assert due(db, R2) == [3]

    with db.transaction():
        assert outbox.resume(db, CABLE, 60) == 2
    assert [state(db, n) for n in (1, 2)] == [OutboxState.WAITING, OutboxState.WAITING_KEYS]


def test_send_now_and_offer_again_forget_the_waiting(db: Database) -> None:
    added(db, envelope(1), envelope(2))
    with db.transaction():
        for number in (1, 2):
            outbox.begin(db, envelope(number).message_id, R1, 10, 20)
        outbox.not_sent(db, envelope(1).message_id, R1, 11, 5_000, "x")
        outbox.accepted(db, envelope(2).message_id, R1, 11)
    assert due(db, R1) == []

    with db.transaction():
        outbox.send_now(db, CABLE, 100)
    assert due(db, R1) == [1]

    with db.transaction():
        outbox.offer_again(db, envelope(2).message_id, 100)
    assert due(db, R1) == [1, 2]


def test_an_envelope_of_a_replaced_session_is_sealed_anew_under_a_new_id(db: Database) -> None:
    added(db, envelope(1), envelope(2))
    new_id = MessageId(b"n" * 16)
    with db.transaction():
        outbox.begin(db, envelope(1).message_id, R1, 10, 20)
        outbox.hold(db, CABLE, 11)
        outbox.resume(db, CABLE, 12)
        outbox.seal_anew(db, envelope(1).message_id, new_id, 50)

    fresh = outbox.read(db, new_id)
    assert (fresh.state, fresh.sealed, fresh.serial) == (OutboxState.WAITING_KEYS, None, 1)
    assert outbox.dispatches(db, new_id) == ()
    with pytest.raises(NotFound), db.transaction():
        outbox.seal_anew(db, new_id, MessageId(b"o" * 16), 60)


def test_a_held_envelope_sealed_anew_stays_held(db: Database) -> None:
    added(db, envelope(1))
    new_id = MessageId(b"n" * 16)
    with db.transaction():
        outbox.hold(db, CABLE, 11)
        outbox.seal_anew(db, envelope(1).message_id, new_id, 50)
    assert outbox.read(db, new_id).state is OutboxState.HELD

    with db.transaction():
        outbox.resume(db, CABLE, 60)

    assert outbox.read(db, new_id).state is OutboxState.WAITING_KEYS


def test_finished_service_envelopes_are_forgotten_and_others_not(db: Database) -> None:
    service = replace(envelope(1), cable_id=None)
    waiting = replace(envelope(2), cable_id=None)
    added(db, service, waiting, envelope(3))
    with db.transaction():
        for one in (service, envelope(3)):
            outbox.prove(db, one.message_id, OutboxState.ARRIVED, 40, "")

    with db.transaction():
        assert outbox.forget_service(db, before=41) == 1

    assert [one.serial for one in outbox.of_serial(db, DeviceId(70), Serial(1))] == []
    assert state(db, 2) is OutboxState.WAITING
    assert state(db, 3) is OutboxState.ARRIVED


def test_a_cable_for_two_devices_counts_once_for_its_station(db: Database) -> None:
    added(db, envelope(1), replace(envelope(2), device=DeviceId(71)), replace(envelope(3), station=StationId(8)))

    assert outbox.count_unfinished(db) == 2


# --- receipts


def test_a_rung_is_proven_once(db: Database) -> None:
    receipt = KeptReceipt(CABLE, StationId(7), ReceiptLevel.ARRIVED, 5, 0, "", CertificateRef(b"s" * 32), b"evidence")
    with db.transaction():
        assert receipts.keep(db, receipt)
        assert not receipts.keep(db, replace(receipt, at=9))
        assert receipts.keep(db, replace(receipt, level=ReceiptLevel.REGISTERED, number=12))

    assert [(r.level, r.at, r.number) for r in receipts.of_cable(db, CABLE)] == [(3, 5, 0), (5, 5, 12)]
    assert receipts.of_cable(db, CABLE)[0] == receipt


def test_receipts_due_wait_until_they_are_settled(db: Database) -> None:
    due_ = ReceiptDue(CABLE, ReceiptLevel.DECIPHERED, StationId(7), 5, 0, "note")
    with db.transaction():
        assert receipts.add_due(db, due_)
        assert not receipts.add_due(db, due_)
    assert receipts.every_due(db) == (due_,)

    with db.transaction():
        receipts.settle_due(db, CABLE, ReceiptLevel.DECIPHERED)

    assert receipts.every_due(db) == ()
