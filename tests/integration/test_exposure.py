"""What a lost post could have exposed, by headquarters' own books: cables, serials, shared material."""

from pathlib import Path

import pytest

from secmsg.errors import NotAllowed, NotListed
from secmsg.ids import StationId
from secmsg.office.materials import Direction
from secmsg.station import pad_drawing
from secmsg.wire.cable import Degree
from secmsg.wire.service import ReceiptLevel
from tests.helpers.ministry import HQ, PARIS, PASSPHRASE, draft
from tests.helpers.program import Program
from tests.helpers.world import Office, World


def test_the_list_is_bounded_by_what_the_post_was_sent_and_has_signed(
    ministry_world: World,
    offices: tuple[Office, Office],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    headquarters, paris = offices
    had = headquarters.release(draft(PARIS.id, subject="Về chuyến thăm", degree=Degree.SECRET))
    theirs = paris.release(draft(HQ.id))
    ministry_world.settle()
    waiting = headquarters.release(draft(PARIS.id))
    pad_drawing.draw(headquarters.station.desk, PARIS.id, Direction.OUT, 30)

    found = headquarters.station.destruction.exposed(PARIS.id)

    assert [(each.mrn, each.received, each.level) for each in found.cables] == [
        (had.mrn, False, ReceiptLevel.DECIPHERED),
        (waiting.mrn, False, None),
        (theirs.mrn, True, None),
    ]
    assert (found.of_degree(Degree.SECRET), found.name) == (1, PARIS.name_vi)
    assert len(found.machines) == 1
    assert found.given > found.acknowledged > 0
    assert found.received > 0
    assert {each.peer for each in found.items} == {PARIS.id}
    assert "chuyến" not in repr(found)
    for station, error in ((HQ.id, NotAllowed), (StationId(77), NotListed)):
        with pytest.raises(error):
            headquarters.station.destruction.exposed(station)

    ministry_world.close(headquarters)
    key = tmp_path / "key"
    key.write_text(PASSPHRASE, "utf-8")
    key.chmod(0o600)
    way = ("--home", ministry_world.root / f"station-{HQ.id}", "--passphrase-file", key)
    secmsg = Program(monkeypatch, capsys)
    told = secmsg("destruction", "exposed", *way, f"{PARIS.id}")
    listed = secmsg("destruction", "exposed", *way, f"{PARIS.id}", "--json")
    ready = secmsg("destruction", "report", *way)

    assert (told.code, listed.code, ready.code) == (0, 0, 0)
    assert f"{had.mrn}" in told.out
    assert "written there" in told.out
    assert len(listed.json["cables"]) == 3
