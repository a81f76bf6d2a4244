"""The frozen values which the station layer hands to screens and commands: what is shown, and no more than is proven.

Times are UTC seconds. Nothing here holds a key. A screen never computes one of these: it shows it.
"""

from dataclasses import dataclass, field
from enum import Enum, IntEnum

from secmsg.ids import CableId, DeviceId, DraftId, RelayId, StationId
from secmsg.office.channels import ChannelKind, Why
from secmsg.office.circulars import Standing
from secmsg.office.copies import Cause
from secmsg.office.lifecycle import OutboxState
from secmsg.station.kit_views import KitStanding
from secmsg.station.pouch_views import PouchMark
from secmsg.station.session_views import BreakView
from secmsg.wire.cable import Cable, Degree, Kind, Urgency
from secmsg.wire.service import ReceiptLevel

_NOBODY = StationId(0)
_NO_RELAY = RelayId(b"")


class InboxFilter(Enum):
    """Which incoming cables a listing holds; gaps are listed with every one of them."""

    ALL = "all"
    UNREAD = "unread"
    UNACKNOWLEDGED = "unacknowledged"


@dataclass(frozen=True, slots=True)
class CableRow:
    """One line of the inbox or of the sent list.

    `number` is the originator's cable number; `register` the line in this station's own register (0: not entered);
    `peer_name` is the origin (incoming) or the first addressee, with "+n" for the others (outgoing);
    `state` is the outbox state that has got least far over all addressees (outgoing), None for incoming.
    """

    cable_id: CableId
    incoming: bool
    number: int
    symbol: str
    mrn: str
    kind: Kind
    degree: Degree
    urgency: Urgency
    subject: str
    peer_name: str
    at: int
    read: bool
    acknowledged: bool
    annexes: int
    state: OutboxState | None
    register: int = 0
    excerpt: str = ""
    """In a search: a line of its text around the first match, as written."""
    unsigned: bool = False
    """It came by thin packets or by hand, and the signed cable is not here yet."""
    by_hand: bool = False
    """It left or came as groups that a person carried, whatever carried it besides."""


class Listing(Enum):
    """Which list of cables."""

    INCOMING = "incoming"
    OUTGOING = "outgoing"


@dataclass(frozen=True, slots=True)
class Quick:
    """The quick filter; every condition must hold. `urgent` is Immediate and above, `since` a time in UTC seconds."""

    unacknowledged: bool = False
    urgent: bool = False
    annexes: bool = False
    degree: Degree | None = None
    since: int | None = None


EVERY_CABLE = Quick()


@dataclass(frozen=True, slots=True)
class ListMark:
    """A place in a list; a screen keeps it and gives it back, and makes none."""

    waits: int
    cable_no: int


@dataclass(frozen=True, slots=True)
class ListPage:
    """Rows of a list, and where the next page begins (None: nothing follows)."""

    rows: tuple[CableRow, ...]
    end: ListMark | None


@dataclass(frozen=True, slots=True)
class ListCount:
    """How many cables of a list wait for an acknowledgement (they stand first), and how many do not."""

    waiting: int
    rest: int


@dataclass(frozen=True, slots=True)
class FoundPage:
    """Found cables, and the number below which the search goes on (0: everything was looked at)."""

    rows: tuple[CableRow, ...]
    below: int


@dataclass(frozen=True, slots=True)
class FoundCount:
    """How many more match, and where the counting goes on (0: everything was looked at)."""

    more: int
    below: int


@dataclass(frozen=True, slots=True)
class IndexState:
    """How many cables can be found by their words; `percent` is 100 only when all can."""

    percent: int
    searchable: int

    @property
    def whole(self) -> bool:
        """Whether a search misses nothing."""
        return self.percent == 100


@dataclass(frozen=True, slots=True)
class GapRow:
    """Serials `first`..`last` (inclusive) of one peer that have not arrived though a later one has, since `since`."""

    peer_name: str
    first: int
    last: int
    since: int
    peer: StationId = _NOBODY


class Doubt(Enum):
    """What is odd about a cable whose signatures verify; it is shown beside the check, not instead of it."""

    COUNT = "count"
    """Documents or pages are not what is found in it."""
    OBJECTION = "objection"
    """Its persons may not sign together, or a clearance was refused."""
    NAME = "name"
    """Its releaser calls himself otherwise than the directory does."""
    NUMBER = "number"
    """Its post number is not one of its origin's."""
    THIN = "thin"
    """What came before it by thin packets says something else; see `CableView.thin_text`."""
    HAND = "hand"
    """What came by hand says something else; see `CableView.thin_text`."""


