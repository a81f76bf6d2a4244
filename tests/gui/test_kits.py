"""Delegation kits in the window: made, listed, read, prolonged, taken back, lost; a kit's window only reads."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from secmsg.errors import DiskFull, KitRefused
from secmsg.office.kits import KitState, Verdict
from secmsg.station import kit_return
from secmsg.station.courier import Courier, OnEvent
from secmsg.station.kit_opening import open_kit
from secmsg.station.station import Station, open_station
from secmsg.station.unlock import by_passphrase
from secmsg.station.worker import Worker
from secmsg.store import kits as kit_rows
from secmsg.wire.cable import Degree
from tests.helpers.kit_values import PERMIT
from tests.helpers.kits import DAY, KIT_PASSPHRASE, TERMS, Journey, journey, rows_of
from tests.helpers.ministry import FAST, KEYRING, NOW, PARIS, PASSPHRASE
from ui import failures
from ui.actions import Do
from ui.app import Doors, Program
from ui.front import Doorstep
from ui.language import Language
from ui.main_window import Shelf
from ui.travel import words as kit_words
from ui.travel.back.state import BackState
from ui.travel.kits.state import Act, Order, may
from ui.travel.make.state import Lack, MakeState, Step, lacks

READY = MakeState(
    bearer="Lê Văn Đoàn", title="Trưởng đoàn", degree=Degree.SECRET, purpose="Hội đàm", places="Genève",
    measures="Mang theo người", permitted_by="Đại sứ", start=NOW, until=NOW + DAY,
)  # fmt: skip


class Still(Courier):
    """A courier that stays at home: no test of these windows needs a relay."""

    def start(self) -> None:
        """Stay."""

    def stop(self, timeout_s: float = 0.0) -> None:
        """Stay."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journey]:
    with journey(tmp_path_factory.mktemp("kits")) as found:
        yield found


@pytest.fixture
def post(made: Journey, tmp_path: Path) -> Journey:
    made.ministry.clock.now = NOW
    return Journey(made.ministry, made.post, tmp_path)


def _program(qapp: QApplication, post: Journey, *, kit: bool) -> Program:
    home = post.ministry.root / "station-2"

    def opened(text: str) -> Station:
        given = by_passphrase(text)
        if kit:
            return open_kit(post.folder, given, FAST, clock=post.clock, steady=post.steady)
        return open_station(home, given, FAST, keyring=KEYRING, clock=post.ministry.clock)

    def courier(worker: Worker, on_event: OnEvent) -> Courier:
        return Still(worker, on_event)

    return Program(
        qapp,
        Doors(lambda a: lambda: opened(a.text), courier, Doorstep(is_kit=lambda: kit)),
        clock=post.clock,
        language=Language.VIETNAMESE,
    )


def _settle(bot: QtBot, program: Program) -> None:
    bot.wait(60)
    bot.waitUntil(lambda: program.background.pending == 0, timeout=20_000)


@pytest.fixture
def kit(qapp: QApplication, qtbot: QtBot, post: Journey) -> Iterator[Program]:
    """Open a kit in the program."""
    post.make()
    program = _program(qapp, post, kit=True)
    program.start()
    _enter(qtbot, program, KIT_PASSPHRASE)
    qtbot.waitUntil(lambda: program.reading is not None, timeout=20_000)
    _settle(qtbot, program)
    yield program
    program.stop()
    qtbot.wait(1)


def _enter(bot: QtBot, program: Program, passphrase: str) -> None:
    view = program.unlock
    assert view is not None
    view.field.setText(passphrase)
    view.submit()
    bot.wait(1)


