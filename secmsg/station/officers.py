"""The persons' room: who is present, who belongs to this post, a second person for an act."""

from contextlib import AbstractContextManager

from secmsg.office.persons import Bar
from secmsg.station import persons
from secmsg.station.desk import Desk
from secmsg.station.persons import Officer, RecordLine, Witness
from secmsg.station.unlock import Unlock


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

    def record(self) -> tuple[RecordLine, ...]:
        """List the record of persons after checking its chain; StoreDamaged when a line was altered."""
        return persons.record(self._desk)

    def bar(self) -> Bar | None:
        """Return what keeps who is present from signing for the post now, None when nothing does."""
        return persons.bar(self._desk)

    def witness(self, unlock: Unlock, purpose: str) -> AbstractContextManager[Witness]:
        """Prove a second person for a with block; WrongPassphrase, NotAllowed (see `persons.witness`)."""
        return persons.witness(self._desk, unlock, purpose)
