"""Opening a store after the self-tests, and what its policy asks of passphrases."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from secmsg.config import Policy
from secmsg.crypto import selftest
from secmsg.crypto.passphrase import KdfCost
from secmsg.crypto.randomness import Random
from secmsg.errors import NotAllowed, StoreMoved, WrongPassphrase
from secmsg.station import strength
from secmsg.station.desk import Clock, Desk, Entrance
from secmsg.station.unlock import ByPassphrase, ByRecovery, ByShare, Unlock
from secmsg.store import attempts, moving
from secmsg.store import profile as profiles
from secmsg.store.keyring import Keyring, NoKeyring, system_keyring
from secmsg.store.paths import Home
from secmsg.store.profile import Profile


def self_test() -> tuple[str, ...]:
    """Prove every primitive against a known answer and name them; SelfTestError."""
    return selftest.run()


def cost(policy: Policy) -> KdfCost:
    """Return the cost of stretching a new passphrase."""
    return KdfCost(policy.key_stretching.memory_kib, policy.key_stretching.passes)


def floor(policy: Policy) -> KdfCost:
    """Return the least cost accepted when something is opened."""
    return KdfCost(policy.key_stretching.floor_memory_kib, policy.key_stretching.floor_passes)


def is_there(home: Path) -> bool:
    """Say whether there is a store in a folder."""
    return profiles.exists(home)


def open_profile(
    home: Path, unlock: Unlock, policy: Policy, *, keyring: Keyring, clock: Clock, random: Random
) -> Profile:
    """Prove the primitives, then open the store.

    Raises StoreMoved, SelfTestError, ProfileInUse, WrongPassphrase, KeyringMissing, StoreDamaged, StoreNewer, NotFound.
    """
    if (left := moving.target_of(Home(home))) is not None:
        raise StoreMoved(f"this profile has left for {left}")
    return unlocked(home, unlock, policy, keyring=keyring, clock=clock, random=random)


def unlocked(home: Path, unlock: Unlock, policy: Policy, *, keyring: Keyring, clock: Clock, random: Random) -> Profile:
    """Do what `open_profile` does, also where a profile has left: only to bring it back."""
    self_test()
    tries = Home(home).attempts
    match unlock:
        case ByPassphrase(passphrase=passphrase):
            with _counted(tries, clock):
                return profiles.open_by_passphrase(
                    home, passphrase, keyring=keyring, floor=floor(policy), now=clock(), random=random
                )
        case ByShare(share=share, pin=pin):
            with _counted(tries, clock):
                return profiles.open_by_share(
                    home, share, pin, keyring=keyring, floor=floor(policy), now=clock(), random=random
                )
        case ByRecovery(recovery=recovery):
            return profiles.open_by_recovery(
                home, recovery, keyring=keyring, floor=floor(policy), now=clock(), random=random
            )


@contextmanager
def _counted(tries: Path, clock: Clock) -> Iterator[None]:
    """Count a wrong passphrase or PIN, and begin anew after a right one."""
    try:
        yield
    except WrongPassphrase:
        attempts.note(tries, clock())
        raise
    attempts.forget(tries)


@dataclass(frozen=True, slots=True)
class Closed:
    """A profile whose lock is held and whose database is closed and whole in its file; `count` is its state."""

    profile: Profile
    count: int


@contextmanager
def closed_profile(
    home: Path, unlock: Unlock, policy: Policy, *, keyring: Keyring, clock: Clock, random: Random
) -> Iterator[Closed]:
    """Open a profile, close its database and hold its lock for the length of a with block: nobody changes it."""
    profile = open_profile(home, unlock, policy, keyring=keyring, clock=clock, random=random)
    try:
        profile.db.truncate_log()
        count = profile.db.count()
        profile.db.close()
        yield Closed(profile, count)
    finally:
        profile.close()


def keyring_for(home: Path) -> Keyring:
    """Return the keyring that a profile asks: this session's, and none for a portable one, which leaves no trace."""
    return NoKeyring() if Home(home).portable.exists() else system_keyring()


def without_keyring() -> Keyring:
    """Give a keyring that keeps nothing: for stores that are thrown away (the demo, tests)."""
    return NoKeyring()


def passphrase_of(unlock: Unlock) -> ByPassphrase:
    """Insist on a passphrase where the recovery sheet will not do; NotAllowed."""
    if not isinstance(unlock, ByPassphrase):
        raise NotAllowed("a passphrase is needed here, not a sheet")
    return unlock


def check_strength(unlock: Unlock) -> None:
    """Refuse a passphrase that a finder of the stick could find by trying; WrongPassphrase."""
    bits = strength.bits(passphrase_of(unlock).passphrase.reveal().decode())
    if bits < strength.STRONG_BITS:
        raise WrongPassphrase(
            f"on a stick the passphrase stands alone: this one is worth about {bits:.0f} bits, and "
            f"{strength.STRONG_BITS:.0f} are needed (ten words drawn by chance are)"
        )


def check_new(home: Path, unlock: Unlock) -> None:
    """Refuse a new passphrase that is too weak for where the profile lies: on a stick; WrongPassphrase."""
    if isinstance(unlock, ByPassphrase) and Home(home).portable.exists():
        check_strength(unlock)


def desk_of(profile: Profile, policy: Policy, clock: Clock, random: Random, keyring: Keyring) -> Desk:
    """Put the desk together that every act works at."""
    entrance = Entrance(profile.home, profile.opened, keyring)
    return Desk(profile.db, profile.files, policy, clock, random, entrance=entrance)
