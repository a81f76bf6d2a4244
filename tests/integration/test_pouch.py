"""Cables by courier: written to a stick while the line is cut, read at the other end, once."""

import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from secmsg.crypto import randomness
from secmsg.crypto.secret import Secret
from secmsg.errors import DiskFull, NotAllowed, NotOurPouch, TransferStopped
from secmsg.ids import MessageId
from secmsg.office.lifecycle import OutboxState
from secmsg.station import desk as desks
from secmsg.station import pouch_packing, pouch_sealing
from secmsg.station.events import CableArrived, Event
from secmsg.station.pouch_bag import PouchBag
from secmsg.station.pouch_views import Cause
from secmsg.station.station import Station, open_station
from secmsg.station.unlock import by_passphrase
from secmsg.station.views import AttachmentState, CableRow, NoticeKind
from secmsg.station.worker import Worker
from secmsg.store import outbox
from secmsg.wire import pouch as pouch_wire
from secmsg.wire.cable import Urgency
from secmsg.wire.contents import StationEntry
from secmsg.wire.pouch import BlobRecord, EditionRecord, EnvelopeRecord, Head
from secmsg.wire.service import ReceiptLevel
from tests.helpers import pouches
from tests.helpers.limits import files_no_larger_than
from tests.helpers.ministry import CANBERRA, FAST, HQ, KEYRING, PARIS, PASSPHRASE, attachment, draft
from tests.helpers.world import LIMA, TOKYO, Office, World, world


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


@pytest.mark.parametrize("keep", [3_200, 3_105, 20_000, 40_000, 90_000])
def test_a_pouch_cut_short_gives_what_is_whole_says_what_is_lacking_and_is_completed_later(
    ministry: World, tmp_path: Path, keep: int
) -> None:
    paris, headquarters = acquainted(ministry)
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(b"%PDF-" + bytes(range(256)) * 400)
    paris.release(draft(HQ.id, subject="Cụt", attachments=(attachment(paper),)))
    written = pouches.write(paris.station, tmp_path / "a", HQ.id)
    (tmp_path / "cut").write_bytes((tmp_path / "a").read_bytes()[:keep])

    short = pouches.read(headquarters.station, tmp_path / "cut")
    whole = pouches.read(headquarters.station, tmp_path / "a")

    assert short.cause is Cause.CUT
    if short.made_at is not None:
        assert short.came + short.lacking == written.cables + written.services
        assert short.lacking_blobs == 1
    assert short.read_before_at is None
    assert whole.cause is Cause.WHOLE
    assert whole.read_before_at is None, "a pouch that was cut does not count as read"
    assert short.cables + whole.cables == 1
    assert whole.blobs == 1
    assert subjects(headquarters).count("Cụt") == 1


def test_a_damaged_place_in_an_annex_leaves_the_cable_and_the_annex_awaited(ministry: World, tmp_path: Path) -> None:
    paris, headquarters = acquainted(ministry)
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(bytes(range(256)) * 800)
    released = paris.release(draft(HQ.id, subject="Hỏng", attachments=(attachment(paper),)))
    pouches.write(paris.station, tmp_path / "a", HQ.id)
    spoilt = bytearray((tmp_path / "a").read_bytes())
    spoilt[-60_000] ^= 1
    (tmp_path / "b").write_bytes(spoilt)

    read = pouches.read(headquarters.station, tmp_path / "b")

    assert (read.cause, read.cables, read.blobs, read.lacking_blobs) == (Cause.DAMAGED, 1, 0, 1)
    view = headquarters.station.read(released.cable_id)
    assert [each.state for each in view.attachments] == [AttachmentState.WAITING]
    again = pouches.read(headquarters.station, tmp_path / "a")
    assert (again.cables, again.blobs) == (0, 1)
    assert headquarters.station.open_attachment(released.cable_id, 0) == paper.read_bytes()


