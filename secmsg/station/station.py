"""The station as screens and commands see it: one object on the store's thread, which asks and never decides.

Every method runs on the thread that owns the store (`secmsg.station.worker.Worker`); each that writes is one
transaction. What a method does lives in the module of that name (release, receive, reading, enrol …); this class only
joins them.
"""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from secmsg.config import PRODUCTION, Policy
from secmsg.crypto.randomness import Random, system
from secmsg.errors import NotAllowed, SecmsgError
from secmsg.ids import CableId, DeviceId, DraftId, StationId
from secmsg.office import draft as drafts
from secmsg.office import draft_record
from secmsg.office.draft import Draft, Lack
from secmsg.station import account as accounts
from secmsg.station import (
    confirming,
    covers,
    enrol,
    evidence,
    exporting,
    indexing,
    kits,
    opening,
    paper_recovery,
    person_arrivals,
    person_cables,
    persons,
    pouch_packing,
    pouch_writing,
    provisioning,
    reading,
    receipts,
    relaying,
    reopening,
    resets,
    revoking,
    session_listing,
    thin_receiving,
    thin_sending,
    transfers,
)
from secmsg.station import listing as pages
from secmsg.station import release as releasing
from secmsg.station.account import Account
from secmsg.station.backups import Backups
from secmsg.station.by_hand import ByHand
from secmsg.station.clocks import system_clock
from secmsg.station.covers import CoverStanding
from secmsg.station.custody_room import Custody
from secmsg.station.desk import Clock, Desk
from secmsg.station.destruction_plan import DestructionPlan
from secmsg.station.destruction_walk import DestructionWalk
from secmsg.station.drills import Drills
from secmsg.station.hand_papers import HandPapers
from secmsg.station.kit_room import KitRoom
from secmsg.station.kits import Kits
from secmsg.station.locking import Locking
from secmsg.station.numbers import Numbers
from secmsg.station.officers import Officers
from secmsg.station.own_codebooks import Codebooks
from secmsg.station.pad_office import PadOffice
from secmsg.station.paper_recovery import Printed
from secmsg.station.pouch_views import PouchLine, PouchWaiting
from secmsg.station.relaying import RelayAccess
from secmsg.station.reopening import Word
from secmsg.station.sealing import SealedFile, Sealing
from secmsg.station.session_views import BreakView, PaperSecretView, SessionView
from secmsg.station.setting_up import SettingUp
from secmsg.station.thin_views import ThinBearer, ThinPacket, ThinReleased, ThinTaken, ThinWaiting, ThinWear
from secmsg.station.unlock import Unlock
from secmsg.station.views import (
    EVERY_CABLE,
    Addressee,
    CableRow,
    CableView,
    ChannelLine,
    DraftRow,
    FoundCount,
    FoundPage,
    GapRow,
    InboxFilter,
    IndexState,
    KeyringNote,
    ListCount,
    Listing,
    ListMark,
    ListPage,
    OutboxRow,
    QuarantineRow,
    Quick,
    Register,
    RegisterRow,
    RelayView,
    Released,
    SearchResult,
    StationStatus,
)
from secmsg.store import drafts as draft_rows
from secmsg.store import outbox as outbox_rows
from secmsg.store import profile as profiles
from secmsg.store import settings as setting_rows
from secmsg.store.drafts import KeptDraft
from secmsg.store.keyring import Keyring
from secmsg.store.profile import Profile
from secmsg.store.search import START
from secmsg.wire.handshake import ResetReason
from secmsg.wire.revocation import Revocation, RevocationReason

DRAFT_ID_SIZE = 16


