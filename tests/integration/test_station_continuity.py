"""Serials between two stations against an adversary who holds back, repeats, reorders, and copies stores."""

import shutil

import pytest

from secmsg.errors import FormatError, Frozen, NotAllowed, NotEntitled, NotFound, SignatureError
from secmsg.ids import MessageId, Serial, StationId
from secmsg.office.number_acts import ActKind
from secmsg.station import books as book_acts
from secmsg.station import desk as desks
from secmsg.station import envelopes, repeats
from secmsg.station.number_views import PairRow
from secmsg.station.reopening import Word
from secmsg.station.views import CableRow, NoticeKind
from secmsg.store import continuity as rows
from secmsg.wire import books as book_wire
from secmsg.wire import service
from secmsg.wire.books import BookReason
from secmsg.wire.cable import Urgency
from secmsg.wire.item import ItemKind
from secmsg.wire.service import Posture, RepeatRequest
from secmsg.wire.sync import Deposit
from tests.helpers.ministry import CANBERRA, HQ, PARIS, draft
from tests.helpers.world import Office, World

DAY = 86_400


def cables(office: Office) -> list[str]:
    return sorted(row.subject for row in office.station.inbox() if isinstance(row, CableRow))


def notices(office: Office) -> dict[NoticeKind, list[str]]:
    found: dict[NoticeKind, list[str]] = {}
    for notice in office.station.status().notices:
        found.setdefault(notice.kind, []).append(notice.detail)
    return found


def pair(office: Office, peer: StationId) -> PairRow:
    return next(row for row in office.station.numbers.continuity().pairs if row.peer == peer)


def missing(office: Office, peer: StationId) -> list[tuple[int, int]]:
    return [(row.first, row.last) for row in pair(office, peer).missing]


def hold_back(world: World, count: int = 1) -> list[MessageId]:
    """Let the relay take the next envelopes to anybody and give them to nobody."""
    held: list[MessageId] = []

    def lose(deposit: Deposit) -> bool:
        if len(held) < count and deposit.message_id not in held:
            held.append(deposit.message_id)
        return deposit.message_id in held

    world.relay.lose = lose
    return held


# --- recaps ----------------------------------------------------------------------------------------------------------


