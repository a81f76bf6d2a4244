"""A real relay in this process: a folder made by `create`, served on a thread, spoken to over loopback TLS."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from secmsg.crypto import randomness
from secmsg.crypto.secret import Secret
from secmsg.crypto.signing import ReaderKey, reader_from_seed
from secmsg.ids import DepositToken, MailboxId, MessageId
from secmsg.links.link import Mailbox, NewMailbox, RelayAddress, Timeouts
from secmsg.links.relay import RelayLink
from secmsg.relay import home as homes
from secmsg.relay.home import Home
from secmsg.relay.server import RelayServer, Service
from secmsg.wire.sync import Deposit, TtlClass


@dataclass(frozen=True, slots=True)
class Box:
    """A mailbox as its owner knows it."""

    box: MailboxId
    key: ReaderKey
    token: DepositToken

    def new(self) -> NewMailbox:
        return NewMailbox(self.box, self.key, self.token)

    def mailbox(self, after: int = 0) -> Mailbox:
        return Mailbox(self.box, self.key, after)

    def letter(self, fill: int = 1, *, size: int = 512, message_id: bytes | None = None) -> Deposit:
        name = randomness.system(16) if message_id is None else message_id
        return Deposit(self.box, self.token, MessageId(name), TtlClass.MONTH, bytes([fill]) * size)


def a_box() -> Box:
    return Box(
        MailboxId(randomness.system(16)),
        reader_from_seed(Secret(randomness.system(32))),
        DepositToken(randomness.system(16)),
    )


def a_relay(path: Path) -> Home:
    home = Home(path)
    homes.create(home, "127.0.0.1", 0, public_url=None, now=int(time.time()) - 60, random=randomness.system)
    return home


def address_of(home: Home) -> RelayAddress:
    enrolment = homes.enrol(home, randomness.system)
    return RelayAddress(
        enrolment.relay_id,
        enrolment.base_url,
        enrolment.prefix,
        enrolment.fingerprint,
        enrolment.enrol_token,
    )


@contextlib.contextmanager
def served(
    home: Home, *, service: Service | None = None, clock: Callable[[], float] = time.time
) -> Iterator[RelayServer]:
    """Serve until the context ends."""
    ready = threading.Event()
    server = RelayServer(
        home, clock, randomness.system, lambda _: ready.set(), Service() if service is None else service
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        assert ready.wait(10)
        yield server
    finally:
        server.stop()
        thread.join(20)
        assert not thread.is_alive()


@contextlib.contextmanager
def linked(address: RelayAddress, clock: Callable[[], float] = time.time) -> Iterator[RelayLink]:
    link = RelayLink(address, Timeouts(5, 10), clock, randomness.system)
    try:
        yield link
    finally:
        link.close()
