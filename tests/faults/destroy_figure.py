"""Emergency destruction of a big store, timed from outside, and on other file systems: `make destroy`.

The clock starts before the program is started; keys are dead when the vault's file, read by another process, shows
neither header. The store is held open by a process with its keys, as by the window. Blobs are sparse files unless
--real is given.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from secmsg.crypto.randomness import system
from secmsg.crypto.secret import Secret
from secmsg.office.destruction import Fate, Part
from secmsg.station import destroying
from secmsg.station.destroying import Reach
from secmsg.store import erasing, profile
from secmsg.store.keyring import NoKeyring
from secmsg.store.paths import Home
from tests.bench import store_made
from tests.faults import raw_image
from tests.faults.test_destruction_image import lived, seen
from tests.helpers.command_line import environment
from tests.helpers.stores import CHEAP

BLOB = 100 << 20
_HOLD = """
import sys, time
from pathlib import Path
from secmsg.store import lock
from tests.bench import store_made
held = lock.acquire(Path(sys.argv[1]) / "profile.lock")
db = store_made.open_ours(Path(sys.argv[1]) / "store.db")
print("open", flush=True)
time.sleep(600)
"""


def big(home: Path, cables: int, gigabytes: int, *, real: bool) -> None:
    """Make a profile with so many cables and so much in blobs."""
    profile.create(home, Secret(b"mot hai ba bon nam"), keyring=NoKeyring(), cost=CHEAP, random=system).profile.close()
    Home(home).database.unlink()
    store_made.fill(store_made.open_ours(Home(home).database), cables)
    for _ in range(gigabytes * 10):
        name = os.urandom(16).hex()
        path = home / "blobs" / name[:2] / name[2:4] / name
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with path.open("wb") as file:
            if real:
                for _ in range(BLOB >> 20):
                    file.write(os.urandom(1 << 20))
            else:
                file.truncate(BLOB)


def timed(home: Path) -> tuple[float, float, str]:
    """Destroy it by the command; seconds to dead keys, seconds to the end of the program, and what it said."""
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(home)], stdout=subprocess.PIPE, text=True, env=environment()
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "open\n"
    vault = Home(home).vault
    began = time.perf_counter()
    command = [sys.executable, "-m", "secmsg", "destroy", "--home", str(home), "--no-media", "--yes-destroy-everything"]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment())
    while erasing.is_vault(vault):
        time.sleep(0.0005)
    dead = time.perf_counter() - began
    said, _ = running.communicate()
    ended = time.perf_counter() - began
    assert running.returncode == 0, said
    assert holder.wait(10) == -9
    return dead, ended, said


def elsewhere(kind: str, folder: Path, *, copying: bool = False) -> str:
    """Destroy a small store on another file system and say what its raw bytes show.

    `copying`: its vault is a file like any other, as an older program or a copy would have left it.
    """
    image = folder / f"{kind}.img"
    with raw_image.mounted(image, kind) as place:
        store = lived(place / "p")
        if copying:
            vault = Home(place / "p").vault
            os.sync()
            vault.rename(vault.with_name("made"))
            vault.write_bytes(vault.with_name("made").read_bytes())
            vault.chmod(0o600)
        os.sync()
        done = destroying.destroy(place / "p", Reach(NoKeyring()))
    found = seen(image, store)
    image.unlink()
    told = (
        "in place"
        if done.medium.in_place
        else "elsewhere: keys NOT called destroyed"
        if done.medium.in_place is False
        else "not known"
    )
    assert not found.words
    assert found.opens == 0 or done.fate(Part.KEYS) is not Fate.DESTROYED, (
        "an old keyslot opens that is called destroyed"
    )
    kind += ", a vault that was copied" if copying else ""
    return f"{kind}: keyslots that open {found.opens}, old pages {found.pieces}; the program says: overwritten {told}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cables", type=int, default=100_000)
    parser.add_argument("--gigabytes", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--real", action="store_true", help="blobs of random bytes instead of sparse files")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="secmsg-destroy-") as name:
        for number in range(given.rounds):
            home = Path(name) / f"p{number}"
            big(home, given.cables, given.gigabytes, real=given.real)
            dead, ended, said = timed(home)
            kind = "written" if given.real else "sparse"
            print(
                f"{given.cables} cables, {given.gigabytes} GB of {kind} blobs: keys dead {dead:.2f} s after the "
                f"command (goal 2 s), files gone and the program ended after {ended:.2f} s (goal 5 s)",
                flush=True,
            )
            print("  " + said.splitlines()[-2][:100])
        for kind in ("ext4", "xfs", "btrfs"):
            print(elsewhere(kind, Path(name)), flush=True)
        print(elsewhere("btrfs", Path(name), copying=True), flush=True)


if __name__ == "__main__":
    main()
