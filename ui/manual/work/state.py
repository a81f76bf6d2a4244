"""What the worksheet window knows before a page is taken: the draft, its cutting into codes, the book and the page."""

from dataclasses import dataclass, field, replace

from secmsg.errors import FormatError
from secmsg.manual.changes import Change
from secmsg.manual.codebook import Kind
from secmsg.manual.cutting import Choice
from secmsg.manual.encoding import Encoding, Segment
from secmsg.manual.form import standard_lengths
from secmsg.manual.pad import PAGE_GROUPS, STRIP
from secmsg.office import pad_pages
from secmsg.office.draft import Draft
from secmsg.station.pad_views import ItemView

_EMPTY = Draft()
SPELLED = frozenset({Kind.SPELL, Kind.BIGRAPH, Kind.LETTER, Kind.CHARACTER})
"""How a word that the book lacks is carried."""


@dataclass(frozen=True, slots=True)
class WriteState:
    """`books` are the pad books ĐI that are in use; `top` what was read from the paper; `encoding` is None at first."""

    draft: Draft = _EMPTY
    books: tuple[ItemView, ...] = ()
    book: int = 0
    top: str = ""
    parity: bool = False
    length: int = 0
    cuts: tuple[Choice, ...] = ()
    encoding: Encoding | None = field(default=None, repr=False)

    @property
    def choice(self) -> ItemView | None:
        """The book chosen."""
        return next((each for each in self.books if each.number == self.book), None)

    @property
    def count(self) -> int:
        """Groups that will be sent, without parity groups and tags: the form fills them to whole strips with nulls."""
        lengths = () if self.encoding is None else standard_lengths(len(self.encoding.codes))
        return next((each for each in lengths if each >= self.length), 0)

    @property
    def strips(self) -> int:
        """Strips of the page, or of the pages, that go with it."""
        return -(-self.count // STRIP)

    @property
    def pages(self) -> int:
        """Pages that go with it."""
        return -(-self.count // PAGE_GROUPS)

    @property
    def spelled(self) -> tuple[Segment, ...]:
        """What the book lacks and is therefore spelled."""
        return () if self.encoding is None else tuple(each for each in self.encoding.segments if each.kind in SPELLED)

    @property
    def changes(self) -> tuple[Change, ...]:
        """What the codes will say otherwise than the text does."""
        return () if self.encoding is None else self.encoding.changes

    @property
    def top_fits(self) -> bool:
        """Whether the page number that was read from the paper checks; nothing need be read when it was before."""
        choice = self.choice
        if not self.top:
            return choice is not None and choice.confirmed
        try:
            pad_pages.heard(self.top)
        except FormatError:
            return False
        return True

    def offered(self, books: tuple[ItemView, ...]) -> "WriteState":
        """Take the books; the first is chosen while none is."""
        book = self.book if any(each.number == self.book for each in books) else 0
        state = replace(self, books=books)
        return state if book or not books else state.with_book(books[0].number)

    def with_book(self, number: int) -> "WriteState":
        """Choose a book: the cable goes to the one station that has the other copy."""
        state = replace(self, book=number, top="")
        choice = state.choice
        to = () if choice is None else (choice.peer,)
        return replace(state, draft=replace(self.draft, action_to=to, info_to=()))

    def written(self, body: str) -> "WriteState":
        """Take another text; cuts that lie before the first difference stay."""
        before = self.draft.body
        same = next(
            (at for at, (a, b) in enumerate(zip(before, body, strict=False)) if a != b), min(len(before), len(body))
        )
        kept = tuple(cut for cut in self.cuts if cut.end <= same)
        return replace(self, draft=replace(self.draft, body=body), cuts=kept)

    def cut(self, choice: Choice) -> "WriteState":
        """Take the officer's own cut; those that overlap it go."""
        kept = tuple(each for each in self.cuts if each.end <= choice.start or each.start >= choice.end)
        return replace(self, cuts=tuple(sorted((*kept, choice), key=lambda each: each.start)))