def test_the_window_of_a_kit_has_nothing_that_writes_sends_or_knows_a_link(kit: Program) -> None:
    assert kit.reading is not None
    window = kit.reading.window

    for do in (Do.WRITE, Do.REPLY, Do.ACKNOWLEDGE, Do.FETCH, Do.LINKS, Do.POUCH_WRITE, Do.HAND_WRITE, Do.KITS):
        assert do not in window.actions_.of
    words = " ".join(action.text() for action in window.findChildren(QAction))
    for gone in ("Soạn", "Trả lời", "Gửi", "Túi"):
        assert gone not in words
    assert window.shelves == (Shelf.INBOX, Shelf.SENT, Shelf.SEARCH)
    assert not window.reader.acknowledge_button.isVisible()
    assert not window.reader.reply_button.isVisible()
    assert not window.strip.outbox_button.isVisible()
    assert kit._courier is None


def test_the_banner_says_what_is_open_and_until_when(kit: Program, post: Journey, qtbot: QtBot) -> None:
    assert kit.reading is not None
    halt = kit.reading.window.halt

    assert halt.text.startswith("CHẾ ĐỘ CƠ ĐỘNG – chỉ đọc 3 điện – khóa đọc sau 24/09 16:13 Paris (còn 3 ngày")
    assert "hủy" not in halt.text
    kit.reading.permit_action.trigger()
    qtbot.wait(20)
    kit.speech.switch()
    qtbot.wait(20)
    assert halt.text.startswith("TRAVEL MODE – 3 cables")
    kit.speech.switch()


def test_a_kit_is_read_sought_and_printed_by_keys(kit: Program, post: Journey, qtbot: QtBot) -> None:
    assert kit.reading is not None
    reading, window = kit.reading, kit.reading.window
    window.activateWindow()
    window.inbox.table.setFocus()

    QTest.keyClick(window.inbox.table, Qt.Key.Key_J)
    QTest.keyClick(window.inbox.table, Qt.Key.Key_K)
    _settle(qtbot, kit)
    view = window.reader.state.view
    assert view is not None
    window.search.setText("chim én")
    QTest.keyClick(window.search, Qt.Key.Key_Return)
    _settle(qtbot, kit)
    assert window.shelf is Shelf.SEARCH
    qtbot.waitUntil(lambda: window.reader.state.view is not None and "Chim én" in window.reader.body.toPlainText())
    shown = window.reader.state.view
    assert shown is not None
    reading.print_to(shown.row.cable_id, post.root)
    _settle(qtbot, kit)

    assert len(list(post.root.glob("*.pdf"))) == 1
    assert reading.standing.use.prints == 1
    assert "đã được đếm" in window.message.text

    # the permit allows two: the third is refused in words of the kit, and says what to do
    for name in ("two", "three"):
        (post.root / name).mkdir()
        reading.print_to(shown.row.cable_id, post.root / name)
        _settle(qtbot, kit)
    assert reading.standing.use.prints == 2
    assert "cho in 2 bản, đã dùng hết. Chưa in gì." in window.message.text


def test_a_kits_locked_screen_offers_nothing_that_a_kit_has_not(kit: Program, qtbot: QtBot) -> None:
    kit.lock()
    qtbot.waitUntil(lambda: kit.unlock is not None and kit.unlock.open_button.isEnabled(), timeout=20_000)
    view = kit.unlock
    assert view is not None

    assert view.title.text() == "Bộ điện cơ động · ĐSQ Paris"
    for absent in (view.other_button, view.share_button, view.alarm):
        assert not absent.isVisible()


def test_an_addition_is_taken_in_the_window(kit: Program, post: Journey, qtbot: QtBot) -> None:
    assert kit.reading is not None
    number = post.post.kits.listed()[0].number
    longer = post.post.kits.prolong(number, post.root, until=NOW + 9 * DAY)

    kit.reading.take_from(longer)
    _settle(qtbot, kit)
    assert "số 1" in kit.reading.window.message.text
    assert "30/09" in kit.reading.window.halt.text
    kit.reading.take_from(longer)
    _settle(qtbot, kit)
    assert "đã nhận trước đó" in kit.reading.window.message.text
    longer.write_bytes(b"x" * 4_000)
    kit.reading.take_from(longer)
    _settle(qtbot, kit)
    assert kit.reading.window.message.isVisible()


