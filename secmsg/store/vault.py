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
from dataclasses import dataclass, field
from pathlib import Path

from secmsg.crypto import hashing, labels, passphrase
from secmsg.crypto.passphrase import KdfCost
from secmsg.crypto.randomness import Random
from secmsg.crypto.randomness import secret as draw
from secmsg.crypto.secret import Secret
from secmsg.errors import (
    KeyringMissing,
    NotFound,
    StoreError,
    StoreExists,
    StoreNewer,
    WrongPassphrase,
)
from secmsg.store import keyslots, paths
from secmsg.store.keyslots import COPIES as COPIES
from secmsg.store.keyslots import KEY_SIZE as KEY_SIZE
from secmsg.store.keyslots import PAGES as PAGES
from secmsg.store.keyslots import PERSONS as PERSONS
from secmsg.store.keyslots import SLOTS as SLOTS
from secmsg.store.keyslots import STORE_ID_SIZE as STORE_ID_SIZE
from secmsg.store.keyslots import Header as Header
from secmsg.store.keyslots import Opened as Opened
from secmsg.store.keyslots import Opener as Opener
from secmsg.store.keyslots import Passphrase as Passphrase
from secmsg.store.keyslots import Share as Share
from secmsg.store.keyslots import Sheet as Sheet
from secmsg.store.keyslots import Use as Use
from secmsg.store.pages import PAGE, PageFile, Pages, create_pages, open_pages

_MOST_ERASED = 4_096


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
            pages.write(copy, keyslots.encode_header(header))
            pages.write(keyslots.MAP_PAGE + copy, keyslots.seal_map(header, master, copy, uses, random))
        slots: tuple[tuple[Use, Opener, Secret | None], ...] = (
            (Use.OFFICER, opener, secrets.officer),
            (Use.RECOVERY, Sheet(secrets.recovery), None),
        )
        for slot, (use, key, held) in enumerate(slots):
            kek = keyslots.kek_of(header, key)
            for copy in range(COPIES):
                page = keyslots.seal_slot(header, kek, slot, copy, master, use, 1, random, held)
                pages.write(keyslots.page_of(slot, copy), page)
        pages.sync()
    with paths.disk_errors():
        new.replace(path)
        paths.sync_directory(path.parent)
    return secrets.recovery


def read_header(path: Path) -> Header:
    """Return a vault's header (for its store id); NotFound, StoreDamaged, StoreNewer."""
    with open_pages(path, PAGES) as pages:
        return keyslots.header_of(pages)


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
    header = keyslots.header_of(pages)
    passphrase.check_bounds(header.cost, floor)
    for kek in keyslots.keks_of(header, opener):
        found = [
            opened
            for slot in range(SLOTS)
            for copy in range(COPIES)
            if (opened := keyslots.open_slot(header, pages, kek, slot, copy)) is not None
        ]
        if found:
            best = max(found, key=lambda opened: opened.generation)
            keyslots.mend(pages, header, kek, best, found, random)
            return keyslots.with_secret(pages, header, kek, best, random)
    if header.bound and isinstance(opener, Passphrase) and opener.half is None:
        raise KeyringMissing("the half of the key that lies in the system keyring is not there")
    raise WrongPassphrase("no keyslot opens with this")


def store_id_in(image: bytes) -> bytes:
    """Return the store id in a vault's bytes whatever the file's modes are; empty when no header is whole."""
    for copy in range(COPIES):
        try:
            header = keyslots.decode_header(image[copy * PAGE : (copy + 1) * PAGE])
        except StoreNewer:
            return b""
        if header is not None:
            return header.store_id
    return b""


def has_header(path: Path) -> bool:
    """Say whether a vault still has a header, ours or a newer version's; without one nothing opens it.

    Two pages are read, whatever the file's size. NotFound; StoreDamaged for what is no plain file of this user alone.
    """
    with os.fdopen(paths.open_private(path), "rb") as file, paths.disk_errors():
        image = file.read(COPIES * PAGE)
    for copy in range(COPIES):
        try:
            if keyslots.decode_header(image[copy * PAGE : (copy + 1) * PAGE]) is not None:
                return True
        except StoreNewer:
            return True
    return False


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
        keyslots.note_bound(pages, keyslots.header_of(pages), bound=new.half is not None)


