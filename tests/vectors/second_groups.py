"""A second reading of packets as groups, written from docs/spec/groups.md and the square of digits.md alone.

Words are put right by trying: every set of places that may be wrong, and linear equations for what stands there.
"""

import functools
import itertools
import re
from collections.abc import Iterator

from tests.vectors.second_basis import need

SQUARE = (
    *("0317598642", "7092154863", "4206871359", "1750983426", "6123045978"),
    *("3674209581", "5869720134", "8945362017", "9438617205", "2581436790"),
)
POLYNOMIAL, GENERATOR = 0x201B, 2
SHARES = ((10, 4), (20, 4), (5, 2))


# 2: the field, and words


@functools.cache
def powers() -> tuple[list[int], dict[int, int]]:
    value, up = 1, []
    for _ in range(8191):
        up.append(value)
        value = value << 1 ^ (POLYNOMIAL if value & 4096 else 0)
    return up, {each: place for place, each in enumerate(up)}


def times(one: int, other: int) -> int:
    up, logarithm = powers()
    return up[(logarithm[one] + logarithm[other]) % 8191] if one and other else 0


def syndromes(word: list[int], parity: int) -> list[int]:
    up, _ = powers()
    found = []
    for each in range(parity):
        value = 0
        for symbol in word:
            value = times(value, up[each]) ^ symbol
        found.append(value)
    return found


def solved(word: list[int], parity: int, places: tuple[int, ...]) -> list[int] | None:
    """Return the word with other symbols at these places so that all syndromes vanish, None where there are none."""
    up, logarithm = powers()
    weights = [[up[each * (len(word) - 1 - place) % 8191] for place in places] for each in range(parity)]
    rows = [[*row, value] for row, value in zip(weights, syndromes(word, parity), strict=True)]
    for column in range(len(places)):
        pivot = next((each for each in range(column, parity) if rows[each][column]), None)
        if pivot is None:
            return None
        rows[column], rows[pivot] = rows[pivot], rows[column]
        inverse = up[-logarithm[rows[column][column]] % 8191]
        rows[column] = [times(inverse, each) for each in rows[column]]
        for other in range(parity):
            if other != column and rows[other][column]:
                factor = rows[other][column]
                rows[other] = [a ^ times(factor, b) for a, b in zip(rows[other], rows[column], strict=True)]
    if any(row[-1] for row in rows[len(places) :]):
        return None
    right = list(word)
    for place, row in zip(places, rows, strict=False):
        right[place] ^= row[-1]
    return right


