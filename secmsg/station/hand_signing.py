"""The signed cable beside what came before it by hand: the same word for word, or an alarm; both are kept.

Source: docs/spec/by-hand.md 2 and 5.
"""

from dataclasses import replace

from secmsg.crypto import hashing, labels
from secmsg.ids import CableId, Serial, StationId
from secmsg.office import hand_cable
from secmsg.office.hand_cable import HandCable
from secmsg.office.register import RegisterLine
from secmsg.station import notices, release
from secmsg.station.desk import Desk
from secmsg.station.events import CableChanged, Event
from secmsg.station.views import NoticeKind
from secmsg.store import cables as cable_rows
from secmsg.store import hand_cables as rows
from secmsg.store import search
from secmsg.store.cables import KeptCable
from secmsg.store.hand_cables import HandMessage, HandState
from secmsg.wire.cable import Cable

SENT_NOTE = "bằng tay, tập khóa {book}, trang {pages}"
CAME_NOTE = "bằng tay, nhóm xác thực đúng, chưa có chữ ký"
SIGNED_NOTE = "đến trước bằng tay; đã có chữ ký, đúng từng chữ"
DIFFERS_NOTE = "bản ký khác bản đến bằng tay"
"""What the register says beside such a line."""

CABLE_ID_SIZE = 16
_MINUTE = 60


def cable_id(cable: HandCable, origin: StationId, to: StationId) -> CableId:
    """Return the id of a cable by hand, which the signed one must bear (docs/spec/by-hand.md 2)."""
    framed = labels.HASH_HAND_CABLE.encode("ascii") + b"\0"
    return CableId(hashing.short(framed, hand_cable.identity(cable, origin, to))[:CABLE_ID_SIZE])


def says_the_same(said: HandCable, signed: Cable) -> bool:
    """Say whether a signed cable is what came by hand, word for word, in everything that the groups carried."""
    return (said.number, said.dtg, said.degree, said.urgency, said.body) == (
        signed.number, signed.dtg - signed.dtg % _MINUTE, signed.degree, signed.urg_action, signed.body,
    )  # fmt: skip


def serial(desk: Desk, of: CableId) -> int:
    """Return the serial under which a cable came by hand, 0 where it did not."""
    found = rows.of_cable(desk.db, of)
    return found[0].serial if found else 0


def contradicted(desk: Desk, of: CableId) -> HandCable | None:
    """Return what came by hand for a cable where something signed contradicts it, None where nothing does."""
    for each in rows.of_cable(desk.db, of):
        if each.state is HandState.DIFFERS:
            return hand_cable.decode(each.content)
    return None


def alarm(desk: Desk, peer: StationId, at: int, mrn: str, now: int) -> Event:
    """Tell the officer for good that a cable by hand and the signed one in its place are two."""
    return notices.add(desk, NoticeKind.HAND_DIFFERS, now, f"station {peer}, serial {at}: {mrn}")


def judge(desk: Desk, cable: Cable, at: Serial, now: int) -> list[Event]:
    """Compare a signed cable that is being kept with all that came by hand under its id or in its place."""
    events: list[Event] = []
    placed = {each.cable_id: each for each in rows.at_serial(desk.db, cable.origin, at, outgoing=False)}
    named = {each.cable_id: each for each in rows.of_cable(desk.db, cable.cable_id) if not each.outgoing}
    # The header's hour is under no tag: changed on the way, the same cable came under another id.
    hours = {each.cable_id: each for each in rows.unsigned(desk.db, cable.origin) if _but_the_hour(each, cable)}
    for each in {**placed, **named, **hours}.values():
        # A block's serials belong to the hand alone: the signed cable follows under another (docs/spec/by-hand.md 3).
        meant = each.cable_id in named or each.cable_id in hours or not each.in_block
        if each.state is HandState.UNSIGNED and meant:
            events += _settle(desk, each, cable, at, now)
    return events


def _but_the_hour(came: HandMessage, cable: Cable) -> bool:
    said = hand_cable.decode(came.content)
    return says_the_same(replace(said, dtg=cable.dtg - cable.dtg % _MINUTE), cable)


def _settle(desk: Desk, came: HandMessage, cable: Cable, at: Serial, now: int) -> list[Event]:
    same = came.cable_id == cable.cable_id and says_the_same(hand_cable.decode(came.content), cable)
    rows.settle(desk.db, came.cable_id, HandState.CONFIRMED if same else HandState.DIFFERS)
    return [] if same else [alarm(desk, cable.origin, at, cable.mrn, now)]


def sign(desk: Desk, kept: KeptCable, cable: Cable, line: RegisterLine) -> list[Event]:
    """Put the signed cable in the place of the one by hand: a new line in the register corrects the old."""
    old = cable_rows.head(desk.db, cable.cable_id)
    note = DIFFERS_NOTE if contradicted(desk, cable.cable_id) is not None else SIGNED_NOTE
    release.enter(desk, replace(line, note=note, corrects=old.register_line))
    cable_rows.sign(desk.db, kept)
    search.remove(desk.db, cable.cable_id)
    return [CableChanged(cable.cable_id)]
