"""Write ring.json: keys, marks and names of rings, what a watch hears, and what it is handed."""

from dataclasses import replace

import cbor2

from secmsg.crypto import ringing
from secmsg.crypto.secret import Secret
from secmsg.ids import DepositToken, DeviceId, MailboxId, MessageId, RelayId
from secmsg.watch.bell import Bell
from secmsg.watch.news import LetGo, News, Sight
from secmsg.wire import handover, ring
from secmsg.wire.handover import Call, Caller, Handover, Parcel, Reader, Station
from secmsg.wire.ring import Ring
from tests.helpers.seeded_random import seeded
from tests.helpers.vectors import shown, written
from tests.vectors import frame
from tests.vectors.frame import Test

_draw = seeded(b"ring")
TRANSCRIPT, OTHER_TRANSCRIPT = bytes(range(32)), bytes(range(32, 64))
FROM, TO = DeviceId(7), DeviceId(12)
KEY, BACK, STRANGER = (
    ringing.ring_key(*each) for each in ((TRANSCRIPT, FROM, TO), (TRANSCRIPT, TO, FROM), (OTHER_TRANSCRIPT, FROM, TO))
)
BOX, OTHER_BOX = (MailboxId(_draw(16)) for _ in range(2))
NONCE, OTHER_NONCE = _draw(16), _draw(16)
RELAY, OTHER_RELAY = RelayId(_draw(16)), RelayId(_draw(16))
FILL = _draw(ring.FILL_SIZE)
TARGET = (MailboxId(_draw(16)), DepositToken(_draw(16)))
SECOND = (MailboxId(_draw(16)), DepositToken(_draw(16)))


def rung(key: Secret = KEY, box: MailboxId = BOX, nonce: bytes = NONCE) -> bytes:
    """Return the envelope of a ring."""
    return ring.encode(Ring(nonce, ringing.mark(key, box, nonce)), FILL)


# --- 1, 2. The ring, mark and name -----------------------------------------------------------------------------------


def _derived() -> list[Test]:
    keys = {
        "key of a direction": (TRANSCRIPT, FROM, TO),
        "key of the other direction": (TRANSCRIPT, TO, FROM),
        "key of another session": (OTHER_TRANSCRIPT, FROM, TO),
        "key of the machines with the most figures": (TRANSCRIPT, DeviceId(65_534), DeviceId(65_535)),
    }
    marks = {
        "mark and name": (KEY, BOX, NONCE),
        "in another mailbox": (KEY, OTHER_BOX, NONCE),
        "of another nonce": (KEY, BOX, OTHER_NONCE),
        "of the other direction": (BACK, BOX, NONCE),
    }
    body = rung()
    rings = {"empty": b"", "a byte short": body[:-1], "a byte more": body + b"\0", "the next class": body.ljust(2_048)}
    return [
        *(frame.ok(name, **_key(*each), gives=ringing.ring_key(*each).reveal().hex()) for name, each in keys.items()),
        *(
            frame.no(f"a transcript of {len(each)} bytes", "FormatError", "length", **_key(each, FROM, TO))
            for each in (TRANSCRIPT[:-1], TRANSCRIPT + b"\0", b"")
        ),
        *(
            frame.ok(
                name, do="mark", key=key.reveal().hex(), box=box.hex(), nonce=nonce.hex(),
                mark=ringing.mark(key, box, nonce).hex(), answer=ringing.answer_name(key, box, nonce).hex(),
            )
            for name, (key, box, nonce) in marks.items()
        ),
        frame.ok("a ring", "example", do="ring", hex=body.hex(), value=written(ring.decode(body))),
        *(frame.no(f"ring: {name}", "FormatError", "length", do="ring", **shown(each)) for name, each in rings.items()),
    ]  # fmt: skip


def _key(transcript: bytes, sender: int, addressee: int) -> Test:
    return {"do": "key", "transcript": transcript.hex(), "sender": sender, "addressee": addressee}


# --- 5. What a watch hears -------------------------------------------------------------------------------------------


def heard(test: Test) -> dict[str, object]:
    """Play what relays show to a watch; say what it counts and whose answers it lets go, under which names."""
    callers: dict[RelayId, list[Caller]] = {}
    for relay, number, key in test["callers"]:
        caller = Caller(number, bytes.fromhex(key), (TARGET,), bytes(512))
        callers.setdefault(RelayId(bytes.fromhex(relay)), []).append(caller)
    told: list[News] = []
    bell = Bell(
        (Station(relay, "https://h", "p", bytes(32), callers=tuple(each)) for relay, each in callers.items()),
        told.append,
        lambda: 0,
    )
    gone = []
    for relay, box, body, times in test["shown"]:
        for _ in range(times):
            went = bell.found(RelayId(bytes.fromhex(relay)), MailboxId(bytes.fromhex(box)), bytes.fromhex(body))
            gone += [] if went is None else [[went[0].number, went[1].hex()]]
    assert [each.caller for each in told if isinstance(each, LetGo)] == [number for number, _ in gone]
    sights = [each for each in told if isinstance(each, Sight)]
    return {"rings": sights[-1].rings, "others": sights[-1].others, "gone": gone}


