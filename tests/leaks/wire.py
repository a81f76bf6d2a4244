"""What went over the line during the watched tour: no word outside or inside the tunnel, sizes only in the classes."""

import re
import struct
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from secmsg.crypto.blob import sealed_size
from secmsg.errors import FormatError
from secmsg.links.transfer import STEPS
from secmsg.wire import sync
from secmsg.wire.feed import SEGMENT_STEP
from secmsg.wire.padding import CLASSES, padme
from secmsg.wire.sync import DepositAnswer, DepositRequest, SyncAnswer
from tests.helpers.leak_scanner import leaks
from tests.leaks import canaries
from tests.leaks.tour import PLANTED_CANARY, Exchange, Watched, exchanges

LEAST_CAPTURED = 1_000_000
"""The annex of the tour has 5 MB and goes over the line twice: fewer bytes mean that another line was recorded."""
_PCAP_HEAD, _PACKET_HEAD = 24, 16
_ETHERNET, _TCP, _UDP = 14, 6, 17
_LENGTH = re.compile(rb"\nupload-length: (\d+)")
_BLOB = re.compile(rb"/u/([0-9a-f]{32})")


@dataclass(slots=True)
class Found:
    """What was seen on the line."""

    captured: int = 0
    exchanges: int = 0
    leaks: list[str] = field(default_factory=list)
    sizes: Counter[str] = field(default_factory=Counter)
    odd: list[str] = field(default_factory=list)
    """Sizes that are in no class, and packets that belong to no relay."""
    control: bool = False
    """Whether the word that was sent in clear beside the tour was found."""

    @property
    def good(self) -> bool:
        return self.captured > LEAST_CAPTURED and self.exchanges > 0 and not (self.leaks or self.odd)

    def __str__(self) -> str:
        return (
            f"bytes captured {self.captured}, exchanges {self.exchanges}: words {len(self.leaks)} "
            f"sizes in no class {len(self.odd)}"
        )

    def faults(self) -> Iterable[str]:
        yield from (f"leak: {each}" for each in self.leaks)
        yield from (f"odd: {each}" for each in self.odd)


def look(watched: Watched, words: tuple[str, ...], pieces: tuple[bytes, ...]) -> Found:
    """Search every stream of the capture and everything the relay heard, and class every size."""
    found = Found()
    for (near, far), stream in streams(watched.packets).items():
        found.captured += len(stream)
        where = f"the stream {near} → {far}"
        found.control |= bool(leaks([PLANTED_CANARY], stream))
        found.leaks += [f"{word!r} in {where}" for word in leaks(words, stream)]
        found.leaks += [f"bytes of the annex in {where}" for _ in canaries.found(pieces, stream)]
    for each in exchanges(watched):
        found.exchanges += 1
        said = b"\n".join((each.head, each.asked, each.answered))
        found.leaks += [f"{word!r} inside the tunnel" for word in leaks(words, said)]
        found.leaks += ["bytes of the annex inside the tunnel" for _ in canaries.found(pieces, said)]
    classify(exchanges(watched), found)
    return found


# --- sizes -----------------------------------------------------------------------------------------------------------


def classify(heard: tuple[Exchange, ...], found: Found) -> None:
    """Put each request and each answer into its class; what fits none is odd."""
    blobs: dict[bytes, int] = {}
    for each in heard:
        line = each.head.split(b"\n")[0]
        method, path = line.split(b" ")[:2]
        desk = path.split(b"/")[2].rstrip(b"?")
        if each.status == 404:
            continue
        match desk:
            case b"s":
                _small(each, found)
            case b"f":
                _feed(each, found)
            case b"u":
                _blob(method, path, each, blobs, found)
            case _:
                found.odd.append(f"a path of no desk: {path!r}")
    for length in blobs.values():
        _note(found, "blob, sealed Padmé", length, fits=is_sealed_padme(length))


