"""What the page of serials knows: how each pair stands, and the missing serials."""

from enum import Enum

from secmsg.station.number_views import AskLine, Continuity, MissingRow, PairRow
from secmsg.station.views import GapRow
from secmsg.wire.service import Posture

EMPTY = Continuity(Posture.NORMAL, 86_400, ())


class Standing(Enum):
    """The gravest thing that is to be said of a pair."""

    SILENT = "silent"
    """Its recap is missing beyond the grace."""
    VAIN = "vain"
    """Serials were asked for in vain: a person decides."""
    LACKS = "lacks"
    """It lacks serials of ours."""
    MISSING = "missing"
    COMPARED = "compared"
    """Nothing is missing, and both transcripts were found equal."""
    NOT_COMPARED = "not-compared"
    """Nothing is missing as far as is known; no recap has been compared yet."""


def key(row: GapRow) -> object:
    """Name a row."""
    return row.peer, row.peer_name, row.first


def missing(rows: tuple[GapRow, ...]) -> int:
    """Count the serials that are missing."""
    return sum(row.last - row.first + 1 for row in rows)


def standing(row: PairRow) -> Standing:
    """Say how a pair stands."""
    if row.silent_since is not None:
        return Standing.SILENT
    if any(each.alarmed_at is not None for each in row.missing):
        return Standing.VAIN
    if row.lacking:
        return Standing.LACKS
    if row.missing:
        return Standing.MISSING
    return Standing.COMPARED if row.agreed_out or row.agreed_in else Standing.NOT_COMPARED


def alarms(shown: Continuity) -> int:
    """Count the pairs that wait for a person for another reason than a gap."""
    return sum(standing(row) in (Standing.SILENT, Standing.LACKS) for row in shown.pairs)


def of_gap(shown: Continuity, gap: GapRow) -> MissingRow | None:
    """Find what was done about a gap, None when it is not known (any more)."""
    return next(
        (
            each
            for row in shown.pairs
            if row.peer == gap.peer
            for each in row.missing
            if each.first <= gap.first <= each.last
        ),
        None,
    )


def channels(asks: tuple[AskLine, ...]) -> str:
    """Name the channels that took the requests, each once, in the order of the first use."""
    return ", ".join(dict.fromkeys(name for ask in asks for name in ask.channels))
