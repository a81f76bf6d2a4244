"""When a missing serial is asked for, how it is answered, and when a person has to decide (docs/spec/continuity.md 5).

Pure: the clock's reading and what is known come in, the next step comes out.
"""

from enum import Enum


class Step(Enum):
    """What is to be done about a missing serial now."""

    WAIT = "wait"
    """Parallel channels may still bring it, or the last request is under way."""
    ASK = "ask"
    ALARM = "alarm"
    """It was asked for on every way: the officers of both ends are told."""
    NOTHING = "nothing"
    """They are told."""


class Answer(Enum):
    """How a serial that is asked for goes out again."""

    UNDER_WAY = "under-way"
    """No channel has taken it yet: it goes as it is."""
    IDENTICAL = "identical"
    """The stored bytes, on the other channels as well."""
    ANEW = "anew"
    """Enciphered once more under the same serial: the stored bytes are gone, or did not help the last time."""
    GONE = "gone"
    """The item is not kept, or the serial belongs to a block for the hand."""


def pause(asked: int, after_s: int) -> int:
    """Return how long to wait before the next request: the window for re-ordering, doubled with every request."""
    return after_s << asked


def next_step(since: int, asked_at: int | None, asked: int, now: int, after_s: int, tries: int) -> Step:
    """Decide about a serial missing `since`, asked for so often and last at `asked_at`, not given to the officers."""
    last = since if asked_at is None else asked_at
    # A clock set back must not put a request off for ever.
    if 0 <= now - last < pause(asked, after_s):
        return Step.WAIT
    return Step.ASK if asked < tries else Step.ALARM


def answer(*, kept: bool, held: bool, taken: int, channels: int, attempt: int) -> Answer:
    """Say how to answer a request for one serial.

    `kept`: the item is here; `held`: so are sealed bytes that the session in force can open, which `taken` of the
    `channels` have had. The first request gets the same bytes by those that have not: no relay learns from them that
    something is missing. Where every channel has had them they are of no use, and so after a request in vain.
    """
    if not kept:
        return Answer.GONE
    if held and not taken:
        return Answer.UNDER_WAY
    return Answer.IDENTICAL if held and taken < channels and attempt == 1 else Answer.ANEW
