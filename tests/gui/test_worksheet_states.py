"""What the windows of the hand cipher know, without a window: the sheet in figures, the cutting, the key material."""

from dataclasses import replace

from secmsg.ids import StationId
from secmsg.manual import encoding, working, worksheet
from secmsg.manual import tag as tags
from secmsg.manual.mistakes import Mistake
from secmsg.manual.working import Line as Entered
from secmsg.manual.worksheet import Direction, Worksheet, enciphering
from secmsg.office.draft import Draft
from secmsg.station import codebooks
from secmsg.station.pad_views import Direction as BookDirection
from secmsg.station.pad_views import State
from tests.helpers import manual
from tests.helpers.ui_hand import item
from ui.manual.aloud.state import LineKind, lines_of
from ui.manual.figures.state import FiguresState, Way, entry_name
from ui.manual.sheet import COLUMNS, Line, Mark, Spot, spot_of
from ui.manual.stock.state import StockState, is_page, may_confirm
from ui.manual.work import mistakes, words
from ui.manual.work.state import WriteState

OFFICE = StationId(1)


def sheet(count: int = 24, *, parity: bool = False) -> Worksheet:
    """Make a real worksheet of invented codes."""
    codes, (page,) = manual.codes(b"states", count), manual.pages(b"states", 42, 1)
    return enciphering(codes, [page], [tags.sheet(31415)], serial=220, at=manual.AT, parity=parity)


def kept(count: int = 24, *, parity: bool = False) -> Worksheet:
    """Make the sheet as it is after a stop: no running values, for the authentication sheet is not kept with it."""
    made = sheet(count, parity=parity)
    return worksheet.finished(Direction.ENCIPHER, made.message(), [cell.code for cell in made.cells])


def worked(state: FiguresState) -> FiguresState:
    """Type everything that is right, where the cursor goes."""
    for line, place in working.cells(state.sheet, state.lines):
        state = state.took(working.right(state.sheet, line, place))
    return state


class TestFigures:
    def test_the_machine_fills_every_box(self) -> None:
        state = FiguresState(sheet())
        grid = state.grid
        assert state.whole
        assert [line for line, _ in grid.bands[0].lines] == [
            Line.SEED, Line.CODE, Line.KEY, Line.CIPHER, Line.CHECK, Line.RUNNING,
        ]  # fmt: skip
        cell = state.cells[13]
        assert grid.box(spot_of(13, Line.CIPHER)).text == cell.cipher
        assert grid.box(spot_of(13, Line.RUNNING)).text == cell.running[0]
        assert grid.tags[0].text == state.sheet.tags[0]
        assert state.took("1").erased().typed == {}

    def test_the_officer_fills_it_and_the_cursor_goes_on_when_a_box_is_right(self) -> None:
        state = FiguresState(kept()).in_way(Way.SELF)
        assert state.at == spot_of(0, Line.CIPHER)
        state = state.took(state.cells[0].cipher)
        assert state.at == spot_of(0, Line.CHECK)
        state = state.took(state.cells[0].check)
        assert state.at == spot_of(1, Line.CIPHER)
        done = worked(FiguresState(kept()).in_way(Way.SELF))
        assert done.whole
        assert done.wrong == ()
        assert done.next.line is None
        assert "Every box is right" in words.step(done)

    def test_with_parity_the_row_ends_with_its_parity_group(self) -> None:
        state = FiguresState(kept(parity=True)).in_way(Way.SELF)
        for cell in state.cells[:10]:
            state = state.took(cell.cipher + cell.check)
        assert state.at == Spot(Line.CIPHER, 0, COLUMNS)
        assert "Parity group of row 1" in words.step(state)
        assert state.grid.columns == COLUMNS + 1
        done = worked(FiguresState(kept(parity=True)).in_way(Way.SELF))
        assert done.whole
        assert done.grid.box(Spot(Line.CIPHER, 0, COLUMNS)).mark is Mark.MADE
        assert FiguresState(sheet(10, parity=True)).grid.box(Spot(Line.CIPHER, 1, COLUMNS)).mark is Mark.UNUSED

    def test_a_wrong_box_is_outlined_and_named_without_the_right_figures(self) -> None:
        state = FiguresState(kept()).in_way(Way.SELF)
        carried = f"{(int(state.cells[0].code) + int(state.cells[0].key)) % 10_000:04}"
        state = state.took(carried)
        assert state.at == spot_of(0, Line.CIPHER)
        ((line, place, verdict),) = state.wrong
        assert (line, place) == (Entered.CIPHER, 0)
        assert state.grid.box(spot_of(0, Line.CIPHER)).mark is Mark.WRONG
        told = words.wrong(line, place, verdict)
        assert state.cells[0].cipher not in told
        if verdict.mistake is Mistake.CARRIED:
            assert "with a carry" in told
        # typed upon it begins anew
        assert state.took(state.cells[0].cipher).wrong == ()

    def test_a_box_left_short_says_how_many_figures_lack(self) -> None:
        state = FiguresState(kept()).in_way(Way.SELF).moved(spot_of(6, Line.CIPHER)).took("123")
        assert state.short() == ()
        state = state.moved(spot_of(0, Line.CIPHER))
        assert state.short() == ((Entered.CIPHER, 6, 1),)
        assert words.short(*state.short()[0]) == "Group 7, Cipher: 1 figure is lacking"
        assert state.grid.box(spot_of(6, Line.CIPHER)).mark is Mark.WRONG
        assert state.moved(spot_of(6, Line.CIPHER)).erased().typed == {(Entered.CIPHER, 6): "12"}

    def test_only_figures_and_only_into_boxes_that_are_worked(self) -> None:
        state = FiguresState(kept()).in_way(Way.SELF)
        assert state.took("x").refused == "x"
        assert state.took("１").typed == {(Entered.CIPHER, 0): "1"}
        for spot in (spot_of(0, Line.KEY), spot_of(0, Line.SEED), spot_of(24, Line.CIPHER)):
            there = state.moved(spot)
            assert there.took("1").typed == {}
            assert there.erased() == there

    def test_where_the_running_values_are_known_the_tag_is_worked_too(self) -> None:
        state = FiguresState(sheet()).in_way(Way.SELF)
        assert Entered.TAG in state.lines
        state = worked(state)
        assert state.whole
        assert state.grid.tags[0].mark is Mark.MADE
        assert entry_name(Entered.RUNNING, 1_002) == (Line.CIPHER, 2)
        wrong = replace(FiguresState(sheet()).in_way(Way.SELF), at=spot_of(24, Line.CIPHER)).took("00000")
        assert any(line is Entered.TAG for line, _, _ in wrong.wrong)
        assert words.wrong(*wrong.wrong[0]).startswith("Tag group")

    def test_a_sheet_that_came_shows_ciphers_first(self) -> None:
        made = sheet()
        came = worksheet.finished(Direction.DECIPHER, made.message(), [cell.code for cell in made.cells])
        lines = [line for line, _ in FiguresState(came).grid.bands[0].lines]
        assert lines == [Line.SEED, Line.CIPHER, Line.CHECK, Line.KEY, Line.CODE]

    def test_with_the_authentication_sheet_what_was_kept_is_the_whole_sheet_again(self) -> None:
        made = sheet()
        codes, secret = [cell.code for cell in made.cells], [tags.sheet(31415)]
        again = worksheet.finished(Direction.ENCIPHER, made.message(), codes, made.masks, secret)
        assert again == made

    def test_no_figure_is_in_a_repr(self) -> None:
        state = FiguresState(sheet())
        assert state.cells[0].key not in repr(state)

    def test_every_slip_has_words(self) -> None:
        assert all(mistakes.said(mistake) for mistake in Mistake)


