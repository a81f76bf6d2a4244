"""Bytes on the wire for a Vietnamese cable of sixty words in a session that stands: the thin path beside its peers.

Each peer seals the same subject and text as UTF-8 with its own code. What a carrier adds (IP, XML, Matrix events,
radio) is counted for nobody; LXMF is counted as the packet that Reticulum sends, because its encryption is there. Ours
is a whole packet, its fill included, and its receiver learns degree, urgency, number and time besides. Ratios are
peer / ours.
"""

import asyncio
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pyrage
import vodozemac
from omemo.storage import Just, Maybe, Nothing, Storage
from omemo.types import JSONType
from twomemo import twomemo

from secmsg.config import ThinLimits
from secmsg.protocol import thin
from secmsg.station.thin_tables import check, tables
from secmsg.wire import thin_content
from secmsg.wire.cable import Degree, Kind, Urgency
from secmsg.wire.thin_content import Bearer, Message, ThinCable
from tests.bench.rows import Row, table
from tests.helpers.sessions import NOW, established, opened, seal

UNSEEN = Path(__file__).resolve().parent / "unseen" / "cables.txt"
WORDS = 60


def cable() -> tuple[str, str]:
    """Return subject and text of sixty words together, of a cable that our table was not made from."""
    subject, _, body = UNSEEN.read_text("utf-8").split("\n%\n")[1].partition("\n")
    words = body.split()[: WORDS - len(subject.split())]
    return subject, " ".join(words)


def run(size: int, rounds: int) -> None:
    """Print the table."""
    subject, body = cable()
    text = f"{subject}\n{body}".encode()
    mine = _ours(subject, body)
    peers = {
        "age (pyrage, X25519)": len(pyrage.encrypt(text, [pyrage.x25519.Identity.generate().to_public()])),
        "LXMF (opportunistic packet)": _lxmf(subject, body),
        "twomemo (OMEMO 2: content and key)": asyncio.run(_twomemo(text)),
        "vodozemac (Olm)": _olm(text),
    }
    goals = {"age (pyrage, X25519)": "smallest of all; ours ≤ 0.35 × age, so ≥ 2.86"}
    print(
        table(
            [
                Row(
                    f"{WORDS} words of Vietnamese, {len(text)} bytes of UTF-8, on the wire: {name}",
                    f"{mine} B",
                    f"{theirs} B",
                    theirs / mine,
                    theirs / mine,
                    theirs / mine,
                    goals.get(name, "smallest of all"),
                )
                for name, theirs in peers.items()
            ]
        )
    )


def _ours(subject: str, body: str) -> int:
    anna, binh = established("thin bytes")
    anna, packet = seal(anna, b"hello", os.urandom)
    binh, _ = opened(binh, packet)
    written = ThinCable(45, Kind.CABLE, Degree.SECRET, Urgency.FLASH, 118, 1_785_931_200, subject, body)
    contents = thin_content.packets(Message(written, ack=44), Bearer.SMS, 0, 0, tables(), check)
    total = 0
    for content in contents:
        binh, sealed = thin.seal_thin(binh, content, now=NOW, limits=ThinLimits())
        total += len(sealed)
    return total


def _olm(text: bytes) -> int:
    anna, binh = vodozemac.Account(), vodozemac.Account()
    binh.generate_one_time_keys(1)
    (one_time,) = binh.one_time_keys.values()
    to_binh = anna.create_outbound_session(binh.curve25519_key, one_time)
    hello = to_binh.encrypt(b"hello")
    first = hello.to_pre_key()
    assert first is not None
    to_anna, _ = binh.create_inbound_session(anna.curve25519_key, first)
    to_binh.decrypt(to_anna.encrypt(b"hello"))
    return len(to_binh.encrypt(text).to_parts()[1])


class _Memory(Storage):  # type: ignore[misc]  # the peers count as untyped
    """Twomemo's store, in memory."""

    def __init__(self) -> None:
        super().__init__()
        self._kept: dict[str, JSONType] = {}

    async def _load(self, key: str) -> Maybe[JSONType]:
        return Just(self._kept[key]) if key in self._kept else Nothing()

    async def _store(self, key: str, value: JSONType) -> None:
        self._kept[key] = value

    async def _delete(self, key: str) -> None:
        self._kept.pop(key, None)


async def _twomemo(text: bytes) -> int:
    anna, binh = twomemo.Twomemo(_Memory()), twomemo.Twomemo(_Memory())
    await binh.generate_pre_keys(5)
    bundle = await binh.get_bundle("binh@x", 2)
    _, hello = await anna.encrypt_plaintext(b"hello")
    to_binh, first = await anna.build_session_active("binh@x", 2, bundle, hello)
    to_anna, _ = await binh.build_session_passive("anna@x", 1, to_binh.key_exchange, first)
    content, keys = await binh.encrypt_plaintext(text)
    sealed = await binh.encrypt_key_material(to_anna, keys)
    return len(content.ciphertext) + len(sealed.serialize())


def _lxmf(subject: str, body: str) -> int:
    """Ask a process of its own: Reticulum starts threads that only end with it."""
    with tempfile.TemporaryDirectory() as folder:
        config = "[reticulum]\nenable_transport = no\nshare_instance = no\n[logging]\nloglevel = 0\n[interfaces]\n"
        Path(folder, "config").write_text(config, "utf-8")
        ended = subprocess.run(
            [sys.executable, "-c", _LXMF, folder, subject, body], capture_output=True, text=True, timeout=60, check=True
        )
    return int(ended.stdout)


_LXMF = """
import os, sys
import LXMF, RNS
folder, subject, body = sys.argv[1:]
RNS.Reticulum(configdir=folder, loglevel=0)
own, peer = RNS.Identity(), RNS.Identity()
source = RNS.Destination(own, RNS.Destination.IN, RNS.Destination.SINGLE, "lxmf", "delivery")
target = RNS.Destination(peer, RNS.Destination.OUT, RNS.Destination.SINGLE, "lxmf", "delivery")
message = LXMF.LXMessage(target, source, body, subject, desired_method=LXMF.LXMessage.OPPORTUNISTIC)
message.pack()
packet = RNS.Packet(target, message.packed[LXMF.LXMessage.DESTINATION_LENGTH:])
try:
    packet.pack()
    size = len(packet.raw)
except OSError:
    # Too long for one packet: sealed as it would travel over a link, in parts.
    size = len(target.encrypt(message.packed)) + RNS.Reticulum.HEADER_MINSIZE
print(size, flush=True)
os._exit(0)
"""
