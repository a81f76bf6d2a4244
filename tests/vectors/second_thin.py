"""A second reader of thin packets, from docs/spec/{thin,session}.md alone: it shares no code with the product."""

import hmac
import struct
from dataclasses import dataclass

from tests.vectors.second_basis import Cut, RefusedError, kdf, need, unsiv


@dataclass
class Chain:
    """One chain as it is stored; `kept` are message keys by counter."""

    epoch: int
    counter: int
    chain: bytes
    tag_key: bytes
    kept: dict[int, bytes]


def _chain(cut: Cut) -> Chain:
    chain = Chain(cut.number(4), cut.number(4), cut.take(32), cut.take(32), {})
    cut.take(8)
    return chain


def read_state(data: bytes) -> tuple[int, bytes, Chain | None, list[Chain]]:
    """Return side, session id, sending chain and the peer's chains of a stored session (session.md 9)."""
    cut = Cut(data)
    cut.number(1, 2, 2)
    side, session_id = cut.number(1), cut.take(16)
    cut.take(32 + 2 + 2 + 32 + 32 + 4 + 16 + 1 + 1 + 1 + 8 + 8 + 4 + 4 + 32 + 64 + 64)
    if cut.number(1):
        cut.take(4 + 64 + 32 + 4 + 4 + 32 + 32)
        cut.take(1088 if cut.number(1) else 0)
        cut.take(64 + 1184 + 8 if cut.number(1) else 0)
    if cut.number(1):
        cut.take(4 + 64 + 32 + 4 + 32)
        cut.take(1184 if cut.number(1) else 0)
    cut.take(80 if cut.number(1) else 0)
    sending = _chain(cut) if cut.number(1) else None
    receiving = []
    for _ in range(cut.number(1)):
        chain = _chain(cut)
        for _ in range(cut.number(2)):
            counter = cut.number(4)
            chain.kept[counter] = cut.take(32)
            cut.take(8)
        receiving.append(chain)
    return side, session_id, sending, receiving


def open_thin(state: bytes, packet: bytes, window: int) -> tuple[int, int, bytes]:
    """Return epoch, counter and payload."""
    need(21 <= len(packet) <= 1960, "length")
    side, session_id, _, receiving = read_state(state)
    for chain in receiving:
        for counter in _expected(chain, window):
            if hmac.digest(chain.tag_key, struct.pack(">I", counter), "sha256")[:4] != packet[:4]:
                continue
            associated = b"DC/1 thin\0" + session_id + struct.pack(">I", counter) + bytes([3 - side])
            key = kdf(b"", _message_key(chain, counter), "thin", b"", 64)
            try:
                return chain.epoch, counter, unsiv(key, packet[4:], associated)
            except RefusedError:
                continue
    raise RefusedError("no place")


def _expected(chain: Chain, window: int) -> list[int]:
    far = (counter for counter in range(chain.counter, chain.counter + 65_537) if counter % 64 == 0)
    return sorted({*chain.kept, *range(chain.counter, chain.counter + window), *far})


def _message_key(chain: Chain, counter: int) -> bytes:
    if counter in chain.kept:
        return chain.kept[counter]
    key = chain.chain
    for _ in range(chain.counter, counter):
        key = kdf(b"", key, "thin chain", b"", 64)[:32]
    return kdf(b"", key, "thin chain", b"", 64)[32:]
