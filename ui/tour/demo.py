"""`python -m ui --demo`: the main job on real parts, walked by hands of its own or by whoever sits at the windows."""

import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, Qt, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QLabel

from secmsg.office.draft import Draft
from secmsg.station.carrying import carry
from secmsg.station.courier import Courier
from secmsg.station.station import Station
from secmsg.station.views import CableRow
from ui.app import Doors, Program
from ui.tour import hands, pads, props
from ui.tour.album import Album, Told
from ui.tour.guide import Guide
from ui.tour.stage import POLICY, Part, Stage
from ui.tour.step import Step
from ui.tour.steps import Tour
from ui.unlock.state import Attempt

OUT = Path("out/tour")


def run(arguments: list[str], *, walk: bool) -> int:
    """Build the stage, then walk the tour (`walk`) or open the windows and the guide; 0 when every step held."""
    qInstallMessageHandler(_qt_says)
    app = QApplication([sys.argv[0], *arguments])
    app.setApplicationName("secmsg")
    app.setDesktopFileName("secmsg-desktop")  # whose icon a task bar shows
    signal.signal(signal.SIGINT, lambda *_: app.quit())
    beat = QTimer()
    beat.timeout.connect(lambda: None)  # lets Python see Ctrl+C while Qt waits
    beat.start(200)
    _say("DIỄN TẬP: mọi điện, tên và khóa đều bịa ra / DEMO: every cable, name and key is invented")
    with tempfile.TemporaryDirectory(prefix="secmsg-demo-") as name, _stage(Path(name)) as stage:
        try:
            return _walk(app, stage) if walk else _open(app, stage)
        except (TimeoutError, ValueError) as error:
            _say(f"Dừng / stopped: {error}")
            return 1


@contextmanager
def _stage(folder: Path) -> Iterator[Stage]:
    stage = Stage(folder)
    try:
        stage.build(lambda vi, en: _say(f"  {vi} / {en}"))
        _exchange(stage)
        yield stage
    finally:
        stage.close()


def _exchange(stage: Stage) -> None:
    """Let both stations have exchanged something before the windows open, through the relay as ever."""
    count = 0
    headquarters, mission = stage.headquarters.open(), stage.mission.open()
    try:
        for station in (mission, headquarters, mission):
            carry(station)
        for station, drafts in (
            (headquarters, props.to_mission(stage.mission.entry.id)),
            (mission, props.to_headquarters(stage.headquarters.entry.id)),
        ):
            for draft in drafts:
                station.release(draft)
                count += 1
            carry(station)
        for station in (mission, headquarters):
            carry(station)
        _acknowledge_old(mission)
        carry(mission)
        stage.top = pads.share(mission, headquarters, stage.headquarters.entry.id)
    finally:
        headquarters.close()
        mission.close()
    _say(f"  {count} điện đã qua máy trung chuyển / {count} cables have passed through the relay")
    _say("  Một tập khóa đã trao tay giữa hai nơi / one pad book has gone from hand to hand between the two")


def _acknowledge_old(mission: Station) -> None:
    rows = [row for row in mission.inbox() if isinstance(row, CableRow)]
    for row in sorted(rows, key=lambda row: row.at)[:4]:
        mission.mark_read(row.cable_id)
        mission.acknowledge(row.cable_id)


def _doors(part: Part) -> Doors:
    def open_(attempt: Attempt) -> Callable[[], Station]:
        return lambda: part.open(attempt.text)

    return Doors(open_, lambda worker, on_event: Courier(worker, on_event, POLICY))


@contextmanager
def _programs(app: QApplication, stage: Stage) -> Iterator[tuple[Program, Program]]:
    """Open both windows: headquarters and the mission."""
    programs = (Program(app, _doors(stage.headquarters)), Program(app, _doors(stage.mission)))
    try:
        for program in programs:
            program.start()
        yield programs
    finally:
        for program in programs:
            program.stop()


def _unlock(program: Program, part: Part) -> None:
    view = program.unlock
    if view is None:
        return
    hands.front(view)
    view.field.setFocus()
    hands.type_keys(view, part.passphrase)
    view.submit()
    hands.wait(lambda: program.post is not None, f"the opening of {part.entry.name_en}")
    if program.post is not None:
        # Nobody may take an invented cable for a real one.
        bar = program.post.window.menuBar()
        sign = QLabel(f"  DIỄN TẬP / DEMO · {part.entry.place}  ", bar)
        sign.setTextFormat(Qt.TextFormat.PlainText)
        sign.setStyleSheet("background: #B34700; color: white; font-weight: bold; border-radius: 3px;")
        bar.setCornerWidget(sign)
        sign.show()


def _flash(stage: Stage) -> Draft:
    pdf = stage.mission.home.parent / "du-thao-nghi-quyet.pdf"
    props.write_pdf(pdf)
    return props.flash(stage.mission.entry.id, pdf)


def _walk(app: QApplication, stage: Stage) -> int:
    album = Album(OUT)
    album.open()
    with _programs(app, stage) as (headquarters, mission):
        hands.settle()
        locked = Told("Màn hình khóa của ĐSQ", "the mission's locked screen")
        if mission.unlock is not None:
            album.take(mission.unlock, "unlock", locked)
        _unlock(headquarters, stage.headquarters)
        _unlock(mission, stage.mission)
        tour = Tour(stage, headquarters, mission, _flash(stage))
        try:
            steps = tour.steps()
            for number, step in enumerate(steps, 1):
                _do(step, number, len(steps), album)
        finally:
            tour.close()
    page = album.close()
    _say(f"{len(steps)} bước, {len(album.pictures)} hình / {len(steps)} steps, {len(album.pictures)} pictures: {page}")
    return 0


def _do(step: Step, number: int, of: int, album: Album) -> None:
    began = time.monotonic()
    step.do()
    hands.wait(step.holds, step.told.en)
    hands.settle()
    album.take(step.window(), step.name, step.told)
    took = time.monotonic() - began
    _say(f"[{number}/{of}] {step.told.vi} / {step.told.en} ({took:.1f} s)")


def _open(app: QApplication, stage: Stage) -> int:
    with _programs(app, stage) as (headquarters, mission):
        _unlock(headquarters, stage.headquarters)
        _unlock(mission, stage.mission)
        tour = Tour(stage, headquarters, mission, _flash(stage))
        guide = Guide(tour.steps())
        _side_by_side(app, headquarters, mission, guide)
        guide.start()
        try:
            app.exec()
        finally:
            guide.stop()
            tour.close()
    return 0


def _side_by_side(app: QApplication, headquarters: Program, mission: Program, guide: Guide) -> None:
    if headquarters.post is None or mission.post is None:
        return
    room = app.primaryScreen().availableGeometry()
    mission.post.window.move(room.left(), room.top())
    headquarters.post.window.move(
        max(room.left(), room.right() - headquarters.post.window.width()),
        max(room.top(), room.bottom() - headquarters.post.window.height()),
    )
    guide.show()
    guide.move(room.right() - guide.width() - 24, room.top() + 24)


def _qt_says(_kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    """Pass Qt's words on, but for what its off-screen plugin cannot do anyway."""
    if not text.startswith("This plugin does not support"):
        sys.stderr.write(text + "\n")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
