"""What headquarters has said of lost machines before an edition says it: nothing is sent there meanwhile.

Source: docs/spec/devices.md 6. A notice is believed for that alone, and only until the edition that it names is here.
"""

from collections.abc import Iterable

from secmsg.errors import NotEntitled
from secmsg.ids import DeviceId, EditionNumber
from secmsg.station import desk as desks
from secmsg.station import notices
from secmsg.station.desk import Desk
from secmsg.station.events import Event
from secmsg.station.views import NoticeKind
from secmsg.store import identity as identity_rows
from secmsg.wire import revocation as wire
from secmsg.wire.certificate import Certificate, Role
from secmsg.wire.revocation import Revocation, RevocationReason

BARRED = "barred"
NEVER = EditionNumber(0xFFFF_FFFF)
"""Bars a machine that is to be taken off until an edition does it."""
MAX_BARRED = 256
"""Machines that are barred at one time; more than that is an edition's business."""


def take(desk: Desk, sender: Certificate, notice: Revocation, now: int) -> list[Event]:
    """Take a notice, inside the caller's transaction; NotEntitled unless it comes from headquarters.

    One about an edition that is here says nothing: that edition has decided.
    """
    check(sender)
    directory = desks.directory(desk)
    stations = {entry.device: entry.station for entry in directory.contents.mailboxes}
    others = [each for each in _kept(desk) if each.device != notice.device]
    if notice.edition <= directory.number or notice.device not in stations or len(others) >= MAX_BARRED:
        return []
    barring = () if notice.reason is RevocationReason.LIFTED else (notice,)
    _keep(desk, (*others, *barring))
    name = directory.station(stations[notice.device]).name_vi
    until = "" if notice.edition == NEVER else f", edition {notice.edition}"
    detail = f"{name}, machine {notice.device}: {notice.reason.name.lower()}{until}"
    return [notices.add(desk, NoticeKind.MACHINE_REVOKED, now, detail)]


def check(sender: Certificate) -> None:
    """Accept a sender of notices; NotEntitled unless it is headquarters."""
    if sender.role is not Role.HEADQUARTERS:
        raise NotEntitled("only headquarters revokes a machine")


def barred(desk: Desk, device: DeviceId) -> bool:
    """Say whether nothing is to be sent to a machine."""
    return any(each.device == device for each in _kept(desk))


def settle(desk: Desk) -> None:
    """Forget the notices whose edition is in force: it says itself who is listed."""
    directory = desks.directory(desk)
    listed = {entry.device for entry in directory.contents.mailboxes}
    _keep(desk, (each for each in _kept(desk) if each.edition > directory.number and each.device in listed))


def every(desk: Desk) -> tuple[Revocation, ...]:
    """List the machines that are barred by now."""
    return tuple(_kept(desk))


def _kept(desk: Desk) -> list[Revocation]:
    held = identity_rows.fact(desk.db, BARRED) or b""
    return [wire.decode(held[at : at + wire.SIZE]) for at in range(0, len(held), wire.SIZE)]


def _keep(desk: Desk, all_: Iterable[Revocation]) -> None:
    data = b"".join(wire.encode(each) for each in all_)
    if data != (identity_rows.fact(desk.db, BARRED) or b""):
        identity_rows.keep_fact(desk.db, BARRED, data)
