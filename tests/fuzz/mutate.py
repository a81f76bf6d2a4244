"""How the fuzzer changes inputs that are CBOR maps: a value, a key, a length at a time, and bytes as well."""

import random as chance
from collections.abc import Callable

import cbor2

Bytes = Callable[[bytes, int], bytes]
"""libFuzzer's own mutation: data, most bytes."""

_NUMBERS = (0, 1, 23, 24, 255, 256, 65_535, 65_536, 2**31, 2**32 - 1, 2**32, 2**53, 2**63, 2**64 - 1, 253_402_300_799)
_TEXTS = ("", "a", "Hà Nội", "e\u0301", "\u202e", "\ud7ff", "\u2028", "a\nb", " ", "x" * 300)


def mutated(data: bytes, most: int, seed: int, own: Bytes) -> bytes:
    """Return `data` changed; the structure survives three times of four where there is one."""
    random = chance.Random(seed)
    if random.random() < 0.25:
        return own(data, most)
    try:
        value = cbor2.loads(data)
        changed = cbor2.dumps(_changed(value, random, own), canonical=True)
    except Exception:
        return own(data, most)
    return changed if len(changed) <= most else own(data, most)


def _changed(value: object, random: chance.Random, own: Bytes) -> object:
    """Change one place, found by walking down at random."""
    if isinstance(value, dict) and value and random.random() < 0.85:
        return _of_map(dict(value), random, own)
    if isinstance(value, list) and value and random.random() < 0.85:
        return _of_list(list(value), random, own)
    return _leaf(value, random, own)


def _of_map(value: dict[object, object], random: chance.Random, own: Bytes) -> object:
    key = random.choice(list(value))
    match random.randrange(8):
        case 0:
            del value[key]
        case 1:
            value[random.randrange(32)] = value[key]
        case _:
            value[key] = _changed(value[key], random, own)
    return value


def _of_list(value: list[object], random: chance.Random, own: Bytes) -> object:
    at = random.randrange(len(value))
    match random.randrange(8):
        case 0:
            del value[at]
        case 1:
            value.insert(at, value[at])
        case 2:
            value[at], value[0] = value[0], value[at]
        case _:
            value[at] = _changed(value[at], random, own)
    return value


def _leaf(value: object, random: chance.Random, own: Bytes) -> object:
    match value:
        case bool():
            return random.choice([not value, int(value), None])
        case int():
            return random.choice([value + 1, max(0, value - 1), value ^ 1 << random.randrange(33), *_NUMBERS])
        case bytes():
            return random.choice([own(value, len(value) + 32), value[:-1], value + b"\0", bytes(len(value))])
        case str():
            inside = own(value.encode(), len(value) + 32).decode("utf-8", "ignore")
            return random.choice([inside, value[:-1], value * 2, *_TEXTS])
        case _:
            return random.choice([0, b"", "", [], {}, None, False, [value]])
