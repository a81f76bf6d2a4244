"""The window of notices: what happened, what is safe and what to do stand in it without moving it sideways."""

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from secmsg.ids import DeviceId, StationId
from secmsg.station.views import KeyringNote, Notice, NoticeKind, StationStatus
from tests.helpers.ministry import NOW
from ui import sheets
from ui.format import place
from ui.language import Language, Speech


def status(kind: NoticeKind) -> StationStatus:
    return StationStatus(
        joined=True, station=StationId(2), station_name="ĐSQ Paris", station_name_en="", place="Paris",
        timezone="Europe/Paris", device=DeviceId(3), person_name="", person_title="", edition=1, edition_at=NOW,
        unread_count=0, outbox_count=0, gaps=0, quarantined=0, keyring_note=KeyringNote.BOUND, clock_offset_s=None,
        notices=(Notice(kind, NOW, "secmsg officer sheet"),),
    )  # fmt: skip


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", [NoticeKind.SHEET_UNDONE, NoticeKind.SHEET_ENDED, NoticeKind.SHEET_DOUBTFUL])
def test_every_sentence_of_a_notice_stands_in_the_window(
    qapp: QApplication, qtbot: QtBot, kind: NoticeKind, language: Language
) -> None:
    speech, parent = Speech(qapp), QWidget()
    qtbot.addWidget(parent)
    speech.speak(language)
    try:
        window = sheets.notices(status(kind), place("Paris", "Europe/Paris"), parent)
        window.show()
        qapp.processEvents()
        rows = window.table.rows_model.rows

        assert " ".join(line.left for line in rows[:-1]) == sheets.notice_words(kind)
        assert len(rows) > len(("what happened", "when"))
        assert window.table.horizontalScrollBar().maximum() == 0
    finally:
        speech.speak(Language.ENGLISH)