def test_at_its_end_a_kit_closes_itself_and_opens_no_more(kit: Program, post: Journey, qtbot: QtBot) -> None:
    assert kit.reading is not None
    post.clock.now = NOW + 3 * DAY
    kit.reading._tick()
    qtbot.waitUntil(lambda: kit.reading is None and kit.unlock is not None, timeout=20_000)
    qtbot.waitUntil(lambda: kit.unlock is not None and kit.unlock.open_button.isEnabled(), timeout=20_000)

    _enter(qtbot, kit, KIT_PASSPHRASE)
    qtbot.waitUntil(lambda: kit.unlock is not None and "hết hạn" in kit.unlock.message.text(), timeout=20_000)

    assert kit.unlock is not None
    assert "24/09/2026 16:13 Paris" in kit.unlock.message.text()


@pytest.mark.parametrize("why", [*(each.value for each in Verdict if each is not Verdict.READY), "destroyed", "empty"])
def test_each_refusal_has_words_of_its_own(qapp: QApplication, why: str) -> None:
    said = {each: failures.sentence(KitRefused("", each, NOW)) for each in (why, "another")}

    assert said[why] == said["another"] if why == "destroyed" else said[why] != said["another"]


# --- at the post -----------------------------------------------------------------------------------------------------


@pytest.fixture
def office(qapp: QApplication, qtbot: QtBot, post: Journey) -> Iterator[Program]:
    """Open the post in the program; its store is given back afterwards."""
    post.ministry.close(post.post)
    program = _program(qapp, post, kit=False)
    program.start()
    _enter(qtbot, program, PASSPHRASE)
    qtbot.waitUntil(lambda: program.post is not None, timeout=20_000)
    _settle(qtbot, program)
    yield program
    program.stop()
    qtbot.wait(1)


@pytest.fixture(autouse=True)
def _reopened(made: Journey) -> Iterator[None]:
    yield
    if made.post not in made.ministry.opened:
        made.post = made.ministry.open(PARIS)


