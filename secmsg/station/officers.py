"""The persons' room: who is present, who belongs to this post, a second person for an act."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from secmsg import digits
from secmsg.authority import persons as requests
from secmsg.ids import CableId
from secmsg.office.persons import Bar, Rank, Term
from secmsg.station import head_shares, person_acts, person_cables, person_renewal, persons
from secmsg.station.desk import Desk
from secmsg.station.persons import Officer, RecordLine, Witness
from secmsg.station.reopening import Word
from secmsg.station.sheets import Drawn, Paper
from secmsg.station.unlock import Unlock


def fingerprint(request: bytes) -> str:
    """Return a person request's fingerprint as groups, to be read out and compared at both ends."""
    return digits.groups(requests.fingerprint(request))


class Officers:
    """The part of a station about its persons."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def present(self) -> Officer:
        """Return who has opened the store."""
        return persons.present(self._desk)

    def listed(self) -> tuple[Officer, ...]:
        """List all persons of this post, those who left too."""
        return persons.listed(self._desk)

    def request(self, number: int) -> bytes:
        """Return what headquarters is to be asked about a person; NotAllowed when nothing is, NotFound."""
        return person_acts.request_of(self._desk, number)

    # --- who belongs here --------------------------------------------------------------------------------------------

    def add(self, name: str, title: str, rank: Rank, unlock: Unlock, second: str) -> Officer:
        """Give a new person a keyslot and a key; errors of `person_acts.add`."""
        return person_acts.add(self._desk, name, title, rank, unlock, second)

    def suspend(self, number: int, reason: str) -> Officer:
        """Take a person's keyslot out until two persons bring it back; NotAllowed, NotFound."""
        return person_acts.suspend(self._desk, number, reason)

    def resume(self, number: int, second: str) -> Officer:
        """Let a suspended person open again; NotAllowed, NotFound."""
        return person_acts.resume(self._desk, number, second)

    def remove(self, number: int, second: str, reason: str) -> Officer:
        """Overwrite a person's keyslot for good; NotAllowed, NotFound."""
        return person_acts.remove(self._desk, number, second, reason)

    def share(self, name: str, title: str, pin: str, second: str, keep: Callable[[Paper], None]) -> Officer:
        """Give the head of mission a printed share and a PIN; errors of `head_shares.make`."""
        return head_shares.make(self._desk, name, title, pin, second, keep)

    def stands_alone(self) -> bool:
        """Say whether nobody but the person who is present opens this store."""
        return person_renewal.stands_alone(self._desk)

    def new_sheet(self, keep: Callable[[Paper], None], second: Unlock | None = None) -> None:
        """Make a new recovery sheet, a second person standing by; errors of `person_renewal.new_sheet`."""
        person_renewal.new_sheet(self._desk, keep, second)

    def draw_share(self, name: str, second: str) -> Drawn:
        """Draw a share to be put on paper; it opens nothing yet. Errors of `head_shares.draw_share`."""
        return head_shares.draw_share(self._desk, name, second)

    def give_share(self, drawn: Drawn, name: str, title: str, pin: str, second: str, kept_at: str) -> Officer:
        """Let a share that is on paper open with a PIN; errors of `head_shares.give`."""
        return head_shares.give(self._desk, drawn, name, title, pin, second, kept_at)

    def draw_sheet(self) -> Drawn:
        """Draw a new recovery sheet to be put on paper; it opens nothing yet. NotAllowed."""
        return person_renewal.draw_sheet(self._desk)

    def put_in_force(self, drawn: Drawn, second: Unlock | None, kept_at: str) -> None:
        """Let a sheet that is on paper take the old one's place; errors of `person_renewal.put_in_force`."""
        person_renewal.put_in_force(self._desk, drawn, second, kept_at)

    # --- absences ----------------------------------------------------------------------------------------------------

    def absent(self, number: int, deputy: int, since: int, until: int, decided: Witness | Word) -> Term:
        """Record an absence and who stands in (0: nobody); NotAllowed says what contradicts it."""
        return person_acts.absent(self._desk, number, deputy, since, until, decided)

    def moment(self) -> int:
        """Return the hour by which absences are judged, UTC seconds."""
        return persons.moment(self._desk)

    def back(self, term: int) -> Term:
        """End an absence before its time; NotAllowed."""
        return person_acts.back(self._desk, term)

    def terms(self) -> tuple[Term, ...]:
        """List all absences, the oldest first."""
        return person_acts.terms(self._desk)

    # --- on record ---------------------------------------------------------------------------------------------------

    def record(self) -> tuple[RecordLine, ...]:
        """List the record of persons after checking its chain; StoreDamaged when a line was altered."""
        return persons.record(self._desk)

    def of_cable(self, cable_id: CableId) -> tuple[RecordLine, ...]:
        """List who opened, wrote out, printed, destroyed a cable, after checking the record; StoreDamaged."""
        return person_cables.of_cable(self._desk, cable_id)

    def bar(self) -> Bar | None:
        """Return what keeps who is present from signing for the post now, None when nothing does."""
        return persons.bar(self._desk)

    def witness(self, unlock: Unlock, purpose: str) -> AbstractContextManager[Witness]:
        """Prove a second person for a with block; WrongPassphrase, NotAllowed (see `persons.witness`)."""
        return persons.witness(self._desk, unlock, purpose)
