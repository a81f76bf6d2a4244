"""The columns of the cable list for each source."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QIcon

from secmsg.office.lifecycle import OutboxState
from secmsg.station.views import CableRow, GapRow
from secmsg.wire.cable import Degree, Kind, Urgency
from ui import names, words
from ui.format import Place, in_list, number
from ui.inbox.state import Row, Source, key
from ui.language import tr, trn
from ui.theme import Ink, icon, look, wide
from ui.widgets.marks import Mark, marks_width
from ui.widgets.rows import Column, Emphasis, Manner


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the columns need besides the row."""

    here: Place
    clock: Callable[[], int]


def columns(source: Source, around: Surroundings) -> tuple[Column[Row], ...]:
    """Give the columns of a source, as in the picture of the main window."""
    outgoing = source is Source.SENT
    made: list[Column[Row]] = [
        Column(lambda: tr("Precedence"), _urgency, lambda: marks_width(Urgency), mark=_urgency_mark),
        Column(lambda: tr("Classification"), _degree, lambda: marks_width(Degree), mark=_degree_mark),
        Column(lambda: tr("No."), _number, lambda: wide("0000–0000", Emphasis.STRONG) + look().px(12)),
        Column(lambda: tr("Subject"), _subject, None, icon=_subject_icon),
        Column(
            lambda: tr("To") if outgoing else tr("From"),
            _peer,
            lambda: look().px(190),
            lambda: look().px(105),
        ),
    ]
    if outgoing:
        made.append(
            Column(
                lambda: tr("State"),
                _state,
                lambda: max(wide(words.delivery(state)) for state in OutboxState) + look().px(12),
                lambda: look().px(110),
            )
        )

    def heading() -> str:
        name = around.here.name
        return tr("Sent ({place})", place=name) if outgoing else tr("Received ({place})", place=name)

    made.append(
        Column(
            heading,
            lambda row: in_list(row.since if isinstance(row, GapRow) else row.at, around.clock(), around.here),
            lambda: max(wide("00/00 00:00", Emphasis.STRONG), wide(heading())) + look().px(16),
        )
    )
    return tuple(made)


def manner(around: Surroundings) -> Manner[Row]:
    """Say how whole rows are named, read out and emphasised."""
    return Manner(
        key=key,
        sentence=lambda row: sentence(row, around),
        strong=lambda row: isinstance(row, CableRow) and row.incoming and not row.acknowledged,
        slanted=lambda row: isinstance(row, GapRow),
    )


def sentence(row: Row, around: Surroundings) -> str:
    """Say a whole row aloud."""
    if isinstance(row, GapRow):
        return gap(row)
    parts = [
        words.urgency(row.urgency),
        words.degree(row.degree),
        tr("cable {n}", n=number(row.number)),
        _subject(row),
        names.station(row.peer_name),
        in_list(row.at, around.clock(), around.here),
    ]
    if row.incoming and not row.acknowledged:
        parts.append(tr("not acknowledged"))
    if row.annexes:
        parts.append(trn(row.annexes, "{n} enclosure", "{n} enclosures"))
    return ", ".join(parts)


def gap(row: GapRow) -> str:
    """Say which serials are missing; serials count service messages too and are not cable numbers."""
    if row.first == row.last:
        return tr(
            "Missing: serial {first} in the chain from {peer}", first=row.first, peer=names.station(row.peer_name)
        )
    return tr(
        "Missing: serials {first} to {last} in the chain from {peer}",
        first=row.first,
        last=row.last,
        peer=names.station(row.peer_name),
    )


def _urgency_mark(row: Row) -> Mark | None:
    return None if isinstance(row, GapRow) else row.urgency


def _degree_mark(row: Row) -> Mark | None:
    return None if isinstance(row, GapRow) else row.degree


def _urgency(row: Row) -> str:
    return "" if isinstance(row, GapRow) else words.urgency(row.urgency)


def _degree(row: Row) -> str:
    return "" if isinstance(row, GapRow) else words.degree(row.degree)


def _number(row: Row) -> str:
    if isinstance(row, CableRow):
        return number(row.number)
    return f"{row.first}" if row.first == row.last else f"{row.first}–{row.last}"


def _subject(row: Row) -> str:
    if isinstance(row, GapRow):
        return gap(row)
    subject = row.subject or _without_subject(row)
    said = f"{words.kind(row.kind)}: {subject}" if row.kind in (Kind.EXERCISE, Kind.TEST) else subject
    said = tr("Not signed yet: {subject}", subject=said) if row.unsigned else said
    return f"{said} — {row.excerpt}" if row.excerpt else said


def _without_subject(row: CableRow) -> str:
    # No subject travels in groups: it comes with the signed cable.
    return tr("(by hand, no subject)") if row.unsigned and row.by_hand else tr("(subject not entered)")


def _subject_icon(row: Row) -> QIcon | None:
    if isinstance(row, GapRow):
        return icon("triangle-alert", Ink.WARN)
    if row.unsigned:
        return icon("shield-alert", Ink.WARN)
    if not row.subject:
        return icon("lock")
    return icon("paperclip", Ink.DIM) if row.annexes else None


def _peer(row: Row) -> str:
    return names.station(row.peer_name)


def _state(row: Row) -> str:
    return words.delivery(row.state) if isinstance(row, CableRow) and row.state is not None else ""
