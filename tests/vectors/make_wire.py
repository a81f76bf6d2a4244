"""Make the vectors of cable, signed cable, slip, manifest, service, item, padding and digits.

`make vectors` runs it after a change of a format's page in docs/spec.
"""

from collections.abc import Iterator
from dataclasses import replace

import cbor2

from secmsg import digits
from secmsg.ids import Serial
from secmsg.wire import cable, copy, cover, item, manifest, pad_file, padding, revocation, service, slip
from secmsg.wire.revocation import RevocationReason
from tests.helpers import cables as examples
from tests.helpers.vectors import FORMATS, shown, written
from tests.vectors import frame
from tests.vectors.frame import Test

Fields = dict[int, object]


def _canonical(value: object) -> bytes:
    return cbor2.dumps(value, canonical=True)


def _fields(encoded: bytes) -> Fields:
    fields: Fields = cbor2.loads(encoded)
    return fields


def _valid(thing: str, name: str, value: object, *flags: str) -> Test:
    return frame.ok(name, *flags, **shown(FORMATS[thing].encode(value)), value=written(value))


def _refused(name: str, data: bytes, flag: str = "bound") -> Test:
    return frame.no(name, "FormatError", flag, **shown(data))


def _with(fields: Fields, **changes: object) -> bytes:
    """Return the map with fields replaced: `f10=…`; an ellipsis leaves the field out."""
    changed = fields | {int(key[1:]): value for key, value in changes.items()}
    return _canonical({key: value for key, value in changed.items() if value is not ...})


def _not_canonical(encoded: bytes) -> Iterator[Test]:
    """Yield what every map format refuses, made from one valid encoding with fewer than 256 fields."""
    fields = _fields(encoded)
    keys = sorted(fields)
    pairs = [_canonical(key) + _canonical(fields[key]) for key in keys]
    head = encoded[: len(encoded) - sum(map(len, pairs))]
    body = b"".join(pairs)
    yield _refused("empty input", b"", "length")
    yield _refused("cut short by one byte", encoded[:-1], "length")
    yield _refused("a byte after the end", encoded + b"\0", "length")
    yield _refused("not a map", _canonical([]), "canonical")
    yield _refused("an empty map", _canonical({}), "canonical")
    yield _refused("unknown field", _canonical(fields | {99: 0}), "canonical")
    yield _refused("wrong version", _canonical(fields | {0: 2}), "canonical")
    yield _refused("version as a truth value", _canonical(fields | {0: True}), "canonical")
    yield _refused("keys not in order", head + pairs[1] + pairs[0] + b"".join(pairs[2:]), "canonical")
    yield _refused("a key twice", _head_of_map(len(pairs) + 1) + pairs[0] + body, "canonical")
    yield _refused("text as key", _head_of_map(len(pairs) + 1) + body + b"\x61a\x00", "canonical")
    yield _refused("negative key", _head_of_map(len(pairs) + 1) + body + b"\x20\x00", "canonical")
    yield _refused("longer head than needed", head + b"\x18\x00" + pairs[0][1:] + b"".join(pairs[1:]), "canonical")
    yield _refused("indefinite map", b"\xbf" + body + b"\xff", "canonical")
    yield _refused("a tag around it", b"\xd9\xd9\xf7" + encoded, "canonical")
    yield _refused("version as a float", head + b"\x00\xf9\x3c\x00" + b"".join(pairs[1:]), "canonical")
    yield _refused("version as a bignum", head + b"\x00\xc2\x41\x01" + b"".join(pairs[1:]), "canonical")
    yield _refused("version undefined", head + b"\x00\xf7" + b"".join(pairs[1:]), "canonical")
    yield _refused("version absent by null", head + b"\x00\xf6" + b"".join(pairs[1:]), "canonical")
    yield _refused("nested 200 000 deep", b"\x81" * 200_000 + b"\0", "bound")
    yield _refused("a map of 2^64 - 1 pairs", b"\xbb" + b"\xff" * 8, "bound")
    yield _refused("a string of 2^64 - 1 bytes", b"\xa1\x00\x5b" + b"\xff" * 8, "bound")
    yield _refused("an array of 2^32 - 1 items", b"\xa1\x00\x9a" + b"\xff" * 4, "bound")


def _head_of_map(pairs: int) -> bytes:
    return bytes([0xA0 | pairs]) if pairs < 24 else bytes([0xB8, pairs])


