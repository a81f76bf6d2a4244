"""The worked examples of docs/spec: blocks that are vectors, written into their pages from the files.

    ```vector slip: circular
    01                                type
    0001020304050607…1c1d1e1f (32)    content key
    value.size = 204800
    ```

A line is the next bytes of the vector and a word on them, or a field of the test by its path. All bytes must be told;
`field = bytes` after the name says which field they are of, where it is neither `hex`, `parts` nor a base. A line
`?(32)  content key` is filled in by `make vectors`.
"""

import re
from collections.abc import Iterator

from tests.helpers.authority_vectors import changed
from tests.helpers.vectors import bytes_of
from tests.vectors import frame
from tests.vectors.frame import File, Test

BLOCK = re.compile(
    r"```vector (?P<file>[\w/]+): (?P<name>[^\n@]+?)(?: @ (?P<field>\w+))?\n(?P<lines>.*?)```\n", re.DOTALL
)
FULL = 32
"""Up to here bytes are printed whole; of longer ones the first eight and the last four."""


def blocks(page: str) -> Iterator[re.Match[str]]:
    """Find the examples of a page."""
    return BLOCK.finditer((frame.SPEC / page).read_text("utf-8"))


def printed(text: str) -> str:
    """Return the text of a page with every example as its vector has it now."""
    return BLOCK.sub(_block, text)


def _block(match: re.Match[str]) -> str:
    file = frame.load(match["file"])
    test = file.named(match["name"])
    rest = _bytes(file, test, match["field"])
    rows: list[tuple[str, str]] = []
    for line in match["lines"].splitlines():
        if " = " in line:
            rows.append((_told(test, line.split(" = ")[0]), ""))
            continue
        value, _, comment = line.partition("  ")
        size = _size(value, len(rest))
        assert size <= len(rest), f"{match['name']}: more bytes than the vector has, at {line!r}"
        rows.append((_shortened(rest[:size]), comment.strip()))
        rest = rest[size:]
    assert not rest or all(not comment for _, comment in rows), f"{match['name']}: {len(rest)} bytes are not told"
    width = max((len(value) for value, comment in rows if comment), default=0)
    body = "\n".join(f"{value:{width}}  {comment}" if comment else value for value, comment in rows)
    head = f"{match['file']}: {match['name']}" + (f" @ {match['field']}" if match["field"] else "")
    return f"```vector {head}\n{body}\n```\n"


def _bytes(file: File, test: Test, field: str | None) -> bytes:
    if field:
        return bytes.fromhex(test[field])
    if "base" in test:
        return changed(test, file.bases)
    return bytes_of(test) if {"hex", "parts"} & test.keys() else b""


def _size(value: str, left: int) -> int:
    if stated := re.search(r"\((\d+|\*)\)$", value):
        return left if stated[1] == "*" else int(stated[1])
    return len(bytes.fromhex(value))


def _shortened(data: bytes) -> str:
    return data.hex() if len(data) <= FULL else f"{data[:8].hex()}…{data[-4:].hex()} ({len(data)})"


def _told(test: Test, path: str) -> str:
    value: object = test
    for key in path.split("."):
        value = value[key] if isinstance(value, dict) else value[int(key)]  # type: ignore[index]  # a path into JSON
    # A key has up to 64 bytes, and a field has its line to itself.
    if isinstance(value, str) and re.fullmatch(r"[0-9a-f]*", value) and len(value) > 4 * FULL:
        value = _shortened(bytes.fromhex(value))
    return f"{path} = {value}"
