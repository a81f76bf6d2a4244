"""Statements, signers and compared recaps are what the vectors say."""

from collections.abc import Callable

import pytest

from secmsg.errors import NotEntitled
from secmsg.ids import EditionNumber, StationId
from secmsg.office import books as rules
from secmsg.office import serials
from secmsg.office.continuity import Sent, State
from secmsg.office.serials import Watch
from secmsg.station.books import base
from secmsg.wire import books
from secmsg.wire.cable import Degree
from secmsg.wire.certificate import Certificate, CertificateType, Role
from secmsg.wire.service import Recap
from tests.vectors import frame
from tests.vectors.frame import File, Test


def statement(test: Test) -> None:
    data = bytes.fromhex(test["hex"])

    assert books.encode_statement(books.decode_statement(data)) == data
    assert base(data).hex() == test["stands_for"]


def signers(test: Test) -> None:
    first, second = (
        Certificate(
            1, CertificateType(kind), StationId(station), subject, Role(role), Degree.SECRET, 1, 2, EditionNumber(1),
            bytes([subject]) * 1984,
        )
        for kind, station, role, subject in test["signers"]
    )  # fmt: skip
    objection = rules.objection_to_signers(StationId(test["origin"]), first, second)
    if objection is not None:
        raise NotEntitled(objection.value)


def compare(test: Test) -> None:
    (highest, head), (given, own), (agreed_in, agreed_out) = test["theirs"], test["ours"], test["agreed"]
    sent, received, sent_head, received_head = test["recap"]
    heads = bytes.fromhex(sent_head), bytes.fromhex(received_head)
    recap = Recap(sent, received, *heads, 7, b"r" * 32, 86_400) if sent_head else Recap(sent, received)
    watch = Watch(since=0, agreed_in=agreed_in, agreed_out=agreed_out)

    found, after = serials.compare(
        recap, State(highest, bytes.fromhex(head)), Sent(given, bytes.fromhex(own)), bytes.fromhex(own), watch
    )

    assert [[each.conflict.value, each.first, each.last] for each in found] == test["finds"]
    assert [after.agreed_in, after.agreed_out] == test["agrees"]


DO: dict[str, Callable[[Test], None]] = {"statement": statement, "signers": signers, "compare": compare}


@pytest.mark.parametrize(("_", "test"), frame.cases("books", expect="ok"))
def test_what_is_good_is_taken(_: File, test: Test) -> None:
    DO[test["do"]](test)


@pytest.mark.parametrize(("_", "test"), frame.cases("books", expect="refused"))
def test_what_is_not_is_refused(_: File, test: Test) -> None:
    with frame.refusal(test):
        DO[test["do"]](test)
