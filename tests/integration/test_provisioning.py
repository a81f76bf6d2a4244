"""Sessions made at enrolment travel with the kit: no handshake crosses a line afterwards."""

from dataclasses import replace
from pathlib import Path

import pytest

from secmsg.authority.enrolment import make_request
from secmsg.config import ThinLimits
from secmsg.errors import EnrolmentError, FormatError, NotAllowed, NotListed
from secmsg.protocol import thin
from secmsg.protocol.session import Session
from secmsg.protocol.state import Origin
from secmsg.station import desk as desks
from secmsg.station import enrol, provisioning, sessions
from secmsg.station.enrol import Proposal
from secmsg.station.thin_views import ThinBearer
from secmsg.station.unlock import by_passphrase
from secmsg.station.views import CableRow
from secmsg.store import identity as identity_rows
from secmsg.store import prekeys as prekey_rows
from secmsg.wire import enrolment as wire
from secmsg.wire.cable import Degree
from tests.helpers import pouches
from tests.helpers.ministry import CANBERRA, FAST, HQ, KEYRING, PARIS, PASSPHRASE, draft
from tests.helpers.world import Office, World

LIMITS = ThinLimits()


def provisioned(world: World, tmp_path: Path) -> tuple[Office, Office]:
    """Give headquarters and Paris after kit and pouch: Paris has never met a relay."""
    headquarters, paris = world.open(HQ), world.open(PARIS)
    headquarters.sync()  # the edition that lists Paris
    headquarters.station.provision_session(paris.station.request())
    pouches.write(headquarters.station, tmp_path / "with-the-kit", PARIS.id)
    pouches.read(paris.station, tmp_path / "with-the-kit")
    return headquarters, paris


def session(at: Office, other: Office) -> Session:
    found = sessions.active(at.station.desk, desks.own(other.station.desk).device)
    assert found is not None
    return found


def test_kit_and_pouch_give_both_ends_a_session_before_any_line(ministry_world: World, tmp_path: Path) -> None:
    headquarters, paris = provisioned(ministry_world, tmp_path)

    (here,), (there,) = headquarters.station.sessions(), paris.station.sessions()
    assert here.session == there.session
    assert (here.origin, there.origin) == (Origin.PROVISIONED, Origin.PROVISIONED)
    assert not here.last_resort
    assert "deposit" not in ministry_world.relay.calls


def test_a_provisioned_pair_exchanges_thin_packets_without_a_fat_one(ministry_world: World, tmp_path: Path) -> None:
    headquarters, paris = provisioned(ministry_world, tmp_path)
    here, there = session(headquarters, paris), session(paris, headquarters)
    now = ministry_world.clock.now

    there, first = thin.seal_thin(there, b"Paris nghe", now=now, limits=LIMITS)
    here, opened = thin.open_thin(here, first, now=now)
    here, answer = thin.seal_thin(here, b"HQ nghe", now=now, limits=LIMITS)
    there, back = thin.open_thin(there, answer, now=now)

    assert (opened.payload, back.payload) == (b"Paris nghe", b"HQ nghe")
    assert len(first) == len(b"Paris nghe") + thin.OVERHEAD


def test_a_provisioned_post_writes_short_cables_both_ways_and_never_meets_a_relay(
    ministry_world: World, tmp_path: Path
) -> None:
    headquarters, paris = provisioned(ministry_world, tmp_path)

    for sender, receiver, to in ((paris, headquarters, HQ), (headquarters, paris, PARIS)):
        form = draft(to.id, subject="Tình hình", body="Đã đến nơi an toàn.", degree=Degree.CONFIDENTIAL)
        for packet in sender.station.release_thin(form, ThinBearer.SMS, 0).packets:
            receiver.station.take_thin(packet.packet)

    for office in (headquarters, paris):
        (row,) = [each for each in office.station.inbox() if isinstance(each, CableRow)]
        assert row.subject == "Tình hình"
        assert row.unsigned
    assert "deposit" not in ministry_world.relay.calls


