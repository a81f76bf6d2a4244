"""A new beginning with the recovery sheet, for whoever asks an officer on the way: what is known first, who goes on.

Source: docs/spec/vault.md 5. The acts are those of `passphrases.recovering`; a restore goes the same way.
"""

from collections.abc import Callable
from pathlib import Path

from secmsg.config import PRODUCTION, Policy
from secmsg.crypto.randomness import Random, system
from secmsg.station import passphrases
from secmsg.station.backup_views import Candidate
from secmsg.station.clocks import system_clock
from secmsg.station.desk import Clock
from secmsg.station.passphrases import Kind, Recovery, Renewed
from secmsg.station.sheets import Paper
from secmsg.station.unlock import Unlock
from secmsg.store.keyring import Keyring

Choose = Callable[[tuple[Candidate, ...]], int]
"""Asks which of several officers goes on; gives the number."""


def try_sheet(
    home: Path,
    sheet: Unlock,
    policy: Policy = PRODUCTION,
    *,
    keyring: Keyring | None = None,
    clock: Clock = system_clock,
    random: Random = system,
) -> None:
    """Open a station's store by its sheet and close it again, before more is asked for; errors of `recovering`."""
    with passphrases.recovering(home, Kind.STATION, sheet, policy, keyring=keyring, clock=clock, random=random):
        pass


def begin(
    home: Path,
    sheet: Unlock,
    new: Unlock,
    keep: Callable[[Paper], None],
    choose: Choose,
    policy: Policy = PRODUCTION,
    *,
    keyring: Keyring | None = None,
    clock: Clock = system_clock,
    random: Random = system,
) -> Renewed:
    """Leave `new` and another sheet as all that opens a station's store; `choose` is asked where several may go on.

    Nothing is changed before `keep` has returned with the new sheet on paper; what `keep` or `choose` raises ends it.
    The errors of `recovering` and of `Recovery.finish`.
    """
    with passphrases.recovering(
        home, Kind.STATION, sheet, policy, keyring=keyring, clock=clock, random=random
    ) as recovery:
        return recovery.finish(new, keep, who_goes_on(recovery, choose))


def who_goes_on(recovery: Recovery, choose: Choose | None) -> int:
    """Ask who goes on where there are several officers; 0 where there is nobody to ask or nothing to choose."""
    may = tuple(Candidate(each.number, each.name, each.title) for each in recovery.officers())
    return 0 if choose is None or len(may) < 2 else choose(may)
