"""A store's recovery sheet as paper: printed with the names it was made with, and proven to open the store."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from secmsg import digits
from secmsg.config import Policy
from secmsg.crypto import hpke
from secmsg.crypto.randomness import Random
from secmsg.crypto.secret import Secret
from secmsg.errors import StoreDamaged
from secmsg.station import opening, person_keys
from secmsg.station.desk import Clock
from secmsg.station.unlock import by_recovery
from secmsg.store import identity as identity_rows
from secmsg.store.database import Database
from secmsg.store.keyring import Keyring

_NAME = "sheet-name"
_PLACE = "sheet-place"


@dataclass(frozen=True, slots=True)
class Paper:
    """A recovery sheet to be printed: it opens the store, and belongs on paper, sealed, and nowhere else."""

    text: str = field(repr=False)
    pdf: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sheet or share on its way to the paper: it opens nothing until it is put in force."""

    secret: Secret = field(repr=False)
    paper: Paper


def keep_names(db: Database, name: str, place: str) -> None:
    """Remember, in the caller's transaction, what stands at the head of this store's sheets."""
    identity_rows.keep_fact(db, _NAME, name.encode())
    identity_rows.keep_fact(db, _PLACE, place.encode())


def keep_public(db: Database, recovery: Secret) -> None:
    """Remember, in the caller's transaction, the public key of the sheet in force: persons' keys are sealed to it."""
    person_keys.keep_sheets(db, (public(recovery),))


def public(recovery: Secret) -> bytes:
    """Return the public key of a sheet's 32 bytes."""
    return hpke.public_of(person_keys.sheet_seed(recovery))


def names(db: Database) -> tuple[str, str]:
    """Return name and place of the head; StoreDamaged when none were kept."""
    kept = [identity_rows.fact(db, each) for each in (_NAME, _PLACE)]
    if None in kept:
        raise StoreDamaged("the store does not know whose it is")
    return (kept[0] or b"").decode(), (kept[1] or b"").decode()


def paper(recovery: Secret, name: str, place: str, store_id: bytes, now: int) -> Paper:
    """Print a sheet's 32 bytes as text and as PDF."""
    # Imported here: it brings a PDF library that no other act of a station needs.
    from secmsg.papers import recovery as papers

    sheet = papers.RecoverySheet(recovery, name, place, store_id, datetime.fromtimestamp(now, UTC).date())
    return Paper(papers.text(sheet), papers.pdf(sheet))


def share(secret: Secret, name: str, place: str, holder: str, store_id: bytes, now: int) -> Paper:
    """Print a head of mission's share, 32 bytes, as text and as PDF."""
    from secmsg.papers import recovery as papers

    made_on = datetime.fromtimestamp(now, UTC).date()
    sheet = papers.RecoverySheet(secret, name, place, store_id, made_on, papers.SHARE, holder)
    return Paper(papers.text(sheet), papers.pdf(sheet))


def prove(home: Path, recovery: Secret, policy: Policy, keyring: Keyring, clock: Clock, random: Random) -> None:
    """Open the store with the sheet's own groups: a sheet that fails is found today, not in the fire."""
    typed = by_recovery(digits.groups(recovery.reveal()))
    profile = opening.open_profile(home, typed, policy, keyring=keyring, clock=clock, random=random)
    try:
        names(profile.db)
    finally:
        profile.close()
