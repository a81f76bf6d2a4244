"""A second reading of what relays and sticks carry, and of the head of a vault.

Written from docs/spec/{sync,relay-api,pouch,vault}.md alone; a reader gives the fields in the order of its table.
"""

from collections.abc import Callable
from typing import Any

import nacl.bindings

from tests.vectors.second_basis import (
    Cut,
    Plain,
    RefusedError,
    argon2id,
    cbor,
    kdf,
    listed,
    need,
    only,
    raw,
    row,
    short,
    uint,
    unsiv,
    verify_reader,
)
from tests.vectors.second_wire import padme

Fields = dict[int, Any]
U32 = 0xFFFF_FFFF
MAX_NUMBER = 1 << 62
CLASSES = (512, 2_048, 8_192, 32_768)


def apart(boxes: list[bytes]) -> None:
    need(len(set(boxes)) == len(boxes), "a mailbox twice")


def optional(fields: Fields, key: int, high: int, read: Callable[[Any], Any]) -> list[Any]:
    return [read(each) for each in listed(fields[key], 1, high)] if key in fields else []


# sync.md 2


def signed_part(data: bytes) -> list[Any]:
    f = cbor(data, 262_144, 8_192)
    only(f, 1, 2, 4, 5, 6, 7, 8, 10)
    acks, fetches = optional(f, 4, 32, acknowledgement), optional(f, 5, 32, fetch)
    proofs = optional(f, 7, 32, proof)
    for several in (acks, fetches, proofs):
        apart([each[0] for each in several])
    return [
        uint(f.get(1), 0, U32),
        raw(f.get(2), 8),
        acks,
        fetches,
        uint(f[6], 1, 55) if 6 in f else None,
        proofs,
        creation(f[8]) if 8 in f else None,
        upload(f[10]) if 10 in f else None,
    ]


def acknowledgement(value: Plain) -> list[Any]:
    box, ranges = row(value, 2)
    before = -1
    for each in listed(ranges, 1, 256):
        first, last = row(each, 2)
        uint(first, 1, MAX_NUMBER)
        uint(last, first, MAX_NUMBER)
        need(first > before + 1, "ranges that touch")
        before = last
    return [raw(box, 16), ranges]


def fetch(value: Plain) -> list[Any]:
    box, after, most, messages, order = row(value, 5)
    return [
        raw(box, 16),
        uint(after, 0, MAX_NUMBER),
        uint(most, 512, 253_952),
        uint(messages, 1, 256),
        uint(order, 0, 1),
    ]


def proof(value: Plain) -> list[Any]:
    box, key_id, signature = row(value, 3)
    return [raw(box, 16), raw(key_id, 16), raw(signature, 64)]


def creation(value: Plain) -> list[Any]:
    token, boxes = row(value, 2)
    made = [row(each, 3) for each in listed(boxes, 1, 32)]
    apart([raw(box, 16) for box, _, _ in made])
    return [raw(token, 16), [[box, raw(reader, 32), raw(digest, 32)] for box, reader, digest in made]]


def upload(value: Plain) -> list[Any]:
    box, version, signed, batch, entries = row(value, 5)
    return [
        raw(box, 16),
        uint(version, 1, U32),
        raw(signed, 1, 8_192),
        raw(batch, 0, 4_096),
        [raw(each, 1, 2_048) for each in listed(entries, 0, 128)],
    ]


# sync.md 1, 3


def body(data: bytes) -> list[Any]:
    need(len(data) <= 262_144, "too long")
    cut = Cut(data)
    if cut.number(1, 1, 2) == 1:
        signed = [cut.take(16), cut.take(64), cut.data]
        need(cut.data, "no content")
        return signed
    f = cbor(cut.data, 262_144, 8_192)
    only(f, 3, 10)
    need(f, "nothing asked for")
    return [optional(f, 3, 128, deposit), optional(f, 10, 8, take)]


def deposit(value: Plain) -> list[Any]:
    box, token, message, living, sealed = row(value, 5)
    return [raw(box, 16), raw(token, 16), raw(message, 16), uint(living, 1, 3), of_a_class(sealed)]


def of_a_class(sealed: Plain) -> bytes:
    need(type(sealed) is bytes and len(sealed) in CLASSES, "class")
    return bytes(sealed)


def take(value: Plain) -> list[Any]:
    return [raw(each, 16) for each in row(value, 3)]


# sync.md 4, 5


def answer(data: bytes) -> list[Any]:
    need(len(data) <= 524_288, "too long")
    kind, rest = Cut(data).number(1), data[1:]
    if kind == 0x83:
        need(len(rest) == 4, "clock")
        return [int.from_bytes(rest, "big")]
    need(kind in (0x81, 0x82), "kind")
    f = cbor(rest, 524_288, 8_192)
    need((11 in f) == ((3 if kind == 0x81 else 10) in f), "padding")
    if 11 in f:
        fill = raw(f[11], 0, 524_288)
        need(not any(fill), "padding")
        need(len(data) == least(len(data) - len(fill) - head(len(fill))), "size")
    return to_signed(f) if kind == 0x81 else to_deposits(f)


