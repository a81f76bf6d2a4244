"""Our ends of tests/bench/line.py: a relay process, and a client that hands over a released cable's envelope.

prepare FOLDER        serve FOLDER ours        send FOLDER ours COUNT
"""

import json
import sys
import time
from pathlib import Path

from secmsg.crypto import randomness
from secmsg.ids import DepositToken, MailboxId, MessageId, RelayId
from secmsg.links.link import RelayAddress, Timeouts
from secmsg.links.relay import RelayLink
from secmsg.office.draft import Draft
from secmsg.relay import home as homes
from secmsg.relay.home import Home
from secmsg.relay.server import RelayServer
from secmsg.station.carrying import carry
from secmsg.store import outbox
from secmsg.wire.cable import Degree
from secmsg.wire.sync import Deposit, DepositStatus, TtlClass
from tests.bench.line_peers import HOST, PORT, TEXT
from tests.helpers.relays import a_box, served
from ui.tour.stage import Stage

TIMEOUTS = Timeouts(connect_s=120, answer_s=300)


def prepare(folder: Path) -> None:
    """Let a station release the cable; make the relay with one mailbox; print the envelope's length."""
    (folder / "stage").mkdir()
    stage = Stage(folder / "stage")
    try:
        stage.build(lambda _vi, _en: None)
        posts = [part.open() for part in (stage.mission, stage.headquarters)]
        try:
            mission, office = posts
            draft = Draft(
                degree=Degree.UNCLASSIFIED, action_to=(stage.mission.entry.id,), topics=("CT",),
                subject="Công hàm", body=TEXT.decode(), drafter_name="Lê Minh Châu",
            )  # fmt: skip
            # The first cable opens the session, and its receipt answers: the second is one as they come every day.
            for each in (mission, office):
                carry(each)
            office.release(draft)
            for each in (office, mission, mission, office):
                carry(each)
                time.sleep(1.1)  # receipts leave within a second
            released = office.release(draft)
            (envelope,) = outbox.of_cable(office.desk.db, released.cable_id)
            if envelope.sealed is None:
                sys.exit("the session does not stand: the cable is not sealed")
            sealed = envelope.sealed
        finally:
            for each in posts:
                each.close()
    finally:
        stage.close()
    (folder / "envelope").write_bytes(sealed)
    home = Home(folder / "relay")
    homes.create(home, HOST, PORT, public_url=None, now=int(time.time()) - 60, random=randomness.system)
    box, access = a_box(), homes.enrol(home, randomness.system)
    address = RelayAddress(access.relay_id, access.base_url, access.prefix, access.fingerprint, access.enrol_token)
    with served(home):
        link = RelayLink(address, TIMEOUTS, time.time, randomness.system)
        link.create_boxes([box.new()])
        link.close()
    (folder / "address").write_text(
        json.dumps([access.relay_id.hex(), access.prefix, access.fingerprint.hex(), box.box.hex(), box.token.hex()])
    )
    print(len(sealed))


def serve(folder: Path) -> None:
    """Serve until the process is ended."""
    RelayServer(Home(folder / "relay"), time.time, randomness.system, lambda _: None).run()


def send(folder: Path, count: int) -> None:
    """Hand over the envelope `count` times under new ids on one connection; print the seconds they took."""
    relay_id, prefix, fingerprint, box, token = json.loads((folder / "address").read_text())
    body = (folder / "envelope").read_bytes()
    address = RelayAddress(
        RelayId(bytes.fromhex(relay_id)), f"https://{HOST}:{PORT}", prefix, bytes.fromhex(fingerprint), bytes(16)
    )
    link = RelayLink(address, TIMEOUTS, time.time, randomness.system)
    began = time.perf_counter()
    for _ in range(count):
        deposit = Deposit(
            MailboxId(bytes.fromhex(box)),
            DepositToken(bytes.fromhex(token)),
            MessageId(randomness.system(16)),
            TtlClass.MONTH,
            body,
        )
        assert link.deposit([deposit]) == (DepositStatus.STORED,)
    print(json.dumps({"seconds": time.perf_counter() - began}))
    link.close()


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        prepare(Path(sys.argv[2]))
    elif sys.argv[1] == "serve":
        serve(Path(sys.argv[2]))
    else:
        send(Path(sys.argv[2]), int(sys.argv[4]))
