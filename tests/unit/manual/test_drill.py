"""Drills: whoever works right passes, every slip is counted under its class, and no answer is in what is shown."""

from dataclasses import replace

import pytest

from secmsg.errors import FormatError
from secmsg.manual import drill_cards, drill_faults
from secmsg.manual.decoding import decode
from secmsg.manual.drill import Ask, Card, Choice, Drill, Item, answer, score
from secmsg.manual.drill_cards import Stuff, make
from secmsg.manual.encoding import encode
from secmsg.manual.mistakes import ErrorClass
from secmsg.manual.pad import page_serial
from secmsg.manual.tag import sheet
from secmsg.manual.worksheet import enciphering
from secmsg.station import codebooks, drills
from tests.helpers.manual import AT, pages
from tests.helpers.seeded_random import seeded
from tests.helpers.trainee import Trainee

BOOK = codebooks.load()
TEXTS = drills.TEXTS.read_text("utf-8").splitlines()


def stuff(seed: int = 0) -> Stuff:
    said = encode(TEXTS[seed % len(TEXTS)], BOOK)
    training = pages(b"drill", 9_001 + seed, 1)[0]
    return Stuff(said.text, said.codes, lambda codes: decode(codes, BOOK), training, sheet(31_415), 7, AT)


def made(card: Card, seed: int = 0) -> Drill:
    return make(card, stuff(seed), seeded(f"{card}{seed}".encode()))


def worked(now: Drill, seconds: int = 30) -> Drill:
    trainee = Trainee()
    while now.question is not None:
        said = trainee.says(now.question)
        if now.question.ask is Ask.AFTER and _refused(now):
            said = Choice.REPORT
        now = answer(now, said, seconds)
    return now


def _refused(now: Drill) -> bool:
    return any(given.said == (Choice.DIFFERS,) for given in now.answers)


@pytest.mark.parametrize("text", TEXTS)
def test_the_texts_have_about_25_groups(text: str) -> None:
    assert drill_cards.MIN_GROUPS <= len(encode(text, BOOK).codes) <= 35


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("card", Card)
def test_who_works_right_passes(card: Card, seed: int) -> None:
    result = score(worked(made(card, seed)))

    assert result.passed, result
    assert result.wrong == 0
    assert result.whole


def test_the_card_of_damage_has_two_groups_garbled_and_one_missing() -> None:
    now = made(Card.DECIPHER)

    asked = now.questions[1]
    received = asked.things[1].values
    sent = next(thing.values for thing in now.questions[2].things if thing.item is Item.SENT)

    assert len(received) == len(sent) - 1
    assert len(set(sent) - set(received)) == 3


def test_a_group_that_is_not_asked_for_and_one_too_many_are_counted_apart() -> None:
    now = made(Card.DECIPHER)
    now = answer(now, now.questions[0].things[0].values[1], 5)
    right = Trainee()
    right.says(now.questions[0])
    places = right.says(now.questions[1]).split()
    spare = next(str(at) for at in range(1, 20) if str(at) not in places)

    classes = [slip.kind for slip in answer(now, " ".join((*places[1:], spare)), 5).answers[-1].slips]

    assert classes == [ErrorClass.COPY, ErrorClass.PROCEDURE]
    assert [slip.kind for slip in answer(now, "nothing", 5).answers[-1].slips].count(ErrorClass.COPY) == len(places)


def test_a_forged_tag_is_to_be_refused_and_reported_before_anything_is_read() -> None:
    forged = next(
        now
        for now in (made(Card.DECIPHER, seed) for seed in range(40))
        if not any(question.ask is Ask.PLAIN for question in now.questions)
    )

    done = worked(forged)

    assert score(done).passed
    taken = replace(done, answers=done.answers[:3])
    for said in (Choice.AGREES, Choice.REPORT):
        taken = answer(taken, said, 5)
    assert not score(taken).passed
    assert score(taken).classes == {ErrorClass.PROCEDURE: 1}


@pytest.mark.parametrize("kind", ErrorClass)
def test_one_slip_of_each_class_can_be_found_and_a_wrong_guess_counts_under_it(kind: ErrorClass) -> None:
    outgoing = made(Card.SLIPS, 3)
    hidden = next(at for at, each in enumerate(outgoing.questions) if Trainee().says(each).endswith(kind))

    only = replace(outgoing, questions=(outgoing.questions[hidden],))

    assert answer(only, "99 E1", 5).answers[-1].slips[0].kind is kind
    assert score(worked(only)).wrong == 0


