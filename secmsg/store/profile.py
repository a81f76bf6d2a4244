"""A profile.

Lock, vault, keyring half, database and blobs, opened and closed as one (docs/spec/store.md 2).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from secmsg.crypto.passphrase import KdfCost
from secmsg.crypto.randomness import Random
from secmsg.crypto.randomness import secret as draw
from secmsg.crypto.secret import Secret
from secmsg.errors import NotFound, StoreError, StoreExists
from secmsg.store import blobs, database, lock, moving, outbox, paths, vault, watermark
from secmsg.store.blobs import BlobFiles
from secmsg.store.database import Database
from secmsg.store.keyring import HALF_SIZE, Keyring, NoKeyring
from secmsg.store.lock import ProfileLock
from secmsg.store.paths import Home
from secmsg.store.vault import First, Opened, Passphrase, Share, Sheet, Use
from secmsg.store.watermark import Watermark


@dataclass(frozen=True, slots=True)
class Profile:
    """An open profile.

    `bound`: a half in the keyring takes part in opening it; otherwise the passphrase stands alone. `opened` says which
    keyslot it was, and holds what lay in it.
    """

    home: Home
    db: Database
    files: BlobFiles
    store_id: bytes
    bound: bool
    held: ProfileLock
    watermark: Watermark
    opened: Opened

    def close(self) -> None:
        """Close the database, tell the keyring how far it came, give the lock back; a second call does nothing."""
        self.db.close()
        self.watermark.close()
        self.held.release()


@dataclass(frozen=True, slots=True)
class Created:
    """A new profile and the secret of its recovery sheet (32 bytes), which is kept nowhere else."""

    profile: Profile
    recovery: Secret


@dataclass(frozen=True, slots=True)
class Given:
    """The id (16 bytes) of a profile to be made, and the 32 bytes of its recovery sheet."""

    store_id: bytes
    recovery: Secret


def exists(root: Path) -> bool:
    """Say whether there is a profile in a directory."""
    return Home(root).vault.exists()


def store_id(root: Path) -> bytes:
    """Return a profile's store id, which its vault tells without being opened; NotFound, StoreDamaged, StoreNewer."""
    return vault.read_header(Home(root).vault).store_id


def create(
    root: Path,
    passphrase: Secret,
    *,
    keyring: Keyring,
    cost: KdfCost,
    random: Random,
    fill: Callable[[Database], None] = lambda _: None,
    given: Given | None = None,
    secrets: First | None = None,
) -> Created:
    """Make a profile; `fill` writes its first rows (in transactions of its own) before it counts as made.

    `given`: its id and the secret of its sheet were drawn before, because somebody keeps them (a delegation kit).
    `secrets` are those of its first officer and of its sheet, for a `fill` that seals something to them.

    The vault comes last: until it is there, there is no profile, and what an interrupted creation left is
    cleared away by the next. Raises StoreExists, ProfileInUse, DiskFull, StoreDamaged (the directory is not
    ours alone).
    """
    home = Home(root)
    paths.private_umask()
    paths.make_directory(root)
    held = lock.acquire(home.lock)
    try:
        _clear(home)
        store_id = random(vault.STORE_ID_SIZE) if given is None else given.store_id
        master = draw(random, vault.KEY_SIZE)
        half = _new_half(keyring, store_id, random)
        drawn = vault.first(random) if secrets is None else secrets
        db = database.create(home.database, database.derive_keys(store_id, master))
        try:
            fill(db)
            files = _blob_files(home)
            recovery = vault.create(
                home.vault,
                store_id,
                master,
                Passphrase(passphrase, half),
                cost=cost,
                random=random,
                secrets=drawn if given is None else replace(drawn, recovery=given.recovery),
            )
        except BaseException:
            db.close()
            keyring.forget(store_id)
            raise
    except BaseException:
        held.release()
        raise
    bound, counted = half is not None, watermark.begin(db, keyring, store_id, 0)
    opened = Opened(store_id, master, 0, 0, 1, Use.OFFICER, bound, drawn.officer)
    return Created(Profile(home, db, files, store_id, bound, held, counted, opened), recovery)


def open_by_passphrase(
    root: Path, passphrase: Secret, *, keyring: Keyring, floor: KdfCost, now: int, random: Random
) -> Profile:
    """Open a profile with a passphrase and, where one was used, the half in the keyring.

    Raises NotFound, ProfileInUse, WrongPassphrase, KeyringMissing, StoreDamaged, StoreNewer, CostRefused.
    """
    return _open(root, _with_half(passphrase, keyring), keyring=keyring, floor=floor, now=now, random=random)


