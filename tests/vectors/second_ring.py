"""A second reading of rings and of what a locked watch is handed, written from docs/spec/ring.md alone."""

import hmac
from typing import Any

from tests.vectors.second_basis import Plain, cbor, kdf, listed, need, only, raw, row, text, time, uint

CLASSES = (512, 2_048, 8_192, 32_768)
MOST = 9_999


# ring.md 1, 2


def key(transcript: bytes, sender: int, addressee: int) -> bytes:
    need(len(transcript) == 32, "transcript")
    return kdf(b"", transcript, "ring", sender.to_bytes(2) + addressee.to_bytes(2), 32)


def mark(ring_key: bytes, box: bytes, nonce: bytes) -> bytes:
    return hmac.digest(ring_key, b"\x01" + box + nonce, "sha256")


def answer(ring_key: bytes, box: bytes, nonce: bytes) -> bytes:
    return hmac.digest(ring_key, b"\x02" + box + nonce, "sha256")[:16]


def ring(data: bytes) -> list[bytes]:
    need(len(data) == 512, "size")
    return [data[:16], data[16:48]]


# ring.md 5


def heard(callers: list[list[Any]], shown: list[list[Any]]) -> dict[str, Any]:
    """Count rings at each relay; the first of a machine lets its answer go."""
    rings: dict[str, set[bytes]] = {}
    others: dict[str, int] = {}
    gone: list[list[Any]] = []
    for relay, box, body, times in shown:
        for _ in range(times):
            data, whose = bytes.fromhex(body), None
            for at, number, ring_key in callers:
                made = mark(bytes.fromhex(ring_key), bytes.fromhex(box), data[:16])
                if at == relay and len(data) == 512 and made == data[16:48]:
                    whose = number, bytes.fromhex(ring_key)
            if whose is None:
                others[relay] = min(MOST, others.get(relay, 0) + 1)
                continue
            known = rings.setdefault(relay, set())
            if data[:16] in known or len(known) == MOST:
                continue
            known.add(data[:16])
            if whose[0] not in [number for number, _ in gone]:
                gone.append([whose[0], answer(whose[1], bytes.fromhex(box), data[:16]).hex()])
    most = max(map(len, rings.values()), default=0)
    return {"rings": most, "others": max(others.values(), default=0), "gone": gone}


# ring.md 4


def handover(data: bytes) -> list[Any]:
    f = cbor(data, 8 << 20, 65_536)
    only(f, 0, 1, 2, 3)
    uint(f.get(0), 1, 1)
    return [raw(f.get(1), 16), uint(f.get(2), 1, 55), [relay(each) for each in listed(f.get(3), 1, 8)]]


def relay(value: Plain) -> list[Any]:
    name, address, prefix, certificate, readers, parcels, callers = row(value, 7)
    return [
        raw(name, 16), text(address, 1, 300), text(prefix, 1, 64), raw(certificate, 32),
        [reader(each) for each in listed(readers, 0, 8)], [parcel(each) for each in listed(parcels, 0, 64)],
        [caller(each) for each in listed(callers, 0, 256)],
    ]  # fmt: skip


def reader(value: Plain) -> list[Any]:
    box, first, last, seed = row(value, 4)
    need(time(first) <= time(last), "it ends before it begins")
    return [raw(box, 16), first, last, raw(seed, 32)]


def parcel(value: Plain) -> list[Any]:
    name, targets, body, rings = row(value, 4)
    return [raw(name, 16), aims(targets), envelope(body), [call(each) for each in listed(rings, 0, 1)]]


def call(value: Plain) -> list[Any]:
    name, target, body = row(value, 3)
    return [raw(name, 16), aim(target), raw(body, 512)]


def caller(value: Plain) -> list[Any]:
    machine, ring_key, targets, word = row(value, 4)
    return [uint(machine, 1, 65_535), raw(ring_key, 32), aims(targets), envelope(word)]


def aims(value: Plain) -> list[Any]:
    return [aim(each) for each in listed(value, 1, 3)]


def aim(value: Plain) -> list[bytes]:
    box, token = row(value, 2)
    return [raw(box, 16), raw(token, 16)]


def envelope(value: Plain) -> bytes:
    need(type(value) is bytes and len(value) in CLASSES, "class")
    return bytes(value)


def line(data: bytes) -> bytes:
    """Return what was handed over on a whole line."""
    need(len(data) > 4 and int.from_bytes(data[:4]) == len(data) - 4, "length")
    return data[4:]
