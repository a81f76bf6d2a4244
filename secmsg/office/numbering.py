"""Cable numbers: consecutive within a year, given in the transaction of the release, never reused."""

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from secmsg import vietnamese
from secmsg.errors import NotAllowed
from secmsg.wire.cable import MAX_NUMBER, MRN, SYMBOL

_MAX_MRN = 24


@dataclass(frozen=True, slots=True)
class Numbers:
    """The last number given by one origin in one year of its register (0: none yet)."""

    year: int = 0
    last: int = 0


def year_of(at: int, zone: tzinfo = UTC) -> int:
    """Return the register year of a time, by the post's own calendar: 1 January to 31 December."""
    return datetime.fromtimestamp(at, zone).year


def give(numbers: Numbers, year: int) -> tuple[Numbers, int]:
    """Return the state after giving the next number of `year`, and the number; 1 in a new year.

    NotAllowed for a year before the last one (a clock set back would give numbers twice) and beyond 99 999.
    """
    if year < numbers.year:
        raise NotAllowed("the register of a later year is open already")
    number = numbers.last + 1 if year == numbers.year else 1
    if number > MAX_NUMBER:
        raise NotAllowed("the register of this year is full")
    return Numbers(year, number), number


def mrn(year: int, post: str, number: int) -> str:
    """Return the post number of a cable, as in "26 PARIS 045": year, post, three digits at least.

    The post's name is written without marks. NotAllowed where no post number of at most 24 characters comes
    out.
    """
    plain = vietnamese.fold(post).upper()
    kept = "".join(character if character.isascii() and character.isalnum() else " " for character in plain)
    head, tail = f"{year % 100:02}", f"{number:03}"
    room = _MAX_MRN - len(head) - len(tail) - 2
    written = f"{head} {' '.join(kept.split())[:room].rstrip()} {tail}"
    if not MRN.fullmatch(written):
        raise NotAllowed("the post's name gives no post number")
    return written


def symbol(template: str, number: int, year: int) -> str:
    """Return the number-and-symbol's symbol from a unit's template, in which {number} and {year} may stand.

    NotAllowed where what comes out is not a symbol.
    """
    written = template.replace("{number}", str(number)).replace("{year}", str(year)).upper()
    if not SYMBOL.fullmatch(written):
        raise NotAllowed("the template gives no symbol")
    return written
