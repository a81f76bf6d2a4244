"""A pouch that is cut off anywhere: nothing counts as written that is not, nothing is taken twice, nothing is lost."""

from pathlib import Path

import pytest

from secmsg.office.lifecycle import OutboxState
from secmsg.station.pouch_views import Cause
from secmsg.station.station import Station
from secmsg.station.views import OutboxRow
from tests.faults import acts, pouch_acts
from tests.faults.acts import Moment
from tests.faults.pouch_acts import Pieces
from tests.faults.scene import Scene, count, exchange, opened, set_up
from tests.helpers import pouches
from tests.helpers.ministry import HQ, attachment, draft

KILLED = -9
WRITE_POINTS = (Pieces(1), Pieces(2), Pieces(4), Pieces(5), 2, Moment.COMMIT)
"""At the first, a middle and the last piece, while reading back, and around the commit that claims it."""
READ_POINTS = (
    ("INSERT INTO pouches", 2), ("INSERT INTO pouches", Moment.AFTER),
    *(("INSERT INTO seen_messages", at) for at in (2, 3, 5, 8, 13, 21, Moment.COMMIT, Moment.AFTER)),
    ("UPDATE downloads SET blob_key", 2), ("UPDATE downloads SET blob_key", Moment.AFTER),
    ("INSERT INTO blobs", 2), ("INSERT INTO blobs", 4), ("INSERT INTO blobs", Moment.COMMIT),
    ("INSERT INTO blobs", Moment.AFTER),
)  # fmt: skip


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    made = set_up(tmp_path / "ministry")
    with opened(made.paris) as paris:
        paris.release(draft(HQ.id, subject="Điện làm quen"))
    exchange(made)
    exchange(made)
    with opened(made.paris) as paris:
        paris.release(draft(HQ.id, subject="Qua túi", attachments=(attachment(made.annex),)))
    return made


def row_of(paris: Station) -> OutboxRow:
    (row,) = [row for row in paris.outbox() if row.subject == "Qua túi"]
    return row


def test_a_writing_that_dies_anywhere_claims_nothing_and_the_next_one_is_whole(scene: Scene, tmp_path: Path) -> None:
    stick = tmp_path / "usb"
    stick.mkdir()

    for number, point in enumerate(WRITE_POINTS):
        target = stick / f"tep-{number}"
        assert acts.ended(pouch_acts.write, scene.paris, target, HQ.id, point, "honest") == KILLED, point
        with opened(scene.paris) as paris:
            row = row_of(paris)
            assert row.state is OutboxState.WAITING
            assert row.pouches == (), f"{point}: what was not read back counts for nothing"
            assert paris.pouch_log()[0].proven_at is None
        if target.exists():
            # Under its name there is a whole pouch or nothing.
            with opened(scene.headquarters) as headquarters:
                assert pouches.read(headquarters, target).cause is Cause.WHOLE

    assert acts.ended(pouch_acts.write, scene.paris, stick / "last", HQ.id, None, "honest") == 0
    with opened(scene.paris) as paris, opened(scene.headquarters) as headquarters:
        assert [mark.name for mark in row_of(paris).pouches] == ["last"]
        pouches.read(headquarters, stick / "last")
        outcome = count(paris, headquarters, {"Điện làm quen", "Qua túi"})
    assert outcome.good, outcome


def test_a_claim_before_the_writing_would_be_found(scene: Scene, tmp_path: Path) -> None:
    # The control: the same kill and the same look see the mistake.
    assert acts.ended(pouch_acts.write, scene.paris, tmp_path / "a", HQ.id, Pieces(1), "early") == KILLED

    with opened(scene.paris) as paris:
        assert row_of(paris).pouches != ()
    assert not (tmp_path / "a").exists()


def test_a_reading_that_dies_anywhere_is_finished_by_the_next_one(scene: Scene, tmp_path: Path) -> None:
    assert acts.ended(pouch_acts.write, scene.paris, tmp_path / "a", HQ.id, None, "honest") == 0

    for second, point in READ_POINTS:
        code = acts.ended(pouch_acts.read, scene.headquarters, tmp_path / "a", second, point, "honest")
        assert code == KILLED, (second, point)
    assert acts.ended(pouch_acts.read, scene.headquarters, tmp_path / "a", "", None, "honest") == 0

    with opened(scene.paris) as paris, opened(scene.headquarters) as headquarters:
        outcome = count(paris, headquarters, {"Điện làm quen", "Qua túi"})
        assert [line.proven_at is None for line in headquarters.pouch_log()].count(False) >= 1
    assert outcome.good, outcome
    kept = [path for path in (scene.headquarters / "blobs").rglob("*") if path.is_file()]
    assert len(kept) == 1, "files of readings that were cut off are swept"


def test_a_reading_without_its_transactions_would_be_found(scene: Scene, tmp_path: Path) -> None:
    # The control: each statement durable by itself, and the cable is lost between two of them.
    assert acts.ended(pouch_acts.write, scene.paris, tmp_path / "a", HQ.id, None, "honest") == 0

    code = acts.ended(pouch_acts.read, scene.headquarters, tmp_path / "a", "", 24, "scattered")
    assert code == KILLED
    assert acts.ended(pouch_acts.read, scene.headquarters, tmp_path / "a", "", None, "honest") == 0

    with opened(scene.paris) as paris, opened(scene.headquarters) as headquarters:
        outcome = count(paris, headquarters, {"Điện làm quen", "Qua túi"})
    assert not outcome.good
