"""The cells of a message as they were typed: which group stands where, and what they say by now; nothing is kept here.

Source: docs/spec/by-hand.md 7.
"""

from collections.abc import Mapping, Sequence

from secmsg.errors import HeaderWrong
from secmsg.manual import header as headers
from secmsg.manual import judging
from secmsg.manual import text as message_text
from secmsg.manual.cells import plain
from secmsg.manual.checks import COLUMNS
from secmsg.manual.header import SUMS, Header
from secmsg.manual.judging import Judgement
from secmsg.office.hand_work import Line

MAX_TYPED = 512
_UNHEARD = "?"


def placed(text: str) -> dict[tuple[Line, int], str]:
    """Return the cells of a text: the header, and each group in the place that it fits best."""
    try:
        reception = message_text.read(text)
    except HeaderWrong:
        tokens = [plain(each) for each in text.split()]
        return {(Line.HEADER, place): typed[:MAX_TYPED] for place, typed in enumerate(tokens[:SUMS])}
    judged = reception.judgement
    lines: tuple[tuple[Line, Sequence[str]], ...] = (
        (Line.HEADER, headers.written(reception.header)), (Line.GROUP, judged.groups), (Line.PARITY, judged.parities),
        (Line.TAG, judged.tags),
    )  # fmt: skip
    return {(line, place): typed[:MAX_TYPED] for line, found in lines for place, typed in enumerate(found) if typed}


def header_groups(typed: Mapping[tuple[Line, int], str]) -> tuple[str, ...]:
    """Return the seven groups of the header as far as they were typed."""
    return tuple(plain(typed.get((Line.HEADER, place), "")) for place in range(SUMS))


def judge(typed: Mapping[tuple[Line, int], str]) -> tuple[tuple[int, ...], Judgement | None]:
    """Say which groups of the header are wrong, or how the groups stand."""
    try:
        header = headers.read(header_groups(typed))
    except HeaderWrong as error:
        return error.cells, None
    cells = _sequence(typed, header)
    last = any(line is Line.TAG for line, _ in typed)
    return (), judging.judge(cells, header.count, parity=header.parity, tags=header.tags, unfinished=not last)


def _sequence(typed: Mapping[tuple[Line, int], str], header: Header) -> list[str]:
    """Return the cells in the order of the form, up to the last that was typed, with marks for those left out."""
    order: list[tuple[Line, int]] = []
    for place in range(header.count):
        order.append((Line.GROUP, place))
        if header.parity and (place % COLUMNS == COLUMNS - 1 or place == header.count - 1):
            order.append((Line.PARITY, place // COLUMNS))
    order += [(Line.TAG, place) for place in range(header.tags)]
    filled = [at for at, each in enumerate(order) if each in typed]
    return [plain(typed.get(each, _UNHEARD)) for each in order[: filled[-1] + 1]] if filled else []
