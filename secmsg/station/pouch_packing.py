"""What goes into a pouch: the sealed envelopes that wait for its stations, their blobs, the editions they may lack.

A pouch changes no envelope: it goes on waiting for a receipt, and still goes by relay when the line is back. Only
`written` enters the evidence, after the file was read back.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from secmsg.crypto.randomness import secret
from secmsg.crypto.secret import Secret
from secmsg.errors import EnrolmentError, NotAllowed
from secmsg.ids import BlobKey, CableId, DeviceId, EditionNumber, PouchId, StationId
from secmsg.office import lifecycle
from secmsg.office.lifecycle import OutboxState
from secmsg.station import covers, freezing, pouch_sealing, release, routes
from secmsg.station import desk as desks
from secmsg.station.desk import Desk
from secmsg.station.pouch_views import PouchWaiting, PouchWritten
from secmsg.store import blobs as blob_rows
from secmsg.store import continuity as pair_rows
from secmsg.store import directory as directory_rows
from secmsg.store import outbox, pouches
from secmsg.store.blobs import AnnexState, BlobFiles
from secmsg.store.outbox import Envelope
from secmsg.store.pouches import Packed, Way
from secmsg.wire import item as item_wire
from secmsg.wire import pouch as wire
from secmsg.wire import slip as slip_wire
from secmsg.wire.item import ItemKind
from secmsg.wire.pouch import BlobRecord, EditionRecord, EnvelopeRecord, Head

MAX_BYTES = 16 * 1024 * 1024
"""Of envelopes in one pouch, because they are held in memory; what waits beyond goes into the next pouch."""
MAX_EDITION_BYTES = 4 * 1024 * 1024
PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Load:
    """A pouch ready to be written: its keys, its records, the blobs still in their files; `number` its log line."""

    number: int
    name: str
    salt: bytes
    key: Secret
    slots: tuple[bytes, ...]
    head: Head
    records: tuple[EditionRecord | EnvelopeRecord, ...]
    blobs: tuple[tuple[BlobRecord, BlobKey], ...]
    tail: int
    cables: int
    services: int
    left: int
    files: BlobFiles = field(repr=False)

    @property
    def size(self) -> int:
        """Return the length of the file."""
        return pouch_sealing.sealed_size(wire.HEAD_SIZE + self.head.size, self.tail)

    @property
    def pouch_id(self) -> PouchId:
        """Return its name in the store."""
        return pouch_sealing.pouch_id(self.salt)


def waiting(desk: Desk) -> tuple[PouchWaiting, ...]:
    """List the stations for which something waits, by Vietnamese name."""
    directory = desks.directory(desk)
    found = []
    for station in sorted({each.station for each in outbox.unfinished(desk.db)}):
        devices = _devices(desk, station)
        mine = [each for each in outbox.unfinished(desk.db) if each.station == station and each.device in devices]
        if not mine:
            continue
        sealed = [each for each in mine if _may_go(desk, each)]
        entry = directory.station(station)
        found.append(
            PouchWaiting(
                station=station,
                name_vi=entry.name_vi,
                name_en=entry.name_en,
                cables=len({each.cable_id for each in sealed} - {None}),
                services=len({each.serial for each in sealed if each.cable_id is None}),
                unsealed=len({each.cable_id for each in mine if each.sealed is None} - {None}),
                barred=len({each.cable_id for each in mine if not routes.pouch_may_carry(desk, each)}),
                size=sum(len(each.sealed or b"") for each in sealed) + _blob_bytes(desk, sealed),
            )
        )
    return tuple(sorted(found, key=lambda each: (each.name_vi, each.station)))


def pack(desk: Desk, stations: tuple[StationId, ...], name: str) -> Load:
    """Choose what goes to these stations and begin its line in the log; NotAllowed when nothing does, Frozen."""
    now = desk.now()
    freezing.check(desk)
    devices = tuple(device for station in stations for device in _devices(desk, station))
    if len(devices) > wire.SLOTS:
        raise NotAllowed(f"a pouch has room for {wire.SLOTS} machines")
    waits = [each for each in outbox.unfinished(desk.db) if each.device in devices and _may_go(desk, each)]
    # What lies in no pouch yet goes first, so that a second pouch takes the rest.
    waits.sort(key=lambda each: bool(pouches.of_message(desk.db, each.message_id)))
    chosen = _that_fit(waits)
    if not chosen:
        raise NotAllowed("nothing that is sealed waits for these stations")
    salt, key = desk.random(wire.SALT_SIZE), secret(desk.random, pouch_sealing.FILE_KEY_SIZE)
    blobs = _blobs(desk, chosen, salt)
    editions = _editions(desk, devices)
    records: tuple[EditionRecord | EnvelopeRecord, ...] = (*editions, *(_record(each) for each in chosen))
    head = Head(
        made_at=now,
        editions=len(editions),
        envelopes=len(chosen),
        blobs=len(blobs),
        size=sum(map(wire.record_size, records)) + sum(wire.record_size(record) for record, _ in blobs),
    )
    load = Load(
        number=0,
        name=name,
        salt=salt,
        key=key,
        slots=pouch_sealing.slots(_cover_root(desk, devices), salt, key, devices, desk.random),
        head=head,
        records=records,
        blobs=blobs,
        tail=int.from_bytes(desk.random(2)) & wire.MAX_TAIL,
        cables=len({each.cable_id for each in chosen} - {None}),
        services=len({(each.station, each.serial) for each in chosen if each.cable_id is None}),
        left=len(waits) - len(chosen),
        files=desk.files,
    )
    return _begun(desk, load, chosen, now)


def _begun(desk: Desk, load: Load, chosen: list[Envelope], now: int) -> Load:
    with desk.db.transaction():
        number = pouches.begin(desk.db, Way.WRITTEN, load.pouch_id, load.name, load.size, now)
        pouches.count(desk.db, number, len(chosen), len(load.blobs))
        pouches.pack(desk.db, number, (Packed(each.message_id, each.cable_id, each.station) for each in chosen))
    return replace(load, number=number)


def stream(load: Load) -> Iterator[bytes]:
    """Give the bytes of the file, piece by piece; pure work over files, off the store's thread. StoreDamaged."""
    yield wire.front(load.salt, load.slots)
    sealer = pouch_sealing.encryptor(load.key, load.salt)
    done = 0
    for piece in _plaintext(load):
        done += len(piece)
        yield sealer.update(piece)
    fill = wire.stream_size(wire.HEAD_SIZE + load.head.size, load.tail) - done
    while fill:
        step = min(fill, PIECE)
        yield sealer.update(bytes(step))
        fill -= step
    yield sealer.finalize()


