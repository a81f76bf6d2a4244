"""The breaker of a link: how long it rests, who may try, what ends a storm of tries."""

from secmsg.config import Backoff
from secmsg.station.breaker import Breaker, Stance


def low(size: int) -> bytes:
    return bytes(size)


def high(size: int) -> bytes:
    return b"\xff" * size


def test_it_opens_with_growing_pauses_up_to_the_cap_and_an_answer_closes_it() -> None:
    breaker = Breaker(Backoff(base_s=2, cap_s=60), high)
    assert breaker.stance(0) is Stance.CLOSED

    pauses = [breaker.failed(0) for _ in range(8)]

    assert [round(pause) for pause in pauses] == [2, 4, 8, 16, 32, 60, 60, 60]
    assert breaker.stance(59) is Stance.OPEN
    assert 0 < breaker.rest(59) <= 1
    assert breaker.stance(60) is Stance.HALF_OPEN
    assert breaker.rest(60) == 0
    breaker.answered()
    assert breaker.stance(60) is Stance.CLOSED
    assert round(breaker.failed(60)) == 2


def test_pauses_are_spread_down_to_nothing() -> None:
    breaker = Breaker(Backoff(base_s=2, cap_s=60), low)

    assert breaker.failed(5) == 0
    assert breaker.stance(5) is Stance.HALF_OPEN


def test_the_officer_ends_a_rest() -> None:
    breaker = Breaker(Backoff(), high)
    breaker.failed(0)

    breaker.try_now()

    assert breaker.stance(0) is Stance.HALF_OPEN


def test_a_line_that_comes_and_goes_spends_its_budget_and_then_rests_long() -> None:
    breaker = Breaker(Backoff(base_s=1, cap_s=100, budget=3, budget_share=0.2), low)
    breaker.failed(0)
    tries = 0
    while breaker.failed(0) < 80:
        tries += 1

    assert tries == 3
    for _ in range(5):
        breaker.answered()
    breaker.failed(0)
    assert breaker.failed(0) < 80
    assert breaker.failed(0) >= 80