BAD_TEXTS = {
    "right-to-left override": "ab\u202ecd",
    "right-to-left mark": "ab\u200fcd",
    "isolate": "ab\u2066cd",
    "zero width space": "ab\u200bcd",
    "zero width joiner": "ab\u200dcd",
    "byte order mark": "\ufeffabcd",
    "soft hyphen": "ab\u00adcd",
    "NUL": "ab\0cd",
    "escape": "ab\x1bcd",
    "tab": "ab\tcd",
    "carriage return": "ab\rcd",
    "delete": "ab\x7fcd",
    "next line (C1)": "ab\x85cd",
    "line separator": "ab\u2028cd",
    "private use": "ab\ue000cd",
    "unassigned": "ab\u0378cd",
    "noncharacter": "ab\uffffcd",
    "language tag": "ab\U000e0041cd",
    "variation selector": "ab\ufe0fcd",
    "Hangul filler": "ab\u3164cd",
    "blank Braille": "ab\u2800cd",
    "nine marks on a letter": "ab" + "\u0332" * 9 + "cd",
    "decomposed": "Tie\u0302\u0301ng",
    "only spaces": "    ",
}


def _cable() -> list[Test]:
    encoded = cable.encode(examples.CABLE)
    fields, full = _fields(encoded), _fields(cable.encode(examples.FULL_CABLE))
    annex = full[30][0]  # type: ignore[index]  # an array of arrays, by the format
    refused = list(_not_canonical(encoded))
    refused += [
        _refused(f"field {key} is missing", _with(fields, **{f"f{key}": ...}))
        for key in sorted(fields)
        if key not in (0, 8, 17, 20)
    ]
    refused += [_refused(f"subject: {why}", _with(fields, f25=text), "text") for why, text in BAD_TEXTS.items()]
    refused += [
        _refused("subject: LF", _with(fields, f25="ab\ncd")),
        _refused("body: right-to-left override", _with(fields, f28="ab\n\u202ecd")),
        _refused(
            "subject: a lone surrogate",
            _with(fields, f25="????").replace(b"\x64????", b"\x63\xed\xa0\x80"),
        ),
        _refused("subject: broken UTF-8", _with(fields, f25="????").replace(b"????", b"ab\xc3(")),
        _refused("subject: overlong UTF-8", _with(fields, f25="????").replace(b"????", b"ab\xc0\xaf")),
        _refused("subject too short", _with(fields, f25="ab")),
        _refused("subject too long", _with(fields, f25="a" * 201)),
        _refused("subject as bytes", _with(fields, f25=b"abc")),
        _refused("cable id of 15 bytes", _with(fields, f1=bytes(15))),
        _refused("unknown kind", _with(fields, f2=7)),
        _refused("kind as text", _with(fields, f2="1")),
        _refused("station 0", _with(fields, f3=0)),
        _refused("station 65 536", _with(fields, f3=65_536)),
        _refused("number 0", _with(fields, f4=0)),
        _refused("number 100 000", _with(fields, f4=100_000)),
        _refused("negative number", _with(fields, f4=-1)),
        _refused("symbol in small letters", _with(fields, f5="45/cđ")),
        _refused("post number without a year", _with(fields, f6="PARIS 045")),
        _refused("post number too long", _with(fields, f6="26 " + "A" * 18 + " 045")),
        _refused("date-time group off the minute", _with(fields, f7=examples.DTG + 1)),
        _refused("date-time group after the year 9999", _with(fields, f7=253_402_300_800)),
        _refused("unknown degree", _with(fields, f9=4)),
        _refused("secret without basis", _with(fields, f10=...), "rule"),
        _refused("basis there and empty", _with(fields, f10="")),
        _refused("secret without end of protection", _with(fields, f11=...), "rule"),
        _refused("protection ends before the release", _with(fields, f11=examples.DTG), "rule"),
        _refused("not secret, with an end of protection", _with(fields, f9=0), "rule"),
        _refused("paragraph mark above the degree", _with(fields, f12=[3]), "rule"),
        _refused("paragraph marks below the degree", _with(fields, f12=[1]), "rule"),
        _refused("information more urgent than action", _with(fields, f14=2), "rule"),
        _refused("flash without a reason", _with(fields, f13=3), "rule"),
        _refused("flash with a short reason", _with(fields, f13=3, f15="a" * 9)),
        _refused("reason too long", _with(fields, f15="a" * 301)),
        _refused("desk-by not after the release", _with(fields, f16=examples.DTG), "rule"),
        _refused("desk-by after 30 days", _with(fields, f16=examples.DTG + 30 * 86_400 + 1)),
        _refused("reply after 366 days", _with(fields, f17=examples.DTG + 366 * 86_400 + 1)),
        _refused("void before the release", _with(fields, f18=examples.DTG - 1), "rule"),
        _refused("no action addressee", _with(fields, f19=[])),
        _refused("151 action addressees", _with(fields, f19=list(range(100, 251)))),
        _refused("an addressee twice", _with(fields, f19=[1, 1])),
        _refused("an addressee for action and information", _with(fields, f20=[1]), "rule"),
        _refused("an exempt addressee", _with(fields, f21=[34]), "rule"),
        _refused("information addressees there and none", _with(fields, f20=[])),
        _refused("named where nothing goes", _with(fields, f22=[[99, ["A"], True]]), "rule"),
        _refused("named twice", _with(fields, f22=[[1, ["A"], True], [1, ["B"], True]])),
        _refused("nine names", _with(fields, f22=[[1, list("ABCDEFGHI"), True]])),
        _refused("no names", _with(fields, f22=[[1, [], True]])),
        _refused("named without a flag", _with(fields, f22=[[1, ["A"], 1]])),
        _refused("four captions", _with(fields, f23=list("ABCD"))),
        _refused("no topic", _with(fields, f24=[])),
        _refused("six topics", _with(fields, f24=list("ABCDEF"))),
        _refused("a topic twice", _with(fields, f24=["A", "A"])),
        _refused("21 references", _with(fields, f27=[[f"26 A {n:03}", 1] for n in range(21)])),
        _refused("a reference twice", _with(fields, f27=[["26 A 001", 1]] * 2)),
        _refused("a reference of three parts", _with(fields, f27=[["26 A 001", 1, 1]])),
        _refused("empty body", _with(fields, f28="")),
        _refused("body of 200 001 characters", _with(fields, f28="a" * 200_001)),
        _refused("65 annexes", _with(full, f30=[[f"{n}.pdf", *annex[1:]] for n in range(65)])),
        _refused("an annex twice, but for case", _with(full, f30=[annex, [annex[0].upper(), *annex[1:]]])),
        _refused("an annex above 2 GiB", _with(full, f30=[[*annex[:2], 2**31 + 1, *annex[3:]]])),
        _refused("an annex with a short hash", _with(full, f30=[[*annex[:5], bytes(31)]])),
        _refused("an annex of an odd type", _with(full, f30=[[annex[0], "PDF", *annex[2:]]])),
        _refused("66 documents", _with(fields, f31=66)),
        _refused("no pages", _with(fields, f32=0)),
        _refused("100 copies", _with(fields, f33=100)),
        _refused("copying allowed: 1", _with(fields, f34=1)),
        _refused("drafter without a time", _with(fields, f36=[0, "A", ""])),
        _refused("drafter without a name", _with(fields, f36=[0, "", "", 0])),
        _refused("clearance with a long note", _with(fields, f37=[[1, "A", "", 0, True, "a" * 501]])),
        _refused("releaser without a certificate", _with(fields, f38=[0, "A", "", 0])),
        _refused("unknown authority prefix", _with(fields, f39=6)),
        _refused("second person as null", _with(fields, f40=None)),
    ]
    refused += [
        _refused(f"annex name: {why}", _with(full, f30=[[name, *annex[1:]]]), "text") for why, name in BAD_NAMES.items()
    ]
    valid = [
        _valid("cable", "plain", examples.CABLE, "example"),
        _valid("cable", "every field", examples.FULL_CABLE),
        _valid(
            "cable",
            "not secret",
            replace(examples.CABLE, degree=cable.Degree.UNCLASSIFIED, basis="", protect_until=None),
        ),
        _valid("cable", "body of 200 000 characters", replace(examples.CABLE, body="a" * 200_000)),
    ]
    return [*valid, *refused]


