"""One 500-byte cable encrypted and decrypted in a session that stands, beside vodozemac's Olm and DoubleRatchet.

Nothing is stored and nothing crosses a line: it is the ratchet alone, sealed at one end and opened at the other, the
speaker changing every ten cables as in a conversation. Ours seals headers too, pads to 2 KiB and makes the
post-quantum step where the padding has room; the peers do neither. All three are called from Python.
"""

import asyncio
from collections.abc import Callable
from typing import Any

import vodozemac
from doubleratchet import DoubleRatchet, EncryptedMessage, Header
from doubleratchet.recommended import aead_aes_hmac, diffie_hellman_ratchet_curve25519, kdf_hkdf, kdf_separate_hmacs
from doubleratchet.recommended.crypto_provider import HashFunction

from secmsg.crypto import randomness
from secmsg.protocol.session import Session
from tests.bench.rows import Row, interleaved, ratio, table, walls
from tests.helpers.sessions import established, opened, seal

TEXT = bytes(500)
TURN = 10
"""Cables in a row from one side."""


def run(size: int, rounds: int) -> None:
    """Print the rows for `size` cables a round."""
    count = size or 1_000
    costs = interleaved({"ours": _ours(count), "olm": _olm(count), "ratchet": _double_ratchet(count)}, rounds)
    mine = walls(costs["ours"])
    rows = []
    for name, key, goal in (("vodozemac 0.10 (Olm)", "olm", "≥ 2"), ("DoubleRatchet 1.3", "ratchet", "≥ 10")):
        theirs = walls(costs[key])
        rows.append(
            Row(
                "cable of 500 bytes in a session, sealed and opened",
                f"{min(mine) / count * 1e6:.0f} µs",
                f"{name} {min(theirs) / count * 1e6:.0f} µs",
                *ratio(theirs, mine),
                goal,
            )
        )
    print(table(rows))


def _ours(count: int) -> Callable[[], object]:
    sides: list[Session] = list(established("bench"))

    def go() -> None:
        for number in range(count):
            sender = number // TURN % 2
            sides[sender], packet = seal(sides[sender], TEXT, randomness.system)
            sides[1 - sender], text = opened(sides[1 - sender], packet)
            assert text == TEXT

    return go


def _olm(count: int) -> Callable[[], object]:
    anna, binh = vodozemac.Account(), vodozemac.Account()
    binh.generate_one_time_keys(1)
    (one_time,) = binh.one_time_keys.values()
    first = anna.create_outbound_session(binh.curve25519_key, one_time)
    hello = first.encrypt(b"hello").to_pre_key()
    if hello is None:
        raise AssertionError("the first message of a session opens it")
    second, _ = binh.create_inbound_session(anna.curve25519_key, hello)
    sides = [first, second]

    def go() -> None:
        for number in range(count):
            sender = number // TURN % 2
            assert sides[1 - sender].decrypt(sides[sender].encrypt(TEXT)) == TEXT

    return go


class _Aead(aead_aes_hmac.AEAD):
    @staticmethod
    def _get_hash_function() -> HashFunction:
        return HashFunction.SHA_256

    @staticmethod
    def _get_info() -> bytes:
        return b"bench message"


class _RootKdf(kdf_hkdf.KDF):
    @staticmethod
    def _get_hash_function() -> HashFunction:
        return HashFunction.SHA_256

    @staticmethod
    def _get_info() -> bytes:
        return b"bench root"


class _ChainKdf(kdf_separate_hmacs.KDF):
    @staticmethod
    def _get_hash_function() -> HashFunction:
        return HashFunction.SHA_256


class _Package(DoubleRatchet):
    @staticmethod
    def _build_associated_data(associated_data: bytes, header: Header) -> bytes:
        counters = header.sending_chain_length.to_bytes(8, "big") + header.previous_sending_chain_length.to_bytes(8)
        return associated_data + header.ratchet_pub + counters


async def meet() -> list[DoubleRatchet]:
    """Return both ends of a DoubleRatchet conversation, the first message across."""
    secret, own = randomness.system(32), randomness.system(32)
    settings: dict[str, Any] = {
        "diffie_hellman_ratchet_class": diffie_hellman_ratchet_curve25519.DiffieHellmanRatchet,
        "root_chain_kdf": _RootKdf,
        "message_chain_kdf": _ChainKdf,
        "message_chain_constant": b"\x01\x02",
        "dos_protection_threshold": 100,
        "max_num_skipped_message_keys": 1000,
        "aead": _Aead,
    }
    public = diffie_hellman_ratchet_curve25519.DiffieHellmanRatchet._derive_pub(own)
    anna, hello = await _Package.encrypt_initial_message(
        shared_secret=secret, recipient_ratchet_pub=public, message=b"hello", associated_data=b"", **settings
    )
    binh, _ = await _Package.decrypt_initial_message(
        shared_secret=secret, own_ratchet_priv=own, message=hello, associated_data=b"", **settings
    )
    return [anna, binh]


def _double_ratchet(count: int) -> Callable[[], object]:
    loop = asyncio.new_event_loop()
    sides = loop.run_until_complete(meet())

    async def carry() -> None:
        for number in range(count):
            sender = number // TURN % 2
            sealed: EncryptedMessage = await sides[sender].encrypt_message(TEXT, b"")
            assert await sides[1 - sender].decrypt_message(sealed, b"") == TEXT

    return lambda: loop.run_until_complete(carry())
