"""An opened station and its windows: wiring, what is read again and when, writing, sending, settings."""

from collections.abc import Callable
from dataclasses import replace
from typing import assert_never

from PySide6.QtCore import QObject, QSignalBlocker, QTimer, Signal, SignalInstance
from PySide6.QtWidgets import QApplication, QWidget

from secmsg.errors import NotFound
from secmsg.ids import CableId
from secmsg.office.draft import Draft
from secmsg.station.courier import Courier
from secmsg.station.events import (
    CableArrived,
    CableChanged,
    DirectoryChanged,
    Event,
    GapsChanged,
    LinkChanged,
    Noticed,
    OutboxChanged,
    Progress,
)
from secmsg.station.number_views import Continuity
from secmsg.station.pouch_bag import PouchBag
from secmsg.station.station import Station
from secmsg.station.views import (
    Addressee,
    CableRow,
    DraftRow,
    GapRow,
    LinkStatus,
    OutboxRow,
    Released,
    StationStatus,
)
from secmsg.wire.cable import Urgency
from ui import failures, halting, idle, names, shape, sheets, vigil, words
from ui.actions import Do
from ui.background import Background
from ui.by_hand import ByHand
from ui.cable_in_hand import CableInHand
from ui.choosing import Choosing
from ui.clipboard import ClipboardGuard
from ui.compose.state import ComposeState, reply_to
from ui.composing import Composing
from ui.continuity.state import alarms, missing
from ui.custody_desk import CustodyDesk
from ui.destruction_desk import DestructionDesk
from ui.finding import Finder
from ui.format import Place, number, place
from ui.kits_desk import KitsDesk
from ui.language import Speech, in_english, tr
from ui.listing import Lister
from ui.main_window import MainWindow, Shelf
from ui.officers_desk import OfficersDesk
from ui.outbox.state import Act, Order, may, waiting_for
from ui.pouching import Pouching
from ui.sheets import LinkActs
from ui.theme import Density, Scheme, Theme
from ui.way_back import WayBack
from ui.widgets.message_bar import Message, Remedy, Weight
from ui.widgets.status_strip import link_line

GATHER_MS = 40
TICK_MS = 20_000
SHAPE_MS = 400


