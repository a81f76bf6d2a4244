"""A cable by the syllabary instead of the codebook: the same heading, said as one number, before the text.

    eight figures: degree 0 to 3, urgency 0 to 3, number of the cable; a new line; the text

Source: docs/spec/syllabary.md 3. Whoever receives needs no setting: the first code says which sheet was used.
"""

import re

from secmsg.errors import FormatError
from secmsg.manual import form, syllabary_text
from secmsg.station import syllabaries
from secmsg.wire.cable import Degree, Urgency

Heading = tuple[Degree, Urgency, int]

_CABLE = re.compile(r"([0-3])([0-3])([0-9]{6})\n(.+)", re.DOTALL)
_FILL = "0000"


def is_said(codes: tuple[str, ...]) -> bool:
    """Say whether codes are of a syllabary."""
    return codes[:1] == (syllabary_text.MARK,)


def encode(heading: Heading, text: str, length: int, *, capitals: bool) -> tuple[tuple[str, ...], str]:
    """Return the codes of a cable, filled to a standard `length` (0: the least), and the text that they say.

    FormatError for what the sheet cannot say, and for a length that is too short or no standard one.
    """
    degree, urgency, number = heading
    said = f"{list(Degree).index(degree)}{list(Urgency).index(urgency)}{number:06}\n{text}"
    codes = syllabary_text.encode(said, syllabaries.load(), capitals=capitals)
    lengths = [each for each in form.standard_lengths(0) if each >= len(codes)]
    if length and length not in lengths:
        raise FormatError(f"{length} is not a standard length for {len(codes)} codes")
    codes += (_FILL,) * ((length or lengths[0]) - len(codes))
    return codes, decode(codes)[1]


def decode(codes: tuple[str, ...]) -> tuple[Heading, str]:
    """Return the heading and the text; FormatError for codes that say no cable, NotFound for another edition."""
    cable = _CABLE.fullmatch(syllabaries.read(codes))
    if cable is None:
        raise FormatError("what the syllabary says is no cable: degree, urgency and number are lacking")
    return (list(Degree)[int(cable[1])], list(Urgency)[int(cable[2])], int(cable[3])), cable[4]
