"""Keys of missing packets: bounds of chains and keys."""

from secmsg.crypto.secret import Secret
from secmsg.protocol.skipped_keys import LIFE, MAX_CHAINS, MAX_PER_CHAIN, MAX_TOTAL, SkippedKeys


def key(n: int) -> Secret:
    return Secret(n.to_bytes(32))


def passed(start: int, end: int) -> dict[int, Secret]:
    return {n: key(n) for n in range(start, end)}


def test_a_key_is_found_until_it_is_used() -> None:
    kept = SkippedKeys().adding(1, key(0), passed(0, 3), 10)

    assert kept.find(1, 2) == key(2)
    assert kept.find(1, 3) is None
    assert kept.find(3, 2) is None
    assert kept.without(1, 2).find(1, 2) is None
    assert kept.without(3, 2) == kept


def test_a_chain_grows_and_drops_its_oldest_places_first() -> None:
    kept = SkippedKeys().adding(1, key(0), passed(0, 10), 10)

    kept = kept.adding(1, key(0), passed(20, 20 + MAX_PER_CHAIN), 11)

    assert kept.total() == MAX_PER_CHAIN
    assert kept.find(1, 9) is None
    assert kept.find(1, 20) == key(20)


def test_the_oldest_chain_goes_first() -> None:
    kept = SkippedKeys()

    for epoch in range(1, 2 * MAX_CHAINS + 2, 2):
        kept = kept.adding(epoch, key(epoch), passed(0, MAX_PER_CHAIN), 10)

    assert [chain.epoch for chain in kept.chains] == [3, 5, 7, 9]
    assert kept.total() == MAX_TOTAL


def test_the_last_key_of_a_chain_takes_the_header_key_with_it() -> None:
    kept = SkippedKeys().adding(1, key(7), passed(0, 1), 10)

    assert kept.without(1, 0) == SkippedKeys()


def test_only_old_keys_are_wiped() -> None:
    # given keys of two days
    kept = SkippedKeys().adding(1, key(0), passed(0, 2), 10).adding(1, key(0), passed(2, 4), 20)

    # when the first ones are thirty days old
    later = kept.settled(10 + LIFE)

    # then
    assert later.find(1, 1) is None
    assert later.find(1, 2) == key(2)
    assert kept.settled(9 + LIFE) is kept
    assert kept.settled(20 + LIFE) == SkippedKeys()
    assert SkippedKeys().settled(5) == SkippedKeys()
