"""How the serials of each pair stand, put together from the store's rows; nothing here decides or writes."""

from itertools import groupby

from secmsg.ids import StationId
from secmsg.office import serials
from secmsg.station import hand_numbers, postures, reading, recaps
from secmsg.station.desk import Desk
from secmsg.station.number_views import AskLine, BlockRow, Continuity, MissingRow, PairRow
from secmsg.store import asks, books, hand_blocks, outbox, watches
from secmsg.store import continuity as rows
from secmsg.store import relays as relay_rows
from secmsg.store.asks import Ask
from secmsg.store.continuity import Gap


def continuity(desk: Desk) -> Continuity:
    """Say how every pair stands."""
    known = reading.names(desk)
    watched = {peer for peer, _ in watches.every(desk.db)}
    missing = _missing(desk)
    pairs = tuple(
        _pair(desk, peer, known.station(peer), missing.get(peer, ()))
        for peer in sorted(watched.union(recaps.peers(desk)))
    )
    return Continuity(postures.current(desk), postures.every_s(desk), pairs)


def _pair(desk: Desk, peer: StationId, name: str, missing: tuple[MissingRow, ...]) -> PairRow:
    watch, sent = recaps.watch_of(desk, peer), recaps.sent_of(desk, peer)
    return PairRow(
        peer=peer,
        peer_name=name,
        sent=sent.count,
        received=recaps.state_of(desk, peer).highest,
        theirs_received=watch.their_received,
        lacking=serials.unconfirmed(watch, sent),
        missing=missing,
        agreed_out=watch.agreed_out,
        agreed_in=watch.agreed_in,
        recap_at=watch.recap_at or None,
        told_at=watch.told_at or None,
        heard_at=watch.heard_at or None,
        overdue_at=serials.overdue_at(watch),
        silent_since=watch.silent_at or None,
        edition=watch.edition,
        book_out=_first(desk, peer, outgoing=True),
        book_in=_first(desk, peer, outgoing=False),
        blocks=tuple(_block(each) for each in hand_blocks.every(desk.db) if each.peer == peer),
    )


def _first(desk: Desk, peer: StationId, *, outgoing: bool) -> int:
    book = books.latest(desk.db, peer, outgoing=outgoing)
    return 1 if book is None else book.first


def _block(block: hand_blocks.HandBlock) -> BlockRow:
    missing = () if block.outgoing else hand_numbers.missing(block)
    return BlockRow(block.outgoing, block.first, block.last, block.used, block.taken, missing, block.reported_at)


def _missing(desk: Desk) -> dict[StationId, tuple[MissingRow, ...]]:
    """Join the missing serials of each peer that stand alike."""
    found: dict[StationId, list[MissingRow]] = {}
    for (peer, _), group in groupby(_numbered(rows.gaps(desk.db)), key=lambda each: each[0]):
        gaps = [gap for _, gap in group]
        first, last = gaps[0], gaps[-1]
        row = MissingRow(
            first.serial,
            last.serial,
            min(gap.since for gap in gaps),
            first.asked,
            first.alarmed_at,
            tuple(_ask(desk, each) for each in asks.of_range(desk.db, peer, first.serial, last.serial)),
        )
        found.setdefault(peer, []).append(row)
    return {peer: tuple(each) for peer, each in found.items()}


def _numbered(gaps: tuple[Gap, ...]) -> list[tuple[tuple[StationId, int], Gap]]:
    """Give each gap the number of its range: neighbours that were asked for alike share one."""
    numbered: list[tuple[tuple[StationId, int], Gap]] = []
    for gap in gaps:
        key = (gap.peer, len(numbered))
        if numbered:
            before_key, before = numbered[-1]
            alike = (before.peer, before.serial + 1, before.asked, before.alarmed_at is None)
            if alike == (gap.peer, gap.serial, gap.asked, gap.alarmed_at is None):
                key = before_key
        numbered.append((key, gap))
    return numbered


def _ask(desk: Desk, ask: Ask) -> AskLine:
    """Name the channels that took a request: those of the item that carried it."""
    names = {each.relay_id: each.name for each in relay_rows.every(desk.db)}
    took = {
        names.get(dispatch.relay_id, dispatch.relay_id.hex()[:8])
        for envelope in outbox.of_item(desk.db, ask.peer, ask.request)
        for dispatch in outbox.dispatches(desk.db, envelope.message_id)
        if dispatch.accepted_at is not None
    }
    return AskLine(ask.at, ask.attempt, ask.by_hand, tuple(sorted(took)))
