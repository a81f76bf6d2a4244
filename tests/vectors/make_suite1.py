"""Make suite1/handshake.json and suite1/session.json (docs/spec/handshake.md 9, docs/spec/session.md 11).

ML-KEM encapsulation and ML-DSA signing take no randomness from outside, so what they made is kept as it was
recorded, and the vectors test the side that decapsulates and verifies.
"""

import random as chance
from dataclasses import replace

from secmsg.crypto import hashing
from secmsg.crypto.randomness import Random
from secmsg.crypto.secret import Secret
from secmsg.errors import SecmsgError
from secmsg.ids import SessionId, Week
from secmsg.protocol import handshake, prekeys, veil
from secmsg.protocol import session as sessions
from secmsg.protocol.state import Session
from secmsg.wire import certificate as certificates
from secmsg.wire import handshake as messages
from secmsg.wire.handshake import ResetReason
from tests.helpers.seeded_random import seeded
from tests.helpers.sessions import COVER, COVER_ROOT, EDITION, NOW, Device, device, initiate, respond, seal
from tests.vectors import frame, recorded
from tests.vectors.frame import Test as Case


def _accepted(name: str, payload: bytes, *, one_times: int = 1, generation: int = 1) -> Case:
    sender, recipient = (
        device(11, f"vector/{name}/sender", 0),
        device(12, f"vector/{name}/recipient", one_times),
    )
    previous = None if generation == 1 else SessionId(b"previous session")
    reason = ResetReason.FIRST if generation == 1 else ResetReason.STATE_RESTORED
    _, fresh = initiate(sender, recipient, payload, generation=generation, previous=previous, reason=reason)
    message = _kept(name, recipient, sender, payload) or fresh
    between = _between(recipient, message)
    front, _ = messages.decode_front(veil.lift([COVER], recipient.identity.device, message))
    secrets = recipient.secrets(front.signed_id, front.one_time_id)
    accepted = respond(recipient, message, sender)
    flags = ["example"] if name == "ordinary" else []
    return {
        "name": name,
        "expect": "ok",
        "flags": flags,
        "now": NOW,
        "cover": COVER.reveal().hex(),
        "recipient": {
            "device": recipient.identity.device,
            "ref": recipient.identity.ref.hex(),
            "signed": prekeys.encode_signed(secrets.signed).hex(),
            "one_time": None if secrets.one_time is None else prekeys.encode_one_time(secrets.one_time).hex(),
        },
        "sender": certificates.encode(sender.certificate).hex(),
        "message": message.hex(),
        "between": between,
        "payload": accepted.opened.payload.hex(),
        "session_id": accepted.session.session_id.hex(),
        "ephemeral": accepted.ephemeral.hex(),
        "state": sessions.encode(accepted.session).hex(),
    }


def _kept(name: str, recipient: Device, sender: Device, payload: bytes) -> bytes | None:
    """Return the recorded message if the recipient of today takes it."""
    before = recorded.before("suite1/handshake", name)
    if before is None:
        return None
    message = bytes.fromhex(before["message"])
    known = replace(recipient, seen=set(), one_times=dict(recipient.one_times))
    try:
        taken = respond(known, message, sender)
    except SecmsgError:
        return None
    return message if taken.opened.payload == payload else None


def _between(recipient: Device, message: bytes) -> Case:
    """Return the values on the way, for somebody who writes an implementation of his own."""
    front, _ = messages.decode_front(veil.lift([COVER], recipient.identity.device, message))
    known = recipient.secrets(front.signed_id, front.one_time_id)
    secrets = handshake._agree(front, known)
    th1 = handshake._box_transcript(
        front,
        recipient.identity.ref,
        known.signed.public,
        None if known.one_time is None else known.one_time.public,
        b"" if known.one_time is None else known.one_time.batch_root,
    )
    return {
        "secrets": [secret.reveal().hex() for secret in secrets],
        "th1": th1.hex(),
        "k_box": handshake._box_key(secrets, th1).reveal().hex(),
    }


