"""Write persons.json: keys at rest, who signs, absences, the record, and requests to headquarters about a person.

HPKE draws for itself: what is sealed to the sheet is kept while it opens to the same seed.
"""

import functools
from dataclasses import replace
from typing import Any

import cbor2

from secmsg.authority import persons
from secmsg.authority.directory import Change, next_edition
from secmsg.authority.edition import reference
from secmsg.authority.trust import Directory
from secmsg.crypto import hpke, kdf, labels, sealing, signing
from secmsg.crypto.secret import Secret
from secmsg.crypto.signing import Level, SigningKey
from secmsg.errors import SecmsgError
from secmsg.ids import CertificateRef, EditionNumber, PersonId, StationId
from secmsg.office import person_log
from secmsg.office import persons as rules
from secmsg.office.person_log import Deed, LogLine
from secmsg.office.persons import Rank, State, Term
from secmsg.station import person_keys
from secmsg.store.officers import KeptOfficer
from secmsg.wire import certificate as certificates
from secmsg.wire import person_request as wire
from secmsg.wire.contents import PersonEntry
from secmsg.wire.person_request import PersonRequest, Wish
from tests.helpers.authority_vectors import changed
from tests.helpers.authority_world import COVER, DAY, NOW, world
from tests.helpers.seeded_random import seeded
from tests.helpers.vectors import bytes_of, shown, written
from tests.vectors import frame, recorded
from tests.vectors.frame import File, Test

KEY, OTHER, NEW, SECOND = (
    signing.signing_generate(Level.STANDARD, seeded(name)) for name in (b"person 2", b"person 3", b"new", b"second")
)
OFFICER, STRANGER = Secret(bytes(range(32))), Secret(bytes(range(32, 64)))
SHEET, OLD_SHEET = Secret(bytes(range(64, 96))), Secret(bytes(range(96, 128)))
MEMBER, ELSEWHERE = world().members[1], world().members[2]
POST, WHO = MEMBER.person.station, ("Trần Thị Bình", "Bí thư thứ ba")
BY = (reference(MEMBER.person), MEMBER.person_key)


def _with(encoded: bytes, place: int, to: object) -> bytes:
    """Return a map or an array with one value replaced; an ellipsis takes it out."""
    whole = cbor2.loads(encoded)
    if to is ...:
        del whole[place]
    else:
        whole[place] = to
    return cbor2.dumps(whole, canonical=True)


def _refused(do: str, wrong: dict[str, tuple[str, bytes]]) -> list[Test]:
    return [
        frame.no(f"{do}: {name}", "FormatError", flag, do=do, **shown(data)) for name, (flag, data) in wrong.items()
    ]


# --- 2. Keys at rest -------------------------------------------------------------------------------------------------


def kept(number: int, public: bytes) -> KeptOfficer:
    """Return a row of a person with this key."""
    return KeptOfficer(number, "A", "", Rank.OFFICER, State.ACTIVE, 0, 0, public, b"", b"", b"", 0, 0)


