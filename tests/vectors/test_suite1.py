"""The frozen vectors of handshake and session, on the side that decapsulates."""

import copy
from collections import Counter
from typing import Any

import pytest

from secmsg.crypto import hashing, sealing
from secmsg.crypto.randomness import Random
from secmsg.crypto.secret import Secret
from secmsg.crypto.signing import Level, signing_generate
from secmsg.errors import NotListed, PrekeyUnknown
from secmsg.ids import CertificateRef, DeviceId, Week
from secmsg.protocol import handshake, prekeys, veil
from secmsg.protocol import session as sessions
from secmsg.protocol.handshake import Accepted, Identity
from secmsg.protocol.prekeys import PrekeySecrets
from secmsg.wire import certificate as certificates
from secmsg.wire.certificate import Certificate
from secmsg.wire.packet import NO_ACK, EditionMark
from tests.helpers.seeded_random import seeded
from tests.helpers.sessions import hkdf
from tests.vectors import frame, second_suite1, second_thin
from tests.vectors.frame import File, Test
from tests.vectors.second_basis import RefusedError

HANDSHAKES = frame.load("suite1/handshake")
SESSION = frame.load("suite1/session")
ACCEPTED = {case["name"]: case for case in HANDSHAKES.accepted()}
# A responder's signing key takes no part in a handshake.
UNUSED = signing_generate(Level.STANDARD, seeded(b"unused"))


def take(case: dict[str, Any], message: bytes) -> Accepted:
    recipient = case["recipient"]
    signed = prekeys.decode_signed(bytes.fromhex(recipient["signed"]))
    one_time = recipient["one_time"] and prekeys.decode_one_time(bytes.fromhex(recipient["one_time"]))
    sender = certificates.decode(bytes.fromhex(case["sender"]))

    def lookup(spk_id: int, opk_id: int | None) -> PrekeySecrets:
        named = one_time.public.opk_id if one_time else None
        if (spk_id, opk_id) != (signed.public.spk_id, named):
            raise PrekeyUnknown("not in this vector")
        return PrekeySecrets(signed, one_time or None)

    def resolve(ref: CertificateRef) -> Certificate:
        if ref != prekeys.reference(sender):
            raise NotListed("not in this vector")
        return sender

    me = Identity(DeviceId(recipient["device"]), CertificateRef(bytes.fromhex(recipient["ref"])), UNUSED)
    return handshake.respond(
        me,
        message,
        covers=[Secret(bytes.fromhex(case["cover"]))],
        prekeys=lookup,
        resolve=resolve,
        seen=lambda _: case.get("seen", False),
        now=case["now"],
    )


def take_again(case: Test, message: bytes) -> tuple[bytes, bytes, bytes]:
    """Let the second reading take a handshake."""
    recipient = case["recipient"]
    return second_suite1.take_handshake(
        message,
        bytes.fromhex(case["cover"]),
        recipient["device"],
        bytes.fromhex(recipient["ref"]),
        bytes.fromhex(recipient["signed"]),
        None if recipient["one_time"] is None else bytes.fromhex(recipient["one_time"]),
        bytes.fromhex(case["sender"]),
    )


@pytest.mark.parametrize("name", ACCEPTED)
def test_a_recorded_handshake_is_taken(name: str) -> None:
    case = ACCEPTED[name]

    accepted = take(case, bytes.fromhex(case["message"]))

    assert accepted.opened.payload.hex() == case["payload"]
    assert accepted.session.session_id.hex() == case["session_id"]
    assert accepted.ephemeral.hex() == case["ephemeral"]
    assert sessions.encode(accepted.session).hex() == case["state"]


@pytest.mark.parametrize("name", ACCEPTED)
def test_the_box_key_follows_from_the_recorded_secrets(name: str) -> None:
    between = ACCEPTED[name]["between"]
    ikm = b"\xff" * 32 + bytes.fromhex("".join(between["secrets"]))

    assert len(between["secrets"]) == (2 if name == "last resort" else 4)
    assert hkdf(bytes(64), ikm, "hx1 box", bytes.fromhex(between["th1"]), 64).hex() == between["k_box"]


@pytest.mark.parametrize("name", ACCEPTED)
def test_a_second_reader_takes_a_recorded_handshake(name: str) -> None:
    case = ACCEPTED[name]

    session_id, payload, thin = take_again(case, bytes.fromhex(case["message"]))

    assert (session_id.hex(), payload.hex()) == (case["session_id"], case["payload"])
    _, _, sending, _ = second_thin.read_state(bytes.fromhex(case["state"]))
    assert sending is not None
    assert (sending.epoch, sending.chain + sending.tag_key) == (0, thin)


