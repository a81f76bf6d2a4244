"""Releasing a cable: attachments sealed first, then number, register line, signatures and envelopes in one transaction.

A power cut falls before or after that transaction: no number is burnt or given twice, no envelope leaves without its
register line (domain.md 2.2, house.md 5). Files sealed for a release that did not happen are swept at the next start.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

from secmsg.authority.trust import check_degree
from secmsg.crypto import kdf, labels
from secmsg.crypto.secret import Secret
from secmsg.errors import CommitUnknown, Incomplete, NotAllowed
from secmsg.ids import BlobId, CableId, DraftId, RelayId
from secmsg.office import circulars, numbering, register
from secmsg.office import draft as drafts
from secmsg.office.draft import Draft
from secmsg.station import desk as desks
from secmsg.station import (
    doubts,
    envelopes,
    freezing,
    hand_frozen,
    heads,
    indexing,
    machines,
    openings,
    persons,
    sealing,
    sharing,
    sheet_duty,
    signed,
)
from secmsg.station.annex import Described, Purpose
from secmsg.station.desk import Desk, Own
from secmsg.station.sealing import SealedFile, Sealing
from secmsg.station.views import Released
from secmsg.store import blobs as blob_rows
from secmsg.store import cables as cable_rows
from secmsg.store import drafts as draft_rows
from secmsg.store import identity as identity_rows
from secmsg.store import numbers, registers
from secmsg.store import relays as relay_rows
from secmsg.store.blobs import DAY, AnnexState, Blob, KeptAnnex, Upload
from secmsg.store.cables import KeptCable
from secmsg.store.relays import Relay
from secmsg.wire import cable as cable_wire
from secmsg.wire import padding
from secmsg.wire import slip as slip_wire
from secmsg.wire.cable import Annex, Cable, Kind, Signatory
from secmsg.wire.copy import CableCopy, SlipCopy
from secmsg.wire.item import ItemKind
from secmsg.wire.slip import Slip

CABLE_ID_SIZE = 16
UPLOADER_SIZE = 32
BLOB_ID_SIZE = 16
COPY_ROOM = 16
"""Bytes that the copy for our other machines needs beside the signed cable."""
CIRCULARS = "circulars"
"""The fact that holds the number of the last circular."""
Name: TypeAlias = Callable[[int], CableId]
"""Gives a cable's id, knowing its number."""

TEXT_POSITION = 64
"""Stands in an upload's position for the cable itself, when it is too long for a packet; annexes have 0 to 63."""


@dataclass(frozen=True, slots=True)
class Manner:
    """What is special about a release.

    `name` gives the id of the cable (None: drawn), `note` is what the register says beside its line, `dtg` the
    date-time group of a cable that was written before it is entered (None: now), `number` one that was given on paper
    out of turn (None: the next).
    """

    name: Name | None = None
    note: str = ""
    dtg: int | None = None
    number: int | None = None
    by_hand: bool = False
    """It goes on paper; its signed form is put into the outbox of a frozen store too, and waits there."""


PLAIN = Manner()


def prepare(desk: Desk, draft: Draft) -> Sealing:
    """Check a draft and give the work that may be done on another thread; Incomplete, NotAllowed or NotEntitled."""
    now = desk.now()
    own = desks.own(desk)
    _check(desk, draft, persons.signatory(desk, now), now)
    return sealing.prepare(desk, own, draft, now)


def release(
    desk: Desk, draft: Draft, draft_id: DraftId | None, sealed: tuple[SealedFile, ...] | None = None
) -> Released:
    """Release a draft with what `prepare` and its work sealed, or seal it here (None).

    Incomplete, NotAllowed or NotEntitled before anything is sealed, DiskFull while it is, CommitUnknown; what was
    sealed is erased when the release does not happen.
    """
    try:
        work = prepare(desk, draft)
        if sealed is None:
            sealed = work.run()
        with desk.db.transaction():
            return enter_release(desk, draft, draft_id, sealed, desk.now())
    except CommitUnknown:
        # If the next opening finds the cable it needs its files; if not, it sweeps them.
        raise
    except BaseException:
        for each in sealed or ():
            desk.files.erase(each.blob.key)
        raise


