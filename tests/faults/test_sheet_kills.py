"""A new recovery sheet that dies anywhere is undone, or ended, or said to be in doubt until another was made."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from secmsg.crypto import hpke
from secmsg.errors import WrongPassphrase
from secmsg.station import person_keys
from secmsg.station.clocks import system_clock
from secmsg.station.station import Station, open_station
from secmsg.station.unlock import ByRecovery
from secmsg.station.views import NoticeKind
from tests.faults import acts, custody_acts
from tests.helpers import backups
from tests.helpers.ministry import FAST, KEYRING, PARIS
from tests.helpers.world import world

KILLED = -9
COMMITS, PAGES = 2, 2
TOLD = {NoticeKind.SHEET_UNDONE, NoticeKind.SHEET_ENDED, NoticeKind.SHEET_DOUBTFUL}


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """Paris, joined, whose sheet the test holds."""
    with world(tmp_path / "ministry") as built:
        yield built.root / f"station-{PARIS.id}"


def told(station: Station) -> set[NoticeKind]:
    return {each.kind for each in station.status().notices} & TOLD


def opens(home: Path, sheet: ByRecovery) -> bool:
    """Try a sheet on a copy: an opening mends the slot that it opens."""
    copy = home.with_name("tried")
    shutil.copytree(home, copy, ignore=shutil.ignore_patterns("profile.lock"))
    try:
        open_station(copy, sheet, FAST, keyring=KEYRING).close()
    except WrongPassphrase:
        return False
    finally:
        shutil.rmtree(copy)
    return True


def public(sheet: ByRecovery) -> bytes:
    return hpke.public_of(person_keys.sheet_seed(sheet.recovery))


def made_anew(home: Path, first: ByRecovery) -> None:
    """Walk the way back: the same act once more takes away what was said, and the sheets before open nothing."""
    third = backups.new_sheet(home, system_clock)
    with closing(acts.open_home(home)) as station:
        assert person_keys.sheets(station.desk.db) == (public(third),)
        assert not told(station)
    assert [opens(home, each) for each in (first, third)] == [False, True]


@pytest.mark.timeout(200)
def test_after_a_stop_the_sheet_in_force_is_the_one_that_opens_or_the_officer_is_told(home: Path) -> None:
    first = backups.new_sheet(home, system_clock)
    whole = home.with_name("whole")
    shutil.copytree(home, whole)
    assert acts.ended(custody_acts.new_sheet, home, home.with_name("paper"), 0) == 0
    writes = int(home.with_name("writes").read_text())
    assert writes > COMMITS + PAGES
    seen: set[NoticeKind] = set()

    for at in range(1, writes + 1):
        shutil.rmtree(home)
        shutil.copytree(whole, home)
        paper = home.with_name(f"paper-{at}")
        assert acts.ended(custody_acts.new_sheet, home, paper, at) == KILLED
        with closing(acts.open_home(home)) as station:
            in_force, notice = person_keys.sheets(station.desk.db), told(station)
        second = backups.typed(paper.read_text()) if paper.exists() else None
        opening = [each for each in (first, second) if each is not None and opens(home, each)]

        assert opening, at
        if NoticeKind.SHEET_DOUBTFUL in notice:
            assert set(in_force) == {public(each) for each in (first, second) if each is not None}
        else:
            assert in_force == tuple(public(each) for each in opening)
            assert (NoticeKind.SHEET_ENDED in notice) is (opening == [second])
            assert (NoticeKind.SHEET_UNDONE in notice) is (opening == [first] and at > 1)
        if new := notice - seen:
            seen |= new
            made_anew(home, first)
    assert seen == TOLD
