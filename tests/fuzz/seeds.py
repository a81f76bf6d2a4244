"""Where fuzzing begins: the bytes in the vectors, good and refused ones alike."""

import json
from collections.abc import Iterator

from tests.fuzz.target import Seeds
from tests.vectors.frame import FOLDER

_SHORTEST = 2


def vectors(*names: str, longest: int = 32_768, most: int = 400) -> Seeds:
    """Return the byte strings of these vector files, each once, in their order."""

    def read() -> Iterator[bytes]:
        seen: set[bytes] = set()
        for name in names:
            for data in _bytes_in(json.loads((FOLDER / f"{name}.json").read_text("utf-8"))):
                if _SHORTEST <= len(data) <= longest and data not in seen and len(seen) < most:
                    seen.add(data)
                    yield data

    return read


def texts(name: str, key: str) -> Seeds:
    """Return the texts under `key` of a vector file, as UTF-8."""

    def read() -> Iterator[bytes]:
        loaded = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
        for entry in _dicts_in(loaded):
            if isinstance(entry.get(key), str):
                yield str(entry[key]).encode()

    return read


def _dicts_in(value: object) -> Iterator[dict[str, object]]:
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _dicts_in(each)


def _bytes_in(value: object) -> Iterator[bytes]:
    """Walk a vector file of any shape: every hexadecimal string, and `parts` with their repetitions."""
    if isinstance(value, str):
        try:
            yield bytes.fromhex(value)
        except ValueError:
            return
    elif isinstance(value, dict):
        parts = value.get("parts")
        if isinstance(parts, list):
            yield b"".join(bytes.fromhex(part) * times for part, times in parts)
        for key, each in value.items():
            if key != "parts":
                yield from _bytes_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from _bytes_in(each)
