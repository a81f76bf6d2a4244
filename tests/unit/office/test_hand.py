"""What goes by hand as the office keeps it: one encoding, one id for one text, and worksheets that go forward only."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secmsg.errors import FormatError, NotAllowed
from secmsg.ids import Serial, StationId
from secmsg.office import hand_cable, hand_work
from secmsg.office.hand_cable import HandCable
from secmsg.office.hand_work import FOLLOWS, Stage
from secmsg.wire import codec
from secmsg.wire.cable import Degree, Urgency

CABLE = HandCable(Serial(104), Degree.SECRET, Urgency.FLASH, 45, 1_785_931_200, "sơ tán ngay.\nđợi lệnh.")


@given(
    st.builds(
        HandCable,
        st.integers(1, 2**32 - 1).map(Serial),
        st.sampled_from(Degree),
        st.sampled_from(Urgency),
        st.integers(1, 99_999),
        st.integers(0, 2**31).map(lambda at: at - at % 60),
        st.text("aăâđ .,\nớ", min_size=1).map(lambda text: f"{text}."),
    )
)
def test_a_cable_by_hand_is_kept_as_it_came(cable: HandCable) -> None:
    assert hand_cable.decode(hand_cable.encode(cable)) == cable


@pytest.mark.parametrize(
    "changes",
    [
        {"serial": 0}, {"serial": 2**32}, {"number": 0}, {"number": 100_000}, {"dtg": 61}, {"body": ""},
        {"body": "a" * 200_001}, {"body": "một\x00hai"}, {"dtg": -60},
    ],
)  # fmt: skip
def test_what_no_cable_may_hold_is_refused(changes: dict[str, int | str]) -> None:
    with pytest.raises(FormatError):
        hand_cable.encode(replace(CABLE, **changes))  # type: ignore[arg-type]  # a test names the fields it changes


@pytest.mark.parametrize("spoilt", [{0: 2}, {2: 9}, {3: 4}, {7: 1}])
def test_bytes_that_are_not_the_one_encoding_are_refused(spoilt: dict[int, int]) -> None:
    fields = codec.decode(hand_cable.encode(CABLE), max_bytes=2**12)
    assert isinstance(fields, dict)

    with pytest.raises(FormatError):
        hand_cable.decode(codec.encode({**fields, **spoilt}))


def test_the_id_rests_on_everything_that_travelled_and_on_both_ends() -> None:
    ends = StationId(2), StationId(1)
    others = [
        replace(CABLE, **changes)
        for changes in (
            {"degree": Degree.CONFIDENTIAL}, {"urgency": Urgency.ROUTINE}, {"number": 46},
            {"dtg": CABLE.dtg + 60}, {"body": "sơ tán ngày.\nđợi lệnh."},
        )
    ]  # fmt: skip
    seen = {hand_cable.identity(CABLE, *ends), hand_cable.identity(CABLE, *reversed(ends))}

    assert hand_cable.identity(CABLE, *ends).hex().startswith("0002000102030000002d000000006a7325c0")
    assert len(seen | {hand_cable.identity(each, *ends) for each in others}) == 2 + len(others)


def test_a_cable_enciphered_anew_under_another_serial_is_the_same_cable() -> None:
    ends = StationId(2), StationId(1)

    assert hand_cable.identity(CABLE, *ends) == hand_cable.identity(replace(CABLE, serial=Serial(200)), *ends)


@pytest.mark.parametrize(
    ("serial", "known"),
    [(1, 0), (7, 0), (99_999, 99_998), (100_000, 99_999), (100_000, 100_010), (99_999, 100_003), (250_001, 249_000)],
)
def test_five_figures_say_any_serial_that_is_near(serial: int, known: int) -> None:
    heard = hand_cable.spoken(Serial(serial))

    assert 1 <= heard <= 99_999
    assert hand_cable.nearest(heard, known) == serial


def test_nothing_of_the_text_is_in_its_picture() -> None:
    assert "sơ tán" not in repr(CABLE)


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("to", Stage)
def test_a_worksheet_goes_forward_only(stage: Stage, to: Stage) -> None:
    if to is stage or to in FOLLOWS[stage]:
        assert hand_work.move(stage, to) is to
    else:
        with pytest.raises(NotAllowed):
            hand_work.move(stage, to)
