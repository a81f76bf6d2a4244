"""1,000 slow connections from one address, an honest client from another (`slowhttptest` -H, -B, -X).

Each kind runs twice: with the limits of an open relay, and with no limit for one address, as behind a front proxy, so
that the deadlines alone must do it.
"""

import math
import re
import statistics
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from secmsg.relay import home as homes
from secmsg.wire import sync
from secmsg.wire.sync import DepositAnswer, DepositRequest, DepositStatus
from tests.bench.peers import need
from tests.helpers.raw_http import raw_line, read_all
from tests.siege.ground import HONEST, Ground, prepared, serving

CONNECTIONS = 1000
MOST_P99_S = 2.0
LONGEST_S = 110
_PAUSE_S = 0.1
_COMMON = ("-c", str(CONNECTIONS), "-r", "250", "-p", "3", "-l", str(LONGEST_S))


@dataclass(slots=True)
class Honest:
    """A station from another address: a new line and a durable deposit, again and again."""

    ground: Ground
    waits: list[float] = field(default_factory=list)
    failures: int = 0
    stop: threading.Event = field(default_factory=threading.Event)

    def go(self) -> None:
        while not self.stop.is_set():
            began = time.perf_counter()
            try:
                good = self._deposit()
            except (OSError, ValueError):
                good = False
            if good:
                self.waits.append(time.perf_counter() - began)
            else:
                self.failures += 1
            time.sleep(_PAUSE_S)

    def _deposit(self) -> bool:
        body = sync.encode_deposits(DepositRequest((self.ground.box.letter(),)))
        with raw_line(self.ground.address.base_url, HONEST) as line:
            line.sendall(
                f"POST /{self.ground.address.prefix}/s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                f"Content-Length: {len(body)}\r\n\r\n".encode()
                + body
            )
            head, _, found = read_all(line).partition(b"\r\n\r\n")
        answer = sync.decode_answer(found) if head.startswith(b"HTTP/1.1 200") else None
        return isinstance(answer, DepositAnswer) and answer.deposits == (DepositStatus.STORED,)


def run() -> list[str]:
    """Print a line for each attack; return what did not hold."""
    program = need("slowhttptest", "slowhttptest")
    broken: list[str] = []
    print(f"{CONNECTIONS} slow connections from one address, a new line and a deposit every {_PAUSE_S} s from another")
    print(f"{'attack':48} {'left':>5} {'after':>7}   honest {'p50':>8} {'p99':>8} {'n':>5} failed")
    for limits in ((), ("--per-address", "0")):
        with tempfile.TemporaryDirectory() as name:
            ground = prepared(Path(name) / "relay")
            homes.publish(ground.home, bytes(262_144), 1)
            homes.quota(ground.home, {"box_messages": 100_000})
            with serving(ground, *limits):
                for attack, words in _attacks(ground).items():
                    if limits and "prefix" in attack:
                        continue  # against a member there is no deadline that helps: the front proxy's limit must
                    broken += _one(program, words, ground, attack + (" (deadlines alone)" if limits else ""))
    return broken


def _attacks(ground: Ground) -> dict[str, tuple[str, ...]]:
    base, prefix = ground.address.base_url, ground.address.prefix
    return {
        "-H slow heads": ("-H", "-i", "2", "-x", "24", "-u", f"{base}/"),
        "-B slow bodies": ("-B", "-i", "2", "-x", "10", "-s", "512", "-t", "POST", "-u", f"{base}/login"),
        "-X slow readers": ("-X", "-n", "5", "-w", "512", "-y", "1024", "-z", "32", "-k", "3", "-u", f"{base}/"),
        # A member that turned: only who has a prefix is answered at length.
        "-X slow readers with a prefix": (
            *("-X", "-n", "5", "-w", "512", "-y", "1024", "-z", "32", "-u", f"{base}/{prefix}/f/1"),
        ),
    }


def _one(program: str, words: tuple[str, ...], ground: Ground, name: str) -> list[str]:
    honest = Honest(ground)
    worker = threading.Thread(target=honest.go)
    worker.start()
    began = time.perf_counter()
    attack = subprocess.run(
        [program, *words, *_COMMON], check=False, capture_output=True, text=True, timeout=LONGEST_S + 60
    )
    took = time.perf_counter() - began
    left = _left(attack.stdout)
    honest.stop.set()
    worker.join()
    waits = sorted(honest.waits) or [math.inf]
    p50, p99 = statistics.median(waits), waits[min(len(waits) - 1, math.ceil(0.99 * len(waits)) - 1)]
    print(
        f"{name:48} {left:5} {took:5.0f} s          {p50 * 1000:6.0f}ms {p99 * 1000:6.0f}ms "
        f"{len(honest.waits):5} {honest.failures:6}",
        flush=True,
    )
    broken = []
    if p99 >= MOST_P99_S:
        broken.append(f"{name}: the honest client waits {p99:.1f} s")
    if honest.failures:
        broken.append(f"{name}: {honest.failures} honest deposits failed")
    if left and "prefix" not in name:  # who has a prefix is given ten minutes to read
        broken.append(f"{name}: {left} attackers are still there")
    return broken


def _left(told: str) -> int:
    """Return how many connections stood when the attack ended: none, or it would have gone on to its time limit."""
    if "No open connections left" in told:
        return 0
    plain = re.sub(r"\x1b\[[0-9;]*[a-zA-Z]", "", told)
    return int(re.findall(r"connected:\s+(\d+)", plain)[-1])
