"""What the screens list and show, put together from the store's rows; nothing here decides or writes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from secmsg.authority.trust import Directory
from secmsg.errors import NotListed, StoreDamaged
from secmsg.ids import CableId, DeviceId, RelayId, StationId
from secmsg.office import deadlines, draft_record, lifecycle, register
from secmsg.office.copies import Cause
from secmsg.office.deadlines import DeadlinePolicy
from secmsg.office.draft import Draft
from secmsg.office.lifecycle import OutboxState
from secmsg.office.receipts import LADDER, Evidence
from secmsg.station import desk as desks
from secmsg.station import doubts, evidence, hand_signing, housekeeping, kit_proofs, openings, persons, standing, texts
from secmsg.station import notices as notice_acts
from secmsg.station.desk import Desk
from secmsg.station.pouch_views import PouchMark
from secmsg.station.receive import MAX_TRIES
from secmsg.station.texts import text
from secmsg.station.views import (
    Addressee,
    AttachmentState,
    AttachmentView,
    CableRow,
    CableView,
    Doubt,
    DraftRow,
    FreezeView,
    GapRow,
    InboxFilter,
    KeyringNote,
    OutboxRow,
    QuarantineRow,
    ReceiptView,
    Register,
    RegisterRow,
    StationStatus,
    Verification,
)
from secmsg.store import (
    blobs,
    cables,
    continuity,
    drafts,
    freezes,
    outbox,
    pouches,
    prekeys,
    quarantine,
    receipts,
    registers,
    relays,
    rings,
    thin,
)
from secmsg.store.blobs import AnnexState, KeptAnnex, Upload
from secmsg.store.cables import CableHead, Direction, KeptCable
from secmsg.store.outbox import Dispatch, Envelope
from secmsg.store.receipts import KeptReceipt
from secmsg.store.thin import ThinState
from secmsg.wire.cable import Cable, Degree
from secmsg.wire.contents import StationEntry
from secmsg.wire.service import ReceiptLevel

_DEADLINES = DeadlinePolicy()


@dataclass(frozen=True, slots=True)
class Names:
    """Names for numbers, as far as the current edition knows them."""

    directory: Directory | None
    relays: Mapping[RelayId, str]
    told: Mapping[StationId, tuple[str, str]] = field(default_factory=dict)
    """In a delegation kit, which has no directory: the names that its cables need."""

    def station(self, station: StationId) -> str:
        """Name a station in Vietnamese, or by its number when it has left the directory."""
        if self.directory is not None:
            try:
                return self.directory.station(station).name_vi
            except NotListed:
                pass
        return self.told[station][0] if station in self.told else f"({station})"

    def relay(self, relay: RelayId | None) -> str:
        """Name a relay, "" for none."""
        return "" if relay is None else self.relays.get(relay, relay.hex()[:8])


def names(desk: Desk) -> Names:
    """Collect the names known now."""
    if desk.shelf.kit is not None:
        return Names(None, {}, desk.shelf.kit.names)
    directory = desks.directory(desk) if desks.joined(desk) else None
    return Names(directory, {relay.relay_id: relay.name for relay in relays.every(desk.db)})


# --- status ----------------------------------------------------------------------------------------------------------


def status(desk: Desk, note: KeyringNote, *, counted: bool = False) -> StationStatus:
    """Say who this station is and what waits."""
    shared_notices = notice_acts.shown(desk)
    if not desks.joined(desk):
        return StationStatus(
            joined=False, station=StationId(0), station_name="", station_name_en="", place="", timezone="UTC",
            device=DeviceId(0), person_name="", person_title="", edition=0, edition_at=0, unread_count=0,
            outbox_count=0, gaps=0, quarantined=0, keyring_note=note, clock_offset_s=None, notices=shared_notices,
        )  # fmt: skip
    own, directory = desks.own(desk), desks.directory(desk)
    station = _own_entry(directory, own.station)
    person_name, person_title = _own_person(desk, directory)
    return StationStatus(
        joined=True,
        station=own.station,
        station_name=station.name_vi,
        station_name_en=station.name_en,
        place=station.place,
        timezone=station.timezone,
        device=own.device,
        person_name=person_name,
        person_title=person_title,
        edition=directory.number,
        edition_at=directory.issued_at,
        unread_count=cables.count_unread(desk.db),
        outbox_count=outbox.count_unfinished(desk.db),
        gaps=len(continuity.gaps(desk.db)),
        quarantined=quarantine.count(desk.db, MAX_TRIES),
        keyring_note=note,
        clock_offset_s=housekeeping.clock_offset(desk),
        notices=shared_notices,
        relays=tuple(relay.name for relay in relays.every(desk.db)),
        prekeys_left=prekeys.left(desk.db),
        listed=standing.listed(desk),
        freezes=_freezes(desk),
        counted=counted,
    )


def _freezes(desk: Desk) -> tuple[FreezeView, ...]:
    known = names(desk)
    return tuple(
        FreezeView(
            Cause(each.cause),
            StationId(each.peer),
            known.station(StationId(each.peer)) if each.peer else "",
            StationId(each.witness),
            known.station(StationId(each.witness)) if each.witness else "",
            each.at,
            each.detail,
        )
        for each in freezes.holding(desk.db)
    )


def _own_entry(directory: Directory, station: StationId) -> StationEntry:
    try:
        return directory.station(station)
    except NotListed:
        return StationEntry(station, f"({station})", f"({station})", "", "UTC", "", "")


def _own_person(desk: Desk, directory: Directory) -> tuple[str, str]:
    """Name who has opened the store, as the directory does where it lists that person."""
    officer = persons.present(desk)
    try:
        entry = directory.person_entry(officer.person)
    except NotListed:
        return officer.name, officer.title
    return entry.name, entry.title


def addressees(desk: Desk) -> tuple[Addressee, ...]:
    """List the stations one may write to."""
    own, directory, now = desks.own(desk), desks.directory(desk), desk.now()
    found = [
        Addressee(
            entry.id,
            entry.name_vi,
            entry.name_en,
            entry.place,
            entry.timezone,
            len(directory.devices_of(entry.id, now)),
        )
        for entry in directory.stations
        if entry.id != own.station
    ]
    return tuple(sorted(found, key=lambda each: (each.name_vi, each.station)))


# --- lists -----------------------------------------------------------------------------------------------------------


def inbox(desk: Desk, which: InboxFilter) -> tuple[CableRow | GapRow, ...]:
    """List incoming cables and the gaps between them, newest first."""
    known = names(desk)
    rows: list[tuple[int, CableRow | GapRow]] = [
        (head.at, row(known, head, None)) for head in cables.listed(desk.db, Direction.IN) if _wanted(head, which)
    ]
    rows += [(gap.since, gap) for gap in gaps(desk)]
    # At one second the gap stands below the cable whose arrival showed it.
    rows.sort(key=lambda pair: (-pair[0], isinstance(pair[1], GapRow)))
    return tuple(each for _, each in rows)


def _wanted(head: CableHead, which: InboxFilter) -> bool:
    match which:
        case InboxFilter.ALL:
            return True
        case InboxFilter.UNREAD:
            return head.read_at is None
        case InboxFilter.UNACKNOWLEDGED:
            return head.acknowledged_at is None


def sent(desk: Desk) -> tuple[CableRow, ...]:
    """List released cables, newest first."""
    known = names(desk)
    states = _states(desk)
    return tuple(row(known, head, _farthest(states, head.cable_id)) for head in cables.listed(desk.db, Direction.OUT))


def row(known: Names, head: CableHead, state: OutboxState | None, excerpt: str = "") -> CableRow:
    """Make a list line of a cable."""
    incoming = head.direction is Direction.IN
    peer = known.station(head.origin if incoming else head.first_to)
    return CableRow(
        cable_id=head.cable_id,
        incoming=incoming,
        number=head.number,
        symbol=head.symbol,
        mrn=head.mrn,
        kind=head.kind,
        degree=head.degree,
        urgency=head.urgency,
        subject=head.subject,
        peer_name=peer if incoming or not head.others else f"{peer} +{head.others}",
        at=head.at,
        read=head.read_at is not None,
        acknowledged=head.acknowledged_at is not None,
        annexes=head.annexes,
        state=state,
        register=head.register_line,
        excerpt=excerpt,
        unsigned=head.unsigned,
        by_hand=head.by_hand,
    )


_States = Mapping[CableId, Mapping[StationId, OutboxState]]


def _states(desk: Desk) -> _States:
    """Say how far every cable has got at every station, in one look."""
    found: dict[CableId, dict[StationId, list[OutboxState]]] = {}
    for cable_id, station, state in outbox.states(desk.db):
        found.setdefault(cable_id, {}).setdefault(station, []).append(state)
    return {
        cable_id: {station: _at_station(states) for station, states in stations.items()}
        for cable_id, stations in found.items()
    }


def _farthest(states: _States, cable_id: CableId) -> OutboxState | None:
    return lifecycle.least_far(states[cable_id].values()) if cable_id in states else None


def state_of(desk: Desk, cable_id: CableId) -> OutboxState | None:
    """Say how far a cable has got at the station where it has got least far."""
    stations: dict[StationId, list[OutboxState]] = {}
    for envelope in outbox.of_cable(desk.db, cable_id):
        stations.setdefault(envelope.station, []).append(envelope.state)
    return lifecycle.least_far(map(_at_station, stations.values())) if stations else None


def _at_station(states: Iterable[OutboxState]) -> OutboxState:
    """Return how far a cable has got at one station: what any of its devices has proven, else the one least far.

    A machine that was taken off counts only where it was the last one.
    """
    everywhere = tuple(states)
    states = tuple(each for each in everywhere if each is not OutboxState.WITHDRAWN) or everywhere
    proven = [state for state in states if state in _PROVEN]
    return max(proven, key=_PROVEN.index) if proven else lifecycle.least_far(states)


_PROVEN = (OutboxState.ARRIVED, OutboxState.DECIPHERED, OutboxState.ACKNOWLEDGED, OutboxState.REFUSED)


def gaps(desk: Desk) -> tuple[GapRow, ...]:
    """List the missing serials as ranges, by peer."""
    known = names(desk)
    found: list[GapRow] = []
    for gap in continuity.gaps(desk.db):
        last = found[-1] if found else None
        if last is not None and last.peer == gap.peer and last.last == gap.serial - 1:
            found[-1] = GapRow(last.peer_name, last.first, gap.serial, min(last.since, gap.since), gap.peer)
        else:
            found.append(GapRow(known.station(gap.peer), gap.serial, gap.serial, gap.since, gap.peer))
    return tuple(found)


def outbox_rows(desk: Desk) -> tuple[OutboxRow, ...]:
    """List cables by addressee as long as a person's receipt is missing, the most urgent first."""
    known = names(desk)
    rows: list[OutboxRow] = []
    for cable_id, stations in _states(desk).items():
        waiting = {station: state for station, state in stations.items() if state is not OutboxState.ACKNOWLEDGED}
        if waiting:
            rows += _outbox_rows(desk, known, cables.head(desk.db, cable_id), waiting)
    return tuple(sorted(rows, key=lambda each: (-each.urgency, each.since)))