REFUSED = [
    ("one bit of the veil's tag", "message", 0, "NoSession"),
    ("one bit at the end", "message", 8191, "NoSession"),
    ("another suite", "inside", 0, "FormatError"),
    ("another type", "inside", 1, "FormatError"),
    ("an unknown flag", "inside", 2, "FormatError"),
    ("the last-resort flag beside a one-time prekey", "inside", 3, "FormatError"),
    ("another signed prekey", "inside", 7, "PrekeyUnknown"),
    ("another one-time prekey", "inside", 11, "PrekeyUnknown"),
    ("one bit of the ephemeral key", "inside", 12, "DecryptionError"),
    ("one bit of the ciphertext to the signed prekey", "inside", 44, "DecryptionError"),
    ("one bit of the ciphertext to the one-time prekey", "inside", 1612, "DecryptionError"),
    ("one bit of the box's tag", "inside", 2700, "DecryptionError"),
    ("one bit of the box", "inside", 8175, "DecryptionError"),
    ("another sender", "box", 0, "NotListed"),
    ("one bit of the Ed25519 signature", "box", 40, "SignatureError"),
    ("one bit of the ML-DSA signature", "box", 2000, "SignatureError"),
    ("generation 0", "box", 3408, "FormatError"),
    ("a generation of 257", "box", 3407, "SignatureError"),
    ("another previous session", "box", 3409, "SignatureError"),
    ("another reason", "box", 3425, "SignatureError"),
    ("another edition", "box", 3429, "SignatureError"),
    ("another root hash", "box", 3430, "SignatureError"),
    ("another ratchet key", "box", 3438, "SignatureError"),
    ("another offer", "box", 3470, "SignatureError"),
    ("one bit of the first packet's header", "box", 4654, "NoSession"),
    ("one bit of the first packet's commitment", "box", 4758, "DecryptionError"),
    ("one bit of the first packet's body", "box", 5000, "DecryptionError"),
]


