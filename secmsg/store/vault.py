"""The keyslots: which secrets open the store's master key (docs/spec/vault.md).

    page 0, 1    header, copies A and B           in clear: store id, salt, cost
    page 2, 3    map of the slots' uses, A and B  sealed under the master key
    page 4 … 19  slots 0 … 7, A and B each        sealed under the key of who may open

    KEK = KDF(store id, u8 len | K | u8 len | D | u8 len | T, "store/kek/v1", way)
    K   = Argon2id(passphrase or PIN, salt, cost), or the recovery sheet's 32 bytes
    D   = the half in the system keyring, a printed share's 32 bytes, or nothing; T = a token's secret: nothing yet

A used slot cannot be told from a spare one without a key. A person's slot also holds the *officer secret*, which opens
what is only that person's (docs/spec/persons.md 2); one made by an older program gets it at its next opening. A change
overwrites one copy, proves that it can be read, and then overwrites the other: after a stop at any point the old or the
new secret opens, and the next opening finishes the change.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import IntEnum
from pathlib import Path
from typing import assert_never

from secmsg.crypto import aead, hashing, kdf, labels, passphrase
from secmsg.crypto.passphrase import KdfCost
from secmsg.crypto.randomness import Random
from secmsg.crypto.randomness import secret as draw
from secmsg.crypto.secret import Secret
from secmsg.errors import (
    DecryptionError,
    KeyringMissing,
    NotFound,
    PassphraseTaken,
    StoreDamaged,
    StoreError,
    StoreExists,
    StoreNewer,
    WrongPassphrase,
)
from secmsg.store import paths
from secmsg.store.pages import PAGE, PageFile, Pages, create_pages, open_pages

SLOTS = 8
COPIES = 2
PAGES = COPIES * (2 + SLOTS)
STORE_ID_SIZE = 16
KEY_SIZE = 32

_MAGIC = b"secmsg vault"
_VERSION = 2
_BOUND_VERSION = 1
"""What stands for the version in the associated data: a new version of the header must not close the slots."""
_FIXED_SIZE = len(_MAGIC) + 2 + STORE_ID_SIZE + passphrase.SALT_SIZE + 4 + 1
_CHECK_SIZE = 32
_HEADER_SIZE = _FIXED_SIZE + 1 + 4 + _CHECK_SIZE
_MAP_PAGE = 2
_MOST_ERASED = 4_096
_SLOT_PAGE = 4
_SLOT_SIZE = KEY_SIZE + 1 + 8 + KEY_SIZE
_NO_SECRET = bytes(KEY_SIZE)
_ROOM = PAGE - aead.NONCE_X_SIZE - aead.OVERHEAD
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
    version: int = _VERSION

    @property
    def fixed(self) -> bytes:
        """Return the part that never changes: the associated data of every slot."""
        return (
            _MAGIC
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


# --- making and opening -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class First:
    """What the first two slots of a vault hold or are opened by: the officer secret and the sheet's 32 bytes."""

    officer: Secret
    recovery: Secret


def first(random: Random) -> First:
    """Draw what a new vault needs, for one who must know it before the vault is made."""
    return First(draw(random, KEY_SIZE), draw(random, KEY_SIZE))


def create(
    path: Path,
    store_id: bytes,
    master: Secret,
    opener: Passphrase,
    *,
    cost: KdfCost,
    random: Random,
    secrets: First | None = None,
) -> Secret:
    """Make a vault with one officer slot and one recovery slot, and return the recovery sheet's 32 bytes.

    `secrets` were drawn before (None: here). It appears under its name complete or not at all. StoreExists, DiskFull.
    """
    if path.exists():
        raise StoreExists("there is a vault here already")
    new = path.with_name(path.name + ".new")
    with paths.disk_errors():
        new.unlink(missing_ok=True)
    secrets = first(random) if secrets is None else secrets
    header = Header(store_id, random(passphrase.SALT_SIZE), cost, opener.half is not None, 1)
    uses = [Use.OFFICER, Use.RECOVERY] + [Use.SPARE] * (SLOTS - 2)
    with create_pages(new) as pages:
        for number in range(PAGES):
            pages.write(number, random(PAGE))
        for copy in range(COPIES):
            pages.write(copy, _encode_header(header))
            pages.write(_MAP_PAGE + copy, _seal_map(header, master, copy, uses, random))
        slots: tuple[tuple[Use, Opener, Secret | None], ...] = (
            (Use.OFFICER, opener, secrets.officer),
            (Use.RECOVERY, Sheet(secrets.recovery), None),
        )
        for slot, (use, key, held) in enumerate(slots):
            kek = _kek(header, key)
            for copy in range(COPIES):
                page = _seal_slot(header, kek, slot, copy, master, use, 1, random, held)
                pages.write(_page(slot, copy), page)
        pages.sync()
    with paths.disk_errors():
        new.replace(path)
        paths.sync_directory(path.parent)
    return secrets.recovery


