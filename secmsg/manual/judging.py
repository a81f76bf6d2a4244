"""What a reception says about itself: which groups are wrong, missing, doubled or swapped, located to one place.

The seeds differ from place to place, so a group left out makes all that follow unfit where they stand, and fit one
place further: `alignment.py` lays the cells received against the places.
Source: docs/spec/manual.md 6. Nothing here is secret, and nothing here proves anything: that is the tag's part.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from secmsg.errors import FormatError
from secmsg.manual import checks
from secmsg.manual.alignment import SLACK, Laid, laid
from secmsg.manual.checks import COLUMNS, fitting_seed

MAX_COUNT = 960
"""Groups of the longest message: eight pages."""

_NONE = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A reception laid against its places, all counted from 0.

    `groups` one for each place, "" where none was received; `parities` one for each row (none without parity);
    `tags` those that came; `wrong` places whose group does not fit, `missing` places without one, `swapped` the
    first of two neighbours that fit each other's place; `rows_wrong` whose parity group is wrong or missing,
    `rows_off` where every group fits and the parity contradicts; `excess` the received cells that have no place;
    `doubtful` places beside a long gap whose groups would fit on its other side as well; `repaired` the places rebuilt
    by `repair`; `waiting` the places not reached yet in an unfinished reception.
    """

    groups: tuple[str, ...]
    parities: tuple[str, ...]
    tags: tuple[str, ...]
    wrong: tuple[int, ...] = ()
    missing: tuple[int, ...] = ()
    swapped: tuple[int, ...] = ()
    rows_wrong: tuple[int, ...] = ()
    rows_off: tuple[int, ...] = ()
    excess: tuple[int, ...] = ()
    doubtful: tuple[int, ...] = ()
    repaired: tuple[int, ...] = ()
    waiting: tuple[int, ...] = ()

    @property
    def ask(self) -> tuple[int, ...]:
        """The places to ask the other end for, and no other: «nhắc lại nhóm 17»."""
        off = [place for row in self.rows_off for place in _row(row, len(self.groups))]
        return tuple(sorted({*self.wrong, *self.missing, *self.doubtful, *off}))

    @property
    def whole(self) -> bool:
        """Whether every group is there and fits; the tag alone says whether it is the right one."""
        return not self.ask


def judge(
    cells: Sequence[str], count: int, *, parity: bool = False, tags: int = 0, unfinished: bool = False
) -> Judgement:
    """Lay the cells received against the places of a message of `count` groups.

    `cells` in the order received, parity groups after their rows and `tags` tags at the end where there are such;
    a cell that has not five figures of ASCII fits nowhere. `unfinished`: more will come, so that a lacking end is
    no slip. FormatError for a count beyond 960 or so many cells that they are another message.
    """
    if not 1 <= count <= MAX_COUNT:
        raise FormatError(f"a message has 1 to {MAX_COUNT} groups")
    slots = _slots(count, parity=parity, tags=tags)
    if len(cells) > len(slots) + len(slots) // 4 + SLACK:
        raise FormatError(f"{len(cells)} groups were entered, and the header says {count}")
    return _found(count, slots, laid(cells, [slot.seed for slot in slots], unfinished=unfinished))


def repair(judgement: Judgement) -> Judgement:
    """Put right what needs nobody: neighbours that changed places, and the single lost group of a row with parity.

    What was changed stands in `repaired`; the tag decides afterwards whether it is right.
    """
    groups = list(judgement.groups)
    repaired = []
    for place in judgement.swapped:
        groups[place], groups[place + 1] = groups[place + 1], groups[place]
        repaired += [place, place + 1]
    for row, parity_group in enumerate(judgement.parities):
        places = _row(row, len(groups))
        bad = [place for place in places if not checks.fits(groups[place], place)]
        if len(bad) == 1 and row not in judgement.rows_wrong:
            rest = [groups[place] for place in places if place != bad[0]]
            groups[bad[0]] = checks.lost(rest, parity_group, bad[0])
            repaired.append(bad[0])
    left = _judged(tuple(groups), judgement.parities, judgement.tags)
    return replace(left, excess=judgement.excess, doubtful=judgement.doubtful, repaired=tuple(sorted(repaired)))


