"""The chain between two stations names what is missing and knows a clone."""

from dataclasses import replace
from hashlib import sha256
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secmsg.errors import FormatError, NotAllowed
from secmsg.office import continuity
from secmsg.office.continuity import (
    MAX_RUNS,
    NO_HASH,
    RECENT,
    AckVerdict,
    Observation,
    Run,
    Sent,
    State,
    Void,
    acknowledgement,
    closed,
    gaps,
    gaps_up_to,
    hash_at,
    highest,
    is_used,
    judge,
    missing,
    observe,
    restarted,
    top,
)
from secmsg.wire import codec
from secmsg.wire.packet import Ack


def item_hash(serial: int, branch: str = "") -> bytes:
    return NO_HASH if serial == 0 else sha256(f"{serial}{branch}".encode()).digest()


def see(state: State, *serials: int) -> tuple[State, list[Observation]]:
    seen = []
    for serial in serials:
        state, observation = observe(state, serial, item_hash(serial - 1), item_hash(serial))
        seen.append(observation)
    return state, seen


def test_items_in_order_leave_no_gap() -> None:
    state, seen = see(State(), 1, 2, 3)

    assert seen == [Observation.IN_ORDER] * 3
    assert state == State(3, item_hash(3), (item_hash(1), item_hash(2), item_hash(3)))
    assert gaps(state) == ()


def test_seventeen_and_nineteen_arrive_and_eighteen_is_named() -> None:
    state, _ = see(State(), *range(1, 18))

    state, seen = see(state, 19)

    assert seen == [Observation.AHEAD]
    assert gaps(state) == ((18, 18),)


def test_gaps_are_ranges_and_close_from_anywhere() -> None:
    state, seen = see(State(), 1, 4, 5, 9, 8)

    assert seen == [Observation.IN_ORDER] + [Observation.AHEAD] * 4
    assert gaps(state) == ((2, 3), (6, 7))
    state, _ = see(state, 3, 7)
    assert gaps(state) == ((2, 2), (6, 6))
    state, seen = see(state, 2)
    assert seen == [Observation.IN_ORDER]
    assert state.highest == 5
    state, _ = see(state, 6)
    assert state == State(9, item_hash(9), (item_hash(9),))


def test_the_last_item_withheld_is_named_when_a_recap_passes() -> None:
    state, _ = see(State(), 1, 2, 4)

    assert gaps_up_to(state, 4) == ((3, 3),)
    assert gaps_up_to(state, 6) == ((3, 3), (5, 6))
    assert gaps_up_to(see(State(), 1)[0], 2) == ((2, 2),)
    assert gaps_up_to(State(), 0) == ()


def test_a_repeat_is_a_duplicate_wherever_it_lies() -> None:
    state, _ = see(State(), *range(1, RECENT + 10), RECENT + 20, RECENT + 21, RECENT + 22)

    again, seen = see(state, 1, RECENT, RECENT + 9, RECENT + 20, RECENT + 21, RECENT + 22)

    assert seen == [Observation.DUPLICATE] * 6
    assert again == state
    assert len(state.recent) == RECENT


@pytest.mark.parametrize("serial", [1, 3, 6, 8])
def test_another_item_under_a_known_serial_is_a_fork(serial: int) -> None:
    state, _ = see(State(), 1, 2, 3, 6, 7, 8)
    # The serials that begin or end what is known: 6 is told by its predecessor.
    previous = item_hash(serial - 1, "clone") if serial == 6 else item_hash(serial - 1)

    after, observation = observe(state, serial, previous, item_hash(serial, "clone"))

    assert observation is Observation.FORKED
    assert after == state


@pytest.mark.parametrize(
    ("serial", "previous", "own"),
    [
        (4, item_hash(3, "clone"), item_hash(4)),  # does not follow on what is there
        (9, item_hash(8, "clone"), item_hash(9)),  # does not follow on the end of a run
        (5, item_hash(4), item_hash(5, "clone")),  # is not what the run after it names
    ],
)
def test_an_item_that_does_not_join_its_neighbours_is_a_fork(serial: int, previous: bytes, own: bytes) -> None:
    state, _ = see(State(), 1, 2, 3, 6, 7, 8)

    after, observation = observe(state, serial, previous, own)

    assert observation is Observation.FORKED
    assert after == state


def test_a_forked_item_in_the_last_hole_is_found() -> None:
    state, _ = see(State(), 1, 3)

    after, observation = observe(state, 2, item_hash(1), item_hash(2, "clone"))

    assert observation is Observation.FORKED
    assert after == state


def test_the_first_item_has_no_predecessor() -> None:
    assert observe(State(), 1, b"\1" * 32, item_hash(1))[1] is Observation.FORKED


