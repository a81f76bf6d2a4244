"""What is asked of the index of words, and that it never lies about what it holds."""

from dataclasses import replace

import pytest

from secmsg.errors import StoreError
from secmsg.store import cables, search, search_parts
from secmsg.store.cables import Direction, KeptCable
from secmsg.store.database import Database
from secmsg.store.lists import Sieve
from secmsg.store.search import START
from secmsg.store.terms import MAX_WORDS, Term, match, parse
from secmsg.wire.cable import Degree, Urgency
from tests.unit.store.test_cables import head

SPAN = 1 << search_parts.SPAN_BITS


def keep(db: Database, number: int, text: str, **more: object) -> None:
    """Keep a cable with its words."""
    each = replace(head(number), **more)  # type: ignore[arg-type]  # fields of a head
    with db.transaction():
        cables.insert(db, KeptCable(each, b"s", None))
        search.index(db, each.cable_id, text)


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("hỏa tốc", (Term(("hoa",)), Term(("toc",), open=True))),
        ('"Hỏa tốc" đoàn', (Term(("hoa", "toc")), Term(("doan",), open=True))),
        ('đoàn "hoả tốc"', (Term(("doan",)), Term(("hoa", "toc")))),
        ("“hỏa tốc”", (Term(("hoa", "toc")),)),
        ('đoàn "hỏa tốc', (Term(("doan",)), Term(("hoa",)), Term(("toc",), open=True))),
        ("đoạn 7", (Term(("doan",)), Term(("7",)))),
        ('""', ()),
        ('" "', ()),
        ("../*", ()),
    ],
)
def test_words_phrases_and_a_beginning(typed: str, terms: tuple[Term, ...]) -> None:
    assert parse(typed) == terms


def test_a_question_of_any_length_is_bounded() -> None:
    assert sum(len(term.words) for term in parse('"a b c" ' * 100_000)) <= MAX_WORDS
    assert match(parse('x" OR words : *')) == '"x" AND "or" AND "words" *'


def test_a_phrase_is_found_in_its_order_alone(db: Database) -> None:
    keep(db, 1, "Điện Hỏa tốc")
    keep(db, 2, "tốc độ, hỏa hoạn")

    assert [i[0] for i in search.find(db, "hoa toc")] == [2, 1]
    assert [i[0] for i in search.find(db, '"hoa toc"')] == [1]
    assert [i[0] for i in search.find(db, '"toc hoa"')] == []


def test_quick_filters_are_answered_in_the_index(db: Database) -> None:
    keep(db, 1, "bien gioi", degree=Degree.SECRET, urgency=Urgency.ROUTINE)
    keep(db, 2, "bien gioi", degree=Degree.TOP_SECRET, urgency=Urgency.FLASH, annexes=2)
    keep(db, 3, "bien gioi", degree=Degree.TOP_SECRET, urgency=Urgency.PRIORITY, acknowledged_at=5)

    def found(sieve: Sieve, way: Direction | None = None) -> tuple[int, ...]:
        return search.step(db, "bien", START, 50, sieve, way).numbers

    assert found(Sieve()) == (3, 2, 1)
    assert found(Sieve(degree=Degree.TOP_SECRET)) == (3, 2)
    assert found(Sieve(urgent=True)) == (2,)
    assert found(Sieve(annexes=True)) == (2,)
    assert found(Sieve(unacknowledged=True)) == (2, 1)
    assert found(Sieve(since=1_000)) == (3, 2, 1)
    assert found(Sieve(since=1_001)) == ()
    assert found(Sieve(), Direction.OUT) == ()
    assert found(Sieve(degree=Degree.TOP_SECRET, urgent=True), Direction.IN) == (2,)
    # and a mark is no word that could be typed
    assert search.step(db, "urgent", START, 50).numbers == ()