def test_a_long_cable_and_its_annex_both_come_as_blobs_of_one_pouch(ministry: World, tmp_path: Path) -> None:
    paris, headquarters = acquainted(ministry)
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(b"x" * 5_000)
    body = "Dòng dài./" * 6_000
    released = paris.release(
        draft(HQ.id, subject="Dài", body=body, summary="Tóm tắt nội dung.", attachments=(attachment(paper),))
    )

    written = pouches.write(paris.station, tmp_path / "a", HQ.id)
    read = pouches.read(headquarters.station, tmp_path / "a")

    assert written.blobs == read.blobs == 2
    assert read.cables == 1
    assert headquarters.station.read(released.cable_id).cable.body == body
    assert headquarters.station.open_attachment(released.cable_id, 0) == paper.read_bytes()


def test_what_the_officer_keeps_back_and_what_has_no_keys_stays_behind(ministry: World, tmp_path: Path) -> None:
    paris, _ = acquainted(ministry)
    kept_back = paris.release(draft(HQ.id, subject="Giữ lại"))
    paris.station.hold(kept_back.cable_id)
    paris.release(draft(HQ.id, subject="Đi ngay"))
    paris.release(draft(CANBERRA.id, subject="Chưa có khóa"))

    waits = {each.station: each for each in paris.station.pouch_waiting()}
    written = pouches.write(paris.station, tmp_path / "a", HQ.id, CANBERRA.id)

    assert (waits[HQ.id].cables, waits[HQ.id].unsealed) == (1, 0)
    assert (waits[CANBERRA.id].cables, waits[CANBERRA.id].unsealed) == (0, 1)
    assert written.cables == 1
    by_subject = {row.subject: row.pouches for row in paris.station.outbox()}
    assert by_subject["Giữ lại"] == by_subject["Chưa có khóa"] == ()
    with pytest.raises(NotAllowed):
        pouches.write(paris.station, tmp_path / "b", CANBERRA.id)
    assert not (tmp_path / "b").exists()


def test_one_pouch_for_two_posts_gives_each_its_own(ministry: World, tmp_path: Path) -> None:
    headquarters, paris, canberra = ministry.open(HQ), ministry.open(PARIS), ministry.open(CANBERRA)
    ministry.settle()
    headquarters.release(draft(PARIS.id, CANBERRA.id, subject="Làm quen"))
    ministry.settle()
    ministry.relay.unreachable = True
    headquarters.release(draft(PARIS.id, CANBERRA.id, subject="Thông báo chung"))

    pouches.write(headquarters.station, tmp_path / "a", PARIS.id, CANBERRA.id)
    came = [pouches.read(each.station, tmp_path / "a") for each in (paris, canberra)]

    assert [read.cables for read in came] == [1, 1]
    assert all(read.others >= 1 for read in came)
    assert all("Thông báo chung" in subjects(each) for each in (paris, canberra))


def test_the_courier_and_the_relay_may_both_come_in_any_order(ministry: World, tmp_path: Path) -> None:
    paris, headquarters = acquainted(ministry)
    paris.release(draft(HQ.id, subject="Hai đường"))
    pouches.write(paris.station, tmp_path / "a", HQ.id)
    ministry.relay.unreachable = False
    paris.sync()
    headquarters.sync()

    read = pouches.read(headquarters.station, tmp_path / "a")

    assert (read.cables, read.came) == (0, 0)
    assert read.known >= 1
    assert subjects(headquarters).count("Hai đường") == 1
    ministry.settle()
    assert headquarters.station.gaps() == paris.station.gaps() == ()


