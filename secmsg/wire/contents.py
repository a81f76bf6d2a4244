"""What only members read of an edition: mailbox secrets, stations, persons (docs/spec/directory.md 4)."""

import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from secmsg.errors import FormatError
from secmsg.ids import DeviceId, PersonId, StationId
from secmsg.wire import codec
from secmsg.wire.codec import Fields, Value

SECRET_SIZE = 32
"""Bytes of a mailbox secret."""

MAX_LISTED = 2048
"""Devices, and as many persons and stations, in one directory."""

MAX_CONTENTS = 3 * 1024 * 1024
"""Bytes of encoded contents or of a block before sealing."""

MAX_NAME = 120
MAX_SHORT_NAME = 40

_MAX_ITEMS = 1 + 6 * (2 + 11 * MAX_LISTED)
_MAX_ID = 0xFFFF

_Entry = TypeVar("_Entry")
_Id = TypeVar("_Id", bound=int)


@dataclass(frozen=True, slots=True)
class MailboxEntry:
    """The secret (32 B) from which everybody listed derives where to deposit for this device."""

    station: StationId
    device: DeviceId
    secret: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class StationEntry:
    """A station's names, its zone ("Europe/Paris"), its symbol and its name in cable numbers ("PARIS")."""

    id: StationId
    name_vi: str
    name_en: str
    place: str
    timezone: str
    symbol: str
    mrn_name: str


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """The name and the title under which a person signs."""

    id: PersonId
    station: StationId
    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything of an edition that only members read; each tuple rises by its identifier."""

    mailboxes: tuple[MailboxEntry, ...]
    stations: tuple[StationEntry, ...]
    persons: tuple[PersonEntry, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """The sealed block in the clear: entries that are new or changed, and identifiers that are gone."""

    put: Contents
    removed_devices: tuple[DeviceId, ...] = ()
    removed_stations: tuple[StationId, ...] = ()
    removed_persons: tuple[PersonId, ...] = ()


EMPTY = Contents((), (), ())


def encode_contents(contents: Contents) -> bytes:
    """Write the whole contents as deterministic CBOR; FormatError on a value out of bounds."""
    encoded = codec.encode(_contents_value(contents))
    decode_contents(encoded)
    return encoded


def decode_contents(data: bytes) -> Contents:
    """Read the whole contents, every byte; FormatError on anything that `encode_contents` does not write."""
    fields = Fields(codec.decode(data, max_bytes=MAX_CONTENTS, max_items=_MAX_ITEMS), "contents")
    contents = _read_contents(fields)
    fields.done()
    return contents


def encode_block(block: Block) -> bytes:
    """Write a block as deterministic CBOR; FormatError on a value out of bounds."""
    value = dict(_contents_value(block.put))
    for key, removed in (
        (4, block.removed_devices),
        (5, block.removed_stations),
        (6, block.removed_persons),
    ):
        if removed:
            value[key] = list(removed)
    encoded = codec.encode(value)
    decode_block(encoded)
    return encoded


def decode_block(data: bytes) -> Block:
    """Read a block, every byte; FormatError on anything that `encode_block` does not write."""
    fields = Fields(codec.decode(data, max_bytes=MAX_CONTENTS, max_items=_MAX_ITEMS), "block")
    block = Block(
        put=_read_contents(fields),
        removed_devices=_read_ids(fields, 4, DeviceId),
        removed_stations=_read_ids(fields, 5, StationId),
        removed_persons=_read_ids(fields, 6, PersonId),
    )
    fields.done()
    return block


def _contents_value(contents: Contents) -> dict[int, Value]:
    lists: dict[int, list[Value]] = {
        1: [[entry.device, entry.station, entry.secret] for entry in contents.mailboxes],
        2: [
            [
                entry.id,
                entry.name_vi,
                entry.name_en,
                entry.place,
                entry.timezone,
                entry.symbol,
                entry.mrn_name,
            ]
            for entry in contents.stations
        ],
        3: [[entry.id, entry.station, entry.name, entry.title] for entry in contents.persons],
    }
    return {key: entries for key, entries in lists.items() if entries}


def _read_contents(fields: Fields) -> Contents:
    return Contents(
        mailboxes=_read_entries(fields, 1, _read_mailbox, lambda entry: entry.device),
        stations=_read_entries(fields, 2, _read_station, lambda entry: entry.id),
        persons=_read_entries(fields, 3, _read_person, lambda entry: entry.id),
    )


def _read_entries(
    fields: Fields, key: int, read: Callable[[Value], _Entry], identifier: Callable[[_Entry], int]
) -> tuple[_Entry, ...]:
    entries = tuple(read(value) for value in fields.array_or_empty(key, MAX_LISTED))
    _check_rising(identifier(entry) for entry in entries)
    return entries


def _read_mailbox(value: Value) -> MailboxEntry:
    device, station, secret = codec.as_array(value, 3, 3, "mailbox")
    return MailboxEntry(
        station=StationId(codec.as_uint(station, 1, _MAX_ID, "station")),
        device=DeviceId(codec.as_uint(device, 1, _MAX_ID, "device")),
        secret=codec.as_raw(secret, SECRET_SIZE, SECRET_SIZE, "mailbox secret"),
    )


def _read_station(value: Value) -> StationEntry:
    number, name_vi, name_en, place, timezone, symbol, mrn_name = codec.as_array(value, 7, 7, "station")
    return StationEntry(
        id=StationId(codec.as_uint(number, 1, _MAX_ID, "station")),
        name_vi=codec.as_text(name_vi, 1, MAX_NAME, "Vietnamese name"),
        name_en=codec.as_text(name_en, 1, MAX_NAME, "English name"),
        place=codec.as_text(place, 1, MAX_NAME, "place"),
        timezone=codec.as_text(timezone, 1, MAX_SHORT_NAME, "time zone"),
        symbol=codec.as_text(symbol, 1, MAX_SHORT_NAME, "symbol"),
        mrn_name=codec.as_text(mrn_name, 1, MAX_SHORT_NAME, "name in cable numbers"),
    )


def _read_person(value: Value) -> PersonEntry:
    number, station, name, title = codec.as_array(value, 4, 4, "person")
    return PersonEntry(
        id=PersonId(codec.as_uint(number, 1, _MAX_ID, "person")),
        station=StationId(codec.as_uint(station, 1, _MAX_ID, "station")),
        name=codec.as_text(name, 1, MAX_NAME, "name"),
        title=codec.as_text(title, 1, MAX_NAME, "title"),
    )


def _read_ids(fields: Fields, key: int, kind: Callable[[int], _Id]) -> tuple[_Id, ...]:
    values = fields.array_or_empty(key, MAX_LISTED)
    numbers = [codec.as_uint(value, 1, _MAX_ID, "removed entry") for value in values]
    _check_rising(numbers)
    return tuple(kind(number) for number in numbers)


def _check_rising(identifiers: Iterable[int]) -> None:
    # One order, each identifier once: the contents of one edition have one encoding and so one hash.
    if any(first >= second for first, second in itertools.pairwise(identifiers)):
        raise FormatError("the entries are not in rising order of their identifiers")