def test_more_gaps_than_are_remembered_lose_nothing_that_was_entered() -> None:
    state, _ = see(State(), *range(3, 3 + 2 * MAX_RUNS, 2))
    assert len(state.ahead) == MAX_RUNS

    after, seen = see(state, 10_000)

    assert seen == [Observation.TOO_FAR]
    assert after == state
    # An item that joins what is there still finds its place.
    assert see(state, 4)[1] == [Observation.AHEAD]
    assert see(state, 1)[1] == [Observation.IN_ORDER]


def test_a_chain_that_two_persons_opened_anew_goes_on_from_there() -> None:
    state = restarted(State(), 500, item_hash(499))

    assert see(state, 500)[1] == [Observation.IN_ORDER]
    assert observe(state, 499, item_hash(498), item_hash(499))[1] is Observation.DUPLICATE


def test_a_new_book_closes_the_gaps_of_the_old_and_keeps_what_came_before_its_opening() -> None:
    state, _ = see(State(), 1, 3, 502, 503)

    after = restarted(state, 501, b"\5" * 32)

    assert (after.highest, after.head, gaps(after)) == (500, b"\5" * 32, ((501, 501),))
    assert [(void.first, void.last) for void in after.voids] == [(2, 2)]
    assert observe(after, 501, b"\5" * 32, item_hash(501))[0].highest == 503
    assert see(after, 2)[1] == [Observation.LATE]
    assert see(after, 4)[1] == [Observation.DUPLICATE]
    for used in (1, 3, 502):
        with pytest.raises(NotAllowed):
            restarted(state, used, b"\5" * 32)


# --- closed gaps -----------------------------------------------------------------------------------------------------


def test_a_gap_that_is_closed_is_missing_no_more_and_the_chain_goes_on() -> None:
    state, _ = see(State(), 1, 2, 5, 6, 9)

    after = closed(closed(state, 7, 8), 3, 4)

    assert after == closed(closed(state, 3, 4), 7, 8)
    assert (after.highest, after.head, gaps(after), after.ahead) == (9, item_hash(9), (), ())
    assert see(after, 10)[1] == [Observation.IN_ORDER]
    assert continuity.decode(continuity.encode(after)) == after


@pytest.mark.parametrize(("first", "last"), [(3, 3), (4, 4), (1, 4), (3, 5), (5, 6), (10, 11)])
def test_only_a_whole_gap_is_closed(first: int, last: int) -> None:
    with pytest.raises(NotAllowed):
        closed(see(State(), 1, 2, 5, 6, 9)[0], first, last)


def test_what_comes_late_into_a_closed_gap_is_known_and_a_forgery_is_not() -> None:
    state = closed(see(State(), 1, 2, 6)[0], 3, 5)

    middle, seen = see(state, 4)
    assert seen == [Observation.LATE]
    assert middle.voids == (Void(3, 3, item_hash(2), item_hash(3)), Void(5, 5, item_hash(4), item_hash(5)))
    assert see(middle, 5, 3, 3) == (
        replace(state, voids=()),
        [Observation.LATE, Observation.LATE, Observation.DUPLICATE],
    )
    assert observe(state, 3, item_hash(2, "clone"), item_hash(3))[1] is Observation.FORKED
    assert observe(state, 5, item_hash(4), item_hash(5, "clone"))[1] is Observation.FORKED
    assert observe(state, 5, item_hash(4), item_hash(5), 2)[1] is Observation.FORKED


def test_more_closed_gaps_than_are_remembered_forget_the_oldest() -> None:
    state, _ = see(State(), *range(2, 2 * continuity.MAX_VOIDS + 6, 2))
    for first, last in gaps(state):
        state = closed(state, first, last)

    assert len(state.voids) == continuity.MAX_VOIDS
    assert see(state, 1)[1] == [Observation.DUPLICATE]


# --- blocks for the hand ---------------------------------------------------------------------------------------------


def test_an_item_that_keeps_a_block_stands_for_its_serials() -> None:
    state, _ = see(State(), 1)

    state, seen = observe(state, 2, item_hash(1), item_hash(2), 99)

    assert seen is Observation.IN_ORDER
    assert (state.highest, state.head, gaps(state)) == (101, item_hash(2), ())
    assert observe(state, 2, item_hash(1), item_hash(2), 99)[1] is Observation.DUPLICATE
    assert observe(state, 50, item_hash(49), item_hash(50))[1] is Observation.FORKED
    assert observe(state, 102, item_hash(2), item_hash(102))[1] is Observation.IN_ORDER


def test_a_block_that_comes_after_what_follows_it_closes_the_whole_gap() -> None:
    state, _ = observe(State(1, item_hash(1)), 102, item_hash(2), item_hash(102))
    assert gaps(state) == ((2, 101),)

    state, seen = observe(state, 2, item_hash(1), item_hash(2), 99)

    assert (seen, state.highest, gaps(state)) == (Observation.IN_ORDER, 102, ())


def test_a_block_over_an_item_that_came_is_a_fork() -> None:
    state, _ = observe(State(1, item_hash(1)), 50, item_hash(49), item_hash(50))

    assert observe(state, 2, item_hash(1), item_hash(2), 99)[1] is Observation.FORKED


