"""Every packet of suite1/packet.json: what opens changes the state as recorded, what is refused leaves it alone."""

import pytest

from secmsg.crypto import hashing
from secmsg.protocol import session as sessions
from tests.vectors import frame, second_suite1
from tests.vectors.frame import File, Test
from tests.vectors.second_basis import RefusedError


def ends(file: File, test: Test) -> tuple[bytes, bytes]:
    """Return the receiver's stored state and the packet."""
    return bytes.fromhex(file.given["states"][test["from"]]), bytes.fromhex(test["packet"])


@pytest.mark.parametrize(("file", "test"), frame.cases("suite1/packet", expect="ok"))
def test_a_packet_opens_and_moves_the_state(file: File, test: Test) -> None:
    state, packet = ends(file, test)

    after, content = sessions.decrypt(sessions.decode(state), packet, now=test["now"])

    assert content.payload.hex() == test["payload"]
    assert hashing.short(sessions.encode(after)).hex() == test["digest"]
    assert second_suite1.take_packet(second_suite1.read_state(state), packet).hex() == test["payload"]


@pytest.mark.parametrize(("file", "test"), frame.cases("suite1/packet", expect="refused"))
def test_a_packet_is_refused(file: File, test: Test) -> None:
    state, packet = ends(file, test)

    with frame.refusal(test):
        sessions.decrypt(sessions.decode(state), packet, now=test["now"])
    with pytest.raises(RefusedError):
        second_suite1.take_packet(second_suite1.read_state(state), packet)
