"""A member gone bad: it holds true keys and true sessions, and sends through them whatever it likes."""

from dataclasses import dataclass, replace

from secmsg.crypto import labels, signing
from secmsg.ids import CableId, MessageId, Serial, StationId
from secmsg.office import draft as drafts
from secmsg.office import numbering
from secmsg.protocol import session as protocol
from secmsg.station import desk as desks
from secmsg.station import envelopes, heads, persons, release, sessions, signed
from secmsg.station.desk import Desk
from secmsg.station.signed import Signer
from secmsg.station.station import Station
from secmsg.store import cables as cable_rows
from secmsg.store import continuity as pair_rows
from secmsg.store import relays as relay_rows
from secmsg.store.cables import KeptCable
from secmsg.wire import cable as cable_wire
from secmsg.wire import codec, service
from secmsg.wire import item as item_wire
from secmsg.wire.cable import Cable, SignedCable, Urgency
from secmsg.wire.item import Item, ItemKind
from secmsg.wire.packet import NO_ACK, Ack, EditionMark
from secmsg.wire.service import Receipt, ReceiptLevel, SignedReceipts
from secmsg.wire.slip import Slip
from tests.helpers.ministry import draft


@dataclass(frozen=True, slots=True)
class Insider:
    """A station whose officer and machine lie."""

    station: Station

    @property
    def desk(self) -> Desk:
        return self.station.desk

    @property
    def person(self) -> Signer:
        return desks.own(self.desk).person_signer

    @property
    def device(self) -> Signer:
        return desks.own(self.desk).device_signer

    def compose(self, to: StationId, number: int = 77, **changes: object) -> Cable:
        """Make the cable that an honest release would make, then change it."""
        own, directory, now = desks.own(self.desk), desks.directory(self.desk), self.desk.now()
        entry = directory.station(own.station)
        cable = drafts.to_cable(
            draft(to),
            cable_id=CableId(self.desk.random(16)),
            origin=own.station,
            number=number,
            symbol=numbering.symbol(entry.symbol, number, 2026),
            mrn=numbering.mrn(2026, entry.mrn_name, number),
            releaser=persons.signatory(self.desk, now),
            now=now,
            annexes=(),
        )
        return replace(cable, **changes)  # type: ignore[arg-type]  # a test names the fields it changes

    def sign(self, cable: Cable, slips: tuple[Slip, ...] = ()) -> bytes:
        return cable_wire.encode_signed(signed.sign(cable, self.person, self.device, slips))

    def sign_raw(self, fields: dict[int, codec.Value], slips: tuple[Slip, ...] = ()) -> bytes:
        """Sign the bytes of any map, also of one that is no cable."""
        encoded = codec.encode(cable_wire._present(fields))
        by_person = signing.sign(self.person.key, labels.SIGN_CABLE_RELEASE, encoded)
        by_device = signing.sign(self.device.key, labels.SIGN_CABLE_STATION, encoded + by_person)
        return cable_wire.encode_signed(
            SignedCable(encoded, self.person.ref, by_person, self.device.ref, by_device, slips)
        )

    def post(self, to: StationId, kind: ItemKind, body: bytes) -> None:
        """Send an item in its proper place of the chain."""
        with self.desk.db.transaction():
            envelopes.post(self.desk, to, kind, body, cable_id=None, urgency=Urgency.ROUTINE, now=self.desk.now())

    def post_signed(self, to: StationId, encoded: bytes) -> None:
        """Send the bytes of a signed cable, as a blob behind a slip where they are long."""
        desk, cable = self.desk, self.compose(to)
        with desk.db.transaction():
            relays = relay_rows.every(desk.db)
            kind, body = release._body(desk, desks.own(desk), cable, encoded, relays, desk.now())
            envelopes.post(
                desk,
                to,
                kind,
                body,
                cable_id=cable.cable_id if kind is ItemKind.SLIP else None,
                urgency=Urgency.ROUTINE,
                now=desk.now(),
            )
            if kind is ItemKind.SLIP:
                # Our own copy, so that the outbox can name it.
                head = heads.outgoing(cable, 1, desk.now())
                cable_rows.insert(desk.db, KeptCable(head, self.sign(cable), None))

    def send(self, to: StationId, cable: Cable) -> None:
        self.post(to, ItemKind.CABLE, self.sign(cable))

    def speak(self, to: StationId, message: service.ServiceMessage) -> None:
        self.post(to, ItemKind.SERVICE, service.encode(message))

    def receipt(self, cable_id: CableId, level: ReceiptLevel, number: int = 0) -> SignedReceipts:
        listed = (Receipt(cable_id, level, self.desk.now(), number),)
        by_person = level >= ReceiptLevel.REGISTERED
        signer, label = (
            (self.person, labels.SIGN_RECEIPT_PERSON) if by_person else (self.device, labels.SIGN_RECEIPT_STATION)
        )
        return SignedReceipts(signer.ref, listed, signing.sign(signer.key, label, service.receipts_to_sign(listed)))

    def place(self, to: StationId) -> tuple[int, bytes]:
        """Say which serial is next, and the hash of the item before it."""
        pair = pair_rows.outgoing(self.desk.db, to)
        return pair.next, pair.head

    def item(self, serial: int, previous: bytes, kind: ItemKind, body: bytes) -> bytes:
        return item_wire.encode(Item(Serial(serial), previous, kind, self.desk.now(), body))

    def packet(self, to: StationId, payload: bytes, *, edition: EditionMark | None = None, ack: Ack = NO_ACK) -> bytes:
        """Seal any payload under any header in the true session."""
        (certificate,) = desks.directory(self.desk).devices_of(to, self.desk.now())
        session = sessions.active(self.desk, certificate.device)
        assert session is not None
        mark = desks.edition_mark(desks.directory(self.desk)) if edition is None else edition
        after, packet = protocol.encrypt(
            session, payload, now=self.desk.now(), ack=ack, edition=mark, random=self.desk.random
        )
        with self.desk.db.transaction():
            sessions.keep_active(self.desk, to, after, self.desk.now())
        return packet


def named(number: int) -> MessageId:
    return MessageId(number.to_bytes(16))
