"""Write tests/vectors/sync.json: bodies of the relay's API, valid and refused (docs/spec/sync.md 6)."""

import itertools
from collections.abc import Iterator
from typing import Any

from secmsg.ids import DepositToken, MailboxId, MessageId
from secmsg.wire import codec, feed, sync
from secmsg.wire.feed import FeedHead
from secmsg.wire.sync import (
    Ack,
    BoxContents,
    BoxProof,
    BoxStatus,
    ClockAnswer,
    Create,
    CreateStatus,
    Creation,
    Deposit,
    DepositAnswer,
    DepositRequest,
    DepositStatus,
    Envelope,
    Fetch,
    Order,
    PrekeyLevel,
    PrekeyStatus,
    PrekeyUpload,
    Refusals,
    SignedRequest,
    SyncAnswer,
    SyncRequest,
    Take,
    Taken,
    TakeStatus,
    TtlClass,
)
from tests.helpers.sync_formats import FORMATS
from tests.helpers.vectors import written
from tests.vectors import frame

T = 1_795_000_000
NONCE = bytes(range(8))


def _id(number: int) -> bytes:
    return bytes([number]) * 16


BOX, OTHER = MailboxId(_id(0xB1)), MailboxId(_id(0xB2))
TOKEN = DepositToken(_id(0x70))


def _deposit(size: int = 512, ttl: TtlClass = TtlClass.MONTH) -> Deposit:
    return Deposit(BOX, TOKEN, MessageId(_id(0x1D)), ttl, b"\xe5" * size)


FULL = SyncRequest(
    T,
    NONCE,
    acks=(Ack(BOX, ((1, 4), (6, 6), (9, sync.MAX_SEQ))),),
    fetches=(Fetch(BOX, after=4), Fetch(OTHER, 0, 512, 1, Order.SMALLEST)),
    wait_s=55,
    proofs=(BoxProof(OTHER, _id(0x4D), b"\x51" * 64),),
    creation=Creation(_id(0xE7), (Create(BOX, b"\x9b" * 32, b"\x70" * 32),)),
    prekeys=PrekeyUpload(BOX, 7, b"\x5b" * 40, b"\xba" * 20, (b"\x01", b"\x02" * 3)),
)

VALID: tuple[tuple[str, str, Any], ...] = (
    ("signed part", "nothing but time and nonce", SyncRequest(T, NONCE)),
    ("signed part", "everything", FULL),
    ("signed part", "prekeys without one-time keys", SyncRequest(T, NONCE, prekeys=PrekeyUpload(BOX, 1, b"\x5b"))),
    ("body", "signed", SignedRequest(_id(0x4D), b"\x51" * 64, codec.encode({1: T, 2: NONCE}))),
    ("body", "one deposit", DepositRequest((_deposit(),))),
    ("body", "every class", DepositRequest(tuple(_deposit(size) for size in (512, 2048, 8192, 32_768)))),
    ("body", "every time to live", DepositRequest(tuple(_deposit(ttl=ttl) for ttl in TtlClass))),
    ("body", "one take", DepositRequest(takes=(Take(BOX, TOKEN, _id(0x2E)),))),
    ("body", "a deposit and a take", DepositRequest((_deposit(),), (Take(BOX, TOKEN, _id(0x2E)),))),
    ("answer", "clock", ClockAnswer(T)),
    ("answer", "every status of a deposit", DepositAnswer(T, tuple(DepositStatus))),
    (
        "answer",
        "every status of a take",
        DepositAnswer(
            T,
            takes=(
                Taken(TakeStatus.ONE_TIME, b"\x5b" * 5013, b"\xba" * 3443, b"\x01" * 1476),
                Taken(TakeStatus.LAST_RESORT, b"\x5b" * 5013, b"\xba" * 3443),
                Taken(TakeStatus.NONE),
                Taken(TakeStatus.UNKNOWN),
                Taken(TakeStatus.LATER),
            ),
        ),
    ),
    ("answer", "nothing to say", SyncAnswer(T)),
    ("answer", "no mail", SyncAnswer(T, (BoxContents(BOX, BoxStatus.LIVE),), 2)),
    (
        "answer",
        "everything",
        SyncAnswer(
            T,
            (
                BoxContents(
                    BOX,
                    BoxStatus.LIVE,
                    (
                        Envelope(1, MessageId(_id(0x1D)), b"\xe5" * 512),
                        Envelope(sync.MAX_SEQ, MessageId(_id(0x1E)), b"\xe6" * 2048),
                    ),
                    11,
                ),
                BoxContents(OTHER, BoxStatus.UNKNOWN),
            ),
            65_535,
            True,
            tuple(CreateStatus),
            PrekeyStatus.SAME,
            (PrekeyLevel(BOX, 7, 128),),
            (Refusals(BOX, 2**32 - 1, 20_783),),
        ),
    ),
    ("feed head", "no edition yet", FeedHead(0, bytes(32), 0)),
    ("feed head", "an edition", FeedHead(17, b"\x4a" * 32, 5600)),
    ("feed segment", "one byte", b"\x01"),
    ("feed segment", "exactly one step", b"\x02" * 4092),
    ("feed segment", "one byte more", b"\x03" * 4093),
)

