"""Every vector of the pouch: slots, names, sizes, records, one whole pouch, and what is refused."""

import base64
from collections.abc import Callable, Iterator

import pytest

from secmsg.crypto.secret import Secret
from secmsg.errors import FormatError
from secmsg.ids import DeviceId
from secmsg.station import pouch_sealing
from secmsg.station.pouch_sealing import LackingError, Plaintext
from secmsg.station.pouch_views import Cause
from secmsg.wire import pouch as wire
from tests.helpers.vectors import written
from tests.vectors import frame, make_pouch
from tests.vectors.frame import File, Test

VECTORS = frame.load("pouch")
WHOLE = VECTORS.named("a whole pouch")
FILE = base64.b64decode(WHOLE["file"])


def opened(data: bytes, piece: int = 1 << 20) -> Plaintext:
    salt, slots = wire.split_front(data[: wire.FRONT_SIZE])
    key = pouch_sealing.file_key((Secret(bytes.fromhex(WHOLE["cover_root"])),), DeviceId(WHOLE["device"]), salt, slots)
    assert key is not None
    assert key.reveal().hex() == WHOLE["file_key"]
    rest = data[wire.FRONT_SIZE :]

    def pieces() -> Iterator[bytes]:
        for start in range(0, len(rest), piece):
            yield rest[start : start + piece]

    return Plaintext(pieces(), key, salt)


def drained(plain: Plaintext) -> tuple[bytes, Cause]:
    """Take everything there is, and say why it ended."""
    got = bytearray()
    try:
        for piece in plain.rest():
            got += piece
    except LackingError as error:
        return bytes(got), error.cause
    return bytes(got), Cause.WHOLE


def decoder(what: str) -> Callable[[bytes], object]:
    if what == "head":
        return wire.decode_head
    return lambda data: make_pouch.READERS[what](make_pouch.reader(data))


def of(*kinds: str) -> list[Test]:
    """Return the accepted vectors of these kinds."""
    return [vector for vector in VECTORS.accepted() if vector["do"] in kinds]


@pytest.mark.parametrize("vector", of("slot"), ids=lambda vector: vector["name"])
def test_a_slot_opens_for_its_device_alone(vector: Test) -> None:
    root, salt, slot = (bytes.fromhex(vector[name]) for name in ("cover_root", "salt", "slot"))

    key = pouch_sealing.file_key((Secret(bytes(32)), Secret(root)), DeviceId(vector["device"]), salt, (bytes(48), slot))
    others = pouch_sealing.file_key((Secret(root),), DeviceId(vector["device"] - 1), salt, (slot,))

    assert key is not None
    assert key.reveal().hex() == vector["file_key"]
    assert others is None


def test_the_name_of_a_blob_is_its_vectors() -> None:
    for vector in of("name"):
        salt, key = bytes.fromhex(vector["salt"]), bytes.fromhex(vector["content_key"])
        assert pouch_sealing.blob_name(salt, key).hex() == vector["gives"]
        assert pouch_sealing.blob_name(bytes(32), key).hex() != vector["gives"]


def test_sizes_are_their_vectors() -> None:
    for vector in of("sizes"):
        content, tail = vector["content"], vector["tail"]
        assert [wire.stream_size(content, tail), pouch_sealing.sealed_size(content, tail)] == vector["gives"]


@pytest.mark.parametrize("vector", of("head", *make_pouch.READERS), ids=lambda vector: vector["name"])
def test_a_valid_record_is_its_value(vector: Test) -> None:
    assert written(decoder(vector["do"])(bytes.fromhex(vector["hex"]))) == vector["value"]


@pytest.mark.parametrize(("_", "vector"), frame.cases("pouch", expect="refused"))
def test_a_refused_record_is_refused(_: File, vector: Test) -> None:
    with frame.refusal(vector):
        decoder(vector["do"])(bytes.fromhex(vector["hex"]))


@pytest.mark.parametrize("piece", [1 << 20, 16_400, 999])
def test_the_whole_pouch_opens_in_pieces_of_any_size(piece: int) -> None:
    plain = opened(FILE, piece)

    assert b"".join(plain.rest()) == make_pouch.plaintext()


@pytest.mark.parametrize("keep", [wire.FRONT_SIZE, 4_000, 20_000, 60_000, len(FILE) - 1, len(FILE) - 16])
def test_a_pouch_that_is_cut_gives_authentic_bytes_and_then_says_so(keep: int) -> None:
    expected = make_pouch.plaintext()

    got, cause = drained(opened(FILE[:keep]))

    assert cause is Cause.CUT
    assert expected.startswith(got)
    # All that is whole is given: at most one chunk is held back.
    assert len(got) >= min(len(expected), (keep - wire.FRONT_SIZE - 56) // 16_400 * 16_384)


@pytest.mark.parametrize("at", [wire.FRONT_SIZE, wire.FRONT_SIZE + 40, 4_000, 40_000, len(FILE) - 1])
def test_a_changed_byte_ends_the_pouch_there(at: int) -> None:
    changed = bytearray(FILE)
    changed[at] ^= 1

    got, cause = drained(opened(bytes(changed)))

    assert cause in {Cause.DAMAGED, Cause.CUT}
    assert make_pouch.plaintext().startswith(got)
    # Every chunk before the damaged one is given, however large the pieces of the medium are.
    assert len(got) == max(0, at - wire.FRONT_SIZE - 56) // 16_400 * 16_384


def test_a_byte_added_is_no_pouch_any_more() -> None:
    _, cause = drained(opened(FILE + b"\0"))

    assert cause in {Cause.DAMAGED, Cause.CUT}


def test_what_cannot_be_encoded_is_refused() -> None:
    for make in (
        lambda: wire.front(bytes(32), (bytes(48),) * 63),
        lambda: wire.front(bytes(31), (bytes(48),) * 64),
        lambda: wire.split_front(bytes(wire.FRONT_SIZE + 1)),
        lambda: wire.stream_size(1, 512),
        lambda: wire.encode_record(wire.EditionRecord(1, b"")),
        lambda: wire.encode_record(wire.EnvelopeRecord(DeviceId(1), make_pouch.ENVELOPES[0].message_id, b"x")),
        lambda: wire.encode_record(wire.BlobRecord(bytes(16), 0)),
        lambda: wire.check_end(100, 65_535),
        lambda: wire.check_end(100, 65_536 + 512),
    ):
        with pytest.raises(FormatError):
            make()
    wire.check_end(100, 65_536 + 511)
