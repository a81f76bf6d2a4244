"""What the papers of the hand cipher are drawn with: a pen that measures as a ruler does, and their typefaces.

Places are millimetres from the upper left corner of a leaf, sizes of type are points, and y is where letters stand.
Everything is lines and embedded type, so print is sharp at any size. Nothing is written anywhere: `finish` gives bytes.
"""

import functools
import io
import math
from collections.abc import Callable, Sequence
from enum import Enum
from pathlib import Path

from reportlab.lib.colors import Color, HexColor, white
from reportlab.lib.pagesizes import A4, A5, landscape
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from secmsg.errors import FormatError
from secmsg.papers.recovery import FONTS, draw_code, paragraph, register_fonts

TEXT, BOLD, MONO = "BeVietnamPro", "BeVietnamPro-Bold", "JetBrainsMono"
INK, GREY, PALE, RED = HexColor("#111111"), HexColor("#5f6368"), HexColor("#b9bdc2"), HexColor("#b3141d")
TINT, FAINT = HexColor("#f1f1f1"), HexColor("#e6e6e6")
TRAINING = "HUẤN LUYỆN"
_CAPITAL = 0.72
"""Height of capitals and figures, in parts of the size of type."""
_LEAST = 0.6
"""Type that does not fit shrinks to this share of its size, then it is made narrower."""


class Format(Enum):
    """The leaves that are printed: width and height in points."""

    A4 = A4
    A5 = A5
    A4_WIDE = landscape(A4)