def check(desk: Desk, draft: Draft, now: int, *, by_hand: bool = False) -> None:
    """Refuse a draft that may not be released now: Incomplete, NotAllowed or NotEntitled; Frozen unless `by_hand`."""
    _check(desk, draft, persons.signatory(desk, now), now, by_hand=by_hand)


def _check(desk: Desk, draft: Draft, releaser: Signatory, now: int, *, by_hand: bool = False) -> None:
    persons.check_may_sign(desk)
    sheet_duty.check(desk)
    lacks = drafts.lacking(draft, releaser, now)
    if lacks:
        raise Incomplete(lacks)
    if draft.kind not in (Kind.CABLE, Kind.TELEGRAM):
        # Exercises and tests belong into a domain of keys of their own, so that nobody takes one for the real thing.
        raise NotAllowed("this version releases cables and telegrams only")
    machines.check_releases(desk)
    own, directory = desks.own(desk), desks.directory(desk)
    directory.person_entry(own.person)
    (hand_frozen if by_hand else freezing).check(desk, draft.action_to + draft.info_to)
    for station in draft.action_to + draft.info_to:
        if station == own.station:
            raise NotAllowed("a cable is not addressed to its own station")
        devices = envelopes.addressed_devices(desk, station, now)
        if not devices:
            raise NotAllowed(f"{directory.station(station).name_vi} has no device in the current edition")
        for device in devices:
            if draft.degree is not None and device.degree < draft.degree:
                name = directory.station(station).name_vi
                raise NotAllowed(f"a device of {name} may not receive {draft.degree.name}")
    if draft.degree is not None:
        check_degree(own.person_certificate, draft.degree)
        check_degree(own.device_certificate, draft.degree)


def _drawn(desk: Desk) -> Name:
    return lambda _number: CableId(desk.random(CABLE_ID_SIZE))


def enter_release(
    desk: Desk,
    draft: Draft,
    draft_id: DraftId | None,
    sealed: tuple[SealedFile, ...],
    now: int,
    manner: Manner = PLAIN,
) -> Released:
    """Release a checked draft inside the caller's transaction: every number is given here."""
    sheet_duty.check(desk)
    own, directory = desks.own(desk), desks.directory(desk)
    # 1. The number, and the cable as it will stand for ever.
    cable = _cable(desk, draft, tuple(each.annex for each in sealed), now, manner)
    # 2. The register line.
    entry = register.outgoing(cable, numbering.year_of(now, doubts.zone(directory, own.station)), _next_out(desk), now)
    line = enter(desk, replace(entry, note=manner.note))
    # 3. Both signatures.
    slips = tuple(each.slip for each in sealed)
    encoded = cable_wire.encode_signed(signed.sign(cable, own.person_signer, own.device_signer, slips))
    # 4. Our own copy, with its annexes, findable.
    addressed = cable.action_to + cable.info_to
    cable_rows.insert(desk.db, KeptCable(heads.outgoing(cable, line, now), encoded, None))
    indexing.index(desk, cable)
    relays = relay_rows.every(desk.db)
    for position, each in enumerate(sealed):
        _keep_annex(desk, cable.cable_id, position, each, relays, now)
    # 5. A serial and envelopes for each addressee.
    kind, body = _body(desk, own, cable, encoded, relays, now)
    for station in addressed:
        envelopes.post(
            desk, station, kind, body, cable_id=cable.cable_id, urgency=cable.urg_action, now=now,
            by_hand=manner.by_hand,
        )  # fmt: skip
    sharing.post(desk, CableCopy(encoded) if kind is ItemKind.CABLE else SlipCopy(slip_wire.decode(body)), now)
    # 6. The draft is gone.
    if draft_id is not None:
        draft_rows.discard(desk.db, draft_id)
    return Released(cable.cable_id, cable.number, cable.mrn)


