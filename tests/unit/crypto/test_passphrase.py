"""Argon2id agrees with a second library, and refuses a cost that is a downgrade or a stall."""

import nacl.bindings
import nacl.exceptions
import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from secmsg.crypto import passphrase
from secmsg.crypto.passphrase import KdfCost
from secmsg.crypto.secret import Secret
from secmsg.errors import CostRefused, CryptoError, FormatError

SALT = bytes(range(16))


@pytest.mark.parametrize("cost", [KdfCost(8, 1), KdfCost(64, 2), KdfCost(1024, 3), KdfCost(1000, 10)])
@pytest.mark.parametrize("words", ["", "sáu từ ngẫu nhiên", "x" * 1000])
def test_two_libraries_agree(cost: KdfCost, words: str) -> None:
    expected = Argon2id(salt=SALT, length=32, iterations=cost.passes, lanes=1, memory_cost=cost.memory_kib).derive(
        words.encode()
    )

    assert passphrase.stretch(Secret(words.encode()), SALT, cost) == Secret(expected)


def test_words_salt_memory_and_passes_all_count() -> None:
    base = passphrase.stretch(Secret(b"words"), SALT, KdfCost(64, 2))

    others = [
        passphrase.stretch(Secret(b"Words"), SALT, KdfCost(64, 2)),
        passphrase.stretch(Secret(b"words"), bytes(16), KdfCost(64, 2)),
        passphrase.stretch(Secret(b"words"), SALT, KdfCost(72, 2)),
        passphrase.stretch(Secret(b"words"), SALT, KdfCost(64, 3)),
    ]

    assert all(other != base for other in others)


@pytest.mark.parametrize("length", [0, 8, 15, 17])
def test_a_salt_of_another_length_is_refused(length: int) -> None:
    with pytest.raises(FormatError):
        passphrase.stretch(Secret(b"words"), bytes(length), KdfCost(64, 2))


def test_the_production_cost_is_the_designs_and_within_its_own_bounds() -> None:
    passphrase.check_bounds(passphrase.PRODUCTION, passphrase.PRODUCTION)
    passphrase.check_bounds(passphrase.CEILING, passphrase.PRODUCTION)

    assert KdfCost(256 * 1024, 3) == passphrase.PRODUCTION
    assert KdfCost(1024 * 1024, 10) == passphrase.CEILING


@pytest.mark.parametrize(
    "cost",
    [
        KdfCost(262_143, 3),
        KdfCost(262_144, 2),
        KdfCost(1_048_577, 3),
        KdfCost(262_144, 11),
        KdfCost(0, 0),
        KdfCost(-1, 3),
        KdfCost(1 << 64, 3),
    ],
)
def test_a_downgrade_and_a_stall_are_refused(cost: KdfCost) -> None:
    with pytest.raises(CryptoError):
        passphrase.check_bounds(cost, passphrase.PRODUCTION)


@pytest.mark.parametrize("cost", [KdfCost(7, 1), KdfCost(8, 0), KdfCost(1_048_577, 1), KdfCost(8, 11)])
def test_stretching_refuses_by_itself_what_no_caller_may_ask(cost: KdfCost) -> None:
    with pytest.raises(CostRefused):
        passphrase.stretch(Secret(b"words"), SALT, cost)


@pytest.mark.parametrize("broken", [nacl.exceptions.RuntimeError("no memory"), MemoryError()])
def test_a_machine_without_the_memory_says_so(monkeypatch: pytest.MonkeyPatch, broken: Exception) -> None:
    def failing(*_arguments: object) -> bytes:
        raise broken

    monkeypatch.setattr(nacl.bindings, "crypto_pwhash_alg", failing)

    with pytest.raises(CostRefused, match="not enough memory"):
        passphrase.stretch(Secret(b"words"), SALT, KdfCost(64, 2))
