"""The handbook on paper, docs/handbook/{vi,en}.pdf, and the pencil cards: from the chapters that its README names.

    python packaging/handbook.py            write them anew
    python packaging/handbook.py --check    exit 1 when one is not what its chapters and pictures would give

The same sources give the same bytes; each PDF carries the hash of its sources, so that a check need not draw anything.
"""

import hashlib
import io
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

import PIL.Image
import PIL.ImageChops
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    Image,
    ListFlowable,
    ListItem,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Preformatted,
    Spacer,
    Table,
    TableStyle,
)
from reportlab.platypus.tableofcontents import TableOfContents

ROOT = Path(__file__).resolve().parents[1]
HANDBOOK = ROOT / "docs" / "handbook"
FONTS = ROOT / "resources" / "fonts"
TITLES = {
    "vi": ("Sổ tay cơ yếu", "Chương trình secmsg", "Mục lục"),
    "en": ("Handbook", "The program secmsg", "Contents"),
}
CARD = "card"
_SMALL = 0.95
"""Size of type on the card, beside the book's: it is one leaf."""
INK, GREY, LINE, TINT, ACCENT = (HexColor(each) for each in ("#1b1d1f", "#5f6368", "#c8ccd0", "#f3f4f5", "#7a1420"))
MARGIN = 20 * mm
WIDTH, HEIGHT = A4[0] - 2 * MARGIN, A4[1] - 2 * MARGIN
ROOM = 14
"""Pixels that are left around what stands in a picture."""
MAX_CODE = 112
"""Signs in a line of a fence."""


def _style(name: str, size: float, **more: object) -> ParagraphStyle:
    return ParagraphStyle(name, fontName="Text", fontSize=size, leading=size * 1.42, textColor=INK, **more)


BODY = _style("body", 10, spaceAfter=6)
CELL = _style("cell", 8.6)
HEAD = ParagraphStyle("head", parent=CELL, fontName="Text-Bold")
CODE = ParagraphStyle("code", fontName="Mono", fontSize=6.9, leading=9.2, textColor=INK)
CAPTION = _style("caption", 8.4, spaceBefore=3, spaceAfter=8, alignment=1)
BOLD = ParagraphStyle("bold", parent=BODY, fontName="Text-Bold")
HEADINGS = {
    1: ParagraphStyle("h1", parent=BOLD, keepWithNext=1, fontSize=21, leading=27, textColor=ACCENT, spaceAfter=12),
    2: ParagraphStyle("h2", parent=BOLD, keepWithNext=1, fontSize=14, leading=19, spaceBefore=12, spaceAfter=6),
    3: ParagraphStyle("h3", parent=BOLD, keepWithNext=1, fontSize=11.2, leading=16, spaceBefore=8, spaceAfter=4),
}


def chapters() -> list[str]:
    """Name the chapters in their order."""
    table = (HANDBOOK / "README.md").read_text(encoding="utf-8")
    return re.findall(r"^\| ([a-z-]+) \| \[", table, re.MULTILINE)


def main() -> int:
    """Draw every book and card, or check them."""
    check = "--check" in sys.argv[1:]
    stale = []
    for language in TITLES:
        for name, sources in ((language, chapters()), (f"{CARD}-{language}", [CARD])):  # the card by itself too
            paths = [HANDBOOK / language / f"{source}.md" for source in sources]
            target = HANDBOOK / f"{name}.pdf"
            mark = fingerprint(paths)
            if check:
                stale += [] if target.exists() and mark.encode() in target.read_bytes() else [target.name]
            else:
                draw(language, paths, target, mark)
                print(f"{target.relative_to(ROOT)}  {target.stat().st_size // 1024} KiB")
    if stale:
        print(f"not what the chapters give: {', '.join(stale)}; run make handbook")
    return 1 if stale else 0


def fingerprint(paths: list[Path]) -> str:
    """Return the hash of chapters, their pictures and this script: what stands in the PDF's keywords."""
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for path in paths:
        text = path.read_text(encoding="utf-8")
        digest.update(text.encode())
        for picture in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", text):
            digest.update((path.parent / picture).read_bytes())
    return digest.hexdigest()[:32]


# --- from Markdown to what is drawn -------------------------------------------------------------------------------


