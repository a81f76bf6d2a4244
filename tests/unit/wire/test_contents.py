"""The members' part of an edition has one encoding, and nothing else is read."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secmsg.errors import FormatError
from secmsg.ids import DeviceId, PersonId, StationId
from secmsg.wire import codec, contents
from secmsg.wire.contents import EMPTY, Block, Contents, MailboxEntry, PersonEntry, StationEntry
from tests.helpers.authority_world import HANOI, PARIS

BOX = MailboxEntry(StationId(7), DeviceId(2), b"m" * 32)
PERSON = PersonEntry(PersonId(2), StationId(7), "Nguyễn Văn A", "Tham tán")
FULL = Contents((BOX,), (HANOI, PARIS), (PERSON,))


@pytest.mark.parametrize("value", [EMPTY, FULL, replace(FULL, stations=())])
def test_contents_are_read_back(value: Contents) -> None:
    assert contents.decode_contents(contents.encode_contents(value)) == value


@given(st.sets(st.integers(1, 0xFFFF)), st.sets(st.integers(1, 0xFFFF)), st.sets(st.integers(1, 0xFFFF)))
def test_a_block_is_read_back(devices: set[int], stations: set[int], persons: set[int]) -> None:
    block = Block(
        FULL,
        tuple(DeviceId(each) for each in sorted(devices)),
        tuple(StationId(each) for each in sorted(stations)),
        tuple(PersonId(each) for each in sorted(persons)),
    )

    assert contents.decode_block(contents.encode_block(block)) == block


@pytest.mark.parametrize(
    "wrong",
    [
        replace(FULL, stations=(PARIS, HANOI)),
        replace(FULL, stations=(HANOI, HANOI)),
        replace(FULL, mailboxes=(BOX, BOX)),
        replace(FULL, persons=(PERSON, PERSON)),
        replace(FULL, mailboxes=(replace(BOX, secret=b"short"),)),
        replace(FULL, mailboxes=(replace(BOX, device=DeviceId(0)),)),
        replace(FULL, stations=(replace(HANOI, name_vi=""),)),
        replace(FULL, stations=(replace(HANOI, name_en="a\u202eb"),)),
        replace(FULL, stations=(replace(HANOI, timezone="z" * 41),)),
        replace(FULL, persons=(replace(PERSON, title="t" * 121),)),
    ],
)
def test_contents_out_of_bounds_are_not_written(wrong: Contents) -> None:
    with pytest.raises(FormatError):
        contents.encode_contents(wrong)


@pytest.mark.parametrize(
    "value",
    [
        {9: 1},
        {1: []},
        {1: [[2, 7]]},
        {2: [[1, "a", "b", "c", "d", "e"]]},
        {3: [[1, 1, "name"]]},
        {3: [1]},
        {4: [1]},
        [1],
    ],
)
def test_contents_of_another_shape_are_refused(value: codec.Value) -> None:
    with pytest.raises(FormatError):
        contents.decode_contents(codec.encode(value))


@pytest.mark.parametrize("value", [{4: [2, 1]}, {5: [0]}, {6: [1, 1]}, {7: [1]}, {4: []}])
def test_a_block_of_another_shape_is_refused(value: codec.Value) -> None:
    with pytest.raises(FormatError):
        contents.decode_block(codec.encode(value))


def test_a_mailbox_secret_stays_out_of_the_repr() -> None:
    assert "mmmm" not in repr(FULL)


def test_the_largest_directory_fits_the_bound_of_items() -> None:
    largest = Contents(
        tuple(MailboxEntry(StationId(1), DeviceId(each), bytes(32)) for each in range(1, 2049)),
        tuple(replace(HANOI, id=StationId(each)) for each in range(1, 2049)),
        tuple(PersonEntry(PersonId(each), StationId(1), "A", "B") for each in range(1, 2049)),
    )

    assert contents.decode_contents(contents.encode_contents(largest)) == largest


def test_a_station_entry_is_a_plain_value() -> None:
    assert replace(PARIS, id=StationId(8)) == StationEntry(
        StationId(8), PARIS.name_vi, PARIS.name_en, "Paris", "Europe/Paris", PARIS.symbol, "PARIS"
    )
