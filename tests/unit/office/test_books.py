"""Who may open a book of serials together, from which number, and the register of acts on serials."""

import pytest

from secmsg.errors import FormatError
from secmsg.ids import EditionNumber, StationId
from secmsg.office import books, number_acts
from secmsg.office.books import Known, Objection
from secmsg.office.continuity import State
from secmsg.office.number_acts import ActKind, NumberAct
from secmsg.wire.books import BookReason, BookStatement
from secmsg.wire.cable import Degree
from secmsg.wire.certificate import Certificate, CertificateType, Role
from tests.unit.office.test_continuity import see

PARIS, HANOI, TOKYO = StationId(2), StationId(1), StationId(4)


def person(
    number: int, station: StationId, role: Role = Role.STATION, kind: CertificateType = CertificateType.PERSON
) -> Certificate:
    return Certificate(
        number, kind, station, number, role, Degree.TOP_SECRET, 1, 2, EditionNumber(1), bytes([number]) * 1984
    )


@pytest.mark.parametrize(
    ("first", "second", "objection"),
    [
        (person(1, PARIS), person(2, PARIS), None),
        (person(1, PARIS), person(9, HANOI, Role.HEADQUARTERS), None),
        (person(9, HANOI, Role.HEADQUARTERS), person(1, PARIS), None),
        (person(1, PARIS), person(1, PARIS), Objection.ONE_PERSON),
        (person(1, PARIS), person(3, TOKYO), Objection.STRANGER),
        (person(8, HANOI, Role.HEADQUARTERS), person(9, HANOI, Role.HEADQUARTERS), Objection.NOT_OF_THE_STATION),
        (person(1, PARIS), person(2, PARIS, kind=CertificateType.DEVICE), Objection.NOT_A_PERSON),
    ],
)
def test_two_persons_of_the_station_or_one_and_one_of_headquarters(
    first: Certificate, second: Certificate, objection: Objection | None
) -> None:
    assert books.objection_to_signers(PARIS, first, second) is objection


def test_headquarters_opens_its_own_book_with_two_of_its_own() -> None:
    two = person(8, HANOI, Role.HEADQUARTERS), person(9, HANOI, Role.HEADQUARTERS)

    assert books.objection_to_signers(HANOI, *two) is None


STATEMENT = BookStatement(PARIS, 5, 2_001, BookReason.YEAR, 1, (HANOI,))


@pytest.mark.parametrize(
    ("origin", "receiver", "book", "state", "objection"),
    [
        (PARIS, HANOI, 4, see(State(), 1, 2, 9)[0], None),
        (TOKYO, HANOI, 4, State(), Objection.ANOTHER_ORIGIN),
        (PARIS, TOKYO, 4, State(), Objection.NOT_FOR_US),
        (PARIS, HANOI, 5, State(), Objection.NO_NEWER_BOOK),
        (PARIS, HANOI, 4, State(highest=2_001), Objection.NUMBER_USED),
        (PARIS, HANOI, 4, see(State(), 1, 2_001)[0], Objection.NUMBER_USED),
    ],
)
def test_a_book_is_newer_and_begins_where_nothing_came(
    origin: StationId, receiver: StationId, book: int, state: State, objection: Objection | None
) -> None:
    assert books.objection_to_statement(STATEMENT, origin, receiver, Known(book, state)) is objection


def test_a_book_begins_a_whole_round_beyond_what_is_known() -> None:
    assert [books.next_first(used) for used in (0, 999, 1_000, 2_000)] == [2_001, 2_001, 3_001, 4_001]


def test_a_line_of_the_register_of_acts_is_kept() -> None:
    act = NumberAct(5, ActKind.GAP_CLOSED, PARIS, 18, 20, "Nguyễn Văn Paris", "Mất cùng túi\nngoại giao")

    assert number_acts.decode(number_acts.encode(act)) == act
    with pytest.raises(FormatError):
        number_acts.encode(NumberAct(5, ActKind.GAP_CLOSED, PARIS, 18, 20, ""))
