"""A session from a secret in a sealed envelope; the rest of the page is in the vectors of `recovery.json`."""

import pytest

from secmsg.config import ThinLimits
from secmsg.crypto.secret import Secret
from secmsg.errors import FormatError, NoSession
from secmsg.ids import CertificateRef, DeviceId
from secmsg.protocol import paper, thin
from secmsg.protocol import session as sessions
from secmsg.protocol.paper import Exchanged
from secmsg.protocol.state import Origin, Session, Side
from secmsg.wire.handshake import NO_SESSION, ResetReason
from secmsg.wire.packet import NO_ACK, EditionMark
from secmsg.wire.recovery import Terms, encode
from tests.helpers.seeded_random import seeded

NOW = 1_800_000_000
BETWEEN = paper.pairing(DeviceId(3), DeviceId(12), 1)
REFS = CertificateRef(b"a" * 32), CertificateRef(b"b" * 32)


def pair(secret: Secret, seed: bytes) -> tuple[Session, Session]:
    random = seeded(seed)
    asked, begun = paper.begin(secret, BETWEEN, 1, ResetReason.STATE_LOST, random)
    said, answered = paper.answer(secret, BETWEEN, begun, asked, 1, random)
    exchanged = Exchanged(begun, asked, answered, said)
    return (
        paper.session(secret, BETWEEN, Side.INITIATOR, REFS, exchanged, previous=NO_SESSION, now=NOW),
        paper.session(secret, BETWEEN, Side.RESPONDER, REFS[::-1], exchanged, previous=NO_SESSION, now=NOW),
    )


def test_fresh_nonces_make_another_session_of_the_same_secret() -> None:
    secret = Secret(b"s" * 32)

    first, second = pair(secret, b"first")[0], pair(secret, b"second")[0]

    assert first.session_id != second.session_id
    assert first.root != second.root


def test_the_beginner_may_send_thin_packets_at_once_the_answerer_then_and_nothing_fat() -> None:
    anna, binh = pair(Secret(b"s" * 32), b"thin")
    assert anna.origin is binh.origin is Origin.PAPER

    with pytest.raises(NoSession):
        thin.seal_thin(binh, b"whether the answer is there", now=NOW, limits=ThinLimits())
    anna, out = thin.seal_thin(anna, b"A", now=NOW, limits=ThinLimits())
    binh, opened = thin.open_thin(binh, out, now=NOW)
    binh, back = thin.seal_thin(binh, b"B", now=NOW, limits=ThinLimits())

    assert opened.payload == b"A"
    assert thin.open_thin(anna, back, now=NOW)[1].payload == b"B"
    with pytest.raises(FormatError, match="no chain"):
        sessions.encrypt(anna, b"x", now=NOW, ack=NO_ACK, edition=EditionMark(1, bytes(8)), random=seeded(b"fat"))
    assert not sessions.recognises(binh, bytes(512))


@pytest.mark.parametrize("terms", [Terms(bytes(16), 0, ResetReason.DAMAGED), Terms(bytes(16), 1, ResetReason.FIRST)])
def test_terms_that_nobody_takes_are_not_made(terms: Terms) -> None:
    with pytest.raises(FormatError):
        encode(terms)


def test_a_secret_of_another_length_is_none() -> None:
    with pytest.raises(FormatError):
        paper.begin(Secret(b"s" * 31), BETWEEN, 1, ResetReason.DAMAGED, seeded(b""))
    with pytest.raises(FormatError):
        paper.check(Secret(b"s" * 33))
