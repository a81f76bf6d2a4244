"""A person's signing key at rest: opened by that person's keyslot or by the recovery sheet, and by nothing else.

The seed lies in the store twice: under the officer secret, which only that person's keyslot holds, and sealed to the
public key of the recovery sheet. Neither the database key nor another person's keyslot opens it. Source:
docs/spec/persons.md 2.
"""

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass

from secmsg.authority import edition
from secmsg.crypto import hashing, hpke, kdf, labels, sealing, signing
from secmsg.crypto.secret import Secret
from secmsg.crypto.signing import Level, SigningKey
from secmsg.errors import DecryptionError, StoreDamaged
from secmsg.ids import PersonId
from secmsg.office.persons import OPENS, Bar
from secmsg.station.signed import Signer
from secmsg.store import identity as identity_rows
from secmsg.store import officers as rows
from secmsg.store.database import Database
from secmsg.store.officers import KeptOfficer
from secmsg.store.vault import Opened, Use
from secmsg.wire import certificate as certificates
from secmsg.wire.certificate import Certificate

PERSON_SEED = "person-seed"
"""Where older programs kept the one person's seed, under the identity key."""
PERSON_CERTIFICATE = "person-certificate"
SHEET_PUBLIC = "sheet-public"
"""The fact that holds the public key of the recovery sheet in force."""
MARK_SIZE = 16


@dataclass(frozen=True, slots=True)
class Persona:
    """The person who has opened the store, able to sign."""

    person: PersonId
    certificate: Certificate
    signer: Signer


# --- sealing ---------------------------------------------------------------------------------------------------------


def sheet_seed(sheet: Secret) -> Secret:
    """Return the private key of a recovery sheet (96 bytes) from its 32."""
    return kdf.derive(b"", sheet, labels.STORE_SHEET, b"", hpke.SEED_SIZE)


def mark(public: bytes) -> bytes:
    """Return by what a copy says for which sheet it is sealed: 16 bytes."""
    return hashing.short(public)[:MARK_SIZE]


def _bound(number: int, public: bytes) -> bytes:
    return number.to_bytes(2) + public


def seal_own(officer: Secret, number: int, key: SigningKey) -> bytes:
    """Seal a person's seed under the officer secret (32 bytes) of that person's keyslot."""
    kek = kdf.derive(b"", officer, labels.STORE_PERSON, number.to_bytes(2), sealing.KEY_SIZE)
    return sealing.seal(kek, key.seed().reveal(), _bound(number, key.public))


def open_own(officer: Secret, kept: KeptOfficer, sealed: bytes) -> SigningKey:
    """Return the key of a person; DecryptionError when the secret is another's."""
    kek = kdf.derive(b"", officer, labels.STORE_PERSON, kept.number.to_bytes(2), sealing.KEY_SIZE)
    return _key(kept, sealing.unseal(kek, sealed, _bound(kept.number, kept.public)))


def seal_sheet(sheet_public: bytes, number: int, key: SigningKey) -> bytes:
    """Seal a person's seed to a recovery sheet."""
    return hpke.seal_to(sheet_public, key.seed().reveal(), _info(number, key.public))


def open_sheet(seed: Secret, kept: KeptOfficer, sealed: bytes) -> SigningKey:
    """Return the key of a person by the private key of the sheet; DecryptionError when it is another sheet's."""
    return _key(kept, hpke.open_with(seed, sealed, _info(kept.number, kept.public)))


def _info(number: int, public: bytes) -> bytes:
    return labels.PERSON_KEY.encode() + b"\x00" + _bound(number, public)


def _key(kept: KeptOfficer, seed: bytes) -> SigningKey:
    key = signing.signing_from_seed(Level.STANDARD, Secret(seed))
    if key.public != kept.public:
        raise StoreDamaged("the key of a person is not the one of the row")
    return key


# --- the sheets in force ---------------------------------------------------------------------------------------------


