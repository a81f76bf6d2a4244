"""What the pages of a vault say: its header, the keyslots, the map of their uses (docs/spec/vault.md 1 to 3).

    page 0, 1    header, copies A and B           in clear: store id, salt, cost
    page 2, 3    map of the slots' uses, A and B  sealed under the master key
    page 4 … 19  slots 0 … 7, A and B each        sealed under the key of who may open

The acts that change a vault, and their order, are in `vault`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import assert_never

from secmsg.crypto import aead, hashing, kdf, labels, passphrase
from secmsg.crypto.passphrase import KdfCost
from secmsg.crypto.randomness import Random
from secmsg.crypto.randomness import secret as draw
from secmsg.crypto.secret import Secret
from secmsg.errors import (
    DecryptionError,
    PassphraseTaken,
    StoreDamaged,
    StoreError,
    StoreNewer,
)
from secmsg.store.pages import PAGE, Pages

SLOTS = 8
COPIES = 2
PAGES = COPIES * (2 + SLOTS)
STORE_ID_SIZE = 16
KEY_SIZE = 32

MAGIC = b"secmsg vault"
VERSION = 2
_BOUND_VERSION = 1
"""What stands for the version in the associated data: a new version of the header must not close the slots."""
FIXED_SIZE = len(MAGIC) + 2 + STORE_ID_SIZE + passphrase.SALT_SIZE + 4 + 1
_CHECK_SIZE = 32
HEADER_SIZE = FIXED_SIZE + 1 + 4 + _CHECK_SIZE
MAP_PAGE = 2
SLOT_PAGE = 4
_SLOT_SIZE = KEY_SIZE + 1 + 8 + KEY_SIZE
_NO_SECRET = bytes(KEY_SIZE)
ROOM = PAGE - aead.NONCE_X_SIZE - aead.OVERHEAD
_WAY_PASSPHRASE = b"passphrase"
_WAY_RECOVERY = b"recovery"
_WAY_SHARE = b"share"


class Use(IntEnum):
    """What a slot is for."""

    SPARE = 0
    OFFICER = 1
    RECOVERY = 2
    SHARE = 3
    """The head of mission's: a printed share and a PIN."""


PERSONS = frozenset((Use.OFFICER, Use.SHARE))
"""Uses of a slot that is a person's and holds an officer secret."""


@dataclass(frozen=True, slots=True)
class Header:
    """What must be known before a slot can be tried.

    Everything but `bound` and `generation` is bound into every slot. `bound` says that a keyring half takes
    part: it only chooses the words of a failure.
    """

    store_id: bytes
    salt: bytes
    cost: KdfCost
    bound: bool
    generation: int
    version: int = VERSION

    @property
    def fixed(self) -> bytes:
        """Return the part that never changes: the associated data of every slot."""
        return (
            MAGIC
            + _BOUND_VERSION.to_bytes(2, "big")
            + self.store_id
            + self.salt
            + self.cost.memory_kib.to_bytes(4, "big")
            + self.cost.passes.to_bytes(1, "big")
        )


@dataclass(frozen=True, slots=True)
class Passphrase:
    """What an officer gives.

    The passphrase (NFC UTF-8) and the half from the keyring, if there is one (32 bytes).
    """

    value: Secret
    half: Secret | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the recovery sheet holds: 32 bytes."""

    value: Secret


@dataclass(frozen=True, slots=True)
class Share:
    """What a head of mission gives: the printed share's 32 bytes and the PIN (ASCII); neither opens anything alone."""

    value: Secret
    pin: Secret


Opener = Passphrase | Sheet | Share


@dataclass(frozen=True, slots=True)
class Opened:
    """An opened vault: the master key (32 bytes) and which slot gave it.

    `officer` is the slot's own secret (32 bytes); None in a sheet's slot and in one that has none yet.
    """

    store_id: bytes
    master: Secret
    slot: int
    copy: int
    generation: int
    use: Use
    bound: bool
    officer: Secret | None = None


# --- the header ---------------------------------------------------------------------------------------------------


