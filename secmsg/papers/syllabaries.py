"""The syllabary on one leaf A4, both sides: in front by the alphabet, to encode; behind by figures, to decode.

For the day on which the codebook is destroyed. Source: docs/spec/syllabary.md 1 and 3.
"""

from collections.abc import Sequence
from pathlib import Path

from secmsg.manual.syllabary import SIGNS, Control, Syllabary, onset_code, rime_code
from secmsg.papers.drawing import BOLD, GREY, MONO, PALE, TINT, Align, Format, Pen, middle
from secmsg.papers.frame import MARGIN, Pair, foot, head
from secmsg.papers.recovery import FONTS
from secmsg.vietnamese import sort_key

NO_ONSET = "–"
"""Stands for the onset of a syllable that begins with its rime."""

_TITLE = ("BẢNG ÂM TIẾT", "Syllabary")
_NOTICES: tuple[Pair, Pair] = (
    ("MẶT TRƯỚC: MÃ THEO VẦN A, B, C", "Front: to encode, by the alphabet"),
    ("MẶT SAU: TRA THEO SỐ", "Back: to decode, by figures"),
)
_CONTROLS: dict[Control, Pair] = {
    Control.STOP: ("chấm", "stop"),
    Control.COMMA: ("phẩy", "comma"),
    Control.LINE: ("xuống dòng", "new line"),
    Control.SIGN: ("dấu + 1 số", "sign + 1 figure"),
    Control.FIGURES: ("số: n + n chữ số", "number: n, n figures"),
    Control.SPELL: ("đánh vần: n + n chữ", "spell: n, n letters"),
    Control.LETTERS: ("chữ cái: n + n chữ", "letters: n, n letters"),
    Control.CAPITAL: ("chữ sau viết hoa", "next word: capital"),
    Control.END: ("hết", "end"),
}
_HOW: Pair = (
    "Âm đầu rồi vần có dấu; lấy âm đầu dài nhất: gia = gi + a. Nhóm đầu 0000, nhóm hai là số ấn bản; cuối là 99, thêm "
    "chữ số bất kỳ cho đủ nhóm bốn. n: 1 đến 9, hay 0 là chín và còn tiếp. Chữ cái: a = 00 … z = 25. Rồi mã hóa như "
    "mã của sổ mã.",
    "Onset, then rime with its tone; the longest onset: gia = gi + a. First code 0000, second the edition; at the end "
    "99 and any figures that fill a code of four. n: 1 to 9, or 0 for nine and another run. Letters: a = 00 … z = 25. "
    "Then encipher as any codes.",
)
_COLUMNS, _ROWS, _HIGH = 10, 55, 3.95
Cell = tuple[str, str]
"""What is looked up, and what is found."""


def pdf(syllabary: Syllabary, fonts: Path = FONTS) -> bytes:
    """Return the sheet as both sides of one leaf."""
    onsets = [(text or NO_ONSET, onset_code(place)) for place, text in enumerate(syllabary.onsets)]
    rimes = [(text, rime_code(place)) for place, text in enumerate(syllabary.rimes)]
    pen = Pen(Format.A4, fonts=fonts)
    _side(pen, syllabary, 0, sorted(onsets, key=_order), sorted(rimes, key=_order))
    pen.leaf()
    behind = [[(code, text) for text, code in cells] for cells in (onsets, rimes)]
    _side(pen, syllabary, 1, behind[0], behind[1])
    return pen.finish()


def _order(cell: Cell) -> tuple[bool, object]:
    return cell[0] != NO_ONSET, sort_key(cell[0])


def _side(pen: Pen, syllabary: Syllabary, side: int, onsets: Sequence[Cell], rimes: Sequence[Cell]) -> None:
    y = head(pen, _TITLE, top=9, notice=_NOTICES[side])
    width = pen.width - 2 * MARGIN
    y = pen.block(_HOW[0], MARGIN, y, width, 7.2)
    y = pen.block(_HOW[1], MARGIN, y, width, 5.8) + 1
    _cells(pen, onsets, 14, 2, y, 4.4, 9)
    y += 2 * 4.4 + 1.4
    _controls(pen, y)
    _cells(pen, rimes, _COLUMNS, _ROWS, y + 8.8, _HIGH, 8.4)
    foot(pen, f"{syllabary.title} · ấn bản {syllabary.edition}", side + 1, 2)


def _cells(pen: Pen, cells: Sequence[Cell], columns: int, rows: int, y: float, high: float, size: float) -> None:
    """Draw cells downwards, shaded in fives: what is looked up in front, what is found behind it."""
    width = (pen.width - 2 * MARGIN) / columns
    for row in range(5, rows, 10):
        pen.box(MARGIN, y + row * high, columns * width, min(5, rows - row) * high, weight=0, fill=TINT)
    for place, (wanted, found) in enumerate(cells):
        column, row = divmod(place, rows)
        x, stands = MARGIN + column * width, middle(y + row * high, high, size)
        _word(pen, wanted, x + 0.8, stands, size, Align.LEFT)
        if wanted.isdigit():
            # At the right it would stand nearer to the figures of its neighbour than to its own.
            _word(pen, found, x + width * 0.45, stands, size, Align.LEFT)
        else:
            _word(pen, found, x + width - 1.4, stands, size, Align.RIGHT)
    for column in range(columns + 1):
        pen.line(MARGIN + column * width, y, MARGIN + column * width, y + rows * high, weight=0.2, colour=PALE)


def _word(pen: Pen, words: str, x: float, y: float, size: float, align: Align) -> None:
    figures = words.isdigit()
    pen.say(words, x, y, size, face=MONO if figures else BOLD, align=align)


def _controls(pen: Pen, y: float) -> None:
    """Write the controls in a row, and the signs below them."""
    width = (pen.width - 2 * MARGIN) / len(_CONTROLS)
    for place, (control, (vi, en)) in enumerate(_CONTROLS.items()):
        x = MARGIN + place * width
        pen.say(control.value, x, y + 2.6, 8, face=MONO)
        pen.say(vi, x + 4, y + 2.6, 5.8, width=width - 4.6)
        pen.say(en, x + 4, y + 4.5, 4.6, colour=GREY, width=width - 4.6)
    signs = "   ".join(f"{number} {sign}" for number, sign in enumerate(SIGNS))
    pen.say(f"94 +   {signs}", MARGIN, y + 7.6, 7, face=MONO)
