"""Opening a book of serials anew: proposed, countersigned, sent, and judged when it comes from a peer.

Two persons sign one statement ("mở sổ mới từ số …"); the rule who they may be is the office's (`office.books`).
"""

from dataclasses import dataclass, replace
from typing import NoReturn

from secmsg.authority.trust import Directory
from secmsg.crypto import hashing, labels, signing
from secmsg.crypto.signing import Level
from secmsg.errors import NotAllowed, NotEntitled
from secmsg.ids import Serial, StationId
from secmsg.office import books as rules
from secmsg.office import continuity, serials
from secmsg.office.books import Known, Objection
from secmsg.office.continuity import State
from secmsg.station import desk as desks
from secmsg.station import envelopes, notices, persons, recaps
from secmsg.station.desk import Desk
from secmsg.station.events import Event, GapsChanged
from secmsg.station.views import NoticeKind
from secmsg.store import books as rows
from secmsg.store import continuity as pair_rows
from secmsg.store import freezes
from secmsg.store.books import KeptBook
from secmsg.wire import books as wire
from secmsg.wire import service
from secmsg.wire.books import BookReason, BookStatement, NewBook, PersonSignature
from secmsg.wire.cable import Urgency
from secmsg.wire.certificate import Certificate
from secmsg.wire.item import Item, ItemKind


@dataclass(frozen=True, slots=True)
class BookPaper:
    """A statement as an officer reads it before signing or sending: what it says, and who has signed so far."""

    statement: BookStatement
    signers: tuple[str, ...]
    data: bytes


# --- proposing and signing -------------------------------------------------------------------------------------------


