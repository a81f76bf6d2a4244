"""Level 2 on real stores: two persons, each line durable at once, resumed, stopped, and what headquarters reads."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader

from secmsg.errors import NotAllowed, WrongPassphrase
from secmsg.links.link import Link
from secmsg.office.destruction import CARD, Fate, Outcome
from secmsg.office.destruction_walk import Turn
from secmsg.office.materials import Act, Kind, State
from secmsg.office.person_log import Deed
from secmsg.office.persons import Rank
from secmsg.station import destroying, doorstep, last_report, person_acts, reporting
from secmsg.station.destroying import Reach
from secmsg.station.destruction_walk import Walk
from secmsg.station.station import Station
from secmsg.station.unlock import by_passphrase
from secmsg.store.keyring import NoKeyring
from secmsg.store.paths import Home
from secmsg.wire import handover
from secmsg.wire.cable import Degree
from secmsg.wire.handover import Station as Place
from tests.helpers.ministry import HQ, PARIS, PASSPHRASE, draft
from tests.helpers.world import Office, World, world
from tests.integration.test_last_report import words

SECOND = "một mật khẩu khác hẳn"
BINH = "Trần Thị Bình"


@pytest.fixture
def built(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path / "ministry") as made:
        yield made


def stock(station: Station) -> None:
    """Put a token, a codebook, a card of outcomes and a machine into the ledger."""
    station.custody.enter(Kind.TOKEN, "Thẻ", "két 2")
    station.custody.enter(Kind.CODEBOOK, "Sổ mã", "két 1")
    station.custody.enter(Kind.SHEET, CARD, "két 1")
    station.custody.enter(Kind.MACHINE, "Máy xách tay", "phòng cơ yếu")


def say(station: Station, walk: Walk, *, destroyed: bool, note: str = "") -> Walk:
    step = walk.current
    assert step is not None
    return station.walk.say(step.item, step.degree, destroyed=destroyed, note=note)


def through(station: Station, walk: Walk) -> Walk:
    while walk.current is not None:
        walk = say(station, walk, destroyed=True)
    return walk


def test_each_line_is_durable_at_once_and_a_walk_goes_on_after_a_crash(built: World) -> None:
    office = built.open(PARIS)
    stock(office.station)
    walk = office.station.walk.begin(BINH, "Lệnh 12")
    say(office.station, walk, destroyed=True)

    # What a machine without power leaves on its disk.
    shutil.copytree(built.root / f"station-{PARIS.id}", built.root / "crashed")
    again = built.open(PARIS, folder="crashed")
    found = again.station.walk.standing()

    gone = next(each for each in found.steps if each.fate is Fate.DESTROYED)
    assert (found.ground, found.second, found.begun_at > 0) == ("Lệnh 12", "", True)
    assert again.station.pads.item(gone.item).state is State.DESTROYED
    step = found.current
    assert step is not None
    with pytest.raises(NotAllowed, match="two persons"):
        again.station.walk.say(step.item, step.degree, destroyed=True)
    with pytest.raises(NotAllowed, match="goes on already"):
        again.station.walk.begin(BINH, "Lệnh 13")
    assert say(again.station, again.station.walk.go_on(BINH), destroyed=False, note="két kẹt").steps


def test_the_way_of_contact_stays_to_the_end(built: World) -> None:
    office = built.open(PARIS)
    stock(office.station)

    walk = office.station.walk.standing()

    assert [(each.task.kind, each.turn) for each in walk.steps if each.turn is not Turn.NOW] == [
        (Kind.CODEBOOK, Turn.CONTACT),
        (Kind.SHEET, Turn.AFTER),
        (Kind.MACHINE, Turn.AFTER),
    ]
    assert walk.begun_at == 0
    with pytest.raises(NotAllowed, match="no destruction in order"):
        office.station.walk.go_on(BINH)


def test_where_there_are_two_officers_the_second_proves_it(built: World) -> None:
    office = built.open(PARIS)
    stock(office.station)
    person_acts.add(office.station.desk, BINH, "Bí thư", Rank.OFFICER, by_passphrase(SECOND), "Lê Đại sứ")
    room = office.station.walk

    assert room.standing().must_prove
    with pytest.raises(NotAllowed, match="passphrase"):
        room.begin(BINH, "Lệnh 12")
    with pytest.raises(WrongPassphrase):
        room.begin(by_passphrase("không phải"), "Lệnh 12")
    with pytest.raises(NotAllowed):
        room.begin(by_passphrase(PASSPHRASE), "Lệnh 12")
    assert room.standing().begun_at == 0
    walk = room.begin(by_passphrase(SECOND), "Lệnh 12")
    assert (walk.second, walk.proven) == (BINH, True)
    through(office.station, walk)
    with pytest.raises(NotAllowed, match="passphrase"):
        room.close(BINH)
    assert room.close(by_passphrase(SECOND)).closed
    seen = [each.line for each in office.station.officers.record() if each.line.deed is Deed.WITNESSED]
    assert [each.detail for each in seen] == ["destruction, level 2"] * 2


def test_one_officer_names_another_and_gives_a_ground(built: World) -> None:
    office = built.open(PARIS)
    room = office.station.walk
    for second, ground in (("", "Lệnh 12"), (room.standing().first, "Lệnh 12"), (BINH, " ")):
        with pytest.raises(NotAllowed):
            room.begin(second, ground)
    assert room.standing().begun_at == 0


def test_a_walk_that_is_stopped_leaves_a_post_that_works(built: World) -> None:
    office = built.open(PARIS)
    stock(office.station)
    room = office.station.walk
    walk = through(office.station, room.begin(BINH, "Lệnh 12"))
    closed = room.close(BINH)
    beside = built.root / f"station-{PARIS.id}"
    assert doorstep.aside(beside).walked

    stopped = room.stop("Lệnh rút")

    assert (closed.closed, stopped.begun_at, stopped.closed) == (True, 0, False)
    assert not doorstep.aside(beside).walked
    assert {each.item for each in stopped.steps} < {each.item for each in walk.steps}
    assert office.release(draft(HQ.id)).cable_id
    assert room.begin(BINH, "Lệnh 14").begun_at


def test_the_report_says_what_is_not_destroyed_and_then_the_keys(
    ministry_world: World, offices: tuple[Office, Office], tmp_path: Path
) -> None:
    headquarters, paris = offices
    headquarters.release(draft(PARIS.id, degree=Degree.CONFIDENTIAL))
    paris.release(draft(HQ.id))
    ministry_world.settle()
    stock(paris.station)
    home = ministry_world.root / f"station-{PARIS.id}"
    room = paris.station.walk
    room.begin(BINH, "Lệnh 12")
    with pytest.raises(NotAllowed, match="first whether"):
        room.close(BINH)
    walk = say(paris.station, room.standing(), destroyed=False, note="thẻ thất lạc trong két")
    with pytest.raises(NotAllowed, match="record"):
        room.record()
    through(paris.station, walk)

    closed = room.close(BINH)
    (tmp_path / "record.pdf").write_bytes(room.record("Paris"))
    ministry_world.close(paris)
    aside = doorstep.aside(home)
    data = Home(home).report.read_bytes()
    (relay,) = handover.decode(data).relays
    destroying.destroy(home, Reach(NoKeyring()))
    link: Callable[[Place], Link] = lambda _: ministry_world.relay.link()  # noqa: E731 - typed as the sender wants it
    assert reporting.send(data, dead=True, link_of=link)
    headquarters.sync()
    headquarters.sync()

    assert (closed.reports, closed.outcome) == (True, Outcome.KEYS_ON_PAPER_LEFT)
    (told,) = words(headquarters)
    assert "CHƯA tiêu hủy: Thẻ khóa 1, Phiếu niêm phong 1, Máy 1" in told
    assert "Hai người đã tiêu hủy: Sổ mã 1, Điện in, MẬT" in told
    assert "Lệnh 12" not in told
    # Who holds the file cannot tell the one from the other by its length, whatever is told.
    assert len(last_report.DEAD_IN_ORDER.encode()) == len(last_report.UNSURE_IN_ORDER.encode())
    assert len({len(each.body) for each in relay.parcels}) == 1
    assert (aside.walked, aside.papers_gone) == (True, frozenset((Degree.CONFIDENTIAL,)))
    assert aside.counts == {Kind.TOKEN: 1, Kind.SHEET: 1, Kind.MACHINE: 1}
    record = "\n".join(page.extract_text() for page in PdfReader(tmp_path / "record.pdf").pages)
    assert BINH in record
    assert "CHƯA tiêu hủy. thẻ thất lạc" in " ".join(record.split())
    assert doorstep.dead_since(home) is not None


def test_what_is_said_after_the_closing_opens_the_walk_again(
    ministry_world: World, offices: tuple[Office, Office]
) -> None:
    headquarters, paris = offices
    headquarters.release(draft(PARIS.id))
    paris.release(draft(HQ.id))
    ministry_world.settle()
    token = paris.station.custody.enter(Kind.TOKEN, "Thẻ", "két 2")
    room = paris.station.walk
    walk = say(paris.station, room.begin(BINH, "Lệnh 12"), destroyed=False, note="két kẹt")
    through(paris.station, walk)
    assert room.close(BINH).reports
    before = Home(ministry_world.root / f"station-{PARIS.id}").report.read_bytes()

    opened = room.say(token.number, 0, destroyed=True)
    again = room.close(BINH)

    assert (opened.closed, opened.reports, again.reports) == (False, None, True)
    assert Home(ministry_world.root / f"station-{PARIS.id}").report.read_bytes() != before
    assert paris.station.pads.item(token.number).state is State.DESTROYED
    with pytest.raises(NotAllowed):
        paris.station.pads.act(token.number, Act.SUPERSEDED)
