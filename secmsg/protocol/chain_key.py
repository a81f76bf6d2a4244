"""The chain key gives each packet a key of its own and forgets it (docs/spec/session.md 5)."""

from dataclasses import dataclass

from secmsg.crypto import kdf, labels
from secmsg.crypto.secret import Secret

MESSAGE_KEY_SIZE = 32
_CHAIN_SIZE = 32
_SEAL_PARTS = (32, 12, 32)


@dataclass(frozen=True, slots=True)
class PacketKeys:
    """Keys of one emission of one packet: body key, nonce, commitment key."""

    key: Secret
    nonce: bytes
    commitment: Secret


def advance(chain: Secret, label: str = labels.CHAIN) -> tuple[Secret, Secret]:
    """Return the next chain key and the message key of this place, 32 bytes each; `label` says which kind of chain."""
    following, message = kdf.derive(b"", chain, label, b"", _CHAIN_SIZE + MESSAGE_KEY_SIZE).split(
        _CHAIN_SIZE, MESSAGE_KEY_SIZE
    )
    return following, message


def run(chain: Secret, start: int, end: int, keep: int, label: str = labels.CHAIN) -> tuple[Secret, dict[int, Secret]]:
    """Advance from place `start` to `end`; return the chain key there and the last `keep` keys passed.

    Nothing is stored by this: the caller commits only after the packet has authenticated.
    """
    passed: dict[int, Secret] = {}
    for place in range(start, end):
        chain, message = advance(chain, label)
        if place >= end - keep:
            passed[place] = message
    return chain, passed


def packet_keys(message: Secret, salt: bytes) -> PacketKeys:
    """Derive the keys of one emission.

    The salt is fresh for every emission, so a state rolled back to an older copy still never seals two
    packets under one key and nonce (docs/spec/session.md 5.2).
    """
    key, nonce, commitment = kdf.derive(salt, message, labels.MESSAGE, b"", sum(_SEAL_PARTS)).split(*_SEAL_PARTS)
    return PacketKeys(key, nonce.reveal(), commitment)
