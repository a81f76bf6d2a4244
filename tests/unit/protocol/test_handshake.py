"""HX1: agreement, binding of every value, replay, last resort, refusals."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from secmsg.crypto import hashing, labels, sealing, signing
from secmsg.crypto.secret import Secret
from secmsg.errors import (
    DecryptionError,
    FormatError,
    NoSession,
    NotEntitled,
    NotListed,
    PrekeyUnknown,
    Replayed,
    SecmsgError,
    SignatureError,
)
from secmsg.ids import CertificateRef, SessionId
from secmsg.protocol import handshake, prekeys, veil
from secmsg.protocol import session as sessions
from secmsg.wire import bundle as bundles
from secmsg.wire import handshake as messages
from secmsg.wire.bundle import Bundle
from secmsg.wire.certificate import Certificate, CertificateType
from secmsg.wire.handshake import Box, Front, ResetReason
from secmsg.wire.packet import Ack, PqKind
from tests.helpers.sessions import (
    COVER,
    EDITION,
    NOW,
    Device,
    bare_pair,
    device,
    hkdf,
    initiate,
    opened,
    respond,
)

ANNA = device(11, "handshake/a", 0)


def binh(one_times: int = 1) -> Device:
    return device(12, "handshake/b", one_times)


def test_one_message_opens_the_same_session_at_both_ends() -> None:
    # given
    recipient = binh()

    # when
    session, message = initiate(ANNA, recipient, b"the first cable", ack=Ack(4, 5))
    accepted = respond(recipient, message, ANNA)

    # then the first cable is there, and both ends hold the same values
    assert len(message) == 8192
    assert accepted.opened.payload == b"the first cable"
    assert accepted.opened.header.ack == 4
    assert accepted.edition == EDITION
    assert (accepted.spk_id, accepted.opk_id) == (1, bundles.one_time_id(1, 0))
    other = accepted.session
    assert (session.session_id, session.transcript) == (other.session_id, other.transcript)
    assert (session.own_device, session.peer_device) == (other.peer_device, other.own_device)
    assert (session.own_ref, session.peer_ref) == (other.peer_ref, other.own_ref)
    assert (session.generation, session.previous, session.reason) == (
        1,
        messages.NO_SESSION,
        ResetReason.FIRST,
    )
    assert not session.last_resort
    assert not other.last_resort
    assert (session.established_at, other.established_at) == (NOW, NOW)


@pytest.mark.parametrize(("length", "size"), [(0, 8192), (654, 8192), (655, 32_768), (25_230, 32_768)])
def test_the_message_fills_a_size_class_exactly(length: int, size: int) -> None:
    recipient = binh()

    _, message = initiate(ANNA, recipient, bytes(length))

    assert len(message) == size
    assert respond(recipient, message, ANNA).opened.payload == bytes(length)


def test_a_first_payload_too_long_is_refused() -> None:
    with pytest.raises(FormatError):
        initiate(ANNA, binh(), bytes(25_231))


def test_many_packets_before_any_answer_open_once_the_handshake_is_there() -> None:
    # given an initiator that goes on writing
    recipient = binh()
    session, message = initiate(ANNA, recipient, b"0")
    sent = []
    for n in range(1, 5):
        session, packet = sessions.encrypt(
            session, bytes([n]), now=NOW, ack=Ack(0, 0), edition=EDITION, random=ANNA.random
        )
        sent.append(packet)

    # when they arrive before it, nobody recognises them; after it they open, in any order
    stranger = bare_pair(b"stranger")[1]
    assert not any(sessions.recognises(stranger, packet) for packet in sent)
    after = respond(recipient, message, ANNA).session
    for n in (4, 2, 1, 3):
        after, payload = opened(after, sent[n - 1])
        assert payload == bytes([n])


def test_the_same_message_delivered_twice_is_a_replay() -> None:
    recipient = binh()
    _, message = initiate(ANNA, recipient)
    respond(recipient, message, ANNA)

    with pytest.raises(Replayed):
        respond(recipient, message, ANNA)


# The last resort


def test_without_one_time_prekeys_the_last_resort_is_flagged_at_both_ends() -> None:
    recipient = binh(0)

    session, message = initiate(ANNA, recipient)
    accepted = respond(recipient, message, ANNA)

    assert session.last_resort
    assert accepted.session.last_resort
    assert accepted.opk_id is None


def test_a_last_resort_message_replayed_is_refused_only_because_its_key_is_remembered() -> None:
    # given a last-resort message that was taken
    recipient = binh(0)
    _, message = initiate(ANNA, recipient)
    accepted = respond(recipient, message, ANNA)
    assert accepted.ephemeral in recipient.seen

    # when it comes again
    with pytest.raises(Replayed):
        respond(recipient, message, ANNA)

    # negative control: a device that forgets would take it again
    recipient.seen.clear()
    assert respond(recipient, message, ANNA).session.session_id == accepted.session.session_id


def test_a_second_last_resort_message_of_its_own_is_taken() -> None:
    recipient = binh(0)
    respond(recipient, initiate(ANNA, recipient)[1], ANNA)

    accepted = respond(recipient, initiate(ANNA, recipient, generation=2)[1], ANNA)

    assert accepted.session.generation == 2


def test_the_filler_of_a_last_resort_message_is_bound_too() -> None:
    recipient = binh(0)
    _, message = initiate(ANNA, recipient)
    inside = bytearray(veil.lift([COVER], recipient.identity.device, message))
    inside[2000] ^= 1

    with pytest.raises(DecryptionError):
        respond(recipient, veil.put_on(COVER, recipient.identity.device, bytes(inside)), ANNA)


# Prekeys at the responder


def test_a_prekey_that_is_gone_is_named_so() -> None:
    recipient = binh()
    _, message = initiate(ANNA, recipient)
    recipient.one_times.clear()

    with pytest.raises(PrekeyUnknown):
        respond(recipient, message, ANNA)


@pytest.mark.parametrize("last_resort", [True, False])
def test_a_lookup_that_returns_other_prekeys_than_named_is_caught(last_resort: bool) -> None:
    recipient = binh(0 if last_resort else 1)
    _, message = initiate(ANNA, recipient)
    spare = binh().one_times[bundles.one_time_id(1, 0)]
    wrong = prekeys.PrekeySecrets(recipient.signed, spare if last_resort else None)

    with pytest.raises(PrekeyUnknown):
        handshake.respond(
            recipient.identity,
            message,
            covers=[COVER],
            prekeys=lambda *_: wrong,
            resolve=lambda _: ANNA.certificate,
            seen=lambda _: False,
            now=NOW,
        )


# Binding


def test_a_bit_changed_in_any_byte_is_refused() -> None:
    recipient = binh()
    _, message = initiate(ANNA, recipient)

    for position in range(len(message)):
        damaged = bytearray(message)
        damaged[position] ^= 1 << position % 8
        with pytest.raises(NoSession):
            respond(recipient, bytes(damaged), ANNA)
    assert respond(recipient, message, ANNA).opened.payload == b"first"


def test_a_bit_changed_under_the_veil_is_refused() -> None:
    # given somebody who has the veil's key
    recipient = binh()
    _, message = initiate(ANNA, recipient)
    inside = veil.lift([COVER], recipient.identity.device, message)

    # when one bit of any byte inside is changed
    for position in range(len(inside)):
        damaged = bytearray(inside)
        damaged[position] ^= 1 << position % 8
        with pytest.raises(SecmsgError) as caught:
            respond(recipient, veil.put_on(COVER, recipient.identity.device, bytes(damaged)), ANNA)
        assert isinstance(caught.value, DecryptionError | FormatError | PrekeyUnknown)

    # then nothing was taken or spent
    assert respond(recipient, message, ANNA).opened.payload == b"first"


def rebuilt(recipient: Device, message: bytes, change: Callable[[Front, Box], tuple[Front, Box]]) -> bytes:
    """Open a message with the recipient's keys, change it, and seal it again without signing again."""
    front, sealed = messages.decode_front(veil.lift([COVER], recipient.identity.device, message))
    known = recipient.secrets(front.signed_id, front.one_time_id)
    assert known.one_time is not None

    def key(of: Front) -> tuple[bytes, bytes]:
        th1 = hashing.sha512(
            b"DC/1 HX1 box\x00",
            messages.encode_head(of.signed_id, of.one_time_id),
            recipient.identity.ref,
            bundles.signed_part(known.signed.public),
            bundles.encode_one_time(known.one_time.public) if known.one_time else b"",
            known.one_time.batch_root if known.one_time else b"",
            of.ephemeral,
            of.ct_signed,
            of.ct_one_time,
        )
        ikm = b"\xff" * 32 + b"".join(secret.reveal() for secret in handshake._agree(of, known))
        return hkdf(bytes(64), ikm, "hx1 box", th1, 64), th1

    old_key, th1 = key(front)
    box = messages.decode_box(sealing.unseal(Secret(old_key), sealed, th1))
    front, box = change(front, box)
    new_key, th1 = key(front)
    inside = messages.encode_front(front) + sealing.seal(Secret(new_key), messages.encode_box(box), th1)
    return veil.put_on(COVER, recipient.identity.device, inside)


