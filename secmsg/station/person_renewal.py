"""The persons' keys when a recovery sheet takes another's place (docs/spec/persons.md 2 and 3).

First every key is sealed to the new sheet beside the old one, then the vault changes, then the old copies go: whatever
stops the machine, the secrets that open the store open the keys too.
"""

import contextlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace

from secmsg.crypto.randomness import Random
from secmsg.crypto.randomness import secret as draw
from secmsg.crypto.secret import Secret
from secmsg.crypto.signing import SigningKey
from secmsg.errors import NotAllowed, StoreError
from secmsg.office import persons as rules
from secmsg.office.person_log import REGISTER, Deed, LogLine, encode
from secmsg.office.persons import Rank, State
from secmsg.station import desk as desks
from secmsg.station import person_arrivals as arrivals
from secmsg.station import person_keys, persons, sheet_change, sheet_duty, sheets
from secmsg.station.desk import Desk, Entrance
from secmsg.station.sheets import Drawn, Paper
from secmsg.station.unlock import Unlock
from secmsg.store import identity as identity_rows
from secmsg.store import officers as rows
from secmsg.store import registers, vault
from secmsg.store.database import Database
from secmsg.store.officers import KeptOfficer
from secmsg.store.profile import Profile
from secmsg.store.vault import Use


@dataclass(frozen=True, slots=True)
class Renewal:
    """A new beginning under way: who goes on, in which slot, with which officer secret; nothing where nobody is."""

    db: Database
    old: Secret = field(repr=False)
    goes_on: KeptOfficer | None
    slot: int | None
    secret: Secret = field(repr=False)
    now: int
    before: bytes = b""
    """The mark of the vault's recovery slot as it was (`vault.recovery_mark`)."""

    def seal(self, sheet: Secret) -> None:
        """Seal every person's key to the new sheet too, and that of who goes on under the new officer secret."""
        if self.goes_on is None:
            return
        old, new = sheets.public(self.old), sheets.public(sheet)
        with self.db.transaction():
            begun = sheet_change.Begun(self.now, self.goes_on.number, self.before)
            sheet_change.begin(self.db, begun, (old,), new)
            for kept in rows.every(self.db):
                key = person_keys.key_by_sheet(self.db, kept, self.old)
                if key is not None:
                    own = self.secret if kept.number == self.goes_on.number else None
                    person_keys.seal_to_all(self.db, kept, key, own, (new,))

    def end(self, sheet: Secret, desk: Desk) -> None:
        """Erase what the old secrets opened; record who goes on, whose keyslot is gone, and the new sheet."""
        if self.goes_on is None:
            return
        new = (sheets.public(sheet),)
        with self.db.transaction():
            sheet_change.end(self.db, new[0])
            for kept in rows.every(self.db):
                # A key that the sheet did not open keeps its copies: it had not followed to that sheet yet.
                if any(each.sheet == person_keys.mark(new[0]) for each in rows.copies(self.db, kept.number)):
                    own = self.secret if kept.number == self.goes_on.number else None
                    person_keys.drop_others(self.db, kept, own, new)
                if kept.number != self.goes_on.number and kept.state is not State.REMOVED:
                    gone = replace(kept, state=State.REMOVED, slot=None, pages=b"", changed_at=self.now)
                    rows.keep(self.db, gone)
            line = LogLine(self.now, Deed.ANEW, 0, persons.SHEET_NAME, self.goes_on.number, self.goes_on.name)
            registers.append(self.db, REGISTER, self.now, encode(line))
            sheet_duty.renewed(desk)
        self.db.truncate_log()


def who_may_go_on(profile: Profile) -> tuple[KeptOfficer, ...]:
    """List the officers of a store who may go on after its sheet was used."""
    return tuple(each for each in rows.every(profile.db) if each.rank is Rank.OFFICER and each.state in rules.OPENS)


def begin(profile: Profile, old: Secret, officer: int, now: int, random: Random) -> Renewal:
    """Choose who goes on (0: the only officer); NotAllowed when there are several and none is named."""
    db, fresh = profile.db, draw(random, vault.KEY_SIZE)
    if identity_rows.fact(db, arrivals.REQUEST) is None:
        return Renewal(db, old, None, None, fresh, now)
    if not rows.every(db):
        uses = vault.uses(profile.home.vault, profile.opened)
        with db.transaction():
            arrivals.adopt(db, uses.index(Use.OFFICER) if Use.OFFICER in uses else uses.index(Use.SPARE), now)
    may = who_may_go_on(profile)
    chosen = [each for each in may if officer in (0, each.number)]
    if len(chosen) != 1:
        names = "; ".join(f"{each.number} {each.name}" for each in may)
        raise NotAllowed(f"say which officer goes on: {names}" if names else "no officer of this store is here")
    before = vault.recovery_mark(profile.home.vault, profile.opened)
    return Renewal(db, old, chosen[0], chosen[0].slot, fresh, now, before)