def propose(
    desk: Desk, peers: tuple[StationId, ...], reason: BookReason, note: str = "", first: int | None = None
) -> BookPaper:
    """Make a statement for our chains to these stations, signed by our person; nothing changes yet.

    Without `first` the book begins above every serial that any of them was given or says it has. NotAllowed when no
    station is named, or `first` was given already.
    """
    now, own = desk.now(), desks.own(desk)
    named = tuple(sorted(set(peers)))
    if not named:
        raise NotAllowed("a new book is opened towards at least one station")
    used = max(_highest(desk, peer) for peer in named)
    begin = rules.next_first(used) if first is None else first
    if begin <= used:
        raise NotAllowed(f"serial {begin} is used: the new book begins above {used}")
    statement = BookStatement(own.station, rows.highest(desk.db) + 1, begin, reason, now, named, note)
    # A rebuilt store does not know its old books: the time makes the number of the book rise all the same.
    statement = replace(statement, book=max(statement.book, now // 60))
    encoded = wire.encode_statement(statement)
    return paper(desk, wire.encode_paper(encoded, (_sign(desk, encoded),)))


def _highest(desk: Desk, peer: StationId) -> int:
    """Return the highest serial of our chain that is known of at either end.

    Who claims to hold more than a million serials beyond what was given here is not believed: the numbers would end.
    """
    watch, given = recaps.watch_of(desk, peer), recaps.sent_of(desk, peer).count
    claims = [
        watch.their_received,
        freezes.claimed(desk.db, peer),
        *(last for _, last in (*watch.their_missing, *watch.lacking)),
    ]
    return max([given, *(claim for claim in claims if claim <= given + rules.BELIEVED)])


def _sign(desk: Desk, statement: bytes) -> PersonSignature:
    persons.check_may_sign(desk)
    signer = desks.own(desk).person_signer
    return PersonSignature(signer.ref, signing.sign(signer.key, labels.SIGN_NEW_BOOK, statement))


def paper(desk: Desk, data: bytes) -> BookPaper:
    """Read the file of a statement after verifying the signatures on it; FormatError, SignatureError, TrustError."""
    statement, signatures = wire.decode_paper(data)
    directory = desks.directory(desk)
    persons = [_verified(directory, statement, each, desk.now()) for each in signatures]
    names = tuple(_name(directory, each) for each in persons)
    return BookPaper(wire.decode_statement(statement), names, data)


def _verified(directory: Directory, statement: bytes, signature: PersonSignature, now: int) -> Certificate:
    person = directory.person(signature.ref, now)
    signing.verify(Level.STANDARD, person.public, labels.SIGN_NEW_BOOK, statement, signature.signature)
    return person


def _name(directory: Directory, person: Certificate) -> str:
    return f"{directory.person_entry(person.person).name}, {directory.station(person.station).name_vi}"


def countersign(desk: Desk, data: bytes) -> BookPaper:
    """Put our person's signature beside the first one; NotAllowed when the two may not sign together."""
    read = paper(desk, data)
    statement, signatures = wire.decode_paper(data)
    if len(signatures) > 1:
        raise NotAllowed("two persons have signed already")
    first = desks.directory(desk).person(signatures[0].ref, desk.now())
    _refuse(rules.objection_to_signers(read.statement.origin, first, desks.own(desk).person_certificate))
    return paper(desk, wire.encode_paper(statement, (*signatures, _sign(desk, statement))))


def send(desk: Desk, data: bytes) -> int:
    """Begin the book towards every station it names that can be reached, and tell each; say how many those are.

    NotAllowed when a signature lacks, the statement is another station's, or its number was used meanwhile; Frozen
    while this store is doubted. One transaction for all of them.
    """
    now = desk.now()
    encoded, signatures = wire.decode_paper(data)
    if len(signatures) < 2:
        raise NotAllowed("a second person has to sign first")
    message = NewBook(encoded, *signatures)
    statement = verify(desks.directory(desk), message, now)
    if statement.origin != desks.own(desk).station:
        raise NotAllowed("this is the book of another station")
    reached = [peer for peer in statement.peers if envelopes.addressed_devices(desk, peer, now)]
    if not reached:
        raise NotAllowed("none of the stations is in the current edition")
    with desk.db.transaction():
        for peer in reached:
            _begin_ours(desk, peer, statement, message, now)
    return len(reached)


def _begin_ours(desk: Desk, peer: StationId, statement: BookStatement, message: NewBook, now: int) -> None:
    before = rows.latest(desk.db, peer, outgoing=True)
    if before is not None and before.book >= statement.book:
        raise NotAllowed("this book, or a later one, is open already")
    if statement.first <= _highest(desk, peer):
        raise NotAllowed(f"serial {statement.first} was used meanwhile: propose the book anew")
    first, body, hash_ = Serial(statement.first), service.encode(message), base(message.statement)
    pair_rows.restart_outgoing(desk.db, peer, first, hash_)
    rows.keep(desk.db, KeptBook(peer, outgoing=True, book=statement.book, first=first, base=hash_, message=body,
                                opened_at=now))  # fmt: skip
    envelopes.post(desk, peer, ItemKind.SERVICE, body, cable_id=None, urgency=Urgency.IMMEDIATE, now=now)


# --- judging ---------------------------------------------------------------------------------------------------------


def base(statement: bytes) -> bytes:
    """Return what stands for the hash of the item before the first of a book."""
    return hashing.short(wire.HASH_LABEL, statement)


def verify(directory: Directory, message: NewBook, now: int) -> BookStatement:
    """Accept a statement that two persons have signed who may do so together.

    1. both persons are listed and valid, and both signatures verify
    2. they are two, one of the station at least, the other of it or of headquarters

    NotListed, NotEntitled, Expired, SignatureError or FormatError otherwise.
    """
    # 1.
    persons = [_verified(directory, message.statement, each, now) for each in (message.first, message.second)]
    statement = wire.decode_statement(message.statement)
    # 2.
    objection = rules.objection_to_signers(statement.origin, *persons)
    if objection is not None:
        raise NotEntitled(f"a new book: {objection.value}")
    return statement


def judge(desk: Desk, origin: StationId, item: Item, message: NewBook, state: State, now: int) -> State:
    """Return the state in which the item is the first of the new book; errors of `verify`, NotAllowed.

    3. it is this station's statement, for us, newer than the last, and begins at a serial not used
    4. the item stands at that serial and names the statement as the item before
    """
    statement = verify(desks.directory(desk), message, now)
    # 3.
    before = rows.latest(desk.db, origin, outgoing=False)
    known = Known(0 if before is None else before.book, state)
    _refuse(rules.objection_to_statement(statement, origin, desks.own(desk).station, known))
    # 4.
    if item.serial != statement.first or not hashing.equal(item.previous, base(message.statement)):
        raise NotAllowed("a new book that does not begin with its own statement")
    return continuity.restarted(state, item.serial, item.previous)


def _refuse(objection: Objection | None) -> None:
    if objection is not None:
        _not_allowed(objection)


def _not_allowed(objection: Objection) -> NoReturn:
    raise NotAllowed(f"a new book: {objection.value}")


def keep(desk: Desk, peer: StationId, message: NewBook, now: int) -> list[Event]:
    """Keep a peer's new book that was judged good, close the gaps of the old one by name, and tell the officer."""
    statement = wire.decode_statement(message.statement)
    before = rows.latest(desk.db, peer, outgoing=False)
    if before is not None and before.book >= statement.book:
        return []
    first = Serial(statement.first)
    rows.keep(
        desk.db,
        KeptBook(peer, outgoing=False, book=statement.book, first=first, base=base(message.statement),
                 message=service.encode(message), opened_at=now),
    )  # fmt: skip
    freezes.end(desk.db, peer, now, f"new book {statement.book}")
    lost = serials.merged([(gap.serial, gap.serial) for gap in pair_rows.forget_gaps(desk.db, peer, first)])
    missing = "; never came: " + ", ".join(serials.span(*each) for each in lost) if lost else ""
    detail = f"station {peer} from serial {first}, reason {statement.reason.name.lower()}{missing}"
    return [notices.add(desk, NoticeKind.NEW_BOOK, now, detail), GapsChanged()]