def open_by_recovery(
    root: Path, recovery: Secret, *, keyring: Keyring | None = None, floor: KdfCost, now: int, random: Random
) -> Profile:
    """Open a profile with its recovery sheet, without passphrase; `keyring` only counts (docs/spec/rollback.md 2).

    The same errors but KeyringMissing.
    """
    counts = NoKeyring() if keyring is None else keyring
    return _open(root, lambda _: Sheet(recovery), keyring=counts, floor=floor, now=now, random=random)


def open_by_share(
    root: Path, share: Secret, pin: Secret, *, keyring: Keyring | None = None, floor: KdfCost, now: int, random: Random
) -> Profile:
    """Open a profile with the head of mission's printed share and PIN; `keyring` only counts.

    The same errors but KeyringMissing.
    """
    counts = NoKeyring() if keyring is None else keyring
    return _open(root, lambda _: Share(share, pin), keyring=counts, floor=floor, now=now, random=random)


def change_passphrase(
    root: Path, old: Secret, new: Secret, *, keyring: Keyring, floor: KdfCost, random: Random
) -> bool:
    """Replace a passphrase and answer whether a keyring half takes part now.

    WrongPassphrase when `old` opens nothing. The half stays the same; a profile that had none gets one when a
    keyring has come. May run while the profile is open.
    """
    path = Home(root).vault
    opener = _with_half(old, keyring)(vault.read_header(path).store_id)
    opened = vault.open_(path, opener, floor=floor, random=random)
    half = opener.half if opener.half is not None else _some_half(keyring, opened.store_id, random)
    vault.change_passphrase(path, opened, Passphrase(new, half), random=random)
    return half is not None


def start_anew(
    root: Path,
    recovery: Secret,
    new: Secret,
    *,
    keyring: Keyring,
    floor: KdfCost,
    random: Random,
    keep: Callable[[Secret], None] = lambda _: None,
    officer: Secret | None = None,
    slot: int | None = None,
) -> Secret:
    """Leave, after the recovery sheet was used, one new passphrase, a new keyring half and a new sheet.

    All others open nothing any more. `slot` is that of the officer who goes on (None: the first), `officer` the secret
    that it holds from then on (None: drawn). Returns the new sheet's 32 bytes. `keep` gets them before anything is
    changed: what it writes must be on the medium when it returns, because the old sheet, which opens until
    the last step, opens nothing after it. When `keep` raises, nothing was changed.
    """
    path = Home(root).vault
    opened = vault.open_(path, Sheet(recovery), floor=floor, random=random)
    sheet = draw(random, vault.KEY_SIZE)
    keep(sheet)
    half = _new_half(keyring, opened.store_id, random)
    vault.start_anew(path, opened, Passphrase(new, half), random=random, officer=officer, slot=slot)
    vault.put_recovery(path, opened, sheet, random=random)
    return sheet


def new_sheet(root: Path, passphrase: Secret, *, keyring: Keyring, floor: KdfCost, random: Random) -> Secret:
    """Make a new recovery sheet's 32 bytes; the old sheet opens nothing afterwards."""
    path = Home(root).vault
    opener = _with_half(passphrase, keyring)(vault.read_header(path).store_id)
    opened = vault.open_(path, opener, floor=floor, random=random)
    return vault.replace_recovery(path, opened, random=random)


def make_portable(root: Path) -> None:
    """Mark a folder, made when absent, as a portable profile's: no machine's keyring is asked for it."""
    paths.private_umask()
    paths.make_directory(root)
    moving.make_portable(Home(root))


def change_place(
    root: Path,
    old: Secret,
    new: Secret,
    *,
    held: Keyring,
    here: Keyring,
    portable: bool,
    floor: KdfCost,
    random: Random,
) -> bool:
    """Let a copied profile open in its new place by `new`: alone when `portable`, else with a half in `here`.

    `held` is the keyring of the place it left. Answers whether a half takes part. WrongPassphrase, KeyringMissing.
    """
    home = Home(root)
    opener = _with_half(old, held)(vault.read_header(home.vault).store_id)
    opened = vault.open_(home.vault, opener, floor=floor, random=random)
    half = None if portable else _some_half(here, opened.store_id, random)
    vault.bind_anew(home.vault, opened, Passphrase(new, half), random=random)
    if portable:
        # Another's slot wants a half that stays behind; one made without a half would stand alone, however weak.
        for slot, use in enumerate(vault.uses(home.vault, opened)):
            if use is vault.Use.OFFICER and slot != opened.slot:
                vault.blank(home.vault, opened, slot, random=random)
        moving.make_portable(home)
    return half is not None


