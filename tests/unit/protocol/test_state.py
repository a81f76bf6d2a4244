"""The stored form of a session: canonical, bounded, and refused when it fits no sequence of steps."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secmsg.crypto.secret import Secret
from secmsg.errors import FormatError
from secmsg.protocol import state
from secmsg.protocol.skipped_keys import SkippedChain, SkippedKey, SkippedKeys
from secmsg.protocol.state import Origin, Session, Side
from secmsg.protocol.thin_keys import ThinChain, ThinKeys, ThinReceivingChain
from tests.helpers.seeded_random import seeded
from tests.helpers.sessions import NOW, bare_pair, established, opened, seal, turn
from tests.vectors import frame

RANDOM = seeded(b"state tests")


def variety() -> list[Session]:
    """Return states of every shape: fresh, turned, with offers, answers and missing packets."""
    anna, binh = established("variety")
    states = [anna, binh]
    binh, _ = seal(binh, b"lost", RANDOM)
    binh, anna = turn(binh, anna, RANDOM)
    states += [anna, binh]
    anna, _ = seal(anna, b"missing", RANDOM)
    anna = replace(anna, since_pq=60)
    anna, packet = seal(anna, b"x", RANDOM)
    binh, _ = opened(binh, packet)
    states += [anna, binh]
    for _ in range(3):
        binh, anna = turn(binh, anna, RANDOM)
        anna, binh = turn(anna, binh, RANDOM)
        states += [anna, binh]
    return states


VARIETY = variety()


@pytest.mark.parametrize("number", range(len(VARIETY)))
def test_every_state_comes_back_as_it_was(number: int) -> None:
    session = VARIETY[number]

    assert state.decode(state.encode(session)) == session


@pytest.mark.parametrize("number", range(len(VARIETY)))
def test_a_state_cut_short_or_lengthened_is_refused(number: int) -> None:
    data = state.encode(VARIETY[number])

    for length in range(len(data)):
        with pytest.raises(FormatError):
            state.decode(data[:length])
    with pytest.raises(FormatError):
        state.decode(data + b"\x00")


def test_a_state_longer_than_any_is_refused_before_it_is_read() -> None:
    with pytest.raises(FormatError):
        state.decode(bytes(state.MAX_STATE + 1))


def test_the_fullest_state_is_within_the_bound() -> None:
    # given four chains with all keys they may keep, and all fields in use
    anna, binh = established("full")
    fullest = max(VARIETY, key=lambda session: len(state.encode(session)))
    keys = {n: SkippedKey(Secret(bytes(32)), NOW) for n in range(2048)}
    assert binh.receiving is not None
    assert anna.sending is not None
    receiving = replace(binh.receiving, epoch=8, n=2048, offer=bytes(1184))
    chains = tuple(SkippedChain(epoch, receiving.header_key, keys) for epoch in (2, 4, 6, 8))
    sending = replace(anna.sending, epoch=9, answer=bytes(1088))
    full = replace(fullest, side=Side.INITIATOR, receiving=receiving, sending=sending)
    kept = {n: SkippedKey(Secret(bytes(32)), NOW) for n in range(1024)}
    thin = [ThinReceivingChain(epoch, 1024, Secret(bytes(32)), Secret(bytes(32)), NOW, kept) for epoch in (4, 6, 8)]
    own = ThinChain(7, 0, Secret(bytes(32)), Secret(bytes(32)), NOW)
    full = replace(full, thin=ThinKeys(replace(own, epoch=9), own, tuple(thin)), skipped=SkippedKeys(chains))

    # when
    data = state.encode(full)

    # then
    assert len(data) <= state.MAX_STATE
    assert state.decode(data) == full
    assert full.skipped.total() == 8192
    assert len(data) > 0.9 * state.MAX_STATE


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_any_changed_byte_is_refused_or_decodes_to_what_encodes_so(data: st.DataObject) -> None:
    encoded = bytearray(state.encode(data.draw(st.sampled_from(VARIETY))))
    position = data.draw(st.integers(0, len(encoded) - 1))
    encoded[position] ^= data.draw(st.integers(1, 255))

    try:
        session = state.decode(bytes(encoded))
    except FormatError:
        return
    assert state.encode(session) == bytes(encoded)


@given(st.binary(max_size=3000))
def test_junk_is_a_format_error(data: bytes) -> None:
    with pytest.raises(FormatError):
        state.decode(data)


THIN_KEY = Secret(bytes(32))


def received(epoch: int, *kept: int, counter: int = 5) -> ThinReceivingChain:
    keys = {n: SkippedKey(THIN_KEY, NOW) for n in kept}
    return ThinReceivingChain(epoch, counter, THIN_KEY, THIN_KEY, NOW, keys)


def misfits() -> dict[str, Session]:
    anna, binh = bare_pair(b"misfits")[:2]
    receiving, sending = binh.receiving, anna.sending
    assert receiving is not None
    assert sending is not None
    key = SkippedKey(Secret(bytes(32)), NOW)
    late = replace(binh, receiving=replace(receiving, epoch=3, n=5))

    def missing(*chains: SkippedChain) -> Session:
        return replace(late, skipped=SkippedKeys(chains))

    def thin(side: Session, *receiving: ThinReceivingChain, own: tuple[int, int] = (0, 0)) -> Session:
        sending, unconfirmed = (ThinChain(epoch, 0, THIN_KEY, THIN_KEY, NOW) if epoch else None for epoch in own)
        return replace(side, thin=ThinKeys(unconfirmed, sending, receiving))

    return {
        "thin chains of the peer's as own": thin(anna, own=(2, 0)),
        "an unconfirmed thin chain of the peer's": thin(anna, own=(0, 2)),
        "an unconfirmed thin chain before the one in use": thin(anna, own=(3, 1)),
        "own thin chains received": thin(anna, received(1)),
        "thin chains out of order": thin(binh, received(3), received(1)),
        "a thin chain twice": thin(binh, received(3), received(3)),
        "a key kept of a thin packet to come": thin(binh, received(3, 5)),
        "thin keys not in order": thin(binh, received(3, 2, 1)),
        "too many thin keys": thin(binh, received(3, *range(5), *range(5, 1025), counter=2000)),
        "too many thin chains": thin(binh, *[received(epoch) for epoch in (1, 3, 5, 7)]),
        "no fat chain in a session of a handshake": replace(anna, sending=None, origin=Origin.PROVISIONED),
        "generation 0": replace(anna, generation=0),
        "no chain at all": replace(anna, sending=None),
        "a responder that began": replace(anna, side=Side.RESPONDER),
        "an initiator's own chain received": replace(binh, side=Side.INITIATOR),
        "a first chain that is not the first": replace(anna, sending=replace(sending, epoch=3)),
        "a gap between the chains": replace(binh, sending=replace(sending, epoch=4)),
        "a sending chain of the peer's": replace(binh, sending=replace(sending, epoch=3)),
        "missing packets of the own chain": missing(SkippedChain(2, receiving.header_key, {0: key})),
        "missing packets of a chain to come": missing(SkippedChain(5, receiving.header_key, {0: key})),
        "missing packets out of order": missing(
            SkippedChain(3, receiving.header_key, {0: key}), SkippedChain(1, receiving.header_key, {0: key})
        ),
        "missing packets ahead": missing(SkippedChain(3, receiving.header_key, {5: key})),
        "missing packets under another key": missing(SkippedChain(3, Secret(bytes(64)), {0: key})),
        "missing packets of no chain": replace(
            anna, skipped=SkippedKeys((SkippedChain(2, Secret(bytes(64)), {0: key}),))
        ),
        "a chain that misses nothing": missing(SkippedChain(1, receiving.header_key, {})),
        "keys not in order": missing(SkippedChain(1, receiving.header_key, {1: key, 0: key})),
        "too many keys": missing(SkippedChain(1, receiving.header_key, dict.fromkeys(range(2049), key))),
        "too many chains": missing(*[SkippedChain(n, Secret(bytes(64)), {0: key}) for n in range(1, 10, 2)]),
    }


@pytest.mark.parametrize("name", misfits())
def test_a_state_that_no_sequence_of_steps_makes_is_refused(name: str) -> None:
    data = state.encode(misfits()[name])

    with pytest.raises(FormatError):
        state.decode(data)


def test_the_fitting_neighbours_of_the_misfits_are_taken() -> None:
    # negative control of the test above
    _, binh = bare_pair(b"misfits")[:2]
    receiving = binh.receiving
    assert receiving is not None
    key = SkippedKey(Secret(bytes(32)), NOW)
    late = replace(binh, receiving=replace(receiving, epoch=3, n=5))
    chains = (
        SkippedChain(1, receiving.header_key, {0: key, 1: key}),
        SkippedChain(3, receiving.header_key, {4: key}),
    )

    fitting = replace(late, skipped=SkippedKeys(chains))
    own = [ThinChain(epoch, 0, THIN_KEY, THIN_KEY, NOW) for epoch in (2, 4)]
    fitting = replace(fitting, thin=ThinKeys(own[1], own[0], (received(1), received(3, 1, 2, 4))))
    paper = replace(late, sending=None, receiving=None, origin=Origin.PAPER)

    assert state.decode(state.encode(fitting)) == fitting
    assert state.decode(state.encode(paper)) == paper


@pytest.mark.parametrize("version", [0, 1, 3, 255])
def test_another_version_is_refused(version: int) -> None:
    data = state.encode(VARIETY[0])

    with pytest.raises(FormatError):
        state.decode(bytes([version]) + data[1:])


VERSION_1 = [bytes.fromhex(test["state"]) for test in frame.load("suite1/session_version_1").accepted()]


@pytest.mark.parametrize("number", range(len(VERSION_1)))
def test_a_state_kept_before_there_were_thin_packets_comes_back(number: int) -> None:
    kept = VERSION_1[number]

    session = state.decode(kept)

    assert kept[0] == 1
    assert session.origin is Origin.HANDSHAKE
    chains = (session.thin.unconfirmed, session.thin.sending, *session.thin.receiving)
    assert {chain.began_at for chain in chains if chain is not None} == {session.established_at}
    assert state.decode(state.encode(session)) == session
    for length in range(len(kept)):
        with pytest.raises(FormatError):
            state.decode(kept[:length])


@pytest.mark.parametrize(("_file", "vector"), frame.cases("suite1/session_version_1", expect="refused"))
def test_what_is_no_state_of_version_1_is_refused(_file: frame.File, vector: frame.Test) -> None:
    with frame.refusal(vector):
        state.decode(bytes.fromhex(vector["state"]))


def test_a_conversation_kept_before_there_were_thin_packets_goes_on() -> None:
    anna, binh = (state.decode(kept) for kept in VERSION_1[:2])

    binh, anna = turn(binh, anna, RANDOM)
    anna, binh = turn(anna, binh, RANDOM)

    assert anna.thin.sending is not None
    assert binh.thin.sending is not None
    assert binh.thin.sending.epoch == 2


@pytest.mark.parametrize("origin", Origin)
def test_the_origin_of_a_session_is_kept(origin: Origin) -> None:
    session = replace(VARIETY[0], origin=origin)

    assert state.decode(state.encode(session)).origin is origin


def test_an_unknown_origin_is_refused() -> None:
    data = bytearray(state.encode(VARIETY[0]))
    where = 1 + 1 + 16 + 32 + 2 + 2 + 32 + 32 + 4 + 16 + 1 + 1
    assert data[where] == Origin.HANDSHAKE

    data[where] = 3

    with pytest.raises(FormatError):
        state.decode(bytes(data))


def test_nothing_secret_is_seen_in_a_printed_session() -> None:
    for session in VARIETY:
        text = repr(session)
        assert session.root.reveal().hex() not in text
        assert repr(session.root.reveal()) not in text