def repaired(word: list[int], parity: int, erased: tuple[int, ...]) -> list[int] | None:
    rest = [place for place in range(len(word)) if place not in erased]
    for count in range((parity - len(erased)) // 2 + 1):
        for wrong in itertools.combinations(rest, count):
            right = solved(word, parity, (*erased, *wrong))
            if right is not None:
                return right
    return None


# 3: groups


def seed(place: int) -> int:
    return place + 2 if place < 0 else (place % 10 + place // 10) % 10


def check(figures: str, place: int) -> int:
    state = seed(place)
    for figure in figures:
        state = int(SQUARE[state][int(figure)])
    return state


def fits(group: str, place: int) -> bool:
    return group != "" and int(group[:4]) < 8192 and check(group, place) == 0


def written(packet: bytes, parity: int) -> str:
    need(1 <= len(packet) <= 400 and 0 <= parity <= 100, "bounds")
    bits = "".join(f"{each:08b}" for each in packet)
    bits += "0" * (-len(bits) % 13)
    symbols = [int(bits[at : at + 13], 2) for at in range(0, len(bits), 13)]
    whole = solved([*symbols, *[0] * parity], parity, tuple(range(len(symbols), len(symbols) + parity)))
    assert whole is not None
    values = (len(packet), parity, *whole)
    return " ".join(f"{value:04}{check(f'{value:04}', place)}" for place, value in enumerate(values, -2))


# 4: text


def cells(line: str) -> Iterator[str]:
    parts = re.split("[\t,;|]", line.strip("\t,;| "))
    for part in parts:
        if not part.strip() and len(parts) > 1:
            yield ""
        loose = ""
        for token in [*re.sub(r"(?<![-.?*_])[-.](?![-.?*_])", " ", part).split(), "end"]:
            mark = not token.strip("-.?*_")
            if loose and (mark or token == "end" or len(token) == 5):
                yield from [""] * max(1, round(len(loose) / 5))
                loose = ""
            if mark:
                yield from [""] * max(1, len(token) // 5)
            elif len(token) == 5:
                yield token
            elif token != "end":
                loose += token
                if len(loose) % 5 == 0:
                    yield from re.findall(".{5}", loose)
                    loose = ""


Run = tuple[int | None, list[str]]


def read_text(text: str) -> tuple[list[Run], dict[int, str]]:
    need(len(text) <= 16_384, "too long")
    plain = "".join(chr(ord(each) - 0xFEE0) if 0xFF01 <= ord(each) <= 0xFF5E else each for each in text).upper()
    runs: list[Run] = []
    again: dict[int, str] = {}
    for line in plain.split("\n"):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        for name, group in re.findall(r"\b(A|B|[1-9]\d{0,2})=(\S*)", line):
            again[{"A": -2, "B": -1}[name] if name in "AB" else int(name) - 1] = group
        bare = re.sub(r"\b(A|B|[1-9]\d{0,2})=(\S*)", " ", line)
        number = re.match(r"\s*\(?(\d{1,3})(\s*[:.)]|\s+(?=\S{5}(\s|$)))", bare)
        if number:
            at = int(number[1])
            runs.append((10 * at - 10 if at else -2, list(cells(bare[number.end() :]))))
        elif runs:
            runs[-1][1].extend(cells(bare))
        elif found := list(cells(bare)):
            runs.append((None, found))
    need(runs or again, "no group")
    need(sum(len(found) for _, found in runs) <= 512, "too many")
    return runs, again


def figures(group: str, key: dict[str, str]) -> str:
    told = "".join(key.get(each, each) for each in group)
    return told if re.fullmatch("[0-9]{5}", told) else ""


KEYS = (dict(zip("QWERTYUIOP", "1234567890", strict=True)), dict(zip("TAUVEBDN", "01235789", strict=True)))


# 5: places


Way = tuple[int, dict[int, str]]


def gap(count: int) -> int:
    return 5 + count if count else 0


def aligned(run: list[str], start: int, end: int | None) -> Way:
    room = len(run) + 32 if end is None else max(0, end - start)
    best: dict[int, Way] = {used: (gap(used), {}) for used in range(min(room, 32) + 1)}
    for count, cell in enumerate(run, 1):
        last: dict[int, Way] = {}
        for used in range(max(0, count - 32), min(room, count + 32) + 1):
            ways = []
            if used - 1 in best:
                slips, found = best[used - 1]
                place = start + used - 1
                ways.append((slips + (0 if fits(cell, place) else 3), {**found, place: cell}))
            if used in best:
                ways.append((best[used][0] + 6, best[used][1]))
            if ways:
                last[used] = min(ways, key=lambda way: way[0])
        best = {}
        for used in range(max(0, count - 32), min(room, count + 32) + 1):
            ways = [(last[each][0] + gap(used - each), last[each][1]) for each in last if each <= used]
            if ways:
                best[used] = min(ways, key=lambda way: way[0])
    if not best:
        return 6 * len(run), {}
    ends = [(slips + (0 if end is None else gap(room - used)), used, found) for used, (slips, found) in best.items()]
    slips, _, found = min(ends, key=lambda each: each[:2])
    return slips, found


def places(runs: list[Run], again: dict[int, str], end: int | None) -> tuple[int, dict[int, str]]:
    joined: list[Run] = [(None, [cell for _, found in runs for cell in found])]
    ways = []
    for chosen in (runs, joined):
        slips, groups = 0, dict[int, str]()
        for number, (start, found) in enumerate(chosen):
            first = -2 if start is None else start
            after = chosen[number + 1][0] if number + 1 < len(chosen) else end
            cost, placed = aligned(found, first, after if after is not None and after > first else end)
            slips += cost
            for place, group in placed.items():
                both = {each for each in (groups.get(place, ""), group) if fits(each, place)}
                groups[place] = both.pop() if len(both) == 1 else ""
        ways.append((slips, groups))
    slips, groups = min(ways, key=lambda way: way[0])
    for place, group in again.items():
        if (end is None or place < end) and (fits(group, place) or place not in groups):
            groups[place] = group
    return slips, groups


# 6: what comes out


def word_of(groups: dict[int, str], size: int, parity: int, spare: int) -> tuple[bytes, list[int], list[int]] | None:
    data = -(-8 * size // 13)
    erased = tuple(place for place in range(data + parity) if not fits(groups.get(place, ""), place))
    word = [0 if place in erased else int(groups[place][:4]) for place in range(data + parity)]
    right = repaired(word, parity, erased) if len(erased) <= parity else None
    if right is None:
        return None
    changed = [place for place in range(len(word)) if place not in erased and word[place] != right[place]]
    bits = "".join(f"{each:013b}" for each in right[:data])
    if len(erased) + 2 * len(changed) > parity - spare or "1" in bits[8 * size :]:
        return None
    return int(bits[: 8 * size], 2).to_bytes(size), list(erased), changed


def outcome(runs: list[Run], again: dict[int, str]) -> tuple[int, tuple[bytes, list[int], list[int]] | None]:
    slips, groups = places(runs, again, None)
    told = [int(groups[at][:4]) if fits(groups.get(at, ""), at) else -1 for at in (-2, -1)]
    size = told[0] if 1 <= told[0] <= 400 else None
    parity = told[1] if 0 <= told[1] <= 100 else None
    end = max(groups, default=-3) + 1
    lost = [at for at, each in ((-2, size), (-1, parity)) if each is None]
    if size is not None and parity is not None:
        slips, groups = places(runs, again, -(-8 * size // 13) + parity)
        return slips, word_of(groups, size, parity, 0)
    for beyond, spare in ((0, 2), (1, 2), (2, 2), (0, 0)):
        if spare == 0 and len(lost) == 2:
            break
        for each, length in guesses(end + beyond, size, parity):
            found = word_of(groups, length, each, spare)
            if found:
                packet, erased, changed = found
                if size is None and packet[-1] == 0 and -(-8 * (length - 1) // 13) == -(-8 * length // 13):
                    packet = packet[:-1]
                return slips, (packet, [*lost, *erased], changed)
    return slips, None


def guesses(end: int, size: int | None, parity: int | None) -> list[tuple[int, int]]:
    tried: list[tuple[int, int]] = []
    for length in range(1, 401):
        data = -(-8 * length // 13)
        shares = {max(least, 2 * -(-data * percent // 200)) for percent, least in SHARES}
        right = length == size if size is not None else length == min(13 * data // 8, 400)
        each = end - data
        if (
            right
            and 0 <= each <= 100
            and (each == parity if parity is not None else size is not None or each in shares)
        ):
            tried.append((each, length))
    return sorted(tried, reverse=True)


def read(text: str) -> tuple[bytes, list[str], list[str]]:
    runs, again = read_text(text)
    found = []
    for key in KEYS:
        told = [(start, [figures(each, key) for each in group]) for start, group in runs]
        slips, out = outcome(told, {place: figures(group, key) for place, group in again.items()})
        if out is not None:
            found.append((slips, out))
    need(found, "ask again")
    packet, wrong, changed = min(found, key=lambda each: each[0])[1]
    return packet, names(wrong), names(changed)


# 8: base45 in parts

SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


def crc(data: bytes) -> int:
    value = 0xFFFF
    for byte in data:
        value ^= byte << 8
        for _ in range(8):
            value = value << 1 ^ (0x11021 if value & 0x8000 else 0)
    return value


def of_base45(signs: str) -> bytes:
    data = b""
    need(all(each in SIGNS for each in signs), "sign")
    for at in range(0, len(signs), 3):
        value = sum(SIGNS.index(each) * 45**power for power, each in enumerate(signs[at : at + 3]))
        size = len(signs[at : at + 3]) - 1
        need(size and value < 256**size, "group")
        data += value.to_bytes(size)
    return data


def parts(lines: list[str]) -> bytes:
    found: dict[int, tuple[int, int, bytes]] = {}
    for line in lines:
        need(len(line) <= 1024, "long")
        told = re.fullmatch(r"([1-9]\d?)/([1-9]\d?):(.{3})(.+):", line.strip().upper())
        need(told, "part")
        assert told is not None
        number, count = int(told[1]), int(told[2])
        part = count, int.from_bytes(of_base45(told[3])), of_base45(told[4])
        need(number <= count <= 20 and found.setdefault(number, part) == part, "number")
    need(found and len({part[:2] for part in found.values()}) == 1, "one packet")
    count, check_, _ = found[min(found)]
    need(len(found) == count, "missing")
    packet = b"".join(found[number][2] for number in range(1, count + 1))
    need(len(packet) <= 1960 and crc(packet) == check_, "check")
    return packet


def names(places_: list[int]) -> list[str]:
    return ["AB"[each + 2] if each < 0 else str(each + 1) for each in places_]