def _outbox_rows(
    desk: Desk, known: Names, head: CableHead, states: Mapping[StationId, OutboxState]
) -> Iterator[OutboxRow]:
    proven = receipts.of_cable(desk.db, head.cable_id)
    for station, group in groupby(outbox.of_cable(desk.db, head.cable_id), lambda each: each.station):
        if station in states:
            yield _outbox_row(desk, known, head, states[station], tuple(group), proven)


def _outbox_row(
    desk: Desk,
    known: Names,
    head: CableHead,
    state: OutboxState,
    envelopes: tuple[Envelope, ...],
    proven: tuple[KeptReceipt, ...],
) -> OutboxRow:
    station = envelopes[0].station
    dispatches = [each for envelope in envelopes for each in outbox.dispatches(desk.db, envelope.message_id)]
    waiting = [each for each in dispatches if each.accepted_at is None]
    reached = max((each.level for each in proven if each.station == station), default=None)
    due = deadlines.expected(head.urgency, head.at, reached, _DEADLINES)
    return OutboxRow(
        cable_id=head.cable_id,
        number=head.number,
        urgency=head.urgency,
        degree=head.degree,
        subject=head.subject,
        to_name=known.station(station),
        state=state,
        since=max(each.since for each in envelopes),
        next_try_at=min((each.next_try_at for each in waiting), default=None) if lifecycle.is_open(state) else None,
        relay_name=known.relay(dispatches[-1].relay_id) if dispatches else "",
        parts=_parts(desk, head.cable_id),
        detail=_detail(dispatches),
        mrn=head.mrn,
        attempts=sum(each.attempts for each in dispatches),
        receipt_due_at=None if due is None else due.by,
        to=station,
        pouches=_pouches(desk, head.cable_id, station),
        lines=evidence.lines(desk, envelopes),
        picked_up_at=_picked_up(desk, state, envelopes),
        paused=any(each.paused_at is not None for each in _unfinished(desk, head.cable_id)),
    )


