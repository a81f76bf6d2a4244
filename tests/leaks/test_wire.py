"""The judge of the line: streams out of packets, and sizes that are in no class."""

import struct
from pathlib import Path

from secmsg.crypto.blob import sealed_size
from secmsg.ids import DepositToken, MailboxId, MessageId
from secmsg.wire import sync
from secmsg.wire.padding import padme
from secmsg.wire.sync import (
    BoxContents,
    BoxStatus,
    Deposit,
    DepositAnswer,
    DepositRequest,
    DepositStatus,
    SyncAnswer,
    TtlClass,
)
from tests.leaks import wire
from tests.leaks.tour import Exchange
from tests.leaks.wire import Found

LENGTH = sealed_size(padme(200_000))


def _judged(*exchanges: Exchange) -> Found:
    found = Found()
    wire.classify(exchanges, found)
    return found


def _upload(length: int, *pieces: int) -> tuple[Exchange, ...]:
    creation = Exchange(201, b"POST /prefix/u?\nupload-length: %d" % length, b"", b"")
    return (creation, *(Exchange(204, b"PATCH /prefix/u/%032x?" % 7, bytes(size), b"") for size in pieces))


def test_what_the_product_sends_is_in_its_classes() -> None:
    deposit = Deposit(MailboxId(bytes(16)), DepositToken(bytes(16)), MessageId(bytes(16)), TtlClass.MONTH, bytes(2048))
    asked = sync.encode_deposits(DepositRequest(deposits=(deposit,)))
    answered = sync.encode_answer(DepositAnswer(1, (DepositStatus.STORED,)))

    found = _judged(
        Exchange(200, b"POST /prefix/s?", asked, answered),
        Exchange(200, b"GET /prefix/f/1?", b"", bytes(8192)),
        *_upload(LENGTH, 65_536, LENGTH - 65_536),
    )

    assert found.odd == []
    assert found.sizes["envelope 2048"] == 1
    assert found.sizes[f"blob, sealed Padmé {LENGTH}"] == 1


def test_a_size_in_no_class_is_seen() -> None:
    # The controls: an answer without its fill, a blob as long as its content, a piece that shows where a page ends.
    contents = BoxContents(MailboxId(bytes(16)), BoxStatus.LIVE)
    honest = sync.encode_answer(SyncAnswer(1, contents=(contents,)))
    bare = sync._plain(0x81, sync._sync_table(SyncAnswer(1, contents=(contents,))))
    asked = sync.encode_deposits(
        DepositRequest(
            deposits=(
                Deposit(MailboxId(bytes(16)), DepositToken(bytes(16)), MessageId(bytes(16)), TtlClass.DAY, bytes(512)),
            )
        )
    )

    assert _judged(Exchange(200, b"POST /prefix/s?", asked, honest)).odd == []
    assert _judged(Exchange(200, b"POST /prefix/s?", asked, bare)).odd == [f"answer of {len(bare)} bytes"]
    assert _judged(Exchange(200, b"GET /prefix/f/1?", b"", bytes(8191))).odd
    assert _judged(*_upload(200_001, 65_536)).odd == ["blob, sealed Padmé of 200001 bytes"]
    assert _judged(*_upload(LENGTH, 65_536, 3_333)).odd == ["piece of a blob of 3333 bytes"]
    assert _judged(Exchange(200, b"GET /prefix/status?", b"", b"")).odd


def test_streams_are_put_together_from_packets(tmp_path: Path) -> None:
    def packet(source: int, target: int, payload: bytes) -> bytes:
        network = bytes([0x45, 0]) + bytes(7) + bytes([6]) + bytes(10)
        transport = struct.pack(">HH", source, target) + bytes(8) + bytes([0x50]) + bytes(7)
        data = bytes(12) + b"\x08\x00" + network + transport + payload
        return bytes(8) + struct.pack("<II", len(data), len(data)) + data

    capture = tmp_path / "packets"
    capture.write_bytes(
        b"\xd4\xc3\xb2\xa1" + bytes(20) + packet(1, 2, b"one ") + packet(2, 1, b"?") + packet(1, 2, b"stream")
    )

    assert wire.streams(capture) == {("tcp 1", "2"): b"one stream", ("tcp 2", "1"): b"?"}


def test_a_blob_length_tells_whether_it_was_padded() -> None:
    assert wire.is_sealed_padme(LENGTH)
    assert not wire.is_sealed_padme(LENGTH + 1)
