"""The stored form of a session: canonical, bounded, and refused when it fits no sequence of steps."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secmsg.crypto.secret import Secret
from secmsg.errors import FormatError
from secmsg.protocol import state
from secmsg.protocol.skipped_keys import SkippedChain, SkippedKey, SkippedKeys
from secmsg.protocol.state import Session, Side
from tests.helpers.seeded_random import seeded
from tests.helpers.sessions import NOW, bare_pair, established, opened, seal, turn

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
    full = replace(full, skipped=SkippedKeys(chains))

    # when
    data = state.encode(full)

    # then
    assert len(data) <= state.MAX_STATE
    assert state.decode(data) == full
    assert full.skipped.total() == 8192


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


def misfits() -> dict[str, Session]:
    anna, binh = bare_pair(b"misfits")[:2]
    receiving, sending = binh.receiving, anna.sending
    assert receiving is not None
    assert sending is not None
    key = SkippedKey(Secret(bytes(32)), NOW)
    late = replace(binh, receiving=replace(receiving, epoch=3, n=5))

    def missing(*chains: SkippedChain) -> Session:
        return replace(late, skipped=SkippedKeys(chains))

    return {
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

    assert state.decode(state.encode(fitting)) == fitting


def test_another_version_is_refused() -> None:
    data = state.encode(VARIETY[0])

    with pytest.raises(FormatError):
        state.decode(b"\x02" + data[1:])


def test_nothing_secret_is_seen_in_a_printed_session() -> None:
    for session in VARIETY:
        text = repr(session)
        assert session.root.reveal().hex() not in text
        assert repr(session.root.reveal()) not in text
