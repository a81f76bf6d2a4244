"""A second reading of serial continuity, written from docs/spec/continuity.md 2, 3, 5 and 6 alone.

It keeps what came as one map from serial to the hashes known there, and finds runs and gaps anew each time.
"""

from dataclasses import dataclass, field
from typing import Any

from tests.vectors.second_basis import RefusedError, need


@dataclass
class Chain:
    """What came: runs (first, last, before, head) rising, the first of them from 1 and perhaps empty; closed gaps."""

    runs: list[list[Any]] = field(default_factory=lambda: [[1, 0, "", ""]])
    recent: list[str] = field(default_factory=list)
    closed: list[list[Any]] = field(default_factory=list)

    def item(self, serial: int, before: str, name: str, covers: int) -> str:
        end = serial + covers
        for gap in self.closed:
            if gap[0] <= serial <= gap[1]:
                return self.late(gap, [serial, end, before, name])
        for place, run in enumerate(self.runs):
            if run[0] <= serial <= run[1]:
                return "duplicate" if self.known(place, run, serial, before, name) else "forked"
        return self.fresh([serial, end, before, name])

    def known(self, place: int, run: list[Any], serial: int, before: str, name: str) -> bool:
        """Say whether the hashes that are kept at this serial are those of the item."""
        if place == 0:
            back = run[1] - serial
            return bool(back >= len(self.recent) or self.recent[-1 - back] == name)
        return bool((serial != run[1] or run[3] == name) and (serial != run[0] or run[2] == before))

    def fresh(self, new: list[Any]) -> str:
        below = next((run for run in self.runs if run[1] == new[0] - 1), None)
        above = next((run for run in self.runs if run[0] == new[1] + 1 and run is not self.runs[0]), None)
        covered = any(new[0] < run[0] <= new[1] for run in self.runs[1:])
        if covered or (below and below[3] != new[2]) or (above and above[2] != new[3]):
            return "forked"
        if not below and not above and len(self.runs) > 256:
            return "too-far"
        self.enter(new, below, above)
        return "in-order" if below is not None and below[0] == self.runs[0][0] else "ahead"

    def enter(self, new: list[Any], below: list[Any] | None, above: list[Any] | None) -> None:
        if below is self.runs[0]:
            # Of a run that is joined the hash of its last item is known, and no other.
            self.recent = [above[3]] if above else (self.recent + [new[3]] * min(new[1] - new[0] + 1, 64))[-64:]
        joined = [(below or new)[0], (above or new)[1], (below or new)[2], (above or new)[3]]
        others = [run for run in self.runs if run is not below and run is not above]
        self.runs = sorted([*others, joined], key=lambda run: run[0])

    def late(self, gap: list[Any], new: list[Any]) -> str:
        agrees = (new[0] != gap[0] or new[2] == gap[2]) and (new[1] != gap[1] or new[3] == gap[3])
        if new[1] > gap[1] or not agrees:
            return "forked"
        left, right = [gap[0], new[0] - 1, gap[2], new[2]], [new[1] + 1, gap[1], new[3], gap[3]]
        rest = [each for each in self.closed if each is not gap]
        self.closed = rest + [each for each in (left, right) if each[0] <= each[1]]
        return "late"

    def close(self, first: int, last: int) -> None:
        """Close a whole gap: the chain goes on behind it."""
        need([first, last] in self.gaps(), "no gap of its own")
        place = next(place for place, run in enumerate(self.runs) if run[1] == first - 1)
        below, above = self.runs[place], self.runs[place + 1]
        self.closed.append([first, last, below[3], above[2]])
        if place == 0:
            self.recent = [above[3]]
        self.runs[place : place + 2] = [[below[0], above[1], below[2], above[3]]]

    def book(self, serial: int, name: str) -> None:
        """Begin anew: everything of the old book counts as there or closed."""
        came = any(run[0] <= serial <= run[1] for run in self.runs[1:])
        need(serial > self.runs[0][1] and not came, "has come")
        later = [run for run in self.runs[1:] if run[0] > serial]
        self.runs = [run for run in self.runs if run not in later]
        for gap in self.gaps():
            self.close(*gap)
        self.runs, self.recent = [[1, serial - 1, "", name], *later], []

    def gaps(self) -> list[list[int]]:
        return [[run[1] + 1, after[0] - 1] for run, after in zip(self.runs, self.runs[1:], strict=False)]

    def acknowledgement(self) -> list[int]:
        highest = self.runs[0][1]
        there = {serial for run in self.runs[1:] for serial in range(run[0], min(run[1], highest + 33) + 1)}
        return [highest, sum(1 << 31 - bit for bit in range(32) if highest + 2 + bit in there)]


def played(acts: list[list[Any]]) -> tuple[Chain, list[str]]:
    """Take every act; return the chain after and what each item was."""
    chain, seen = Chain(), []
    for kind, *given in acts:
        match kind:
            case "item":
                seen.append(chain.item(*given))
            case "close":
                chain.close(*given)
            case "book":
                chain.book(*given)
            case _:
                raise RefusedError(kind)
    return chain, seen
