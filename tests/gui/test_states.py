"""What the screens know, without a window: each rule once."""

from dataclasses import replace

import pytest

from secmsg.ids import DraftId, StationId
from secmsg.office.draft import Draft, Lack
from secmsg.office.lifecycle import OutboxState
from secmsg.station.listing import PAGE
from secmsg.station.views import (
    AttachmentState,
    AttachmentView,
    CableRow,
    DraftRow,
    GapRow,
    ListCount,
    ListMark,
    ListPage,
)
from secmsg.wire.cable import Degree, Kind, LinkKind, Named, Reference, Urgency
from tests.helpers.ui_station import (
    BUDGET,
    EUROPE,
    NOW,
    OFFICE,
    PARIS,
    admits,
    cable_id,
    furnished,
    make_cable,
    pairs,
    view_of,
)
from ui.compose import state as compose
from ui.compose.state import CheckLine, ComposeState, Field
from ui.continuity import state as continuity
from ui.drafts import state as drafts
from ui.inbox import state as inbox
from ui.inbox.paged import MOST_PAGES, Paged
from ui.inbox.state import Filter, ListState, Search, Since, key
from ui.outbox import state as outbox
from ui.outbox.state import Act
from ui.reader import state as reader
from ui.reader.state import Order, ReaderState
from ui.unlock import state as unlock
from ui.unlock.state import Means, Phase, Store, UnlockState


class TestUnlockState:
    def test_the_wait_doubles_up_to_a_minute(self) -> None:
        assert [unlock.delay(n) for n in range(9)] == [0, 1, 2, 4, 8, 16, 32, 60, 60]
        assert unlock.delay(10_000) == 60

    def test_nothing_is_tried_during_the_wait_or_twice_at_once(self) -> None:
        state = unlock.refused(UnlockState(), 1000)
        assert (state.failures, state.waiting(1000), state.waiting(1001)) == (1, 1, 0)
        assert not state.may_try(1000)
        assert state.may_try(1001)
        assert not unlock.opening(state).may_try(1001)
        assert not unlock.closing(state).may_try(1001)

    def test_wrong_tries_are_gone_on_from_and_a_clock_put_back_prolongs_no_wait(self) -> None:
        assert unlock.remembered(UnlockState(), 0, 0, 1000) == UnlockState()
        state = unlock.remembered(UnlockState(), 4, 997, 1000)
        assert (state.failures, state.last_wrong, state.waiting(1000)) == (4, 997, 5)
        assert unlock.remembered(UnlockState(), 4, 100, 1000).waiting(1000) == 0
        assert unlock.remembered(UnlockState(), 4, 9_999_999, 1000).waiting(1000) == 8
        assert unlock.refused(state, 1010).failures == 5

    def test_the_recovery_sheet_needs_no_wait(self) -> None:
        state = unlock.keyring_missing(unlock.refused(UnlockState(), 1000))
        assert state.means is Means.RECOVERY
        assert state.may_try(1000)
        again = unlock.refused(unlock.opening(state), 1000)
        assert (again.failures, again.phase) == (1, Phase.READY)

    def test_a_share_with_its_pin_waits_like_a_passphrase(self) -> None:
        state = UnlockState(means=Means.SHARE)
        again = unlock.refused(unlock.opening(state), 1000)
        assert (again.failures, again.may_try(1000), again.may_try(1001)) == (1, False, True)
        assert "58201946" not in repr(unlock.Attempt(Means.SHARE, "groups", "58201946"))

    def test_without_a_store_nothing_is_tried(self) -> None:
        state = unlock.found(unlock.opening(UnlockState()), Store.ABSENT)
        assert (state.phase, state.may_try(1000)) == (Phase.READY, False)
        assert unlock.found(state, Store.READY).may_try(1000)

    def test_a_composed_letter_betrays_an_input_method(self) -> None:
        assert unlock.composed("mât")
        assert not unlock.composed("maat")

    def test_an_attempt_does_not_show_its_text(self) -> None:
        assert "bi mat" not in repr(unlock.Attempt(Means.PASSPHRASE, "bi mat"))


