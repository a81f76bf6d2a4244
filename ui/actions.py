"""Every function of the main window as one QAction: menus, toolbar and key sheet are made of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from ui.idle import MINUTES
from ui.language import mark, tr, trn
from ui.theme import Density
from ui.widgets.phrases import Phrases


class Menu(Enum):
    """The menus in their order; the value is the English title."""

    CABLE = mark("&Cable")
    EDIT = mark("&Edit")
    VIEW = mark("&View")
    CHANNEL = mark("Cha&nnel")
    MANUAL = mark("&Manual cipher")
    CUSTODY = mark("C&ustody")
    HELP = mark("&Help")


@dataclass(frozen=True, slots=True)
class Verb:
    """One function: its menu, its words, its keys, its icon; `line` draws a separator before it."""

    menu: Menu
    source: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    line: bool = False
    checkable: bool = False


class Do(Enum):
    """Every function of the main window."""

    WRITE = Verb(Menu.CABLE, "&Write cable", ("Ctrl+N",), "square-pen")
    REPLY = Verb(Menu.CABLE, "&Reply", ("Ctrl+R",), "reply")
    REPLY_ALL = Verb(Menu.CABLE, "Reply to &all addressees", ("Ctrl+Shift+R",), "reply-all")
    ACKNOWLEDGE = Verb(Menu.CABLE, "Ac&knowledge", ("Ctrl+Shift+K",), "check-check")
    EXPORT = Verb(Menu.CABLE, "E&xport the text…", ("Ctrl+Shift+E",), "download")
    DEEDS = Verb(Menu.CABLE, "Who &opened it…", ("Ctrl+Shift+W",), "notebook-text")
    SETTINGS = Verb(Menu.CABLE, "Se&ttings…", ("Ctrl+,",), "sliders-horizontal", line=True)
    LOCK = Verb(Menu.CABLE, "&Lock now", ("Ctrl+L", "Ctrl+Alt+L"), "lock")
    QUIT = Verb(Menu.CABLE, "&Quit", ("Ctrl+Q",))
    COPY = Verb(Menu.EDIT, "&Copy", ("Ctrl+C",))
    SELECT_ALL = Verb(Menu.EDIT, "Select &all", ("Ctrl+A",))
    FIND_HERE = Verb(Menu.EDIT, "Find in &this cable", ("Ctrl+F",), line=True)
    FIND_NEXT = Verb(Menu.EDIT, "&Next place found", ("F3",))
    FIND_LAST = Verb(Menu.EDIT, "&Previous place found", ("Shift+F3",))
    FIND = Verb(Menu.EDIT, "&Find in all cables", ("Ctrl+Shift+F",), "search", line=True)
    INBOX = Verb(Menu.VIEW, "&Incoming cables", ("Ctrl+1",), "inbox")
    SENT = Verb(Menu.VIEW, "&Outgoing cables", ("Ctrl+2",), "send")
    OUTBOX = Verb(Menu.VIEW, "Out&box", ("Ctrl+3", "Ctrl+Shift+O"), "hourglass")
    DRAFTS = Verb(Menu.VIEW, "&Drafts", ("Ctrl+4",), "pencil")
    GAPS = Verb(Menu.VIEW, "&Missing numbers", ("Ctrl+5",), "triangle-alert")
    NEXT_UNREAD = Verb(Menu.VIEW, "Next &unread cable", ("Ctrl+.",), line=True)
    NEXT_PANE = Verb(Menu.VIEW, "Next &pane", ("F6",))
    LAST_PANE = Verb(Menu.VIEW, "Pre&vious pane", ("Shift+F6",))
    BACK = Verb(Menu.VIEW, "Bac&k", ("Alt+Left", "Esc"))
    LARGER = Verb(Menu.VIEW, "&Larger text", ("Ctrl++", "Ctrl+="), line=True)
    SMALLER = Verb(Menu.VIEW, "&Smaller text", ("Ctrl+-",))
    NORMAL = Verb(Menu.VIEW, "&Normal text", ("Ctrl+0",))
    DARK = Verb(Menu.VIEW, "Da&rk colours", ("Ctrl+Shift+D",), checkable=True)
    LANGUAGE = Verb(Menu.VIEW, "Tiếng Việt / En&glish", ("Ctrl+Shift+L",))
    FETCH = Verb(Menu.CHANNEL, "Send and &fetch now", ("F9",), "refresh-cw")
    SEND_NOW = Verb(Menu.CHANNEL, "&Send the chosen cable now", ("Ctrl+F9",), "send")
    HOLD = Verb(Menu.CHANNEL, "&Keep back, or let go", ("Ctrl+H",), "pause")
    PAUSE = Verb(Menu.CHANNEL, "Pause the f&iles, or go on", ("Ctrl+Shift+H",), "pause")
    POUCH_WRITE = Verb(Menu.CHANNEL, "&Write a pouch…", ("Ctrl+T",), "download", line=True)
    POUCH_READ = Verb(Menu.CHANNEL, "&Read a pouch…", ("Ctrl+Shift+T",), "inbox")
    LINKS = Verb(Menu.CHANNEL, "State of the &links", ("Ctrl+Shift+I",), "cloud", line=True)
    SILENCE = Verb(Menu.CHANNEL, "Cut &contact", ("Ctrl+Shift+X",), checkable=True)
    HAND_WRITE = Verb(Menu.MANUAL, "&Worksheet…", ("Ctrl+M",), "grid-3x3")
    HAND_READ = Verb(Menu.MANUAL, "&Enter received groups…", ("Ctrl+Shift+M",), "keyboard")
    HAND_BOOKS = Verb(Menu.MANUAL, "&Key material…", ("Ctrl+Alt+M",), "key-round", line=True)
    HAND_DRILL = Verb(Menu.MANUAL, "&Drill…", ("Ctrl+Alt+D",), "hourglass")
    OFFICERS = Verb(Menu.CUSTODY, "&Officers…", ("Ctrl+Alt+O",), "key-round")
    INSPECTION = Verb(Menu.CUSTODY, "&Inspection and handover…", ("Ctrl+Alt+I",), "check-check")
    BACKUP = Verb(Menu.CUSTODY, "&Backups…", ("Ctrl+Alt+B",), "download")
    KITS = Verb(Menu.CUSTODY, "Delegation &kits…", ("Ctrl+Alt+K",), "notebook-text")
    DESTROY = Verb(Menu.CUSTODY, "Emergency &destruction…", ("Ctrl+Alt+X",), "flame", line=True)
    KEYS = Verb(Menu.HELP, "&Keys", ("F1", "Ctrl+/"), "keyboard")
    NOTICES = Verb(Menu.HELP, "&Notices", ("Ctrl+Shift+N",), "shield-alert")
    ABOUT = Verb(Menu.HELP, "&About the program", (), "info")


READING = (
    Do.LOCK, Do.QUIT, Do.COPY, Do.SELECT_ALL, Do.FIND_HERE, Do.FIND_NEXT, Do.FIND_LAST, Do.FIND, Do.INBOX,
    Do.SENT, Do.NEXT_UNREAD, Do.NEXT_PANE, Do.LAST_PANE, Do.BACK, Do.LARGER, Do.SMALLER, Do.NORMAL, Do.DARK,
    Do.LANGUAGE, Do.KEYS, Do.ABOUT,
)  # fmt: skip
"""The functions of a window that only reads: nothing in it writes, sends, or knows a link."""


_DENSITIES = {
    Density.DENSE: mark("Dense rows"),
    Density.MEDIUM: mark("Medium rows"),
    Density.AIRY: mark("Airy rows"),
}


class Actions(QObject):
    """The QActions of one main window; of a window that only reads there are no others."""

    def __init__(self, parent: QObject, functions: Sequence[Do] = tuple(Do)) -> None:
        super().__init__(parent)
        self.phrases = Phrases()
        self.of: dict[Do, QAction] = {}
        self.more: dict[Menu, list[QAction]] = {}
        """Functions of one kind of window alone, as they stand in its menus."""
        for do in functions:
            verb: Verb = do.value
            action = QAction(self)
            self.phrases.say(action.setText, verb.source)
            action.setShortcuts([QKeySequence.fromString(key) for key in verb.keys])
            action.setCheckable(verb.checkable)
            action.setAutoRepeat(do in (Do.LARGER, Do.SMALLER, Do.NEXT_UNREAD, Do.FIND_NEXT, Do.FIND_LAST))
            if verb.icon:
                self.phrases.draw(action.setIcon, verb.icon)
            self.of[do] = action
        self.densities = QActionGroup(self)
        self.density: dict[Density, QAction] = {}
        for density, source in _DENSITIES.items():
            action = QAction(self)
            action.setCheckable(True)
            self.phrases.say(action.setText, source)
            self.densities.addAction(action)
            self.density[density] = action
        self.rests = QActionGroup(self)
        self.rest: dict[int, QAction] = {}
        for minutes in MINUTES:
            action = QAction(self)
            action.setCheckable(True)
            self.rests.addAction(action)
            self.rest[minutes * 60] = action

    def __getitem__(self, do: Do) -> QAction:
        """Give the action of a function."""
        return self.of[do]

    def among(self, *functions: Do) -> list[QAction]:
        """Give the actions of those of some functions that this window has."""
        return [self.of[do] for do in functions if do in self.of]

    def rows_title(self) -> str:
        """Name the submenu of row heights."""
        return tr("Row &height")

    def rest_title(self) -> str:
        """Name the submenu of idle times, and say what can be chosen there."""
        for seconds, action in self.rest.items():
            action.setText(trn(seconds // 60, "{n} minute", "{n} minutes"))
        return tr("Lock by &itself after")


def plain(text: str) -> str:
    """Take the mnemonic marks out of a menu text."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")
