"""Choose what is kept of a run: `python -m tests.fuzz.keep` writes the smallest inputs that cover all that was met.

An input is kept where it runs a step from one line to another, or leaves with a refusal, that no smaller one and no
seed gives. Long or slow ones are left out: the replay in `make test` must be quick.
"""

import hashlib
import sys
import time
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from tests.fuzz.__main__ import CORPUS, working_folder
from tests.fuzz.target import Target, finding
from tests.fuzz.targets import ALL

if TYPE_CHECKING:
    from _typeshed import TraceFunction

_LONGEST = 6_000
_MOST = 60
_SLOWEST = 0.05
_OURS = ("/secmsg/",)

Step = tuple[str, int, int] | str


def steps_of(target: Target, data: bytes) -> set[Step]:
    """Return which steps from line to line of the product an input takes, and how it leaves."""
    taken: set[Step] = set()

    def trace(frame: FrameType, event: str, argument: object) -> "TraceFunction | None":
        name = frame.f_code.co_filename
        if not any(part in name for part in _OURS):
            return None
        before = frame.f_lineno

        def inside(frame: FrameType, event: str, argument: object) -> "TraceFunction | None":
            nonlocal before
            if event == "line":
                taken.add((name, before, frame.f_lineno))
                before = frame.f_lineno
            return inside

        return inside

    sys.settrace(trace)
    try:
        left = finding(target, data)
    finally:
        sys.settrace(None)
    if left is not None:
        taken.add(f"finding {type(left).__name__}")
    return taken


def chosen(target: Target) -> list[bytes]:
    """Return the inputs worth keeping, smallest first."""
    met: set[Step] = set()
    for seed in target.seeds():
        met |= steps_of(target, seed)
    folders = (working_folder(target), CORPUS / target.name)
    inputs = {path.read_bytes() for folder in folders if folder.is_dir() for path in folder.iterdir()}
    kept: list[bytes] = []
    for data in sorted(inputs, key=lambda each: (len(each), each)):
        if len(data) > _LONGEST or len(kept) == _MOST:
            continue
        begun = time.perf_counter()
        finding(target, data)
        quick = time.perf_counter() - begun < _SLOWEST
        new = steps_of(target, data) - met if quick else set()
        if new:
            met |= new
            kept.append(data)
    return kept


def main() -> None:
    for target in ALL.values():
        kept = chosen(target)
        folder: Path = CORPUS / target.name
        for old in folder.glob("*"):
            old.unlink()
        if kept:
            folder.mkdir(parents=True, exist_ok=True)
        for data in kept:
            (folder / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)
        print(f"{target.name:18} {len(kept):3} inputs, {sum(map(len, kept)):,} bytes")


if __name__ == "__main__":
    main()
