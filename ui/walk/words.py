"""What the window of destruction in order says: of the walk, of a line and its turn, of what is lacking."""

from typing import assert_never

from secmsg.office.destruction import Fate
from secmsg.office.destruction_walk import Step, Turn
from ui.destruction import words
from ui.language import tr
from ui.walk.state import Lack, Page, WalkState


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


def heading(state: WalkState) -> str:
    """Say where the walk stands."""
    at, count = state.place
    match state.page:
        case Page.OPENING:
            return tr("Destruction in order goes on") if state.begun else tr("Destruction in order, by two")
        case Page.LINE:
            return tr("Line {at} of {count}", at=at, count=count)
        case Page.END:
            return tr("Everything is said: now the report")
        case Page.CLOSED:
            return tr("The list is closed: now the keys")


def point(state: WalkState) -> str:
    """Say what is to be done now, and what has no way back."""
    if state.stopping:
        return tr(
            "Stop for certain? The post works on. What was destroyed stays destroyed; a later destruction in order "
            "goes through the printed cables anew."
        )
    match state.page:
        case Page.OPENING if state.begun:
            return tr(
                "Every line said before the lock is kept. The second person is named or proven anew, then the walk "
                "goes on at the next line."
            )
        case Page.OPENING:
            return tr(
                "Line by line, each ticked by both and kept at once; a lock or a crash loses none. What is burnt "
                "has no way back. The keys of this machine are not touched here: until the last step, on the "
                "locked screen, the post can stop and work on."
            )
        case Page.LINE:
            return tr("Destroy it, then both tick. What both have ticked cannot be taken back.")
        case Page.END:
            return tr(
                "The report is sealed with what is NOT destroyed; it leaves when the keys go. The second person "
                "confirms the list as it stands."
            )
        case Page.CLOSED:
            return _closed(state)


def _closed(state: WalkState) -> str:
    sealed = (
        tr("The report is sealed: it leaves by the line when the keys go.")
        if state.walk.reports
        else tr("No report could be sealed: tell headquarters by voice, by the card of outcomes.")
    )
    left = tr("Not destroyed yet: {n} lines of the list.", n=len(state.left))
    way = tr(
        "Next: lock, type the word, hold Enter for 3 seconds. That is the point of no return: only a backup with "
        "its recovery sheet, or new keys, come after it."
    )
    said = tr("After the keys: {line}", line=words.outcome(state.walk.outcome))
    return f"{sealed} {left} {said}\n{way}"