def _picked_up(desk: Desk, state: OutboxState, envelopes: tuple[Envelope, ...]) -> int | None:
    """Return when a locked machine answered last; None as soon as more than that is proven."""
    if not lifecycle.is_open(state):
        return None
    answered = [rings.picked_up(desk.db, each.message_id) for each in envelopes]
    return max((at for at in answered if at is not None), default=None)


def _pouches(desk: Desk, cable_id: CableId, station: StationId) -> tuple[PouchMark, ...]:
    found = {each.pouch_id: each for each in pouches.of_cable(desk.db, cable_id, station)}
    return tuple(PouchMark(each.name, each.read_back_at) for each in found.values())


def _detail(dispatches: list[Dispatch]) -> str:
    return next((each.detail for each in reversed(dispatches) if each.detail), "")


def _parts(desk: Desk, cable_id: CableId) -> tuple[int, int] | None:
    uploads = blobs.uploads_of(desk.db, cable_id)
    first = [each for each in uploads if each.relay_id == uploads[0].relay_id]
    if all(each.finished_at is not None for each in first):
        return None
    return sum(each.done for each in first), sum(each.total for each in first)


def _unfinished(desk: Desk, cable_id: CableId) -> tuple[Upload, ...]:
    """List the uploads of a cable whose blob no relay has whole."""
    uploads = blobs.uploads_of(desk.db, cable_id)
    whole = {each.blob_key for each in uploads if each.finished_at is not None}
    return tuple(each for each in uploads if each.blob_key not in whole)