_BASE: dict[int, Any] = {1: T, 2: NONCE}
_ANSWER: dict[int, Any] = {1: T, 4: [0, 0]}
_LETTER: list[codec.Value] = [1, _id(0x1D), b"\xe5" * 512]


def _part(**fields: codec.Value) -> bytes:
    return codec.encode(_BASE | {int(key[1:]): value for key, value in fields.items()})


def _deposits(*items: codec.Value, key: int = 3) -> bytes:
    return b"\x02" + codec.encode({key: list(items)})


def _answer(**fields: codec.Value) -> bytes:
    return _sized(0x81, _ANSWER | {int(key[1:]): value for key, value in fields.items()})


def _sized(kind: int, table: dict[int, codec.Value]) -> bytes:
    """Encode an answer with the padding that its fields ask for, so that nothing but what a test says is wrong."""
    padded = 11 not in table and (3 if kind == 0x81 else 10) in table
    return sync._padded(kind, table) if padded else sync._plain(kind, table)


def _item(**changed: codec.Value) -> list[codec.Value]:
    item: dict[str, codec.Value] = {"box": BOX, "token": TOKEN, "id": _id(0x1D), "ttl": 3, "body": b"\xe5" * 512}
    item.update(changed)
    return list(item.values())


def _refused() -> Iterator[tuple[str, str, bytes]]:
    part = sync.encode_request(SyncRequest(T, NONCE))
    yield "signed part", "empty", b""
    yield "signed part", "not a map", codec.encode([T, NONCE])
    yield "signed part", "cut short", part[:-1]
    yield "signed part", "a byte more", part + b"\x00"
    yield "signed part", "no time", codec.encode({2: NONCE})
    yield "signed part", "time beyond 32 bits", codec.encode({1: 2**32, 2: NONCE})
    yield "signed part", "no nonce", codec.encode({1: T})
    yield "signed part", "nonce of 7 bytes", codec.encode({1: T, 2: NONCE[:7]})
    yield "signed part", "an unknown field", _part(_12=1)
    yield "signed part", "time not in its shortest form", bytes.fromhex("a2011b000000006afd83c00248") + NONCE
    yield "signed part", "fields in another order", bytes.fromhex("a20248") + NONCE + bytes.fromhex("011a6afd83c0")
    yield "signed part", "a field twice", bytes.fromhex("a3011a6afd83c0011a6afd83c00248") + NONCE
    yield "signed part", "an empty list of acknowledgements", _part(_4=[])
    yield "signed part", "acknowledgement of no range", _part(_4=[[BOX, []]])
    yield "signed part", "acknowledgement of number 0", _part(_4=[[BOX, [[0, 1]]]])
    yield "signed part", "a range backwards", _part(_4=[[BOX, [[5, 4]]]])
    yield "signed part", "ranges that overlap", _part(_4=[[BOX, [[1, 4], [4, 6]]]])
    yield "signed part", "ranges that touch", _part(_4=[[BOX, [[1, 4], [5, 6]]]])
    yield "signed part", "a number beyond the last", _part(_4=[[BOX, [[1, sync.MAX_SEQ + 1]]]])
    yield "signed part", "257 ranges", _part(_4=[[BOX, [[3 * n + 1, 3 * n + 1] for n in range(257)]]])
    yield "signed part", "a mailbox acknowledged twice", _part(_4=[[BOX, [[1, 1]]], [BOX, [[3, 3]]]])
    yield "signed part", "a mailbox of 15 bytes", _part(_5=[[BOX[:15], 0, 512, 1, 0]])
    yield "signed part", "a mailbox fetched twice", _part(_5=[[BOX, 0, 512, 1, 0]] * 2)
    yield "signed part", "33 mailboxes", _part(_5=[[_id(n), 0, 512, 1, 0] for n in range(33)])
    yield "signed part", "fetch of fewer bytes than a message", _part(_5=[[BOX, 0, 511, 1, 0]])
    yield "signed part", "fetch of no message", _part(_5=[[BOX, 0, 512, 0, 0]])
    yield "signed part", "fetch in an unknown order", _part(_5=[[BOX, 0, 512, 1, 2]])
    yield "signed part", "fetch with a field more", _part(_5=[[BOX, 0, 512, 1, 0, 0]])
    yield "signed part", "waiting for 0 s", _part(_6=0)
    yield "signed part", "waiting for 56 s", _part(_6=56)
    yield "signed part", "a proof of 63 bytes", _part(_7=[[BOX, _id(1), bytes(63)]])
    yield "signed part", "a mailbox proven twice", _part(_7=[[BOX, _id(1), bytes(64)]] * 2)
    yield "signed part", "creation of nothing", _part(_8=[_id(1), []])
    yield "signed part", "creation without a token", _part(_8=[[[BOX, bytes(32), bytes(32)]]])
    yield "signed part", "a mailbox created twice", _part(_8=[_id(1), [[BOX, bytes(32), bytes(32)]] * 2])
    yield "signed part", "a reader of 31 bytes", _part(_8=[_id(1), [[BOX, bytes(31), bytes(32)]]])
    yield "signed part", "prekeys of version 0", _part(_10=[BOX, 0, b"\x01", b"", []])
    yield "signed part", "prekeys without a signed one", _part(_10=[BOX, 1, b"", b"", []])
    yield "signed part", "an empty one-time prekey", _part(_10=[BOX, 1, b"\x01", b"", [b""]])
    yield "signed part", "129 one-time prekeys", _part(_10=[BOX, 1, b"\x01", b"", [b"\x01"] * 129])
    yield "signed part", "a truth value for a number", codec.encode({1: True, 2: NONCE})

    yield "body", "empty", b""
    yield "body", "an unknown kind", b"\x03" + codec.encode({})
    yield "body", "signed, without content", b"\x01" + bytes(80)
    yield "body", "longer than any request", b"\x01" + bytes(sync.MAX_REQUEST)
    yield "body", "deposits of nothing", b"\x02" + codec.encode({})
    yield "body", "deposits, cut short", _deposits(_item())[:-1]
    yield "body", "deposits, a byte more", _deposits(_item()) + b"\x00"
    yield "body", "129 deposits", _deposits(*[_item()] * 129)
    yield "body", "a message of 511 bytes", _deposits(_item(body=bytes(511)))
    yield "body", "a message between two classes", _deposits(_item(body=bytes(1024)))
    yield "body", "a message beyond the classes", _deposits(_item(body=bytes(65_536)))
    yield "body", "an empty message", _deposits(_item(body=b""))
    yield "body", "a time to live of 0", _deposits(_item(ttl=0))
    yield "body", "a time to live of 4", _deposits(_item(ttl=4))
    yield "body", "a token of 17 bytes", _deposits(_item(token=bytes(17)))
    yield "body", "a message id of 15 bytes", _deposits(_item(id=bytes(15)))
    yield "body", "nine takes", _deposits(*[[BOX, TOKEN, _id(n)] for n in range(9)], key=10)
    yield "body", "a take without a request id", _deposits([BOX, TOKEN], key=10)
    yield "body", "an unknown field", _deposits(_item(), key=12)

    yield "answer", "empty", b""
    yield "answer", "an unknown kind", b"\x84" + codec.encode({})
    yield "answer", "a clock of 3 bytes", b"\x83" + bytes(3)
    yield "answer", "a clock of 5 bytes", b"\x83" + bytes(5)
    yield "answer", "without hints", b"\x81" + codec.encode({1: T})
    yield "answer", "hints of three", _answer(_4=[0, 0, 0])
    yield "answer", "draining is neither 0 nor 1", _answer(_4=[0, 2])
    yield "answer", "an unknown field", _answer(_13=0)
    mail = _answer(_3=[[BOX, 1, [_LETTER], 0]])
    bare = len(_answer(_3=[[BOX, 1, [_LETTER], 0]], _11=b"")) + 2
    yield "answer", "a pad that is not zero", mail[:-1] + b"\x01"
    yield "answer", "mail without padding", b"\x81" + codec.encode({**_ANSWER, 3: [[BOX, 1, [_LETTER], 0]]})
    yield "answer", "mail padded beside a size", _answer(_3=[[BOX, 1, [_LETTER], 0]], _11=bytes(1_025 - bare))
    yield "answer", "mail padded to a size too large", _answer(_3=[[BOX, 1, [_LETTER], 0]], _11=bytes(8_192 - bare))
    yield "answer", "padding where nothing is hidden", _answer(_11=bytes(4))
    yield "answer", "an empty padding", _answer(_11=b"")
    yield "answer", "a mailbox of an unknown status", _answer(_3=[[BOX, 2, [], 0]])
    yield "answer", "a message of number 0", _answer(_3=[[BOX, 1, [[0, *_LETTER[1:]]], 0]])
    yield "answer", "a message of no class", _answer(_3=[[BOX, 1, [[1, _id(1), bytes(600)]], 0]])
    yield "answer", "257 messages", _answer(_3=[[BOX, 1, [_LETTER] * 257, 0]])
    yield "answer", "a backlog of 64 bits", _answer(_3=[[BOX, 1, [], 64]])
    yield "answer", "a creation of an unknown status", _answer(_8=[5])
    yield "answer", "an upload of an unknown status", _answer(_9=5)
    yield "answer", "prekeys of version 0 left", _answer(_10=[[BOX, 0, 1]])
    yield "answer", "129 prekeys left", _answer(_10=[[BOX, 1, 129]])
    yield "answer", "nothing refused, and told", _answer(_12=[[BOX, 0, 1]])
    yield "answer", "an empty list of refusals", _answer(_12=[])
    yield "answer", "refusals beyond 32 bits", _answer(_12=[[BOX, 2**32, 1]])
    yield "answer", "refusals without a day", _answer(_12=[[BOX, 1]])
    yield "answer", "refusals of 33 mailboxes", _answer(_12=[[_id(n), 1, 1] for n in range(33)])
    yield "answer", "a deposit of an unknown status", b"\x82" + codec.encode({1: T, 2: [8]})
    yield "answer", "a take of an unknown status", _sized(0x82, {1: T, 10: [[5, b"", b"", b""]]})
    yield "answer", "a one-time key that is none", _sized(0x82, {1: T, 10: [[1, b"\x01", b"", b""]]})
    yield (
        "answer",
        "a last resort with a one-time key",
        _sized(0x82, {1: T, 10: [[2, b"\x01", b"", b"\x01"]]}),
    )
    yield "answer", "no prekeys, and one", _sized(0x82, {1: T, 10: [[3, b"\x01", b"", b""]]})
    yield "answer", "prekeys without the signed one", _sized(0x82, {1: T, 10: [[2, b"", b"", b""]]})

    yield "feed head", "empty", b""
    yield "feed head", "without a size", codec.encode({1: 1, 2: bytes(32)})
    yield "feed head", "a hash of 31 bytes", codec.encode({1: 1, 2: bytes(31), 3: 1})
    yield "feed head", "a segment beyond 16 MiB", codec.encode({1: 1, 2: bytes(32), 3: feed.MAX_SEGMENT + 1})
    yield "feed head", "an unknown field", codec.encode({1: 1, 2: bytes(32), 3: 1, 4: 1})
    yield "feed segment", "empty", b""
    yield "feed segment", "nothing in a frame", bytes(4096)
    yield "feed segment", "without its fill", (1).to_bytes(4, "big") + b"\x01"
    yield "feed segment", "a fill that is not zero", (1).to_bytes(4, "big") + b"\x01" + b"\x01" * 4091
    yield "feed segment", "a step too much", feed.frame_segment(b"\x01") + bytes(4096)
    yield "feed segment", "longer than its frame", (5000).to_bytes(4, "big") + b"\x01" * 4092


