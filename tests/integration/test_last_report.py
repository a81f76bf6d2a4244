"""The report sealed in advance leaves when no key is there any more, and headquarters reads it; it opens nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from secmsg.errors import Unreachable
from secmsg.links.link import Link
from secmsg.office.copies import Cause
from secmsg.station import destroying, reporting
from secmsg.station.destroying import Reach
from secmsg.station.freezing import OWN
from secmsg.station.views import NoticeKind
from secmsg.store import freezes
from secmsg.store.freezes import Freeze
from secmsg.store.keyring import NoKeyring
from secmsg.store.paths import Home
from secmsg.wire import handover
from secmsg.wire.handover import Station
from tests.helpers.ministry import HQ, PARIS, draft
from tests.helpers.world import Office, World


@pytest.fixture
def talked(ministry_world: World, offices: tuple[Office, Office]) -> tuple[Office, Office]:
    """Give headquarters and Paris after a cable each way, so that their session is answered."""
    headquarters, paris = offices
    headquarters.release(draft(PARIS.id))
    paris.release(draft(HQ.id))
    ministry_world.settle()
    return headquarters, paris


def beside(world: World) -> Path:
    return Home(world.root / f"station-{PARIS.id}").report


def by(world: World) -> Callable[[Station], Link]:
    return lambda _: world.relay.link()


def words(office: Office) -> list[str]:
    kind = NoticeKind.SERVICE_MESSAGE.value
    rows = office.station.desk.db.all("SELECT detail FROM notices WHERE kind = ?", (kind,))
    return [row[0] for row in rows]


@pytest.mark.parametrize(("dead", "said"), [(True, "Khóa của máy đã tiêu hủy"), (False, "CHƯA CHẮC")])
def test_headquarters_reads_what_left_after_the_keys(
    ministry_world: World, talked: tuple[Office, Office], dead: bool, said: str
) -> None:
    headquarters, paris = talked
    assert paris.station.destruction.seal_report()
    ministry_world.close(paris)
    data = beside(ministry_world).read_bytes()
    destroying.destroy(ministry_world.root / f"station-{PARIS.id}", Reach(NoKeyring()))

    sent = reporting.send(data, dead=dead, link_of=by(ministry_world))
    again = reporting.send(data, dead=dead, link_of=by(ministry_world))
    headquarters.sync()
    headquarters.sync()

    assert (sent, again) == (True, True)
    (told,) = words(headquarters)
    assert told.startswith(f"station {PARIS.id}: THK")
    assert said in told
    assert not beside(ministry_world).exists()
    assert not headquarters.station.gaps()


def test_a_report_that_never_leaves_disturbs_no_cable(ministry_world: World, talked: tuple[Office, Office]) -> None:
    headquarters, paris = talked
    for _ in range(3):
        assert paris.station.destruction.seal_report()
        first = beside(ministry_world).read_bytes()
        assert paris.station.destruction.seal_report()
        assert beside(ministry_world).read_bytes() == first
        ministry_world.clock.now += 8 * 86_400
        released = paris.release(draft(HQ.id))
        ministry_world.settle()
        assert headquarters.station.read(released.cable_id).cable.body

    assert words(headquarters) == []
    assert not headquarters.station.gaps()


def test_a_store_that_came_back_uses_no_place_of_its_sessions_for_a_report(
    ministry_world: World, talked: tuple[Office, Office]
) -> None:
    _, paris = talked
    desk = paris.station.desk
    with desk.db.transaction():
        freezes.begin(desk.db, Freeze(Cause.RESTORED.value, OWN, OWN, desk.now(), "1790000000"))
    before = desk.db.all("SELECT * FROM sessions")

    sealed = paris.station.destruction.seal_report()
    handed = paris.station.locking.prepare()

    # The lost machine went on from here: what it sealed at the next place, under the same key, were other words.
    assert (sealed, beside(ministry_world).exists()) == (False, False)
    assert desk.db.all("SELECT * FROM sessions") == before
    assert all(not relay.callers for relay in handover.decode(handed).relays)


def test_who_cut_contact_leaves_no_report_that_could_leave(
    ministry_world: World, talked: tuple[Office, Office]
) -> None:
    _, paris = talked
    paris.station.locking.prepare()
    lay = beside(ministry_world).exists()

    paris.station.locking.keep_silent()
    gone = not beside(ministry_world).exists()
    paris.station.locking.prepare()

    assert (lay, gone) == (True, True)
    # With contact again the next lock seals another.
    assert beside(ministry_world).exists()


def test_the_file_holds_rights_to_deposit_and_nothing_that_opens(
    ministry_world: World, talked: tuple[Office, Office]
) -> None:
    _, paris = talked
    paris.station.destruction.seal_report()

    (relay,) = handover.decode(beside(ministry_world).read_bytes()).relays

    assert (relay.readers, relay.callers) == ((), ())
    assert len(relay.parcels) == 2
    assert all(each.call is None for each in relay.parcels)
    assert len({len(each.body) for each in relay.parcels}) == 1


def test_where_nobody_takes_it_or_it_is_none_nothing_is_claimed(
    ministry_world: World, talked: tuple[Office, Office]
) -> None:
    _, paris = talked
    paris.station.destruction.seal_report()
    data = beside(ministry_world).read_bytes()

    def unreachable(_: Station) -> Link:
        raise Unreachable("no line")

    assert not reporting.send(data, dead=True, link_of=unreachable)
    assert not reporting.send(b"no report", dead=True)


def test_a_destruction_says_whether_its_report_is_held(
    ministry_world: World, talked: tuple[Office, Office], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, paris = talked
    home = ministry_world.root / f"station-{PARIS.id}"
    paris.station.destruction.seal_report()
    ministry_world.close(paris)
    monkeypatch.setattr(reporting, "_link", by(ministry_world))

    done = destroying.destroy(home, Reach(NoKeyring(), report=True))
    none = destroying.destroy(home, Reach(NoKeyring(), report=True))

    assert (done.reported, none.reported) == (True, None)


def test_a_station_alone_has_no_report(ministry_world: World) -> None:
    office = ministry_world.open(PARIS)

    assert not office.station.destruction.seal_report()
