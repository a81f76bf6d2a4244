"""Header keys of many sessions held ready: the same answer as each session gives by itself."""

import pytest

from secmsg.errors import FormatError
from secmsg.protocol import session as sessions
from secmsg.protocol.header_table import HeaderTable
from secmsg.protocol.state import Session
from tests.helpers.seeded_random import seeded
from tests.helpers.sessions import bare_pair, opened, seal, turn

RANDOM = seeded(b"header table")


def conversations(count: int) -> list[tuple[Session, Session]]:
    """Return pairs in several moments: fresh, turned, with packets missing of an older chain."""
    pairs = []
    for number in range(count):
        anna, binh, _, _ = bare_pair(b"header table %d" % number)
        for _ in range(number % 3):
            anna, binh = turn(anna, binh, RANDOM)
            anna, _ = seal(anna, b"lost", RANDOM)
            binh, anna = turn(binh, anna, RANDOM)
        pairs.append((anna, binh))
    return pairs


def test_the_session_found_is_the_one_that_recognises_the_packet() -> None:
    # given
    pairs = conversations(9)
    table = HeaderTable()
    for _, binh in pairs:
        table.put(binh)

    # then for each packet it is found, whatever stands before and after it
    for anna, binh in pairs:
        _, packet = seal(anna, b"x", RANDOM)
        found = table.find(packet)
        assert found == binh.session_id
        assert [each.session_id for _, each in pairs if sessions.recognises(each, packet)] == [found]


def test_a_packet_of_an_older_chain_is_found_as_long_as_it_is_missing() -> None:
    # given a packet that was overtaken by the next chain
    anna, binh = conversations(1)[0]
    anna, late = seal(anna, b"late", RANDOM)
    anna, binh = turn(anna, binh, RANDOM)
    binh, anna = turn(binh, anna, RANDOM)
    anna, binh = turn(anna, binh, RANDOM)
    table = HeaderTable()
    table.put(binh)
    assert table.find(late) == binh.session_id

    # when it has come, then the table follows
    binh, _ = opened(binh, late)
    table.put(binh)
    assert table.find(late) is None


def test_a_session_dropped_is_not_found() -> None:
    anna, binh = conversations(1)[0]
    _, packet = seal(anna, b"x", RANDOM)
    table = HeaderTable()
    table.put(binh)

    table.drop(binh.session_id)
    table.drop(binh.session_id)

    assert table.find(packet) is None


def test_what_is_too_short_for_a_packet_is_a_format_error() -> None:
    with pytest.raises(FormatError):
        HeaderTable().find(bytes(151))
