"""A sealed packet as groups of five figures that are spoken, typed or faxed over a bad link (docs/spec/groups.md).

    A group   length in bytes     seed 0        B group   number of parity groups    seed 1
    grid      symbols of 13 bits, then Reed–Solomon parity over GF(2^13); ten groups a line, seed (column + line) mod 10

Wrong and missing groups are put right up to the parity. The groups prove nothing: a packet that comes out counts only
when its own tag verifies.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from secmsg.digits import COLUMNS, damm
from secmsg.errors import FormatError
from secmsg.wire import field13, group_places, group_text
from secmsg.wire.group_places import Placed
from secmsg.wire.group_text import HEADER

MAX_BYTES = 400
MAX_PARITY = 100
LENGTH, PARITY = group_places.FIRST, group_places.FIRST + 1
"""Places of the two groups before the grid."""
_SPARE, _BEYOND = 2, 2
"""Parity that a reading must leave unused when its header did not come whole, and groups that may lack at its end."""


class Link(Enum):
    """What carries the groups; how many of parity there are follows from it."""

    TELEPHONE = "telephone"
    """Spoken, and the other end can ask for a group again."""
    VOICE = "voice"
    """Spoken one way: a broadcast, a recording."""
    HF = "hf"
    SMS = "sms"
    FAX = "fax"


_PARITY = {Link.TELEPHONE: (10, 4), Link.VOICE: (20, 4), Link.HF: (20, 4), Link.SMS: (5, 2), Link.FAX: (10, 4)}
"""Of the data groups in the hundred, rounded up to an even number, and at least how many."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """A packet that came out: `wrong` were put right as known gaps, `changed` although their figures fitted.

    Places count from 0, -2 and -1 being the header. It is nobody's word until its tag verifies.
    """

    packet: bytes = field(repr=False)
    wrong: tuple[int, ...] = ()
    changed: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Nothing came out yet: the places to ask for again, of which `enough` would do; none says that all are."""

    places: tuple[int, ...]
    enough: int = 0