def test_a_relay_may_bring_an_annex_while_a_pouch_is_read(ministry: World, tmp_path: Path) -> None:
    paris, headquarters = acquainted(ministry)
    ministry.relay.unreachable = False
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(randomness.system(3_000_000))
    released = paris.release(draft(HQ.id, subject="Cùng lúc", attachments=(attachment(paper),)))
    paris.sync()
    pouches.write(paris.station, tmp_path / "a", HQ.id)

    def overtake(done: int, _total: int) -> None:
        if done == 2 * 2**20:
            headquarters.sync()

    read = pouches.read(headquarters.station, tmp_path / "a", progress=overtake)

    assert (read.cause, read.cables) == (Cause.WHOLE, 1)
    assert "download" in ministry.relay.calls
    assert headquarters.station.open_attachment(released.cable_id, 0) == paper.read_bytes()
    assert len([path for path in (ministry.root / "station-1" / "blobs").rglob("*") if path.is_file()]) == 1
    ministry.settle()
    assert subjects(headquarters).count("Cùng lúc") == 1


def test_a_second_pouch_takes_what_lies_in_none_yet_first(ministry: World, tmp_path: Path) -> None:
    paris, _ = acquainted(ministry)
    first = paris.release(draft(HQ.id, subject="Một"))
    pouches.write(paris.station, tmp_path / "a", HQ.id)
    second = paris.release(draft(HQ.id, subject="Hai", urgency=Urgency.ROUTINE))

    load = pouch_packing.pack(paris.station.desk, (HQ.id,), "b")

    envelopes = {row.message_id: row.cable_id for row in outbox.unfinished(paris.station.desk.db)}
    order = [envelopes[each.message_id] for each in load.records if isinstance(each, EnvelopeRecord)]
    assert order.index(second.cable_id) < order.index(first.cable_id)


def test_a_pouch_brings_the_edition_that_its_post_lacks(ministry: World, tmp_path: Path) -> None:
    paris, headquarters = acquainted(ministry)
    before = paris.station.status().edition
    ministry.relay.segments = ministry.enrol_one_more(TOKYO)
    ministry.relay.unreachable = False
    ministry.clock.now += 7 * 3_600
    headquarters.sync()
    ministry.relay.unreachable = True
    assert headquarters.station.status().edition > before
    headquarters.release(draft(PARIS.id, subject="Danh bạ mới"))

    pouches.write(headquarters.station, tmp_path / "a", PARIS.id)
    read = pouches.read(paris.station, tmp_path / "a")

    assert read.edition == paris.station.status().edition == headquarters.station.status().edition
    assert read.cables == 1
    assert pouches.read(paris.station, tmp_path / "a").edition == 0


def test_an_old_pouch_with_an_old_edition_is_honest(ministry: World, tmp_path: Path) -> None:
    paris, headquarters = acquainted(ministry)
    for number, entry in enumerate((TOKYO, LIMA)):
        ministry.relay.segments = ministry.enrol_one_more(entry)
        ministry.relay.unreachable = False
        ministry.clock.now += 7 * 3_600
        headquarters.sync()
        ministry.relay.unreachable = True
        headquarters.release(draft(PARIS.id, subject=f"Danh bạ {number}"))
        pouches.write(headquarters.station, tmp_path / f"a{number}", PARIS.id)
    pouches.read(paris.station, tmp_path / "a1")

    old = pouches.read(paris.station, tmp_path / "a0")

    assert old.edition == 0
    assert paris.station.status().edition == headquarters.station.status().edition
    assert paris.station.status().notices == ()


# --- a member's pouch that is not as it should be ---------------------------------------------------------------------


def forged(station: Station, head: Head, body: bytes, fill: bytes) -> bytes:
    """Seal a pouch for a station as any member could, with whatever in it."""
    desk = station.desk
    salt, key = randomness.system(32), Secret(randomness.system(32))
    ((_, root),) = desks.cover_roots(desk).items()
    slots = pouch_sealing.slots(root, salt, key, (desks.own(desk).device,), randomness.system)
    sealer = pouch_sealing.encryptor(key, salt)
    plain = pouch_wire.encode_head(head) + body
    return pouch_wire.front(salt, slots) + sealer.update(plain + fill) + sealer.finalize()


