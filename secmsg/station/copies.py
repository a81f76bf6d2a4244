"""Signs of an old or a second copy, as packets bring them, and what follows from each (docs/spec/rollback.md 3).

Every function here runs inside the caller's transaction and gives the events to tell after it.
"""

from typing import assert_never

from secmsg.ids import StationId
from secmsg.office import copies as rules
from secmsg.office import serials
from secmsg.office.copies import Cause
from secmsg.office.serials import Conflict, Finding
from secmsg.station import alarms, envelopes, machines, notices
from secmsg.station import desk as desks
from secmsg.station.desk import Desk
from secmsg.station.events import Event
from secmsg.station.freezing import OWN
from secmsg.station.views import NoticeKind
from secmsg.store import continuity as pair_rows
from secmsg.store import directory as directory_rows
from secmsg.store import freezes
from secmsg.store import identity as identity_rows
from secmsg.store.freezes import Freeze
from secmsg.wire.certificate import Certificate
from secmsg.wire.service import Code, Fault, FaultCode, Notice

DUPLICATES = "duplicates-dropped"
REFUSED = "refused: "
"""Begins the word by which an officer ended a freeze whose witness is not believed."""


def named(desk: Desk, station: StationId, serial: int, now: int) -> list[Event]:
    """Look at a serial of ours that a station names: one never given here shows that this store is not the newest."""
    given = pair_rows.outgoing(desk.db, station).next - 1
    # Another machine of this station gives the serials here: what it gave is its own to doubt.
    if serial <= given or not machines.releases(desk):
        return []
    if not rules.is_ahead(serial, given):
        return [notices.add(desk, NoticeKind.CHAIN_FORKED, now, f"station {station} names serial {serial}, impossible")]
    freezes.claim(desk.db, station, serial)
    return _doubt_us(desk, Cause.SERIAL_AHEAD, station, f"serial {serial} named, {given} given here", now)


def fork_reported(desk: Desk, station: StationId, serial: int, sent_at: int, now: int) -> list[Event]:
    """Take a station's word that two different items of ours came under one serial; nothing where none is given.

    What was written before persons let sending go on belongs to what they answered for: it is shown and stops nothing.
    """
    if not machines.releases(desk):
        return []
    ended = [each.ended_at for each in freezes.every(desk.db) if not each.peer and each.ended_at is not None]
    if any(sent_at <= at for at in ended) or 0 < serial <= answered(desk, station, ours=True):
        return _known(desk, f"station {station} reports serial {serial}", now)
    return _doubt_us(desk, Cause.FORK_REPORTED, station, f"serial {serial}", now)


def contradicted(desk: Desk, station: StationId, finding: Finding, now: int) -> list[Event]:
    """Act on what a recap contradicts: a count above ours, or one of the two transcripts (continuity.md 4)."""
    match finding.conflict:
        case Conflict.ROLLED_BACK:
            return named(desk, station, finding.last, now)
        case Conflict.THEIR_CHAIN:
            return peer_forked(desk, station, finding.first, now, finding.last)
        case Conflict.OUR_CHAIN:
            held = f"{serials.span(finding.first, finding.last)}: other items are held there than were sent from here"
            if finding.first <= answered(desk, station, ours=True):
                return _known(desk, f"station {station}, {held}", now)
            return _doubt_us(desk, Cause.TRANSCRIPT, station, held, now)
        case _:
            assert_never(finding.conflict)


def unknown_receipt(desk: Desk, station: StationId, now: int) -> list[Event]:
    """Show once that a station has signed a receipt for a cable that is not here.

    Alone it freezes nothing: a member can sign one for any sixteen bytes. Behind a true one stands an acknowledgement.
    """
    if not machines.releases(desk):
        return []
    detail = f"station {station}: a receipt for a cable that was not released here"
    event = notices.add_once(desk, NoticeKind.CHAIN_FORKED, now, detail)
    return [] if event is None else [event]


def peer_forked(desk: Desk, station: StationId, serial: int, now: int, last: int = 0) -> list[Event]:
    """Note that a station's chain has two items under one serial, or under one up to `last`; it is told by number."""
    span = serials.span(serial, last or serial)
    if serial <= answered(desk, station, ours=False):
        return _known(desk, f"station {station}, {span}", now)
    told = notices.add_once(desk, NoticeKind.CHAIN_FORKED, now, f"station {station}, {span}")
    doubts = _doubt_peer(desk, station, Cause.PEER_FORKED, serial, span, now)
    return doubts if told is None else [told, *doubts]


def peer_second_copy(desk: Desk, certificate: Certificate, now: int) -> list[Event]:
    """Note that a machine sealed two different packets for one place of a session: its store has two copies."""
    detail = f"device {certificate.subject}"
    return _doubt_peer(desk, certificate.station, Cause.PEER_SECOND_COPY, 0, detail, now)


