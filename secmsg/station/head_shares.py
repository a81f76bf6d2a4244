"""The head of mission's way in: half of a key printed and sealed, the other half a PIN (docs/spec/persons.md 8)."""

from collections.abc import Callable

from secmsg.crypto.randomness import secret
from secmsg.crypto.secret import Secret
from secmsg.errors import NotAllowed
from secmsg.office import persons as rules
from secmsg.office.materials import Kind
from secmsg.office.persons import Rank
from secmsg.station import desk as desks
from secmsg.station import keeping, person_acts, persons, sheets
from secmsg.station.desk import Desk
from secmsg.station.persons import Officer
from secmsg.station.sheets import Drawn, Paper
from secmsg.station.unlock import SHEET_SIZE, ByShare

TITLE = "Phiếu của trưởng cơ quan"


def make(
    desk: Desk, name: str, title: str, pin: str, second: str, keep: Callable[[Paper], None], holder: str = ""
) -> Officer:
    """Give the head of mission a share on paper and a PIN; the share stands in the ledger of key material.

    `keep` gets the paper before the vault is changed and must have it on the medium when it returns. NotAllowed for a
    weak PIN, and as for `person_acts.add`, whose other errors it has too; DiskFull.
    """
    rules.check_pin(pin)
    drawn = draw_share(desk, name, second)
    keep(drawn.paper)
    return give(desk, drawn, name, title, pin, second, holder)


def draw_share(desk: Desk, name: str, second: str) -> Drawn:
    """Draw a share that opens nothing yet: the store is as before. NotAllowed as for `make`."""
    entrance = desk.entrance
    if entrance is None:
        raise NotAllowed(rules.Bar.SHEET.value)
    persons.check_may_sign(desk)
    person_acts.check_new(desk, name, second)
    share = secret(desk.random, SHEET_SIZE)
    names = sheets.names(desk.db)
    return Drawn(share, sheets.share(share, *names, name, entrance.opened.store_id, desk.now()))


def give(desk: Desk, drawn: Drawn, name: str, title: str, pin: str, second: str, holder: str = "") -> Officer:
    """Let a drawn share that is on paper open the store with a PIN; `holder` is where it lies, or who has it.

    The errors of `make`; nothing is changed then.
    """
    rules.check_pin(pin)
    unlock = ByShare(drawn.secret, Secret(pin.encode()))
    head = person_acts.add(desk, name, title, Rank.HEAD, unlock, second)
    place = holder or desks.directory(desk).station(desks.own(desk).station).name_vi
    with desk.db.transaction():
        keeping.enter_item(desk, Kind.SHEET, TITLE, place, head.name)
    return head
