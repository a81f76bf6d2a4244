"""One cable from headquarters to a mission through a relay, and its receipts back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from secmsg.office.lifecycle import OutboxState
from secmsg.station import carrying
from secmsg.station.events import CableArrived
from secmsg.station.views import AttachmentState, CableRow, Register
from secmsg.wire.cable import Urgency
from secmsg.wire.service import ReceiptLevel
from tests.helpers.ministry import HQ, PARIS, Ministry, attachment, draft, sync


@pytest.fixture
def ministry(tmp_path: Path) -> Iterator[Ministry]:
    built = Ministry(tmp_path)
    built.found()
    built.add_relay()
    built.enrol(HQ)
    built.enrol(PARIS)
    yield built
    built.end()


def test_a_cable_with_an_annex_goes_through_a_relay_and_its_receipts_come_back(
    ministry: Ministry, tmp_path: Path
) -> None:
    headquarters, paris = ministry.open(HQ), ministry.open(PARIS)
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(b"%PDF-" + bytes(range(256)) * 700)
    sync(headquarters)
    sync(paris)

    released = headquarters.release(draft(PARIS.id, attachments=(attachment(paper),)))
    sync(headquarters)
    events = sync(paris)

    assert CableArrived(released.cable_id) in events
    (row,) = [each for each in paris.inbox() if isinstance(each, CableRow)]
    assert (row.number, row.mrn, row.peer_name) == (1, "26 HANOI 001", HQ.name_vi)
    view = paris.read(released.cable_id)
    assert view.cable.body == "Kính gửi Bộ."
    assert view.attachments[0].state is AttachmentState.READY
    exported = paris.export(released.cable_id, 0, tmp_path)
    assert exported.read_bytes() == paper.read_bytes()
    assert paris.open_attachment(released.cable_id, 0) == paper.read_bytes()

    paris.acknowledge(released.cable_id)
    sync(paris)
    sync(headquarters)
    levels = {receipt.level for receipt in headquarters.read(released.cable_id).receipts}
    assert levels == {ReceiptLevel.ARRIVED, ReceiptLevel.DECIPHERED, ReceiptLevel.REGISTERED}
    assert headquarters.outbox() == ()
    assert headquarters.sent()[0].state is OutboxState.ACKNOWLEDGED
    assert [line.mrn for line in paris.register(Register.IN)] == ["26 HANOI 001"]
    assert [line.mrn for line in headquarters.register(Register.OUT)] == ["26 HANOI 001"]
    assert headquarters.gaps() == paris.gaps() == ()


def test_when_the_main_relay_is_gone_the_alternate_carries(tmp_path: Path) -> None:
    built = Ministry(tmp_path)
    try:
        built.found()
        main, _ = built.add_relay("main"), built.add_relay("alternate")
        built.enrol(HQ)
        built.enrol(PARIS)
        headquarters, paris = built.open(HQ), built.open(PARIS)
        sync(headquarters)
        sync(paris)
        main.stop()
        paper = tmp_path / "paper.pdf"
        paper.write_bytes(b"x" * 70_000)
        released = headquarters.release(draft(PARIS.id, attachments=(attachment(paper),)))

        carried = carrying.carry(headquarters)
        events = sync(paris)

        assert carried.unreached == ("main",)
        assert CableArrived(released.cable_id) in events
        assert paris.open_attachment(released.cable_id, 0) == paper.read_bytes()
        assert headquarters.outbox()[0].relay_name == "alternate"
    finally:
        built.end()


def test_flash_takes_every_way_at_once_and_arrives_once(tmp_path: Path) -> None:
    built = Ministry(tmp_path)
    try:
        built.found()
        built.add_relay("main")
        built.add_relay("alternate")
        built.enrol(HQ)
        built.enrol(PARIS)
        headquarters, paris = built.open(HQ), built.open(PARIS)
        sync(headquarters)
        sync(paris)
        flash = draft(PARIS.id, urgency=Urgency.FLASH, urgency_reason="Sơ tán công dân ngay")

        released = headquarters.release(flash)
        sync(headquarters)
        events = sync(paris)

        assert events.count(CableArrived(released.cable_id)) == 1
        (row,) = headquarters.outbox()
        assert row.attempts == 2
    finally:
        built.end()
