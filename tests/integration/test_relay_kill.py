"""A relay that is killed has everything that it acknowledged."""

import gc
import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from secmsg.crypto import randomness
from secmsg.errors import LinkError
from secmsg.ids import BlobId
from secmsg.links.link import RelayAddress
from secmsg.wire.sync import Ack, DepositStatus
from tests.helpers.relay_process import process
from tests.helpers.relays import Box, a_box, a_relay, address_of, linked

# A line that is reset between its connect and its handshake: the standard library leaves that socket to the collector.
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:unclosed <ssl.SSLSocket:ResourceWarning"),
]

ROUNDS = 6
SENDERS = 4


@pytest.fixture(autouse=True)
def _collect() -> Iterator[None]:
    """Let the collector find them here, not in another test."""
    yield
    gc.collect()


def _deposit_until_killed(address: RelayAddress, box: Box, taken: set[bytes], lock: threading.Lock) -> None:
    with linked(address) as link:
        while True:
            letter = box.letter(size=2048)
            try:
                (status,) = link.deposit([letter])
            except LinkError:
                return
            if status is DepositStatus.STORED:
                with lock:
                    taken.add(letter.message_id)


def _one_life(folder: Path, kind: str, address: RelayAddress, box: Box, seconds: float) -> set[bytes]:
    """Let senders deposit into a relay, kill it, and return what it acknowledged."""
    taken: set[bytes] = set()
    lock = threading.Lock()
    with process(folder, kind) as relay:
        senders = [
            threading.Thread(target=_deposit_until_killed, args=(address, box, taken, lock)) for _ in range(SENDERS)
        ]
        for sender in senders:
            sender.start()
        time.sleep(seconds)
        relay.send_signal(signal.SIGKILL)
        for sender in senders:
            sender.join()
    return taken


def _drain(address: RelayAddress, box: Box) -> set[bytes]:
    found: set[bytes] = set()
    with linked(address) as link:
        while envelopes := link.sync([box.mailbox()]).contents[0].envelopes:
            found |= {each.message_id for each in envelopes}
            link.sync([box.mailbox()], [Ack(box.box, ((1, envelopes[-1].seq),))])
    return found


def _lost(tmp_path: Path, kind: str, rounds: int) -> tuple[int, int]:
    """Return how many messages were acknowledged, and how many of them were gone."""
    home = a_relay(tmp_path / "relay")
    address = address_of(home)
    box = a_box()
    with process(home.path) as _, linked(address) as link:
        link.create_boxes([box.new()])
    taken: set[bytes] = set()
    found: set[bytes] = set()
    for number in range(rounds):
        taken |= _one_life(home.path, kind, address, box, 0.3 + 0.13 * number)
        with process(home.path):
            found |= _drain(address, box)
    return len(taken), len(taken - found)


def test_everything_acknowledged_survives_a_kill(tmp_path: Path) -> None:
    taken, lost = _lost(tmp_path, "honest", ROUNDS)

    assert taken > ROUNDS
    assert lost == 0


def test_a_relay_that_answers_before_its_commit_is_caught(tmp_path: Path) -> None:
    # The control: the same test sees the loss when the order is wrong.
    taken, lost = _lost(tmp_path, "early", 2)

    assert taken > 0
    assert lost > 0


def test_an_upload_goes_on_after_a_kill(tmp_path: Path) -> None:
    home = a_relay(tmp_path / "relay")
    address = address_of(home)
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_bytes(os.urandom(8_000_000))
    blob_id = BlobId(randomness.system(16))
    marks: list[int] = []
    with process(home.path) as relay, linked(address) as link:

        def kill_half_way(done: int, _: int) -> None:
            marks.append(done)
            if done > 2_000_000 and relay.poll() is None:
                relay.send_signal(signal.SIGKILL)
                relay.wait()

        with pytest.raises(LinkError):
            link.upload_blob(blob_id, bytes(16), source, progress=kill_half_way)
    acknowledged = max(marks)

    with process(home.path), linked(address) as link:
        marks.clear()
        link.upload_blob(blob_id, bytes(16), source, progress=lambda done, _: marks.append(done))
        link.download_blob(blob_id, target, size=8_000_000)

    assert marks[0] >= acknowledged > 2_000_000
    assert target.read_bytes() == source.read_bytes()


@pytest.mark.parametrize("name", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_a_relay_cleanly_and_releases_who_waits(tmp_path: Path, name: signal.Signals) -> None:
    home = a_relay(tmp_path / "relay")
    address = address_of(home)
    box = a_box()
    with process(home.path) as relay, linked(address) as link:
        link.create_boxes([box.new()])
        threading.Timer(0.5, relay.send_signal, [name]).start()

        result = link.sync([box.mailbox()], wait_s=30)

        assert result.draining
        assert relay.wait(15) == 0
        assert relay.stdout is not None
        assert relay.stdout.read() == ""