def _handshakes() -> str:
    tests = [
        _accepted("ordinary", b"the first cable"),
        _accepted("last resort", b"", one_times=0),
        _accepted("large", bytes(range(256)) * 8),
        _accepted("reset", b"after the break", generation=2),
        *(
            frame.no(name, error, *_flags(where, error), of="ordinary", at=where, offset=offset, xor=1)
            for name, where, offset, error in REFUSED
        ),
    ]
    tests += _by_context(tests) + _sizes(bytes.fromhex(tests[0]["message"]))
    given = {"cover_root": COVER_ROOT.reveal().hex(), "week": NOW // 604_800}
    return frame.text("handshake.md", tests, given=given)


def _by_context(tests: list[Case]) -> list[Case]:
    """Refuse the ordinary message, unchanged, where the receiver knows something else."""
    last, other = tests[1], device(13, "vector/other/recipient", 1)
    week, cover = NOW // 604_800 + 2, veil.cover_key
    cases: dict[str, tuple[str, Case]] = {
        "under another week's cover": ("NoSession", {"cover": cover(COVER_ROOT, Week(week)).reveal().hex()}),
        "under another cover root": ("NoSession", {"cover": cover(Secret(bytes(32)), Week(week - 2)).reveal().hex()}),
        "taken by another device": ("NoSession", {"recipient.device": 13}),
        "taken under another certificate": ("DecryptionError", {"recipient.ref": other.identity.ref.hex()}),
        "the signed prekey of another device": (
            "DecryptionError",
            {"recipient.signed": prekeys.encode_signed(other.signed).hex()},
        ),
        "the one-time prekey is used": ("PrekeyUnknown", {"recipient.one_time": None}),
        "the sender is not in the edition": ("NotListed", {"sender": last["sender"]}),
        "seen before": ("Replayed", {"seen": True}),
    }
    return [
        frame.no(name, error, "order" if error == "Replayed" else "swap", "context", of="ordinary", knows=knows)
        for name, (error, knows) in cases.items()
    ]


def _sizes(message: bytes) -> list[Case]:
    """Refuse every other size."""
    return [
        frame.no(f"of {len(data)} bytes", "NoSession", "length", of="ordinary", message=data.hex())
        for data in (b"", message[:512], message[:-1], message + b"\0", bytes(32_768))
    ]


def _flags(where: str, error: str) -> list[str]:
    if error in {"PrekeyUnknown", "NotListed"}:
        return ["bit", "context"]
    return ["bound"] if error == "FormatError" else ["bit"]


class _Trace:
    """A conversation by dice. As long as it is the recorded one, its encapsulations are the recorded ones too."""

    def __init__(self) -> None:
        sender, recipient = device(11, "vector/trace/a", 0), device(12, "vector/trace/b")
        initiator, message = initiate(sender, recipient)
        fresh = {"A": initiator, "B": respond(recipient, message, sender).session}
        self.before = recorded.content("suite1/session")
        self.ends: dict[str, Session] = _begun(self.before) or fresh
        self.begin = {side: sessions.encode(session).hex() for side, session in self.ends.items()}
        self.events: list[Case] = []
        self.now = NOW
        self.source = seeded(b"trace")
        self.on_the_way: list[tuple[str, int, bytes]] = []
        self.sealed = 0

    def seal(self, side: str, payload: bytes) -> None:
        drawn: list[str] = []
        before = self.ends[side]
        self.ends[side], packet = seal(before, payload, self._recording(drawn), now=self.now)
        after = self.ends[side].sending
        assert after is not None
        # A chain that answers an offer begins with an encapsulation, which nobody can repeat.
        given = bool(after.answer) and before.sending is None
        asked = {"do": "seal", "at": self.now, "side": side, "payload": payload.hex(), "draws": drawn}
        if given and (again := self._recorded(asked)):
            self.ends[side], packet = sessions.decode(bytes.fromhex(again["given"])), bytes.fromhex(again["packet"])
        self._add(
            f"{side} seals {self.sealed}",
            asked
            | {"packet": packet.hex(), "given": sessions.encode(self.ends[side]).hex() if given else None}
            | {"digest": self._digest(side)},
        )
        self.on_the_way.append(("B" if side == "A" else "A", self.sealed, packet))
        self.sealed += 1

    def _recorded(self, asked: Case) -> Case | None:
        """Return the event that the file has in this place, if all is as it was until here."""
        tests, place = self.before.get("tests", []), len(self.events)
        same = [event["digest"] for event in self.events] == [event["digest"] for event in tests[:place]]
        if self.begin != self.before.get("given", {}).get("begin") or not same or place >= len(tests):
            return None
        event: Case = tests[place]
        return event if event["given"] and asked.items() <= event.items() else None

    def _add(self, name: str, event: Case, error: str | None = None) -> None:
        flags = ["sequence"] if error is None else ["sequence", "bit" if event["flip"] is not None else "order"]
        flags += ["example"] if not self.events else []
        number = f"{len(self.events):03} "
        self.events.append({"name": number + name, "expect": error or "ok", "flags": flags, **event})

    def _recording(self, drawn: list[str]) -> Random:
        def draw(length: int) -> bytes:
            piece = self.source(length)
            drawn.append(piece.hex())
            return piece

        return draw

    def open(self, side: str, number: int, packet: bytes, damage: int | None = None) -> None:
        event: Case = {"do": "open", "at": self.now, "side": side, "sealed": number, "flip": damage}
        if damage is not None:
            packet = packet[:damage] + bytes([packet[damage] ^ 1]) + packet[damage + 1 :]
        try:
            self.ends[side], content = sessions.decrypt(self.ends[side], packet, now=self.now)
            event |= {"payload": content.payload.hex(), "kind": int(content.header.pq_kind)}
            refused = None
        except SecmsgError as error:
            event |= {"payload": None, "kind": None}
            refused = type(error).__name__
        damaged = "" if damage is None else f" with a bit turned at {damage}"
        self._add(f"{side} opens {number}{damaged}", event | {"digest": self._digest(side)}, refused)

    def _digest(self, side: str) -> str:
        return hashing.short(sessions.encode(self.ends[side])).hex()


def _begun(before: Case) -> dict[str, Session] | None:
    """Return the recorded beginning while a state is still written as it is there."""
    begin = {side: bytes.fromhex(state) for side, state in before.get("given", {}).get("begin", {}).items()}
    try:
        ends = {side: sessions.decode(state) for side, state in begin.items()}
    except SecmsgError:
        return None
    return ends if all(sessions.encode(end) == begin[side] for side, end in ends.items()) else None


def _session() -> str:
    trace = _Trace()
    dice = chance.Random(1)
    arrived: list[tuple[str, int, bytes]] = []
    while trace.sealed < 50:
        trace.now += dice.choice([60, 3_600, 40_000])
        for _ in range(dice.randint(1, 4)):
            trace.seal(dice.choice("AB"), bytes([trace.sealed]) * dice.choice([0, 20, 600]))
        dice.shuffle(trace.on_the_way)
        for _ in range(dice.randint(0, 4)):
            if not trace.on_the_way:
                break
            side, number, packet = trace.on_the_way.pop()
            match dice.randint(0, 9):
                case 0:
                    continue
                case 1:
                    trace.open(side, number, packet, damage=dice.randrange(len(packet)))
                case _:
                    pass
            trace.open(side, number, packet)
            arrived.append((side, number, packet))
        if arrived and dice.randint(0, 3) == 0:
            trace.open(*dice.choice(arrived))
    for late in trace.on_the_way:
        trace.open(*late)
    edition = {"number": EDITION.number, "root_hash": EDITION.root_hash.hex()}
    return frame.text("session.md", trace.events, given={"edition": edition, "begin": trace.begin})


def made() -> dict[str, str]:
    """Return the texts of the files."""
    return {"suite1/handshake": _handshakes(), "suite1/session": _session()}
