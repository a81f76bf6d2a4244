"""The table of channels: who carries, when the next one does, and why another is not used."""

from dataclasses import replace

import pytest

from secmsg.config import ChannelCap, ChannelRule, Channels, Mode
from secmsg.office import channels as rules
from secmsg.office.channels import Channel, ChannelKind, Choice, Load, Why
from secmsg.wire.cable import Degree, Urgency

T = 1_000_000
MAIN = Channel("Kênh chính", ChannelKind.RELAY)
SECOND = Channel("Kênh thay thế 1", ChannelKind.RELAY)
THIRD = Channel("Kênh thay thế 2", ChannelKind.RELAY)
FOURTH = Channel("Kênh thay thế 3", ChannelKind.RELAY)
POUCH = Channel("Túi thư", ChannelKind.POUCH)
ALL = (MAIN, SECOND, POUCH)
NONE = (None, None, None)


def load(urgency: Urgency, degree: Degree = Degree.CONFIDENTIAL) -> Load:
    return Load(urgency, degree, T)


def choose(
    cargo: Load,
    channels: tuple[Channel, ...] = ALL,
    taken: tuple[int | None, ...] = NONE,
    *,
    after: int = 0,
    policy: Channels = Channels(),  # noqa: B008 - frozen
) -> tuple[Choice, ...]:
    return rules.choose(policy, cargo, channels, taken, T + after)


def test_flash_goes_to_three_at_once_and_to_the_fourth_when_no_receipt_comes() -> None:
    four = (MAIN, SECOND, THIRD, FOURTH, POUCH)
    flash = load(Urgency.FLASH)

    at_once = choose(flash, four, (None,) * 5)
    taken = choose(flash, four, (T, T + 1, T + 2, None, None), after=10)
    late = choose(flash, four, (T, T + 1, T + 2, None, None), after=62)

    assert [each.why for each in at_once] == [Why.NOW, Why.NOW, Why.NOW, Why.AFTER_OTHERS, Why.BY_HAND]
    assert at_once[3].at == T + 60
    assert taken[3] == Choice(Why.HELD_ELSEWHERE, T + 62)
    assert [each.why for each in late[:4]] == [Why.HOLDS, Why.HOLDS, Why.HOLDS, Why.NOW]


def test_one_that_took_flash_keeps_no_other_of_the_three_back() -> None:
    assert choose(load(Urgency.FLASH), taken=(T, None, None))[1] == Choice(Why.NOW)


def test_a_receipt_is_waited_for_three_round_trips_when_that_is_longer() -> None:
    four = tuple(replace(each, round_trip_s=40.0) for each in (MAIN, SECOND, THIRD, FOURTH))

    assert choose(load(Urgency.FLASH), four, (T, T, T, None))[3] == Choice(Why.HELD_ELSEWHERE, T + 120)


def test_immediate_gives_the_first_a_head_start_of_ten_seconds_or_two_round_trips() -> None:
    quick = choose(load(Urgency.IMMEDIATE))
    slow = choose(load(Urgency.IMMEDIATE), (replace(MAIN, round_trip_s=9.0), SECOND, POUCH))

    assert quick == (Choice(Why.NOW), Choice(Why.AFTER_OTHERS, T + 10), Choice(Why.BY_HAND))
    assert slow[1] == Choice(Why.AFTER_OTHERS, T + 18)
    assert choose(load(Urgency.IMMEDIATE), after=10)[1] == Choice(Why.NOW)


@pytest.mark.parametrize(("urgency", "patience"), [(Urgency.PRIORITY, 1_800), (Urgency.ROUTINE, 14_400)])
def test_others_go_one_after_the_other(urgency: Urgency, patience: int) -> None:
    assert [each.why for each in choose(load(urgency))] == [Why.NOW, Why.AFTER_OTHERS, Why.BY_HAND]
    assert choose(load(urgency))[1].at == T + 60
    # One that says it holds the cable and brings no receipt does not keep it for ever.
    assert choose(load(urgency), taken=(T, None, None)) == (
        Choice(Why.HOLDS),
        Choice(Why.HELD_ELSEWHERE, T + patience),
        Choice(Why.BY_HAND),
    )
    assert choose(load(urgency), taken=(T, None, None), after=patience)[1] == Choice(Why.NOW)


