"""A second reading of the delegation kit, written from docs/spec/kit.md alone."""

from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric import mlkem

from tests.vectors.second_basis import (
    Cut,
    Plain,
    Reader,
    cbor,
    flag,
    kdf,
    listed,
    need,
    only,
    raw,
    row,
    short,
    text,
    time,
    uint,
    unchunk,
    verify,
)
from tests.vectors.second_suite1 import agree
from tests.vectors.second_wire import blob as enclosed
from tests.vectors.second_wire import cable, signed_cable

DAY = 86_400
FRONT = 1_129


def array(data: bytes, most: int, columns: int) -> list[Any]:
    """Return the array that is the whole of `data`."""
    need(len(data) <= most, "too long")
    reader = Reader(data, most, 4_096)
    value = reader.value()
    reader.cut.done()
    return row(value, columns)


def record(data: bytes, most: int, last: int) -> dict[int, Any]:
    f = cbor(data, most)
    only(f, *range(last + 1))
    uint(f.get(0), 1, 1)
    return f


# kit.md 1


def permit(data: bytes) -> list[Any]:
    f = record(data, 16_384, 17)
    need(uint(f.get(9), 0, 253_402_300_799) < uint(f.get(10), 0, 253_402_300_799) <= f[9] + 90 * DAY, "times")
    return [
        uint(f.get(1), 1, 99_999), text(f.get(2), 1, 120), text(f.get(3), 1, 120), uint(f.get(4), 0, 3),
        *(text(f.get(key), 1, 300) for key in (5, 6, 7)), text(f.get(8), 1, 120), f[9], f[10], time(f.get(11)),
        uint(f.get(12), 1, 999), uint(f.get(13), 1, 129_600), uint(f.get(14), 0, 99), flag(f.get(15)), flag(f.get(16)),
        uint(f.get(17), 1, 2),
    ]  # fmt: skip


def signed_permit(data: bytes) -> list[Any]:
    f = record(data, 32_768, 9)
    permit(raw(f.get(1), 1, 16_384))
    fields = [f[1], *(raw(f.get(key), size) for key, size in ((2, 16), (3, 1984), (4, 32), (5, 32), (6, 3373)))]
    if not {7, 8, 9} & f.keys():
        return fields
    return [*fields, text(f.get(7), 1, 120), raw(f.get(8), 32), raw(f.get(9), 3373)]


def permitted(data: bytes, officer: bytes, second: bytes) -> None:
    """Verify who has permitted it; the second person's key is the one that the permit names."""
    encoded, kit, key, contents, _, signature, *witness = signed_permit(data)
    verify(officer, "kit-permit", kit + key + contents + encoded, signature)
    if witness:
        need(short(second) == witness[1], "another second person")
        verify(second, "kit-permit", kit + key + contents + encoded, witness[2])


def contents(cables: list[tuple[bytes, bytes]]) -> bytes:
    return short(b"DC/1 kit contents\0", *(name + short(encoded) for name, encoded in cables))


# kit.md 2, 3, 5


def home(data: bytes) -> list[Any]:
    return [text(each, 0, 120) for each in array(data, 2_048, 4)]


def reference(public: bytes) -> bytes:
    return short(b"DC/1 kit key\0", public)


def proof(data: bytes) -> list[Any]:
    f = record(data, 1_048_576, 8)
    other = [text(f[8], 1, 250_000, lines=True)] if 8 in f else []
    return [
        *(text(f.get(key), 0, 120) for key in (1, 2, 3)), flag(f.get(4)), flag(f.get(5)),
        [text(each, 1, 40) for each in listed(f.get(6), 0, 16)], time(f.get(7)), other,
    ]  # fmt: skip


def mark(kit: bytes, machine: bytes) -> bytes:
    return short(b"DC/1 kit machine\0", kit, machine)[:8]


def line(data: bytes) -> list[Any]:
    at, act, cable, detail, machine = array(data, 4_096, 5)
    need(type(cable) is bytes and len(cable) in (0, 16), "cable")
    return [time(at), uint(act, 1, 9), cable, text(detail, 0, 300), raw(machine, 8)]


# kit.md 4


def verdict(permit: list[Any], use: dict[str, int]) -> str:
    start, until, openings, minutes = permit[8], permit[9], permit[11], permit[12]
    if max(use["seen"], use["now"]) >= until:
        return "expired"
    if use["seen"] - use["now"] > 600:
        return "clock-back"
    if use["now"] < start:
        return "not-yet"
    if use["openings"] >= openings:
        return "openings-spent"
    return "minutes-spent" if use["used_s"] >= 60 * minutes else "ready"


