"""Recaps of serials: written at the agreed hour, compared when they come, missed when they do not.

The rules are the office's (`secmsg.office.serials`); here they meet the store.
"""

from dataclasses import replace
from datetime import UTC, datetime

from secmsg.ids import Serial, StationId
from secmsg.office import continuity, serials
from secmsg.office.continuity import NO_HASH, Sent, State
from secmsg.office.serials import Conflict, Watch
from secmsg.station import copies, envelopes, gaps, machines, notices, postures
from secmsg.station import desk as desks
from secmsg.station.desk import Desk
from secmsg.station.events import Event, GapsChanged
from secmsg.station.views import NoticeKind
from secmsg.store import books, watches
from secmsg.store import continuity as rows
from secmsg.wire.service import Posture, Ranges, Recap

HEARD_STEP_S = 60
"""Signs of life are kept to the minute: a row is not written for every packet."""


def peers(desk: Desk) -> tuple[StationId, ...]:
    """List the stations with which a chain runs in either direction."""
    written = {pair.peer for pair in rows.every_outgoing(desk.db)}
    heard = {peer for peer, _ in rows.every_incoming(desk.db)}
    return tuple(sorted((written | heard) - {desks.own(desk).station}))


def watch_of(desk: Desk, peer: StationId) -> Watch:
    """Return what the ends of a pair have told each other; a pair that is not watched yet begins now."""
    body = watches.read(desk.db, peer)
    return Watch(since=desk.now()) if body is None else serials.decode(body)


def keep(desk: Desk, peer: StationId, watch: Watch) -> None:
    """Keep the watch over a pair."""
    watches.keep(desk.db, peer, serials.encode(watch), desk.now())


def state_of(desk: Desk, peer: StationId) -> State:
    """Return what has come from a station."""
    body = rows.incoming(desk.db, peer)
    return State() if body is None else continuity.decode(body)


def sent_of(desk: Desk, peer: StationId) -> Sent:
    """Return what has been sent to a station."""
    pair = rows.outgoing(desk.db, peer)
    return Sent(pair.next - 1, pair.head)


# --- ours ------------------------------------------------------------------------------------------------------------


def write_due(desk: Desk) -> bool:
    """Write the recaps whose hour has come, to every station of a chain; say whether there were any."""
    now, every_s, hour = desk.now(), postures.every_s(desk), desk.policy.rhythm.recap_hour
    wrote = False
    if not machines.releases(desk):
        # The chain is another machine's of this station, and so is the word about it.
        return False
    for peer in peers(desk):
        body = watches.read(desk.db, peer)
        if body is None:
            with desk.db.transaction():
                keep(desk, peer, Watch(since=now))
        elif serials.recap_due(serials.decode(body), now, every_s, hour):
            with desk.db.transaction():
                wrote |= write(desk, peer, now)
    return wrote


def write(desk: Desk, peer: StationId, now: int) -> bool:
    """Write a recap to one station, inside the caller's transaction; say whether it can be reached at all."""
    if not envelopes.addressed_devices(desk, peer, now):
        return False
    directory = desks.directory(desk)
    mark = (directory.number, directory.root)
    message = serials.recap(sent_of(desk, peer), state_of(desk, peer), mark, postures.every_s(desk))
    envelopes.post_service(desk, peer, message, now)
    keep(desk, peer, replace(watch_of(desk, peer), told_at=now))
    return True


def change_posture(desk: Desk, posture: Posture, now: int) -> bool:
    """Set the posture and tell every station at once by a recap, inside the caller's transaction.

    They expect the next one by what the last one promised: a slower rhythm that nobody told would look like silence.
    """
    if not postures.keep(desk, posture):
        return False
    for peer in peers(desk):
        write(desk, peer, now)
    return True


# --- theirs ----------------------------------------------------------------------------------------------------------