def _known(desk: Desk, what: str, now: int) -> list[Event]:
    """Show once what concerns serials for which persons have answered already; it stops nothing."""
    event = notices.add_once(desk, NoticeKind.CHAIN_FORKED, now, f"{what}: answered for")
    return [] if event is None else [event]


def answer_for(desk: Desk, station: StationId, serial: int, *, ours: bool) -> None:
    """Remember up to which serial of a chain, ours to a station or its own, persons have answered for a fork."""
    identity_rows.keep_fact(desk.db, _answered_name(station, ours=ours), serial.to_bytes(4))


def answered(desk: Desk, station: StationId, *, ours: bool) -> int:
    """Return up to which serial persons have answered for a fork, 0 for none."""
    return int.from_bytes(identity_rows.fact(desk.db, _answered_name(station, ours=ours)) or b"")


def _answered_name(station: StationId, *, ours: bool) -> str:
    return f"answered-{'ours' if ours else 'theirs'}-{station}"


def count_duplicate(desk: Desk) -> None:
    """Count what came a second time and was dropped."""
    identity_rows.keep_fact(desk.db, DUPLICATES, (duplicates(desk) + 1).to_bytes(8))


def duplicates(desk: Desk) -> int:
    """Return how many items and packets came a second time and were dropped."""
    return int.from_bytes(identity_rows.fact(desk.db, DUPLICATES) or b"")


def note_acknowledged(desk: Desk, station: StationId, serial: int) -> None:
    """Remember up to where a station says that it has our serials without a gap; a lower one changes nothing."""
    if serial > acknowledged(desk, station):
        identity_rows.keep_fact(desk.db, f"acknowledged-{station}", serial.to_bytes(4))


def acknowledged(desk: Desk, station: StationId) -> int:
    """Return up to where a station has said that it has our serials without a gap, 0 for none."""
    return int.from_bytes(identity_rows.fact(desk.db, f"acknowledged-{station}") or b"")


def directory_forked(desk: Desk, peer: StationId, source: str, now: int) -> list[Event]:
    """Name the relays that gave us an edition of which a machine holds another; tell its station and headquarters."""
    directory = desks.directory(desk)
    gave = [
        head.source
        for head in directory_rows.heads(desk.db, directory.number)
        if len(head.root) == len(directory.root) and head.root == directory.root
    ]
    ours = f"ours by {', '.join(gave) or 'the kit'}, root {directory.root.hex()[:16]}"
    note = f"edition {directory.number}: {source} of station {peer} holds another; {ours}"
    for station in sorted({peer, *alarms.headquarters(desk)}):
        envelopes.post_service(desk, station, Notice(Code.STATION_STATE, note), now)
    return [notices.add(desk, NoticeKind.DIRECTORY_FORK, now, note)]


def _doubt_us(desk: Desk, cause: Cause, witness: StationId, detail: str, now: int) -> list[Event]:
    where = f"station {witness}: {detail}"
    if _has_siblings(desk, desks.own(desk).station) or not _believed(desk, witness):
        # Another machine of this station may have given it; or this station's word was refused before.
        event = notices.add_once(desk, NoticeKind.CHAIN_FORKED, now, where)
        return [] if event is None else [event]
    if not freezes.begin(desk.db, Freeze(cause.value, OWN, witness, now, detail)):
        return []
    alarms.prepare(desk, now)
    return [notices.add(desk, NoticeKind.FROZEN, now, where)]


def _doubt_peer(desk: Desk, peer: StationId, cause: Cause, serial: int, detail: str, now: int) -> list[Event]:
    if cause is Cause.PEER_FORKED and _has_siblings(desk, peer):
        return []
    if not freezes.begin(desk.db, Freeze(cause.value, peer, OWN, now, detail)):
        return []
    # Told in a new session: an old copy opens nothing of the one that has gone on without it.
    for certificate in desks.directory(desk).devices_of(peer, now):
        desks.distrust_session(desk, certificate.device)
        envelopes.unseal(desk, certificate.device, now)
    envelopes.post_service(desk, peer, Fault(FaultCode.CHAIN_FORKED, "", serial), now)
    for headquarters in alarms.headquarters(desk):
        if headquarters != peer:
            note = f"station {peer}: {cause.value}, {detail}"
            envelopes.post_service(desk, headquarters, Notice(Code.STATION_STATE, note), now)
    return [notices.add(desk, NoticeKind.WITHHELD, now, f"station {peer}: {detail}")]


def _has_siblings(desk: Desk, station: StationId) -> bool:
    """Say whether a station has several machines: each may have given what the others do not know."""
    return len(desks.directory(desk).devices_of(station, desk.now())) > 1


def _believed(desk: Desk, witness: StationId) -> bool:
    """Say whether a station's word still freezes us: not when an officer has refused it once."""
    return not any(each.witness == witness and each.ended_how.startswith(REFUSED) for each in freezes.every(desk.db))
