"""Newer editions of the directory from a relay's feed: verified and kept, or refused and shown.

Source: docs/spec/directory.md 6.
"""

from dataclasses import dataclass

from secmsg.authority import trust
from secmsg.authority.edition import edition_root
from secmsg.authority.trust import Clock, OwnEntry
from secmsg.errors import CryptoError, Forked, FormatError, NotEntitled, Rollback, TrustError
from secmsg.ids import PouchId, RelayId
from secmsg.station import covers, machines, mailboxes, notices, own_entries, persons, prekeys
from secmsg.station import desk as desks
from secmsg.station.desk import Desk
from secmsg.station.events import DirectoryChanged, Event, OutboxChanged
from secmsg.station.views import NoticeKind
from secmsg.store import directory as rows
from secmsg.store import identity as identity_rows
from secmsg.store import pouches
from secmsg.store.directory import KeptDirectory, ShownHead
from secmsg.wire import directory as wire

MAX_AT_ONCE = 32
"""Segments fetched in one go."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Segments to fetch: numbers `first` to `last`, none when `last` is below."""

    first: int
    last: int


def wanted(desk: Desk, relay: RelayId, number: int) -> tuple[Wanted, tuple[Event, ...]]:
    """Say what to fetch from a relay whose newest edition is `number`, and note a relay that went back."""
    held = desks.directory(desk).number
    source = _source(desk, relay)
    shown_before = _highest_shown(desk, relay)
    if number < shown_before:
        # Behind is honest, going back is not: this relay has shown a newer one before.
        with desk.db.transaction():
            event = notices.add_once(
                desk,
                NoticeKind.DIRECTORY_ROLLBACK,
                desk.now(),
                f"{source} offers edition {number} after edition {shown_before}",
            )
        return Wanted(1, 0), () if event is None else (event,)
    if number == held and shown_before < number:
        # The same number once: to see that it is the same edition.
        return Wanted(number, number), ()
    return Wanted(held + 1, min(number, held + MAX_AT_ONCE)), ()


def take(desk: Desk, relay: RelayId | PouchId, segments: tuple[bytes, ...]) -> tuple[Event, ...]:
    """Verify consecutive segments and put the last one in force; what is refused is shown, and nothing changes."""
    now = desk.now()
    try:
        return _take(desk, relay, segments, now)
    except Forked as error:
        return _refused(desk, NoticeKind.DIRECTORY_FORK, f"{_source(desk, relay)}: {error}", now)
    except Rollback as error:
        return _refused(desk, NoticeKind.DIRECTORY_ROLLBACK, f"{_source(desk, relay)}: {error}", now)
    except NotEntitled as error:
        # A root of the authority that is not here yet: it comes by a service message, a pouch or a new kit.
        return _refused(desk, NoticeKind.COVER_LACKING, f"{_source(desk, relay)}: {error}", now)
    except (TrustError, CryptoError, FormatError) as error:
        return _refused(desk, NoticeKind.DIRECTORY_REFUSED, f"{_source(desk, relay)}: {error}", now)


def _take(desk: Desk, relay: RelayId | PouchId, segments: tuple[bytes, ...], now: int) -> tuple[Event, ...]:
    current = desks.directory(desk)
    own = desks.own(desk)
    editions = [wire.decode(segment) for segment in segments]
    accepted = trust.verify_editions(
        current,
        identity_rows.fact(desk.db, desks.PINNED_ROOT) or b"",
        editions,
        desks.cover_roots(desk),
        now,
        persons.own_certificates(desk),
    )
    directory = accepted.directory
    events: list[Event] = []
    with desk.db.transaction():
        for edition, segment in zip(editions, segments, strict=True):
            rows.keep_edition(desk.db, edition.head.number, segment)
            rows.note_head(
                desk.db, ShownHead(_source(desk, relay), edition.head.number, edition_root(edition.head), now)
            )
        highest = max(_highest_shown(desk, relay), directory.number)
        identity_rows.keep_fact(desk.db, _shown_name(relay), highest.to_bytes(4))
        if directory.root != current.root:
            rows.replace(
                desk.db,
                KeptDirectory(directory.number, directory.root, trust.encode_directory(directory), now),
            )
            events.append(DirectoryChanged(directory.number))
            covers.note_in_force(desk, now)
            if mailboxes.secret_of(directory, own.device) != mailboxes.secret_of(current, own.device):
                prekeys.forget_offers(desk)
            if machines.follow(desk, current.number, now):
                events.append(OutboxChanged())
        if accepted.clock is Clock.BEHIND:
            events.append(notices.add(desk, NoticeKind.CLOCK_OFF, now, "this clock is behind the directory's date"))
        events.extend(own_entries.look(desk, current, accepted, now))
        if any(entry is not OwnEntry.LISTED for entry in accepted.own):
            events.append(
                notices.add(
                    desk,
                    NoticeKind.DIRECTORY_REFUSED,
                    now,
                    "this device or officer is not listed as it should be",
                )
            )
    return tuple(events)


def _refused(desk: Desk, kind: NoticeKind, detail: str, now: int) -> tuple[Event, ...]:
    with desk.db.transaction():
        event = notices.add_once(desk, kind, now, detail)
    return () if event is None else (event,)


def _source(desk: Desk, relay: RelayId | PouchId) -> str:
    return f"{'pouch' if pouches.was_read(desk.db, relay) else 'relay'} {relay.hex()[:8]}"


def _highest_shown(desk: Desk, relay: RelayId | PouchId) -> int:
    kept = identity_rows.fact(desk.db, _shown_name(relay))
    return 0 if kept is None else int.from_bytes(kept)


def _shown_name(relay: RelayId | PouchId) -> str:
    return f"feed-{relay.hex()}"
