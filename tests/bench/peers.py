"""The peers that figures are measured beside: found, or installed as root on Debian, or the run ends with exit 3."""

import os
import shutil
import subprocess
import sys


def need(program: str, package: str) -> str:
    """Return the path of a peer's program; installs Debian's package when that is possible."""
    found = shutil.which(program)
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"installing the peer: apt-get install {package}", flush=True)
        for command in (
            ["apt-get", "update", "-qq"],
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package],
        ):
            subprocess.run(
                command, check=False, stdout=subprocess.DEVNULL, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
            )
        found = shutil.which(program)
    if found is None:
        print(
            f"the peer {program} is missing: sudo apt-get install -y --no-install-recommends {package}", file=sys.stderr
        )
        sys.exit(3)
    return found
