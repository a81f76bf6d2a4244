"""Asking for serials that are missing over one channel after the other, and answering such requests.

The rules are the office's (`secmsg.office.repeating`). After the last request in vain the officers of both ends decide.
"""

from collections.abc import Iterable
from itertools import groupby

from secmsg.ids import MessageId, Serial, StationId
from secmsg.office import repeating, serials
from secmsg.office.lifecycle import OutboxState
from secmsg.office.repeating import Answer, Step
from secmsg.station import envelopes, hand_numbers, notices, recaps
from secmsg.station.desk import Desk
from secmsg.station.events import Event, GapsChanged
from secmsg.station.views import NoticeKind
from secmsg.store import asks, outbox
from secmsg.store import continuity as rows
from secmsg.store import relays as relay_rows
from secmsg.store.asks import Ask
from secmsg.store.continuity import Gap
from secmsg.store.outbox import Envelope
from secmsg.wire.cable import Urgency
from secmsg.wire.certificate import Certificate
from secmsg.wire.service import MAX_RANGES, Fault, FaultCode, Ranges, Repeat, RepeatRequest

MAX_ANSWERED = 64
"""Items repeated for one request."""
MAX_REPORTED = 8
"""Ranges about which the other end is told at once that they were asked for in vain."""

# --- answering -------------------------------------------------------------------------------------------------------


def answer(desk: Desk, asker: Certificate, request: RepeatRequest, now: int) -> list[Event]:
    """Let the serials asked for go out once more to the device that asks, and say before them which go how."""
    recaps.note_missing(desk, asker.station, request.ranges)
    answers: dict[Answer, list[Serial]] = {each: [] for each in Answer}
    for serial in _first(request.ranges):
        answers[_how(desk, asker, serial, request.attempt)].append(serial)
    told = Repeat(*(ranges_of(answers[each]) for each in (Answer.IDENTICAL, Answer.ANEW, Answer.GONE)))
    if told != Repeat():
        envelopes.post_service(desk, asker.station, told, now, Urgency.PRIORITY, turn=request.attempt)
    for serial in answers[Answer.IDENTICAL]:
        _offer_again(desk, asker, serial, now)
    for serial in answers[Answer.ANEW]:
        _repeat(desk, asker, serial, now)
    return [GapsChanged()]


def _first(ranges: Ranges) -> tuple[Serial, ...]:
    """Return as many of the serials as one request gets."""
    found: list[Serial] = []
    for first, last in ranges:
        found += [Serial(each) for each in range(first, min(last, first + MAX_ANSWERED - 1) + 1)]
    return tuple(found[:MAX_ANSWERED])


def _how(desk: Desk, asker: Certificate, serial: Serial, attempt: int) -> Answer:
    sent = outbox.of_serial(desk.db, asker.device, serial)
    sealed = [each for each in sent if each.sealed is not None]
    if any(each.state is OutboxState.HELD for each in sent) or hand_numbers.covers(desk, asker.station, serial):
        # The officer keeps it back; or the item that keeps a block stands for it, and is asked for as well.
        return Answer.UNDER_WAY
    relays = {each.relay_id for each in relay_rows.every(desk.db) if each.enabled}
    taken = {
        dispatch.relay_id
        for each in sealed
        for dispatch in outbox.dispatches(desk.db, each.message_id)
        if dispatch.accepted_at is not None
    }
    return repeating.answer(
        kept=rows.sent_item(desk.db, asker.station, serial) is not None,
        held=bool(sealed) or any(each.state is OutboxState.WAITING_KEYS for each in sent),
        taken=len(taken & relays),
        channels=len(relays),
        attempt=attempt,
    )


def _offer_again(desk: Desk, asker: Certificate, serial: Serial, now: int) -> None:
    """Offer the stored bytes, under the id they always had, beginning with a channel that has not had them."""
    relays = relay_rows.every(desk.db)
    for envelope in outbox.of_serial(desk.db, asker.device, serial):
        if envelope.sealed is None:
            continue
        dispatches = outbox.dispatches(desk.db, envelope.message_id)
        taken = {each.relay_id for each in dispatches if each.accepted_at is not None}
        turn = next((place for place, each in enumerate(relays) if each.enabled and each.relay_id not in taken), 0)
        outbox.offer_elsewhere(desk.db, envelope.message_id, turn, now, now + desk.policy.rhythm.repeat_after_s)


