"""The portable station: a whole profile moved to a stick, or back, with at no moment two that can be opened.

    old opens     new is marked, half a copy   a stop leaves the old one as it was
    old opens     new is marked, whole and proven
    old is marked new is marked                from here on neither is opened before the move is finished
    old is marked new has its name
    old is dead   new opens, its mark taken away

Source: docs/spec/store.md 10. A portable profile is bound to no machine: its passphrase stands alone, a strong one.
"""

from dataclasses import dataclass
from pathlib import Path

from secmsg.config import PRODUCTION, Policy
from secmsg.crypto.randomness import Random, system
from secmsg.errors import NotAllowed, NotFound, StoreDamaged, StoreExists, StoreMoved
from secmsg.office.copies import Cause
from secmsg.office.materials import Kind
from secmsg.station import desk as desks
from secmsg.station import keeping, opening, person_acts
from secmsg.station.clocks import system_clock
from secmsg.station.desk import Clock, Desk, Entrance
from secmsg.station.unlock import Unlock
from secmsg.store import freezes, moving
from secmsg.store import profile as profiles
from secmsg.store.keyring import Keyring, NoKeyring, system_keyring
from secmsg.store.moving import Progress as Progress  # commands show it
from secmsg.store.paths import Home

PART = ".part"
TITLE = "USB máy cơ yếu"


@dataclass(frozen=True, slots=True)
class Moved:
    """A profile that was moved: where it lies, and whether a half in the machine's keyring takes part."""

    home: Path
    bound: bool


def begin(home: Path) -> None:
    """Mark an empty folder as the place of a portable profile that is made next."""
    profiles.make_portable(home)


def is_portable(home: Path) -> bool:
    """Say whether a profile is a portable one."""
    return Home(home).portable.exists()


def move(
    home: Path,
    target: Path,
    old: Unlock,
    new: Unlock,
    policy: Policy = PRODUCTION,
    *,
    to_stick: bool,
    keyring: Keyring | None = None,
    clock: Clock = system_clock,
    random: Random = system,
    progress: Progress = lambda _done, _all: None,
) -> Moved:
    """Move a profile to `target`, which must not exist; called again after a stop it goes on.

    `old` opens it where it is, `new` where it comes to lie. The errors of `open_station`; StoreExists, DiskFull;
    WrongPassphrase for a new passphrase too weak for a stick; StoreMoved when it left for another place; StoreDamaged
    when the medium does not give back what was written. Until the new one is proven the old one is as it was.
    """
    held = opening.keyring_for(home) if keyring is None else keyring
    here = NoKeyring() if to_stick else system_keyring() if keyring is None else keyring
    if to_stick:
        opening.check_strength(new)
    left = moving.target_of(Home(home))
    if left is None and not profiles.exists(home) and profiles.exists(target):
        left = target  # the last step was under way: the old one is dead and half cleared
    if left is None:
        _copy(home, target, old, new, _Manner(policy, held, here, to_stick, clock, random, progress))
        left = target
    if left != target:
        raise StoreMoved(f"this profile has left for {left}: finish that move first")
    return _finish(home, target, new, _Manner(policy, held, here, to_stick, clock, random, progress))


@dataclass(frozen=True, slots=True)
class _Manner:
    policy: Policy
    held: Keyring
    here: Keyring
    """The keyring of the machine for the profile's new place."""
    to_stick: bool
    clock: Clock
    random: Random
    progress: Progress


def _copy(home: Path, target: Path, old: Unlock, new: Unlock, how: _Manner) -> None:
    """Make a whole copy beside its place, prove it, and mark the old one."""
    part = target.with_name(target.name + PART)
    if target.exists():
        raise StoreExists("there is something in that place already")
    moving.check_room(home, _folder(target))
    with opening.closed_profile(home, old, how.policy, keyring=how.held, clock=how.clock, random=how.random) as profile:
        profiles.erase(part, keyring=NoKeyring(), random=how.random)
        moving.remove(part)  # what an earlier try left: the old one was never marked, so it is the true one
        moving.begin(part, target)
        moving.copy(home, part, how.progress)
        profiles.change_place(
            part,
            opening.passphrase_of(old).passphrase,
            opening.passphrase_of(new).passphrase,
            held=how.held,
            here=how.here,
            portable=how.to_stick,
            floor=opening.floor(how.policy),
            random=how.random,
        )
        _prove(part, new, how, profile.count)
        moving.mark(Home(home), target)


def _folder(target: Path) -> Path:
    if not target.parent.is_dir():
        raise NotFound(f"there is no folder {target.parent}")
    return target.parent


def _prove(part: Path, new: Unlock, how: _Manner, count: int) -> None:
    """Open the copy by the new passphrase, read all of it, and enter the stick into its ledger."""
    passphrase = opening.passphrase_of(new).passphrase
    floor = opening.floor(how.policy)
    with profiles.looked_into(part, passphrase, keyring=how.here, floor=floor, random=how.random) as (db, opened):
        db.check()
        if db.count() != count:
            raise StoreDamaged("the copy is of another state than the store")
        entrance = Entrance(Home(part), opened, how.here)
        desk = Desk(db, profiles.files_of(part), how.policy, how.clock, how.random, entrance=entrance)
        if how.to_stick and desks.joined(desk):
            with db.transaction():
                person_acts.leave_slots(desk)
                keeping.enter_item(desk, Kind.STICK, TITLE, "", f"kho: {profiles.store_id(part).hex()[:8]}")


def _finish(home: Path, target: Path, new: Unlock, how: _Manner) -> Moved:
    """Give the copy its name and end the old one; the copy is opened once more before."""
    part = target.with_name(target.name + PART)
    if not target.exists():
        if not part.exists():
            raise NotFound(f"{target} is not there: put the medium in, then repeat")
        profiles.rename(part, target)
    passphrase, floor = opening.passphrase_of(new).passphrase, opening.floor(how.policy)
    with profiles.looked_into(target, passphrase, keyring=how.here, floor=floor, random=how.random) as (db, _):
        db.count()
    profiles.erase(home, keyring=NoKeyring(), random=how.random)
    if how.to_stick:  # back on the machine the half there is the one in force
        how.held.forget(profiles.store_id(target))
    moving.unmark(Home(target))
    moving.remove(home)
    return Moved(target, how.here.read(profiles.store_id(target)) is not None)


def bring_back(
    home: Path,
    unlock: Unlock,
    policy: Policy = PRODUCTION,
    *,
    keyring: Keyring | None = None,
    clock: Clock = system_clock,
    random: Random = system,
) -> None:
    """Open the old profile again because the medium it left for is gone for good, or the new one because the old is.

    The other copy may be in foreign hands and used, so this one is frozen as an old copy until two persons
    have answered (docs/spec/rollback.md 5). NotAllowed when it did not leave; the errors of `open_station`.
    """
    left = moving.target_of(Home(home))
    if left is None:
        raise NotAllowed("this profile has not left for another place")
    if left.exists() and left.absolute() != home.absolute():
        raise NotAllowed(f"{left} is here: repeat the move and it is finished")
    held = opening.keyring_for(home) if keyring is None else keyring
    profile = opening.unlocked(home, unlock, policy, keyring=held, clock=clock, random=random)
    try:
        with profile.db.transaction():
            freezes.begin(
                profile.db, freezes.Freeze(Cause.OLD_COPY.value, 0, 0, clock(), f"moved to {left.name}, not back")
            )
        moving.unmark(Home(home))
    finally:
        profile.close()
