"""The ground of the second reading, written from docs/spec/{notation,codec,crypto}.md alone.

Nothing here or in the other `second_*.py` comes from the product: hashlib, hmac, bare primitives of two libraries,
and a reader of canonical CBOR that is small enough to be read in one go. It is slow and that is no matter.
"""

import hashlib
import hmac
import struct
import unicodedata
from dataclasses import dataclass
from typing import Any, TypeAlias

import nacl.bindings
import nacl.exceptions
import nacl.pwhash
from cryptography.cobblestone import Cobblestone256Decryptor
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric import mldsa
from cryptography.hazmat.primitives.ciphers.aead import AESSIV


class RefusedError(Exception):
    """What the second reading refuses, whatever the reason."""


def need(holds: object, why: str) -> None:
    """Refuse unless it holds."""
    if not holds:
        raise RefusedError(why)


Plain: TypeAlias = Any
"""What canonical CBOR can say; each reader looks before it believes."""

# crypto.md 3, 4, 7, 8.1, 10


def short(*parts: bytes) -> bytes:
    return hashlib.new("sha512_256", b"".join(parts)).digest()


def kdf(salt: bytes, ikm: bytes, label: str, context: bytes, length: int) -> bytes:
    need(label.isascii() and label.isprintable() and 1 <= len(label) <= 255, "label")
    need(len(context) <= 0xFFFF and 1 <= length <= 16_320, "length")
    info = b"DC/1" + bytes([len(label)]) + label.encode() + struct.pack(">H", len(context)) + context
    prk = hmac.digest(salt or bytes(64), ikm, "sha512")
    out = block = b""
    for count in range(1, length // 64 + 2):
        if len(out) < length:
            block = hmac.digest(prk, block + info + bytes([count]), "sha512")
            out += block
    return out[:length]


def verify(public: bytes, label: str, message: bytes, signature: bytes) -> None:
    """Both halves; the root's keys are told from others by their length."""
    need(label.isascii() and label.isprintable() and 1 <= len(label) <= 255, "label")
    need((len(public), len(signature)) in ((1984, 3373), (2624, 4691)), "length")
    signed = label.encode() + b"\0" + message
    verify_reader(public[:32], signed, signature[:64])
    kind = mldsa.MLDSA65PublicKey if len(public) == 1984 else mldsa.MLDSA87PublicKey
    try:
        kind.from_public_bytes(public[32:]).verify(signature[64:], signed, label.encode())
    except InvalidSignature:
        raise RefusedError("signature") from None


def verify_reader(public: bytes, message: bytes, signature: bytes) -> None:
    need(len(public) == 32 and len(signature) == 64, "length")
    try:
        nacl.bindings.crypto_sign_open(signature + message, public)
    except nacl.exceptions.BadSignatureError:
        raise RefusedError("signature") from None


def unsiv(key: bytes, sealed: bytes, *associated: bytes) -> bytes:
    need(len(key) == 64, "key")
    try:
        return AESSIV(key).decrypt(sealed, list(associated))
    except (InvalidTag, ValueError):
        raise RefusedError("seal") from None


def unchunk(key: bytes, context: bytes, sealed: bytes) -> bytes:
    """Open a whole stream (crypto.md 9)."""
    need(len(key) == 32, "key")
    stream = Cobblestone256Decryptor(key, context)
    try:
        return stream.update(sealed) + stream.finalize()
    except InvalidTag:
        raise RefusedError("stream") from None


def argon2id(passphrase: bytes, salt: bytes, memory_kib: int, passes: int) -> bytes:
    return nacl.pwhash.argon2id.kdf(32, passphrase, salt, opslimit=passes, memlimit=1024 * memory_kib)


def merkle_root(leaves: list[bytes]) -> bytes:
    level = [short(b"\0", leaf) for leaf in leaves]
    while len(level) > 1:
        paired = [short(b"\1", *level[at : at + 2]) for at in range(0, len(level) - 1, 2)]
        level = paired + level[len(level) & ~1 :]
    return level[0]


def root_of_path(leaf: bytes, index: int, count: int, path: list[bytes]) -> bytes:
    need(index < count, "index")
    current, last, rest = short(b"\0", leaf), count - 1, list(path)
    while last:
        # An entry without a sibling moves up unchanged.
        if index % 2 or index < last:
            need(rest, "a hash too few")
            sibling = rest.pop(0)
            current = short(b"\1", sibling, current) if index % 2 else short(b"\1", current, sibling)
        index, last = index // 2, last // 2
    need(not rest, "a hash too many")
    return current


# codec.md 3


@dataclass
class Cut:
    """Takes the front of a byte string, piece by piece."""

    data: bytes

    def take(self, length: int) -> bytes:
        piece, self.data = self.data[:length], self.data[length:]
        need(len(piece) == length, "cut short")
        return piece

    def number(self, length: int, low: int = 0, high: int = 1 << 64) -> int:
        value = int.from_bytes(self.take(length), "big")
        need(low <= value <= high, "bound")
        return value

    def done(self) -> None:
        need(not self.data, "bytes after the end")


# codec.md 1


class Reader:
    """Reads one value in its only encoding."""

    def __init__(self, data: bytes, max_bytes: int, max_items: int) -> None:
        need(len(data) <= max_bytes, "too long")
        self.cut, self.items = Cut(data), max_items

    def value(self, depth: int = 0) -> Plain:
        self.items -= 1
        need(self.items >= 0, "too many items")
        first = self.cut.number(1)
        major, low = first >> 5, first & 31
        if major == 7:
            need(first in (0xF4, 0xF5, 0xF6), "a float or a simple value")
            return {0xF4: False, 0xF5: True, 0xF6: None}[first]
        argument = self.argument(low)
        if major in (0, 1):
            return argument if major == 0 else -1 - argument
        if major in (2, 3):
            piece = self.cut.take(argument)
            return piece if major == 2 else self.text(piece)
        need(major in (4, 5) and depth < 8, "a tag, or too deep")
        if major == 4:
            return [self.value(depth + 1) for _ in range(self.counted(argument))]
        return self.map(self.counted(2 * argument) // 2, depth + 1)

    def argument(self, low: int) -> int:
        if low < 24:
            return low
        need(low < 28, "indefinite")
        size = 1 << (low - 24)
        # The shortest form: what fits into half of it is written in half of it.
        return self.cut.number(size, 24 if size == 1 else 1 << (4 * size))

    def counted(self, items: int) -> int:
        need(items <= self.items, "more items than allowed")
        return items

    def map(self, pairs: int, depth: int) -> dict[int, Any]:
        entries: dict[int, Any] = {}
        for _ in range(pairs):
            key = self.value(depth)
            need(type(key) is int and key >= 0 and (not entries or key > max(entries)), "key")
            entries[key] = self.value(depth)
        return entries

    @staticmethod
    def text(piece: bytes) -> str:
        try:
            return piece.decode("utf-8")
        except UnicodeDecodeError:
            raise RefusedError("not UTF-8") from None


def cbor(data: bytes, max_bytes: int, max_items: int = 4096) -> dict[int, Any]:
    """Return the map that is the whole of `data`."""
    reader = Reader(data, max_bytes, max_items)
    value = reader.value()
    reader.cut.done()
    need(type(value) is dict, "not a map")
    return dict(value)


def only(fields: dict[int, Any], *keys: int) -> None:
    need(fields.keys() <= set(keys), "an unknown field")


def uint(value: Plain, low: int, high: int) -> int:
    need(type(value) is int and low <= value <= high, "number")
    return int(value)


def raw(value: Plain, low: int, high: int | None = None) -> bytes:
    need(type(value) is bytes and low <= len(value) <= (low if high is None else high), "bytes")
    return bytes(value)


def flag(value: Plain) -> bool:
    need(type(value) is bool, "truth value")
    return bool(value)


def listed(value: Plain, low: int, high: int) -> list[Any]:
    need(type(value) is list and low <= len(value) <= high, "array")
    return list(value)


def row(value: Plain, length: int) -> list[Any]:
    return listed(value, length, length)


# codec.md 4

BLANKS = {0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F, 0x2800, 0x3164, 0xFFA0}
BLANKS |= set(range(0xFE00, 0xFE10)) | set(range(0xE0100, 0xE01F0))


def text(value: Plain, low: int, high: int, *, lines: bool = False) -> str:
    need(type(value) is str and low <= len(value) <= high, "text")
    marks = 0
    for each in value:
        category = unicodedata.category(each)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        need(marks <= 8 and ord(each) not in BLANKS, "character")
        need(category not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") or (lines and each == "\n"), "character")
    need(unicodedata.normalize("NFC", value) == value, "not composed")
    need(low == 0 or value.strip(), "blank")
    return str(value)


MAX_TIME = 253_402_300_799


def time(value: Plain) -> int:
    """UTC seconds to the end of the year 9999 (notation.md)."""
    return uint(value, 0, MAX_TIME)
