"""The persons of this post: who has come, who may sign now, and a second person proven while the store is open.

Source: docs/spec/persons.md. `present` is the person whose keyslot opened the store; what that person signs is made
with a key that no other keyslot opens.
"""

import contextlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from secmsg.crypto import signing
from secmsg.crypto.signing import Level, SigningKey
from secmsg.errors import DiskFull, DiskReadOnly, NotAllowed, NotFound, NotListed, WrongPassphrase
from secmsg.ids import PersonId
from secmsg.office import persons as rules
from secmsg.office.person_log import REGISTER, Deed, LogLine, decode, encode
from secmsg.office.persons import Bar, Rank, State
from secmsg.station import desk as desks
from secmsg.station import opening, person_keys
from secmsg.station.desk import Desk, Entrance
from secmsg.station.unlock import ByPassphrase, ByRecovery, ByShare, Unlock
from secmsg.store import attempts, registers, vault
from secmsg.store import officers as rows
from secmsg.store.officers import KeptOfficer
from secmsg.store.vault import Opened, Opener, Passphrase, Share, Use
from secmsg.wire import certificate as certificates
from secmsg.wire.cable import Signatory
from secmsg.wire.certificate import Certificate

SHEET_NAME = "(phiếu khôi phục)"
NOBODY_NAME = "(ngăn khóa {slot})"


@dataclass(frozen=True, slots=True)
class Officer:
    """A person of this post; number 0 stands for the recovery sheet, or for a keyslot that nobody is known for.

    `person` is the number in the directory, 0 while headquarters has not listed the person (`certified`).
    """

    number: int
    person: PersonId
    name: str
    title: str
    rank: Rank
    slot: int | None
    state: State
    certified: bool
    made_at: int
    public: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Witness:
    """A second person who has proven to be one; `sign` gives that person's hybrid signature (label, statement)."""

    officer: Officer
    sign: Callable[[str, bytes], bytes] = field(repr=False)


# --- who -------------------------------------------------------------------------------------------------------------


def present(desk: Desk) -> Officer:
    """Return who has opened the store."""
    opened = _entrance(desk).opened
    kept = rows.by_slot(desk.db, opened.slot) if opened.use is not Use.RECOVERY else None
    if kept is not None:
        return officer_of(kept)
    name = SHEET_NAME if opened.use is Use.RECOVERY else NOBODY_NAME.format(slot=opened.slot)
    return Officer(
        0, PersonId(0), name, name, Rank.OFFICER, opened.slot, State.ACTIVE, certified=False, made_at=0, public=b""
    )


def listed(desk: Desk) -> tuple[Officer, ...]:
    """List all persons of this post by number, those who left too."""
    return tuple(officer_of(each) for each in rows.every(desk.db))


def officer_of(kept: KeptOfficer) -> Officer:
    """Return a person as acts and screens see it."""
    return Officer(
        kept.number, PersonId(kept.person), kept.name, kept.title, kept.rank, kept.slot, kept.state,
        bool(kept.certificate), kept.made_at, kept.public,
    )  # fmt: skip


def signatory(desk: Desk, now: int) -> Signatory:
    """Return the signature block of who has opened the store, as the directory names that person."""
    officer = present(desk)
    name, title = officer.name, officer.title
    try:
        entry = desks.directory(desk).person_entry(officer.person)
    except NotListed:
        return Signatory(officer.person, name, title, now)
    return Signatory(officer.person, entry.name, entry.title, now)


def own_certificates(desk: Desk) -> tuple[Certificate, ...]:
    """Return the certificates of our machine and of our persons who are here: what each edition is compared with."""
    alive = [each for each in rows.every(desk.db) if each.certificate and each.state is not State.REMOVED]
    return (desks.own(desk).device_certificate, *(certificates.decode(each.certificate) for each in alive))


# --- signing ---------------------------------------------------------------------------------------------------------


def bar(desk: Desk) -> Bar | None:
    """Return what keeps the one who is present from signing for the post now, None when nothing does."""
    persona = desks.own(desk).persona
    if isinstance(persona, Bar):
        return persona
    officer = present(desk)
    return rules.bar(officer.number, officer.rank, officer.state, rows.terms(desk.db), moment(desk))


def moment(desk: Desk) -> int:
    """Return the hour by which absences are judged: no earlier than any that was seen in this run or in the edition."""
    kept = desk.shelf.directory
    desk.shelf.latest = max(desk.shelf.latest, desk.now(), 0 if kept is None else kept.issued_at)
    return desk.shelf.latest


def check_may_sign(desk: Desk) -> None:
    """Refuse a signature for the post by the one who is present; NotAllowed says why.

    Outside a transaction it also notes the hour at each absence: one that is over ends for good.
    """
    found = bar(desk)
    if not desk.db.writing:
        look_at_terms(desk)
    if found is not None:
        raise NotAllowed(found.value)


