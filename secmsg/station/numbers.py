"""The serials of a station as screens and commands see them: how they stand, and what an officer may do about them."""

from secmsg.ids import StationId
from secmsg.station import books, number_acts, pairs
from secmsg.station.books import BookPaper
from secmsg.station.desk import Desk
from secmsg.station.number_acts import ActLine
from secmsg.station.number_views import Continuity
from secmsg.wire.books import BookReason
from secmsg.wire.service import Posture, Ranges


class Numbers:
    """One object on the store's thread; each method that writes is one transaction. Errors are leaves of the tree."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def continuity(self) -> Continuity:
        """Say how the serials of every pair stand."""
        return pairs.continuity(self._desk)

    def acts(self) -> tuple[ActLine, ...]:
        """List the register of acts on serials after checking its chain; StoreDamaged when a line was altered."""
        return number_acts.lines(self._desk)

    # --- gaps ----------------------------------------------------------------------------------------------------

    def ask_again(self, peer: StationId, first: int, last: int) -> None:
        """Ask for missing serials once more; NotFound when none of them is missing."""
        number_acts.ask_again(self._desk, peer, first, last)

    def close_gap(self, peer: StationId, first: int, last: int, reason: str) -> None:
        """Close one whole gap unseen, with a reason; NotFound, NotAllowed."""
        number_acts.close_gap(self._desk, peer, first, last, reason)

    # --- posture -------------------------------------------------------------------------------------------------

    def set_posture(self, posture: Posture) -> bool:
        """Set how often our recaps go; False when it was so already."""
        return number_acts.set_posture(self._desk, posture)

    def tell_posture(self, posture: Posture, note: str = "") -> int:
        """Tell every other station the posture, as headquarters; say how many were written to."""
        return number_acts.tell_posture(self._desk, posture, note)

    # --- new books -----------------------------------------------------------------------------------------------

    def propose_book(
        self, peers: tuple[StationId, ...], reason: BookReason, note: str = "", first: int | None = None
    ) -> BookPaper:
        """Make and sign the statement of a new book; nothing changes yet. NotAllowed."""
        return books.propose(self._desk, peers, reason, note, first)

    def read_book(self, data: bytes) -> BookPaper:
        """Read a statement's file after verifying its signatures; FormatError, SignatureError, TrustError."""
        return books.paper(self._desk, data)

    def countersign_book(self, data: bytes) -> BookPaper:
        """Sign a statement as the second person; NotAllowed when the two may not sign together."""
        return books.countersign(self._desk, data)

    def open_book(self, data: bytes) -> int:
        """Begin the book of a statement with two signatures; say towards how many stations. NotAllowed, TrustError."""
        return number_acts.open_book(self._desk, data)

    # --- traffic by hand -----------------------------------------------------------------------------------------

    def keep_block(self, peer: StationId, count: int, up_to: int | None = None) -> tuple[int, int]:
        """Keep the next serials towards a station for traffic by hand; give the first and the last. NotAllowed."""
        block = number_acts.keep_block(self._desk, peer, count, up_to)
        return block.first, block.last

    def reconcile_block(self, peer: StationId, first: int, used: Ranges) -> Ranges:
        """Report which serials of our block were given by hand, the rest being void; NotFound, NotAllowed.

        Gives what was reported: `used` and those of cables by hand in the register.
        """
        return number_acts.reconcile_block(self._desk, peer, first, used).used

    def take_by_hand(self, peer: StationId, first: int, numbers: Ranges) -> None:
        """Enter which serials of a station's block came here by hand; NotFound, NotAllowed."""
        number_acts.take_by_hand(self._desk, peer, first, numbers)
