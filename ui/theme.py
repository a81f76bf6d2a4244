"""Colours, fonts, icons and measures: one palette of our own on Fusion, light and dark.

Red ink and the weight of a frame mean secrecy, a pill means precedence; never a colour alone.
`CONTRASTS` lists what is drawn on what, so that a test can hold every pair to its ratio.
"""

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QStyleFactory

from ui.language import RESOURCES

BASE_POINTS = 10.0
TEXT_SIZES = (80, 90, 100, 110, 125, 150, 175, 200)
"""Percent of the base size that Ctrl+Plus and Ctrl+Minus walk through."""


class Scheme(Enum):
    """Which colours are chosen."""

    LIGHT = "light"
    DARK = "dark"
    SYSTEM = "system"
    """As the desktop has it."""


class Density(Enum):
    """Height of list rows in pixels at 100 % text."""

    DENSE = 22
    MEDIUM = 28
    AIRY = 40


class Ink(Enum):
    """What an icon or a text is drawn with."""

    TEXT = "text"
    DIM = "dim"
    GOOD = "good"
    WARN = "warn"
    FAULT = "fault"
    ON_ACCENT = "on_accent"


@dataclass(frozen=True, slots=True)
class Colours:
    """One scheme's colours as `#rrggbb`."""

    window: str
    base: str
    stripe: str
    text: str
    dim: str
    border: str
    button: str
    accent: str
    on_accent: str
    good: str
    warn: str
    fault: str
    idle: str
    stamp: str
    stamp_fill: str
    on_stamp: str
    flash: str
    on_flash: str
    immediate: str
    on_immediate: str
    priority: str
    on_priority: str
    focus: str
    out: str
    """Under what goes out on the air: the lines of the cipher on a worksheet."""

    def ink(self, ink: Ink) -> str:
        """Give the colour an ink stands for."""
        match ink:
            case Ink.TEXT:
                return self.text
            case Ink.DIM:
                return self.dim
            case Ink.GOOD:
                return self.good
            case Ink.WARN:
                return self.warn
            case Ink.FAULT:
                return self.fault
            case Ink.ON_ACCENT:
                return self.on_accent


LIGHT = Colours(
    window="#f4f5f7",
    base="#ffffff",
    stripe="#f6f7f9",
    text="#1c1f24",
    dim="#5a616b",
    border="#c4c8ce",
    button="#fbfbfc",
    accent="#1f5fab",
    on_accent="#ffffff",
    good="#19733f",
    warn="#b34700",
    fault="#b3141d",
    idle="#767d87",
    stamp="#b3141d",
    stamp_fill="#b3141d",
    on_stamp="#ffffff",
    flash="#7a1fa2",
    on_flash="#ffffff",
    immediate="#b34700",
    on_immediate="#ffffff",
    priority="#f2b705",
    on_priority="#1c1f24",
    focus="#1f5fab",
    out="#fdf3d6",
)
DARK = Colours(
    window="#20232a",
    base="#17191e",
    stripe="#1d2026",
    text="#e8eaed",
    dim="#a2a9b4",
    border="#454b56",
    button="#2c3038",
    accent="#2d6cb4",
    on_accent="#ffffff",
    good="#5bd08a",
    warn="#ffb067",
    fault="#ff6b6b",
    idle="#8b929d",
    stamp="#ff6b6b",
    stamp_fill="#b3141d",
    on_stamp="#ffffff",
    flash="#7a1fa2",
    on_flash="#ffffff",
    immediate="#b34700",
    on_immediate="#ffffff",
    priority="#f2b705",
    on_priority="#1c1f24",
    focus="#7fb4f5",
    out="#363022",
)