def test_the_cover_key_follows_from_the_cover_root() -> None:
    root = Secret(bytes.fromhex(HANDSHAKES.given["cover_root"]))

    assert veil.cover_key(root, Week(HANDSHAKES.given["week"])).reveal().hex() == ACCEPTED["ordinary"]["cover"]


def changed(data: bytes, vector: Test, where: str) -> bytes:
    if vector["at"] != where:
        return data
    damaged = bytearray(data)
    damaged[vector["offset"]] ^= vector["xor"]
    return bytes(damaged)


def sealed_again(case: Test, vector: Test) -> bytes:
    """Return the message of a case with one byte changed: outside, inside the veil, or inside the box."""
    cover, own = Secret(bytes.fromhex(case["cover"])), DeviceId(case["recipient"]["device"])
    message = bytes.fromhex(case["message"])
    inside = veil.lift([cover], own, message)
    key, th1 = (bytes.fromhex(case["between"][name]) for name in ("k_box", "th1"))
    box = sealing.seal(Secret(key), changed(sealing.unseal(Secret(key), inside[2700:], th1), vector, "box"), th1)
    return changed(veil.put_on(cover, own, changed(inside[:2700] + box, vector, "inside")), vector, "message")


def knowing(case: Test, knows: dict[str, Any]) -> Test:
    """Return the case with what its receiver knows replaced."""
    changed = copy.deepcopy(case)
    for path, value in knows.items():
        place, _, name = path.rpartition(".")
        (changed[place] if place else changed)[name] = value
    return changed


@pytest.mark.parametrize(("_", "vector"), frame.cases("suite1/handshake", expect="refused"))
def test_a_recorded_refusal_is_refused(_: File, vector: Test) -> None:
    case = knowing(ACCEPTED[vector["of"]], vector.get("knows", {}))
    message = (
        sealed_again(case, vector)
        if "at" in vector
        else bytes.fromhex((vector if "message" in vector else case)["message"])
    )

    if vector["expect"] != "Replayed":
        with pytest.raises(RefusedError):
            take_again(case, message)
    with frame.refusal(vector):
        take(case, message)


def drawn(draws: list[str]) -> Random:
    """Return a source that gives the recorded draws again."""
    following = iter([bytes.fromhex(draw) for draw in draws])
    return lambda _: next(following)


def test_the_recorded_conversation_replays_step_by_step() -> None:
    ends = {side: sessions.decode(bytes.fromhex(data)) for side, data in SESSION.given["begin"].items()}
    edition = EditionMark(SESSION.given["edition"]["number"], bytes.fromhex(SESSION.given["edition"]["root_hash"]))
    sealed: list[bytes] = []

    for event in SESSION.tests:
        side, now = event["side"], event["at"]
        if event["do"] == "seal":
            sealed.append(bytes.fromhex(event["packet"]))
            if event["given"] is None:
                ends[side], packet = sessions.encrypt(
                    ends[side],
                    bytes.fromhex(event["payload"]),
                    now=now,
                    ack=NO_ACK,
                    edition=edition,
                    random=drawn(event["draws"]),
                )
                assert packet == sealed[-1]
            else:
                ends[side] = sessions.decode(bytes.fromhex(event["given"]))
        else:
            damaged = bytearray(sealed[event["sealed"]])
            if event["flip"] is not None:
                damaged[event["flip"]] ^= 1
            # a second reader, which knows nothing but the specification, comes to the same
            stored = second_suite1.read_state(sessions.encode(ends[side]))
            if event["expect"] == frame.OK:
                assert second_suite1.open_packet(stored, bytes(damaged)).hex() == event["payload"]
                ends[side], content = sessions.decrypt(ends[side], bytes(damaged), now=now)
                assert content.payload.hex() == event["payload"]
                assert content.header.pq_kind == event["kind"]
            else:
                with pytest.raises(RefusedError):
                    second_suite1.open_packet(stored, bytes(damaged))
                with frame.refusal(event):
                    sessions.decrypt(ends[side], bytes(damaged), now=now)
        assert hashing.short(sessions.encode(ends[side])).hex() == event["digest"]


def test_the_recorded_conversation_holds_what_it_should() -> None:
    # a vector file that lost its interesting cases would pass unnoticed otherwise
    opened = [event for event in SESSION.tests if event["do"] == "open"]
    errors_seen = Counter(event["expect"] for event in opened)
    kinds = Counter(event["kind"] for event in opened)

    assert sum(event["do"] == "seal" for event in SESSION.tests) >= 50
    assert errors_seen["ok"] >= 40
    assert errors_seen["Replayed"] >= 1
    assert errors_seen["DecryptionError"] >= 1
    assert kinds[1] >= 2
    assert kinds[2] >= 5
    order = [event["sealed"] for event in opened if event["expect"] == frame.OK]
    assert order != sorted(order)
