"""The table of tags: it finds what may come, follows the sessions, and is as if built anew."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secmsg.crypto import hashing
from secmsg.crypto.hashing import KeyedHash
from secmsg.crypto.secret import Secret
from secmsg.errors import FormatError
from secmsg.protocol.skipped_keys import SkippedKey
from secmsg.protocol.state import Session
from secmsg.protocol.thin_keys import ThinReceivingChain
from secmsg.protocol.thin_table import Place, ThinTable
from tests.helpers.seeded_random import seeded
from tests.helpers.sessions import NOW, turn
from tests.helpers.thin import sealed, taken, talking

KEY = Secret(bytes(32))


def with_chain(counter: int, *kept: int, epoch: int = 1, tag_key: bytes = b"tags") -> Session:
    base = talking(b"table")[1]
    keys = {n: SkippedKey(KEY, NOW) for n in kept}
    chain = ThinReceivingChain(epoch, counter, KEY, Secret(tag_key.ljust(32, b"\0")), NOW, keys)
    return replace(base, thin=replace(base.thin, receiving=(chain,)))


def tag(counter: int, key: bytes = b"tags") -> bytes:
    return hashing.hmac_sha256(Secret(key.ljust(32, b"\0")), counter.to_bytes(4))[:4]


def counters(table: ThinTable, packet: bytes) -> list[int]:
    return [place.counter for place in table.find(packet)]


def test_the_keyed_hash_is_the_hmac_of_packets() -> None:
    key = Secret(b"key")

    assert KeyedHash(key).digest(b"abc") == hashing.hmac_sha256(key, b"abc")


@pytest.mark.parametrize("window", [0, 255, 1025])
def test_a_window_out_of_bounds_is_refused(window: int) -> None:
    with pytest.raises(FormatError):
        ThinTable(window=window)


@pytest.mark.parametrize("window", [256, 1024])
def test_the_places_found_are_those_of_the_specification(window: int) -> None:
    # given a chain far on, with two old keys kept
    start = 10_000
    table = ThinTable([with_chain(start, 7, 5_000)], window=window)

    # then
    found = {counter for counter in range(start + 70_000) if counters(table, tag(counter)) == [counter]}
    near = set(range(start - window, start + window))
    far = {n for n in range(start + window, start + 65_537) if n % 64 == 0}
    assert found == near | far | {7, 5_000}


def test_no_place_lies_beyond_the_last_counter() -> None:
    table = ThinTable([with_chain(0xFFFF_FFFE)])

    assert counters(table, tag(0xFFFF_FFFE)) == [0xFFFF_FFFE]
    assert counters(table, tag(0xFFFF_FFFF)) == []


def test_the_third_chain_back_has_no_sparse_table() -> None:
    base = with_chain(0)
    chains = tuple(ThinReceivingChain(epoch, 0, KEY, Secret(bytes([epoch]) * 32), NOW) for epoch in (1, 3, 5))
    table = ThinTable([replace(base, thin=replace(base.thin, receiving=chains))])

    for chain in chains:
        key = chain.tag_key.reveal()
        assert [place.epoch for place in table.find(tag(3, key))] == [chain.epoch]
        assert [place.epoch for place in table.find(tag(6_400, key))] == ([] if chain.epoch == 1 else [chain.epoch])


def test_a_session_dropped_is_not_found() -> None:
    session = with_chain(0)
    table = ThinTable([session])

    table.drop(session.session_id)
    table.drop(session.session_id)

    assert counters(table, tag(0)) == []
    assert len(table) == 0


def test_the_session_changed_last_is_searched_first() -> None:
    # given two sessions with the same tags
    first = with_chain(0)
    second = replace(first, session_id=talking(b"second")[0].session_id)
    table = ThinTable([first, second])
    assert [place.session_id for place in table.find(tag(0))] == [second.session_id, first.session_id]

    table.put(first)

    assert list(table.find(tag(0))) == [Place(first.session_id, 1, 0), Place(second.session_id, 1, 0)]


def test_bytes_that_are_no_tag_of_their_own_are_no_hit() -> None:
    # given the table's tags side by side, four bytes that lie across two of them
    table = ThinTable([with_chain(0)])
    across = (tag(10) + tag(11))[2:6]

    assert counters(table, across) == []


def test_a_table_holds_the_near_tags_at_once_and_the_far_ones_when_a_packet_needs_them() -> None:
    table = ThinTable([with_chain(1_000, 7)])
    assert len(table) == 2 * 256 + 1

    assert next(table.find(tag(1_100))).counter == 1_100
    assert len(table) == 2 * 256 + 1

    assert counters(table, b"junk") == []
    assert len(table) == 2 * 256 + 1 + 1_020


@given(st.lists(st.tuples(st.integers(0, 3_000), st.sets(st.integers(0, 3_000), max_size=4)), min_size=1, max_size=6))
@settings(max_examples=40, deadline=None)
def test_a_table_that_followed_is_as_one_built_anew(steps: list[tuple[int, set[int]]]) -> None:
    # given a session that goes on, falls back, and changes what it misses
    followed = ThinTable()
    session = with_chain(0)
    for counter, kept in steps:
        session = with_chain(counter, *sorted(n for n in kept if n < counter))
        followed.put(session)
        list(followed.find(b"junk"))

    # then
    anew = ThinTable([session])
    for counter in range(0, 3_300, 7):
        assert counters(followed, tag(counter)) == counters(anew, tag(counter))
    assert counters(followed, tag(65_536)) == counters(anew, tag(65_536))


@pytest.mark.parametrize(("first", "then"), [(200, 100), (100, 200), (5_000, 100), (100, 5_000), (300, 300)])
def test_a_table_follows_a_state_that_was_put_back(first: int, then: int) -> None:
    table = ThinTable([with_chain(first)])
    list(table.find(b"junk"))

    table.put(with_chain(then))

    found = {counter for counter in range(then + 600) if counters(table, tag(counter)) == [counter]}
    near = set(range(max(0, then - 256), then + 256))
    assert found == near | {counter for counter in range(then + 256, then + 600) if counter % 64 == 0}


def test_a_table_follows_a_conversation() -> None:
    # given
    random = seeded(b"follow")
    anna, binh = talking(b"follow")
    table = ThinTable([binh])

    # when fat packets begin chains and thin ones use them
    for number in range(4):
        anna, binh = turn(anna, binh, random)
        binh, anna = turn(binh, anna, random)
        table.put(binh)
        anna, packet = sealed(anna, bytes([number + 1]))
        (place,) = table.find(packet)
        sending = anna.thin.sending
        assert sending is not None
        assert place == Place(binh.session_id, sending.epoch, sending.counter - 1)
        binh, _ = taken(binh, packet)

    # then a chain with another tag key under a known epoch is not mistaken for it
    (*_, newest) = binh.thin.receiving
    other = replace(newest, tag_key=KEY)
    table.put(replace(binh, thin=replace(binh.thin, receiving=(other,))))
    assert counters(table, tag(5, bytes(32))) == [5]


def test_the_sparse_table_reaches_to_its_last_place_and_no_further() -> None:
    table = ThinTable([with_chain(0)])

    assert counters(table, tag(65_536)) == [65_536]
    assert counters(table, tag(65_600)) == []
