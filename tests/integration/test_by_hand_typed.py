"""Books that lie on paper alone: their pages are typed, and a misreading is caught before anything is believed."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from secmsg.errors import FormatError, NotAllowed, PageRefused, WrongPage
from secmsg.manual import message as messages
from secmsg.manual import pad
from secmsg.manual import text as message_text
from secmsg.manual.pad import Page
from secmsg.office.pad_pages import spoken
from secmsg.station import codebooks, custody, hand_texts, hand_typed, pads
from secmsg.station.custody import Matter
from secmsg.station.hand_sending import Typed, Way
from secmsg.station.hand_views import HandFate
from tests.helpers.by_hand import BODY, Ends, inbox, two_ends
from tests.helpers.ministry import HQ, draft


@pytest.fixture
def ends(tmp_path: Path) -> Iterator[Ends]:
    with two_ends(tmp_path) as found:
        yield found


def typed(page: Page, matter: Matter, *, strips: int = 4) -> str:
    """Write what an officer types off a page."""
    kept = pad.page(int(page.number[:4]), page.keys[: 30 * strips], page.masks)
    rows = [" ".join(kept.keys[at : at + 10]) for at in range(0, len(kept.keys), 10)]
    check = pad.page_check(kept) if strips == 4 else " ".join(pad.strip_checks(kept))
    sheets = [f"sheet {each.r:05}" for each in matter.sheets]
    masks = " ".join(page.masks)
    return "\n".join(("# đọc", f"page {page.number}", *rows, f"masks {masks}", f"check {check}", *sheets))


def paper_only(ends: Ends) -> Matter:
    """Keep what is printed, and erase the figures at both ends."""
    matter = custody.matter(ends.paris.station.desk, ends.out.number)
    for office, item in ((ends.paris, ends.out), (ends.hq, ends.into)):
        custody.erase(office.station.desk, item.number)
    return matter


def test_both_ends_work_with_pages_that_are_on_paper_alone(ends: Ends) -> None:
    matter = paper_only(ends)
    page = hand_typed.read(typed(matter.pages[0], matter))
    way = Way(ends.out.number, spoken(1))
    with pytest.raises(NotAllowed, match="on paper only"):
        ends.release(way=way)

    made = ends.release(way=replace(way, typed=page))
    hand = ends.hq.station.hand
    sheet = hand.begin(None, made.message)
    with pytest.raises(NotAllowed, match="on paper only"):
        hand.receive(sheet)
    other = hand_typed.read(typed(matter.pages[1], matter))
    with pytest.raises(WrongPage):
        hand.receive(sheet, other)
    read = hand.receive(sheet, page)

    assert (read.fate, read.receipt) == (HandFate.ENTERED, " ".join(matter.pages[0].keys[-2:]))
    assert ends.hq.station.read(made.released.cable_id).cable.body == made.text


def test_a_short_message_needs_only_its_strips_and_has_no_receipt_by_hand(ends: Ends) -> None:
    matter = paper_only(ends)
    page = hand_typed.read(typed(matter.pages[0], matter, strips=1))

    made = ends.release("Xin ý kiến.", way=Way(ends.out.number, spoken(1), typed=page))

    assert (made.count, made.has_receipt) == (30, False)
    second = hand_typed.read(typed(matter.pages[1], matter, strips=1))
    with pytest.raises(NotAllowed, match="type that many keys"):
        ends.release(BODY, way=Way(ends.out.number, spoken(2), typed=second))
    assert ends.top() == spoken(2), "no page was taken for it"


def test_a_page_typed_that_is_not_on_top_is_refused_before_one_is_torn_off(ends: Ends) -> None:
    matter = paper_only(ends)
    later = hand_typed.read(typed(matter.pages[4], matter))
    pads.confirm(ends.paris.station.desk, ends.out.number, spoken(1))

    with pytest.raises(PageRefused, match="is not next"):
        ends.release(way=Way(ends.out.number, typed=later))
    with pytest.raises(WrongPage, match="not the one on top"):
        ends.release(way=Way(ends.out.number, spoken(1), typed=later))

    assert ends.top() == spoken(1), "no page was torn off for it"
    assert ends.release(way=Way(ends.out.number, typed=hand_typed.read(typed(matter.pages[0], matter)))).waste == ()


def test_the_figures_of_a_page_that_served_are_refused_under_another_number(ends: Ends) -> None:
    matter = paper_only(ends)
    first = hand_typed.read(typed(matter.pages[0], matter))
    ends.release(way=Way(ends.out.number, typed=first, top=spoken(1)))
    again = hand_typed.read(typed(replace(matter.pages[0], number=spoken(2)), matter))

    with pytest.raises(WrongPage, match="which served a message"):
        ends.release(way=Way(ends.out.number, typed=again))

    assert ends.top() == spoken(2), "no page was torn off for it"


def test_typing_a_page_takes_no_tag_away_from_a_book_with_two(ends: Ends) -> None:
    matter = custody.matter(ends.paris.station.desk, ends.out.number)
    codes = hand_texts.encode(draft(HQ.id, body=BODY), 2, 0, codebooks.load()).codes
    one = messages.encipher(codes, matter.pages[:1], matter.sheets[:1], serial=2, at=1_789_999_980)
    hand = ends.hq.station.hand
    sheet = hand.begin(None, message_text.write(one))

    with pytest.raises(NotAllowed, match="this book demands 2"):
        hand.receive(sheet, Typed(matter.pages[:1], matter.sheets[:1]))

    assert inbox(ends.hq) == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (("masks ", "masks 1"), "two masks"), (("check ", "# "), "its check is printed"),
        (("sheet ", "sheet 1"), "five figures"), (("sheet ", "# "), "a page and an authentication sheet"),
        (("page ", "page 9"), "number"), (("page ", "# "), "below the number"),
    ],
)  # fmt: skip
def test_what_is_typed_wrong_is_named_without_its_figures(ends: Ends, changed: tuple[str, str], said: str) -> None:
    matter = custody.matter(ends.paris.station.desk, ends.out.number)
    text = typed(matter.pages[0], matter).replace(*changed)

    with pytest.raises(FormatError, match=said) as refused:
        hand_typed.read(text)

    assert not any(key in str(refused.value) for key in matter.pages[0].keys if key != matter.pages[0].number[:4])


def test_a_misread_figure_is_caught_by_the_check_of_the_page(ends: Ends) -> None:
    matter = custody.matter(ends.paris.station.desk, ends.out.number)
    page = matter.pages[0]
    wrong = f"{(int(page.keys[0]) + 1) % 10_000:04}"

    with pytest.raises(FormatError, match="a figure was misread"):
        hand_typed.read(typed(page, matter).replace(page.keys[0], wrong, 1))
    with pytest.raises(FormatError, match="longer than the pages"):
        hand_typed.read("page" * hand_typed.MAX_TEXT)
