"""What a thief of the state gets, before and after: forward secrecy, and healing by X25519 and by ML-KEM."""

import itertools
from dataclasses import replace

import pytest

from secmsg.crypto import agreement
from secmsg.errors import DecryptionError, NoSession
from secmsg.protocol import chain_key, root_key
from secmsg.protocol import session as sessions
from secmsg.protocol.root_key import Terms
from secmsg.protocol.state import Session
from tests.helpers.seeded_random import seeded
from tests.helpers.sessions import NOW, established, opened, seal, turn

RANDOM = seeded(b"compromise")


def spent_secrets(session: Session) -> set[bytes]:
    """Return what must not outlive its use: the keys of the state, and the message keys they give next."""
    secrets = {session.root.reveal()}
    for chain in (session.sending, session.receiving):
        if chain is not None:
            secrets |= {chain.chain.reveal(), chain_key.advance(chain.chain)[1].reveal()}
    if session.sending is not None:
        secrets.add(session.sending.ratchet.private.reveal())
        if session.sending.offer is not None:
            secrets.add(session.sending.offer.seed.reveal())
    for skipped in session.skipped.chains:
        secrets |= {skipped.header_key.reveal()} | {kept.key.reveal() for kept in skipped.keys.values()}
    return secrets


def test_no_key_outlives_its_use() -> None:
    # given a conversation with a lost packet that comes late, and post-quantum steps
    anna, binh = established("forward")
    past: set[bytes] = set()

    def remember() -> None:
        past.update(spent_secrets(anna), spent_secrets(binh))

    remember()
    binh, late = seal(binh, b"late", RANDOM)
    remember()
    binh, anna = turn(binh, anna, RANDOM)
    remember()
    for _ in range(3):
        anna, binh = turn(replace(anna, since_pq=60), binh, RANDOM)
        remember()
        binh, anna = turn(binh, anna, RANDOM)
        remember()
    anna, payload = opened(anna, late)
    assert payload == b"late"
    remember()

    # when both have gone on by a turn each
    for _ in range(2):
        anna, binh = turn(anna, binh, RANDOM)
        binh, anna = turn(binh, anna, RANDOM)

    # then nothing of it is in what is stored
    stored = sessions.encode(anna) + sessions.encode(binh)
    assert len(past) > 30
    assert not [secret for secret in past if secret in stored]
    # negative control: what is in use is found there
    assert all(secret in stored for secret in (anna.root.reveal(), binh.root.reveal()))


def test_the_message_key_is_gone_with_the_packet() -> None:
    anna, binh = established("gone")
    assert binh.receiving is not None
    message = chain_key.advance(binh.receiving.chain)[1].reveal()

    anna, packet = seal(anna, b"x", RANDOM)
    after, _ = opened(binh, packet)

    assert message not in sessions.encode(anna)
    assert message not in sessions.encode(after)


def test_a_thief_of_the_state_is_shut_out_by_a_round_trip() -> None:
    # given a thief with a copy of the initiator's state
    anna, binh = established("heal")
    binh, anna = turn(binh, anna, RANDOM)
    anna, binh = turn(anna, binh, RANDOM)
    thief = sessions.decode(sessions.encode(anna))

    # when the next packet comes: the thief still reads it (the damage before healing)
    binh, packet = seal(binh, b"still read", RANDOM)
    thief, payload = opened(thief, packet)
    assert payload == b"still read"
    anna, _ = opened(anna, packet)

    # then after one turn of the robbed side the thief reads nothing more, and cannot write either
    anna, binh = turn(anna, binh, RANDOM)
    binh, packet = seal(binh, b"healed", RANDOM)
    assert opened(anna, packet)[1] == b"healed"
    with pytest.raises(NoSession):
        sessions.decrypt(thief, packet, now=NOW)
    _, forged = seal(thief, b"forged", RANDOM)
    with pytest.raises(DecryptionError):
        sessions.decrypt(binh, forged, now=NOW)


def test_the_post_quantum_step_shuts_out_a_thief_who_breaks_every_x25519() -> None:
    # given a thief with the whole state before an offer is made
    anna, binh = established("quantum")
    binh, anna = turn(binh, anna, RANDOM)
    stolen_root = anna.root
    anna = replace(anna, since_pq=60)

    # when offer and answer cross
    anna, packet = seal(anna, b"offer", RANDOM)
    binh, _ = opened(binh, packet)
    anna_chain = anna.sending
    assert anna_chain is not None
    binh, packet = seal(binh, b"answer", RANDOM)
    binh_chain = binh.sending
    assert binh_chain is not None
    assert binh_chain.answer

    # then who knows every X25519 private key follows the classical step before it …
    assert binh.receiving is not None
    shared = agreement.exchange(anna_chain.ratchet.private, _public(anna))
    first = root_key.step(stolen_root, shared, Terms(3, anna_chain.ratchet.public, anna_chain.pn), None)
    assert first.root == anna.root

    # … and loses the trail at the answer
    shared = agreement.exchange(binh_chain.ratchet.private, anna_chain.ratchet.public)
    terms = Terms(4, binh_chain.ratchet.public, binh_chain.pn)
    guess = root_key.step(first.root, shared, terms, None)
    assert guess.root != binh.root
    wrong = root_key.Answer(_offer(anna), binh_chain.answer, shared)
    assert root_key.step(first.root, shared, terms, wrong).root != binh.root

    # negative control: with the secret of the answer it would be the root
    offer = anna_chain.offer
    assert offer is not None
    secret = agreement.kem_decapsulate(agreement.Kem.LEVEL_768, offer.seed, binh_chain.answer)
    right = root_key.Answer(offer.public, binh_chain.answer, secret)
    assert root_key.step(first.root, shared, terms, right).root == binh.root


def _public(session: Session) -> bytes:
    assert session.receiving is not None
    return session.receiving.public


def _offer(session: Session) -> bytes:
    assert session.sending is not None
    assert session.sending.offer is not None
    return session.sending.offer.public


@pytest.mark.parametrize("packets_each_way", [1, 3])
def test_a_long_conversation_takes_a_post_quantum_step_within_the_policy(packets_each_way: int) -> None:
    # given a lively exchange of short packets, which leave no room
    anna, binh = established(f"within {packets_each_way}")
    highest = 0

    for _ in range(120):
        for _ in range(packets_each_way):
            anna, binh = turn(anna, binh, RANDOM)
        for _ in range(packets_each_way):
            binh, anna = turn(binh, anna, RANDOM)
        highest = max(highest, anna.since_pq, binh.since_pq)

    # then the step is never further away than the bound and the turn that answers it
    assert highest <= 51 + 2 * packets_each_way + 1


def test_a_slow_exchange_takes_a_post_quantum_step_every_eight_days() -> None:
    anna, binh = established("slow exchange")
    steps = set()

    for day in range(60):
        at = NOW + day * 86_400
        anna, binh = turn(anna, binh, RANDOM, now=at)
        binh, anna = turn(binh, anna, RANDOM, now=at)
        steps.add(anna.last_pq_at)

    ordered = sorted(steps)
    assert len(ordered) >= 7
    assert all(later - earlier <= 8 * 86_400 for earlier, later in itertools.pairwise(ordered))
