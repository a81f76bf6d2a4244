"""What an enclosure gives away, in one sentence for the officer."""

from typing import assert_never

from secmsg.metadata.report import Found, Outcome, Report, Trace
from ui.format import one_line
from ui.language import tr

SHOWN = 2
"""Values of one kind that are spelt out; the rest is counted."""


def sentence(report: Report | None, *, removed: bool) -> str:
    """Say what was found in a file and what becomes of it; None while it is being looked at."""
    if report is None:
        return tr("Being checked for metadata…")
    match report.outcome:
        case Outcome.CLEAN:
            return tr("No metadata found.")
        case Outcome.REMOVABLE:
            return _removable(report, removed=removed)
        case Outcome.SIGNED:
            return tr("Digitally signed: taking metadata out would break the signature, so it is sent as it is.")
        case Outcome.UNKNOWN:
            return tr("Metadata of this kind of file cannot be checked; it is sent as it is.")
        case Outcome.UNREADABLE:
            return tr("Metadata not checked: the file is damaged, locked by a password or too large; sent as it is.")
        case _:
            assert_never(report.outcome)


def is_doubtful(report: Report | None, *, removed: bool) -> bool:
    """Whether something may leave with the file that the officer has not seen or has chosen to keep."""
    if report is None or report.outcome is Outcome.CLEAN:
        return False
    return not removed or bool(report.left)


def _removable(report: Report, *, removed: bool) -> str:
    found = listed(report.found)
    if not removed:
        return tr("Sent with its metadata: {found}.", found=found)
    said = tr("Taken out before sealing: {found}.", found=found)
    return f"{said} {tr('Stays: {left}.', left=listed(report.left))}" if report.left else said


def listed(entries: tuple[Found, ...]) -> str:
    """List what was found by its kind."""
    kinds: dict[Trace, list[str]] = {}
    for each in entries:
        values = kinds.setdefault(each.trace, [])
        if each.value and each.value not in values:
            values.append(one_line(each.value))
    return "; ".join(_kind(trace, values) for trace, values in kinds.items())


def _kind(trace: Trace, values: list[str]) -> str:
    shown = ", ".join(value if len(value) <= 40 else f"{value[:39]}…" for value in values[:SHOWN])
    more = f" (+{len(values) - SHOWN})" if len(values) > SHOWN else ""
    return f"{word(trace)} {shown}{more}".strip()


def word(trace: Trace) -> str:
    """Name a kind of metadata."""
    match trace:
        case Trace.POSITION:
            return tr("position")
        case Trace.AUTHOR:
            return tr("author")
        case Trace.DEVICE:
            return tr("device")
        case Trace.SOFTWARE:
            return tr("software")
        case Trace.TIME:
            return tr("hour")
        case Trace.COMMENT:
            return tr("description")
        case Trace.THUMBNAIL:
            return tr("small picture")
        case Trace.HISTORY:
            return tr("earlier versions")
        case Trace.PATH:
            return tr("path")
        case Trace.OTHER:
            return tr("other")
        case _:
            assert_never(trace)
