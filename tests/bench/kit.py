"""A delegation kit of many cables and enclosures, against a plain copy of the same files with a sync.

Ours deciphers, verifies, hashes and seals everything anew, fills and indexes a store, and proves the kit by opening it;
the peer copies the enclosures' files and waits for the disk.
"""

import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from secmsg.station.unlock import by_passphrase
from tests.bench.rows import Row, cost, ratio, table
from tests.helpers.kits import KIT_PASSPHRASE, TERMS, Journey, journey
from tests.helpers.ministry import HQ, attachment, draft

CABLES, MIB = 200, 10
"""Two gigabytes."""


def run(size: int, rounds: int) -> None:
    """Measure interleaved rounds after one that warms up; `size` is the number of cables of 10 MiB each."""
    print(table(rows(size or CABLES, MIB, rounds)))


def rows(cables: int, mib: int, rounds: int) -> list[Row]:
    """Make a kit and copy its files, in turn."""
    with TemporaryDirectory() as folder, journey(Path(folder)) as post:
        _fill(post, cables, mib)
        chosen = tuple(row.cable_id for row in post.post.sent())
        source, ours, theirs = post.post.desk.files.root, [], []
        for number in range(rounds + 1):
            made, copied = cost(lambda: _make(post, chosen)), cost(lambda: _copy(source, post.root / "copy"))
            shutil.rmtree(post.folder)
            shutil.rmtree(post.root / "copy")
            if number:
                ours.append(made.wall)
                theirs.append(copied.wall)
        middle, low, high = ratio(theirs, ours)
        size = cables * mib / 1024
        return [
            Row(
                f"delegation kit, {len(chosen)} cables, {size:.1f} GiB",
                f"{sorted(ours)[len(ours) // 2]:.1f} s", f"cp and sync {sorted(theirs)[len(theirs) // 2]:.1f} s",
                middle, low, high, "> 0.5",
            )
        ]  # fmt: skip


def _fill(post: Journey, cables: int, mib: int) -> None:
    enclosed = post.root / "enclosed"
    for number in range(cables):
        enclosed.write_bytes(os.urandom(mib << 20))
        kept = replace(attachment(enclosed, "phụ lục.bin"), media_type="application/octet-stream")
        post.post.release(draft(HQ.id, subject=f"Tài liệu {number}", attachments=(kept,)))
    enclosed.unlink()


def _make(post: Journey, chosen: tuple[object, ...]) -> None:
    post.post.kits.make(TERMS, chosen, post.folder, by_passphrase(KIT_PASSPHRASE))  # type: ignore[arg-type]  # ids of rows
    os.sync()


def _copy(source: Path, target: Path) -> None:
    subprocess.run(["cp", "-r", source, target], check=True)
    os.sync()
