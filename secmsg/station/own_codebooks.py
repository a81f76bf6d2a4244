"""The codebooks of a station: headquarters' own editions beside those of the program, and the missions' supplements.

An edition never changes and never goes: a message says of which it is. Source: docs/spec/codebook.md 9.
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass, field

from secmsg.errors import NotAllowed, NotFound, StoreExists
from secmsg.manual import codebook_file
from secmsg.manual import supplement as supplements
from secmsg.manual.codebook import Book, Entry, Kind
from secmsg.manual.supplement import Supplement
from secmsg.office.draft import Draft
from secmsg.station import codebooks
from secmsg.station.desk import Desk
from secmsg.store import codebooks as rows
from secmsg.store import settings
from secmsg.store.codebooks import KeptSupplement
from secmsg.store.database import Database
from secmsg.vietnamese import nfc, tones_first

EVERYBODY = 0
"""In place of a peer: the supplement that is shared with every station."""

_IN_FORCE = "codebook-in-force"


@dataclass(frozen=True, slots=True)
class EditionView:
    """An edition at hand; `shipped` with the program, else headquarters' own."""

    edition: int
    title: str
    licence: str
    entries: int
    shipped: bool
    in_force: bool


@dataclass(frozen=True, slots=True)
class IssueView:
    """An issue of a supplement; `in_force` since when, None while it is being written; `current`: it is in use."""

    peer: int
    issue: int
    entries: tuple[Entry, ...] = field(repr=False)
    at: int
    in_force: int | None
    current: bool


def in_force(db: Database) -> int:
    """Return the edition with which texts are encoded here: the one chosen, else the program's newest."""
    chosen = settings.get(db, _IN_FORCE)
    return int(chosen) if chosen is not None else codebooks.load().edition


def book(db: Database, edition: int | None = None, peer: int = EVERYBODY, issue: int | None = None) -> Book:
    """Return an edition, that in force without a number, with the supplement shared with a peer.

    `issue` names an older one for an old message. NotFound; StoreDamaged.
    """
    number = in_force(db) if edition is None else edition
    found = codebooks.load(number) if number in codebooks.shipped() else _parsed(rows.file(db, number))
    supplement = _supplement(db, peer, issue)
    return found if supplement is None else codebook_file.with_supplement(found, supplement.entries)


def reader(db: Database, peer: int) -> Callable[[int], Book]:
    """Return what gives the book of an edition, with the supplement shared with a peer; it raises as `book` does."""
    return lambda edition: book(db, edition, peer)


