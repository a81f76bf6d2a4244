"""A mission's supplement to the codebook: its own words at 9900 to 9999, in numbered issues, each with its file.

Source: docs/spec/codebook.md 9.
"""

import re
from dataclasses import dataclass

from secmsg.errors import FormatError
from secmsg.manual import codebook_file
from secmsg.manual.codebook import Entry, Kind

FORMAT = "secmsg codebook supplement 1"
MAX_FILE = 16_384
"""Characters of its file."""

_HEAD = (f"# {FORMAT}", "code\tkind\ttext")
_ISSUE = re.compile(r"# issue: ([1-9][0-9]{0,5})")


@dataclass(frozen=True, slots=True)
class Supplement:
    """One issue, from 1 on, and its entries by ascending code, at most a hundred."""

    issue: int
    entries: tuple[Entry, ...]


def write(supplement: Supplement) -> str:
    """Return the file of an issue: the one form that `parse` takes."""
    rows = (f"{entry.code}\t{entry.kind}\t{entry.text}" for entry in supplement.entries)
    return "".join(f"{line}\n" for line in (_HEAD[0], f"# issue: {supplement.issue}", _HEAD[1], *rows))


def parse(text: str) -> Supplement:
    """Read the file of an issue; FormatError names the first line that is not right, and why."""
    if len(text) > MAX_FILE:
        raise FormatError(f"a supplement has at most {MAX_FILE} characters")
    lines = text.removesuffix("\n").split("\n")
    if lines[0] != _HEAD[0]:
        raise FormatError(f"line 1: a supplement begins with '{_HEAD[0]}'")
    issue = _ISSUE.fullmatch(lines[1]) if len(lines) > 1 else None
    if issue is None:
        raise FormatError("line 2: expected is '# issue: ' and a number")
    if len(lines) < 3 or lines[2] != _HEAD[1]:
        raise FormatError("line 3: the columns are code, kind, text, with tabs between")
    entries = [codebook_file.entry(number, line) for number, line in enumerate(lines[3:], 4)]
    for number, (before, entry) in enumerate(zip([None, *entries], entries, strict=False), 4):
        if entry.kind is not Kind.SUPPLEMENT:
            raise FormatError(f"line {number}: {entry.kind} is no entry of a supplement")
        if before is not None and entry.code <= before.code:
            raise FormatError(f"line {number}: {entry.code} does not come after {before.code}")
        if any(entry.text == other.text for other in entries[: number - 4]):
            raise FormatError(f"line {number}: '{entry.text}' stands here already")
    return Supplement(int(issue[1]), tuple(entries))
