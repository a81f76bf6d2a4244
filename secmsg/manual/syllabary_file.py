"""The file of a syllabary: a table of codes, kinds and texts, in the order of the codes (docs/spec/syllabary.md 2)."""

from secmsg.errors import FormatError
from secmsg.manual.syllabary import ONSETS, RIMES, Syllabary, onset_code, rime_code
from secmsg.vietnamese import nfc

MAX_FILE = 65_536
FORMAT = "secmsg syllabary 1"
NO_ONSET = "-"
MAX_TEXT = 5

_NAMES = "code\tkind\ttext"


def parse(text: str) -> Syllabary:
    """Return the syllabary of a file; FormatError with the line that is not as it must be."""
    if len(text) > MAX_FILE:
        raise FormatError("this is larger than any syllabary")
    lines = text.split("\n")
    if len(lines) != 5 + ONSETS + RIMES + 1 or lines[-1] or lines[0] != f"# {FORMAT}" or lines[4] != _NAMES:
        raise FormatError(f"a syllabary begins with '# {FORMAT}' and has {ONSETS} onsets and {RIMES} rimes")
    title, edition, licence = (_field(lines, number, name) for number, name in enumerate(_HEAD, 1))
    if not edition.isascii() or not edition.isdigit() or not 1 <= int(edition) <= 9_999 or edition.startswith("0"):
        raise FormatError("line 3: an edition is a number from 1 to 9999")
    onsets = tuple(_text(lines, 5 + at, "onset", onset_code(at)) for at in range(ONSETS))
    rimes = tuple(_text(lines, 5 + ONSETS + at, "rime", rime_code(at)) for at in range(RIMES))
    if len(set(onsets)) != ONSETS or len(set(rimes)) != RIMES or "" in rimes or "" not in onsets:
        raise FormatError("an onset or a rime stands twice, or one is empty")
    return Syllabary(title, int(edition), licence, onsets, rimes)


def write(syllabary: Syllabary) -> str:
    """Return the file."""
    head = (syllabary.title, str(syllabary.edition), syllabary.licence)
    lines = [f"# {FORMAT}", *(f"# {name}: {value}" for name, value in zip(_HEAD, head, strict=True)), _NAMES]
    lines += [f"{onset_code(at)}\tonset\t{text or NO_ONSET}" for at, text in enumerate(syllabary.onsets)]
    lines += [f"{rime_code(at)}\trime\t{text}" for at, text in enumerate(syllabary.rimes)]
    return "".join(f"{line}\n" for line in lines)


_HEAD = ("title", "edition", "licence")


def _field(lines: list[str], number: int, name: str) -> str:
    value = lines[number].removeprefix(f"# {name}: ")
    if value == lines[number] or not value or not value.isprintable() or len(value) > 200:
        raise FormatError(f"line {number + 1}: expected is '# {name}: …'")
    return value


def _text(lines: list[str], number: int, kind: str, code: str) -> str:
    cells = lines[number].split("\t")
    if len(cells) != 3 or cells[:2] != [code, kind]:
        raise FormatError(f"line {number + 1}: expected is the {kind} {code}")
    text = "" if cells[2] == NO_ONSET else cells[2]
    if text and not (text.isalpha() and text == nfc(text).lower() and len(text) <= MAX_TEXT):
        raise FormatError(f"line {number + 1}: a {kind} is composed of small letters, {MAX_TEXT} at most")
    return text
