"""The way back of a store that was frozen, and of a peer whose cables are kept back (docs/spec/rollback.md 5).

Two persons answer for it: the officer who opened the store, and one more who is named with what headquarters has said.
"""

from dataclasses import dataclass

from secmsg.errors import NotAllowed
from secmsg.ids import Serial, StationId
from secmsg.office import continuity, numbering
from secmsg.office import copies as rules
from secmsg.office.copies import Cause
from secmsg.station import alarms, copies, doubts, envelopes, freezing, notices, prekeys, resets
from secmsg.station import desk as desks
from secmsg.station.desk import Desk
from secmsg.station.freezing import OWN
from secmsg.station.views import NoticeKind
from secmsg.store import continuity as pair_rows
from secmsg.store import freezes, numbers, outbox
from secmsg.store import sessions as session_rows
from secmsg.store.sessions import Floor
from secmsg.wire.certificate import CertificateType

MAX_WORDS = 300


@dataclass(frozen=True, slots=True)
class Word:
    """Who answers beside the officer, and by which word of headquarters (1 to 300 characters each)."""

    second_person: str
    headquarters: str

    def said(self) -> str:
        """Return it as the record keeps it; NotAllowed when a part lacks."""
        parts = [" ".join(part.split()) for part in (self.second_person, self.headquarters)]
        if not all(1 <= len(part) <= MAX_WORDS for part in parts):
            raise NotAllowed("a second person and the word of headquarters are both needed, 300 characters at most")
        return f"{parts[0]}; {parts[1]}"


def reopen(desk: Desk, word: Word, last_number: int, mark: int | None) -> int:
    """Let a frozen store send again: one transaction; return how many sessions are begun anew.

    `last_number` is the highest cable number of this year that headquarters or a post knows of ours, 0 for none; `mark`
    the counter in the keyring. After it no number, serial, generation or prekey id of the lost state is given again:

    1. the freeze is ended, with the word on record; the counter stands above the keyring's
    2. cable numbers go on above what is known
    3. each chain goes on above what was given here and what the peer has named, and what waits goes on with it
    4. prekeys are made anew, with ids of their own
    5. every session is given up, with reason "state restored"

    NotAllowed when nothing is frozen, or this copy was taken out of use.
    """
    now, said = desk.now(), word.said()
    _check_frozen(desk)
    with desk.db.transaction():
        # 1.
        freezes.end(desk.db, OWN, now, said)
        alarms.end(desk, now)
        if mark is not None:
            desk.db.lift_counter(mark)
        # 2.
        own, directory = desks.own(desk), desks.directory(desk)
        numbers.lift(desk.db, numbering.year_of(now, doubts.zone(directory, own.station)), last_number)
        # 3.
        for pair in pair_rows.every_outgoing(desk.db):
            _go_on(desk, pair.peer, now)
        # 4.
        prekeys.begin_anew(desk)
        # 5.
        return _begin_sessions(desk, now)


def _check_frozen(desk: Desk) -> None:
    holding = [each for each in freezes.holding(desk.db) if each.peer == OWN]
    if not holding:
        raise NotAllowed("sending is not frozen")
    if any(each.cause == Cause.RETIRED.value for each in holding):
        raise NotAllowed("this copy was taken out of use for good: the other one goes on")


def _go_on(desk: Desk, peer: StationId, now: int) -> None:
    """Let a chain go on behind a gap; what nothing proves to have arrived goes on with it, under serials of its own.

    Its old serials may have been given a second time: under them it would stand against what the peer has.
    """
    given = pair_rows.outgoing(desk.db, peer).next - 1
    first = rules.goes_on_at(given, freezes.claimed(desk.db, peer))
    pair_rows.skip_to(desk.db, peer, Serial(first))
    copies.answer_for(desk, peer, first - 1, ours=True)
    waiting = [each for each in outbox.unfinished(desk.db) if each.station == peer and each.serial > 0]
    for serial in sorted({each.serial for each in waiting}):
        kept = pair_rows.sent_item(desk.db, peer, serial)
        if kept is None:
            continue
        envelopes.give_again(desk, kept, [each for each in waiting if each.serial == serial], now)


def _begin_sessions(desk: Desk, now: int) -> int:
    listed = desks.directory(desk).certificates.values()
    devices = {each.device: each for each in listed if each.type is CertificateType.DEVICE}
    begun = 0
    for kept in session_rows.every(desk.db):
        session_rows.raise_floor(desk.db, kept.device, Floor(now // alarms.MINUTE_S, 0))
        if kept.until is None and kept.device in devices:
            resets.restored(desk, devices[kept.device], now)
            begun += 1
    return begun


def refuse(desk: Desk, word: Word) -> tuple[StationId, ...]:
    """End a freeze that rests on the word of stations which are not believed; return who freezes nothing any more.

    NotAllowed when nothing is frozen, or what was seen here speaks for itself.
    """
    now, said = desk.now(), word.said()
    _check_frozen(desk)
    holding = [each for each in freezes.holding(desk.db) if each.peer == OWN]
    if any(not each.witness for each in holding):
        raise NotAllowed("this was seen here, it is nobody's word: it cannot be refused")
    with desk.db.transaction():
        freezes.end(desk.db, OWN, now, copies.REFUSED + said)
        alarms.end(desk, now)
    return tuple(sorted({StationId(each.witness) for each in holding}))


def confirm_entry(desk: Desk, word: Word) -> None:
    """Let sending go on after headquarters has said that our changed entry in the directory is right.

    NotAllowed when nothing is frozen, or for another cause.
    """
    now, said = desk.now(), word.said()
    _check_frozen(desk)
    if any(each.cause != Cause.OWN_ENTRY.value for each in freezes.holding(desk.db) if each.peer == OWN):
        raise NotAllowed("sending is frozen for another cause: an entry that is right does not end that")
    with desk.db.transaction():
        freezes.end(desk.db, OWN, now, said)
        alarms.end(desk, now)


def reopen_peer(desk: Desk, peer: StationId, word: Word) -> None:
    """Let cables to a doubted station go again; NotAllowed when none are kept back."""
    now, said = desk.now(), word.said()
    if not freezing.withheld(desk, peer):
        raise NotAllowed("no cables to this station are kept back")
    body = pair_rows.incoming(desk.db, peer)
    with desk.db.transaction():
        freezes.end(desk.db, peer, now, said)
        if body is not None:
            copies.answer_for(desk, peer, continuity.top(continuity.decode(body)), ours=False)


def retire(desk: Desk, word: Word) -> None:
    """Take this copy out of use for good: it shows what it has and sends nothing again; a second call does nothing."""
    now, said = desk.now(), word.said()
    with desk.db.transaction():
        if freezes.begin(desk.db, freezes.Freeze(Cause.RETIRED.value, OWN, 0, now, said)):
            notices.add(desk, NoticeKind.FROZEN, now, "taken out of use")
