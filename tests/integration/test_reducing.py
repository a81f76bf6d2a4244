"""Level 1: old cables and superseded keys made unreadable by two persons; what is waited for stays."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from secmsg.crypto.randomness import system
from secmsg.crypto.secret import Secret
from secmsg.errors import FormatError, NotAllowed, NotFound
from secmsg.ids import CableId, StationId
from secmsg.office import reduction
from secmsg.office.materials import Act, Direction, State
from secmsg.office.persons import Rank
from secmsg.station import custody, pad_drawing, person_acts
from secmsg.station.destruction_plan import DestructionPlan
from secmsg.station.station import open_station
from secmsg.station.unlock import by_passphrase
from secmsg.store import database, materials, registers, vault
from secmsg.wire.cable import Degree
from tests.helpers.leak_scanner import spellings
from tests.helpers.ministry import FAST, HQ, KEYRING, PARIS, PASSPHRASE, attachment, draft
from tests.helpers.raw_database import deciphered
from tests.helpers.stores import CHEAP
from tests.helpers.world import Office, World

CANARY = "Đoàn đàm phán giữ mức bảy trăm hai mươi"
WORD = "quynhnhu"
DAY = 86_400
SECOND, BASIS = "Trần Thị Bình", "Lệnh của Bộ số 12"


def cable(world: World, sender: Office, receiver: Office, to: StationId, **more: object) -> CableId:
    released = sender.release(draft(to, body=f"{CANARY} {WORD}", **more))  # type: ignore[arg-type]  # a draft's own fields
    world.settle()
    receiver.station.read(released.cable_id)
    receiver.station.acknowledge(released.cable_id)
    world.settle()
    return released.cable_id


def test_who_opens_to_read_destroys_nothing(ministry_world: World, offices: tuple[Office, Office]) -> None:
    headquarters, paris = offices
    old = cable(ministry_world, headquarters, paris, PARIS.id)
    ministry_world.clock.now += 40 * DAY
    own = by_passphrase("mật khẩu của cấp phó")
    person_acts.add(paris.station.desk, "Phó Tạm", "Bí thư", Rank.DEPUTY, own, SECOND)
    ministry_world.close(paris)
    home = ministry_world.root / f"station-{PARIS.id}"

    with closing(open_station(home, own, FAST, keyring=KEYRING, clock=ministry_world.clock)) as station:
        assert [each.cable_id for each in station.destruction.reduction(30).cables] == [old]
        with pytest.raises(NotAllowed):
            station.destruction.reduce(30, SECOND, BASIS)
        before = station.destruction.setting()
        with pytest.raises(NotAllowed):
            station.destruction.choose(replace(before, free=not before.free))
        assert station.destruction.setting() == before
        assert CANARY in station.read(old).cable.body
    # Control: the officer may.
    assert ministry_world.open(PARIS).station.destruction.reduce(30, SECOND, BASIS).cables == 1


def plain(world: World, office: Office, station: int) -> bytes:
    """Return every page of a store and its log, free ones too, as who has its keys reads them."""
    path = world.root / f"station-{station}" / "store.db"
    return deciphered(path, database.derive_keys(*_identity(world, station)))


def _identity(world: World, station: int) -> tuple[bytes, Secret]:
    path = world.root / f"station-{station}" / "vault"
    opened = vault.open_(path, vault.Passphrase(Secret(PASSPHRASE.encode()), None), floor=CHEAP, random=system)
    return opened.store_id, opened.master


def readable(data: bytes) -> bool:
    return any(form in data for form in spellings(CANARY))


def test_old_cables_are_unreadable_in_every_page_and_their_lines_stay(
    ministry_world: World, offices: tuple[Office, Office], tmp_path: Path
) -> None:
    headquarters, paris = offices
    paper = tmp_path / "a.pdf"
    paper.write_bytes(b"%PDF-1.4 " + CANARY.encode() * 500)
    old = cable(ministry_world, headquarters, paris, PARIS.id, attachments=(attachment(paper),), degree=Degree.SECRET)
    ministry_world.clock.now += 40 * DAY
    new = cable(ministry_world, headquarters, paris, PARIS.id)
    room = paris.station.destruction
    files = [path for path in (ministry_world.root / f"station-{PARIS.id}" / "blobs").rglob("*") if path.is_file()]
    before = plain(ministry_world, paris, PARIS.id)
    lines = registers.verify(paris.station.desk.db, 2)

    found = room.reduction(30)
    done = room.reduce(30, SECOND, BASIS, place="Paris")

    assert [each.cable_id for each in found.cables] == [old]
    assert (done.cables, done.blobs) == (1, 1)
    assert done.record.startswith(b"%PDF")
    with pytest.raises(NotFound, match="was destroyed"):
        paris.station.read(old)
    assert paris.station.read(new).cable.body.startswith(CANARY)
    assert len(files) == 1
    assert not files[0].exists()
    assert [row.cable_id for row in paris.station.search(WORD).rows] == [new]
    (entry,) = registers.verify(paris.station.desk.db, reduction.REGISTER)
    line = reduction.decode(entry.body)
    assert (line.cable_id, line.degree, line.annexes, line.second, line.basis) == (old, Degree.SECRET, 1, SECOND, BASIS)
    assert readable(before)
    assert registers.verify(paris.station.desk.db, 2) == lines
    # The second cable says the same words; without it nothing of them may be left anywhere.
    ministry_world.clock.now += 40 * DAY
    room.reduce(30, SECOND, BASIS)
    paris.station.desk.db.truncate_log()
    assert not readable(plain(ministry_world, paris, PARIS.id))


def test_what_is_waited_for_stays(ministry_world: World, offices: tuple[Office, Office]) -> None:
    headquarters, paris = offices
    unread = headquarters.release(draft(PARIS.id)).cable_id
    ministry_world.settle()
    ministry_world.clock.now += 40 * DAY

    found = paris.station.destruction.reduction(30)

    assert (found.cables, found.kept) == ((), 1)
    with pytest.raises(NotAllowed, match="nothing that may go"):
        paris.station.destruction.reduce(30, SECOND, BASIS)
    assert paris.station.read(unread).cable.body


def test_what_was_sent_goes_when_the_other_station_has_said_that_it_has_it(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    headquarters, paris = offices
    sent = cable(ministry_world, headquarters, paris, PARIS.id)
    under_way = headquarters.release(draft(PARIS.id, body="Chưa ai nhận.")).cable_id
    ministry_world.clock.now += 40 * DAY
    room = headquarters.station.destruction
    found = room.reduction(30)

    room.reduce(30, SECOND, BASIS)

    assert ([each.cable_id for each in found.cables], found.kept) == ([sent], 1)
    assert not readable(plain(ministry_world, headquarters, HQ.id))
    assert headquarters.station.read(under_way).cable.body == "Chưa ai nhận."
    again = cable(ministry_world, headquarters, paris, PARIS.id)
    assert paris.station.read(again).cable.body.startswith(CANARY)
    assert not paris.station.gaps()


def test_two_persons_and_a_ground_are_needed(ministry_world: World, offices: tuple[Office, Office]) -> None:
    headquarters, paris = offices
    kept = cable(ministry_world, headquarters, paris, PARIS.id)
    ministry_world.clock.now += 40 * DAY
    room: DestructionPlan = paris.station.destruction

    for second, basis, days in (("", BASIS, 30), (SECOND, " ", 30), (SECOND, BASIS, 0)):
        with pytest.raises(NotAllowed):
            room.reduce(days, second, basis)

    assert paris.station.read(kept).cable.body.startswith(CANARY)


def test_superseded_books_go_with_it_and_stand_in_the_ledger(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    _, paris = offices
    desk = paris.station.desk
    pad_drawing.draw(desk, HQ.id, Direction.OUT, 30)
    custody.act(desk, 1, Act.SUPERSEDED)

    done = paris.station.destruction.reduce(30, SECOND, BASIS)

    assert (done.cables, done.items) == (0, 1)
    assert materials.read(desk.db, 1).state is State.DESTROYED


def test_a_line_is_read_back_and_anything_else_refused() -> None:
    line = reduction.Line(1, CableId(bytes(16)), "26 PARIS 001", Degree.SECRET, 2, 3, "An", SECOND, BASIS)

    assert reduction.decode(reduction.encode(line)) == line
    with pytest.raises(FormatError):
        reduction.decode(reduction.encode(line) + b"\x00")
