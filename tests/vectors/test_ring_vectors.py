"""The vectors of rings: keys and marks, what a watch hears and lets go, what it is handed over its line."""

import socket
import threading

import pytest

from secmsg.crypto import ringing
from secmsg.crypto.secret import Secret
from secmsg.ids import DeviceId, MailboxId
from secmsg.watch import handing
from secmsg.wire import handover, ring
from tests.helpers.vectors import bytes_of, written
from tests.vectors import frame
from tests.vectors.frame import File, Test
from tests.vectors.make_ring import heard


def _given(data: bytes) -> bool:
    """Say whether a watch takes what comes on its line, which then ends."""
    ours, theirs = socket.socketpair()
    with ours, theirs:

        def speak() -> None:
            theirs.sendall(data)
            theirs.shutdown(socket.SHUT_WR)

        speaker = threading.Thread(target=speak)
        speaker.start()
        taken = handing.take(ours)
        speaker.join()
    return taken is not None


def _run(test: Test) -> None:
    match test["do"]:
        case "key":
            transcript = bytes.fromhex(test["transcript"])
            key = ringing.ring_key(transcript, DeviceId(test["sender"]), DeviceId(test["addressee"]))
            assert key.reveal().hex() == test["gives"]
        case "mark":
            key, box = Secret(bytes.fromhex(test["key"])), MailboxId(bytes.fromhex(test["box"]))
            nonce = bytes.fromhex(test["nonce"])
            assert ringing.mark(key, box, nonce).hex() == test["mark"]
            assert ringing.answer_name(key, box, nonce).hex() == test["answer"]
        case "ring":
            data = bytes_of(test)
            found = ring.decode(data)
            assert written(found) == test["value"]
            assert ring.encode(found, data[48:]) == data
        case "hear":
            assert heard(test) == test["gives"]
        case "handover":
            data = bytes_of(test)
            value = handover.decode(data)
            assert written(value) == test.get("value", written(value))
            assert handover.encode(value) == data
        case _:
            assert _given(bytes_of(test)) == test["gives"]


@pytest.mark.parametrize(("_", "test"), frame.cases("ring", expect="ok"))
def test_what_is_right_is_as_its_vector_says(_: File, test: Test) -> None:
    _run(test)


@pytest.mark.parametrize(("_", "test"), frame.cases("ring", expect="refused"))
def test_what_is_wrong_is_refused(_: File, test: Test) -> None:
    with frame.refusal(test):
        _run(test)