def test_a_kit_is_made_listed_taken_back_and_another_reported_lost(
    office: Program, post: Journey, qtbot: QtBot
) -> None:
    assert office.post is not None
    desk = office.post.kits
    # Three steps; what lacks is said at each.
    desk.make()
    window = desk.making
    assert window is not None
    window.forward()
    assert "người mang" in window.message.text
    for name in window.lines:
        window.lines[name].setText("Lê Văn Đoàn")
    window.degree.setCurrentIndex(1 + int(Degree.CONFIDENTIAL))
    window.prints.setValue(1)
    window.drops.setChecked(True)
    window.forward()
    _settle(qtbot, office)
    window.forward()
    assert "ít nhất một điện" in window.message.text
    window.choice.choose_every()
    window.forward()
    window.backward()
    window.forward()
    window.passphrase.setText(KIT_PASSPHRASE)
    window.forward()
    assert "khác nhau" in window.message.text
    window.again.setText(KIT_PASSPHRASE)
    window.forward()
    assert "thư mục trống" in window.message.text
    window.show_folder(str(post.folder))
    window.forward()
    qtbot.waitUntil(lambda: window.state.step is Step.DONE, timeout=30_000)
    assert "đã mở thử và vào sổ" in window.outcome.text()
    assert not window.passphrase.text()
    window.reject()
    assert desk.making is None

    desk.show()
    _settle(qtbot, office)
    kits = desk.kits
    assert kits is not None
    row = kits.table.row
    assert row is not None
    assert row.state is KitState.OUT
    desk.prolong(row.number, NOW + 5 * DAY, 2, post.root)
    _settle(qtbot, office)
    desk.order(Order(Act.ADD, row))
    _settle(qtbot, office)
    assert desk.adding is not None
    desk.adding.reject()
    assert "Đã ghi tệp" in kits.message.text
    kits.wrong_clock.setChecked(True)
    desk.prolong(row.number, NOW + 6 * DAY, 1, post.root, wrong_clock=kits.wrong_clock.isChecked())
    assert not kits.wrong_clock.isChecked()  # said of one kit, once
    _settle(qtbot, office)

    with post.opened() as kit:
        kit.export_text(next(each for each in rows_of(kit) if each.annexes).cable_id, post.root)
    kits.order(Act.LOST)
    assert "Ghi nhận mất bộ số" in kits.message.text
    desk.take_back(post.folder)
    back = desk.back
    assert back is not None
    qtbot.waitUntil(lambda: back.state.found is not None, timeout=20_000)
    assert not back.note_button.isEnabled()
    back.back.setValue(0)
    back.second.setText("Trần Thị Hai")
    assert "Còn 1 bản in" in back.differences.text()
    desk.conclude(back, post.folder)
    qtbot.waitUntil(lambda: back.state.noted, timeout=20_000)
    desk.write_report(back, post.root / "bc.pdf")
    _settle(qtbot, office)
    assert (post.root / "bc.pdf").read_bytes().startswith(b"%PDF")
    assert not post.folder.exists()
    back.reject()
    desk._reread()
    _settle(qtbot, office)
    assert not kits.message.isVisible(), "nobody is asked any more whether a kit that is back was lost"

    office.background.run(kits, lambda station: _another(station, post.root / "two"), lambda _: None)
    _settle(qtbot, office)
    desk._reread()
    _settle(qtbot, office)
    kits.table.choose(0)
    kits.order(Act.LOST)
    assert "Ghi nhận mất" in kits.message.text
    lost = kits.table.row
    assert lost is not None
    desk.order(Order(Act.LOST, lost))
    _settle(qtbot, office)
    assert "Bản thảo" in kits.message.text
    kits.refuse(DiskFull("x"))
    kits.reject()


def test_a_return_that_stopped_is_finished_from_the_list_and_a_lost_addition_written_again(
    office: Program, post: Journey, qtbot: QtBot
) -> None:
    assert office.post is not None
    desk, folder = office.post.kits, post.root / "three"
    desk.show()
    kits = desk.kits
    assert kits is not None
    office.background.run(kits, lambda station: _another(station, folder), lambda _: None)
    _settle(qtbot, office)
    desk._reread()
    _settle(qtbot, office)
    kits.table.choose(0)
    row = kits.table.row
    assert row is not None
    desk.prolong(row.number, NOW + 5 * DAY, 2, post.root)
    _settle(qtbot, office)
    assert not kits.acts[Act.AGAIN].isHidden()
    assert kits.acts[Act.END].isHidden()
    desk.write_again(row.number, 1, post.root)
    _settle(qtbot, office)
    assert len(list(post.root.glob(f"kit-{row.number}-1*.kitadd"))) == 2

    office.background.run(kits, lambda station: _stopped(station, folder), lambda _: None)
    _settle(qtbot, office)
    desk._reread()
    _settle(qtbot, office)
    ending = kits.table.row
    assert ending is not None
    assert "chưa ghi tiêu hủy khóa" in kit_words.state(ending)
    assert kits.end_row.height() >= kits.second.sizeHint().height()
    assert kits.half_row.height() == 0
    kits.order(Act.END)
    assert "người thứ hai" in kits.message.text
    kits.second.setText("Trần Thị Hai")
    kits.order(Act.END)
    assert "không lấy lại được" in kits.message.text
    desk.order(Order(Act.END, ending))
    assert desk.dialog is not None
    desk.dialog.reject()
    desk.end(ending.number, folder)
    _settle(qtbot, office)
    assert "Đã nhận lại xong" in kits.message.text
    assert not folder.exists()
    assert kits.acts[Act.END].isHidden()
    desk.order(Order(Act.END, ending, gone=True))
    _settle(qtbot, office)
    assert "Đã nhận lại xong" not in kits.message.text
    kits.reject()


