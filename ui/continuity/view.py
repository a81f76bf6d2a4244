"""How the serials of every pair stand, and the missing ones: since when, how often asked for, over which channels."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QVBoxLayout

from secmsg.station.number_views import Continuity, PairRow
from secmsg.station.views import GapRow
from secmsg.wire.service import Posture, Ranges
from ui import names
from ui.continuity.state import EMPTY, Standing, channels, key, missing, of_gap, standing
from ui.format import Place, short, span
from ui.language import tr, trn
from ui.theme import Ink, icon, look, wide
from ui.widgets.phrases import View
from ui.widgets.rows import Column, Emphasis, Manner, RowsModel, RowTable
from ui.widgets.text import Text

MOST_SPANS = 4
"""Ranges that are written out; more are counted."""


class ContinuityView(View):
    """Lists pairs and gaps; a serial counts service messages too and is not a cable number."""

    def __init__(self, here: Place, clock: Callable[[], int]) -> None:
        super().__init__()
        self._here, self._clock = here, clock
        self._rows: tuple[GapRow, ...] = ()
        self._shown: Continuity = EMPTY
        self.table: RowTable[GapRow] = RowTable(RowsModel(self._gap_columns(), _gap_manner()))
        self.pairs: RowTable[PairRow] = RowTable(RowsModel(self._pair_columns(), self._pair_manner()))
        self.head = Text(wrap=True)
        self.below = Text(wrap=True)
        self.phrases.say(self.table.setAccessibleName, "Missing serials")
        self.phrases.say(self.pairs.setAccessibleName, "Serials of each station")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for text in (self.head, self.below):
            text.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            text.setContentsMargins(12, 10, 12, 10)
        column.addWidget(self.head)
        column.addWidget(self.pairs, 3)
        column.addWidget(self.below)
        column.addWidget(self.table, 2)
        self.render_state()

    def show_rows(self, rows: tuple[GapRow, ...]) -> None:
        """Show the missing serials that the station listed."""
        self._rows = rows
        self.table.show_rows(rows)
        self.render_state()

    def show_continuity(self, shown: Continuity) -> None:
        """Show how every pair stands."""
        self._shown = shown
        self.pairs.show_rows(shown.pairs)
        self.render_state()

    def render_state(self) -> None:
        """Say the posture and how many are missing."""
        count = missing(self._rows)
        self.head.setText(_posture(self._shown))
        self.below.setText(
            trn(
                count,
                "{n} serial is missing. A late one closes its gap by itself.",
                "{n} serials are missing. A late one closes its gap by itself.",
            )
            if count
            else tr("No numbers missing in any chain.")
        )
        self.table.say_when_empty(tr("No numbers missing in any chain."))
        self.pairs.say_when_empty(tr("No chain has begun with any station."))
        self.below.setVisible(bool(count))
        for table in (self.table, self.pairs):
            table.fit()
            table.viewport().update()

    # --- columns -------------------------------------------------------------------------------------------------

    def _gap_columns(self) -> tuple[Column[GapRow], ...]:
        return (
            Column(
                lambda: tr("Chain from"),
                lambda row: names.station(row.peer_name),
                lambda: look().px(260),
                lambda: look().px(140),
                icon=lambda _: icon("triangle-alert", Ink.WARN),
            ),
            Column(lambda: tr("Missing serials"), _serials, lambda: wide("000000–000000", Emphasis.STRONG) + 30),
            Column(
                lambda: tr("Since"),
                lambda row: tr(
                    "{time}, {ago} ago", time=short(row.since, self._here), ago=span(self._clock() - row.since)
                ),
                lambda: look().px(250),
                lambda: look().px(170),
            ),
            Column(lambda: tr("Asked for"), self._asked, None),
        )

    def _pair_columns(self) -> tuple[Column[PairRow], ...]:
        figures = lambda: wide("00 000", Emphasis.STRONG) + 34  # noqa: E731 - one width for three columns
        return (
            Column(
                lambda: tr("Station"),
                lambda row: names.station(row.peer_name),
                lambda: look().px(260),
                lambda: look().px(130),
                icon=_shape,
            ),
            Column(lambda: tr("How it stands"), self._standing, None),
            Column(
                lambda: tr("Their last recap"),
                lambda row: tr("none yet") if row.recap_at is None else short(row.recap_at, self._here),
                lambda: wide("00/00 00:00 (UTC+00)", Emphasis.STRONG) + 20,
                lambda: wide("00/00 00:00 Paris", Emphasis.STRONG) + 12,
            ),
            Column(lambda: tr("Sent"), lambda row: str(row.sent), figures, right=True),
            Column(lambda: tr("They hold"), lambda row: str(row.theirs_received), figures, right=True),
            Column(lambda: tr("Received"), lambda row: str(row.received), figures, right=True),
        )

    def _pair_manner(self) -> Manner[PairRow]:
        return Manner(
            key=lambda row: row.peer,
            sentence=lambda row: tr(
                "{peer}: {sent} sent, {received} received. {standing}",
                peer=names.station(row.peer_name),
                sent=row.sent,
                received=row.received,
                standing=self._standing(row),
            ),
            strong=lambda row: standing(row) in (Standing.SILENT, Standing.VAIN, Standing.LACKS),
        )

    def _standing(self, row: PairRow) -> str:
        match standing(row):
            case Standing.SILENT:
                if row.heard_at is None:
                    return tr("Unusual silence: never heard")
                return tr("Unusual silence: last heard {time}", time=short(row.heard_at, self._here))
            case Standing.VAIN:
                vain = tuple((each.first, each.last) for each in row.missing if each.alarmed_at is not None)
                return tr("Missing {serials}, asked for in vain", serials=_spans(vain))
            case Standing.LACKS:
                return tr("Lacks {serials} of ours", serials=_spans(row.lacking))
            case Standing.MISSING:
                return tr("Missing {serials}", serials=_spans(tuple((each.first, each.last) for each in row.missing)))
            case Standing.COMPARED:
                return tr("Compared: sent up to {out}, received up to {into}", out=row.agreed_out, into=row.agreed_in)
            case Standing.NOT_COMPARED:
                return tr("Nothing missing; not compared yet")

    def _asked(self, row: GapRow) -> str:
        found = of_gap(self._shown, row)
        if found is None or not found.asked:
            return tr("not yet")
        how = trn(found.asked, "{n} time", "{n} times")
        by = channels(found.asks)
        said = tr("{how} by {channels}", how=how, channels=by) if by else how
        return said if found.alarmed_at is None else tr("{said}; in vain", said=said)


def _posture(shown: Continuity) -> str:
    hours = trn(shown.every_s // 3_600, "every hour", "every {n} hours")
    match shown.posture:
        case Posture.NORMAL:
            return tr("Posture normal: a recap of serials {hours}.", hours=hours)
        case Posture.HEIGHTENED:
            return tr("Posture heightened: a recap of serials {hours}.", hours=hours)
        case Posture.EMERGENCY:
            return tr("Posture emergency: a recap of serials {hours}.", hours=hours)


def _shape(row: PairRow) -> QIcon:
    match standing(row):
        case Standing.SILENT | Standing.VAIN:
            return icon("triangle-alert", Ink.FAULT)
        case Standing.LACKS | Standing.MISSING:
            return icon("triangle-alert", Ink.WARN)
        case Standing.COMPARED:
            return icon("circle-check", Ink.GOOD)
        case Standing.NOT_COMPARED:
            return icon("circle", Ink.DIM)


def _gap_manner() -> Manner[GapRow]:
    return Manner(
        key=key,
        sentence=lambda row: tr(
            "Missing: serials {first} to {last} in the chain from {peer}",
            first=row.first,
            last=row.last,
            peer=names.station(row.peer_name),
        ),
    )


def _serials(row: GapRow) -> str:
    return f"{row.first}" if row.first == row.last else f"{row.first}–{row.last}"


def _spans(ranges: Ranges) -> str:
    told = ", ".join(f"{first}" if first == last else f"{first}–{last}" for first, last in ranges[:MOST_SPANS])
    return told if len(ranges) <= MOST_SPANS else tr("{serials} and more", serials=told)
