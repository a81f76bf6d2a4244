"""A backup of a store of 1 GB on the disk, whole and after one small change, beside `cp -r` and an fsync of every file.

Half of the store is its database, half are blobs. The peer copies the same files and makes them durable, and knows
nothing of what changed. Ratios are cp / ours in the same round: 0.67 is one and a half times as long.
"""

import os
import shutil
import statistics
import subprocess
import tempfile
from pathlib import Path

from secmsg.crypto import randomness
from secmsg.crypto.passphrase import KdfCost
from secmsg.crypto.secret import Secret
from secmsg.ids import BlobKey
from secmsg.station import backup_making, opening
from secmsg.station.backups import Backups
from secmsg.store import blobs, settings
from secmsg.store import profile as profiles
from secmsg.store.keyring import NoKeyring
from secmsg.store.profile import Profile
from tests.bench.rows import Row, cost, ratio, table
from tests.bench.store import FOLDER
from tests.helpers.ministry import FAST
from tests.helpers.running_clock import RunningClock

SIZE = 1_000
"""MB of the whole store."""
ROW, BLOB = 48_000, 32 * 1024 * 1024
PEER = "cp -r, fsync"


def run(size: int, rounds: int) -> None:
    """Print the table for a store of `size` MB."""
    octets = (size or SIZE) * 1_000_000
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=FOLDER, prefix="backup-") as name:
        root = Path(name)
        profile = _made(root / "home", octets)
        try:
            print(table(_rows(root, profile, octets, rounds)))
        finally:
            profile.close()


def _rows(root: Path, profile: Profile, octets: int, rounds: int) -> list[Row]:
    whole: list[float] = []
    after: list[float] = []
    copied: list[float] = []
    written: list[int] = []
    for number in range(rounds + 1):
        for each in ("usb", "copy"):
            shutil.rmtree(root / each, ignore_errors=True)
        os.sync()
        first = cost(lambda: _make(profile, root / "usb")).wall
        with profile.db.transaction():
            settings.keep(profile.db, "bench.small", f"{number}")
        second = cost(lambda: written.append(_make(profile, root / "usb"))).wall
        os.sync()
        peer = cost(lambda: _copy(root / "home", root / "copy")).wall
        if number:
            whole, after, copied = [*whole, first], [*after, second], [*copied, peer]
    said = f"{PEER} {statistics.median(copied):.2f} s"
    what = f"a store of {octets // 1_000_000:,} MB"
    return [
        Row(f"backup of {what}, whole", f"{statistics.median(whole):.2f} s", said, *ratio(copied, whole), "≥ 0.67"),
        Row(
            f"backup of {what}, after a small change",
            f"{statistics.median(after):.2f} s, {max(written[1:]) / 1e6:.1f} MB written",
            said,
            *ratio(copied, after),
            "incremental",
        ),
    ]


def _make(profile: Profile, target: Path) -> int:
    target.mkdir(exist_ok=True)
    room = Backups(opening.desk_of(profile, FAST, RunningClock(), randomness.system, NoKeyring()), profile)
    return backup_making.make(
        lambda step: step(room), target, progress=lambda _done, _total: None, cancelled=lambda: False
    ).written


def _copy(home: Path, target: Path) -> None:
    subprocess.run(["cp", "-r", home, target], check=True)
    for path in [target, *target.rglob("*")]:
        descriptor = os.open(path, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)


def _made(home: Path, octets: int) -> Profile:
    profile = profiles.create(
        home, Secret(b"bench"), keyring=NoKeyring(), cost=KdfCost(8, 1), random=randomness.system
    ).profile
    for _ in range(octets // 2 // BLOB):
        key = blobs.new_key(randomness.system)
        kept = profile.files.write(BlobKey(key), lambda file: file.write(os.urandom(BLOB)), 0)
        with profile.db.transaction():
            blobs.keep(profile.db, kept, 0)
    for first in range(0, octets // 2 // ROW, 100):
        with profile.db.transaction():
            for number in range(first, first + 100):
                settings.keep(profile.db, f"bench.{number}", os.urandom(ROW // 2).hex())
    profile.db.truncate_log()
    return profile