def test_a_search_goes_part_by_part_from_the_newest_down(db: Database) -> None:
    # Given cables on both sides of a border between two parts
    keep(db, 1, "bien gioi")
    keep(db, 2, "bien gioi")
    with db.transaction():
        _jump(db, SPAN)
    keep(db, 3, "bien gioi")

    # When asked step by step
    first = search.step(db, "bien", START, 50)
    second = search.step(db, "bien", first.below, 50)

    # Then each part is one step, and the last says that nothing is left
    assert (len(first.numbers), len(second.numbers), second.below) == (1, 2, 0)
    assert search_parts.every(db) == (1, 0)
    assert [i[0] for i in search.find(db, "bien")] == [3, 2, 1]
    # and a full page goes on below its last cable
    assert search.step(db, "bien", START, 1).below == first.numbers[0]
    assert [i[0] for i in search.find(db, "bien", limit=2)] == [3, 2]
    # and the counting and the weighing walk the same way
    assert search.count_step(db, "bien", START, 10) == (1, SPAN)
    assert search.count_step(db, "bien", SPAN, 10) == (2, 0)
    assert search.weigh_step(db, "bien", SPAN, 10)[1] == 0


def _jump(db: Database, to: int) -> None:
    """Let the next local number be greater than `to`."""
    db.run(
        "INSERT INTO cables (cable_no, cable_id, direction, origin, first_to, others, number, symbol, mrn, kind, "
        "degree, urgency, subject, dtg, at, annexes, register_line, state) "
        "SELECT ?, zeroblob(16), direction, origin, first_to, others, number, symbol, mrn, kind, degree, urgency, "
        "subject, dtg, at, annexes, register_line, state FROM cables LIMIT 1",
        (to,),
    )


def test_the_closest_weighs_least(db: Database) -> None:
    keep(db, 1, "bien gioi bien gioi bien gioi")
    keep(db, 2, "bien gioi " + "dai dong " * 60)
    for number in range(3, 9):
        keep(db, number, "thuong mai")

    weights = {number: weight for weight, number in search.weigh_step(db, "bien gioi", START, 10)[0]}

    assert weights[1] < weights[2]


def test_a_fresh_store_has_a_whole_index(db: Database) -> None:
    assert search_parts.progress(db).whole
    assert search_parts.progress(db).percent == 100
    keep(db, 1, "bien gioi")
    assert search_parts.progress(db).whole
    assert search_parts.sound(db)
    with db.transaction():
        assert search_parts.check(db)


def test_an_index_begun_anew_says_how_much_is_there(db: Database) -> None:
    for number in range(1, 11):
        keep(db, number, "bien gioi")
    with db.transaction():
        search_parts.begin_anew(db)
    assert (search_parts.progress(db).whole, search_parts.progress(db).percent) == (False, 0)
    assert search.find(db, "bien") == ()

    # When four are entered, newest first, and the machine is switched off after each
    for _ in range(4):
        with db.transaction():
            ((number, cable_id),) = search_parts.missing(db, 1)
            search.index(db, cable_id, "bien gioi")
            search_parts.entered_down_to(db, number)

    # Then what is there is found and what is not is said
    assert [i[0] for i in search.find(db, "bien")] == [10, 9, 8, 7]
    assert search_parts.progress(db).percent == 40
    # and a cable that comes meanwhile is found at once
    keep(db, 11, "bien gioi")
    assert [i[0] for i in search.find(db, "bien")] == [11, 10, 9, 8, 7]
    assert not search_parts.progress(db).whole


@pytest.mark.parametrize(
    "harm",
    [
        "DELETE FROM search_1_0 WHERE rowid = 2",
        "DELETE FROM search_1_0_docsize",
        "DROP TABLE search_1_0",
        "UPDATE search_1_0_data SET block = zeroblob(8)",
        "UPDATE search_1_0_data SET block = randomblob(64)",
        "UPDATE search_rest SET rule = 0",
    ],
)
def test_an_index_that_lost_cables_is_seen(db: Database, harm: str) -> None:
    for number in range(1, 4):
        keep(db, number, "bien gioi")
    assert search_parts.sound(db)

    with db.transaction():
        db.run(harm)

    assert not search_parts.sound(db)
    with db.transaction():
        assert not search_parts.check(db)
        search_parts.begin_anew(db)
    assert search_parts.sound(db)
    assert not search_parts.progress(db).whole


def test_a_broken_index_raises_and_is_never_an_empty_list(db: Database) -> None:
    keep(db, 1, "bien gioi")
    with db.transaction():
        db.run("UPDATE search_1_0_data SET block = x'ffffffffffffffffffff' WHERE id > 1")

    with pytest.raises(StoreError):
        search.find(db, "bien")
    assert search_parts.progress(db).whole  # so whoever asks must look at the error, not at the count alone
