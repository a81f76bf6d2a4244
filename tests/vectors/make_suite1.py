"""Write tests/vectors/suite1/{handshake,session}.json (docs/spec/handshake.md 9, docs/spec/session.md 11).

Run it from the root of the repository: `python -m tests.vectors.make_suite1`. ML-KEM encapsulation and ML-DSA
signing take no randomness from outside, so what they made is recorded, and the vectors test the side that
decapsulates and verifies; a new run writes other ones that are as good.
"""

import json
import random as chance
from pathlib import Path
from typing import Any

from secmsg.crypto import hashing
from secmsg.crypto.randomness import Random
from secmsg.errors import SecmsgError
from secmsg.ids import SessionId
from secmsg.protocol import handshake, prekeys, veil
from secmsg.protocol import session as sessions
from secmsg.protocol.state import Session
from secmsg.wire import certificate as certificates
from secmsg.wire import handshake as messages
from secmsg.wire.handshake import ResetReason
from tests.helpers.seeded_random import seeded
from tests.helpers.sessions import COVER, COVER_ROOT, EDITION, NOW, Device, device, initiate, respond, seal

FOLDER = Path(__file__).parent / "suite1"

Case = dict[str, Any]


def _accepted(name: str, payload: bytes, *, one_times: int = 1, generation: int = 1) -> Case:
    sender, recipient = (
        device(11, f"vector/{name}/sender", 0),
        device(12, f"vector/{name}/recipient", one_times),
    )
    previous = None if generation == 1 else SessionId(b"previous session")
    reason = ResetReason.FIRST if generation == 1 else ResetReason.STATE_RESTORED
    _, message = initiate(sender, recipient, payload, generation=generation, previous=previous, reason=reason)
    between = _between(recipient, message)
    front, _ = messages.decode_front(veil.lift([COVER], recipient.identity.device, message))
    secrets = recipient.secrets(front.signed_id, front.one_time_id)
    accepted = respond(recipient, message, sender)
    return {
        "name": name,
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


def _handshakes() -> Case:
    return {
        "cover_root": COVER_ROOT.reveal().hex(),
        "week": NOW // 604_800,
        "accepted": [
            _accepted("ordinary", b"the first cable"),
            _accepted("last resort", b"", one_times=0),
            _accepted("large", bytes(range(256)) * 8),
            _accepted("reset", b"after the break", generation=2),
        ],
        "refused": [
            {"name": name, "of": "ordinary", "at": where, "offset": offset, "xor": 1, "error": error}
            for name, where, offset, error in REFUSED
        ],
    }


class _Trace:
    def __init__(self) -> None:
        sender, recipient = device(11, "vector/trace/a", 0), device(12, "vector/trace/b")
        initiator, message = initiate(sender, recipient)
        self.ends: dict[str, Session] = {"A": initiator, "B": respond(recipient, message, sender).session}
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
        self.events.append(
            {
                "do": "seal",
                "at": self.now,
                "side": side,
                "payload": payload.hex(),
                "draws": drawn,
                "packet": packet.hex(),
                "given": sessions.encode(self.ends[side]).hex() if given else None,
                "digest": self._digest(side),
            }
        )
        self.on_the_way.append(("B" if side == "A" else "A", self.sealed, packet))
        self.sealed += 1

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
            event |= {"payload": content.payload.hex(), "error": None, "kind": int(content.header.pq_kind)}
        except SecmsgError as error:
            event |= {"payload": None, "error": type(error).__name__, "kind": None}
        self.events.append(event | {"digest": self._digest(side)})

    def _digest(self, side: str) -> str:
        return hashing.short(sessions.encode(self.ends[side])).hex()


def _session() -> Case:
    trace = _Trace()
    begin = {side: sessions.encode(session).hex() for side, session in trace.ends.items()}
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
    return {
        "edition": {"number": EDITION.number, "root_hash": EDITION.root_hash.hex()},
        "begin": begin,
        "events": trace.events,
    }


def main() -> None:
    """Write both files."""
    for name, content in (("handshake", _handshakes()), ("session", _session())):
        (FOLDER / f"{name}.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