TEXT_RATIO, SHAPE_RATIO = 4.5, 3.0
CONTRASTS: tuple[tuple[str, str, float], ...] = (
    *((ink, ground, TEXT_RATIO) for ink in ("text", "dim") for ground in ("window", "base", "stripe", "button")),
    *(
        (ink, ground, TEXT_RATIO)
        for ink in ("good", "warn", "fault", "stamp")
        for ground in ("window", "base", "stripe")
    ),
    *((ink, "out", TEXT_RATIO) for ink in ("text", "dim", "fault")),
    ("on_accent", "accent", TEXT_RATIO),
    ("on_stamp", "stamp_fill", TEXT_RATIO),
    ("on_flash", "flash", TEXT_RATIO),
    ("on_immediate", "immediate", TEXT_RATIO),
    ("on_priority", "priority", TEXT_RATIO),
    ("idle", "window", SHAPE_RATIO),
    ("idle", "base", SHAPE_RATIO),
    ("on_accent", "accent", SHAPE_RATIO),
    *(("focus", ground, SHAPE_RATIO) for ground in ("window", "base", "stripe", "button", "out")),
    *((ink, "button", SHAPE_RATIO) for ink in ("good", "warn", "fault")),
)
"""(what is drawn, on what, least ratio)."""


def contrast(first: str, second: str) -> float:
    """Give the WCAG contrast ratio of two `#rrggbb` colours."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


class Theme(QObject):
    """The look in force; `changed` comes after palette, font and icons are new. `scheme` is what was chosen."""

    changed: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self.scheme = Scheme.LIGHT
        self.density = Density.MEDIUM
        self.percent = 100
        self._system = app.styleHints().colorScheme()

    def install(self) -> None:
        """Load the fonts, take Fusion and dress the program; once, before the first window."""
        for name in sorted((RESOURCES / "fonts").glob("*.ttf")):
            QFontDatabase.addApplicationFont(str(name))
        self._app.setStyle(QStyleFactory.create("Fusion"))
        self._app.setEffectEnabled(Qt.UIEffect.UI_AnimateMenu, enable=False)
        self._app.styleHints().colorSchemeChanged.connect(self._follow)
        self._dress()

    def wear(self, scheme: Scheme) -> None:
        """Change between light and dark."""
        if scheme != self.scheme:
            self.scheme = scheme
            self._dress()

    def crowd(self, density: Density) -> None:
        """Change the height of list rows."""
        if density != self.density:
            self.density = density
            self._dress()

    def enlarge(self, percent: int) -> None:
        """Set the text size in percent, brought into 80 to 200."""
        percent = max(TEXT_SIZES[0], min(TEXT_SIZES[-1], percent))
        if percent != self.percent:
            self.percent = percent
            self._dress()

    def step(self, steps: int) -> None:
        """Go `steps` sizes up (positive) or down."""
        nearest = min(range(len(TEXT_SIZES)), key=lambda i: abs(TEXT_SIZES[i] - self.percent))
        self.enlarge(TEXT_SIZES[max(0, min(len(TEXT_SIZES) - 1, nearest + steps))])

    @property
    def dark(self) -> bool:
        """Whether dark colours are in force."""
        if self.scheme is Scheme.SYSTEM:
            return self._system is Qt.ColorScheme.Dark
        return self.scheme is Scheme.DARK

    def _follow(self, system: Qt.ColorScheme) -> None:
        before, self._system = self.dark, system
        if self.dark is not before:
            self._dress()

    def _dress(self) -> None:
        colours = DARK if self.dark else LIGHT
        _Worn.look = Look(colours, self.percent, self.density)
        font = QFont("Be Vietnam Pro")
        font.setPointSizeF(BASE_POINTS * self.percent / 100)
        font.setStyleHint(QFont.StyleHint.SansSerif)
        self._app.setFont(font)
        self._app.setPalette(palette(colours))
        sheet = (RESOURCES / "style.qss").read_text(encoding="utf-8")
        for name in ("window", "base", "text", "border", "focus", "idle", "accent"):
            sheet = sheet.replace(f"@{name}@", getattr(colours, name))
        look_ = look()
        for name, size in (("box", look_.px(13)), ("round", look_.px(13) // 2 + 1)):
            sheet = sheet.replace(f"@{name}@", str(size))
        sheet = sheet.replace("@icons@", (RESOURCES / "icons").as_posix())
        self._app.setStyleSheet(sheet)
        self.changed.emit(self.scheme)


@dataclass(frozen=True, slots=True)
class Look:
    """What the widgets ask: colours and measures of the theme in force."""

    colours: Colours
    percent: int
    density: Density

    def px(self, pixels: int) -> int:
        """Scale a measure with the text."""
        return round(pixels * self.percent / 100)

    @property
    def row(self) -> int:
        """Height of a list row."""
        return self.px(self.density.value)

    @property
    def icon(self) -> int:
        """Side of an icon beside text."""
        return self.px(16)


class _Worn:
    """Holds the one look of the program, which every painter asks for."""

    look = Look(LIGHT, 100, Density.MEDIUM)


def look() -> Look:
    """Give the look in force."""
    return _Worn.look


def palette(colours: Colours) -> QPalette:
    """Make Qt's palette of our colours."""
    made = QPalette()
    role = QPalette.ColorRole
    for target, name in (
        (role.Window, colours.window),
        (role.WindowText, colours.text),
        (role.Base, colours.base),
        (role.AlternateBase, colours.stripe),
        (role.Text, colours.text),
        (role.Button, colours.button),
        (role.ButtonText, colours.text),
        (role.ToolTipBase, colours.base),
        (role.ToolTipText, colours.text),
        (role.Highlight, colours.accent),
        (role.HighlightedText, colours.on_accent),
        (role.PlaceholderText, colours.dim),
        (role.Link, colours.focus),
        (role.Accent, colours.accent),
        (role.BrightText, colours.on_accent),
        (role.Mid, colours.border),
        (role.Midlight, colours.stripe),
        (role.Dark, colours.border),
        (role.Light, colours.base),
    ):
        made.setColor(target, QColor(name))
    for target in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, target, QColor(colours.dim))
    return made


