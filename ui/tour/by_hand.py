"""The last steps of the tour: no line and no courier, so a cable goes by hand, group by group, as a voice reads it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from secmsg.manual.header import SUMS
from secmsg.station.views import CableRow
from ui.app import Program
from ui.hand_entering import Entering
from ui.hand_writing import Writing
from ui.inbox.view import InboxView
from ui.post import Post
from ui.tour import hands
from ui.tour.album import Told
from ui.tour.step import Step

TEXT = (
    "Đại sứ quán mất liên lạc từ 21 giờ ngày 22 tháng 11. Đại sứ quán đã nhận điện 0412. "
    "Đề nghị Bộ cho ý kiến chỉ đạo trước 18 giờ ngày 23."
)
SUBJECT = "Báo cáo mất liên lạc và đề nghị cho ý kiến"
UNHEARD = 17
"""The group, counted from 1, that headquarters does not hear."""


class ByHandSteps:
    """The two steps, over two opened programs; `top` is what the paper of the book shows, `cut` ends the line."""

    def __init__(self, headquarters: Program, mission: Program, top: str, cut: Callable[[], None]) -> None:
        self._hq, self._mission, self._top, self._cut = headquarters, mission, top, cut

    def steps(self) -> tuple[Step, ...]:
        """List the steps in order."""
        return (
            Step(
                "by-hand-written",
                Told(
                    "Mất đường truyền, không có giao thông viên: ĐSQ lập điện bằng mã dịch thủ công, "
                    "điện đã vào sổ (Ctrl+M)",
                    "no line and no courier: the mission enciphers a cable by hand, and it is registered (Ctrl+M)",
                ),
                Told(
                    "Bấm “Làm hộ bước này”: máy trung chuyển dừng, ĐSQ gõ điện và lấy "
                    f"trang {self._top} trên cùng của tập khóa.",
                    "Press “Do this step for me”: the relay is stopped, the mission writes and takes "
                    f"page {self._top} from the top of its pad book.",
                ),
                self._write,
                lambda: bool(self._numbers(self._post(self._mission).window.sent)),
                lambda: self._worksheet().view,
            ),
            Step(
                "by-hand-read",
                Told(
                    f"Bộ gõ các nhóm nghe được: thiếu nhóm {UNHEARD}, hỏi lại; nhóm xác thực khớp, "
                    "điện có trong sổ của cả hai nơi (Ctrl+Shift+M)",
                    f"headquarters types what it hears: group {UNHEARD} lacks and is asked for; the tag verifies, "
                    "and the cable is in both registers (Ctrl+Shift+M)",
                ),
                Told(
                    "Trong phiếu tính của ĐSQ, nhấn Ctrl+D để đọc; trong cửa sổ của Bộ, nhấn Ctrl+Shift+M và gõ.",
                    "Press Ctrl+D in the mission's worksheet to read; in headquarters' window Ctrl+Shift+M, and type.",
                ),
                self._hear,
                self._is_in_both,
                self._entry_window,
            ),
        )

    # --- at the mission ------------------------------------------------------------------------------------------

    def _write(self) -> None:
        self._cut()
        by_hand = self._post(self._mission).by_hand
        hands.press(self._post(self._mission).window, Qt.Key.Key_M, ctrl=True)
        hands.wait(lambda: bool(by_hand.writings), "the worksheet")
        view = self._worksheet().view
        hands.wait(lambda: view.state.choice is not None, "the pad books of the mission")
        for field, words in (
            (view.body, TEXT),
            (view.top, self._top),
            (view.form.subject, SUBJECT),
            (view.form.basis, "Danh mục bí mật nhà nước lĩnh vực đối ngoại, mục 3"),
            (view.form.topics, "CT"),
            (view.form.drafter, "Lê Minh Châu"),
        ):
            hands.front(view)
            field.setFocus(Qt.FocusReason.TabFocusReason)
            hands.write(words)
        view.form.degree.setFocus()
        for _ in range(3):
            hands.press(view, Qt.Key.Key_Down)
        hands.wait(lambda: view.state.encoding is not None, "the codes of the text")
        hands.press(view, Qt.Key.Key_Return, ctrl=True)
        hands.wait(lambda: view.done is not None or bool(view.message.text), "the enciphered cable")
        if view.done is None:
            raise TimeoutError(f"the cable was not enciphered: {view.message.text}")

    def _read_aloud(self) -> list[str]:
        """Read every line in large figures, ticking each; return the groups that were to be heard."""
        writing = self._worksheet()
        hands.press(writing.view, Qt.Key.Key_D, ctrl=True)
        hands.wait(lambda: writing.reading is not None, "the figures to read")
        reading, said = writing.reading, list[str]()
        if reading is not None:
            for line in reading.state.lines:
                said += line.groups
                hands.press(reading, Qt.Key.Key_Return)
            reading.close()
        hands.wait(lambda: writing.view.done is not None and writing.view.done.sent, "the note that it was read")
        return said

    # --- at headquarters -----------------------------------------------------------------------------------------

    def _hear(self) -> None:
        said = self._read_aloud()
        by_hand = self._post(self._hq).by_hand
        hands.press(self._post(self._hq).window, Qt.Key.Key_M, ctrl=True, shift=True)
        hands.wait(lambda: bool(by_hand.enterings), "the window for received groups")
        entry = by_hand.enterings[-1].view
        hands.front(entry)
        entry.grid.setFocus()
        unheard = SUMS + UNHEARD - 1
        for at, group in enumerate(said):
            if at != unheard:
                hands.write(group)
        hands.wait(lambda: entry.state.ask == (UNHEARD,), f"that group {UNHEARD} is asked for")
        # Without it nothing opens; the cursor goes to its place.
        hands.press(entry, Qt.Key.Key_Return, ctrl=True)
        hands.wait(lambda: entry.opened is None and not entry.busy, "the refusal to open what is not whole")
        hands.write(said[unheard])
        hands.press(entry, Qt.Key.Key_Return, ctrl=True)
        hands.wait(lambda: entry.opened is not None, "the tag of the cable")
        hands.wait(
            lambda: entry.body.toPlainText() == self._worksheet().view.body.toPlainText(), "the text, as written"
        )

    def _is_in_both(self) -> bool:
        left = self._numbers(self._post(self._mission).window.sent)
        return bool(left) and left == self._numbers(self._post(self._hq).window.inbox)

    def _entry_window(self) -> QWidget:
        enterings: list[Entering] = self._post(self._hq).by_hand.enterings
        return enterings[-1].view if enterings else self._post(self._hq).window

    # --- both ----------------------------------------------------------------------------------------------------

    @staticmethod
    def _post(program: Program) -> Post:
        if program.post is None:
            raise TimeoutError("a program of the demo is locked")
        return program.post

    def _worksheet(self) -> Writing:
        writings = self._post(self._mission).by_hand.writings
        if not writings:
            raise TimeoutError("no worksheet is open at the mission")
        return writings[-1]

    @staticmethod
    def _numbers(page: InboxView) -> set[int]:
        return {row.number for row in page.state.rows if isinstance(row, CableRow) and row.by_hand}
