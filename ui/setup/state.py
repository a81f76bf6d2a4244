"""What the wizard knows: which page is on show, what is lacking on it, and which acts the pages ask for."""

from dataclasses import dataclass, field, replace
from enum import Enum

from secmsg.station.backup_views import Candidate, Restored
from secmsg.station.channel_test import Reach, Tested
from secmsg.station.setting_up import Compared, Proof, SetUp

STEPS = 5
STEPS_ANEW = 4
LEAST_PASSPHRASE = 12
MOST_NAME = 120
MOST_NUMBER = 65_535
WHOLE_BAR_BITS = 100.0


class Page(Enum):
    """A page; two of the five steps have two."""

    LANGUAGE = "language"
    PROFILE = "profile"
    BACKUP = "backup"
    PASSPHRASE = "passphrase"  # noqa: S105 - the name of a page
    SHEET = "sheet"
    FINGERPRINT = "fingerprint"
    KIT = "kit"
    CHANNELS = "channels"
    FINISH = "finish"
    RESTORING = "restoring"
    RESTORED = "restored"
    GROUPS = "groups"
    RENEWED = "renewed"


_STEP = {
    Page.LANGUAGE: 1,
    Page.PROFILE: 2,
    Page.BACKUP: 2,
    Page.PASSPHRASE: 3,
    Page.SHEET: 3,
    Page.FINGERPRINT: 4,
    Page.KIT: 4,
    Page.CHANNELS: 5,
    Page.FINISH: 5,
    Page.RESTORING: 4,
    Page.RESTORED: 5,
    Page.GROUPS: 1,
    Page.RENEWED: 4,
}
_UNMADE = (Page.LANGUAGE, Page.PROFILE, Page.PASSPHRASE)
_RESTORE = (
    Page.LANGUAGE,
    Page.PROFILE,
    Page.BACKUP,
    Page.PASSPHRASE,
    Page.RESTORING,
    Page.SHEET,
    Page.RESTORED,
)
_ANEW = (Page.GROUPS, Page.PASSPHRASE, Page.RESTORING, Page.SHEET, Page.RENEWED)
_UNDER_WAY = frozenset((Page.RESTORING, Page.SHEET))
_MADE = (Page.LANGUAGE, Page.SHEET, Page.FINGERPRINT, Page.KIT, Page.CHANNELS, Page.FINISH)


class Way(Enum):
    """Where the profile comes from, or that it is here and its sheet sets a new passphrase."""

    NEW = "new"
    RESTORE = "restore"
    ANEW = "anew"


class Lack(Enum):
    """What a page lacks before it can go on."""

    NUMBER = "number"
    NAME = "name"
    OFFICER = "officer"
    TITLE = "title"
    FOLDER = "folder"
    OLD_SHEET = "old-sheet"
    WHO = "who"
    SHORT = "short"
    DIFFER = "differ"
    GROUPS = "groups"
    WHERE = "where"
    KIT = "kit"
    CODE = "code"
    NOT_COMPARED = "not-compared"


@dataclass(frozen=True, slots=True)
class Profile:
    """What the officer writes about the post; headquarters decides."""

    number: str = ""
    name: str = ""
    place: str = ""
    officer: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """Make the store."""

    profile: Profile
    passphrase: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SheetAsked:
    """Make a recovery sheet; the passphrase once more."""

    passphrase: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ReadBack:
    """The groups asked for, as read from the paper, and where the sealed sheet lies."""

    typed: str = field(repr=False)
    kept_at: str


@dataclass(frozen=True, slots=True)
class Said:
    """What headquarters said of the fingerprint."""

    same: bool


@dataclass(frozen=True, slots=True)
class Joining:
    """Take the kit with its code."""

    kit: str
    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Look whether this folder holds one backup and these groups are a sheet's, before more is asked for."""

    folder: str
    groups: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Restore:
    """Make the store from the backup, with a new passphrase."""

    backup: Chosen
    passphrase: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SheetGiven:
    """Look whether these groups open the store, before more is asked for."""

    groups: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Anew:
    """Begin anew with the sheet: a new passphrase, then a new sheet."""

    groups: str = field(repr=False)
    passphrase: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class GoesOn:
    """The officer who goes on, by number, where there are several."""

    officer: int


class Ask(Enum):
    """Acts that need nothing but their name."""

    SAVE_SHEET = "save-sheet"
    SAVE_REQUEST = "save-request"
    CHOOSE_KIT = "choose-kit"
    READ_CODE = "read-code"
    TEST_CHANNELS = "test-channels"
    SEND_TEST = "send-test"
    FINISH = "finish"
    CHOOSE_BACKUP = "choose-backup"
    STOP = "stop"
    LEAVE = "leave"
    OPEN = "open"


Act = Made | SheetAsked | ReadBack | Said | Joining | Chosen | Restore | SheetGiven | Anew | GoesOn | Ask


