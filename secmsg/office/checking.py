"""What two persons look at when they count, inspect or hand over an office's key material, and what does not agree.

Source: docs/spec/custody.md 2 and 3. Pure. A *work* is an inventory, an inspection or a handover under way: a list of
checks, each with what it must be, and an answer for each. Words for the eye are made elsewhere.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum

from secmsg.errors import NotAllowed
from secmsg.office.materials import MAX_HOLDER, MAX_NOTE

MAX_PAGES = 9_999
MAX_SEAL = 40
MAX_COUNT = 2**31 - 1


class Work(IntEnum):
    """What two persons are doing."""

    INVENTORY = 1
    INSPECTION = 2
    HANDOVER = 3


class What(IntEnum):
    """What a check is about. Below 20 figures that must match, to 29 things, to 39 samples, from 40 counts."""

    LEDGER = 1
    """The ledger's last line and its code, as paper and screen show them."""
    EARLIER = 2
    """The code on the paper of an earlier record, and what the ledger gives for that line now."""
    LAST_OUT = 3
    LAST_IN = 4
    MISSING = 5
    BACKUPS = 6
    OFFICERS = 7
    KITS = 8
    SHEETS = 9
    CLOCK = 10
    PROGRAM = 11
    DIRECTORY = 12
    ITEM = 20
    """An item of the ledger that must lie at a place."""
    STRANGER = 21
    """A thing that lies at a place and has no number in the ledger."""
    SAMPLE_LINE = 30
    SAMPLE_BOOK = 31
    SAMPLE_DESTROYED = 32
    SAMPLE_LOCK = 33
    SAMPLE_ORDER = 34
    ITEMS_HERE = 40
    ITEMS_OUT = 41
    ITEMS_STOPPED = 42
    PAGES_LEFT = 43
    PAGES_TO_DESTROY = 44
    TOKENS = 45
    KITS_OUT = 46
    BACKUPS_HERE = 47
    SHEETS_HERE = 48
    OFFICERS_WITH_KEYS = 49
    CABLES_OPEN = 50
    RECEIPTS_DUE = 51
    SERIALS_MISSING = 52
    DRAFTS = 53
    WORKSHEETS = 54
    UNREAD = 55


class Seen(IntEnum):
    """What was seen of a check."""

    RIGHT = 1
    """It is there and whole; the figure is the same."""
    WRONG = 2
    """It is there and not as it should be; the figure is another."""
    ABSENT = 3
    """It is not where it should lie."""


class Flaw(IntEnum):
    """In which way something does not agree."""

    ABSENT = 1
    PAGES = 2
    LOOSE_PAGES = 3
    SEAL = 4
    DIFFERS = 5
    STRANGER = 6
    COUNT = 7
    NOT_INVENTORIED = 8
    """A handover without an inventory just before it."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look at: `code` is its number on the paper.

    `item` is a register number (0: none), `words` what it is or what must match, in order. `pages` and `loose` are the
    pages that must be left and those that wait to be destroyed, where `paged`; of a count, `pages` is the count. `seal`
    is what the ledger says of its seal.
    """

    code: str
    what: What
    item: int = 0
    place: str = ""
    words: tuple[str, ...] = ()
    paged: bool = False
    pages: int = 0
    loose: int = 0
    seal: str = ""

    @property
    def counted(self) -> bool:
        """Say whether it is a count, confirmed or not."""
        return self.what >= What.ITEMS_HERE


@dataclass(frozen=True, slots=True)
class Answer:
    """What two persons saw of one check; `pages` and `loose` are None where nothing was counted."""

    code: str
    seen: Seen
    pages: int | None = None
    loose: int | None = None
    seal: str = ""
    note: str = ""
    place: str = ""
    """Where a stranger lies."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not agree: `expected` and `found` are counts where the flaw is one, `note` what was seen."""

    code: str
    flaw: Flaw
    what: What
    item: int = 0
    expected: int = 0
    found: int = 0
    note: str = ""

    @property
    def stops(self) -> bool:
        """Say whether the item is to be stopped and headquarters told at once: who has it may read."""
        return self.what is What.ITEM and self.flaw in (Flaw.ABSENT, Flaw.PAGES, Flaw.LOOSE_PAGES, Flaw.SEAL)


def check_answer(check: Check | None, answer: Answer) -> None:
    """Refuse an answer that cannot stand; NotAllowed says why. None stands for a thing without a number."""
    if len(answer.note) > MAX_NOTE or len(answer.seal) > MAX_SEAL or len(answer.place) > MAX_HOLDER:
        raise NotAllowed("what is written beside a check is too long")
    if check is None:
        if not answer.note.strip() or not answer.place.strip():
            raise NotAllowed("say what the thing without a number is, and where it lies")
        return
    counts = [each for each in (answer.pages, answer.loose) if each is not None]
    if any(not 0 <= each <= MAX_COUNT for each in counts):
        raise NotAllowed("a count is out of bounds")
    if check.paged and answer.seen is not Seen.ABSENT and answer.pages is None:
        raise NotAllowed(f"{check.code} has pages: count what is left of them")
    if check.counted and answer.seen is Seen.WRONG and answer.pages is None:
        raise NotAllowed(f"{check.code} is a count: say what was counted")
    if answer.seen is Seen.WRONG and not check.counted and not answer.note.strip():
        raise NotAllowed(f"say what of {check.code} is not as it should be")


def judge(check: Check, answer: Answer) -> Finding | None:
    """Say in which way what was seen is not what must be; None where it is."""

    def found(flaw: Flaw, expected: int = 0, counted: int = 0, note: str = "") -> Finding:
        return Finding(check.code, flaw, check.what, check.item, expected, counted, note or answer.note.strip())

    if check.counted:
        counted = check.pages if answer.pages is None else answer.pages
        return None if counted == check.pages else found(Flaw.COUNT, check.pages, counted)
    if answer.seen is Seen.ABSENT:
        return found(Flaw.ABSENT)
    if check.paged and answer.pages != check.pages:
        return found(Flaw.PAGES, check.pages, answer.pages or 0)
    if check.paged and (answer.loose or 0) != check.loose:
        return found(Flaw.LOOSE_PAGES, check.loose, answer.loose or 0)
    if check.seal and answer.seal.strip() and _plain(answer.seal) != _plain(check.seal):
        return found(Flaw.SEAL, note=f"{answer.seal.strip()}: {answer.note.strip()}".rstrip(": "))
    return found(Flaw.DIFFERS) if answer.seen is Seen.WRONG else None


def _plain(seal: str) -> str:
    return "".join(each for each in seal.casefold() if each.isalnum())


def stranger(answer: Answer) -> Finding:
    """Return the finding of a thing without a number."""
    said = f"{answer.place.strip()}: {answer.note.strip()}"
    return Finding(answer.code, Flaw.STRANGER, What.STRANGER, note=said[:MAX_NOTE])


def lacking(checks: Iterable[Check], answers: Mapping[str, Answer]) -> tuple[Check, ...]:
    """List the checks that nobody has answered yet."""
    return tuple(each for each in checks if each.code not in answers)


def findings(checks: Iterable[Check], answers: Mapping[str, Answer]) -> tuple[Finding, ...]:
    """List everything that does not agree, in the order of the checks, then what has no number."""
    known = {each.code: each for each in checks}
    judged = [judge(check, answers[code]) for code, check in known.items() if code in answers]
    others = [stranger(each) for code, each in sorted(answers.items()) if code not in known]
    return (*(each for each in judged if each is not None), *others)
