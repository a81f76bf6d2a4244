"""Write custody.json and ledger.json: records that two persons sign, lines of the ledger and what binds them."""

from collections.abc import Mapping
from dataclasses import replace

import cbor2

from secmsg.crypto import labels, signing
from secmsg.crypto.secret import Secret
from secmsg.crypto.signing import Level, SigningKey
from secmsg.ids import StationId
from secmsg.office import custody_record, ledger
from secmsg.office.checking import Finding, Flaw, What, Work
from secmsg.office.custody_record import Entry, Person, Signed, Statement
from secmsg.office.ledger import Line
from secmsg.office.materials import Act, Kind
from secmsg.station import custody_records
from secmsg.store import registers
from tests.helpers.seeded_random import seeded
from tests.helpers.vectors import shown, written
from tests.vectors import frame
from tests.vectors.frame import Test

AT, MOST = 1_800_000_900, 2**31 - 1
FIRST, SECOND = (signing.signing_generate(Level.STANDARD, seeded(name)) for name in (b"gives", b"takes"))
AUDIT_KEY = Secret(bytes(range(32)))
FOUND = Finding("B1", Flaw.PAGES, What.ITEM, 3, 28, 27, "góc\nrách")
STATEMENT = Statement(
    Work.HANDOVER, StationId(7), AT - 900, AT, 23, bytes(range(32, 64)), Person("Nguyễn Văn An", "Bí thư"),
    Person("Trần Thị Bình"), 5, ((What.ITEMS_HERE, 12), (What.TOKENS, 1)), (FOUND,),
)  # fmt: skip
LINE = Line(
    AT, Act.PAGE_DESTROYED, 3, Kind.PAD, "VN-LAO 12 ĐI", 4, 1, 17, 18, 412, "26 PARIS 045", "Nguyễn Văn An",
    "Trần Thị Bình", "két sắt", "đốt",
)  # fmt: skip

Wrong = Mapping[str, tuple[str, bytes]]


def _with(encoded: bytes, *path: int, to: object) -> bytes:
    """Return an array with one value replaced, in arrays within it by a path of places."""
    whole = cbor2.loads(encoded)
    inner = whole
    for place in path[:-1]:
        inner = inner[place]
    inner[path[-1]] = to
    return cbor2.dumps(whole, canonical=True)


def _of_any(encoded: bytes) -> Wrong:
    """Return what every array refuses."""
    columns = cbor2.loads(encoded)
    return {
        "empty": ("length", b""),
        "cut short by a byte": ("length", encoded[:-1]),
        "a byte after the end": ("length", encoded + b"\0"),
        "a column less": ("length", cbor2.dumps(columns[:-1], canonical=True)),
        "a column more": ("length", cbor2.dumps([*columns, 0], canonical=True)),
        "of no definite length": ("canonical", b"\x9f" + encoded[1:] + b"\xff"),
        "its length in two bytes": ("canonical", bytes([0x98, len(columns)]) + encoded[1:]),
        "a map": ("canonical", cbor2.dumps({0: 1})),
        "a null for its last column": ("canonical", _with(encoded, len(columns) - 1, to=None)),
    }


def _refused(do: str, wrong: Wrong) -> list[Test]:
    return [
        frame.no(f"{do}: {name}", "FormatError", flag, do=do, **shown(data)) for name, (flag, data) in wrong.items()
    ]


def _bounds(encoded: bytes, *rows: tuple[str, tuple[int, ...], tuple[object, ...]]) -> Wrong:
    return {
        f"{what} {value if isinstance(value, int) else repr(value)[:12]}": ("bound", _with(encoded, *path, to=value))
        for what, path, values in rows
        for value in values
    }


# --- custody.md 4 ----------------------------------------------------------------------------------------------------


