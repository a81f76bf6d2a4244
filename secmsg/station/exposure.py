"""What a post could have exposed when it is lost or destroyed: bounded by what headquarters' own books say of it.

Source: docs/spec/destruction.md 10. Nothing here decides: the list says what was there, never that it was seen. Cables
between that post and others stand in the others' books.
"""

from dataclasses import dataclass, field

from secmsg.errors import NotAllowed
from secmsg.ids import DeviceId, StationId
from secmsg.office.materials import ENDED, Item
from secmsg.station import copies, recaps
from secmsg.station import desk as desks
from secmsg.station.desk import Desk
from secmsg.store import cables, continuity, outbox, receipts
from secmsg.store import materials as item_rows
from secmsg.store.cables import CableHead, Direction
from secmsg.wire.cable import Degree
from secmsg.wire.service import ReceiptLevel


@dataclass(frozen=True, slots=True)
class ExposedCable:
    """One cable that the post had, or may have: `level` is the highest rung that it has signed of one sent to it.

    None: no receipt, so that it may lie sealed at a relay, or have arrived unsaid. `received`: the post sent it.
    """

    mrn: str
    degree: Degree
    dated: int
    received: bool
    level: ReceiptLevel | None
    subject: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Exposure:
    """The list; serials are those of the pair: given to it, acknowledged by it, received from it without a gap."""

    station: StationId
    name: str
    machines: tuple[DeviceId, ...]
    given: int
    acknowledged: int
    received: int
    cables: tuple[ExposedCable, ...]
    items: tuple[Item, ...]

    def of_degree(self, degree: Degree) -> int:
        """Count the cables of one degree."""
        return sum(each.degree is degree for each in self.cables)


def exposure(desk: Desk, station: StationId) -> Exposure:
    """List what a post could have exposed; NotListed for a station that the directory has not, NotAllowed for ours."""
    own, directory = desks.own(desk), desks.directory(desk)
    if station == own.station:
        raise NotAllowed("what this station holds is in its own lists")
    entry = directory.station(station)
    sent = outbox.cables_to(desk.db, station)
    heads = [each for each in cables.listed(desk.db, Direction.OUT) if each.cable_id in sent]
    came = [each for each in cables.listed(desk.db, Direction.IN) if each.origin == station]
    every = sorted((*heads, *came), key=lambda head: (-head.degree, -head.at))
    return Exposure(
        station=station,
        name=entry.name_vi,
        machines=tuple(each.device for each in directory.devices_of(station, desk.now())),
        given=continuity.outgoing(desk.db, station).next - 1,
        acknowledged=copies.acknowledged(desk, station),
        received=recaps.state_of(desk, station).highest,
        cables=tuple(_cable(desk, station, head) for head in every),
        items=tuple(
            each
            for each in item_rows.every(desk.db)
            if each.peer == station and not each.training and each.state not in ENDED
        ),
    )


def _cable(desk: Desk, station: StationId, head: CableHead) -> ExposedCable:
    levels = [each.level for each in receipts.of_cable(desk.db, head.cable_id) if each.station == station]
    subject = "" if head.degree is Degree.TOP_SECRET else head.subject
    return ExposedCable(
        head.mrn, head.degree, head.dtg, head.direction is Direction.IN, max(levels, default=None), subject
    )
