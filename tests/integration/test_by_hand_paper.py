"""Cables written on paper while the computer was down, entered afterwards: nothing burnt, nothing taken for another."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from secmsg.errors import GroupsWrong, NotAllowed, NotFound, PageRefused, TagMismatch, WrongPage
from secmsg.manual import message as messages
from secmsg.manual import text as message_text
from secmsg.manual.pad import Page
from secmsg.manual.tag import Sheet
from secmsg.office.pad_pages import spoken
from secmsg.station import codebooks, custody, hand_texts, pads
from secmsg.station.hand_sending import Typed
from secmsg.station.hand_views import HandFate, HandReleased, Next
from secmsg.station.views import NoticeKind, Register
from secmsg.wire.cable import Urgency
from tests.helpers.by_hand import BODY, SUBJECT, Ends, inbox, kinds, notes, spoilt, two_ends
from tests.helpers.ministry import HQ, draft


@pytest.fixture
def ends(tmp_path: Path) -> Iterator[Ends]:
    with two_ends(tmp_path) as found:
        yield found


@dataclass(frozen=True)
class Paper:
    """What an officer has after a night without the computer: a copy of the pad, and what he wrote."""

    ends: Ends
    pages: dict[str, Page]
    sheets: tuple[Sheet, ...]

    def write(
        self, body: str, number: int, serial: int, page: str, at: int = 1_790_000_000 - 1_790_000_000 % 60
    ) -> str:
        codes = hand_texts.encode(draft(HQ.id, body=body, urgency=Urgency.PRIORITY), number, 0, codebooks.load()).codes
        made = messages.encipher(codes, [self.pages[page]], self.sheets, serial=serial, at=at)
        return message_text.write(made)

    def enter(self, text: str, worksheet: int | None = None, *, as_written: bool = False) -> HandReleased:
        form = draft(HQ.id, subject=SUBJECT, degree=None, urgency=None, body="")
        return self.ends.paris.station.hand.enter_from_paper(form, text, worksheet, as_written=as_written)


@pytest.fixture
def paper(ends: Ends) -> Paper:
    matter = custody.matter(ends.paris.station.desk, ends.out.number)
    return Paper(ends, {each.number: each for each in matter.pages}, matter.sheets)


def test_a_cable_written_on_paper_is_entered_with_its_page_serial_number_and_hour(ends: Ends, paper: Paper) -> None:
    paris = ends.paris.station
    first, _ = paris.numbers.keep_block(HQ.id, 3)
    text = paper.write(BODY, 2, first, spoken(1))
    # Headquarters read it in the night; the post enters it in the morning.
    assert ends.take(text).fate is HandFate.ENTERED

    made = paper.enter(text)

    assert (made.released.number, made.serial, made.pages) == (2, first, (spoken(1),))
    assert notes(ends.paris, Register.OUT) == [
        f"lập trên giấy, bằng tay, tập khóa {ends.out.name}, trang {spoken(1)}, vào sổ sau"
    ]
    cable = paris.read(made.released.cable_id).cable
    assert (cable.body, cable.urg_action, cable.dtg) == (made.text, Urgency.PRIORITY, 1_789_999_980)
    with pytest.raises(PageRefused, match="for cable 26 PARIS 002"):
        ends.release(way=replace(ends.way, top=spoken(1)))
    ends.world.settle()
    assert [(each.unsigned, each.by_hand) for each in inbox(ends.hq)] == [(False, True)]
    assert ends.hq.station.gaps() == ()
    assert NoticeKind.HAND_DIFFERS not in kinds(ends.hq)
    assert paris.numbers.reconcile_block(HQ.id, first, ()) == ((first, first),)
    with pytest.raises(NotAllowed, match="another cable by hand"):
        paper.enter(paper.write("Xin ý kiến.", 3, first, spoken(2)))


def test_a_slip_on_the_way_in_costs_no_page(ends: Ends, paper: Paper) -> None:
    hand = ends.paris.station.hand
    serial = 2
    text = paper.write(BODY, 2, serial, spoken(1))
    lines = text.splitlines()
    tags = " ".join(f"{(int(each) + 1) % 100_000:05}" for each in lines[-1].split())
    with pytest.raises(GroupsWrong):
        paper.enter(spoilt(text, 4))
    assert hand.worksheets() == ()
    with pytest.raises(TagMismatch):
        paper.enter("\n".join((*lines[:-1], tags)))
    (row,) = hand.worksheets()

    made = paper.enter(text, row.worksheet)

    assert made.released.number == 2
    assert [each.next for each in hand.worksheets()] == [Next.SEND]


def test_pages_torn_off_for_a_cable_on_paper_are_typed_when_the_store_has_them_no_more(
    ends: Ends, paper: Paper
) -> None:
    desk, hand = ends.paris.station.desk, ends.paris.station.hand
    text = paper.write(BODY, 2, 2, spoken(1))
    form = draft(HQ.id, subject=SUBJECT, degree=None, urgency=None, body="")
    other = Typed((paper.pages[spoken(2)],), paper.sheets)
    with pytest.raises(WrongPage):
        hand.enter_from_paper(form, text, typed=other)
    assert ends.top() == spoken(1), "no page was torn off for it"
    # What a stop leaves between the page and its worksheet.
    pads.take(desk, ends.out.number, message_text.read(text).header.count, spoken(1))
    with pytest.raises(PageRefused, match="was taken"):
        paper.enter(text)

    made = hand.enter_from_paper(form, text, typed=Typed((paper.pages[spoken(1)],), paper.sheets))

    assert (made.released.number, made.pages) == (2, (spoken(1),))
    with pytest.raises(NotAllowed, match="stands in the register"):
        hand.enter_from_paper(form, text, typed=Typed((paper.pages[spoken(1)],), paper.sheets))


def test_writing_on_loses_no_page_that_was_torn_off(ends: Ends, paper: Paper) -> None:
    hand = ends.paris.station.hand
    text = paper.write(BODY, 2, 3, spoken(1))
    ends.paris.release(draft(HQ.id, subject="Khác"))
    with pytest.raises(NotAllowed, match="not the next one here"):
        paper.enter(text)
    (row,) = hand.worksheets()
    writing = hand.writing(row.worksheet)
    hand.save(row.worksheet, writing)
    whole = draft(HQ.id, subject=SUBJECT, body=BODY)
    with pytest.raises(NotAllowed, match="enter that cable first"):
        hand.release(whole, replace(ends.way, top=spoken(2)), row.worksheet)

    assert paper.enter(text, row.worksheet, as_written=True).pages == (spoken(1),)


def test_a_number_out_of_turn_stands_only_when_a_person_says_so(ends: Ends, paper: Paper) -> None:
    ends.paris.release(draft(HQ.id, subject="Khác"))
    text = paper.write(BODY, 2, 3, spoken(1))
    with pytest.raises(NotAllowed, match="not the next one here"):
        paper.enter(text)
    (row,) = ends.paris.station.hand.worksheets()

    made = paper.enter(text, row.worksheet, as_written=True)

    assert made.released.mrn == "26 PARIS 002"
    assert notes(ends.paris, Register.OUT)[0].endswith("số theo bản giấy, không theo thứ tự sổ")
    assert ends.paris.release(draft(HQ.id, subject="Sau")).number == 3


def test_a_serial_that_was_not_kept_for_the_hand_is_named(ends: Ends, paper: Paper) -> None:
    with pytest.raises(NotAllowed, match="serial 9 was not kept for the hand, and the next one is 2"):
        paper.enter(paper.write(BODY, 2, 9, spoken(1)))
    message = message_text.read(paper.write(BODY, 2, 2, spoken(1))).message()
    far = replace(message, header=replace(message.header, pages=(spoken(800),)))
    with pytest.raises(NotFound, match="no pad book towards this station"):
        paper.enter(message_text.write(far))
    assert ends.top() == spoken(1)


def test_who_says_first_which_page_lies_on_top_can_still_enter_what_went_with_the_page_before(
    ends: Ends, paper: Paper
) -> None:
    desk = ends.paris.station.desk
    text = paper.write(BODY, 2, 2, spoken(1))
    form = draft(HQ.id, subject=SUBJECT, degree=None, urgency=None, body="")

    # In the morning page 2 lies on top, and that is what the officer says.
    assert pads.confirm(desk, ends.out.number, spoken(2)) == (spoken(1),)
    with pytest.raises(PageRefused):
        ends.paris.station.hand.enter_from_paper(form, text)
    made = ends.paris.station.hand.enter_from_paper(form, text, typed=Typed((paper.pages[spoken(1)],), paper.sheets))

    assert made.pages == (spoken(1),)
    assert [row.mrn for row in ends.paris.station.sent() if row.by_hand] == [made.released.mrn]
    with pytest.raises(PageRefused):
        pads.confirm(desk, ends.out.number, spoken(1))
