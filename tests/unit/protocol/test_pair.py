"""One active and one draining session of two devices, crossing handshakes, generations."""

import itertools
from dataclasses import replace

import pytest

from secmsg.errors import NoSession, Replayed
from secmsg.ids import CertificateRef
from secmsg.protocol import pair as pairs
from secmsg.protocol.pair import DRAIN_SECONDS, Adoption, Pair
from secmsg.protocol.state import Session, Side
from secmsg.wire.handshake import ResetReason
from tests.helpers.seeded_random import seeded
from tests.helpers.sessions import NOW, bare_pair, device, initiate, respond, seal

RANDOM = seeded(b"pair tests")


def test_the_first_session_is_active() -> None:
    anna, _ = bare_pair(b"first")[:2]

    pair, adoption = pairs.adopt(Pair(), anna, now=NOW)

    assert (pair.active, pair.draining, adoption) == (anna, None, Adoption.FIRST)
    assert pairs.next_generation(Pair()) == 1
    assert pairs.next_generation(pair) == 2


def test_a_higher_generation_replaces_and_the_old_session_drains_for_72_hours() -> None:
    # given an active session with packets on their way
    anna, binh = bare_pair(b"old")[:2]
    anna, first = seal(anna, b"first", RANDOM)
    anna, second = seal(anna, b"second", RANDOM)
    new_anna, new_binh = bare_pair(b"new")[:2]
    new_binh = replace(new_binh, generation=2)

    # when a new one is adopted
    pair, adoption = pairs.adopt(Pair(binh), new_binh, now=NOW)

    # then both receive, and after 72 hours only the new one
    assert adoption is Adoption.REPLACED
    assert pair.active == new_binh
    pair, session, opened = pairs.receive(pair, first, now=NOW + DRAIN_SECONDS - 1)
    assert opened.payload == b"first"
    assert session.session_id == binh.session_id
    _, packet = seal(new_anna, b"new", RANDOM)
    pair, session, opened = pairs.receive(pair, packet, now=NOW + DRAIN_SECONDS)
    assert opened.payload == b"new"
    assert session.session_id == new_binh.session_id
    assert pair.draining is None
    with pytest.raises(NoSession):
        pairs.receive(pair, second, now=NOW + DRAIN_SECONDS)


def test_a_packet_opens_once_also_when_its_session_drains() -> None:
    anna, binh = bare_pair(b"drain once")[:2]
    _, packet = seal(anna, b"x", RANDOM)
    pair, _ = pairs.adopt(Pair(binh), replace(bare_pair(b"next")[1], generation=2), now=NOW)
    pair, _, _ = pairs.receive(pair, packet, now=NOW)

    with pytest.raises(Replayed):
        pairs.receive(pair, packet, now=NOW)


def test_a_third_session_drops_the_one_that_drained() -> None:
    sessions = [replace(bare_pair(bytes([n]))[1], generation=n) for n in (1, 2, 3)]
    pair = Pair()
    for session in sessions:
        pair, _ = pairs.adopt(pair, session, now=NOW)

    assert (pair.active, pair.draining) == (sessions[2], sessions[1])


def test_a_clock_set_back_does_not_prolong_draining() -> None:
    _, binh = bare_pair(b"clock")[:2]
    pair = Pair(binh, binh, NOW + 365 * 86_400)

    pair = pairs.settled(pair, now=NOW)

    assert pair.drain_until == NOW + DRAIN_SECONDS
    assert pairs.settled(pair, now=NOW + DRAIN_SECONDS) == Pair(binh)
    assert pairs.settled(Pair(binh), now=NOW) == Pair(binh)


def test_a_device_enrolled_anew_replaces_whatever_its_generation_is() -> None:
    # given an active session of the fifth generation
    _, active = bare_pair(b"active")[:2]
    pair = Pair(replace(active, generation=5))
    new = bare_pair(b"enrolled anew")[1]

    # when one end comes with another certificate, and counts from 1
    ref = CertificateRef(b"\x09" * 32)
    for other in (replace(new, peer_ref=ref), replace(new, own_ref=ref)):
        after, adoption = pairs.adopt(pair, other, now=NOW)

        # then it replaces
        assert (adoption, after.active, after.draining) == (Adoption.REPLACED, other, pair.active)

    # negative control: with the same certificates it is stale
    assert pairs.adopt(pair, new, now=NOW)[1] is Adoption.STALE