def encode_header(header: Header) -> bytes:
    """Return the page of a header, with its check."""
    fixed = MAGIC + header.version.to_bytes(2, "big") + header.fixed[len(MAGIC) + 2 :]
    body = fixed + bytes([header.bound]) + header.generation.to_bytes(4, "big")
    return (body + check_of(body)).ljust(PAGE, b"\x00")


def check_of(body: bytes) -> bytes:
    """Return the check of a header: it finds damage, not forgery."""
    return hashing.short(labels.HASH_VAULT.encode() + b"\x00", body)


def header_of(pages: Pages) -> Header:
    """Return the newest copy that is whole; StoreNewer when only its version is not ours."""
    found = [header for copy in range(COPIES) if (header := decode_header(pages.read(copy))) is not None]
    if not found:
        raise StoreDamaged("the vault has no whole header")
    return max(found, key=lambda header: header.generation)


def decode_header(page: bytes) -> Header | None:
    """Return the header of a page, None when it is not whole; StoreNewer when only its version is not ours."""
    body, check = page[: HEADER_SIZE - _CHECK_SIZE], page[HEADER_SIZE - _CHECK_SIZE : HEADER_SIZE]
    if not hashing.equal(check_of(body), check) or page[HEADER_SIZE:].count(0) != PAGE - HEADER_SIZE:
        return None
    reader = cut(body, len(MAGIC), 2, STORE_ID_SIZE, passphrase.SALT_SIZE, 4, 1, 1, 4)
    magic, version, store_id, salt, memory, passes, bound, generation = reader
    if magic != MAGIC:
        return None
    if int.from_bytes(version, "big") > VERSION:
        raise StoreNewer("the vault was written by a newer version of the program")
    cost = KdfCost(int.from_bytes(memory, "big"), passes[0])
    written = int.from_bytes(version, "big")
    return Header(store_id, salt, cost, bound != b"\x00", int.from_bytes(generation, "big"), written)


def note_bound(pages: Pages, header: Header, *, bound: bool) -> None:
    """Say in both copies whether a keyring half takes part, where that has changed."""
    if bound is header.bound:
        return
    put_header(pages, replace(header, bound=bound, generation=header.generation + 1))


def put_header(pages: Pages, changed: Header) -> None:
    """Write both copies of a header."""
    for copy in range(COPIES):
        write_checked(pages, copy, encode_header(changed))


# --- the slots ----------------------------------------------------------------------------------------------------


def kek_of(header: Header, opener: Opener) -> Secret:
    """Return the key under which a slot is made."""
    return next(iter(keks_of(header, opener)))


def own_kek(pages: Pages, header: Header, opener: Passphrase | Share, slot: int) -> Secret:
    """Return the key under which a slot is made; PassphraseTaken when what was given opens any other slot."""
    keks = tuple(keks_of(header, opener))
    for other in range(SLOTS):
        places = [(kek, copy) for kek in keks for copy in range(COPIES) if other != slot]
        if any(open_slot(header, pages, kek, other, copy) is not None for kek, copy in places):
            raise PassphraseTaken("this passphrase opens the store already: each person chooses another")
    return keks[0]


def keks_of(header: Header, opener: Opener) -> Iterator[Secret]:
    """Give the keys to try.

    With the half first, and without it for a slot that was made when no keyring was there.
    """
    match opener:
        case Passphrase(value, half):
            stretched = passphrase.stretch(value, header.salt, header.cost)
            if half is not None:
                yield _combine(header, stretched, half, _WAY_PASSPHRASE)
            yield _combine(header, stretched, None, _WAY_PASSPHRASE)
        case Sheet(value):
            yield _combine(header, value, None, _WAY_RECOVERY)
        case Share(value, pin):
            yield _combine(header, passphrase.stretch(pin, header.salt, header.cost), value, _WAY_SHARE)
        case _:
            assert_never(opener)


