"""A second reading of records of custody and of the ledger, written from docs/spec/custody.md 4 and materials.md 5."""

import hmac
from typing import Any

from tests.vectors.second_basis import Plain, Reader, listed, need, raw, row, short, text, time, uint, verify

MOST = 2**31 - 1
WHAT = {*range(1, 13), 20, 21, *range(30, 35), *range(40, 56)}


def array(data: bytes, most: int, items: int, columns: int) -> list[Any]:
    """Return the array that is the whole of `data`."""
    reader = Reader(data, most, items)
    value = reader.value()
    reader.cut.done()
    return row(value, columns)


# custody.md 4


def statement(data: bytes) -> list[Any]:
    version, work, station, begun, at, line, mac, first, second, answers, counts, found = array(data, 2**18, 8_192, 12)
    uint(version, 1, 1)
    return [
        uint(work, 1, 3), uint(station, 1, 65_535), time(begun), time(at), uint(line, 0, MOST), raw(mac, 32),
        person(first), person(second), uint(answers, 0, MOST), [count(each) for each in listed(counts, 0, 64)],
        [finding(each) for each in listed(found, 0, 500)],
    ]  # fmt: skip


def person(value: Plain) -> list[Any]:
    name, office = row(value, 2)
    return [text(name, 1, 120), text(office, 0, 120)]


def count(value: Plain) -> list[Any]:
    what, many = row(value, 2)
    return [about(what), uint(many, 0, MOST)]


def about(value: Plain) -> int:
    need(uint(value, 0, 255) in WHAT, "what")
    return int(value)


def finding(value: Plain) -> list[Any]:
    code, flaw, what, item, expected, found, note = row(value, 7)
    numbers = [uint(each, 0, MOST) for each in (item, expected, found)]
    return [text(code, 1, 8), uint(flaw, 1, 8), about(what), *numbers, text(note, 0, 300, lines=True)]


def entry(data: bytes) -> list[Any]:
    said, signed = array(data, 2**19, 4_096, 2)
    statement(raw(said, 1, 2**18))
    return [said, [signature(each) for each in listed(signed, 1, 2)]]


def signature(value: Plain) -> list[Any]:
    name, public, signed = row(value, 3)
    return [text(name, 1, 120), raw(public, 1, 4_096), raw(signed, 1, 8_192)]


def proven(data: bytes) -> list[Any]:
    """Read a line and verify its signatures, which are of the level standard."""
    said, signed = entry(data)
    for _, public, each in signed:
        need(len(public) == 1_984, "level")
        verify(public, "custody-record", said, each)
    return [said, signed]


def code(data: bytes) -> bytes:
    return short(b"DC/1 custody record\0", data)[:8]


# materials.md 5


def line(data: bytes) -> list[Any]:
    c = array(data, 4_096, 4_096, 15)
    return [
        time(c[0]), uint(c[1], 1, 30), uint(c[2], 1, MOST), uint(c[3], 1, 10), text(c[4], 1, 40), uint(c[5], 1, 9_999),
        uint(c[6], 1, 99), uint(c[7], 0, 9_999), uint(c[8], 0, 9_999), uint(c[9], 0, 2**32 - 1), text(c[10], 0, 64),
        text(c[11], 1, 120), text(c[12], 0, 120), text(c[13], 0, 120), text(c[14], 0, 300, lines=True),
    ]  # fmt: skip


def mac(key: bytes, register: int, number: int, at: int, previous: bytes, body: bytes) -> bytes:
    # store.md 5
    head = b"register\0" + bytes([register]) + number.to_bytes(4) + at.to_bytes(8)
    return hmac.digest(key, head + previous + body, "sha256")