def data_groups(size: int) -> int:
    """Return how many groups hold so many bytes."""
    return -(-8 * size // field13.BITS)


def parity_for(link: Link, size: int) -> int:
    """Return how many groups of parity a packet gets on a link."""
    percent, least = _PARITY[link]
    return max(least, 2 * -(-data_groups(size) * percent // 200))


def encode(packet: bytes, parity: int) -> tuple[str, ...]:
    """Return the two groups of the header and those of the grid; FormatError for a size out of bounds."""
    if not 1 <= len(packet) <= MAX_BYTES:
        raise FormatError(f"groups: {len(packet)} bytes, allowed are 1 to {MAX_BYTES}")
    if not 0 <= parity <= MAX_PARITY:
        raise FormatError(f"groups: {parity} of parity, allowed are 0 to {MAX_PARITY}")
    values = (len(packet), parity, *field13.extended(_symbols(packet), parity))
    return tuple(_group(value, place) for place, value in enumerate(values, group_places.FIRST))


def text(groups: Sequence[str]) -> str:
    """Return the groups in numbered lines of ten; line 0 is the header."""
    return "".join(f"{number:2}: {' '.join(line)}\n" for number, line in enumerate(lines(groups)))


def lines(groups: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Cut groups into the header and lines of ten."""
    grid = groups[len(HEADER) :]
    return (
        tuple(groups[: len(HEADER)]),
        *(tuple(grid[at : at + COLUMNS]) for at in range(0, len(grid), COLUMNS)),
    )


def name(place: int) -> str:
    """Return how a place is called: A and B in the header, from 1 in the grid."""
    return HEADER[place - group_places.FIRST] if place < 0 else str(place + 1)


def decode(written: str) -> Recovered | Wanted:
    """Return the packet of a text of groups, or what to ask for; FormatError where it holds none, or too many."""
    return min((_decoded(each) for each in group_text.heard(written)), key=_slips)[1]


def read(written: str) -> bytes:
    """Return the packet of a text of groups; FormatError names the groups to ask for."""
    outcome = decode(written)
    if isinstance(outcome, Wanted):
        raise FormatError(asked(outcome))
    return outcome.packet


def asked(wanted: Wanted) -> str:
    """Say in English which groups to ask for."""
    if not wanted.places:
        return "groups: too many are wrong, and none of them shows it; ask for all of them again"
    some = f" ({wanted.enough} of them would do)" if wanted.enough < len(wanted.places) else ""
    return f"groups: ask for {names(wanted.places)}{some}"


def names(places: Sequence[int]) -> str:
    """Name places in their order, three and more that follow one another by the first and the last."""
    runs: list[list[int]] = []
    for place in places:
        if runs and place == runs[-1][-1] + 1 and place > 0:
            runs[-1].append(place)
        else:
            runs.append([place])
    told = ([f"{name(run[0])} to {name(run[-1])}"] if len(run) > 2 else map(name, run) for run in runs)
    return ", ".join(each for run in told for each in run)


def _slips(outcome: tuple[int, Recovered | Wanted]) -> tuple[bool, int]:
    return isinstance(outcome[1], Wanted), outcome[0]


def _decoded(heard: group_text.Heard) -> tuple[int, Recovered | Wanted]:
    """Place the groups, take the header, and put right what is wrong; the slips first, to choose between readings."""
    size, parity = _header(_beginning(heard))
    if size is None or parity is None:
        found = group_places.placed(heard, None)
        size, parity = _header(found.groups)
        if size is None or parity is None:
            return found.slips, _guessed(found, size, parity)
    found = group_places.placed(heard, data_groups(size) + parity)
    return found.slips, _repaired(found, size, parity)


def _beginning(heard: group_text.Heard) -> dict[int, str]:
    """Take the first two groups for the header, which they mostly are: then all need to be placed only once."""
    first = heard.runs[0] if heard.runs else group_text.Run(None, ())
    cells = first.cells[: len(HEADER)] if first.start in (None, LENGTH) else ()
    again = {place: group for place, group in heard.again.items() if group_places.fits(group, place)}
    return dict(enumerate(cells, LENGTH)) | again


def _header(found: Mapping[int, str]) -> tuple[int | None, int | None]:
    """Return length and parity, None where the group does not fit or says what cannot be."""
    size, parity = (
        int(found[place][:-1]) if group_places.fits(found.get(place, ""), place) else -1 for place in (LENGTH, PARITY)
    )
    return size if 1 <= size <= MAX_BYTES else None, parity if 0 <= parity <= MAX_PARITY else None


def _guessed(found: Placed, size: int | None, parity: int | None) -> Recovered | Wanted:
    """Put a packet right whose header lacks something, by the number of its groups; ask for the header else."""
    lost = tuple(place for place, value in ((LENGTH, size), (PARITY, parity)) if value is None)
    ends = [(found.end + beyond, _SPARE) for beyond in range(_BEYOND + 1)]
    if not size is parity is None:
        # What half a header says bounds the guess, and the tag decides.
        ends.append((found.end, 0))
    for end, spare in ends:
        for length, tail in _guesses(end, size, parity):
            outcome = _repaired(found, length, tail, spare)
            if isinstance(outcome, Recovered):
                packet = outcome.packet
                if size is None and not packet[-1] and data_groups(length - 1) == data_groups(length):
                    # Of two lengths with as many groups: a sealed packet ends with a zero once in 256.
                    packet = packet[:-1]
                return Recovered(packet, (*lost, *outcome.wrong), outcome.changed)
    misheard = (place for place in range(found.end) if not group_places.fits(found.groups.get(place, ""), place))
    return Wanted((*lost, *misheard), len(lost))


def _guesses(end: int, size: int | None, parity: int | None) -> list[tuple[int, int]]:
    """List the lengths and parities that make `end` groups, where the header does not say both.

    The more parity first: a word of more is one of less too, with some of its parity taken for data.
    """
    if size is not None:
        guesses = {(size, end - data_groups(size))}
    elif parity is not None:
        guesses = {(_longest(end - parity), parity)}
    else:
        all_ = {(_longest(data), end - data) for data in range(1, end + 1)}
        guesses = {(length, tail) for length, tail in all_ if any(parity_for(link, length) == tail for link in Link)}
    allowed = [
        (length, tail)
        for length, tail in guesses
        if 1 <= length <= MAX_BYTES and 0 <= tail <= MAX_PARITY and data_groups(length) + tail == end
    ]
    return sorted(allowed, key=lambda guess: (guess[1], guess[0]), reverse=True)


def _longest(data: int) -> int:
    """Return how many bytes so many groups hold at most."""
    return min(field13.BITS * data // 8, MAX_BYTES)


def _repaired(found: Placed, size: int, parity: int, spare: int = 0) -> Recovered | Wanted:
    """Put a word right whose length is known; with `spare` only when so much parity is left over."""
    count = data_groups(size) + parity
    right = [group_places.fits(found.groups.get(place, ""), place) for place in range(count)]
    erased = [place for place in range(count) if not right[place]]
    word = [int(found.groups[place][:-1]) if right[place] else 0 for place in range(count)]
    whole = field13.repaired(word, parity, erased)
    if whole is None:
        return Wanted(tuple(erased), max(1, len(erased) - parity) if erased else 0)
    changed = tuple(place for place in range(count) if right[place] and whole[place] != word[place])
    packet = _bytes(whole[: data_groups(size)], size)
    if packet is None or len(erased) + 2 * len(changed) > parity - spare:
        return Wanted(tuple(erased), max(1, len(erased) - parity) if erased else 0)
    return Recovered(packet, tuple(erased), changed)


def _symbols(packet: bytes) -> list[int]:
    """Cut bytes into symbols of 13 bits, the last filled with zeros."""
    count = data_groups(len(packet))
    number = int.from_bytes(packet) << (count * field13.BITS - 8 * len(packet))
    return [number >> (field13.BITS * place) & (field13.SYMBOLS - 1) for place in reversed(range(count))]


def _bytes(symbols: Sequence[int], size: int) -> bytes | None:
    """Join symbols to bytes; None where the fill is not zeros."""
    number = 0
    for symbol in symbols:
        number = number << field13.BITS | symbol
    fill = len(symbols) * field13.BITS - 8 * size
    return None if number & ((1 << fill) - 1) else (number >> fill).to_bytes(size)


def _group(value: int, place: int) -> str:
    figures = f"{value:04}"
    return figures + str(damm(map(int, figures), group_places.seed(place)))
