"""Requests that `schemathesis` makes up from the OpenAPI description, signed by a hook: at least 2,000, and no fault.

A fault of the relay looks like its one refusal from outside, so its own count of faults is read from the metrics.
"""

import json
import os
import re
import socket
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from secmsg.crypto import randomness
from secmsg.crypto.secret import Secret
from secmsg.crypto.signing import reader_from_seed
from secmsg.ids import BlobId
from tests.helpers.raw_http import read_all
from tests.helpers.relays import Box, a_box, linked
from tests.siege.ground import Ground, prepared, serving

LEAST = 2000
EXAMPLES = 220
_SPEC = Path("docs/spec/relay-api.openapi.yaml")
_PATIENCE_S = 900


def run() -> list[str]:
    """Print how many cases got which answer; return what did not hold."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        seed = randomness.system(32)
        fresh = prepared(folder / "relay")
        box = Box(fresh.box.box, reader_from_seed(Secret(seed)), fresh.box.token)
        ground = Ground(fresh.home, fresh.address, box)
        blob, capability = randomness.system(16), randomness.system(16)
        (folder / "blob").write_bytes(os.urandom(5000))
        with serving(ground, "--metrics", f"unix:{folder / 'm'}"):
            with linked(ground.address) as link:
                link.upload_blob(BlobId(blob), capability, folder / "blob")
            known = {
                "prefix": ground.address.prefix,
                "relay_id": ground.address.relay_id.hex(),
                "seed": seed.hex(),
                "box": box.box.hex(),
                "token": box.token.hex(),
                "blob": blob.hex(),
                "capability": capability.hex(),
            }
            (folder / "siege.json").write_text(json.dumps(known))
            told = _schemathesis(folder, ground.address.base_url)
            with linked(ground.address) as link:
                alive = link.create_boxes([a_box().new()])
            faults = fault_count(folder / "m")
        answers = Counter(folder.joinpath("siege.count").read_text().split("\n"))
    del answers[""]
    cases = sum(answers.values())
    by_operation: dict[str, Counter[str]] = {}
    for line, count in answers.items():
        operation, status = line.split()
        by_operation.setdefault(operation, Counter())[status] += count
    print(f"schemathesis: {cases} cases, faults of the relay: {faults}")
    for operation, statuses in sorted(by_operation.items()):
        print(f"  {operation:10}", "  ".join(f"{status}: {count}" for status, count in sorted(statuses.items())))
    broken = [f"{line} came {count} times" for line, count in answers.items() if line.split()[1].startswith("5")]
    if faults:
        broken.append(f"{faults} faults inside the relay")
    if cases < LEAST:
        broken.append(f"only {cases} cases were made: {told[-600:]}")
    if not by_operation.get("sync", Counter())["200"]:
        broken.append("no made-up request got past the signature")
    return broken if alive else [*broken, "the relay serves no more"]


def fault_count(where: Path) -> int:
    """Read from the keeper's listener how many faults the relay had."""
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(str(where))
        line.sendall(b"GET /-/metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        text = read_all(line).decode()
    return int(float(re.findall(r"^secmsg_relay_faults_total (\S+)", text, re.MULTILINE)[0]))


def _schemathesis(folder: Path, base: str) -> str:
    command = [
        *(str(Path(sys.executable).with_name("schemathesis")), "run", str(_SPEC), "--url", base),
        *("--checks", "not_a_server_error", "--max-examples", str(EXAMPLES), "--tls-verify", "false"),
        *("--phases", "coverage,fuzzing", "--generation-database", "none", "--no-color", "--warnings", "off"),
        *("--continue-on-failure", "--suppress-health-check", "all", "--request-timeout", "20", "--seed", "2026"),
    ]
    environment = {**os.environ, "SCHEMATHESIS_HOOKS": "tests.siege.signing_hook"}
    environment["SECMSG_SIEGE"] = str(folder / "siege.json")
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment, timeout=_PATIENCE_S)
    return done.stdout + done.stderr