@dataclass(frozen=True, slots=True)
class Verification:
    """What was checked about a cable's origin, as the panel of the reader shows it.

    `person_name` and `person_title` are the directory's words, not the cable's own. `serial` is its place in the pair's
    chain (0: own cable); `in_order_after` the serial it follows directly (0: it is the first), None when something
    before it is missing.
    """

    person_name: str
    person_title: str
    station_name: str
    signature_ok: bool
    edition: int
    serial: int
    in_order_after: int | None
    relay_name: str
    received_at: int
    doubts: tuple[Doubt, ...] = ()
    by_pouch: bool = False
    """A pouch brought it, and no relay."""
    unsigned: bool = False
    """It came by thin packets or by hand, and no person's signature is here yet.

    Of thin packets the session proves the machine that sent it; by hand the tag proves that a holder of the pages did.
    """
    by_hand: bool = False
    """It came by hand, whether or not the signed cable is here by now."""
    in_kit: bool = False
    """A delegation kit shows it: what stands here is the post's word, and the kit proves that nobody changed it."""


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """One rung of the receipt ladder reached at one station; `evidence` says in a few words what proves it."""

    station_name: str
    level: ReceiptLevel
    at: int
    evidence: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class Opening:
    """What one machine has proven to have opened of a released cable, and up to which rung (None: said nothing)."""

    station_name: str
    device: DeviceId
    standing: Standing
    level: ReceiptLevel | None
    at: int | None


class AttachmentState(Enum):
    """Where an annex stands; only READY may be opened or exported."""

    WAITING = "waiting"
    DOWNLOADING = "downloading"
    READY = "ready"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class AttachmentView:
    """One annex; `done` and `total` are bytes of the sealed blob while it is fetched or sent, both 0 otherwise.

    `paused`: the officer has paused the transfer; it goes on only when told.
    """

    name: str
    size: int
    pages: int
    media_type: str
    state: AttachmentState
    done: int = 0
    total: int = 0
    paused: bool = False


@dataclass(frozen=True, slots=True)
class CableView:
    """One cable in full, for the reader."""

    row: CableRow
    cable: Cable
    origin_name: str
    action_names: tuple[str, ...]
    info_names: tuple[str, ...]
    verification: Verification
    receipts: tuple[ReceiptView, ...]
    attachments: tuple[AttachmentView, ...]
    openings: tuple[Opening, ...] = ()
    """Of a released cable: one for each machine that it goes to."""
    sent_from: DeviceId | None = None
    """The machine of this station that released it, when that is another one and this is its copy."""
    thin_text: str = ""
    """What came by thin packets, subject and text, or by hand, where the signed cable says something else."""


class ChannelState(Enum):
    """Where one envelope stands on one channel; none of them proves that it arrived."""

    UNUSED = "unused"
    """Nothing was tried this way; `why` says why."""
    WAITING = "waiting"
    SENDING = "sending"
    HOLDS = "holds"
    """The relay says it holds it."""
    UNKNOWN = "unknown"
    REFUSED = "refused"
    WRITTEN = "written"
    """It lies in a pouch that was read back from its medium."""


@dataclass(frozen=True, slots=True)
class ChannelLine:
    """One line of evidence: one envelope on one channel.

    `at` is when it came to stand so (None: never tried), `next_try_at` the next try after a failed one; `why` says what
    the policy makes of the channel now and `why_at` from when that changes. `detail` is the link's own English text, or
    the name of a pouch. `copy` and `copies` number the machines of the addressee.
    """

    channel: str
    kind: ChannelKind
    state: ChannelState
    at: int | None
    attempts: int
    next_try_at: int | None
    detail: str
    why: Why
    why_at: int | None
    copy: int = 1
    copies: int = 1


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """One cable on its way to one addressee station; `parts` is (done, total) bytes of the blobs still going up.

    `receipt_due_at` is when the next receipt of the ladder is overdue (None: nothing more is expected).
    """

    cable_id: CableId
    number: int
    urgency: Urgency
    degree: Degree
    subject: str
    to_name: str
    state: OutboxState
    since: int
    next_try_at: int | None
    relay_name: str
    parts: tuple[int, int] | None
    detail: str
    mrn: str = ""
    attempts: int = 0
    receipt_due_at: int | None = None
    to: StationId = _NOBODY
    pouches: tuple[PouchMark, ...] = ()
    """The pouches it was proven to be written to, oldest first."""
    lines: tuple[ChannelLine, ...] = ()
    paused: bool = False
    """The officer has paused the blobs that are going up; the cable leaves when they are there."""
    picked_up_at: int | None = None
    """When a locked machine there answered the ring of this cable: no receipt, and nothing was opened."""


