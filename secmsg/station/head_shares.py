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
from secmsg.station.sheets import Paper
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
    entrance = desk.entrance
    if entrance is None:
        raise NotAllowed(rules.Bar.SHEET.value)
    persons.check_may_sign(desk)
    person_acts.check_new(desk, name, second)
    share = secret(desk.random, SHEET_SIZE)
    names = sheets.names(desk.db)
    keep(sheets.share(share, *names, name, entrance.opened.store_id, desk.now()))
    head = person_acts.add(desk, name, title, Rank.HEAD, ByShare(share, Secret(pin.encode())), second)
    place = holder or desks.directory(desk).station(desks.own(desk).station).name_vi
    with desk.db.transaction():
        keeping.enter_item(desk, Kind.SHEET, TITLE, place, head.name)
    return head
