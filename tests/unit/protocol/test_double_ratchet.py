"""The classical ratchet against the independent package DoubleRatchet (Signal's specification, another hand).

Compared, for random schedules of sending, loss, repetition and reordering: the header of every packet
(ratchet public key, PN, N); the message key of every packet (proven through the packet's commitment, which
only that key gives); and on arrival whether the packet opens or is refused. So the order of root steps, the
root and chain keys behind them, counters and kept keys agree.

Not compared: header encryption, the post-quantum step, the bounds, the packet format: the package has none of
them. Its KDFs are arguments, so both sides use those of docs/spec/session.md; the package makes its sending
step on arrival, this one at the next sending, which is why the ratchet keys are dealt from a list.
"""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

import pytest
from doubleratchet import (
    AEAD,
    KDF,
    AuthenticationFailedException,
    DiffieHellmanRatchet,
    DoubleRatchet,
    DuplicateMessageException,
    EncryptedMessage,
    Header,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from secmsg.crypto import agreement, hashing, kdf, labels, sealing
from secmsg.crypto.randomness import Random
from secmsg.crypto.secret import Secret
from secmsg.errors import SessionError
from secmsg.protocol import chain_key, root_key
from secmsg.protocol import session as sessions
from secmsg.protocol.root_key import Terms
from secmsg.protocol.state import SendingChain, Session
from secmsg.wire import packet as packets
from tests.helpers.seeded_random import seeded
from tests.helpers.sessions import NOW, bare_pair, seal

pytestmark = pytest.mark.filterwarnings("default::DeprecationWarning")


@dataclass
class Deal:
    """Ratchet keys of both sides in the order of their use, and what is public about each chain."""

    keys: dict[int, agreement.ExchangeKey] = field(default_factory=dict)
    sent: dict[int, int] = field(default_factory=dict)
    epoch_of: dict[bytes, int] = field(default_factory=dict)

    def terms(self, shared: bytes) -> Terms:
        epoch = self.epoch_of[shared]
        return Terms(epoch, self.keys[epoch].public, self.sent.get(epoch - 2, 0))


DEAL = Deal()


class RootKdf(KDF):
    @staticmethod
    async def derive(key: bytes, data: bytes, length: int) -> bytes:
        if data not in DEAL.epoch_of:
            # A repeated packet of a chain long over: the package goes on to a step that nobody made.
            raise AuthenticationFailedException
        th = root_key.transcript(DEAL.terms(data), None)
        return kdf.derive(key, Secret(data), labels.ROOT, th, 192).reveal()[:length]


class ChainKdf(KDF):
    @staticmethod
    async def derive(key: bytes, data: bytes, length: int) -> bytes:
        return kdf.derive(b"", Secret(key), labels.CHAIN, b"", length).reveal()


class Exposed(AEAD):
    """Shows the message key instead of using it."""

    @staticmethod
    async def encrypt(plaintext: bytes, key: bytes, associated_data: bytes) -> bytes:
        return key

    @staticmethod
    async def decrypt(ciphertext: bytes, key: bytes, associated_data: bytes) -> bytes:
        if key != ciphertext:
            raise AuthenticationFailedException
        return key


class Ratchet(DiffieHellmanRatchet):
    own: ClassVar[Iterator[int]]

    @classmethod
    def _generate_priv(cls) -> bytes:
        return DEAL.keys[next(cls.own)].private.reveal()

    @staticmethod
    def _derive_pub(priv: bytes) -> bytes:
        return next(key.public for key in DEAL.keys.values() if key.private.reveal() == priv)

    @staticmethod
    def _perform_diffie_hellman(own_priv: bytes, other_pub: bytes) -> bytes:
        return agreement.exchange(Secret(own_priv), other_pub).reveal()


class InitiatorRatchet(Ratchet):
    pass


class ResponderRatchet(Ratchet):
    pass


class Package(DoubleRatchet):
    @staticmethod
    def _build_associated_data(associated_data: bytes, header: Header) -> bytes:
        return associated_data


LIMITS = (2048, 8192)


def deal(count: int) -> tuple[Session, Session, Secret]:
    """Deal keys for `count` epochs; return both sessions and the root they start from."""
    initiator, responder, root, signed = bare_pair(b"differential")
    assert initiator.sending is not None
    DEAL.keys = {0: signed, 1: initiator.sending.ratchet}
    random = seeded(b"deal")
    for epoch in range(2, count):
        DEAL.keys[epoch] = agreement.exchange_generate(random)
    DEAL.sent = {}
    DEAL.epoch_of = {
        agreement.exchange(DEAL.keys[epoch].private, DEAL.keys[epoch - 1].public).reveal(): epoch
        for epoch in range(1, count)
    }
    InitiatorRatchet.own = iter(range(1, count, 2))
    ResponderRatchet.own = iter(range(2, count, 2))
    return initiator, responder, root


def dealt_random(session: Session) -> Random:
    """Return a source that gives the dealt key where a chain begins, then fresh salts."""
    salts = seeded(session.root.reveal())
    epoch = session.receiving.epoch + 1 if session.receiving and not session.sending else 0

    def draw(length: int) -> bytes:
        return DEAL.keys[epoch].private.reveal() if length == 32 else salts(length)

    return draw


@given(st.lists(st.tuples(st.sampled_from("ABab*"), st.integers(0, 30)), min_size=5, max_size=60))
@settings(max_examples=150, deadline=None)
def test_headers_keys_and_refusals_are_those_of_the_package(schedule: list[tuple[str, int]]) -> None:
    asyncio.run(compare(schedule))


async def compare(schedule: list[tuple[str, int]]) -> None:
    mine: dict[str, Session] = {}
    theirs: dict[str, Package] = {}
    mine["A"], mine["B"], root = deal(len(schedule) + 4)
    on_the_way: dict[str, list[tuple[bytes, EncryptedMessage]]] = {"A": [], "B": []}

    async def send(side: str) -> None:
        session = mine[side]
        mine[side], packet = seal(session, b"", dealt_random(session), size_class=512)
        chain = mine[side].sending
        assert chain is not None
        if side in theirs:
            message = await theirs[side].encrypt_message(b"", b"")
        else:
            theirs[side], message = await Package.encrypt_initial_message(
                InitiatorRatchet,
                RootKdf,
                ChainKdf,
                b"",
                *LIMITS,
                Exposed,
                root.reveal(),
                DEAL.keys[0].public,
                b"",
                b"",
            )
        DEAL.sent[chain.epoch] = chain.n
        # headers agree
        header = message.header
        assert (header.ratchet_pub, header.previous_sending_chain_length, header.sending_chain_length) == (
            chain.ratchet.public,
            chain.pn,
            chain.n - 1,
        )
        # message keys agree: theirs gives the commitment of my packet
        parts = packets.split(packet)
        salt = salt_of(chain, parts.header, mine[side])
        keys = chain_key.packet_keys(Secret(message.ciphertext), salt)
        assert hashing.hmac_sha256(keys.commitment, parts.header) == parts.commitment
        on_the_way["B" if side == "A" else "A"].append((packet, message))

    async def receive(side: str, packet: bytes, message: EncryptedMessage) -> None:
        try:
            mine[side], _ = sessions.decrypt(mine[side], packet, now=NOW)
            accepted = True
        except SessionError:
            accepted = False
        try:
            if side in theirs:
                await theirs[side].decrypt_message(message, b"")
            else:
                theirs[side], _ = await Package.decrypt_initial_message(
                    ResponderRatchet,
                    RootKdf,
                    ChainKdf,
                    b"",
                    *LIMITS,
                    Exposed,
                    root.reveal(),
                    DEAL.keys[0].private.reveal(),
                    message,
                    b"",
                )
            assert accepted
        except (DuplicateMessageException, AuthenticationFailedException):
            assert not accepted

    await send("A")
    for act, number in schedule:
        match act:
            case "A":
                await send("A")
            case "B":
                if "B" in theirs:
                    await send("B")
            case "a" | "b":
                side = act.upper()
                if on_the_way[side]:
                    await receive(side, *on_the_way[side].pop(number % len(on_the_way[side])))
            case _:
                # a repetition: delivered and kept, so that it comes again
                side = "AB"[number % 2]
                if on_the_way[side]:
                    await receive(side, *on_the_way[side][number % len(on_the_way[side])])


def salt_of(chain: SendingChain, sealed: bytes, session: Session) -> bytes:
    device = session.peer_device.to_bytes(2, "big")
    return packets.decode_header(sealing.unseal(chain.header_key, sealed, device)).salt