@dataclass
class Reader:
    """Turns the nodes of one chapter into flowables; `folder` is where its pictures are looked for."""

    folder: Path
    scale: float = 1.0

    def read(self, text: str) -> Iterator[Flowable]:
        """Give a chapter's flowables in order."""
        tree = SyntaxTreeNode(MarkdownIt("commonmark").enable("table").parse(text))
        for node in tree.children:
            yield from self._block(node)

    def _block(self, node: SyntaxTreeNode) -> Iterator[Flowable]:
        match node.type:
            case "heading":
                level = min(int(node.tag[1]), 3)
                yield CondPageBreak(35 * mm)
                yield Paragraph(self._inline(node), self._sized(HEADINGS[level]))
            case "paragraph":
                yield from self._paragraph(node)
            case "bullet_list" | "ordered_list":
                yield self._list(node)
                yield Spacer(1, 4)
            case "fence" | "code_block":
                yield _code(node.content)
                yield Spacer(1, 7)
            case "table":
                yield self._table(node)
                yield Spacer(1, 9)
            case "blockquote":
                for child in node.children:
                    yield from self._block(child)
            case "hr":
                yield Spacer(1, 6)
            case other:
                raise ValueError(f"the handbook on paper knows no {other}")

    def _sized(self, style: ParagraphStyle) -> ParagraphStyle:
        sizes = {
            name: getattr(style, name) * self.scale for name in ("fontSize", "leading", "spaceBefore", "spaceAfter")
        }
        return style if self.scale == 1 else ParagraphStyle(style.name, parent=style, **sizes)

    def _paragraph(self, node: SyntaxTreeNode) -> Iterator[Flowable]:
        pictures = [each for each in node.children[0].children if each.type == "image"]
        if pictures:
            for each in pictures:
                yield from self._picture(each)
            return
        yield Paragraph(self._inline(node), self._sized(BODY))

    def _picture(self, node: SyntaxTreeNode) -> Iterator[Flowable]:
        shown = _without_margins(self.folder / str(node.attrs["src"]))
        wide, high = ImageReader(shown).getSize()
        scale = min(WIDTH / wide, 0.62 * HEIGHT / high, 0.5)
        shown.seek(0)
        image = Image(shown, wide * scale, high * scale)
        image.keepWithNext = 1  # a heading, its picture and the words below it go to the next page together
        yield image
        yield Paragraph(escape(node.content), CAPTION)

    def _list(self, node: SyntaxTreeNode) -> Flowable:
        items = [ListItem([flow for child in item.children for flow in self._block(child)]) for item in node.children]
        numbered = node.type == "ordered_list"
        start = {"start": node.attrs.get("start", 1)} if numbered else {"start": "•"}
        return ListFlowable(
            items,
            bulletType="1" if numbered else "bullet",
            bulletFontName="Text",
            bulletFontSize=10,
            leftIndent=16,
            **start,
        )

    def _table(self, node: SyntaxTreeNode) -> Flowable:
        rows = [row for part in node.children for row in part.children]
        cells = [[self._inline(cell) for cell in row.children] for row in rows]
        columns = len(cells[0])
        lengths = [max(len(re.sub("<[^>]+>", "", row[at])) for row in cells) for at in range(columns)]
        # What is short keeps its width; long columns share the rest by the root of their length.
        weights = [max(14.0, min(each, 200)) ** 0.62 for each in lengths]
        widths = [WIDTH * each / sum(weights) for each in weights]
        bare = not any(cells[0])
        data = [
            [Paragraph(text, HEAD if at == 0 else CELL) for text in row]
            for at, row in enumerate(cells)
            if not (bare and at == 0)
        ]
        table = Table(data, colWidths=widths, repeatRows=0 if bare else 1, splitInRow=1)
        table.setStyle(
            TableStyle(
                [
                    ("VALIGN", (0, 0), (-1, -1), "TOP"),
                    ("GRID", (0, 0), (-1, -1), 0.4, LINE),
                    ("LEFTPADDING", (0, 0), (-1, -1), 4),
                    ("RIGHTPADDING", (0, 0), (-1, -1), 4),
                    ("TOPPADDING", (0, 0), (-1, -1), 2.5),
                    ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5),
                    *([] if bare else [("BACKGROUND", (0, 0), (-1, 0), TINT)]),
                ]
            )
        )
        return table

    def _inline(self, node: SyntaxTreeNode) -> str:
        return "".join(_marked(child) for part in node.children for child in part.children)


def _marked(node: SyntaxTreeNode) -> str:
    inner = "".join(_marked(child) for child in node.children)
    match node.type:
        case "text":
            return escape(node.content).replace("→", '<font face="Mono">→</font>')  # the text's typeface has none
        case "code_inline":
            return f'<font face="Mono" size="-0.8">{escape(node.content)}</font>'
        case "strong":
            return f"<b>{inner}</b>"
        case "em":
            return f"<i>{inner}</i>"
        case "softbreak":
            return " "
        case "hardbreak":
            return "<br/>"
        case "link":
            return inner
        case other:
            raise ValueError(f"the handbook on paper knows no {other}")