def test_a_slip_in_adding_looks_like_no_other_slip() -> None:
    sheet_ = enciphering(stuff().codes, (stuff().page,), (stuff().sheet,), serial=7, at=AT)

    for seed in range(80):
        asked = drill_faults.question(sheet_, ErrorClass.SUM, seeded(f"sum {seed}".encode()))
        assert Trainee().says(asked).endswith(ErrorClass.SUM)


def test_too_slow_or_too_many_slips_is_not_passed() -> None:
    done = worked(made(Card.ENCIPHER))
    slow = worked(made(Card.ENCIPHER), seconds=1_000)
    rows = [at for at, question in enumerate(done.questions) if question.ask is Ask.GROUPS]

    def spoiled(count: int) -> Drill:
        again = replace(done, answers=())
        for at, given in enumerate(done.answers):
            words = list(given.said)
            if at in rows[:count]:
                words[0] = words[0][:4] + str((int(words[0][4]) + 1) % 10)
            again = answer(again, " ".join(words), 30)
        return again

    assert not score(slow).passed
    assert score(spoiled(1)).passed
    assert score(spoiled(1)).classes == {ErrorClass.CHECK: 1}
    assert not score(spoiled(2)).passed


def test_slips_in_rows_and_tags_have_their_class_and_show_what_was_right() -> None:
    now = made(Card.ENCIPHER)
    now = answer(now, "0204 9999 0199", 5)
    row = now.question
    assert row is not None
    right = Trainee().says(row).split()
    code, key = (next(t.values[0] for t in row.things if t.item is item) for item in (Item.CODES, Item.KEYS))
    carried = f"{int(code) + int(key):05}"[-4:]
    said = [carried + right[0][4], right[1][::-1], *right[2:]]

    slips = answer(now, " ".join(said), 5).answers[-1].slips

    assert {slip.place: slip.right for slip in slips} == {at: right[at] for at in range(2) if said[at] != right[at]}
    assert now.answers[0].slips[0].kind is ErrorClass.CODE


def test_a_group_with_another_figure_too_many_is_a_slip_of_copying() -> None:
    now = answer(made(Card.ENCIPHER), "0001", 5)
    assert now.question is not None
    right = Trainee().says(now.question).split()

    slips = answer(now, " ".join((right[0] + "7", *right[1:])), 5).answers[-1].slips

    assert [slip.kind for slip in slips] == [ErrorClass.COPY]


def test_what_has_no_form_is_not_counted() -> None:
    first = made(Card.PAGE)

    for said in ("perhaps", "", "take take"):
        with pytest.raises(FormatError):
            answer(first, said, 5)
    with pytest.raises(FormatError):
        answer(made(Card.DECIPHER), "1 2", 5)
    asking = answer(made(Card.DECIPHER), "0000", 5)
    for said in ("1 " * 201, "1" * 33):
        with pytest.raises(FormatError):
            answer(asking, said, 5)
    done = worked(first)
    with pytest.raises(LookupError):
        answer(done, "take", 5)
    with pytest.raises(FormatError):
        make(Card.PAGE, replace(stuff(), codes=("0001",)), seeded(b""))


def test_a_drill_that_is_given_up_is_not_passed() -> None:
    first = made(Card.PAGE)

    assert not score(first).passed
    assert not score(answer(first, Trainee().says(first.questions[0]), 5)).passed


def test_the_page_is_one_of_training_and_no_secret_is_in_what_is_printed_of_a_drill() -> None:
    now = worked(made(Card.DECIPHER))

    assert page_serial(now.number) > 9_000
    shown = repr(now)
    for question in now.questions:
        for thing in question.things:
            if thing.item in (Item.KEYS, Item.MASK, Item.UNITS):
                assert not any(f"'{value}'" in shown for value in thing.values)


def test_chance_is_even() -> None:
    random = seeded(b"even")

    counts = [0] * 10
    for _ in range(5_000):
        counts[drill_faults.below(random, 10)] += 1

    assert min(counts) > 400
