"""Vectors as JSON: how bytes and values are written there, and the functions that each file is about."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from secmsg.wire import cable, copy, cover, item, manifest, pad_file, revocation, service, slip

LONG = 512
"""From here on a value is written as its beginning and its length; the bytes say the rest."""

Json = dict[str, "Json"] | list["Json"] | str | int | bool | None


@dataclass(frozen=True, slots=True)
class Format:
    """A pair of functions under one name in the vector files."""

    encode: Callable[..., bytes]
    decode: Callable[[bytes], object]


FORMATS = {
    "cable": Format(cable.encode, cable.decode),
    "signed cable": Format(cable.encode_signed, cable.decode_signed),
    "slip": Format(slip.encode, slip.decode),
    "manifest": Format(manifest.encode, manifest.decode),
    "service": Format(service.encode, service.decode),
    "item": Format(item.encode, item.decode),
    "copy": Format(copy.encode, copy.decode),
    "cover file": Format(cover.encode, cover.decode),
    "pad file": Format(pad_file.encode, pad_file.decode),
    "revocation": Format(revocation.encode, revocation.decode),
}


def written(value: object) -> Json:
    """Return a value as JSON: bytes as hexadecimal after "h:", dataclasses as objects."""
    match value:
        case None | bool():
            return value
        case bytes():
            return "h:" + (value.hex() if len(value) < LONG else f"{value[:8].hex()}... {len(value)}")
        case int():
            return int(value)
        case str():
            return str(value) if len(value) < LONG else f"{value[:8]}... {len(value)}"
        case list() | tuple():
            return [written(each) for each in value]
        case dict():
            return {str(key): written(each) for key, each in value.items()}
        case _:
            return {
                "is": type(value).__name__,
                **{key: written(each) for key, each in _fields(value).items()},
            }


def _fields(value: object) -> dict[str, object]:
    return {name: getattr(value, name) for name in type(value).__dict__["__slots__"]}


def shown(data: bytes) -> dict[str, Json]:
    """Write bytes as one hexadecimal string, or in parts where one byte is repeated for long."""
    pieces: list[Json] = []
    start = 0
    for run in re.finditer(rb"(.)\1{63,}", data, re.DOTALL):
        pieces += [[data[start : run.start()].hex(), 1], [run[1].hex(), len(run[0])]]
        start = run.end()
    return {"parts": [*pieces, [data[start:].hex(), 1]]} if pieces else {"hex": data.hex()}


def bytes_of(vector: Mapping[str, object]) -> bytes:
    """Return a vector's bytes: `hex`, or `parts`, each a hexadecimal string and how often it is repeated."""
    if "hex" in vector:
        return bytes.fromhex(str(vector["hex"]))
    parts = vector["parts"]
    assert isinstance(parts, list)
    return b"".join(bytes.fromhex(part) * times for part, times in parts)
