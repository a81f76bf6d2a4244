"""Opening a kit on the road: the bearer's passphrase, what came in its folder, and whether it may be read now.

Source: docs/spec/kit.md 4. The keyring is never asked, and nothing here or behind it knows a network.
"""

from collections.abc import Callable
from pathlib import Path

from secmsg.config import PRODUCTION, Policy
from secmsg.crypto.randomness import Random, system
from secmsg.errors import FormatError, KitRefused, NotAllowed, NotFound, SecmsgError
from secmsg.office.kits import Verdict
from secmsg.station import kit_drops, kit_folder, kit_machine, opening
from secmsg.station.clocks import system_clock
from secmsg.station.desk import Clock
from secmsg.station.kit_room import KitRoom
from secmsg.station.kit_views import KitStanding
from secmsg.station.station import Station
from secmsg.station.unlock import Unlock
from secmsg.store import kits as rows
from secmsg.store import profile as profiles
from secmsg.store.keyring import NoKeyring
from secmsg.store.paths import Home
from secmsg.store.profile import Profile
from secmsg.wire import kit_drop

ENDING = ".kitadd"


def open_kit(
    home: Path,
    unlock: Unlock,
    policy: Policy = PRODUCTION,
    *,
    clock: Clock = system_clock,
    random: Random = system,
    steady: Callable[[], float] = kit_machine.steady,
) -> Station:
    """Open a kit for reading; the opening is counted before anything is shown.

    1. the passphrase opens the vault, and what it opens is a kit (NotAllowed otherwise)
    2. additions in the kit's folder are taken, for one of them may prolong it
    3. the permit's times, what the kit has seen, and its budget (KitRefused)

    Further errors: those of `open_station`; KitRefused too for a folder in which nothing opens. A kit
    whose permit says so loses its keys at the first start after its end.
    """
    # 1.
    profile, room = _enter(home, unlock, policy, clock, random, steady)
    try:
        # 2.
        take_waiting(home, room)
        # 3.
        destroy = room.must_destroy()
        if not destroy:
            room.begin()
    except BaseException:
        profile.close()
        raise
    if destroy:
        profile.close()
        profiles.erase(home, keyring=NoKeyring(), random=random)
        raise KitRefused("the permit has ended: the keys of this kit are destroyed now, as it says", "destroyed")
    station = Station(profile, room.desk, NoKeyring())
    station.kit = room
    return station


def look(
    home: Path, unlock: Unlock, policy: Policy = PRODUCTION, *, clock: Clock = system_clock, random: Random = system
) -> tuple[KitStanding, Verdict]:
    """Say how a kit stands without opening it for reading: nothing is counted and no cable is shown."""
    profile, room = _enter(home, unlock, policy, clock, random, kit_machine.steady)
    try:
        return room.standing(), room.judge()
    finally:
        profile.close()


def take(
    home: Path,
    unlock: Unlock,
    data: bytes,
    policy: Policy = PRODUCTION,
    *,
    clock: Clock = system_clock,
    random: Random = system,
) -> int:
    """Take an addition into a kit without opening it for reading; return its number, 0 for one taken before."""
    profile, room = _enter(home, unlock, policy, clock, random, kit_machine.steady)
    try:
        return room.take(data)
    finally:
        profile.close()


def _enter(
    home: Path, unlock: Unlock, policy: Policy, clock: Clock, random: Random, steady: Callable[[], float]
) -> tuple[Profile, KitRoom]:
    given = opening.passphrase_of(unlock)
    kit_folder.check_keys(home)
    if not Home(home).vault.exists():
        raise NotFound("there is no kit in this folder")
    profile = opening.open_profile(home, given, policy, keyring=NoKeyring(), clock=clock, random=random)
    try:
        _check(profile)
        desk = opening.desk_of(profile, policy, clock, random, NoKeyring())
        desk.shelf.kit = kit_drops.shelf(desk)
        return profile, KitRoom(desk, profile.store_id, steady)
    except BaseException:
        profile.close()
        raise


def _check(profile: Profile) -> None:
    if not rows.is_kit(profile.db):
        raise NotAllowed("this folder is no delegation kit")


def take_waiting(home: Path, room: KitRoom) -> tuple[int, ...]:
    """Take the additions that lie in the kit's folder, in the order of their numbers; what does not fit stays there."""
    taken: list[int] = []
    waiting = [path for path in _files(home / kit_folder.ADDITIONS) if path.suffix == ENDING]
    while True:
        before = len(taken)
        for path in list(waiting):
            try:
                number = room.take(read(path))
            except (SecmsgError, OSError):
                continue
            taken += [number] if number else []
            waiting.remove(path)
        if len(taken) == before:
            return tuple(taken)


def read(path: Path) -> bytes:
    """Read an addition; FormatError for a file that is too long to be one."""
    with path.open("rb") as file:
        data = file.read(kit_drop.MAX_FILE + 1)
    if len(data) > kit_drop.MAX_FILE:
        raise FormatError("an addition to a kit has at most 64 MiB")
    return data


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.is_file() and not path.is_symlink())
    except OSError:
        return []
