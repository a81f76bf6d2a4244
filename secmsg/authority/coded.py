"""A file that opens under a code carried by another way: Argon2id, check value, AES-256-SIV (docs/spec/enrolment.md 4).

Kits and cover files have the form; the label parts them, so no code opens one as the other.
"""

from dataclasses import dataclass

from secmsg.crypto import hashing, passphrase, sealing
from secmsg.crypto.kdf import derive
from secmsg.crypto.passphrase import KdfCost
from secmsg.crypto.randomness import Random, secret
from secmsg.crypto.secret import Secret
from secmsg.errors import CostRefused, DecryptionError, EnrolmentError
from secmsg.wire.codec import Reader, Writer

CODE_SIZE = 20
"""Bytes of an activation code: 160 bits, read out and typed in check-digited groups."""

MIN_CODE_SIZE = 13
"""Fewer than 100 bits are refused on either side."""

CHECK_SIZE = 32
HEAD_SIZE = 1 + 4 + 1 + passphrase.SALT_SIZE

_VERSION = 1


@dataclass(frozen=True, slots=True)
class CodedFile:
    """A kind of coded file: its label, what it is called in refusals, and the most bytes it may hold."""

    label: str
    called: str
    most: int


def draw_code(random: Random) -> Secret:
    """Draw the code that opens one file: 20 bytes, carried separately from it."""
    return secret(random, CODE_SIZE)


def seal(kind: CodedFile, plaintext: bytes, code: Secret, cost: KdfCost, random: Random) -> bytes:
    """Seal under Argon2id of the code, with a check value that commits to the key; EnrolmentError below 100 bits."""
    salt = secret(random, passphrase.SALT_SIZE).reveal()
    head = Writer().u8(_VERSION).u32(cost.memory_kib).u8(cost.passes).raw(salt, passphrase.SALT_SIZE).bytes()
    check, key = _keys(kind, code, salt, cost, head)
    return head + check + sealing.seal(key, plaintext, head, check)


def open_file(kind: CodedFile, sealed: bytes, code: Secret, floor: KdfCost) -> bytes:
    """Return what was sealed; EnrolmentError when the code is another, the file was changed or its cost out of bounds.

    FormatError when it is too short. Argon2id below `floor` is refused.
    """
    if len(sealed) > HEAD_SIZE + CHECK_SIZE + sealing.OVERHEAD + kind.most:
        raise EnrolmentError(f"the file is too long to be a {kind.called}")
    reader = Reader(sealed)
    if reader.u8() != _VERSION:
        raise EnrolmentError(f"the file is not a {kind.called} of this version")
    cost = KdfCost(memory_kib=reader.u32(), passes=reader.u8())
    salt = reader.raw(passphrase.SALT_SIZE)
    check = reader.raw(CHECK_SIZE)
    box = reader.rest()
    try:
        passphrase.check_bounds(cost, floor)
    except CostRefused:
        raise EnrolmentError(f"the {kind.called} asks for a key derivation out of bounds") from None
    head = sealed[:HEAD_SIZE]
    expected, key = _keys(kind, code, salt, cost, head)
    # The check value commits to one code: a file that opens under many would let one guess test them all.
    if not hashing.equal(expected, check):
        raise EnrolmentError(f"the activation code does not fit this {kind.called}")
    try:
        return sealing.unseal(key, box, head, check)
    except DecryptionError:
        raise EnrolmentError(f"the {kind.called} was changed on its way") from None


def _keys(kind: CodedFile, code: Secret, salt: bytes, cost: KdfCost, head: bytes) -> tuple[bytes, Secret]:
    if len(code) < MIN_CODE_SIZE:
        raise EnrolmentError("an activation code has at least 100 bits")
    stretched = passphrase.stretch(code, salt, cost)
    check, key = derive(salt, stretched, kind.label, head, CHECK_SIZE + sealing.KEY_SIZE).split(
        CHECK_SIZE, sealing.KEY_SIZE
    )
    return check.reveal(), key