def read_header(path: Path) -> Header:
    """Return a vault's header (for its store id); NotFound, StoreDamaged, StoreNewer."""
    with open_pages(path, PAGES) as pages:
        return _header(pages)


def open_(path: Path, opener: Opener, *, floor: KdfCost, random: Random) -> Opened:
    """Try every slot with what was given and return the master key; a copy that does not fit is mended.

    1. the header, its bounds: StoreDamaged, StoreNewer, CostRefused (below `floor` or above the ceiling)
    2. one stretch of the passphrase
    3. every slot and copy, with the half and without it
    4. an officer secret for a person's slot that has none yet
    5. KeyringMissing when nothing opened, the vault is bound to a keyring half and none was given;
       WrongPassphrase otherwise

    `random` is for mending.
    """
    with open_pages(path, PAGES) as pages:
        return open_in(pages, opener, floor=floor, random=random)


def open_in(pages: Pages, opener: Opener, *, floor: KdfCost, random: Random) -> Opened:
    """Do what `open_` does, on pages."""
    header = _header(pages)
    passphrase.check_bounds(header.cost, floor)
    for kek in _keks(header, opener):
        found = [
            opened
            for slot in range(SLOTS)
            for copy in range(COPIES)
            if (opened := _open_slot(header, pages, kek, slot, copy)) is not None
        ]
        if found:
            best = max(found, key=lambda opened: opened.generation)
            _mend(pages, header, kek, best, found, random)
            return _with_secret(pages, header, kek, best, random)
    if header.bound and isinstance(opener, Passphrase) and opener.half is None:
        raise KeyringMissing("the half of the key that lies in the system keyring is not there")
    raise WrongPassphrase("no keyslot opens with this")


def store_id_in(image: bytes) -> bytes:
    """Return the store id in a vault's bytes whatever the file's modes are; empty when no header is whole."""
    for copy in range(COPIES):
        try:
            header = _decode_header(image[copy * PAGE : (copy + 1) * PAGE])
        except StoreNewer:
            return b""
        if header is not None:
            return header.store_id
    return b""


# --- changing -----------------------------------------------------------------------------------------------------


def change_passphrase(path: Path, opened: Opened, new: Passphrase, *, random: Random) -> None:
    """Replace the slot that was opened by a passphrase; the old passphrase opens nothing afterwards.

    StoreError when the recovery sheet opened it: that is `start_anew`.
    """
    with open_pages(path, PAGES) as pages:
        change_in(pages, opened, new, random=random)


def bind_anew(path: Path, opened: Opened, new: Passphrase, *, random: Random) -> None:
    """Do what `change_passphrase` does, and let the header say whether `new` has a half: for another place."""
    with open_pages(path, PAGES) as pages:
        change_in(pages, opened, new, random=random)
        _note_bound(pages, _header(pages), bound=new.half is not None)


def change_in(pages: Pages, opened: Opened, new: Passphrase, *, random: Random) -> None:
    """Do what `change_passphrase` does, on pages; PassphraseTaken when `new` opens another's slot."""
    if opened.use is not Use.OFFICER:
        raise StoreError("a recovery sheet has no passphrase")
    header = _header(pages)
    kek = _own_kek(pages, header, new, opened.slot)
    # The copy that opened is the one known to be good: it goes last.
    put = _Put(opened.slot, 1 - opened.copy, Use.OFFICER, opened.officer)
    _put(pages, header, kek, put, opened, random)
    _note_bound(pages, header, bound=header.bound or new.half is not None)


def spare(path: Path, opened: Opened) -> int:
    """Return the slot that the next person gets; StoreError when none is spare."""
    with open_pages(path, PAGES) as pages:
        return _spare(_uses(pages, _header(pages), opened.master))


def _spare(uses: list[Use]) -> int:
    if Use.SPARE not in uses:
        raise StoreError("the vault has no spare slot")
    return uses.index(Use.SPARE)