SIZES = (512, 2_048, 8_192, 16_384, 32_768, 65_536, 131_072, 262_144, 524_288)


def head(length: int) -> int:
    return 1 if length < 24 else 2 if length < 256 else 3 if length < 65_536 else 5


def least(bare: int) -> int:
    """Return the first size that a fill behind `bare` bytes and its own head can reach."""
    return next(size for size in SIZES if any(bare + fill + head(fill) == size for fill in range(size - bare)))


def to_signed(f: Fields) -> list[Any]:
    only(f, 1, 3, 4, 8, 9, 10, 11, 12)
    poll, draining = row(f.get(4), 2)
    return [
        uint(f.get(1), 0, U32),
        optional(f, 3, 32, contents),
        uint(poll, 0, 0xFFFF),
        uint(draining, 0, 1),
        optional(f, 8, 32, lambda status: uint(status, 1, 4)),
        uint(f[9], 1, 4) if 9 in f else None,
        optional(f, 10, 32, level),
        optional(f, 12, 32, refused),
    ]


def contents(value: Plain) -> list[Any]:
    box, status, messages, backlog = row(value, 4)
    need(type(status) is int and status in (1, 4), "status")
    letters = [row(each, 3) for each in listed(messages, 0, 256)]
    return [
        raw(box, 16),
        status,
        [[uint(number, 1, MAX_NUMBER), raw(name, 16), of_a_class(sealed)] for number, name, sealed in letters],
        uint(backlog, 0, 63),
    ]


def level(value: Plain) -> list[Any]:
    box, version, count = row(value, 3)
    return [raw(box, 16), uint(version, 1, U32), uint(count, 0, 128)]


def refused(value: Plain) -> list[Any]:
    box, count, day = row(value, 3)
    return [raw(box, 16), uint(count, 1, U32), uint(day, 0, U32)]


def to_deposits(f: Fields) -> list[Any]:
    only(f, 1, 2, 10, 11)
    statuses = optional(f, 2, 128, lambda status: uint(status, 1, 7))
    return [uint(f.get(1), 0, U32), statuses, optional(f, 10, 8, taken)]


def taken(value: Plain) -> list[Any]:
    status, signed, batch, entry = row(value, 4)
    for part, high in ((signed, 8_192), (batch, 4_096), (entry, 2_048)):
        raw(part, 0, high)
    need(type(status) is int and status in (1, 2, 3, 4, 7), "status")
    fits = {1: signed and batch and entry, 2: signed and not entry}
    need(fits.get(status, not (signed or batch or entry)), "parts that do not fit")
    return [status, signed, batch, entry]


# relay-api.md 6


def feed_head(data: bytes) -> list[Any]:
    f = cbor(data, 64)
    only(f, 1, 2, 3)
    return [uint(f.get(1), 0, U32), raw(f.get(2), 32), uint(f.get(3), 0, 16_777_216)]


def feed_segment(data: bytes) -> bytes:
    cut = Cut(data)
    segment = cut.take(cut.number(4, 1, 16_777_216))
    need(not any(cut.data) and len(cut.data) == -(4 + len(segment)) % 4_096, "fill")
    return segment


SYNC: dict[str, Callable[[bytes], Any]] = {
    "signed part": signed_part,
    "body": body,
    "answer": answer,
    "feed head": feed_head,
    "feed segment": feed_segment,
}

# relay-api.md 7


def named(data: bytes) -> bytes:
    return short(data)[:16]


def signed_request(data: bytes, relay: bytes, prefix: str, public: bytes) -> None:
    key_id, signature, content = body(data)
    need(len(key_id) == 16, "key id")
    verify_reader(public, b"relay-request\0" + relay + named(prefix.encode()) + content, signature)


def proof_of_box(test: dict[str, Any]) -> None:
    relay, public, signer, box, nonce, signature = (
        bytes.fromhex(test[name]) for name in ("relay", "public", "signer", "box", "nonce", "signature")
    )
    signed = relay + named(test["prefix"].encode()) + named(signer) + box + test["t"].to_bytes(4, "big") + nonce
    verify_reader(public, b"relay-box\0" + signed, signature)


# pouch.md 2, 3


def slot(cover_root: bytes, salt: bytes, device: int, sealed: bytes) -> bytes:
    return unsiv(kdf(salt, cover_root, "pouch slot", device.to_bytes(2, "big"), 64), sealed)


def blob_name(salt: bytes, content_key: bytes) -> bytes:
    return kdf(salt, content_key, "pouch blob", b"", 16)


def pouch_head(data: bytes) -> list[Any]:
    cut = Cut(data)
    cut.number(1, 1, 1)
    fields = [
        cut.number(8, 0, 253_402_300_799),
        cut.number(2, 0, 64),
        cut.number(4, 0, 4_096),
        cut.number(4, 0, 4_096),
        cut.number(8, 0, 2**40 - 27),
    ]
    cut.done()
    return fields


