"""What a list shows of a cable: one way to read it out of the cable, whichever way it came to stand here."""

from secmsg.office import register
from secmsg.office.lifecycle import CableState, IncomingState
from secmsg.store.cables import CableHead, Direction
from secmsg.wire.cable import Cable


def outgoing(cable: Cable, line: int, now: int) -> CableHead:
    """Return the head of a cable that this station sent; `line` is 0 where another machine of it did."""
    return _head(cable, Direction.OUT, line, now, CableState.ENCIPHERED, read_at=now)


def incoming(cable: Cable, line: int, now: int) -> CableHead:
    """Return the head of a cable that came and stands in the incoming register under `line`."""
    return _head(cable, Direction.IN, line, now, IncomingState.REGISTERED, read_at=None)


def _head(
    cable: Cable, direction: Direction, line: int, now: int, state: CableState | IncomingState, *, read_at: int | None
) -> CableHead:
    addressed = cable.action_to + cable.info_to
    return CableHead(
        cable_id=cable.cable_id,
        direction=direction,
        origin=cable.origin,
        first_to=addressed[0],
        others=len(addressed) - 1,
        number=cable.number,
        symbol=cable.symbol,
        mrn=cable.mrn,
        kind=cable.kind,
        degree=cable.degree,
        urgency=cable.urg_action,
        subject=register.listed_subject(cable),
        dtg=cable.dtg,
        at=now,
        annexes=len(cable.annexes),
        register_line=line,
        state=state,
        read_at=read_at,
    )
