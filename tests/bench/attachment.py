"""An attachment sealed and opened by the blob engine, beside Debian's `age -r`, in one interleaved run.

Both are whole processes that read one file and write another, first on a memory file system, then on the disk with the
result brought to the platters (`fsync`; `sync FILE` after age). Ours also hashes, signs, pads and checks in that pass;
age does not. `cp` stands beside them as what the machine can do at all.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.bench.peers import need
from tests.bench.rows import Cost, Row, interleaved, ratio, table, walls

OWN_SIZE = 1024
SMALLEST = 64
"""MiB; memory is looked at here too, to see that it does not grow."""

OURS = """
import os, sys
from secmsg.crypto import signing
from secmsg.crypto.randomness import system
from secmsg.crypto.secret import Secret
from secmsg.ids import CertificateRef
from secmsg.station import annex
from secmsg.wire import slip as slip_wire
seed, word, source, target, slip_path, size, durable = sys.argv[1:]
key = signing.signing_from_seed(signing.Level.STANDARD, Secret(bytes.fromhex(seed)))
ref = CertificateRef(bytes(32))
with open(source, "rb", buffering=0) as read, open(target, "wb", buffering=0) as write:
    if word == "seal":
        sealed = annex.seal(read, annex.Described("a.pdf", "application/pdf", int(size), 1), write.write,
                            device=key, ref=ref, purpose=annex.Purpose.ANNEX, expiry=0, random=system)
        open(slip_path, "wb").write(slip_wire.encode(sealed.slip))
    else:
        slip = slip_wire.decode(open(slip_path, "rb").read())
        annex.unseal(read, slip, annex.Sender(ref, key.public), annex.Purpose.ANNEX,
                     None if word == "check" else write.write)
    if durable == "1":
        os.fsync(write.fileno())
# VmHWM is this process alone; ru_maxrss would carry over from the parent.
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


class Bench:
    """The files of one run in one folder, and the programs that work on them."""

    def __init__(self, folder: Path, size: int, *, durable: bool) -> None:
        self._durable, self._size = durable, size
        self._age, self._keygen = need("age", "age"), need("age-keygen", "age")
        self.plain, self.ours, self.theirs, self.back = (folder / p for p in ("plain", "ours", "theirs", "back"))
        self._key, self._slip, self._seed = folder / "key", folder / "slip", os.urandom(64).hex()
        self._recipient = ""
        self.peak_kib = 0

    def prepare(self) -> None:
        with self.plain.open("wb") as out:
            for _ in range(self._size >> 20):
                out.write(os.urandom(1 << 20))
        subprocess.run([self._keygen, "-o", self._key], check=True, capture_output=True)
        lines = self._key.read_text().splitlines()
        self._recipient = next(line for line in lines if "public key" in line).split()[-1]

    def us(self, word: str, source: Path, target: Path) -> None:
        target.unlink(missing_ok=True)
        given: list[str | Path] = [
            self._seed,
            word,
            source,
            target,
            self._slip,
            str(self._size),
            str(int(self._durable)),
        ]
        done = subprocess.run([sys.executable, "-c", OURS, *given], check=True, capture_output=True, text=True)
        self.peak_kib = max(self.peak_kib, int(done.stdout))

    def seal(self) -> None:
        self.us("seal", self.plain, self.ours)

    def open(self) -> None:
        self.us("open", self.ours, self.back)

    def verify(self) -> None:
        self.us("check", self.ours, self.back)

    def age_seal(self) -> None:
        self._peer([self._age, "-r", self._recipient, "-o", self.theirs, self.plain], self.theirs)

    def age_open(self) -> None:
        self._peer([self._age, "-d", "-i", self._key, "-o", self.back, self.theirs], self.back)

    def copy(self) -> None:
        self._peer(["cp", self.plain, self.back], self.back)

    def same(self) -> None:
        self.open()
        if self.back.read_bytes() != self.plain.read_bytes():
            sys.exit("what was opened is not what was sealed")

    def _peer(self, command: list[str | Path], target: Path) -> None:
        target.unlink(missing_ok=True)
        subprocess.run(command, check=True)
        if self._durable:
            subprocess.run(["sync", target], check=True)


def measured(bench: Bench, rounds: int, where: str, goals: tuple[str, str]) -> list[Row]:
    """Measure sealing and opening in one folder."""
    bench.prepare()
    bench.seal()
    bench.same()
    sides: dict[str, Callable[[], object]] = {
        "cp": bench.copy,
        "seal": bench.seal,
        "age": bench.age_seal,
        "open": bench.open,
        "age -d": bench.age_open,
    }
    costs = interleaved(sides, rounds)
    limit = f"cp {ratio(walls(costs['age']), walls(costs['cp']))[0]:.2f}"
    return [
        _row(f"sealed {where}", costs["seal"], costs["age"], goals[0], limit),
        _row(f"opened and checked {where}", costs["open"], costs["age -d"], goals[1], limit),
    ]


def _row(what: str, ours: list[Cost], peer: list[Cost], goal: str, limit: str) -> Row:
    print(
        json.dumps(
            {
                "what": what,
                "wall": [round(each, 3) for each in ratio(walls(peer), walls(ours))],
                "cpu": [round(each, 3) for each in ratio([p.cpu for p in peer], [o.cpu for o in ours])],
            }
        ),
        flush=True,
    )
    middle = len(ours) // 2
    return Row(
        f"attachment {what}",
        f"{sorted(walls(ours))[middle]:.2f} s",
        f"age {sorted(walls(peer))[middle]:.2f} s",
        *ratio(walls(peer), walls(ours)),
        goal=goal,
        limit=limit,
    )


def run(size: int, rounds: int) -> None:
    """Print the rows for one size in MiB; 0 is 1024."""
    size = size or OWN_SIZE
    memory = "/dev/shm" if Path("/dev/shm").is_dir() else None
    rows: list[Row] = []
    peaks: dict[int, int] = {}
    for part in (SMALLEST, size):
        with tempfile.TemporaryDirectory(dir=memory) as name:
            bench = Bench(Path(name), part << 20, durable=False)
            if part == size:
                rows += measured(bench, rounds, f"in memory, {part} MiB", ("≥ 1.5, aim 2.0", "≥ 1.3"))
            else:
                bench.prepare()
                bench.seal()
                bench.same()
            peaks[part] = bench.peak_kib // 1024
    # Not /tmp, which may be memory.
    with tempfile.TemporaryDirectory(dir="/var/tmp") as name:
        bench = Bench(Path(name), size << 20, durable=True)
        rows += measured(bench, rounds, f"on the disk with fsync, {size} MiB", ("≥ 1.3", "≥ 1.3"))
    print(table(rows))
    said = ", ".join(f"{peak} MiB at {part} MiB" for part, peak in peaks.items())
    print(f"peak memory of ours, whole process: {said} (goal < 64 MiB at any size; the format's bound is 2 GiB)")
