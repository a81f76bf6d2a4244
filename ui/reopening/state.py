"""What the window of sending again knows: the second person, the word of headquarters, the last number."""

from dataclasses import dataclass

from secmsg.office.copies import Cause
from secmsg.station.reopening import MAX_WORDS, Word
from secmsg.station.views import StationStatus

MAX_NUMBER = 99_999
_NOT_HERE = frozenset((Cause.RETIRED, Cause.OWN_ENTRY))


@dataclass(frozen=True, slots=True)
class ReopeningState:
    """What is typed; `said` is ticked when headquarters has said that sending goes on."""

    second: str = ""
    word: str = ""
    last: str = ""
    said: bool = False
    working: bool = False
    begun: int | None = None
    error: BaseException | None = None

    @property
    def last_number(self) -> int | None:
        """The last number as typed, None while it is none."""
        figures = self.last.strip()
        fits = figures.isascii() and figures.isdecimal() and len(figures) <= len(str(MAX_NUMBER))
        return int(figures) if fits else None

    @property
    def named(self) -> Word | None:
        """Who answers and by which word, None while a part lacks."""
        parts = [" ".join(each.split()) for each in (self.second, self.word)]
        return Word(*parts) if all(1 <= len(each) <= MAX_WORDS for each in parts) else None

    @property
    def may(self) -> bool:
        """Whether everything is there and nothing is under way or done."""
        ready = self.said and self.named is not None and self.last_number is not None
        return ready and not self.working and self.begun is None


def may_reopen(status: StationStatus) -> bool:
    """Say whether this window is the way on: our own store is frozen, and not for a cause that has another way."""
    return bool(status.frozen) and not any(each.cause in _NOT_HERE for each in status.frozen)