def heard(desk: Desk, peer: StationId, now: int) -> None:
    """Note a sign of life: a packet of that station authenticated, whatever it says."""
    if peer == desks.own(desk).station:
        return
    watch = watch_of(desk, peer)
    if now >= watch.heard_at + HEARD_STEP_S or now < watch.heard_at:
        keep(desk, peer, replace(watch, heard_at=now))


def note_missing(desk: Desk, peer: StationId, ranges: Ranges) -> None:
    """Note what a station says it lacks of ours; its next recap says it anew."""
    watch = watch_of(desk, peer)
    named = serials.merged((*watch.their_missing, *ranges), sent_of(desk, peer).count)
    keep(desk, peer, replace(watch, their_missing=named))


def forget_lacking(desk: Desk, peer: StationId, first: int, last: int) -> None:
    """Note that a station does not wait for some serials any more."""
    watch = watch_of(desk, peer)
    gone = ((first, last),)
    keep(
        desk,
        peer,
        replace(
            watch,
            lacking=serials.without(watch.lacking, gone),
            their_missing=serials.without(watch.their_missing, gone),
        ),
    )


def take(desk: Desk, peer: StationId, recap: Recap, sent_at: int, now: int) -> list[Event]:
    """Compare a recap with what is here and name what is missing, inside the transaction of the packet."""
    events = note_tail(desk, peer, recap.sent, now)
    if peer == desks.own(desk).station:
        # Another machine of ours: its copies are closed by the packet's header (devices.md).
        return events
    state, watch = state_of(desk, peer), watch_of(desk, peer)
    own_head = head_at(desk, peer, recap.received)
    findings, watch = serials.compare(recap, state, sent_of(desk, peer), own_head, watch)
    if not machines.releases(desk):
        findings = tuple(each for each in findings if each.conflict is Conflict.THEIR_CHAIN)
    for finding in findings:
        events += copies.contradicted(desk, peer, finding, now)
    if all(finding.conflict is not Conflict.THEIR_CHAIN for finding in findings):
        # The word of a second chain is no sign that the first is well.
        keep(desk, peer, serials.take(watch, recap, sent_at, now))
    return events


def note_tail(desk: Desk, peer: StationId, sent: int, now: int) -> list[Event]:
    """Enter what is missing up to the serial that a station says it has sent."""
    ranges = continuity.gaps_up_to(state_of(desk, peer), sent)
    return [GapsChanged()] if gaps.note(desk, peer, ranges, now) else []


def head_at(desk: Desk, peer: StationId, serial: int) -> bytes | None:
    """Return the hash of our own chain at a serial, None where it is not known any more, or not yet."""
    sent = sent_of(desk, peer)
    if serial == sent.count:
        return sent.head
    book = books.latest(desk.db, peer, outgoing=True)
    first, base = (1, NO_HASH) if book is None else (book.first, book.base)
    if serial == first - 1:
        return base
    item = rows.item_at(desk.db, peer, Serial(serial))
    if serial > sent.count or item is None or item.serial < first:
        return None
    return envelopes.chain_hash(item.item)


# --- silence ---------------------------------------------------------------------------------------------------------


def look_for_silence(desk: Desk) -> tuple[Event, ...]:
    """Raise the alarm for every station whose recap is missing beyond the grace, once for each silence.

    To be asked when the mailboxes were just found empty: what lies there unread is no silence.
    """
    now = desk.now()
    silent = [
        (peer, watch)
        for peer, watch in ((peer, serials.decode(body)) for peer, body in watches.every(desk.db))
        if not watch.silent_at and serials.is_silent(watch, now) and envelopes.addressed_devices(desk, peer, now)
    ]
    events: list[Event] = []
    for peer, watch in silent:
        with desk.db.transaction():
            keep(desk, peer, replace(watch, silent_at=now))
            last = f"last heard {_moment(watch.heard_at)}" if watch.heard_at else "never heard"
            events.append(notices.add(desk, NoticeKind.STATION_SILENT, now, f"station {peer}, {last}"))
    return tuple(events) + ((GapsChanged(),) if events else ())


def _moment(at: int) -> str:
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d %H:%M} UTC"
