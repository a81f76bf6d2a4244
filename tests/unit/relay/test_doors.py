"""Connections are counted at the door, by address and in all, and counted out again."""

import socket
from contextlib import closing

import pytest

from secmsg.relay.doors import Doors, Entrance, Visitor, who_is
from secmsg.relay.rations import Rations
from secmsg.relay.tally import Tally


def _doors(most: int = 10, each: int = 2) -> Doors:
    return Doors(most, each, Tally())


def test_one_address_has_its_share_and_another_its_own() -> None:
    doors = _doors()

    assert [doors.enter("a"), doors.enter("a"), doors.enter("a"), doors.enter("b")] == [True, True, False, True]
    doors.leave("a")
    assert doors.enter("a")
    assert doors.tally.turned_away == 1


def test_all_together_have_a_limit() -> None:
    doors = _doors(most=3, each=0)

    assert [doors.enter(who) for who in "aaab"] == [True, True, True, False]
    for _ in range(3):
        doors.leave("a")
    assert (doors.total, dict(doors.inside)) == (0, {})


@pytest.mark.parametrize(
    ("address", "who"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::/64"),
    ],
)
def test_a_caller_is_an_address_or_a_network(address: str, who: str) -> None:
    assert who_is(address) == who


def test_a_visitor_leaves_once_however_often_it_is_closed() -> None:
    doors = _doors(each=1)
    with closing(Entrance(socket.AF_INET, socket.SOCK_STREAM)) as entrance:
        entrance.doors = doors
        entrance.bind(("127.0.0.1", 0))
        entrance.listen()
        where = entrance.getsockname()
        with socket.create_connection(where), closing(entrance.accept()[0]) as visitor:
            assert isinstance(visitor, Visitor)
            assert doors.total == 1
            with socket.create_connection(where) as second:
                with pytest.raises(ConnectionAbortedError):
                    entrance.accept()
                assert second.recv(1) == b""
            visitor.close()
    assert doors.total == 0


def test_a_ration_ends_and_begins_with_the_day() -> None:
    rations = Rations()

    assert [rations.take("a", 40, 100, 7), rations.take("a", 60, 100, 7), rations.take("a", 1, 100, 7)] == [
        True,
        True,
        False,
    ]
    assert rations.take("b", 100, 100, 7)
    assert rations.take("a", 100, 100, 8)


def test_what_is_too_much_uses_nothing() -> None:
    rations = Rations()

    assert not rations.take("a", 101, 100, 7)
    assert rations.take("a", 100, 100, 7)