class Post(QObject):
    """The opened station; `lock_asked` carries the post itself when the officer wants the store closed."""

    lock_asked: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance
    end_asked: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above; the keys are destroyed next

    def __init__(
        self,
        background: Background,
        courier: Courier,
        bag: PouchBag,
        status: StationStatus,
        theme: Theme,
        speech: Speech,
        clock: Callable[[], int],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._background, self._courier = background, courier
        self._theme, self._speech, self._clock = theme, speech, clock
        self.status = status
        self.here: Place = place(status.place, status.timezone)
        self.window = MainWindow(status, self.here, clock, speech.language)
        self.hand = CableInHand(background, self.window, self, self)
        self.composing = Composing(background, self.here, clock, self.window.post, self)
        self.clipboard = ClipboardGuard(self)
        self.lock_after_s = idle.USUAL_S
        self.watch = True
        self.pouching = Pouching(background, bag, self.here, self.window, self)
        self.by_hand = ByHand(background, self.here, self.window, self.window.post, lambda: self._signed(Draft()), self)
        self.destruction = DestructionDesk(
            background, self.window, lambda: self.here, lambda: self.refresh(*Shelf), self
        )
        self.destruction.walking.keys_asked.connect(lambda _: self.end_asked.emit(self))
        self.custody = CustodyDesk(background, self.window, lambda: self.refresh(*Shelf), self)
        self.way_back = WayBack(background, self.here, self.window, self)
        self.officers = OfficersDesk(background, self.window, self.way_back.show_backups, self)
        self.kits = KitsDesk(background, self.here, clock, self.window, self)
        self.incoming = Lister(background, self.window.inbox, clock, self.fail, self)
        self.outgoing = Lister(background, self.window.sent, clock, self.fail, self)
        self.finder = Finder(background, self.window.found, clock, self.fail, self)
        self._choosing = Choosing(theme, speech, self.keep, self)
        self._stale: set[Shelf] = set()
        self._timers = {name: QTimer(self) for name in ("gather", "tick", "shape")}

    def start(self) -> None:
        """Show the window and read everything."""
        self._wire()
        self.show_links()
        self._show_halt()
        self.window.show()
        self.window.go(Shelf.INBOX)
        self.refresh(*Shelf)
        self._ask_addressees()
        self.finder.look_after_index()
        self.by_hand.offer_to_go_on(self.window.message.tell, self._clock())
        self.way_back.remind(self.window.message.remind)
        self._timers["tick"].start(TICK_MS)

    def close(self) -> None:
        """Keep drafts, take the windows away and empty the clipboard of cable text."""
        for timer in self._timers.values():
            timer.stop()
        self.finder.close()
        self.composing.close_all()
        self.by_hand.close_all()
        names.forget()
        self.pouching.stop()
        self.way_back.stop()
        self.kits.stop()
        self._theme.changed.disconnect(self._show_look)  # the theme outlives this window
        self.clipboard.clear()
        for shown in (self.window, *self.window.findChildren(QWidget)):
            if shown.isWindow():
                shown.hide()
        self.hand.put_down()
        self.window.deleteLater()
        self.deleteLater()

    # --- what is shown ----------------------------------------------------------------------------

    def refresh(self, *shelves: Shelf) -> None:
        """Read places again, soon and each once."""
        self._stale.update(shelves)
        if not self._timers["gather"].isActive():
            self._timers["gather"].start(GATHER_MS)

    def show_links(self) -> None:
        """Show how the links stand."""
        links = self._courier.links()
        strip = self.window.strip.strip
        self.window.strip.show_strip(replace(strip, links=links))
        self.window.inbox.say_when_empty(lambda: sheets.last_contact(self._courier.links(), self.here))

    def count_down(self, seconds: int | None) -> None:
        """Show when the screen locks."""
        self.window.strip.show_strip(replace(self.window.strip.strip, lock_in=seconds))

    def tell(self, weight: Weight, words: Callable[[], str], *remedies: Remedy) -> None:
        """Say something in the main window."""
        self.window.message.tell(Message(weight, words, remedies))

    def fail(self, error: BaseException) -> None:
        """Say that something did not work."""
        self.tell(Weight.FAULT, lambda: failures.sentence(error))
        if isinstance(error, NotFound):
            self.refresh(*Shelf)

    def wake(self) -> None:
        """Let the courier go at once."""
        self._courier.wake()

    def happened(self, event: Event) -> None:
        """Show what the courier reports."""
        match event:
            case CableArrived(cable_id):
                self.refresh(Shelf.INBOX, Shelf.GAPS)
                self._announce(cable_id)
            case CableChanged(cable_id):
                self.refresh(Shelf.INBOX, Shelf.SENT, Shelf.OUTBOX)
                self.hand.reread(cable_id)
            case OutboxChanged():
                self.refresh(Shelf.OUTBOX, Shelf.SENT)
                if self.window.shelf is Shelf.GAPS:
                    self.refresh(Shelf.GAPS)
            case GapsChanged():
                self.refresh(Shelf.INBOX, Shelf.GAPS)
            case LinkChanged():
                self.show_links()
            case DirectoryChanged():
                self._ask_addressees()
                self._ask_status()
            case Progress(cable_id, _, _, _):
                self.refresh(Shelf.OUTBOX)
                self.hand.reread(cable_id)
            case Noticed(notice):
                self._ask_status()
                self.tell(
                    Weight.WARNING,
                    lambda: sheets.notice_words(notice.kind),
                    Remedy(lambda: tr("Show notices"), self.show_notices),
                )
            case _:
                assert_never(event)

    def reply(self, *, everyone: bool) -> None:
        """Begin an answer to the cable on show."""
        state = self.window.reader.state
        if state.view is not None and state.may_reply:
            self.composing.write(self._signed(reply_to(state.view, self.status.station, everyone=everyone)))

    # --- writing and sending ----------------------------------------------------------------------

    def write(self) -> None:
        """Begin a cable; the drafter is this officer until somebody else is named."""
        self.composing.write(self._signed(Draft()))

    def order(self, order: Order) -> None:
        """Do with a delivery what the officer asks."""

        def done(_: None) -> None:
            self.refresh(Shelf.OUTBOX, Shelf.SENT)
            if order.act not in (Act.HOLD, Act.PAUSE):
                self._courier.wake()

        match order.act:
            case Act.SEND_NOW:
                self._background.run(self.window, lambda station: station.send_now(order.cable_id), done, self.fail)
            case Act.HOLD:
                self._background.run(self.window, lambda station: station.hold(order.cable_id), done, self.fail)
            case Act.PAUSE:
                self._background.run(
                    self.window, lambda station: station.pause_transfer(order.cable_id), done, self.fail
                )
            case Act.GO_ON:
                self._background.run(
                    self.window, lambda station: station.resume_transfer(order.cable_id), done, self.fail
                )
            case Act.RESUME:
                self._background.run(self.window, lambda station: station.resume(order.cable_id), done, self.fail)
            case _:
                assert_never(order.act)

    def seek(self, text: str) -> None:
        """Search all cables."""
        self.finder.seek(text)
        self.window.go(Shelf.SEARCH)

    def _mark_found(self) -> None:
        search = self.window.found.state.search
        self.window.reader.finding.show_sought(search.sought if self.window.shelf is Shelf.SEARCH else "")

    def discard_row(self, row: DraftRow) -> None:
        """Put a draft away and offer to bring it back."""

        def take(station: Station) -> Draft:
            draft = station.draft(row.draft_id)
            station.discard_draft(row.draft_id)
            return draft

        def done(draft: Draft) -> None:
            self.refresh(Shelf.DRAFTS)
            self._offer_back(ComposeState(draft))

        self._background.run(self.window, take, done, self.fail)

    # --- settings ---------------------------------------------------------------------------------

    def keep(self, name: str, value: str) -> None:
        """Keep a setting in the encrypted store."""
        self._background.run(self, lambda station: station.keep_setting(name, value), lambda _: None)

    def _keep_shape(self) -> None:
        self.keep("ui.shape", shape.write(self.window.shape()))

    def switch_language(self) -> None:
        """Change between Vietnamese and English."""
        self._speech.switch()
        self.keep("ui.language", self._speech.language.value)

    def step_text(self, steps: int) -> None:
        """Change the text size; 0 is the normal one."""
        if steps:
            self._theme.step(steps)
        else:
            self._theme.enlarge(100)
        self.keep("ui.text", str(self._theme.percent))

    def darken(self, *, dark: bool) -> None:
        """Change between light and dark."""
        self._theme.wear(Scheme.DARK if dark else Scheme.LIGHT)
        self.keep("ui.scheme", self._theme.scheme.value)

    def _show_look(self, _look: object = None) -> None:
        with QSignalBlocker(self.window.actions_[Do.DARK]):
            self.window.actions_[Do.DARK].setChecked(self._theme.dark)
        self.window.actions_.density[self._theme.density].setChecked(True)

    def show_settings(self) -> None:
        """Let the officer choose language, look and when the program locks."""
        self._choosing.show(self.window, self)

    def crowd(self, density: Density) -> None:
        """Change the height of rows."""
        self._theme.crowd(density)
        self.keep("ui.density", density.name)

    @property
    def with_the_pencil(self) -> bool:
        """Whether the officer writes by hand, on paper or on a worksheet: no key moves meanwhile."""
        return self.by_hand.in_front or self.officers.papers.in_front

    def rest(self, seconds: int) -> None:
        """Lock after so many seconds without a key or a click."""
        self.lock_after_s = seconds
        if (action := self.window.actions_.rest.get(seconds)) is not None:
            action.setChecked(True)

    def keep_watch(self, *, watch: bool) -> None:
        """Say whether somebody watches the fast mailbox while the store is locked."""
        self.watch = watch

    def choose_watch(self, *, watch: bool) -> None:
        """Let the officer choose whether somebody watches."""
        self.keep_watch(watch=watch)
        self.keep(vigil.SETTING, vigil.write(watch=watch))

    def choose_rest(self, seconds: int) -> None:
        """Let the officer choose after how long the program locks."""
        self.rest(seconds)
        self.keep(idle.SETTING, idle.write(seconds))

    # --- sheets -----------------------------------------------------------------------------------

    def show_keys(self) -> None:
        """Show every function with its keys."""
        sheets.keys(self.window.actions_, self.window).show()

    def show_notices(self) -> None:
        """Show the lasting notices."""
        sheets.notices(self.status, self.here, self.window).show()

    def show_about(self) -> None:
        """Show what program this is and whose."""
        sheets.about(self.status, self.here, self.window).show()

    def show_link(self, link: LinkStatus | None = None) -> None:
        """Show the card of the links."""
        acts = LinkActs(lambda tested: self._courier.try_link(tested.relay), self._switch_link, self._waiting_for)
        sheets.links(self._courier.links, link, self.here, self.window, self._courier.wake, acts).show()

    def _switch_link(self, link: LinkStatus, enabled: bool) -> None:  # noqa: FBT001 - handed on as it is
        def done(_: None) -> None:
            self._courier.switch_link(link.relay, enabled=enabled)
            self.show_links()
            self.refresh(Shelf.OUTBOX)

        self._background.run(
            self.window, lambda station: station.switch_relay(link.name, enabled=enabled), done, self.fail
        )

    def _waiting_for(self, link: LinkStatus) -> int:
        return waiting_for(self.window.outbox.state.rows, link.name)

    # --- inside -----------------------------------------------------------------------------------

    def _signed(self, draft: Draft) -> Draft:
        return replace(draft, drafter_name=self.status.person_name, drafter_title=self.status.person_title)

    def _announce(self, cable_id: CableId) -> None:
        def say(row: CableRow) -> None:
            if row.urgency < Urgency.IMMEDIATE:
                return
            if row.urgency is Urgency.FLASH:
                QApplication.beep()
            urgency, peer, which = row.urgency, row.peer_name, number(row.number)
            self.tell(
                Weight.WARNING,
                lambda: tr(
                    "{urgency}: cable {n} from {peer} has come in.",
                    urgency=words.urgency(urgency),
                    n=which,
                    peer=names.station(peer),
                ),
                Remedy(lambda: tr("Show"), lambda: self.hand.show_row(Shelf.INBOX, cable_id)),
            )

        self._background.run(self.window, lambda station: station.row(cable_id), say, lambda _: None)

    def _gather(self) -> None:
        stale, self._stale = self._stale, set()
        window, run = self.window, self._background.run
        for shelf in stale:
            match shelf:
                case Shelf.INBOX:
                    self.incoming.read()
                case Shelf.SENT:
                    self.outgoing.read()
                case Shelf.OUTBOX:
                    run(window, lambda station: station.outbox(), self._show_outbox, self.fail)
                case Shelf.DRAFTS:
                    run(window, lambda station: station.drafts(), self._show_drafts, self.fail)
                case Shelf.GAPS:
                    run(
                        window,
                        lambda station: (station.gaps(), station.numbers.continuity()),
                        self._show_gaps,
                        self.fail,
                    )
                case Shelf.SEARCH:
                    pass
        self._ask_status()

    def _show_outbox(self, rows: tuple[OutboxRow, ...]) -> None:
        self.window.outbox.show_rows(rows)
        self._enable()

    def _show_drafts(self, rows: tuple[DraftRow, ...]) -> None:
        self.window.drafts.show_rows(rows)
        self._recount(drafts=len(rows))

    def _show_gaps(self, found: tuple[tuple[GapRow, ...], Continuity]) -> None:
        rows, pairs = found
        self.window.gaps.show_rows(rows)
        self.window.gaps.show_continuity(pairs)
        self._recount(gaps=missing(rows) + alarms(pairs))

    def _recount(self, **counts: int) -> None:
        self.window.count(**{**self.window.counts, **counts})

    def _ask_status(self) -> None:
        self._background.run(self.window, lambda station: station.status(), self._show_status, self.fail)

    def _show_halt(self) -> None:
        """Say for as long as it holds that sending is stopped."""
        message = halting.bar(self.status, self.here, self.way_back.show_reopening)
        if message is None:
            self.window.halt.clear()
        elif self.window.halt.text != message.words():
            self.window.halt.tell(message)
        self.composing.halt(halting.reason(self.status))

    def _show_status(self, status: StationStatus) -> None:
        self.status = status
        self._show_halt()
        self._recount(outbox=status.outbox_count)
        strip = self.window.strip.strip
        self.window.strip.show_strip(
            replace(strip, outbox=status.outbox_count, notices=len(status.notices) + len(status.breaks))
        )

    def _ask_addressees(self) -> None:
        self._background.run(self, lambda station: station.addressees(), self._learn_addressees)

    def _learn_addressees(self, addressees: tuple[Addressee, ...]) -> None:
        own = (self.status.station_name, self.status.station_name_en)
        names.learn((own, *((a.name_vi, a.name_en) for a in addressees)))
        self.composing.offer(addressees)
        if in_english():
            self.window.reader.render_state()
            self.window.outbox.render_state()
            for table in self.window.tables().values():
                table.viewport().update()

    def _pouched(self) -> None:
        self.refresh(*Shelf)
        self._courier.wake()

    def _sends_again(self) -> None:
        self._ask_status()
        self._pouched()

    def _released(self, released: Released) -> None:
        self.refresh(Shelf.OUTBOX, Shelf.SENT, Shelf.DRAFTS)
        which, mrn = number(released.number), released.mrn
        self.tell(
            Weight.GOOD,
            lambda: tr("Cable {n} ({mrn}) is signed, entered in the register and in the outbox.", n=which, mrn=mrn),
            Remedy(lambda: tr("Show the outbox"), lambda: self.window.go(Shelf.OUTBOX)),
        )
        self._courier.wake()

    def _offer_back(self, state: ComposeState) -> None:
        def bring_back() -> None:
            self.composing.keep_again(state)
            self.window.message.clear()

        self.tell(
            Weight.NEWS,
            lambda: tr("The draft was put away."),
            Remedy(lambda: tr("Bring it back"), bring_back),
        )

    def _enable(self) -> None:
        act, state = self.window.actions_, self.window.reader.state
        reading = self.window.reader.isVisibleTo(self.window)
        act[Do.ACKNOWLEDGE].setEnabled(reading and state.may_acknowledge)
        for do in (Do.REPLY, Do.REPLY_ALL):
            act[do].setEnabled(reading and state.may_reply)
        for do in (Do.EXPORT, Do.DEEDS):
            act[do].setEnabled(reading and state.view is not None)
        row = self.window.outbox.row if self.window.shelf is Shelf.OUTBOX else None
        act[Do.SEND_NOW].setEnabled(may(row, Act.SEND_NOW))
        act[Do.PAUSE].setEnabled(may(row, Act.PAUSE) or may(row, Act.GO_ON))
        act[Do.HOLD].setEnabled(may(row, Act.HOLD) or may(row, Act.RESUME))

    def _change_shelf(self, shelf: Shelf) -> None:
        page = self.window.list_of(shelf)
        if page is not None:
            self.hand.choose(page.row)
        self._enable()

    def _next_cable(self) -> None:
        if (page := self.window.list_of(self.window.shelf)) is not None:
            page.table.walk(1)

    def _next_unread(self) -> None:
        self.window.go(Shelf.INBOX)
        if not self.window.inbox.next_unread():
            self.tell(Weight.NEWS, lambda: tr("Every incoming cable has been read."))

    def _turn_silent(self, *, silent: bool) -> None:
        self._courier.set_line(enabled=not silent)
        self.show_links()
        if silent:
            self.tell(
                Weight.WARNING,
                lambda: tr("Contact is cut at this machine. Cables received can be read; new ones wait in the outbox."),
                Remedy(lambda: tr("Restore contact"), lambda: self.window.actions_[Do.SILENCE].setChecked(False)),
            )
        else:
            self.window.message.clear()

    def _fetch(self) -> None:
        self._courier.wake()
        self.tell(Weight.NEWS, lambda: tr("Sending and fetching now. {links}", links=self._link_lines()))

    def _link_lines(self) -> str:
        return " · ".join(link_line(link) for link in self._courier.links())

    def _tick(self) -> None:
        self.window.reader.render_state()
        self.refresh(Shelf.OUTBOX)
        self.show_links()

    def _wire(self) -> None:
        window, act = self.window, self.window.actions_
        for name, ring in (("gather", self._gather), ("tick", self._tick), ("shape", self._keep_shape)):
            self._timers[name].setSingleShot(name != "tick")
            self._timers[name].timeout.connect(ring)
        self.hand.shown.connect(lambda _: self._enable())
        self.incoming.counted.connect(lambda count: self._recount(inbox=count.waiting))
        self._background.happened.connect(self.happened)
        self._background.unhandled.connect(self.fail)
        self._speech.changed.connect(window.speak)
        for page in (window.inbox, window.sent, window.found):
            page.chosen.connect(self.hand.choose)
            page.entered.connect(self.hand.enter)
        window.shelf_changed.connect(self._change_shelf)
        window.sought.connect(self.seek)
        window.typed.connect(self.finder.type_on)
        self.hand.shown.connect(lambda _: self._mark_found())
        window.reshaped.connect(lambda _: self._timers["shape"].start(SHAPE_MS))
        window.outbox.ordered.connect(self.order)
        window.outbox.chosen.connect(lambda _: self._enable())
        window.outbox.table.entered_row.connect(lambda row: self.hand.show_row(Shelf.SENT, row.cable_id))
        window.drafts.opened.connect(lambda row: self.composing.take_up(row.draft_id, row.saved_at))
        window.drafts.discarded.connect(self.discard_row)
        window.reader.acknowledge_asked.connect(self.hand.acknowledge)
        window.reader.reply_asked.connect(lambda _: self.reply(everyone=False))
        window.reader.open_asked.connect(self.hand.open_annex)
        window.reader.export_asked.connect(self.hand.export_annex)
        window.reader.transfer_asked.connect(self.hand.move_annex)
        window.reader.body.read_through.connect(lambda _: self._next_cable())
        window.strip.outbox_asked.connect(lambda _: window.go(Shelf.OUTBOX))
        window.strip.link_asked.connect(self.show_link)
        window.strip.notices_asked.connect(lambda _: self.show_notices())
        window.strip.lock_asked.connect(lambda _: self.lock_asked.emit(self))
        self.pouching.done.connect(lambda _: self._pouched())
        self.by_hand.done.connect(lambda _: self._pouched())
        self.way_back.done.connect(lambda _: self._sends_again())
        self.composing.released.connect(self._released)
        self.composing.drafts_changed.connect(lambda _: self.refresh(Shelf.DRAFTS))
        self.composing.discarded.connect(self._offer_back)
        for do, run in (
            (Do.WRITE, self.write),
            (Do.REPLY, lambda: self.reply(everyone=False)),
            (Do.REPLY_ALL, lambda: self.reply(everyone=True)),
            (Do.ACKNOWLEDGE, window.reader.acknowledge),
            (Do.EXPORT, self.hand.export_text),
            (Do.DEEDS, lambda: self.hand.show_deeds(self.here)),
            (Do.LOCK, lambda: self.lock_asked.emit(self)),
            (Do.QUIT, window.close),
            (Do.SETTINGS, self.show_settings),
            (Do.NEXT_UNREAD, self._next_unread),
            (Do.LARGER, lambda: self.step_text(1)),
            (Do.SMALLER, lambda: self.step_text(-1)),
            (Do.NORMAL, lambda: self.step_text(0)),
            (Do.LANGUAGE, self.switch_language),
            (Do.FETCH, self._fetch),
            (Do.SEND_NOW, lambda: window.outbox.order(Act.SEND_NOW)),
            (Do.HOLD, window.outbox.hold_or_resume),
            (Do.PAUSE, window.outbox.pause_or_go_on),
            (Do.POUCH_WRITE, self.pouching.write),
            (Do.POUCH_READ, self.pouching.read),
            (Do.HAND_WRITE, self.by_hand.show),
            (Do.HAND_READ, self.by_hand.enter),
            (Do.HAND_BOOKS, self.by_hand.show_stock),
            (Do.HAND_DRILL, self.by_hand.show_drill),
            (Do.INSPECTION, self.custody.show_inspection),
            (Do.OFFICERS, self.officers.show_officers),
            (Do.BACKUP, self.way_back.show_backups),
            (Do.DESTROY, self.destruction.show),
            (Do.LINKS, self.show_link),
            (Do.KITS, self.kits.show),
            (Do.KEYS, self.show_keys),
            (Do.NOTICES, self.show_notices),
            (Do.ABOUT, self.show_about),
        ):
            act[do].triggered.connect(lambda _=False, f=run: f())
        self._show_look()
        self._theme.changed.connect(self._show_look)
        act[Do.DARK].toggled.connect(lambda on: self.darken(dark=on))
        act[Do.SILENCE].toggled.connect(lambda on: self._turn_silent(silent=on))
        for density, action in act.density.items():
            action.triggered.connect(lambda _=False, d=density: self.crowd(d))
        for seconds, action in act.rest.items():
            action.triggered.connect(lambda _=False, s=seconds: self.choose_rest(s))
        self._enable()