def _statements() -> list[Test]:
    empty = replace(
        STATEMENT, work=Work.INVENTORY, station=StationId(1), begun_at=0, at=0, ledger_line=0, ledger_head=bytes(32),
        first=Person("A"), second=Person("B"), answered=0, counts=(), findings=(),
    )  # fmt: skip
    most = replace(
        STATEMENT, work=Work.INSPECTION, station=StationId(65_535), ledger_line=MOST, answered=MOST,
        first=Person("Đ" * 120, "Đ" * 120), counts=((What.UNREAD, MOST),) * 64,
        findings=(Finding("X" * 8, Flaw.NOT_INVENTORIED, What.STRANGER, MOST, MOST, MOST, "n" * 300),) * 500,
    )  # fmt: skip
    values = {"a handover": STATEMENT, "of an empty office": empty, "the most that is said": most}
    encoded = custody_record.encode(STATEMENT)
    finding = cbor2.loads(encoded)[11][0]
    wrong = dict(_of_any(encoded)) | dict(
        _bounds(
            encoded,
            ("version", (0,), (0, 2)), ("work", (1,), (0, 4)), ("station", (2,), (0, 65_536)),
            ("begun at", (3,), (253_402_300_800,)), ("signed at", (4,), (253_402_300_800,)),
            ("line", (5,), (MOST + 1, -1)), ("answers", (9,), (MOST + 1,)),
            ("what is counted", (10, 0, 0), (0, 13, 19, 22, 35, 56, 256)), ("how many", (10, 0, 1), (-1, MOST + 1)),
            ("flaw", (11, 0, 1), (0, 9)), ("what is found", (11, 0, 2), (0, 29)),
            ("item", (11, 0, 3), (MOST + 1,)), ("expected", (11, 0, 4), (MOST + 1,)), ("found", (11, 0, 5), (-1,)),
        )
    ) | {
        "a mac of 31 bytes": ("length", _with(encoded, 6, to=bytes(31))),
        "a mac of 33 bytes": ("length", _with(encoded, 6, to=bytes(33))),
        "no first person": ("length", _with(encoded, 7, 0, to="")),
        "a name of 121 characters": ("bound", _with(encoded, 8, 0, to="x" * 121)),
        "an office of 121 characters": ("bound", _with(encoded, 8, 1, to="x" * 121)),
        "a name of two lines": ("text", _with(encoded, 7, 0, to="a\nb")),
        "a name not composed": ("text", _with(encoded, 7, 0, to="e\u0302")),
        "a person of three columns": ("length", _with(encoded, 7, to=["a", "b", "c"])),
        "65 counts": ("bound", _with(encoded, 10, to=[[40, 1]] * 65)),
        "a count of three columns": ("length", _with(encoded, 10, to=[[40, 1, 1]])),
        "501 findings": ("bound", _with(encoded, 11, to=[finding] * 501)),
        "a finding of six columns": ("length", _with(encoded, 11, 0, to=finding[:6])),
        "an empty code": ("length", _with(encoded, 11, 0, 0, to="")),
        "a code of nine characters": ("bound", _with(encoded, 11, 0, 0, to="B12345678")),
        "a note of 301 characters": ("bound", _with(encoded, 11, 0, 6, to="x" * 301)),
        "a note with a tab": ("text", _with(encoded, 11, 0, 6, to="a\tb")),
        "a truth value for a count": ("bound", _with(encoded, 10, 0, 1, to=True)),
        "more than 262 144 bytes": ("length", _with(encoded, 11, to=[[*finding[:6], "x" * 262_144]])),
    }  # fmt: skip
    return [
        *(
            frame.ok(
                name, *["example"] * (value is STATEMENT), do="statement", **shown(custody_record.encode(value)),
                **({} if value is most else {"value": written(value)}), code=_code(custody_record.encode(value)),
            )
            for name, value in values.items()
        ),
        *_refused("statement", wrong),
    ]  # fmt: skip


def _code(statement: bytes) -> str:
    return custody_records.statement_code(statement)


def _signed(key: SigningKey, name: str, statement: bytes, label: str = labels.SIGN_CUSTODY) -> Signed:
    return Signed(name, key.public, signing.sign(key, label, statement))


def _entries() -> list[Test]:
    statement = custody_record.encode(STATEMENT)
    other = custody_record.encode(replace(STATEMENT, answered=6))
    one, two = _signed(FIRST, STATEMENT.first.name, statement), _signed(SECOND, STATEMENT.second.name, statement)
    alone, both = Entry(statement, (one,)), Entry(statement, (one, two))
    turned = replace(one, signature=bytes([one.signature[0] ^ 1]) + one.signature[1:])
    last = replace(two, signature=two.signature[:-1] + bytes([two.signature[-1] ^ 1]))
    # Decoding looks at no signature, and zeros are short in a file.
    plain = custody_record.encode_entry(Entry(statement, (Signed("A", bytes(1_984), bytes(3_373)),)))
    most = Entry(statement, (Signed("Đ" * 120, bytes(4_096), bytes(8_192)),) * 2)
    wrong = dict(_of_any(plain)) | {
        "a statement that is none": ("rule", _with(plain, 0, to=_with(statement, 0, to=2))),
        "an empty statement": ("length", _with(plain, 0, to=b"")),
        "a statement as an array": ("canonical", _with(plain, 0, to=cbor2.loads(statement))),
        "no signature": ("bound", _with(plain, 1, to=[])),
        "three signatures": ("bound", _with(plain, 1, to=[["A", b"p", b"s"]] * 3)),
        "a signature without a name": ("length", _with(plain, 1, 0, 0, to="")),
        "a signature of two columns": ("length", _with(plain, 1, 0, to=["A", b"p"])),
        "a signer of 121 characters": ("bound", _with(plain, 1, 0, 0, to="x" * 121)),
        "an empty key": ("length", _with(plain, 1, 0, 1, to=b"")),
        "a key of 4 097 bytes": ("bound", _with(plain, 1, 0, 1, to=bytes(4_097))),
        "an empty signature": ("length", _with(plain, 1, 0, 2, to=b"")),
        "a signature of 8 193 bytes": ("bound", _with(plain, 1, 0, 2, to=bytes(8_193))),
        "more than 524 288 bytes": ("length", _with(plain, 1, 0, 2, to=bytes(524_288))),
    }
    swapped = {
        "a statement that was not signed": ("swap", replace(alone, statement=other)),
        "keys changed over": (
            "swap",
            replace(both, signed=(replace(one, public=two.public), replace(two, public=one.public))),
        ),
        "under another label": ("swap", replace(alone, signed=(_signed(FIRST, "A", statement, labels.SIGN_PERSON),))),
        "a bit of the first half": ("bit", replace(alone, signed=(turned,))),
        "a bit of the second's second half": ("bit", replace(both, signed=(one, last))),
        "a key that is too short": ("length", replace(alone, signed=(replace(one, public=one.public[:-1]),))),
        "a signature that is too long": (
            "length",
            replace(alone, signed=(replace(one, signature=one.signature + b"\0"),)),
        ),
    }
    return [
        frame.ok("signed by one", do="proven", **shown(custody_record.encode_entry(alone)), value=written(alone)),
        frame.ok("signed by two", do="proven", **shown(custody_record.encode_entry(both)), value=written(both)),
        frame.ok("signatures of the most", do="entry", **shown(custody_record.encode_entry(most)), value=written(most)),
        *(
            frame.no(f"signed: {name}", "SignatureError", flag, do="proven", **shown(custody_record.encode_entry(each)))
            for name, (flag, each) in swapped.items()
        ),
        *_refused("entry", wrong),
    ]


