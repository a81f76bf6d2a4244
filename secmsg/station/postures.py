"""The posture of this station: how often its recaps go (docs/spec/continuity.md 4)."""

from secmsg.office import serials
from secmsg.station.desk import Desk
from secmsg.store import identity as identity_rows
from secmsg.wire.service import Posture

_NAME = "posture"


def current(desk: Desk) -> Posture:
    """Return the posture; normal until another is set."""
    kept = identity_rows.fact(desk.db, _NAME)
    return Posture.NORMAL if kept is None else Posture(kept[0])


def keep(desk: Desk, posture: Posture) -> bool:
    """Set the posture, inside the caller's transaction; say whether it is another one."""
    if current(desk) is posture:
        return False
    identity_rows.keep_fact(desk.db, _NAME, bytes([posture]))
    return True


def every_s(desk: Desk) -> int:
    """Return the seconds between two recaps now."""
    return serials.every_s(current(desk), desk.policy.rhythm.recap_every_s)