def _repeat(desk: Desk, asker: Certificate, serial: Serial, now: int) -> None:
    """Seal an item once more for the device that asks, beginning with a channel that had it last or never."""
    item = rows.sent_item(desk.db, asker.station, serial)
    if item is None:
        return
    outbox.add(
        desk.db,
        Envelope(
            message_id=MessageId(desk.random(envelopes.MESSAGE_ID_SIZE)),
            cable_id=item.cable_id,
            station=asker.station,
            device=asker.device,
            serial=serial,
            urgency=Urgency.PRIORITY,
            sealed=None,
            state=OutboxState.WAITING_KEYS,
            created_at=now,
            since=now,
            evidence="repeat",
            turn=len(outbox.of_serial(desk.db, asker.device, serial)),
        ),
    )
    envelopes.seal_waiting(desk, asker, now)


# --- asking ----------------------------------------------------------------------------------------------------------


def ask(desk: Desk) -> bool:
    """Ask for what has been missing too long, each time beginning with another channel; say whether anything was."""
    asked = False
    for station, group in groupby(_due(desk, Step.ASK), key=lambda gap: gap.peer):
        for attempt, same in groupby(sorted(group, key=lambda gap: gap.asked), key=lambda gap: gap.asked + 1):
            with desk.db.transaction():
                request(desk, station, [gap.serial for gap in same], attempt, by_hand=False)
            asked = True
    return asked


def request(desk: Desk, station: StationId, missing: Iterable[Serial], attempt: int, *, by_hand: bool) -> None:
    """Write one request and note it, inside the caller's transaction."""
    now = desk.now()
    ranges = ranges_of(sorted(missing))[:MAX_RANGES]
    message = RepeatRequest(ranges, attempt)
    serial = envelopes.post_service(desk, station, message, now, Urgency.PRIORITY, turn=attempt - 1)
    for first, last in ranges:
        for each in range(first, last + 1):
            rows.note_asked(desk.db, station, Serial(each), now)
        if serial is not None:
            asks.add(desk.db, Ask(station, Serial(first), Serial(last), attempt, by_hand, now, serial))


def told(desk: Desk, station: StationId, repeat: Repeat, now: int) -> list[Event]:
    """Give to the officer what the other end does not keep any more: waiting for it is in vain."""
    gone = [
        gap.serial
        for gap in rows.gaps(desk.db)
        if gap.peer == station and any(first <= gap.serial <= last for first, last in repeat.gone)
    ]
    return [*_alarm(desk, station, gone, "not kept there any more", now), GapsChanged()] if gone else []


def alarms(desk: Desk) -> tuple[Event, ...]:
    """Raise the alarm for what was asked for in vain, here and, by a service message, at the other end."""
    now = desk.now()
    events: list[Event] = []
    for station, group in groupby(_due(desk, Step.ALARM), key=lambda gap: gap.peer):
        vain = [gap.serial for gap in group]
        with desk.db.transaction():
            events += _alarm(desk, station, vain, "asked for in vain", now)
            for first, last in ranges_of(vain)[:MAX_REPORTED]:
                fault = Fault(FaultCode.NOT_REPEATED, "", first, None, last if last > first else 0)
                envelopes.post_service(desk, station, fault, now, Urgency.IMMEDIATE)
    return tuple(events) + ((GapsChanged(),) if events else ())


def _alarm(desk: Desk, station: StationId, missing: list[Serial], why: str, now: int) -> list[Event]:
    for serial in missing:
        rows.note_alarm(desk.db, station, serial, now)
    spans = ", ".join(serials.span(*each) for each in ranges_of(missing))
    return [notices.add(desk, NoticeKind.GAP_UNANSWERED, now, f"station {station}, {spans}: {why}")]


def _due(desk: Desk, step: Step) -> tuple[Gap, ...]:
    now, rhythm = desk.now(), desk.policy.rhythm
    after_s, tries = rhythm.repeat_after_s, rhythm.repeat_tries
    return tuple(gap for gap in rows.gaps(desk.db) if _step(gap, now, after_s, tries) is step)


def _step(gap: Gap, now: int, after_s: int, tries: int) -> Step:
    if gap.alarmed_at is not None:
        return Step.NOTHING
    return repeating.next_step(gap.since, gap.asked_at, gap.asked, now, after_s, tries)


def ranges_of(found: Iterable[Serial]) -> Ranges:
    """Return serials as ranges."""
    return serials.merged([(each, each) for each in found])
