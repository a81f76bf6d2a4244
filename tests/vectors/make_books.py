"""Make books.json: statements of new books, who may sign one, and recaps compared (docs/spec/continuity.md 4, 6)."""

import hashlib
from collections.abc import Iterator
from hashlib import sha256

import cbor2

from secmsg.ids import EditionNumber, StationId
from secmsg.office import books as rules
from secmsg.office import serials
from secmsg.office.continuity import NO_HASH, Sent, State
from secmsg.office.serials import Watch
from secmsg.wire import books
from secmsg.wire.cable import Degree
from secmsg.wire.certificate import Certificate, CertificateType, Role
from secmsg.wire.service import Recap
from tests.helpers.cables import BOOK
from tests.vectors import frame
from tests.vectors.frame import Test


def digest(name: str) -> bytes:
    """Return the hash that stands for an item of this name; zeros for none."""
    return sha256(name.encode()).digest() if name else NO_HASH


def _recaps() -> Iterator[Test]:
    theirs, ours = State(3, digest("c"), tuple(map(digest, "abc"))), Sent(2, digest("o2"))
    cases = {
        "both transcripts agree": Recap(3, 2, digest("c"), digest("o2"), 7, b"r" * 32, 86_400),
        "their chain differs": Recap(3, 2, digest("clone"), digest("o2"), 7, b"r" * 32, 86_400),
        "our chain differs": Recap(3, 2, digest("c"), digest("clone"), 7, b"r" * 32, 86_400),
        "both differ": Recap(3, 2, digest("clone"), digest("clone"), 7, b"r" * 32, 86_400),
        "more than was given": Recap(3, 5, digest("c"), digest("o5"), 7, b"r" * 32, 86_400),
        "an older recap says less": Recap(3, 2),
        "an older recap, more than was given": Recap(3, 5),
    }
    for name, recap in cases.items():
        found, watch = serials.compare(recap, theirs, ours, ours.head, Watch(since=0, agreed_in=1))
        yield frame.ok(
            name,
            do="compare",
            theirs=[theirs.highest, theirs.head.hex()],
            ours=[ours.count, ours.head.hex()],
            agreed=[1, 0],
            recap=[recap.sent, recap.received, recap.sent_head.hex(), recap.received_head.hex()],
            finds=[[each.conflict.value, each.first, each.last] for each in found],
            agrees=[watch.agreed_in, watch.agreed_out],
        )


def _person(number: int, station: int, role: Role, kind: CertificateType = CertificateType.PERSON) -> Certificate:
    return Certificate(
        number, kind, StationId(station), number, role, Degree.SECRET, 1, 2, EditionNumber(1), bytes([number]) * 1984
    )


_POST, _HEAD = Role.STATION, Role.HEADQUARTERS
SIGNERS = {
    "two of the station": (_person(1, 2, _POST), _person(3, 2, _POST)),
    "one of the station, one of headquarters": (_person(1, 2, _POST), _person(9, 1, _HEAD)),
    "headquarters first": (_person(9, 1, _HEAD), _person(1, 2, _POST)),
    "one person twice": (_person(1, 2, _POST), _person(1, 2, _POST)),
    "one of another post": (_person(1, 2, _POST), _person(4, 7, _POST)),
    "two of headquarters": (_person(8, 1, _HEAD), _person(9, 1, _HEAD)),
    "a machine": (_person(1, 2, _POST), _person(3, 2, _POST, CertificateType.DEVICE)),
}


def _signers() -> Iterator[Test]:
    for name, pair in SIGNERS.items():
        written = [[int(each.type), each.station, int(each.role), each.subject] for each in pair]
        objection = rules.objection_to_signers(StationId(2), *pair)
        if objection is None:
            yield frame.ok(name, do="signers", origin=2, signers=written)
        else:
            yield frame.no(name, "NotEntitled", "context", do="signers", origin=2, signers=written)


def _statements() -> Iterator[Test]:
    encoded = books.encode_statement(BOOK)
    fields = cbor2.loads(encoded)

    def changed(**changes: object) -> str:
        other = fields | {int(key[1:]): value for key, value in changes.items()}
        return bytes(
            cbor2.dumps({key: value for key, value in other.items() if value is not ...}, canonical=True)
        ).hex()

    yield frame.ok("a statement", "example", do="statement", hex=encoded.hex(), stands_for=_base(encoded).hex())
    yield frame.ok(
        "a statement without a note",
        do="statement",
        hex=changed(f7=...),
        stands_for=_base(bytes.fromhex(changed(f7=...))).hex(),
    )
    for name, flag, text in (
        ("a statement, cut short", "length", encoded[:-1].hex()),
        ("a statement, a byte too many", "length", encoded.hex() + "00"),
        ("a statement of version 2", "bound", changed(f0=2)),
        ("a statement of station 0", "bound", changed(f1=0)),
        ("a statement of book 0", "bound", changed(f2=0)),
        ("a statement from serial 0", "bound", changed(f3=0)),
        ("a statement from serial 2^32", "bound", changed(f3=2**32)),
        ("a statement for reason 4", "bound", changed(f4=4)),
        ("a statement beyond the year 9999", "bound", changed(f5=253_402_300_800)),
        ("a statement for nobody", "bound", changed(f6=[])),
        ("a statement for 257 stations", "bound", changed(f6=list(range(3, 260)))),
        ("a statement whose stations fall", "rule", changed(f6=[7, 1])),
        ("a statement that names its origin", "rule", changed(f6=[1, 2])),
        ("a statement with an empty note", "canonical", changed(f7="")),
        ("a statement with a note of two lines", "text", changed(f7="a\nb")),
        ("a statement with a field more", "rule", changed(f8=1)),
        ("a statement without a reason", "rule", changed(f4=...)),
    ):
        yield frame.no(name, "FormatError", flag, do="statement", hex=text)


def _base(statement: bytes) -> bytes:
    return hashlib.new("sha512_256", books.HASH_LABEL + statement).digest()


def made() -> dict[str, str]:
    """Return the text of the file."""
    return {"books": frame.text("continuity.md", [*_statements(), *_recaps(), *_signers()])}
