"""From a passphrase to a key: Argon2id with one lane (docs/spec/crypto.md 10)."""

from dataclasses import dataclass

import nacl.bindings
import nacl.exceptions

from secmsg.crypto.secret import Secret
from secmsg.errors import CostRefused, FormatError

SALT_SIZE = 16
KEY_SIZE = 32


@dataclass(frozen=True, slots=True)
class KdfCost:
    """What one guess costs: memory in KiB and passes over it."""

    memory_kib: int
    passes: int


PRODUCTION = KdfCost(memory_kib=262_144, passes=3)
"""256 MiB, three passes: 0.5 to 1.1 s on the office laptops of the design."""

CEILING = KdfCost(memory_kib=1_048_576, passes=10)
"""Beyond this a header asks for a stall, not for security."""

_LEAST = KdfCost(memory_kib=8, passes=1)


def check_bounds(cost: KdfCost, floor: KdfCost) -> None:
    """Refuse a cost below `floor` (a downgrade) or above the ceiling (a stall); CostRefused, a CryptoError.

    Called on every cost that was read from outside, before `stretch`.
    """
    if not floor.memory_kib <= cost.memory_kib <= CEILING.memory_kib:
        raise CostRefused(f"Argon2id memory of {cost.memory_kib} KiB is outside the bounds")
    if not floor.passes <= cost.passes <= CEILING.passes:
        raise CostRefused(f"{cost.passes} Argon2id passes are outside the bounds")


def stretch(passphrase: Secret, salt16: bytes, cost: KdfCost) -> Secret:
    """Return the 32-byte key of a passphrase given as NFC UTF-8 bytes.

    FormatError on a salt that has not 16 bytes; CostRefused on a cost outside the algorithm's or the
    ceiling's bounds, or when this machine has not the memory. Source: RFC 9106, p = 1.
    """
    if len(salt16) != SALT_SIZE:
        raise FormatError("the salt has 16 bytes")
    check_bounds(cost, _LEAST)
    try:
        key = nacl.bindings.crypto_pwhash_alg(
            KEY_SIZE,
            passphrase.reveal(),
            salt16,
            cost.passes,
            cost.memory_kib * 1024,
            nacl.bindings.crypto_pwhash_ALG_ARGON2ID13,
        )
    except (nacl.exceptions.RuntimeError, MemoryError):
        raise CostRefused("there is not enough memory to stretch the passphrase") from None
    return Secret(key)
