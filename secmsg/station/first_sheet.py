"""The recovery sheet of a station that is being set up: made anew until a person has proven to hold it on paper.

The groups are in memory only while they are being printed or written down; after a stop the next sheet is made, and the
one before opens nothing. Source: docs/spec/vault.md 5.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

from secmsg.config import PRODUCTION, Policy
from secmsg.crypto import hashing
from secmsg.crypto.randomness import Random, system
from secmsg.errors import FormatError, NotAllowed
from secmsg.station import opening, person_renewal, sheet_duty
from secmsg.station.desk import Desk
from secmsg.station.sheets import Paper
from secmsg.station.unlock import ByRecovery, Unlock
from secmsg.store import profile as profiles
from secmsg.store.keyring import Keyring

ASKED = 3
"""Groups that are typed back from the paper: it is whole and can be read, at its beginning, middle and end."""
_GROUPS = re.compile(r"[0-9]{5}( [0-9]{5})*")


@dataclass(frozen=True, slots=True)
class FirstSheet:
    """A sheet that was just made: it opens the store. `asked` are the places (from 1) of the groups to type back."""

    paper: Paper = field(repr=False)
    groups: tuple[str, ...] = field(repr=False)
    asked: tuple[int, ...]

    def check(self, typed: str) -> None:
        """Compare what was read from the paper, the groups asked for or all; FormatError says which is wrong."""
        given = typed.split()
        places = range(1, len(self.groups) + 1) if len(given) == len(self.groups) else self.asked
        if len(given) != len(places):
            raise FormatError(f"{len(self.asked)} groups are asked for, of five figures each")
        for place, group in zip(places, given, strict=True):
            if not hashing.equal(group.encode(), self.groups[place - 1].encode()):
                raise FormatError(f"group {place} of the recovery sheet is another: look at the paper again")


def make(
    home: Path,
    desk: Desk,
    unlock: Unlock,
    policy: Policy = PRODUCTION,
    *,
    keyring: Keyring | None = None,
    random: Random = system,
) -> FirstSheet:
    """Make the sheet of an opened store whose passphrase is given once more; the sheet before opens nothing any more.

    WrongPassphrase when it does not open this store; NotAllowed when it is no passphrase, or when a sheet was checked
    and sealed already: from then on `passphrases.recovering` makes the next one.
    """
    if sheet_duty.is_checked(desk):
        raise NotAllowed("the recovery sheet was checked and sealed already")
    held = opening.keyring_for(home) if keyring is None else keyring
    passphrase, floor = opening.passphrase_of(unlock).passphrase, opening.floor(policy)
    profiles.check_passphrase(home, passphrase, keyring=held, floor=floor, random=random)
    kept: list[Paper] = []
    # Nothing relies on this paper before it was read back, so it need not be on a medium yet.
    person_renewal.new_sheet(desk, kept.append)
    return to_read_back(kept[0], random)


def to_read_back(paper: Paper, random: Random = system) -> FirstSheet:
    """Give a sheet that was just made with the groups to type back from its paper."""
    groups = groups_in(paper.text)
    return FirstSheet(paper, groups, _places(len(groups), random))


def groups_in(text: str) -> tuple[str, ...]:
    """Find the groups on a sheet's text, in order."""
    return tuple(group for line in text.splitlines() if _GROUPS.fullmatch(line) for group in line.split())


def checked(desk: Desk, sheet: FirstSheet, typed: str, kept_at: str) -> None:
    """Take the groups typed back, and note where the sealed sheet lies; FormatError, then nothing is noted."""
    sheet.check(typed)
    sheet_duty.note(desk, kept_at)


def proven(home: Path, desk: Desk, typed: Unlock, kept_at: str, policy: Policy, random: Random) -> None:
    """Take a sheet that was made before the last stop, all of it typed: it opens the store, or WrongPassphrase."""
    if not isinstance(typed, ByRecovery):
        raise NotAllowed("the groups of the recovery sheet are needed here")
    profiles.check_sheet(home, typed.recovery, floor=opening.floor(policy), random=random)
    sheet_duty.note(desk, kept_at)


def _places(count: int, random: Random) -> tuple[int, ...]:
    """Choose one group of each third, so that a sheet cut off or begun in the middle is seen."""
    third = count // ASKED
    return tuple(1 + part * third + random(1)[0] % third for part in range(ASKED))
