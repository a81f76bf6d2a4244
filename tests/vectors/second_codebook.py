"""A second reading of the codebook, written from docs/spec/codebook.md alone: codes to text, cables, the file."""

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise

from tests.vectors.second_basis import need

CLOSING, OPENING, GLUED = (
    [
        "stop",
        "comma",
        "colon",
        "semicolon",
        "question",
        "exclamation",
        "ellipsis",
        "percent",
        "quote-close",
        "bracket-close",
    ],
    ["quote-open", "bracket-open"],
    ["slash", "hyphen", "apostrophe", "point", "decimal"],
)
SIGNS = dict(zip((*CLOSING, *OPENING, *GLUED), [*".,:;?!", "...", *'%")"(/-\'.,'], strict=True))
SIGNS |= {"dash": "-", "paragraph": "\n"}
CAPITALS = {f"capital-{count}": count for count in range(1, 5)}
SILENT = {*CAPITALS, "space", "join", "upper", "lower", "capitals-on", "capitals-off", "null-1", "null-2", "end"}
CONTROLS = {*SILENT, "repeat", "spell", "character"}
URGENCIES = ["routine", "priority", "immediate", "flash"]
DEGREES = ["unclassified", "confidential", "secret", "top-secret"]
LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = "\u0300\u0309\u0303\u0301\u0323"
RANGES = (
    (0, 99, "numeral"), (100, 199, " ".join(("figure day month", *SIGNS, *CONTROLS, *URGENCIES, *DEGREES))),
    (200, 901, "letter bigraph"), (902, 999, "year time currency unit"), (1000, 4599, "syllable"),
    (4600, 8999, "phrase"), (9000, 9599, "place"), (9600, 9899, "organisation"), (9900, 9999, "supplement"),
)  # fmt: skip
ORDERED = range(1000, 9900)


def file(text: str) -> dict[str, tuple[str, str]]:
    """Read a book; refuse as section 3 says."""
    head, title, edition, licence, columns, *lines = text.split("\n")
    need(head == "# secmsg codebook 1" and columns == "code\tkind\ttext" and lines.pop() == "", "the form")
    need(title.startswith("# title: ") and licence.startswith("# licence: "), "the header")
    need(re.fullmatch("# edition: [1-9][0-9]{0,3}", edition), "the edition")
    rows = [line.split("\t") for line in lines]
    need(all(len(row) == 3 for row in rows), "three columns")
    need(all(int(one[0]) < int(other[0]) for one, other in pairwise(rows)), "rising codes")
    for code, kind, said in rows:
        need(any(low <= int(code) <= high and kind in kinds.split() for low, high, kinds in RANGES), "the range")
        need(kind in SIGNS or not re.search("(?<!q)(?:o[àảãáạèẻẽéẹ]|u[ỳỷỹýỵ])\\b", said), "tones")
    words = [row[2] for row in rows if row[1] not in (*SIGNS, *CONTROLS, "figure", "numeral", "letter", "bigraph")]
    need(len({*words}) == len(words), "texts once")
    for low, high, _ in RANGES:
        inside = [(key(row[2]), row[2]) for row in rows if low <= int(row[0]) <= high and int(row[0]) in ORDERED]
        need(inside == sorted(inside), "the order")
    counts = [sum(row[1] == kind for row in rows) for kind in ("numeral", "figure", "letter", "bigraph")]
    need(counts == [100, 10, 26, 676], "numerals and letters")
    needed = (*SIGNS, *CONTROLS, *URGENCIES, *DEGREES)
    need(all(sum(row[1] == kind for row in rows) == 1 for kind in needed), "signs")
    return {code: (kind, SIGNS.get(kind, said)) for code, kind, said in rows}


def key(text: str) -> list[tuple[list[int], int]]:
    words = []
    for word in re.findall(r"\w+", text.lower()):
        apart = unicodedata.normalize("NFD", word)
        plain = unicodedata.normalize("NFC", "".join(each for each in apart if each not in TONES))
        order = [LETTERS.find(each) if each in LETTERS else ord(each) - 1000 for each in plain]
        words.append((order, max(TONES.find(each) + 1 for each in apart)))
    return words


def telex(letters: str) -> str:
    need(letters and letters[-1] in "zfrxsj" and len(letters) > 1, "a tone")
    pairs = {"aa": "â", "aw": "ă", "ee": "ê", "oo": "ô", "ow": "ơ", "uw": "ư", "dd": "đ"}
    word = re.sub("|".join(pairs), lambda pair: pairs[pair[0]], letters[:-1])
    if letters[-1] == "z":
        return word
    parts = re.fullmatch("(qu|gi(?=[aăâeêoôơuưy])|[^aăâeêioôơuưy]*)([aăâeêioôơuưy]+)(.*)", word)
    need(parts, "vowels")
    assert parts is not None
    vowels = parts[2]
    marked = [at for at, vowel in enumerate(vowels) if vowel in "ăâêôơư"]
    at = marked[-1] if marked else len(vowels) - 1 if parts[3] else int(len(vowels) == 3)
    tone = dict(zip("frxsj", TONES, strict=False))[letters[-1]]
    return unicodedata.normalize("NFC", parts[1] + vowels[: at + 1] + tone + vowels[at + 1 :] + parts[3])


