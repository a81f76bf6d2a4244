"""Key material as screens and commands see it: what lies here, and what an officer may do with it."""

from collections.abc import Sequence

from secmsg.crypto import figures
from secmsg.ids import StationId
from secmsg.office.materials import Act, Direction, Kind
from secmsg.office.pad_plan import books_needed, pages_needed
from secmsg.station import challenges, compromises, custody, hand_sheets, pad_drawing, pad_files, pad_listing, pads
from secmsg.station.challenges import Asked
from secmsg.station.compromises import Cause
from secmsg.station.custody import Cover, Matter
from secmsg.station.desk import Desk
from secmsg.station.pad_files import SealedCopy
from secmsg.station.pad_views import ItemView, LedgerRow, LineView, PageView, StoppedView
from secmsg.store import materials as rows


class PadOffice:
    """One object on the store's thread; each method that writes is one transaction. Errors are leaves of the tree.

    An item is named by its register number, a page by its five figures. `second` is the other person where two must be
    named. What was torn off is `station.pads`'s to give, to the release by hand and to nobody else.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    # --- what is there -------------------------------------------------------------------------------------------

    def items(self, *, training: bool = False) -> tuple[ItemView, ...]:
        """List the items by register number."""
        return pad_listing.items(self._desk, training=training)

    def item(self, number: int) -> ItemView:
        """Show one item; NotFound."""
        return pad_listing.item(self._desk, rows.read(self._desk.db, number))

    def pages(self, book: int) -> tuple[PageView, ...]:
        """List the pages of a book; NotFound."""
        return pad_listing.pages(self._desk, book)

    def lines(self, list_: int) -> tuple[LineView, ...]:
        """List the lines of a challenge list; NotFound."""
        return pad_listing.lines(self._desk, list_)

    def ledger(self, *, training: bool = False) -> tuple[LedgerRow, ...]:
        """List the ledger after checking its chain; StoreDamaged."""
        return pad_listing.ledger(self._desk, training=training)

    def destruction_order(self) -> tuple[ItemView, ...]:
        """List what is here in the order of its emergency destruction."""
        return pad_listing.destruction_order(self._desk)

    def low(self) -> tuple[ItemView, ...]:
        """List the pairs and directions whose pages last less than 30 days."""
        return pad_listing.low(self._desk)

    def plan(self, words: int, messages_a_day: int, days: int) -> tuple[int, int]:
        """Say how many pages one direction needs, and over how many books they are spread."""
        pages = pages_needed(words, messages_a_day, days)
        return pages, books_needed(pages)

    # --- drawing and printing ------------------------------------------------------------------------------------

    def draw(
        self,
        peer: StationId,
        direction: Direction,
        pages: int,
        *,
        title: str = "",
        sheets: int = 2,
        dice: str = "",
        sides: int = 10,
        training: bool = False,
    ) -> tuple[ItemView, ItemView]:
        """Draw a book; `dice` is what ten- or six-sided dice showed, as typed. NotAllowed, SourceFailed."""
        thrown = figures.of_six_sided(dice) if sides == 6 else figures.of_ten_sided(dice)
        needed = pad_drawing.dice_needed(pages, sheets)
        # A pair of six-sided dice sometimes gives nothing, so a few throws too many are no mistake.
        drawn = pad_drawing.draw(
            self._desk, peer, direction, pages, title=title, sheets=sheets,
            dice=thrown[:needed] if sides == 6 else thrown, training=training,
        )  # fmt: skip
        return pad_listing.item(self._desk, drawn[0]), pad_listing.item(self._desk, drawn[1])

    def dice_needed(self, pages: int, sheets: int = 2) -> int:
        """Say how many figures of dice a book takes."""
        return pad_drawing.dice_needed(pages, sheets)

    def matter(self, book: int) -> Matter:
        """Give every figure of a book for its papers; NotAllowed when it is not held whole."""
        return custody.matter(self._desk, book)

    def printed(self, book: int, printing: str, *, paper_only: bool) -> ItemView:
        """Note that both copies were printed and by which class; `paper_only` erases the figures here."""
        custody.printed(self._desk, book, printing, paper_only=paper_only)
        return self.item(book)

    def erase(self, book: int) -> ItemView:
        """Erase the figures of a book: paper alone from now on."""
        custody.erase(self._desk, book)
        return self.item(book)

    # --- from hand to hand ---------------------------------------------------------------------------------------

    def act(self, number: int, act: Act, *, second: str = "", holder: str = "", note: str = "") -> ItemView:
        """Seal, issue, open, count, move, void, supersede, destroy or report an item; NotAllowed, NotFound."""
        done = custody.act(self._desk, number, act, second=second, holder=holder, note=note)
        if act is Act.DESTROYED:
            self._forget(number)
        return pad_listing.item(self._desk, done)

    def receive_paper(self, cover: Cover, second: str, holder: str = "") -> ItemView:
        """Take in a book that came on paper; NotAllowed."""
        return pad_listing.item(self._desk, custody.receive_paper(self._desk, cover, second, holder))

    def enter_item(self, kind: Kind, title: str, edition: int, copy: int, copies: int, holder: str) -> ItemView:
        """Take a codebook, a token, a stick, a machine into the ledger."""
        return pad_listing.item(self._desk, custody.enter_item(self._desk, kind, title, edition, copy, copies, holder))

    def export(self, book: int, second: str) -> SealedCopy:
        """Seal the other end's copy and issue it; NotAllowed."""
        return pad_files.export(self._desk, book, second)

    def import_(self, sealed: bytes, code: str, second: str) -> ItemView:
        """Take in a copy as a sealed file; FormatError, EnrolmentError, NotListed, NotAllowed."""
        return pad_listing.item(self._desk, pad_files.import_(self._desk, sealed, code, second))

    # --- pages ---------------------------------------------------------------------------------------------------

    def confirm(self, book: int, top: str, *, training: bool = False) -> tuple[str, ...]:
        """Take the number of the page on top as read from the paper; return those passed over, void now."""
        return pads.confirm(self._desk, book, top, training=training)

    def destroy_pages(self, book: int, pages: Sequence[str], second: str, method: str = "") -> None:
        """Note that pages were destroyed, by two persons."""
        pads.destroy(self._desk, book, pages, second, method)
        self._forget(book, pages)

    def _forget(self, book: int, pages: Sequence[str] | None = None) -> None:
        # A worksheet holds what its page held: both go together (docs/spec/by-hand.md 7).
        hand_sheets.forget_pages(self._desk, book, pages)
        self._desk.db.truncate_log()

    def void_pages(self, book: int, pages: Sequence[str], reason: str) -> None:
        """Void pages that will serve no message."""
        custody.void_pages(self._desk, book, pages, reason)

    # --- compromise ----------------------------------------------------------------------------------------------

    def stop(self, number: int, cause: Cause, note: str = "", pages: Sequence[str] = ()) -> StoppedView:
        """Stop an item at once and say what that means."""
        return pad_listing.stopped(self._desk, compromises.stop(self._desk, number, cause, note, pages))

    def stopped(self, number: int) -> StoppedView:
        """Say it again while it is stopped; NotAllowed."""
        return pad_listing.standing(self._desk, number)

    def clear(self, number: int, second: str, headquarters: str) -> ItemView:
        """Let a stopped item stand as before, with the word of headquarters."""
        return pad_listing.item(self._desk, compromises.clear(self._desk, number, second, headquarters))

    # --- challenge lists -----------------------------------------------------------------------------------------

    def draw_list(
        self, peer: StationId, direction: Direction, count: int, *, title: str = "", training: bool = False
    ) -> tuple[ItemView, ItemView]:
        """Draw a challenge list; with OUT we ask."""
        own, other = challenges.draw(self._desk, peer, direction, count, title=title, training=training)
        return pad_listing.item(self._desk, own), pad_listing.item(self._desk, other)

    def ask(self, list_: int, line: int) -> Asked:
        """Strike a line out and give its challenge."""
        return challenges.ask(self._desk, list_, line)

    def check_reply(self, list_: int, line: int, reply: str) -> bool:
        """Say whether the reply to a line that was asked is right."""
        return challenges.check(self._desk, list_, line, reply)

    def answer(self, list_: int, challenge: str) -> str:
        """Strike a challenge's line out and give its reply."""
        return challenges.answer(self._desk, list_, challenge)

    def strike(self, list_: int, line: int) -> None:
        """Note that a line was used on paper."""
        challenges.strike(self._desk, list_, line)
