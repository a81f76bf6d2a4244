"""What the window of destruction in order says of a line, of its turn, and of what is lacking."""

from typing import assert_never

from secmsg.office.destruction import Fate
from secmsg.office.destruction_walk import Step, Turn
from ui.destruction import words
from ui.language import tr
from ui.walk.state import Lack


def turn(of: Turn) -> str:
    """Say when a line goes."""
    match of:
        case Turn.NOW:
            return tr("First, in this order: keys before content, the highest degree first")
        case Turn.CONTACT:
            return tr("Then, when all of that is said: the way by hand, in case the machine fails meanwhile")
        case Turn.AFTER:
            return tr("Last, after the keys of this machine: what the last call needs, and the machine")
        case _:
            assert_never(of)


def row(of: Step) -> str:
    """Say one line of the list, with what became of it."""
    what = words.place(of.task)
    match of.fate:
        case Fate.DESTROYED:
            return tr("destroyed: {what}", what=what)
        case Fate.LEFT:
            return tr("NOT destroyed: {what} ({reason})", what=what, reason=of.note)
        case _:
            return what


def lack(of: Lack) -> str:
    """Say what is lacking."""
    match of:
        case Lack.GROUND:
            return tr("Enter the ground: whose order, which number.")
        case Lack.SECOND:
            return tr("Name the second person.")
        case Lack.SAME:
            return tr("The second person is another than the officer who has opened the store.")
        case Lack.PROOF:
            return tr(
                "Another officer of this post may sign now: the second person enters their passphrase. Who is not "
                "there is entered as away first; level 3 needs nobody."
            )
        case Lack.TICKS:
            return tr("Both tick this line when nothing legible is left of it.")
        case Lack.REASON:
            return tr("Enter why it is not destroyed; the reason stands on the record.")
        case _:
            assert_never(of)
