"""The lines of evidence of the chosen delivery: how it stands on each channel, and why a channel is or is not used."""

from collections.abc import Callable
from typing import assert_never

from PySide6.QtGui import QIcon

from secmsg.office.channels import ChannelKind, Why
from secmsg.station.views import ChannelLine, ChannelState
from ui import reports
from ui.format import Place, in_list, one_line, short
from ui.language import tr
from ui.theme import Ink, icon, look, wide
from ui.widgets.rows import Column, Manner, RowsModel, RowTable

MOST_SHOWN = 4
"""Lines shown without scrolling."""


def table(here: Place, clock: Callable[[], int]) -> RowTable[ChannelLine]:
    """Make the table."""
    columns: tuple[Column[ChannelLine], ...] = (
        Column(lambda: tr("Channel"), channel_name, lambda: look().px(165), lambda: look().px(110)),
        Column(
            lambda: tr("State"),
            state_word,
            lambda: max(wide(_word(state)) for state in ChannelState) + look().px(46),
            lambda: look().px(90),
            icon=state_icon,
        ),
        Column(
            lambda: tr("Since ({place})", place=here.name),
            lambda line: "" if line.at is None else in_list(line.at, clock(), here),
            lambda: max(wide("00/00 00:00"), wide(tr("Since ({place})", place=here.name))) + look().px(16),
        ),
        Column(
            lambda: tr("Tries"),
            lambda line: str(line.attempts) if line.attempts else "",
            lambda: max(wide("000"), wide(tr("Tries"))) + look().px(16),
        ),
        Column(lambda: tr("What comes next, and why"), lambda line: reason(line, here, clock()), None),
    )
    manner: Manner[ChannelLine] = Manner(
        key=lambda line: (line.channel, line.kind, line.copy),
        sentence=lambda line: ", ".join(
            part for part in (channel_name(line), state_word(line), reason(line, here, clock())) if part
        ),
        strong=lambda _: False,
    )
    return RowTable(RowsModel(columns, manner))


def channel_name(line: ChannelLine) -> str:
    """Name a channel, with the number of the addressee's machine when there are several."""
    name = tr("Pouch") if line.kind is ChannelKind.POUCH else one_line(line.channel)
    return name if line.copies == 1 else tr("{name} (machine {n})", name=name, n=line.copy)


def state_word(line: ChannelLine) -> str:
    """Name how the delivery stands on a channel."""
    if line.state is ChannelState.UNUSED and line.why is Why.PROVEN:
        return tr("not needed")
    return _word(line.state)


def _word(state: ChannelState) -> str:
    match state:
        case ChannelState.UNUSED:
            return tr("not used")
        case ChannelState.WAITING:
            return tr("waiting")
        case ChannelState.SENDING:
            return tr("sending")
        case ChannelState.HOLDS:
            return tr("held by the relay")
        case ChannelState.UNKNOWN:
            return tr("outcome unknown")
        case ChannelState.REFUSED:
            return tr("refused by the relay")
        case ChannelState.WRITTEN:
            return tr("written to a pouch")
        case _:
            assert_never(state)


def state_icon(line: ChannelLine) -> QIcon:
    """Give a shape that no other state has."""
    match line.state:
        case ChannelState.UNUSED:
            return icon("circle", Ink.DIM)
        case ChannelState.WAITING:
            return icon("hourglass", Ink.DIM)
        case ChannelState.SENDING:
            return icon("send", Ink.TEXT)
        case ChannelState.HOLDS:
            return icon("cloud", Ink.DIM)
        case ChannelState.UNKNOWN:
            return icon("circle-question-mark", Ink.WARN)
        case ChannelState.REFUSED:
            return icon("circle-x", Ink.WARN)
        case ChannelState.WRITTEN:
            return icon("save", Ink.DIM)
        case _:
            assert_never(line.state)


def reason(line: ChannelLine, here: Place, now: int) -> str:
    """Say what the last try reported, and what comes next on this channel or why nothing does."""
    parts = []
    if line.state is ChannelState.WRITTEN:
        parts.append(tr("{name}: read back and equal.", name=one_line(line.detail)))
    elif line.detail and line.why is not Why.PROVEN:
        parts.append(reports.say(line.detail))
    if line.next_try_at is not None and line.next_try_at > now:
        parts.append(tr("Next try {time}.", time=short(line.next_try_at, here)))
    elif line.state is not ChannelState.SENDING:
        parts.append(_why(line, here))
    return " ".join(part for part in parts if part)


def explained(line: ChannelLine, here: Place, now: int) -> str:
    """Say everything about a line: its columns in full, and below them the link's own words."""
    said = " ".join(part for part in (f"{channel_name(line)}: {state_word(line)}.", reason(line, here, now)) if part)
    own = line.detail if line.detail and line.state is not ChannelState.WRITTEN else ""
    return f"{said}\n{tr('As the link put it')}: {one_line(own)}" if own else said


def _why(line: ChannelLine, here: Place) -> str:
    at = "" if line.why_at is None else short(line.why_at, here)
    match line.why:
        case Why.NOW:
            return tr("It goes at the next contact.")
        case Why.HOLDS:
            return tr("Not a proof of arrival.")
        case Why.PROVEN:
            return tr("The receipt is here.")
        case Why.BY_HAND:
            return tr("Carried by hand: an officer writes a pouch.")
        case Why.SWITCHED_OFF:
            return tr("Switched off by the officer.")
        case Why.ABOVE_CAP:
            return tr("May not carry this classification.")
        case Why.NOT_IN_TABLE:
            return tr("Not meant for this precedence and classification.")
        case Why.AFTER_OTHERS:
            return tr("From {time}, unless another has taken it by then.", time=at)
        case Why.HELD_ELSEWHERE:
            return tr("From {time}, if no receipt is here by then.", time=at)
        case _:
            assert_never(line.why)


def height(shown: RowTable[ChannelLine]) -> int:
    """Return the height at which a table shows its lines and no empty space."""
    lines = min(MOST_SHOWN, max(1, len(shown.rows_model.rows)))
    row = max(shown.sizeHintForRow(0), look().row)
    return shown.header().sizeHint().height() + lines * row + 2 * shown.frameWidth() + look().px(2)