def _keys() -> list[Test]:
    own = person_keys.seal_own(OFFICER, 2, KEY)
    of_another = sealing.seal(_kek(OFFICER, 2), OTHER.seed().reveal(), (2).to_bytes(2) + KEY.public)
    given: Test = {"do": "own", "officer": OFFICER.reveal().hex(), "number": 2}
    sheet: Test = {"do": "sheet", "sheet": SHEET.reveal().hex(), "number": 2}
    to_sheet = _sealed("sealed to the sheet", SHEET, KEY.seed().reveal())
    wrong_seed = _sealed("to the sheet: the seed of another key", SHEET, OTHER.seed().reveal())
    old = _sealed("sealed to the sheet before", OLD_SHEET, KEY.seed().reveal())
    last = person_keys.seal_own(OFFICER, 65_535, KEY)
    gives, public = KEY.seed().reveal().hex(), {"public": OTHER.public.hex()}
    swaps: dict[str, tuple[Test, bytes]] = {
        "own: another's secret": (given | {"officer": STRANGER.reveal().hex()}, own),
        "own: another number": (given | {"number": 3}, own),
        "own: another key of the row": (given | public, own),
        "own: the sheet for a secret": (given | {"officer": SHEET.reveal().hex()}, own),
        "own: what is sealed to the sheet": (given, to_sheet),
        "to the sheet: another sheet": (sheet, old),
        "to the sheet: another number": (sheet | {"number": 3}, to_sheet),
        "to the sheet: another key of the row": (sheet | public, to_sheet),
        "to the sheet: what is under the secret": (sheet, own),
    }
    before = {"sheet": OLD_SHEET.reveal().hex()}
    spoilt = [
        *(("own", given, *each) for each in _spoilt(own)),
        *(("to the sheet", sheet, *each) for each in _spoilt(to_sheet)),
        ("to the sheet", sheet, "a bit of the X25519 half", "bit", _turned(to_sheet, 1_088)),
    ]
    return [
        frame.ok("under the officer secret", **given, hex=own.hex(), gives=gives),
        frame.ok("of the highest number", **given | {"number": 65_535}, hex=last.hex(), gives=gives),
        frame.ok("sealed to the sheet", **sheet, hex=to_sheet.hex(), mark=_mark(SHEET), gives=gives),
        frame.ok("sealed to the sheet before", **sheet | before, hex=old.hex(), mark=_mark(OLD_SHEET), gives=gives),
        *(
            frame.no(name, "DecryptionError", "swap", **fields, hex=data.hex())
            for name, (fields, data) in swaps.items()
        ),
        *(
            frame.no(f"{what}: {name}", "DecryptionError", flag, **fields, hex=data.hex())
            for what, fields, name, flag, data in spoilt
        ),
        frame.no("own: the seed of another key", "StoreDamaged", "swap", **given, hex=of_another.hex()),
        frame.no("to the sheet: the seed of another key", "StoreDamaged", "swap", **sheet, hex=wrong_seed.hex()),
    ]


