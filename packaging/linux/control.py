"""What Debian is told of the packages: names, what they need, their words. The needs of Qt are the doctor's list."""

import importlib.util
import re
from email.utils import formatdate
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
MAINTAINER = "secmsg <secmsg@localhost>"
BASE = ("libc6 (>= 2.36)", "libgcc-s1", "libstdc++6")
"""What the executables and libraries were linked against: Debian 12 and what came after it."""
T64 = frozenset({"libglib2.0-0"})
"""Packages that have another name since time has 64 bits (Debian 13, Ubuntu 24.04)."""

DESKTOP = """Package: secmsg-desktop
Version: {version}
Architecture: amd64
Maintainer: {maintainer}
Installed-Size: {size}
Depends: {depends}
Recommends: gnome-keyring, libwayland-cursor0
Section: mail
Priority: optional
Description: enciphered cables between missions and headquarters
 The windows and the commands with which cipher officers write, send, receive
 and keep enciphered cables. Stores lie in the officers' own folders: neither
 upgrade, removal nor purge of this package touches them.
"""
RELAY = """Package: secmsg-relay
Version: {version}
Architecture: amd64
Maintainer: {maintainer}
Installed-Size: {size}
Depends: {depends}
Suggests: nginx | caddy
Section: net
Priority: optional
Description: relay for enciphered cables
 Keeps sealed envelopes until they are fetched, and holds nothing that could
 open one. It is made at its first start and not by its installation; neither
 removal nor purge deletes its folder, /var/lib/secmsg-relay.
"""


def doctor(root: Path = ROOT) -> ModuleType:
    """Load packaging/doctor, which has no ending to its name."""
    loader = SourceFileLoader("doctor", str(root / "packaging/doctor"))
    spec = importlib.util.spec_from_loader("doctor", loader)
    if spec is None:
        raise ImportError("packaging/doctor")
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def depends(*, relay: bool) -> str:
    """Give the line of what a package depends on."""
    if relay:
        return ", ".join((*BASE, "adduser"))
    libraries = doctor().LIBRARIES
    needed = sorted({*libraries["offscreen"].values(), *libraries["window"].values()})
    return ", ".join((*BASE, *(f"{name} | {name}t64" if name in T64 else name for name in needed)))


def unit(root: Path = ROOT) -> str:
    """Give the service of the package: the one of packaging/relay with the package's program and its first start."""
    text = (root / "packaging/relay/secmsg-relay.service").read_text(encoding="utf-8")
    serve = re.search(r"^ExecStart=\S+ -m secmsg relay (?P<words>.*)$", text, re.MULTILINE)
    if serve is None:
        raise ValueError("packaging/relay/secmsg-relay.service has no ExecStart in the form that is replaced here")
    ours = (
        "EnvironmentFile=/etc/secmsg-relay/relay.conf\n"
        "ExecStartPre=/usr/lib/secmsg-relay/first-start\n"
        f"ExecStart=/usr/lib/secmsg-relay/secmsg-relay {serve['words']} $OPTIONS"
    )
    text = text.replace(serve[0], ours).replace(
        "WorkingDirectory=/opt/secmsg\n", "WorkingDirectory=/var/lib/secmsg-relay\n"
    )
    lines = text.splitlines(keepends=True)
    return "# Another port, or other bounds: systemctl edit secmsg-relay.\n" + "".join(lines[2:])


def changelog(package: str, version: str, epoch: int) -> str:
    """Give the one entry of the changelog: what changed is told by the program's own."""
    day = formatdate(epoch)
    head = f"{package} ({version}) stable; urgency=medium"
    return f"{head}\n\n  * See docs/changelog.md of the source.\n\n -- {MAINTAINER}  {day}\n"