def look_at_terms(desk: Desk) -> None:
    """Note the hour at each absence that lasts, so that no clock gives it back; a full disk keeps nobody out."""
    now = moment(desk)
    lasting = [term for term in rows.terms(desk.db) if term.ended_at is None]
    later = [new for term in lasting if (new := rules.looked_at(term, now)) != term]
    if not later:
        return
    with contextlib.suppress(DiskFull, DiskReadOnly), desk.db.transaction():
        for term in later:
            rows.keep_term(desk.db, term)


def sign(desk: Desk, label: str, statement: bytes) -> bytes:
    """Sign a statement of this post's own record as the one who is present; NotAllowed when that is nobody."""
    opened = _entrance(desk).opened
    if opened.use is Use.RECOVERY:
        raise NotAllowed(Bar.SHEET.value)
    kept = rows.by_slot(desk.db, opened.slot)
    if kept is None:
        raise NotAllowed(Bar.UNKNOWN.value)
    return signing.sign(_key(desk, kept, opened), label, statement)


def verify(desk: Desk, officer: Officer, label: str, statement: bytes, signature: bytes) -> None:
    """Accept a signature of a person of this post, also of one who left; SignatureError, NotFound."""
    kept = rows.read(desk.db, officer.number)
    signing.verify(Level.STANDARD, kept.public, label, statement, signature)


def _key(desk: Desk, kept: KeptOfficer, opened: Opened) -> SigningKey:
    if kept.state not in rules.OPENS:
        raise NotAllowed(Bar.OUT.value)
    key = person_keys.key_of(desk.db, kept, opened.officer)
    if key is None:
        raise NotAllowed(Bar.NO_KEY.value)
    return key


# --- the second person -----------------------------------------------------------------------------------------------


@contextmanager
def witness(desk: Desk, unlock: Unlock, purpose: str) -> Iterator[Witness]:
    """Prove a second person by passphrase, or by share and PIN, for the length of a with block; on record.

    It writes in a transaction of its own, so it stands around the caller's. `purpose` says in a few words for what.
    WrongPassphrase (counted like one at the door); NotAllowed for the one who is present, for one who is suspended,
    removed or away, for a deputy who stands in for nobody now, and for the sheet.
    """
    entrance = _entrance(desk)
    opened = _prove(desk, entrance, unlock)
    if opened.slot == entrance.opened.slot:
        raise NotAllowed("the second person is another than the one who has opened the store")
    kept = rows.by_slot(desk.db, opened.slot)
    if kept is None:
        raise NotAllowed(Bar.UNKNOWN.value)
    found = rules.bar(kept.number, kept.rank, kept.state, rows.terms(desk.db), moment(desk))
    if found is not None and found is not Bar.HEAD:
        raise NotAllowed(found.value)
    key = _key(desk, kept, opened)
    with desk.db.transaction():
        note(desk, Deed.WITNESSED, kept.number, purpose)
    yield Witness(officer_of(kept), lambda label, statement: signing.sign(key, label, statement))


def _prove(desk: Desk, entrance: Entrance, unlock: Unlock) -> Opened:
    path, store_id = entrance.home.vault, entrance.opened.store_id
    opener: Opener
    match unlock:
        case ByPassphrase(passphrase=given):
            opener = Passphrase(given, entrance.keyring.read(store_id))
        case ByShare(share=share, pin=pin):
            opener = Share(share, pin)
        case ByRecovery():
            raise NotAllowed("a recovery sheet is no second person")
    try:
        opened = vault.open_(path, opener, floor=opening.floor(desk.policy), random=desk.random)
    except WrongPassphrase:
        attempts.note(entrance.home.attempts, desk.clock())
        raise
    attempts.forget(entrance.home.attempts)
    return opened


# --- the record ------------------------------------------------------------------------------------------------------


def note(desk: Desk, deed: Deed, about: int, detail: str = "") -> int:
    """Add a line to the record of persons, in the caller's transaction, and return its number."""
    officer = present(desk)
    line = LogLine(desk.now(), deed, officer.number, officer.name, about, detail)
    return registers.append(desk.db, REGISTER, line.at, encode(line)).line


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One line of the record of persons under its number."""

    number: int
    line: LogLine


def record(desk: Desk) -> tuple[RecordLine, ...]:
    """List the record of persons after checking its chain; StoreDamaged when a line was altered or cut off."""
    return tuple(RecordLine(each.line, decode(each.body)) for each in registers.verify(desk.db, REGISTER))


def read(desk: Desk, number: int) -> KeptOfficer:
    """Return a person of this post who is here; NotFound."""
    kept = rows.read(desk.db, number)
    if kept.state is State.REMOVED:
        raise NotFound(f"person {number} is no longer at this post")
    return kept


def _entrance(desk: Desk) -> Entrance:
    if desk.entrance is None:
        raise NotAllowed(Bar.SHEET.value)
    return desk.entrance
