"""Two threads over one stream: order is kept, an error on either side ends both, nothing grows."""

import io
import threading

import pytest

from secmsg.crypto import signing
from secmsg.crypto.randomness import system
from secmsg.crypto.signing import Level
from secmsg.errors import DecryptionError, DiskFull, FormatError, TransferStopped
from secmsg.ids import CertificateRef
from secmsg.station import annex
from secmsg.station.annex import Described, Purpose, Sealed, Sender, Write
from secmsg.station.outlet import Outlet

DEVICE = signing.signing_generate(Level.STANDARD, system)
REF = CertificateRef(bytes(32))
LONG = bytes(range(256)) * 4096 * 4
"""4 MiB: eight pieces."""


def _put(outlet: Outlet, piece: bytes) -> None:
    buffer = outlet.buffer()
    buffer[: len(piece)] = piece
    outlet.hand_over(buffer, len(piece))


def _threads() -> int:
    return sum(each.name == "outlet" for each in threading.enumerate())


def test_pieces_come_in_their_order_and_whole() -> None:
    out = io.BytesIO()
    pieces = [bytes([number]) * (number % 7) for number in range(200)]

    with Outlet(out.write, 16) as outlet:
        for piece in pieces:
            _put(outlet, piece)

    assert out.getvalue() == b"".join(pieces)
    assert not _threads()


def test_an_error_of_the_taker_reaches_the_filling_thread_and_nothing_more_is_taken() -> None:
    taken: list[int] = []

    def full(piece: memoryview) -> None:
        taken.append(len(piece))
        raise DiskFull("the disk has no room")

    def fill() -> None:
        with Outlet(full, 16) as outlet:
            while True:
                _put(outlet, b"x")

    with pytest.raises(DiskFull):
        fill()
    assert taken == [1]
    assert not _threads()


def test_an_error_with_the_last_piece_is_not_lost() -> None:
    def full(piece: memoryview) -> None:
        raise DiskFull("the disk has no room")

    with pytest.raises(DiskFull), Outlet(full, 16) as outlet:
        _put(outlet, b"x")


def test_an_error_of_the_filling_thread_ends_the_other() -> None:
    with pytest.raises(ZeroDivisionError), Outlet(lambda _: None, 16):
        _ = 1 // 0
    assert not _threads()


def _seal(content: bytes, write: Write, **given: object) -> Sealed:
    return annex.seal(
        io.BytesIO(content),
        Described("a.pdf", "application/pdf", len(content), 1),
        write,
        device=DEVICE,
        ref=REF,
        purpose=Purpose.ANNEX,
        expiry=0,
        random=system,
        **given,  # type: ignore[arg-type]  # the watch alone
    )


def test_sealing_stops_where_the_watch_says_so() -> None:
    out, seen = io.BytesIO(), []

    def watch(done: int) -> bool:
        seen.append(done)
        return len(seen) < 3

    with pytest.raises(TransferStopped):
        _seal(LONG, out.write, watch=watch)

    assert seen == [annex.PIECE, 2 * annex.PIECE, 3 * annex.PIECE]
    assert not _threads()


def test_opening_stops_where_the_watch_says_so_and_tells_how_far_it_is() -> None:
    out = io.BytesIO()
    sealed = _seal(LONG, out.write)
    seen: list[int] = []

    def watch(done: int) -> bool:
        seen.append(done)
        return True

    with pytest.raises(TransferStopped):
        annex.unseal(
            io.BytesIO(out.getvalue()), sealed.slip, Sender(REF, DEVICE.public), Purpose.ANNEX, None, lambda _: False
        )
    annex.unseal(io.BytesIO(out.getvalue()), sealed.slip, Sender(REF, DEVICE.public), Purpose.ANNEX, None, watch)
    assert seen[-1] == sealed.size


def test_no_byte_of_a_chunk_that_does_not_authenticate_is_written() -> None:
    out, opened = io.BytesIO(), io.BytesIO()
    sealed = _seal(LONG, out.write)
    blob = bytearray(out.getvalue())
    place = 3 * annex.PIECE + 99
    blob[place] ^= 1

    with pytest.raises(DecryptionError):
        annex.unseal(io.BytesIO(blob), sealed.slip, Sender(REF, DEVICE.public), Purpose.ANNEX, opened.write)

    assert opened.getvalue() == LONG[: len(opened.getvalue())]
    assert len(opened.getvalue()) < place


def test_a_full_disk_in_the_middle_ends_sealing() -> None:
    left = [annex.PIECE * 2]

    def write(piece: bytes | bytearray | memoryview) -> None:
        left[0] -= len(piece)
        if left[0] < 0:
            raise DiskFull("the disk has no room")

    with pytest.raises(DiskFull):
        _seal(LONG, write)
    with pytest.raises(FormatError):
        annex.seal(
            io.BytesIO(LONG),
            Described("a.pdf", "application/pdf", 5, 1),
            lambda _: None,
            device=DEVICE,
            ref=REF,
            purpose=Purpose.ANNEX,
            expiry=0,
            random=system,
        )
    assert not _threads()
