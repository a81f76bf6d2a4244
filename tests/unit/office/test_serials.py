"""Recaps: when they go, what they prove, and when their absence is an alarm."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secmsg.errors import FormatError
from secmsg.office import serials
from secmsg.office.continuity import NO_HASH, Sent, State, observe
from secmsg.office.serials import Conflict, Finding, Watch
from secmsg.wire import codec
from secmsg.wire.service import Posture, Ranges, Recap
from tests.unit.office.test_continuity import item_hash, see

DAY = 86_400
NOON = 1_790_000_000 // DAY * DAY + DAY // 2


def recap(sent: int, received: int, branch: str = "", within_s: int = DAY) -> Recap:
    return Recap(sent, received, item_hash(sent, branch), item_hash(received, branch), 7, b"r" * 32, within_s)


# --- when ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("every", "hours"), [(DAY, [2]), (21_600, [2, 8, 14, 20]), (3_600, list(range(24)))])
def test_recaps_go_at_the_agreed_hour_and_from_there_as_often_as_the_posture_says(every: int, hours: list[int]) -> None:
    watch, told = Watch(since=NOON - DAY * 3), []
    for minute in range(0, DAY, 600):
        now = NOON // DAY * DAY + minute
        if serials.recap_due(watch, now, every, 2):
            told.append(minute // 3_600)
            watch = replace(watch, told_at=now)

    # The first may still be owed from the day before.
    assert told[-len(hours) :] == hours
    assert len(told) <= len(hours) + 1


def test_a_clock_that_was_set_back_does_not_put_a_recap_off() -> None:
    assert serials.recap_due(Watch(since=0, told_at=NOON + DAY), NOON, DAY, 2)
    assert not serials.recap_due(Watch(since=0, told_at=NOON), NOON, DAY, 2)
    assert not serials.recap_due(Watch(since=NOON), NOON + 60, DAY, 2)


def test_the_posture_chooses_the_interval() -> None:
    assert [serials.every_s(each, (3, 2, 1)) for each in Posture] == [3, 2, 1]


def test_silence_is_an_alarm_after_half_an_interval_more() -> None:
    watch = serials.take(Watch(since=0), recap(0, 0, within_s=3_600), NOON, NOON + 5)

    assert serials.overdue_at(watch) == NOON + 5_400
    assert not serials.is_silent(watch, NOON + 5_399)
    assert serials.is_silent(watch, NOON + 5_400)
    assert serials.is_silent(Watch(since=NOON), NOON + DAY * 3 // 2)


def test_a_recap_dated_into_the_future_keeps_no_alarm_away() -> None:
    watch = serials.take(Watch(since=0), recap(0, 0), NOON + 10 * DAY, NOON)

    assert watch.recap_at == NOON
    assert serials.take(watch, recap(9, 9), NOON - 1, NOON + 1) == watch


# --- what it says ----------------------------------------------------------------------------------------------------


def test_a_recap_states_both_heads_the_directory_and_what_is_missing() -> None:
    state, _ = see(State(), 1, 2, 5)

    said = serials.recap(Sent(4, item_hash(4)), state, (9, b"r" * 32), 3_600)

    assert said == Recap(4, 2, item_hash(4), item_hash(2), 9, b"r" * 32, 3_600, ((3, 4),))
    assert said.whole
    assert serials.recap(Sent(), State(), (9, b"r" * 32), 1).sent_head == NO_HASH


def test_equal_transcripts_agree_up_to_both_serials() -> None:
    state, _ = see(State(), 1, 2, 3)

    findings, watch = serials.compare(recap(3, 5), state, Sent(8, item_hash(8)), item_hash(5), Watch(since=0))

    assert findings == ()
    assert (watch.agreed_in, watch.agreed_out) == (3, 5)
    # An older one takes nothing back.
    _, later = serials.compare(recap(2, 4), state, Sent(8, item_hash(8)), item_hash(4), watch)
    assert later == watch


def test_a_head_that_differs_names_the_serials_since_both_last_agreed() -> None:
    state, _ = see(State(), 1, 2, 3)
    watch = Watch(since=0, agreed_in=1, agreed_out=3)

    findings, after = serials.compare(recap(3, 5, "clone"), state, Sent(8, item_hash(8)), item_hash(5), watch)

    assert findings == (Finding(Conflict.THEIR_CHAIN, 2, 3), Finding(Conflict.OUR_CHAIN, 4, 5))
    assert after == watch


def test_what_lies_beyond_a_gap_is_their_own_word_and_agrees_with_nothing() -> None:
    state, _ = see(State(), 1, 4)

    findings, watch = serials.compare(recap(3, 0), state, Sent(), NO_HASH, Watch(since=0))

    assert (findings, watch.agreed_in) == ((), 0)


def test_what_is_not_known_any_more_is_not_compared() -> None:
    state, _ = see(State(), *range(1, 100))

    findings, watch = serials.compare(recap(2, 2, "clone"), state, Sent(8, item_hash(8)), None, Watch(since=0))

    assert (findings, watch) == ((), Watch(since=0))


def test_more_than_was_given_is_an_old_copy_of_ours_also_in_an_older_recap() -> None:
    rolled = Finding(Conflict.ROLLED_BACK, 3, 9)

    assert serials.compare(Recap(0, 9), State(), Sent(2, item_hash(2)), None, Watch(since=0))[0] == (rolled,)
    assert serials.compare(recap(0, 9), State(), Sent(2, item_hash(2)), item_hash(9, "x"), Watch(since=0))[0] == (
        rolled,
    )


def test_an_older_recap_is_taken_with_its_two_serials() -> None:
    watch = serials.take(Watch(since=0, silent_at=5), Recap(4, 3), NOON, NOON)

    assert (watch.their_sent, watch.their_received, watch.promised_s, watch.silent_at) == (4, 3, DAY, 0)
    assert serials.compare(Recap(4, 0), State(), Sent(), NO_HASH, watch) == ((), watch)


def test_what_they_lack_is_named_until_they_have_it() -> None:
    watch = replace(Watch(since=0), lacking=((4, 5), (9, 9)), their_missing=((6, 6),))

    assert serials.unconfirmed(watch, Sent(7, item_hash(7))) == ((4, 6),)
    after = serials.take(watch, recap(0, 7), NOON, NOON)
    assert (after.lacking, after.their_missing) == (((9, 9),), ())


def test_serials_are_written_as_one_or_as_a_range() -> None:
    assert (serials.span(3, 3), serials.span(3, 5)) == ("serial 3", "serials 3 to 5")


RANGES = st.lists(st.tuples(st.integers(1, 60), st.integers(0, 9)).map(lambda pair: (pair[0], sum(pair))), max_size=8)


@given(RANGES, RANGES)
def test_ranges_are_joined_and_taken_out_as_sets_are(
    some: list[tuple[int, int]], others: list[tuple[int, int]]
) -> None:
    def members(ranges: list[tuple[int, int]] | Ranges) -> set[int]:
        return {each for first, last in ranges for each in range(first, last + 1)}

    joined = serials.merged(some, 40)

    assert members(joined) == {each for each in members(some) if each <= 40}
    assert all(first > last + 1 for (_, last), (first, _) in pairwise(joined))
    assert members(serials.without(some, others)) == members(some) - members(others)


# --- kept ------------------------------------------------------------------------------------------------------------


def test_a_watch_is_kept() -> None:
    watch = Watch(1, 2, 3, 4, 5, 6, 7, ((8, 9),), 10, 11, 12, b"r" * 32, 13, ((14, 15), (17, 17)))

    assert serials.decode(serials.encode(watch)) == watch
    assert serials.decode(serials.encode(Watch(since=0))) == Watch(since=0)
    with pytest.raises(FormatError):
        serials.decode(codec.encode({0: 2}))
    with pytest.raises(FormatError):
        serials.decode(serials.encode(replace(watch, promised_s=0)))


def test_a_block_for_the_hand_counts_in_both_heads() -> None:
    sent = Sent(3, item_hash(3)).after(item_hash(4), 100)
    state, _ = see(State(), 1, 2, 3)
    state, _ = observe(state, 4, item_hash(3), item_hash(4), 100)

    findings, watch = serials.compare(
        Recap(104, 0, item_hash(4), NO_HASH, 1, b"r" * 32, 1), state, Sent(), NO_HASH, Watch(since=0)
    )

    assert sent == Sent(104, item_hash(4))
    assert (findings, watch.agreed_in) == ((), 104)
