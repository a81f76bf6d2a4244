"""The columns of the outbox, and the one word and one sentence of each state: only what is proven."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import assert_never

from PySide6.QtGui import QIcon

from secmsg.office.lifecycle import OutboxState, is_open
from secmsg.station.views import OutboxRow
from secmsg.wire.cable import Degree, Urgency
from ui import names, words
from ui.format import Place, in_list, number, one_line, short, size, span
from ui.language import tr
from ui.outbox.state import is_paused, key, overdue, percent
from ui.theme import Ink, icon, look, wide
from ui.widgets.marks import marks_width
from ui.widgets.rows import Column, Emphasis, Manner


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the columns need besides the row."""

    here: Place
    clock: Callable[[], int]


def columns(around: Surroundings) -> tuple[Column[OutboxRow], ...]:
    """Give the columns."""
    return (
        Column(
            lambda: tr("Precedence"),
            lambda row: words.urgency(row.urgency),
            lambda: marks_width(Urgency),
            mark=lambda row: row.urgency,
        ),
        Column(
            lambda: tr("Classification"),
            lambda row: words.degree(row.degree),
            lambda: marks_width(Degree),
            mark=lambda row: row.degree,
        ),
        Column(
            lambda: tr("No."),
            lambda row: number(row.number),
            lambda: wide("00000", Emphasis.STRONG) + look().px(16),
        ),
        Column(lambda: tr("Subject"), lambda row: row.subject or tr("(subject not entered)"), None),
        Column(
            lambda: tr("To"), lambda row: names.station(row.to_name), lambda: look().px(190), lambda: look().px(105)
        ),
        Column(
            lambda: tr("State"),
            state_words,
            lambda: max(wide(words.delivery(state)) for state in OutboxState) + look().px(62),
            lambda: look().px(140),
            icon=lambda row: state_icon(row, around.clock()),
        ),
        Column(
            lambda: tr("Since ({place})", place=around.here.name),
            lambda row: in_list(row.since, around.clock(), around.here),
            lambda: max(wide("00/00 00:00"), wide(tr("Since ({place})", place=around.here.name))) + look().px(16),
        ),
    )


def manner(around: Surroundings) -> Manner[OutboxRow]:
    """Say how whole rows are named, read out and emphasised."""
    return Manner(
        key=key,
        sentence=lambda row: ", ".join(
            (
                words.urgency(row.urgency),
                words.degree(row.degree),
                tr("cable {n}", n=number(row.number)),
                row.subject or tr("(subject not entered)"),
                names.station(row.to_name),
                sentence(row, around),
            )
        ),
        strong=lambda row: row.urgency >= Urgency.IMMEDIATE,
    )


def state_words(row: OutboxRow) -> str:
    """Name a row's state with how much has gone up."""
    done = percent(row)
    if is_paused(row):
        return tr("Files paused {n} %", n=done or 0)
    if row.picked_up_at is not None:
        return tr("Picked up, locked")
    return (
        words.delivery(row.state)
        if done is None or row.state is not OutboxState.SENDING
        else f"{words.delivery(row.state)} {done} %"
    )


def state_icon(row: OutboxRow, now: int) -> QIcon:
    """Give a shape that no other state has."""
    if is_paused(row):
        return icon("pause", Ink.WARN)
    if row.picked_up_at is not None:
        return icon("lock", Ink.WARN)
    match row.state:
        case OutboxState.WAITING_KEYS:
            return icon("keyboard", Ink.DIM)
        case OutboxState.WAITING:
            return icon("hourglass", Ink.DIM)
        case OutboxState.SENDING:
            return icon("send", Ink.TEXT)
        case OutboxState.RELAY_HOLDS:
            return icon("clock", Ink.WARN) if overdue(row, now) else icon("cloud", Ink.DIM)
        case OutboxState.UNKNOWN:
            return icon("circle-question-mark", Ink.WARN)
        case OutboxState.ARRIVED | OutboxState.DECIPHERED:
            return icon("check", Ink.GOOD)
        case OutboxState.ACKNOWLEDGED:
            return icon("check-check", Ink.GOOD)
        case OutboxState.HELD:
            return icon("pause", Ink.WARN)
        case OutboxState.REFUSED:
            return icon("circle-x", Ink.FAULT)
        case OutboxState.EXPIRED | OutboxState.WITHDRAWN:
            return icon("triangle-alert", Ink.FAULT)
        case _:
            assert_never(row.state)