def filled(head: Head, tail: int = 0) -> bytes:
    size = pouch_wire.HEAD_SIZE + head.size
    return bytes(pouch_wire.stream_size(size, tail) - size)


def test_junk_in_a_good_pouch_is_set_aside_and_harms_nothing(ministry: World, tmp_path: Path) -> None:
    _, headquarters = acquainted(ministry)
    device = desks.own(headquarters.station.desk).device
    record = EnvelopeRecord(device, MessageId(b"j" * 16), randomness.system(512))
    body = pouch_wire.encode_record(record)
    head = Head(ministry.clock.now, 0, 1, 0, len(body))
    (tmp_path / "a").write_bytes(forged(headquarters.station, head, body, filled(head)))

    reads = [pouches.read(headquarters.station, tmp_path / "a") for _ in range(4)]

    assert [read.apart for read in reads] == [1, 1, 1, 0]
    assert reads[-1].known == 1
    (row,) = headquarters.station.quarantine()
    assert row.by_pouch
    assert row.relay_name == ""


def test_a_pouch_that_lies_about_itself_is_malformed_and_what_is_good_in_it_stays(
    ministry: World, tmp_path: Path
) -> None:
    _, headquarters = acquainted(ministry)
    station = headquarters.station
    none = Head(ministry.clock.now, 0, 0, 0, 0)
    edition = pouch_wire.encode_record(EditionRecord(99, b"no segment"))
    blob = pouch_wire.encode_record(BlobRecord(bytes(16), 3)) + b"abc"
    bad = {
        "counts": (replace(none, envelopes=2, size=0), b"", filled(none)),
        "fill": (none, b"", filled(none)[:-1] + b"\1"),
        "short fill": (none, b"", bytes(100)),
        "long fill": (none, b"", bytes(70_000)),
        "size": (replace(none, blobs=1, size=len(blob) + 1), blob, filled(replace(none, size=len(blob)))),
        "ends": (replace(none, blobs=1, size=2**30), pouch_wire.encode_record(BlobRecord(bytes(16), 2**29)), b""),
    }
    for name, (head, body, fill) in bad.items():
        (tmp_path / "a").write_bytes(forged(station, head, body, fill))
        assert pouches.read(station, tmp_path / "a").cause is Cause.MALFORMED, name

    head = replace(none, editions=1, blobs=1, size=len(edition + blob))
    (tmp_path / "a").write_bytes(forged(station, head, edition + blob, filled(head, 511)))
    edition_before = station.status().edition
    read = pouches.read(station, tmp_path / "a")
    assert (read.cause, read.edition, read.blobs) == (Cause.WHOLE, 0, 0)
    assert station.status().edition == edition_before
    assert [notice.kind for notice in station.status().notices] == [NoticeKind.DIRECTORY_REFUSED]
    assert station.status().notices[0].detail.startswith("pouch ")


def test_a_blob_that_is_not_its_slips_is_thrown_away_and_stays_awaited(ministry: World, tmp_path: Path) -> None:
    paris, headquarters = acquainted(ministry)
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(bytes(20_000))
    released = paris.release(draft(HQ.id, attachments=(attachment(paper),)))
    desk = paris.station.desk
    load = pouch_packing.pack(desk, (HQ.id,), "x")
    ((record, key),) = load.blobs
    path = desk.files.path(key)
    spoilt = bytearray(path.read_bytes())
    spoilt[5_000] ^= 1
    sound = path.read_bytes()
    path.write_bytes(spoilt)
    (tmp_path / "a").write_bytes(b"".join(pouch_packing.stream(load)))
    path.write_bytes(sound)
    assert record.size == len(sound)

    read = pouches.read(headquarters.station, tmp_path / "a")

    assert (read.cause, read.cables, read.blobs, read.spoiled) == (Cause.WHOLE, 1, 0, 1)
    view = headquarters.station.read(released.cable_id)
    assert [each.state for each in view.attachments] == [AttachmentState.WAITING]
    assert len(list((ministry.root / "station-1" / "blobs").rglob("*.part"))) == 0
    ministry.relay.unreachable = False
    ministry.settle()
    assert headquarters.station.open_attachment(released.cable_id, 0) == paper.read_bytes()


