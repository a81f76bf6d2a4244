"""The papers of the hand cipher as PDF bytes, for a window or a command to put where the officer says.

Nothing here writes a file. What is public or the office's own is made from values alone.
"""

from secmsg.errors import FormatError
from secmsg.manual.codebook import Book
from secmsg.manual.judging import MAX_COUNT
from secmsg.manual.syllabary import Syllabary
from secmsg.manual.working import Entries
from secmsg.manual.worksheet import Direction, Worksheet
from secmsg.office.person_log import Deed
from secmsg.office.printing import Printing
from secmsg.station import emergency_card, material_papers, pad_papers, person_cables, worksheet_papers
from secmsg.station.desk import Desk
from secmsg.station.material_papers import Destruction
from secmsg.station.pad_papers import PrintedBook
from secmsg.store import hand_worksheets


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


def card(codebook: Book) -> bytes:
    """Return the card of emergencies of an edition, one leaf A4; NotFound where it has none, StoreDamaged."""
    from secmsg.papers import cards

    lines = emergency_card.card(codebook)
    return cards.pdf(codebook, [(each.number, each.what, each.text, each.codes) for each in lines])


def syllabary(sheet: Syllabary) -> bytes:
    """Return the syllabary as both sides of one leaf A4."""
    from secmsg.papers import syllabaries

    return syllabaries.pdf(sheet)


def blank_worksheet(
    groups: int, direction: Direction, *, persons: int = 1, tags: int = 1, training: bool = False
) -> bytes:
    """Return a worksheet to be filled by pencil, with its tag sheets.

    `groups` 1 to 960; two `persons` have a line for the second pass in place of the running value. FormatError.
    """
    from secmsg.papers import worksheets

    if not 1 <= groups <= MAX_COUNT:
        raise FormatError(f"a message has 1 to {MAX_COUNT} groups")
    return worksheets.blank(groups, direction, persons=persons, tags=tags, training=training)


def worksheet(
    sheet: Worksheet, book: str, entries: Entries | None = None, *, persons: int = 1, training: bool = False
) -> bytes:
    """Return a worksheet as it stands, whole or half done, so that a pencil can go on with it.

    With `entries` the lines that a person works himself show what he has entered and nothing else. It is as secret as
    the page whose key figures it shows, and is destroyed with it.
    """
    from secmsg.papers import worksheets

    return worksheets.filled(sheet, book, entries, persons=persons, training=training)


class HandPapers:
    """The papers that need an opened store, on the store's thread. Errors are leaves of the tree."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def ledger(self, *, training: bool = False) -> bytes:
        """Return the ledger of key material; StoreDamaged when a line was altered or cut off."""
        return material_papers.ledger(self._desk, training=training)

    def pages(self, item: int) -> bytes:
        """Return the list of an item's pages with places to sign; NotFound, NotAllowed."""
        return material_papers.pages(self._desk, item)

    def destruction(self, said: Destruction) -> bytes:
        """Return the record of a destruction; NotFound, NotAllowed, FormatError."""
        return material_papers.destruction(self._desk, said)

    def worksheet(self, number: int, *, persons: int = 1, entered: bool = False) -> bytes:
        """Print a kept worksheet as it stands; NotAllowed before its header stands or a page is taken; NotFound.

        Where it is a cable's, the printing is on record before the paper is given.
        """
        made = worksheet_papers.kept(self._desk, number, persons=persons, entered=entered)
        cable_id = hand_worksheets.read(self._desk.db, number).cable_id
        if cable_id is not None:
            person_cables.note(self._desk, Deed.PRINTED, cable_id, f"worksheet {number}")
        return made

    def book(self, item: int, printing: Printing, *, reason: str = "", small: bool = False) -> PrintedBook:
        """Print a pad book for both ends and note it; NotAllowed for a second time without a reason."""
        return pad_papers.book(self._desk, item, printing, reason=reason, small=small)

    def sheets(self, item: int, printing: Printing, *, reason: str, small: bool = False) -> bytes:
        """Print a book's authentication sheets once more, for a reason; NotAllowed."""
        return pad_papers.sheets(self._desk, item, printing, reason=reason, small=small)

    def challenges(self, item: int, printing: Printing, *, reason: str = "") -> bytes:
        """Print a challenge list for both ends and note it; NotAllowed for a second time without a reason."""
        return pad_papers.challenges(self._desk, item, printing, reason=reason)