def _combine(header: Header, key: Secret, half: Secret | None, way: bytes) -> Secret:
    parts = (key.exactly(KEY_SIZE), b"" if half is None else half.exactly(KEY_SIZE), b"")
    ikm = b"".join(bytes([len(part)]) + part for part in parts)
    return kdf.derive(header.store_id, Secret(ikm), labels.STORE_KEK, way, KEY_SIZE)


def page_of(slot: int, copy: int) -> int:
    """Return the number of the page that holds a copy of a slot."""
    return SLOT_PAGE + COPIES * slot + copy


def place(header: Header, kind: bytes, slot: int, copy: int) -> bytes:
    """Return the associated data of a page.

    The header, and where it stands, so that a page moved does not open.
    """
    return header.fixed + kind + bytes([slot, copy])


def seal_slot(
    header: Header,
    kek: Secret,
    slot: int,
    copy: int,
    master: Secret,
    use: Use,
    generation: int,
    random: Random,
    officer: Secret | None = None,
) -> bytes:
    """Return the page of a slot: the master key, what it is for, its generation, a person's own secret."""
    held = _NO_SECRET if officer is None else officer.exactly(KEY_SIZE)
    plain = master.exactly(KEY_SIZE) + bytes([use]) + generation.to_bytes(8, "big") + held
    return seal_page(kek, plain, place(header, b"slot", slot, copy), random)


def open_slot(header: Header, pages: Pages, kek: Secret, slot: int, copy: int) -> Opened | None:
    """Return what a copy of a slot holds, None when this key does not open it."""
    plain = open_page(kek, pages.read(page_of(slot, copy)), place(header, b"slot", slot, copy), _SLOT_SIZE)
    if plain is None:
        return None
    master, use, generation, officer = cut(plain, KEY_SIZE, 1, 8, KEY_SIZE)
    return Opened(
        header.store_id,
        Secret(master),
        slot,
        copy,
        int.from_bytes(generation, "big"),
        use_of(use[0]),
        header.bound,
        None if officer == _NO_SECRET else Secret(officer),
    )


def use_of(value: int) -> Use:
    """Return what a slot is for; StoreNewer for a use that this version does not know."""
    try:
        return Use(value)
    except ValueError:
        # What authenticates was written by this program, so by a version that knows more uses.
        raise StoreNewer("the vault was written by a newer version of the program") from None


@dataclass(frozen=True, slots=True)
class Put:
    """What is written where: a slot, which of its copies first, what it is for and the secret that it holds."""

    slot: int
    first: int
    use: Use
    officer: Secret | None


def put(pages: Pages, header: Header, kek: Secret, put: Put, opened: Opened, random: Random) -> None:
    """Write a slot: one copy, proven to open, then the other."""
    write_pair(pages, header, kek, put, seal_pair(header, kek, put, opened, random))


def seal_pair(header: Header, kek: Secret, put: Put, opened: Opened, random: Random) -> tuple[bytes, bytes]:
    """Return both copies of a slot, A and B, as `write_pair` writes them."""
    sealed = {
        copy: seal_slot(header, kek, put.slot, copy, opened.master, put.use, opened.generation + 1, random, put.officer)
        for copy in (put.first, 1 - put.first)
    }
    return sealed[0], sealed[1]


def write_pair(pages: Pages, header: Header, kek: Secret, put: Put, pair: tuple[bytes, bytes]) -> None:
    """Write both copies of a slot, the second when the first was proven to open; StoreDamaged."""
    for copy in (put.first, 1 - put.first):
        write_checked(pages, page_of(put.slot, copy), pair[copy])
        if open_slot(header, pages, kek, put.slot, copy) is None:
            raise StoreDamaged("a new keyslot does not open")


def with_secret(pages: Pages, header: Header, kek: Secret, opened: Opened, random: Random) -> Opened:
    """Give a person's slot of an older program its officer secret, by the same steps as any change."""
    if opened.officer is not None or opened.use not in PERSONS:
        return opened
    officer = draw(random, KEY_SIZE)
    try:
        if header.version < VERSION:
            put_header(pages, replace(header, version=VERSION, generation=header.generation + 1))
        put(pages, header, kek, Put(opened.slot, 1 - opened.copy, opened.use, officer), opened, random)
    except StoreError:
        # A full or read-only disk keeps nobody out; what was begun is finished or undone by the next opening.
        return opened
    return replace(opened, officer=officer, copy=0, generation=opened.generation + 1)


