"""Pouches in processes that are killed: at a byte of the medium, or at a statement of the store."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from secmsg.ids import StationId
from secmsg.station import pouch_packing, pouch_reading, pouch_writing
from secmsg.station.desk import Desk
from secmsg.station.pouch_packing import Load
from secmsg.station.station import Station
from tests.faults import acts
from tests.faults.acts import Moment, Trigger

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Pieces:
    """Die when so many pieces have gone over the medium (written, then read back), before the next one."""

    count: int


At = Pieces | int | Moment | None
"""A piece of the medium, a statement of the store, or nothing: the act is done to its end."""


def write(home: Path, target: Path, to: int, at: At, kind: str) -> None:
    """Write a pouch; with `at` the process dies on the way."""
    if kind == "early":
        _claim_early()
    station = acts.open_home(home)
    if isinstance(at, int | Moment):
        acts.watch(station, Trigger("UPDATE pouches SET proven_at", at))
    pouch_writing.write(_ask(station), target, (StationId(to),), progress=_deadly(at), cancelled=lambda: False)
    station.close()


def read(home: Path, source: Path, second: str, at: At, kind: str) -> None:
    """Read a pouch; with `at` the process dies at a statement of the transaction that begins with `second`."""
    if kind == "scattered":
        acts._scatter_transactions()
    station = acts.open_home(home)
    if isinstance(at, int | Moment):
        acts.watch(station, Trigger(second, at))
    pouch_reading.read(_ask(station), source, on_event=lambda _: None, progress=_deadly(at), cancelled=lambda: False)
    station.close()


def _deadly(at: At) -> Callable[[int, int], None]:
    seen = 0

    def progress(_done: int, _total: int) -> None:
        nonlocal seen
        seen += 1
        if isinstance(at, Pieces) and seen == at.count:
            acts._die()

    return progress


def _ask(station: Station) -> Callable[[Callable[[Desk], T]], T]:
    return lambda step: step(station.desk)


def _claim_early() -> None:
    """Make the mistake: the store says that the pouch was written before it was."""
    begun = pouch_packing._begun

    def proven(desk: Desk, load: Load, *rest: object) -> Load:
        made = begun(desk, load, *rest)  # type: ignore[arg-type]  # as they came
        pouch_packing.written(desk, made)
        return made

    vars(pouch_packing)["_begun"] = proven  # in this process only
