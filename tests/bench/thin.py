"""Thin packets: bytes besides the text, messages a second in one direction, and the table of tags of 400 sessions.

One side seals and the other opens, nothing is stored and nothing crosses a line. DoubleRatchet (PyPI) is the peer at
both paces, though it seals no header and pads nothing; Olm (vodozemac) shows what a small message has cost so far. The
table is that of a headquarters: 400 sessions with three chains of the peer's each.
"""

import asyncio
import statistics
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import replace

import vodozemac
from doubleratchet import EncryptedMessage

from secmsg.config import ThinLimits
from secmsg.crypto import hashing, randomness
from secmsg.crypto.secret import Secret
from secmsg.protocol import thin
from secmsg.protocol.state import Session
from secmsg.protocol.thin_keys import ThinReceivingChain
from secmsg.protocol.thin_table import ThinTable
from tests.bench.rows import Row, interleaved, ratio, table, walls
from tests.bench.step import meet
from tests.helpers.sessions import NOW, established, opened, seal
from tests.helpers.thin import talking

TEXT = bytes(40)
"""Forty bytes: a cable of some sixty words, compressed, in two or three of them."""
SESSIONS, CHAINS = 400, 3
_LIMITS = ThinLimits()

Halves = tuple[Callable[[], object], Callable[[], object]]
"""Sealing a number of messages, opening them."""


def run(size: int, rounds: int) -> None:
    """Print the rows for `size` messages a round."""
    count = size or 1_000
    acts = {"thin": _thin(count), "fat": _fat(count), "peer": _double_ratchet(count)}
    # A side seals and opens in one round: what is opened was sealed just before.
    sides = {f"{name} {half}": act for name, halves in acts.items() for half, act in zip("so", halves, strict=True)}
    costs = interleaved(sides, rounds)
    rows = [_overhead()]
    for half, act in (("s", "sealed"), ("o", "opened")):
        theirs = walls(costs[f"peer {half}"])
        for name, goal in (("thin", "≥ 1"), ("fat", "≥ 1")):
            mine = walls(costs[f"{name} {half}"])
            rows.append(
                Row(
                    f"{name} packets {act} a second, one direction, {len(TEXT)} bytes",
                    f"{count / statistics.median(mine):,.0f}",
                    f"DoubleRatchet 1.3 {count / statistics.median(theirs):,.0f}",
                    *ratio(theirs, mine),
                    goal,
                )
            )
    print(table(rows))
    print(f"\n{_tags()}")


def _overhead() -> Row:
    anna, _ = talking(b"overhead")
    _, packet = thin.seal_thin(anna, TEXT, now=NOW, limits=_LIMITS)
    ours = len(packet) - len(TEXT)
    theirs = _olm_overhead()
    same = theirs / ours
    return Row(
        "thin packet, bytes besides its content",
        f"{ours} B",
        f"vodozemac 0.10 (Olm) {theirs} B",
        same,
        same,
        same,
        "20 B, and at most 4 of control inside",
        "4 tag, 16 synthetic IV",
    )


def _olm_overhead() -> int:
    anna, binh = vodozemac.Account(), vodozemac.Account()
    binh.generate_one_time_keys(1)
    (one_time,) = binh.one_time_keys.values()
    first = anna.create_outbound_session(binh.curve25519_key, one_time)
    hello = first.encrypt(b"hello").to_pre_key()
    assert hello is not None
    second, _ = binh.create_inbound_session(anna.curve25519_key, hello)
    first.decrypt(second.encrypt(b"answer"))
    _, message = first.encrypt(TEXT).to_parts()
    return len(message) - len(TEXT)


def _thin(count: int) -> Halves:
    sides = list(talking(b"bench thin"))
    tags = ThinTable([sides[1]])
    packets: list[bytes] = []

    def sealing() -> None:
        packets.clear()
        for _ in range(count):
            sides[0], packet = thin.seal_thin(sides[0], TEXT, now=NOW, limits=_LIMITS)
            packets.append(packet)

    def opening() -> None:
        for packet in packets:
            known = {sides[1].session_id: sides[1]}
            sides[1], held = thin.open_among(tags.find(packet), known.get, packet, now=NOW)
            tags.put(sides[1])
            assert held.payload == TEXT

    return sealing, opening


def _fat(count: int) -> Halves:
    sides: list[Session] = list(established("bench fat"))
    packets: list[bytes] = []

    def sealing() -> None:
        packets.clear()
        for _ in range(count):
            sides[0], packet = seal(sides[0], TEXT, randomness.system)
            packets.append(packet)

    def opening() -> None:
        for packet in packets:
            sides[1], text = opened(sides[1], packet)
            assert text == TEXT

    return sealing, opening


def _double_ratchet(count: int) -> Halves:
    loop = asyncio.new_event_loop()
    anna, binh = loop.run_until_complete(meet())
    messages: list[EncryptedMessage] = []

    async def sealing() -> None:
        messages.clear()
        for _ in range(count):
            messages.append(await anna.encrypt_message(TEXT, b""))

    async def opening() -> None:
        for message in messages:
            assert await binh.decrypt_message(message, b"") == TEXT

    return lambda: loop.run_until_complete(sealing()), lambda: loop.run_until_complete(opening())


def _tags() -> str:
    """Say what the table of a headquarters costs."""
    sessions = [_received(number) for number in range(SESSIONS)]
    start = time.perf_counter()
    tags = ThinTable(sessions)
    built, near = time.perf_counter() - start, len(tags)
    start = time.perf_counter()
    list(tags.find(randomness.system(60)))
    completed = time.perf_counter() - start
    hit = _tag(sessions[0], 100)
    looks = [_took(lambda: next(tags.find(hit))) for _ in range(50)]
    junk = [_took(lambda: list(tags.find(randomness.system(60)))) for _ in range(50)]
    tracemalloc.start()
    held = ThinTable(sessions)
    list(held.find(randomness.system(60)))
    memory, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return (
        f"{SESSIONS} sessions, {CHAINS} chains each: {near:,} tags in {built:.2f} s, {len(tags) - near:,} more at the "
        f"first packet that none of them fits in {completed:.2f} s, {memory / 1e6:.1f} MB; found in the session used "
        f"longest ago in {statistics.median(looks) * 1e3:.2f} ms, not found in {statistics.median(junk) * 1e3:.2f} ms"
    )


def _received(number: int) -> Session:
    base = talking(b"tags %d" % number)[1]
    chains = tuple(
        ThinReceivingChain(epoch, 0, Secret(bytes(32)), Secret(randomness.system(32)), NOW) for epoch in (1, 3, 5)
    )
    return replace(base, thin=replace(base.thin, receiving=chains))


def _tag(session: Session, counter: int) -> bytes:
    return hashing.hmac_sha256(session.thin.receiving[-1].tag_key, counter.to_bytes(4))[:4]


def _took(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start
