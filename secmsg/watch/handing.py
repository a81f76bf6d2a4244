"""The line on which a session that locks hands over to the locked watch: memory to memory, never a file."""

import socket

from secmsg.errors import FormatError
from secmsg.wire import handover as wire
from secmsg.wire.handover import Handover

HAND_OVER_S = 60.0
_LENGTH = 4


def give(line: socket.socket, handover: bytes) -> None:
    """Write a handover, or that there is none (b""), and end the line."""
    line.sendall(len(handover).to_bytes(_LENGTH, "big") + handover)
    line.shutdown(socket.SHUT_WR)


def take(line: socket.socket) -> Handover | None:
    """Read what a session hands over; None when there is nothing, or the session ended before it had said all."""
    line.settimeout(HAND_OVER_S)
    data = bytearray()
    try:
        while piece := line.recv(1 << 16):
            data += piece
            if len(data) > wire.MAX_BYTES + _LENGTH:
                return None
    except OSError:
        return None
    if len(data) <= _LENGTH or int.from_bytes(data[:_LENGTH], "big") != len(data) - _LENGTH:
        return None
    try:
        return wire.decode(bytes(data[_LENGTH:]))
    except FormatError:
        return None
