"""Repeats: the window, the pauses, the three ways, and what a person must decide."""

import pytest

from secmsg.office import repeating
from secmsg.office.repeating import Answer, Step


def test_the_window_and_doubling_pauses_come_before_each_request_and_the_alarm_after_the_last() -> None:
    asked, at, steps = 0, None, []
    for minute in range(0, 300, 5):
        step = repeating.next_step(0, at, asked, minute * 60, 900, 3)
        if step is Step.ASK:
            asked, at = asked + 1, minute * 60
        if step is not Step.WAIT:
            steps.append((minute, step))

    assert steps[:4] == [(15, Step.ASK), (45, Step.ASK), (105, Step.ASK), (225, Step.ALARM)]


def test_a_clock_set_back_puts_no_request_off() -> None:
    assert repeating.next_step(1_000, None, 0, 10, 900, 3) is Step.ASK


@pytest.mark.parametrize(
    ("kept", "held", "taken", "channels", "attempt", "how"),
    [
        (False, False, 0, 2, 1, Answer.GONE),
        (True, True, 0, 2, 1, Answer.UNDER_WAY),
        (True, True, 1, 2, 1, Answer.IDENTICAL),
        (True, True, 2, 2, 1, Answer.ANEW),
        (True, True, 1, 1, 1, Answer.ANEW),
        (True, True, 1, 2, 2, Answer.ANEW),
        (True, False, 0, 2, 1, Answer.ANEW),
    ],
)
def test_the_stored_bytes_go_again_where_another_channel_can_take_them_and_else_fresh_ones(
    *, kept: bool, held: bool, taken: int, channels: int, attempt: int, how: Answer
) -> None:
    assert repeating.answer(kept=kept, held=held, taken=taken, channels=channels, attempt=attempt) is how
