"""Numbers, registers, receipts, periods and signatures: each rule of the office at its edges."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from secmsg.errors import FormatError, NotAllowed
from secmsg.ids import PersonId, StationId
from secmsg.office import clearance, deadlines, numbering, receipts, register, retention, totals
from secmsg.office.clearance import Objection
from secmsg.office.deadlines import DeadlinePolicy, Expected
from secmsg.office.numbering import Numbers
from secmsg.office.receipts import LADDER, Evidence
from secmsg.office.register import NO_SUBJECT, Register
from secmsg.office.retention import RetentionPolicy
from secmsg.wire.cable import MAX_NUMBER, MRN, Degree, Signatory, Urgency
from secmsg.wire.service import ReceiptLevel
from tests.helpers.cables import CABLE, DTG, FULL_CABLE, RELEASER


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


# Numbers


def test_numbers_run_from_one_and_begin_again_with_the_year() -> None:
    numbers, first = numbering.give(Numbers(), 2026)
    numbers, second = numbering.give(numbers, 2026)
    numbers, next_year = numbering.give(numbers, 2027)

    assert (first, second, next_year) == (1, 2, 1)
    assert numbers == Numbers(2027, 1)


def test_a_clock_set_back_gives_no_number_twice() -> None:
    with pytest.raises(NotAllowed):
        numbering.give(Numbers(2027, 1), 2026)


def test_a_full_register_gives_no_number() -> None:
    numbers, last = numbering.give(Numbers(2026, MAX_NUMBER - 1), 2026)

    assert last == MAX_NUMBER
    with pytest.raises(NotAllowed):
        numbering.give(numbers, 2026)


def test_the_year_is_that_of_the_post() -> None:
    eve = at("2026-12-31T18:00:00")

    assert numbering.year_of(eve) == 2026
    assert numbering.year_of(eve, ZoneInfo("Asia/Ho_Chi_Minh")) == 2027


@pytest.mark.parametrize(
    ("year", "post", "number", "written"),
    [
        (2026, "PARIS", 45, "26 PARIS 045"),
        (2026, "Hà Nội", 1, "26 HA NOI 001"),
        (2030, "Đài Bắc", 1021, "30 DAI BAC 1021"),
        (2005, "Genève (UN)", 99_999, "05 GENEVE UN 99999"),
        (2026, "Thành phố Hồ Chí Minh", 45, "26 THANH PHO HO CHI 045"),
    ],
)
def test_a_post_number_is_written_plainly(year: int, post: str, number: int, written: str) -> None:
    mrn = numbering.mrn(year, post, number)

    assert mrn == written
    assert MRN.fullmatch(mrn)


@pytest.mark.parametrize("post", ["", "***", "漢"])
def test_a_post_without_a_name_has_no_post_number(post: str) -> None:
    with pytest.raises(NotAllowed):
        numbering.mrn(2026, post, 1)


def test_a_symbol_comes_from_the_template_of_the_unit() -> None:
    assert numbering.symbol("{number}/cđ-paris", 45, 2026) == "45/CĐ-PARIS"
    assert numbering.symbol("{number}/{year}/CĐ", 45, 2026) == "45/2026/CĐ"
    for template in ("", "{number} CĐ", "A" * 41):
        with pytest.raises(NotAllowed):
            numbering.symbol(template, 45, 2026)


# Registers


def test_a_cable_is_entered_where_it_leaves_and_where_it_comes() -> None:
    out = register.outgoing(CABLE, 2026, 45, DTG + 60)
    come = register.incoming(CABLE, 2026, 112, DTG + 600, "Lê Văn Cường")

    assert out.register is Register.OUT
    assert out.peers == CABLE.action_to + CABLE.info_to
    assert out.subject == CABLE.subject
    assert out.signed_for == ""
    assert come.register is Register.IN
    assert come.peers == (CABLE.origin,)
    assert come.signed_for == "Lê Văn Cường"
    for line in (out, come):
        assert register.decode(register.encode(line)) == line


def test_a_top_secret_subject_is_not_written_without_consent() -> None:
    assert register.subject_of(FULL_CABLE) == NO_SUBJECT
    assert register.subject_of(replace(FULL_CABLE, subject_in_register=True)) == FULL_CABLE.subject
    assert register.subject_of(replace(CABLE, subject_in_register=False)) == CABLE.subject


def test_a_correction_is_a_new_line() -> None:
    wrong = register.outgoing(CABLE, 2026, 45, DTG)

    right = register.correction(wrong, 46, DTG + 60, "Sửa số bản: 3")

    assert (right.line, right.corrects, right.note) == (46, 45, "Sửa số bản: 3")
    assert right.cable_id == wrong.cable_id


def test_every_column_is_in_the_chain() -> None:
    line = register.incoming(CABLE, 2026, 112, DTG + 600, "Cường")
    changes: dict[str, object] = {
        "register": Register.OUT,
        "year": 2027,
        "line": 113,
        "at": 0,
        "cable_id": bytes(16),
        "number": 46,
        "symbol": "46/CĐ",
        "mrn": "26 PARIS 046",
        "dated": 0,
        "degree": Degree.TOP_SECRET,
        "urgency": Urgency.FLASH,
        "subject": "Khác",
        "peers": (StationId(9),),
        "copies": 3,
        "pages": 9,
        "signed_for": "Dung",
        "note": "x",
        "corrects": 1,
    }
    assert set(changes) == set(line.__slots__)
    original = register.encode(line)

    for name, value in changes.items():
        changed = replace(line, **{name: value})  # type: ignore[arg-type]  # names from the table
        assert register.encode(changed) != original


@pytest.mark.parametrize("data", [b"", b"\x80", b"\x92" + b"\0" * 18])
def test_bytes_that_are_no_line_are_refused(data: bytes) -> None:
    with pytest.raises(FormatError):
        register.decode(data)


# Receipts


def test_no_rung_is_shown_on_weaker_evidence_than_it_needs() -> None:
    for level, evidence in ((level, evidence) for level in ReceiptLevel for evidence in Evidence):
        needs = Evidence.STATION_SIGNATURE if level <= ReceiptLevel.DECIPHERED else Evidence.PERSON_SIGNATURE
        assert receipts.proves(evidence, level) == (evidence >= needs)
        if evidence >= needs:
            assert receipts.climb(None, level, evidence) is level
        else:
            with pytest.raises(NotAllowed):
                receipts.climb(None, level, evidence)


def test_the_ladder_is_climbed_and_not_descended() -> None:
    person = Evidence.PERSON_SIGNATURE

    assert receipts.climb(ReceiptLevel.READ, ReceiptLevel.ARRIVED, person) is ReceiptLevel.READ
    assert receipts.climb(ReceiptLevel.READ, ReceiptLevel.DONE, person) is ReceiptLevel.DONE
    assert receipts.climb(ReceiptLevel.REFUSED, ReceiptLevel.DONE, person) is ReceiptLevel.REFUSED


def test_the_machine_answers_for_the_machine_only() -> None:
    automatic = {level for level in ReceiptLevel if receipts.may_be_automatic(level)}

    assert automatic == {ReceiptLevel.ARRIVED, ReceiptLevel.DECIPHERED}


def test_the_numbers_of_the_national_exchange_are_kept() -> None:
    assert {level.name: rung.exchange for level, rung in LADDER.items() if rung.exchange} == {
        "ARRIVED": "01",
        "REFUSED": "02",
        "REGISTERED": "03",
        "ASSIGNED": "04",
        "IN_PROGRESS": "05",
        "DONE": "06",
    }


# Deadlines

POLICY = DeadlinePolicy()


@pytest.mark.parametrize(
    ("urgency", "arrived", "registered"),
    [
        (Urgency.FLASH, 600, 1_800),
        (Urgency.IMMEDIATE, 1_800, 7_200),
        (Urgency.PRIORITY, 10_800, 28_800),
    ],
)
def test_receipts_are_due_by_urgency(urgency: Urgency, arrived: int, registered: int) -> None:
    due = deadlines.expected(urgency, DTG, None, POLICY)
    assert due == Expected(ReceiptLevel.ARRIVED, DTG + arrived)
    due = deadlines.expected(urgency, DTG, ReceiptLevel.DECIPHERED, POLICY)
    assert due == Expected(ReceiptLevel.REGISTERED, DTG + registered)


def test_a_routine_cable_has_until_the_end_of_the_next_working_day() -> None:
    friday = at("2026-08-07T09:00:00")

    assert deadlines.expected(Urgency.ROUTINE, friday, None, POLICY) == Expected(ReceiptLevel.ARRIVED, friday + 86_400)
    assert deadlines.expected(Urgency.ROUTINE, friday, ReceiptLevel.ARRIVED, POLICY) == Expected(
        ReceiptLevel.REGISTERED, at("2026-08-11T00:00:00")
    )


def test_a_post_that_rests_on_friday_and_saturday_works_on_sunday() -> None:
    thursday = at("2026-08-06T09:00:00")

    assert deadlines.end_of_next_working_day(thursday, frozenset((4, 5))) == at("2026-08-10T00:00:00")


def test_a_week_without_work_ends_the_search() -> None:
    assert deadlines.end_of_next_working_day(0, frozenset(range(7))) == 2 * 86_400


@pytest.mark.parametrize("reached", [ReceiptLevel.REGISTERED, ReceiptLevel.DONE, ReceiptLevel.REFUSED])
def test_nothing_is_due_once_a_person_answered(reached: ReceiptLevel) -> None:
    assert deadlines.expected(Urgency.FLASH, DTG, reached, POLICY) is None
    assert not deadlines.is_overdue(Urgency.FLASH, DTG, reached, POLICY, DTG + 10**9)


def test_overdue_begins_after_the_time_and_not_with_it() -> None:
    assert not deadlines.is_overdue(Urgency.FLASH, DTG, None, POLICY, DTG + 600)
    assert deadlines.is_overdue(Urgency.FLASH, DTG, None, POLICY, DTG + 601)


# Retention


@pytest.mark.parametrize(
    ("degree", "until"),
    [
        (Degree.UNCLASSIFIED, None),
        (Degree.CONFIDENTIAL, "2036-08-05T12:00:00"),
        (Degree.SECRET, "2046-08-05T12:00:00"),
        (Degree.TOP_SECRET, "2056-08-05T12:00:00"),
    ],
)
def test_a_secret_is_protected_for_the_years_of_its_degree(degree: Degree, until: str | None) -> None:
    expected = None if until is None else at(until)

    assert retention.protect_until(degree, DTG, RetentionPolicy()) == expected


def test_a_protection_from_a_leap_day_ends_on_the_last_of_february() -> None:
    leap = at("2028-02-29T08:00:00")

    assert retention.protect_until(Degree.CONFIDENTIAL, leap, RetentionPolicy()) == at("2038-02-28T08:00:00")
    assert retention.protect_until(Degree.SECRET, leap, RetentionPolicy()) == at("2048-02-29T08:00:00")


def test_a_shorter_protection_is_allowed_and_a_longer_is_not() -> None:
    policy = RetentionPolicy()
    latest = retention.protect_until(Degree.SECRET, DTG, policy)
    assert latest is not None

    assert retention.is_allowed(Degree.SECRET, DTG, DTG + 1, policy)
    assert retention.is_allowed(Degree.SECRET, DTG, latest, policy)
    assert not retention.is_allowed(Degree.SECRET, DTG, latest + 1, policy)
    assert not retention.is_allowed(Degree.SECRET, DTG, DTG, policy)
    assert not retention.is_allowed(Degree.UNCLASSIFIED, DTG, DTG + 1, policy)


def test_the_office_is_reminded_before_the_end() -> None:
    assert retention.reminders(at("2036-08-05T00:00:00"), RetentionPolicy()) == (
        at("2036-05-07T00:00:00"),
        at("2036-06-06T00:00:00"),
    )


# Totals


@pytest.mark.parametrize(
    ("body", "pages"),
    [("", 1), ("a", 1), ("\n" * 44, 1), ("\n" * 45, 2), ("a" * 80 * 45, 1), ("a" * (80 * 45 + 1), 2)],
)
def test_pages_of_a_text_are_counted(body: str, pages: int) -> None:
    assert totals.body_pages(body) == pages


def test_the_receiver_recounts() -> None:
    assert totals.recount(CABLE)
    assert totals.recount(FULL_CABLE)
    assert not totals.recount(replace(CABLE, pages=2))
    assert not totals.recount(replace(FULL_CABLE, documents=2))
    assert not totals.recount(replace(FULL_CABLE, annexes=FULL_CABLE.annexes[:1]))


# Signatures


def person(number: int, name: str) -> Signatory:
    return Signatory(PersonId(number), name, "", DTG)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (person(1, "An"), person(1, "Bình"), True),
        (person(1, "An"), person(2, "An"), False),
        (person(0, "Nguyễn  Thị An"), person(1, "NGUYÊN THỊ An "), True),
        (person(0, "An"), person(0, "Bình"), False),
    ],
)
def test_a_person_is_told_by_number_or_else_by_name(one: Signatory, other: Signatory, same: bool) -> None:
    assert clearance.same_person(one, other) is same


def test_duties_are_separated_from_secret_upward() -> None:
    drafter = RELEASER

    assert clearance.separation(Degree.CONFIDENTIAL, drafter, RELEASER, None) == ()
    assert clearance.separation(Degree.SECRET, drafter, RELEASER, None) == (Objection.RELEASER_IS_DRAFTER,)
    assert clearance.separation(Degree.TOP_SECRET, drafter, RELEASER, None) == (
        Objection.RELEASER_IS_DRAFTER,
        Objection.NO_SECOND_PERSON,
    )
    assert clearance.separation(Degree.TOP_SECRET, person(9, "x"), RELEASER, RELEASER) == (
        Objection.SECOND_IS_RELEASER,
    )


def test_a_cable_is_judged_as_a_draft_is() -> None:
    refused = replace(FULL_CABLE, clearers=(replace(FULL_CABLE.clearers[0], approved=False),))

    assert clearance.objections(FULL_CABLE) == ()
    assert clearance.objections(refused) == (Objection.CLEARANCE_REFUSED,)
    assert clearance.objections(replace(FULL_CABLE, second_person=None)) == (Objection.NO_SECOND_PERSON,)