def test_a_reading_can_be_stopped_and_goes_on_later(ministry: World, tmp_path: Path) -> None:
    paris, headquarters = acquainted(ministry)
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(bytes(3_000_000))
    paris.release(draft(HQ.id, subject="Dừng", attachments=(attachment(paper),)))
    pouches.write(paris.station, tmp_path / "a", HQ.id)
    looks = iter(range(100))

    stopped = pouches.read(headquarters.station, tmp_path / "a", cancelled=lambda: next(looks) >= 2)
    with pytest.raises(TransferStopped):
        pouches.read(headquarters.station, tmp_path / "a", cancelled=lambda: True)
    on = pouches.read(headquarters.station, tmp_path / "a")

    assert (stopped.cause, stopped.cables, stopped.lacking_blobs) == (Cause.STOPPED, 1, 1)
    assert (on.cause, on.cables, on.blobs) == (Cause.WHOLE, 0, 1)


def test_a_reader_without_room_says_so_and_keeps_what_was_whole(ministry: World, tmp_path: Path) -> None:
    paris, headquarters = acquainted(ministry)
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(bytes(3_000_000))
    paris.release(draft(HQ.id, subject="Đầy", attachments=(attachment(paper),)))
    pouches.write(paris.station, tmp_path / "a", HQ.id)

    with files_no_larger_than(2_000_000), pytest.raises(DiskFull):
        pouches.read(headquarters.station, tmp_path / "a")

    assert "Đầy" in subjects(headquarters)
    assert pouches.read(headquarters.station, tmp_path / "a").blobs == 1


def test_memory_does_not_grow_with_what_a_pouch_carries(ministry: World, tmp_path: Path) -> None:
    paris, headquarters = acquainted(ministry)
    paper = tmp_path / "paper.pdf"
    peaks = []
    for size in (4, 40):
        paper.write_bytes(randomness.system(1_000_000) * size)
        paris.release(draft(HQ.id, subject=f"Tệp {size} MB", attachments=(attachment(paper),)))
        tracemalloc.start()
        try:
            pouches.write(paris.station, tmp_path / f"a{size}", HQ.id)
            assert pouches.read(headquarters.station, tmp_path / f"a{size}").blobs == 1
            peaks.append(tracemalloc.get_traced_memory()[1])
        finally:
            tracemalloc.stop()

    assert peaks[1] < peaks[0] + 8_000_000, peaks


def test_beside_a_running_program_both_ways_go_through_the_stores_thread(ministry: World, tmp_path: Path) -> None:
    paris, headquarters = acquainted(ministry)
    paris.release(draft(HQ.id, subject="Bên cạnh"))
    for office in (paris, headquarters):
        ministry.close(office)
    events: list[Event] = []

    with running(ministry, PARIS) as bag:
        written = bag.write(tmp_path / "a", (HQ.id,), lambda _done, _total: None, lambda: False)
    with running(ministry, HQ) as bag:
        read = bag.read(tmp_path / "a", events.append, lambda _done, _total: None, lambda: False)

    assert written.cables == read.cables == 1
    assert [type(event) for event in events].count(CableArrived) == 1


@contextmanager
def running(ministry: World, entry: StationEntry) -> Iterator[PouchBag]:
    """Open a station on a worker's thread, as the windows do."""
    worker = Worker()
    home = ministry.root / f"station-{entry.id}"
    worker.start(
        lambda: open_station(home, by_passphrase(PASSPHRASE), FAST, keyring=KEYRING, clock=ministry.clock)
    ).result()
    try:
        yield PouchBag(worker)
    finally:
        worker.stop()
