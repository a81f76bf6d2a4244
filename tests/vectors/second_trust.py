"""A second reading of certificates, editions, prekeys, requests, kits and mailboxes.

Written from docs/spec/{certificate,directory,prekeys,enrolment,mailbox}.md alone. Each function takes the bytes and
what the receiver knows besides, gives what it learned, and refuses with one error where the pages name several.
"""

import re
from dataclasses import dataclass, field
from typing import Any

import nacl.bindings

from tests.vectors.second_basis import (
    Cut,
    Plain,
    argon2id,
    cbor,
    kdf,
    listed,
    merkle_root,
    need,
    only,
    raw,
    root_of_path,
    row,
    short,
    text,
    uint,
    unsiv,
    verify,
)

DAY = 86_400
U16, U32 = 0xFFFF, 0xFFFF_FFFF

# certificate.md 2 to 6


@dataclass
class Certificate:
    """A body, read."""

    body: bytes
    type: int
    serial: int
    station: int
    subject: int
    role: int
    degree: int
    not_before: int
    not_after: int
    edition: int
    public: bytes

    @property
    def ref(self) -> bytes:
        return short(self.body)


def certificate(body: bytes) -> Certificate:
    cut = Cut(body)
    cut.number(1, 1, 1)
    cut.number(1, 1, 1)
    kind = cut.number(1, 1, 3)
    cut.number(1, 0, 0)
    serial = cut.number(8, 1)
    station, subject, role, degree = cut.number(2, 1), cut.number(2, 1), cut.number(1, 1, 4), cut.number(1, 0, 3)
    not_before, not_after = cut.number(4, 1), cut.number(4)
    need(not_before < not_after, "an empty validity")
    cut.number(1, 1, 1)
    edition = cut.number(4, 1)
    need(kind != 3 or edition == 1, "an issuer's edition")
    cut.number(4, 0, 0)
    public = cut.take(1984)
    cut.done()
    return Certificate(body, kind, serial, station, subject, role, degree, not_before, not_after, edition, public)


@dataclass
class Root:
    """A root certificate, read."""

    body: bytes
    not_before: int
    not_after: int
    public: bytes

    @property
    def hash(self) -> bytes:
        return short(b"DC/1 root\0", self.body)


def root(body: bytes) -> Root:
    cut = Cut(body)
    for low, high in ((1, 1), (1, 1), (4, 4), (0, 0)):
        cut.number(1, low, high)
    cut.number(8, 1)
    not_before, not_after = cut.number(4), cut.number(4)
    need(not_before < not_after, "an empty validity")
    cut.number(4, 0, 0)
    public = cut.take(2624)
    cut.done()
    return Root(body, not_before, not_after, public)


def issuer(data: bytes, above: Root) -> Certificate:
    need(len(data) == 6710, "length")
    body = certificate(data[:2019])
    need(body.type == 3, "not an issuer")
    verify(above.public, "issuer", body.body, data[2019:])
    need(above.not_before <= body.not_before and body.not_after <= above.not_after, "outside the root's years")
    return body


def validity(certificate: Certificate, now: int) -> str:
    if certificate.not_before <= now <= certificate.not_after:
        return "INSIDE"
    need(certificate.not_before - DAY <= now <= certificate.not_after + DAY, "outside its validity")
    return "GRACE"


def path(data: bytes, leaf: bytes, count: int) -> bytes:
    cut = Cut(data)
    hashes = cut.number(1, 0, 16)
    index = cut.number(2)
    siblings = [cut.take(32) for _ in range(hashes)]
    cut.done()
    return root_of_path(leaf, index, count, siblings)


# directory.md 2 to 6


@dataclass
class Head:
    """A head, read."""

    data: bytes
    cover: int
    number: int
    issued_at: int
    count: int
    previous: bytes
    tree: bytes
    contents: bytes
    issuer: bytes
    next_root: bytes

    @property
    def root(self) -> bytes:
        return short(b"DC/1 edition\0", self.data)


def head(data: bytes) -> Head:
    cut = Cut(data)
    cut.number(1, 1, 1)
    cut.number(1, 1, 1)
    cover, number, issued_at, count = cut.number(2), cut.number(4, 1), cut.number(4, 1), cut.number(4, 1, 4096)
    hashes = [cut.take(32) for _ in range(5)]
    cut.done()
    need((number == 1) == (hashes[0] == bytes(32)), "number 1 alone follows nothing")
    return Head(data, cover, number, issued_at, count, *hashes)


@dataclass
class Directory:
    """What a device holds after an edition."""

    head: Head
    root: Root
    issuer: Certificate
    certificates: dict[bytes, Certificate]
    contents: dict[int, list[Any]] = field(default_factory=dict)


