"""A relay in a process of its own, to be killed; `early` makes one that answers before it commits.

Run as a program: `python tests/helpers/relay_process.py FOLDER {honest|early}`.
"""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def process(folder: Path, kind: str = "honest") -> Iterator["subprocess.Popen[str]"]:
    """Start it and wait until it listens."""
    started = subprocess.Popen(
        [sys.executable, __file__, str(folder), kind],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
    )
    assert started.stdout is not None
    try:
        assert started.stdout.readline().startswith("ready https://127.0.0.1:")
        yield started
    finally:
        if started.poll() is None:
            started.send_signal(signal.SIGKILL)
        started.wait()
        started.stdout.close()


def main() -> None:
    from secmsg.crypto import randomness
    from secmsg.relay.home import Home
    from secmsg.relay.server import RelayServer, Service
    from secmsg.relay.writer import Order, Writer

    class EarlyWriter(Writer):
        """The mistake: it answers as soon as the statements have run."""

        def _commit(self, connection: sqlite3.Connection, orders: list[Order]) -> list[object]:  # type: ignore[override]  # answers on its own
            from secmsg.relay.writer import _perform

            connection.execute("BEGIN IMMEDIATE")
            self._answer([_perform(connection, order) for order in orders])
            time.sleep(0.1)
            connection.execute("COMMIT")
            return []

    folder, kind = sys.argv[1:]
    sys.setswitchinterval(0.0005)  # as `keeper.serve` does
    writer: type[Writer] = EarlyWriter if kind == "early" else Writer
    RelayServer(
        Home(Path(folder)),
        time.time,
        randomness.system,
        lambda base: print(f"ready {base}", flush=True),
        Service(writer=writer, connections_each=0),
    ).run()


if __name__ == "__main__":
    main()
