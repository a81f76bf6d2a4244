"""Destroying a page: the paper first, two different names, no way back, and nothing done before that."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.manual.destroy.state import DestroyState, Lack
from ui.manual.destroy.view import DestroyDialog

ASKED = DestroyState("ĐI-017 1 1/2", ("00427",), "Trần Văn Bình")


class TestState:
    @pytest.mark.parametrize(
        ("burnt", "second", "lack"),
        [
            (False, "Lê Minh Châu", Lack.PAPER),
            (True, "  ", Lack.SECOND),
            (True, "tran  van binh", Lack.SAME),
            (True, "Lê Minh Châu", None),
        ],
    )
    def test_the_paper_burns_first_and_the_second_is_another(
        self, *, burnt: bool, second: str, lack: Lack | None
    ) -> None:
        assert DestroyState("ĐI-017", ("00427",), "Trần Văn Bình", second, burnt).lack is lack


class TestDialog:
    def test_by_keys_alone_and_not_before_everything_is_said(self, qtbot: QtBot) -> None:
        parent = QWidget()
        qtbot.addWidget(parent)
        dialog = DestroyDialog(ASKED, parent)
        confirmed: list[DestroyState] = []
        dialog.confirmed.connect(confirmed.append)
        dialog.show()
        assert "no way back" in dialog.warning.text()

        dialog.confirm()
        assert "Burn the paper first" in dialog.lack.text()
        QTest.keyClick(dialog.burnt, Qt.Key.Key_Space)
        dialog.confirm()
        assert dialog.lack.text() == "Name the second person."
        QTest.keyClicks(dialog.second, "Tran Van Binh")
        dialog.confirm()
        assert "another than the officer" in dialog.lack.text()
        assert confirmed == []

        dialog.second.setText("Lê Minh Châu")
        dialog.confirm()
        assert [state.second for state in confirmed] == ["Lê Minh Châu"]
        assert not dialog.isVisible()

    def test_it_can_be_left_without_doing_anything(self, qtbot: QtBot) -> None:
        parent = QWidget()
        qtbot.addWidget(parent)
        dialog = DestroyDialog(ASKED, parent)
        confirmed: list[DestroyState] = []
        dialog.confirmed.connect(confirmed.append)
        dialog.show()
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert confirmed == []