class TestListState:
    rows: tuple[CableRow, ...] = tuple(v.row for v in furnished().views.values() if v.row.incoming)
    gap = GapRow("Văn phòng Bộ", 408, 409, NOW, OFFICE)

    @pytest.mark.parametrize(
        ("asked", "numbers"),
        [
            (Filter(), [412, 411, 410, 407, 406, 405]),
            (Filter(unacknowledged=True), [412, 411, 410]),
            (Filter(urgent=True), [412, 411]),
            (Filter(annexes=True), [411, 410]),
            (Filter(degree=Degree.UNCLASSIFIED), [406, 405]),
            (Filter(since=Since.DAY), [412, 411, 410]),
            (Filter(unacknowledged=True, annexes=True, since=Since.WEEK), [411, 410]),
        ],
    )
    def test_filters_ask_the_station(self, asked: Filter, numbers: list[int]) -> None:
        quick = asked.quick(NOW)
        assert [row.number for row in self.rows if admits(quick, row)] == numbers

    def test_an_empty_list_knows_whether_the_filter_did_it(self) -> None:
        assert ListState(cables=0, every=6, filter=Filter(urgent=True)).hidden_by_filter
        assert not ListState(cables=1, every=6, filter=Filter(urgent=True)).hidden_by_filter
        assert not ListState(cables=0, every=6).hidden_by_filter
        assert not ListState(rows=(self.gap,), filter=Filter(urgent=True)).hidden_by_filter

    def test_rows_have_keys(self) -> None:
        assert inbox.key(self.rows[0]) == self.rows[0].cable_id
        assert inbox.key(self.gap) == ("gap", OFFICE, 408)

    def test_an_index_is_whole_at_a_hundred_percent_alone(self) -> None:
        assert Search().whole
        assert not Search(percent=99).whole