def change_in(pages: Pages, opened: Opened, new: Passphrase, *, random: Random) -> None:
    """Do what `change_passphrase` does, on pages; PassphraseTaken when `new` opens another's slot."""
    if opened.use is not Use.OFFICER:
        raise StoreError("a recovery sheet has no passphrase")
    header = keyslots.header_of(pages)
    kek = keyslots.own_kek(pages, header, new, opened.slot)
    # The copy that opened is the one known to be good: it goes last.
    put = keyslots.Put(opened.slot, 1 - opened.copy, Use.OFFICER, opened.officer)
    keyslots.put(pages, header, kek, put, opened, random)
    keyslots.note_bound(pages, header, bound=header.bound or new.half is not None)


def spare(path: Path, opened: Opened) -> int:
    """Return the slot that the next person gets; StoreError when none is spare."""
    with open_pages(path, PAGES) as pages:
        return _spare(keyslots.uses_in(pages, keyslots.header_of(pages), opened.master))


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
    header = keyslots.header_of(pages)
    uses = keyslots.uses_in(pages, header, opened.master)
    slot = _spare(uses)
    kek = keyslots.own_kek(pages, header, new, slot)
    uses[slot] = Use.SHARE if isinstance(new, Share) else Use.OFFICER
    # The map first: a slot that counts as used and is not costs a place; the other way round the next
    # officer would overwrite this one.
    keyslots.put_map(pages, header, opened.master, uses, random)
    held = draw(random, KEY_SIZE) if officer is None else officer
    keyslots.put(pages, header, kek, keyslots.Put(slot, 0, uses[slot], held), opened, random)
    bound = isinstance(new, Passphrase) and new.half is not None
    keyslots.note_bound(pages, header, bound=header.bound or bound)
    return slot


def remove_officer(path: Path, opened: Opened, slot: int, *, random: Random) -> None:
    """Overwrite another person's slot with random bytes; again, where a stop came between.

    StoreError for the own slot or one that is no person's.
    """
    with open_pages(path, PAGES) as pages:
        remove_in(pages, opened, slot, random=random)


def remove_in(pages: Pages, opened: Opened, slot: int, *, random: Random) -> None:
    """Do what `remove_officer` does, on pages."""
    header = keyslots.header_of(pages)
    uses = keyslots.uses_in(pages, header, opened.master)
    _check_other(uses, opened, slot)
    keyslots.blank_slot(pages, slot, random)
    uses[slot] = Use.SPARE
    keyslots.put_map(pages, header, opened.master, uses, random)


def _check_other(uses: list[Use], opened: Opened, slot: int) -> None:
    if not 0 <= slot < SLOTS or uses[slot] not in PERSONS or slot == opened.slot:
        raise StoreError("this slot cannot be taken away")


def held_pages(path: Path, opened: Opened, slot: int) -> bytes:
    """Return both copies of another person's slot, 8 192 bytes as they stand, before it is blanked for a time.

    StoreError for the own slot or one that is no person's.
    """
    with open_pages(path, PAGES) as pages:
        _check_other(keyslots.uses_in(pages, keyslots.header_of(pages), opened.master), opened, slot)
        return b"".join(pages.read(keyslots.page_of(slot, copy)) for copy in range(COPIES))


def blank(path: Path, opened: Opened, slot: int, *, random: Random) -> None:
    """Overwrite another person's slot with random bytes and keep its place for it; StoreError as for `held_pages`."""
    with open_pages(path, PAGES) as pages:
        _check_other(keyslots.uses_in(pages, keyslots.header_of(pages), opened.master), opened, slot)
        keyslots.blank_slot(pages, slot, random)


def put_back(path: Path, opened: Opened, slot: int, kept: bytes) -> None:
    """Write back what `held_pages` gave, copy by copy; StoreError as for it, or for another size."""
    with open_pages(path, PAGES) as pages:
        _check_other(keyslots.uses_in(pages, keyslots.header_of(pages), opened.master), opened, slot)
        if len(kept) != COPIES * PAGE:
            raise StoreError("these are not the copies of a slot")
        for copy in range(COPIES):
            keyslots.write_checked(pages, keyslots.page_of(slot, copy), kept[copy * PAGE : (copy + 1) * PAGE])


def uses(path: Path, opened: Opened) -> tuple[Use, ...]:
    """Return what each slot is for; StoreDamaged when neither copy of the map opens."""
    with open_pages(path, PAGES) as pages:
        return tuple(keyslots.uses_in(pages, keyslots.header_of(pages), opened.master))


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
        header = keyslots.header_of(pages)
        found = keyslots.uses_in(pages, header, opened.master)
        if slot is None:
            slot = found.index(Use.OFFICER) if Use.OFFICER in found else found.index(Use.SPARE)
        if found[slot] not in (Use.OFFICER, Use.SPARE):
            raise StoreError("this slot is no officer's")
        held = draw(random, KEY_SIZE) if officer is None else officer
        put = keyslots.Put(slot, 0, Use.OFFICER, held)
        keyslots.put(pages, header, keyslots.kek_of(header, new), put, opened, random)
        keyslots.note_bound(pages, header, bound=new.half is not None)
        kept = [Use.SPARE] * SLOTS
        for other, use in enumerate(found):
            if use is Use.RECOVERY or other == slot:
                kept[other] = use if use is Use.RECOVERY else Use.OFFICER
            elif use in PERSONS:
                keyslots.blank_slot(pages, other, random)
        keyslots.put_map(pages, header, opened.master, kept, random)
        return slot