def things(codes: Iterable[str], book: dict[str, tuple[str, str]]) -> list[tuple[str, str]]:
    """Put together what belongs together (section 4)."""
    for code in codes:
        need(code in book, "a code")
    rest = [book[code] for code in codes]
    found = []
    while rest:
        kind, text = rest.pop(0)
        if kind == "spell":
            letters = ""
            while rest and rest[0][0] in ("letter", "bigraph"):
                letters += rest.pop(0)[1]
            text = telex(letters)
        elif kind == "character":
            figures = "".join(text for kind, text in rest[:3] if kind == "numeral")
            need(len(figures) == 6, "three numerals")
            rest = rest[3:]
            text = chr(int(figures))
            need(unicodedata.category(text)[0] != "C", "a character")
        elif kind == "repeat":
            text = ""
            while rest and rest[0][1].isdigit():
                text += rest.pop(0)[1]
        found.append((kind, text))
    return found


def side(kind: str, text: str, at: int) -> str:
    """Say how a thing stands: w word, n number, l letters, c closing, o opening, g glued, b the edge of a line."""
    if kind in ("letter", "bigraph", "character", "spell"):
        return "l"
    if kind in GLUED or (kind not in SIGNS and text[at] in "/-"):
        return "g"
    if kind == "paragraph":
        return "b"
    if (kind != "dash" and at == 0 and text[0] in ",.:;?!)%") or kind == "quote-close":
        return "c"
    if at == -1 and (kind in OPENING or text[-1] == "("):
        return "o"
    return "n" if text.isdigit() else "w"


def read(codes: Iterable[str], book: dict[str, tuple[str, str]]) -> str:
    """Return the text of codes."""
    found = things(list(codes), book)
    text, number, edge, begins = "", "", "b", True
    spacing = case = ""
    capitals, everything, spelled_up, fresh = 0, False, False, False
    for place, (kind, said) in enumerate(found):
        if kind in SILENT:
            if kind in ("space", "join"):
                spacing, begins = kind, begins and kind == "space"
            elif kind in ("upper", "lower"):
                case, fresh = kind, True
            elif kind in CAPITALS:
                capitals, fresh = CAPITALS[kind], True
            elif kind.startswith("capitals"):
                everything = kind == "capitals-on"
            continue
        if kind == "repeat":
            need(said and said == number, "the same number")
            continue
        before = side(kind, said, 0)
        if before == "l" and kind in ("letter", "character") and alone(found, place):
            before = "1"
        space = apart(edge, before) if not spacing else spacing == "space"
        space = space and edge != "b" and before != "b"
        goes_on = edge in "l1" and before in "l1" and not space and not spacing
        if before == "n":
            number = number + said if edge == "n" and not spacing else said
        elif before in "l1" and kind != "spell":
            if not goes_on or fresh:
                small = kind == "character" or (not space and text[-1:] in set("0123456789./"))
                spelled_up = case == "upper"
                if not case and (capitals or not small) and kind != "character":
                    said = said.capitalize()
                case, capitals, fresh = "", max(0, capitals - 1), False
            if kind == "character":
                spelled_up = spelled_up and said.isalnum()
            else:
                said = said.upper() if spelled_up or everything else said
        elif kind not in SIGNS and re.search(r"[^\W\d_]", said):
            said, case, capitals = cased(said, case, capitals, begins=begins)
            said, fresh = said.upper() if everything else said, False
        text += " " * space + said
        if kind in ("stop", "question", "exclamation", "paragraph"):
            begins = True
        elif kind in SIGNS:
            keeps = kind in ("quote-open", "quote-close", "bracket-open", "bracket-close")
            begins = begins and (keeps or (kind == "dash" and edge == "b"))
        else:
            begins = said[-1] in ".?!" and kind != "character"
        after = side(kind, said, -1) if before != "1" else "1"
        after = "w" if after == "c" else after
        edge = "k" if kind == "colon" and edge == "n" else after
        number = number if before == "n" else ""
        spacing = ""
    return text


def cased(said: str, case: str, capitals: int, *, begins: bool) -> tuple[str, str, int]:
    words = re.findall(r"[^\W\d_]+", said)
    if not words:
        return said, case, capitals
    if case:
        said = re.sub(r"[^\W\d_]+", lambda word: word[0].upper() if case == "upper" else word[0].lower(), said, count=1)
    elif capitals:
        said = re.sub(r"[^\W\d_]+", lambda word: word[0][0].upper() + word[0][1:], said, count=capitals)
    elif begins:
        said = re.sub(r"^[\W_]*[^\W\d_]", lambda first: first[0].upper(), said)
    return said, "", max(0, capitals - len(words))


def alone(found: list[tuple[str, str]], place: int) -> bool:
    letters = ("letter", "bigraph", "character", "spell")
    return (place == 0 or found[place - 1][0] not in letters) and (
        place + 1 == len(found) or found[place + 1][0] not in letters
    )


def apart(edge: str, before: str) -> bool:
    if edge in "bog" or before in "bcg":
        return False
    joined = ("nn", "n1", "1n", "kn", "ll", "l1", "1l", "11")
    return edge + before not in joined


def cable(codes: list[str], book: dict[str, tuple[str, str]], edition: int) -> dict[str, object]:
    """Read a whole cable (section 7)."""
    need(int(codes[0]) == edition, "the edition")
    kinds = [book[code][0] if code in book else "" for code in codes]
    need(kinds[1] in DEGREES and kinds[2] in URGENCIES and kinds[3:6] == ["numeral"] * 3, "the head")
    number = int("".join(book[code][1] for code in codes[3:6]))
    need(1 <= number <= 99_999 and "end" in kinds[6:], "a number and an end")
    end = kinds.index("end", 6)
    nulls = {*kinds[end + 1 :]}
    need(end > 6 and len(nulls) == 1 and nulls <= {"null-1", "null-2"}, "a text, nulls of one class")
    return {
        "degree": kinds[1], "urgency": kinds[2], "number": number, "null": kinds[-1],
        "text": read(codes[6:end], book),
    }  # fmt: skip