def _turned(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def _spoilt(data: bytes) -> tuple[tuple[str, str, bytes], ...]:
    return (
        ("empty", "length", b""),
        ("a byte short", "length", data[:-1]),
        ("a byte more", "length", data + b"\0"),
        ("a bit at the beginning", "bit", _turned(data, 0)),
        ("a bit at the end", "bit", _turned(data, len(data) - 1)),
    )


def _kek(officer: Secret, number: int) -> Secret:
    return kdf.derive(b"", officer, labels.STORE_PERSON, number.to_bytes(2), sealing.KEY_SIZE)


def _sealed(name: str, sheet: Secret, seed: bytes) -> bytes:
    private, info = person_keys.sheet_seed(sheet), person_keys._info(2, KEY.public)
    before = recorded.before("persons", name)
    try:
        if before is not None and hpke.open_with(private, bytes.fromhex(before["hex"]), info) == seed:
            return bytes.fromhex(before["hex"])
    except SecmsgError:
        pass
    return hpke.seal_to(hpke.public_of(private), seed, info)


def _mark(sheet: Secret) -> str:
    return person_keys.mark(hpke.public_of(person_keys.sheet_seed(sheet))).hex()


# --- 4. Who signs now ------------------------------------------------------------------------------------------------

Row = tuple[int, int, int, int, int, int | None]
"""An absence: officer, deputy, since, until, seen, ended at."""
AWAY: Row = (1, 2, 1_000, 2_000, 0, None)


def terms(rows: list[list[Any]]) -> list[Term]:
    """Return absences as the product has them, numbered from 1."""
    return [
        Term(number, officer, deputy, since, until, seen, ended_at, "")
        for number, (officer, deputy, since, until, seen, ended_at) in enumerate(rows, start=1)
    ]


def _signing() -> list[Test]:
    officer, deputy, head = Rank.OFFICER, Rank.DEPUTY, Rank.HEAD
    cases: dict[str, tuple[int, Rank, State, list[Row], int]] = {
        "an officer": (1, officer, State.ACTIVE, [], 1_500),
        "who has not opened yet": (1, officer, State.ADDED, [], 1_500),
        "a suspended officer": (1, officer, State.SUSPENDED, [], 1_500),
        "one who is leaving": (1, officer, State.LEAVING, [], 1_500),
        "one who was removed": (1, officer, State.REMOVED, [], 1_500),
        "the head of mission": (3, head, State.ACTIVE, [AWAY], 1_500),
        "a suspended head of mission": (3, head, State.SUSPENDED, [], 1_500),
        "a deputy, nobody is away": (2, deputy, State.ACTIVE, [], 1_500),
        "an officer just before the absence": (1, officer, State.ACTIVE, [AWAY], 999),
        "an officer at its first second": (1, officer, State.ACTIVE, [AWAY], 1_000),
        "an officer at its last second": (1, officer, State.ACTIVE, [AWAY], 1_999),
        "an officer at its end": (1, officer, State.ACTIVE, [AWAY], 2_000),
        "the deputy just before": (2, deputy, State.ACTIVE, [AWAY], 999),
        "the deputy at its first second": (2, deputy, State.ACTIVE, [AWAY], 1_000),
        "the deputy at its end": (2, deputy, State.ACTIVE, [AWAY], 2_000),
        "a clock set back prolongs nothing": (2, deputy, State.ACTIVE, [(1, 2, 1_000, 2_000, 2_000, None)], 1_500),
        "a clock set back before it, seen within": (2, deputy, State.ACTIVE, [(1, 2, 1_000, 2_000, 1_200, None)], 500),
        "an absence that was ended": (2, deputy, State.ACTIVE, [(1, 2, 1_000, 2_000, 1_200, 1_200)], 1_500),
        "another deputy": (4, deputy, State.ACTIVE, [AWAY], 1_500),
        "a deputy who is away": (2, deputy, State.ACTIVE, [AWAY, (2, 0, 1_000, 2_000, 0, None)], 1_500),
    }
    made = []
    for name, (number, rank, state, rows, now) in cases.items():
        found = rules.bar(number, rank, state, terms([list(each) for each in rows]), now)
        fields: Test = {"number": number, "rank": int(rank), "state": int(state), "terms": rows, "now": now}
        made.append(
            frame.ok(f"signs: {name}", do="signs", **fields, gives=None if found is None else found.name.lower())
        )
    return made


def _absences() -> list[Test]:
    ranks = {"1": 1, "2": 2, "3": 3, "4": 1, "5": 2}
    year = 366 * DAY
    fine: dict[str, tuple[list[Row], Row]] = {
        "with nobody": ([], (1, 0, 1_000, 2_000, 0, None)),
        "with a deputy": ([], AWAY),
        "with another officer": ([], (1, 4, 1_000, 2_000, 0, None)),
        "of a deputy": ([], (2, 0, 1_000, 2_000, 0, None)),
        "of 366 days": ([], (1, 0, 1_000, 1_000 + year, 0, None)),
        "right after another": ([AWAY], (1, 5, 2_000, 3_000, 0, None)),
        "in the time of one that was ended": ([(1, 2, 1_000, 2_000, 0, 600)], AWAY),
        "in the time of one that was seen to be over": ([(1, 2, 1_000, 2_000, 2_000, None)], AWAY),
        "two officers, two deputies": ([AWAY], (4, 5, 1_000, 2_000, 0, None)),
    }
    wrong: dict[str, tuple[str, list[Row], Row]] = {
        "it ends when it begins": ("bound", [], (1, 0, 1_000, 1_000, 0, None)),
        "it is over already": ("time", [], (1, 0, 100, 500, 0, None)),
        "a second more than 366 days": ("bound", [], (1, 0, 1_000, 1_001 + year, 0, None)),
        "of the head of mission": ("rule", [], (3, 0, 1_000, 2_000, 0, None)),
        "of nobody": ("rule", [], (9, 0, 1_000, 2_000, 0, None)),
        "the head of mission stands in": ("rule", [], (1, 3, 1_000, 2_000, 0, None)),
        "nobody of this post stands in": ("rule", [], (1, 9, 1_000, 2_000, 0, None)),
        "one stands in for oneself": ("rule", [], (1, 1, 1_000, 2_000, 0, None)),
        "a second absence of one officer": ("rule", [AWAY], (1, 5, 1_999, 3_000, 0, None)),
        "one deputy for two": ("rule", [AWAY], (4, 2, 1_500, 3_000, 0, None)),
        "the deputy is away": ("rule", [(2, 0, 1_000, 2_000, 0, None)], AWAY),
        "who is away stands in for another": ("rule", [AWAY], (2, 5, 500, 1_001, 0, None)),
    }
    now = 500
    return [
        *(
            frame.ok(f"absence: {name}", do="absence", ranks=ranks, terms=rows, new=new, now=now)
            for name, (rows, new) in fine.items()
        ),
        *(
            frame.no(f"absence: {name}", "NotAllowed", flag, do="absence", ranks=ranks, terms=rows, new=new, now=now)
            for name, (flag, rows, new) in wrong.items()
        ),
    ]


# --- 6. The record ---------------------------------------------------------------------------------------------------

LINE = LogLine(NOW, Deed.READ, 2, "Trần Thị Bình", 0, "26 PARIS 045: annex 1")


def _lines() -> list[Test]:
    encoded = person_log.encode(LINE)
    least = LogLine(0, Deed.OPENED, 0, "A", 0, "")
    most = LogLine(253_402_300_799, Deed.DESTROYED, 65_535, "ệ" * 120, 65_535, "ệ\n" * 350)
    columns = cbor2.loads(encoded)
    values = {
        f"{what} {value if isinstance(value, int) else len(value)}": ("bound", _with(encoded, place, value))
        for place, what, values_ in (
            (0, "time", (-1, 253_402_300_800)), (1, "deed", (0, 18)), (2, "person", (-1, 65_536)),
            (3, "a name of characters:", ("", "x" * 121)), (4, "about", (65_536,)),
            (5, "a detail of characters:", ("x" * 701,)),
        )
        for value in values_
    }  # fmt: skip
    return [
        frame.ok("a person reads a cable", "example", do="line", hex=encoded.hex(), value=written(LINE)),
        frame.ok("a line of the least", do="line", hex=person_log.encode(least).hex(), value=written(least)),
        frame.ok("a line of the most", do="line", hex=person_log.encode(most).hex(), value=written(most)),
        *_refused(
            "line",
            values | {
                "empty": ("length", b""),
                "cut short by a byte": ("length", encoded[:-1]),
                "a byte after the end": ("length", encoded + b"\0"),
                "a column less": ("length", cbor2.dumps(columns[:-1])),
                "a column more": ("length", cbor2.dumps([*columns, 0])),
                "of no definite length": ("canonical", b"\x9f" + encoded[1:] + b"\xff"),
                "a deed in two bytes": ("canonical", encoded[:6] + b"\x18" + encoded[6:]),
                "null for a detail": ("canonical", _with(encoded, 5, None)),
                "a name of two lines": ("text", _with(encoded, 3, "a\nb")),
                "a name not composed": ("text", _with(encoded, 3, "e\u0302")),
                "more than 4 096 bytes": ("length", _with(encoded, 5, "x" * 4_096)),
            },
        ),
    ]  # fmt: skip


# --- 7. Requests -----------------------------------------------------------------------------------------------------


@functools.cache
def directory() -> Directory:
    """Return the edition by which requests are judged: the post has a second person."""
    certificate = replace(
        MEMBER.person, subject=PersonId(77), serial=7_777, public=SECOND.public, edition=EditionNumber(2)
    )
    entry = PersonEntry(PersonId(77), POST, "Lê Văn Cường", "Tùy viên")
    change = Change(added=(certificate,), persons=(entry,))
    return next_edition(world().directory, world().issuer, change, COVER, issued_at=NOW)[0]


def judged(request: PersonRequest, now: int) -> int:
    """Verify a request as headquarters does before it is granted; return the number of who asks."""
    officer = persons.verify(request, directory(), now)
    if request.wish is Wish.DISMISS:
        persons.dismissal(request, directory())
    return officer.person


def _ask(
    wish: Wish = Wish.LIST, public: bytes = NEW.public, own: SigningKey | None = NEW, station: StationId = POST,
    by: tuple[CertificateRef, SigningKey] = BY,
) -> PersonRequest:  # fmt: skip
    return persons.make(wish, station, WHO, public, NOW, by, own)


def _requests() -> list[Test]:
    listing = _ask()
    dismissal = _ask(Wish.DISMISS, SECOND.public, None)
    encoded, gone = wire.encode(listing), wire.encode(dismissal)
    outer = cbor2.loads(encoded)
    body = outer[1]
    # Decoding looks at no signature, and zeros are short in a file.
    blank = wire.encode(
        replace(
            listing, public=bytes(1_984), officer=CertificateRef(bytes(32)), own_signature=bytes(3_373),
            officer_signature=bytes(3_373),
        )
    )  # fmt: skip
    plain = cbor2.loads(blank)[1]

    def inside(place: int, to: object) -> bytes:
        return _with(blank, 1, _with(plain, place, to))

    wrong: dict[str, tuple[str, bytes]] = {
        "empty": ("length", b""),
        "cut short by a byte": ("length", blank[:-1]),
        "a byte after the end": ("length", blank + b"\0"),
        "more than 16 384 bytes": ("length", inside(5, "x" * 16_384)),
        "a field more": ("rule", _with(blank, 4, 0)),
        "no body": ("rule", _with(blank, 1, ...)),
        "an empty body": ("length", _with(blank, 1, b"")),
        "a body as a map": ("canonical", _with(blank, 1, cbor2.loads(plain))),
        "a body with a byte more": ("length", _with(blank, 1, plain + b"\0")),
        "a body whose version is in two bytes": ("canonical", _with(blank, 1, plain[:2] + b"\x18\x01" + plain[3:])),
        "a body with a field more": ("rule", inside(9, 0)),
        "version 0": ("bound", inside(1, 0)),
        "a version to come": ("bound", inside(1, 2)),
        "wish 0": ("bound", inside(2, 0)),
        "wish 3": ("bound", inside(2, 3)),
        "station 0": ("bound", inside(3, 0)),
        "station 65 536": ("bound", inside(3, 65_536)),
        "a key of 1 983 bytes": ("length", inside(4, bytes(1_983))),
        "no name": ("length", inside(5, "")),
        "a name of 121 characters": ("bound", inside(5, "x" * 121)),
        "a name of two lines": ("text", inside(5, "a\nb")),
        "no title": ("length", inside(6, "")),
        "a title of 121 characters": ("bound", inside(6, "x" * 121)),
        "made at 0": ("bound", inside(7, 0)),
        "made at 2^32": ("bound", inside(7, 2**32)),
        "a certificate of 31 bytes": ("length", inside(8, bytes(31))),
        "no signature of who is to be listed": ("rule", _with(blank, 2, b"")),
        "a dismissal with a signature of the person": ("rule", inside(2, 2)),
        "a signature of the person cut short": ("length", _with(blank, 2, bytes(3_372))),
        "a signature of the officer cut short": ("length", _with(blank, 3, bytes(3_372))),
        "no signature of the officer": ("rule", _with(blank, 3, ...)),
    }
    turned = replace(listing, officer_signature=_turned(listing.officer_signature, 0))
    by_second = (reference(MEMBER.person), ELSEWHERE.person_key)
    asked: dict[str, tuple[str, str, PersonRequest, int]] = {
        "by a machine": ("NotEntitled", "swap", _ask(by=(reference(MEMBER.device), MEMBER.device_key)), NOW),
        "by nobody who is listed": ("NotListed", "swap", _ask(by=(CertificateRef(bytes(32)), MEMBER.person_key)), NOW),
        "for another station": ("NotEntitled", "swap", _ask(station=ELSEWHERE.person.station), NOW),
        "after the officer's years": ("Expired", "time", listing, MEMBER.person.not_after + DAY + 1),
        "signed by another officer": ("EnrolmentError", "swap", _ask(by=by_second), NOW),
        "a bit of the officer's signature": ("EnrolmentError", "bit", turned, NOW),
        "both signatures changed over": (
            "EnrolmentError", "swap",
            replace(listing, own_signature=listing.officer_signature, officer_signature=listing.own_signature), NOW),
        "another name than was signed": ("EnrolmentError", "swap", replace(listing, name="Trần Thị Bích"), NOW),
        "not signed by who is to be listed": ("EnrolmentError", "swap", _ask(own=SECOND), NOW),
        "a key that is listed": ("EnrolmentError", "swap", _ask(public=SECOND.public, own=SECOND), NOW),
        "the key of a machine": (
            "EnrolmentError", "swap", _ask(public=MEMBER.device.public, own=MEMBER.device_key), NOW),
        "a dismissal of a machine": (
            "EnrolmentError", "swap", _ask(Wish.DISMISS, MEMBER.device.public, None), NOW),
        "a dismissal at another station": (
            "EnrolmentError", "swap", _ask(Wish.DISMISS, ELSEWHERE.person.public, None), NOW),
        "a dismissal of nobody": ("EnrolmentError", "swap", _ask(Wish.DISMISS, NEW.public, None), NOW),
        "a dismissal of the last person": (
            "EnrolmentError", "rule",
            _ask(Wish.DISMISS, ELSEWHERE.person.public, None, ELSEWHERE.person.station,
                 (reference(ELSEWHERE.person), ELSEWHERE.person_key)), NOW),
    }  # fmt: skip
    assert body == wire.part(listing)
    taken = {"a listing": (listing, encoded), "a dismissal": (dismissal, gone)}
    tests = [
        frame.ok(
            name, do="asked", now=NOW, hex=data.hex(), value=written(value), gives=int(MEMBER.person.person),
            fingerprint=persons.fingerprint(data).hex(),
        )
        for name, (value, data) in taken.items()
    ]  # fmt: skip
    late = MEMBER.person.not_after + DAY
    tests.append(frame.ok("within the grace", do="asked", now=late, base="a listing", gives=int(MEMBER.person.person)))
    for name, (error, flag, request, now) in asked.items():
        fields = {"do": "asked", "now": now, **_changed("a listing", encoded, wire.encode(request))}
        tests.append(frame.no(f"asked: {name}", error, flag, **fields))
    return [*tests, *_refused("request", wrong)]


def _changed(name: str, base: bytes, data: bytes) -> Test:
    """Return bytes as what differs from those of another test, where that is shorter."""
    if len(base) != len(data):
        return shown(data)
    places = [at for at, (one, two) in enumerate(zip(base, data, strict=True)) if one != two]
    patch = [[places[0], data[places[0] : places[-1] + 1].hex()]] if places else []
    return {"base": name, "patch": patch}


# --- 8. PINs ---------------------------------------------------------------------------------------------------------


def _pins() -> list[Test]:
    fine = ("73915482", "111111112222", "12345679", "90123457")
    wrong = {
        "empty": ("length", ""), "seven figures": ("length", "7391548"), "thirteen": ("length", "7391548273915"),
        "one figure": ("rule", "88888888"), "rising": ("rule", "12345678"), "rising over 9": ("rule", "678901234"),
        "falling": ("rule", "987654321"), "falling over 0": ("rule", "32109876"), "a letter": ("text", "7391548a"),
        "figures of another script": ("text", "٧٣٩١٥٤٨٢"), "a space": ("text", "7391 5482"),
    }  # fmt: skip
    return [
        *(frame.ok(f"PIN {pin}", do="pin", pin=pin) for pin in fine),
        *(frame.no(f"PIN: {name}", "NotAllowed", flag, do="pin", pin=pin) for name, (flag, pin) in wrong.items()),
    ]


def bytes_in(file: File, test: Test) -> bytes:
    """Return the bytes that a test is about: its own, or those of the test it names, changed."""
    if "base" not in test:
        return bytes_of(test)
    return changed(test, {test["base"]: bytes_of(file.named(test["base"]))})


def made() -> dict[str, str]:
    """Return the text of the file."""
    listed = sorted(certificates.encode(each).hex() for each in directory().certificates.values())
    tests = [*_keys(), *_signing(), *_absences(), *_lines(), *_requests(), *_pins()]
    given = {"public": KEY.public.hex(), "listed": listed, "issued_at": directory().issued_at}
    return {"persons": frame.text("persons.md", tests, given=given)}
