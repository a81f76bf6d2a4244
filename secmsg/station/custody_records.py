"""Records of custody: signed, entered in their register, read again, and proven line by line.

Source: docs/spec/custody.md 4 and 5.
"""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field

from secmsg.crypto import hashing, labels, signing
from secmsg.crypto.signing import Level
from secmsg.errors import NotListed, SecmsgError
from secmsg.office import custody_record, destruction_walk, kit_log, ledger, number_acts, person_log, reduction
from secmsg.office.checking import Finding, What, Work
from secmsg.office.custody_record import Entry, Person, Signed, Statement
from secmsg.office.register import Register
from secmsg.station import custody_figures, persons
from secmsg.station import desk as desks
from secmsg.station.breaks import INCIDENTS
from secmsg.station.desk import Desk
from secmsg.store import officers as rows
from secmsg.store import registers
from secmsg.wire.certificate import CertificateType


@dataclass(frozen=True, slots=True)
class Second:
    """The second person: named, and where the store knows another officer's secret, with a signature.

    `sign` gives that officer's signature over a label and bytes, which verifies under `public`.
    """

    name: str
    title: str = ""
    public: bytes = field(default=b"", repr=False)
    sign: Callable[[str, bytes], bytes] | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class RecordView:
    """One record: `code` is what its paper shows, `signatures` how many there are (1: the second signed on paper)."""

    line: int
    at: int
    begun_at: int
    work: Work
    first: Person
    second: Person
    ledger_line: int
    ledger_code: str
    code: str
    answered: int
    counts: tuple[tuple[What, int], ...]
    findings: tuple[Finding, ...]
    signatures: int


@dataclass(frozen=True, slots=True)
class Proof:
    """What the proof of one register gave: how many lines, and each that does not fit, with why."""

    register: str
    lines: int
    wrong: tuple[tuple[int, str], ...] = ()


def sign(desk: Desk, statement: Statement, second: Second) -> RecordView:
    """Sign a statement and enter it, inside the caller's transaction."""
    encoded = custody_record.encode(statement)
    present = persons.present(desk)
    signed = [Signed(statement.first.name, present.public, persons.sign(desk, labels.SIGN_CUSTODY, encoded))]
    if second.sign is not None:
        signed.append(Signed(second.name, second.public, second.sign(labels.SIGN_CUSTODY, encoded)))
    body = custody_record.encode_entry(Entry(encoded, tuple(signed)))
    entry = registers.append(desk.db, custody_record.REGISTER, statement.at, body)
    return _view(entry.line, entry.body)


def officer(desk: Desk) -> Person:
    """Name the officer who has opened the store."""
    found = persons.signatory(desk, desk.now())
    return Person(found.name, found.title)


def records(desk: Desk) -> tuple[RecordView, ...]:
    """List the records, oldest first, after checking their chain; StoreDamaged."""
    return tuple(_view(each.line, each.body) for each in registers.verify(desk.db, custody_record.REGISTER))


def _view(line: int, body: bytes) -> RecordView:
    entry = custody_record.decode_entry(body)
    s = custody_record.decode(entry.statement)
    return RecordView(
        line, s.at, s.begun_at, s.work, s.first, s.second, s.ledger_line, custody_figures.code(s.ledger_head),
        statement_code(entry.statement), s.answered, s.counts, s.findings, len(entry.signed),
    )  # fmt: skip


def statement_code(statement: bytes) -> str:
    """Return the code of a statement as its paper shows it: groups over the first 8 bytes of its hash."""
    return custody_figures.code(hashing.short(labels.HASH_CUSTODY.encode("ascii"), b"\0", statement))


# --- proof -----------------------------------------------------------------------------------------------------------

