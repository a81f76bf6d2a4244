"""A cut line lets nothing out, whichever call is made."""

from collections.abc import Callable
from pathlib import Path

import pytest

from secmsg.errors import Unreachable
from secmsg.ids import BlobId, DepositToken, MailboxId
from secmsg.station.gate import GatedLink
from secmsg.wire.sync import PrekeyUpload, TakeStatus
from tests.helpers.simulated_relay import SimulatedRelay


def test_an_open_gate_passes_and_a_shut_one_refuses_every_call(tmp_path: Path) -> None:
    relay = SimulatedRelay(lambda: 1)
    state = {"open": True}
    link = GatedLink(relay.link(), lambda: state["open"])
    box, token = MailboxId(bytes(16)), DepositToken(bytes(16))
    source = tmp_path / "x"
    source.write_bytes(b"x")

    assert link.deposit([]) == ()
    assert link.take_bundle(box, token, bytes(16)).status is TakeStatus.UNKNOWN
    assert link.sync([]).contents == ()
    assert link.create_boxes([]) == ()
    link.upload_blob(BlobId(bytes(16)), bytes(32), source)
    link.download_blob(BlobId(bytes(16)), tmp_path / "y", size=1)
    link.delete_blob(BlobId(bytes(16)), bytes(32))
    assert link.feed_head().number == 0
    link.clock_offset_s = 7
    assert link.clock_offset_s == 7
    made = list(relay.calls)

    state["open"] = False
    calls: list[Callable[[], object]] = [
        lambda: link.deposit([]),
        lambda: link.take_bundle(box, token, bytes(16)),
        lambda: link.sync([]),
        lambda: link.create_boxes([]),
        lambda: link.upload_prekeys(None, PrekeyUpload(box, 1, b"", b"", ())),  # type: ignore[arg-type]  # never used
        lambda: link.upload_blob(BlobId(bytes(16)), bytes(32), source),
        lambda: link.download_blob(BlobId(bytes(16)), tmp_path / "z", size=1),
        lambda: link.delete_blob(BlobId(bytes(16)), bytes(32)),
        link.feed_head,
        lambda: link.feed_segment(1),
    ]
    for call in calls:
        with pytest.raises(Unreachable):
            call()
    link.interrupt()
    link.close()

    assert relay.calls == made
