"""Figures of pads: uniform, mixed with dice, and refused when the source stands still in any of its ways."""

import hashlib
from collections import Counter
from collections.abc import Callable
from itertools import cycle, islice

import pytest

from secmsg.crypto import figures, randomness
from secmsg.crypto.figures import ECHO, REPEATS, SHARE, WINDOW, Fault
from secmsg.errors import CryptoError, FormatError

MANY = 30 * 490


def sound(length: int = MANY) -> str:
    """Return figures that look sound and are always the same: those of a hash, by the product's own rule."""
    stream = iter(hashlib.shake_256(b"figures").digest(4 * length))
    return figures.draw(lambda count: bytes(islice(stream, count)), length)


def test_figures_come_from_bytes_below_250_and_the_others_are_thrown_away() -> None:
    given = iter([bytes([249, 250, 255, 17, 0]) + bytes([253] * 14), bytes([9] * 16 + [251])])

    assert figures.draw(lambda _: next(given), 3) == "970"
    assert figures.draw(randomness.system, 0) == ""


def test_every_figure_is_as_likely_as_any_other() -> None:
    every = iter([bytes(range(256)) + bytes([255] * 10)])

    drawn = figures.draw(lambda _: next(every), 250)

    assert set(Counter(drawn).values()) == {25}


@pytest.mark.parametrize("give", [lambda n: b"\xff" * n, lambda n: bytes(n - 1)])
def test_a_source_that_gives_nothing_to_take_ends_in_an_error(give: Callable[[int], bytes]) -> None:
    with pytest.raises(CryptoError):
        figures.draw(give, 1_000)


def test_dice_are_added_without_carry() -> None:
    assert figures.add("90521", "19999") == "09410"
    assert figures.of_ten_sided(" 12 3\n4 ") == "1234"
    assert figures.of_six_sided("11 16 61 56 66") == "059"
    for wrong in ("12a", "１２"):
        with pytest.raises(FormatError):
            figures.of_ten_sided(wrong)
    for wrong in ("17", "111", "0"):
        with pytest.raises(FormatError):
            figures.of_six_sided(wrong)
    with pytest.raises(FormatError):
        figures.add("12", "1")


def test_all_throws_of_two_dice_give_every_figure_equally_often() -> None:
    throws = "".join(f"{one}{other}" for one in range(1, 7) for other in range(1, 7))

    assert set(Counter(figures.of_six_sided(throws)).values()) == {3}


def test_a_sound_source_raises_no_alarm_and_nothing_is_too_short_to_look_at() -> None:
    assert figures.faults(sound()) == ()
    assert figures.faults(figures.draw(randomness.system, MANY)) == ()


@pytest.mark.parametrize("stuck", ["7", "0123456789", "31415926535897932384626433832795"])
def test_a_source_that_stands_still_raises_an_alarm(stuck: str) -> None:
    assert figures.faults("".join(islice(cycle(stuck), MANY)))


def test_each_alarm_sees_its_own_fault() -> None:
    good = sound()

    assert figures.faults(good[:500] + "4" * REPEATS + good[500:]) == (Fault.STANDS,)
    assert figures.faults(good + "4" * (REPEATS - 1) + good[0]) == ()
    leaning = list(good)
    leaning[1 : 3 * SHARE : 3] = good[0] * SHARE
    assert Fault.LEANS in figures.faults("".join(leaning))
    uneven = "".join("1" if figure == "0" and not at % 3 else figure for at, figure in enumerate(good))
    assert figures.faults(uneven) == (Fault.UNEVEN,)
    assert figures.faults(good[:9_000] + good[3_000 : 3_000 + ECHO] + good[9_000:]) == (Fault.ECHO,)
    page = good[:490]
    assert Fault.ECHO in figures.faults(good + page)


def test_too_equal_numbers_and_too_many_runs_are_no_chance_either() -> None:
    found = figures.faults("0123456789" * (20 * WINDOW))

    assert {Fault.UNEVEN, Fault.RUNS, Fault.ECHO} <= set(found)
