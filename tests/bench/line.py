"""One 500-byte cable over a line: bytes and seconds, beside `requests` with an RSA chain and SMTP with OpenPGP.

Ours is the envelope that a station releases, handed to a relay process; the peers carry the same 500 bytes, one in a
JSON body over HTTPS as `requests` does it unasked, one as OpenPGP mail over SMTP with STARTTLS. Each client runs in a
network namespace of its own behind an emulated line, which counts IP bytes both ways. "Cold" is a first cable with a
new connection, "next" one more on the connection that stands. The tool is `line.py` of SECMSG_TOOLS, or of the folder
`../shared/tools`.
"""

import base64
import json
import os
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.bench.line_peers import TEXT, chain
from tests.bench.peers import need
from tests.bench.rows import Row, table

SLOW = ("--rate", "2400", "--rtt", "1.5", "--loss", "5")
KINDS = ("ours", "requests", "smtp", "tcp")


@dataclass(frozen=True, slots=True)
class Crossing:
    """What one run of a client took: IP bytes both ways and seconds."""

    carried: int
    seconds: float


def run(size: int, rounds: int) -> None:
    """Print the rows; `size` rounds of the slow line (3), `rounds` of the fast one."""
    tool = Path(os.environ.get("SECMSG_TOOLS", "../shared/tools")) / "line.py"
    if not tool.is_file():
        print(f"{tool}: the line emulator is not there (set SECMSG_TOOLS)", file=sys.stderr)
        sys.exit(3)
    need("ip", "iproute2")
    if os.geteuid() != 0 or not Path("/dev/net/tun").exists():
        print("the line emulator needs root and /dev/net/tun", file=sys.stderr)
        sys.exit(3)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        envelope = prepare(folder)
        lengths = {
            "ours": envelope,
            "tcp": envelope,
            "requests": len(json.loads((folder / "requests.json").read_bytes())["body"]),
            "smtp": len((folder / "mail").read_bytes()),
        }
        print(f"the cable: {len(TEXT)} bytes of text; carried as {lengths} bytes")
        fast = _rounds(tool, folder, (), 1, rounds), _rounds(tool, folder, (), 2, rounds)
        print(table(_bytes(fast[0], fast[1], lengths)))
        slow = _rounds(tool, folder, SLOW, 1, size or 3)
        print(table(_seconds(slow, "cable over 2,400 bit/s, 1.5 s, 5 % loss, cold")))


def prepare(folder: Path) -> int:
    """Make the relay, the sealed envelope and the peers' messages; return the envelope's length."""
    envelope = subprocess.run(
        [sys.executable, "-m", "tests.bench.line_ours", "prepare", folder], check=True, capture_output=True, text=True
    )
    chain(folder)
    gpg = need("gpg", "gnupg")
    home = {**os.environ, "GNUPGHOME": str(folder / "gpg")}
    (folder / "gpg").mkdir(mode=0o700)
    common = [gpg, "--batch", "--quiet", "--pinentry-mode", "loopback", "--passphrase", ""]
    subprocess.run(
        [*common, "--quick-generate-key", "ha-noi@example.org", "future-default", "default", "never"],
        check=True, capture_output=True, env=home,
    )  # fmt: skip
    armoured = subprocess.run(
        [*common, "--trust-model", "always", "--armor", "--sign", "--encrypt", "-r", "ha-noi@example.org"],
        input=TEXT, check=True, capture_output=True, env=home,
    ).stdout  # fmt: skip
    subprocess.run(["gpgconf", "--homedir", folder / "gpg", "--kill", "all"], check=False)
    (folder / "mail").write_bytes(armoured)
    age = need("age", "age")
    subprocess.run([need("age-keygen", "age"), "-o", folder / "age"], check=True, capture_output=True)
    recipient = next(line for line in (folder / "age").read_text().splitlines() if "public key" in line).split()[-1]
    sealed = subprocess.run([age, "-r", recipient], input=TEXT, check=True, capture_output=True).stdout
    body = {"to": "HANOI", "id": os.urandom(16).hex(), "body": base64.b64encode(sealed).decode()}
    (folder / "requests.json").write_text(json.dumps(body))
    return int(envelope.stdout)


def _rounds(tool: Path, folder: Path, line: tuple[str, ...], count: int, rounds: int) -> dict[str, list[Crossing]]:
    found: dict[str, list[Crossing]] = {kind: [] for kind in KINDS}
    for number in range(rounds):
        for kind in KINDS:
            found[kind].append(_cross(tool, folder, line, kind, count, number + 1))
    return found


def _cross(tool: Path, folder: Path, line: tuple[str, ...], kind: str, count: int, seed: int) -> Crossing:
    python, root = sys.executable, Path.cwd()
    module = "line_ours" if kind == "ours" else "line_peers"
    words = f"env PYTHONPATH={root} {python} -m tests.bench.{module}"
    done = subprocess.run(
        [
            sys.executable, tool, *line, "--seed", str(seed), "--server", f"{words} serve {folder} {kind}",
            "--", f"{words} send {folder} {kind} {count}",
        ],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    counted = json.loads(done.stdout.splitlines()[-1])
    # The client says how long the sending itself took: the start of Python is nobody's protocol.
    seconds = json.loads(done.stdout.splitlines()[-2])["seconds"]
    return Crossing(counted["c2s_bytes"] + counted["s2c_bytes"], seconds)


def _bytes(cold: dict[str, list[Crossing]], both: dict[str, list[Crossing]], lengths: dict[str, int]) -> list[Row]:
    median = {kind: statistics.median(each.carried for each in cold[kind]) for kind in KINDS}
    following = {kind: statistics.median(each.carried for each in both[kind]) - median[kind] for kind in KINDS}
    rows = []
    for peer, goals in (("requests", ("≥ 2.2", "≥ 1.33")), ("smtp", ("≥ 2.9", "≥ 2.9"))):
        for word, counted, goal in (("cold", median, goals[0]), ("next", following, goals[1])):
            above = {kind: counted[kind] - lengths[kind] for kind in KINDS}
            ratio = above[peer] / above["ours"]
            rows.append(
                Row(
                    f"bytes to hand over one cable, {word}: above the padded body, and in all",
                    f"{above['ours']:.0f}; {counted['ours']:.0f}",
                    f"{peer} {above[peer]:.0f}; {counted[peer]:.0f}",
                    ratio,
                    ratio,
                    ratio,
                    goal,
                    f"bare TCP {above['tcp']:.0f}",
                )
            )
    return rows


def _seconds(slow: dict[str, list[Crossing]], figure: str) -> list[Row]:
    rows = []
    for peer, goal in (("smtp", "≥ 4"), ("requests", "–")):
        each = [theirs.seconds / mine.seconds for theirs, mine in zip(slow[peer], slow["ours"], strict=True)]
        median = {kind: statistics.median(cross.seconds for cross in slow[kind]) for kind in KINDS}
        rows.append(
            Row(
                figure,
                f"{median['ours']:.1f} s",
                f"{peer} {median[peer]:.1f} s",
                statistics.median(each),
                min(each),
                max(each),
                goal,
                f"bare TCP, the same body {median['tcp']:.1f} s",
            )
        )
    return rows