def test_a_withheld_last_cable_is_named_on_both_sides_once_recaps_have_passed(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    headquarters, paris = offices
    headquarters.release(draft(PARIS.id, subject="Đến nơi"))
    ministry_world.settle()
    hold_back(ministry_world)
    headquarters.release(draft(PARIS.id, subject="Bị giữ lại"))
    headquarters.sync()
    assert missing(paris, HQ.id) == []

    ministry_world.clock.now += DAY
    headquarters.sync()
    paris.sync()  # our recap leaves before theirs has come
    headquarters.sync()
    ministry_world.clock.now += 2
    assert missing(paris, HQ.id) == [(2, 2)]
    ministry_world.clock.now += 900
    paris.sync()
    headquarters.sync()

    assert pair(headquarters, PARIS.id).lacking == ((2, 2),)
    ministry_world.settle()
    assert cables(paris) == ["Bị giữ lại", "Đến nơi"]
    assert missing(paris, HQ.id) == []
    ministry_world.clock.now += DAY
    ministry_world.settle()
    assert pair(headquarters, PARIS.id).lacking == ()
    # Both transcripts were compared, both ways.
    assert pair(headquarters, PARIS.id).agreed_out >= 3
    assert pair(headquarters, PARIS.id).agreed_in >= 1
    assert NoticeKind.CHAIN_FORKED not in notices(headquarters).keys() | notices(paris).keys()


def test_a_station_that_has_only_received_sends_recaps_too(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    headquarters, paris = offices
    headquarters.release(draft(PARIS.id))
    ministry_world.settle()
    ministry_world.clock.now += 2 * DAY

    ministry_world.settle()

    assert pair(headquarters, PARIS.id).recap_at is not None
    assert pair(paris, HQ.id).recap_at is not None


def test_recaps_go_at_the_agreed_hour_and_as_often_as_the_posture_says(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    headquarters, paris = offices
    headquarters.release(draft(PARIS.id))
    ministry_world.settle()
    sent = pair(headquarters, PARIS.id).sent
    headquarters.station.numbers.set_posture(Posture.EMERGENCY)
    assert pair(headquarters, PARIS.id).sent == sent + 1

    told = set()
    for _ in range(12):
        ministry_world.clock.now += 900
        headquarters.sync()
        told.add(pair(headquarters, PARIS.id).told_at)
    ministry_world.settle()

    assert len(told) == 4
    assert all(at is not None and at % 3_600 < 900 for at in sorted(told, key=str)[1:])
    assert pair(paris, HQ.id).overdue_at - (pair(paris, HQ.id).recap_at or 0) == 5_400
    assert headquarters.station.numbers.acts()[0].act.kind is ActKind.POSTURE


def test_headquarters_sets_a_posts_posture_and_a_post_sets_nobodys(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    headquarters, paris = offices
    assert headquarters.station.numbers.tell_posture(Posture.HEIGHTENED) == 2
    ministry_world.settle()
    assert paris.station.numbers.continuity().posture is Posture.HEIGHTENED
    assert NoticeKind.POSTURE_TOLD in notices(paris)

    paris.station.numbers.tell_posture(Posture.EMERGENCY)
    ministry_world.settle()

    assert headquarters.station.numbers.continuity().posture is Posture.NORMAL


def test_a_withheld_recap_is_an_alarm_with_the_hour_of_the_last_sign_of_life(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    headquarters, _ = offices
    headquarters.release(draft(PARIS.id))
    ministry_world.settle()
    ministry_world.clock.now += DAY
    ministry_world.settle()
    ministry_world.relay.lose = lambda _: True
    ministry_world.clock.now += DAY
    ministry_world.settle()
    assert NoticeKind.STATION_SILENT not in notices(headquarters)

    ministry_world.clock.now += DAY // 2 + 3_600
    ministry_world.settle(rounds=2)

    (told,) = notices(headquarters)[NoticeKind.STATION_SILENT]
    assert told.startswith("station 2, last heard 20")
    assert told.endswith(" UTC")
    assert pair(headquarters, PARIS.id).silent_since is not None
    assert pair(headquarters, PARIS.id).alarms == 1
    ministry_world.relay.lose = lambda _: False
    ministry_world.clock.now += DAY
    ministry_world.settle()
    assert pair(headquarters, PARIS.id).silent_since is None


def test_what_lies_unread_after_a_week_off_is_no_silence(ministry_world: World, offices: tuple[Office, Office]) -> None:
    headquarters, paris = offices
    headquarters.release(draft(PARIS.id))
    ministry_world.settle()
    for _ in range(7):
        ministry_world.clock.now += DAY
        headquarters.sync()

    paris.sync()

    assert NoticeKind.STATION_SILENT not in notices(paris)


# --- repeats ---------------------------------------------------------------------------------------------------------


def test_three_requests_in_vain_are_an_alarm_at_both_ends_and_an_officer_closes_the_gap(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    headquarters, paris = offices
    headquarters.release(draft(PARIS.id, subject="Điện một"))
    ministry_world.settle()
    lost = {2}
    outbox = headquarters.station.desk.db

    def lose(deposit: Deposit) -> bool:
        carried = outbox.one("SELECT serial FROM envelopes WHERE message_id = ?", (deposit.message_id,))
        return carried is not None and carried[0] in lost

    ministry_world.relay.lose = lose
    for subject in ("Điện hai", "Điện ba"):
        headquarters.release(draft(PARIS.id, subject=subject))
    ministry_world.settle(rounds=1)

    for wait in (901, 1_801, 3_601):
        ministry_world.clock.now += wait
        ministry_world.settle(rounds=2)
    (row,) = pair(paris, HQ.id).missing
    assert (row.first, row.last, row.asked, row.alarmed_at) == (2, 2, 3, None)
    assert [each.attempt for each in row.asks] == [1, 2, 3]
    assert all(each.channels == ("Kênh chính",) for each in row.asks)
    ministry_world.clock.now += 7_201
    ministry_world.settle(rounds=3)

    assert notices(paris)[NoticeKind.GAP_UNANSWERED] == ["station 1, serial 2: asked for in vain"]
    assert notices(headquarters)[NoticeKind.PEER_LACKS] == ["station 2 lacks serial 2, asked in vain"]
    assert pair(headquarters, PARIS.id).lacking == ((2, 2),)
    numbers = paris.station.numbers
    with pytest.raises(NotAllowed, match="reason"):
        numbers.close_gap(HQ.id, 2, 2, "  ")
    with pytest.raises(NotFound):
        numbers.close_gap(HQ.id, 3, 3, "không thiếu")
    numbers.ask_again(HQ.id, 2, 2)
    numbers.close_gap(HQ.id, 2, 2, "Mất cùng túi ngoại giao")
    ministry_world.settle(rounds=2)
    assert missing(paris, HQ.id) == []
    assert notices(headquarters)[NoticeKind.PEER_CLOSED_GAP] == [
        "station 2 has closed serial 2 unseen: Mất cùng túi ngoại giao"
    ]
    assert [line.act.kind for line in numbers.acts()] == [ActKind.ASKED_AGAIN, ActKind.GAP_CLOSED]
    assert numbers.acts()[1].act.person == "Nguyễn Văn Paris"

    # What comes late after all is entered, and is no fork.
    lost.clear()
    ministry_world.clock.now += 2 * DAY
    ministry_world.settle()
    assert NoticeKind.CHAIN_FORKED not in notices(paris)


def test_a_repeat_is_marked_before_it_and_keeps_cable_and_serial(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    headquarters, paris = offices
    headquarters.release(draft(PARIS.id))
    ministry_world.settle()
    hold_back(ministry_world)
    lost = headquarters.release(draft(PARIS.id, subject="Bị giữ lại"))
    headquarters.sync()
    headquarters.release(draft(PARIS.id, subject="Đến nơi"))
    ministry_world.settle(rounds=1)

    ministry_world.clock.now += 901
    ministry_world.settle()

    view = paris.station.read(lost.cable_id)
    assert view.verification.serial == 2
    assert len(cables(paris)) == 3
    # The relay saw two different packets: the stored bytes were of no use where the only channel had had them.
    deposits = {each.message_id: each.body for each in ministry_world.relay.deposited}
    found = headquarters.station.desk.db.all("SELECT message_id, evidence FROM envelopes WHERE serial = 2")
    assert [evidence for _, evidence in found][1:] == ["station_signature"]
    assert len({deposits[MessageId(message_id)] for message_id, _ in found}) == 2


def test_a_duplicate_is_dropped_and_its_sender_hears_that_it_came(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    headquarters, paris = offices
    released = headquarters.release(draft(PARIS.id))
    ministry_world.settle()
    desk = headquarters.station.desk
    device = paris.station.desk
    before = len(paris.station.read(released.cable_id).receipts)
    with desk.db.transaction():
        repeats.answer(desk, desks.own(device).device_certificate, RepeatRequest(((1, 1),)), desk.now())
    sent = pair(paris, HQ.id).sent

    ministry_world.settle()

    assert len(cables(paris)) == 1
    assert pair(paris, HQ.id).sent > sent
    assert len(paris.station.read(released.cable_id).receipts) == before


# --- copies ----------------------------------------------------------------------------------------------------------


def forget_session(office: Office, peer: Office) -> None:
    """Let an office begin with fresh keys, as a store that was put back must."""
    with office.station.desk.db.transaction():
        desks.distrust_session(office.station.desk, desks.own(peer.station.desk).device)


def test_a_chain_with_another_history_is_named_by_number_at_both_ends_by_the_transcript(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    headquarters, paris = offices
    headquarters.release(draft(PARIS.id, subject="Điện một"))
    ministry_world.settle()
    ministry_world.clock.now += DAY
    ministry_world.settle()
    agreed = pair(headquarters, PARIS.id).agreed_out
    headquarters.release(draft(PARIS.id, subject="Điện hai"))
    ministry_world.settle()
    # Another store of ours wrote what Paris has: here stands something else under the same serial.
    db = headquarters.station.desk.db
    with db.transaction():
        db.run("UPDATE sent_items SET item = ? WHERE serial > ?", (b"another history", agreed))
        db.run("UPDATE outgoing_pairs SET head = ?", (b"h" * 32,))

    given = pair(headquarters, PARIS.id).sent

    ministry_world.clock.now += DAY
    headquarters.sync()
    paris.sync()
    headquarters.sync()

    held = f"station 2: serials {agreed + 1} to {given}: other items are held there than were sent from here"
    assert held in notices(headquarters)[NoticeKind.FROZEN]
    assert set(notices(paris)[NoticeKind.CHAIN_FORKED]) == {
        f"station 1, serial {given + 1}", f"station 1, serials {agreed + 1} to {given}"
    }  # fmt: skip


# --- new books -------------------------------------------------------------------------------------------------------


def two_signed(headquarters: Office, paris: Office, first: int | None = None) -> bytes:
    proposed = paris.station.numbers.propose_book((HQ.id,), BookReason.REBUILT, "Kho hỏng", first)
    return headquarters.station.numbers.countersign_book(proposed.data).data


def test_two_persons_open_a_new_book_and_the_chain_goes_on_from_there(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    headquarters, paris = offices
    paris.release(draft(HQ.id, subject="Sổ cũ"))
    ministry_world.settle()
    paper = two_signed(headquarters, paris)
    read = headquarters.station.numbers.read_book(paper)
    assert (read.statement.origin, read.statement.first) == (PARIS.id, 2_001)
    assert read.signers == ("Nguyễn Văn Paris, ĐSQ Paris", "Nguyễn Văn Hanoi, Bộ Ngoại giao")

    assert paris.station.numbers.open_book(paper) == 1
    paris.release(draft(HQ.id, subject="Sổ mới"))
    ministry_world.settle()

    assert cables(headquarters) == ["Sổ cũ", "Sổ mới"]
    row = pair(headquarters, PARIS.id)
    assert (row.book_in, row.received >= 2_002, row.missing) == (2_001, True, ())
    assert notices(headquarters)[NoticeKind.NEW_BOOK] == ["station 2 from serial 2001, reason rebuilt"]
    assert NoticeKind.CHAIN_FORKED not in notices(headquarters).keys() | notices(paris).keys()
    assert paris.station.numbers.acts()[0].act.kind is ActKind.BOOK_OPENED
    with pytest.raises(NotAllowed, match="open already"):
        paris.station.numbers.open_book(paper)
    ministry_world.clock.now += 2 * DAY
    ministry_world.settle()
    assert pair(headquarters, PARIS.id).agreed_in > 2_001
    assert NoticeKind.CHAIN_FORKED not in notices(headquarters).keys() | notices(paris).keys()


def test_a_restored_store_comes_back_by_a_new_book(ministry_world: World, offices: tuple[Office, Office]) -> None:
    headquarters, paris = offices
    paris.release(draft(HQ.id, subject="Điện một"))
    ministry_world.settle()
    ministry_world.close(paris)
    shutil.copytree(ministry_world.root / "station-2", ministry_world.root / "old")
    paris = ministry_world.open(PARIS)
    paris.release(draft(HQ.id, subject="Điện hai"))
    ministry_world.settle()
    ministry_world.close(paris)
    restored = ministry_world.open(PARIS, folder="old")
    forget_session(restored, headquarters)
    restored.release(draft(HQ.id, subject="Trên số cũ"))
    ministry_world.settle(restored, headquarters)
    assert NoticeKind.FROZEN in notices(restored)
    with pytest.raises(Frozen):
        restored.release(draft(HQ.id, subject="Điện ba"))

    with pytest.raises(Frozen):
        restored.station.numbers.open_book(two_signed(headquarters, restored))
    restored.station.reopen(Word("Trần Văn An", "Bộ, 14 giờ"), 2)
    restored.station.numbers.open_book(two_signed(headquarters, restored))
    restored.release(draft(HQ.id, subject="Điện bốn"))
    ministry_world.settle(headquarters, restored)

    assert "Điện bốn" in cables(headquarters)
    assert NoticeKind.NEW_BOOK in notices(headquarters)


def test_one_person_opens_no_book(ministry_world: World, offices: tuple[Office, Office]) -> None:
    headquarters, paris = offices
    proposed = paris.station.numbers.propose_book((HQ.id,), BookReason.YEAR)
    with pytest.raises(NotAllowed, match="second person"):
        paris.station.numbers.open_book(proposed.data)
    with pytest.raises(NotAllowed, match="one-person"):
        paris.station.numbers.countersign_book(proposed.data)
    canberra = ministry_world.open(CANBERRA)
    with pytest.raises(NotAllowed, match="stranger"):
        canberra.station.numbers.countersign_book(proposed.data)
    signed = headquarters.station.numbers.countersign_book(proposed.data).data
    with pytest.raises(NotAllowed, match="two persons have signed"):
        headquarters.station.numbers.countersign_book(signed)
    with pytest.raises(NotAllowed, match="another station"):
        headquarters.station.numbers.open_book(signed)
    with pytest.raises(NotAllowed, match="used"):
        paris.station.numbers.propose_book((HQ.id,), BookReason.YEAR, first=0)
    with pytest.raises(NotAllowed, match="at least one"):
        paris.station.numbers.propose_book((), BookReason.YEAR)
    with pytest.raises(FormatError):
        paris.station.numbers.read_book(signed[:-1])


def test_a_statement_changed_after_the_signatures_is_refused(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    headquarters, paris = offices
    paper = two_signed(headquarters, paris)
    statement, signatures = book_wire.decode_paper(paper)
    changed = book_wire.decode_statement(statement)
    other = book_wire.encode_statement(book_wire.BookStatement(
        changed.origin, changed.book, changed.first + 1, changed.reason, changed.at, changed.peers, changed.note
    ))  # fmt: skip

    with pytest.raises(SignatureError):
        paris.station.numbers.open_book(book_wire.encode_paper(other, signatures))


@pytest.mark.parametrize("fault", ["one person twice", "for another", "another place", "used number"])
def test_what_only_calls_itself_a_new_book_is_an_alarm_and_moves_nothing(
    ministry_world: World, offices: tuple[Office, Office], fault: str
) -> None:
    headquarters, paris = offices
    paris.release(draft(HQ.id, subject="Sổ cũ"))
    ministry_world.settle()
    desk = paris.station.desk
    paper = two_signed(headquarters, paris)
    if fault == "for another":
        proposed = paris.station.numbers.propose_book((CANBERRA.id,), BookReason.YEAR)
        paper = headquarters.station.numbers.countersign_book(proposed.data).data
    statement, signatures = book_wire.decode_paper(paper)
    if fault == "one person twice":
        signatures = (signatures[0], signatures[0])
    message = book_wire.NewBook(statement, *signatures)
    first = book_wire.decode_statement(statement).first
    place = first + 5 if fault == "another place" else first
    if fault == "used number":
        paris.station.numbers.open_book(paper)
        ministry_world.settle()
        place = first + 7
    before = pair(headquarters, PARIS.id).received

    with desk.db.transaction():
        rows.restart_outgoing(desk.db, HQ.id, Serial(place), book_acts.base(statement))
        envelopes.post(
            desk, HQ.id, ItemKind.SERVICE, service.encode(message), cable_id=None, urgency=Urgency.ROUTINE,
            now=desk.now(),
        )  # fmt: skip
    ministry_world.settle()

    assert NoticeKind.BOOK_REFUSED in notices(headquarters)
    assert f"station 2, serial {place}" in notices(headquarters)[NoticeKind.CHAIN_FORKED]
    assert notices(paris)[NoticeKind.FROZEN] == [f"station 1: serial {place}"]
    assert pair(headquarters, PARIS.id).received == before
    assert desks.own(desk).station == PARIS.id


def test_the_rule_for_signers_is_the_offices(offices: tuple[Office, Office]) -> None:
    headquarters, paris = offices
    statement, signatures = book_wire.decode_paper(two_signed(headquarters, paris))
    directory = desks.directory(headquarters.station.desk)

    with pytest.raises(NotEntitled, match="one-person"):
        book_acts.verify(directory, book_wire.NewBook(statement, signatures[1], signatures[1]), 1_790_003_600)


# --- traffic by hand -------------------------------------------------------------------------------------------------


def test_numbers_given_by_hand_are_no_gap_and_those_not_used_are_void(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    headquarters, paris = offices
    paris.release(draft(HQ.id, subject="Trước"))
    ministry_world.settle()
    first, last = paris.station.numbers.keep_block(HQ.id, 100)
    assert last - first == 99
    paris.release(draft(HQ.id, subject="Sau"))
    ministry_world.settle()
    assert cables(headquarters) == ["Sau", "Trước"]
    assert missing(headquarters, PARIS.id) == []
    assert pair(headquarters, PARIS.id).received > last

    paris.station.numbers.reconcile_block(HQ.id, first, ((first, first + 1), (first + 4, first + 4)))
    ministry_world.settle()
    (block,) = pair(headquarters, PARIS.id).blocks
    assert block.missing == ((first, first + 1), (first + 4, first + 4))
    headquarters.station.numbers.take_by_hand(PARIS.id, first, ((first, first + 1),))
    (block,) = pair(headquarters, PARIS.id).blocks
    assert block.missing == ((first + 4, first + 4),)
    assert len(notices(headquarters)[NoticeKind.HAND_BLOCK]) == 2
    with pytest.raises(NotAllowed, match="before"):
        paris.station.numbers.reconcile_block(HQ.id, first, ())
    with pytest.raises(NotFound):
        paris.station.numbers.reconcile_block(HQ.id, first + 1, ())
    with pytest.raises(NotAllowed, match="serials"):
        headquarters.station.numbers.take_by_hand(PARIS.id, first, ((last + 1, last + 1),))
    with pytest.raises(NotAllowed):
        paris.station.numbers.keep_block(HQ.id, 1_001)
    assert [line.act.kind for line in paris.station.numbers.acts()] == [ActKind.BLOCK_KEPT, ActKind.BLOCK_RECONCILED]
    ministry_world.clock.now += 2 * DAY
    ministry_world.settle()
    assert NoticeKind.CHAIN_FORKED not in notices(headquarters).keys() | notices(paris).keys()


def test_a_block_whose_item_is_lost_is_asked_for_once_and_closes_its_gap(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    headquarters, paris = offices
    paris.release(draft(HQ.id, subject="Trước"))
    ministry_world.settle()
    hold_back(ministry_world)
    first, _ = paris.station.numbers.keep_block(HQ.id, 20)
    paris.sync()
    paris.release(draft(HQ.id, subject="Sau"))
    ministry_world.settle(paris, headquarters, rounds=1)
    assert missing(headquarters, PARIS.id) == [(first - 1, first + 19)]

    ministry_world.clock.now += 901
    ministry_world.settle()

    assert missing(headquarters, PARIS.id) == []
    assert NoticeKind.GAP_UNANSWERED not in notices(headquarters)
    assert len(pair(headquarters, PARIS.id).blocks) == 1


def test_numbers_given_without_a_block_are_kept_afterwards(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    headquarters, paris = offices
    paris.release(draft(HQ.id))
    ministry_world.settle()

    assert paris.station.numbers.keep_block(HQ.id, 0, up_to=999)[1] == 999

    ministry_world.settle()
    assert missing(headquarters, PARIS.id) == []