def sheets(db: Database) -> tuple[bytes, ...]:
    """Return the public key of the sheet in force; two while one takes the other's place, none in an older store."""
    kept = identity_rows.fact(db, SHEET_PUBLIC) or b""
    return tuple(kept[at : at + hpke.PUBLIC_SIZE] for at in range(0, len(kept), hpke.PUBLIC_SIZE))


def keep_sheets(db: Database, publics: tuple[bytes, ...]) -> None:
    """Remember, in the caller's transaction, to which sheets persons' keys are sealed."""
    identity_rows.keep_fact(db, SHEET_PUBLIC, b"".join(publics))


# --- the copies ------------------------------------------------------------------------------------------------------


def key_of(db: Database, kept: KeptOfficer, officer: Secret | None) -> SigningKey | None:
    """Return a person's key by the officer secret of the keyslot, None when it is not to be had by it."""
    own = [each for each in rows.copies(db, kept.number) if not each.sheet]
    if officer is not None:
        for each in own:
            with contextlib.suppress(DecryptionError):
                return open_own(officer, kept, each.sealed)
    # A store of an older program, whose sheet is not known yet: one officer, one key, under the identity key.
    if not own and kept.number == 1 and identity_rows.has_secret(db, PERSON_SEED):
        return _key(kept, identity_rows.secret(db, PERSON_SEED).reveal())
    return None


def key_by_sheet(db: Database, kept: KeptOfficer, sheet: Secret) -> SigningKey | None:
    """Return a person's key by the recovery sheet's 32 bytes, None when it was not sealed to this sheet."""
    seed = sheet_seed(sheet)
    wanted = mark(hpke.public_of(seed))
    for each in rows.copies(db, kept.number):
        if each.sheet == wanted:
            return open_sheet(seed, kept, each.sealed)
    return key_of(db, kept, None)


def seal_to_all(
    db: Database, kept: KeptOfficer, key: SigningKey, officer: Secret | None, sheets: Iterable[bytes]
) -> None:
    """Add, in the caller's transaction, the copies that lack: under an officer secret, and to each of the sheets."""
    if officer is not None:
        rows.add_copy(db, kept.number, b"", seal_own(officer, kept.number, key))
    there = {each.sheet for each in rows.copies(db, kept.number)}
    for public in sheets:
        if mark(public) not in there:
            rows.add_copy(db, kept.number, mark(public), seal_sheet(public, kept.number, key))


def drop_others(db: Database, kept: KeptOfficer, officer: Secret | None, sheets: Iterable[bytes]) -> None:
    """Erase, in the caller's transaction, every copy but one that `officer` opens and those for these sheets."""
    marks = {mark(public) for public in sheets}
    own = False
    for each in rows.copies(db, kept.number):
        if each.sheet:
            wanted = each.sheet in marks
        else:
            wanted = not own and officer is not None and _opens(officer, kept, each.sealed)
            own = own or wanted
        if not wanted:
            rows.drop_copy(db, each.copy)
    identity_rows.forget_secret(db, PERSON_SEED)


def _opens(officer: Secret, kept: KeptOfficer, sealed: bytes) -> bool:
    try:
        open_own(officer, kept, sealed)
    except DecryptionError:
        return False
    return True


# --- who has come ----------------------------------------------------------------------------------------------------


def persona(db: Database, opened: Opened | None) -> Persona | Bar:
    """Return the person whose keyslot opened the store, or why nobody can sign."""
    if opened is None or opened.use is Use.RECOVERY:
        return Bar.SHEET
    kept = rows.by_slot(db, opened.slot)
    if kept is None:
        return Bar.UNKNOWN
    if kept.state not in OPENS:
        return Bar.OUT
    if not kept.certificate:
        return Bar.NOT_CERTIFIED
    key = key_of(db, kept, opened.officer)
    if key is None:
        return Bar.NO_KEY
    certificate = certificates.decode(kept.certificate)
    if key.public != certificate.public:
        raise StoreDamaged("a key of the identity is not its certificate's")
    return Persona(certificate.person, certificate, Signer(edition.reference(certificate), key))
