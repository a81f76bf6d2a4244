"""A second reading of the hand cipher, written from docs/spec/manual.md and digits.md alone.

It reads by lines, multiplies instead of looking up, and puts right only what stands in its line.
"""

from datetime import UTC, datetime
from typing import Any

from tests.vectors.second_basis import RefusedError, need

SQUARE = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)
P = 100_003
WIDE = str.maketrans("０１２３４５６７８９", "0123456789")
LETTERS = str.maketrans("QWERTYUIOP", "1234567890"), str.maketrans("AUVEBDNT", "12357890")


def walk(figures: str, seed: int) -> int:
    for figure in figures:
        seed = int(SQUARE[seed][int(figure)])
    return seed


def five(group: str) -> bool:
    return len(group) == 5 and set(group) <= set("0123456789")


def right(group: str, seed: int) -> bool:
    return five(group) and walk(group, seed) == 0


def plus(a: str, b: str, sign: int = 1) -> str:
    return "".join(str((int(x) + sign * int(y)) % 10) for x, y in zip(a, b, strict=True))


def sums(groups: list[str]) -> str:
    total = "0" * len(groups[0])
    for group in groups:
        total = plus(total, group)
    return total


def group(cipher: str, place: int) -> str:
    return cipher + str(walk(cipher, (place % 10 + place // 10) % 10))


def parity(row: list[str], number: int) -> str:
    cipher = sums([each[:4] for each in row])
    return cipher + str(walk(cipher, (5 + number) % 10))


def values(r: int, serial: int, groups: list[str]) -> list[int]:
    a, told = 0, []
    for block in (serial, len(groups), *map(int, groups)):
        a = (a + block) * r % P
        told.append(a)
    return told


def tag(r: int, mask: str, serial: int, groups: list[str]) -> str:
    total = (values(r, serial, groups)[-1] + int(mask)) % P
    need(total < 100_000, "a tag of six figures")
    return f"{total:05}"


def number(serial: int) -> str:
    return f"{serial:04}{walk(f'{serial:04}', 0)}"


def page_check(groups: list[str]) -> str:
    return f"{sum(place * int(value) for place, value in enumerate(groups, 1)) % 9973:04}"


def head(test: dict[str, Any], count: int) -> str:
    at = datetime.fromtimestamp(test["at"], UTC)
    checked = [f"{at:%d%m}", f"{at:%H%M}", f"{at:%y}{len(test['r'])}{int(test['parity'])}"]
    groups = [f"{test['serial']:05}", test["pages"][0]["number"]]
    groups += [figures + str(walk(figures, 2 + place)) for place, figures in enumerate(checked)]
    groups.append(f"{count:05}")
    return " ".join([*groups, sums(groups)])


def message(test: dict[str, Any]) -> list[str]:
    """Encipher: the lines of the text."""
    codes, keys = test["codes"].split(), " ".join(page["keys"] for page in test["pages"]).split()
    groups = [group(plus(code, key), place) for place, (code, key) in enumerate(zip(codes, keys, strict=False))]
    rows = [groups[at : at + 10] for at in range(0, len(groups), 10)]
    lines = [[*row, parity(row, number)] if test["parity"] else row for number, row in enumerate(rows)]
    masks = zip(test["r"], test["pages"][0]["masks"], strict=False)
    tags = " ".join(tag(r, mask, test["serial"], groups) for r, mask in masks)
    return [head(test, len(codes)), *[" ".join(line) for line in lines], tags]


def received(test: dict[str, Any]) -> str:
    """Decipher what was received: the codes."""
    refused: RefusedError | None = None
    for letters in ({}, *LETTERS):
        try:
            return read([line.translate(WIDE).upper().translate(letters) for line in test["text"]], test)
        except RefusedError as error:
            refused = refused or error
    raise refused or RefusedError("nothing")


def cut(line: str, at: int) -> list[str]:
    cells = line.replace("/", " ").replace("|", " ").split()
    if cells and cells[0].rstrip(".").isdigit() and len(cells[0]) < 4 and int(cells[0].rstrip(".")) == at:
        cells = cells[1:]
    return [cell[i : i + 5] for cell in cells for i in range(0, len(cell), 5)]


def read(text: list[str], test: dict[str, Any]) -> str:
    (serial, page, day, hour, form, count, total), *lines = (
        header(cut(text[0], 0)),
        *(cut(line, at) for at, line in enumerate(text[1:], 1)),
    )
    need(total == sums([serial, page, day, hour, form, count]), "sums")
    n, with_parity = int(count), form[3] == "1"
    need(page == test["pages"][0]["number"], "page")
    need(int(form[2]) == len(test["r"]), "tags demanded")
    need(len(lines) == (n + 9) // 10 + 1, "lines")
    groups: list[str] = []
    for number, line in enumerate(lines[:-1]):
        size = min(10, n - 10 * number)
        need(len(line) == size + with_parity, "a row")
        groups += row(line[:size], line[size:], number)
    for r, mask, told in zip(test["r"], test["pages"][0]["masks"], lines[-1], strict=False):
        need(tag(r, mask, int(serial), groups) == told, "tag")
    keys = test["pages"][0]["keys"].split()
    return " ".join(plus(each[:4], key, -1) for each, key in zip(groups, keys, strict=False))


def header(groups: list[str]) -> list[str]:
    need(len(groups) == 7 and all(map(five, groups)), "header")
    _, page, day, hour, form, count, _ = groups
    need(right(page, 0) and right(day, 2) and right(hour, 3) and right(form, 4), "header figures")
    need(1 <= int(day[:2]) <= 31 and 1 <= int(day[2:4]) <= 12 and int(hour[:2]) < 24 and int(hour[2:4]) < 60, "time")
    need(form[2] in "12" and form[3] in "01" and 1 <= int(count) <= 960, "form")
    need(form[2] == "2" or int(count) <= 120, "two tags")
    return groups


def row(groups: list[str], eleventh: list[str], number: int) -> list[str]:
    seeds = [(column + number) % 10 for column in range(10)]
    for at in range(len(groups) - 1):
        a, b = groups[at : at + 2]
        if not right(a, seeds[at]) and right(a, seeds[at + 1]) and right(b, seeds[at]):
            groups[at : at + 2] = b, a
    bad = [at for at, each in enumerate(groups) if not right(each, seeds[at])]
    if bad:
        need(len(bad) == 1 and eleventh and right(eleventh[0], (5 + number) % 10), "groups to ask for")
        rest = sums(["0000", *[each[:4] for at, each in enumerate(groups) if at != bad[0]]])
        groups[bad[0]] = group(plus(eleventh[0][:4], rest, -1), 10 * number + bad[0])
    if eleventh and right(eleventh[0], (5 + number) % 10):
        need(parity(groups, number) == eleventh[0], "parity")
    return groups
