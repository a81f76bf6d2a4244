"""How far a decoder goes: for every field of a value that it takes, the least and the most that it takes there.

Nothing here knows a bound. A field is changed and the decoder asked, so what is found is what strangers meet; the file
of findings beside the test is what the specification allows.
"""

import copy
import dataclasses
from collections.abc import Callable, Iterator
from typing import Any

import cbor2

from secmsg.errors import FormatError

_SCANNED = 40
_LARGEST = 2**64 - 1
_LONGEST = 2**21

Path = tuple[int, ...]
# A decoded CBOR value of any shape.
Value = Any
Found = dict[str, str]


def bounds(decode: Callable[[bytes], object], taken: bytes, cut: int = 0) -> Found:
    """Return for every number, string and array of `taken` what its decoder takes there.

    The first `cut` bytes are no CBOR and stay as they are.
    """
    head, value = taken[:cut], cbor2.loads(taken[cut:])

    def takes(changed: Value) -> bool:
        try:
            decode(head + cbor2.dumps(changed, canonical=True))
        except FormatError:
            return False
        return True

    assert takes(value), "the value to begin with is refused"
    return {
        ".".join(map(str, path)): found for path, leaf in _places(value) if (found := _at(takes, value, path, leaf))
    }


def numbers_of(encode: Callable[[Any], bytes], value: Value) -> Found:
    """Return what an encoder of a fixed table takes for every number among the fields of `value`."""
    found: Found = {}
    for each in dataclasses.fields(value):
        known = getattr(value, each.name)
        if not isinstance(known, int) or isinstance(known, bool):
            continue

        def takes(number: int, name: str = each.name) -> bool:
            try:
                encode(dataclasses.replace(value, **{name: number}))
            except (FormatError, ValueError):
                return False
            return True

        found[each.name] = _numbers(takes, int(known))
    return found


def _places(value: Value, path: Path = ()) -> Iterator[tuple[Path, Value]]:
    """Give every place below the top; of equal neighbours in an array, the first."""
    if path:
        yield path, value
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _places(each, (*path, key))
    if isinstance(value, list):
        for at, each in enumerate(value):
            if at == 0 or type(each) is not type(value[at - 1]) or not isinstance(each, list):
                yield from _places(each, (*path, at))


def _at(takes: Callable[[Value], bool], value: Value, path: Path, leaf: Value) -> str:
    def with_(new: Value) -> bool:
        changed = copy.deepcopy(value)
        inner = changed
        for step in path[:-1]:
            inner = inner[step]
        inner[path[-1]] = new
        return takes(changed)

    match leaf:
        case bool():
            return f"truth, {_numbers(with_)}"
        case int():
            return _numbers(with_, leaf)
        case bytes():
            return f"{_span(lambda n: with_((leaf + bytes([7]) * n)[:n]), len(leaf), _LONGEST)} bytes"
        case str():
            return f"{_span(lambda n: with_((leaf + 'a' * n)[:n]), len(leaf), _LONGEST)} characters"
        case list() if leaf:
            alike = _most(lambda n: with_(_repeated(leaf, n)), len(leaf), 8_192)
            most = max(alike, _most(lambda n: with_(_counted(leaf, n)), len(leaf), 8_192))
            least = min(n for n in range(len(leaf) + 1) if with_(leaf[:n]))
            return f"{least} to {most} items"
        case _:
            return ""


def _numbers(with_: Callable[[Value], bool], known: int | None = None) -> str:
    """Write the small numbers taken one by one, as ranges, and the largest."""
    small = [n for n in range(-1, _SCANNED) if with_(n)]
    ranges: list[list[int]] = []
    for n in small:
        if ranges and ranges[-1][1] == n - 1:
            ranges[-1][1] = n
        else:
            ranges.append([n, n])
    told = ", ".join(f"{low} to {high}" if low < high else str(low) for low, high in ranges)
    if known is None or (known < _SCANNED - 1 and not (small and small[-1] == _SCANNED - 1)):
        return told
    least = known if known < _SCANNED else _least(with_, known)
    most = _most(with_, max(known, _SCANNED - 1), _LARGEST)
    return f"{least if not small else small[0]} to {most}"


def _span(takes: Callable[[int], bool], known: int, limit: int) -> str:
    least, most = _least(takes, known), _most(takes, known, limit)
    return f"{least} to {most}" if least < most else str(known)


def _most(takes: Callable[[int], bool], known: int, limit: int) -> int:
    """Return the end of what is taken from `known` on, by doubling and halving."""
    low, step = known, 1
    while low + step <= limit and takes(low + step):
        low, step = low + step, 2 * step
    while step:
        if low + step <= limit and takes(low + step):
            low += step
        step //= 2
    return low


def _least(takes: Callable[[int], bool], known: int) -> int:
    high, step = known, 1
    while high - step >= 0 and takes(high - step):
        high, step = high - step, 2 * step
    while step:
        if high - step >= 0 and takes(high - step):
            high -= step
        step //= 2
    return high


def _repeated(items: list[Value], count: int) -> list[Value]:
    return items + [items[-1]] * (count - len(items))


def _counted(items: list[Value], count: int) -> list[Value]:
    """Make as many different items, each a little larger than the one before."""
    return items + [_larger(items[-1], n + 1) for n in range(count - len(items))]


def _larger(item: Value, by: int) -> Value:
    match item:
        case bool():
            return item
        case int():
            return item + 2 * by
        case bytes():
            return (
                (int.from_bytes(item) + by).to_bytes(len(item) + 8)[8:]
                if int.from_bytes(item) + by < 256 ** len(item)
                else item
            )
        case str():
            return f"{item[: len(item) - 4]}{by:04}"[-len(item) :] if len(item) >= 4 else item
        case list() if item:
            # Ranges: both ends go on together; of other rows the first says which it is.
            moved = all(type(each) is int for each in item)
            return [_larger(each, 2 * by) for each in item] if moved else [_larger(item[0], by), *item[1:]]
        case _:
            return item