def pouch_record(kind: str, cut: Cut) -> list[Any]:
    match kind:
        case "edition":
            cut.number(1, 1, 1)
            return [cut.number(4), cut.take(cut.number(4, 1, 16_777_216))]
        case "envelope":
            cut.number(1, 2, 2)
            device, message, size = cut.number(2), cut.take(16), cut.number(2)
            need(size in CLASSES, "class")
            return [device, message, cut.take(size)]
        case _:
            cut.number(1, 3, 3)
            return [cut.take(16), cut.number(8, 1, 2**32)]


def stream_size(content: int, tail: int) -> list[int]:
    """Bytes of the stream before sealing, and of the file (crypto.md 9); `content` is head and records."""
    plain = max(padme(content), 65_536) + tail
    return [plain, 3_104 + plain + 72 + 16 * (plain // 16_384)]


def whole_pouch(front: bytes, plain: bytes, tail: int, device: int, cover_root: bytes) -> tuple[bytes, list[Any]]:
    """Return the file key and the records of the open stream, up to the blobs' heads."""
    salt, keys = front[:32], []
    need(len(front) == 3_104, "length")
    for at in range(32, 3_104, 48):
        try:
            keys.append(slot(cover_root, salt, device, front[at : at + 48]))
        except RefusedError:
            continue
    need(keys, "no slot opens")
    cut = Cut(plain)
    _, editions, envelopes, blobs, size = pouch_head(cut.take(27))
    kinds = ["edition"] * editions + ["envelope"] * envelopes + ["blob"] * blobs
    records = []
    for kind in kinds:
        records.append(pouch_record(kind, cut))
        if kind == "blob":
            cut.take(records[-1][1])
    need(len(plain) - 27 - len(cut.data) == size, "records")
    need(not any(cut.data) and len(plain) == stream_size(27 + size, tail)[0], "fill")
    return keys[0], records


# vault.md 1, 2


def vault_header(data: bytes, floor: tuple[int, int]) -> bytes:
    """Return the fixed part of a header."""
    cut = Cut(data)
    need(cut.take(12) == b"secmsg vault", "mark")
    cut.number(2, 1, 2)
    cut.take(32)
    need(floor[0] <= cut.number(4) <= 1 << 20 and floor[1] <= cut.number(1) <= 10, "cost")
    cut.number(1, 0, 1)
    cut.take(4)
    need(cut.take(32) == short(b"DC/1 vault\0", data[:56]), "check")
    need(not any(cut.data), "zeros")
    return data[:12] + b"\0\1" + data[14:51]


def vault_keys(given: dict[str, Any]) -> dict[str, bytes]:
    """Return the keys of the example under the names of its tests."""
    store, salt, half, sheet, master = (
        bytes.fromhex(given[name]) for name in ("store_id", "salt", "half", "recovery", "master")
    )
    stretched = argon2id(given["passphrase"].encode(), salt, given["memory_kib"], given["passes"])

    def kek(first: bytes, second: bytes, way: bytes) -> bytes:
        parts = b"".join(bytes([len(part)]) + part for part in (first, second, b""))
        return kdf(store, parts, "store/kek/v1", way, 32)

    return {
        "stretched": stretched,
        "kek": kek(stretched, half, b"passphrase"),
        "kek without the half": kek(stretched, b"", b"passphrase"),
        "kek of the sheet": kek(sheet, b"", b"recovery"),
        "kek of a share": kek(
            argon2id(given["pin"].encode(), salt, given["memory_kib"], given["passes"]), sheet, b"share"
        ),
        "key of the database": kdf(store, master, "sqlcipher", b"", 48),
        "key of the identity": kdf(store, master, "identity", b"", 32),
        "key of the audit": kdf(store, master, "audit-mac", b"", 32),
    }


OFFICER, RECOVERY, SHARE = 1, 2, 3


def vault_slot(
    key: bytes, fixed: bytes, place: tuple[int, int], held: tuple[bytes, int, int, bytes], nonce: bytes
) -> bytes:
    """Seal the page of a slot: `place` is slot and copy, `held` the master key, its use, the generation, the secret."""
    master, use, generation, officer = held
    plain = master + bytes([use]) + generation.to_bytes(8, "big") + officer
    return page(key, nonce, plain, fixed + b"slot" + bytes(place))


def vault_map(given: dict[str, Any], fixed: bytes, uses: list[int], copy: int, nonce: bytes) -> bytes:
    store, master = bytes.fromhex(given["store_id"]), bytes.fromhex(given["master"])
    return page(kdf(store, master, "store/slot/v1", b"map", 32), nonce, bytes(uses), fixed + b"map" + bytes([0, copy]))


def page(key: bytes, nonce: bytes, plain: bytes, associated: bytes) -> bytes:
    sealed = nacl.bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(plain.ljust(4_056, b"\0"), associated, nonce, key)
    return nonce + bytes(sealed)