def add_officer(
    path: Path, opened: Opened, new: Passphrase | Share, *, random: Random, officer: Secret | None = None
) -> int:
    """Put another person's passphrase, or share and PIN, into the spare slot that `spare` names; return its number.

    `officer` is the secret that the slot holds (None: drawn here). StoreError when none is spare; PassphraseTaken when
    `new` opens another's slot already: a slot says who came, so each has a passphrase of its own.
    """
    with open_pages(path, PAGES) as pages:
        return add_in(pages, opened, new, random=random, officer=officer)


def add_in(
    pages: Pages, opened: Opened, new: Passphrase | Share, *, random: Random, officer: Secret | None = None
) -> int:
    """Do what `add_officer` does, on pages."""
    header = _header(pages)
    uses = _uses(pages, header, opened.master)
    slot = _spare(uses)
    kek = _own_kek(pages, header, new, slot)
    uses[slot] = Use.SHARE if isinstance(new, Share) else Use.OFFICER
    # The map first: a slot that counts as used and is not costs a place; the other way round the next
    # officer would overwrite this one.
    _put_map(pages, header, opened.master, uses, random)
    held = draw(random, KEY_SIZE) if officer is None else officer
    _put(pages, header, kek, _Put(slot, 0, uses[slot], held), opened, random)
    bound = isinstance(new, Passphrase) and new.half is not None
    _note_bound(pages, header, bound=header.bound or bound)
    return slot


def remove_officer(path: Path, opened: Opened, slot: int, *, random: Random) -> None:
    """Overwrite another person's slot with random bytes; again, where a stop came between.

    StoreError for the own slot or one that is no person's.
    """
    with open_pages(path, PAGES) as pages:
        remove_in(pages, opened, slot, random=random)


def remove_in(pages: Pages, opened: Opened, slot: int, *, random: Random) -> None:
    """Do what `remove_officer` does, on pages."""
    header = _header(pages)
    uses = _uses(pages, header, opened.master)
    _check_other(uses, opened, slot)
    _blank(pages, slot, random)
    uses[slot] = Use.SPARE
    _put_map(pages, header, opened.master, uses, random)


def _check_other(uses: list[Use], opened: Opened, slot: int) -> None:
    if not 0 <= slot < SLOTS or uses[slot] not in PERSONS or slot == opened.slot:
        raise StoreError("this slot cannot be taken away")


def held_pages(path: Path, opened: Opened, slot: int) -> bytes:
    """Return both copies of another person's slot, 8 192 bytes as they stand, before it is blanked for a time.

    StoreError for the own slot or one that is no person's.
    """
    with open_pages(path, PAGES) as pages:
        _check_other(_uses(pages, _header(pages), opened.master), opened, slot)
        return b"".join(pages.read(_page(slot, copy)) for copy in range(COPIES))


def blank(path: Path, opened: Opened, slot: int, *, random: Random) -> None:
    """Overwrite another person's slot with random bytes and keep its place for it; StoreError as for `held_pages`."""
    with open_pages(path, PAGES) as pages:
        _check_other(_uses(pages, _header(pages), opened.master), opened, slot)
        _blank(pages, slot, random)


def put_back(path: Path, opened: Opened, slot: int, kept: bytes) -> None:
    """Write back what `held_pages` gave, copy by copy; StoreError as for it, or for another size."""
    with open_pages(path, PAGES) as pages:
        _check_other(_uses(pages, _header(pages), opened.master), opened, slot)
        if len(kept) != COPIES * PAGE:
            raise StoreError("these are not the copies of a slot")
        for copy in range(COPIES):
            _write_checked(pages, _page(slot, copy), kept[copy * PAGE : (copy + 1) * PAGE])


def uses(path: Path, opened: Opened) -> tuple[Use, ...]:
    """Return what each slot is for; StoreDamaged when neither copy of the map opens."""
    with open_pages(path, PAGES) as pages:
        return tuple(_uses(pages, _header(pages), opened.master))


