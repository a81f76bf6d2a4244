"""Sealed packets as groups: how many groups they take, and how often they come back from a line that loses some.

Packets are thin ones, sealed in a session that stands and opened in it: what the code gives and is another packet
counts as silent, and the packet's own tag must refuse every one. A wrong figure is any of the nine others. Missing
groups are marked, as a listener does who knows that he missed one, or left out without a mark.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from secmsg.errors import CryptoError, SessionError
from secmsg.protocol import thin
from secmsg.protocol.state import Session
from secmsg.wire import groups
from secmsg.wire.groups import Link, Recovered
from tests.bench.rows import Row, table
from tests.helpers.sessions import NOW
from tests.helpers.thin import sealed, talking

TRIALS = 1_000
DESIGNED = {16: 14, 32: 24, 60: 41, 100: 70, 140: 97, 200: 138, 300: 205, 400: 273}
"""Groups with 10 % of parity, at least four, without the two of the header (the design's own table)."""
SIZES, RATES = (60, 200, 400), (0.005, 0.01, 0.02)
LINKS = {10: Link.TELEPHONE, 20: Link.HF}
MISSING = {"none": 0.0, "5 % marked": 0.05, "5 % unmarked": 0.05}
_OVERHEAD = 20


@dataclass(slots=True)
class Cell:
    """What came of the trials of one cell."""

    back: int = 0
    asked: int = 0
    silent: int = 0
    accepted: int = 0


def run(size: int, rounds: int) -> None:
    """Print the sizes, then what came back; `size` is the number of trials of a cell."""
    print(table([_row(length, designed) for length, designed in DESIGNED.items()]))
    trials = size or TRIALS
    print(f"\n{trials} trials a cell; header of two groups lost and altered as the others are\n")
    print("| Bytes | Parity | Wrong figures | Missing | Came back | Asked for | Silent, before the tag | after |")
    print("|---|---|---|---|---|---|---|---|")
    for bytes_, (percent, link), (missing, share), rate in product(SIZES, LINKS.items(), MISSING.items(), RATES):
        cell = _cell(bytes_, link, rate, share, trials, marked="un" not in missing)
        name = f"{bytes_} | {percent} % ({groups.parity_for(link, bytes_)}) | {rate:.1%} | {missing}"
        shares = f"{cell.back / trials:.1%} | {cell.asked / trials:.1%} | {cell.silent} | {cell.accepted}"
        print(f"| {name} | {shares} |", flush=True)


def _row(length: int, designed: int) -> Row:
    ours = groups.data_groups(length) + groups.parity_for(Link.TELEPHONE, length)
    ratio = designed / ours
    return Row(f"{length} bytes as groups, 10 % parity", f"{ours}", f"{designed}", ratio, ratio, ratio, "≥ 1.00")


def _cell(size: int, link: Link, rate: float, missing: float, trials: int, *, marked: bool) -> Cell:
    chance = random.Random(f"{size} {link} {rate} {missing} {marked}")
    receiver, packets = _packets(size, f"groups {size}".encode())
    found = Cell()
    for trial in range(trials):
        packet = packets[trial % len(packets)]
        spoken = groups.encode(packet, groups.parity_for(link, size))
        outcome = groups.decode(" ".join(_heard(spoken, chance, rate, missing, marked=marked)))
        if not isinstance(outcome, Recovered):
            found.asked += 1
        elif outcome.packet == packet:
            found.back += _opens(receiver, outcome.packet)
        else:
            found.silent += 1
            found.accepted += _opens(receiver, outcome.packet)
    return found


def _packets(size: int, seed: bytes) -> tuple[Session, list[bytes]]:
    receiver, sender = talking(seed)
    packets = []
    for _ in range(20):
        sender, packet = sealed(sender, b"a" * (size - _OVERHEAD))
        packets.append(packet)
    return receiver, packets


def _heard(spoken: Sequence[str], chance: random.Random, rate: float, missing: float, *, marked: bool) -> list[str]:
    heard = []
    for group in spoken:
        if chance.random() < missing:
            heard += ["-----"] if marked else []
            continue
        figures = (
            str((int(figure) + chance.randrange(1, 10)) % 10) if chance.random() < rate else figure for figure in group
        )
        heard.append("".join(figures))
    return heard


def _opens(receiver: Session, packet: bytes) -> bool:
    try:
        thin.open_thin(receiver, packet, now=NOW)
    except (CryptoError, SessionError, ValueError):
        return False
    return True
