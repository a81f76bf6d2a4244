"""The relay under siege: `secmsg relay serve` in a process of its own, as a keeper would start it."""

import contextlib
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from secmsg.crypto import randomness
from secmsg.links.link import RelayAddress
from secmsg.relay import home as homes
from secmsg.relay.home import Home
from tests.helpers.relays import Box, a_box, address_of, linked

ATTACKERS, HONEST = "127.0.0.1", "127.0.0.2"
"""The loopback addresses that they come from: the system picks the first for whoever does not choose."""


@dataclass(frozen=True, slots=True)
class Ground:
    home: Home
    address: RelayAddress
    box: Box


def prepared(folder: Path, public_url: str | None = None) -> Ground:
    """Make a relay's folder with one correspondent; it is not serving yet."""
    home = Home(folder)
    homes.create(home, "127.0.0.1", 0, public_url=public_url, now=int(time.time()) - 60, random=randomness.system)
    return Ground(home, address_of(home), a_box())


@contextlib.contextmanager
def serving(ground: Ground, *options: str) -> Iterator["subprocess.Popen[str]"]:
    """Serve it with these options of the command until the context ends; its mailbox is made."""
    command = [sys.executable, "-m", "secmsg", "relay", "serve", "--home", str(ground.home.path), *options]
    relay = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert relay.stdout is not None
        assert relay.stdout.readline().startswith("ready "), "the relay does not get ready"
        with linked(_direct(ground)) as link:
            link.create_boxes([ground.box.new()])
        yield relay
    finally:
        relay.send_signal(signal.SIGTERM)
        try:
            relay.wait(20)
        except subprocess.TimeoutExpired:
            relay.kill()
            relay.wait()
        if relay.stdout is not None:
            relay.stdout.close()


def _direct(ground: Ground) -> RelayAddress:
    settings = homes.load(ground.home)
    given = ground.address
    base = f"https://{settings.host}:{settings.port}"
    return RelayAddress(given.relay_id, base, given.prefix, given.fingerprint, given.enrol_token)
