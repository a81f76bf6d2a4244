"""A circular to 100 stations with two machines each: bytes beyond one body, and the time to release and hand it over.

A real office with a real relay in the same process. The addressed machines are listed by real editions and have real
sessions, but no stores: their ends of the sessions are kept in memory, and each opens its slip at the end. The peer is
the same signed cable as a packet for each machine, counted in bytes.
"""

import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from secmsg.authority import enrolment
from secmsg.authority.mailbox import mailbox, reader_key, week_of
from secmsg.crypto import randomness, signing
from secmsg.crypto.secret import Secret
from secmsg.crypto.signing import Level, SigningKey
from secmsg.ids import DeviceId, StationId
from secmsg.links.link import NewMailbox
from secmsg.protocol import handshake, prekeys
from secmsg.protocol import session as sessions
from secmsg.protocol.handshake import Identity
from secmsg.protocol.prekeys import PrekeySecrets
from secmsg.protocol.session import Session
from secmsg.station import carrying, places
from secmsg.station import desk as desks
from secmsg.station import sessions as held
from secmsg.station.headquarters import Seat
from secmsg.station.rounds import Memory
from secmsg.station.station import Station
from secmsg.store import blobs as blob_rows
from secmsg.store import outbox
from secmsg.store import relays as relay_rows
from secmsg.wire import enrolment as wire
from secmsg.wire import item as items
from secmsg.wire import padding
from secmsg.wire import slip as slips
from secmsg.wire.bundle import Bundle
from secmsg.wire.certificate import Role
from secmsg.wire.contents import StationEntry
from secmsg.wire.handshake import ResetReason
from secmsg.wire.packet import NO_ACK, EditionMark
from tests.bench.rows import Row, table
from tests.helpers.ministry import HQ, Ministry, draft

STATIONS = 100
MACHINES = 2
FIRST = 100
"""The number of the first of the stations."""
PACKET = 152 + 60
"""Bytes of a packet and of the item in it around a signed cable, at least."""


@dataclass
class Machine:
    """A machine of a mission: its keys, its number, its end of the session."""

    station: StationId
    device: DeviceId
    key: SigningKey
    edition: int
    session: Session | None = None


def run(size: int, rounds: int) -> None:
    """Print the rows for a circular to `size` stations, released `rounds` times."""
    with TemporaryDirectory() as folder:
        ministry = Ministry(Path(folder))
        try:
            print(table(_rows(ministry, size or STATIONS, rounds)))
        finally:
            ministry.end()


def _rows(ministry: Ministry, count: int, rounds: int) -> list[Row]:
    ministry.found()
    ministry.add_relay()
    ministry.enrol(HQ)
    machines = [_listed(ministry, FIRST + number) for number in range(count) for _ in range(MACHINES)]
    ministry.publish()
    office = ministry.open(HQ)
    while desks.directory(office.desk).number < machines[-1].edition:
        carrying.carry(office, lambda _: None)
    _boxes(office, machines)
    for each in machines:
        _session(office, each)
    to = tuple(dict.fromkeys(each.station for each in machines))
    released, handed = [], []
    sizes: list[int] = []
    blob = 0
    for number in range(max(rounds, 1)):
        begun = time.perf_counter()
        cable = office.release(draft(*to, subject=f"Thông tri {number}", body="Kính gửi các cơ quan. " * 50))
        released.append(time.perf_counter() - begun)
        sealed = [each.sealed or b"" for each in outbox.of_cable(office.desk.db, cable.cable_id)]
        sizes = [len(each) for each in sealed]
        blob = blob_rows.uploads_of(office.desk.db, cable.cable_id)[0].total
        begun = time.perf_counter()
        carrying.carry(office, lambda _: None)
        handed.append(time.perf_counter() - begun)
        _open(machines, sealed)
    return [
        _bytes(office, sizes, blob),
        _time(f"the same: release (signatures, {len(sizes)} slips sealed, one transaction)", released, len(sizes)),
        _time(f"the same: upload of the blob and {len(sizes)} deposits", handed, len(sizes)),
    ]