def test_a_message_rebuilt_unchanged_is_taken() -> None:
    # negative control of the tests below, and a second writing of th1 and of the box key
    recipient = binh()
    _, message = initiate(ANNA, recipient)

    again = rebuilt(recipient, message, lambda front, box: (front, box))

    assert again == message
    assert respond(recipient, again, ANNA).opened.payload == b"first"


FLIPPED = b"\x01" * 32
CHANGES: dict[str, Callable[[Front, Box], tuple[Front, Box]]] = {
    "sender": lambda front, box: (front, replace(box, sender=device(13, "c", 0).identity.ref)),
    "ed25519": lambda front, box: (front, replace(box, signature=bytes(64) + box.signature[64:])),
    "ml-dsa": lambda front, box: (front, replace(box, signature=box.signature[:-1] + bytes([box.signature[-1] ^ 1]))),
    "generation": lambda front, box: (front, replace(box, generation=2)),
    "previous": lambda front, box: (front, replace(box, previous=SessionId(b"\x01" * 16))),
    "reason": lambda front, box: (front, replace(box, reason=ResetReason.COMPROMISE)),
    "edition": lambda front, box: (front, replace(box, edition=replace(box.edition, number=8))),
    "root hash": lambda front, box: (front, replace(box, edition=replace(box.edition, root_hash=bytes(8)))),
    "ratchet key": lambda front, box: (front, replace(box, public=FLIPPED)),
    "offer": lambda front, box: (front, replace(box, offer=bytes(1184))),
    "ephemeral": lambda front, box: (replace(front, ephemeral=FLIPPED), box),
    "ct to the signed prekey": lambda front, box: (replace(front, ct_signed=bytes(1568)), box),
    "ct to the one-time prekey": lambda front, box: (replace(front, ct_one_time=bytes(1088)), box),
}