def test_the_chain_is_known_at_the_serials_whose_hash_is_kept() -> None:
    state, _ = see(State(), 1, 2, 3, 6, 7)

    assert [hash_at(state, serial) for serial in (0, 1, 2, 3, 5, 7)] == [
        item_hash(serial) for serial in (0, 1, 2, 3, 5, 7)
    ]
    assert hash_at(state, 4) is hash_at(state, 6) is hash_at(state, 8) is None
    assert hash_at(see(State(), *range(1, 100))[0], 5) is None
    assert (top(state), top(State(3)), is_used(state, 4), is_used(state, 6)) == (7, 3, False, True)


def test_sending_counts_and_chains() -> None:
    sent = Sent()
    assert sent.next() == 1

    sent = sent.after(item_hash(1))

    assert sent == Sent(1, item_hash(1))
    assert sent.next() == 2


def test_an_acknowledgement_says_what_is_there_beyond_the_first_gap() -> None:
    state, _ = see(State(), 1, 2, 4, 7, 34, 35, 36)

    ack = acknowledgement(state)

    # Serial 4 is the first that a bit can stand for; 35 the last.
    assert ack == Ack(2, 1 << 31 | 1 << 28 | 1 << 1 | 1)
    assert missing(ack) == ((3, 3), (5, 6), (8, 33))
    assert acknowledgement(see(State(), 1)[0]) == Ack(1, 0)
    assert missing(Ack(1, 0)) == ()
    assert (highest(ack), highest(Ack(1, 0))) == (36 - 1, 1)


@pytest.mark.parametrize(
    ("count", "ack", "verdict"),
    [
        (5, Ack(5, 0), AckVerdict.CONSISTENT),
        (5, Ack(3, 1 << 31), AckVerdict.CONSISTENT),
        (5, Ack(6, 0), AckVerdict.ROLLED_BACK),
        (5, Ack(3, 1 << 30), AckVerdict.ROLLED_BACK),
        (0, Ack(0, 0), AckVerdict.CONSISTENT),
    ],
)
def test_a_peer_that_has_more_than_was_sent_shows_that_we_are_an_old_copy(
    count: int, ack: Ack, verdict: AckVerdict
) -> None:
    assert judge(Sent(count, item_hash(count)), ack) is verdict


@given(st.permutations(range(1, 25)), st.data())
def test_in_whatever_order_items_come_the_gaps_are_those_missing(order: list[int], data: st.DataObject) -> None:
    upto = data.draw(st.integers(0, len(order)))
    again = data.draw(st.lists(st.sampled_from(order[:upto] or [0]), max_size=5)) if upto else []

    state, seen = see(State(), *order[:upto], *again)

    there = set(order[:upto])
    named = {serial for first, last in gaps(state) for serial in range(first, last + 1)}
    assert named == set(range(1, max(there, default=0) + 1)) - there
    assert Observation.FORKED not in seen
    assert seen[upto:] == [Observation.DUPLICATE] * len(again)
    assert continuity.decode(continuity.encode(state)) == state
    shown = {serial for first, last in missing(acknowledgement(state)) for serial in range(first, last + 1)}
    assert shown == {serial for serial in named if serial <= state.highest + 33}


def test_states_are_kept() -> None:
    state, _ = see(State(), 1, 2, 5, 6, 9)

    assert continuity.decode(continuity.encode(state)) == state
    assert continuity.decode_sent(continuity.encode(Sent(7, item_hash(7)))) == Sent(7, item_hash(7))
    with pytest.raises(AssertionError):
        continuity.encode(cast("State", object()))


RUN = Run(5, 6, item_hash(4), item_hash(6))


@pytest.mark.parametrize(
    "ahead",
    [
        (replace(RUN, last=4),),
        (replace(RUN, first=3),),
        (RUN, replace(RUN, first=7, last=7)),
        (RUN, replace(RUN, first=2, last=3)),
    ],
)
def test_runs_that_touch_or_fall_are_refused(ahead: tuple[Run, ...]) -> None:
    with pytest.raises(FormatError, match="touch or fall"):
        continuity.decode(continuity.encode(State(2, item_hash(2), (), ahead)))


def test_closed_gaps_that_fall_are_refused() -> None:
    voids = (Void(5, 6, item_hash(4), item_hash(6)), Void(3, 3, item_hash(2), item_hash(3)))

    with pytest.raises(FormatError, match="closed gaps"):
        continuity.decode(continuity.encode(State(9, item_hash(9), (), (), voids)))


def test_a_kept_state_of_another_kind_is_refused() -> None:
    with pytest.raises(FormatError):
        continuity.decode(continuity.encode(Sent()))
    with pytest.raises(FormatError):
        continuity.decode_sent(continuity.encode(State()))
    with pytest.raises(FormatError):
        continuity.decode(codec.encode({0: 2}))