def _plaintext(load: Load) -> Iterator[bytes]:
    yield wire.encode_head(load.head)
    for each in load.records:
        yield wire.encode_record(each)
    for record, key in load.blobs:
        yield wire.encode_record(record)
        with load.files.open(key) as file:
            while piece := file.read(PIECE):
                yield piece


def written(desk: Desk, load: Load) -> PouchWritten:
    """Enter the evidence: the file was read back from its medium and is what was written."""
    now = desk.now()
    with desk.db.transaction():
        pouches.prove(desk.db, load.number, now)
    return PouchWritten(load.name, load.size, load.cables, load.services, len(load.blobs), load.left, now)


def not_written(desk: Desk, load: Load, detail: str) -> None:
    """Note why a pouch is not proven to be written."""
    with desk.db.transaction():
        pouches.fail(desk.db, load.number, detail)


# --- what goes in ----------------------------------------------------------------------------------------------------


def _devices(desk: Desk, station: StationId) -> tuple[DeviceId, ...]:
    own = desks.own(desk).device
    listed = desks.directory(desk).devices_of(station, desk.now())
    return tuple(each.device for each in listed if each.device != own)


def _may_go(desk: Desk, envelope: Envelope) -> bool:
    """Say whether an envelope is sealed, not proven, not kept back by the officer, and may go by pouch.

    A relay's word is no proof: what it holds goes along.
    """
    if envelope.sealed is None or not lifecycle.is_open(envelope.state) or envelope.state is OutboxState.HELD:
        return False
    return routes.pouch_may_carry(desk, envelope) and not freezing.stays(desk, envelope)


