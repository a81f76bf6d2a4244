"""Writes docs/contrast.md from the colours of the program: `python -m tests.gui.contrast_table`."""

from pathlib import Path

from ui.theme import CONTRASTS, DARK, LIGHT, TEXT_RATIO, Colours, contrast

PAGE = Path(__file__).parent.parent.parent / "docs" / "contrast.md"
HEAD = """# Contrast

Every pair of colours that the windows draw, with its ratio after WCAG 2.2 (text at least 4.5, outlines and icons 3.0).
Made by `python -m tests.gui.contrast_table` from `ui/theme.py`; a test holds page and colours equal. Nothing is said by
colour alone: degrees differ by their frame, precedences by their word, states of channels by their shape.

| Drawn | On | Least | Light | Ratio | Dark | Ratio |
|---|---|---|---|---|---|---|
"""


def page() -> str:
    """Make the page."""
    lines = []
    for ink, ground, least in CONTRASTS:
        cells = [ink, ground, f"{least:.1f} {'text' if least == TEXT_RATIO else 'shape'}"]
        for colours in (LIGHT, DARK):
            cells += [_pair(colours, ink, ground), f"{_ratio(colours, ink, ground):.2f}"]
        lines.append(f"| {' | '.join(cells)} |\n")
    return HEAD + "".join(lines)


def _pair(colours: Colours, ink: str, ground: str) -> str:
    return f"`{getattr(colours, ink)}` on `{getattr(colours, ground)}`"


def _ratio(colours: Colours, ink: str, ground: str) -> float:
    return contrast(getattr(colours, ink), getattr(colours, ground))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