_NAMES = {
    Register.OUT: "outgoing cables",
    Register.IN: "incoming cables",
    ledger.REGISTER: "ledger of key material",
    ledger.TRAINING_REGISTER: "ledger of training material",
    custody_record.REGISTER: "records of custody",
    person_log.REGISTER: "record of persons",
    number_acts.REGISTER: "acts on serials",
    INCIDENTS: "breaks of continuity",
    kit_log.REGISTER: "delegation kits",
    reduction.REGISTER: "reductions",
    destruction_walk.REGISTER: "destructions in order",
}


def prove(desk: Desk) -> tuple[Proof, ...]:
    """Prove every register of custody and of cables from its first line, and every signature of the records.

    Nothing is raised for a line that does not fit: it is named, and the others are proven all the same.
    """
    found = []
    for register, name in _NAMES.items():
        wrong = registers.wrong_line(desk.db, register)
        lines = registers.last_line(desk.db, register)
        said = "the end was cut off" if wrong > lines else "altered, taken out or put in"
        found.append(Proof(name, lines, ((wrong, said),) if wrong else ()))
    return (*found, _signatures(desk))


def _signatures(desk: Desk) -> Proof:
    count, wrong = registers.last_line(desk.db, custody_record.REGISTER), []
    for number in range(1, count + 1):
        entry = registers.line(desk.db, custody_record.REGISTER, number)
        if entry is None:
            wrong.append((number, "the line is gone"))
            continue
        wrong += [(number, each) for each in _flaws(desk, entry.body)]
    return Proof("signatures of the records", count, tuple(wrong))


def _flaws(desk: Desk, body: bytes) -> list[str]:
    try:
        entry = custody_record.decode_entry(body)
    except SecmsgError as error:
        return [f"not a record: {error}"]
    flaws = [said for each in entry.signed if (said := _wrong_signature(desk, entry.statement, each))]
    statement = custody_record.decode(entry.statement)
    if len({each.public for each in entry.signed}) < len(entry.signed):
        flaws.append("both signatures are of one key")
    elif not flaws:
        flaws += _wrong_names(desk, statement, entry.signed)
    line = registers.line(desk.db, ledger.REGISTER, statement.ledger_line)
    if statement.ledger_line and (line is None or not hashing.equal(line.mac, statement.ledger_head)):
        flaws.append(f"line {statement.ledger_line} of the ledger is not the one that was signed for")
    return flaws


def _wrong_signature(desk: Desk, statement: bytes, signed: Signed) -> str:
    try:
        signing.verify(Level.STANDARD, signed.public, labels.SIGN_CUSTODY, statement, signed.signature)
    except SecmsgError as error:
        return f"the signature of {signed.name}: {error}"
    known = signed.public in _keys_of_persons(desk)
    return "" if known else f"the signature of {signed.name} is of a key that this office does not know"


def _wrong_names(desk: Desk, statement: Statement, signed: tuple[Signed, ...]) -> list[str]:
    """Compare the name beside each signature, and in the statement, with the name of the key that verifies it."""
    flaws, names = [], _names_of_keys(desk)
    for each, said in zip(signed, (statement.first, statement.second), strict=False):
        if _one_line(each.name) != _one_line(said.name):
            flaws.append(f"the signature of {each.name} stands in the place of {said.name}")
        elif _one_line(said.name) != _one_line(names[each.public]):
            flaws.append(f"{said.name} is signed for with the key of {names[each.public]}")
    return flaws


def _names_of_keys(desk: Desk) -> dict[bytes, str]:
    """Return whose key each of our persons' is: as headquarters lists it, and by our own rows where it does not."""
    names = {each.public: each.name for each in rows.every(desk.db)}
    directory = desks.directory(desk)
    for certificate in directory.certificates.values():
        if certificate.public in names and certificate.type is CertificateType.PERSON:
            with contextlib.suppress(NotListed):
                names[certificate.public] = directory.person_entry(certificate.person).name
    return names


def _one_line(name: str) -> str:
    return " ".join(name.split())


def _keys_of_persons(desk: Desk) -> frozenset[bytes]:
    """Return the public keys of all persons of this post, of those who left too."""
    return frozenset(each.public for each in persons.listed(desk))
