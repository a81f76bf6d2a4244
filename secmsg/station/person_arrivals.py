"""What an opening owes to the persons, and what an edition that lists one changes (docs/spec/persons.md 3 and 7)."""

from dataclasses import replace

from secmsg.crypto import signing
from secmsg.crypto.secret import Secret
from secmsg.crypto.signing import Level, SigningKey
from secmsg.errors import DiskFull, DiskReadOnly, NotAllowed, StoreDamaged
from secmsg.ids import PersonId
from secmsg.office import person_log
from secmsg.office import persons as rules
from secmsg.office.person_log import Deed
from secmsg.office.persons import Bar, Rank, State
from secmsg.station import person_keys, persons, sheet_change
from secmsg.station.desk import Desk
from secmsg.store import identity as identity_rows
from secmsg.store import officers as rows
from secmsg.store import registers, vault
from secmsg.store.database import Database
from secmsg.store.officers import KeptOfficer
from secmsg.store.vault import Opened, Use
from secmsg.wire import certificate as certificates
from secmsg.wire import enrolment as requests
from secmsg.wire.certificate import Certificate

REQUEST = "request"
"""The fact that holds the request with which this station was enrolled."""


def fresh(number: int, name: str, title: str, rank: Rank, key: SigningKey, slot: int | None, now: int) -> KeptOfficer:
    """Return the row of a new person, sealed to nobody yet."""
    return KeptOfficer(number, name, title, rank, State.ADDED, slot, 0, key.public, b"", b"", b"", now, now)


def keep_first(db: Database, name: str, title: str, key: SigningKey, officer: Secret, now: int) -> None:
    """Keep, in the caller's transaction, the officer with whom a new store begins: keyslot 0."""
    kept = replace(fresh(1, name, title, Rank.OFFICER, key, 0, now), state=State.ACTIVE)
    rows.keep(db, kept)
    person_keys.seal_to_all(db, kept, key, officer, person_keys.sheets(db))


# --- coming in -------------------------------------------------------------------------------------------------------


def arrive(desk: Desk) -> None:
    """Do what an opening owes to the persons; NotAllowed when the one who came is suspended or was removed.

    1. a store of an older program gets its one officer as person 1
    2. what a stop left of a removal, a suspension or an addition is finished
    3. a new recovery sheet that was begun and cut is looked into (`sheet_change.settle`)
    4. the keys of who came move under the officer secret and to the sheet in force
    5. absences whose time is over end, and the coming is on record

    A disk that takes no writing keeps nobody out: the next opening does it.
    """
    if desk.entrance is None or identity_rows.fact(desk.db, REQUEST) is None:
        return
    opened = desk.entrance.opened
    try:
        _adopt(desk.db, opened, desk.now())
        finish(desk)
        sheet_change.settle(desk)
        _settle(desk, opened)
        _record(desk)
    except (DiskFull, DiskReadOnly):
        pass
    kept = None if opened.use is Use.RECOVERY else rows.by_slot(desk.db, opened.slot)
    if kept is not None and kept.state not in rules.OPENS:
        raise NotAllowed(Bar.OUT.value)


def _adopt(db: Database, opened: Opened, now: int) -> None:
    if opened.use is not Use.OFFICER or rows.every(db) or not identity_rows.has_secret(db, person_keys.PERSON_SEED):
        return
    with db.transaction():
        adopt(db, opened.slot, now)


def adopt(db: Database, slot: int, now: int) -> KeptOfficer:
    """Make the one officer of an older store person 1, in the caller's transaction; the key stays where it is."""
    asked = requests.decode_request(identity_rows.fact(db, REQUEST) or b"")
    key = signing.signing_from_seed(Level.STANDARD, identity_rows.secret(db, person_keys.PERSON_SEED))
    kept = replace(fresh(1, asked.name, asked.title, Rank.OFFICER, key, slot, now), state=State.ACTIVE)
    body = identity_rows.fact(db, person_keys.PERSON_CERTIFICATE)
    if body is not None:
        kept = replace(kept, certificate=body, person=certificates.decode(body).person)
    rows.keep(db, kept)
    return kept