def _heard() -> list[Test]:
    here, there = RELAY.hex(), OTHER_RELAY.hex()
    known = [[here, 7, KEY.reveal().hex()], [there, 7, KEY.reveal().hex()], [here, 9, STRANGER.reveal().hex()]]
    good, again, other = rung(), rung(nonce=OTHER_NONCE), rung(STRANGER)

    def turned(at: int) -> bytes:
        return good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :]

    def show(*bodies: bytes, relay: str = here, box: MailboxId = BOX, times: int = 1) -> list[list[object]]:
        return [[relay, box.hex(), body.hex(), times] for body in bodies]

    cases: dict[str, list[list[object]]] = {
        "a ring lets its answer go": show(good),
        "a ring shown again counts once": show(good, good),
        "another fill is the same ring": show(good, good[:48] + bytes(464)),
        "two rings, one answer": show(good, again),
        "two machines": show(good, other),
        "one ring at two relays": show(good) + show(good, relay=there),
        "the most at one relay is told": show(good, again, bytes(512))
        + show(good, bytes(512), bytes(512), relay=there),
        "a ring in another mailbox": show(good, box=OTHER_BOX),
        "a ring of the other direction": show(rung(BACK)),
        "a machine that does not ring at this relay": show(other, relay=there),
        "a bit of the nonce": show(turned(0)),
        "a bit of the mark": show(turned(47)),
        "nonce and mark changed over": show(good[16:48] + good[:16] + good[48:]),
        "an envelope of the next class": show(good.ljust(2_048, b"\0")),
        "nothing but zeros": show(bytes(512)),
        "the count of others ends": show(bytes(512), times=10_001),
    }
    tests = []
    for name, shown_ in cases.items():
        test: Test = {"do": "hear", "callers": known, "shown": shown_}
        tests.append(frame.ok(f"heard: {name}", **test, gives=heard(test)))
    return tests


# --- 4. The handover -------------------------------------------------------------------------------------------------

CALL = Call(MessageId(_draw(16)), TARGET, rung())
PARCEL = Parcel(MessageId(_draw(16)), (TARGET, SECOND), b"\x0e" * 2_048, CALL)
READER = Reader(OTHER_BOX, 1_799_900_000, 1_800_600_000, _draw(32))
ALL = Station(
    RELAY, "https://127.0.0.1:8443", "a-secret-prefix_1", b"\x0f" * 32, (READER,),
    (PARCEL, replace(PARCEL, targets=(TARGET,), call=None)), (Caller(7, KEY.reveal(), (TARGET,), b"\x0a" * 512),),
)  # fmt: skip
NOTHING = replace(ALL, relay=OTHER_RELAY, readers=(), parcels=(), callers=())
ONE = Handover(_draw(16), 50, (ALL,))


def _with(*path: int, to: object, start: bytes | None = None) -> bytes:
    """Return the handover with one value replaced, by the path to it; an ellipsis takes it out."""
    whole = cbor2.loads(handover.encode(ONE) if start is None else start)
    inner = whole
    for place in path[:-1]:
        inner = inner[place]
    if to is ...:
        del inner[path[-1]]
    else:
        inner[path[-1]] = to
    return cbor2.dumps(whole, canonical=True)


