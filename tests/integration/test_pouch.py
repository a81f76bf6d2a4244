"""Cables by courier: written to a stick while the line is cut, read at the other end, once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from secmsg.office.lifecycle import OutboxState
from secmsg.station.pouch_views import Cause
from secmsg.station.views import AttachmentState, CableRow
from secmsg.wire.service import ReceiptLevel
from tests.helpers import pouches
from tests.helpers.ministry import CANBERRA, HQ, PARIS, attachment, draft
from tests.helpers.world import Office, World, world


@pytest.fixture
def ministry(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path) as built:
        yield built


def acquainted(ministry: World) -> tuple[Office, Office]:
    """Open two stations that have a session, and cut the line."""
    paris, headquarters = ministry.open(PARIS), ministry.open(HQ)
    ministry.settle()
    paris.release(draft(HQ.id, subject="Điện làm quen"))
    ministry.settle()
    ministry.relay.unreachable = True
    return paris, headquarters


def subjects(office: Office) -> list[str]:
    return [row.subject for row in office.station.inbox() if isinstance(row, CableRow)]


def test_a_cable_with_its_annex_goes_by_pouch_and_the_receipt_comes_by_relay(ministry: World, tmp_path: Path) -> None:
    paris, headquarters = acquainted(ministry)
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(b"%PDF-" + bytes(range(256)) * 700)
    released = paris.release(draft(HQ.id, subject="Qua túi", attachments=(attachment(paper),)))

    written = pouches.write(paris.station, tmp_path / "anh-01", HQ.id)
    read = pouches.read(headquarters.station, tmp_path / "anh-01", headquarters.events.append)

    assert (written.cables, written.blobs, written.left) == (1, 1, 0)
    assert (read.cause, read.cables, read.blobs, read.lacking) == (Cause.WHOLE, 1, 1, 0)
    assert "Qua túi" in subjects(headquarters)
    view = headquarters.station.read(released.cable_id)
    assert view.verification.by_pouch
    assert view.verification.relay_name == ""
    assert [each.state for each in view.attachments] == [AttachmentState.READY]
    assert headquarters.station.open_attachment(released.cable_id, 0) == paper.read_bytes()
    (row,) = [each for each in paris.station.outbox() if each.cable_id == released.cable_id]
    assert row.state is OutboxState.WAITING
    assert [(mark.name, mark.read_back_at) for mark in row.pouches] == [("anh-01", ministry.clock.now)]

    ministry.relay.unreachable = False
    ministry.settle()

    assert subjects(headquarters).count("Qua túi") == 1
    levels = {receipt.level for receipt in paris.station.read(released.cable_id).receipts}
    assert levels == {ReceiptLevel.ARRIVED, ReceiptLevel.DECIPHERED}


def test_a_pouch_read_again_changes_nothing_and_says_so(ministry: World, tmp_path: Path) -> None:
    paris, headquarters = acquainted(ministry)
    paris.release(draft(HQ.id, subject="Một lần"))
    written = pouches.write(paris.station, tmp_path / "a", HQ.id)
    first = pouches.read(headquarters.station, tmp_path / "a")

    again = pouches.read(headquarters.station, tmp_path / "a")

    assert first.read_before_at is None
    assert again.read_before_at == ministry.clock.now
    assert (again.came, again.known, again.cables) == (0, written.cables + written.services, 0)
    assert subjects(headquarters).count("Một lần") == 1
    assert headquarters.station.quarantine() == ()


def test_receipts_come_back_in_a_pouch(ministry: World, tmp_path: Path) -> None:
    paris, headquarters = acquainted(ministry)
    released = paris.release(draft(HQ.id, subject="Đi và về"))
    pouches.write(paris.station, tmp_path / "a", HQ.id)
    pouches.read(headquarters.station, tmp_path / "a")
    headquarters.station.acknowledge(released.cable_id)

    back = pouches.write(headquarters.station, tmp_path / "b", PARIS.id)
    pouches.read(paris.station, tmp_path / "b")

    assert back.cables == 0
    assert back.services > 0
    assert paris.station.read(released.cable_id).row.state is OutboxState.ACKNOWLEDGED


def test_a_pouch_for_another_post_says_no_more_than_junk(ministry: World, tmp_path: Path) -> None:
    from secmsg.errors import NotOurPouch

    paris, _ = acquainted(ministry)
    canberra = ministry.open(CANBERRA)
    paris.release(draft(HQ.id))
    pouches.write(paris.station, tmp_path / "a", HQ.id)
    (tmp_path / "junk").write_bytes(bytes(range(256)) * 300)
    (tmp_path / "short").write_bytes(b"abc")

    refusals = []
    for name in ("a", "junk", "short"):
        with pytest.raises(NotOurPouch) as refused:
            pouches.read(canberra.station, tmp_path / name)
        refusals.append(str(refused.value))

    assert len(set(refusals)) == 1
