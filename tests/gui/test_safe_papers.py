"""Papers for the safe in the window, on a real store: nothing counts before the paper was read back and proven."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from secmsg import errors
from secmsg.errors import WrongPassphrase
from secmsg.ids import PersonId
from secmsg.office.materials import Kind as Material
from secmsg.office.persons import Rank, State
from secmsg.station.persons import Officer
from secmsg.station.station import Station, open_station
from secmsg.station.unlock import ByPassphrase, Unlock, by_passphrase, by_share
from secmsg.station.worker import Worker
from secmsg.store.paths import Home
from tests.gui.conftest import type_text
from tests.helpers import backups
from tests.helpers.limits import files_no_larger_than
from tests.helpers.ministry import FAST, KEYRING, PARIS, PASSPHRASE
from tests.helpers.ui_setup import SHEET
from tests.helpers.world import World, world
from tests.integration.test_persons import SECOND, add
from ui.background import Background
from ui.officers.view import OfficersWindow
from ui.officers_desk import OfficersDesk
from ui.safe_papers import words
from ui.safe_papers.state import (
    Draw,
    Finish,
    Kind,
    Lack,
    PapersState,
    ReadBack,
    Stage,
    draw_lack,
    finish_lack,
    read_back_lack,
)
from ui.safe_papers.view import PapersWindow

PIN, PLACE = "58201946", "két số 2"


@dataclass
class Table:
    """The windows of a post whose store a worker's thread owns."""

    here: World
    bot: QtBot
    worker: Worker
    background: Background
    desk: OfficersDesk
    backups_asked: list[str]

    @property
    def home(self) -> Path:
        return self.here.root / f"station-{PARIS.id}"

    def settle(self) -> None:
        self.bot.waitUntil(lambda: not self.background.pending, timeout=20_000)

    def papers(self, kind: Kind) -> PapersWindow:
        """Open the window by keys."""
        self.desk.show_officers()
        self.settle()
        officers = self.desk.officers
        assert officers is not None
        QTest.keyClick(officers.sheet_button if kind is Kind.SHEET else officers.share_button, Qt.Key.Key_Space)
        self.settle()
        window = self.desk.papers.papers
        assert window is not None
        return window

    def enter(self, window: PapersWindow) -> None:
        """Press Enter where the cursor is."""
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
        self.settle()

    def end(self) -> None:
        self.worker.stop()

    def opens(self, unlock: Unlock) -> bool:
        try:
            self.come(unlock).close()
        except WrongPassphrase:
            return False
        return True

    def come(self, unlock: Unlock) -> Station:
        return open_station(self.home, unlock, FAST, keyring=KEYRING, clock=self.here.clock)

    def sheets(self) -> list[tuple[str, str]]:
        station = self.come(by_passphrase(PASSPHRASE))
        found = [(each.name, each.holder) for each in station.pads.items() if each.kind is Material.SHEET]
        station.close()
        return found


def sit(here: World, bot: QtBot) -> Table:
    worker, parent = Worker(), QWidget()
    bot.addWidget(parent)
    home = here.root / f"station-{PARIS.id}"
    worker.start(
        lambda: open_station(home, ByPassphrase(by_passphrase(PASSPHRASE).passphrase), FAST, keyring=KEYRING,
                             clock=here.clock)
    ).result()  # fmt: skip
    background, asked = Background(worker, parent), list[str]()
    desk = OfficersDesk(background, parent, lambda: asked.append("backups"), parent)
    parent.show()
    return Table(here, bot, worker, background, desk, asked)


@pytest.fixture
def here(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path) as built:
        yield built


@pytest.fixture
def table(here: World, qtbot: QtBot) -> Iterator[Table]:
    """Sit at a post with two officers."""
    paris = here.open(PARIS)
    add(paris)
    here.close(paris)
    found = sit(here, qtbot)
    yield found
    found.end()


