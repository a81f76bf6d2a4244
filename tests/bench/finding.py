"""Finding the session of a packet among 400 in a real store: held keys beside decoding and trying every state.

The packet belongs to the session used longest ago, the worst place; the figure is the whole act: asking the store what
changed, trying the header keys, loading that one session and opening the packet. Half of the sessions wait for an
answer, so two header keys are tried for each of them.
"""

import statistics
import tempfile
import time
from pathlib import Path

from secmsg.protocol import session as protocol
from secmsg.protocol.state import Session
from secmsg.station import sessions
from secmsg.station.desk import Desk
from secmsg.store import sessions as rows
from tests.bench.rows import Row, interleaved, ratio, table, walls
from tests.helpers.desks import desk_over, keep
from tests.helpers.seeded_random import seeded
from tests.helpers.sessions import NOW, seal, turn
from tests.helpers.stores import new_database
from tests.helpers.thin import sealed, talking

COUNT = 400
TIMES = 20
_RANDOM = seeded(b"finding")


def run(size: int, rounds: int) -> None:
    """Print the rows for `size` sessions."""
    count = size or COUNT
    with tempfile.TemporaryDirectory() as folder:
        db = new_database(Path(folder))
        desk = desk_over(db, Path(folder))
        sender = _fill(desk, count)
        after, fat = seal(sender, bytes(500), _RANDOM)
        _, small = sealed(after, bytes(40))
        built = _took(lambda: sessions.find(desk, fat, NOW)), _took(lambda: sessions.find_thin(desk, small, NOW))
        costs = interleaved(
            {
                "fat": lambda: [sessions.find(desk, fat, NOW) for _ in range(TIMES)],
                "thin": lambda: [sessions.find_thin(desk, small, NOW) for _ in range(TIMES)],
                "junk": lambda: [sessions.find(desk, bytes(512), NOW) for _ in range(TIMES)],
                "every": lambda: _every(desk, fat),
            },
            rounds,
        )
        db.close()
    every = walls(costs["every"])
    rows_ = []
    for name, key, goal in (
        (f"fat packet among {count} sessions, found and opened", "fat", "< 5 ms"),
        (f"thin packet among {count} sessions, found and opened", "thin", "< 5 ms"),
        (f"packet of nobody, {count} sessions tried", "junk", "< 5 ms"),
    ):
        mine = [each / TIMES for each in walls(costs[key])]
        rows_.append(
            Row(
                name,
                f"{statistics.median(mine) * 1e3:.2f} ms",
                f"every state decoded {statistics.median(every) * 1e3:.0f} ms",
                *ratio(every, mine),
                goal,
                "AES-SIV: 400 to 800 trials",
            )
        )
    print(table(rows_))
    print(f"\nfirst packet after unlocking: {built[0] * 1e3:.0f} ms fat, {built[1] * 1e3:.0f} ms thin")


def _fill(desk: Desk, count: int) -> Session:
    """Keep the sessions, the first one used longest ago; return the other end of that one."""
    first = None
    for number in range(count):
        anna, binh = talking(b"finding %d" % number)
        anna, binh = turn(anna, binh, _RANDOM)
        if number % 2:
            binh, anna = turn(binh, anna, _RANDOM)
        keep(desk, binh, number, at=NOW + number)
        first = first or anna
    assert first is not None
    return first


def _every(desk: Desk, packet: bytes) -> object:
    """Do as the station did before there were held keys."""
    for kept in rows.every(desk.db):
        session = protocol.decode(kept.body)
        if protocol.recognises(session, packet):
            return protocol.decrypt(session, packet, now=NOW)
    raise AssertionError("the packet belongs to one of them")


def _took(act: object) -> float:
    start = time.perf_counter()
    assert callable(act)
    act()
    return time.perf_counter() - start
