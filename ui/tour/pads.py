"""The pad book of the demo: drawn at the mission, its other copy handed to headquarters before the line fails."""

from secmsg.ids import StationId
from secmsg.office.materials import Act, Direction
from secmsg.office.pad_pages import MIN_PAGES, PageState
from secmsg.station.station import Station

SECOND = "Lê Minh Châu"
"""Who stands beside the officer when a book is sealed and opened."""


def share(mission: Station, headquarters: Station, peer: StationId) -> str:
    """Put one book into use at both ends, for cables to `peer`; return the number that its paper shows on top."""
    ours, _ = mission.pads.draw(peer, Direction.OUT, MIN_PAGES)
    sealed = mission.pads.export(ours.number, SECOND)
    theirs = headquarters.pads.import_(sealed.data, sealed.code, SECOND)
    mission.pads.act(ours.number, Act.OPENED, second=SECOND)
    headquarters.pads.act(theirs.number, Act.OPENED, second=SECOND)
    return next(page.number for page in mission.pads.pages(ours.number) if page.state is PageState.READY)