def weighted(weight: QFont.Weight = QFont.Weight.Normal, *, scale: float = 1.0, italic: bool = False) -> QFont:
    """Give the program's font in a weight and relative size."""
    font = QFont("Be Vietnam Pro")
    font.setPointSizeF(BASE_POINTS * _Worn.look.percent / 100 * scale)
    font.setWeight(weight)
    font.setItalic(italic)
    return font


def mono(scale: float = 1.0) -> QFont:
    """Give the fixed-width font (complete for Vietnamese)."""
    font = QFont("JetBrains Mono")
    font.setPointSizeF(BASE_POINTS * _Worn.look.percent / 100 * scale)
    font.setStyleHint(QFont.StyleHint.Monospace)
    return font


def wide(text: str, weight: QFont.Weight = QFont.Weight.Normal) -> int:
    """Give the width of a text in pixels."""
    return QFontMetrics(weighted(weight)).horizontalAdvance(text)


def icon(name: str, ink: Ink = Ink.TEXT) -> QIcon:
    """Give an icon of `resources/icons` in an ink of the scheme in force."""
    return _icon(name, _Worn.look.colours.ink(ink), _Worn.look.colours.on_accent, _Worn.look.colours.idle)


def pixmap(name: str, colour: str, side: int) -> QPixmap:
    """Draw an icon in a colour, for painters."""
    return _draw(name, colour, side)


@lru_cache(maxsize=512)
def _icon(name: str, colour: str, chosen: str, disabled: str) -> QIcon:
    made = QIcon()
    for side in (16, 20, 24, 32, 48, 64):
        made.addPixmap(_draw(name, colour, side), QIcon.Mode.Normal)
        made.addPixmap(_draw(name, chosen, side), QIcon.Mode.Selected)
        made.addPixmap(_draw(name, disabled, side), QIcon.Mode.Disabled)
    return made


@lru_cache(maxsize=512)
def _draw(name: str, colour: str, side: int) -> QPixmap:
    svg = (RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    drawn = QPixmap(QSize(side, side))
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, side, side))
    painter.end()
    return drawn


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
