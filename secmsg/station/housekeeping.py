"""What the station does by itself from time to time: receipts, requests for repeats, recaps, forgetting, clocks."""

from collections.abc import Sequence
from datetime import UTC, datetime

from secmsg.station import (
    confirming,
    covers,
    freezing,
    notices,
    post,
    recaps,
    receipts,
    repeats,
    resets,
    sessions,
    sharing,
    thin_receiving,
)
from secmsg.station import desk as desks
from secmsg.station.desk import Desk
from secmsg.station.events import Event
from secmsg.station.views import NoticeKind
from secmsg.store import continuity as pair_rows
from secmsg.store import directory as directory_rows
from secmsg.store import identity as identity_rows
from secmsg.store import outbox, prekeys, seen
from secmsg.store import sessions as session_rows
from secmsg.wire.sync import Refusals

DAY_S = 86_400

SEEN_KEPT_S = 400 * 86_400
"""Seconds for which the ids of packets are remembered: longer than any relay or bag can hold one."""
SERVICE_KEPT_S = 30 * 86_400
CLOCK_OFFSET = "clock-offset"


def write_due(desk: Desk) -> bool:
    """Put into the outbox what is due by now; say whether there was anything."""
    if freezing.frozen(desk):
        return post.expire(desk)
    wrote = receipts.flush(desk)
    wrote |= repeats.ask(desk)
    wrote |= recaps.write_due(desk)
    wrote |= confirming.report_due(desk)
    wrote |= sharing.flush(desk)
    wrote |= post.expire(desk)
    return wrote


def look_for_alarms(desk: Desk) -> tuple[Event, ...]:
    """Look for stations that are silent and serials asked for in vain; to be asked when mailboxes were found empty."""
    return recaps.look_for_silence(desk) + repeats.alarms(desk)


def tidy(desk: Desk) -> None:
    """Forget what has had its time, and offer again what a relay has held too long; for once an hour."""
    forget(desk)
    post.offer_again(desk)
    if joined(desk) and not freezing.frozen(desk):
        resets.renew_silent(desk)


def forget(desk: Desk) -> None:
    """Forget what has had its time: keys above all."""
    now = desk.now()
    with desk.db.transaction():
        seen.forget(desk.db, messages_before=now - SEEN_KEPT_S, now=now)
        session_rows.forget_drained(desk.db, now)
        # Keys go at their time, not when something next happens: a store that is silent is taken as well.
        sessions.settle(desk, now)
        prekeys.forget_expired(desk.db, now)
        prekeys.forget_unusable(desk.db, now - desk.policy.prekeys.signed_keep_s)
        outbox.forget_service(desk.db, now - SERVICE_KEPT_S)
        outbox.forget_asides(desk.db, now - SERVICE_KEPT_S)
        pair_rows.forget_asides(desk.db, now - SERVICE_KEPT_S)
        if joined(desk):
            covers.forget_old(desk, now)
    thin_receiving.tidy(desk)


def next_due_at(desk: Desk) -> int | None:
    """Return when a receipt is due to be written, None when none waits."""
    return receipts.next_due_at(desk)


def note_clock(desk: Desk, relay_name: str, relay_time: int) -> tuple[Event, ...]:
    """Compare our clock with a relay's; a difference worth an officer's look is shown once, and kept for the status."""
    now = desk.now()
    offset = relay_time - now
    off = abs(offset) > desk.policy.link.clock_skew_s
    before = clock_offset(desk)
    if not off and before is None:
        return ()
    if off and before is not None and abs(before - offset) < desk.policy.link.clock_skew_s:
        return ()
    with desk.db.transaction():
        kept = offset.to_bytes(8, signed=True) if off else b""
        identity_rows.keep_fact(desk.db, CLOCK_OFFSET, kept)
        if not off:
            return ()
        return (notices.add(desk, NoticeKind.CLOCK_OFF, now, f"{relay_name}: {offset} s"),)


def note_refusals(desk: Desk, relay_name: str, refusals: Sequence[Refusals]) -> tuple[Event, ...]:
    """Show once what a relay says it kept out of a mailbox for want of room; its senders still have it.

    Nothing proves the number, so a relay that makes it up shall not flood the screen: it is told again when it doubled.
    """
    now = desk.now()
    told: list[Event] = []
    with desk.db.transaction():
        for each in refusals:
            name = f"refused-{each.box.hex()}"
            kept = identity_rows.fact(desk.db, name)
            if kept is not None and each.count < 2 * int.from_bytes(kept):
                continue
            identity_rows.keep_fact(desk.db, name, each.count.to_bytes(4))
            detail = f"{relay_name}: {each.count}, {_day(each.since_day)}"
            told.append(notices.add(desk, NoticeKind.RELAY_REFUSED, now, detail))
    return tuple(told)


def _day(number: int) -> str:
    """Return a day counted from 1970 as a date (UTC); one beyond the calendar, which a relay may say, as its number."""
    try:
        return f"{datetime.fromtimestamp(number * DAY_S, UTC):%Y-%m-%d}"
    except (ValueError, OverflowError, OSError):
        return str(number)


def note_fault(desk: Desk, detail: str) -> Event | None:
    """Show once what a relay did wrong."""
    with desk.db.transaction():
        return notices.add_once(desk, NoticeKind.RELAY_FAULT, desk.now(), detail)


def clock_offset(desk: Desk) -> int | None:
    """Return by how many seconds a relay's clock is ahead of ours, None when they agree well enough."""
    kept = identity_rows.fact(desk.db, CLOCK_OFFSET)
    return int.from_bytes(kept, signed=True) if kept else None


def newer_edition_shown(desk: Desk) -> int:
    """Return the highest edition number that a peer has shown when it is above ours, else 0."""
    highest = directory_rows.highest_head(desk.db)
    return highest if highest is not None and highest > desks.directory(desk).number else 0


def joined(desk: Desk) -> bool:
    """Say whether there is anything to carry yet."""
    return desks.joined(desk)