def _handovers() -> list[Test]:
    encoded = handover.encode(ONE)
    most = Handover(
        ONE.watch, 55,
        (
            replace(
                NOTHING, base_url="h" * 300, prefix="p" * 64, readers=(replace(READER, first=7, last=7),) * 8,
                parcels=(Parcel(MessageId(bytes(16)), (TARGET,) * 3, bytes(512)),) * 64,
                callers=(Caller(65_535, bytes(32), (TARGET,), bytes(512)),) * 256,
            ),
            *(NOTHING,) * 7,
        ),
    )  # fmt: skip
    values = {
        "one relay with everything": ONE,
        "two relays, nothing at one": replace(ONE, poll_s=1, relays=(ALL, NOTHING)),
    }
    relay = cbor2.loads(encoded)[3][0]
    reader, parcel, caller = relay[4][0], relay[5][0], relay[6][0]
    at = (3, 0)
    wrong: dict[str, tuple[str, bytes]] = {
        "empty": ("length", b""),
        "cut short by a byte": ("length", encoded[:-1]),
        "a byte after the end": ("length", encoded + b"\0"),
        "version 1 in two bytes": ("canonical", encoded[:2] + b"\x18\x01" + encoded[3:]),
        "its fields in another order": ("canonical", b"\xa2" + b"\x01\x50" + bytes(16) + b"\x00\x01"),
        "a relay of no definite length": ("canonical", encoded.replace(b"\x81\x87", b"\x81\x9f", 1) + b"\xff"),
        "version 0": ("bound", _with(0, to=0)),
        "a version to come": ("bound", _with(0, to=2)),
        "a field more": ("rule", _with(4, to=1)),
        "no name": ("rule", _with(1, to=...)),
        "a name of 15 bytes": ("length", _with(1, to=bytes(15))),
        "no wait": ("bound", _with(2, to=0)),
        "a wait of 56 seconds": ("bound", _with(2, to=56)),
        "no relay": ("bound", _with(3, to=[])),
        "nine relays": (
            "bound",
            _with(3, to=[cbor2.loads(handover.encode(replace(ONE, relays=(NOTHING,))))[3][0]] * 9),
        ),
        "a relay of six columns": ("length", _with(*at, to=relay[:6])),
        "a relay's id of 17 bytes": ("length", _with(*at, 0, to=bytes(17))),
        "no address": ("length", _with(*at, 1, to="")),
        "an address of 301 characters": ("bound", _with(*at, 1, to="h" * 301)),
        "an address of two lines": ("text", _with(*at, 1, to="a\nb")),
        "no prefix": ("length", _with(*at, 2, to="")),
        "a prefix of 65 characters": ("bound", _with(*at, 2, to="p" * 65)),
        "a certificate of 31 bytes": ("length", _with(*at, 3, to=bytes(31))),
        "nine readers": ("bound", _with(*at, 4, to=[reader] * 9)),
        "a reader's mailbox of 15 bytes": ("length", _with(*at, 4, 0, 0, to=bytes(15))),
        "a reader that ends before it begins": ("rule", _with(*at, 4, 0, 2, to=reader[1] - 1)),
        "a reader beyond the year 9999": ("bound", _with(*at, 4, 0, 2, to=253_402_300_800)),
        "a seed of 33 bytes": ("length", _with(*at, 4, 0, 3, to=bytes(33))),
        "65 parcels": ("bound", _with(*at, 5, to=[[*parcel[:3], []]] * 65)),
        "a parcel of three columns": ("length", _with(*at, 5, 0, to=parcel[:3])),
        "a message id of 15 bytes": ("length", _with(*at, 5, 0, 0, to=bytes(15))),
        "a parcel without a target": ("bound", _with(*at, 5, 0, 1, to=[])),
        "a parcel of four targets": ("bound", _with(*at, 5, 0, 1, to=[list(TARGET)] * 4)),
        "a target without a token": ("length", _with(*at, 5, 0, 1, 0, to=[bytes(16)])),
        "a token of 17 bytes": ("length", _with(*at, 5, 0, 1, 0, 1, to=bytes(17))),
        "an envelope of no class": ("bound", _with(*at, 5, 0, 2, to=bytes(2_047))),
        "an envelope above the classes": ("bound", _with(*at, 5, 0, 2, to=bytes(32_769))),
        "two rings behind a parcel": ("bound", _with(*at, 5, 0, 3, to=[parcel[3][0]] * 2)),
        "null for no ring": ("canonical", _with(*at, 5, 0, 3, to=None)),
        "a ring of the next class": ("bound", _with(*at, 5, 0, 3, 0, 2, to=bytes(2_048))),
        "257 callers": ("bound", _with(*at, 6, to=[caller] * 257)),
        "machine 0": ("bound", _with(*at, 6, 0, 0, to=0)),
        "machine 65 536": ("bound", _with(*at, 6, 0, 0, to=65_536)),
        "a ring key of 31 bytes": ("length", _with(*at, 6, 0, 1, to=bytes(31))),
        "a caller without a target": ("bound", _with(*at, 6, 0, 2, to=[])),
        "an answer of no class": ("bound", _with(*at, 6, 0, 3, to=bytes(513))),
        "more than 8 MiB": ("length", _with(*at, 5, 0, 2, to=bytes(8 << 20))),
        "more than 65 536 items": ("bound", _with(*at, 4, to=[0] * 65_536)),
    }
    lines = {
        "a handover": len(encoded).to_bytes(4) + encoded,
        "there is nothing": bytes(4),
        "nothing at all": b"",
        "the line ends early": (len(encoded) + 1).to_bytes(4) + encoded,
        "the line goes on": (len(encoded) - 1).to_bytes(4) + encoded,
        "what is refused": (1).to_bytes(4) + b"\xa0",
    }
    return [
        *(
            frame.ok(name, do="handover", **shown(handover.encode(each)), value=written(each))
            for name, each in values.items()
        ),
        frame.ok("as many as there may be", do="handover", **shown(handover.encode(most))),
        *(
            frame.no(f"handover: {name}", "FormatError", flag, do="handover", **shown(data))
            for name, (flag, data) in wrong.items()
        ),
        *(
            frame.ok(f"line: {name}", do="line", **shown(each), gives=name == "a handover")
            for name, each in lines.items()
        ),
    ]


def made() -> dict[str, str]:
    """Return the text of the file."""
    return {"ring": frame.text("ring.md", [*_derived(), *_heard(), *_handovers()])}
