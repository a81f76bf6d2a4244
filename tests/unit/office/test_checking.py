"""What two persons see is judged from what they counted; the record of it comes back whole, or is refused."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secmsg.errors import FormatError, NotAllowed
from secmsg.ids import StationId
from secmsg.office import checking, custody_forms, custody_record, custody_words
from secmsg.office.checking import Answer, Check, Finding, Flaw, Seen, What, Work
from secmsg.office.custody_forms import Form
from secmsg.office.custody_record import Entry, Person, Signed, Statement
from secmsg.office.materials import Kind, State

WORDS = st.text("abcđêơ 0123:;–", max_size=12).map(str.strip)
COUNT = st.integers(0, 40)
PLACE = "két số 2"
BOOK = Check("B1", What.ITEM, 3, PLACE, ("TK 1 1/2", "1", "6"), paged=True, pages=28, loose=1)
SEALED = Check("B2", What.ITEM, 4, PLACE, ("TK 2 1/2", "1", "3"), seal="NP 00417")
TOKEN = Check("B3", What.ITEM, 5, PLACE, ("Token 1 1/1", "4", "5"))
FIGURE = Check("A1", What.LEDGER, words=("23", "12345 67890"))
TOKENS = Check("D1", What.TOKENS, pages=1)
CHECKS = (FIGURE, BOOK, SEALED, TOKEN, TOKENS)


@given(pages=COUNT, loose=COUNT, due=COUNT, spare=COUNT)
def test_a_book_agrees_only_when_both_counts_do(pages: int, loose: int, due: int, spare: int) -> None:
    check = replace(BOOK, pages=due, loose=spare)
    found = checking.judge(check, Answer("B1", Seen.RIGHT, pages, loose))

    assert (found is None) == ((pages, loose) == (due, spare))
    if found is not None:
        assert found.stops
        wrong = (found.expected, found.found)
        assert wrong == ((due, pages) if pages != due else (spare, loose))


@given(seal=WORDS, due=WORDS)
def test_a_seal_is_the_same_whatever_parts_its_figures(seal: str, due: str) -> None:
    found = checking.judge(replace(SEALED, seal=due), Answer("B2", Seen.RIGHT, seal=seal))

    def plain(text: str) -> str:
        return "".join(each for each in text if each.isalnum())

    assert (found is None) == (not due or not seal or plain(seal) == plain(due))


@pytest.mark.parametrize(
    ("check", "said", "flaw"),
    [
        (TOKEN, Answer("B3", Seen.RIGHT), None),
        (TOKEN, Answer("B3", Seen.ABSENT), Flaw.ABSENT),
        (TOKEN, Answer("B3", Seen.WRONG, note="gãy"), Flaw.DIFFERS),
        (BOOK, Answer("B1", Seen.ABSENT), Flaw.ABSENT),
        (BOOK, Answer("B1", Seen.RIGHT), Flaw.PAGES),
        (BOOK, Answer("B1", Seen.RIGHT, 28), Flaw.LOOSE_PAGES),
        (SEALED, Answer("B2", Seen.RIGHT, seal="NP00418"), Flaw.SEAL),
        (SEALED, Answer("B2", Seen.RIGHT, seal="np-00417"), None),
        (FIGURE, Answer("A1", Seen.WRONG, note="khác"), Flaw.DIFFERS),
        (TOKENS, Answer("D1", Seen.RIGHT), None),
        (TOKENS, Answer("D1", Seen.WRONG, 0), Flaw.COUNT),
        (TOKENS, Answer("D1", Seen.WRONG, 1), None),
    ],
)
def test_each_answer_is_judged(check: Check, said: Answer, flaw: Flaw | None) -> None:
    found = checking.judge(check, said)

    assert (None if found is None else found.flaw) is flaw
    assert found is None or (found.code, found.item) == (check.code, check.item)
    if check.what is not What.ITEM:
        assert found is None or not found.stops


@pytest.mark.parametrize(
    ("check", "said"),
    [
        (BOOK, Answer("B1", Seen.RIGHT)),
        (BOOK, Answer("B1", Seen.WRONG, note="x")),
        (BOOK, Answer("B1", Seen.RIGHT, -1)),
        (BOOK, Answer("B1", Seen.RIGHT, 2**40)),
        (TOKENS, Answer("D1", Seen.WRONG)),
        (TOKEN, Answer("B3", Seen.WRONG)),
        (TOKEN, Answer("B3", Seen.RIGHT, note="x" * 301)),
        (TOKEN, Answer("B3", Seen.RIGHT, seal="x" * 41)),
        (TOKEN, Answer("B3", Seen.RIGHT, place="x" * 121)),
        (None, Answer("X1", Seen.WRONG, place=PLACE)),
        (None, Answer("X1", Seen.WRONG, note="USB")),
    ],
)
def test_an_answer_that_says_too_little_or_too_much_is_refused(check: Check | None, said: Answer) -> None:
    with pytest.raises(NotAllowed):
        checking.check_answer(check, said)


def test_an_answer_that_can_stand_stands() -> None:
    checking.check_answer(BOOK, Answer("B1", Seen.RIGHT, 28, 1))
    checking.check_answer(BOOK, Answer("B1", Seen.ABSENT))
    checking.check_answer(TOKENS, Answer("D1", Seen.WRONG, 0))
    checking.check_answer(None, Answer("X1", Seen.WRONG, note="USB", place=PLACE))


def test_what_lacks_and_what_differs_come_in_order() -> None:
    answers = {
        "X1": Answer("X1", Seen.WRONG, note="USB đen", place="ngăn kéo"),
        "B3": Answer("B3", Seen.ABSENT),
        "B1": Answer("B1", Seen.RIGHT, 27, 1),
    }

    assert [each.code for each in checking.lacking(CHECKS, answers)] == ["A1", "B2", "D1"]
    found = checking.findings(CHECKS, answers)
    assert [(each.code, each.flaw) for each in found] == [
        ("B1", Flaw.PAGES), ("B3", Flaw.ABSENT), ("X1", Flaw.STRANGER),
    ]  # fmt: skip
    assert found[2].note == "ngăn kéo: USB đen"


# --- what is kept and what is signed ---------------------------------------------------------------------------------

FORM = Form(1_800_000_000, 23, bytes(32), CHECKS)
STATEMENT = Statement(
    Work.HANDOVER, StationId(2), 1_800_000_000, 1_800_000_900, 23, b"h" * 32, Person("Nguyễn Văn A", "Bí thư"),
    Person("Trần Thị B"), 5, ((What.TOKENS, 1),),
    (Finding("B1", Flaw.PAGES, What.ITEM, 3, 28, 27, "góc\nrách"),),
)  # fmt: skip
SIGNED = (Signed("Nguyễn Văn A", b"r" * 48, b"s" * 3_373),)

ANSWERS = st.builds(
    Answer,
    st.sampled_from(["B1", "X9"]),
    st.sampled_from(Seen),
    st.none() | COUNT,
    st.none() | COUNT,
    WORDS,
    WORDS,
    WORDS,
)
FORMS = st.builds(
    Form, st.integers(0, 2**32), COUNT, st.binary(min_size=32, max_size=32),
    st.lists(
        st.builds(
            Check, st.sampled_from(["A1", "B12"]), st.sampled_from(What), COUNT, WORDS,
            st.lists(WORDS, max_size=3).map(tuple), st.booleans(), COUNT, COUNT, WORDS,
        ),
        max_size=4,
    ).map(tuple),
)  # fmt: skip


@given(said=ANSWERS, form=FORMS)
def test_what_is_kept_comes_back(said: Answer, form: Form) -> None:
    assert custody_forms.decode_answer(custody_forms.encode_answer(said)) == said
    assert custody_forms.decode(custody_forms.encode(form)) == form


def test_a_check_is_found_by_its_code() -> None:
    assert FORM.check("B2") is SEALED
    assert FORM.check("Z1") is None


def test_what_is_signed_comes_back() -> None:
    entry = Entry(custody_record.encode(STATEMENT), SIGNED)

    assert custody_record.decode(entry.statement) == STATEMENT
    assert custody_record.decode_entry(custody_record.encode_entry(entry)) == entry


def test_bounds_are_held() -> None:
    for wrong in (
        replace(STATEMENT, ledger_head=b"h"),
        replace(STATEMENT, first=Person("")),
        replace(STATEMENT, findings=STATEMENT.findings * 501),
        replace(STATEMENT, counts=STATEMENT.counts * 65),
        replace(STATEMENT, station=StationId(0)),
    ):
        with pytest.raises(FormatError):
            custody_record.encode(wrong)
    statement = custody_record.encode(STATEMENT)
    for bad in (Entry(statement, ()), Entry(statement, SIGNED * 3), Entry(b"\xa0", SIGNED)):
        with pytest.raises(FormatError):
            custody_record.encode_entry(bad)
    with pytest.raises(FormatError):
        custody_record.encode_entry(Entry("x", SIGNED))  # type: ignore[arg-type]
    for cut in range(0, len(statement), 7):
        with pytest.raises(FormatError):
            custody_record.decode(statement[:cut])
    with pytest.raises(FormatError):
        custody_forms.encode_answer(Answer("", Seen.RIGHT))


# --- words -----------------------------------------------------------------------------------------------------------


def test_everything_has_words_in_both_languages() -> None:
    tables = (
        (custody_words.WORKS, Work), (custody_words.RECORDS, Work), (custody_words.SIGNS, Work),
        (custody_words.KINDS, Kind), (custody_words.STATES, State), (custody_words.SEEN, Seen),
        (custody_words.SUBJECTS, What), (custody_words.FLAWS, Flaw),
    )  # fmt: skip
    for table, members in tables:
        assert set(table) == set(members)


def test_a_check_says_what_must_be_seen() -> None:
    assert custody_words.item(BOOK) == ("TK 1 1/2 · tập khóa · đang dùng", "TK 1 1/2 · pad book · in use")
    assert custody_words.expected(BOOK)[1] == "28 pages left, 1 to destroy"
    assert custody_words.expected(SEALED)[0] == "niêm phong NP 00417, còn nguyên"
    assert custody_words.expected(TOKEN) == ("còn nguyên", "whole")
    assert custody_words.expected(TOKENS) == ("1", "1")
    assert custody_words.expected(FIGURE) == ("23 · 12345 67890", "23 · 12345 67890")
    assert custody_words.expected(Check("A3", What.LAST_OUT))[1] == "the register is empty"
    assert custody_words.expected(Check("C4", What.SAMPLE_LOCK))[1].startswith("the cables are gone")
    assert custody_words.expected(Check("C5", What.SAMPLE_ORDER))[1].startswith("there is no")
    assert custody_words.expected(Check("C5", What.SAMPLE_ORDER, words=("a", "b")))[0] == "1. a; 2. b"
    assert custody_words.expected(Check("A5", What.MISSING)) == ("–", "–")


def test_what_an_officer_wrote_is_never_taken_for_a_place_in_a_sentence() -> None:
    odd = Check("C2", What.SAMPLE_BOOK, words=("1", "$0 {x} %s $$", "00308", "két"))
    found = Finding("B1", Flaw.PAGES, What.ITEM, 3, 28, 27, "$1 $x")

    assert custody_words.expected(odd)[0] == "1 · $0 {x} %s $$ · két: 00308"
    assert custody_words.finding(found)[1] == "pages left differ: 28 expected, 27 counted: $1 $x"
    assert custody_words.to_do(found)[1].endswith("compromise 3")
    other = Finding("A5", Flaw.DIFFERS, What.MISSING)
    assert custody_words.finding(other)[1] == "Serials that are missing: does not agree"
    assert "24" in custody_words.to_do(other)[1]