class TestCutting:
    def state(self, text: str) -> WriteState:
        book = codebooks.load()
        return WriteState(draft=Draft(body=text), encoding=encoding.encode(text, book))

    def test_what_is_spelled_and_what_changes_is_known(self) -> None:
        state = self.state("Đoàn Macron hoà đàm 0412.")
        assert [segment.text for segment in state.spelled] == ["Macron"]
        assert [change.after for change in state.changes] == ["hòa"]
        assert state.count == 30
        assert (state.strips, state.pages) == (1, 1)
        assert replace(state, length=90).count == 90
        empty = WriteState()
        assert (empty.count, empty.spelled, empty.changes) == (0, (), ())

    def test_own_cuts_stay_as_far_as_the_text_does(self) -> None:
        text = "Đại sứ quán đã nhận điện"
        ways = encoding.alternatives(text, codebooks.load(), 0)
        state = self.state(text).cut(ways[-1])
        assert state.cuts == (ways[-1],)
        assert state.cut(ways[0]).cuts == (ways[0],)
        assert state.written(f"{text} rồi").cuts == (ways[-1],)
        assert state.written(f"Bộ. {text}").cuts == ()

    def test_the_book_names_the_addressee_and_the_top_page_must_check(self) -> None:
        book = item(17, "ĐI-017", BookDirection.OUT, State.IN_USE, OFFICE, "Bộ")
        state = WriteState().offered((book,))
        assert state.draft.action_to == (OFFICE,)
        assert state.choice == book
        assert not state.top_fits
        assert replace(state, top="00427").top_fits
        assert not replace(state, top="00428").top_fits
        assert state.offered((replace(book, confirmed=True),)).top_fits
        assert WriteState().offered(()).choice is None
        assert not WriteState().top_fits
        assert WriteState().with_book(9).draft.action_to == ()


class TestStock:
    def test_what_is_in_use_comes_first_and_what_is_gone_last(self) -> None:
        def made(number: int, state: State, direction: BookDirection = BookDirection.OUT) -> object:
            return item(number, "T", direction, state, OFFICE, "Bộ")

        items = (made(1, State.DESTROYED), made(2, State.COMPROMISED), made(3, State.RECEIVED), made(4, State.IN_USE))
        state = StockState(items)  # type: ignore[arg-type]  # items of the ledger
        assert [each.number for each in state.in_order] == [4, 3, 2, 1]
        assert state.low == ()
        low = StockState((replace(state.in_order[0], low=True),))
        assert [each.number for each in low.low] == [4]
        assert StockState().in_order == ()
        assert StockState().low == ()

    def test_only_a_book_out_that_is_in_use_is_confirmed(self) -> None:
        book = item(17, "ĐI", BookDirection.OUT, State.IN_USE, OFFICE, "Bộ")
        assert may_confirm(book)
        assert not may_confirm(None)
        assert not may_confirm(replace(book, direction=BookDirection.IN))
        assert is_page("00427")
        assert not is_page("00428")


def test_the_lines_that_are_spoken_are_the_message() -> None:
    sent = sheet(parity=True).message()
    lines = lines_of(sent)
    assert [line.kind for line in lines] == [LineKind.HEADER, *[LineKind.ROW] * 3, LineKind.TAGS]
    assert lines[1].groups == (*sent.groups[:10], sent.parities[0])
    assert lines[3].groups == (*sent.groups[20:], sent.parities[2])
    assert lines[-1].groups == sent.tags