class Align(Enum):
    """Which end of the words stands at x."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


class Pen:
    """One document being drawn, leaf after leaf; the same strokes give the same bytes."""

    def __init__(self, leaf: Format, *, training: bool = False, fonts: Path = FONTS) -> None:
        register_fonts(fonts)
        self._width, self._height = leaf.value
        self._training = training
        self._buffer = io.BytesIO()
        self._stamps: set[str] = set()
        self._canvas = Canvas(self._buffer, pagesize=leaf.value, invariant=1, pageCompression=1)
        self._canvas.setTitle("")
        self._canvas.setCreator("secmsg")
        self._begin()

    @property
    def width(self) -> float:
        """Width of the leaf."""
        return self._width / mm

    @property
    def height(self) -> float:
        """Height of the leaf."""
        return self._height / mm

    def leaf(self) -> None:
        """Go on to the next leaf."""
        self._canvas.showPage()
        self._begin()

    def stamp(self, name: str, draw: Callable[[], None]) -> None:
        """Put down what is the same on many leaves: drawn the first time, from then on named alone."""
        if name not in self._stamps:
            self._stamps.add(name)
            self._canvas.beginForm(name, 0, 0, self._width, self._height)
            draw()
            self._canvas.endForm()
        self._canvas.doForm(name)

    def finish(self) -> bytes:
        """End the document with the leaf that is being drawn, and give its bytes."""
        self._canvas.showPage()
        self._canvas.save()
        return self._buffer.getvalue()

    def say(
        self,
        words: str,
        x: float,
        y: float,
        size: float = 9,
        *,
        face: str = TEXT,
        colour: Color = INK,
        align: Align = Align.LEFT,
        width: float | None = None,
    ) -> None:
        """Write words on one line; into `width` they are made to fit whole, smaller first and then narrower.

        FormatError for a character that no typeface of ours has: it would vanish from the paper unseen.
        """
        if not words:
            return
        face = _face_of(words, face)
        needed = 0.0 if width is None and align is Align.LEFT else stringWidth(words, face, size)
        squeeze = 1.0
        if width is not None and needed > width * mm:
            size, whole = max(size * width * mm / needed, size * _LEAST), needed / size
            squeeze = min(1.0, width * mm / (whole * size))
            needed = whole * size * squeeze
        back = {Align.LEFT: 0.0, Align.CENTRE: needed / 2, Align.RIGHT: needed}[align]
        line = self._canvas.beginText(x * mm - back, self._height - y * mm)
        line.setFont(face, size)
        line.setFillColor(colour)
        if squeeze < 1:
            line.setHorizScale(100 * squeeze)
        line.textOut(words)
        if squeeze < 1:
            # The scale outlives the words in a PDF.
            line.setHorizScale(100)
        self._canvas.drawText(line)

    def figures(self, groups: Sequence[str], xs: Sequence[float], y: float, size: float) -> None:
        """Write groups of figures on one line, each in the middle of its x: one stroke for all of them."""
        line = self._canvas.beginText()
        line.setFont(MONO, size)
        line.setFillColor(INK)
        for group, x in zip(groups, xs, strict=True):
            line.setTextOrigin(x * mm - stringWidth(group, MONO, size) / 2, self._height - y * mm)
            line.textOut(group)
        self._canvas.drawText(line)

    def block(self, words: str, x: float, top: float, width: float, size: float = 9, *, face: str = TEXT) -> float:
        """Write words over as many lines as they need, from `top` downwards; gives where they end; FormatError."""
        face = _face_of(words, face)
        end = paragraph(self._canvas, words, x * mm, self._height - top * mm, width * mm, face, size)
        return (self._height - end) / mm

    def lines(self, words: str, size: float, width: float) -> list[str]:
        """Part words at spaces into lines no wider than `width`; a single word that is too wide stands by itself."""
        lines: list[str] = []
        for word in words.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and stringWidth(longer, TEXT, size) <= width * mm:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    def line(
        self, x: float, y: float, to_x: float, to_y: float, *, weight: float = 0.3, colour: Color = INK, dash: str = ""
    ) -> None:
        """Draw a line `weight` points thick; `dash` holds lengths in points, such as "4 2"."""
        self._canvas.setStrokeColor(colour)
        self._canvas.setLineWidth(weight)
        self._canvas.setDash([float(each) for each in dash.split()])
        self._canvas.line(x * mm, self._height - y * mm, to_x * mm, self._height - to_y * mm)

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        weight: float = 0.3,
        colour: Color = INK,
        fill: Color | None = None,
    ) -> None:
        """Draw a rectangle from its upper left corner; without weight it is a surface alone."""
        self._canvas.setStrokeColor(colour)
        self._canvas.setFillColor(white if fill is None else fill)
        self._canvas.setLineWidth(weight)
        self._canvas.setDash([])
        self._canvas.rect(
            x * mm, self._height - (y + height) * mm, width * mm, height * mm, stroke=weight > 0, fill=fill is not None
        )

    def grid(self, xs: list[float], ys: list[float], *, weight: float = 0.3, colour: Color = INK) -> None:
        """Draw the lines of a table over all of its width and height."""
        for x in xs:
            self.line(x, ys[0], x, ys[-1], weight=weight, colour=colour)
        for y in ys:
            self.line(xs[0], y, xs[-1], y, weight=weight, colour=colour)

    def code(self, words: str, x: float, y: float, size: float) -> None:
        """Draw words as a QR code from its upper left corner; the white around it is left to whoever draws."""
        draw_code(self._canvas, words, x * mm, self._height - (y + size) * mm, size * mm)

    def _begin(self) -> None:
        """Lay the mark of training material under everything else of the leaf."""
        if not self._training:
            return
        self._canvas.saveState()
        self._canvas.translate(self._width / 2, self._height / 2)
        self._canvas.rotate(math.degrees(math.atan2(self._height, self._width)))
        self._canvas.setFillColor(FAINT)
        size = min(self._width, self._height) / 6
        self._canvas.setFont(BOLD, size)
        self._canvas.drawCentredString(0, -size * 0.36, TRAINING)
        self._canvas.restoreState()


def middle(y: float, height: float, size: float) -> float:
    """Return where letters of a size stand so that capitals and figures are in the middle of a line's height."""
    return y + height / 2 + size * _CAPITAL / 2 / mm


def _face_of(words: str, face: str) -> str:
    """Return the face, or the one of figures where this one lacks a character; FormatError when both do."""
    if words.isascii():
        return face
    lacking = ""
    for each in (face, MONO):
        glyphs = _glyphs(each)
        lacking = next((character for character in words if ord(character) not in glyphs), "")
        if not lacking:
            return each
    raise FormatError(f"U+{ord(lacking):04X} cannot be printed")


@functools.cache
def _glyphs(face: str) -> frozenset[int]:
    """Return the characters of a face; the library's stubs know only its old faces."""
    font = pdfmetrics.getFont(face)
    if not isinstance(font, TTFont):
        raise TypeError(f"{face} is not a typeface of ours")
    return frozenset(font.face.charToGlyph)