def _small(each: Exchange, found: Found) -> None:
    size = len(each.answered)
    request = sync.decode_body(each.asked)
    match request:
        case DepositRequest():
            for deposit in request.deposits:
                _note(found, "envelope", len(deposit.body), fits=len(deposit.body) in CLASSES)
        case _:
            # Its length follows from the number of mailboxes, acknowledgements and prekeys, and from no cable's text.
            _note(found, "signed request", len(each.asked), fits=True)
    try:
        answer = sync.decode_answer(each.answered)
    except FormatError:
        # The client refuses an answer that is not filled as it must be.
        _note(found, "answer", size, fits=False)
        return
    match answer:
        case SyncAnswer():
            padded = bool(answer.contents)
            for contents in answer.contents:
                for envelope in contents.envelopes:
                    _note(found, "envelope", len(envelope.body), fits=len(envelope.body) in CLASSES)
        case DepositAnswer():
            padded = bool(answer.takes)
        case _:
            padded = False
    _note(found, "answer" if padded else "short answer", size, fits=size in sync.LADDER if padded else size < 512)


def _feed(each: Exchange, found: Found) -> None:
    size = len(each.answered)
    if b"/f/head" in each.head.split(b"\n")[0]:
        _note(found, "head of the feed", size, fits=size < 64)
    else:
        _note(found, "segment of the feed", size, fits=size % SEGMENT_STEP == 0)


def _blob(method: bytes, path: bytes, each: Exchange, blobs: dict[bytes, int], found: Found) -> None:
    """Pieces have the sizes of the steps, but for the last one: a blob's length decides about that."""
    announced = _LENGTH.search(each.head)
    if method == b"POST" and announced is not None:
        blobs[b"%d" % len(blobs)] = int(announced[1])
    size = max(len(each.asked), len(each.answered))
    if method in (b"PATCH", b"GET") and size:
        _note(found, "piece of a blob", size, fits=size in STEPS or _is_last(size, blobs.values()))


def _is_last(size: int, lengths: Iterable[int]) -> bool:
    """Say whether a piece is what steps leave of one of these blobs."""
    rests = {length for length in lengths if length > 0}
    for _ in range(2_000):
        if size in rests:
            return True
        rests = {rest - step for rest in rests for step in STEPS if rest >= step}
        if not rests:
            return False
    return False


def is_sealed_padme(length: int) -> bool:
    """Say whether a blob of this length holds content of a Padmé length."""
    return any(
        sealed_size(size) == length and padme(size) == size
        for size in range(max(length - 100 - length // 500, 0), length)
    )


def _note(found: Found, what: str, size: int, *, fits: bool) -> None:
    found.sizes[f"{what} {size}"] += 1
    if not fits:
        found.odd.append(f"{what} of {size} bytes")


# --- packets ---------------------------------------------------------------------------------------------------------


def streams(capture: Path) -> dict[tuple[str, str], bytes]:
    """Put the TCP payloads of a capture together, one stream for each direction; other packets come as they are."""
    found: dict[tuple[str, str], bytearray] = defaultdict(bytearray)
    for packet in _packets(capture.read_bytes()):
        kind = struct.unpack(">H", packet[12:14])[0]
        network = packet[_ETHERNET:]
        if kind == 0x0800:
            protocol, begin = network[9], (network[0] & 15) * 4
        elif kind == 0x86DD:
            protocol, begin = network[6], 40
        else:
            continue
        transport = network[begin:]
        ports = struct.unpack(">HH", transport[:4])
        payload = transport[(transport[12] >> 4) * 4 :] if protocol == _TCP else transport[8:]
        found[(f"{'tcp' if protocol == _TCP else 'other'} {ports[0]}", str(ports[1]))] += payload
    return {ends: bytes(data) for ends, data in found.items()}


def _packets(data: bytes) -> Iterator[bytes]:
    assert data[:4] in (b"\xd4\xc3\xb2\xa1", b"\x4d\x3c\xb2\xa1"), "a capture of another machine"
    at = _PCAP_HEAD
    while at + _PACKET_HEAD <= len(data):
        size = int.from_bytes(data[at + 8 : at + 12], "little")
        yield data[at + _PACKET_HEAD : at + _PACKET_HEAD + size]
        at += _PACKET_HEAD + size
