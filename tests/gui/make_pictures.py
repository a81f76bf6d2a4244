"""Draws the screens: `python -m tests.gui.make_pictures [part of a name]` into `out/pictures/`.

`--into DIR` draws elsewhere; `--book` draws exactly the pictures of the handbook, with a palette.
"""

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from secmsg.errors import KeyringMissing
from secmsg.office.draft import Draft, DraftAttachment
from secmsg.station.views import LinkState
from secmsg.wire.cable import Degree, Urgency
from tests.helpers.ui_station import CONSULAR, EUROPE, NOW, OFFICE, PASSPHRASE, Held, Scene, cable_id, link_of
from ui.actions import Do
from ui.app import Program
from ui.language import Language
from ui.main_window import MainWindow, Shelf
from ui.theme import Scheme, look

OUT = Path(__file__).parent.parent.parent / "out" / "pictures"
WIDTH, HEIGHT = 1366, 768
BOOK = (
    "unlock",
    "unlock-wrong",
    "inbox",
    "reader",
    "compose-empty",
    "compose-refused",
    "compose-ready",
    "outbox-waiting",
    "outbox-sending",
    "outbox-unknown",
    "outbox-arrived",
)
ROOMY = 40
APART, MOST_PLAIN = 26**2, 200
"""How far the first colours of a palette lie apart (squared), and how many of them there are at most."""
BOOK_IN_OTHER_LOOKS = ("inbox", "reader")


@dataclass(frozen=True, slots=True)
class Wish:
    """Where pictures go, and which: part of a name, or those of the book."""

    into: Path
    part: str = ""
    book: bool = False

    def takes(self, name: str, suffix: str) -> bool:
        """Say whether a picture is wanted."""
        if not self.book:
            return self.part in f"{name}-{suffix}"
        return name in (BOOK if suffix.endswith("light") else BOOK_IN_OTHER_LOOKS)


@dataclass(frozen=True, slots=True)
class Plan:
    """One language, look and text size."""

    language: Language
    scheme: Scheme = Scheme.LIGHT
    percent: int = 100


PLANS = (
    Plan(Language.VIETNAMESE),
    Plan(Language.ENGLISH),
    Plan(Language.VIETNAMESE, Scheme.DARK),
    Plan(Language.VIETNAMESE, Scheme.LIGHT, 150),
)


def with_palette(picture: QImage) -> QImage:
    """Keep 256 colours: first those that differ plainly from one another, then those used most.

    By use alone the few green and orange strokes of the small icons would turn grey.
    """
    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    used = [colour for colour, _ in Counter(memoryview(plain.constBits()).cast("I")).most_common()]
    palette: list[int] = []
    for colour in used[:8000]:
        if len(palette) < MOST_PLAIN and all(_apart(colour, other) > APART for other in palette):
            palette.append(colour)
    kept = set(palette)
    palette += [colour for colour in used if colour not in kept][: 256 - len(palette)]
    return plain.convertToFormat(QImage.Format.Format_Indexed8, palette, Qt.ImageConversionFlag.ThresholdDither)


def _apart(one: int, other: int) -> int:
    return sum(((one >> shift & 255) - (other >> shift & 255)) ** 2 for shift in (0, 8, 16))


def wait(ms: int = 150) -> None:
    """Let the windows work."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


class Camera:
    """One program in one language, look and text size, and the pictures taken of it."""

    def __init__(self, program: Program, scene: Scene, suffix: str, wish: Wish) -> None:
        self.program, self.scene, self.suffix, self.wish = program, scene, suffix, wish

    def take(self, name: str, widget: QWidget) -> None:
        """Save a picture at full size."""
        if self.wish.takes(name, self.suffix):
            wait(120)
            picture = widget.grab().toImage()
            shown = with_palette(picture) if self.wish.book else picture
            shown.save(str(self.wish.into / f"{name}-{self.suffix}.png"))

    def show_rows(self, window: MainWindow, count: int) -> None:
        """Give the list exactly so many rows and the reading pane the rest."""
        table = window.inbox.table
        frame = 2 * table.frameWidth()
        list_ = table.y() + table.header().height() + count * look().row + 2 * frame
        window.splitter.setSizes([list_, max(1, window.splitter.height() - list_)])
        wait(80)

    def size(self, widget: QWidget) -> None:
        """Make a window as large as the small screen."""
        widget.resize(WIDTH, HEIGHT)
        wait(80)


@contextmanager
def opened(scene: Scene, plan: Plan, wish: Wish) -> Iterator[Camera]:
    """Start a program and leave it closed."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    program = Program(app, scene.doors(), clock=scene.clock, language=plan.language)
    program.start()
    program.theme.wear(plan.scheme)
    program.theme.enlarge(plan.percent)
    suffix = f"{plan.language.value}-{plan.scheme.value}" + (f"-{plan.percent}" if plan.percent != 100 else "")
    try:
        yield Camera(program, scene, suffix, wish)
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
    usual = window.splitter.sizes()
    window.inbox.table.choose_key(cable_id(411))
    camera.show_rows(window, 7 if look().row < ROOMY else 5)
    wait(1100)  # until the line at the foot counts down
    camera.take("inbox", window)
    camera.show_rows(window, 3)
    window.reader.body.setFocus()
    wait()
    camera.take("reader", window)
    window.splitter.setSizes(usual)
    window.inbox.table.setFocus()
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
    """Take every picture, those whose name holds a word, or those of the book."""
    parser = argparse.ArgumentParser(prog="python -m tests.gui.make_pictures", description=__doc__)
    parser.add_argument("part", nargs="?", default="", help="only pictures whose name holds this")
    parser.add_argument("--into", type=Path, default=OUT, help="the folder to draw into")
    parser.add_argument("--book", action="store_true", help="exactly the pictures of the handbook")
    given = parser.parse_args(argv)
    wish = Wish(given.into, given.part, given.book)
    wish.into.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    for plan in PLANS:
        with opened(Scene(), plan, wish) as camera:
            for part in (unlock, main_screens, compose):
                part(camera)
    if not wish.book:
        empty = Scene(held=Held(), links=link_of(LinkState.DOWN))
        with opened(empty, Plan(Language.VIETNAMESE), wish) as camera:
            bare(camera)
    print(f"{len(list(wish.into.glob('*.png')))} pictures in {wish.into}")
    app.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
