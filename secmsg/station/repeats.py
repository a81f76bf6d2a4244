"""Asking for serials that are missing, answering such requests, and the daily recap that shows a missing tail."""

from itertools import groupby

from secmsg.ids import MessageId, Serial, StationId
from secmsg.office import continuity
from secmsg.office.lifecycle import OutboxState
from secmsg.station import envelopes
from secmsg.station.desk import Desk
from secmsg.store import continuity as rows
from secmsg.store import identity as identity_rows
from secmsg.store import outbox
from secmsg.store.continuity import Gap
from secmsg.store.outbox import Envelope
from secmsg.wire.cable import Urgency
from secmsg.wire.certificate import Certificate
from secmsg.wire.service import MAX_RANGES, Recap, RepeatRequest

MAX_ANSWERED = 64
"""Items repeated for one request."""


def answer(desk: Desk, asker: Certificate, ranges: tuple[tuple[int, int], ...], now: int) -> None:
    """Put the kept items of these serials into the outbox once more, for the device that asks, sealed anew."""
    left = MAX_ANSWERED
    for first, last in ranges:
        for serial in range(first, min(last, first + left - 1) + 1):
            left -= 1
            _repeat(desk, asker, Serial(serial), now)
        if left <= 0:
            return


def _repeat(desk: Desk, asker: Certificate, serial: Serial, now: int) -> None:
    item = rows.sent_item(desk.db, asker.station, serial)
    if item is None or any(
        each.sealed is not None and each.state is OutboxState.WAITING
        for each in outbox.of_serial(desk.db, asker.device, serial)
    ):
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
        ),
    )
    envelopes.seal_waiting(desk, asker, now)


def ask(desk: Desk) -> bool:
    """Ask for what has been missing too long, a few times; say whether anything was asked."""
    now, rhythm = desk.now(), desk.policy.rhythm
    asked = False
    for station, group in groupby(rows.gaps(desk.db), key=lambda gap: gap.peer):
        ripe = [
            gap
            for gap in group
            if gap.asked < rhythm.repeat_tries and now - (gap.asked_at or gap.since) >= rhythm.repeat_after_s
        ]
        if ripe:
            _ask(desk, station, ripe, now)
            asked = True
    return asked


def _ask(desk: Desk, station: StationId, missing: list[Gap], now: int) -> None:
    message = RepeatRequest(_ranges([gap.serial for gap in missing])[:MAX_RANGES])
    with desk.db.transaction():
        for gap in missing:
            rows.note_asked(desk.db, station, gap.serial, now)
        envelopes.post_service(desk, station, message, now)


def _ranges(serials: list[Serial]) -> tuple[tuple[int, int], ...]:
    ranges: list[tuple[int, int]] = []
    for serial in serials:
        if ranges and ranges[-1][1] == serial - 1:
            ranges[-1] = (ranges[-1][0], serial)
        else:
            ranges.append((serial, serial))
    return tuple(ranges)


def recap(desk: Desk) -> bool:
    """Tell every station written to, once in a while, up to where its chain goes; say whether anything was sent."""
    now = desk.now()
    sent = False
    for pair in rows.every_outgoing(desk.db):
        name = f"recap-{pair.peer}"
        kept = identity_rows.fact(desk.db, name)
        last = 0 if kept is None else int.from_bytes(kept)
        if kept is not None and 0 <= now - last < desk.policy.rhythm.recap_every_s:
            continue
        with desk.db.transaction():
            identity_rows.keep_fact(desk.db, name, now.to_bytes(8))
            if kept is not None:
                body = rows.incoming(desk.db, pair.peer)
                state = continuity.State() if body is None else continuity.decode(body)
                envelopes.post_service(desk, pair.peer, Recap(pair.next - 1, state.highest), now)
                sent = True
    return sent
