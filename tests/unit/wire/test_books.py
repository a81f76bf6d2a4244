"""A statement of a new book goes from signer to signer in a file that is whole or refused."""

import pytest

from secmsg.errors import FormatError
from secmsg.ids import CertificateRef, StationId
from secmsg.wire import books, codec
from secmsg.wire.books import BookReason, BookStatement, PersonSignature
from tests.helpers.cables import BOOK

ONE = PersonSignature(CertificateRef(b"\1" * 32), b"\2" * 3373)


def test_a_paper_carries_a_statement_with_one_or_two_signatures() -> None:
    statement = books.encode_statement(BOOK)

    assert books.decode_statement(statement) == BOOK
    for signatures in ((ONE,), (ONE, ONE)):
        assert books.decode_paper(books.encode_paper(statement, signatures)) == (statement, signatures)


@pytest.mark.parametrize("signatures", [(), (ONE, ONE, ONE), (PersonSignature(ONE.ref, b"\2"),)])
def test_a_paper_with_another_number_of_signatures_is_refused(signatures: tuple[PersonSignature, ...]) -> None:
    with pytest.raises(FormatError):
        books.encode_paper(books.encode_statement(BOOK), signatures)


def test_a_paper_around_anything_else_is_refused() -> None:
    with pytest.raises(FormatError):
        books.encode_paper(b"\xa0", (ONE,))
    with pytest.raises(FormatError):
        books.decode_paper(codec.encode({0: 1, 1: books.encode_statement(BOOK), 2: [[1, 2]]}))


def test_a_statement_that_no_receiver_would_take_is_not_made() -> None:
    with pytest.raises(FormatError):
        books.encode_statement(BookStatement(StationId(2), 1, 1, BookReason.YEAR, 1, (StationId(2),)))
    with pytest.raises(FormatError):
        books.encode_statement(BookStatement(StationId(2), 1, 1, BookReason.YEAR, 1, (StationId(3), StationId(1))))
