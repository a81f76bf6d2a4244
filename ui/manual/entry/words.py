"""What the window for received groups says: which group, what is wrong with it, what to ask for, what comes next."""

from typing import assert_never

from secmsg.errors import GroupsWrong, HeaderWrong
from ui import failures
from ui.language import tr, trn
from ui.manual.entry.state import EntryState, Fault, Slip
from ui.manual.lines import Said
from ui.theme import Ink

MOST_LINES = 6
"""Slips that are told one by one; the rest are counted, and all of them are outlined in the grid."""


def fault(fault: Fault) -> str:
    """Name a slip with its place."""
    n = fault.number
    match fault.slip:
        case Slip.HEADER:
            return tr("Header group {n}: does not fit; ask for it again.", n=n)
        case Slip.SHORT:
            return trn(fault.lack, "Group {at}: {n} figure is lacking", "Group {at}: {n} figures are lacking", at=n)
        case Slip.CHECK:
            return tr("Group {n}: the check figure does not fit", n=n)
        case Slip.MISSING:
            return tr("Group {n}: missing", n=n)
        case Slip.SWAPPED:
            return tr("Groups {n} and {m}: have changed places", n=n, m=n + 1)
        case Slip.PARITY_CHECK:
            return tr("Row {n}: its parity group does not fit; the groups of the row stand by themselves", n=n)
        case Slip.ROW_OFF:
            return tr("Row {n}: every group fits and the parity contradicts; ask for the whole row", n=n)
        case Slip.EXCESS:
            return tr("A group too many came in; it has no place and was set aside", n=n)
        case _:
            assert_never(fault.slip)


def numbers(asked: tuple[int, ...]) -> str:
    """Give group numbers as they are spoken, neighbours joined."""
    runs: list[list[int]] = []
    for number in asked:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(
        str(first) if first == last else tr("{first} to {last}", first=first, last=last) for first, last in runs
    )


def lines(state: EntryState) -> list[Said]:
    """Say what is wrong, the first slips one by one."""
    if state.refused:
        return [("circle-x", Ink.FAULT, tr("“{sign}” is no figure and was not taken.", sign=state.refused))]
    found = state.faults
    said: list[Said] = [("circle-x", Ink.FAULT, fault(each)) for each in found[:MOST_LINES]]
    if len(found) > MOST_LINES:
        left = len(found) - MOST_LINES
        more = trn(left, "and {n} more, outlined in the grid", "and {n} more, outlined in the grid")
        said.append(("circle-alert", Ink.WARN, more))
    if state.mended:
        mended = numbers(tuple(place + 1 for place in state.mended))
        said.append(("circle-check", Ink.GOOD, tr("Put right without asking: group {groups}", groups=mended)))
    return said


def step(state: EntryState) -> str:
    """Name the next step."""
    if state.header is None:
        if state.head_wrong:
            return tr("Next: ask the sender to repeat header group {n}, and type it over.", n=numbers(state.head_wrong))
        return tr("Next: type the seven groups of the header, or paste the whole message.")
    if state.judgement.waiting:
        return tr("Next: type group {n} of {all}.", n=state.judgement.waiting[0] + 1, all=state.header.count)
    if state.may_mend:
        return tr("Next: put right what needs nobody; what is left is asked for.")
    if state.ask:
        return tr("Next: ask the sender: “repeat group {n}”, and type it over.", n=numbers(state.ask))
    if state.excess:
        return tr("Next: compare the groups set aside with the sender, then leave them out.")
    if not state.whole:
        return tr("Next: type the tag group.")
    return tr("Next: verify the tag. The text is opened only after that.")


def failure(error: BaseException) -> str:
    """Say why a message was not taken or not opened."""
    if isinstance(error, HeaderWrong):
        return tr("The header does not fit: ask for header group {n} again. Nothing was taken.", n=numbers(error.cells))
    if isinstance(error, GroupsWrong):
        asked = numbers(tuple(place + 1 for place in error.places))
        return tr("Groups do not fit, so nothing was opened. Ask for group {n} again.", n=asked)
    return failures.sentence(error)