def new_sheet(desk: Desk, keep: Callable[[Paper], None], second: Unlock | None = None) -> None:
    """Make a new recovery sheet as the officer who is present; the old one opens nothing afterwards.

    `keep` gets the paper before anything is changed and must have it on the medium when it returns. The other persons'
    keys follow when each opens the store next, so where there are others, one of them proves by `second` to stand by.
    NotAllowed without that, for the sheet itself and for one who may not sign; WrongPassphrase; DiskFull.
    """
    with _stood_by(desk, second):
        _put_in_force(desk, draw_sheet(desk), keep, "")


def draw_sheet(desk: Desk) -> Drawn:
    """Draw a new recovery sheet that is not in force: the store is as before. NotAllowed as for `new_sheet`."""
    entrance, _, _ = _officer(desk)
    sheet = draw(desk.random, vault.KEY_SIZE)
    name, place = sheets.names(desk.db)
    return Drawn(sheet, sheets.paper(sheet, name, place, entrance.opened.store_id, desk.now()))


def put_in_force(desk: Desk, drawn: Drawn, second: Unlock | None = None, kept_at: str = "") -> None:
    """Let a drawn sheet that is on paper take the old one's place; `kept_at` is where it lies, for the ledger.

    The errors of `new_sheet`; nothing is changed then, and the old sheet opens as before.
    """
    with _stood_by(desk, second):
        _put_in_force(desk, drawn, lambda _: None, kept_at)


def stands_alone(desk: Desk) -> bool:
    """Say whether nobody but the person who is present opens this store."""
    present = persons.present(desk).number
    return not any(each.number != present and each.state in rules.OPENS for each in rows.every(desk.db))


def _stood_by(desk: Desk, second: Unlock | None) -> AbstractContextManager[object]:
    if stands_alone(desk):
        return contextlib.nullcontext()
    if second is None:
        raise NotAllowed("everybody's key follows to a new recovery sheet: another person stands by for it")
    return persons.witness(desk, second, "new recovery sheet")


def _officer(desk: Desk) -> tuple[Entrance, KeptOfficer, tuple[SigningKey, Secret]]:
    """Give who makes a new sheet, with the own key and officer secret; NotAllowed says why it is not who came."""
    if desks.joined(desk):  # before, the store's one officer has no certificate to sign by, and needs the first sheet
        persons.check_may_sign(desk)
    entrance = desk.entrance
    kept = None if entrance is None else rows.by_slot(desk.db, entrance.opened.slot)
    if entrance is None or kept is None:
        raise NotAllowed(rules.Bar.UNKNOWN.value)
    key = person_keys.key_of(desk.db, kept, entrance.opened.officer)
    if key is None or entrance.opened.officer is None:
        raise NotAllowed(rules.Bar.NO_KEY.value)
    return entrance, kept, (key, entrance.opened.officer)


def _put_in_force(desk: Desk, drawn: Drawn, keep: Callable[[Paper], None], kept_at: str) -> None:
    entrance, kept, (key, officer) = _officer(desk)
    before, new = person_keys.sheets(desk.db), sheets.public(drawn.secret)
    own = None if any(not each.sheet for each in rows.copies(desk.db, kept.number)) else officer
    path = entrance.home.vault
    sealed = vault.seal_recovery(path, entrance.opened, drawn.secret, random=desk.random)
    with desk.db.transaction():
        begun = sheet_change.Begun(desk.now(), kept.number, sealed.before, sealed.after)
        sheet_change.begin(desk.db, begun, before, new)
        person_keys.seal_to_all(desk.db, kept, key, own, (new,))
    try:
        keep(drawn.paper)
    except BaseException:
        with contextlib.suppress(StoreError), desk.db.transaction():
            sheet_change.undo(desk.db)
        raise
    try:
        vault.put_sealed(path, sealed, drawn.secret)
    except StoreError:
        with contextlib.suppress(StoreError):
            sheet_change.settle(desk)  # a disk that refuses this too leaves it to the next opening
        raise
    with desk.db.transaction():
        sheet_change.end(desk.db, new)
        person_keys.drop_others(desk.db, kept, officer, (new,))
        persons.note(desk, Deed.SHEET_MADE, kept.number)
        sheet_duty.renewed(desk, kept_at)
    desk.db.truncate_log()