BAD_NAMES = {
    "empty": "",
    "a path upwards": "../../x",
    "a path with backslashes": "..\\x",
    "absolute": "/etc/passwd",
    "drive": "C:x",
    "alternate stream": "a.pdf:hidden",
    "two dots": "..",
    "leading dot": ".profile",
    "trailing dot": "a.pdf.",
    "trailing space": "a.pdf ",
    "leading space": " a.pdf",
    "no-break space at the end": "a.pdf\u00a0",
    "ideographic space at the beginning": "\u3000a.pdf",
    "device": "CON",
    "device with extension": "nul.tar.gz",
    "device and space": "aux .txt",
    "device port": "com1",
    "device port in superscript": "LPT².pdf",
    "wild card": "a*.pdf",
    "quote": 'a".pdf',
    "pipe": "a|b",
    "NUL": "a\0.pdf",
    "LF": "a\n.pdf",
    "300 characters": "a" * 296 + ".pdf",
    "121 characters": "a" * 117 + ".pdf",
    "right-to-left override": "invoice\u202efdp.exe",
    "zero width": "a\u200b.pdf",
    "decomposed": "Die\u0323\u0302n.pdf",
}


def _signed() -> list[Test]:
    encoded = cable.encode_signed(examples.SIGNED)
    fields = _fields(encoded)
    slips = fields[6]
    assert isinstance(slips, list)
    refused = list(_not_canonical(encoded))
    refused += [
        _refused("no cable", _with(fields, f1=b"")),
        _refused("person reference of 31 bytes", _with(fields, f2=bytes(31))),
        _refused("person signature too short", _with(fields, f3=bytes(3_372))),
        _refused("device signature too long", _with(fields, f5=bytes(3_374))),
        _refused("no device signature", _with(fields, f5=...)),
        _refused("slips there and none", _with(fields, f6=[])),
        _refused("65 slips", _with(fields, f6=slips * 65)),
        _refused("a slip cut short", _with(fields, f6=[slips[0][:-1]])),
        _refused("a slip of another type", _with(fields, f6=[b"\x02" + slips[0][1:]])),
    ]
    valid = [
        _valid("signed cable", "with a slip", examples.SIGNED),
        _valid("signed cable", "without slips", replace(examples.SIGNED, slips=()), "example"),
    ]
    return [*valid, *refused]


