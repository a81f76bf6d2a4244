"""Draws every screen of `screens.py`: `python -m tests.gui.make_pictures [part of a name]` into `out/pictures/`.

Each in both languages, light, dark and at 150 %, with an `index.html` beside them. `--into DIR` draws elsewhere;
`--book` draws exactly the pictures of the handbook, with a palette. The papers (`paper`)
are drawn once, at actual size.
"""

import argparse
import html
import os
import sys
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from tests.gui import by_hand_path, paper_pictures
from tests.gui.screens import SCREENS, SMALL, Door, Screen, begin, screens
from ui.language import Language
from ui.theme import Scheme

OUT = Path(__file__).parent.parent.parent / "out" / "pictures"
SIZE = 1366, 768
BOOK = (
    "setup-profile",
    "setup-passphrase",
    "setup-sheet",
    "setup-fingerprint",
    "setup-channels",
    "first-steps",
    "setup-kit",
    "unlock",
    "unlock-wrong",
    "unlock-alarm",
    "unlock-medium",
    "inbox",
    "reader",
    "compose-empty",
    "compose-refused",
    "compose-ready",
    "outbox-waiting",
    "outbox-sending",
    "outbox-unknown",
    "outbox-arrived",
    "outbox-paused",
    "unlock-locked",
    "inbox-filtered",
    "search",
    "drafts",
    "gaps",
    "compose-metadata",
    "pouch-choose",
    "pouch-written",
    "pouch-read",
    "sheet-channel",
    "sheet-settings",
    "sheet-keys",
    "destruction",
    "destruction-done",
    "destruction-plan",
    "walk-line",
    "walk-closed",
    "inspection-inventory",
    "inspection-pack",
    "inspection-signed",
    "officers",
    "officers-add",
    "new-sheet-paper",
    "head-share-pin",
    "backups",
    "inbox-frozen",
    "reopening",
)
BOOK_IN_OTHER_LOOKS = ("inbox", "reader", "compose-ready", "outbox-waiting", "unlock-locked", "search", "pouch-read")
APART, MOST_PLAIN = 26**2, 200
"""How far the first colours of a palette lie apart (squared), and how many of them there are at most."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One language, look and text size."""

    language: Language
    scheme: Scheme = Scheme.LIGHT
    percent: int = 100

    @property
    def suffix(self) -> str:
        """What follows the screen's name in the name of its picture."""
        size = f"-{self.percent}" if self.percent != 100 else ""
        return f"{self.language.value}-{self.scheme.value}{size}"


PLANS = tuple(
    Plan(language, scheme, percent)
    for scheme, percent in ((Scheme.LIGHT, 100), (Scheme.DARK, 100), (Scheme.LIGHT, 150))
    for language in (Language.VIETNAMESE, Language.ENGLISH)
)
IN_BOOK = {
    PLANS[0]: BOOK,
    PLANS[1]: BOOK,
    Plan(Language.VIETNAMESE, Scheme.DARK): BOOK_IN_OTHER_LOOKS,
    Plan(Language.VIETNAMESE, Scheme.LIGHT, 150): BOOK_IN_OTHER_LOOKS,
}


@dataclass(frozen=True, slots=True)
class Wish:
    """Where pictures go, and which: part of a name, or those of the book."""

    into: Path
    part: str = ""
    book: bool = False

    def takes(self, screen: Screen, plan: Plan) -> bool:
        """Say whether a picture is wanted."""
        if self.book:
            return screen.name in IN_BOOK.get(plan, ()) and self.part in screen.name
        return self.part in f"{screen.name}-{plan.suffix}"


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


def take(widget: QWidget, into: Path, *, palette: bool) -> None:
    """Save a picture of a widget at full size."""
    picture = widget.grab().toImage()
    (with_palette(picture) if palette else picture).save(str(into))


def draw(app: QApplication, door: Door, plan: Plan, wish: Wish) -> int:
    """Draw the screens of one door in one look; says how many."""
    wanted = [each for each in screens(door) if wish.takes(each, plan)]
    if not wanted:
        return 0
    stage = begin(app, door, plan.language, SMALL if wish.book and door is Door.LOCKED else SIZE)
    stage.program.theme.wear(plan.scheme)
    stage.program.theme.enlarge(plan.percent)
    stage.tidy()
    for each in wanted:
        shown = each.draw(stage)
        stage.settle()
        take(shown, wish.into / f"{each.name}-{plan.suffix}.png", palette=wish.book)
        stage.tidy()
    stage.program.stop()
    return len(wanted)


MANUAL_IN_OTHER_LOOKS = ("03-enciphered", "07-located")
"""Stops of the way by hand that are shown in every look."""
MANUAL = (PLANS[0], PLANS[1], *list(IN_BOOK)[2:])


def draw_manual(app: QApplication, wish: Wish) -> int:
    """Draw the way of a cable by hand between two real stations, if it is wanted; says how many pictures."""
    if not (wish.part.startswith("manual") or (wish.book and not wish.part)):
        return 0
    count = 0
    for plan in MANUAL:
        with closing(by_hand_path.walk(app, plan.language, plan.scheme, plan.percent)) as way:
            for name, shown in way:
                if plan is PLANS[0] or name in MANUAL_IN_OTHER_LOOKS:
                    take(shown, wish.into / f"manual-{name}-{plan.suffix}.png", palette=wish.book)
                    count += 1
                if plan is not PLANS[0] and name == MANUAL_IN_OTHER_LOOKS[-1]:
                    break
    return count


def write_index(into: Path) -> None:
    """Put every picture side by side into one page."""
    rows = []
    for each in SCREENS:
        files = [f"{each.name}-{plan.suffix}.png" for plan in PLANS]
        cells = "".join(f'<td><a href="{f}"><img src="{f}"></a></td>' for f in files if (into / f).exists())
        rows.append(f"<tr><th>{html.escape(each.name)}</th>{cells}</tr>")
    style = "body{font:14px sans-serif;background:#999}img{width:420px}th{text-align:left;vertical-align:top}"
    head = "".join(f"<th>{plan.suffix}</th>" for plan in PLANS)
    page = f"<!doctype html><meta charset=utf-8><style>{style}</style><table><tr><th>{head}</tr>{''.join(rows)}</table>"
    (into / "index.html").write_text(page, encoding="utf-8")


def _hear(kind: QtMsgType, _: object, text: str) -> None:
    if not text.startswith("This plugin does not support"):
        print(kind.name, text, file=sys.stderr)


def main(argv: list[str]) -> int:
    """Take every picture, those whose name holds a word, or those of the book."""
    parser = argparse.ArgumentParser(prog="python -m tests.gui.make_pictures", description=__doc__)
    parser.add_argument("part", nargs="?", default="", help="only pictures whose name holds this")
    parser.add_argument("--into", type=Path, default=OUT, help="the folder to draw into")
    parser.add_argument("--book", action="store_true", help="exactly the pictures of the handbook")
    given = parser.parse_args(argv)
    wish = Wish(given.into, given.part, given.book)
    wish.into.mkdir(parents=True, exist_ok=True)
    qInstallMessageHandler(_hear)
    app = QApplication([])
    count = sum(draw(app, door, plan, wish) for plan in PLANS for door in Door)
    count += draw_manual(app, wish)
    leaves = paper_pictures.draw(wish.into, wish.part)
    if not wish.book:
        write_index(wish.into)
    print(f"{count} pictures of {len(SCREENS)} screens and {leaves} of papers in {wish.into}")
    app.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