def draft_rows(desk: Desk) -> tuple[DraftRow, ...]:
    """List drafts, the last saved first."""
    known = names(desk)
    rows = []
    for kept in drafts.every(desk.db):
        draft = draft_record.decode(kept.body)
        addressed = draft.action_to + draft.info_to
        more = f" +{len(addressed) - 1}" if len(addressed) > 1 else ""
        to_name = known.station(addressed[0]) + more if addressed else ""
        rows.append(DraftRow(kept.draft_id, _draft_subject(draft), draft.degree, to_name, kept.saved_at))
    return tuple(rows)


def _draft_subject(draft: Draft) -> str:
    hidden = draft.degree is Degree.TOP_SECRET and not draft.subject_in_register
    return "" if hidden else draft.subject


def register_rows(desk: Desk, which: Register) -> tuple[RegisterRow, ...]:
    """List a register after checking its chain."""
    known = names(desk)
    rows = []
    for entry in registers.verify(desk.db, which):
        line = register.decode(entry.body)
        more = f" +{len(line.peers) - 1}" if len(line.peers) > 1 else ""
        rows.append(
            RegisterRow(
                line=entry.line,
                at=line.at,
                symbol=line.symbol,
                mrn=line.mrn,
                dated=line.dated,
                degree=line.degree,
                urgency=line.urgency,
                subject="" if line.subject == register.NO_SUBJECT else line.subject,
                peer_name=known.station(line.peers[0]) + more,
                copies=line.copies,
                pages=line.pages,
                note=line.note,
            )
        )
    return tuple(rows)


