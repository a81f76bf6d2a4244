"""How stations are called on the screens: by the directory's name in the language in force.

The station layer names them in Vietnamese; a name that the directory does not know (any more) stays as it is.
"""

import re
from collections.abc import Iterable, Mapping

from ui.format import one_line
from ui.language import in_english

_MORE = re.compile(r"(.*?)( \+\d+)?", re.DOTALL)


class _Known:
    """Holds the one set of names of the program, which every list asks for."""

    english: Mapping[str, str] = {}


def learn(pairs: Iterable[tuple[str, str]]) -> None:
    """Take (Vietnamese, English) names; a Vietnamese name that two stations bear keeps to itself."""
    found: dict[str, str] = {}
    for vietnamese, english in pairs:
        found[vietnamese] = english if found.get(vietnamese, english) == english else vietnamese
    _Known.english = found


def forget() -> None:
    """Know no names: the store is closed."""
    _Known.english = {}


def station(name: str) -> str:
    """Give a station's name on one line, with the `+2` of further addressees."""
    if not in_english():
        return one_line(name)
    parts = _MORE.fullmatch(name)
    first, more = (parts[1], parts[2] or "") if parts is not None else (name, "")
    return one_line((_Known.english.get(first) or first) + more)


def stations(several: Iterable[str]) -> str:
    """Give several names in one line."""
    return ", ".join(station(name) for name in several)
