"""Cables by hand as screens and commands see them: written, enciphered, typed, read, receipted, destroyed.

One object on the store's thread; each method that writes is one transaction, but where the page must count as used
first (docs/spec/by-hand.md 3). What a method does lives in `hand_sending`, `hand_entry`, `hand_receiving` and
`hand_sheets`.
"""

from collections.abc import Callable

from secmsg.ids import CableId, DraftId, StationId
from secmsg.manual import text as message_text
from secmsg.manual.text import Reception
from secmsg.office.draft import Draft
from secmsg.office.hand_work import Line
from secmsg.station import (
    hand_entry,
    hand_listing,
    hand_paper,
    hand_receipts,
    hand_receiving,
    hand_sending,
    hand_sheets,
    hand_steps,
)
from secmsg.station.desk import Desk
from secmsg.station.hand_sending import Typed, Way
from secmsg.station.hand_sheets import Finished, Writing
from secmsg.station.hand_views import HandReleased, HandRow, HandTaken, IncomingSheet, WorksheetRow


class ByHand:
    """Errors are leaves of the tree; `catch_up` lets the state counter stand above what was just given."""

    def __init__(self, desk: Desk, catch_up: Callable[[], None]) -> None:
        self._desk = desk
        self._catch_up = catch_up

    # --- worksheets ----------------------------------------------------------------------------------------------

    def worksheets(self) -> tuple[WorksheetRow, ...]:
        """List the saved worksheets, the last changed first."""
        return hand_steps.listed(self._desk)

    def worksheet(self, worksheet: int) -> WorksheetRow:
        """Give one saved worksheet's line; NotFound."""
        return hand_steps.line(self._desk, worksheet)

    def message_of(self, worksheet: int) -> str:
        """Give the groups of a worksheet whose message is fixed, as they are sent; NotFound, NotAllowed."""
        return message_text.write(hand_sheets.finished(self._desk, worksheet).message)

    def save(self, worksheet: int | None, writing: Writing) -> int:
        """Keep a cable that is being written (None: a new worksheet) and give its number; NotFound, NotAllowed."""
        return hand_sheets.save(self._desk, worksheet, writing)

    def writing(self, worksheet: int) -> Writing:
        """Give back a cable that is being written; NotFound, NotAllowed."""
        return hand_sheets.writing(self._desk, worksheet)

    def begin(self, sender: StationId | None = None, text: str = "") -> int:
        """Begin a message that came, with as much as was typed, and give its number. FormatError, NotAllowed."""
        return hand_entry.begin_incoming(self._desk, sender, text)

    def set_sender(self, worksheet: int, sender: StationId) -> None:
        """Say from which station a message came; NotFound."""
        hand_entry.set_sender(self._desk, worksheet, sender)

    def fill(self, worksheet: int, line: Line, place: int, typed: str) -> None:
        """Keep one cell as typed, at once; FormatError for what is no cell, NotFound, NotAllowed."""
        hand_entry.fill(self._desk, worksheet, line, place, typed)

    def incoming(self, worksheet: int) -> IncomingSheet:
        """Give a message that is being typed and what its cells say by now; NotFound, NotAllowed."""
        return hand_entry.incoming(self._desk, worksheet)

    def finished(self, worksheet: int) -> Finished:
        """Give a worksheet whose message is fixed, with its figures; NotFound, NotAllowed."""
        return hand_sheets.finished(self._desk, worksheet)

    def give_up(self, worksheet: int) -> None:
        """Erase a worksheet; pages that were taken stay used, a cable in the register stays there. NotFound."""
        hand_sheets.give_up(self._desk, worksheet)

    def destroy(self, worksheet: int, second: str, method: str = "") -> None:
        """Erase a worksheet and note that its pages were destroyed, with a second person; NotFound, NotAllowed."""
        hand_sheets.destroy(self._desk, worksheet, second, method)

    # --- out -----------------------------------------------------------------------------------------------------

    def release(
        self, draft: Draft, way: Way, worksheet: int | None = None, draft_id: DraftId | None = None
    ) -> HandReleased:
        """Release a cable by hand: pages, number, register line, serial, signed cable, groups.

        Incomplete, NotAllowed, NotEntitled, PageUnconfirmed, PageRefused: then no number is used.
        """
        released = hand_sending.release_by_hand(self._desk, draft, way, worksheet, draft_id)
        # A number was given: an old copy shall show from here on, not after the next stride.
        self._catch_up()
        return released

    def enter_from_paper(
        self,
        draft: Draft,
        text: str,
        worksheet: int | None = None,
        typed: Typed | None = None,
        *,
        as_written: bool = False,
    ) -> HandReleased:
        """Enter a cable that was enciphered on paper alone, by its header and groups.

        HeaderWrong, GroupsWrong, NotFound, PageRefused; TagMismatch, FormatError, NotAllowed keep what was taken in the
        worksheet. `as_written` lets a number stand that is not the next one here.
        """
        made = hand_paper.enter_from_paper(self._desk, draft, text, worksheet, typed, as_written=as_written)
        self._catch_up()
        return made

    def encipher_anew(self, cable_id: CableId, way: Way) -> HandReleased:
        """Encipher a cable that went by hand once more, on new pages; NotFound, NotAllowed, PageRefused."""
        made = hand_sending.encipher_anew(self._desk, cable_id, way)
        self._catch_up()
        return made

    def mark_sent(self, worksheet: int) -> None:
        """Note that a person has sent the message; NotFound, NotAllowed."""
        hand_sending.mark_sent(self._desk, worksheet)

    def take_receipt(self, cable_id: CableId, figures: str) -> bool:
        """Compare what was said back with the receipt of a cable; NotFound, NotAllowed after five wrong answers."""
        return hand_receipts.take_receipt(self._desk, cable_id, figures)

    # --- in ------------------------------------------------------------------------------------------------------

    def receive(self, worksheet: int, typed: Typed | None = None) -> HandTaken:
        """Judge, verify and enter the message of a worksheet; what does not fit is named. PageRefused, NotAllowed."""
        return hand_receiving.receive_by_hand(self._desk, worksheet, typed)

    def say_receipt(self, cable_id: CableId) -> str:
        """Give the figures to say back for a cable that was read, and note it; NotFound when it has none."""
        return hand_receipts.say_receipt(self._desk, cable_id)

    # --- books ---------------------------------------------------------------------------------------------------

    def out_book(self, peer: StationId) -> int | None:
        """Give the register number of the book with which we encipher for a station, None when none is in use."""
        return hand_sending.out_book(self._desk, peer)

    # --- both ----------------------------------------------------------------------------------------------------

    def messages(self) -> tuple[HandRow, ...]:
        """List what left and what came by hand, newest first."""
        return hand_listing.every(self._desk)

    def message_text(self, cable_id: CableId) -> str:
        """Give the groups of a cable's last message as they went or came; NotFound."""
        return hand_listing.groups(self._desk, cable_id)


def check(text: str) -> Reception:
    """Judge header and groups without any key: which do not fit, and where; FormatError, HeaderWrong."""
    return message_text.read(text)