class Codebooks:
    """One object on the store's thread; each method that writes is one transaction. Errors are leaves of the tree."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def book(self, edition: int | None = None, peer: int = EVERYBODY, issue: int | None = None) -> Book:
        """Return an edition with its supplement, see `book` of this module."""
        return book(self._desk.db, edition, peer, issue)

    def of(self, draft: Draft) -> Book:
        """Return the book in force for a draft: with the supplement that its one addressee has."""
        return self.book(peer=draft.action_to[0] if len(draft.action_to) == 1 else EVERYBODY)

    def editions(self) -> tuple[EditionView, ...]:
        """List what is at hand, by number."""
        db = self._desk.db
        shipped = codebooks.shipped()
        current = in_force(db)
        return tuple(
            _view(book(db, number), shipped=number in shipped, current=number == current)
            for number in sorted({*shipped, *rows.editions(db)})
        )

    def keep(self, file: str) -> EditionView:
        """Keep headquarters' own book from its file; FormatError names the line.

        StoreExists where its number is here and stands for something else; the same file once more changes nothing.
        """
        found = codebook_file.parse(file)
        db = self._desk.db
        with db.transaction():
            known = found.edition in codebooks.shipped() or found.edition in rows.editions(db)
            if known and codebook_file.write(_bare(book(db, found.edition))) != codebook_file.write(_bare(found)):
                raise StoreExists(f"edition {found.edition} is here and says something else: editions never change")
            if not known:
                rows.keep(db, found.edition, codebook_file.write(_bare(found)), self._desk.clock())
            return _view(found, shipped=False, current=found.edition == in_force(db))

    def use(self, edition: int) -> None:
        """Encode with an edition from now on; messages are read with their own all the same. NotFound."""
        db = self._desk.db
        with db.transaction():
            book(db, edition)
            settings.keep(db, _IN_FORCE, str(edition))

    # --- supplements ---------------------------------------------------------------------------------------------

    def issues(self, peer: int = EVERYBODY) -> tuple[IssueView, ...]:
        """List the issues shared with a peer, the newest first."""
        kept = rows.supplements(self._desk.db, peer)
        current = next((each.issue for each in kept if each.in_force is not None), None)
        return tuple(
            IssueView(
                peer, each.issue, supplements.parse(each.file).entries, each.at, each.in_force, each.issue == current
            )
            for each in kept
        )

    def current(self, peer: int = EVERYBODY) -> Supplement:
        """Return the issue in force that is shared with a peer; NotFound where there is none."""
        for each in rows.supplements(self._desk.db, peer):
            if each.in_force is not None:
                return supplements.parse(each.file)
        raise NotFound("no issue of the supplement is in force")

    def put(self, code: str, text: str, peer: int = EVERYBODY) -> Supplement:
        """Put a word into the issue that is being written, begun from the one in force; "" takes the code out."""
        entry = Entry(code, tones_first(nfc(" ".join(text.split()))), Kind.SUPPLEMENT)
        with self._desk.db.transaction():
            draft = self._draft(peer)
            others = [each for each in draft.entries if each.code != code]
            if not entry.text and len(others) == len(draft.entries):
                raise NotFound(f"the supplement has no {code}")
            entries = sorted((*others, *([entry] if entry.text else [])), key=lambda each: each.code)
            return self._write(Supplement(draft.issue, tuple(entries)), peer, None)

    def issue(self, peer: int = EVERYBODY) -> Supplement:
        """Put the issue that is being written in force: it supersedes the one before, which stays for old messages."""
        with self._desk.db.transaction():
            kept = rows.supplements(self._desk.db, peer)
            if not kept or kept[0].in_force is not None:
                raise NotAllowed("no issue of the supplement is being written")
            return self._write(supplements.parse(kept[0].file), peer, self._desk.clock())

    def take(self, file: str, peer: int = EVERYBODY) -> Supplement:
        """Take an issue that the other office has put in force; FormatError names the line.

        NotAllowed for one that is not newer than every issue here; what is being written here must go first.
        """
        given = supplements.parse(file)
        with self._desk.db.transaction():
            kept = rows.supplements(self._desk.db, peer)
            if kept and kept[0].file == supplements.write(given):
                return given
            if kept and kept[0].issue >= given.issue:
                raise NotAllowed(f"issue {kept[0].issue} of the supplement is here: {given.issue} is not newer")
            return self._write(given, peer, self._desk.clock())

    def _draft(self, peer: int) -> Supplement:
        kept = rows.supplements(self._desk.db, peer)
        if not kept:
            return Supplement(1, ())
        newest = supplements.parse(kept[0].file)
        return newest if kept[0].in_force is None else Supplement(newest.issue + 1, newest.entries)

    def _write(self, supplement: Supplement, peer: int, since: int | None) -> Supplement:
        file = supplements.write(supplement)
        supplements.parse(file)
        rows.keep_supplement(self._desk.db, KeptSupplement(peer, supplement.issue, file, self._desk.clock(), since))
        return supplement


def _supplement(db: Database, peer: int, issue: int | None) -> Supplement | None:
    """Return the issue for a peer: the one asked for, else the newest in force, else that of everybody."""
    kept = rows.supplements(db, peer)
    if issue is not None:
        wanted = [each for each in kept if each.issue == issue]
        if not wanted:
            raise NotFound(f"issue {issue} of the supplement is not here")
        return supplements.parse(wanted[0].file)
    current = next((each for each in kept if each.in_force is not None), None)
    if current is not None:
        return supplements.parse(current.file)
    return None if peer == EVERYBODY else _supplement(db, EVERYBODY, None)


@functools.lru_cache(maxsize=4)
def _parsed(file: str) -> Book:
    return codebook_file.parse(file)


def _bare(found: Book) -> Book:
    return codebook_file.with_supplement(found, ())


def _view(found: Book, *, shipped: bool, current: bool) -> EditionView:
    return EditionView(found.edition, found.title, found.licence, len(found.entries), shipped, current)
