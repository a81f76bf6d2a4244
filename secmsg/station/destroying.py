"""Level 3 of an emergency destruction: the keys at once, then everything that can still be done.

Source: docs/spec/destruction.md 2. Needs no passphrase, no lock and no keyring, and waits for none of them: the pages
of the vault go first, the keyring is asked in a thread with a deadline, programs that hold the keys are killed. What is
told is what was read back, never what was tried. Imports little, because seconds count from the start of the program.
"""

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from secmsg.crypto.randomness import Random
from secmsg.crypto.randomness import system as system_random
from secmsg.office import destruction
from secmsg.office.destruction import Fate, Finding, Outcome, Part
from secmsg.station.clocks import system_clock
from secmsg.store import erasing, holders, media, sparing, standing
from secmsg.store import keyring as keyrings
from secmsg.store.erasing import KeyDeath
from secmsg.store.keyring import Keyring
from secmsg.store.media import Medium
from secmsg.store.paths import Home

KEYRING_S = 1.5
"""How long a keyring may take to answer; it is asked after the keys are dead."""
MEMORY_S = 2.0
CLEARING_S = 20.0
"""How long the files, which are noise by then, are cleared."""
MEDIA = (Path("/run/media"), Path("/media"))
"""Where a desktop mounts sticks."""
_DEEP = 3


@dataclass(frozen=True, slots=True)
class Destroyed:
    """How it ended: what became of each part, when the keys were dead (UTC), how many seconds after the gesture."""

    findings: tuple[Finding, ...]
    at: int
    seconds: float
    read_back: bool
    medium: Medium
    others: tuple[Path, ...] = field(default=())
    reported: bool | None = None
    """Whether a relay holds the report that was sealed in advance; None: none lay ready, or none was to be sent."""

    def fate(self, part: Part) -> Fate:
        """Return what became of one part."""
        return next((each.fate for each in self.findings if each.part is part), Fate.ABSENT)


@dataclass(frozen=True, slots=True)
class Reach:
    """What a destruction may touch beside the profile: a keyring, other folders named, and where sticks are mounted."""

    keyring: Keyring
    also: tuple[Path, ...] = ()
    media: tuple[Path, ...] = ()
    report: bool = False
    """Whether the report that was sealed in advance is sent."""


def destroy(
    home: Path,
    reach: Reach,
    *,
    clock: Callable[[], int] = system_clock,
    random: Random = system_random,
    tell: Callable[[Finding], None] = lambda _: None,
) -> Destroyed:
    """Destroy a profile's keys, then clear what is left; `tell` hears of each part as soon as it is known.

    Never raises for what a disk, a keyring or another program does: each is a finding.
    """
    began = time.monotonic()
    profile = Home(home)
    medium = media.medium(profile.vault)
    linked, foreign = sparing.links(profile), sparing.is_foreign(profile)
    death = _UNTOUCHED if linked or foreign else erasing.kill_keys(profile.vault, random=random)
    at, seconds = clock(), time.monotonic() - began
    findings: list[Finding] = []

    def say(finding: Finding) -> None:
        findings.append(finding)
        tell(finding)

    say(_of_untouched(linked) if linked or foreign else _of_keys(death, medium))
    asked = _ask_keyring(reach.keyring, death)
    killed, free = (0, None) if linked else _end_programs(profile)
    if killed and death.there:
        # A program that was just writing a keyslot may have written it behind us.
        death = erasing.kill_keys(profile.vault, random=random)
        if not death.gone:
            findings[0] = _of_keys(death, medium)
            tell(findings[0])
    say(_of_memory(killed, free=free))
    spared = [folder for folder in reach.also if sparing.is_foreign(Home(folder))]
    others = tuple(_vaults(profile, reach, spared))
    say(_of_others([erasing.kill_keys(each, random=random) for each in others], spared))
    say(asked())
    reported = _report(profile, findings) if reach.report and not linked else None
    if death.gone or (not death.there and not linked and sparing.was_profile(profile)):
        standing.mark(profile, at) if death.there else None
        say(_of_files(Part.DATABASE, erasing.clear_database(profile)))
        say(_of_files(Part.BLOBS, erasing.clear_blobs(profile, time.monotonic() + CLEARING_S)))
        erasing.clear_vault(profile)
    return Destroyed(tuple(findings), at, seconds, death.read_back, medium, others, reported)


_UNTOUCHED = KeyDeath(there=False, gone=False, read_back=False, store_id=b"")


def _end_programs(profile: Home) -> tuple[int, bool | None]:
    """End what has the profile open, and its watch: how many there were, and whether none is left (None: not known)."""
    killed, free = holders.end(profile.lock, patience_s=MEMORY_S)
    watched = holders.end_watch(profile.root)
    return killed + (watched is True), False if watched is False else free


def _report(profile: Home, findings: list[Finding]) -> bool | None:
    """Send what was sealed in advance: the message that says the most of what is proven."""
    data = erasing.report(profile)
    if not data:
        return None
    from secmsg.station import reporting  # a line's libraries take longer to load than keys to die

    return reporting.send(data, dead=destruction.outcome(findings, None) is Outcome.KEYS_ALONE)


