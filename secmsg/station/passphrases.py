"""The ways back into a store: a new passphrase for an old one, and a new beginning with the recovery sheet.

Source: docs/spec/vault.md 5.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from secmsg.config import PRODUCTION, Policy
from secmsg.crypto.randomness import Random, system
from secmsg.crypto.secret import Secret
from secmsg.errors import NotAllowed, NotFound
from secmsg.station import opening, person_renewal, sheets
from secmsg.station.clocks import system_clock
from secmsg.station.desk import Clock
from secmsg.station.enrol import REQUEST
from secmsg.station.sheets import Paper
from secmsg.station.unlock import ByRecovery, Unlock
from secmsg.store import identity as identity_rows
from secmsg.store import profile as profiles
from secmsg.store.keyring import Keyring, NoKeyring
from secmsg.store.officers import KeptOfficer
from secmsg.store.profile import Profile


class Kind(Enum):
    """Whose store it is: a station's takes a half in the system keyring, an authority's stands on its passphrase."""

    STATION = "station"
    AUTHORITY = "authority"


@dataclass(frozen=True, slots=True)
class Renewed:
    """What opens the store now: `bound` says that a half in the system keyring takes part."""

    bound: bool


def change(
    home: Path,
    kind: Kind,
    old: Unlock,
    new: Unlock,
    policy: Policy = PRODUCTION,
    *,
    keyring: Keyring | None = None,
    clock: Clock = system_clock,
    random: Random = system,
) -> Renewed:
    """Replace the passphrase that `old` is; the recovery sheet stays as it is.

    The errors of `open_station`; NotAllowed when either is not a passphrase, NotFound for a store of the other kind.
    """
    before, after = opening.passphrase_of(old).passphrase, opening.passphrase_of(new).passphrase
    opening.check_new(home, new)
    held = _keyring(home, kind, keyring)
    profile = opening.open_profile(home, old, policy, keyring=held, clock=clock, random=random)
    try:
        _check_kind(profile, kind)
        bound = profiles.change_passphrase(
            home, before, after, keyring=held, floor=opening.floor(policy), random=random
        )
    finally:
        profile.close()
    return Renewed(bound)


class Recovery:
    """A store opened by its sheet, and held, until `finish` has made a new beginning or the officer has left."""

    def __init__(
        self,
        profile: Profile,
        recovery: Secret,
        policy: Policy,
        keyring: Keyring,
        clock: Clock,
        random: Random,
    ) -> None:
        self._profile = profile
        self._recovery = recovery
        self._policy = policy
        self._keyring = keyring
        self._clock = clock
        self._random = random

    def officers(self) -> tuple[KeptOfficer, ...]:
        """List who may go on after the sheet: officers who are here; none in an authority's store."""
        return person_renewal.who_may_go_on(self._profile)

    def finish(self, new: Unlock, keep: Callable[[Paper], None], officer: int = 0) -> Renewed:
        """End every passphrase and the sheet that opened the store; leave `new` and another sheet, proven to open.

        `keep` gets that sheet before anything is changed and must have it on the medium when it returns: from then
        on one of the two sheets opens, whatever stops the machine. When it raises, nothing was changed. The store is
        closed afterwards. `officer` is who goes on (0: the only one); every other person needs a new keyslot then.
        NotAllowed when `new` is no passphrase, or none of several officers is named; DiskFull; StoreDamaged.
        """
        home, store_id = self._profile.home.root, self._profile.store_id
        passphrase = opening.passphrase_of(new).passphrase
        opening.check_new(home, new)
        name, place = sheets.names(self._profile.db)
        renewal = person_renewal.begin(self._profile, self._recovery, officer, self._clock(), self._random)

        def keep_both(sheet: Secret) -> None:
            renewal.seal(sheet)
            keep(sheets.paper(sheet, name, place, store_id, self._clock()))

        second = profiles.start_anew(
            home,
            self._recovery,
            passphrase,
            keyring=self._keyring,
            floor=opening.floor(self._policy),
            random=self._random,
            keep=keep_both,
            officer=renewal.secret,
            slot=renewal.slot,
        )
        desk = opening.desk_of(self._profile, self._policy, self._clock, self._random, self._keyring)
        renewal.end(second, desk)
        self._profile.close()
        sheets.prove(home, second, self._policy, self._keyring, self._clock, self._random)
        opened = opening.open_profile(
            home, new, self._policy, keyring=self._keyring, clock=self._clock, random=self._random
        )
        opened.close()
        return Renewed(opened.bound)


@contextmanager
def recovering(
    home: Path,
    kind: Kind,
    sheet: Unlock,
    policy: Policy = PRODUCTION,
    *,
    keyring: Keyring | None = None,
    clock: Clock = system_clock,
    random: Random = system,
) -> Iterator[Recovery]:
    """Open a store by its sheet for the length of a with block; the errors of `open_station`.

    NotAllowed when `sheet` is a passphrase, NotFound for a store of the other kind.
    """
    if not isinstance(sheet, ByRecovery):
        raise NotAllowed("the recovery sheet is needed here, not a passphrase")
    held = _keyring(home, kind, keyring)
    profile = opening.open_profile(home, sheet, policy, keyring=held, clock=clock, random=random)
    try:
        _check_kind(profile, kind)
        yield Recovery(profile, sheet.recovery, policy, held, clock, random)
    finally:
        profile.close()


def _keyring(home: Path, kind: Kind, given: Keyring | None) -> Keyring:
    if given is not None:
        return given
    return opening.keyring_for(home) if kind is Kind.STATION else NoKeyring()


def _check_kind(profile: Profile, kind: Kind) -> None:
    """Refuse to bind an authority's store to a keyring it does not ask, and the other way round."""
    found = Kind.AUTHORITY if identity_rows.fact(profile.db, REQUEST) is None else Kind.STATION
    if found is not kind:
        raise NotFound(f"this is the store of {'an authority' if found is Kind.AUTHORITY else 'a station'}")