def quarantine_rows(desk: Desk) -> tuple[QuarantineRow, ...]:
    """List the packets set aside."""
    known = names(desk)
    return tuple(
        QuarantineRow(
            each.message_id,
            known.relays.get(RelayId(each.relay_id), ""),
            each.at,
            len(each.body),
            each.reason,
            pouches.was_read(desk.db, each.relay_id),
        )
        for each in quarantine.every(desk.db, MAX_TRIES)
    )


def line(desk: Desk, cable_id: CableId) -> CableRow:
    """Give a cable's line as lists show it; NotFound."""
    head = cables.head(desk.db, cable_id)
    return row(names(desk), head, state_of(desk, cable_id) if head.direction is Direction.OUT else None)


# --- one cable -------------------------------------------------------------------------------------------------------


def view(desk: Desk, cable_id: CableId) -> CableView:
    """Put one cable together for the reader."""
    known = names(desk)
    kept = cables.read(desk.db, cable_id)
    cable = text(kept)
    head = kept.head
    differs = _differing(desk, cable_id)
    proven = kit_proofs.proven(desk, kept) if desk.shelf.kit is not None else None
    return CableView(
        row=row(known, head, state_of(desk, cable_id) if head.direction is Direction.OUT else None),
        cable=cable,
        origin_name=known.station(cable.origin),
        action_names=tuple(known.station(each) for each in cable.action_to),
        info_names=tuple(known.station(each) for each in cable.info_to),
        verification=_verification(desk, known, kept, cable) if proven is None else kit_proofs.verification(proven),
        receipts=tuple(_receipt(known, each) for each in receipts.of_cable(desk.db, cable_id)),
        attachments=attachments(desk, cable, cable_id),
        thin_text=differs if proven is None else proven.other_text,
        openings=openings.of_cable(desk, cable_id, known.station) if head.direction is Direction.OUT else (),
        sent_from=_sent_from(desk, kept),
    )


def _sent_from(desk: Desk, kept: KeptCable) -> DeviceId | None:
    """Name the machine of this station whose released cable this is a copy of."""
    if kept.head.direction is Direction.IN or kept.provenance is None:
        return None
    return desks.kept_certificate(desk, kept.provenance.device_ref).device


def _differing(desk: Desk, cable_id: CableId) -> str:
    """Give what came by thin packets or by hand and the signed cable contradicts, "" where there is nothing."""
    by_hand = hand_signing.contradicted(desk, cable_id)
    if by_hand is not None:
        return by_hand.body
    came = thin.text(desk.db, cable_id)
    if came is None or came.state is not ThinState.DIFFERS:
        return ""
    said = texts.thin(came.content)
    return f"{said.subject}\n{said.body}"


def _unsigned(desk: Desk, known: Names, kept: KeptCable) -> Verification:
    """Say of a cable that came by thin packets what its session proves, of one by hand its tag, and no more."""
    if kept.head.by_hand:
        return _unsigned_as(desk, known, kept, hand_signing.serial(desk, kept.head.cable_id), _hand_doubts(desk, kept))
    came = thin.text(desk.db, kept.head.cable_id)
    return _unsigned_as(desk, known, kept, 0 if came is None else came.serial, _thin_doubts(desk, kept))


def _hand_doubts(desk: Desk, kept: KeptCable) -> tuple[Doubt, ...]:
    return (Doubt.HAND,) if hand_signing.contradicted(desk, kept.head.cable_id) is not None else ()


def _thin_doubts(desk: Desk, kept: KeptCable) -> tuple[Doubt, ...]:
    came = thin.text(desk.db, kept.head.cable_id)
    return (Doubt.THIN,) if came is not None and came.state is ThinState.DIFFERS else ()