@pytest.mark.parametrize("name", CHANGES)
def test_every_value_is_under_the_signature(name: str) -> None:
    # given an insider who can open the box and seal it again, but not sign for the sender
    recipient, stranger = binh(), device(13, "c", 0)
    _, message = initiate(ANNA, recipient)

    # when one value is changed
    forged = rebuilt(recipient, message, CHANGES[name])

    # then the signature does not verify
    with pytest.raises(SignatureError):
        respond(recipient, forged, ANNA, stranger)


def test_the_first_packet_is_bound_by_the_sessions_own_keys() -> None:
    recipient = binh()
    _, message = initiate(ANNA, recipient)

    def change(front: Front, box: Box) -> tuple[Front, Box]:
        return front, replace(box, packet=box.packet[:-1] + bytes([box.packet[-1] ^ 1]))

    with pytest.raises(DecryptionError):
        respond(recipient, rebuilt(recipient, message, change), ANNA)


def test_a_first_packet_that_is_not_the_first_is_refused() -> None:
    # given an initiator that puts its second packet into the box
    recipient = binh()
    session, message = initiate(ANNA, recipient)
    _, second = sessions.seal_packet(
        session,
        b"second",
        size=806,
        kind=PqKind.NONE,
        ack=Ack(0, 0),
        edition=EDITION,
        random=ANNA.random,
    )

    with pytest.raises(FormatError):
        respond(
            recipient,
            rebuilt(recipient, message, lambda front, box: (front, replace(box, packet=second))),
            ANNA,
        )


def test_a_message_for_one_device_is_nothing_to_another() -> None:
    recipient, other = binh(), device(13, "handshake/c")
    _, message = initiate(ANNA, recipient)

    # another device does not lift the veil; under another certificate for the same keys the box stays shut
    with pytest.raises(NoSession):
        respond(other, message, ANNA)
    renamed = replace(recipient.identity, ref=other.identity.ref)
    with pytest.raises(DecryptionError):
        handshake.respond(
            renamed,
            message,
            covers=[COVER],
            prekeys=recipient.secrets,
            resolve=lambda _: ANNA.certificate,
            seen=lambda _: False,
            now=NOW,
        )