def finish(desk: Desk) -> None:
    """Finish what a stop left between the vault and the rows, in either order of their writing."""
    entrance = desk.entrance
    unfinished = [each for each in rows.every(desk.db) if each.slot not in (None, _slot(desk))]
    if entrance is None or not unfinished:
        return
    path, opened = entrance.home.vault, entrance.opened
    try:
        uses = vault.uses(path, opened)
    except StoreDamaged:
        if any(each.state is not State.ACTIVE for each in unfinished):
            raise
        return  # the map is not needed to open (vault.md 1)
    for kept in unfinished:
        slot = kept.slot
        if slot is None or slot == opened.slot:
            continue
        there = uses[slot] in vault.PERSONS
        if kept.state is State.LEAVING:
            if there:
                vault.remove_officer(path, opened, slot, random=desk.random)
            with desk.db.transaction():
                rows.keep(desk.db, replace(kept, state=State.REMOVED, slot=None, pages=b"", changed_at=desk.now()))
        elif kept.state is State.ADDED and not there:
            with desk.db.transaction():
                rows.forget(desk.db, kept.number)
        elif kept.state is State.ACTIVE and not there:
            # A new beginning has ended this keyslot, and a stop came before the rows.
            with desk.db.transaction():
                rows.keep(desk.db, replace(kept, state=State.REMOVED, slot=None, changed_at=desk.now()))
                persons.note(desk, Deed.REMOVED, kept.number, "the keyslot was ended by a new beginning")
        elif kept.state is State.SUSPENDED and there:
            # Each time: a stop may have left one copy, and whoever came by it has mended the other. Chance over chance
            # costs nothing, and no look can tell a sealed page from it.
            vault.blank(path, opened, slot, random=desk.random)


def _slot(desk: Desk) -> int | None:
    return None if desk.entrance is None else desk.entrance.opened.slot


def _settle(desk: Desk, opened: Opened) -> None:
    kept = None if opened.use is Use.RECOVERY else rows.by_slot(desk.db, opened.slot)
    if kept is None or kept.state not in rules.OPENS:
        return
    if kept.state is not State.ACTIVE:
        with desk.db.transaction():
            rows.keep(desk.db, replace(kept, state=State.ACTIVE, changed_at=desk.now()))
    publics = person_keys.sheets(desk.db)
    wanted = {b"", *(person_keys.mark(public) for public in publics)}
    copies = [each.sheet for each in rows.copies(desk.db, kept.number)]
    if not publics or opened.officer is None or (set(copies) == wanted and len(copies) == len(wanted)):
        return
    key = person_keys.key_of(desk.db, kept, opened.officer)
    if key is None:
        return
    with desk.db.transaction():
        own = opened.officer if b"" not in copies else None
        person_keys.seal_to_all(desk.db, kept, key, own, publics)
        person_keys.drop_others(desk.db, kept, opened.officer, publics)
    desk.db.truncate_log()
    desk.shelf.own = None


def _record(desk: Desk) -> None:
    persons.look_at_terms(desk)
    officer = persons.present(desk)
    body = registers.last(desk.db, person_log.REGISTER)
    line = None if body is None else person_log.decode(body)
    same = line is not None and line.deed in person_log.HERE and line.officer == officer.number
    if same and line is not None and 0 <= desk.now() - line.at < person_log.WATCH_S:
        return
    with desk.db.transaction():
        persons.note(desk, Deed.OPENED, officer.number)


# --- listed by headquarters ------------------------------------------------------------------------------------------


def certified(desk: Desk, certificate: Certificate) -> bool:
    """Take, in the caller's transaction, the certificate of one of our persons; False when it is none's key."""
    for kept in rows.every(desk.db):
        if kept.public == certificate.public and kept.state is not State.REMOVED:
            body = certificates.encode(certificate)
            if kept.certificate != body:
                changed = replace(kept, certificate=body, person=PersonId(certificate.subject), request=b"")
                rows.keep(desk.db, replace(changed, changed_at=desk.now()))
                persons.note(desk, Deed.CERTIFIED, kept.number)
            desk.shelf.own = None
            return True
    return False