class Station:
    """An opened store with the identity in it.

    Made by `open_station`; `close` gives the profile back. Errors are leaves of `secmsg.errors`. `numbers` is the part
    about serials, `papers` that of the hand cipher's papers, `pads` the one about key material, `custody` about
    inventories, inspections and handovers, `codebooks` about headquarters' own codebooks, `drills` about exercises,
    `hand` about cables by hand, `setup` about its first day, `backups` about the way back, `officers` about
    persons. `desk` is for the station layer's own modules (the courier's steps), not for screens.
    """

    def __init__(self, profile: Profile, desk: Desk, keyring: Keyring) -> None:
        self._profile = profile
        self._keyring = keyring
        self.desk = desk
        self.numbers = Numbers(desk)
        self.papers = HandPapers(desk)
        self.pads = PadOffice(desk)
        self.custody = Custody(desk)
        self.codebooks = Codebooks(desk)
        self.drills = Drills(desk)
        self.officers = Officers(desk)
        self.locking = Locking(desk)
        self.hand = ByHand(desk, profile.watermark.catch_up)
        self.setup = SettingUp(desk, profile.home.root, keyring, profile.watermark.catch_up)
        self.backups = Backups(desk, profile)
        self.kits = Kits(desk)
        self.destruction = DestructionPlan(desk)
        self.walk = DestructionWalk(desk, self.destruction)
        self.kit: KitRoom | None = None
        """Set by `kit_opening.open_kit`: what is open is a delegation kit, and this is what it may do."""

    def close(self) -> None:
        """Close the store and give the profile lock back; a second call does nothing."""
        room, self.kit = self.kit, None
        try:
            if room is not None:
                room.end()
            elif self._profile.held.held:
                with suppress(SecmsgError):  # a disk that is gone must not keep the store open
                    self.destruction.refresh()
        finally:
            self._profile.close()

    # --- joining -------------------------------------------------------------------------------------------------

    def request(self) -> bytes:
        """Return the request this store was made with, for headquarters."""
        return enrol.own_request(self.desk)

    def join(self, sealed: bytes, code: str) -> None:
        """Take the kit with its activation code; EnrolmentError, or FormatError naming the wrong group of the code."""
        enrol.join(self.desk, sealed, code)

    # --- what is there -------------------------------------------------------------------------------------------

    def status(self) -> StationStatus:
        """Say who this station is, which edition it holds and what waits."""
        if self.kit is not None:
            return kits.status(self.kit.standing())
        note = KeyringNote.BOUND if self._profile.bound else KeyringNote.PASSPHRASE_ONLY
        found = reading.status(self.desk, note, counted=self._profile.watermark.kept is not None)
        return replace(found, breaks=session_listing.standing(self.desk))

    def account(self) -> Account:
        """Give the station's account of its chains, of what is doubted, and of who has shown which directory."""
        return accounts.account(self.desk, self.status())

    def inbox(self, which: InboxFilter = InboxFilter.ALL) -> tuple[CableRow | GapRow, ...]:
        """List incoming cables, newest first, with the gaps at the place where the missing ones would stand."""
        return reading.inbox(self.desk, which)

    def sent(self) -> tuple[CableRow, ...]:
        """List released cables, newest first."""
        return reading.sent(self.desk)

    def outbox(self) -> tuple[OutboxRow, ...]:
        """List every cable × addressee that is not acknowledged yet, the most urgent first."""
        return reading.outbox_rows(self.desk)

    def gaps(self) -> tuple[GapRow, ...]:
        """List the serials that are missing, by peer."""
        return reading.gaps(self.desk)

    def register(self, which: Register) -> tuple[RegisterRow, ...]:
        """List a register's lines in order after checking the chain; StoreDamaged when a line was altered."""
        return reading.register_rows(self.desk, which)

    def quarantine(self) -> tuple[QuarantineRow, ...]:
        """List the packets that could not be opened."""
        return reading.quarantine_rows(self.desk)

    def addressees(self) -> tuple[Addressee, ...]:
        """List the stations of the current edition other than this one, by Vietnamese name."""
        return reading.addressees(self.desk)

    # --- lists and searches in pages -----------------------------------------------------------------------------

    def page(self, listing: Listing, quick: Quick, after: ListMark | None) -> ListPage:
        """Give the next page of a list after a mark (None: the first): what waits first, then the newest."""
        return pages.page(self.desk, listing, quick, after)

    def page_marks(self, listing: Listing, quick: Quick, after: ListMark | None, count: int) -> tuple[ListMark, ...]:
        """Give where the next `count` pages end, without reading them."""
        return pages.marks(self.desk, listing, quick, after, count)

    def count(self, listing: Listing, quick: Quick) -> ListCount:
        """Count the cables of a list."""
        return pages.count(self.desk, listing, quick)

    def place(self, listing: Listing, quick: Quick, cable_id: CableId) -> int:
        """Say how many cables of a list stand before one of them; NotFound when it is not in it."""
        return pages.place(self.desk, listing, quick, cable_id)

    def find(self, text: str, quick: Quick, below: int, limit: int) -> FoundPage:
        """Give the next cables that hold every word of `text`, newest first, in a short step (0: from the newest)."""
        return pages.find(self.desk, text, quick, below or START, limit)

    def count_found(self, text: str, quick: Quick, below: int, limit: int) -> FoundCount:
        """Count on what matches, in a short step (`below` 0: from the newest)."""
        return pages.count_found(self.desk, text, quick, below or START, limit)

    def closest(self, text: str, quick: Quick, limit: int) -> FoundPage:
        """Give the closest among the newest matches; `below` is not 0 when older ones were not weighed."""
        return pages.closest(self.desk, text, quick, limit)

    def search(self, text: str) -> SearchResult:
        """Find cables that hold every word of `text`, with or without tone marks, as many as a command shows."""
        limit = self.desk.policy.limits.search_rows
        found = self.find(text, EVERY_CABLE, 0, limit)
        rows = found.rows
        while found.below and len(rows) < limit:
            found = self.find(text, EVERY_CABLE, found.below, limit - len(rows))
            rows += found.rows
        index = indexing.state(self.desk)
        return SearchResult(text, rows, index.searchable, index.percent, more=bool(found.below))

    def index_state(self) -> IndexState:
        """Look after the index and say how much of it is there; one that lost cables is begun anew."""
        return indexing.look(self.desk)

    def index_standing(self) -> IndexState:
        """Say how much of the index is there, without looking after it."""
        return indexing.state(self.desk)

    def index_on(self) -> IndexState:
        """Enter the next few cables into an index that is not whole; a short step."""
        return indexing.go_on(self.desk)

    def check_index(self) -> bool:
        """Read the whole index and compare it with the cables."""
        return indexing.check(self.desk)

    def rebuild_index(self) -> None:
        """Give the index up and begin another."""
        indexing.begin_anew(self.desk)

    # --- one cable -----------------------------------------------------------------------------------------------

    def read(self, cable_id: CableId) -> CableView:
        """Give one cable in full (does not mark it read); a person's first opening of it is on record. NotFound."""
        if self.kit is not None:
            self.kit.note_read(cable_id)
        return person_cables.read(self.desk, cable_id)

    def row(self, cable_id: CableId) -> CableRow:
        """Give a cable's line as lists show it; its text is not opened. NotFound."""
        return reading.line(self.desk, cable_id)

    def mark_read(self, cable_id: CableId) -> None:
        """Note that the officer has opened an incoming cable; no receipt leaves."""
        person_cables.mark_read(self.desk, cable_id)

    def acknowledge(self, cable_id: CableId) -> None:
        """Sign, as a person, that an incoming cable is entered in the register (L5); a second call does nothing."""
        receipts.acknowledge(self.desk, cable_id)

    def open_attachment(self, cable_id: CableId, index: int) -> bytes:
        """Decipher an annex in memory for a preview; NotAllowed above `policy.preview_limit`, NotFound before READY."""
        if self.kit is not None:
            self.kit.note_previewed(cable_id, index)
        return exporting.open_attachment(self.desk, cable_id, index)

    def export(self, cable_id: CableId, index: int, target: Path) -> Path:
        """Decipher an annex into a file beside `target` and rename it after the last check.

        `target` is a directory (a safe name is chosen) or a file that must not exist. Returns the path written;
        nothing is left behind on failure.
        """
        if self.kit is not None:
            self.kit.note_exported(cable_id, index)
        return exporting.export(self.desk, cable_id, index, target)

    def export_text(self, cable_id: CableId, target: Path) -> Path:
        """Write the cable as plain UTF-8 text with all its fields; the same rules as `export`.

        Of a delegation kit it is a print: a PDF that bears its number, counted by the kit.
        """
        if self.kit is not None:
            return self.kit.print_(cable_id, target)
        return exporting.export_text(self.desk, cable_id, target)

    # --- writing -------------------------------------------------------------------------------------------------

    def drafts(self) -> tuple[DraftRow, ...]:
        """List drafts, the last saved first."""
        return reading.draft_rows(self.desk)

    def draft(self, draft_id: DraftId) -> Draft:
        """Give a draft back as it was saved; NotFound."""
        return draft_record.decode(draft_rows.read(self.desk.db, draft_id).body)

    def save_draft(self, draft_id: DraftId | None, draft: Draft) -> DraftId:
        """Keep a draft (None: a new one) and give its id."""
        kept = DraftId(self.desk.random(DRAFT_ID_SIZE)) if draft_id is None else draft_id
        with self.desk.db.transaction():
            draft_rows.keep(self.desk.db, KeptDraft(kept, self.desk.now(), draft_record.encode(draft)))
        return kept

    def discard_draft(self, draft_id: DraftId) -> None:
        """Forget a draft; an unknown id does nothing."""
        with self.desk.db.transaction():
            draft_rows.discard(self.desk.db, draft_id)

    def check(self, draft: Draft) -> tuple[Lack, ...]:
        """Say what a draft lacks for its release by this officer, in the order of the form."""
        now = self.desk.now()
        return drafts.lacking(draft, persons.signatory(self.desk, now), now)

    def prepare_release(self, draft: Draft) -> Sealing:
        """Check a draft and give the sealing of its attachments, for any other thread; Incomplete, NotAllowed."""
        return releasing.prepare(self.desk, draft)

    def release(
        self, draft: Draft, draft_id: DraftId | None = None, sealed: tuple[SealedFile, ...] | None = None
    ) -> Released:
        """Release a cable: number, register line, signatures, envelopes in one transaction; the draft is gone with it.

        `sealed` is what the sealing of `prepare_release` gave; without it attachments are sealed here, first. Raises
        Incomplete, NotAllowed, DiskFull; then no number is used and nothing sealed is left.
        """
        released = releasing.release(self.desk, draft, draft_id, sealed)
        # A number was given: an old copy shall show from here on, not after the next stride.
        self._profile.watermark.catch_up()
        return released

    # --- the outbox ----------------------------------------------------------------------------------------------

    def hold(self, cable_id: CableId) -> None:
        """Keep back what has not left yet."""
        with self.desk.db.transaction():
            outbox_rows.hold(self.desk.db, cable_id, self.desk.now())

    def resume(self, cable_id: CableId) -> None:
        """Let a held cable go."""
        with self.desk.db.transaction():
            outbox_rows.resume(self.desk.db, cable_id, self.desk.now())

    def send_now(self, cable_id: CableId) -> None:
        """Forget the waiting time of a cable's envelopes (also after an unknown outcome: no duplicate arises)."""
        with self.desk.db.transaction():
            outbox_rows.send_now(self.desk.db, cable_id, self.desk.now())

    def pause_transfer(self, cable_id: CableId, index: int | None = None) -> None:
        """Pause sending or fetching an attachment (None: everything of the cable); kept over a restart; NotFound."""
        transfers.pause(self.desk, cable_id, index)

    def resume_transfer(self, cable_id: CableId, index: int | None = None) -> None:
        """Go on with what was paused, from the last byte that the other side has acknowledged; NotFound."""
        transfers.go_on(self.desk, cable_id, index)

    def evidence(self, cable_id: CableId, station: StationId) -> tuple[ChannelLine, ...]:
        """List how a cable stands on each channel to one station, also after its receipts."""
        return evidence.of_cable(self.desk, cable_id, station)

    # --- the channels --------------------------------------------------------------------------------------------

    def relays(self) -> tuple[RelayView, ...]:
        """List the relays in the order in which they are used."""
        return relaying.listed(self.desk)

    def switch_relay(self, name: str, *, enabled: bool) -> None:
        """Switch a relay off or on; NotFound."""
        relaying.switch(self.desk, name, enabled=enabled)

    def check_relay(self, access: RelayAccess) -> str:
        """Return the groups by which two persons compare a relay's access before it is added."""
        return relaying.fingerprint(access)

    def add_relay(self, access: RelayAccess, position: int | None = None) -> None:
        """Add a relay whose fingerprint was compared; what is on its way is offered to it too. NotAllowed."""
        relaying.add(self.desk, access, position)

    def remove_relay(self, name: str) -> None:
        """Take a relay out for good; NotFound, NotAllowed for the last one."""
        relaying.remove(self.desk, name)

    # --- sessions ------------------------------------------------------------------------------------------------

    def sessions(self) -> tuple[SessionView, ...]:
        """List how the keys with each machine of other stations stand."""
        return session_listing.sessions(self.desk)

    def breaks(self) -> tuple[BreakView, ...]:
        """List every break of continuity, newest first; those that stand are in `status` too."""
        return session_listing.every_break(self.desk)

    def reset_session(self, device: DeviceId, reason: ResetReason) -> int:
        """Give up the keys with a machine for new ones; return the break's number. NotListed, NotAllowed."""
        return resets.reset(self.desk, device, reason)

    def provision_session(self, request: bytes) -> tuple[StationId, DeviceId]:
        """Open a session with the device that made an enrolment request; a pouch carries it beside the kit.

        NotAllowed, NotListed, EnrolmentError, NotEntitled, FormatError.
        """
        return provisioning.provision(self.desk, request)

    def acknowledge_break(self, number: int) -> None:
        """Note that this store's officer has seen a break, at headquarters for everybody; NotFound, NotAllowed."""
        confirming.acknowledge(self.desk, number)

    # --- machines ----------------------------------------------------------------------------------------------------

    def revoke(self, machine: DeviceId, reason: RevocationReason) -> Revocation:
        """Tell all stations, as headquarters, that a machine is lost, or that it is not; NotAllowed, NotListed."""
        return revoking.revoke(self.desk, machine, reason)

    # --- recovery from paper -------------------------------------------------------------------------------------

    def print_secrets(self, device: DeviceId, count: int) -> Printed:
        """Draw numbered secrets shared with a machine and print each for both ends; NotListed, NotAllowed."""
        return paper_recovery.make(self.desk, device, count)

    def begin_recovery(self, device: DeviceId, number: int, groups: str, reason: ResetReason) -> str:
        """Make the first packet with the secret of an opened envelope, as groups; errors of `paper_recovery.begin`."""
        return paper_recovery.begin(self.desk, device, number, groups, reason)

    def answer_recovery(self, device: DeviceId, number: int, groups: str, packet: str) -> str:
        """Answer the other side's first packet, as groups; the session stands. Errors of `paper_recovery.answer`."""
        return paper_recovery.answer(self.desk, device, number, groups, packet)

    def finish_recovery(self, device: DeviceId, number: int, packet: str) -> None:
        """Take the answer: the session stands, the secret is burnt; errors of `paper_recovery.finish`."""
        paper_recovery.finish(self.desk, device, number, packet)

    def paper_secrets(self) -> tuple[PaperSecretView, ...]:
        """List which secrets of envelopes were printed here, begun and burnt."""
        return session_listing.paper_secrets(self.desk)

    def give_cover(self, sealed: bytes, code: str) -> CoverStanding:
        """Take the authority's cover file with its code and send its root to every machine that lacks it."""
        return covers.give(self.desk, sealed, code)

    def cover_standing(self) -> CoverStanding:
        """Say which cover roots there are and who lacks the next one."""
        return covers.standing(self.desk)

    # --- thin packets --------------------------------------------------------------------------------------------

    def release_thin(
        self, draft: Draft, bearer: ThinBearer, parity: int = 0, draft_id: DraftId | None = None
    ) -> ThinReleased:
        """Release a short cable to one station and give its thin packets; the signed cable waits in the outbox.

        Incomplete, NotAllowed, FormatError when it is too long, TooFarAhead beyond the hard stop: no number is used.
        """
        return thin_sending.release_thin(self.desk, draft, draft_id, bearer, parity)

    def thin_again(self, cable_id: CableId) -> tuple[ThinPacket, ...]:
        """Give the thin packets of a cable once more, the stored bytes; NotFound when it has none."""
        return thin_sending.again(self.desk, cable_id)

    def take_thin(self, packet: bytes) -> ThinTaken:
        """Take one thin packet; FormatError, NoSession, DecryptionError or a TrustError leaf change nothing."""
        return thin_receiving.take(self.desk, packet)

    def thin_waiting(self) -> tuple[ThinWaiting, ...]:
        """List the messages of which fragments are missing."""
        return thin_receiving.waiting(self.desk)

    def thin_wear(self) -> tuple[ThinWear, ...]:
        """Say how worn the thin chains are, by machine."""
        return thin_sending.wear(self.desk)

    # --- pouches -------------------------------------------------------------------------------------------------

    def pouch_waiting(self) -> tuple[PouchWaiting, ...]:
        """List the stations for which something waits that a pouch could carry."""
        return pouch_packing.waiting(self.desk)

    def pouch_log(self) -> tuple[PouchLine, ...]:
        """List the pouches written and read, newest first."""
        return pouch_writing.log(self.desk)

    # --- an old or a second copy ---------------------------------------------------------------------------------

    def reopen(self, word: Word, last_number: int) -> int:
        """Let a frozen store send again; `last_number` is our highest cable number that headquarters or a post knows.

        Returns how many sessions are begun anew. NotAllowed when nothing is frozen, or this copy is out of use.
        """
        begun = reopening.reopen(self.desk, word, last_number, self._profile.watermark.kept)
        self._profile.watermark.catch_up()
        return begun

    def refuse_word(self, word: Word) -> tuple[StationId, ...]:
        """End a freeze that rests on the word of stations which are not believed; return who they are. NotAllowed."""
        return reopening.refuse(self.desk, word)

    def confirm_entry(self, word: Word) -> None:
        """Let sending go on: headquarters has said that our changed entry in the directory is right. NotAllowed."""
        reopening.confirm_entry(self.desk, word)

    def reopen_peer(self, station: StationId, word: Word) -> None:
        """Let cables to a doubted station go again; NotAllowed when none are kept back."""
        reopening.reopen_peer(self.desk, station, word)

    def retire(self, word: Word) -> None:
        """Take this copy out of use for good: it shows what it has and sends nothing again."""
        reopening.retire(self.desk, word)

    # --- settings ------------------------------------------------------------------------------------------------

    def setting(self, name: str) -> str | None:
        """Give a kept setting of the screens, None when never set."""
        return setting_rows.get(self.desk.db, name)

    def keep_setting(self, name: str, value: str) -> None:
        """Keep a setting of the screens inside the encrypted store (name ≤ 64, value ≤ 64 KiB)."""
        with self.desk.db.transaction():
            setting_rows.keep(self.desk.db, name, value)

    def change_passphrase(self, old: Unlock, new: Unlock) -> None:
        """Replace the passphrase slot; WrongPassphrase when `old` opens nothing."""
        profiles.change_passphrase(
            self._profile.home.root,
            opening.passphrase_of(old).passphrase,
            opening.passphrase_of(new).passphrase,
            keyring=self._keyring,
            floor=opening.floor(self.desk.policy),
            random=self.desk.random,
        )


def open_station(
    home: Path,
    unlock: Unlock,
    policy: Policy = PRODUCTION,
    *,
    keyring: Keyring | None = None,
    clock: Clock = system_clock,
    random: Random = system,
) -> Station:
    """Run the self-tests, take the profile lock and open the store in `home`.

    Raises SelfTestError, ProfileInUse, WrongPassphrase, KeyringMissing, StoreDamaged, StoreNewer, NotFound;
    NotAllowed for a person who is suspended or was removed.
    """
    held = opening.keyring_for(home) if keyring is None else keyring
    profile = opening.open_profile(home, unlock, policy, keyring=held, clock=clock, random=random)
    if kits.is_kit(profile):
        profile.close()
        raise NotAllowed("this folder is a delegation kit: `secmsg kit` and the window open it")
    try:
        desk = opening.desk_of(profile, policy, clock, random, held)
        person_arrivals.arrive(desk)
    except BaseException:
        profile.close()
        raise
    station = Station(profile, desk, held)
    station.destruction.refresh()
    return station
