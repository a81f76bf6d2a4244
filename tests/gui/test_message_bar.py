"""What is said in the bar of a window stands there whole: a question shows all that follows from saying yes."""

from functools import partial

from PySide6.QtWidgets import QDialog, QTableView, QVBoxLayout
from pytestqt.qtbot import QtBot

from ui.widgets.message_bar import Message, MessageBar, Remedy, Weight

QUESTION = (
    "Ghi nhận mất bộ số 1? Không bổ sung gì vào bộ nữa, sổ khí tài ghi mất, báo cáo gửi Bộ nằm ở Bản thảo. Khóa, "
    "phiên và điện của cơ quan vẫn giữ nguyên. Nếu tìm lại được bộ thì nhận lại như thường. "
)


def test_every_line_of_a_long_question_is_in_sight_beside_its_button(qtbot: QtBot) -> None:
    window, bar = QDialog(), MessageBar()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.addWidget(bar)
    column.addWidget(QTableView(), 1)
    window.resize(940, 520)
    window.show()

    for question in (QUESTION, QUESTION * 2):
        said, remedy = partial(str, question), Remedy(lambda: "Ghi nhận mất", lambda: None)
        bar.tell(Message(Weight.WARNING, said, (remedy,)))
        qtbot.wait(50)
        words, area = bar._words, bar._said
        assert words.heightForWidth(area.viewport().width()) > 2 * words.fontMetrics().lineSpacing()
        assert area.verticalScrollBar().maximum() == 0
        assert area.viewport().height() >= words.heightForWidth(area.viewport().width())