@contextmanager
def looked_into(
    root: Path, passphrase: Secret, *, keyring: Keyring, floor: KdfCost, random: Random
) -> Iterator[tuple[Database, Opened]]:
    """Open a profile's database to look whether it is whole: no lock, no counter, no sweep. The errors of opening."""
    home = Home(root)
    paths.check_directory(root)
    opener = _with_half(passphrase, keyring)(vault.read_header(home.vault).store_id)
    opened = vault.open_(home.vault, opener, floor=floor, random=random)
    db = database.open_(home.database, database.derive_keys(opened.store_id, opened.master))
    try:
        yield db, opened
    finally:
        db.close()


def files_of(root: Path) -> BlobFiles:
    """Return the blobs of a profile."""
    return _blob_files(Home(root))


def rename(part: Path, target: Path) -> None:
    """Give a whole profile its name, durably; nothing is written over."""
    with paths.disk_errors():
        part.rename(target)
    paths.sync_directory(target.parent)


def check_passphrase(root: Path, passphrase: Secret, *, keyring: Keyring, floor: KdfCost, random: Random) -> None:
    """Prove that a passphrase opens the vault, also while the profile is open; WrongPassphrase, KeyringMissing."""
    path = Home(root).vault
    vault.open_(path, _with_half(passphrase, keyring)(vault.read_header(path).store_id), floor=floor, random=random)


def check_sheet(root: Path, recovery: Secret, *, floor: KdfCost, random: Random) -> None:
    """Prove that a recovery sheet's 32 bytes open the vault, also while the profile is open; WrongPassphrase."""
    vault.open_(Home(root).vault, Sheet(recovery), floor=floor, random=random)


def erase(root: Path, *, keyring: Keyring, random: Random) -> None:
    """Destroy the keyslots and the keyring half: nothing in the profile can be read by anyone again.

    Needs no passphrase and no lock. The enciphered files stay for a later clearing; they are noise without
    the keys.
    """
    path = Home(root).vault
    try:
        store_id = vault.read_header(path).store_id
    except NotFound:
        return
    except StoreError:
        # Damage is no reason to spare the slots; only the name of the half is lost.
        vault.erase(path, random=random)
        return
    vault.erase(path, random=random)
    keyring.forget(store_id)


def _open(
    root: Path,
    opener: Callable[[bytes], vault.Opener],
    *,
    keyring: Keyring,
    floor: KdfCost,
    now: int,
    random: Random,
) -> Profile:
    home = Home(root)
    paths.private_umask()
    paths.check_directory(root)
    if not exists(root):
        raise NotFound("there is no store here")
    held = lock.acquire(home.lock)
    try:
        header = vault.read_header(home.vault)
        opened = vault.open_(home.vault, opener(header.store_id), floor=floor, random=random)
        db = database.open_(home.database, database.derive_keys(opened.store_id, opened.master))
        try:
            files = _blob_files(home)
            # Before anything is written: each state more would hide an old copy a little better.
            counted = watermark.begin(db, keyring, opened.store_id, now)
            blobs.sweep(db, files)
            with db.transaction():
                outbox.recover_after_stop(db, now)
        except BaseException:
            db.close()
            raise
    except BaseException:
        held.release()
        raise
    return Profile(home, db, files, opened.store_id, opened.bound, held, counted, opened)


def _with_half(passphrase: Secret, keyring: Keyring) -> Callable[[bytes], Passphrase]:
    return lambda store_id: Passphrase(passphrase, keyring.read(store_id))


def _some_half(keyring: Keyring, store_id: bytes, random: Random) -> Secret | None:
    """Return the half that is there, or a new one: another officer's slot may need the one that is there."""
    there = keyring.read(store_id)
    return _new_half(keyring, store_id, random) if there is None else there


def _new_half(keyring: Keyring, store_id: bytes, random: Random) -> Secret | None:
    half = draw(random, HALF_SIZE)
    return half if keyring.write(store_id, half) else None


def _blob_files(home: Home) -> BlobFiles:
    paths.make_directory(home.blobs)
    return BlobFiles(home.blobs)


def _clear(home: Home) -> None:
    """Take away what a creation without its end left: no key for it exists.

    StoreExists when it had its end.
    """
    if exists(home.root):
        raise StoreExists("there is a store here already")
    with paths.disk_errors():
        for name in (home.database.name, home.database.name + "-wal", home.database.name + "-shm"):
            (home.root / name).unlink(missing_ok=True)
        home.destroyed.unlink(missing_ok=True)