class TestPaged:
    base = TestListState.rows[0]
    gap = TestListState.gap

    def page(self, first: int, count: int, end: bool = True) -> ListPage:
        rows = tuple(replace(self.base, cable_id=cable_id(first + n)) for n in range(count))
        return ListPage(rows, ListMark(0, first + count) if end else None)

    def test_gaps_stand_between_what_waits_and_the_rest(self) -> None:
        rows = Paged(ListCount(2, 3), (self.gap,))
        rows.put(0, self.page(0, 5, end=False))
        assert len(rows) == 6
        keys = [key(row) for row in rows.first()]
        assert keys == [cable_id(0), cable_id(1), key(self.gap), cable_id(2), cable_id(3), cable_id(4)]
        assert [place for place, _ in rows.held()] == [2, 0, 1, 3, 4, 5]

    def test_a_row_that_is_not_here_is_asked_for_once(self) -> None:
        asked: list[str] = []
        rows = Paged(ListCount(0, 1_000_000))
        rows.missed = lambda: asked.append("missed")
        rows.put(0, self.page(0, PAGE))

        assert rows.at(700_000) is None
        assert (asked, rows.lacking(), rows.lacking()) == (["missed"], 700_000 // PAGE, None)
        assert rows.first()[-1] == rows.at(PAGE - 1)

    def test_a_million_rows_take_the_room_of_some_pages(self) -> None:
        rows = Paged(ListCount(0, 1_000_000))
        for number in range(1_000_000 // PAGE):
            rows.put(number, self.page(number * PAGE, PAGE))
        assert len(list(rows.held())) == MOST_PAGES * PAGE
        assert len(rows.marks) == 1_000_000 // PAGE + 1
        assert rows.at(0) is None

    def test_an_earlier_page_is_shown_until_it_is_read_again(self) -> None:
        before, rows = Paged(ListCount(0, 300)), Paged(ListCount(0, 301))
        before.put(1, self.page(PAGE, PAGE))
        rows.follow(before)

        assert rows.at(PAGE) == before.at(PAGE)
        assert rows.lacking() == 1
        rows.put(1, self.page(500, PAGE))
        row = rows.at(PAGE)
        assert row is not None
        assert key(row) == cable_id(500)
        assert rows.lacking() is None


class TestReaderState:
    view = view_of(
        make_cable(7, degree=Degree.SECRET, urgency=Urgency.ROUTINE, subject="Điện", origin=OFFICE, reply_by=NOW + 60),
        acknowledged=False,
        serial=5,
        after=4,
    )

    def test_acknowledging_is_open_once(self) -> None:
        assert ReaderState(self.view).may_acknowledge
        assert not ReaderState(self.view, acknowledging=True).may_acknowledge
        assert not ReaderState().may_acknowledge
        done = replace(self.view, row=replace(self.view.row, acknowledged=True))
        assert not ReaderState(done).may_acknowledge
        own = replace(self.view, row=replace(self.view.row, incoming=False))
        assert not ReaderState(own).may_acknowledge
        assert not ReaderState(own).may_reply
        assert ReaderState(self.view).may_reply
        assert not ReaderState().may_reply

    def test_the_place_in_the_chain(self) -> None:
        def checked(serial: int, after: int | None) -> Order:
            verification = replace(self.view.verification, serial=serial, in_order_after=after)
            return reader.order(replace(self.view, verification=verification))

        assert checked(5, 4) is Order.FOLLOWS
        assert checked(5, None) is Order.AFTER_GAP
        assert checked(1, 0) is Order.FIRST
        assert checked(0, None) is Order.OWN
        own = replace(self.view, row=replace(self.view.row, incoming=False))
        assert reader.order(own) is Order.OWN

    def test_only_whole_plain_text_opens_here(self) -> None:
        text = AttachmentView("a.txt", 1, 1, "text/plain", AttachmentState.READY)
        assert reader.may_open(text)
        assert not reader.may_open(replace(text, media_type="application/pdf"))
        for state in (AttachmentState.WAITING, AttachmentState.DOWNLOADING, AttachmentState.DAMAGED):
            assert not reader.may_open(replace(text, state=state))
            assert not reader.may_export(replace(text, state=state))
        assert reader.may_export(replace(text, media_type="application/pdf"))

    def test_when_an_answer_is_due(self) -> None:
        assert reader.due(self.view) == NOW + 60
        cable = replace(self.view.cable, reply_by=None, desk_by=NOW + 5)
        assert reader.due(replace(self.view, cable=cable)) == NOW + 5


class TestComposeState:
    def test_every_lack_belongs_to_a_field(self) -> None:
        assert {compose.field_of(lack) for lack in Lack} <= set(Field)

    def test_the_checklist_follows_the_form(self) -> None:
        lines = compose.checklist(ComposeState(lacks=(Lack.NO_BODY, Lack.NO_DEGREE, Lack.BAD_COPIES)))
        assert lines[0] == CheckLine(Field.DEGREE, Lack.NO_DEGREE)
        assert CheckLine(Field.BODY, Lack.NO_BODY) in lines
        assert CheckLine(Field.COPIES, Lack.BAD_COPIES) in lines
        assert CheckLine(Field.SUBJECT, None) in lines
        order = list(Field)
        assert [order.index(line.field) for line in lines] == sorted(order.index(line.field) for line in lines)

    def test_the_checklist_asks_more_of_secret_urgent_and_enclosed(self) -> None:
        from secmsg.office.draft import DraftAttachment

        plain = {line.field for line in compose.checklist(ComposeState())}
        annex = DraftAttachment("a", "text/plain", "/a", 1, 1)
        heavy = Draft(degree=Degree.TOP_SECRET, urgency=Urgency.FLASH, attachments=(annex,))
        more = {line.field for line in compose.checklist(ComposeState(draft=heavy))}
        assert more - plain == {Field.BASIS, Field.REASON, Field.SECOND_PERSON, Field.ATTACHMENTS}

    def test_the_first_lack_is_the_first_of_the_form(self) -> None:
        assert compose.first_lack((Lack.NO_BODY, Lack.NO_SUBJECT, Lack.NO_DRAFTER)) is Lack.NO_SUBJECT
        assert compose.first_lack(()) is None

    def test_ready_and_touched(self) -> None:
        assert not ComposeState().ready
        assert ComposeState(lacks=()).ready
        assert not ComposeState(draft=Draft(drafter_name="Lê Minh Châu")).touched
        assert ComposeState(draft=Draft(subject="a")).touched

    def test_a_reply_is_addressed_less_than_flash_and_its_degree_is_chosen_anew(self) -> None:
        cable = make_cable(
            9, degree=Degree.SECRET, urgency=Urgency.FLASH, subject="Điện", origin=OFFICE, to=(PARIS, EUROPE)
        )
        view = view_of(replace(cable, info_to=(BUDGET,)))
        draft = compose.reply_to(view, PARIS)
        assert (draft.action_to, draft.info_to) == ((OFFICE,), ())
        assert (draft.degree, draft.basis, draft.urgency) == (None, "", Urgency.IMMEDIATE)
        assert draft.refs == (Reference(cable.mrn, LinkKind.REPLY),)
        assert compose.reply_to(view, PARIS, everyone=True).info_to == (EUROPE, BUDGET)

    def test_codes_are_taken_as_typed(self) -> None:
        assert compose.topics_of(" NGOAIGIAO, UNESCO;X ") == ("NGOAIGIAO", "UNESCO", "X")

    def test_names_are_taken_as_typed(self) -> None:
        assert compose.names_of(" Lê Minh Châu; Trần Thị Bình, ,x ") == ("Lê Minh Châu", "Trần Thị Bình", "x")

    def test_who_is_addressed_no_longer_is_named_no_longer(self) -> None:
        named = tuple(Named(station, ("Lê Minh Châu",), only=True) for station in (OFFICE, EUROPE, BUDGET))
        draft = Draft(action_to=(OFFICE,), info_to=(EUROPE,), named=named)
        # when one addressee goes; the one that was never addressed stays, so that its lack can be seen
        left = compose.readdressed(draft, action_to=(OFFICE,), info_to=())
        assert (left.action_to, left.info_to) == ((OFFICE,), ())
        assert [each.station for each in left.named] == [OFFICE, BUDGET]

    @pytest.mark.parametrize(
        "draft",
        [
            Draft(kind=Kind.TELEGRAM),
            Draft(protect_until=NOW),
            Draft(return_by=NOW),
            Draft(desk_by=NOW),
            Draft(void_after=NOW),
            Draft(caption=("Thường trực",)),
            Draft(named=(Named(OFFICE, ("A",), only=False),)),
        ],
        ids=["kind", "protect", "return", "desk", "void", "caption", "named"],
    )
    def test_a_draft_that_uses_a_further_field_opens_them(self, draft: Draft) -> None:
        assert compose.uses_more(draft)
        assert not compose.uses_more(Draft(subject="x"))

    def test_lacks_of_further_fields_lie_inside(self) -> None:
        inside = {lack for lack in Lack if compose.field_of(lack) in compose.MORE}
        assert inside == {
            Lack.BAD_PROTECTION,
            Lack.BAD_DESK_BY,
            Lack.BAD_VOID_AFTER,
            Lack.BAD_RETURN_BY,
            Lack.BAD_NAMED,
            Lack.BAD_CAPTION,
        }


class TestOutboxState:
    row = next(iter(furnished().outbox.values()))

    def test_acts_follow_the_states_of_the_office(self) -> None:
        open_ = {
            act: {state for state in OutboxState if outbox.may(replace(self.row, state=state), act)} for act in Act
        }
        assert open_[Act.SEND_NOW] == {OutboxState.WAITING, OutboxState.UNKNOWN}
        assert open_[Act.RESUME] == {OutboxState.HELD}
        assert OutboxState.RELAY_HOLDS not in open_[Act.HOLD]
        assert open_[Act.HOLD] == {
            OutboxState.WAITING_KEYS,
            OutboxState.WAITING,
            OutboxState.SENDING,
            OutboxState.UNKNOWN,
        }
        assert not outbox.may(None, Act.HOLD)

    def test_progress_and_due_receipts(self) -> None:
        assert outbox.percent(replace(self.row, parts=None)) is None
        assert outbox.percent(replace(self.row, parts=(0, 0))) is None
        assert outbox.percent(replace(self.row, parts=(1, 4))) == 25
        assert outbox.percent(replace(self.row, parts=(9, 4))) == 100
        assert not outbox.overdue(replace(self.row, receipt_due_at=None), NOW)
        assert outbox.overdue(replace(self.row, receipt_due_at=NOW - 1), NOW)
        assert not outbox.overdue(replace(self.row, receipt_due_at=NOW), NOW)
        assert outbox.key(self.row) == (self.row.cable_id, self.row.to, self.row.to_name)


class TestSmallStates:
    def test_missing_serials_are_counted(self) -> None:
        rows = (GapRow("a", 3, 3, NOW, StationId(1)), GapRow("b", 5, 9, NOW, StationId(2)))
        assert continuity.missing(rows) == 6
        assert continuity.key(rows[0]) == (StationId(1), "a", 3)

    def test_the_gravest_thing_is_said_of_each_pair(self) -> None:
        stand = continuity.Standing
        found = tuple(pairs())
        assert [continuity.standing(row) for row in found] == [
            stand.VAIN,
            stand.LACKS,
            stand.SILENT,
            stand.COMPARED,
            stand.MISSING,
            stand.NOT_COMPARED,
        ]
        assert continuity.alarms(replace(continuity.EMPTY, pairs=found)) == 2

    def test_what_was_done_about_a_gap_is_found_with_its_channels(self) -> None:
        found = tuple(pairs())
        shown = replace(continuity.EMPTY, pairs=found)
        gap = GapRow("", 408, 409, NOW, found[0].peer)
        row = continuity.of_gap(shown, gap)
        assert row is not None
        assert (row.asked, continuity.channels(row.asks)) == (3, "Kênh chính, Kênh thay thế 1")
        assert continuity.of_gap(shown, replace(gap, first=5)) is None
        assert continuity.of_gap(continuity.EMPTY, gap) is None

    def test_drafts_have_keys(self) -> None:
        assert drafts.key(DraftRow(DraftId(b"x" * 16), "", None, "", NOW)) == b"x" * 16
