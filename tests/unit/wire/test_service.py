"""Service messages are sent whole or not at all."""

from typing import cast

import pytest

from secmsg.errors import FormatError
from secmsg.ids import CableId
from secmsg.wire import service
from secmsg.wire.service import Code, LineTest, Notice, Recap, Receipt, ReceiptLevel, RepeatRequest
from tests.helpers.cables import MESSAGES, RECEIPT


def test_every_code_can_be_sent_by_hand() -> None:
    assert all(2 <= len(code) <= 5 and code.isascii() and code.isupper() for code in Code)
    assert len(set(Code)) == len(list(Code)) == 22


@pytest.mark.parametrize(
    "message",
    [
        Notice(Code.RECAP),
        Notice(Code.CANCEL, cable_id=CableId(b"short")),
        Notice(Code.CANCEL, note="a" * 501),
        Recap(-1, 0),
        RepeatRequest(()),
        RepeatRequest(((1, 2), (3, 4))),
        LineTest(b"", answer=True),
    ],
)
def test_a_message_that_no_receiver_would_take_does_not_leave(message: service.ServiceMessage) -> None:
    with pytest.raises(FormatError):
        service.encode(message)


def test_something_else_than_a_message_is_a_mistake_of_the_program() -> None:
    with pytest.raises(AssertionError):
        service.encode(cast("service.ServiceMessage", object()))


def test_the_bytes_under_a_signature_of_receipts_are_those_in_the_message() -> None:
    receipts = (RECEIPT, Receipt(RECEIPT.cable_id, ReceiptLevel.ARRIVED, 1))

    assert service.receipts_to_sign(receipts) != service.receipts_to_sign(receipts[::-1])
    message = service.encode(MESSAGES["receipts"])
    assert service.receipts_to_sign((RECEIPT,))[1:] in message
