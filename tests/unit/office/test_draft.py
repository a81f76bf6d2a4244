"""A draft says what it lacks; without lacks it is a cable that every receiver takes."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secmsg.errors import Incomplete
from secmsg.ids import CableId, PersonId, StationId
from secmsg.office import draft as office
from secmsg.office.draft import Draft, Lack, lacking, tidied, to_cable
from secmsg.office.retention import RetentionPolicy
from secmsg.wire import cable as wire
from secmsg.wire import slip
from secmsg.wire.cable import (
    Annex,
    Cable,
    Degree,
    LinkKind,
    Named,
    Reference,
    Signatory,
    Urgency,
)
from tests.helpers.cables import DTG
from tests.helpers.drafts import ANNEX, ATTACHMENT, COMPLETE, DRAFTS, NOW, RELEASER


def released(draft: Draft, annexes: tuple[Annex, ...] = (), releaser: Signatory = RELEASER) -> Cable:
    return to_cable(
        draft,
        cable_id=CableId(bytes(16)),
        origin=StationId(33),
        number=45,
        symbol="45/CĐ",
        mrn="26 PARIS 045",
        releaser=releaser,
        now=NOW,
        annexes=annexes,
    )


def test_a_complete_draft_lacks_nothing_and_becomes_a_cable() -> None:
    assert lacking(COMPLETE, RELEASER, NOW) == ()

    cable = released(COMPLETE, (ANNEX,))

    assert wire.decode(wire.encode(cable)) == cable
    assert cable.dtg == DTG
    assert cable.filed_at == NOW
    assert cable.documents == 2
    assert cable.pages == 3
    assert cable.urg_action == cable.urg_info == Urgency.ROUTINE
    assert cable.protect_until is not None
    assert (cable.protect_until - DTG) // (365 * 86_400) == 10
    assert cable.subject_in_register
    assert cable.drafter == Signatory(PersonId(0), "Trần Văn Bình", "Bí thư", NOW)
    assert cable.second_person is None


def test_an_empty_draft_lacks_everything_in_the_order_of_the_form() -> None:
    lacks = lacking(Draft(), RELEASER, NOW)

    assert lacks == (
        Lack.NO_DEGREE,
        Lack.NO_ADDRESSEE,
        Lack.NO_TOPIC,
        Lack.NO_SUBJECT,
        Lack.NO_BODY,
        Lack.NO_DRAFTER,
    )


def test_an_incomplete_draft_becomes_no_cable_and_says_why() -> None:
    with pytest.raises(Incomplete) as refusal:
        released(replace(COMPLETE, degree=None, urgency=None))

    assert refusal.value.lacks == (Lack.NO_DEGREE, Lack.NO_URGENCY)


LONG = "a" * 46 + "\n"
CASES: dict[str, tuple[dict[str, object], Lack]] = {
    "no degree": ({"degree": None}, Lack.NO_DEGREE),
    "no basis": ({"basis": " "}, Lack.NO_BASIS),
    "long basis": ({"basis": "a" * 201}, Lack.BASIS_TOO_LONG),
    "protection over": ({"protect_until": DTG}, Lack.BAD_PROTECTION),
    "protection too long": ({"protect_until": NOW + 11 * 366 * 86_400}, Lack.BAD_PROTECTION),
    "protection of nothing": (
        {"degree": Degree.UNCLASSIFIED, "protect_until": NOW + 99},
        Lack.BAD_PROTECTION,
    ),
    "no urgency": ({"urgency": None}, Lack.NO_URGENCY),
    "flash without reason": ({"urgency": Urgency.FLASH}, Lack.FLASH_NO_REASON),
    "flash with blank reason": (
        {"urgency": Urgency.FLASH, "urgency_reason": "ngắn" + " " * 20},
        Lack.FLASH_NO_REASON,
    ),
    "long reason": ({"urgency_reason": "a" * 301}, Lack.REASON_TOO_LONG),
    "desk-by past": ({"desk_by": NOW}, Lack.BAD_DESK_BY),
    "desk-by far": ({"desk_by": DTG + wire.DESK_BY_WITHIN_S + 1}, Lack.BAD_DESK_BY),
    "reply past": ({"reply_by": NOW - 1}, Lack.BAD_REPLY_BY),
    "reply far": ({"reply_by": DTG + wire.REPLY_BY_WITHIN_S + 1}, Lack.BAD_REPLY_BY),
    "void past": ({"void_after": 0}, Lack.BAD_VOID_AFTER),
    "void in two hundred years": ({"void_after": NOW + 200 * 366 * 86_400}, Lack.BAD_VOID_AFTER),
    "no addressee": ({"action_to": (), "named": ()}, Lack.NO_ADDRESSEE),
    "151 addressees": (
        {"action_to": tuple(map(StationId, range(100, 251))), "named": ()},
        Lack.TOO_MANY_ADDRESSEES,
    ),
    "151 for information": ({"info_to": tuple(map(StationId, range(100, 251)))}, Lack.TOO_MANY_ADDRESSEES),
    "addressee twice": ({"info_to": (StationId(1),)}, Lack.ADDRESSEE_TWICE),
    "named elsewhere": ({"named": (Named(StationId(9), ("A",), only=True),)}, Lack.BAD_NAMED),
    "named twice": ({"named": (Named(StationId(1), ("A",), only=True),) * 2}, Lack.BAD_NAMED),
    "named nobody": ({"named": (Named(StationId(1), (), only=True),)}, Lack.BAD_NAMED),
    "named nine": ({"named": (Named(StationId(1), ("A",) * 9, only=True),)}, Lack.BAD_NAMED),
    "named blank": ({"named": (Named(StationId(1), (" ",), only=True),)}, Lack.BAD_NAMED),
    "captions": ({"caption": ("A", "B", "C", "D")}, Lack.BAD_CAPTION),
    "caption twice": ({"caption": ("A", "A")}, Lack.BAD_CAPTION),
    "caption long": ({"caption": ("A" * 41,)}, Lack.BAD_CAPTION),
    "no topic": ({"topics": ()}, Lack.NO_TOPIC),
    "six topics": ({"topics": tuple("ABCDEF")}, Lack.BAD_TOPIC),
    "topic of two lines": ({"topics": ("a\nb",)}, Lack.BAD_TOPIC),
    "no subject": ({"subject": "  "}, Lack.NO_SUBJECT),
    "short subject": ({"subject": "ab "}, Lack.SUBJECT_TOO_SHORT),
    "long subject": ({"subject": "a" * 201}, Lack.SUBJECT_TOO_LONG),
    "bad reference": ({"refs": (Reference("số 12", LinkKind.REPLY),)}, Lack.BAD_REFERENCE),
    "reference twice": ({"refs": (Reference("26 BO 012", LinkKind.REPLY),) * 2}, Lack.BAD_REFERENCE),
    "21 references": (
        {"refs": tuple(Reference(f"26 BO {n:03}", LinkKind.REPLY) for n in range(21))},
        Lack.BAD_REFERENCE,
    ),
    "no body": ({"body": "\n"}, Lack.NO_BODY),
    "long body": ({"body": "a" * 200_001, "summary": "a"}, Lack.BODY_TOO_LONG),
    "no summary": ({"body": LONG * 136}, Lack.NO_SUMMARY),
    "long summary": ({"summary": "a" * 4_001}, Lack.SUMMARY_TOO_LONG),
    "65 attachments": (
        {"attachments": tuple(replace(ATTACHMENT, name=f"{n}.pdf") for n in range(65))},
        Lack.TOO_MANY_ATTACHMENTS,
    ),
    "attachment name": ({"attachments": (replace(ATTACHMENT, name="../x"),)}, Lack.BAD_ATTACHMENT_NAME),
    "attachment twice": (
        {"attachments": (ATTACHMENT, replace(ATTACHMENT, name="A.PDF"))},
        Lack.ATTACHMENT_TWICE,
    ),
    "attachment type": ({"attachments": (replace(ATTACHMENT, media_type="PDF"),)}, Lack.BAD_ATTACHMENT_TYPE),
    "attachment large": (
        {"attachments": (replace(ATTACHMENT, size=slip.MAX_CONTENT + 1),)},
        Lack.ATTACHMENT_TOO_LARGE,
    ),
    "attachment pages": ({"attachments": (replace(ATTACHMENT, pages=-1),)}, Lack.BAD_ATTACHMENT_PAGES),
    "no copies": ({"copies": 0}, Lack.BAD_COPIES),
    "100 copies": ({"copies": 100}, Lack.BAD_COPIES),
    "return past": ({"return_by": NOW}, Lack.BAD_RETURN_BY),
    "no drafter": ({"drafter_name": ""}, Lack.NO_DRAFTER),
    "long drafter": ({"drafter_title": "a" * 121}, Lack.DRAFTER_TOO_LONG),
    "releaser is drafter": (
        {"degree": Degree.SECRET, "drafter_name": "nguyễn thị  AN"},
        Lack.RELEASER_IS_DRAFTER,
    ),
    "no second person": ({"degree": Degree.TOP_SECRET}, Lack.NO_SECOND_PERSON),
    "second is releaser": (
        {"degree": Degree.TOP_SECRET, "second_person_name": "NGUYÊN thị An"},
        Lack.SECOND_IS_RELEASER,
    ),
    "blank second person": ({"second_person_name": " "}, Lack.BAD_SECOND_PERSON),
    "hidden direction in the subject": ({"subject": "abc\u202e"}, Lack.BAD_CHARACTERS),
    "tab in the body": ({"body": "a\tb"}, Lack.BAD_CHARACTERS),
    "half a pair in the title": ({"drafter_title": "\ud800"}, Lack.BAD_CHARACTERS),
}


@pytest.mark.parametrize("case", CASES)
def test_one_thing_lacking_is_the_one_thing_named(case: str) -> None:
    changes, lack = CASES[case]

    lacks = lacking(replace(COMPLETE, **changes), RELEASER, NOW)  # type: ignore[arg-type]  # names from the table

    assert lacks == (lack,)


def test_every_lack_is_reached() -> None:
    assert {lack for _, lack in CASES.values()} == set(Lack)


def test_a_releaser_may_draft_a_confidential_cable_and_is_then_numbered() -> None:
    own = replace(COMPLETE, drafter_name="Nguyễn Thị An", attachments=())

    assert released(own).drafter.person == RELEASER.person


def test_a_top_secret_cable_has_a_second_person_and_no_subject_in_the_register() -> None:
    top = replace(COMPLETE, degree=Degree.TOP_SECRET, second_person_name="Võ Minh", attachments=())

    cable = released(top)

    assert cable.second_person == Signatory(PersonId(0), "Võ Minh", "", NOW)
    assert not cable.subject_in_register
    assert released(replace(top, subject_in_register=True)).subject_in_register


def test_a_cable_that_is_not_secret_is_not_protected() -> None:
    plain = replace(COMPLETE, degree=Degree.UNCLASSIFIED, basis="", attachments=())

    assert released(plain).protect_until is None


def test_a_shorter_protection_is_kept() -> None:
    assert released(replace(COMPLETE, protect_until=NOW + 99, attachments=())).protect_until == NOW + 99


def test_a_policy_of_other_years_is_followed() -> None:
    policy = RetentionPolicy(years={Degree.CONFIDENTIAL: 1})
    late = replace(COMPLETE, protect_until=NOW + 2 * 366 * 86_400)

    assert lacking(late, RELEASER, NOW) == ()
    assert lacking(late, RELEASER, NOW, policy) == (Lack.BAD_PROTECTION,)


def test_the_longest_body_is_taken_with_a_summary() -> None:
    longest = replace(COMPLETE, body="ệ" * wire.MAX_BODY, summary="Tóm tắt", attachments=())

    assert len(released(longest).body) == 200_000


def test_pasted_text_is_tidied() -> None:
    pasted = replace(
        COMPLETE,
        basis="a\tb",
        urgency_reason="a\u200bb",
        subject="a\nb",
        body="a\r\nb\u202e",
        summary="\ufeffa",
        drafter_name="Tra\u0302\u0300n",
        drafter_title="a\u00adb",
        second_person_name="a\0b",
    )

    tidy = tidied(pasted)

    assert tidy == replace(
        COMPLETE,
        basis="a b",
        urgency_reason="ab",
        subject="a b",
        body="a\nb",
        summary="a",
        drafter_name="Trần",
        drafter_title="ab",
        second_person_name="ab",
    )


@st.composite
def nearly_complete(draw: st.DrawFn) -> Draft:
    """Draw the complete draft with a few fields of an arbitrary one."""
    wild = draw(DRAFTS)
    fields = draw(st.lists(st.sampled_from(Draft.__slots__), max_size=3))
    return replace(COMPLETE, **{field: getattr(wild, field) for field in fields})


@given(nearly_complete())
def test_a_draft_without_lacks_always_becomes_a_cable_that_can_be_sent(draft: Draft) -> None:
    if lacking(draft, RELEASER, NOW):
        with pytest.raises(Incomplete):
            released(draft)
        return
    annexes = tuple(replace(ANNEX, name=each.name, pages=each.pages) for each in draft.attachments)

    wire.encode(released(draft, annexes))


def test_the_bounds_of_attachments_keep_the_total_within_the_format() -> None:
    assert 64 * office.MAX_ATTACHMENT_PAGES + wire.MAX_BODY < wire.MAX_PAGES
