"""Adding, suspending, bringing back and removing a person; absences and who stands in (docs/spec/persons.md 4 and 5).

Vault and database are two files: each act here writes them in an order that the next opening can finish or undo.
"""

import contextlib
from dataclasses import replace

from secmsg.authority import persons as requests
from secmsg.crypto import signing
from secmsg.crypto.randomness import secret
from secmsg.crypto.signing import Level, SigningKey
from secmsg.errors import KeyslotLeft, NotAllowed, StoreError
from secmsg.office import persons as rules
from secmsg.office.person_log import Deed
from secmsg.office.persons import Bar, Rank, State, Term
from secmsg.station import desk as desks
from secmsg.station import opening, person_keys, persons
from secmsg.station import person_arrivals as arrivals
from secmsg.station.desk import Desk, Entrance
from secmsg.station.persons import Officer, Witness
from secmsg.station.reopening import Word
from secmsg.station.unlock import ByPassphrase, ByRecovery, ByShare, Unlock
from secmsg.store import officers as rows
from secmsg.store import vault
from secmsg.store.officers import KeptOfficer
from secmsg.store.vault import Passphrase, Share, Use
from secmsg.vietnamese import fold
from secmsg.wire import person_request as wire
from secmsg.wire.person_request import Wish


def add(desk: Desk, name: str, title: str, rank: Rank, unlock: Unlock, second: str) -> Officer:
    """Give a new person a keyslot, a key and a request for headquarters; `second` is who stands by.

    NotAllowed when who is present may not decide it, no second is named, the name is there already, or this store's
    sheet is one of an older program; PassphraseTaken; StoreError when no slot is spare; DiskFull. Nothing changed then.
    """
    entrance = _decider(desk)
    who, stands_by = check_new(desk, name, second)
    opening.check_new(entrance.home.root, unlock)
    arrivals.finish(desk)
    key = signing.signing_generate(Level.STANDARD, desk.random)
    officer_secret, now = secret(desk.random, vault.KEY_SIZE), desk.now()
    slot = vault.spare(entrance.home.vault, entrance.opened)
    number = rows.next_number(desk.db)
    kept = arrivals.fresh(number, who, _one_line(title), rank, key, slot, now)
    kept = replace(kept, request=_ask(desk, kept, Wish.LIST, key))
    with desk.db.transaction():
        rows.keep(desk.db, kept)
        person_keys.seal_to_all(desk.db, kept, key, officer_secret, person_keys.sheets(desk.db))
        persons.note(desk, Deed.ADDED, number, f"{who}; {stands_by}")
    try:
        vault.add_officer(
            entrance.home.vault, entrance.opened, _opener(entrance, unlock), random=desk.random, officer=officer_secret
        )
    except BaseException:
        # A disk that refuses this too leaves it to the next opening.
        with contextlib.suppress(StoreError), desk.db.transaction():
            rows.forget(desk.db, number)
            persons.note(desk, Deed.REMOVED, number, "the keyslot was not written")
        raise
    return persons.officer_of(kept)


def check_new(desk: Desk, name: str, second: str) -> tuple[str, str]:
    """Refuse what `add` refuses before anything is made; return the two names as they are written."""
    who, stands_by = _one_line(name), _second(desk, second)
    _check_name(desk, who)
    if not person_keys.sheets(desk.db):
        raise NotAllowed("make a new recovery sheet first (`secmsg officer sheet`): this one keeps no person's key")
    vault.spare(_decider(desk).home.vault, _decider(desk).opened)
    return who, stands_by


def suspend(desk: Desk, number: int, reason: str) -> Officer:
    """Take a person's keyslot out of the vault until two persons bring it back; one person may do it, at once.

    NotAllowed for oneself, or where the person is not here.
    """
    entrance = _decider(desk)
    kept = _other(desk, number)
    if kept.state not in rules.OPENS or kept.slot is None:
        raise NotAllowed(Bar.OUT.value)
    path, opened = entrance.home.vault, entrance.opened
    pages = vault.held_pages(path, opened, kept.slot)
    suspended = replace(kept, state=State.SUSPENDED, pages=pages, changed_at=desk.now())
    with desk.db.transaction():
        rows.keep(desk.db, suspended)
        persons.note(desk, Deed.SUSPENDED, number, reason)
    vault.blank(path, opened, kept.slot, random=desk.random)
    return persons.officer_of(suspended)


def resume(desk: Desk, number: int, second: str) -> Officer:
    """Let a suspended person open again, with the passphrase as it was; `second` is who stands by.

    NotAllowed; KeyslotLeft where the keyslot stayed behind with a machine that the profile has left.
    """
    entrance = _decider(desk)
    stands_by = _second(desk, second)
    kept = _other(desk, number)
    if kept.state is not State.SUSPENDED or kept.slot is None:
        raise NotAllowed("this person is not suspended")
    if not kept.pages:
        raise KeyslotLeft("the keyslot of this person stayed behind when the profile moved to a stick")
    vault.put_back(entrance.home.vault, entrance.opened, kept.slot, kept.pages)
    back = replace(kept, state=State.ACTIVE, pages=b"", changed_at=desk.now())
    with desk.db.transaction():
        rows.keep(desk.db, back)
        persons.note(desk, Deed.RESUMED, number, stands_by)
    desk.db.truncate_log()
    return persons.officer_of(back)