@dataclass(frozen=True, slots=True)
class SetupState:
    """`stands` is None until a store is open; `tested` None until the channels were tested.

    While a backup is being restored, or a store begins anew, `officers` are those who may go on, once that is asked;
    `shown` says that a new sheet was shown and `read_back` that it was read back; `restored` is what came of a backup.
    """

    page: Page = Page.LANGUAGE
    stands: SetUp | None = None
    busy: bool = False
    tested: tuple[Tested, ...] | None = None
    way: Way = Way.NEW
    officers: tuple[Candidate, ...] = ()
    shown: bool = False
    read_back: bool = False
    several: bool = False
    """Whether it was asked who goes on: there are others, and their keyslots are gone."""
    restored: Restored | None = None

    @property
    def step(self) -> int:
        """The number of the step, from 1."""
        if self.way is Way.ANEW and (self.under_way or self.page is Page.PASSPHRASE):
            return 3 if self.under_way else 2
        return _STEP[Page.RESTORING if self.under_way else self.page]

    @property
    def steps(self) -> int:
        """How many steps there are."""
        return STEPS_ANEW if self.way is Way.ANEW else STEPS

    @property
    def under_way(self) -> bool:
        """Whether a restore has begun and not ended: it can be stopped, and there is no way back but that."""
        return self.stands is None and self.page in _UNDER_WAY

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages there are, in order: before the store is made, and after."""
        if self.stands is not None:
            return _MADE
        return {Way.NEW: _UNMADE, Way.RESTORE: _RESTORE, Way.ANEW: _ANEW}[self.way]

    @property
    def any_open(self) -> bool:
        """Whether a relay can be used."""
        return any(each.reach is Reach.OPEN for each in self.tested or ())

    @property
    def proof(self) -> Proof | None:
        """How far the test cable's way is proven."""
        return None if self.stands is None else self.stands.proof


def undone(stands: SetUp) -> Page:
    """Give the page on which an opened store goes on."""
    if not stands.sheet_checked:
        return Page.SHEET
    if not stands.joined:
        return Page.KIT if stands.compared is Compared.SAME else Page.FINGERPRINT
    return Page.FINISH if stands.proof is Proof.WHOLE or stands.finished else Page.CHANNELS


def resumed(state: SetupState, stands: SetUp) -> SetupState:
    """Go on where the store stands."""
    return replace(state, stands=stands, page=undone(stands), busy=False)


def looked(state: SetupState, stands: SetUp) -> SetupState:
    """Note how the store stands without leaving the page, unless the test cable has come back on its own page."""
    done = state.page is Page.CHANNELS and stands.proof is Proof.WHOLE
    return replace(state, stands=stands, page=Page.FINISH if done else state.page)


def before(state: SetupState) -> Page | None:
    """Give the page before; None where there is none or something is under way."""
    at = state.pages.index(state.page)
    held = state.busy or state.under_way or state.page in (Page.RESTORED, Page.RENEWED)
    return state.pages[at - 1] if at and not held else None


def after(state: SetupState) -> Page:
    """Give the page after one that needs no act of the store, or the one that is still to be done."""
    at = state.pages.index(state.page)
    following = state.pages[min(at + 1, len(state.pages) - 1)]
    if state.stands is None:
        return following
    reached = state.pages.index(undone(state.stands))
    return following if state.pages.index(following) <= reached else state.pages[reached]


def coming(state: SetupState) -> Ask:
    """Say what the way forward does on the page of the channels: test, send, and end."""
    if state.tested is None:
        return Ask.TEST_CHANNELS
    return Ask.SEND_TEST if state.any_open and state.proof is None else Ask.FINISH


def restoring(state: SetupState) -> SetupState:
    """Begin to restore, or to begin anew."""
    return replace(state, page=Page.RESTORING, busy=True, officers=(), shown=False, read_back=False, several=False)


def asked_who(state: SetupState, officers: tuple[Candidate, ...]) -> SetupState:
    """Ask who goes on."""
    return replace(state, page=Page.RESTORING, busy=False, officers=officers, several=True)


def shown_sheet(state: SetupState) -> SetupState:
    """Show the new sheet, to be read back."""
    return replace(state, page=Page.SHEET, busy=False, officers=(), shown=True)


def came_back(state: SetupState, restored: Restored) -> SetupState:
    """Say what came back."""
    return replace(state, page=Page.RESTORED, busy=False, officers=(), restored=restored)


def not_restored(state: SetupState) -> SetupState:
    """Go back to the sheet, where the next try begins."""
    return replace(state, page=Page.GROUPS if state.way is Way.ANEW else Page.BACKUP, busy=False, officers=())


def renewed(state: SetupState) -> SetupState:
    """Say that the new passphrase and the new sheet are all that opens the store."""
    return replace(state, page=Page.RENEWED, busy=False, officers=())


def backup_lack(folder: str, groups: str) -> Lack | None:
    """Say what is lacking before a backup is looked at."""
    if not folder:
        return Lack.FOLDER
    return None if groups.strip() else Lack.OLD_SHEET


def profile_lack(profile: Profile) -> Lack | None:
    """Say what a profile lacks, the first in the order of the form."""
    number = profile.number.strip()
    if not (number.isascii() and number.isdecimal() and 1 <= int(number[:6]) <= MOST_NUMBER):
        return Lack.NUMBER
    for text, lack in ((profile.name, Lack.NAME), (profile.officer, Lack.OFFICER), (profile.title, Lack.TITLE)):
        if not 1 <= len(text.strip()) <= MOST_NAME:
            return lack
    return None


def passphrase_lack(first: str, again: str) -> Lack | None:
    """Say what a new passphrase lacks; there is no other rule."""
    if len(first) < LEAST_PASSPHRASE:
        return Lack.SHORT
    return None if first == again else Lack.DIFFER


def read_back_lack(typed: str, kept_at: str | None, asked: int) -> Lack | None:
    """Say what is lacking before the groups are compared; `kept_at` is None where that is not asked for."""
    if len(typed.split()) != asked:
        return Lack.GROUPS
    return None if kept_at is None or kept_at.strip() else Lack.WHERE


def joining_lack(kit: str, code: str) -> Lack | None:
    """Say what is lacking before the kit is taken."""
    if not kit:
        return Lack.KIT
    return None if code.strip() else Lack.CODE


def bar(bits: float) -> int:
    """Give the length of the bar, 0 to 100."""
    return round(100 * min(1.0, bits / WHOLE_BAR_BITS))
