"""A process that dies at any statement of the two great transactions loses nothing, repeats nothing, burns no number."""

from pathlib import Path

import pytest

from secmsg.station import carrying
from tests.faults import acts
from tests.faults.acts import Moment
from tests.faults.scene import Scene, count, set_up, wait_for_relay
from tests.helpers.ministry import PARIS, attachment, draft

KILLED = -9
RELEASE_POINTS = (1, 2, 3, 5, 8, 13, 21, Moment.COMMIT)
FIRST_PACKET_POINTS = (2, 3, 5, 8, 13, 21, Moment.COMMIT)
LATER_PACKET_POINTS = (2, 4, 9, 16, Moment.COMMIT)


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return set_up(tmp_path / "ministry")


def _blob_files(home: Path) -> int:
    return sum(1 for path in (home / "blobs").rglob("*") if path.is_file())


def test_a_release_that_dies_anywhere_is_done_wholly_or_not_at_all(scene: Scene, tmp_path: Path) -> None:
    said = tmp_path / "said"
    said.touch()
    for number, point in enumerate((*RELEASE_POINTS, Moment.AFTER)):
        order = (scene.headquarters, PARIS.id, f"Điện {number}", scene.annex, said)

        assert acts.ended(acts.release, *order, point, "honest") == KILLED
        assert f"Điện {number}" not in said.read_text()
        assert acts.ended(acts.release, *order, None, "honest") == 0

    acknowledged = {line.split("\t")[0] for line in said.read_text().splitlines()}
    assert len(acknowledged) == len(RELEASE_POINTS) + 1
    with scene.served():
        headquarters, paris = acts.open_home(scene.headquarters), acts.open_home(scene.paris)
        wait_for_relay(paris)
        carrying.carry(headquarters)
        carrying.carry(paris)
        outcome = count(headquarters, paris, acknowledged)
        files = _blob_files(scene.headquarters)
        headquarters.close()
        paris.close()
    assert outcome.good, outcome
    assert files == len(acknowledged), "files sealed for releases that did not happen are swept"


def test_a_release_without_its_transaction_burns_numbers(scene: Scene, tmp_path: Path) -> None:
    # The control: the same kills and the same count see the mistake.
    said = tmp_path / "said"
    said.touch()
    order = (scene.headquarters, PARIS.id, "Điện", scene.annex, said)

    for point in (8, 9):
        assert acts.ended(acts.release, *order, point, "scattered") == KILLED
    assert acts.ended(acts.release, *order, None, "honest") == 0

    headquarters, paris = acts.open_home(scene.headquarters), acts.open_home(scene.paris)
    outcome = count(headquarters, paris, {"Điện"})
    headquarters.close()
    paris.close()
    assert outcome.burnt > 0


def test_a_packet_whose_taking_dies_anywhere_is_taken_once(scene: Scene) -> None:
    with scene.served():
        headquarters, paris = acts.open_home(scene.headquarters), acts.open_home(scene.paris)
        wait_for_relay(paris)
        carrying.carry(headquarters)
        carrying.carry(paris)
        paris.close()
        subjects = set()
        for turn, points in enumerate((FIRST_PACKET_POINTS, LATER_PACKET_POINTS, LATER_PACKET_POINTS)):
            subject = f"Điện {turn}"
            headquarters.release(draft(PARIS.id, subject=subject, attachments=(attachment(scene.annex),)))
            carrying.carry(headquarters)
            for point in (*points, Moment.AFTER):
                assert acts.ended(acts.receive, scene.paris, point) == KILLED, (turn, point)
            assert acts.ended(acts.receive, scene.paris, None) == 0
            carrying.carry(headquarters)
            subjects.add(subject)
        paris = acts.open_home(scene.paris)
        outcome = count(headquarters, paris, subjects)
        headquarters.close()
        paris.close()
    assert outcome.good, outcome