# kit.md 6


@dataclass(frozen=True)
class Kit:
    """What a kit knows of itself."""

    name: bytes
    seed: bytes
    public: bytes
    permit: bytes
    seen: int
    drops: int


def head(data: bytes) -> dict[int, Any]:
    f = record(data, 16 << 20, 6)
    raw(f.get(1), 16)
    uint(f.get(2), 1, 999)
    time(f.get(3))
    for each in listed(f.get(4), 0, 20):
        packed(each)
    for each in listed(f.get(5), 0, 512):
        station, vietnamese, english = row(each, 3)
        uint(station, 1, 65_535)
        text(vietnamese, 1, 120)
        text(english, 0, 120)
    if 6 in f:
        until, openings, minutes, now = row(f[6], 4)
        need(time(until) >= 1, "until")
        uint(openings, 1, 2**31 - 1)
        uint(minutes, 1, 2**31 - 1)
        time(now)
    need(f[4] or 6 in f, "nothing is added")
    return f


def packed(value: Plain) -> None:
    signed, incoming, at, register_line, acknowledged, proven, sizes = row(value, 7)
    raw(signed, 1, 1_064_960)
    flag(incoming)
    time(at)
    uint(register_line, 0, 2**31 - 1)
    time(acknowledged)
    raw(proven, 1, 1_048_576)
    for size in listed(sizes, 0, 64):
        uint(size, 1, 64 << 20)


def opened(kit: Kit, data: bytes) -> tuple[bytes, bytes]:
    """Return the front and what is sealed behind it."""
    need(FRONT <= len(data) <= 64 << 20 and data[:9] == b"SMKITADD\x01", "no addition")
    front, private = data[:FRONT], mlkem.MLKEM768PrivateKey.from_seed_bytes(kit.seed[32:])
    secrets = private.decapsulate(front[41:]) + agree(kit.seed[:32], front[9:41])
    public = base(kit.seed[:32]) + private.public_key().public_bytes_raw()
    key = kdf(b"", secrets, "kit drop", kit.name + front + public, 32)
    return front, unchunk(key, b"DC/1 kit drop\0" + kit.name, data[FRONT:])


def addition(kit: Kit, data: bytes) -> dict[str, Any] | None:
    """Return what an addition brings, nothing where it was taken before."""
    # 1
    front, inside = opened(kit, data)
    cut = Cut(inside)
    encoded = cut.take(cut.number(4, 0, 16 << 20))
    signature = cut.take(3_373)
    # 2
    verify(kit.public, "kit-drop", front + encoded, signature)
    f = head(encoded)
    # 3
    need(f[1] == kit.name, "another kit")
    if f[2] <= kit.drops:
        return None
    now = permit(kit.permit)
    need(now[15] or not f[4], "no additions")
    need(f[2] == kit.drops + 1, "too early")
    # 4
    blobs = [[cut.take(size) for size in each[6]] for each in f[4]]
    cut.done()
    enclosures = [taken(kit, each, mine, now[3]) for each, mine in zip(f[4], blobs, strict=True)]
    # 5
    seen = kit.seen
    if 6 in f:
        until, openings, minutes, sent = f[6]
        need(now[8] < until <= now[8] + 90 * DAY and openings <= 999 and minutes <= 129_600, "no permit")
        now[9], now[11], now[12] = until, openings, minutes
        seen = min(seen, max(sent, now[10]))
    told = {"until": now[9], "openings": now[11], "minutes": now[12], "seen": seen}
    return {"number": f[2], **told, "enclosures": [each.hex() for one in enclosures for each in one]}


def taken(kit: Kit, value: list[Any], blobs: list[bytes], degree: int) -> list[bytes]:
    """Verify one cable; return its enclosures, opened."""
    encoded, _, signature, _, _, slips = signed_cable(value[0])
    verify(kit.public, "kit-cable", encoded, signature)
    fields = cable(encoded)
    need(fields[8] <= degree, "above the degree")
    proof(value[5])
    need(len(fields[29] or []) == len(slips) == len(blobs), "enclosures")
    return [enclosure(kit, each, blob) for each, blob in zip(slips, blobs, strict=True)]


def enclosure(kit: Kit, slip: list[Any], blob: bytes) -> bytes:
    key, size, named, *rest = slip
    whole = b"\x01" + key + size.to_bytes(8) + named + b"".join(each.to_bytes(4) for each in rest)
    return enclosed(whole, 1, reference(kit.public), kit.public, blob)[0]


def base(private: bytes) -> bytes:
    return agree(private, (9).to_bytes(32, "little"))
