"""A store that is put back to an older state, and one that is used twice: seen, frozen, told, and never silent."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from secmsg.authority.trust import Accepted, Clock, OwnEntry
from secmsg.errors import Frozen, NotAllowed, Withheld
from secmsg.ids import MessageId, StationId
from secmsg.office.copies import Cause
from secmsg.station import copies, own_entries, pouch_packing
from secmsg.station import desk as desks
from secmsg.station.reopening import Word
from secmsg.station.station import Station
from secmsg.station.views import CableRow, NoticeKind
from secmsg.wire.service import ReceiptLevel
from tests.helpers.ministry import CANBERRA, HQ, PARIS, draft
from tests.helpers.stores import MemoryKeyring
from tests.helpers.world import Office, World, world


@pytest.fixture
def made(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path) as built:
        yield built


def causes(station: Station) -> set[tuple[Cause, StationId, StationId]]:
    return {(each.cause, each.peer, each.witness) for each in station.status().freezes}


def kinds(station: Station) -> set[NoticeKind]:
    return {each.kind for each in station.status().notices}


def subjects(station: Station) -> list[str]:
    return sorted(row.subject for row in station.inbox() if isinstance(row, CableRow))


def put_back(made: World, name: str, folder: str) -> None:
    """Put a copy of a home in the place of the home."""
    shutil.rmtree(made.root / folder)
    shutil.copytree(made.root / name, made.root / folder)


def talked(made: World, keyring: MemoryKeyring | None = None) -> tuple[Office, Office, Office]:
    """Three stations that have written to each other: sessions are answered and acknowledged."""
    headquarters, canberra = made.open(HQ), made.open(CANBERRA)
    paris = made.open(PARIS) if keyring is None else made.open(PARIS, keyring=keyring)
    offices = (headquarters, paris, canberra)
    made.settle(*offices, rounds=2)
    paris.release(draft(HQ.id, subject="Paris một"))
    headquarters.release(draft(PARIS.id, CANBERRA.id, subject="Bộ một"))
    made.settle(*offices, rounds=4)
    return offices


def rolled_back(made: World, keyring: MemoryKeyring | None = None) -> tuple[Office, Office, Office]:
    """Paris is copied, sends two more cables to headquarters, and the copy is put back before anything came back."""
    headquarters, paris, canberra = talked(made, keyring)
    paris.release(draft(HQ.id, subject="Paris một rưỡi"))
    paris.sync()
    made.close(paris)
    shutil.copytree(made.root / f"station-{PARIS.id}", made.root / "kept")
    paris = made.open(PARIS) if keyring is None else made.open(PARIS, keyring=keyring)
    paris.release(draft(HQ.id, subject="Paris hai"))
    paris.release(draft(HQ.id, subject="Paris ba"))
    paris.sync()
    made.close(paris)
    headquarters.sync()
    put_back(made, "kept", f"station-{PARIS.id}")
    paris = made.open(PARIS) if keyring is None else made.open(PARIS, keyring=keyring)
    return headquarters, paris, canberra


# --- the counter -----------------------------------------------------------------------------------------------------


def test_a_store_put_back_is_known_at_its_opening_and_sends_nothing(made: World) -> None:
    headquarters, paris, _ = rolled_back(made, MemoryKeyring())

    assert causes(paris.station) == {(Cause.OLD_COPY, 0, 0)}
    with pytest.raises(Frozen):
        paris.release(draft(HQ.id))
    with pytest.raises(Frozen):
        pouch_packing.pack(paris.station.desk, (HQ.id,), "pouch")
    incoming = [row.cable_id for row in paris.station.inbox() if isinstance(row, CableRow)]
    with pytest.raises(Frozen):
        paris.station.acknowledge(incoming[0])
    before = len(made.relay.deposited)
    made.clock.now += 3 * 86_400
    paris.sync()
    # The word to headquarters, and no receipt, no recap, no repeat.
    assert len(made.relay.deposited) == before + 1
    headquarters.sync()
    assert NoticeKind.PEER_RESTORED in kinds(headquarters.station)


def test_what_comes_to_a_frozen_store_is_still_read(made: World) -> None:
    headquarters, paris, _ = rolled_back(made, MemoryKeyring())
    headquarters.release(draft(PARIS.id, subject="Bộ hai"))
    made.settle(headquarters, paris)

    assert "Bộ hai" in subjects(paris.station)
    assert paris.station.status().frozen


def test_a_freeze_outlasts_a_restart_and_is_no_second_one(made: World) -> None:
    keyring = MemoryKeyring()
    _, paris, _ = rolled_back(made, keyring)
    (first,) = paris.station.status().freezes
    made.close(paris)
    made.clock.now += 60
    paris = made.open(PARIS, keyring=keyring)

    assert paris.station.status().freezes == (first,)


def test_the_store_that_goes_on_is_no_old_copy(made: World) -> None:
    keyring = MemoryKeyring()
    _, paris, _ = talked(made, keyring)
    for _ in range(3):
        made.close(paris)
        paris = made.open(PARIS, keyring=keyring)
        assert paris.station.status().freezes == ()
        assert paris.station.status().counted


# --- without a keyring -----------------------------------------------------------------------------------------------


def test_without_a_keyring_a_peers_word_tells(made: World) -> None:
    headquarters, paris, _ = rolled_back(made)
    assert paris.station.status().freezes == ()
    assert not paris.station.status().counted

    headquarters.release(draft(PARIS.id, subject="Bộ hai"))
    headquarters.sync()
    paris.sync()

    assert causes(paris.station) == {(Cause.SERIAL_AHEAD, 0, HQ.id)}
    assert NoticeKind.FROZEN in kinds(paris.station)
    with pytest.raises(Frozen):
        paris.release(draft(CANBERRA.id))


def test_a_store_put_back_that_sends_first_is_seen_by_the_addressee_and_learns_of_it(made: World) -> None:
    headquarters, paris, _ = rolled_back(made)
    paris.release(draft(HQ.id, subject="Paris hai, lại"))
    paris.sync()
    headquarters.sync()

    assert {(Cause.PEER_SECOND_COPY, PARIS.id, 0)} <= causes(headquarters.station)
    with pytest.raises(Withheld):
        headquarters.release(draft(PARIS.id))
    headquarters.release(draft(CANBERRA.id))
    made.settle(headquarters, paris)
    assert paris.station.status().frozen


# --- two copies ------------------------------------------------------------------------------------------------------


def cloned(made: World) -> tuple[Office, Office, Office, Office]:
    headquarters, paris, canberra = talked(made)
    made.close(paris)
    shutil.copytree(made.root / f"station-{PARIS.id}", made.root / "second")
    return headquarters, made.open(PARIS), made.open(PARIS, folder="second"), canberra


def test_two_copies_that_both_send_are_seen_and_headquarters_is_told(made: World) -> None:
    headquarters, paris, second, canberra = cloned(made)
    paris.release(draft(CANBERRA.id, subject="Bản thứ nhất"))
    second.release(draft(CANBERRA.id, subject="Bản thứ hai"))
    paris.sync()
    second.sync()
    made.settle(canberra, headquarters)

    # Neither of the two had a session with Canberra, so each opened one, and both cables stand under serial 1.
    doubted = {cause for cause, peer, _ in causes(canberra.station) if peer == PARIS.id}
    assert doubted & {Cause.PEER_FORKED, Cause.PEER_SECOND_COPY}
    assert any("station 2" in each.detail for each in headquarters.station.status().notices)
    made.settle(canberra, paris, second, headquarters)
    assert paris.station.status().frozen or second.station.status().frozen


def test_two_copies_in_one_session_are_seen(made: World) -> None:
    headquarters, paris, second, _ = cloned(made)
    paris.release(draft(HQ.id, subject="Bản thứ nhất"))
    second.release(draft(HQ.id, subject="Bản thứ hai"))
    paris.sync()
    second.sync()
    headquarters.sync()

    assert (Cause.PEER_SECOND_COPY, PARIS.id, 0) in causes(headquarters.station)
    assert subjects(headquarters.station).count("Bản thứ nhất") == 1


# --- the way back ----------------------------------------------------------------------------------------------------

WORD = Word("Trần Văn Hai", "Bộ, điện thoại 12:40")


@pytest.mark.parametrize("with_keyring", [True, False])
def test_the_way_back_of_a_store_that_was_put_back(made: World, with_keyring: bool) -> None:
    keyring = MemoryKeyring() if with_keyring else None
    headquarters, paris, canberra = rolled_back(made, keyring)
    made.settle(headquarters, paris, rounds=2)
    assert paris.station.status().frozen
    before = paris.station.desk.db.counter or 0
    known = max(row.number for row in headquarters.station.inbox() if isinstance(row, CableRow))

    begun = paris.station.reopen(WORD, known)

    assert begun >= 1
    assert not paris.station.status().freezes
    assert (paris.station.desk.db.counter or 0) > before
    if keyring is not None:
        # At once, not after as many states as were lost.
        made.close(paris)
        paris = made.open(PARIS, keyring=keyring)
        assert not paris.station.status().freezes
    released = paris.release(draft(HQ.id, CANBERRA.id, subject="Mở lại"))
    assert released.number == known + 1
    made.settle(headquarters, paris, canberra, rounds=5)
    for office in (headquarters, canberra):
        assert "Mở lại" in subjects(office.station)
        assert not office.station.status().withheld
    assert not paris.station.status().frozen
    # Both directions go on, and receipts reach the new cable.
    headquarters.release(draft(PARIS.id, subject="Bộ trả lời"))
    made.settle(headquarters, paris, canberra, rounds=4)
    assert "Bộ trả lời" in subjects(paris.station)
    levels = {each.level for each in paris.station.read(released.cable_id).receipts}
    assert ReceiptLevel.DECIPHERED in levels
    # And the next opening finds a store that is the newest.
    if keyring is not None:
        made.close(paris)
        paris = made.open(PARIS, keyring=keyring)
        assert paris.station.status().freezes == ()


def test_a_peer_that_was_doubted_gets_cables_again_by_two_persons_word(made: World) -> None:
    headquarters, paris, second, _ = cloned(made)
    paris.release(draft(HQ.id, subject="Bản thứ nhất"))
    second.release(draft(HQ.id, subject="Bản thứ hai"))
    paris.sync()
    second.sync()
    headquarters.sync()
    with pytest.raises(Withheld):
        headquarters.release(draft(PARIS.id))

    headquarters.station.reopen_peer(PARIS.id, WORD)

    headquarters.release(draft(PARIS.id, subject="Lại gửi"))
    with pytest.raises(NotAllowed):
        headquarters.station.reopen_peer(PARIS.id, WORD)


def test_of_two_copies_one_goes_on_and_the_other_never_sends_again(made: World) -> None:
    headquarters, paris, second, _ = cloned(made)
    paris.release(draft(HQ.id, subject="Bản thứ nhất"))
    second.release(draft(HQ.id, subject="Bản thứ hai"))
    paris.sync()
    second.sync()
    made.settle(headquarters, paris)
    second.station.retire(WORD)
    made.settle(headquarters, second, paris)
    for _ in range(2):
        second.station.retire(WORD)
    with pytest.raises(NotAllowed):
        second.station.reopen(WORD, 2)
    with pytest.raises(Frozen):
        second.release(draft(HQ.id))
    assert paris.station.status().frozen

    paris.station.reopen(WORD, 2)
    headquarters.station.reopen_peer(PARIS.id, WORD)
    paris.release(draft(HQ.id, subject="Bản còn lại"))
    made.settle(headquarters, paris, rounds=4)

    assert "Bản còn lại" in subjects(headquarters.station)
    assert not paris.station.status().frozen


def test_a_false_word_is_refused_once_and_freezes_nothing_again(made: World) -> None:
    headquarters, paris, _ = talked(made)
    desk = paris.station.desk
    with desk.db.transaction():
        copies.named(desk, HQ.id, 50, desk.now())
    assert paris.station.status().frozen

    assert paris.station.refuse_word(WORD) == (HQ.id,)

    with desk.db.transaction():
        copies.named(desk, HQ.id, 60, desk.now())
    assert not paris.station.status().freezes
    paris.release(draft(HQ.id, subject="Vẫn gửi"))
    made.settle(headquarters, paris)
    assert "Vẫn gửi" in subjects(headquarters.station)


def test_what_was_seen_here_is_nobodys_word(made: World) -> None:
    _, paris, _ = rolled_back(made, MemoryKeyring())
    with pytest.raises(NotAllowed):
        paris.station.refuse_word(WORD)
    for lacking in (Word("", "Bộ"), Word("Hai", " "), Word("Hai", "x" * 301)):
        with pytest.raises(NotAllowed):
            paris.station.reopen(lacking, 0)
    assert paris.station.status().frozen


def test_nothing_is_reopened_that_is_not_frozen(made: World) -> None:
    _, paris, _ = talked(made)
    with pytest.raises(NotAllowed):
        paris.station.reopen(WORD, 0)


# --- what is no sign -------------------------------------------------------------------------------------------------


def test_a_packet_that_a_relay_repeats_under_another_id_doubts_nobody(made: World) -> None:
    headquarters, paris, _ = talked(made)
    paris.release(draft(HQ.id, subject="Một lần"))
    paris.sync()
    sealed = made.relay.deposited[-1]
    headquarters.sync()
    made.relay.put(sealed.to_box, MessageId(b"another id here!"), sealed.body)
    # Spoiled behind its header, as a relay can: still nobody's second copy.
    made.relay.put(sealed.to_box, MessageId(b"a third id, here"), sealed.body[:-1] + bytes([sealed.body[-1] ^ 1]))
    headquarters.sync()

    assert headquarters.station.status().freezes == ()
    assert NoticeKind.PACKET_REPEATED in kinds(headquarters.station)
    assert subjects(headquarters.station).count("Một lần") == 1


def test_a_serial_that_nobody_can_have_given_freezes_nobody(made: World) -> None:
    _, paris, _ = talked(made)
    desk = paris.station.desk
    with desk.db.transaction():
        copies.named(desk, HQ.id, 2**32 - 1, desk.now())

    assert paris.station.status().freezes == ()
    assert NoticeKind.CHAIN_FORKED in kinds(paris.station)


def test_receipts_still_reach_the_ladder(made: World) -> None:
    headquarters, paris, _ = talked(made)
    (row,) = paris.station.sent()
    levels = {each.level for each in paris.station.read(row.cable_id).receipts}

    assert ReceiptLevel.DECIPHERED in levels
    assert headquarters.station.status().freezes == paris.station.status().freezes == ()


def test_a_release_to_nobody_frozen_is_refused_for_its_own_reason(made: World) -> None:
    _, paris, _ = talked(made)

    with pytest.raises(NotAllowed):
        paris.release(draft(PARIS.id))


# --- our own entry in the directory ----------------------------------------------------------------------------------


def _looked_at(station: Station, **said: object) -> None:
    """Let a station look at an edition that says something else of it; everything not named is as it was."""
    desk = station.desk
    directory = desks.directory(desk)
    listed = (OwnEntry.LISTED, OwnEntry.LISTED)
    honest = Accepted(directory=directory, clock=Clock.PLAUSIBLE, own=listed, added=(), removed=())
    with desk.db.transaction():
        own_entries.look(desk, directory, replace(honest, **said), desk.now())  # type: ignore[arg-type]  # named by tests


def test_another_key_under_our_number_stops_sending_until_persons_have_answered(made: World) -> None:
    headquarters, paris, _ = talked(made)
    _looked_at(paris.station)
    assert not paris.station.status().freezes

    _looked_at(paris.station, own=(OwnEntry.DUPLICATED, OwnEntry.LISTED))

    assert {cause for cause, _, _ in causes(paris.station)} == {Cause.OWN_ENTRY}
    with pytest.raises(Frozen):
        paris.release(draft(HQ.id))
    with pytest.raises(NotAllowed):
        paris.station.refuse_word(WORD)
    paris.station.confirm_entry(WORD)
    paris.release(draft(HQ.id, subject="Khóa đúng"))
    made.settle(headquarters, paris)
    assert "Khóa đúng" in subjects(headquarters.station)
    with pytest.raises(NotAllowed):
        paris.station.confirm_entry(WORD)


def test_an_entry_that_is_right_does_not_end_another_freeze(made: World) -> None:
    _, paris, _ = rolled_back(made, MemoryKeyring())

    with pytest.raises(NotAllowed):
        paris.station.confirm_entry(WORD)


def test_a_machine_that_came_beside_ours_is_shown_and_stops_nothing(made: World) -> None:
    _, paris, _ = talked(made)
    another = replace(desks.own(paris.station.desk).device_certificate, subject=99)
    stranger = replace(another, station=CANBERRA.id)

    _looked_at(paris.station, added=(another, stranger))

    (notice,) = [each for each in paris.station.status().notices if each.kind is NoticeKind.OWN_ENTRY]
    assert "device 99 was added to this station" in notice.detail
    assert not paris.station.status().freezes


def test_a_machine_that_holds_another_directory_is_told_and_the_relay_is_named(made: World) -> None:
    headquarters, paris, _ = talked(made)
    desk = paris.station.desk
    with desk.db.transaction():
        copies.directory_forked(desk, HQ.id, "device 1", desk.now())
    made.settle(paris, headquarters)

    (here,) = [each for each in paris.station.status().notices if each.kind is NoticeKind.DIRECTORY_FORK]
    assert "ours by" in here.detail
    assert any("holds another" in each.detail for each in headquarters.station.status().notices)


def test_what_was_sealed_before_a_store_is_doubted_stays_here(made: World) -> None:
    headquarters, paris, _ = talked(made)
    paris.release(draft(HQ.id, subject="Đã mã, chưa phát"))
    desk = paris.station.desk
    with desk.db.transaction():
        copies.named(desk, HQ.id, 50, desk.now())

    made.settle(paris, headquarters, rounds=2)

    assert "Đã mã, chưa phát" not in subjects(headquarters.station)
    assert paris.station.refuse_word(WORD) == (HQ.id,)
    made.settle(paris, headquarters, rounds=2)
    assert "Đã mã, chưa phát" in subjects(headquarters.station)