def sentence(row: OutboxRow, around: Surroundings) -> str:
    """Say what is known of a delivery, what is safe, and what comes next."""
    parts = [_known(row, around), *_pouched(row, around), *_next(row, around)]
    return " ".join(part for part in parts if part)


def _known(row: OutboxRow, around: Surroundings) -> str:
    to, since = names.station(row.to_name), short(row.since, around.here)
    relay = one_line(row.relay_name) or tr("the relay")
    if is_paused(row):
        done, total = (size(part) for part in row.parts or (0, 0))
        return tr(
            "The officer paused the files at {done} of {total}. The cable leaves when they are at the relay.",
            done=done,
            total=total,
        )
    if row.picked_up_at is not None:
        return tr(
            "{to}: the machine there is locked and was called; its answer, sealed before the lock, came at {time}. "
            "Nobody has opened the cable there, it lies at the relay. If it cannot wait, call by another way.",
            to=to,
            time=short(row.picked_up_at, around.here),
        )
    match row.state:
        case OutboxState.WAITING_KEYS:
            return tr(
                "{to} has not given out keys yet. The cable is safe here and is sealed as soon as they come.",
                to=to,
            )
        case OutboxState.WAITING:
            return tr("The cable is intact here and will be sent by itself.")
        case OutboxState.SENDING:
            if row.parts is not None and percent(row) is not None:
                done, total = (size(part) for part in row.parts)
                return tr("Sending by {relay}: {done} of {total} handed over.", relay=relay, done=done, total=total)
            return tr("Sending by {relay}.", relay=relay)
        case OutboxState.RELAY_HOLDS:
            return tr(
                "{relay} has held it since {time}. {to} has given no receipt yet.",
                relay=relay,
                time=since,
                to=to,
            )
        case OutboxState.UNKNOWN:
            return tr(
                "Not known whether {to} has it: contact broke at {time}. Sending again makes no duplicate.",
                to=to,
                time=since,
            )
        case OutboxState.ARRIVED:
            return tr(
                "The machine of {to} received it at {time}; no officer has acknowledged it yet.",
                to=to,
                time=since,
            )
        case OutboxState.DECIPHERED:
            return tr("{to} deciphered it at {time}; no officer has acknowledged it yet.", to=to, time=since)
        case OutboxState.ACKNOWLEDGED:
            return tr("An officer of {to} acknowledged it at {time}.", to=to, time=since)
        case OutboxState.HELD:
            return tr("Kept back by the officer since {time}. It does not leave until it is let go.", time=since)
        case OutboxState.REFUSED:
            return tr("{to} refused it at {time}, signed.", to=to, time=since)
        case OutboxState.EXPIRED:
            return tr("It lost its value at {time} before its arrival was proven.", time=since)
        case OutboxState.WITHDRAWN:
            return tr(
                "The machine of {to} was taken off the list at {time} before it proved to have it. Nothing more goes "
                "there; ask headquarters which machine {to} has now.",
                to=to,
                time=since,
            )
        case _:
            assert_never(row.state)


def _pouched(row: OutboxRow, around: Surroundings) -> list[str]:
    """Say in which pouch it lies as well, as long as nothing proves that it arrived."""
    if not row.pouches or not is_open(row.state):
        return []
    last = row.pouches[-1]
    return [
        tr(
            "Written to the pouch {name} at {time} and read back; no receipt yet.",
            name=one_line(last.name),
            time=short(last.read_back_at, around.here),
        )
    ]


def _next(row: OutboxRow, around: Surroundings) -> list[str]:
    now = around.clock()
    parts = []
    if row.state in (OutboxState.WAITING, OutboxState.WAITING_KEYS, OutboxState.UNKNOWN) and not is_paused(row):
        if row.attempts:
            parts.append(tr("Tries: {n}.", n=row.attempts))
        if row.next_try_at is not None and row.next_try_at > now:
            parts.append(tr("Next try {time}.", time=short(row.next_try_at, around.here)))
    if overdue(row, now) and row.receipt_due_at is not None:
        parts.append(tr("The receipt is {late} overdue.", late=span(now - row.receipt_due_at)))
    return parts
