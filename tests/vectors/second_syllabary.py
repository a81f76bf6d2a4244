"""A second reading of the syllabary and the boards, written from docs/spec/syllabary.md alone; the sheet is data."""

import re
import unicodedata
from pathlib import Path

from tests.vectors.second_basis import need

SHEET = Path(__file__).resolve().parents[2] / "resources" / "codebook" / "syllabary-01.tsv"
ROWS = [line.split("\t") for line in SHEET.read_text("utf-8").splitlines()[5:]]
ONSETS = {code: "" if text == "-" else text for code, kind, text in ROWS if kind == "onset"}
RIMES = {code: text for code, kind, text in ROWS if kind == "rime"}
CELLS = {onset + rime for onset in ONSETS.values() for rime in RIMES.values()}
SIGNS = ':;?!()/-%"'
TONES = {"z": "", "f": "\u0300", "r": "\u0309", "x": "\u0303", "s": "\u0301", "j": "\u0323"}
MARKS = {"aw": "ă", "aa": "â", "dd": "đ", "ee": "ê", "oo": "ô", "ow": "ơ", "uw": "ư"}


class Stream:
    def __init__(self, figures: str) -> None:
        self.figures = figures

    def take(self, count: int) -> str:
        need(len(self.figures) >= count, "the end")
        taken, self.figures = self.figures[:count], self.figures[count:]
        return taken

    def run(self, control: str, size: int) -> str:
        count = int(self.take(1))
        if count:
            return self.take(count * size)
        nine = self.take(9 * size)
        need(self.take(2) == control, "another run")
        return nine + self.run(control, size)

    def letters(self, control: str) -> str:
        figures = self.run(control, 2)
        numbers = [int(figures[at : at + 2]) for at in range(0, len(figures), 2)]
        need(max(numbers) < 26, "a letter")
        return "".join(chr(97 + number) for number in numbers)


def telex(letters: str) -> str:
    tone, body = TONES.get(letters[-1]), letters[:-1]
    need(tone is not None and body, "a word")
    body = re.sub("|".join(MARKS), lambda pair: MARKS[pair[0]], body)
    if not tone:
        return body
    onset = re.match(r"qu|gi(?=[aeiouyăâêôơư])|[^aeiouyăâêôơư]*", body)
    start = onset.end() if onset else 0
    vowels = re.match(r"[aeiouyăâêôơư]*", body[start:])
    run = vowels[0] if vowels else ""
    need(run, "a vowel")
    marked = [at for at, vowel in enumerate(run) if vowel in "ăâêôơư"]
    closed = len(body) > start + len(run)
    at = start + (marked[-1] if marked else len(run) - 1 if closed else len(run) > 2)
    return unicodedata.normalize("NFC", body[: at + 1] + (tone or "") + body[at + 1 :])


def pieces(figures: str) -> list[tuple[str, str]]:
    stream = Stream(figures)
    found: list[tuple[str, str]] = []
    while True:
        head = stream.take(1)
        head += stream.take(1) if head in "789" else ""
        match head:
            case "99":
                return found
            case "91" | "92" | "93":
                found.append(("sign", {"91": ".", "92": ",", "93": "\n"}[head]))
            case "94":
                found.append(("sign", SIGNS[int(stream.take(1))]))
            case "95":
                found.append(("number", stream.run(head, 1)))
            case "96":
                found.append(("word", telex(stream.letters(head))))
            case "97":
                found.append(("word", stream.letters(head)))
            case "98":
                found.append(("capital", ""))
            case _:
                code = stream.take(2)
                found.append(("word", ONSETS[head] + RIMES[code if code in RIMES else code + stream.take(1)]))


def read(codes: str) -> str:
    groups = codes.split()
    need(len(groups) > 2 and all(re.fullmatch("[0-9]{4}", each) for each in groups), "codes")
    need(groups[:2] == ["0000", "0001"], "a mark and the edition")
    found = pieces("".join(groups[2:]))
    text, opened, big = "", False, True
    for at, (kind, said) in enumerate(found):
        if kind == "capital":
            big = True
            continue
        before = [each for each in found[:at] if each[0] != "capital"]
        after_number = kind == "number" and [each[0] for each in before[-2:]] == ["number", "sign"]
        apart = bool(text) and not text.endswith(("(", "/", "-", "\n")) and said not in ".,:;?!)%/-\n"
        if said == '"':
            text += (" " if apart and not opened else "") + said
            opened = not opened
            continue
        apart = apart and not (opened and text.endswith('"')) and not (after_number and text[-1] in ".,:")
        text += (" " if apart else "") + (said[:1].upper() + said[1:] if big else said)
        big = text[-1] in ".?!\n" or (big and kind == "sign")
    return text


def can_say(text: str) -> None:
    """Refuse a text that has no codes; what they are is checked by reading them."""
    words = re.findall(r"[^\W\d_]+|[0-9]+|[^\w\s]|\n|[\x00-\x08]", unicodedata.normalize("NFC", text))
    need(words, "nothing")
    figures = 2
    for word in words:
        bare = unicodedata.normalize("NFD", word.lower().replace("đ", "d"))
        plain = "".join(letter for letter in bare if not unicodedata.combining(letter))
        if word[0].isalpha() and word.lower() not in CELLS:
            need(plain.isascii(), "letters")
        elif not word[0].isalnum():
            need(word in f".,\n{SIGNS}", "a sign")
        figures += 4 if word.lower() in CELLS else 2 + len(word)
    need(figures <= 4 * 958, "too long")


# the boards


def board(top: str, rows: list[str]) -> dict[str, str]:
    cells = {str(at): cell for at, cell in enumerate(top) if cell != "_"}
    heads = [str(at) for at, cell in enumerate(top) if cell == "_"]
    return cells | {head + str(at): cell for head, row in zip(heads, rows, strict=True) for at, cell in enumerate(row)}


ENGLISH = board("AT_ONE_SIR", ["BCDFGHJKLM", "PQUVWXYZ#/"])
VIETNAMESE = board("aonhzesi__", ["utdcfgwjrm", "lvxybkpq#."])


def decode(figures: str, cells: dict[str, str]) -> str:
    need(re.fullmatch("[0-9]+", figures), "figures")
    shift = next(code for code, cell in cells.items() if cell == "#")
    text = ""
    while figures:
        code = figures[0] if figures[0] in cells else figures[:2]
        need(code in cells, "a cell")
        figures = figures[len(code) :]
        if code == shift:
            number, found, figures = figures.partition(shift)
            need(number and found, "a number")
            text += number
        else:
            text += cells[code]
    return text


def vietnamese(figures: str) -> str:
    letters = decode(figures, VIETNAMESE)
    found = re.findall(r"[bcdghklmnpqrstvx]*[aeiouyw]+[cghkmnpt]*[zfrxsj]|[0-9]+|\.", letters)
    need("".join(found) == letters, "syllables")
    text = ""
    for each in found:
        text += each if each == "." else " " + (each if each.isdigit() else telex(each))
    return text.strip()


def digitwise(figures: str, key: str, sign: int) -> str:
    return "".join(str((int(a) + sign * int(b)) % 10) for a, b in zip(figures, key, strict=True))


def letters(text: str, key: str, *, reciprocal: bool) -> str:
    places = zip(text, key, strict=True)
    sums = (25 - ord(a) - ord(b) + 130 if reciprocal else ord(a) + ord(b) - 130 for a, b in places)
    return "".join(chr(65 + each % 26) for each in sums)
