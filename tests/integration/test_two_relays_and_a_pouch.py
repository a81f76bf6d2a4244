"""One flash cable by two real relays and a pouch at the same time; then a relay whose folder is deleted for good."""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from secmsg.office.channels import Why
from secmsg.office.lifecycle import OutboxState
from secmsg.relay.home import Home
from secmsg.station import carrying, places
from secmsg.station.events import CableArrived, Event
from secmsg.station.rounds import Memory
from secmsg.station.station import Station
from secmsg.station.views import AttachmentState, CableRow, ChannelState, Register
from secmsg.wire.cable import Urgency
from tests.helpers import pouches
from tests.helpers.ministry import HQ, PARIS, Ministry, attachment, draft
from tests.helpers.relay_process import process

RESEND_S = 14_400


@dataclass(slots=True)
class Scene:
    """Two stations and two relays in processes of their own."""

    ministry: Ministry
    headquarters: Station
    paris: Station
    stack: dict[str, ExitStack] = field(default_factory=dict)
    arrived: list[tuple[int, Event]] = field(default_factory=list)

    def folder(self, name: str) -> Path:
        return self.ministry.root / name

    def serve(self, name: str) -> None:
        self.stack[name] = ExitStack()
        self.stack[name].enter_context(process(self.folder(name)))

    def kill(self, name: str) -> None:
        self.stack.pop(name).close()

    def sync(self, *stations: Station, rounds: int = 1) -> None:
        for _ in range(rounds):
            for station in stations or (self.headquarters, self.paris):
                carrying.carry(station, self._note(station))

    def _note(self, station: Station) -> Callable[[Event], None]:
        def note(event: Event) -> None:
            if isinstance(event, CableArrived):
                self.arrived.append((station.status().station, event))

        return note


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    ministry = Ministry(tmp_path)
    ministry.clock.now = int(time.time())
    ministry.found()
    for name in ("main", "alternate"):
        ministry.add_relay(name)
    ministry.enrol(HQ)
    ministry.enrol(PARIS)
    ministry.end()
    ministry.opened.clear()
    built = Scene(ministry, ministry.open(HQ), ministry.open(PARIS))
    for name in ("main", "alternate"):
        built.serve(name)
    built.sync(rounds=3)
    # They have a session, as two posts have that have written to each other before.
    built.headquarters.release(draft(PARIS.id, subject="Điện làm quen"))
    built.sync(rounds=3)
    built.arrived.clear()
    yield built
    for name in tuple(built.stack):
        built.kill(name)
    ministry.end()


def subjects(station: Station) -> list[str]:
    return [row.subject for row in station.inbox() if isinstance(row, CableRow)]


def test_one_cable_arrives_and_three_lines_tell_how(scene: Scene, tmp_path: Path) -> None:
    released = scene.headquarters.release(
        draft(PARIS.id, subject="Sơ tán", urgency=Urgency.FLASH, urgency_reason="Sơ tán công dân ngay")
    )
    scene.sync(scene.headquarters)
    written = pouches.write(scene.headquarters, tmp_path / "tui-01", PARIS.id)
    (row,) = [each for each in scene.headquarters.outbox() if each.cable_id == released.cable_id]

    # Three lines, and none of them claims that it arrived.
    assert [(line.channel, line.state, line.attempts) for line in row.lines] == [
        ("main", ChannelState.HOLDS, 1),
        ("alternate", ChannelState.HOLDS, 1),
        ("pouch", ChannelState.WRITTEN, 1),
    ]
    assert row.lines[2].detail == "tui-01"
    assert all(line.at is not None and line.at >= scene.ministry.clock.now - 1 for line in row.lines)
    assert (written.cables, row.state) == (1, OutboxState.RELAY_HOLDS)

    # By all three ways, in an order that nobody chose: the pouch first, then both relays, then the pouch again.
    events: list[Event] = []
    pouches.read(scene.paris, tmp_path / "tui-01", events.append)
    scene.sync(scene.paris, rounds=2)
    again = pouches.read(scene.paris, tmp_path / "tui-01", events.append)

    assert events.count(CableArrived(released.cable_id)) == 1
    assert scene.arrived == []
    assert (again.came, again.cables) == (0, 0)
    assert subjects(scene.paris).count("Sơ tán") == 1
    assert len([line for line in scene.paris.register(Register.IN) if line.subject == "Sơ tán"]) == 1
    assert scene.paris.gaps() == ()
    assert scene.paris.quarantine() == ()

    # The receipt proves it, and the lines stay.
    scene.sync(rounds=2)
    (row,) = [each for each in scene.headquarters.outbox() if each.cable_id == released.cable_id]
    assert row.state is OutboxState.DECIPHERED
    assert [line.state for line in row.lines] == [ChannelState.HOLDS, ChannelState.HOLDS, ChannelState.WRITTEN]


def test_a_relay_deleted_for_good_loses_nothing_and_nothing_comes_twice(scene: Scene, tmp_path: Path) -> None:
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(b"%PDF-" + bytes(range(256)) * 700)
    heavy = scene.headquarters.release(draft(PARIS.id, subject="Có tệp", attachments=(attachment(paper),)))
    scene.headquarters.release(draft(PARIS.id, subject="Thường"))
    scene.paris.release(draft(HQ.id, subject="Trả lời"))
    carrying.carry(scene.headquarters)
    carrying.carry(scene.paris)
    # What Paris has fetched by now is proven or not; what it sent lies at the main relay, like the receipts.
    scene.paris.release(draft(HQ.id, subject="Trên đường"))
    place = places.known(scene.paris.desk)[0]
    carrying.carry_at(
        scene.paris,
        (places.place(place, scene.paris.desk.policy.link, scene.paris.desk.clock, Memory()),),
    )
    lines = {row.subject: row.lines for row in scene.paris.outbox()}
    assert [line.state for line in lines["Trên đường"]][:2] == [ChannelState.HOLDS, ChannelState.UNUSED]
    assert lines["Trên đường"][1].why is Why.HELD_ELSEWHERE

    scene.kill("main")
    shutil.rmtree(scene.folder("main"))
    assert not Home(scene.folder("main")).path.exists()
    scene.ministry.clock.now += RESEND_S + 60
    scene.sync(rounds=4)

    assert sorted(subjects(scene.headquarters)) == ["Trên đường", "Trả lời"]
    assert sorted(subjects(scene.paris)) == ["Có tệp", "Thường", "Điện làm quen"]
    assert scene.paris.read(heavy.cable_id).attachments[0].state is AttachmentState.READY
    assert scene.headquarters.gaps() == scene.paris.gaps() == ()
    assert {row.state for row in scene.headquarters.outbox()} == {OutboxState.DECIPHERED}
    assert {row.state for row in scene.paris.outbox()} == {OutboxState.DECIPHERED}
    assert len(set(scene.arrived)) == len(scene.arrived)

    # The way back: the dead relay is taken out, and work goes on.
    for station in (scene.headquarters, scene.paris):
        station.remove_relay("main")
    scene.headquarters.release(draft(PARIS.id, subject="Về sau"))
    scene.sync(rounds=2)
    assert "Về sau" in subjects(scene.paris)