def _without_margins(path: Path) -> io.BytesIO:
    """Cut what is empty around a picture, so that what stands in it is larger on paper."""
    picture = PIL.Image.open(path).convert("RGB")
    ground = PIL.Image.new("RGB", picture.size, picture.getpixel((0, picture.height - 1)))
    box = PIL.ImageChops.difference(picture, ground).getbbox() or (0, 0, *picture.size)
    kept = (
        max(0, box[0] - ROOM),
        max(0, box[1] - ROOM),
        min(picture.width, box[2] + ROOM),
        min(picture.height, box[3] + ROOM),
    )
    cut = picture.crop(kept).quantize(256, dither=PIL.Image.Dither.NONE)
    written = io.BytesIO()
    cut.save(written, "png")
    written.seek(0)
    return written


def _code(text: str) -> Flowable:
    block = Preformatted(text.rstrip("\n"), CODE, maxLineLength=MAX_CODE, newLineChars="  ")
    lines = [[part] for part in block.split(WIDTH, HEIGHT) or [block]]
    table = Table(lines, colWidths=[WIDTH])
    table.setStyle(TableStyle([("BACKGROUND", (0, 0), (-1, -1), TINT), ("LEFTPADDING", (0, 0), (-1, -1), 6)]))
    return table


# --- the book -----------------------------------------------------------------------------------------------------


class Book(BaseDocTemplate):
    """A book with a title page, contents, and the chapter's title above each page."""

    def __init__(self, target: Path, language: str, mark: str, *, card: bool) -> None:
        title, subject, self._contents = TITLES[language]
        super().__init__(
            str(target), pagesize=A4, leftMargin=MARGIN, rightMargin=MARGIN, topMargin=MARGIN, bottomMargin=MARGIN,
            title=title, subject=subject, creator="secmsg", keywords=mark, invariant=1, lang=language,
        )  # fmt: skip
        self.chapter = ""
        frame = Frame(MARGIN, MARGIN, WIDTH, HEIGHT, 0, 0, 0, 0)
        self.addPageTemplates(
            [PageTemplate("title", [frame]), PageTemplate("page", [frame], onPageEnd=self._furnish)]
            if not card
            else [PageTemplate("card", [frame])]
        )

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 - the library's name
        """Note headings for the contents and for the outline at the side."""
        if not isinstance(flowable, Paragraph) or flowable.style.name not in ("h1", "h2"):
            return
        level = int(flowable.style.name[1]) - 1
        words = flowable.getPlainText()
        if level == 0:
            self.chapter = words
        key = f"{level}-{self.page}-{hashlib.sha256(words.encode()).hexdigest()[:8]}"
        self.canv.bookmarkPage(key)
        self.canv.addOutlineEntry(words, key, level)
        self.notify("TOCEntry", (level, escape(words), self.page, key))

    def _furnish(self, canvas: Canvas, _: object) -> None:
        canvas.setFont("Text", 8)
        canvas.setFillColor(GREY)
        canvas.drawString(MARGIN, A4[1] - 12 * mm, self.chapter)
        canvas.drawRightString(A4[0] - MARGIN, 11 * mm, str(canvas.getPageNumber()))


def draw(language: str, paths: list[Path], target: Path, mark: str) -> None:
    """Write one PDF."""
    rl_config.useA85 = 0  # as bytes, not as letters: a fifth smaller
    _register()
    card = target.stem.startswith(CARD)
    book = Book(target, language, mark, card=card)
    title, subject, contents = TITLES[language]
    story: list[Flowable] = []
    if not card:
        table = TableOfContents(dotsMinLevel=0)
        table.levelStyles = [
            ParagraphStyle("t0", parent=BODY, fontName="Text-Bold", spaceBefore=5, spaceAfter=0),
            ParagraphStyle("t1", parent=BODY, fontSize=9, leading=12.4, leftIndent=12, spaceAfter=0),
        ]
        big = ParagraphStyle("big", parent=HEADINGS[1], fontSize=32, leading=42)
        story += [Spacer(1, 30 * mm), Paragraph(title, big), Paragraph(subject, BODY), Spacer(1, 12 * mm)]
        story += [Paragraph(f"<b>{contents}</b>", BODY), table, NextPageTemplate("page")]
    for path in paths:
        story += [] if card else [PageBreak()]
        story += Reader(path.parent, _SMALL if card else 1.0).read(path.read_text(encoding="utf-8"))
    book.multiBuild(story)
    if card and book.page > 1:
        raise SystemExit(f"{target.name} has {book.page} pages: a card has one")


def _register() -> None:
    faces = {"Text": "BeVietnamPro-Regular", "Text-Bold": "BeVietnamPro-Bold", "Text-Italic": "BeVietnamPro-Italic"}
    for name, file in {**faces, "Mono": "JetBrainsMono-Regular"}.items():
        pdfmetrics.registerFont(TTFont(name, str(FONTS / f"{file}.ttf")))
    pdfmetrics.registerFontFamily("Text", "Text", "Text-Bold", "Text-Italic", "Text-Bold")
    pdfmetrics.registerFontFamily("Mono", "Mono", "Mono", "Mono", "Mono")


if __name__ == "__main__":
    sys.exit(main())