def _stopped(station: Station, folder: Path) -> None:
    """Leave a return as a power cut between its two entries does."""
    found = station.kits.reconcile(folder)
    kit_return._note_return(station.desk, kit_rows.read(station.desk.db, found.number), found, "Trần Thị Hai", 0, "")


def _another(station: Station, folder: Path) -> None:
    cables = tuple(row.cable_id for row in station.sent())
    station.kits.make(TERMS, cables, folder, by_passphrase(KIT_PASSPHRASE))


def test_a_making_that_fails_says_so_and_stands_as_given_up(office: Program, post: Journey, qtbot: QtBot) -> None:
    assert office.post is not None
    desk = office.post.kits
    (post.root / "full").mkdir()
    (post.root / "full" / "x").write_bytes(b"x")
    desk.make()
    window = desk.making
    assert window is not None
    window.state = replace(READY, degree=Degree.CONFIDENTIAL, folder=str(post.root / "full"))
    desk._offer(window.choice, "hội đàm")
    _settle(qtbot, office)
    window.choice.choose_every()
    window.passphrase.setText(KIT_PASSPHRASE)

    desk.make_kit(window)
    qtbot.waitUntil(lambda: window.message.isVisible(), timeout=20_000)
    _settle(qtbot, office)

    assert window.state.step is Step.FOLDER
    window.reject()


# --- what the windows know -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "lack"),
    [
        ({}, None),
        ({"bearer": " "}, Lack.BEARER),
        ({"title": ""}, Lack.TITLE),
        ({"degree": None}, Lack.DEGREE),
        ({"purpose": ""}, Lack.PURPOSE),
        ({"places": ""}, Lack.PLACES),
        ({"measures": ""}, Lack.MEASURES),
        ({"permitted_by": ""}, Lack.PERMITTED_BY),
        ({"start": 0}, Lack.TIMES),
        ({"until": NOW}, Lack.TIMES),
        ({"step": Step.CABLES}, Lack.CABLES),
        ({"step": Step.CABLES, "cables": 1}, None),
        ({"step": Step.FOLDER}, Lack.PASSPHRASE),
        ({"step": Step.WORKING}, None),
    ],
)
def test_what_lacks_is_named_in_the_order_of_the_form(changes: dict[str, object], lack: Lack | None) -> None:
    assert lacks(replace(READY, **changes)) is lack  # type: ignore[arg-type]  # a test names the fields


def test_a_passphrase_is_given_twice_and_a_folder_chosen() -> None:
    folder = replace(READY, step=Step.FOLDER)

    assert lacks(folder, "x" * 12, "y" * 12) is Lack.TWICE
    assert lacks(folder, "x" * 12, "x" * 12) is Lack.FOLDER
    assert lacks(replace(folder, folder="/tmp/x"), "x" * 12, "x" * 12) is None
    assert READY.terms().minutes == 40 * 60
    assert replace(READY, destroys=True, degree=Degree.TOP_SECRET).needs_witness
    assert not READY.needs_witness


def test_what_may_be_done_with_a_kit_follows_its_state(post: Journey) -> None:
    row = post.make()

    assert not may(None, Act.LOST)
    for act in (Act.ADD, Act.PROLONG, Act.LOST):
        assert may(row, act)
        assert not may(replace(row, state=KitState.RETURNED), act)
    assert not may(replace(row, permit=replace(PERMIT, drops=False)), Act.ADD)
    for act in (Act.FINISH, Act.GIVE_UP):
        assert may(replace(row, state=KitState.MAKING), act)
        assert not may(row, act)


def test_a_return_is_noted_by_two_and_once(post: Journey) -> None:
    post.make()
    found = post.post.kits.reconcile(post.folder)

    assert BackState().missing == 0
    assert not BackState(found).may_note
    assert BackState(found, second="Hai").may_note
    assert not BackState(found, second="Hai", noted=True).may_note
