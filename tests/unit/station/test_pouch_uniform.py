"""A pouch looks like random bytes of an odd length: every byte, every place, every size.

The bounds are such that an honest pouch fails once in about a million runs.
"""

from collections import Counter
from collections.abc import Sequence

from secmsg.crypto import randomness
from secmsg.crypto.secret import Secret
from secmsg.ids import DeviceId, MessageId
from secmsg.station import pouch_sealing
from secmsg.wire import pouch as wire
from secmsg.wire.pouch import EnvelopeRecord, Head

ROOT = Secret(randomness.system(32))
DEVICES = (DeviceId(2), DeviceId(3))
LOW, HIGH = 150, 390
"""Chi-square over 256 values: 255 expected, 23 its deviation."""


def stream(envelopes: int, tail: int) -> bytes:
    """Make the plaintext of a pouch: the same device, rising ids, bodies that are random as sealed ones are."""
    records = [
        wire.encode_record(EnvelopeRecord(DEVICES[0], MessageId(number.to_bytes(16)), randomness.system(512)))
        for number in range(envelopes)
    ]
    size = sum(map(len, records))
    content = wire.encode_head(Head(1_790_000_000, 0, envelopes, 0, size)) + b"".join(records)
    return content.ljust(wire.stream_size(len(content), tail), b"\0")


def pouch(envelopes: int = 3) -> bytes:
    salt, key = randomness.system(32), Secret(randomness.system(32))
    tail = int.from_bytes(randomness.system(2)) & wire.MAX_TAIL
    sealer = pouch_sealing.encryptor(key, salt)
    slots = pouch_sealing.slots(ROOT, salt, key, DEVICES, randomness.system)
    return wire.front(salt, slots) + sealer.update(stream(envelopes, tail)) + sealer.finalize()


def chi_square(counts: Sequence[int]) -> float:
    expected = sum(counts) / len(counts)
    return sum((count - expected) ** 2 / expected for count in counts)


def over_bytes(data: bytes) -> float:
    counted = Counter(data)
    return chi_square([counted[value] for value in range(256)])


def uneven_places(pouches: Sequence[bytes], upto: int) -> list[int]:
    """List the places at which one bit is set far more often, or far less, than half of the time."""
    number = len(pouches)
    far = 6 * (number**0.5) / 2
    columns = zip(*(each[:upto] for each in pouches), strict=True)
    return [
        8 * place + bit
        for place, column in enumerate(columns)
        for bit in range(8)
        if abs(sum(value >> bit & 1 for value in column) - number / 2) > far
    ]


def test_every_byte_of_a_pouch_looks_random() -> None:
    found = [over_bytes(pouch()) for _ in range(12)]

    assert all(LOW < value < HIGH for value in found), found
    assert LOW < over_bytes(b"".join(pouch() for _ in range(12))) < HIGH


def test_no_place_of_its_front_or_its_beginning_tells_a_pouch() -> None:
    pouches = [pouch(1)[: wire.FRONT_SIZE + 200] for _ in range(120)]

    assert uneven_places(pouches, wire.FRONT_SIZE + 200) == []


def test_sizes_fall_on_no_sector_and_short_pouches_are_alike() -> None:
    sizes = [
        pouch_sealing.sealed_size(560 + 533 * (number % 40), int.from_bytes(randomness.system(2)) & wire.MAX_TAIL)
        for number in range(4_096)
    ]

    assert chi_square([sum(size % 512 // 32 == part for size in sizes) for part in range(16)]) < 60
    assert {size // 1024 for size in sizes} == {67}, "one cable or forty: the file says the same"


def test_what_is_not_random_would_be_found() -> None:
    # The controls: a stream that is not sealed, slots left empty, no tail.
    bare = wire.front(randomness.system(32), (bytes(48),) * 64) + stream(3, 0)
    empty_slots = [wire.front(randomness.system(32), (bytes(48),) * 64) for _ in range(120)]
    sizes = [pouch_sealing.sealed_size(560 + 533 * (number % 40), 0) for number in range(4_096)]

    assert over_bytes(bare) > 10_000
    assert len(uneven_places(empty_slots, wire.FRONT_SIZE)) == 8 * 64 * 48
    assert chi_square([sum(size % 512 // 32 == part for size in sizes) for part in range(16)]) > 10_000