def _parts(data: bytes) -> list[list[str | int]]:
    """Write bytes as [hexadecimal, times], so that a fill does not make the file long."""
    parts: list[list[str | int]] = []
    for byte, run in itertools.groupby(data):
        times = sum(1 for _ in run)
        if times < 8 and parts and parts[-1][1] == 1:
            parts[-1][0] = str(parts[-1][0]) + f"{byte:02x}" * times
        elif times < 8:
            parts.append([f"{byte:02x}" * times, 1])
        else:
            parts.append([f"{byte:02x}", times])
    return parts


def made() -> dict[str, str]:
    """Return the text of the file."""
    return {
        "sync": frame.text(
            "sync.md",
            [
                *(
                    frame.ok(f"{kind}: {name}", *_EXAMPLE.get((kind, name), ()), format=kind, **_written(kind, value))
                    for kind, name, value in VALID
                ),
                *(
                    frame.no(f"{kind}: {name}", "FormatError", _flag(name), format=kind, parts=_parts(data))
                    for kind, name, data in _refused()
                ),
            ],
        )
    }


_EXAMPLE = {("body", "one take"): ("example",)}


def _written(kind: str, value: object) -> dict[str, Any]:
    return {"parts": _parts(FORMATS[kind].encode(value)), "value": written(value)}


def _flag(name: str) -> str:
    """Say of what sort a refusal is, by the words of its name."""
    if any(word in name for word in ("cut", "more", "short", "empty", "longer", "bytes", "beyond any", "fill")):
        return "length"
    if any(word in name for word in ("twice", "overlap", "touch", "backwards", "last resort", "none", "no prekeys")):
        return "rule"
    return "canonical" if any(word in name for word in ("order", "shortest", "truth", "not a map")) else "bound"