def _slip() -> list[Test]:
    encoded = slip.encode(examples.SLIP)
    return [
        _valid("slip", "circular", examples.SLIP, "example"),
        _valid("slip", "largest", replace(examples.SLIP, size=2**31, circular_serial=0, expiry=0)),
        _refused("empty input", b"", "length"),
        _refused("80 bytes", encoded[:-1], "length"),
        _refused("82 bytes", encoded + b"\0", "length"),
        _refused("type 0", b"\0" + encoded[1:]),
        _refused("type 2", b"\x02" + encoded[1:]),
        _refused("size above 2 GiB", encoded[:33] + (2**31 + 1).to_bytes(8) + encoded[41:]),
        _refused("size 2^64 - 1", encoded[:33] + b"\xff" * 8 + encoded[41:]),
    ]


def _manifest() -> list[Test]:
    encoded = manifest.encode(examples.MANIFEST)
    fields = _fields(encoded)
    refused = list(_not_canonical(encoded))
    refused += [_refused(f"name: {why}", _with(fields, f1=name), "text") for why, name in BAD_NAMES.items()]
    refused += [
        _refused("type in capitals", _with(fields, f2="APPLICATION/PDF")),
        _refused("type with a parameter", _with(fields, f2="text/plain; charset=utf-8")),
        _refused("size above 2 GiB", _with(fields, f3=2**31 + 1)),
        _refused("too many pages", _with(fields, f4=1_000_001)),
        _refused("hash of 33 bytes", _with(fields, f5=bytes(33))),
    ]
    return [
        _valid("manifest", "annex", examples.MANIFEST, "example"),
        _valid("manifest", "empty content", replace(examples.MANIFEST, size=0, pages=0, name="a")),
        *refused,
    ]