def fill(field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.clear()
    type_text(field, text)


def stage(window: PapersWindow) -> Stage:
    return window.state.stage


def read_back(table: Table, window: PapersWindow) -> str:
    """Read the paper back by keys, and give its groups."""
    paper = window.state.paper
    assert paper is not None
    fill(window.paper.typed, " ".join(paper.groups[place - 1] for place in paper.asked))
    fill(window.paper.where, PLACE)
    table.enter(window)
    return " ".join(paper.groups)


def test_a_new_sheet_is_in_force_when_it_was_read_back_and_another_person_has_proven_to_stand_by(
    table: Table, tmp_path: Path
) -> None:
    vault = Home(table.home).vault
    before = vault.read_bytes()
    window = table.papers(Kind.SHEET)
    assert "Backups made before open with the old sheet only" in window.told.text() or "phiếu cũ" in window.told.text()
    assert "Trần Thị Bình" in window.told.text()
    table.enter(window)
    assert stage(window) is Stage.PAPER
    assert table.desk.papers.in_front, "writing it down takes longer than the lock waits for a key"

    # The paper: a PDF to print, written once; a wrong group is named; where it will lie is asked for.
    target = tmp_path / "sheet.pdf"
    for _ in range(2):
        table.desk.papers.write_pdf(target)
        table.settle()
    assert target.read_bytes().startswith(b"%PDF-")
    assert window.state.saved == (str(target),)
    assert isinstance(window.state.error, errors.StoreExists)
    paper = window.state.paper
    assert paper is not None
    groups = [paper.groups[place - 1] for place in paper.asked]
    fill(window.paper.typed, " ".join([groups[0], f"{(int(groups[1]) + 1) % 100_000:05d}", groups[2]]))
    table.enter(window)
    assert window.message.text == words.lacking(Lack.WHERE)
    fill(window.paper.where, PLACE)
    table.enter(window)
    assert f"{paper.asked[1]}" in window.message.text
    new = read_back(table, window)
    assert stage(window) is Stage.PROOF
    assert not window.paper.isVisible()

    # The proof: nothing, the officer's own passphrase, a wrong one. The vault is as it was.
    table.enter(window)
    assert window.message.text == words.lacking(Lack.PROOF)
    for wrong in (PASSPHRASE, "khong phai cau nay dau"):
        fill(window.proof.passphrase, wrong)
        table.enter(window)
        assert window.state.error is not None
        assert window.proof.passphrase.text() == ""
    assert isinstance(window.state.error, WrongPassphrase)
    assert vault.read_bytes() == before
    fill(window.proof.passphrase, SECOND)
    table.enter(window)

    assert stage(window) is Stage.DONE
    assert str(target) in window.told.text()
    QTest.keyClick(window.backup_button, Qt.Key.Key_Space)
    assert table.backups_asked == ["backups"]
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert table.desk.papers.papers is None
    table.end()
    assert table.opens(backups.typed(new))
    assert table.sheets()[-1] == ("Phiếu khôi phục 1 1/1", PLACE)


def test_a_paper_that_is_left_opens_nothing_and_leaving_it_is_asked_twice(table: Table) -> None:
    vault = Home(table.home).vault
    before = vault.read_bytes()
    window = table.papers(Kind.SHEET)
    table.enter(window)
    paper = window.state.paper
    assert paper is not None

    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.isVisible()
    assert window.message.text == words.left()
    QTest.keyClick(window, Qt.Key.Key_Escape)

    assert table.desk.papers.papers is None
    assert vault.read_bytes() == before
    table.end()
    assert not table.opens(backups.typed(" ".join(paper.groups)))


def test_a_full_disk_leaves_no_half_file_and_the_old_sheet_in_force(table: Table, tmp_path: Path) -> None:
    vault = Home(table.home).vault
    before = vault.read_bytes()
    window = table.papers(Kind.SHEET)
    table.enter(window)
    target = tmp_path / "sheet.pdf"
    with files_no_larger_than(1_000):
        table.desk.papers.write_pdf(target)
        table.settle()
    assert isinstance(window.state.error, errors.DiskFull)
    assert window.message.text.endswith(words._unharmed(window.state))
    assert (target.exists(), window.state.saved) == (False, ())

    new = read_back(table, window)
    fill(window.proof.passphrase, SECOND)
    with files_no_larger_than(1_000):
        table.enter(window)

    assert isinstance(window.state.error, errors.DiskFull | errors.CommitUnknown)
    assert stage(window) is Stage.PROOF
    assert window.message.text.endswith(words._unharmed(window.state))
    assert vault.read_bytes() == before
    table.end()
    assert not table.opens(backups.typed(new))
    assert len(table.sheets()) == 0


def test_a_disk_that_fails_in_the_last_step_says_to_keep_both_sheets_and_the_step_can_be_repeated(table: Table) -> None:
    window = table.papers(Kind.SHEET)
    table.enter(window)
    new = read_back(table, window)
    vault = Home(table.home).vault
    vault.chmod(0o644)  # a vault that others may read is not written
    fill(window.proof.passphrase, SECOND)
    table.enter(window)
    assert stage(window) is Stage.PROOF
    assert window.message.text.endswith(words._unharmed(window.state))

    vault.chmod(0o600)
    fill(window.proof.passphrase, SECOND)
    table.enter(window)

    assert stage(window) is Stage.DONE
    table.end()
    assert table.opens(backups.typed(new))
    assert len(table.sheets()) == 1


def test_a_share_opens_with_the_pin_that_the_head_of_mission_types_and_stands_by_for_a_new_sheet(table: Table) -> None:
    window = table.papers(Kind.SHARE)
    table.enter(window)
    assert window.message.text == words.lacking(Lack.NAME)
    fill(window.whom.name, "Lê Minh")
    fill(window.whom.second, "Trần Văn Sự")
    table.enter(window)
    share = read_back(table, window)
    for pin, again in (("12345678", "12345678"), (PIN, "58201947")):
        fill(window.proof.pin, pin)
        fill(window.proof.again, again)
        table.enter(window)
        assert stage(window) is Stage.PROOF
    fill(window.proof.again, PIN)
    table.enter(window)

    assert stage(window) is Stage.DONE
    officers = table.desk.officers
    assert isinstance(officers, OfficersWindow)
    assert [each.name for each in officers.state.lines or ()][-1] == "Lê Minh"
    assert PIN not in window.told.text()
    QTest.keyClick(window, Qt.Key.Key_Escape)

    sheet = table.papers(Kind.SHEET)
    table.enter(sheet)
    read_back(table, sheet)
    sheet.proof.by_share.setChecked(True)
    for given, pin in ((re.sub(r"^\d{5}", "00000", share), PIN), (share, "58201947"), (share, PIN)):
        sheet.proof.share.setPlainText(given)
        fill(sheet.proof.pin, pin)
        QTest.keyClick(sheet.proof.pin, Qt.Key.Key_Return)
        table.settle()
        assert sheet.proof.share.toPlainText() == ""
    assert stage(sheet) is Stage.DONE
    table.end()
    assert table.opens(by_share(share, PIN))
    assert table.sheets()[-2:] == [("Phiếu của trưởng cơ quan 1 1/1", PLACE), ("Phiếu khôi phục 1 1/1", PLACE)]


def test_where_one_person_opens_the_store_nobody_else_is_asked(here: World, qtbot: QtBot) -> None:
    table = sit(here, qtbot)
    window = table.papers(Kind.SHEET)
    table.enter(window)
    new = read_back(table, window)
    assert not window.proof.isVisible()
    table.enter(window)

    assert stage(window) is Stage.DONE
    table.end()
    assert table.opens(backups.typed(new))


# --- what is lacking, and what is said -------------------------------------------------------------------------------


def person(number: int, rank: Rank = Rank.OFFICER, state: State = State.ACTIVE) -> Officer:
    return Officer(
        number,
        PersonId(number),
        f"Người {number}",
        "Bí thư",
        rank,
        number,
        state,
        certified=True,
        made_at=0,
        public=b"",
    )


PEOPLE = (person(1), person(2), person(3, Rank.HEAD), person(4, state=State.REMOVED))
SHARE = PapersState(Kind.SHARE, PEOPLE, 1, paper=SHEET)
NEW = replace(SHARE, kind=Kind.SHEET)
DRAW = Draw("Lê Minh", "Đại sứ", "Người 2")
THREE = " ".join(SHEET.groups[place - 1] for place in SHEET.asked)


@pytest.mark.parametrize(
    ("state", "draw", "lack"),
    [
        (SHARE, DRAW, None),
        (SHARE, replace(DRAW, name=" "), Lack.NAME),
        (SHARE, replace(DRAW, name="nguoi  2"), Lack.NAME_TAKEN),
        (SHARE, replace(DRAW, name="Người 4"), None),
        (SHARE, replace(DRAW, title=""), Lack.TITLE),
        (SHARE, replace(DRAW, second=""), Lack.SECOND),
        (SHARE, replace(DRAW, second="người 1"), Lack.SAME_PERSON),
        (NEW, Draw(), None),
    ],
)
def test_what_is_lacking_before_a_paper_is_drawn(state: PapersState, draw: Draw, lack: Lack | None) -> None:
    assert draw_lack(state, draw) is lack


@pytest.mark.parametrize(
    ("state", "finish", "lack"),
    [
        (SHARE, Finish(pin=PIN, again=PIN), None),
        (SHARE, Finish(pin="1" * 8, again="1" * 8), Lack.PIN),
        (SHARE, Finish(pin=PIN, again="x"), Lack.PIN_UNEQUAL),
        (NEW, Finish(), Lack.PROOF),
        (NEW, Finish(passphrase="x"), None),
        (NEW, Finish(by_share=True), Lack.PROOF_GROUPS),
        (NEW, Finish(by_share=True, groups="11111"), Lack.PROOF_PIN),
        (NEW, Finish(by_share=True, groups="11111", pin=PIN), None),
        (replace(NEW, alone=True), Finish(), None),
    ],
)
def test_what_is_lacking_before_it_is_put_in_force(state: PapersState, finish: Finish, lack: Lack | None) -> None:
    assert finish_lack(state, finish) is lack
    assert PIN not in repr(finish)


def test_what_is_lacking_before_the_groups_are_compared() -> None:
    assert read_back_lack(SHARE, ReadBack("1 2", PLACE)) is Lack.GROUPS
    assert read_back_lack(replace(SHARE, paper=None), ReadBack(THREE, PLACE)) is Lack.GROUPS
    assert read_back_lack(SHARE, ReadBack(THREE, " ")) is Lack.WHERE
    assert read_back_lack(SHARE, ReadBack(THREE, PLACE)) is None
    assert SHEET.groups[2] not in repr(ReadBack(THREE, PLACE))
    assert (SHARE.who, SHARE.heads, SHARE.stands_by) == ("Người 1", ("Người 3",), ("Người 2", "Người 3"))
    assert (SHARE.drawn_in_vain, replace(SHARE, stage=Stage.DONE).drawn_in_vain) == (True, False)
    assert PapersState(Kind.SHEET).who == ""


def test_every_word_is_said() -> None:
    said = [words.lacking(each) for each in Lack]
    for kind in Kind:
        for stage in Stage:
            for alone in (False, True):
                state = PapersState(kind, PEOPLE, 1, alone=alone, stage=stage, asked=DRAW, saved=("a.pdf",))
                said += [words.told(state), words.title(kind), words.verb(stage)]
                said += [
                    words.failure(state, error)
                    for error in (
                        errors.WrongPassphrase("x"), errors.NotAllowed("the second person is another than"),
                        errors.NotAllowed("signs only while standing in"), errors.StoreError("no spare slot"),
                        errors.DiskFull("x"), errors.FormatError("group 3 is wrong"),
                    )
                ]  # fmt: skip
    assert all(said)
    assert words.told(PapersState(Kind.SHEET))
    assert words.outcome(SHARE) is None
