"""A process that dies at any statement of a release by hand loses no cable, burns no number, gives no page twice."""

import shutil
from pathlib import Path

import pytest

from secmsg.office.materials import Item
from secmsg.office.pad_pages import PageState
from secmsg.station.station import Station
from secmsg.station.views import Register
from secmsg.store import materials as rows
from secmsg.store import numbers
from tests.faults import acts, hand_acts
from tests.faults.scene import opened
from tests.helpers.by_hand import two_ends
from tests.helpers.ministry import HQ, PARIS

KILLED = -9
POINTS = (25, 37, 39, 46, 70, 95, 105, 10_000)
"""Statements from the beginning: in the taking of the page, between, in the release, and right after it."""
SCATTERED = (50, 56, 62, 68, 74, 80)
BODY = "Xin ý kiến chỉ đạo số {number}."


@pytest.fixture
def post(tmp_path: Path) -> tuple[Path, Item]:
    with two_ends(tmp_path) as ends:
        out = ends.out
    return tmp_path / f"station-{PARIS.id}", out


def faults(station: Station, book: int, wanted: set[str]) -> list[str]:
    """Name what is not as it must be after any number of stops."""
    sent = [each for each in station.sent() if each.by_hand]
    given = sorted(each.number for each in station.sent())
    messages = station.hand.messages()
    pages = [page for each in messages for page in each.pages]
    used = {each.number for each in rows.pages(station.desk.db, book) if each.state is PageState.USED}
    lines = station.register(Register.OUT)
    found = {
        "a number is burnt": numbers.last_given(station.desk.db, 2026) != len(given),
        "a number is given twice": given != list(range(1, len(given) + 1)),
        "a cable is lost or doubled": sorted(station.read(each.cable_id).cable.body for each in sent) != sorted(wanted),
        "a page served twice": len(set(pages)) != len(pages) or len(used) != len(pages),
        "a cable has no groups": len(messages) != len(sent),
        "a register line is missing": len(lines) != len(given),
    }
    return [name for name, wrong in found.items() if wrong]


def test_a_release_by_hand_that_dies_anywhere_is_done_wholly_or_goes_on(post: tuple[Path, Item]) -> None:
    home, book = post
    wanted = set()
    for number, point in enumerate(POINTS):
        body = BODY.format(number=number)
        order = (home, int(HQ.id), book.number, body)
        assert acts.ended(hand_acts.release, *order, point, "honest") == KILLED
        with opened(home) as station:
            done = body in {station.read(each.cable_id).cable.body for each in station.sent() if each.by_hand}
            written = [each for each in station.hand.worksheets() if not each.mrn]
            assert done or len(written) == 1, "what was written is there after the stop"
        if not done:
            assert acts.ended(hand_acts.release, *order, None, "honest") == 0
        wanted.add(body)

    with opened(home) as station:
        assert faults(station, book.number, wanted) == []


def test_a_release_by_hand_without_its_transaction_is_seen(post: tuple[Path, Item]) -> None:
    # The control: the same kills and the same count see the mistake, wherever the release begins by now.
    home, book = post

    assert any(scattered(home, book, point) for point in SCATTERED)


def scattered(home: Path, book: Item, point: int) -> list[str]:
    """Kill a release that commits each statement by itself, on a copy of the store, and name what is wrong then."""
    copy = home.parent / f"at-{point}"
    shutil.copytree(home, copy)
    body = BODY.format(number=0)
    order = (copy, int(HQ.id), book.number, body)
    assert acts.ended(hand_acts.release, *order, point, "scattered") == KILLED
    if acts.ended(hand_acts.release, *order, None, "honest") != 0:
        return ["nothing can be released after it"]
    with opened(copy) as station:
        return faults(station, book.number, {body})
