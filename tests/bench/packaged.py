"""The packaged program beside its source: time to the first painted window and memory, on a virtual screen; sizes.

It measures the folder that `make package` built and that its package installs; without one it says so.
"""

import json
import sys
import tempfile
from pathlib import Path

from tests.bench.first_window import Seen, screen, start
from tests.bench.rows import Row, ratio, table

BUILT = Path("out/package")


def run(size: int, rounds: int) -> None:
    """Start both in turn, and print what was seen; there is no `size`."""
    program = BUILT / "build/desktop/secmsg-desktop"
    if not program.exists():
        print("packaged: first `make package`")
        return
    sides: dict[str, list[Seen]] = {"packaged": [], "source": []}
    with tempfile.TemporaryDirectory() as name, screen() as on:
        folder = Path(name)
        home = folder / "profile"
        home.mkdir(mode=0o700)
        (home / "vault").touch(mode=0o600)
        commands = {
            "packaged": [str(program.resolve()), "--home", str(home)],
            "source": [sys.executable, "-m", "ui", "--home", str(home)],
        }
        for number in range(rounds + 1):
            for side, command in commands.items():
                seen = start(on, command, folder)
                if number:
                    sides[side].append(seen)
    for side, all_seen in sides.items():
        each = [round(seen.seconds, 3) for seen in all_seen]
        print(json.dumps({"what": side, "seconds": each, "pss_mib": round(_middle(all_seen).pss_mib, 1)}), flush=True)
    for built in sorted(BUILT.glob("*.deb")):
        print(json.dumps({"what": built.name, "bytes": built.stat().st_size}), flush=True)
    middle, low, high = ratio([each.seconds for each in sides["source"]], [each.seconds for each in sides["packaged"]])
    ours, source = _middle(sides["packaged"]), _middle(sides["source"])
    row = Row(
        "first window of the package, Xvfb", f"{ours.seconds:.2f} s, PSS {ours.pss_mib:.0f} MiB",
        f"source {source.seconds:.2f} s, PSS {source.pss_mib:.0f} MiB", middle, low, high, "≥ 0.8 (1.25 of its time)",
        "the loader begins twice, to find its libraries",
    )  # fmt: skip
    print(table([row]))


def _middle(seen: list[Seen]) -> Seen:
    return sorted(seen, key=lambda each: each.seconds)[len(seen) // 2]