def _cable(desk: Desk, draft: Draft, annexes_: tuple[Annex, ...], now: int, manner: Manner) -> Cable:
    own, directory = desks.own(desk), desks.directory(desk)
    station = directory.station(own.station)
    # A number belongs to the year in which the cable was written.
    year = numbering.year_of(now if manner.dtg is None else manner.dtg, doubts.zone(directory, own.station))
    if manner.number is None:
        number = numbers.take(desk.db, year)
    else:
        number = manner.number
        numbers.lift(desk.db, year, number)
    cable = drafts.to_cable(
        draft,
        cable_id=(manner.name or _drawn(desk))(number),
        origin=own.station,
        number=number,
        symbol=numbering.symbol(station.symbol, number, year),
        mrn=numbering.mrn(year, station.mrn_name, number),
        releaser=persons.signatory(desk, now),
        now=now,
        annexes=annexes_,
    )
    return cable if manner.dtg is None else replace(cable, dtg=manner.dtg)


def _next_out(desk: Desk) -> int:
    return registers.last_line(desk.db, register.Register.OUT) + 1


def enter(desk: Desk, line: register.RegisterLine) -> int:
    """Add a line to a register and give its number."""
    return registers.append(desk.db, line.register, line.at, register.encode(line)).line


def _body(
    desk: Desk, own: Own, cable: Cable, encoded: bytes, relays: tuple[Relay, ...], now: int
) -> tuple[ItemKind, bytes]:
    """Give what the item carries: the signed cable, or the slip of a blob that holds it."""
    circular = is_circular(desk, cable, encoded, now)
    if not circular and envelopes.fits(ItemKind.CABLE, encoded + bytes(COPY_ROOM), now):
        return ItemKind.CABLE, encoded
    described = Described(openings.TEXT_NAME, openings.TEXT_TYPE, len(encoded), 0)
    blob, sealed = sealing.sealer(desk, own, now).seal(io.BytesIO(encoded), described, Purpose.CABLE)
    slip = replace(sealed.slip, circular_serial=_next_circular(desk) if circular else 0)
    blob_rows.keep(desk.db, blob, now // DAY)
    _add_uploads(desk, blob, slip, cable.cable_id, TEXT_POSITION, relays, now)
    return ItemKind.SLIP, slip_wire.encode(slip)


def is_circular(desk: Desk, cable: Cable, encoded: bytes, now: int) -> bool:
    """Say whether a signed cable costs fewer bytes as one blob and a slip for each machine that it goes to."""
    devices = sum(len(envelopes.addressed_devices(desk, each, now)) for each in cable.action_to + cable.info_to)
    packet = envelopes.packet_size(ItemKind.CABLE, encoded, now)
    return circulars.saves(devices, packet, padding.CLASSES[0], openings.blob_size(encoded))


def _next_circular(desk: Desk) -> int:
    """Give the next number of a circular of this station, from 1; inside the release's transaction."""
    last = identity_rows.fact(desk.db, CIRCULARS)
    number = 1 if last is None else int.from_bytes(last) + 1
    identity_rows.keep_fact(desk.db, CIRCULARS, number.to_bytes(4))
    return number


# --- attachments -----------------------------------------------------------------------------------------------------


def _keep_annex(
    desk: Desk, cable_id: CableId, position: int, sealed: SealedFile, relays: tuple[Relay, ...], now: int
) -> None:
    blob_rows.keep(desk.db, sealed.blob, now // DAY)
    blob_rows.keep_annex(
        desk.db,
        KeptAnnex(cable_id, position, AnnexState.READY, slip_wire.encode(sealed.slip), sealed.blob.key),
    )
    _add_uploads(desk, sealed.blob, sealed.slip, cable_id, position, relays, now)


def _add_uploads(
    desk: Desk, blob: Blob, slip: Slip, cable_id: CableId, position: int, relays: tuple[Relay, ...], now: int
) -> None:
    for relay in relays:
        blob_rows.add_upload(
            desk.db,
            Upload(
                blob_key=blob.key,
                relay_id=relay.relay_id,
                blob_id=blob_id(slip, relay.relay_id),
                uploader=desk.random(UPLOADER_SIZE),
                cable_id=cable_id,
                position=position,
                total=blob.size,
                done=0,
                attempts=0,
                next_try_at=now,
            ),
        )


def blob_id(slip: Slip, relay: RelayId) -> BlobId:
    """Return the name of a blob at a relay: only who has the slip can know it."""
    return BlobId(kdf.derive(b"", Secret(slip.key), labels.UPLOAD, relay, BLOB_ID_SIZE).reveal())