class LinkState(Enum):
    """How a relay link stands."""

    UNTRIED = "untried"
    UP = "up"
    SLOW = "slow"
    DOWN = "down"
    REFUSED = "refused"
    """It answered, and against what was asked."""
    OFF = "off"


@dataclass(frozen=True, slots=True)
class LinkStatus:
    """One link: its name, state, last contact, the last round trip, and the sentence of the last failure ("")."""

    name: str
    state: LinkState
    last_contact: int | None
    round_trip_s: float | None
    detail: str = ""
    next_try_at: int | None = None
    relay: RelayId = _NO_RELAY


@dataclass(frozen=True, slots=True)
class RelayView:
    """A relay as this station uses it; `holds` counts envelopes it says it has and nothing proves yet.

    `fingerprint` is what two persons compare.
    """

    name: str
    base_url: str
    enabled: bool
    holds: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Addressee:
    """A station a cable can be addressed to."""

    station: StationId
    name_vi: str
    name_en: str
    place: str
    timezone: str = "UTC"
    devices: int = 0


class NoticeKind(Enum):
    """Something an officer must learn that is not a cable."""

    DIRECTORY_ROLLBACK = "directory-rollback"
    DIRECTORY_FORK = "directory-fork"
    DIRECTORY_REFUSED = "directory-refused"
    QUARANTINED = "quarantined"
    FAULT_REPORTED = "fault-reported"
    CLOCK_OFF = "clock-off"
    CHAIN_FORKED = "chain-forked"
    PACKET_REPEATED = "packet-repeated"
    """A used place of a chain under a new name: a relay repeats, or a station's store is a copy of another."""
    SESSION_LAST_RESORT = "session-last-resort"
    PREKEYS_OUT = "prekeys-out"
    """A relay has no one-time prekey of ours left, or says so: a first message now has less forward secrecy."""
    PREKEYS_STALE = "prekeys-stale"
    """A first message was made for a signed prekey past its week: no contact for long, or a relay hides newer ones."""
    SESSION_REPLACED = "session-replaced"
    SESSION_STALE = "session-stale"
    BREAK_REPORTED = "break-reported"
    """At headquarters: a station has told of a break of continuity that waits for an acknowledgement."""
    RELAY_FAULT = "relay-fault"
    RELAY_LOST = "relay-lost"
    """A relay has lost what it held; everything unproven is offered again."""
    ATTACHMENT_DAMAGED = "attachment-damaged"
    SERVICE_MESSAGE = "service-message"
    CABLE_DOUBTFUL = "cable-doubtful"
    """A cable was entered with a doubt: see `Verification.doubts`."""
    RELAY_REFUSED = "relay-refused"
    """A relay says that it took no more for one of our mailboxes; `detail` names it, how many, and since which day."""
    STATION_SILENT = "station-silent"
    """A station's recap is missing beyond the grace; `detail` says when it was last heard."""
    GAP_UNANSWERED = "gap-unanswered"
    """Serials were asked for on every way and did not come, or are not kept any more: an officer has to decide."""
    PEER_LACKS = "peer-lacks"
    """A station has asked for serials of ours in vain."""
    PEER_CLOSED_GAP = "peer-closed-gap"
    """An officer there has closed a gap without having seen those serials of ours."""
    NEW_BOOK = "new-book"
    """A station has opened its serials anew; two persons have signed it."""
    BOOK_REFUSED = "book-refused"
    """Something that calls itself a new book does not hold: a clone, an old copy, or a mistake."""
    HAND_BLOCK = "hand-block"
    """A station keeps serials for traffic by hand, or says which of them it gave."""
    POSTURE_TOLD = "posture-told"
    THIN_DIFFERS = "thin-differs"
    """A cable that came by thin packets is not what was signed in its place; both are kept."""
    HAND_DIFFERS = "hand-differs"
    """A cable that came by hand is not what was signed in its place; both are kept."""
    THIN_REFUSED = "thin-refused"
    """An authentic thin packet contradicts itself or another: its message was refused whole."""
    THIN_GIVEN_UP = "thin-given-up"
    """Fragments waited too long, or too many messages of one machine were incomplete."""
    CABLE_CLASH = "cable-clash"
    """Another cable came under the id of one that is here; it was set aside."""
    COVER_LACKING = "cover-lacking"
    """An edition is sealed under a cover root that is not here: headquarters, a pouch or a new kit brings it."""
    MACHINE_REVOKED = "machine-revoked"
    """Headquarters says that a machine is lost, or that it is not after all: nothing is sent there meanwhile."""
    OPENED_OTHERWISE = "opened-otherwise"
    """A machine has signed that it opened something else under a cable's id than was released."""
    FROZEN = "frozen"
    """Our own store is an old copy or has a second one: nothing leaves until two persons have said how it goes on."""
    WITHHELD = "withheld"
    """A peer's store is an old copy or has a second one: cables to it are kept back."""
    OWN_ENTRY = "own-entry"
    """An edition says of this station what it did not say before: a machine or a person more, another description."""
    CUSTODY_DIFFERS = "custody-differs"
    """An inventory, an inspection or a handover has found what does not agree; its record says what."""
    PADS_LOW = "pads-low"
    """The pages with a station, one way, last less than 30 days."""
    PADS_STOPPED = "pads-stopped"
    """A book or another item was stopped: it may be known to others, or is lost."""
    PEER_RESTORED = "peer-restored"
    """A peer opened a new session and says that its store was put back to an older state."""
    SHEET_UNDONE = "sheet-undone"
    """A new recovery sheet was begun and a stop came: proven not to be in force, the one before is."""
    SHEET_ENDED = "sheet-ended"
    """A new recovery sheet was begun and a stop came: proven to be in force, the one before opens nothing."""
    SHEET_DOUBTFUL = "sheet-doubtful"
    """A new recovery sheet was begun and a stop came: nothing proves which one opens, until another was made."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A lasting notice, newest first in `StationStatus.notices`; `detail` holds no secret and no subject."""

    kind: NoticeKind
    at: int
    detail: str


