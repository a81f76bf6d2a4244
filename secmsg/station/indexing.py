"""Which words of a cable it can be found by."""

from secmsg.station import desk as desks
from secmsg.station.desk import Desk
from secmsg.store import search
from secmsg.wire.cable import Cable


def index(desk: Desk, cable: Cable) -> None:
    """Make a cable findable by its texts, its numbers, the stations and persons in it, and the names of its annexes."""
    names = {entry.id: f"{entry.name_vi} {entry.name_en} {entry.place}" for entry in desks.directory(desk).stations}
    words = [
        cable.mrn,
        cable.symbol,
        cable.subject,
        cable.body,
        cable.summary,
        cable.drafter.name,
        cable.releaser.name,
        *cable.topics,
        *(annex.name for annex in cable.annexes),
        *(reference.mrn for reference in cable.refs),
        *(names.get(station, "") for station in (cable.origin, *cable.action_to, *cable.info_to)),
    ]
    search.index(desk.db, cable.cable_id, "\n".join(words))
