"""A process that dies at any statement of a release or a receipt loses nothing, repeats nothing, burns no number."""

from pathlib import Path

import pytest

from secmsg.station import carrying
from tests.faults import acts
from tests.faults.acts import Moment
from tests.faults.scene import Scene, count, exchange, opened, set_up, wait_for_relay
from tests.helpers.ministry import PARIS, attachment, draft

KILLED = -9
RELEASE_POINTS = (1, 2, 3, 5, 8, 13, 21, Moment.COMMIT)
FIRST_PACKET_POINTS = (2, 3, 5, 8, 13, 21, Moment.COMMIT)
LATER_PACKET_POINTS = (2, 4, 9, 16, Moment.COMMIT)


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return set_up(tmp_path / "ministry")


def test_a_release_that_dies_anywhere_is_done_wholly_or_not_at_all(scene: Scene, tmp_path: Path) -> None:
    said = tmp_path / "said"
    # Once the stations have a session, a release seals its packet within the transaction.
    assert acts.ended(acts.release, *_order(scene, said, "Điện đầu"), None, "honest") == 0
    exchange(scene)

    for number, point in enumerate((*RELEASE_POINTS, Moment.AFTER)):
        order = _order(scene, said, f"Điện {number}")
        assert acts.ended(acts.release, *order, point, "honest") == KILLED
        assert f"Điện {number}" not in said.read_text()
        assert acts.ended(acts.release, *order, None, "honest") == 0
    exchange(scene)

    acknowledged = {line.split("\t")[0] for line in said.read_text().splitlines()}
    assert len(acknowledged) == len(RELEASE_POINTS) + 2
    with opened(scene.headquarters) as headquarters, opened(scene.paris) as paris:
        outcome = count(headquarters, paris, acknowledged)
    assert outcome.good, outcome
    files = sum(1 for path in (scene.headquarters / "blobs").rglob("*") if path.is_file())
    assert files == len(acknowledged), "files sealed for releases that did not happen are swept"


def test_a_release_without_its_transaction_burns_numbers(scene: Scene, tmp_path: Path) -> None:
    # The control: the same kill and the same count see the mistake.
    order = _order(scene, tmp_path / "said", "Điện")

    assert acts.ended(acts.release, *order, 9, "scattered") == KILLED
    assert acts.ended(acts.release, *order, None, "honest") == 0

    with opened(scene.headquarters) as headquarters, opened(scene.paris) as paris:
        outcome = count(headquarters, paris, {"Điện"})
    assert outcome.burnt > 0


def _order(scene: Scene, said: Path, subject: str) -> tuple[Path, int, str, Path, Path]:
    return scene.headquarters, PARIS.id, subject, scene.annex, said


def test_a_packet_whose_taking_dies_anywhere_is_taken_once(scene: Scene) -> None:
    subjects = set()
    with scene.served(), opened(scene.headquarters) as headquarters:
        wait_for_relay(headquarters)
        for turn, points in enumerate((FIRST_PACKET_POINTS, LATER_PACKET_POINTS, LATER_PACKET_POINTS)):
            subject = f"Điện {turn}"
            headquarters.release(draft(PARIS.id, subject=subject, attachments=(attachment(scene.annex),)))
            carrying.carry(headquarters)
            for point in (*points, Moment.AFTER):
                assert acts.ended(acts.receive, scene.paris, point) == KILLED, (turn, point)
            assert acts.ended(acts.receive, scene.paris, None) == 0
            carrying.carry(headquarters)
            subjects.add(subject)
        with opened(scene.paris) as paris:
            outcome = count(headquarters, paris, subjects)
    assert outcome.good, outcome
