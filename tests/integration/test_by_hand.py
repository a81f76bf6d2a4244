"""Cables by hand between two real stores: same registers, same serials, nothing lost, nothing shown unproven."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from secmsg.errors import FormatError, NotAllowed, NotFound, PageRefused
from secmsg.ids import CableId, StationId
from secmsg.manual import checks
from secmsg.manual import message as messages
from secmsg.manual import text as message_text
from secmsg.office.hand_work import Line, Stage
from secmsg.office.materials import Act
from secmsg.office.pad_pages import PageState, spoken
from secmsg.station import codebooks, hand_texts, pads
from secmsg.station.hand_sheets import Writing
from secmsg.station.hand_views import HandFate, Next
from secmsg.station.views import Doubt, NoticeKind, Register
from secmsg.store import hand_cables as rows
from secmsg.store import hand_worksheets
from secmsg.store import materials as material_rows
from secmsg.store.hand_cables import HandState
from secmsg.wire.cable import Degree
from tests.helpers.by_hand import (
    BODY,
    SECOND,
    SUBJECT,
    Ends,
    groups_of,
    inbox,
    kinds,
    notes,
    spoilt,
    sure_loss,
    two_ends,
)
from tests.helpers.ministry import HQ, PARIS, draft


@pytest.fixture
def ends(tmp_path: Path) -> Iterator[Ends]:
    with two_ends(tmp_path) as found:
        yield found


# --- the whole way ---------------------------------------------------------------------------------------------------


def test_fifty_words_cross_by_hand_and_stand_in_both_registers(ends: Ends) -> None:
    made = ends.release()
    hand = ends.hq.station.hand

    # It is one cable among the others, with its way, number, register line and serial.
    (row,) = [each for each in ends.paris.station.sent() if each.by_hand]
    assert (row.mrn, row.number, row.cable_id) == (made.released.mrn, 2, made.released.cable_id)
    assert notes(ends.paris, Register.OUT) == [f"bằng tay, tập khóa {ends.out.name}, trang {made.pages[0]}"]
    assert made.text == ends.paris.station.read(row.cable_id).cable.body
    assert ends.paris.station.hand.worksheets()[0].next is Next.SEND
    assert row.cable_id in {each.cable_id for each in ends.paris.station.outbox()}

    # Two groups spoilt and one lost: exactly these are asked for.
    lost = sure_loss(made.message, 20)
    first = ends.take(spoilt(made.message, 3, 14, lost=lost))
    assert (first.fate, first.ask, first.header) == (HandFate.ASK, (3, 14, lost), ())
    assert inbox(ends.hq) == []
    assert hand.worksheet(first.worksheet).next is Next.ASK
    for number in first.ask:
        hand.fill(first.worksheet, Line.GROUP, number - 1, groups_of(made.message)[number - 1])
    assert hand.worksheet(first.worksheet).next is Next.VERIFY
    taken = hand.receive(first.worksheet)

    # Entered, listed, readable, nowhere called signed.
    assert (taken.fate, taken.mrn, taken.station_name) == (HandFate.ENTERED, made.released.mrn, PARIS.name_vi)
    assert taken.cable_id == made.released.cable_id
    (came,) = inbox(ends.hq)
    assert came.unsigned
    view = ends.hq.station.read(came.cable_id)
    assert (view.cable.body, view.cable.degree, view.cable.number) == (made.text, Degree.CONFIDENTIAL, 2)
    assert (view.verification.signature_ok, view.verification.by_hand, view.verification.serial) == (
        False, True, made.serial,
    )  # fmt: skip
    assert notes(ends.hq, Register.IN) == ["bằng tay, nhóm xác thực đúng, chưa có chữ ký"]
    assert ends.hq.station.search("chỉ đạo").rows[0].by_hand
    with pytest.raises(NotAllowed, match="no signature yet"):
        ends.hq.station.acknowledge(came.cable_id)

    # The receipt by hand moves nothing on the ladder.
    paris = ends.paris.station
    said = hand.say_receipt(came.cable_id)
    assert said == taken.receipt
    assert len(said) == 9
    assert not paris.hand.take_receipt(row.cable_id, "0000 0000")
    assert paris.hand.take_receipt(row.cable_id, said)
    assert paris.read(row.cable_id).receipts == ()
    assert paris.hand.messages()[0].receipt_at is not None

    # Pages and worksheets end together, with two names.
    paris.hand.mark_sent(made.worksheet)
    paris.hand.destroy(made.worksheet, SECOND, "đốt")
    hand.destroy(taken.worksheet, SECOND, "đốt")
    assert paris.hand.worksheets() == hand.worksheets() == ()
    page = material_rows.page(paris.desk.db, ends.out.number, ends.out.first)
    assert page is not None
    assert (page.state, page.serial, page.cable) == (PageState.DESTROYED, made.serial, made.released.mrn)
    assert paris.hand.message_text(row.cable_id) == hand.message_text(row.cable_id) == made.message

    # The signed cable comes by the line, under the same id and word for word.
    ends.world.settle()
    (came,) = inbox(ends.hq)
    assert not came.unsigned
    assert ends.hq.station.read(came.cable_id).verification.signature_ok
    assert notes(ends.hq, Register.IN)[-1] == "đến trước bằng tay; đã có chữ ký, đúng từng chữ"
    assert NoticeKind.HAND_DIFFERS not in kinds(ends.hq)
    assert ends.hq.station.gaps() == ()
    ends.hq.station.acknowledge(came.cable_id)
    ends.world.settle()
    assert len(paris.read(row.cable_id).receipts) >= 2


def test_what_was_typed_is_there_after_a_kill_and_goes_on(ends: Ends) -> None:
    made = ends.release()
    groups = groups_of(made.message)
    hand = ends.hq.station.hand
    number = hand.begin(PARIS.id)
    for place, group in enumerate(made.message.splitlines()[0].split()):
        hand.fill(number, Line.HEADER, place, group)
    for place in range(7):
        hand.fill(number, Line.GROUP, place, groups[place])
    assert hand.worksheet(number).next is Next.TYPE_GROUPS

    hq = ends.world.reopen(ends.hq, HQ)

    hand = hq.station.hand
    (row,) = hand.worksheets()
    assert (row.worksheet, row.stage, row.peer_name) == (number, Stage.TYPED, PARIS.name_vi)
    sheet = hand.incoming(number)
    assert [sheet.typed[Line.GROUP, place] for place in range(7)] == groups[:7]
    assert sheet.judgement is not None
    assert (sheet.judgement.ask, len(sheet.judgement.waiting)) == ((), len(groups) - 7)
    for place in range(7, len(groups)):
        hand.fill(number, Line.GROUP, place, groups[place])
    for place, group in enumerate(made.message.splitlines()[-1].split()):
        hand.fill(number, Line.TAG, place, group)
    assert hand.receive(number).fate is HandFate.ENTERED


# --- what comes wrong ------------------------------------------------------------------------------------------------


def test_groups_that_changed_places_and_one_said_twice_are_put_right(ends: Ends) -> None:
    made = ends.release()
    lines = made.message.splitlines()
    groups = " ".join(lines[1:-1]).split()
    groups[4], groups[5] = groups[5], groups[4]
    groups.insert(11, groups[10])

    taken = ends.take("\n".join((lines[0], " ".join(groups), lines[-1])))

    assert (taken.fate, taken.repaired) == (HandFate.ENTERED, (5, 6))
    assert ends.hq.station.read(inbox(ends.hq)[0].cable_id).cable.body == made.text


def test_letters_of_a_teleprinter_and_wide_figures_are_figures(ends: Ends) -> None:
    first, second = ends.release(), ends.release("Xin ý kiến.")
    shifted = first.message.translate(str.maketrans("1234567890", "QWERTYUIOP"))
    wide = second.message.translate(str.maketrans("0123456789", "０１２３４５６７８９"))

    assert ends.take(shifted).fate is HandFate.ENTERED
    assert ends.take(wide).fate is HandFate.ENTERED
    assert len(inbox(ends.hq)) == 2


def test_a_header_that_does_not_fit_is_asked_for_and_the_text_is_kept(ends: Ends) -> None:
    made = ends.release()
    lines = made.message.splitlines()
    header = lines[0].split()
    right, header[2] = header[2], header[2][:4] + str((int(header[2][4]) + 1) % 10)

    taken = ends.take("\n".join((" ".join(header), *lines[1:])))
    hand = ends.hq.station.hand
    assert (taken.fate, taken.header) == (HandFate.HEADER, (3,))
    assert hand.worksheet(taken.worksheet).next is Next.TYPE_HEADER
    hand.fill(taken.worksheet, Line.HEADER, 2, right)

    assert hand.receive(taken.worksheet).fate is HandFate.ENTERED


def test_a_page_serves_one_message_and_the_same_one_changes_nothing(ends: Ends) -> None:
    made = ends.release()
    assert ends.take(made.message).fate is HandFate.ENTERED
    before = ends.hq.station.register(Register.IN)

    again = ends.take(spoilt(made.message, 2, lost=9))
    assert (again.fate, again.mrn, again.cable_id) == (HandFate.DUPLICATE, made.released.mrn, made.released.cable_id)
    other = spoilt(made.message, *range(1, 7))
    lines = other.splitlines()
    groups = lines[1].split()
    forged = [checks.sent(group[:4], place) for place, group in enumerate(groups)]

    with pytest.raises(PageRefused, match=r"was used on 20..-..-.. ..:..Z for cable 26 PARIS 002"):
        ends.take("\n".join((lines[0], " ".join(forged), lines[-1])))
    assert ends.hq.station.register(Register.IN) == before
    assert len(inbox(ends.hq)) == 1


def test_a_page_of_the_other_direction_or_of_no_book_is_refused_by_its_name(ends: Ends) -> None:
    made = ends.release()
    hand = ends.paris.station.hand

    with pytest.raises(PageRefused, match="of the other direction"):
        hand.receive(hand.begin(None, made.message))
    header = message_text.read(made.message).header
    far = replace(header, pages=(spoken(800),))
    text = message_text.write(replace(message_text.read(made.message).message(), header=far))
    with pytest.raises(NotFound, match="no pad book here has page"):
        ends.take(text)
    assert len(ends.hq.station.hand.worksheets()) == 1, "what was typed is kept"


def test_a_tag_that_does_not_verify_shows_nothing_and_the_fifth_stops_the_book(ends: Ends) -> None:
    made = ends.release()
    lines = made.message.splitlines()
    first, *others = lines[-1].split()
    forged = [
        "\n".join((*lines[:-1], " ".join((f"{(int(first) + more) % 100_000:05}", *others)))) for more in range(1, 6)
    ]
    # An officer who compares the same once more has not met another forgery.
    assert [ends.take(forged[0]).failures for _ in range(6)] == [1] * 6

    fates = [ends.take(each) for each in forged]

    assert [(each.fate, each.failures, each.stopped) for each in fates] == [
        (HandFate.FORGED, failures, failures == 5) for failures in range(1, 6)
    ]
    assert {each.cable_id for each in fates} == {None}
    assert inbox(ends.hq) == []
    # The book is stopped for the true message too, until two persons let it go on.
    with pytest.raises(PageRefused, match="compromised"):
        ends.take(made.message)


@pytest.mark.parametrize("tag", ["", "?", "3498", "3498đ"])
def test_a_tag_that_has_not_come_whole_is_asked_for_and_is_no_forgery(ends: Ends, tag: str) -> None:
    made = ends.release()
    *lines, last = made.message.splitlines()
    first, second = last.split()
    hand = ends.hq.station.hand

    one = (2,) if tag.strip("?") else (1, 2)
    sheet = 0
    for text, asked in (("\n".join((*lines, f"{first} {tag}")), one), ("\n".join((*lines, f"{tag} {tag}")), (1, 2))):
        sheet = hand.begin(None, text)
        taken = hand.receive(sheet)
        assert (taken.fate, taken.ask, taken.tags, taken.failures) == (HandFate.ASK, (), asked, 0)

    assert material_rows.read(ends.hq.station.desk.db, ends.into.number).failures == 0
    for place, group in enumerate((first, second)):
        hand.fill(sheet, Line.TAG, place, group)
    assert hand.receive(sheet).fate is HandFate.ENTERED


def test_a_codebook_of_another_edition_is_named_and_the_message_can_be_read_later(ends: Ends) -> None:
    coded = hand_texts.encode(draft(HQ.id, body=BODY), 2, 0, codebooks.load())
    taken = pads.take(ends.paris.station.desk, ends.out.number, len(coded.codes), ends.top())
    other = ("0099", *coded.codes[1:])
    message = messages.encipher(other, taken.pages, taken.sheets, serial=9, at=1_790_003_580)

    with pytest.raises(FormatError, match="edition 99 of the codebook is not here"):
        ends.take(message_text.write(message))

    hand = ends.hq.station.hand
    (row,) = hand.worksheets()
    assert row.next is Next.VERIFY
    with pytest.raises(FormatError, match="edition 99"):
        hand.receive(row.worksheet)
    assert material_rows.read(ends.hq.station.desk.db, ends.into.number).failures == 0
    assert inbox(ends.hq) == []


# --- what goes wrong on the way out ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"action_to": (HQ.id,), "info_to": (StationId(3),)}, "one addressee"),
        ({"summary": "Tóm tắt"}, "no summary"),
    ],
)
def test_what_cannot_go_by_hand_takes_no_page_and_no_number(ends: Ends, changes: dict[str, object], said: str) -> None:
    top = ends.top()

    with pytest.raises(NotAllowed, match=said):
        ends.paris.station.hand.release(replace(draft(HQ.id), **changes), ends.way)  # type: ignore[arg-type]

    assert ends.top() == top
    assert ends.paris.station.hand.worksheets() == ()
    assert ends.release().released.number == 2


def test_a_worksheet_makes_one_cable_and_a_second_asking_takes_no_page(ends: Ends) -> None:
    hand = ends.paris.station.hand
    form = draft(HQ.id, subject=SUBJECT, body=BODY, degree=Degree.CONFIDENTIAL)
    sheet = hand.save(None, Writing(form, ends.out.number))
    made = hand.release(form, ends.way, sheet)
    top, groups = ends.top(), hand.message_of(sheet)

    with pytest.raises(NotAllowed, match="no cable that is being written"):
        hand.release(form, ends.way, sheet)
    hand.mark_sent(sheet)
    with pytest.raises(NotAllowed, match="no cable that is being written"):
        hand.release(form, ends.way, sheet)
    with pytest.raises(NotFound):
        hand.release(form, ends.way, sheet + 1)

    assert ends.top() == top, "no page was torn off for it"
    assert hand.message_of(sheet) == groups == made.message
    assert len(hand.messages()) == 1


def test_a_used_page_is_refused_and_nothing_is_begun(ends: Ends) -> None:
    first = ends.release()

    with pytest.raises(PageRefused, match=r"was used on .* for cable 26 PARIS 002"):
        ends.release(way=replace(ends.way, top=first.pages[0]))

    assert [each.worksheet for each in ends.paris.station.hand.worksheets()] == [first.worksheet]


def test_pages_that_were_taken_before_a_stop_are_used_and_the_cable_goes_on_with_the_next(ends: Ends) -> None:
    hand = ends.paris.station.hand
    form = draft(HQ.id, subject=SUBJECT, body=BODY, degree=Degree.CONFIDENTIAL)
    number = hand.save(None, Writing(form, ends.out.number))
    lost = pads.take(ends.paris.station.desk, ends.out.number, 60, ends.top())

    paris = ends.world.reopen(ends.paris, PARIS)

    after = Ends(ends.world, ends.hq, paris, ends.out, ends.into)
    (row,) = paris.station.hand.worksheets()
    assert (row.worksheet, row.next) == (number, Next.ENCIPHER)
    kept = paris.station.hand.writing(number)
    assert (kept.draft, kept.book) == (form, ends.out.number)
    made = paris.station.hand.release(kept.draft, after.way, number)
    assert (made.worksheet, made.released.number) == (number, 2)
    assert made.pages != lost.numbers
    with pytest.raises(PageRefused, match="was taken on"):
        pads.take(paris.station.desk, ends.out.number, 60, lost.numbers[0])


# --- beside the line -------------------------------------------------------------------------------------------------


def test_the_signed_cable_came_first_and_says_the_same(ends: Ends) -> None:
    made = ends.release()
    ends.world.settle()

    taken = ends.take(made.message)

    assert (taken.fate, taken.cable_id) == (HandFate.SIGNED_BEFORE, made.released.cable_id)
    assert [(each.unsigned, each.by_hand) for each in inbox(ends.hq)] == [(False, True)]
    assert NoticeKind.HAND_DIFFERS not in kinds(ends.hq)


def test_another_signed_cable_in_the_place_of_one_by_hand_is_an_alarm(ends: Ends) -> None:
    made = ends.release()
    assert ends.take(made.message).fate is HandFate.ENTERED
    # A copy of the post's store, from before, releases something else under the same serial.
    here = ends.hq.station.desk
    with here.db.transaction():
        here.db.run("UPDATE hand_cables SET cable_id = ?", (bytes(16),))
        here.db.run("UPDATE cables SET cable_id = ? WHERE by_hand = 1", (bytes(16),))

    ends.world.settle()

    assert NoticeKind.HAND_DIFFERS in kinds(ends.hq)
    assert {each.unsigned for each in inbox(ends.hq)} == {True}
    assert rows.of_cable(here.db, CableId(bytes(16)))[0].state is HandState.DIFFERS
    assert ends.hq.station.read(CableId(bytes(16))).verification.doubts == (Doubt.HAND,)


def test_an_hour_changed_on_the_way_is_an_alarm_when_the_signed_cable_comes(ends: Ends) -> None:
    first, _ = ends.paris.station.numbers.keep_block(HQ.id, 3)
    made = ends.release(way=replace(ends.way, block=first))
    message = message_text.read(made.message).message()
    header = replace(message.header, at=message.header.at - 366 * 86_400)
    taken = ends.take(message_text.write(replace(message, header=header)))
    assert (taken.fate, taken.mrn) == (HandFate.ENTERED, "25 PARIS 002"), "the tag does not cover the header's hour"

    ends.world.settle()

    assert NoticeKind.HAND_DIFFERS in kinds(ends.hq)
    (came,) = rows.of_cable(ends.hq.station.desk.db, CableId(taken.cable_id or b""))
    assert came.state is HandState.DIFFERS


def test_a_block_gives_its_serials_and_accounts_for_them_by_itself(ends: Ends) -> None:
    paris, hq = ends.paris.station, ends.hq.station
    first, last = paris.numbers.keep_block(HQ.id, 5)
    made = ends.release(way=replace(ends.way, block=first))
    second = ends.release("Xin ý kiến.", way=replace(ends.way, block=first))
    assert (made.serial, second.serial) == (first, first + 1)
    ends.world.settle()

    assert ends.take(made.message).fate is HandFate.SIGNED_BEFORE
    (block,) = next(each for each in hq.numbers.continuity().pairs if each.peer == PARIS.id).blocks
    assert (block.first, block.last, block.taken) == (first, last, ((first, first),))
    assert paris.numbers.reconcile_block(HQ.id, first, ()) == ((first, first + 1),)
    ends.world.settle()
    (block,) = next(each for each in hq.numbers.continuity().pairs if each.peer == PARIS.id).blocks
    assert block.missing == ((first + 1, first + 1),)
    assert ends.take(second.message).fate is HandFate.SIGNED_BEFORE
    (block,) = next(each for each in hq.numbers.continuity().pairs if each.peer == PARIS.id).blocks
    assert block.missing == ()
    with pytest.raises(NotAllowed, match="reconciled before"):
        ends.release(way=replace(ends.way, block=first))


def test_a_cable_enciphered_anew_is_the_same_cable_under_a_serial_of_its_own(ends: Ends) -> None:
    made = ends.release()
    hand = ends.paris.station.hand

    again = hand.encipher_anew(made.released.cable_id, ends.way)

    assert again.released == made.released
    assert again.pages != made.pages
    assert again.serial == made.serial + 2, "the serial between says that this one is for the hand"
    assert ends.take(again.message).fate is HandFate.ENTERED
    assert ends.take(made.message).fate is HandFate.SAME_CABLE
    assert len(inbox(ends.hq)) == 1
    ends.world.settle()
    assert [each.unsigned for each in inbox(ends.hq)] == [False]
    assert ends.hq.station.gaps() == ()
    assert NoticeKind.HAND_DIFFERS not in kinds(ends.hq)


def test_a_message_that_reaches_the_last_keys_has_no_receipt_by_hand(ends: Ends) -> None:
    made = ends.release(way=replace(ends.way, length=120))

    taken = ends.take(made.message)

    assert (made.count, made.has_receipt, taken.receipt) == (120, False, "")
    with pytest.raises(NotFound, match="the signed one"):
        ends.hq.station.hand.say_receipt(made.released.cable_id)
    with pytest.raises(NotFound, match="the signed one"):
        ends.paris.station.hand.take_receipt(made.released.cable_id, "1234 5678")


def test_a_long_message_takes_two_pages_and_parity_rebuilds_what_one_row_lost(ends: Ends) -> None:
    made = ends.release(BODY + "\n" + BODY + "\n" + BODY, way=replace(ends.way, parity=True))
    lines = made.message.splitlines()
    cells = lines[1].split()
    del cells[4]

    taken = ends.take("\n".join((lines[0], " ".join(cells), *lines[2:])))

    assert len(made.pages) == 2
    assert (taken.fate, taken.repaired) == (HandFate.ENTERED, (5,))
    assert ends.hq.station.read(made.released.cable_id).cable.body == made.text


def test_five_wrong_answers_end_the_receipt_by_hand(ends: Ends) -> None:
    made = ends.release()
    hand = ends.paris.station.hand
    right = rows.of_cable(ends.paris.station.desk.db, made.released.cable_id)[0].receipt

    for _ in range(5):
        assert not hand.take_receipt(made.released.cable_id, "1111 1111" if right != "1111 1111" else "2222 2222")
    with pytest.raises(NotAllowed, match="five wrong answers"):
        hand.take_receipt(made.released.cable_id, right)


# --- worksheets ------------------------------------------------------------------------------------------------------


def test_given_up_work_leaves_nothing_and_the_cable_stays(ends: Ends) -> None:
    made = ends.release()
    hand, desk = ends.paris.station.hand, ends.paris.station.desk
    finished = hand.finished(made.worksheet)
    assert len(finished.codes) == made.count
    assert "".join(finished.codes[:3]) not in repr(finished)

    hand.give_up(made.worksheet)

    assert hand_worksheets.every(desk.db) == ()
    with pytest.raises(NotFound):
        hand.finished(made.worksheet)
    assert [each.mrn for each in ends.paris.station.sent() if each.by_hand] == [made.released.mrn]


def test_a_worksheet_goes_with_its_page_by_whichever_way_that_is_destroyed(ends: Ends) -> None:
    first, second = ends.release(), ends.release("Xin ý kiến.")
    pads_, hand = ends.paris.station.pads, ends.paris.station.hand

    pads_.destroy_pages(ends.out.number, first.pages, SECOND)
    assert [each.worksheet for each in hand.worksheets()] == [second.worksheet]
    pads_.act(ends.out.number, Act.DESTROYED, second=SECOND)
    assert hand.worksheets() == ()


def test_a_worksheet_takes_only_what_fits_its_stage(ends: Ends) -> None:
    made = ends.release()
    hand = ends.paris.station.hand
    with pytest.raises(NotAllowed, match="sent, or read"):
        hand.destroy(made.worksheet, SECOND)
    with pytest.raises(NotAllowed, match="its text is fixed"):
        hand.save(made.worksheet, Writing(draft(HQ.id), ends.out.number))
    with pytest.raises(NotAllowed, match="being written"):
        hand.writing(made.worksheet)
    with pytest.raises(NotAllowed, match="cable that leaves"):
        hand.incoming(made.worksheet)
    hand.mark_sent(made.worksheet)
    with pytest.raises(NotAllowed, match="another than the officer"):
        hand.destroy(made.worksheet, ends.paris.station.status().person_name)
    assert hand.worksheet(made.worksheet).next is Next.DESTROY
    with pytest.raises(FormatError):
        hand.fill(made.worksheet, Line.CIPHER, 0, "x" * 600)
    hand.fill(made.worksheet, Line.CIPHER, 0, "5012")
    assert hand.finished(made.worksheet).typed == {(Line.CIPHER, 0): "5012"}
    with pytest.raises(NotAllowed, match="not fixed yet"):
        hand.finished(hand.begin())


def test_no_more_worksheets_lie_here_than_can_be_minded(ends: Ends) -> None:
    hand = ends.hq.station.hand
    for _ in range(hand_worksheets.MAX_KEPT):
        hand.begin()

    with pytest.raises(NotAllowed, match="give them up"):
        hand.begin()
