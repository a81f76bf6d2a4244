"""Fuzzed: what the store gives back and what the checking process answers, which may be damaged or made by others."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace

from secmsg.authority import trust
from secmsg.ids import CableId, RelayId, Serial, StationId
from secmsg.metadata import code_report, report
from secmsg.metadata.code_report import CodeReport, Sight
from secmsg.metadata.report import Found, Outcome, Report, Trace
from secmsg.office import (
    continuity,
    custody_record,
    draft_record,
    kit_log,
    kit_records,
    ledger,
    person_log,
    register,
)
from secmsg.office.continuity import Run, Sent, State
from secmsg.office.draft import Draft
from secmsg.office.ledger import Line
from secmsg.office.materials import Act, Kind
from secmsg.office.register import Register, RegisterLine
from secmsg.protocol import prekeys, state
from secmsg.station import arrivals
from secmsg.store import terms
from secmsg.wire.cable import Degree, Urgency
from tests.fuzz.formats import chosen, first_of
from tests.fuzz.seeds import vectors
from tests.fuzz.target import NotTheSameError, Target, both_ways
from tests.helpers.authority_world import world
from tests.helpers.drafts import COMPLETE
from tests.helpers.seeded_random import seeded
from tests.helpers.sessions import NOW, device, established, seal, turn
from tests.helpers.thin import jumped, sealed, taken, talking
from tests.vectors import frame


def _states() -> Iterator[bytes]:
    anna, binh = established("fuzz")
    random = seeded(b"fuzz/states")
    for _ in range(4):
        anna, _ = seal(anna, b"lost", random, now=NOW + 90_000)
        anna, binh = turn(anna, binh, random, now=NOW + 90_000)
        yield state.encode(anna)
        yield state.encode(binh)
        anna, binh = binh, anna
    anna, binh = talking(b"fuzz/states")
    _, late = sealed(jumped(anna, 3), b"x")
    yield state.encode(taken(binh, late)[0])
    yield from (bytes.fromhex(test["state"]) for test in frame.load("suite1/session_version_1").accepted())


def _ledger() -> Iterator[bytes]:
    line = Line(
        NOW, Act.USED, 3, Kind.PAD, "TK HANOI-PARIS", 2, 1, 41, 42, 104, "26 PARIS 045", "Lê Văn Tám", "Trần Thị Bình",
        "két số 2", "đốt,\nkhuấy tro",
    )  # fmt: skip
    yield ledger.encode(line)
    yield ledger.encode(replace(line, act=Act.DRAWN, serial=0, cable="", second="", holder="", note=""))


def _state(data: bytes) -> object:
    """Hold the one encoding to its word; a state of before is written anew, and means the same then."""
    session = state.decode(data)
    again = state.encode(session)
    if (state.decode(again) != session) if data[0] < again[0] else (again != data):
        raise NotTheSameError
    return session


def _prekeys() -> Iterator[bytes]:
    binh = device(12, "fuzz/b", 1)
    yield b"\x00" + prekeys.encode_signed(binh.signed)
    yield from (b"\x01" + prekeys.encode_one_time(secret) for secret in binh.one_times.values())


def _prekey(data: bytes) -> object:
    if data[:1] == b"\x00":
        return both_ways(prekeys.decode_signed, prekeys.encode_signed)(data[1:])
    return both_ways(prekeys.decode_one_time, prekeys.encode_one_time)(data[1:])


def _lines() -> Iterator[bytes]:
    line = RegisterLine(
        register=Register.OUT,
        year=2026,
        line=1,
        at=NOW,
        cable_id=CableId(bytes(16)),
        number=7,
        symbol="7/2026/ĐM-ĐSQ-FR",
        mrn="2026PARIS7",
        dated=NOW,
        degree=Degree.SECRET,
        urgency=Urgency.ROUTINE,
        subject="Về việc",
        peers=(StationId(1), StationId(2)),
        copies=1,
        pages=2,
        signed_for="",
        note="",
        corrects=0,
    )
    yield register.encode(line)
    yield register.encode(replace(line, corrects=3, note="Đính chính"))


def _continuity() -> Iterator[bytes]:
    yield continuity.encode(State(4, bytes(32), (bytes(32),), (Run(7, 9, bytes(32), b"h" * 32),)))
    yield continuity.encode(Sent(4, bytes(32)))


def _origins() -> Iterator[bytes]:
    directory = world().directory
    for ref, certificate in directory.certificates.items():
        for follows in (None, Serial(3)):
            yield arrivals.encode_origin(arrivals.Origin(certificate, ref, Serial(4), follows, RelayId(b"R" * 16), NOW))


def _code_reports() -> Iterator[bytes]:
    yield code_report.encode(CodeReport(Sight.CODES, ("1/1:ABC123:", "Đ")))
    yield code_report.encode(CodeReport(Sight.NONE))


def _reports() -> Iterator[bytes]:
    traces = (Found(Trace.AUTHOR, "Nguyễn"), Found(Trace.POSITION, "21.0° N"))
    yield report.encode(Report(Outcome.REMOVABLE, traces, traces[:1], 4_096))
    yield b'{"outcome":"clean","found":[["author",1e99]],"left":[],"size":1e99}\n'


def _draft(data: bytes) -> object:
    # Drafts of the first version are still taken, so the bytes may differ; what they mean may not.
    draft = draft_record.decode(data)
    if draft_record.decode(draft_record.encode(draft)) != draft:
        raise NotTheSameError
    return draft


_INDEX = sqlite3.connect(":memory:", check_same_thread=False)
_INDEX.execute("CREATE VIRTUAL TABLE words USING fts5(text, tokenize='unicode61')")


def _search(data: bytes) -> object:
    """Ask a real index whatever was typed: nothing typed may be an operator, or an error."""
    asked = terms.match(terms.parse(data.decode("utf-8", "replace")))
    return _INDEX.execute("SELECT rowid FROM words WHERE words MATCH ?", (asked,)).fetchall() if asked else None


KEPT = (
    Target("state", _state, _states, longest=20_000),
    Target("kept-prekeys", _prekey, _prekeys),
    Target(
        "kept-directory",
        both_ways(trust.decode_directory, trust.encode_directory),
        lambda: [trust.encode_directory(world().directory)],
        longest=40_000,
    ),
    Target(
        "draft",
        _draft,
        lambda: [draft_record.encode(Draft()), draft_record.encode(COMPLETE)],
        cbor=True,
    ),
    Target("register-line", both_ways(register.decode, register.encode), _lines, cbor=True),
    Target("ledger", both_ways(ledger.decode, ledger.encode), _ledger, cbor=True),
    Target(
        "custody-record",
        first_of(
            both_ways(custody_record.decode, custody_record.encode),
            both_ways(custody_record.decode_entry, custody_record.encode_entry),
        ),
        chosen(2, "custody", longest=4_096),
    ),
    Target(
        "person-line", both_ways(person_log.decode, person_log.encode), vectors("persons", longest=4_096), cbor=True
    ),
    Target(
        "kit-records",
        first_of(
            both_ways(kit_records.decode_proven, kit_records.encode_proven),
            both_ways(kit_records.decode_home, kit_records.encode_home),
            both_ways(kit_log.decode, kit_log.encode),
        ),
        chosen(3, "kit", longest=4_096, most=200),
    ),
    Target("continuity", both_ways(continuity.decode, continuity.encode), _continuity, cbor=True),
    Target("sent", both_ways(continuity.decode_sent, continuity.encode), _continuity, cbor=True),
    Target("origin", both_ways(arrivals.decode_origin, arrivals.encode_origin), _origins),
    Target("report", report.decode, _reports),
    Target("code-report", code_report.decode, _code_reports),
    Target(
        "search",
        _search,
        lambda: ["điện mật -hà nội số:7".encode()],
    ),
)