@dataclass
class Segment:
    """A segment, read."""

    head: Head
    signature: bytes
    full: bool
    root: bytes | None
    issuer: bytes | None
    block: bytes
    added: list[Certificate]
    removed: list[bytes]


def segment(data: bytes) -> Segment:
    need(len(data) <= 16 << 20, "too long")
    cut = Cut(data)
    first, signature, parts = head(cut.take(176)), cut.take(3373), cut.number(1, 0, 7)
    above = cut.take(2648) if parts & 2 else None
    by = cut.take(6710) if parts & 4 else None
    block = cut.take(cut.number(4, 0, 4 << 20))
    added = [cut.take(2019) for _ in range(cut.number(2, 0, 4096))]
    removed = [cut.take(32) for _ in range(cut.number(2, 0, 4096))]
    cut.done()
    need(added == sorted(set(added)) and removed == sorted(set(removed)), "not rising")
    need(not parts & 1 or (above and by and not removed), "a full segment carries root and issuer")
    return Segment(first, signature, bool(parts & 1), above, by, block, [certificate(body) for body in added], removed)


ENTRIES = {1: 3, 2: 7, 3: 4}


def block(data: bytes) -> dict[int, list[Any]]:
    """Return all six lists, also those that are absent."""
    fields = cbor(data, 3 << 20, 135_181)
    only(fields, 1, 2, 3, 4, 5, 6)
    for key, width in ENTRIES.items():
        for entry in listed(fields.get(key, [None]), 1, 2048) if key in fields else []:
            row(entry, width)
            uint(entry[0], 1, U16)
    for device, station, secret in fields.get(1, []):
        uint(station, 1, U16)
        raw(secret, 32)
        uint(device, 1, U16)
    for _, *words in fields.get(2, []):
        for value, high in zip(words, (120, 120, 120, 40, 40, 40), strict=True):
            text(value, 1, high)
    for _, station, called, title in fields.get(3, []):
        uint(station, 1, U16)
        text(called, 1, 120)
        text(title, 1, 120)
    for key in {4, 5, 6} & fields.keys():
        for identifier in listed(fields[key], 1, 2048):
            uint(identifier, 1, U16)
    for key, entries in fields.items():
        numbers = [entry if key > 3 else entry[0] for entry in entries]
        need(numbers == sorted(set(numbers)), "not rising")
    return {key: fields.get(key, []) for key in range(1, 7)}


def edition(
    current: Directory | None, pinned: bytes, data: bytes, covers: dict[int, bytes], *, newest: bool, now: int
) -> Directory:
    """Take one segment by the steps of directory.md 6."""
    s = segment(data)
    # 1 Place
    if current and current.head.data == s.head.data:
        return current
    if current:
        need(current.head.number <= s.head.number <= current.head.number + 1, "place")
    # 2 Root
    above = carried_root(current, pinned, s)
    # 3 Issuer
    need(s.issuer or current, "no issuer")
    by = issuer(s.issuer, above) if s.issuer else current.issuer if current else None
    assert by
    need(by.ref == s.head.issuer, "another issuer")
    need(by.not_before <= s.head.issued_at <= by.not_after, "not in office")
    # 4 Signature
    verify(by.public, "edition", s.head.data, s.signature)
    # 5 Chain
    if current:
        need(s.head.number == current.head.number + 1 and s.head.previous == current.head.root, "a fork")
        need(s.head.issued_at >= current.head.issued_at and s.head.cover >= current.head.cover, "rollback")
    need(current or s.full, "a first edition is full")
    # 6, 7 Certificates, tree
    certificates = listing(current, s)
    bodies = sorted(each.body for each in certificates.values())
    need(len(bodies) == s.head.count and merkle_root(bodies) == s.head.tree, "tree")
    # 8, 9 Block, contents
    need(s.head.cover in covers, "no cover root")
    key = kdf(b"", covers[s.head.cover], "mailboxes", s.head.number.to_bytes(4, "big"), 64)
    lists = merged(None if s.full or current is None else current.contents, block(unsiv(key, s.block, s.head.data)))
    need(short(b"DC/1 contents\0", encoded(lists)) == s.head.contents, "contents")
    agree(certificates, lists, s.head.number)
    # 11 The newest one's issuer
    if newest:
        validity(by, max(now, s.head.issued_at))
    return Directory(s.head, above, by, certificates, lists)


def carried_root(current: Directory | None, pinned: bytes, s: Segment) -> Root:
    if current is None:
        need(s.root, "no root")
        above = root(s.root or b"")
        need(above.hash == pinned, "another root")
        return above
    if s.root is None or root(s.root).hash == current.root.hash:
        return current.root
    above = root(s.root)
    need(above.hash == current.head.next_root, "a root that was not announced")
    return above