def _unsigned_as(desk: Desk, known: Names, kept: KeptCable, serial: int, found: tuple[Doubt, ...]) -> Verification:
    return Verification(
        person_name="",
        person_title="",
        station_name=known.station(kept.head.origin),
        signature_ok=False,
        edition=desks.directory(desk).number,
        serial=serial,
        in_order_after=None,
        relay_name="",
        received_at=kept.head.at,
        doubts=found,
        unsigned=True,
        by_hand=kept.head.by_hand,
    )


def _verification(desk: Desk, known: Names, kept: KeptCable, cable: Cable) -> Verification:
    if kept.head.unsigned:
        return _unsigned(desk, known, kept)
    provenance = kept.provenance
    if provenance is None:
        # Our own copy: signed here, and nothing was received.
        return Verification(
            cable.releaser.name, cable.releaser.title, known.station(cable.origin), True,  # noqa: FBT003 - a field
            desks.directory(desk).number, 0, None, "", kept.head.at,
        )  # fmt: skip
    name, title = _signer(desk, cable)
    found = doubts.of_cable(cable, desks.directory(desk), doubts.namesakes(desk, cable))
    return Verification(
        person_name=name,
        person_title=title,
        station_name=known.station(cable.origin),
        # Only cables whose signatures verified are ever kept.
        signature_ok=True,
        edition=provenance.edition,
        serial=provenance.serial,
        in_order_after=provenance.follows,
        relay_name=known.relay(provenance.relay_id),
        received_at=provenance.received_at,
        doubts=(*found, *_thin_doubts(desk, kept), *_hand_doubts(desk, kept)),
        by_pouch=provenance.pouch_id is not None,
        by_hand=kept.head.by_hand,
    )


def _signer(desk: Desk, cable: Cable) -> tuple[str, str]:
    """Return how the directory calls the person who signed; a person who has left it has a number only."""
    try:
        entry = desks.directory(desk).person_entry(cable.releaser.person)
    except NotListed:
        return f"({cable.releaser.person})", ""
    return entry.name, entry.title


def _receipt(known: Names, kept: KeptReceipt) -> ReceiptView:
    by_person = LADDER[kept.level].needs is Evidence.PERSON_SIGNATURE
    evidence = "person" if by_person else "station"
    return ReceiptView(known.station(kept.station), ReceiptLevel(kept.level), kept.at, evidence, kept.number)


def attachments(desk: Desk, cable: Cable, cable_id: CableId) -> tuple[AttachmentView, ...]:
    """Say where each annex stands."""
    kept = {each.position: each for each in blobs.annexes(desk.db, cable_id)}
    if len(kept) != len(cable.annexes):
        raise StoreDamaged("a cable has lost the rows of its annexes")
    return tuple(
        _attachment(desk, annex.name, annex.size, annex.pages, annex.media_type, kept[position])
        for position, annex in enumerate(cable.annexes)
    )


def _attachment(desk: Desk, name: str, size: int, pages: int, media_type: str, kept: KeptAnnex) -> AttachmentView:
    match kept.state:
        case AnnexState.DOWNLOADING | AnnexState.WAITING:
            under_way = blobs.download_of(desk.db, kept.cable_id, kept.position)
            done, total = (0, 0) if under_way is None else (under_way.done, under_way.total)
            paused = under_way is not None and under_way.paused_at is not None
            if kept.state is AnnexState.WAITING:
                return AttachmentView(name, size, pages, media_type, AttachmentState.WAITING, paused=paused)
            return AttachmentView(name, size, pages, media_type, AttachmentState.DOWNLOADING, done, total, paused)
        case AnnexState.READY:
            going = [each for each in _unfinished(desk, kept.cable_id) if each.position == kept.position]
            done, total = (going[0].done, going[0].total) if going else (0, 0)
            paused = any(each.paused_at is not None for each in going)
            return AttachmentView(name, size, pages, media_type, AttachmentState.READY, done, total, paused)
        case AnnexState.DAMAGED:
            return AttachmentView(name, size, pages, media_type, AttachmentState.DAMAGED)
