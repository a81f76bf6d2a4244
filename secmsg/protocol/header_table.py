"""Which session a packet's sealed header belongs to, over all sessions (docs/spec/session.md 4.4)."""

from secmsg.crypto.sealing import Unsealer
from secmsg.ids import SessionId
from secmsg.protocol import session as sessions
from secmsg.protocol.state import Session
from secmsg.wire import packet as packets


class HeaderTable:
    """The header keys of many sessions made ready once; it holds keys, so it lives as long as they may."""

    __slots__ = ("_trials",)

    def __init__(self) -> None:
        self._trials: dict[SessionId, tuple[bytes, tuple[Unsealer, ...]]] = {}

    def put(self, session: Session) -> None:
        """Take a session or its next state; the one put last is tried first."""
        self._trials.pop(session.session_id, None)
        device, keys = sessions.header_trials(session)
        self._trials[session.session_id] = (device, tuple(Unsealer(key) for key in keys))

    def drop(self, session_id: SessionId) -> None:
        """Forget a session; an unknown one does nothing."""
        self._trials.pop(session_id, None)

    def find(self, packet: bytes) -> SessionId | None:
        """Return the session that recognises the packet, None when none does; FormatError when it is too short."""
        header = packets.split(packet).header
        for session_id, (device, keys) in reversed(self._trials.items()):
            for key in keys:
                if key.opens(header, device):
                    return session_id
        return None
