"""A ring is known by its key, its mailbox and its nonce, in one direction."""

import pytest

from secmsg.crypto import ringing
from secmsg.errors import FormatError
from secmsg.ids import DeviceId, MailboxId

BOX, OTHER = MailboxId(b"\x01" * 16), MailboxId(b"\x02" * 16)
NONCE = b"\x03" * 16


def test_mark_and_name_differ_by_key_mailbox_and_nonce() -> None:
    there, back = (ringing.ring_key(b"\x07" * 32, DeviceId(one), DeviceId(other)) for one, other in ((1, 2), (2, 1)))
    elsewhere = ringing.ring_key(b"\x08" * 32, DeviceId(1), DeviceId(2))

    marks = {
        ringing.mark(key, box, nonce)
        for key in (there, back, elsewhere)
        for box in (BOX, OTHER)
        for nonce in (NONCE, bytes(16))
    }
    names = {ringing.answer_name(key, BOX, NONCE) for key in (there, back, elsewhere)}

    assert {len(each) for each in marks} == {ringing.MARK_SIZE}
    assert {len(each) for each in names} == {ringing.NAME_SIZE}
    assert (len(marks), len(names)) == (12, 3)
    assert not any(mark.startswith(name) for mark in marks for name in names)


def test_a_transcript_of_another_length_gives_no_key() -> None:
    with pytest.raises(FormatError):
        ringing.ring_key(b"\x07" * 31, DeviceId(1), DeviceId(2))