def listing(current: Directory | None, s: Segment) -> dict[bytes, Certificate]:
    before = dict(current.certificates) if current else {}
    after = {} if s.full else dict(before)
    for ref in s.removed:
        need(ref in after, "removed and not listed")
        del after[ref]
    for each in s.added:
        need(each.ref not in after, "added and listed")
        need(current is None or each.ref in before or each.edition == s.head.number, "made for another edition")
        after[each.ref] = each
    return after


def merged(before: dict[int, list[Any]] | None, put: dict[int, list[Any]]) -> dict[int, list[Any]]:
    lists = {}
    for key in (1, 2, 3):
        entries = {entry[0]: entry for entry in (before or {}).get(key, [])}
        fresh = {entry[0]: entry for entry in put[key]}
        for gone in put[key + 3]:
            need(gone in entries and gone not in fresh, "removed and not there")
            del entries[gone]
        lists[key] = [entry for _, entry in sorted((entries | fresh).items())]
    return lists


def agree(certificates: dict[bytes, Certificate], lists: dict[int, list[Any]], number: int) -> None:
    all_of = list(certificates.values())
    need(all(each.type in (1, 2) and each.edition <= number for each in all_of), "an issuer, or of a later edition")
    need(len({each.serial for each in all_of}) == len(all_of), "a serial twice")
    devices = {(each.subject, each.station) for each in all_of if each.type == 1}
    persons = {(each.subject, each.station) for each in all_of if each.type == 2}
    need(devices == {(device, station) for device, station, _ in lists[1]}, "devices")
    need(persons == {(person, station) for person, station, _, _ in lists[3]}, "persons")
    need({station for _, station in devices | persons} <= {entry[0] for entry in lists[2]}, "stations")


def encoded(lists: dict[int, list[Any]]) -> bytes:
    """Write a map of lists in its canonical bytes (codec.md 1)."""
    return canonical({key: entries for key, entries in lists.items() if entries})


def canonical(value: Plain) -> bytes:
    match value:
        case int():
            return opening(0, value)
        case bytes():
            return opening(2, len(value)) + value
        case str():
            return opening(3, len(value.encode())) + value.encode()
        case list():
            return opening(4, len(value)) + b"".join(map(canonical, value))
        case _:
            pairs = (canonical(key) + canonical(value[key]) for key in sorted(value))
            return opening(5, len(value)) + b"".join(pairs)


def opening(major: int, argument: int) -> bytes:
    for low, size in ((24, 1), (25, 2), (26, 4), (27, 8)):
        if argument < 24:
            return bytes([major << 5 | argument])
        if argument < 1 << 8 * size:
            return bytes([major << 5 | low]) + argument.to_bytes(size, "big")
    raise AssertionError(argument)


# prekeys.md 2, 3


def bundle(data: bytes, peer: Certificate, *, now: int, floor: int) -> list[int | None]:
    """Return the numbers of the signed prekey, the batch and the one-time prekey."""
    cut = Cut(data)
    signed = cut.take(1640)
    signature = cut.take(3373)
    record = Cut(signed)
    ref, number = record.take(32), record.number(4, 1)
    record.take(32 + 1568)
    not_after = record.number(4, 1)
    parts = cut.number(1, 0, 3)
    need(parts != 2, "parts")
    batch = cut.take(3443) if parts else b""
    entry = cut.take(cut.number(2, 1220, 1476)) if parts == 3 else b""
    cut.done()
    version, count = int.from_bytes(batch[32:36], "big"), int.from_bytes(batch[36:38], "big")
    need(not batch or (1 <= version < 1 << 24 and 1 <= count <= 256), "batch")
    need(not entry or len(entry) % 32 == 1220 % 32, "a part of a hash")
    # 1
    need(peer.type == 1 and ref == peer.ref and batch[:32] in (b"", peer.ref), "another device")
    # 2
    verify(peer.public, "prekey", signed, signature)
    # 3
    if batch:
        verify(peer.public, "prekey-batch", batch[:70], batch[70:])
    if entry:
        siblings = [entry[at : at + 32] for at in range(1220, len(entry), 32)]
        need(int.from_bytes(entry[:3], "big") == version, "another batch")
        need(root_of_path(entry[:1220], entry[3], count, siblings) == batch[38:70], "another tree")
    # 4
    need(now <= not_after + 7 * DAY, "too old")
    need(not batch or version >= floor, "an older batch")
    one_time = int.from_bytes(entry[:4], "big") if entry else None
    return [number, version if batch else None, one_time]


# enrolment.md


@dataclass
class Request:
    """A request, read and verified."""

    fingerprint: bytes
    device: bytes
    person: bytes
    name: str


def first_prekeys(signed: bytes, one_time: list[bytes]) -> None:
    need(int.from_bytes(signed[:4]) >= 1, "a signed prekey of number 0")
    need(int.from_bytes(signed[-4:]) >= 1, "a signed prekey without an end")
    for place, each in enumerate(one_time):
        need(each[:3] == one_time[0][:3] and any(each[:3]) and each[3] == place, "not the first of one batch")