def _service() -> list[Test]:
    refused = list(_not_canonical(service.encode(examples.MESSAGES["fault"])))
    receipts, repeat, fault, test, recap, older, answer, posture, block, hand, book = (
        _fields(service.encode(examples.MESSAGES[name]))
        for name in (
            "receipts", "repeat request", "fault", "line test", "recap", "older recap", "repeat", "posture",
            "block for the hand", "hand numbers", "new book",
        )
    )  # fmt: skip
    statement = _fields(bytes(book[2]))  # type: ignore[call-overload]  # bytes, by the format
    receipt = receipts[3][0]  # type: ignore[index]  # an array of arrays, by the format
    opened = _fields(service.encode(examples.MESSAGES["receipts that name what was opened"]))
    named = opened[3][0]  # type: ignore[index]  # as above
    begun, reported, confirmed = (
        _fields(service.encode(examples.MESSAGES[name])) for name in ("keys begun", "keys reported", "keys confirmed")
    )
    given = _fields(service.encode(examples.MESSAGES["a cover root given"]))
    lost = _fields(service.encode(examples.MESSAGES["a machine lost"]))
    refused += [
        _refused("an unknown word about keys", _with(begun, f2=6)),
        _refused("an unknown reason for new keys", _with(begun, f3=6)),
        _refused("cover root 0", _with(given, f3=0)),
        _refused("a cover root of 31 bytes", _with(given, f4=bytes(31)), "length"),
        _refused("a cover root that is only held", _with(given, f2=5), "rule"),
        _refused("a cover root that is not given", _with(given, f4=...), "rule"),
        _refused("a machine lost without its notice", _with(lost, f3=...), "rule"),
        _refused("a machine lost in 13 bytes", _with(lost, f3=bytes(13)), "length"),
        _refused("new keys begun with a session's id", _with(begun, f4=bytes(16))),
        _refused("a serial beyond 2^32 before new keys", _with(begun, f5=2**32)),
        _refused("a report of keys without their session", _with(reported, f4=...)),
        _refused("a report of keys of generation 0", _with(reported, f6=0)),
        _refused("a report of keys with machine 0", _with(reported, f5=0)),
        _refused("a report of keys with a signature", _with(reported, f9=confirmed[9])),
        _refused("keys confirmed under a short session id", _with(confirmed, f4=bytes(15))),
        _refused("keys confirmed without a signature", _with(confirmed, f9=...)),
        _refused("keys confirmed after the year 9999", _with(confirmed, f7=2**48)),
        _refused("unknown code", _with(recap, f1="XYZ")),
        _refused("code in small letters", _with(recap, f1="kts")),
        _refused("another code's fields", _with(recap, f1="THU"), "rule"),
        _refused("no receipts", _with(receipts, f3=[])),
        _refused("65 receipts", _with(receipts, f3=[receipt] * 65)),
        _refused("receipts without signature", _with(receipts, f4=...)),
        _refused("unknown rung", _with(receipts, f3=[[receipt[0], 10, *receipt[2:]]])),
        _refused("a register number before the register", _with(receipts, f3=[[receipt[0], 4, *receipt[2:]]]), "rule"),
        _refused("receipt note too long", _with(receipts, f3=[[*receipt[:4], "a" * 201]])),
        _refused("receipt note of two lines", _with(receipts, f3=[[*receipt[:4], "a\nb"]])),
        _refused("receipts of version 1 that name what was opened", _with(opened, f0=1)),
        _refused("receipts of version 2 that name nothing", _with(receipts, f0=2)),
        _refused("receipts of which one names nothing", _with(opened, f3=[named, receipt])),
        _refused("receipts of version 3", _with(opened, f0=3)),
        _refused("what was opened in 31 bytes", _with(opened, f3=[[*named[:5], bytes(31)]])),
        _refused("what was opened, empty", _with(opened, f3=[[*named[:5], b""]])),
        _refused("a receipt of seven parts", _with(opened, f3=[[*named, 0]])),
        _refused("a line test of version 2", _with(test, f0=2)),
        _refused("recap beyond 2^32", _with(recap, f2=2**32)),
        _refused("recap below 0", _with(recap, f3=-1)),
        _refused("no ranges", _with(repeat, f2=[])),
        _refused("a range that falls", _with(repeat, f2=[[4, 3]])),
        _refused("ranges that touch", _with(repeat, f2=[[1, 2], [3, 4]]), "rule"),
        _refused("ranges that overlap", _with(repeat, f2=[[1, 5], [5, 9]]), "rule"),
        _refused("ranges that fall", _with(repeat, f2=[[8, 9], [1, 2]]), "rule"),
        _refused("a range from 0", _with(repeat, f2=[[0, 2]])),
        _refused("65 ranges", _with(repeat, f2=[[n, n] for n in range(1, 131, 2)])),
        _refused("unknown fault", _with(fault, f2=12)),
        _refused("a fault's range that falls", _with(fault, f6=411)),
        _refused("a fault's range of one", _with(fault, f6=412)),
        _refused("recap of version 2 with two serials alone", _with(older, f0=2)),
        _refused("whole recap of version 1", _with(recap, f0=1)),
        _refused("older recap with one head", _with(older, f4=bytes(32))),
        _refused("older recap with what is missing", _with(older, f9=[[1, 1]])),
        _refused("recap without the directory's root", _with(recap, f7=...)),
        _refused("recap without a promise", _with(recap, f8=...)),
        _refused("recap that promises nothing", _with(recap, f8=0)),
        _refused("recap that promises for 32 days", _with(recap, f8=31 * 86_400 + 1)),
        _refused("recap with a head of 31 bytes", _with(recap, f4=bytes(31))),
        _refused("recap, missing there and empty", _with(recap, f9=[])),
        _refused("recap, missing ranges that touch", _with(recap, f9=[[1, 2], [3, 3]])),
        _refused("recap, 65 missing ranges", _with(recap, f9=[[n, n] for n in range(1, 131, 2)])),
        _refused("first attempt written", _with(repeat, f3=1)),
        _refused("attempt 256", _with(repeat, f3=256)),
        _refused("repeat of nothing", _with(answer, f2=..., f3=..., f4=...)),
        _refused("repeat, ranges there and empty", _with(answer, f2=[])),
        _refused("posture 0", _with(posture, f4=0)),
        _refused("posture 4", _with(posture, f4=4)),
        _refused("posture and a cable", _with(posture, f3=bytes(16))),
        _refused("picked up in another way", _with(posture, f2=..., f4=..., f5=2)),
        _refused("picked up, and a note", _with(posture, f4=..., f5=1)),
        _refused("picked up, and a posture", _with(posture, f2=..., f5=1)),
        _refused("a block of none", _with(block, f2=0)),
        _refused("a block of 1 001", _with(block, f2=1_001)),
        _refused("hand numbers of 1 001", _with(hand, f3=1_900)),
        _refused("hand numbers that fall", _with(hand, f3=899)),
        _refused("hand number below its block", _with(hand, f4=[[899, 901]])),
        _refused("hand number beyond its block", _with(hand, f4=[[999, 1_000]])),
        _refused("new book with one signature", _with(book, f5=..., f6=...)),
        _refused("new book with a signature cut short", _with(book, f4=bytes(3372))),
        _refused("new book, version 2", _with(book, f2=_with(statement, f0=2))),
        _refused("new book of station 0", _with(book, f2=_with(statement, f1=0))),
        _refused("new book number 0", _with(book, f2=_with(statement, f2=0))),
        _refused("new book from serial 0", _with(book, f2=_with(statement, f3=0))),
        _refused("new book for an unknown reason", _with(book, f2=_with(statement, f4=4))),
        _refused("new book for nobody", _with(book, f2=_with(statement, f6=[]))),
        _refused("new book, stations that fall", _with(book, f2=_with(statement, f6=[7, 1]))),
        _refused("new book, a station twice", _with(book, f2=_with(statement, f6=[7, 7]))),
        _refused("new book towards itself", _with(book, f2=_with(statement, f6=[1, 2]))),
        _refused("new book, a statement with a byte after it", _with(book, f2=bytes(book[2]) + b"\0")),  # type: ignore[call-overload]
        _refused("new book, a statement too long", _with(book, f2=bytes(2_049))),
        _refused("fault note there and empty", _with(fault, f3="")),
        _refused("cable id of 17 bytes", _with(fault, f5=bytes(17))),
        _refused("token of 9 bytes", _with(test, f2=bytes(9))),
    ]
    valid = [
        _valid("service", name, message, *["example"] * (name == "fault"))
        for name, message in examples.MESSAGES.items()
    ]
    return [*valid, *refused]


