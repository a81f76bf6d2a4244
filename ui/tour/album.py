"""Pictures of the tour's steps and the page that shows them, in both languages."""

from dataclasses import dataclass
from html import escape
from pathlib import Path

from PySide6.QtWidgets import QWidget

LEAST_COLOURS = 12


@dataclass(frozen=True, slots=True)
class Told:
    """The same sentence in both languages."""

    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture in the album's folder."""

    told: Told
    file: str


class Album:
    """Collects pictures in a folder; `close` writes its index.html."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.pictures: list[Picture] = []

    def open(self) -> None:
        """Make the folder, and take away an earlier album's pictures."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for old in self.folder.glob("[0-9][0-9]-*.png"):
            old.unlink()

    def take(self, window: QWidget, name: str, told: Told) -> Path:
        """Keep a picture of `window`; ValueError when there is nothing on it."""
        file = f"{len(self.pictures) + 1:02}-{name}.png"
        image = window.grab().toImage()
        colours = {image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}
        if len(colours) < LEAST_COLOURS:
            raise ValueError(f"the picture {file} is blank")
        image.save(str(self.folder / file))
        self.pictures.append(Picture(told, file))
        return self.folder / file

    def close(self) -> Path:
        """Write the page that shows the pictures in order."""
        rows = "\n".join(
            f"<figure><figcaption lang=vi>{number}. {escape(picture.told.vi)}</figcaption>"
            f"<figcaption lang=en>{escape(picture.told.en)}</figcaption>"
            f"<img src='{escape(picture.file)}' alt='{escape(picture.told.en)}'></figure>"
            for number, picture in enumerate(self.pictures, 1)
        )
        page = self.folder / "index.html"
        page.write_text(
            "<!doctype html><html lang=vi><meta charset=utf-8><title>secmsg</title>"
            "<style>body{font:16px sans-serif;max-width:1400px;margin:2em auto;padding:0 1em}"
            "figure{margin:0 0 3em}img{width:100%;border:1px solid #bbb}figcaption{margin:.2em 0}"
            "figcaption[lang=vi]{font-weight:bold}</style>"
            f"<h1>secmsg: DIỄN TẬP / DEMO</h1>\n{rows}\n</html>\n",
            encoding="utf-8",
        )
        return page
