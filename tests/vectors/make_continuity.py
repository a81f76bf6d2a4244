"""Make continuity.json: what arrives of one chain, and what each item is to it (docs/spec/continuity.md 2, 3).

A hash is written as a name: equal names are equal hashes, the empty name is the 32 zeros before the first item.
"""

from typing import Any

from secmsg.errors import NotAllowed
from secmsg.office import continuity
from secmsg.office.continuity import State
from tests.vectors import frame
from tests.vectors.frame import Test

Act = list[Any]


def item(serial: int, name: str = "a", before: str | None = None, covers: int = 0) -> Act:
    """Write an item of the chain that calls its hashes a1, a2 and so on."""
    named = ("" if serial == 1 else f"a{serial - 1}") if before is None else before
    return ["item", serial, named, f"{name}{serial}", covers]


def items(*serials: int) -> list[Act]:
    return [item(serial) for serial in serials]


def hash_of(name: str) -> bytes:
    return name.encode().ljust(32, b"\0")


def played(acts: list[Act]) -> tuple[State, list[str]]:
    """Let the rules take every act; return the state after and what each item was."""
    state, seen = State(), []
    for kind, *given in acts:
        match kind:
            case "item":
                serial, before, name, covers = given
                state, observation = continuity.observe(state, serial, hash_of(before), hash_of(name), covers)
                seen.append(observation.value)
            case "close":
                state = continuity.closed(state, *given)
            case _:
                state = continuity.restarted(state, given[0], hash_of(given[1]))
    return state, seen


def _taken(name: str, acts: list[Act], *flags: str) -> Test:
    state, seen = played(acts)
    ack = continuity.acknowledgement(state)
    told = {
        "highest": state.highest,
        "gaps": [list(gap) for gap in continuity.gaps(state)],
        "ack": [ack.ack, ack.bitmap],
    }
    return frame.ok(name, *flags, acts=acts, gives=seen, **told)


def _accepted() -> list[Test]:
    kept = item(3, covers=2)
    return [
        _taken("in order", items(1, 2, 3)),
        _taken("a gap, and what fills it", items(1, 3, 4, 2), "example"),
        _taken("two gaps", items(1, 3, 6, 5)),
        _taken("runs that join from both sides", items(1, 3, 5, 4)),
        _taken("far ahead", items(1, 34, 35, 36)),
        _taken("the first is missing", items(2, 3)),
        _taken("twice", items(1, 2, 2, 1)),
        _taken("twice, ahead", items(1, 4, 5, 4, 5)),
        _taken("in the middle of a run ahead, whatever its hash", [*items(1, 4, 5, 6), item(5, "b")]),
        _taken("more than 64 back, whatever its hash", [*items(*range(1, 67)), item(1, "b"), item(3, "b")]),
        _taken("behind a joined run, whatever its hash", [*items(1, 3, 4, 2), item(3, "b")]),
        _taken("another item under a serial that came", [*items(1, 2), item(2, "b")]),
        _taken("another item under the first", [*items(1), item(1, "b")]),
        _taken("another item at the end of a run", [*items(1, 4), item(4, "b")]),
        _taken("another item before the beginning of a run", [*items(1, 4), item(4, "a", "b3")]),
        _taken("names another before it", [*items(1), item(2, "a", "b1")]),
        _taken("names another before it, behind a run", [*items(1, 4), item(5, "a", "b4")]),
        _taken("is not the one that the next one names", [*items(1, 3), item(2, "b")]),
        _taken("257 runs", items(*range(2, 2 * 257 + 1, 2))),
        _taken("a run more, which joins two", [*items(*range(2, 2 * 256 + 1, 2)), item(3)]),
        _taken("a block for the hand", [*items(1, 2), kept, item(6, "a", "a3")]),
        _taken("an item under a number of a block", [*items(1, 2), kept, item(5, "b"), item(4, "b")]),
        _taken("a block over serials that came", [*items(1, 2, 4), kept]),
        _taken("a closed gap, and what follows", [*items(1, 3), ["close", 2, 2], item(4)]),
        _taken("late in a closed gap", [*items(1, 5), ["close", 2, 4], *items(3, 4, 2), item(6)]),
        _taken("late, and does not agree", [*items(1, 3), ["close", 2, 2], item(2, "b"), item(2, "a", "b1")]),
        _taken("a closed gap beyond another one", [*items(1, 3, 5), ["close", 4, 4], item(2)]),
        _taken("a new book", [*items(1, 2), ["book", 1001, "new"], item(1001, "n", "new")]),
        _taken("a new book closes the gaps of the old", [*items(1, 3), ["book", 1001, "new"], item(2)]),
        _taken("a new book, its second item first", [*items(1), item(1002, "n", "n1001"), ["book", 1001, "new"]]),
    ]


def _refused() -> list[Test]:
    acts = {
        "a part of a gap": [*items(1, 5), ["close", 2, 3]],
        "more than a gap": [*items(1, 3), ["close", 2, 3]],
        "no gap": [*items(1, 2), ["close", 3, 3]],
        "two gaps at once": [*items(1, 3, 5), ["close", 2, 4]],
        "a gap that was closed": [*items(1, 3), ["close", 2, 2], ["close", 2, 2]],
        "a new book from a serial that came": [*items(1, 2), ["book", 2, "new"]],
        "a new book from a serial ahead": [*items(1, 4), ["book", 4, "new"]],
    }
    for name, each in acts.items():
        try:
            played(each)
        except NotAllowed:
            continue
        raise AssertionError(name)
    return [frame.no(name, "NotAllowed", "rule", acts=each) for name, each in acts.items()]


def made() -> dict[str, str]:
    """Return the text of the file."""
    return {"continuity": frame.text("continuity.md", [*_accepted(), *_refused()])}
