"""A desk over a real store that holds many sessions, for tests and figures of finding the right one."""

from collections.abc import Callable
from pathlib import Path

from secmsg.config import Policy
from secmsg.crypto import randomness
from secmsg.ids import DeviceId, StationId
from secmsg.protocol import session as protocol
from secmsg.protocol.state import Session
from secmsg.station.desk import Desk
from secmsg.store import sessions as rows
from secmsg.store.blobs import BlobFiles
from secmsg.store.database import Database
from secmsg.store.sessions import KeptSession, SessionState
from tests.helpers.sessions import NOW


def desk_over(db: Database, folder: Path, clock: Callable[[], int] = lambda: NOW) -> Desk:
    """Return a desk; nothing on it but the store."""
    return Desk(db, BlobFiles(folder), Policy(), clock, randomness.system)


def keep(desk: Desk, session: Session, device: int, until: int | None = None, at: int = NOW) -> None:
    """Keep a session in a transaction of its own: active, or draining until a time."""
    state = SessionState.ACTIVE if until is None else SessionState.DRAINING
    body = protocol.encode(session)
    with desk.db.transaction():
        rows.keep(desk.db, KeptSession(session.session_id, DeviceId(device), StationId(7), state, until, body), at)
