"""Every refusal, many times: the same bytes, and how long each kind takes beside the others."""

import statistics
import tempfile
import time
from pathlib import Path

from secmsg.ids import BlobId
from tests.helpers.raw_http import Answer
from tests.helpers.relays import linked
from tests.integration.test_relay_decoy import BLOB, CAPABILITY, FAILURES, World
from tests.siege.ground import prepared, serving

SAMPLES = 60
WIDEST = 3.0
"""The slowest kind's median may be so many times the quickest's: a refusal by the protocol spares itself the dummy."""


def run() -> list[str]:
    """Print the medians of the quickest and slowest kinds; return what did not hold."""
    with tempfile.TemporaryDirectory() as name:
        ground = prepared(Path(name) / "relay")
        source = Path(name) / "blob"
        source.write_bytes(b"sealed")
        # One after the other from one address: the limit for an address does not come into it.
        with serving(ground):
            with linked(ground.address) as link:
                link.upload_blob(BlobId(BLOB), CAPABILITY, source)
            world = World(ground.address, ground.box)
            took: dict[str, list[float]] = {kind: [] for kind in FAILURES}
            seen: set[tuple[object, ...]] = set()
            for _ in range(SAMPLES):
                for kind, fail in FAILURES.items():
                    began = time.perf_counter()
                    answer = fail(world)
                    took[kind].append(time.perf_counter() - began)
                    seen.add(_bytes(answer, headless="size" in kind))
    medians = sorted((statistics.median(each) * 1000, kind) for kind, each in took.items())
    print(f"{len(FAILURES)} kinds of failure, {SAMPLES} times each: {len(seen)} different answer(s)")
    for ms, kind in (*medians[:3], *medians[-3:]):
        print(f"  {ms:6.2f} ms  {kind}")
    spread = medians[-1][0] / medians[0][0]
    print(f"  slowest median / quickest {spread:.2f}")
    broken = [] if len(seen) == 1 else [f"{len(seen)} different refusals"]
    return [*broken, f"one kind takes {spread:.1f} times as long"] if spread > WIDEST else broken


def _bytes(answer: Answer, *, headless: bool) -> tuple[object, ...]:
    """Give what stands on the wire; HEAD has the same headers and no page."""
    page = b"(the page)" if headless and not answer.body else answer.body
    return answer.status, tuple(answer.headers), b"(the page)" if b"404 Not Found" in page else page
