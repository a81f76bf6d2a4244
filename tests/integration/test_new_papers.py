"""A sheet or a share that was drawn opens nothing until it is put in force; then the ledger knows it."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from secmsg.errors import NotAllowed, WrongPassphrase
from secmsg.office.materials import Kind as Material
from secmsg.office.materials import State
from secmsg.office.person_log import Deed
from secmsg.station import passphrases
from secmsg.station.passphrases import Kind
from secmsg.station.station import Station, open_station
from secmsg.station.unlock import ByRecovery, Unlock, by_passphrase, by_share
from tests.helpers import backups
from tests.helpers.ministry import FAST, KEYRING, PARIS, PASSPHRASE
from tests.helpers.world import World, world
from tests.integration.test_persons import SECOND, add

IN_FORCE, OLDER = State.RECEIVED, State.SUPERSEDED
PIN = "58201946"


@pytest.fixture
def here(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path) as built:
        yield built


def come(built: World, unlock: Unlock, name: str = f"station-{PARIS.id}") -> Station:
    return open_station(built.root / name, unlock, FAST, keyring=KEYRING, clock=built.clock)


def sheets(station: Station) -> list[tuple[str, str, State]]:
    return [(each.name, each.holder, each.state) for each in station.pads.items() if each.kind is Material.SHEET]


def refused(built: World, unlock: Unlock) -> bool:
    try:
        come(built, unlock).close()
    except WrongPassphrase:
        return True
    return False


def test_a_drawn_sheet_opens_nothing_until_it_is_put_in_force_and_stands_in_the_ledger_then(here: World) -> None:
    paris = here.open(PARIS)
    add(paris)
    here.close(paris)
    old = backups.new_sheet(here.root / f"station-{PARIS.id}", here.clock, second=SECOND)
    with closing(come(here, by_passphrase(PASSPHRASE))) as station:
        before = sheets(station)
        drawn = station.officers.draw_sheet()
        new = backups.typed(drawn.paper.text)
        station.close()
        assert (refused(here, old), refused(here, new)) == (False, True)

    with closing(come(here, by_passphrase(PASSPHRASE))) as station:
        room = station.officers
        for wrong in (None, by_passphrase(PASSPHRASE)):
            with pytest.raises(NotAllowed):
                room.put_in_force(drawn, wrong, "két số 2")
        with pytest.raises(WrongPassphrase):
            room.put_in_force(drawn, by_passphrase("khong phai cau nay"), "két số 2")
        assert sheets(station) == before
        station.close()
        assert (refused(here, old), refused(here, new)) == (False, True)

    with closing(come(here, by_passphrase(PASSPHRASE))) as station:
        station.officers.put_in_force(drawn, by_passphrase(SECOND), "  két số 2 ")
        kept = sheets(station)
        deeds = [each.line.deed for each in station.officers.record()]
    assert (refused(here, old), refused(here, new)) == (True, False)
    assert [each[2] for each in before] == [IN_FORCE]
    assert kept == [(*before[0][:2], OLDER), ("Phiếu khôi phục 1 1/1", "két số 2", IN_FORCE)]
    assert deeds[-1] is Deed.SHEET_MADE
    # The other person's key follows at the next coming, and the sheet then brings that key back too.
    come(here, by_passphrase(SECOND)).close()


def test_a_drawn_share_opens_with_its_pin_once_it_is_given_and_not_before(here: World) -> None:
    with closing(here.open(PARIS).station) as station:
        room = station.officers
        with pytest.raises(NotAllowed, match="name the second"):
            room.draw_share("Lê Minh", "")
        drawn = room.draw_share("Lê Minh", "Trần Văn Sự")
        share = by_share(backups.groups(backups.typed(drawn.paper.text)), PIN)
        with pytest.raises(NotAllowed):
            room.give_share(drawn, "Lê Minh", "Đại sứ", "12345678", "Trần Văn Sự", "két của Đại sứ")
        listed = len(room.listed())
        station.close()
        assert refused(here, share)

    with closing(come(here, by_passphrase(PASSPHRASE))) as station:
        made = station.officers.give_share(drawn, "Lê Minh", "Đại sứ", PIN, "Trần Văn Sự", "két của Đại sứ")
        assert len(station.officers.listed()) == listed + 1
        assert sheets(station)[-1] == ("Phiếu của trưởng cơ quan 1 1/1", "két của Đại sứ", IN_FORCE)
    with closing(come(here, share)) as station:
        assert station.officers.present().number == made.number
        with pytest.raises(NotAllowed, match="not listed this person"):
            station.officers.draw_sheet()


def test_the_sheet_of_a_restored_store_stands_in_the_ledger_in_the_place_of_the_old_one(
    here: World, tmp_path: Path
) -> None:
    stick = tmp_path / "usb"
    stick.mkdir()
    old = backups.new_sheet(here.root / f"station-{PARIS.id}", here.clock)
    paris = here.open(PARIS)
    backups.make(paris.station, stick)
    before = sheets(paris.station)
    here.close(paris)

    backups.restore(stick, here.root / "new", old, here.clock)

    with closing(come(here, by_passphrase(backups.NEXT), "new")) as back:
        assert sheets(back) == [(*before[0][:2], OLDER), ("Phiếu khôi phục 1 1/1", PARIS.name_vi, IN_FORCE)]


def test_after_the_sheet_was_used_the_next_one_stands_in_the_ledger(here: World) -> None:
    home = here.root / f"station-{PARIS.id}"
    here.close(here.open(PARIS))
    sheet: ByRecovery = backups.new_sheet(home, here.clock)

    with passphrases.recovering(home, Kind.STATION, sheet, FAST, keyring=KEYRING, clock=here.clock) as recovery:
        recovery.finish(by_passphrase(backups.NEXT), lambda _: None)

    with closing(come(here, by_passphrase(backups.NEXT))) as station:
        assert [each[2] for each in sheets(station)] == [OLDER, IN_FORCE]