# --- materials.md 5 --------------------------------------------------------------------------------------------------


def _lines() -> list[Test]:
    encoded = ledger.encode(LINE)
    least = replace(
        LINE, at=0, act=Act.DRAWN, item=1, title="A", edition=1, first=0, last=0, serial=0, cable="", person="B",
        second="", holder="", note="",
    )  # fmt: skip
    most = replace(
        LINE, act=Act.VERIFIED, item=MOST, kind=Kind.SHEET, title="ệ" * 40, edition=9_999, copy=99, first=9_999,
        last=9_999, serial=2**32 - 1, cable="ệ" * 64, person="ệ" * 120, second="ệ" * 120, holder="ệ" * 120,
        note="ệ\n" * 150,
    )  # fmt: skip
    values = {"a page of a book is destroyed": LINE, "the least": least, "the most": most}
    wrong = dict(_of_any(encoded)) | dict(
        _bounds(
            encoded,
            ("time", (0,), (-1, 253_402_300_800)), ("act", (1,), (0, 31)), ("item", (2,), (0, MOST + 1)),
            ("kind", (3,), (0, 11)), ("title", (4,), ("", "x" * 41)), ("edition", (5,), (0, 10_000)),
            ("copy", (6,), (0, 100)), ("first page", (7,), (10_000,)), ("last page", (8,), (10_000,)),
            ("serial", (9,), (2**32,)), ("cable", (10,), ("x" * 65,)), ("person", (11,), ("", "x" * 121)),
            ("second", (12,), ("x" * 121,)), ("holder", (13,), ("x" * 121,)), ("note", (14,), ("x" * 301,)),
        )
    ) | {
        "a title of two lines": ("text", _with(encoded, 4, to="a\nb")),
        "bytes for a cable": ("bound", _with(encoded, 10, to=b"26 PARIS 045")),
        "more than 4 096 bytes": ("length", _with(encoded, 14, to="x" * 4_096)),
    }  # fmt: skip
    return [
        *(
            frame.ok(
                name, *["example"] * (value is LINE), do="line", **shown(ledger.encode(value)), value=written(value)
            )
            for name, value in values.items()
        ),
        *_refused("line", wrong),
    ]


def _macs() -> list[Test]:
    tests, previous = [], registers.START
    for number, act in enumerate((Act.SEALED, Act.OPENED, Act.PAGE_DESTROYED), start=1):
        body, at = ledger.encode(replace(LINE, act=act)), AT + number
        mac = registers.mac(AUDIT_KEY, ledger.REGISTER, number, at, previous, body)
        fields = {"register": ledger.REGISTER, "line": number, "at": at, "previous": previous.hex(), "body": body.hex()}
        tests.append(frame.ok(f"what binds line {number}", do="mac", **fields, gives=mac.hex()))
        previous = mac
    training = registers.mac(AUDIT_KEY, ledger.TRAINING_REGISTER, 1, AT, registers.START, b"")
    fields = {"register": ledger.TRAINING_REGISTER, "line": 1, "at": AT, "previous": bytes(32).hex(), "body": ""}
    return [*tests, frame.ok("of another register", do="mac", **fields, gives=training.hex())]


def made() -> dict[str, str]:
    """Return the texts of both files."""
    return {
        "custody": frame.text("custody.md", [*_statements(), *_entries()]),
        "ledger": frame.text("materials.md", [*_lines(), *_macs()], given={"audit_key": AUDIT_KEY.reveal().hex()}),
    }
