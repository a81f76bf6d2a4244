"""A new book of serials: who may open one together, and from which number (docs/spec/continuity.md 6).

Pure: certificates and states come in; `secmsg.station.books` asks and keeps.
"""

from dataclasses import dataclass
from enum import Enum

from secmsg.ids import StationId
from secmsg.office import continuity
from secmsg.office.continuity import State
from secmsg.wire.books import BookStatement
from secmsg.wire.certificate import Certificate, CertificateType, Role

ROUND = 1_000
"""New books begin just above a round number: easy to say, and above what a lost store may have given."""

BELIEVED = 1_000_000
"""Serials beyond those given here that a peer's claim may be ahead, in a store that was lost."""


class Objection(Enum):
    """Why a book may not be opened so."""

    ONE_PERSON = "one-person"
    """Both signatures are of the same person."""
    NOT_A_PERSON = "not-a-person"
    NOT_OF_THE_STATION = "not-of-the-station"
    """Nobody of the station itself has signed."""
    STRANGER = "stranger"
    """The second is neither of the station nor of headquarters."""
    NOT_FOR_US = "not-for-us"
    ANOTHER_ORIGIN = "another-origin"
    NO_NEWER_BOOK = "no-newer-book"
    """A book of this number or a later one was opened before."""
    NUMBER_USED = "number-used"
    """It would begin at a serial that has come already."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the receiver of a new book knows of its origin: the last book opened, and what has come."""

    book: int
    state: State


def objection_to_signers(origin: StationId, first: Certificate, second: Certificate) -> Objection | None:
    """Say what forbids two persons to open a book of `origin` together.

    Two persons of the station, or one of it and one of headquarters where a post has a single officer.
    """
    pair = (first, second)
    if any(each.type is not CertificateType.PERSON for each in pair):
        return Objection.NOT_A_PERSON
    if first.subject == second.subject or first.public == second.public:
        return Objection.ONE_PERSON
    own = [each for each in pair if each.station == origin]
    if not own:
        return Objection.NOT_OF_THE_STATION
    if any(each.station != origin and each.role is not Role.HEADQUARTERS for each in pair):
        return Objection.STRANGER
    return None


def objection_to_statement(
    statement: BookStatement, origin: StationId, receiver: StationId, known: Known
) -> Objection | None:
    """Say what forbids the receiver to begin a statement's book for what comes from `origin`."""
    if statement.origin != origin:
        return Objection.ANOTHER_ORIGIN
    if receiver not in statement.peers:
        return Objection.NOT_FOR_US
    if statement.book <= known.book:
        return Objection.NO_NEWER_BOOK
    if continuity.is_used(known.state, statement.first):
        return Objection.NUMBER_USED
    return None


def next_first(highest: int) -> int:
    """Return where a new book begins: one above the next round number, a whole round beyond every serial known."""
    return (highest // ROUND + 2) * ROUND + 1
