"""An attachment sealed and opened by the blob engine, beside Debian's `age -r`, in one interleaved run.

Both read one file and write another on the same memory file system. Ours also hashes, signs and checks in that pass;
age does not. Each round runs both in both directions; ratios are taken round by round.
"""

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench.peers import need

OURS = """
import sys
from secmsg.crypto import randomness, signing
from secmsg.ids import CertificateRef
from secmsg.station import annex
from secmsg.wire import slip as slip_wire
seed, word, source, target, slip_path, size = sys.argv[1:]
from secmsg.crypto.secret import Secret
key = signing.signing_from_seed(signing.Level.STANDARD, Secret(bytes.fromhex(seed)))
ref = CertificateRef(bytes(32))
with open(source, "rb") as read, open(target, "wb") as write:
    if word == "seal":
        sealed = annex.seal(read, annex.Described("a.pdf", "application/pdf", int(size), 1), write.write,
                            device=key, ref=ref, purpose=annex.Purpose.ANNEX, expiry=0, random=randomness.system)
        open(slip_path, "wb").write(slip_wire.encode(sealed.slip))
    else:
        annex.unseal(read, slip_wire.decode(open(slip_path, "rb").read()), annex.Sender(ref, key.public),
                     annex.Purpose.ANNEX, write.write)
# VmHWM is this process alone; ru_maxrss would carry over from the parent.
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


def timed(run: Callable[[], object]) -> float:
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


def run(size: int, rounds: int) -> None:
    """Print the table for one size in MiB."""
    size = (size or 1024) << 20
    age, keygen = need("age", "age"), need("age-keygen", "age")
    memory = "/dev/shm" if Path("/dev/shm").is_dir() else None
    with tempfile.TemporaryDirectory(dir=memory) as name:
        folder = Path(name)
        plain, ours, theirs, back = (folder / part for part in ("plain", "ours", "theirs", "back"))
        with plain.open("wb") as out:
            for _ in range(size >> 20):
                out.write(os.urandom(1 << 20))
        subprocess.run([keygen, "-o", folder / "key"], check=True, capture_output=True)
        recipient = next(line for line in (folder / "key").read_text().splitlines() if "public key" in line).split()[-1]
        seed = os.urandom(64).hex()
        peak = 0

        def us(word: str, source: Path, target: Path) -> None:
            nonlocal peak
            done = subprocess.run(
                [sys.executable, "-c", OURS, seed, word, source, target, folder / "slip", str(size)],
                check=True,
                capture_output=True,
                text=True,
            )
            peak = max(peak, int(done.stdout))

        def check() -> None:
            if back.read_bytes() != plain.read_bytes():
                sys.exit("what was opened is not what was sealed")

        seals, opens = [], []
        for number in range(rounds + 1):
            ours_seal = timed(lambda: us("seal", plain, ours))
            age_seal = timed(lambda: subprocess.run([age, "-r", recipient, "-o", theirs, plain], check=True))
            ours_open = timed(lambda: us("open", ours, back))
            if number == 0:
                check()
            age_open = timed(lambda: subprocess.run([age, "-d", "-i", folder / "key", "-o", back, theirs], check=True))
            if number:  # the first round warms up
                seals.append((age_seal / ours_seal, ours_seal, age_seal))
                opens.append((age_open / ours_open, ours_open, age_open))
            for part in (ours, theirs, back):
                part.unlink(missing_ok=True)
    print(f"attachment of {size >> 20} MiB, {rounds} rounds, {os.cpu_count()} cores, {platform.machine()}, on {memory}")
    for word, rows in (("seal", seals), ("open", opens)):
        ratio, mine, peer = (statistics.median(column) for column in zip(*rows, strict=True))
        print(
            json.dumps({"what": word, "age/ours": round(ratio, 2), "ours_s": round(mine, 2), "age_s": round(peer, 2)})
        )
    print(f"peak memory of ours: {peak // 1024} MiB (whole process)")