def _item() -> list[Test]:
    encoded = item.encode(examples.ITEM)
    fields = _fields(encoded)
    refused = list(_not_canonical(encoded))
    refused += [
        _refused("serial 0", _with(fields, f1=0)),
        _refused("serial 2^32", _with(fields, f1=2**32)),
        _refused("predecessor of 31 bytes", _with(fields, f2=bytes(31))),
        _refused("unknown kind", _with(fields, f3=6)),
        _refused("outside the chain with a serial", _with(fields, f2=bytes(32), f3=5), "rule"),
        _refused("outside the chain with an item before", _with(fields, f1=0, f2=b"\x01" * 32, f3=5), "rule"),
        _refused("no body", _with(fields, f5=b"")),
        _refused("a slip of 80 bytes", _with(fields, f3=3, f5=bytes(80))),
        _refused("a slip of 82 bytes", _with(fields, f3=3, f5=bytes(82))),
    ]
    carrying = replace(examples.ITEM, kind=item.ItemKind.SLIP, body=slip.encode(examples.SLIP))
    first = replace(examples.ITEM, serial=Serial(1), previous=bytes(32))
    return [
        _valid("item", "service message", examples.ITEM),
        _valid("item", "slip", carrying),
        _valid("item", "the first", first, "example"),
        _valid("item", "a copy", replace(first, kind=item.ItemKind.COPY)),
        _valid("item", "outside the chain", replace(first, serial=item.OUTSIDE, kind=item.ItemKind.ASIDE)),
        *refused,
    ]