@dataclass(frozen=True, slots=True)
class FreezeView:
    """Why sending is kept back: whose store is doubted (`peer` 0: ours), on whose word (`witness` 0: seen here)."""

    cause: Cause
    peer: StationId
    peer_name: str
    witness: StationId
    witness_name: str
    since: int
    detail: str


class KeyringNote(Enum):
    """Whether a key half in the system keyring takes part in opening this store."""

    BOUND = "bound"
    PASSPHRASE_ONLY = "passphrase-only"  # noqa: S105 - the name of a state, no password


@dataclass(frozen=True, slots=True)
class StationStatus:
    """The station at a glance. Before `join`, `joined` is false and the directory fields are empty."""

    joined: bool
    station: StationId
    station_name: str
    station_name_en: str
    place: str
    timezone: str
    device: DeviceId
    person_name: str
    person_title: str
    edition: int
    edition_at: int
    unread_count: int
    outbox_count: int
    gaps: int
    quarantined: int
    keyring_note: KeyringNote
    clock_offset_s: int | None
    notices: tuple[Notice, ...]
    relays: tuple[str, ...] = ()
    prekeys_left: int = 0
    listed: bool = True
    """False when the edition in force does not list this device: it can only read what it has."""
    breaks: tuple[BreakView, ...] = ()
    """Breaks of continuity that nobody here has acknowledged, newest first."""
    freezes: tuple[FreezeView, ...] = ()
    kit: KitStanding | None = None
    """Set when what is open is a delegation kit: nothing is sent from it, and it ends by itself."""
    counted: bool = False
    """Whether the system's keyring keeps the store's counter, by which an old copy is known at its opening."""

    @property
    def frozen(self) -> tuple[FreezeView, ...]:
        """Why nothing may leave: the causes that doubt our own store."""
        return tuple(each for each in self.freezes if each.peer == _NOBODY)

    @property
    def withheld(self) -> tuple[FreezeView, ...]:
        """To whom no cable may leave, and why."""
        return tuple(each for each in self.freezes if each.peer != _NOBODY)


@dataclass(frozen=True, slots=True)
class Released:
    """What a release gave: the cable's id, its number of the year and its post number ("26 PARIS 045")."""

    cable_id: CableId
    number: int
    mrn: str


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft in the list of drafts."""

    draft_id: DraftId
    subject: str
    degree: Degree | None
    to_name: str
    saved_at: int


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The cables that hold every word asked for, newest first.

    `searched` counts the cables looked through; `percent` says how much of the index is there.
    """

    text: str
    rows: tuple[CableRow, ...]
    searched: int
    percent: int = 100
    more: bool = False
    """Whether more cables hold them than are given."""


class Register(IntEnum):
    """Which of the two registers."""

    OUT = 1
    IN = 2


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One line of a register as printed (domain.md 2.6)."""

    line: int
    at: int
    symbol: str
    mrn: str
    dated: int
    degree: Degree
    urgency: Urgency
    subject: str
    peer_name: str
    copies: int
    pages: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class QuarantineRow:
    """A packet that could not be opened; its bytes are kept for the authority, never shown."""

    message_id: bytes = field(repr=False)
    relay_name: str
    at: int
    size: int
    reason: str
    by_pouch: bool = False
