"""A cable's text as the codes of the codebook in force, and back: what the groups say is what is signed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from secmsg.errors import FormatError, NotAllowed, NotFound
from secmsg.manual import changes, encoding, form
from secmsg.manual.capitals import Capitals
from secmsg.manual.changes import Change
from secmsg.manual.codebook import Book, Kind
from secmsg.manual.cutting import Choice
from secmsg.manual.decoding import decode as decode_text
from secmsg.manual.form import Form
from secmsg.office.draft import Draft
from secmsg.office.hand_cable import HandCable
from secmsg.station import hand_syllabary
from secmsg.wire.cable import Degree, Urgency

_DEGREES: Mapping[Degree, Kind] = dict(zip(Degree, form.DEGREES, strict=True))
_URGENCIES: Mapping[Urgency, Kind] = dict(zip(Urgency, form.URGENCIES, strict=True))


@dataclass(frozen=True, slots=True)
class Cutting:
    """How a text is cut into codes: capitals kept or not, numbers said twice, and the officer's own choices.

    `syllabary`: by the one-page sheet, without the codebook and without choices.
    """

    capitals: Capitals = Capitals.NAMES
    cuts: tuple[Choice, ...] = ()
    repeat_numbers: bool = False
    syllabary: bool = False


PLAIN = Cutting()


@dataclass(frozen=True, slots=True)
class Coded:
    """A cable as codes: `text` is what they say, and the text that is signed."""

    codes: tuple[str, ...] = field(repr=False)
    text: str = field(repr=False)
    degree: Degree
    urgency: Urgency
    changes: tuple[Change, ...] = field(default=(), repr=False)
    """What the codes say otherwise than the text that was given."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the codes of a message say."""

    degree: Degree
    urgency: Urgency
    number: int
    text: str = field(repr=False)


def encode(draft: Draft, number: int, length: int, book: Book, cutting: Cutting = PLAIN) -> Coded:
    """Encode a draft under a number, filled to a standard `length` (0: the least). NotAllowed, FormatError."""
    if draft.degree is None or draft.urgency is None:
        raise NotAllowed("a cable has an urgency and a degree")
    return _coded(Said(draft.degree, draft.urgency, number, draft.body), length, book, cutting)


def encode_cable(cable: HandCable, length: int, book: Book) -> Coded:
    """Encode a cable that went before once more; NotAllowed when the codebook in force says its text otherwise."""
    coded = _coded(Said(cable.degree, cable.urgency, cable.number, cable.body), length, book, Cutting(Capitals.ALL))
    if coded.text != cable.body:
        raise NotAllowed("the codebook in force says this text otherwise than it went: release it as a new cable")
    return coded


def decode(codes: tuple[str, ...], books: Callable[[int], Book]) -> Said:
    """Return what codes say; FormatError for an edition that `books` has not (NotFound), and for what is no cable."""
    if hand_syllabary.is_said(codes):
        (degree, urgency, number), text = hand_syllabary.decode(codes)
        return Said(degree, urgency, number, text)
    edition = form.edition(codes)
    try:
        book = books(edition)
    except NotFound:
        # Nothing is lost: the pages stay open, and the message is read when that edition is here.
        raise FormatError(f"edition {edition} of the codebook is not here") from None
    found = form.decode(codes, book)
    degree = next(each for each, kind in _DEGREES.items() if kind is found.degree)
    urgency = next(each for each, kind in _URGENCIES.items() if kind is found.urgency)
    return Said(degree, urgency, found.number, decode_text(found.text, book))


def _coded(said: Said, length: int, book: Book, cutting: Cutting) -> Coded:
    if cutting.syllabary:
        return _by_syllabary(said, length, cutting)
    found = encoding.encode(
        said.text, book, capitals=cutting.capitals, cuts=cutting.cuts, repeat_numbers=cutting.repeat_numbers
    )
    whole = Form(book.edition, _DEGREES[said.degree], _URGENCIES[said.urgency], said.number, found.codes)
    return Coded(form.encode(whole, book, length or None), found.text, said.degree, said.urgency, found.changes)


def _by_syllabary(said: Said, length: int, cutting: Cutting) -> Coded:
    heading = (said.degree, said.urgency, said.number)
    codes, text = hand_syllabary.encode(heading, said.text, length, capitals=cutting.capitals is not Capitals.FEW)
    return Coded(codes, text, said.degree, said.urgency, tuple(changes.compare(0, said.text, text)))
