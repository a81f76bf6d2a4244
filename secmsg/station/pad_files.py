"""A copy of a book or list goes to the other end as a sealed file, and is taken in there once.

Source: docs/spec/materials.md 7. The file and its code go by two ways. The code is drawn and not chosen: the file holds
all traffic of a book, and a passphrase that somebody thought of would be guessed at leisure by whoever copies it.
"""

from dataclasses import dataclass, field

from secmsg import digits
from secmsg.authority import coded
from secmsg.authority.coded import CodedFile
from secmsg.crypto import labels
from secmsg.crypto.passphrase import KdfCost
from secmsg.crypto.randomness import Random
from secmsg.crypto.secret import Secret
from secmsg.errors import NotAllowed
from secmsg.office import pad_pages
from secmsg.office.materials import Act, Direction, Item, Kind, State
from secmsg.office.pad_pages import PageState
from secmsg.station import custody, opening
from secmsg.station import desk as desks
from secmsg.station import material_ledger as acts
from secmsg.station.desk import Desk
from secmsg.station.unlock import typed_groups
from secmsg.store import materials as rows
from secmsg.store.materials import NewLine, NewPage
from secmsg.wire import pad_file as wire
from secmsg.wire.pad_file import PadFile

_FILE = CodedFile(labels.PAD_FILE, "pad file", wire.MAX_BYTES)
MAX_FILE = wire.MAX_BYTES + 2**10


@dataclass(frozen=True, slots=True)
class SealedCopy:
    """A pad file and the groups of its code, which is shown once and carried by another way."""

    item: Item
    data: bytes = field(repr=False)
    code: str = field(repr=False)


def export(desk: Desk, book: int, second: str) -> SealedCopy:
    """Seal the other end's copy of a book or list that was drawn here and is held whole, and issue it.

    NotAllowed when a figure of it was used, erased, or drawn elsewhere, or the second person lacks.
    """
    own = rows.read(desk.db, book)
    other = custody.other(desk, own)
    if other is None or not own.ours:
        raise NotAllowed(f"{own.name} was not drawn here: its drawer gives the other copy")
    code = coded.draw_code(desk.random)
    sealed = seal_file(_content(desk, own, other), code, opening.cost(desk.policy), desk.random)
    with desk.db.transaction():
        issued = acts.enter(desk, other, Act.EXPORTED, second=second)
        if issued.state is not State.ISSUED:
            issued = acts.enter(desk, issued, Act.ISSUED, note="pad file")
    return SealedCopy(issued, sealed, digits.groups(code.reveal()))


def seal_file(pad: PadFile, code: Secret, cost: KdfCost, random: Random) -> bytes:
    """Seal a pad file under its code; EnrolmentError on a code below 100 bits."""
    return coded.seal(_FILE, wire.encode(pad), code, cost, random)


def open_file(sealed: bytes, code: Secret, floor: KdfCost) -> PadFile:
    """Open a pad file; EnrolmentError when the code is another, the file was changed or its cost out of bounds."""
    return wire.decode(coded.open_file(_FILE, sealed, code, floor))


def _content(desk: Desk, own: Item, other: Item) -> PadFile:
    if own.kind is Kind.PAD:
        unused = all(each.state is PageState.READY for each in rows.pages(desk.db, own.number))
        found = [rows.figures(desk.db, own.number, each) for each in range(own.first, own.last + 1)]
    else:
        lines = rows.lines(desk.db, own.number)
        unused = all(each.struck_at is None for each in lines)
        found = [
            None if each.challenge is None or each.reply is None else each.challenge + each.reply for each in lines
        ]
    figures = tuple(each for each in found if each is not None)
    if not unused or len(figures) != own.pages:
        raise NotAllowed(f"{own.name} was begun or is not held whole: no copy of it is made any more")
    return PadFile(
        int(own.kind), own.set_id, own.title, own.edition, other.copy, desks.own(desk).station, own.peer, own.training,
        own.first, desk.now(), figures, rows.sheets(desk.db, own.number),
    )  # fmt: skip


def import_(desk: Desk, sealed: bytes, code: str, second: str) -> Item:
    """Take in a copy that another station drew for us, with the groups of its code, by two persons; once.

    FormatError names the wrong group of the code; EnrolmentError for another code or a changed file; NotListed for a
    drawer that the directory does not list; NotAllowed when it is not for us, was here before, or its numbers are.
    """
    pad = open_file(sealed, Secret(typed_groups(code, "the code")), opening.floor(desk.policy))
    own = desks.own(desk).station
    if pad.holder != own:
        raise NotAllowed("this pad file is for another station")
    here = desks.directory(desk).station(own).name_vi
    desks.directory(desk).station(pad.drawer)
    direction = Direction.OUT if pad.copy == 1 else Direction.IN
    with desk.db.transaction():
        known = rows.every(desk.db)
        before = next((each for each in known if each.set_id == pad.set_id), None)
        if before is not None:
            raise NotAllowed(
                f"{before.name} is here already, as item {before.number} since {pad_pages.moment(before.at)}"
            )
        item = Item(
            rows.next_number(desk.db), Kind(pad.kind), pad.title, pad.edition, pad.copy, 2, State.ISSUED, State.ISSUED,
            pad.drawer, direction, here, pad.training, pad.set_id, pad.first, len(pad.rows), ours=True, held=True,
            at=desk.now(),
        )  # fmt: skip
        if item.kind is Kind.PAD:
            custody.check_numbers(known, item)
        rows.keep(desk.db, item)
        _keep(desk, item, pad)
        return acts.enter(desk, item, Act.RECEIVED, second=second, first=item.first, last=item.last, note="pad file")


def _keep(desk: Desk, item: Item, pad: PadFile) -> None:
    if item.kind is Kind.PAD:
        pages = [NewPage(number, figures) for number, figures in enumerate(pad.rows, pad.first)]
        rows.keep_pages(desk.db, item.number, pages, pad.sheets, item.at)
    else:
        lines = [NewLine(number, each[:4], each[4:]) for number, each in enumerate(pad.rows, pad.first)]
        rows.keep_lines(desk.db, item.number, lines)