def mend(pages: Pages, header: Header, kek: Secret, best: Opened, found: list[Opened], random: Random) -> None:
    """Write the other copy again when it is damaged, older, or the rest of an unfinished change."""
    if any((o.slot, o.generation) == (best.slot, best.generation) and o.copy != best.copy for o in found):
        return
    copy = 1 - best.copy
    page = seal_slot(header, kek, best.slot, copy, best.master, best.use, best.generation, random, best.officer)
    try:
        write_checked(pages, page_of(best.slot, copy), page)
    except StoreError:
        # A full or read-only disk is no reason to keep the officer out; the next opening tries again.
        return


def blank_slot(pages: Pages, slot: int, random: Random) -> None:
    """Overwrite both copies of a slot with random bytes."""
    for copy in range(COPIES):
        pages.write(page_of(slot, copy), random(PAGE))
    pages.sync()


# --- the map ------------------------------------------------------------------------------------------------------


def map_key(header: Header, master: Secret) -> Secret:
    """Return the key of the map of the slots' uses."""
    return kdf.derive(header.store_id, master, labels.STORE_SLOT, b"map", KEY_SIZE)


def seal_map(header: Header, master: Secret, copy: int, uses: list[Use], random: Random) -> bytes:
    """Return the page of the map of the slots' uses."""
    return seal_page(map_key(header, master), bytes(uses), place(header, b"map", 0, copy), random)


def put_map(pages: Pages, header: Header, master: Secret, uses: list[Use], random: Random) -> None:
    """Write both copies of the map of the slots' uses."""
    for copy in range(COPIES):
        write_checked(pages, MAP_PAGE + copy, seal_map(header, master, copy, uses, random))


def uses_in(pages: Pages, header: Header, master: Secret) -> list[Use]:
    """Return what each slot is for; StoreDamaged when neither copy of the map opens."""
    key = map_key(header, master)
    for copy in range(COPIES):
        plain = open_page(key, pages.read(MAP_PAGE + copy), place(header, b"map", 0, copy), SLOTS)
        if plain is not None:
            return [use_of(use) for use in plain]
    raise StoreDamaged("the map of the keyslots does not open")


# --- pages --------------------------------------------------------------------------------------------------------


def seal_page(key: Secret, plain: bytes, associated: bytes, random: Random) -> bytes:
    """Seal a page: nonce, ciphertext, tag; the plaintext is filled with zeros."""
    nonce = random(aead.NONCE_X_SIZE)
    return nonce + aead.seal_x(key, nonce, plain.ljust(ROOM, b"\x00"), associated)


def open_page(key: Secret, page: bytes, associated: bytes, size: int) -> bytes | None:
    """Return the first `size` bytes of a page, None when this key does not open it."""
    try:
        plain = aead.open_x(key, page[: aead.NONCE_X_SIZE], page[aead.NONCE_X_SIZE :], associated)
    except DecryptionError:
        return None
    # XChaCha20-Poly1305 does not commit to its key; the zero fill does: no page opens under two passphrases.
    return plain[:size] if plain[size:].count(0) == ROOM - size else None


def write_checked(pages: Pages, number: int, content: bytes) -> None:
    """Write a page durably and read it back; StoreDamaged when the disk did not keep it."""
    pages.write(number, content)
    pages.sync()
    if pages.read(number) != content:
        raise StoreDamaged("the disk did not keep what was written")


def cut(data: bytes, *lengths: int) -> tuple[bytes, ...]:
    """Cut bytes into parts of these lengths."""
    parts: list[bytes] = []
    start = 0
    for length in lengths:
        parts.append(data[start : start + length])
        start += length
    return tuple(parts)
