"""Mailboxes are found by members only, and nobody joins them."""

import itertools

import pytest

from secmsg.authority.mailbox import Lane, mailbox, reader_key, week_of
from secmsg.crypto import signing
from secmsg.crypto.secret import Secret
from secmsg.errors import FormatError
from secmsg.ids import RelayId, Week

SECRET = Secret(bytes(range(32)))
RELAYS = (RelayId(b"a" * 16), RelayId(b"b" * 16))


def test_every_relay_week_and_lane_has_a_mailbox_of_its_own() -> None:
    places = list(itertools.product(RELAYS, (Week(0), Week(2967)), Lane))

    values = [value for relay, week, lane in places for value in mailbox(SECRET, relay, week, lane)]

    assert len(set(values)) == 2 * len(places)
    assert all(len(value) == 16 for value in values)


def test_two_members_derive_the_same_mailbox() -> None:
    assert mailbox(SECRET, RELAYS[0], Week(1)) == mailbox(Secret(SECRET.reveal()), RELAYS[0], Week(1), Lane.NORMAL)


def test_another_secret_gives_another_mailbox() -> None:
    assert mailbox(SECRET, RELAYS[0], Week(1)) != mailbox(Secret(bytes(32)), RELAYS[0], Week(1))


def test_the_reader_key_comes_from_the_devices_own_seed() -> None:
    first = reader_key(SECRET, RELAYS[0], Week(1))
    again = reader_key(SECRET, RELAYS[0], Week(1), Lane.NORMAL)
    keys = {reader_key(SECRET, relay, week).public for relay in RELAYS for week in (Week(1), Week(2))}

    signing.reader_verify(first.public, b"fetch", signing.reader_sign(again, b"fetch"))
    assert len(keys) == 4


def test_wrong_sizes_are_refused() -> None:
    with pytest.raises(FormatError):
        mailbox(Secret(b"short"), RELAYS[0], Week(1))
    with pytest.raises(FormatError):
        reader_key(Secret(b"short"), RELAYS[0], Week(1))
    with pytest.raises(FormatError):
        mailbox(SECRET, RelayId(b"short"), Week(1))
    with pytest.raises(FormatError):
        mailbox(SECRET, RELAYS[0], Week(-1))


def test_a_week_starts_with_the_epoch() -> None:
    assert [week_of(time) for time in (0, 604_799, 604_800)] == [0, 0, 1]
