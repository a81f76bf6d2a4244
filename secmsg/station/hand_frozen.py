"""Cables by hand while sending is frozen: on paper, outside every chain of keys, under numbers that nobody has yet.

Source: docs/spec/rollback.md 6. The pages are read from the paper, so no key is used twice; what the lost state may
have given is a number and a serial, so the first cable by hand leaves a margin out of each, once for a freeze.
"""

from secmsg.errors import NotAllowed
from secmsg.ids import Serial, StationId
from secmsg.office import copies as rules
from secmsg.office import numbering
from secmsg.office.copies import Cause
from secmsg.station import desk as desks
from secmsg.station import doubts, freezing
from secmsg.station.desk import Desk
from secmsg.station.freezing import OWN
from secmsg.store import continuity as pair_rows
from secmsg.store import freezes, numbers
from secmsg.store import identity as identity_rows

_NUMBERS = "hand-stands-clear"


def check(desk: Desk, stations: tuple[StationId, ...]) -> None:
    """Refuse a cable by hand from a copy that was taken out of use (NotAllowed), or to a doubted station (Withheld)."""
    holding = [each for each in freezes.holding(desk.db) if each.peer == OWN]
    if any(each.cause == Cause.RETIRED.value for each in holding):
        raise NotAllowed("this copy was taken out of use for good: the other one goes on")
    freezing.check_stations(desk, stations)


def stand_clear(desk: Desk, peer: StationId, now: int) -> None:
    """Leave out the numbers and serials that the lost state may have given; nothing where sending is not frozen.

    One transaction of its own, before the number of the cable is written into its text; a second call does nothing.
    """
    since = max((each.at for each in freezes.holding(desk.db) if each.peer == OWN), default=None)
    if since is None:
        return
    mark = since.to_bytes(8)
    with desk.db.transaction():
        if identity_rows.fact(desk.db, _NUMBERS) != mark:
            year = numbering.year_of(now, doubts.zone(desks.directory(desk), desks.own(desk).station))
            given = numbers.last_given(desk.db, year)
            numbers.lift(desk.db, year, min(given + rules.MARGIN, numbers.LAST))
            identity_rows.keep_fact(desk.db, _NUMBERS, mark)
        name = f"{_NUMBERS}-{peer}"
        if identity_rows.fact(desk.db, name) != mark:
            given = pair_rows.outgoing(desk.db, peer).next - 1
            pair_rows.skip_to(desk.db, peer, Serial(rules.goes_on_at(given, freezes.claimed(desk.db, peer))))
            identity_rows.keep_fact(desk.db, name, mark)
