"""What counts as a break of continuity, who must have seen it, and what waits until then."""

from dataclasses import replace

import pytest

from secmsg.errors import FormatError
from secmsg.ids import DeviceId, SessionId, StationId
from secmsg.office import breaks
from secmsg.office.breaks import ALONE_EVERY_S, MET_HERE, Break, Step
from secmsg.wire import codec
from secmsg.wire.cable import Degree
from secmsg.wire.handshake import ResetReason

NOW = 1_790_000_000
BREAK = Break(
    number=7, reporter=MET_HERE, station=StationId(2), device=DeviceId(3), at=NOW, ours=False, alone=False,
    reason=ResetReason.DAMAGED, generation=2, session_id=SessionId(b"s" * 16), previous=SessionId(b"p" * 16),
    follows=True, sent=412, received=219, confirm=True,
)  # fmt: skip


@pytest.mark.parametrize(
    ("last", "now", "allowed"),
    [
        (None, NOW, True),
        (NOW, NOW, False),
        (NOW, NOW + ALONE_EVERY_S - 1, False),
        (NOW, NOW + ALONE_EVERY_S, True),
        (NOW, NOW - 10, False),
        (NOW, NOW - ALONE_EVERY_S, True),
    ],
)
def test_a_machine_alone_begins_anew_once_a_day_and_a_clock_set_back_gains_nothing(
    last: int | None, now: int, allowed: bool
) -> None:
    assert breaks.may_begin_alone(last, now) is allowed


@pytest.mark.parametrize(
    ("same", "ours", "alone", "answered", "needed"),
    [
        (False, False, False, True, False),
        (True, False, False, True, True),
        (True, False, False, False, True),
        (True, True, False, False, True),
        (True, True, True, True, True),
        (True, True, True, False, False),
    ],
    ids=["new certificates", "theirs", "theirs, never used", "an officer's", "alone, in use", "alone, never answered"],
)
def test_headquarters_confirms_every_break_but_two(
    same: bool, ours: bool, alone: bool, answered: bool, needed: bool
) -> None:
    found = breaks.needs_confirmation(same_certificates=same, ours=ours, alone=alone, answered=answered)
    assert found is needed


def test_only_high_degrees_wait_and_only_until_the_confirmation() -> None:
    confirmed = replace(BREAK, confirmed_at=NOW)
    reported = replace(BREAK, reporter=StationId(4))

    assert breaks.waits([BREAK], Degree.SECRET, 2)
    assert breaks.waits([confirmed, BREAK], Degree.TOP_SECRET, 2)
    assert not breaks.waits([BREAK], Degree.CONFIDENTIAL, 2)
    assert not breaks.waits([confirmed, reported, replace(BREAK, confirm=False)], Degree.TOP_SECRET, 2)
    assert not breaks.waits([BREAK], Degree.TOP_SECRET, 4)


def test_a_break_stands_until_somebody_has_acknowledged_it() -> None:
    assert BREAK.stands
    assert replace(BREAK, confirmed_at=NOW).stands
    assert not replace(BREAK, acknowledged_at=NOW).stands


@pytest.mark.parametrize("session", [SessionId(b"s" * 16), None])
def test_a_line_of_the_register_is_read_as_it_was_written(session: SessionId | None) -> None:
    line = breaks.line(Step.ACKNOWLEDGED, replace(BREAK, session_id=session), "Nguyễn Văn An")

    assert breaks.decode(breaks.encode(line)) == line


@pytest.mark.parametrize(
    ("column", "value"),
    [
        (0, 4), (1, 0), (2, 2**16), (3, 0), (4, 0), (5, 6), (6, 2**32), (7, b"short"), (7, bytes(17)), (8, "a\nb"),
        (8, "a" * 1000),
    ],
)  # fmt: skip
def test_a_line_out_of_bounds_is_refused(column: int, value: int | bytes | str) -> None:
    columns = list(
        codec.as_array(codec.decode(breaks.encode(breaks.line(Step.BROKEN, BREAK)), max_bytes=1024), 9, 9, "")
    )
    columns[column] = value

    with pytest.raises(FormatError):
        breaks.decode(codec.encode(columns))
