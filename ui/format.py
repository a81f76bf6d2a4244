"""How times, sizes and foreign text are written on the screens.

A time is never shown without saying of which place it is: here, or in the heading of its column.
"""

import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from PySide6.QtCore import QLocale

from ui.language import tr

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
_HIDDEN = {"Cf", "Cc", "Co", "Cs", "Zl", "Zp"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where the officer's clock hangs."""

    name: str
    zone: tzinfo

    @property
    def at_home(self) -> bool:
        """Whether the post lives by Hanoi's clock."""
        return self.zone == HANOI


UTC_PLACE = Place("UTC", UTC)


def place(name: str, timezone: str) -> Place:
    """Make a place of a directory entry; an unknown zone falls back to UTC and says so in its name."""
    try:
        return Place(visible(name), ZoneInfo(timezone))
    except (ZoneInfoNotFoundError, ValueError):
        return UTC_PLACE


def clock(at: int, here: Place) -> str:
    """Give `10:38 Paris`."""
    return f"{_local(at, here.zone):%H:%M} {here.name}"


def moment(at: int, here: Place) -> str:
    """Give `22/11/2026 10:38 Paris · 16:38 Hà Nội`, with Hanoi's date when it is another day there."""
    local = _local(at, here.zone)
    text = f"{local:%d/%m/%Y %H:%M} {here.name}"
    if here.at_home:
        return text
    home = _local(at, HANOI)
    return f"{text} · {home:{'%H:%M' if home.date() == local.date() else '%d/%m %H:%M'}} {tr('Hanoi')}"


def short(at: int, here: Place) -> str:
    """Give `22/11 10:38 Paris`."""
    return f"{_local(at, here.zone):%d/%m %H:%M} {here.name}"


def in_list(at: int, now: int, here: Place) -> str:
    """Give the hour today, the day this year, else the full date; the column's heading names the place."""
    local, today = _local(at, here.zone), _local(now, here.zone)
    if local.date() == today.date():
        return f"{local:%H:%M}"
    return f"{local:%d/%m %H:%M}" if local.year == today.year else f"{local:%d/%m/%Y}"


def span(seconds: int) -> str:
    """Give a length of time in its two largest units, `5 h 22 min`."""
    minutes = max(0, seconds) // 60
    if minutes < 1:
        return tr("less than a minute")
    days, minutes = divmod(minutes, 1440)
    hours, minutes = divmod(minutes, 60)
    if days:
        return tr("{d} d {h} h", d=days, h=hours)
    return tr("{h} h {m} min", h=hours, m=minutes) if hours else tr("{m} min", m=minutes)


def countdown(seconds: int) -> str:
    """Give `4:12`."""
    return f"{max(0, seconds) // 60}:{max(0, seconds) % 60:02d}"


def size(octets: int) -> str:
    """Give `412 KB`, `1,3 MB` with the decimal sign of the language."""
    if octets < 1000:
        return f"{octets} B"
    value, units = octets / 1000, ["KB", "MB", "GB", "TB"]
    while value >= 999.5 and len(units) > 1:
        value, units = value / 1000, units[1:]
    return f"{decimal(value, 0 if value >= 100 or units[0] == 'KB' else 1)} {units[0]}"


def decimal(value: float, digits: int) -> str:
    """Give a number with the signs of the language."""
    return QLocale().toString(value, "f", digits)


def number(count: int) -> str:
    """Give a cable number with its four places."""
    return f"{count:04d}"


def visible(text: str) -> str:
    """Make hidden and direction-changing characters visible: nothing reads otherwise than it is stored."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(c if c in "\n\t" or unicodedata.category(c) not in _HIDDEN else f"[U+{ord(c):04X}]" for c in text)


def one_line(text: str) -> str:
    """Make `visible` text that keeps to one line."""
    return " ".join(visible(text).split())


def _local(at: int, zone: tzinfo) -> datetime:
    return datetime.fromtimestamp(at, zone)
