"""Which thin chains a session keeps, and on which it may send."""

from dataclasses import replace

from secmsg.crypto.secret import Secret
from secmsg.protocol import handshake, thin_keys
from secmsg.protocol.root_key import RootStep
from secmsg.protocol.skipped_keys import LIFE, SkippedKey
from secmsg.protocol.thin_keys import ThinChain, ThinKeys, ThinReceivingChain
from tests.helpers.sessions import NOW, device, hkdf, initiate, respond

KEY = Secret(b"\x01" * 32)


def step(n: int) -> RootStep:
    return RootStep(KEY, KEY, Secret(bytes(64)), Secret(bytes([n]) * 32), Secret(bytes([n]) * 32))


def chain(epoch: int) -> ThinChain:
    return ThinChain(epoch, 0, Secret(bytes([epoch]) * 32), Secret(bytes([epoch]) * 32), NOW + epoch)


def received(epoch: int) -> ThinReceivingChain:
    return ThinReceivingChain(epoch, 0, Secret(bytes([epoch]) * 32), Secret(bytes([epoch]) * 32), NOW + epoch)


def test_a_thin_chain_sends_only_after_the_peer_has_sent_in_a_later_epoch() -> None:
    # given an initiator's first chain
    keys = ThinKeys().sent_under(1, step(1), NOW + 1)
    assert (keys.unconfirmed, keys.sending) == (chain(1), None)

    # when the peer answers, then it is confirmed
    keys = keys.received_under(2, step(2), NOW + 2)
    assert (keys.unconfirmed, keys.sending) == (None, chain(1))

    # when the next chain begins, then the confirmed one stays in use
    keys = keys.sent_under(3, step(3), NOW + 3)
    assert (keys.unconfirmed, keys.sending) == (chain(3), chain(1))


def test_the_last_three_thin_chains_of_the_peer_are_kept() -> None:
    keys = ThinKeys()

    for epoch in range(1, 11):
        begins = keys.received_under if epoch % 2 else keys.sent_under
        keys = begins(epoch, step(epoch), NOW + epoch)

    assert keys.receiving == (received(5), received(7), received(9))


def test_a_chain_confirmed_early_stays_when_the_peer_s_next_chain_begins() -> None:
    # given an initiator that was answered by a thin packet, before any fat one
    keys = thin_keys.answered(KEY, KEY, NOW).sent_under(1, step(1), NOW + 1).confirmed(1)
    assert (keys.unconfirmed, keys.sending) == (None, chain(1))

    # when
    keys = keys.received_under(2, step(2), NOW + 2)

    # then
    assert (keys.unconfirmed, keys.sending) == (None, chain(1))
    assert keys.confirmed(1) is keys
    assert keys.sent_under(3, step(3), NOW).confirmed(1).sending == chain(1)


def test_the_handshake_gives_the_responder_a_chain_to_answer_on_at_once() -> None:
    # given
    anna, binh = device(11, "thin/a", 0), device(12, "thin/b", 1)

    # when
    session, message = initiate(anna, binh)
    accepted = respond(binh, message, anna).session

    # then both ends hold it, and the initiator has nothing confirmed to send on
    (expected,) = session.thin.receiving
    sending = accepted.thin.sending
    assert sending is not None
    assert (sending.epoch, sending.chain, sending.tag_key) == (0, expected.chain, expected.tag_key)
    assert session.thin.sending is None
    assert not session.answered
    (from_initiator,) = accepted.thin.receiving
    unconfirmed = session.thin.unconfirmed
    assert unconfirmed is not None
    assert (
        (unconfirmed.epoch, unconfirmed.chain) == (from_initiator.epoch, from_initiator.chain) == (1, unconfirmed.chain)
    )
    assert sending.chain != from_initiator.chain


def test_keys_kept_are_wiped_after_thirty_days_and_times_to_come_are_brought_back() -> None:
    # given a key passed long ago, one passed now, and one passed while the clock was ahead
    kept = {0: SkippedKey(KEY, NOW - LIFE), 1: SkippedKey(KEY, NOW), 2: SkippedKey(KEY, NOW + 99)}
    keys = ThinKeys(None, chain(2), (replace(received(1), kept=kept),))

    # when
    after = keys.settled(NOW)

    # then
    assert after.receiving[0].kept == {1: SkippedKey(KEY, NOW), 2: SkippedKey(KEY, NOW)}
    assert after.receiving[0].began_at == NOW
    assert after.sending is not None
    assert after.sending.began_at == NOW
    assert after.settled(NOW) is after


def test_the_responder_s_first_chain_is_the_formula_of_the_specification() -> None:
    expected = hkdf(bytes(64), b"\xff" * 32 + KEY.reveal(), "hx1", b"tr", 240)

    keys = handshake._session_keys([KEY], b"tr")

    assert keys.session_id == expected[160:176]
    assert keys.thin_chain.reveal() + keys.thin_tag.reveal() == expected[176:]