def _that_fit(waits: list[Envelope]) -> list[Envelope]:
    chosen: list[Envelope] = []
    size = 0
    for each in waits:
        size += len(each.sealed or b"")
        if size > MAX_BYTES or len(chosen) == wire.MAX_ENVELOPES:
            break
        chosen.append(each)
    return chosen


def _record(envelope: Envelope) -> EnvelopeRecord:
    return EnvelopeRecord(envelope.device, envelope.message_id, envelope.sealed or b"")


def _cover_root(desk: Desk, devices: tuple[DeviceId, ...]) -> Secret:
    index = desks.directory(desk).head.cover_index
    # Who has not said that the newest root is there gets a pouch that opens with the one before.
    root = desks.cover_roots(desk).get(index - 1 if covers.lacks(desk, devices) else index)
    if root is None:
        raise EnrolmentError("the cover root of the current edition is not here")
    return root


def _blobs(desk: Desk, chosen: list[Envelope], salt: bytes) -> tuple[tuple[BlobRecord, BlobKey], ...]:
    """List the blobs of the cables chosen, the texts of long cables before annexes: they tell which annexes to take."""
    found: dict[BlobKey, tuple[bool, BlobRecord]] = {}
    for envelope in chosen:
        for key, slip_key, is_annex in _blobs_of(desk, envelope):
            record = BlobRecord(pouch_sealing.blob_name(salt, slip_key), blob_rows.size(desk.db, key))
            found.setdefault(key, (is_annex, record))
    ordered = sorted(found.items(), key=lambda each: each[1][0])
    return tuple((record, key) for key, (_, record) in ordered[: wire.MAX_BLOBS])


def _blobs_of(desk: Desk, envelope: Envelope) -> Iterator[tuple[BlobKey, bytes, bool]]:
    cable_id = envelope.cable_id
    if cable_id is None:
        return
    text = _text_blob(desk, cable_id)
    kept = pair_rows.sent_item(desk.db, envelope.station, envelope.serial)
    if text is not None and kept is not None:
        item = item_wire.decode(kept.item)
        if item.kind is ItemKind.SLIP:
            yield text, slip_wire.decode(item.body).key, False
    for annex in blob_rows.annexes(desk.db, cable_id):
        if annex.state is AnnexState.READY and annex.blob_key is not None:
            yield annex.blob_key, slip_wire.decode(annex.slip).key, True


def _text_blob(desk: Desk, cable_id: CableId) -> BlobKey | None:
    uploads = blob_rows.uploads_of(desk.db, cable_id)
    return next((each.blob_key for each in uploads if each.position == release.TEXT_POSITION), None)


def _blob_bytes(desk: Desk, sealed: list[Envelope]) -> int:
    keys = {key for envelope in sealed for key, _, _ in _blobs_of(desk, envelope)}
    return sum(blob_rows.size(desk.db, key) for key in keys)


def _editions(desk: Desk, devices: tuple[DeviceId, ...]) -> tuple[EditionRecord, ...]:
    """List the editions that one of the devices has not shown to hold: the line that would bring them is cut."""
    shown = [directory_rows.highest_of(desk.db, f"device {device}") for device in devices]
    known = [number for number in shown if number is not None]
    held = desks.directory(desk).number
    if not known or min(known) >= held or held - min(known) > wire.MAX_EDITIONS:
        return ()
    records = []
    for number in range(min(known) + 1, held + 1):
        segment = directory_rows.edition(desk.db, EditionNumber(number))
        if segment is None:
            return ()
        records.append(EditionRecord(number, segment))
    return tuple(records) if sum(len(each.segment) for each in records) <= MAX_EDITION_BYTES else ()