def start_anew(
    path: Path,
    opened: Opened,
    new: Passphrase,
    *,
    random: Random,
    officer: Secret | None = None,
    slot: int | None = None,
) -> int:
    """Leave one officer slot with a new passphrase, and overwrite those of every other person; return its number.

    For the day after the recovery sheet: who knew an old passphrase opens nothing any more. `slot` is that of the
    officer who goes on (None: the first one's), `officer` the secret that it holds from now on (None: drawn here).
    """
    with open_pages(path, PAGES) as pages:
        header = _header(pages)
        found = _uses(pages, header, opened.master)
        if slot is None:
            slot = found.index(Use.OFFICER) if Use.OFFICER in found else found.index(Use.SPARE)
        if found[slot] not in (Use.OFFICER, Use.SPARE):
            raise StoreError("this slot is no officer's")
        held = draw(random, KEY_SIZE) if officer is None else officer
        _put(pages, header, _kek(header, new), _Put(slot, 0, Use.OFFICER, held), opened, random)
        _note_bound(pages, header, bound=new.half is not None)
        kept = [Use.SPARE] * SLOTS
        for other, use in enumerate(found):
            if use is Use.RECOVERY or other == slot:
                kept[other] = use if use is Use.RECOVERY else Use.OFFICER
            elif use in PERSONS:
                _blank(pages, other, random)
        _put_map(pages, header, opened.master, kept, random)
        return slot


def replace_recovery(path: Path, opened: Opened, *, random: Random) -> Secret:
    """Make a new recovery sheet's 32 bytes; the old sheet opens nothing afterwards."""
    recovery = draw(random, KEY_SIZE)
    put_recovery(path, opened, recovery, random=random)
    return recovery


def put_recovery(path: Path, opened: Opened, recovery: Secret, *, random: Random) -> None:
    """Let a recovery sheet's 32 bytes, which are on paper already, take the place of the old sheet's."""
    with open_pages(path, PAGES) as pages:
        header = _header(pages)
        slot = _uses(pages, header, opened.master).index(Use.RECOVERY)
        first = 1 - opened.copy if opened.slot == slot else 0
        put = _Put(slot, first, Use.RECOVERY, None)
        _put(pages, header, _kek(header, Sheet(recovery)), put, opened, random)


def backup_copy(path: Path, opened: Opened, *, random: Random) -> bytes:
    """Return a vault that the recovery sheet alone opens (docs/spec/backup.md 2).

    Header, map and recovery slot are as they are; every other slot is random, so that who was taken off the list, and
    who is on it, opens no backup. StoreDamaged when the map does not open.
    """
    with open_pages(path, PAGES) as pages:
        slot = _uses(pages, _header(pages), opened.master).index(Use.RECOVERY)
        kept = {*range(_SLOT_PAGE), *(_page(slot, copy) for copy in range(COPIES))}
        return b"".join(pages.read(number) if number in kept else random(PAGE) for number in range(PAGES))


def same_sheet(path: Path, opened: Opened, copy: bytes) -> bool:
    """Say whether a copy that `backup_copy` made has the recovery slot that the vault has now."""
    with open_pages(path, PAGES) as pages:
        slot = _uses(pages, _header(pages), opened.master).index(Use.RECOVERY)
        first, last = PAGE * _page(slot, 0), PAGE * _page(slot, COPIES)
        return copy[first:last] == b"".join(pages.read(_page(slot, each)) for each in range(COPIES))


