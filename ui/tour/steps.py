"""The steps of the tour: what is done through the real windows, and what must then be true."""

from concurrent.futures import ThreadPoolExecutor

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from secmsg.office.draft import Draft
from secmsg.office.lifecycle import OutboxState
from secmsg.station.listing import places_of
from secmsg.station.views import AttachmentState, CableRow
from secmsg.wire.cable import Degree, Urgency
from ui.app import Program
from ui.compose.view import ComposeView
from ui.inbox.state import key
from ui.main_window import Shelf
from ui.post import Post
from ui.pouching import Pouching
from ui.tour import hands
from ui.tour.album import Told
from ui.tour.by_hand import ByHandSteps
from ui.tour.stage import Stage
from ui.tour.step import Step

SUBJECT = "Ý kiến của Đại sứ quán về dự thảo nghị quyết"
ANSWER = (
    "Trả lời điện của Bộ:\n\n1. Đại sứ quán nhất trí với dự thảo đã chỉnh lý.\n\n"
    "2. Đề nghị bổ sung một câu tại đoạn 4 về hợp tác kỹ thuật./."
)
SOUGHT = "dien hoa toc"
ARRIVED = (OutboxState.ARRIVED, OutboxState.DECIPHERED, OutboxState.ACKNOWLEDGED)


