"""Looks at papers as a reader of the PDF would: its words in their order, its typefaces, its leaves."""

import io
from collections.abc import Sequence

import pypdfium2
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

A4, A5, A4_WIDE = (210, 297), (148, 210), (297, 210)
POINTS_PER_MM = 72 / 25.4


def leaves(pdf: bytes, *places: int) -> list[str]:
    """Return the words of each leaf, or of some by their places from 0 (reading them takes its time)."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return [pages[place].extract_text() for place in places or range(len(pages))]


def quick_leaves(pdf: bytes) -> list[str]:
    """Return the words of each leaf as another reader finds them, much faster."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]
    finally:
        document.close()


def figures_at(pdf: bytes, place: int) -> list[tuple[str, float, float]]:
    """Return every character of one leaf with its left edge and its foot, in points."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        text = document[place].get_textpage()
        found = [(text.get_text_range(at, 1), text.get_charbox(at)) for at in range(text.count_chars())]
        return [(character, box[0], box[1]) for character, box in found if character.strip()]
    finally:
        document.close()


def count(pdf: bytes) -> int:
    """Return how many leaves there are."""
    return len(PdfReader(io.BytesIO(pdf)).pages)


def words(pdf: bytes) -> str:
    """Return all words, one space between them."""
    return " ".join(" ".join(leaves(pdf)).split())


def sizes(pdf: bytes) -> set[tuple[int, int]]:
    """Return the sizes of the leaves in millimetres."""
    boxes = [page.mediabox for page in PdfReader(io.BytesIO(pdf)).pages]
    return {(round(float(box.width) / POINTS_PER_MM), round(float(box.height) / POINTS_PER_MM)) for box in boxes}


def typefaces(pdf: bytes) -> dict[str, bool]:
    """Return the typefaces that the leaves use, and whether the file carries each."""
    found: dict[str, bool] = {}
    for page in PdfReader(io.BytesIO(pdf)).pages:
        resources = page["/Resources"].get_object()
        assert isinstance(resources, DictionaryObject)
        fonts = resources["/Font"].get_object()
        assert isinstance(fonts, DictionaryObject)
        for each in fonts.values():
            font = each.get_object()
            described = font.get("/FontDescriptor")
            carried = described is not None and "/FontFile2" in described.get_object()
            found[str(font["/BaseFont"])] = carried
    return found


def used_typefaces(pdf: bytes) -> set[str]:
    """Return the typefaces in which words are really written, without the names of their subsets."""
    used: set[str] = set()

    def visit(text: str, cm: object, tm: object, font: dict[str, object] | None, size: float) -> None:
        if text.strip() and font is not None:
            used.add(str(font["/BaseFont"]))

    for page in PdfReader(io.BytesIO(pdf)).pages:
        page.extract_text(visitor_text=visit)
    return used


def out_of_leaf(pdf: bytes, margin: float = 5.0) -> int:
    """Count the dark points of all leaves nearer to an edge than `margin` millimetres: what a printer would cut off."""
    dark = 0
    for picture in pictures(pdf, dpi=50):
        grey = picture.convert("L")
        edge = round(margin / 25.4 * 50)
        inner = (edge, edge, grey.width - edge, grey.height - edge)
        grey.paste(255, inner)
        dark += sum(grey.histogram()[:128])
    return dark


def pictures(pdf: bytes, dpi: int = 150, places: Sequence[int] = ()) -> list[Image.Image]:
    """Draw every leaf at its actual size, or those of these places that are there."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        wanted = [place for place in places or range(len(document)) if place < len(document)]
        return [document[place].render(scale=dpi / 72).to_pil() for place in wanted]
    finally:
        document.close()