def is_free(home: Path) -> bool:
    """Say whether the station lets its keys be destroyed without a passphrase (docs/spec/destruction.md 4)."""
    return standing.read(Home(home).standing).free or not erasing.is_vault(Home(home).vault)


def keyring_of_this_machine() -> Keyring:
    """Return the keyring of this machine's session, for a half that shall be forgotten."""
    return keyrings.system_keyring()


def when(home: Path) -> int | None:
    """Return when the keys of a profile were destroyed (UTC seconds), None when they were not."""
    return standing.dead_since(Home(home))


def _of_keys(death: KeyDeath, medium: Medium) -> Finding:
    if not death.there:
        return Finding(Part.KEYS, Fate.ABSENT)
    if death.gone and medium.in_place is False:
        reason = "this file system writes elsewhere and keeps the old pages: break the disk"
        return Finding(Part.KEYS, Fate.UNKNOWN, 1, reason)
    return Finding(Part.KEYS, Fate.DESTROYED if death.gone else Fate.LEFT, 1, death.reason)


def _of_untouched(linked: str) -> Finding:
    return Finding(Part.KEYS, Fate.LEFT, 1, linked) if linked else Finding(Part.KEYS, Fate.ABSENT, 0, sparing.FOREIGN)


def _of_others(deaths: Iterable[KeyDeath], spared: Sequence[Path]) -> Finding:
    found = [each for each in deaths if each.there]
    left = [each.reason for each in found if not each.gone]
    left += [f"{folder}: {sparing.FOREIGN}" for folder in spared]
    if left:
        return Finding(Part.OTHER_KEYS, Fate.LEFT, len(left), left[0])
    return Finding(Part.OTHER_KEYS, Fate.DESTROYED if found else Fate.ABSENT, len(found))


def _of_memory(killed: int, *, free: bool | None) -> Finding:
    if free is None:
        return Finding(Part.MEMORY, Fate.UNKNOWN, killed, "this system does not say which programs have the store open")
    if not free:
        return Finding(Part.MEMORY, Fate.LEFT, 1, "a program that has the store open could not be ended")
    return Finding(Part.MEMORY, Fate.DESTROYED if killed else Fate.ABSENT, killed)


def _of_files(part: Part, cleared: erasing.Cleared) -> Finding:
    if cleared.left:
        return Finding(part, Fate.LEFT, cleared.left, "files are left: noise without their keys")
    return Finding(part, Fate.DESTROYED if cleared.gone else Fate.ABSENT, cleared.gone)


def _ask_keyring(keyring: Keyring, death: KeyDeath) -> Callable[[], Finding]:
    """Begin to forget the half, and return what waits for it no longer than its deadline."""
    said: list[bool] = []
    store_id = death.store_id
    if not death.there or isinstance(keyring, keyrings.NoKeyring):
        return lambda: Finding(Part.KEYRING, Fate.ABSENT)
    if not store_id:
        return lambda: Finding(Part.KEYRING, Fate.UNKNOWN, 0, "the vault does not say whose half to forget")
    until = time.monotonic() + KEYRING_S
    # A keyring without an answer must not hold the program either, so nobody waits for this thread at the end.
    thread = threading.Thread(target=lambda: said.append(keyring.forget(store_id)), daemon=True, name="keyring")
    thread.start()

    def wait() -> Finding:
        thread.join(max(0.0, until - time.monotonic()))
        if not said:
            return Finding(Part.KEYRING, Fate.UNKNOWN, 0, "the keyring does not answer")
        return Finding(Part.KEYRING, Fate.DESTROYED if said[0] else Fate.UNKNOWN, 1)

    return wait


def _vaults(profile: Home, reach: Reach, spared: Sequence[Path]) -> Iterator[Path]:
    """Find the keyslots of kits, portable stations and backups: in the folders named, and on the sticks mounted.

    And what a restore or a move that was stopped left beside the profile.
    """
    for folder in reach.also:
        if folder not in spared:
            yield Home(folder).vault
        for each in (folder, *_folders(folder, 1)):
            yield from _copies(each)
    home = profile.root
    beside = (home.with_name(f".{home.name}.restoring"), home.with_name(f"{home.name}.part")) if home.name else ()
    for folder in (*beside, *(each for root in reach.media for each in _folders(root, _DEEP))):
        path = Home(folder).vault
        if erasing.is_vault(path):
            yield path
        yield from _copies(folder)


def _copies(folder: Path) -> Iterator[Path]:
    """Find the vault copies of a backup, which stand under their numbers."""
    with suppress(OSError):
        yield from (each for each in sorted(folder.glob("vault-*")) if erasing.is_vault(each))


def _folders(root: Path, deep: int) -> Iterator[Path]:
    try:
        below = [each for each in root.iterdir() if each.is_dir() and not each.is_symlink()]
    except OSError:
        return
    for folder in sorted(below):
        yield folder
        if deep > 1:
            yield from _folders(folder, deep - 1)