def _bytes(office: Station, sizes: list[int], blob: int) -> Row:
    """Compare what left with a packet for each machine: bytes beyond one body in both."""
    body = len(office.desk.db.all("SELECT signed FROM cable_bodies ORDER BY cable_no DESC LIMIT 1")[0][0])
    extra = blob + sum(sizes) - body
    whole = len(sizes) * padding.class_for(body + PACKET) - body
    worth = whole / extra
    return Row(
        f"circular to {len(sizes)} machines: bytes beyond one body of {body} B",
        f"{extra:,} B ({len(sizes)} slips of {max(sizes)}, blob of {blob:,})",
        f"a packet for each machine {whole:,} B",
        worth,
        worth,
        worth,
        "< 110,000 B",
    )


def _time(what: str, took: list[float], slips_: int) -> Row:
    best = min(took)
    return Row(what, f"{best:.2f} s ({best / slips_ * 1e3:.1f} ms a machine)", "–", 1.0, min(took), max(took), "–")


def _listed(ministry: Ministry, number: int) -> Machine:
    """Let the authority list a machine, as it does with every request."""
    device, person = (signing.signing_generate(Level.STANDARD, randomness.system) for _ in range(2))
    entry = StationEntry(
        StationId(number), f"ĐSQ {number}", f"Post {number}", "Xa", "Etc/UTC", "{number}/DSQ", f"POST {number}"
    )
    request = wire.encode_request(
        enrolment.make_request(
            device, person, station=entry.id, role=Role.STATION, name="Lê", title="Đại sứ", created_at=ministry.clock()
        )
    )
    access = [ministry.access(relay, relay.base_url) for relay in ministry.relays]
    with ministry.authority() as authority:
        enrolled = authority.enrol(request, Seat(entry), access, lambda _: True)
    return Machine(entry.id, enrolled.device, device, enrolled.edition)


def _boxes(office: Station, machines: list[Machine]) -> None:
    """Make this week's mailboxes of all machines at the relay."""
    directory, week = desks.directory(office.desk), week_of(office.desk.now())
    (relay,) = relay_rows.every(office.desk.db)
    link = places.place(relay, office.desk.policy.link, office.desk.clock, Memory()).link
    seed = Secret(bytes(32))
    made = []
    for each in machines:
        box, token = mailbox(directory.mailbox_secret(each.device), relay.relay_id, week)
        made.append(NewMailbox(box, reader_key(seed, relay.relay_id, week), token))
    for start in range(0, len(made), 32):
        link.create_boxes(made[start : start + 32])


def _session(office: Station, machine: Machine) -> None:
    """Open a session from the office to a machine, without the relay; it stands as if it had been answered."""
    desk = office.desk
    now = desk.now()
    directory = desks.directory(desk)
    (certificate,) = [each for each in directory.devices_of(machine.station, now) if each.device == machine.device]
    ref = desks.reference(certificate)
    signed = prekeys.make_signed(ref, machine.key, 1, now + 7 * 86_400, desk.random)
    session, message = handshake.initiate(
        desks.own(desk).identity, certificate, Bundle(signed.public, None, None),
        cover=desks.cover_key(desk, now), generation=1, previous=None, reason=ResetReason.FIRST,
        edition=desks.edition_mark(directory), ack=NO_ACK, payload=b"", batch_floor=0, now=now, random=desk.random,
    )  # fmt: skip
    accepted = handshake.respond(
        Identity(machine.device, ref, machine.key), message, covers=desks.veil_keys(desk, now),
        prekeys=lambda _spk, _opk: PrekeySecrets(signed, None), resolve=lambda ref: directory.device(ref, now),
        seen=lambda _: False, now=now,
    )  # fmt: skip
    machine.session, answer = sessions.encrypt(
        accepted.session, b"", now=now, ack=NO_ACK, edition=EditionMark(0, bytes(8)), random=desk.random
    )
    answered, _ = sessions.decrypt(session, answer, now=now)
    with desk.db.transaction():
        held.keep_active(desk, machine.station, answered, now)


def _open(machines: list[Machine], sealed: list[bytes]) -> None:
    """Let every machine open its slip; all slips are one."""
    found = set()
    for machine, packet in zip(machines, sealed, strict=True):
        assert machine.session is not None
        machine.session, opened = sessions.decrypt(machine.session, packet, now=machine.session.established_at)
        found.add(slips.decode(items.decode(opened.payload).body))
    assert len(found) == 1