def test_a_signature_for_another_use_is_refused() -> None:
    # given a sender that can be made to sign the transcript under another label
    recipient = binh()
    session, message = initiate(ANNA, recipient)
    assert session.transcript

    def change(front: Front, box: Box) -> tuple[Front, Box]:
        transcript = handshake._transcript(
            handshake._box_transcript(
                front,
                recipient.identity.ref,
                recipient.signed.public,
                recipient.secrets(1, front.one_time_id).one_time.public,  # type: ignore[union-attr]  # it is there
                recipient.batch.root,
            ),
            box,
        )
        return front, replace(box, signature=signing.sign(ANNA.identity.key, labels.SIGN_REQUEST, transcript))

    with pytest.raises(SignatureError):
        respond(recipient, rebuilt(recipient, message, change), ANNA)


# The sender's certificate


def test_a_sender_that_is_not_listed_is_refused() -> None:
    recipient = binh()
    _, message = initiate(ANNA, recipient)

    with pytest.raises(NotListed):
        respond(recipient, message)


def test_a_person_does_not_open_sessions() -> None:
    recipient = binh()
    _, message = initiate(ANNA, recipient)

    with pytest.raises(NotEntitled):
        handshake.respond(
            recipient.identity,
            message,
            covers=[COVER],
            prekeys=recipient.secrets,
            resolve=lambda _: replace(ANNA.certificate, type=CertificateType.PERSON),
            seen=lambda _: False,
            now=NOW,
        )


def test_nothing_is_asked_of_the_directory_before_the_box_opens() -> None:
    asked: list[CertificateRef] = []
    recipient = binh()
    _, message = initiate(ANNA, recipient)
    inside = bytearray(veil.lift([COVER], recipient.identity.device, message))
    inside[-1] ^= 1

    def resolve(ref: CertificateRef) -> Certificate:
        asked.append(ref)
        return ANNA.certificate

    with pytest.raises(DecryptionError):
        handshake.respond(
            recipient.identity,
            veil.put_on(COVER, recipient.identity.device, bytes(inside)),
            covers=[COVER],
            prekeys=recipient.secrets,
            resolve=resolve,
            seen=lambda _: False,
            now=NOW,
        )
    assert asked == []


# Weak points


def low_order(bundle: Bundle) -> Bundle:
    return replace(bundle, signed=replace(bundle.signed, x25519=bytes(32)))


def test_an_agreement_of_all_zeros_is_refused_at_both_ends() -> None:
    # given a signed prekey that is a point of low order
    recipient = binh()
    public = replace(recipient.signed.public, x25519=bytes(32), signature=b"")
    signature = signing.sign(recipient.identity.key, labels.SIGN_PREKEY, bundles.signed_part(public))
    bad = Bundle(replace(public, signature=signature), None, None)
    with pytest.raises(DecryptionError):
        initiate(ANNA, recipient, bundle=bad)

    # and an ephemeral key that is one
    _, message = initiate(ANNA, recipient)
    inside = bytearray(veil.lift([COVER], recipient.identity.device, message))
    inside[12:44] = bytes(32)
    with pytest.raises(DecryptionError):
        respond(recipient, veil.put_on(COVER, recipient.identity.device, bytes(inside)), ANNA)


def test_handshakes_look_random() -> None:
    recipient = binh(0)

    data = b"".join(initiate(ANNA, recipient)[1] for _ in range(40))

    expected = len(data) / 256
    assert sum((data.count(value) - expected) ** 2 / expected for value in range(256)) < 400
    # negative control: without the veil the ML-KEM parts and the fixed head are visible
    inside = b"".join(
        veil.lift([COVER], recipient.identity.device, data[n : n + 8192])[:12] for n in range(0, len(data), 8192)
    )
    assert len(set(inside)) < 10


def test_session_keys_are_the_formula_of_the_specification() -> None:
    # given an agreement of known secrets
    secrets = [Secret(bytes([n]) * 32) for n in range(4)]
    ikm = b"\xff" * 32 + b"".join(secret.reveal() for secret in secrets)
    expected = hkdf(bytes(64), ikm, "hx1", b"\x07" * 64, 176)

    keys = handshake._session_keys(secrets, b"\x07" * 64)

    parts = (
        keys.root.reveal(),
        keys.initiator_header.reveal(),
        keys.responder_header.reveal(),
        keys.session_id,
    )
    assert b"".join(parts) == expected


def test_a_bundle_that_does_not_verify_is_not_used() -> None:
    recipient = binh()

    with pytest.raises(SignatureError):
        initiate(ANNA, recipient, bundle=low_order(recipient.bundle()))
