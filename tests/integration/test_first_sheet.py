"""The sheet that the set-up makes brings the officer's signing key back, like every other sheet."""

from pathlib import Path

from secmsg.station import first_sheet, passphrases
from secmsg.station.passphrases import Kind
from secmsg.station.sheets import Paper
from secmsg.station.station import open_station
from secmsg.station.unlock import by_passphrase, by_recovery
from tests.helpers.backups import NEXT
from tests.helpers.ministry import FAST, HQ, KEYRING, PARIS, PASSPHRASE, draft
from tests.helpers.world import world


def test_an_officer_signs_after_coming_back_by_the_sheet_of_the_set_up(tmp_path: Path) -> None:
    with world(tmp_path / "world") as made:
        headquarters, paris = made.open(HQ), made.open(PARIS)
        made.settle(headquarters, paris)
        home, papers = made.root / "station-2", list[Paper]()
        sheet = first_sheet.make(home, paris.station.desk, by_passphrase(PASSPHRASE), FAST, keyring=KEYRING)
        made.close(paris)

        with passphrases.recovering(
            home, Kind.STATION, by_recovery(" ".join(sheet.groups)), FAST, keyring=KEYRING, clock=made.clock
        ) as recovery:
            recovery.finish(by_passphrase(NEXT), papers.append)
        station = open_station(home, by_passphrase(NEXT), FAST, keyring=KEYRING, clock=made.clock)

        assert station.release(draft(HQ.id)).number == 1
        station.close()