def test_the_pouch_and_the_relay_bring_the_same_session_once(ministry_world: World, tmp_path: Path) -> None:
    headquarters, paris = provisioned(ministry_world, tmp_path)

    released = headquarters.release(draft(PARIS.id))
    ministry_world.settle()

    assert [row.cable_id for row in paris.station.inbox() if isinstance(row, CableRow)] == [released.cable_id]
    assert headquarters.station.sessions()[0].answered
    assert headquarters.station.breaks() == paris.station.breaks() == ()
    assert paris.station.quarantine() == ()


def test_the_private_halves_are_gone_after_use(ministry_world: World, tmp_path: Path) -> None:
    paris = ministry_world.open(PARIS)
    db = paris.station.desk.db
    first = provisioning.FIRST_ID << 8
    assert prekey_rows.one_time(db, first) is not None
    assert len(prekey_rows.one_time_of(db, provisioning.FIRST_ID)) == enrol.FIRST_KEYS
    assert not identity_rows.has_secret(db, "first-keys")
    ministry_world.close(paris)

    _, paris = provisioned(ministry_world, tmp_path)

    assert prekey_rows.one_time(paris.station.desk.db, first) is None


def test_peers_open_a_session_by_a_pouch_alone(
    ministry_world: World, offices: tuple[Office, Office], tmp_path: Path
) -> None:
    # given prekeys of Canberra fetched at a good hour, a cable sealed, and no relay that carries it
    _, paris = offices
    canberra = ministry_world.open(CANBERRA)
    canberra.sync()
    released = paris.release(draft(CANBERRA.id, degree=Degree.CONFIDENTIAL))
    ministry_world.relay.order = lambda _: []
    paris.sync()

    # when a pouch brings the first message there and another the answer back
    pouches.write(paris.station, tmp_path / "there", CANBERRA.id)
    pouches.read(canberra.station, tmp_path / "there")
    ministry_world.clock.now += 600
    canberra.sync()
    pouches.write(canberra.station, tmp_path / "back", PARIS.id)
    pouches.read(paris.station, tmp_path / "back")

    # then the session stands at both ends
    assert [row.cable_id for row in canberra.station.inbox() if isinstance(row, CableRow)] == [released.cable_id]
    here, there = session(paris, canberra), session(canberra, paris)
    assert here.session_id == there.session_id
    assert here.answered
    assert there.origin is Origin.HANDSHAKE


def test_who_may_provision_and_when(ministry_world: World, offices: tuple[Office, Office]) -> None:
    headquarters, paris = offices
    canberra = ministry_world.open(CANBERRA)
    request = paris.station.request()
    asked = wire.decode_request(request)

    with pytest.raises(NotAllowed, match="headquarters"):
        paris.station.provision_session(canberra.station.request())
    unknown = ministry_world.root / "elsewhere"
    made = _request_elsewhere(unknown, ministry_world)
    with pytest.raises(NotListed):
        headquarters.station.provision_session(made)
    with pytest.raises(EnrolmentError, match="older version"):
        headquarters.station.provision_session(_older(ministry_world, paris))
    with pytest.raises(EnrolmentError, match="signed"):
        headquarters.station.provision_session(wire.encode_request(replace(asked, title="Ai đó")))
    with pytest.raises(FormatError):
        headquarters.station.provision_session(request[:-1])
    headquarters.station.provision_session(request)
    with pytest.raises(NotAllowed, match="already"):
        headquarters.station.provision_session(request)


def _request_elsewhere(home: Path, world: World) -> bytes:
    proposal = Proposal(PARIS.id, "Ai đó", "Bí thư", "Ở đâu", "")
    return enrol.initialise(home, by_passphrase(PASSPHRASE), proposal, FAST, keyring=KEYRING, clock=world.clock).request


def _older(world: World, office: Office) -> bytes:
    """Give the request that an older version would have made with the same keys."""
    own = desks.own(office.station.desk)
    asked = wire.decode_request(office.station.request())
    return wire.encode_request(
        make_request(
            own.device_signer.key, own.person_signer.key, station=asked.station, role=asked.role, name=asked.name,
            title=asked.title, created_at=asked.created_at,
        )
    )  # fmt: skip
