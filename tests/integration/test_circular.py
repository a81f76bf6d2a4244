"""A circular travels once; each machine proves what it opened of it, and who opened something else is named."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from secmsg.crypto import labels, signing
from secmsg.ids import CableId, Serial
from secmsg.office import circulars
from secmsg.office.circulars import Standing
from secmsg.office.lifecycle import OutboxState
from secmsg.station import desk as desks
from secmsg.station import envelopes
from secmsg.station.views import NoticeKind
from secmsg.store import continuity as pair_rows
from secmsg.store import openings as opening_rows
from secmsg.store import outbox
from secmsg.wire import item as items
from secmsg.wire import service
from secmsg.wire import slip as slips
from secmsg.wire.contents import StationEntry
from secmsg.wire.item import ItemKind
from secmsg.wire.service import Receipt, ReceiptLevel, SignedReceipts
from tests.helpers.machines import POSTS, machines, open_machine
from tests.helpers.ministry import HQ, PARIS, draft
from tests.helpers.world import Office, World

EVERYBODY = tuple(entry.id for entry in POSTS)


def _opened(posts: World, entries: tuple[StationEntry, ...]) -> Office:
    """Open headquarters and every machine, with a session from the one to each of the others."""
    office = open_machine(posts, HQ)
    for entry in entries:
        for machine in (1, 2):
            open_machine(posts, entry, machine)
    posts.settle(rounds=2)
    for entry in entries:
        office.release(draft(entry.id, subject="Mở phiên"))
    posts.settle(rounds=3)
    posts.relay.deposited.clear()
    posts.relay.blobs.clear()
    return office


@pytest.fixture
def posts(tmp_path: Path) -> Iterator[World]:
    with machines(tmp_path) as built:
        yield built


@pytest.fixture
def headquarters(posts: World) -> Office:
    """Headquarters beside Paris with its two machines."""
    return _opened(posts, (PARIS,))


def test_one_blob_and_equal_slips_and_who_has_not_opened_it_is_named(tmp_path: Path) -> None:
    with machines(tmp_path, len(POSTS)) as world:
        headquarters = _opened(world, POSTS)
        silent = world.offices[-1]

        released = headquarters.release(draft(*EVERYBODY, subject="Thông tri"))
        headquarters.sync()
        sent = list(world.relay.deposited)
        for office in world.offices[1:-1]:
            office.sync()
        headquarters.sync()
        before = headquarters.station.read(released.cable_id).openings
        silent.sync()
        headquarters.sync()
        after = headquarters.station.read(released.cable_id).openings
        headquarters.release(draft(*EVERYBODY, subject="Thông tri nữa"))

        assert [len(each.body) for each in sent] == [512] * 8
        assert len(world.relay.blobs) == 1
        tally = circulars.tally(each.standing for each in before)
        assert (tally.machines, tally.same, tally.other, tally.proven) == (8, 7, 0, False)
        (waiting,) = [each for each in before if each.standing is Standing.NOT_YET]
        assert (waiting.device, waiting.level) == (desks.own(silent.station.desk).device, None)
        assert {(each.standing, each.level) for each in after} == {(Standing.SAME, ReceiptLevel.DECIPHERED)}
        assert circulars.tally(each.standing for each in after).proven
        for office in world.offices[1:]:
            assert office.station.search("Thông tri").rows[0].subject == "Thông tri"
        assert _slips(headquarters) == {1: 1, 2: 1}


def _slips(headquarters: Office) -> dict[int, int]:
    """Count the different slips of each circular that was sent."""
    db = headquarters.station.desk.db
    found: dict[int, set[bytes]] = {}
    for entry in POSTS:
        for serial in range(1, pair_rows.outgoing(db, entry.id).next):
            kept = pair_rows.sent_item(db, entry.id, Serial(serial))
            assert kept is not None
            item = items.decode(kept.item)
            if item.kind is ItemKind.SLIP:
                found.setdefault(slips.decode(item.body).circular_serial, set()).add(item.body)
    return {number: len(bodies) for number, bodies in found.items()}


def test_a_cable_to_few_machines_is_no_circular(posts: World, headquarters: Office) -> None:
    headquarters.release(draft(PARIS.id, subject="Cho một nơi"))
    headquarters.sync()

    assert len(posts.relay.blobs) == 0
    assert {len(each.body) for each in posts.relay.deposited} == {8_192}


def _say(post: Office, cable_id: CableId, opened: bytes) -> None:
    """Let a post's machine sign that it opened something under a cable's id."""
    desk = post.station.desk
    signer = desks.own(desk).device_signer
    listed = (Receipt(cable_id, ReceiptLevel.DECIPHERED, desk.now(), opened=opened),)
    signature = signing.sign(signer.key, labels.SIGN_RECEIPT_STATION, service.receipts_to_sign(listed))
    with desk.db.transaction():
        envelopes.post_service(desk, HQ.id, SignedReceipts(signer.ref, listed, signature), desk.now())


def test_a_machine_that_opened_another_text_is_an_alarm_and_moves_nothing(posts: World, headquarters: Office) -> None:
    posts.relay.lose = lambda each: len(each.body) == 8_192
    released = headquarters.release(draft(PARIS.id, subject="Bản thật"))
    headquarters.sync()
    posts.relay.lose = lambda _: False
    paris = posts.offices[1]
    for _ in range(2):
        _say(paris, released.cable_id, bytes(32))
        paris.sync()
        headquarters.sync()

    first, second = headquarters.station.read(released.cable_id).openings
    alarms = [each for each in headquarters.station.status().notices if each.kind is NoticeKind.OPENED_OTHERWISE]

    assert (first.standing, second.standing) == (Standing.OTHER, Standing.NOT_YET)
    assert first.station_name == PARIS.name_vi
    assert len(alarms) == 1
    assert f"machine {first.device}" in alarms[0].detail
    assert headquarters.station.sent()[0].state is OutboxState.RELAY_HOLDS
    assert headquarters.station.read(released.cable_id).receipts == ()
    kept = opening_rows.of_cable(headquarters.station.desk.db, released.cable_id)
    assert [(each.opened, bool(each.evidence)) for each in kept] == [(bytes(32), True)]


def test_a_receipt_of_the_older_form_counts_as_a_receipt_and_proves_no_content(
    posts: World, headquarters: Office
) -> None:
    posts.relay.lose = lambda each: len(each.body) == 8_192
    released = headquarters.release(draft(PARIS.id, subject="Bản cũ"))
    headquarters.sync()
    posts.relay.lose = lambda _: False
    paris = posts.offices[1]
    _say(paris, released.cable_id, b"")
    paris.sync()
    headquarters.sync()

    first = headquarters.station.read(released.cable_id).openings[0]

    assert (first.standing, first.level) == (Standing.UNNAMED, ReceiptLevel.DECIPHERED)
    assert headquarters.station.sent()[0].state is OutboxState.DECIPHERED


def test_what_one_machine_has_proven_leaves_the_other_still_to_come(posts: World, headquarters: Office) -> None:
    released = headquarters.release(draft(PARIS.id, subject="Cho cả hai máy"))
    headquarters.sync()
    first, second = posts.offices[1:3]
    first.sync()
    headquarters.sync()
    openings = headquarters.station.read(released.cable_id).openings
    waiting = outbox.of_cable(headquarters.station.desk.db, released.cable_id)[1]
    assert [each.standing for each in openings] == [Standing.SAME, Standing.NOT_YET]
    # Its relay may lose it yet: the bytes stay until this machine has proven that it has them.
    assert (waiting.state, waiting.sealed is not None) == (OutboxState.RELAY_HOLDS, True)
    assert headquarters.station.sent()[0].state is OutboxState.DECIPHERED

    second.sync()
    headquarters.sync()

    openings = headquarters.station.read(released.cable_id).openings
    assert [each.standing for each in openings] == [Standing.SAME] * 2


@pytest.mark.parametrize(
    ("said", "standing"),
    [
        ((), Standing.NOT_YET),
        ((b"",), Standing.UNNAMED),
        ((b"", b"a"), Standing.SAME),
        ((b"a",), Standing.SAME),
        ((b"a", b"b"), Standing.OTHER),
        ((b"b",), Standing.OTHER),
    ],
)
def test_another_hash_outweighs_the_same(said: tuple[bytes, ...], standing: Standing) -> None:
    assert circulars.judge(b"a", said) is standing


def test_a_circular_is_what_saves_bytes() -> None:
    assert not circulars.saves(7, 8_000, 300, 11_000)
    assert circulars.saves(8, 8_000, 300, 11_000)
    assert not circulars.saves(8, 400, 300, 11_000)
    assert circulars.saves(8, None, 300, 40_000)
    assert not circulars.saves(7, None, 300, 40_000)
    assert not circulars.tally(()).proven
    assert replace(circulars.tally([Standing.SAME]), other=0).proven
