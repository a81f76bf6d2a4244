"""Two persons at one message: who works which rows, so that nobody waits longer than a row.

The tag's column needs the groups above it, so its writer follows a row behind; both halves of the work take about the
same time. After the tags agree, the rows of an incoming message are halved. Source: docs/spec/manual.md 10.
"""

from dataclasses import dataclass
from enum import StrEnum

from secmsg.manual.checks import rows
from secmsg.manual.worksheet import Direction


class Task(StrEnum):
    """What a person does with rows."""

    CIPHER = "cipher"
    """Key under code, add, check figure, parity group."""
    CHECKS = "checks"
    """Write the groups as they come and walk their check figures."""
    TAG = "tag"
    """The column of one tag, a row behind; then its mask."""
    CODES = "codes"
    """Subtract, after the tags agree."""
    AGAIN = "again"
    """The second pass: work the other's cipher rows once more, before anything is sent."""


@dataclass(frozen=True, slots=True)
class Duty:
    """`person` 1 or 2, the rows from 0, and which tag (from 0) where the task is one."""

    person: int
    task: Task
    rows: range
    tag: int = 0


def duties(direction: Direction, count: int, tags: int) -> tuple[Duty, ...]:
    """Share the work on a message of `count` groups between two persons, in the order of each."""
    whole = range(rows(count))
    # The one who follows behind is the second; of two tags the first person takes the second, when his rows are done.
    columns = [Duty(2 - which, Task.TAG, whole, which) for which in range(tags)]
    if direction is Direction.ENCIPHER:
        return (Duty(1, Task.CIPHER, whole), *columns, Duty(2, Task.AGAIN, whole))
    half = (len(whole) + 1) // 2
    codes = (Duty(1, Task.CODES, whole[:half]), Duty(2, Task.CODES, whole[half:]))
    return (Duty(1, Task.CHECKS, whole), *columns, *(duty for duty in codes if duty.rows))
