"""Draws the screens into `out/pictures/`: `python -m tests.gui.make_pictures [part of a name]`."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from secmsg.errors import KeyringMissing
from secmsg.office.draft import Draft, DraftAttachment
from secmsg.station.views import LinkState
from secmsg.wire.cable import Degree, Urgency
from tests.helpers.ui_station import CONSULAR, EUROPE, NOW, OFFICE, PASSPHRASE, Held, Scene, cable_id, link_of
from ui.actions import Do
from ui.app import Program
from ui.language import Language
from ui.main_window import Shelf
from ui.theme import Scheme

OUT = Path(__file__).parent.parent.parent / "out" / "pictures"
WIDTH, HEIGHT = 1366, 768


def wait(ms: int = 150) -> None:
    """Let the windows work."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


class Camera:
    """One program in one language, look and text size, and the pictures taken of it."""

    def __init__(self, program: Program, scene: Scene, suffix: str, wanted: str) -> None:
        self.program, self.scene, self.suffix, self.wanted = program, scene, suffix, wanted

    def take(self, name: str, widget: QWidget) -> None:
        """Save a picture at full size."""
        name = f"{name}-{self.suffix}"
        if self.wanted in name:
            wait(120)
            widget.grab().save(str(OUT / f"{name}.png"))

    def size(self, widget: QWidget) -> None:
        """Make a window as large as the small screen."""
        widget.resize(WIDTH, HEIGHT)
        wait(80)