class Tour:
    """The steps, over two opened programs and the stage they stand on."""

    def __init__(self, stage: Stage, headquarters: Program, mission: Program, flash: Draft) -> None:
        self._stage, self._hq, self._mission, self._flash = stage, headquarters, mission, flash
        self._aside = ThreadPoolExecutor(1, "relay of the demo")

    def close(self) -> None:
        """End what runs beside the windows."""
        self._aside.shutdown()

    def steps(self) -> tuple[Step, ...]:
        """List the steps in order."""
        mission, headquarters = self._mission_window, self._headquarters_window
        return (
            Step(
                "receive",
                Told(
                    "ĐSQ nhận điện Hỏa tốc của Bộ, tệp PDF 5 MB đã về đủ và đã kiểm",
                    "the mission receives a Flash cable; its 5 MB PDF is here and checked",
                ),
                Told(
                    "Bấm “Làm hộ bước này”: Bộ phát một điện Hỏa tốc.",
                    "Press “Do this step for me”: headquarters releases a Flash cable.",
                ),
                self._send_flash,
                self._flash_is_whole,
                mission,
            ),
            Step(
                "read",
                Told("Mở điện: chữ ký hợp lệ, đúng thứ tự", "opened: the signature verifies, the order is right"),
                Told(
                    "Trong cửa sổ ĐSQ, chọn dòng Hỏa tốc rồi nhấn Enter.",
                    "In the mission's window choose the Flash row and press Enter.",
                ),
                self._read,
                self._is_verified,
                mission,
            ),
            Step(
                "acknowledge",
                Told("Ký nhận (Ctrl+Shift+K)", "acknowledged by the officer (Ctrl+Shift+K)"),
                Told(
                    "Nhấn Ctrl+Shift+K trong cửa sổ ĐSQ.",
                    "Press Ctrl+Shift+K in the mission's window.",
                ),
                lambda: hands.press(mission(), Qt.Key.Key_K, ctrl=True, shift=True),
                self._is_acknowledged,
                mission,
            ),
            Step(
                "acknowledged",
                Told("Bộ thấy ĐSQ đã ký nhận", "headquarters sees the person's acknowledgement"),
                Told(
                    "Trong cửa sổ của Bộ, nhấn Ctrl+2 và chọn điện Hỏa tốc.",
                    "In headquarters' window press Ctrl+2 and choose the Flash cable.",
                ),
                lambda: self._show_sent(self._post(self._hq)),
                self._hq_knows,
                headquarters,
            ),
            Step(
                "refused",
                Told(
                    "Trả lời (Ctrl+R) chưa chọn độ mật: chương trình không gửi, nói rõ thiếu gì",
                    "an answer without a degree is refused, and what lacks is said",
                ),
                Told(
                    "Trong cửa sổ ĐSQ, chọn điện Hỏa tốc, nhấn Ctrl+R, gõ trích yếu và nội dung, rồi Ctrl+Enter.",
                    "In the mission's window choose the Flash cable, press Ctrl+R, give subject and text, Ctrl+Enter.",
                ),
                self._answer_without_degree,
                self._degree_is_asked,
                self._compose,
            ),
            Step(
                "ready",
                Told("Đã chọn độ mật: điện trả lời đủ điều kiện", "with a degree chosen nothing lacks"),
                Told(
                    "Chọn độ mật và ghi căn cứ.",
                    "Choose a degree and give its basis.",
                ),
                self._choose_degree,
                lambda: self._writing() is not None and self._compose().state.ready,
                self._compose,
            ),
            Step(
                "cut",
                Told(
                    "Cắt đường truyền, ký và gửi: điện nằm chờ, không mất",
                    "the line is cut; the answer is signed and waits in the outbox",
                ),
                Told(
                    "Bấm “Làm hộ bước này”: máy trung chuyển dừng, rồi điện được ký và gửi.",
                    "Press “Do this step for me”: the relay is stopped, then the cable is signed and sent.",
                ),
                self._cut_and_send,
                lambda: self._state() in (OutboxState.WAITING, OutboxState.UNKNOWN, OutboxState.SENDING),
                mission,
            ),
            Step(
                "pouch-written",
                Told(
                    "Vẫn mất liên lạc: ghi điện chờ gửi vào túi thư ngoại giao, đọc lại từ USB (Ctrl+T)",
                    "still no line: what waits is written to a pouch for the courier and read back (Ctrl+T)",
                ),
                Told(
                    "Trong cửa sổ ĐSQ, nhấn Ctrl+T, rồi Enter, chọn nơi ghi và đặt tên tệp.",
                    "In the mission's window press Ctrl+T, then Enter, choose a place and name the file.",
                ),
                self._write_pouch,
                self._is_in_pouch,
                lambda: self._pouch_window(self._mission),
            ),
            Step(
                "pouch-read",
                Told(
                    "Bộ đọc túi: một điện mới, kiểm chữ ký như điện qua máy trung chuyển (Ctrl+Shift+T)",
                    "headquarters reads the pouch: one new cable, checked like any other (Ctrl+Shift+T)",
                ),
                Told(
                    "Trong cửa sổ của Bộ, nhấn Ctrl+Shift+T và chọn tệp vừa ghi.",
                    "In headquarters' window press Ctrl+Shift+T and choose the file just written.",
                ),
                self._read_pouch,
                lambda: self._answer_row() is not None,
                lambda: self._pouch_window(self._hq),
            ),
            Step(
                "restored",
                Told(
                    "Nối lại đường truyền: báo nhận của Bộ về tới ĐSQ; điện không bị nhận hai lần",
                    "the line is restored; headquarters' receipt comes back, and the cable is not taken twice",
                ),
                Told(
                    "Bấm “Làm hộ bước này”: máy trung chuyển chạy lại.",
                    "Press “Do this step for me”: the relay runs again.",
                ),
                self._restore,
                lambda: self._state() in ARRIVED and self._answers() == 1,
                mission,
            ),
            Step(
                "arrived",
                Told("Bộ đọc điện trả lời", "headquarters reads the answer"),
                Told(
                    "Trong cửa sổ của Bộ, nhấn Ctrl+1 và chọn điện mới.",
                    "In headquarters' window press Ctrl+1 and choose the new cable.",
                ),
                self._read_answer,
                lambda: self._shown(self._hq) == SUBJECT,
                headquarters,
            ),
            Step(
                "search",
                Told(
                    "ĐSQ tìm “dien hoa toc” không dấu: thấy điện Hỏa tốc, chữ khớp được đánh dấu (Ctrl+Shift+F)",
                    "“dien hoa toc” without tone marks finds the Flash cable, what matches is marked (Ctrl+Shift+F)",
                ),
                Told(
                    "Trong cửa sổ ĐSQ, nhấn Ctrl+Shift+F, gõ dien hoa toc rồi nhấn Enter.",
                    "In the mission's window press Ctrl+Shift+F, type dien hoa toc and press Enter.",
                ),
                self._search,
                self._is_found,
                mission,
            ),
            *ByHandSteps(self._hq, self._mission, self._stage.top, self._cut).steps(),
        )

    # --- the windows ---------------------------------------------------------------------------------------------

    @staticmethod
    def _post(program: Program) -> Post:
        if program.post is None:
            raise TimeoutError("a program of the demo is locked")
        return program.post

    def _mission_window(self) -> QWidget:
        return self._post(self._mission).window

    def _headquarters_window(self) -> QWidget:
        return self._post(self._hq).window

    def _writing(self) -> ComposeView | None:
        windows = self._post(self._mission).composing.windows
        return windows[-1] if windows else None

    def _compose(self) -> ComposeView:
        window = self._writing()
        if window is None:
            raise TimeoutError("no cable is being written")
        return window

    def _flash_row(self) -> CableRow | None:
        rows = self._post(self._mission).window.inbox.state.rows
        return next((row for row in rows if isinstance(row, CableRow) and row.urgency is Urgency.FLASH), None)

    def _shown(self, program: Program) -> str:
        view = self._post(program).window.reader.state.view
        return "" if view is None else view.cable.subject

    # --- what is done --------------------------------------------------------------------------------------------

    def _send_flash(self) -> None:
        post = self._post(self._hq)
        released = self._hq.worker.submit(lambda station: station.release(self._flash))
        hands.wait(released.done, "the release of the Flash cable")
        released.result()
        post.refresh(Shelf.OUTBOX, Shelf.SENT)
        hands.press(post.window, Qt.Key.Key_F9)
        hands.wait(lambda: self._flash_row() is not None, "the Flash cable in the mission's list")

    def _flash_is_whole(self) -> bool:
        row = self._flash_row()
        if row is None:
            return False
        inbox = self._post(self._mission).window.inbox
        if inbox.row is None or inbox.row != row:
            inbox.table.choose_key(key(row))
        view = self._post(self._mission).window.reader.state.view
        return (
            view is not None
            and view.row.cable_id == row.cable_id
            and [each.state for each in view.attachments] == [AttachmentState.READY]
        )

    def _read(self) -> None:
        window = self._post(self._mission).window
        hands.front(window)
        window.table_of(Shelf.INBOX).setFocus()
        hands.press(window, Qt.Key.Key_Return)

    def _is_verified(self) -> bool:
        view = self._post(self._mission).window.reader.state.view
        return view is not None and view.verification.signature_ok and view.verification.in_order_after is not None

    def _is_acknowledged(self) -> bool:
        view = self._post(self._mission).window.reader.state.view
        return view is not None and view.row.acknowledged

    def _show_sent(self, post: Post) -> None:
        hands.press(post.window, Qt.Key.Key_2, ctrl=True)
        hands.wait(lambda: post.window.sent.row is not None, "the list of outgoing cables")

    def _hq_knows(self) -> bool:
        row = self._post(self._hq).window.sent.row
        return isinstance(row, CableRow) and row.urgency is Urgency.FLASH and row.state is OutboxState.ACKNOWLEDGED

    def _answer_without_degree(self) -> None:
        hands.press(self._mission_window(), Qt.Key.Key_R, ctrl=True)
        hands.wait(lambda: self._writing() is not None, "the compose window")
        form = self._compose().form
        for field, words in ((form.subject, SUBJECT), (form.body, ANSWER)):
            hands.front(self._compose())
            field.setFocus()
            hands.write(words)
        hands.press(self._compose(), Qt.Key.Key_Return, ctrl=True)

    def _degree_is_asked(self) -> bool:
        window = self._writing()
        return window is not None and window.message.isVisible() and not window.state.ready

    def _choose_degree(self) -> None:
        form = self._compose().form
        hands.front(self._compose())
        button = form.degree_buttons[Degree.CONFIDENTIAL]
        button.setFocus()
        hands.press(self._compose(), Qt.Key.Key_Space)
        form.basis.setFocus()
        hands.write("Danh mục bí mật nhà nước lĩnh vực đối ngoại, mục 3")

    def _cut(self) -> None:
        # The process really ends: both stations lose the relay, nobody is told.
        cut = self._aside.submit(self._stage.relay_down)
        hands.wait(cut.done, "the end of the relay process")

    def _cut_and_send(self) -> None:
        self._cut()
        hands.press(self._compose(), Qt.Key.Key_Return, ctrl=True)
        hands.wait(lambda: self._writing() is None, "the release of the answer")
        hands.press(self._mission_window(), Qt.Key.Key_3, ctrl=True)
        # The list of sent cables may know it first; only what stands in the outbox can be chosen there.
        hands.wait(lambda: SUBJECT in self._waiting(), "the answer in the outbox")
        self._post(self._mission).window.outbox.table.choose(self._waiting().index(SUBJECT))
        hands.settle(1.5)  # long enough for a first try to fail

    def _waiting(self) -> list[str]:
        return [row.subject for row in self._post(self._mission).window.outbox.table.rows_model.rows]

    def _state(self) -> OutboxState | None:
        rows = self._post(self._mission).window.outbox.state.rows
        found = [row.state for row in rows if row.subject == SUBJECT]
        if found:
            return found[0]
        sent = self._post(self._mission).window.sent.state.rows
        return next((row.state for row in sent if isinstance(row, CableRow) and row.subject == SUBJECT), None)

    # --- the pouch -----------------------------------------------------------------------------------------------

    def _write_pouch(self) -> None:
        pouching = self._post(self._mission).pouching
        hands.press(self._mission_window(), Qt.Key.Key_T, ctrl=True)
        hands.wait(lambda: pouching.writing is not None and bool(pouching.writing.state.rows), "what waits for a pouch")
        if pouching.writing is not None:
            hands.press(pouching.writing, Qt.Key.Key_Return)
        self._give_file(pouching)

    def _read_pouch(self) -> None:
        pouching = self._post(self._hq).pouching
        hands.press(self._headquarters_window(), Qt.Key.Key_T, ctrl=True, shift=True)
        self._give_file(pouching)
        hands.wait(lambda: pouching.reading is not None and not pouching.reading.working, "the end of the pouch")

    def _give_file(self, pouching: Pouching) -> None:
        dialog = pouching.dialog
        if dialog is None:
            raise TimeoutError("no file is asked for")
        hands.front(dialog)
        hands.write(str(self._stage.stick))
        hands.press(dialog, Qt.Key.Key_Return)

    def _pouch_window(self, program: Program) -> QWidget:
        post = self._post(program)
        return post.pouching.writing or post.pouching.reading or post.window

    def _is_in_pouch(self) -> bool:
        rows = self._post(self._mission).window.outbox.state.rows
        return any(row.subject == SUBJECT and row.pouches for row in rows)

    def _answers(self) -> int:
        rows = self._post(self._hq).window.inbox.state.rows
        return sum(isinstance(row, CableRow) and row.subject == SUBJECT for row in rows)

    def _answer_row(self) -> CableRow | None:
        rows = self._post(self._hq).window.inbox.state.rows
        return next((row for row in rows if isinstance(row, CableRow) and row.subject == SUBJECT), None)

    def _close_pouches(self) -> None:
        for program in (self._mission, self._hq):
            pouching = self._post(program).pouching
            for window in (pouching.writing, pouching.reading):
                if window is not None:
                    window.reject()

    # --- the line comes back -------------------------------------------------------------------------------------

    def _restore(self) -> None:
        self._close_pouches()
        back = self._aside.submit(self._stage.relay_up)
        hands.wait(back.done, "the relay process")
        back.result()
        for program in (self._mission, self._hq):
            hands.press(self._post(program).window, Qt.Key.Key_F9)
        hands.front(self._mission_window())

    def _search(self) -> None:
        window = self._mission_window()
        hands.press(window, Qt.Key.Key_F, ctrl=True, shift=True)
        hands.write(SOUGHT)
        hands.press(window, Qt.Key.Key_Return)
        hands.wait(lambda: bool(self._found()), "what the search finds")
        self._post(self._mission).window.found.table.choose_key(self._found()[0].cable_id)

    def _found(self) -> list[CableRow]:
        window = self._post(self._mission).window
        rows = window.found.state.rows if window.shelf is Shelf.SEARCH else ()
        return [row for row in rows if isinstance(row, CableRow) and row.urgency is Urgency.FLASH]

    def _is_found(self) -> bool:
        state = self._post(self._mission).window.found.state
        return bool(self._found()) and state.search.whole and bool(places_of(self._found()[0].excerpt, SOUGHT))

    def _read_answer(self) -> None:
        post = self._post(self._hq)
        hands.press(post.window, Qt.Key.Key_1, ctrl=True)
        hands.wait(lambda: self._answer_row() is not None, "the answer in headquarters' list")
        row = self._answer_row()
        if row is not None:
            post.window.inbox.table.choose_key(key(row))