def leave_slots(desk: Desk) -> None:
    """Let go, in the caller's transaction, of officers' keyslots that are kept aside: the profile goes to a stick.

    Theirs want the half that stays behind, or were made without one and may be weak. A head of mission's share stays.
    """
    entrance = desk.entrance
    aside = [each for each in rows.every(desk.db) if each.state is State.SUSPENDED and each.pages]
    uses = vault.uses(entrance.home.vault, entrance.opened) if entrance is not None and aside else ()
    for kept in aside:
        if kept.slot is None or uses[kept.slot] is Use.SHARE:
            continue
        rows.keep(desk.db, replace(kept, pages=b"", changed_at=desk.now()))
        persons.note(desk, Deed.SUSPENDED, kept.number, "the keyslot stayed behind: moved to a stick")


def remove(desk: Desk, number: int, second: str, reason: str) -> Officer:
    """Overwrite a person's keyslot for good, and ask headquarters to take a listed one off; NotAllowed for oneself.

    The name and what the person signed stay.
    """
    _decider(desk)
    stands_by = _second(desk, second)
    kept = _other(desk, number)
    request = _ask(desk, kept, Wish.DISMISS, None) if kept.certificate else b""
    with desk.db.transaction():
        rows.keep(desk.db, replace(kept, state=State.LEAVING, request=request, changed_at=desk.now()))
        persons.note(desk, Deed.REMOVED, number, f"{reason}; {stands_by}" if reason else stands_by)
    arrivals.finish(desk)
    return persons.officer_of(rows.read(desk.db, number))


def request_of(desk: Desk, number: int) -> bytes:
    """Return what headquarters is to be asked about a person; NotAllowed when there is nothing to ask, NotFound."""
    kept = rows.read(desk.db, number)
    if not kept.request:
        raise NotAllowed("headquarters is not to be asked anything about this person")
    return kept.request


# --- absences --------------------------------------------------------------------------------------------------------


def absent(desk: Desk, number: int, deputy: int, since: int, until: int, decided: Witness | Word) -> Term:
    """Record an absence and who stands in (0: nobody), decided with a proven second person or headquarters' word.

    NotAllowed says what contradicts it.
    """
    _decider(desk)
    kept = persons.read(desk, number)
    if deputy:
        persons.read(desk, deputy)
    now = persons.moment(desk)
    said = f"{decided.officer.name}" if isinstance(decided, Witness) else decided.said()
    term = Term(rows.next_term(desk.db), kept.number, deputy, since, until, now, None, said)
    here = {each.number: each.rank for each in rows.every(desk.db) if each.state in rules.OPENS}
    rules.check_term(term, here, rows.terms(desk.db), now)
    with desk.db.transaction():
        rows.keep_term(desk.db, term)
        stands_in = f"; stands in: {deputy}" if deputy else ""
        persons.note(desk, Deed.AWAY, number, f"term {term.number}{stands_in}; {said}")
    return term


def back(desk: Desk, number: int) -> Term:
    """End an absence before its time: the officer who was away, or another who may decide; NotAllowed, NotFound."""
    term = next((each for each in rows.terms(desk.db) if each.number == number), None)
    if term is None or term.ended_at is not None:
        raise NotAllowed(f"absence {number} does not last")
    if persons.present(desk).number != term.officer:
        _decider(desk)
    ended = replace(term, seen=rules.at(term, persons.moment(desk)), ended_at=persons.moment(desk))
    with desk.db.transaction():
        rows.keep_term(desk.db, ended)
        persons.note(desk, Deed.BACK, term.officer, f"term {number}")
    return ended


def terms(desk: Desk) -> tuple[Term, ...]:
    """List all absences, the oldest first."""
    return rows.terms(desk.db)


# --- who may decide --------------------------------------------------------------------------------------------------


def _decider(desk: Desk) -> Entrance:
    """Return how the store was opened; NotAllowed unless it was by one who may sign for the post now."""
    persons.check_may_sign(desk)
    if desk.entrance is None:
        raise NotAllowed(Bar.UNKNOWN.value)
    return desk.entrance


def _other(desk: Desk, number: int) -> KeptOfficer:
    kept = persons.read(desk, number)
    if number == persons.present(desk).number:
        raise NotAllowed("this is decided by another person than the one it is about")
    return kept


def _second(desk: Desk, second: str) -> str:
    named = _one_line(second)
    if not named:
        raise NotAllowed("this is done by two persons: name the second")
    if fold(named) == fold(persons.present(desk).name):
        raise NotAllowed("the second person is another than the officer who has opened the store")
    return named


def _check_name(desk: Desk, name: str) -> None:
    if not 1 <= len(name) <= rules.MAX_NAME:
        raise NotAllowed(f"a name has 1 to {rules.MAX_NAME} characters")
    here = [each for each in rows.every(desk.db) if each.state is not State.REMOVED]
    if any(fold(each.name) == fold(name) for each in here):
        raise NotAllowed("a person of this name is here already: say which of the two is meant")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _opener(entrance: Entrance, unlock: Unlock) -> Passphrase | Share:
    match unlock:
        case ByPassphrase(passphrase=given):
            return Passphrase(given, entrance.keyring.read(entrance.opened.store_id))
        case ByShare(share=share, pin=pin):
            return Share(share, pin)
        case ByRecovery():
            raise NotAllowed("a person opens by a passphrase, or by a share and a PIN")


def _ask(desk: Desk, kept: KeptOfficer, wish: Wish, own: SigningKey | None) -> bytes:
    me = desks.own(desk)
    signer = me.person_signer
    asked = requests.make(
        wish, me.station, (kept.name, kept.title), kept.public, desk.now(), (signer.ref, signer.key), own
    )
    return wire.encode(asked)
