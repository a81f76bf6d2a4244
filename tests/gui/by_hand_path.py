"""The way of one cable by hand through the windows of two real stations, stop by stop, for the pictures.

A pad page is read from the paper, a cable of fifty words is written, worked, read aloud, typed at the other end with
two wrong groups and one missing, mended, asked for, verified, read; the pages are destroyed; both registers have it.
"""

import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from secmsg.manual import text as messages
from secmsg.wire.cable import Degree, Urgency
from secmsg.wire.contents import StationEntry
from tests.helpers.hand_desks import HQ, PARIS, SECOND, HandDesks, Window, hand_desks
from ui.language import Language
from ui.main_window import Shelf
from ui.manual.figures.state import Way
from ui.theme import Scheme

TEXT = (
    "Đại sứ quán đã nhận điện 0412. Sáng 22 tháng 11 Đại sứ gặp Bộ trưởng, nhận được trả lời: đoàn đến Hà Nội ngày 12 "
    "tháng 5, có 45 người, ông Macron dự. Hai bên hoà đàm tiếp. Đề nghị Bộ cho ý kiến chỉ đạo trước 18 giờ ngày 23."
)
SIZE = (1366, 768)
WRONG, LOST = (4, 16), 18
"""The groups that are misheard, and the one that is not heard at all: the second and this one are in one row."""

Stop = tuple[str, QWidget]


def stops(app: QApplication, desks: HandDesks, language: Language, scheme: Scheme, percent: int) -> Iterator[Stop]:
    """Walk the whole way and give each stop with the window to look at."""
    paris = _open(app, desks, PARIS, language, scheme, percent)
    yield from _at_the_post(paris, desks)
    writing = paris.post.by_hand.writings[0]
    assert writing.standing is not None
    groups = messages.write(writing.standing.finished.message).split()
    hq = _open(app, desks, HQ, language, scheme, percent)
    yield from _at_headquarters(hq, groups)
    _burn(hq, hq.post.by_hand.enterings[0].view.destroy_button)
    _burn(paris, writing.view.destroy_button)
    for name, window, shelf in (("11-outgoing", paris, Shelf.SENT), ("12-incoming", hq, Shelf.INBOX)):
        main = window.post.window
        main.resize(*SIZE)
        main.go(shelf)
        window.settle()
        page = main.list_of(shelf)
        assert page is not None
        page.table.choose(0)
        window.settle()
        yield name, main


def _at_the_post(paris: Window, desks: HandDesks) -> Iterator[Stop]:
    by_hand = paris.post.by_hand
    by_hand.show_stock()
    paris.settle()
    stock = by_hand.stock
    assert stock is not None
    stock.top.setText(desks.top)
    stock.confirm()
    paris.settle()
    yield "01-books", stock
    stock.close()
    writing = by_hand.write()
    view = writing.view
    view.resize(*SIZE)
    paris.settle()
    view.body.setPlainText(TEXT)
    view.form.degree.setCurrentIndex(3)
    view.form.urgency.setCurrentIndex(list(Urgency).index(Urgency.PRIORITY))
    for field, text in (
        (view.form.subject, "Báo cáo cuộc gặp Bộ trưởng"),
        (view.form.basis, "Danh mục, mục 4"),
        (view.form.topics, "NGOAIGIAO"),
        (view.form.drafter, "Trần Văn Soạn"),
    ):
        field.setText(text)
    view.parity.setChecked(True)
    paris.settle()
    assert view.banner.degree is Degree.CONFIDENTIAL
    yield "02-written", view
    view.encipher()
    paris.settle()
    assert view.done is not None, view.message.text
    view._fill(view.done.figures.moved(view.done.figures.at))
    yield "03-enciphered", view
    figures = view.done.figures.in_way(Way.SELF)
    for cell in figures.cells[:5]:
        figures = figures.took(cell.cipher + cell.check)
    code, key = int(figures.cells[5].code), int(figures.cells[5].key)
    view.way.setCurrentIndex(1)
    view._fill(figures.took(f"{(code + key + 1000) % 10_000:04}"))
    paris.settle()
    yield "04-checked", view
    view.way.setCurrentIndex(0)
    view._fill(view.done.figures.in_way(Way.MACHINE))
    writing.read_aloud()
    reading = writing.reading
    assert reading is not None
    reading.tick()
    yield "05-aloud", reading
    while not reading.state.all_ticked:
        reading.tick()
    paris.settle()
    reading.close()
    assert view.done.sent
    yield "06-sent", view


def _at_headquarters(hq: Window, groups: list[str]) -> Iterator[Stop]:
    entering = hq.post.by_hand.enter()
    view = entering.view
    view.resize(*SIZE)
    hq.settle()
    came = list(groups)
    for number in WRONG:
        at = _at(number)
        came[at] = came[at][:4] + str((int(came[at][4]) + 1) % 10)
    del came[_at(LOST)]
    for group in came:
        view.take(view.state.typed(group))
    hq.settle()
    assert view.state.ask == (*WRONG, LOST), view.state.ask
    yield "07-located", view
    view.take(view.state.repaired())
    hq.settle()
    yield "08-repaired", view
    for number in view.state.ask:
        view.take(view.state.sent_to(number).typed(groups[_at(number)]))
    view.verify()
    hq.settle()
    assert view.opened is not None, view.message.text
    view.receipt_said.emit(view)
    hq.settle()
    assert view.opened.receipt
    yield "09-read", view
    entering.destroy()
    dialog = entering.destroying
    assert dialog is not None
    dialog.burnt.setChecked(True)
    dialog.second.setText(SECOND)
    yield "10-destroy", dialog
    dialog.reject()


def _at(number: int) -> int:
    """Give where a group stands in the order of sending: after the header and the parity groups before it."""
    return 7 + number - 1 + (number - 1) // 10


def _burn(window: Window, button: QWidget) -> None:
    by_hand = window.post.by_hand
    work = (by_hand.writings or by_hand.enterings)[0]
    assert button is work.view.destroy_button
    work.destroy()
    assert work.destroying is not None
    work.destroying.burnt.setChecked(True)
    work.destroying.second.setText(SECOND)
    work.destroying.confirm()
    window.settle()
    assert by_hand.writings == []
    assert by_hand.enterings == []


def _open(
    app: QApplication, desks: HandDesks, entry: StationEntry, language: Language, scheme: Scheme, percent: int
) -> Window:
    window = desks.window(app, entry, language)
    window.program.theme.wear(scheme)
    window.program.theme.enlarge(percent)
    window.settle()
    return window


def walk(app: QApplication, language: Language, scheme: Scheme, percent: int) -> Generator[Stop, None, None]:
    """Build the two stations in a folder of their own and walk."""
    with tempfile.TemporaryDirectory(prefix="secmsg-hand-") as name, hand_desks(Path(name)) as desks:
        yield from stops(app, desks, language, scheme, percent)