def erase(path: Path, *, random: Random) -> None:
    """Overwrite every page with random bytes, in place: the store can never be opened again.

    Works without any key and while another program has the profile open. Nothing happens when there is no
    vault. StoreError when the disk refused; everything that it took is overwritten then. Erasure of the key, not of the
    medium: a copy kept by a solid-state disk or a snapshot is out of reach (docs/spec/vault.md 6).
    """
    try:
        descriptor = paths.open_to_erase(path)
    except NotFound:
        return
    # A vault of a newer version may be longer; what is cut short is overwritten as far as it goes, and filled up.
    count = max(PAGES, min(-(-os.fstat(descriptor).st_size // PAGE), _MOST_ERASED))
    with PageFile(descriptor) as pages:
        erase_in(pages, count, random=random)


def erase_in(pages: Pages, count: int, *, random: Random) -> None:
    """Do what `erase` does, on pages.

    Both headers first and for themselves: after a stop at any point either everything opens as before, or nothing.
    Otherwise a cut could leave a sheet that opens what its officer believes destroyed.
    """
    refused: StoreError | None = None
    for numbers in (range(COPIES), range(COPIES, count)):
        for number in numbers:
            try:
                pages.write(number, random(PAGE))
            except StoreError as error:
                # One bad block is no reason to spare the pages behind it.
                refused = error
        try:
            pages.sync()
        except StoreError as error:
            refused = error
    if refused is not None:
        raise refused


# --- the header ---------------------------------------------------------------------------------------------------


def _encode_header(header: Header) -> bytes:
    fixed = _MAGIC + header.version.to_bytes(2, "big") + header.fixed[len(_MAGIC) + 2 :]
    body = fixed + bytes([header.bound]) + header.generation.to_bytes(4, "big")
    return (body + _check(body)).ljust(PAGE, b"\x00")


def _check(body: bytes) -> bytes:
    return hashing.short(labels.HASH_VAULT.encode() + b"\x00", body)


def _header(pages: Pages) -> Header:
    """Return the newest copy that is whole; StoreNewer when only its version is not ours."""
    found = [header for copy in range(COPIES) if (header := _decode_header(pages.read(copy))) is not None]
    if not found:
        raise StoreDamaged("the vault has no whole header")
    return max(found, key=lambda header: header.generation)


def _decode_header(page: bytes) -> Header | None:
    body, check = page[: _HEADER_SIZE - _CHECK_SIZE], page[_HEADER_SIZE - _CHECK_SIZE : _HEADER_SIZE]
    if not hashing.equal(_check(body), check) or page[_HEADER_SIZE:].count(0) != PAGE - _HEADER_SIZE:
        return None
    reader = _cut(body, len(_MAGIC), 2, STORE_ID_SIZE, passphrase.SALT_SIZE, 4, 1, 1, 4)
    magic, version, store_id, salt, memory, passes, bound, generation = reader
    if magic != _MAGIC:
        return None
    if int.from_bytes(version, "big") > _VERSION:
        raise StoreNewer("the vault was written by a newer version of the program")
    cost = KdfCost(int.from_bytes(memory, "big"), passes[0])
    written = int.from_bytes(version, "big")
    return Header(store_id, salt, cost, bound != b"\x00", int.from_bytes(generation, "big"), written)


def _note_bound(pages: Pages, header: Header, *, bound: bool) -> None:
    if bound is header.bound:
        return
    _put_header(pages, replace(header, bound=bound, generation=header.generation + 1))


def _put_header(pages: Pages, changed: Header) -> None:
    for copy in range(COPIES):
        _write_checked(pages, copy, _encode_header(changed))


# --- the slots ----------------------------------------------------------------------------------------------------


def _kek(header: Header, opener: Opener) -> Secret:
    return next(iter(_keks(header, opener)))


def _own_kek(pages: Pages, header: Header, opener: Passphrase | Share, slot: int) -> Secret:
    """Return the key under which a slot is made; PassphraseTaken when what was given opens any other slot."""
    keks = tuple(_keks(header, opener))
    for other in range(SLOTS):
        places = [(kek, copy) for kek in keks for copy in range(COPIES) if other != slot]
        if any(_open_slot(header, pages, kek, other, copy) is not None for kek, copy in places):
            raise PassphraseTaken("this passphrase opens the store already: each person chooses another")
    return keks[0]


def _keks(header: Header, opener: Opener) -> Iterator[Secret]:
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


def _page(slot: int, copy: int) -> int:
    return _SLOT_PAGE + COPIES * slot + copy


def _place(header: Header, kind: bytes, slot: int, copy: int) -> bytes:
    """Return the associated data of a page.

    The header, and where it stands, so that a page moved does not open.
    """
    return header.fixed + kind + bytes([slot, copy])


def _seal_slot(
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
    held = _NO_SECRET if officer is None else officer.exactly(KEY_SIZE)
    plain = master.exactly(KEY_SIZE) + bytes([use]) + generation.to_bytes(8, "big") + held
    return _seal_page(kek, plain, _place(header, b"slot", slot, copy), random)


def _open_slot(header: Header, pages: Pages, kek: Secret, slot: int, copy: int) -> Opened | None:
    plain = _open_page(kek, pages.read(_page(slot, copy)), _place(header, b"slot", slot, copy), _SLOT_SIZE)
    if plain is None:
        return None
    master, use, generation, officer = _cut(plain, KEY_SIZE, 1, 8, KEY_SIZE)
    return Opened(
        header.store_id,
        Secret(master),
        slot,
        copy,
        int.from_bytes(generation, "big"),
        _use(use[0]),
        header.bound,
        None if officer == _NO_SECRET else Secret(officer),
    )


def _use(value: int) -> Use:
    try:
        return Use(value)
    except ValueError:
        # What authenticates was written by this program, so by a version that knows more uses.
        raise StoreNewer("the vault was written by a newer version of the program") from None


@dataclass(frozen=True, slots=True)
class _Put:
    """What is written where: a slot, which of its copies first, what it is for and the secret that it holds."""

    slot: int
    first: int
    use: Use
    officer: Secret | None


def _put(pages: Pages, header: Header, kek: Secret, put: _Put, opened: Opened, random: Random) -> None:
    """Write a slot: one copy, proven to open, then the other."""
    generation = opened.generation + 1
    for copy in (put.first, 1 - put.first):
        page = _seal_slot(header, kek, put.slot, copy, opened.master, put.use, generation, random, put.officer)
        _write_checked(pages, _page(put.slot, copy), page)
        if _open_slot(header, pages, kek, put.slot, copy) is None:
            raise StoreDamaged("a new keyslot does not open")


def _with_secret(pages: Pages, header: Header, kek: Secret, opened: Opened, random: Random) -> Opened:
    """Give a person's slot of an older program its officer secret, by the same steps as any change."""
    if opened.officer is not None or opened.use not in PERSONS:
        return opened
    officer = draw(random, KEY_SIZE)
    try:
        if header.version < _VERSION:
            _put_header(pages, replace(header, version=_VERSION, generation=header.generation + 1))
        _put(pages, header, kek, _Put(opened.slot, 1 - opened.copy, opened.use, officer), opened, random)
    except StoreError:
        # A full or read-only disk keeps nobody out; what was begun is finished or undone by the next opening.
        return opened
    return replace(opened, officer=officer, copy=0, generation=opened.generation + 1)


def _mend(pages: Pages, header: Header, kek: Secret, best: Opened, found: list[Opened], random: Random) -> None:
    """Write the other copy again when it is damaged, older, or the rest of an unfinished change."""
    if any((o.slot, o.generation) == (best.slot, best.generation) and o.copy != best.copy for o in found):
        return
    copy = 1 - best.copy
    page = _seal_slot(header, kek, best.slot, copy, best.master, best.use, best.generation, random, best.officer)
    try:
        _write_checked(pages, _page(best.slot, copy), page)
    except StoreError:
        # A full or read-only disk is no reason to keep the officer out; the next opening tries again.
        return


def _blank(pages: Pages, slot: int, random: Random) -> None:
    for copy in range(COPIES):
        pages.write(_page(slot, copy), random(PAGE))
    pages.sync()


# --- the map ------------------------------------------------------------------------------------------------------


def _map_key(header: Header, master: Secret) -> Secret:
    return kdf.derive(header.store_id, master, labels.STORE_SLOT, b"map", KEY_SIZE)


def _seal_map(header: Header, master: Secret, copy: int, uses: list[Use], random: Random) -> bytes:
    return _seal_page(_map_key(header, master), bytes(uses), _place(header, b"map", 0, copy), random)


def _put_map(pages: Pages, header: Header, master: Secret, uses: list[Use], random: Random) -> None:
    for copy in range(COPIES):
        _write_checked(pages, _MAP_PAGE + copy, _seal_map(header, master, copy, uses, random))


def _uses(pages: Pages, header: Header, master: Secret) -> list[Use]:
    key = _map_key(header, master)
    for copy in range(COPIES):
        plain = _open_page(key, pages.read(_MAP_PAGE + copy), _place(header, b"map", 0, copy), SLOTS)
        if plain is not None:
            return [_use(use) for use in plain]
    raise StoreDamaged("the map of the keyslots does not open")


# --- pages --------------------------------------------------------------------------------------------------------


def _seal_page(key: Secret, plain: bytes, associated: bytes, random: Random) -> bytes:
    nonce = random(aead.NONCE_X_SIZE)
    return nonce + aead.seal_x(key, nonce, plain.ljust(_ROOM, b"\x00"), associated)


def _open_page(key: Secret, page: bytes, associated: bytes, size: int) -> bytes | None:
    try:
        plain = aead.open_x(key, page[: aead.NONCE_X_SIZE], page[aead.NONCE_X_SIZE :], associated)
    except DecryptionError:
        return None
    # XChaCha20-Poly1305 does not commit to its key; the zero fill does: no page opens under two passphrases.
    return plain[:size] if plain[size:].count(0) == _ROOM - size else None


def _write_checked(pages: Pages, number: int, content: bytes) -> None:
    pages.write(number, content)
    pages.sync()
    if pages.read(number) != content:
        raise StoreDamaged("the disk did not keep what was written")


def _cut(data: bytes, *lengths: int) -> tuple[bytes, ...]:
    parts: list[bytes] = []
    start = 0
    for length in lengths:
        parts.append(data[start : start + length])
        start += length
    return tuple(parts)