@contextmanager
def opened(scene: Scene, language: Language, scheme: Scheme, percent: int, wanted: str) -> Iterator[Camera]:
    """Start a program and leave it closed."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    program = Program(app, scene.doors(), clock=scene.clock, language=language)
    program.start()
    program.theme.wear(scheme)
    program.theme.enlarge(percent)
    suffix = f"{language.value}-{scheme.value}" + (f"-{percent}" if percent != 100 else "")
    try:
        yield Camera(program, scene, suffix, wanted)
    finally:
        program.stop()
        wait(50)


def unlock(camera: Camera) -> None:
    """Show the locked screen empty, refused, and by recovery sheet."""
    view = camera.program.unlock
    assert view is not None
    camera.size(view)
    camera.take("unlock", view)
    for _ in range(2):
        camera.scene.now += 100
        view.field.setText("Mật khẩu sai")
        view.submit()
        wait()
    view.field.setText("mâtkhau")
    camera.take("unlock-wrong", view)
    view.refuse(KeyringMissing("no bus"))
    camera.take("unlock-keyring", view)
    view.change_means()
    camera.scene.now = NOW
    view.state = replace(view.state, retry_at=0, failures=0)
    view.field.setText(PASSPHRASE)
    view.submit()
    wait(300)


def main_screens(camera: Camera) -> None:
    """Show the main window in every place."""
    post = camera.program.post
    assert post is not None
    window = post.window
    camera.size(window)
    wait(300)
    for number, name in ((411, "secret"), (412, "top-secret"), (410, "confidential"), (406, "unclassified")):
        window.inbox.table.choose_key(cable_id(number))
        wait(120)
        camera.take(f"inbox-{name}", window)
    window.inbox.table.choose_key(cable_id(411))
    wait()
    window.reader.body.setFocus()
    camera.take("reader-focus", window)
    window.go(Shelf.SENT)
    window.sent.table.choose_key(cable_id(10_212))
    wait()
    camera.take("sent", window)
    window.go(Shelf.OUTBOX)
    for number, name in (
        (219, "sending"),
        (218, "unknown"),
        (217, "relay-holds"),
        (216, "waiting"),
        (214, "arrived"),
    ):
        key = next(k for k in camera.scene.held.outbox if k[0] == cable_id(10_000 + number))
        row = camera.scene.held.outbox[key]
        window.outbox.table.choose_key((row.cable_id, row.to, row.to_name))
        wait(60)
        camera.take(f"outbox-{name}", window)
    window.go(Shelf.DRAFTS)
    camera.take("drafts", window)
    window.go(Shelf.GAPS)
    camera.take("gaps", window)
    window.search.setText("nghi quyet")
    window.sought.emit("nghi quyet")
    wait(200)
    camera.take("search", window)
    window.sought.emit("khong co gi nhu the")
    wait(200)
    camera.take("search-empty", window)
    window.go(Shelf.INBOX)
    window.inbox.table.choose_key(cable_id(411))
    wait(100)
    window.reader.acknowledge()
    wait(200)
    camera.take("acknowledged", window)
    window.actions_[Do.SILENCE].setChecked(True)
    wait(100)
    camera.take("silence", window)
    window.actions_[Do.SILENCE].setChecked(False)
    for do, name in ((Do.KEYS, "keys"), (Do.LINKS, "links"), (Do.ABOUT, "about"), (Do.NOTICES, "notices")):
        window.actions_[do].trigger()
        wait(150)
        sheet = QApplication.activeModalWidget() or next(
            w for w in QApplication.topLevelWidgets() if w.isVisible() and type(w).__name__ == "Sheet"
        )
        camera.take(f"sheet-{name}", sheet)
        sheet.close()
        wait(50)


def compose(camera: Camera) -> None:
    """Show the compose window: empty, refused, ready, and Top Secret."""
    post = camera.program.post
    assert post is not None
    empty = post.composing.write(Draft(drafter_name="Lê Minh Châu", drafter_title="Tham tán"))
    wait(250)
    camera.take("compose-empty", empty)
    empty.submit()
    wait(250)
    camera.take("compose-refused", empty)
    empty.finish()
    ready = Draft(
        degree=Degree.CONFIDENTIAL,
        basis="Danh mục BMNN ngành Ngoại giao, mục 4",
        urgency=Urgency.PRIORITY,
        action_to=(OFFICE, EUROPE),
        info_to=(CONSULAR,),
        topics=("NGOAIGIAO", "UNESCO"),
        subject="Báo cáo kết quả tham vấn về dự thảo nghị quyết UNESCO",
        body="Kính gửi: Văn phòng Bộ; Vụ Châu Âu\n\n"
        "1. Đại sứ quán đã làm việc với Phái đoàn thường trực sáng 22/11.\n\n"
        "2. Các nước trong nhóm khu vực ủng hộ đoạn 7; Pháp đề nghị sửa một từ ở đoạn 9.\n\nXin báo cáo./.",
        attachments=(DraftAttachment("y-kien-sua-doi.pdf", "application/pdf", "/tmp/x.pdf", 412_000, 3),),
        drafter_name="Trần Thị Bình",
        drafter_title="Bí thư thứ nhất",
        reply_by=NOW + 7 * 3600,
    )
    window = post.composing.write(ready)
    wait(300)
    window.save_now()
    wait(100)
    camera.take("compose-ready", window)
    window.finish()
    secret = replace(ready, degree=Degree.TOP_SECRET, urgency=Urgency.FLASH, drafter_name="Lê Minh Châu")
    window = post.composing.write(secret)
    wait(300)
    window.submit()
    wait(250)
    camera.take("compose-top-secret", window)
    window.finish()
    window = post.composing.write(ready)
    wait(200)
    window.submit()
    wait(400)
    camera.take("released", post.window)


def bare(camera: Camera) -> None:
    """Show a new post: nothing anywhere, and the relay out of reach."""
    view = camera.program.unlock
    assert view is not None
    view.field.setText(PASSPHRASE)
    view.submit()
    wait(400)
    post = camera.program.post
    assert post is not None
    camera.size(post.window)
    for shelf in (Shelf.INBOX, Shelf.OUTBOX, Shelf.DRAFTS, Shelf.GAPS):
        post.window.go(shelf)
        wait(100)
        camera.take(f"bare-{shelf.name.lower()}", post.window)


def main(argv: list[str]) -> int:
    """Take every picture, or those whose name holds the word given."""
    wanted = argv[0] if argv else ""
    OUT.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    plans: list[tuple[Language, Scheme, int]] = [
        (Language.VIETNAMESE, Scheme.LIGHT, 100),
        (Language.ENGLISH, Scheme.LIGHT, 100),
        (Language.VIETNAMESE, Scheme.DARK, 100),
        (Language.VIETNAMESE, Scheme.LIGHT, 150),
    ]
    parts: tuple[Callable[[Camera], None], ...] = (unlock, main_screens, compose)
    for language, scheme, percent in plans:
        with opened(Scene(), language, scheme, percent, wanted) as camera:
            for part in parts:
                part(camera)
    empty = Scene(held=Held(), links=link_of(LinkState.DOWN))
    with opened(empty, Language.VIETNAMESE, Scheme.LIGHT, 100, wanted) as camera:
        bare(camera)
    print(f"{len(list(OUT.glob('*.png')))} pictures in {OUT}")
    app.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
