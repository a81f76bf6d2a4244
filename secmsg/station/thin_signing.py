"""The signed cable beside what came before it by thin packets: the same word for word, or an alarm; both are kept."""

from dataclasses import replace

from secmsg.ids import Serial
from secmsg.office.register import RegisterLine
from secmsg.station import notices, release, texts
from secmsg.station.desk import Desk
from secmsg.station.events import CableChanged, Event
from secmsg.station.views import NoticeKind
from secmsg.store import cables as cable_rows
from secmsg.store import search
from secmsg.store import thin as rows
from secmsg.store.cables import KeptCable
from secmsg.store.thin import ThinState
from secmsg.wire.cable import Cable
from secmsg.wire.thin_content import ThinCable

UNSIGNED_NOTE = "chưa có chữ ký (qua gói mỏng)"
SIGNED_NOTE = "đã có chữ ký, đúng từng chữ"
DIFFERS_NOTE = "bản ký khác bản qua gói mỏng"
"""What the register says beside such a line."""


def says_the_same(thin: ThinCable, signed: Cable) -> bool:
    """Say whether a signed cable is what came by thin packets, word for word, in everything that they carried."""
    return (thin.kind, thin.number, thin.dtg, thin.degree, thin.urgency, thin.subject, thin.body) == (
        signed.kind, signed.number, signed.dtg, signed.degree, signed.urg_action, signed.subject, signed.body,
    )  # fmt: skip


def alarm(desk: Desk, cable: Cable, serial: int, now: int) -> Event:
    """Tell the officer for good that a thin cable and the signed one in its place are two."""
    return notices.add(desk, NoticeKind.THIN_DIFFERS, now, f"station {cable.origin}, serial {serial}: {cable.mrn}")


def judge(desk: Desk, cable: Cable, serial: Serial, now: int) -> list[Event]:
    """Compare a signed cable that is being kept with all that came by thin packets for its place of the chain."""
    events: list[Event] = []
    for each in rows.unsigned_at(desk.db, cable.origin, serial):
        same = each.cable_id == cable.cable_id and says_the_same(texts.thin(each.content), cable)
        rows.settle(desk.db, each.cable_id, ThinState.CONFIRMED if same else ThinState.DIFFERS)
        if not same:
            events.append(alarm(desk, cable, serial, now))
    text = rows.text(desk.db, cable.cable_id)
    if text is not None and text.state is ThinState.UNSIGNED:
        # Its id is right and its place of the chain is not.
        rows.settle(desk.db, cable.cable_id, ThinState.DIFFERS)
        events.append(alarm(desk, cable, serial, now))
    return events


def sign(desk: Desk, kept: KeptCable, cable: Cable, line: RegisterLine) -> list[Event]:
    """Put the signed cable in the place of the unsigned one: a new line in the register corrects the old."""
    old = cable_rows.head(desk.db, cable.cable_id)
    text = rows.text(desk.db, cable.cable_id)
    same = text is not None and text.state is ThinState.CONFIRMED
    release.enter(desk, replace(line, note=SIGNED_NOTE if same else DIFFERS_NOTE, corrects=old.register_line))
    cable_rows.sign(desk.db, kept)
    search.remove(desk.db, cable.cable_id)
    return [CableChanged(cable.cable_id)]