@pytest.mark.parametrize("generation", [1, 2])
def test_an_older_or_repeated_generation_is_not_taken(generation: int) -> None:
    _, active = bare_pair(b"active")[:2]
    pair = Pair(replace(active, generation=2))

    after, adoption = pairs.adopt(pair, replace(bare_pair(b"stale")[1], generation=generation), now=NOW)

    assert (after, adoption) == (pair, Adoption.STALE)


def test_nothing_opens_without_sessions() -> None:
    with pytest.raises(NoSession):
        pairs.receive(Pair(), bytes(512), now=NOW)


@pytest.mark.parametrize("seed", ["c1", "c2", "c3", "c4"])
@pytest.mark.parametrize("anna_first", [True, False])
def test_both_ends_of_crossing_handshakes_keep_the_same_one(seed: str, anna_first: bool) -> None:
    # given two devices that open a session to each other at once, and send more before they know
    anna, binh = device(11, seed + "a"), device(12, seed + "b")
    from_anna, to_binh = initiate(anna, binh, b"a")
    from_binh, to_anna = initiate(binh, anna, b"b")
    a_pair, _ = pairs.adopt(Pair(), from_anna, now=NOW)
    b_pair, _ = pairs.adopt(Pair(), from_binh, now=NOW)
    a_sent, more_of_anna = seal(from_anna, b"more of anna", RANDOM)
    a_pair = replace(a_pair, active=a_sent)

    # when the handshakes arrive
    a_pair, a_adoption = pairs.adopt(a_pair, respond(anna, to_anna, binh).session, now=NOW)
    b_pair, b_adoption = pairs.adopt(b_pair, respond(binh, to_binh, anna).session, now=NOW)

    # then the same session is active on both sides, the other drains on both
    assert a_pair.active is not None
    assert b_pair.active is not None
    assert a_pair.active.session_id == b_pair.active.session_id
    assert {a_adoption, b_adoption} == {Adoption.CROSSED, Adoption.DRAINS}
    kept = min(from_anna.transcript, from_binh.transcript)
    assert a_pair.active.transcript == kept

    # and what was sent meanwhile opens, as does what follows, whoever speaks first
    b_pair, _, opened = pairs.receive(b_pair, more_of_anna, now=NOW)
    assert opened.payload == b"more of anna"
    _converse(a_pair, b_pair) if anna_first else _converse(b_pair, a_pair)


def _converse(one: Pair, two: Pair) -> None:
    ends = [one, two]
    for round_, (sender, receiver) in enumerate(itertools.islice(itertools.cycle([(0, 1), (1, 0)]), 6)):
        active = ends[sender].active
        assert active is not None
        after, packet = seal(active, bytes([round_]), RANDOM)
        ends[sender] = replace(ends[sender], active=after)
        ends[receiver], session, opened = pairs.receive(ends[receiver], packet, now=NOW)
        assert opened.payload == bytes([round_])
        assert session.session_id == active.session_id


def test_a_reset_opens_a_new_generation_that_names_the_old_session() -> None:
    # given an established pair
    anna, binh = device(11, "ra", 0), device(12, "rb")
    old, message = initiate(anna, binh)
    b_pair, _ = pairs.adopt(Pair(), respond(binh, message, anna).session, now=NOW)
    a_pair = Pair(old)

    # when the initiator resets
    new, message = initiate(
        anna,
        binh,
        generation=pairs.next_generation(a_pair),
        previous=old.session_id,
        reason=ResetReason.STATE_RESTORED,
    )
    accepted = respond(binh, message, anna)
    b_pair, adoption = pairs.adopt(b_pair, accepted.session, now=NOW)

    # then it is a named break of continuity
    assert adoption is Adoption.REPLACED
    assert accepted.session.previous == old.session_id
    assert accepted.session.reason is ResetReason.STATE_RESTORED
    assert accepted.session.generation == 2
    assert new.session_id == accepted.session.session_id


def test_opposite_sides_are_needed_for_a_crossing() -> None:
    one, other = bare_pair(b"x")[0], bare_pair(b"y")[0]
    low, high = sorted((one, other), key=_transcript)

    mirrored = replace(low, side=Side.RESPONDER)

    assert pairs.adopt(Pair(high), mirrored, now=NOW)[1] is Adoption.CROSSED
    assert pairs.adopt(Pair(mirrored), high, now=NOW)[1] is Adoption.DRAINS
    assert pairs.adopt(Pair(high), low, now=NOW)[1] is Adoption.STALE


def _transcript(session: Session) -> bytes:
    return session.transcript
