"""What the making of a kit knows: the permit as filled so far, the step, and what still lacks."""

from dataclasses import dataclass
from enum import Enum

from secmsg.office import kits
from secmsg.office.kits import AtExpiry
from secmsg.station.kit_views import Terms
from secmsg.station.unlock import MIN_PASSPHRASE
from secmsg.wire.cable import Degree


class Step(Enum):
    """Where the making is."""

    PERMIT = "permit"
    CABLES = "cables"
    FOLDER = "folder"
    WORKING = "working"
    DONE = "done"


class Lack(Enum):
    """What keeps the officer from going on, in the order of the form."""

    BEARER = "bearer"
    TITLE = "title"
    DEGREE = "degree"
    PURPOSE = "purpose"
    PLACES = "places"
    MEASURES = "measures"
    PERMITTED_BY = "permitted-by"
    TIMES = "times"
    CABLES = "cables"
    PASSPHRASE = "passphrase"  # noqa: S105 - the name of a field
    TWICE = "twice"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class MakeState:
    """The permit and the choice so far; times are UTC seconds, 0 for what cannot be read."""

    step: Step = Step.PERMIT
    bearer: str = ""
    title: str = ""
    degree: Degree | None = None
    purpose: str = ""
    places: str = ""
    measures: str = ""
    permitted_by: str = ""
    start: int = 0
    until: int = 0
    openings: int = 99
    hours: int = 40
    prints: int = 0
    exports: bool = False
    drops: bool = False
    destroys: bool = False
    cables: int = 0
    folder: str = ""

    def terms(self) -> Terms:
        """Give the permit for the office, which judges it once more."""
        return Terms(
            self.bearer, self.title, self.degree or Degree.UNCLASSIFIED, self.purpose, self.places, self.measures,
            self.permitted_by, self.start, self.until, self.openings, 60 * self.hours, self.prints, self.exports,
            self.drops, AtExpiry.DESTROY if self.destroys else AtExpiry.REFUSE,
        )  # fmt: skip

    @property
    def needs_witness(self) -> bool:
        """Whether a second person gives their own passphrase too."""
        return self.degree is Degree.TOP_SECRET


def lacks(state: MakeState, passphrase: str = "", again: str = "") -> Lack | None:
    """Name the first thing that lacks in the step on show, None when the officer may go on."""
    match state.step:
        case Step.PERMIT:
            return _of_permit(state)
        case Step.CABLES:
            return None if state.cables else Lack.CABLES
        case Step.FOLDER:
            if len(passphrase) < MIN_PASSPHRASE:
                return Lack.PASSPHRASE
            if passphrase != again:
                return Lack.TWICE
            return None if state.folder else Lack.FOLDER
        case _:
            return None


def _of_permit(state: MakeState) -> Lack | None:
    for words, lack in (
        (state.bearer, Lack.BEARER),
        (state.title, Lack.TITLE),
        ("set" if state.degree is not None else "", Lack.DEGREE),
        (state.purpose, Lack.PURPOSE),
        (state.places, Lack.PLACES),
        (state.measures, Lack.MEASURES),
        (state.permitted_by, Lack.PERMITTED_BY),
    ):
        if not words.strip():
            return lack
    fits = 0 < state.start < state.until <= state.start + kits.LONGEST_S
    return None if fits else Lack.TIMES