def test_several_that_could_help_are_used_one_after_the_other() -> None:
    taken = (T, None, None)

    choices = choose(load(Urgency.ROUTINE), (MAIN, SECOND, THIRD), taken)

    assert [each.at for each in choices] == [None, T + 14_400, T + 28_800]


def test_a_channel_that_is_down_keeps_no_other_back_and_is_tried_all_the_same() -> None:
    choices = choose(load(Urgency.ROUTINE), (replace(MAIN, down=True), SECOND, POUCH))

    assert choices[:2] == (Choice(Why.NOW), Choice(Why.NOW))


def test_what_lies_in_a_bag_keeps_no_relay_back() -> None:
    choices = choose(load(Urgency.ROUTINE), taken=(None, None, T))

    assert [each.why for each in choices] == [Why.NOW, Why.AFTER_OTHERS, Why.HOLDS]


def test_a_receipt_ends_it_everywhere() -> None:
    choices = choose(replace(load(Urgency.FLASH), proven=True), taken=(T, None, None))

    assert [each.why for each in choices] == [Why.PROVEN, Why.PROVEN, Why.PROVEN]


def test_one_switched_off_is_not_used_and_the_next_takes_its_turn() -> None:
    choices = choose(load(Urgency.ROUTINE), (replace(MAIN, enabled=False), SECOND, POUCH))

    assert choices[:2] == (Choice(Why.SWITCHED_OFF), Choice(Why.NOW))


def test_caps_hold_for_a_channel_by_name_and_for_a_kind() -> None:
    policy = replace(
        Channels(),
        caps=(ChannelCap("Kênh thay thế 1", Degree.CONFIDENTIAL), ChannelCap("pouch", Degree.SECRET)),
    )

    secret = choose(load(Urgency.FLASH, Degree.SECRET), policy=policy)
    top = choose(load(Urgency.FLASH, Degree.TOP_SECRET), policy=policy)
    low = choose(load(Urgency.FLASH, Degree.CONFIDENTIAL), policy=policy)

    assert [each.why for each in secret] == [Why.NOW, Why.ABOVE_CAP, Why.BY_HAND]
    assert [each.why for each in top] == [Why.NOW, Why.ABOVE_CAP, Why.ABOVE_CAP]
    assert [each.why for each in low] == [Why.NOW, Why.NOW, Why.BY_HAND]
    assert rules.cap_of(policy, MAIN) is Degree.TOP_SECRET


def test_a_row_for_a_degree_is_taken_before_the_general_one_and_names_channels_in_its_order() -> None:
    special = ChannelRule(
        0, Degree.TOP_SECRET, ("Kênh thay thế 1", "Kênh chính"), Mode.ORDERED, at_once=1, stagger_s=30, resend_s=600
    )
    policy = replace(Channels(), rules=(*Channels().rules, special))

    top = choose(load(Urgency.ROUTINE, Degree.TOP_SECRET), policy=policy)
    secret = choose(load(Urgency.ROUTINE, Degree.SECRET), policy=policy)

    assert top == (Choice(Why.AFTER_OTHERS, T + 30), Choice(Why.NOW), Choice(Why.NOT_IN_TABLE))
    assert secret[0] == Choice(Why.NOW)


def test_without_a_row_a_cable_still_goes() -> None:
    choices = choose(load(Urgency.FLASH), policy=Channels(rules=()))

    assert choices == (Choice(Why.NOW), Choice(Why.AFTER_OTHERS, T + 3_600), Choice(Why.BY_HAND))


def test_something_bulky_goes_to_one_first_and_then_to_the_others() -> None:
    bulky = replace(load(Urgency.FLASH), bulky=True)

    assert choose(bulky)[:2] == (Choice(Why.NOW), Choice(Why.AFTER_OTHERS, T + 60))
    assert choose(bulky, taken=(T, None, None))[1] == Choice(Why.NOW)