def judge_placed(groups: Sequence[str], parities: Sequence[str], tags: Sequence[str] = ()) -> Judgement:
    """Judge groups that already stand in their places, "" for one that is not there."""
    return _judged(tuple(groups), tuple(parities), tuple(tags))


@dataclass(frozen=True, slots=True)
class _Slot:
    """A place on the form: a group's, a parity group's (`row`), or a tag's, which fits from any seed."""

    seed: int | None
    place: int | None = None
    row: int | None = None


def _slots(count: int, *, parity: bool, tags: int) -> list[_Slot]:
    slots = []
    for row in range(checks.rows(count)):
        slots += [_Slot(checks.seed(place), place=place) for place in _row(row, count)]
        if parity:
            slots.append(_Slot(checks.parity_seed(row), row=row))
    return [*slots, *[_Slot(None)] * tags]


def _row(row: int, count: int) -> range:
    return range(row * COLUMNS, min((row + 1) * COLUMNS, count))


def _found(count: int, slots: Sequence[_Slot], found: Laid) -> Judgement:
    groups, parities, tags = [_NONE] * count, [_NONE] * checks.rows(count), []
    for slot, cell in zip(slots, found.cells, strict=True):
        if slot.place is not None:
            groups[slot.place] = cell
        elif slot.row is not None:
            parities[slot.row] = cell
        else:
            tags.append(cell)
    with_parity = any(slot.row is not None for slot in slots)
    judged = _judged(tuple(groups), tuple(parities) if with_parity else (), tuple(tags))
    later = slots[found.reached :]
    waiting = {slot.place for slot in later if slot.place is not None}
    rows = {slot.row for slot in later if slot.row is not None}
    return replace(
        judged,
        excess=found.excess,
        doubtful=tuple(place for at in sorted(found.doubtful) if (place := slots[at].place) is not None),
        missing=tuple(place for place in judged.missing if place not in waiting),
        rows_wrong=tuple(row for row in judged.rows_wrong if row not in rows),
        waiting=tuple(sorted(waiting)),
    )


def _judged(groups: tuple[str, ...], parities: tuple[str, ...], tags: tuple[str, ...]) -> Judgement:
    fitting = [fitting_seed(group) for group in groups]
    unfit = {place for place, group in enumerate(groups) if group and fitting[place] != checks.seed(place)}
    swapped: list[int] = []
    for place in sorted(unfit):
        taken = swapped and swapped[-1] == place - 1
        if not taken and _changed_places(fitting, place, unfit):
            swapped.append(place)
    return Judgement(
        groups,
        parities,
        tags,
        wrong=tuple(sorted(unfit)),
        missing=tuple(place for place, group in enumerate(groups) if not group),
        swapped=tuple(swapped),
        rows_wrong=tuple(row for row, group in enumerate(parities) if fitting_seed(group) != checks.parity_seed(row)),
        rows_off=tuple(row for row, group in enumerate(parities) if _contradicts(row, group, groups)),
    )


def _changed_places(fitting: Sequence[int | None], place: int, unfit: set[int]) -> bool:
    """Say whether this group and the next fit in each other's place."""
    following = place + 1
    return following in unfit and fitting[place] == checks.seed(following) and fitting[following] == checks.seed(place)


def _contradicts(row: int, parity_group: str, groups: Sequence[str]) -> bool:
    places = _row(row, len(groups))
    if fitting_seed(parity_group) != checks.parity_seed(row):
        return False
    if not all(checks.fits(groups[place], place) for place in places):
        return False
    return checks.parity([groups[place] for place in places], row) != parity_group