def replace_recovery(path: Path, opened: Opened, *, random: Random) -> Secret:
    """Make a new recovery sheet's 32 bytes; the old sheet opens nothing afterwards."""
    recovery = draw(random, KEY_SIZE)
    put_recovery(path, opened, recovery, random=random)
    return recovery


def put_recovery(path: Path, opened: Opened, recovery: Secret, *, random: Random) -> None:
    """Let a recovery sheet's 32 bytes, which are on paper already, take the place of the old sheet's."""
    put_sealed(path, seal_recovery(path, opened, recovery, random=random), recovery)


@dataclass(frozen=True, slots=True)
class SealedSheet:
    """The recovery slot as it will be for a new sheet; `before` and `after` are the marks of what it holds.

    A mark is `recovery_mark`: with both kept, a stop between can be looked into afterwards without any sheet.
    """

    place: keyslots.Put
    pages: tuple[bytes, bytes] = field(repr=False)
    before: bytes
    after: bytes


def seal_recovery(path: Path, opened: Opened, recovery: Secret, *, random: Random) -> SealedSheet:
    """Seal the recovery slot for a new sheet without writing it."""
    with open_pages(path, PAGES) as pages:
        header = keyslots.header_of(pages)
        slot = _recovery_slot(pages, header, opened)
        first = 1 - opened.copy if opened.slot == slot else 0
        place = keyslots.Put(slot, first, Use.RECOVERY, None)
        pair = keyslots.seal_pair(header, keyslots.kek_of(header, Sheet(recovery)), place, opened, random)
        return SealedSheet(place, pair, _mark(_copies(pages, slot)), _mark(b"".join(pair)))


def put_sealed(path: Path, sealed: SealedSheet, recovery: Secret) -> None:
    """Write what `seal_recovery` sealed; the old sheet opens nothing afterwards."""
    with open_pages(path, PAGES) as pages:
        header = keyslots.header_of(pages)
        kek = keyslots.kek_of(header, Sheet(recovery))
        keyslots.write_pair(pages, header, kek, sealed.place, sealed.pages)


def recovery_mark(path: Path, opened: Opened) -> bytes:
    """Return what tells one content of the recovery slot from another: 32 bytes; StoreDamaged without a map."""
    with open_pages(path, PAGES) as pages:
        return _mark(_copies(pages, _recovery_slot(pages, keyslots.header_of(pages), opened)))


def _mark(copies: bytes) -> bytes:
    return hashing.short(labels.HASH_SHEET_SLOT.encode() + b"\x00", copies)


def _recovery_slot(pages: Pages, header: Header, opened: Opened) -> int:
    return keyslots.uses_in(pages, header, opened.master).index(Use.RECOVERY)


def _copies(pages: Pages, slot: int) -> bytes:
    return b"".join(pages.read(keyslots.page_of(slot, copy)) for copy in range(COPIES))


def backup_copy(path: Path, opened: Opened, *, random: Random) -> bytes:
    """Return a vault that the recovery sheet alone opens (docs/spec/backup.md 2).

    Header, map and recovery slot are as they are; every other slot is random, so that who was taken off the list, and
    who is on it, opens no backup. StoreDamaged when the map does not open.
    """
    with open_pages(path, PAGES) as pages:
        slot = _recovery_slot(pages, keyslots.header_of(pages), opened)
        kept = {*range(keyslots.SLOT_PAGE), *(keyslots.page_of(slot, copy) for copy in range(COPIES))}
        return b"".join(pages.read(number) if number in kept else random(PAGE) for number in range(PAGES))


def same_sheet(path: Path, opened: Opened, copy: bytes) -> bool:
    """Say whether a copy that `backup_copy` made has the recovery slot that the vault has now."""
    with open_pages(path, PAGES) as pages:
        slot = _recovery_slot(pages, keyslots.header_of(pages), opened)
        first, last = PAGE * keyslots.page_of(slot, 0), PAGE * keyslots.page_of(slot, COPIES)
        return copy[first:last] == _copies(pages, slot)


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
