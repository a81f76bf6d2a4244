"""Our mailboxes at a relay, made ahead and read weeks back, and where to deposit for others (docs/spec/mailbox.md)."""

from dataclasses import dataclass

from secmsg.authority.mailbox import Lane, mailbox, reader_key, week_of
from secmsg.authority.trust import Directory
from secmsg.ids import DepositToken, DeviceId, MailboxId, RelayId, Week
from secmsg.links.link import Mailbox, NewMailbox
from secmsg.station import desk as desks
from secmsg.station.desk import Desk
from secmsg.store import relays as rows
from secmsg.store.relays import Box


@dataclass(frozen=True, slots=True)
class Planned:
    """A mailbox to make, and what to remember when the relay has made it."""

    box: Box
    new: NewMailbox


def planned(desk: Desk, relay: RelayId, *, anew: bool = False) -> tuple[Planned, ...]:
    """List the mailboxes of this week and the weeks ahead that are not made yet; `anew`: also those thought made."""
    week = week_of(desk.now())
    last = Week(week + desk.policy.mailboxes.weeks_ahead)
    made = set() if anew else {box.box for box in rows.boxes(desk.db, relay, week, last)}
    wanted = (_plan(desk, relay, Week(each), lane) for each in range(week, last + 1) for lane in Lane)
    return tuple(each for each in wanted if each.box.box not in made)


def current(desk: Desk, relay: RelayId, week: Week, lane: Lane = Lane.NORMAL) -> MailboxId:
    """Name our mailbox of a week by the edition in force; an edition before may have given it another name."""
    return mailbox(desks.directory(desk).mailbox_secret(desks.own(desk).device), relay, week, lane)[0]


def secret_of(directory: Directory, device: DeviceId) -> bytes | None:
    """Return a device's mailbox secret, None where it is not listed."""
    return next((entry.secret for entry in directory.contents.mailboxes if entry.device == device), None)


def _plan(desk: Desk, relay: RelayId, week: Week, lane: Lane) -> Planned:
    own = desks.own(desk)
    box, token = mailbox(desks.directory(desk).mailbox_secret(own.device), relay, week, lane)
    key = reader_key(own.reader_seed, relay, week, lane)
    return Planned(Box(relay, week, lane, box), NewMailbox(box, key, token))


def known(desk: Desk, relay: RelayId) -> frozenset[MailboxId]:
    """Return our mailboxes at a relay that were made, this week's and those ahead."""
    week = week_of(desk.now())
    last = Week(week + desk.policy.mailboxes.weeks_ahead)
    return frozenset(each.box for each in rows.boxes(desk.db, relay, week, last))


def note_made(desk: Desk, made: tuple[Planned, ...]) -> None:
    """Remember mailboxes that a relay has made."""
    now = desk.now()
    with desk.db.transaction():
        for each in made:
            rows.note_box(desk.db, each.box, now)
        rows.forget_boxes(desk.db, Week(max(0, week_of(now) - 2 * desk.policy.mailboxes.weeks_back)))


def readable(desk: Desk, relay: RelayId) -> tuple[Mailbox, ...]:
    """List the mailboxes to read now: this week's first, then next week's (a sender's clock), then those before."""
    week = week_of(desk.now())
    seed = desks.own(desk).reader_seed
    first = Week(max(0, week - desk.policy.mailboxes.weeks_back))
    made = [box for box in rows.boxes(desk.db, relay, first, Week(week + 1)) if box.lane == Lane.NORMAL]
    newest = current(desk, relay, week)
    ordered = sorted(made, key=lambda box: (box.box != newest, box.week != week, -box.week))
    return tuple(Mailbox(box.box, reader_key(seed, relay, box.week)) for box in ordered)


def fast(desk: Desk, relay: RelayId, *, neighbours: bool) -> tuple[Mailbox, ...]:
    """List our fast mailboxes of this week, and with `neighbours` those beside it, where another clock may ring."""
    week = week_of(desk.now())
    beside = 1 if neighbours else 0
    made = rows.boxes(desk.db, relay, Week(max(0, week - beside)), Week(week + beside))
    seed = desks.own(desk).reader_seed
    return tuple(
        Mailbox(each.box, reader_key(seed, relay, each.week, Lane.FAST)) for each in made if each.lane == Lane.FAST
    )


def targets(desk: Desk, device: DeviceId, relay: RelayId) -> tuple[tuple[MailboxId, DepositToken], ...]:
    """List where to deposit for a device: this week's mailbox, then its neighbours' where clocks differ."""
    week = week_of(desk.now())
    secret = desks.directory(desk).mailbox_secret(device)
    return tuple(mailbox(secret, relay, Week(each)) for each in (week, week - 1, week + 1) if each >= 0)
