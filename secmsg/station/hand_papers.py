"""The papers of the hand cipher as PDF bytes, for a window or a command to put where the officer says.

Nothing here writes a file. What is public or the office's own is made from values alone.
"""

from secmsg.manual.codebook import Book


def tables() -> bytes:
    """Return the public tables and the numbered steps, two leaves A4."""
    # Imported here, as everywhere below: a PDF library that no other act of a station needs.
    from secmsg.papers import tables as papers

    return papers.pdf()


def book(codebook: Book, *, small: bool = False) -> bytes:
    """Return a codebook on leaves A4, `small` on A5; FormatError for a character that cannot be printed."""
    from secmsg.papers import codebooks
    from secmsg.papers.drawing import Format

    return codebooks.pdf(codebook, Format.A5 if small else Format.A4)


def supplement(codebook: Book, *, small: bool = False) -> bytes:
    """Return a codebook's supplement alone, with lines for what has no code yet."""
    from secmsg.papers import codebooks
    from secmsg.papers.drawing import Format

    return codebooks.supplement_pdf(codebook, Format.A5 if small else Format.A4)