def request(data: bytes) -> Request:
    fields = cbor(data, 49_152, 16)
    only(fields, 1, 2, 3)
    body, by_device, by_person = raw(fields.get(1), 1, 49_152), raw(fields.get(2), 3373), raw(fields.get(3), 3373)
    inside = cbor(body, 49_152, 64)
    version = uint(inside.get(1), 1, 2)
    only(inside, *range(1, 9), *((9, 10) if version == 2 else ()))
    if version == 2:
        first_prekeys(raw(inside.get(9), 1608), [raw(each, 1220) for each in listed(inside.get(10), 1, 16)])
    uint(inside.get(2), 1, U16)
    uint(inside.get(3), 1, 4)
    device, person = raw(inside.get(4), 1984), raw(inside.get(5), 1984)
    name = text(inside.get(6), 1, 120)
    text(inside.get(7), 1, 120)
    uint(inside.get(8), 1, U32)
    need(device != person, "one key for both")
    verify(device, "enrolment-request", b"\1" + body, by_device)
    verify(person, "enrolment-request", b"\2" + body, by_person)
    return Request(short(b"DC/1 request\0", data)[:16], device, person, name)


def open_kit(data: bytes, code: bytes, floor: tuple[int, int]) -> dict[int, Any]:
    cut = Cut(data)
    cut.number(1, 1, 1)
    memory, passes, salt, check = cut.number(4), cut.number(1), cut.take(16), cut.take(32)
    need(floor[0] <= memory <= 1 << 20 and floor[1] <= passes <= 10, "cost")
    need(len(code) >= 13, "a short code")
    keys = kdf(salt, argon2id(code, salt, memory, passes), "kit", data[:22], 96)
    need(keys[:32] == check, "another code")
    return kit(unsiv(keys[32:], cut.data, data[:22], check))


def kit(data: bytes) -> dict[int, Any]:
    fields = cbor(data, 21_929_472)
    only(fields, *range(1, 14))
    uint(fields.get(1), 1, 1)
    for key in (2, 3, 4):
        uint(fields.get(key), 1, U16)
    for key, size in ((5, 32), (6, 32), (7, 16), (9, 32)):
        raw(fields.get(key), size)
    uint(fields.get(8), 1, U32)
    covers = [row(each, 2) for each in listed(fields.get(11), 1, 4)]
    indexes = [uint(index, 0, U16) for index, value in covers if raw(value, 32)]
    need(indexes == sorted(set(indexes)), "not rising")
    for each in listed(fields.get(12), 1, 8):
        identifier, name, address, prefix, certificate, token = row(each, 6)
        for value, size in ((identifier, 16), (certificate, 32), (token, 16)):
            raw(value, size)
        text(name, 1, 120)
        need(type(address) is str and re.fullmatch(r"https://[^/?#@]+(/[^?#]*)?", address), "address")
        need(type(prefix) is str and re.fullmatch(r"[A-Za-z0-9_-]{1,64}", prefix), "prefix")
    for each in listed(fields[13], 1, 512) if 13 in fields else []:
        raw(each, 5014, 9935)
    return fields


def take_kit(fields: dict[int, Any], asked: Request, now: int) -> tuple[Certificate, Certificate]:
    """Return the certificates of device and person."""
    need(fields[7] == asked.fingerprint, "another request")
    covers = dict(fields[11])
    held = edition(None, fields[9], raw(fields.get(10), 1, 16 << 20), covers, newest=True, now=now)
    own = []
    for ref, kind in ((fields[5], 1), (fields[6], 2)):
        need(ref in held.certificates, "not listed")
        need(held.certificates[ref].type == kind, "another type")
        validity(held.certificates[ref], max(now, held.head.issued_at))
        own.append(held.certificates[ref])
    device, person = own
    need((device.public, person.public) == (asked.device, asked.person), "other keys")
    need((device.station, device.subject, person.subject) == (fields[2], fields[3], fields[4]), "other numbers")
    need(person.station == fields[2], "another station")
    return device, person


# mailbox.md 2


def mailbox(secret: bytes, relay: bytes, week: int, lane: int) -> tuple[bytes, bytes, bytes]:
    """Return id, deposit token and reader's public key; secret and seed are the same bytes in the vectors."""
    need(len(secret) == 32 and len(relay) == 16 and 0 <= week <= U32 and lane in (0, 1), "bound")
    context = relay + week.to_bytes(4, "big") + bytes([lane])
    seed = kdf(b"", secret, "reader", context, 32)
    public, _ = nacl.bindings.crypto_sign_seed_keypair(seed)
    return kdf(b"", secret, "mailbox id", context, 16), kdf(b"", secret, "deposit", context, 16), public