def _copy() -> list[Test]:
    cable, slip_, chains = examples.COPIES.values()
    encoded = copy.encode(chains)
    fields = _fields(encoded)
    first, second = ([each.peer, each.last, each.head] for each in examples.CHAINS)
    return [
        _valid("copy", "a cable", cable),
        _valid("copy", "a slip", slip_),
        _valid("copy", "chains", chains, "example"),
        *_not_canonical(encoded),
        _refused("unknown kind", _with(fields, f1=4)),
        _refused("an empty cable", _with(fields, f1=1, f2=b"")),
        _refused("a slip of 80 bytes", _with(fields, f1=2, f2=bytes(80)), "length"),
        _refused("a slip of another type", _with(fields, f1=2, f2=bytes(81))),
        _refused("no chains", _with(fields, f2=[])),
        _refused("513 chains", _with(fields, f2=[[n, *first[1:]] for n in range(1, 514)])),
        _refused("chains that fall", _with(fields, f2=[second, first]), "canonical"),
        _refused("a station twice", _with(fields, f2=[first, first]), "canonical"),
        _refused("a chain without an item", _with(fields, f2=[[first[0], 0, first[2]]])),
        _refused("station 0", _with(fields, f2=[[0, *first[1:]]])),
        _refused("a hash of 31 bytes", _with(fields, f2=[[*first[:2], bytes(31)]]), "length"),
        _refused("a chain of two parts", _with(fields, f2=[first[:2]]), "length"),
    ]


def _cover_file() -> list[Test]:
    encoded = cover.encode(examples.COVER_FILE)
    fields = _fields(encoded)
    return [
        _valid("cover file", "without two machines", examples.COVER_FILE, "example"),
        _valid("cover file", "for all", replace(examples.COVER_FILE, without=())),
        *_not_canonical(encoded),
        _refused("index 0", _with(fields, f1=0)),
        _refused("index 65 536", _with(fields, f1=65_536)),
        _refused("a root of 31 bytes", _with(fields, f2=bytes(31)), "length"),
        _refused("machines there and none", _with(fields, f3=[]), "canonical"),
        _refused("machines that fall", _with(fields, f3=[9, 7]), "canonical"),
        _refused("a machine twice", _with(fields, f3=[7, 7]), "canonical"),
        _refused("machine 0", _with(fields, f3=[0])),
    ]


def _pad_file() -> list[Test]:
    encoded = pad_file.encode(examples.CHALLENGE_LIST)
    fields, book = _fields(encoded), _fields(pad_file.encode(examples.PAD_BOOK))
    page = "1" * 490
    return [
        _valid("pad file", "a list of two lines", examples.CHALLENGE_LIST, "example"),
        _valid("pad file", "a book of one page", examples.PAD_BOOK),
        *_not_canonical(encoded),
        _refused("kind 3", _with(fields, f1=3)),
        _refused("a set id of 15 bytes", _with(fields, f2=bytes(15)), "length"),
        _refused("no title", _with(fields, f3=""), "length"),
        _refused("a title of 41 characters", _with(fields, f3="x" * 41), "length"),
        _refused("edition 0", _with(fields, f4=0)),
        _refused("copy 3", _with(fields, f5=3)),
        _refused("drawn and held by one", _with(fields, f7=1), "rule"),
        _refused("training as a number", _with(fields, f8=1)),
        _refused("page 0", _with(fields, f9=0)),
        _refused("pages beyond 9 999", _with(fields, f9=9_999)),
        _refused("a time beyond the year 9999", _with(fields, f10=253_402_300_800)),
        _refused("no rows", _with(fields, f11=[])),
        _refused("991 rows", _with(fields, f11=["12345678"] * 991)),
        _refused("a line of seven figures", _with(fields, f11=["1234567"]), "length"),
        _refused("a line with a letter", _with(fields, f11=["1234567x"]), "text"),
        _refused("figures of another script", _with(fields, f11=["１２３４５６７８"]), "text"),
        _refused("a line that is bytes", _with(fields, f11=[b"12345678"]), "canonical"),
        _refused("a page of 489 figures", _with(book, f11=[page[1:]]), "length"),
        _refused("a list with a sheet", _with(fields, f12=["31415"]), "rule"),
        _refused("a list with no sheets, but said", _with(fields, f12=[]), "canonical"),
        _refused("a book without a sheet", _with(book, f12=...), "rule"),
        _refused("three sheets", _with(book, f12=["31415"] * 3)),
        _refused("a sheet of zeros", _with(book, f12=["00000"]), "rule"),
        _refused("a sheet of four figures", _with(book, f12=["3141"]), "length"),
    ]


