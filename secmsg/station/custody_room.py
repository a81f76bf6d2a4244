"""Custody as screens and commands see it: what two persons count, inspect and hand over, and the records of it."""

from secmsg.office.checking import Answer, Work
from secmsg.office.materials import Item, Kind
from secmsg.station import custody_papers, custody_records, custody_works, keeping, pad_listing, persons
from secmsg.station.custody_records import Proof, RecordView, Second
from secmsg.station.custody_works import WorkView
from secmsg.station.desk import Desk
from secmsg.station.pad_views import ItemView
from secmsg.station.unlock import Unlock


class Custody:
    """One object on the store's thread; each method that writes is one transaction. Errors are leaves of the tree.

    A check is named by its code, as on the paper. `Second` is the other person: named, or with a signature.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    # --- things without pages --------------------------------------------------------------------------------------

    def enter(self, kind: Kind, title: str, holder: str, note: str = "") -> ItemView:
        """Take a thing into the ledger; NotAllowed."""
        with self._desk.db.transaction():
            entered = keeping.enter_item(self._desk, kind, title, holder, note)
        return self._shown(entered)

    def take_back(self, number: int, holder: str, note: str = "") -> ItemView:
        """Note that what was issued is here again; NotAllowed, NotFound."""
        with self._desk.db.transaction():
            back = keeping.take_back(self._desk, number, holder, note)
        return self._shown(back)

    def discrepant(self, number: int, note: str, second: str = "") -> ItemView:
        """Note that an item is not as the ledger says; NotAllowed, NotFound."""
        with self._desk.db.transaction():
            stands = keeping.discrepant(self._desk, number, note, second)
        return self._shown(stands)

    def _shown(self, item: Item) -> ItemView:
        return pad_listing.item(self._desk, item)

    # --- works -----------------------------------------------------------------------------------------------------

    def under_way(self) -> tuple[Work, ...]:
        """List the works under way."""
        return custody_works.under_way(self._desk)

    def begin(self, work: Work) -> WorkView:
        """Write the checks of a work; NotAllowed while one of its kind is under way, StoreDamaged."""
        return custody_works.begin(self._desk, work)

    def standing(self, work: Work) -> WorkView:
        """Show a work under way; NotFound."""
        return custody_works.standing(self._desk, work)

    def answer(self, work: Work, said: Answer) -> WorkView:
        """Keep what was seen of one check; NotFound, NotAllowed, FormatError."""
        return custody_works.answer(self._desk, work, said)

    def add_stranger(self, work: Work, place: str, what: str) -> WorkView:
        """Keep a thing that has no number in the ledger; NotAllowed, FormatError."""
        return custody_works.add_stranger(self._desk, work, place, what)

    def drop(self, work: Work) -> None:
        """Give a work up."""
        custody_works.drop(self._desk, work)

    def finish(self, work: Work, second: Second) -> RecordView:
        """Sign and enter the record of a work; NotAllowed, NotFound."""
        return custody_works.finish(self._desk, work, second)

    def finish_both(self, work: Work, unlock: Unlock) -> RecordView:
        """Sign and enter the record of a work, the second person by their own secret.

        WrongPassphrase, counted like one at the door; NotAllowed for who may not witness, or while a check is open.
        """
        custody_works.check_complete(self._desk, work)
        with persons.witness(self._desk, unlock, work.name.lower()) as other:
            who = other.officer
            return custody_works.finish(self._desk, work, Second(who.name, who.title, who.public, other.sign))

    # --- records ---------------------------------------------------------------------------------------------------

    def records(self) -> tuple[RecordView, ...]:
        """List the records, oldest first; StoreDamaged."""
        return custody_records.records(self._desk)

    def prove(self) -> tuple[Proof, ...]:
        """Prove every register and every signature; what does not fit is named, nothing is raised."""
        return custody_records.prove(self._desk)

    # --- papers ----------------------------------------------------------------------------------------------------

    def pack(self) -> bytes:
        """Return the inspection pack of the inspection under way as a PDF; NotFound."""
        return custody_papers.pack(self._desk)

    def paper(self, line: int) -> bytes:
        """Return the paper of a record as a PDF; NotFound."""
        return custody_papers.record(self._desk, line)