def _revocation() -> list[Test]:
    encoded = revocation.encode(examples.REVOCATION)
    return [
        _valid("revocation", "seized", examples.REVOCATION, "example"),
        _valid("revocation", "lifted", replace(examples.REVOCATION, reason=RevocationReason.LIFTED)),
        _refused("empty input", b"", "length"),
        _refused("cut short by one byte", encoded[:-1], "length"),
        _refused("a byte after the end", encoded + b"\0", "length"),
        _refused("edition 0", bytes(4) + encoded[4:]),
        _refused("machine 0", encoded[:4] + bytes(2) + encoded[6:]),
        _refused("reason 5", encoded[:6] + b"\x05" + encoded[7:]),
        _refused("the reserved byte", encoded[:7] + b"\x01" + encoded[8:]),
    ]


def _padding() -> list[Test]:
    classes = (0, 1, 512, 513, 2_048, 2_049, 8_193, 32_768)
    sizes = (0, 1, 2, 8, 9, 100, 511, 512, 1_000, 4_097, 65_536, 65_537, 1_000_000, 2**31, 2**40)
    padded = {"do": "pad", "data": "010203", "size": 8, "hex": "0102030000000000"}
    strip: Test = {"do": "strip", "hex": "0102030000"}
    return [
        *(frame.ok(f"class for {size}", do="class_for", size=size, gives=padding.class_for(size)) for size in classes),
        *(frame.ok(f"Padmé of {size}", do="padme", size=size, gives=padding.padme(size)) for size in sizes),
        frame.ok("three bytes of eight", "example", **padded),
        frame.no("beyond the largest class", "FormatError", "bound", do="class_for", size=32_769),
        frame.no("negative size", "FormatError", "bound", do="padme", size=-1),
        frame.no("beyond 2^40", "FormatError", "bound", do="padme", size=2**40 + 1),
        frame.no("does not fit", "FormatError", "length", **padded | {"size": 2}),
        frame.no("fill that is not zeros", "FormatError", "canonical", **strip | {"hex": "0102030001"}, length=3),
        frame.no("longer than it is", "FormatError", "length", **strip, length=6),
        frame.no("negative length", "FormatError", "bound", **strip, length=-1),
    ]


def _digits() -> list[Test]:
    data = bytes(range(100, 120))
    text = digits.groups(data)
    first, second, *others = text.split()
    rest = " ".join(others)
    ok = {"one byte": b"\0", "one byte of ones": b"\xff"}
    wrong = f"{(int(second) + 1) % 100_000:05}"
    other_partings = text.replace(" ", "-\n", 3).replace("-", ".", 1)
    wrongs = {
        "nothing": ("", "group 1", "length"),
        "one group alone": (first, "group 2", "length"),
        "a figure short": (text[:-1], f"group {len(text.split())}", "length"),
        "a wrong figure": (f"{first} {wrong} {rest}", "group 2", "rule"),
        "neighbours swapped": (f"{second} {first} {rest}", "group 1", "rule"),
        "the first is missing": (f"{second} {rest}", "group 1", "rule"),
        "a letter": (text.replace("0", "O", 1), "figures", "text"),
        "digits of another script": (text.replace("1", "١"), "figures", "text"),
        "too long": ("0" * 4_097, "too many", "length"),
    }
    return [
        *(frame.ok(name, hex=value.hex(), text=digits.groups(value)) for name, value in ok.items()),
        frame.ok("160 bits", "example", hex=data.hex(), text=text),
        frame.ok("other partings", hex=data.hex(), text=other_partings),
        *(frame.no(name, "FormatError", flag, text=value, says=says) for name, (value, says, flag) in wrongs.items()),
    ]


PAGES = {
    "signed_cable": "cable",
    "copy": "devices",
    "revocation": "devices",
    "cover_file": "veil",
    "pad_file": "materials",
}
MAKERS = {
    "cable": _cable,
    "signed_cable": _signed,
    "slip": _slip,
    "manifest": _manifest,
    "service": _service,
    "item": _item,
    "copy": _copy,
    "cover_file": _cover_file,
    "pad_file": _pad_file,
    "revocation": _revocation,
    "padding": _padding,
    "digits": _digits,
}


def made() -> dict[str, str]:
    """Return the texts of the files."""
    return {name: frame.text(f"{PAGES.get(name, name)}.md", make()) for name, make in MAKERS.items()}
