"""`make package-check`: the packages installed, used, upgraded and removed in a minimal Debian of their own (root).

    python -m tests.package [--steps COUNT] [--keep]

An older package is built from the state before the newest step of the store's schema, so that the upgrade meets an
older store; with --steps 17, from the last state that had so many. Prints a line for each thing that held; the first
that does not hold ends it with exit 1.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.package import walks
from tests.package.folders import ROOT
from tests.package.room import Room, enter_own_mounts

OUT = ROOT / "out"
PACKAGES = OUT / "package"
OLDER = "0.0.9"
BUILD = (str(ROOT / ".venv-package/bin/python"), str(ROOT / "packaging/linux/build.py"))


class BrokenError(Exception):
    """Something did not hold."""


def say(text: str) -> None:
    """Tell one thing."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def held(what: str, truth: object) -> None:
    """Tell that something held, or end."""
    if not truth:
        raise BrokenError(what)
    say(f"  good  {what}")


def older(place: Path, steps: int) -> Path:
    """Build the packages of an older state of the program, once; the folder that holds them."""
    command = [
        "git",
        "log",
        "--diff-filter=A",
        "--format=%H",
        "-1",
        "--",
        f"secmsg/store/migrations/{steps + 1:04}.sql",
    ]
    next_step = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
    made = OUT / f"package-before-{next_step[:12]}"
    if not list(made.glob("*.deb")):
        tree = place / "older"
        tree.mkdir()
        archive = subprocess.run(["git", "archive", f"{next_step}^"], cwd=ROOT, capture_output=True, check=True).stdout
        subprocess.run(["tar", "-x", "-C", str(tree)], input=archive, check=True)
        if not (tree / "secmsg/program.py").exists():  # what the packages of today are started by
            shutil.copy(ROOT / "secmsg/program.py", tree / "secmsg/program.py")
        subprocess.run(
            [*BUILD, "--out", made, "--version", OLDER, "--source", tree, "--press", "0"],
            check=True,
            stdout=subprocess.DEVNULL,
        )
    return made


def _steps() -> int:
    return len(list((ROOT / "secmsg/store/migrations").glob("*.sql")))


def schema(folder: Path) -> int:
    """Count the steps of the store's schema in a built package."""
    return len(list(folder.glob("build/desktop/_internal/secmsg/store/migrations/*.sql")))


def check(room: Room, before: Path) -> None:
    """Walk from an empty system to an empty system."""
    (room.root / "packages").mkdir()
    for folder in (before, PACKAGES):
        for each in folder.glob("*.deb"):
            shutil.copy(each, room.root / "packages")
    room.root_runs("useradd --create-home officer; apt-get update -qq")
    install(room)
    upgrade(room, use(room))
    main_job(room)
    remove(room)


def install(room: Room) -> None:
    """Install the older packages with nothing that they do not ask for."""
    size = int(room.root_runs("du -sk / --exclude=/proc --exclude=/packages | cut -f1"))
    count = int(room.root_runs("dpkg-query -f '.\n' -W | wc -l"))
    room.root_runs(f"apt-get install -y -qq --no-install-recommends /packages/secmsg-*_{OLDER}_amd64.deb", seconds=1200)
    brought = int(room.root_runs("dpkg-query -f '.\n' -W | wc -l")) - count
    grown = int(room.root_runs("du -sk / --exclude=/proc --exclude=/packages | cut -f1")) - size
    held(f"both installed: {brought} packages, {grown // 1024} MB with all that they need", brought > 2)
    lacking = [line for line in room.root_runs(walks.LIBRARIES).splitlines() if "libwayland" not in line]
    held(f"every library finds what it needs {lacking or ''}", not lacking)
    held("nothing is started, no key is made by the installation", not any((room.root / walks.RELAY[1:]).iterdir()))
    mode = room.root_runs(f"stat -c '%U %a' {walks.RELAY}").strip()
    held(f"the relay's folder is its own user's alone: {mode}", mode == "secmsg-relay 700")
    written = room.user_runs("officer", "test ! -w /usr && test ! -w /usr/lib/secmsg && secmsg selftest; ls -A /tmp")
    held("the officer cannot write to /usr; the self-test passes", "primitives answer" in written)
    held("the program leaves nothing in /tmp", written.splitlines()[-1].endswith("as published"))


def begin_relay(room: Room) -> "subprocess.Popen[str]":
    """Start the relay as its unit would, without systemd: the unit's own lines, as its user."""
    unit = (room.root / "usr/lib/systemd/system/secmsg-relay.service").read_text(encoding="utf-8")
    words = dict(line.split("=", 1) for line in unit.splitlines() if "=" in line and line.startswith("Exec"))
    room.root_runs("install -d -m 0700 -o secmsg-relay -g secmsg-relay /run/secmsg-relay")
    ready = "set -a; . /etc/secmsg-relay/relay.conf; set +a;"
    room.root_runs(f"{ready} exec runuser -u secmsg-relay -- {words['ExecStartPre']}")
    relay = room.begin("secmsg-relay", words["ExecStart"].replace("$OPTIONS", ""))
    assert relay.stdout is not None
    held("the relay is made at its first start and listens", relay.stdout.readline().startswith("ready "))
    return relay


def use(room: Room) -> "subprocess.Popen[str]":
    """Make an office with the older package and let a cable pass through the packaged relay."""
    relay = begin_relay(room)
    keeper = "runuser -u secmsg-relay -- secmsg-relay"
    room.root_runs("install -d -m 0755 -o officer /home/officer/posts")
    for post in ("hq", "paris"):
        access = room.root_runs(f"{keeper} enrol --home {walks.RELAY} --name {post}")
        held(f"a way in for {post}", json.loads(access)["prefix"])
        (room.root / f"home/officer/posts/{post}.access").write_text(access)
    room.root_runs("chown -R officer /home/officer/posts")
    room.user_runs("officer", walks.OFFICE)
    room.root_runs("install -d -o secmsg-relay /tmp/editions; cp /home/officer/posts/editions/* /tmp/editions")
    room.root_runs("chown secmsg-relay /tmp/editions/*")
    publish = (
        f'for each in /tmp/editions/*; do {keeper} publish --home {walks.RELAY} "$each"; done; rm -r /tmp/editions'
    )
    held("editions are published", "edition" in room.root_runs(publish))
    room.user_runs("officer", walks.JOIN)
    told = room.user_runs("officer", walks.cable(1, "Đề nghị cho ý kiến"))
    held(
        "a cable and its annex went through the packaged relay, and its receipt came home", "Đề nghị cho ý kiến" in told
    )
    return relay


def upgrade(room: Room, relay: "subprocess.Popen[str]") -> None:
    """Put today's packages over the older ones, with stores and a serving relay in place."""
    before = sums(room)
    room.root_runs("apt-get install -y -qq --no-install-recommends $(ls /packages/*.deb | grep -v _" + OLDER + "_)")
    held("upgraded, and no file of the officer's or the relay's was touched by it", before == sums(room))
    relay.terminate()
    held("the older relay drained and ended", relay.wait(30) in {0, -15, 143})
    fresh = begin_relay(room)
    try:
        listed = room.user_runs("officer", walks.LISTED)
        held("the older store opens in the newer program, its cable is there", "Báo cáo 1" in listed)
        told = room.user_runs("officer", walks.cable(2, "Sau khi nâng cấp"))
        held("a cable goes through both after the upgrade", "Sau khi nâng cấp" in told)
        held(
            "the process that looks into attachments looked",
            "metadata not checked: the file cannot be read" not in told,
        )
    finally:
        fresh.terminate()
        fresh.wait(30)


def sums(room: Room) -> dict[str, bytes]:
    """Give every file of the officer's posts and the relay's folder, but what a serving relay writes by itself."""
    places = [room.root / "home/officer/posts", room.root / walks.RELAY[1:]]
    files = [each for place in places for each in place.rglob("*") if each.is_file()]
    return {str(each): each.read_bytes() for each in files if not each.name.endswith(("-wal", "-shm", "lock"))}


def main_job(room: Room) -> None:
    """Walk the main job in the packaged windows: without a screen, then on a virtual one."""
    began = time.monotonic()
    told = room.user_runs("officer", "QT_QPA_PLATFORM=offscreen secmsg demo 2>&1")
    held(
        f"the main job, offscreen: {told.strip().splitlines()[-1]} ({time.monotonic() - began:.0f} s)",
        "out/tour" in told,
    )
    room.root_runs("apt-get install -y -qq --no-install-recommends xvfb xauth", seconds=1200)
    began = time.monotonic()
    screen = "xvfb-run -a -s '-screen 0 1920x1080x24' secmsg-desktop --demo --walk 2>&1"
    told = room.user_runs("officer", f"mkdir x; cd x; {screen}")
    held(f"on a virtual screen: {told.strip().splitlines()[-1]} ({time.monotonic() - began:.0f} s)", "out/tour" in told)
    pictures = sorted((room.root / "home/officer/x/out/tour").glob("*.png"))
    held(f"{len(pictures)} pictures of it", len(pictures) > 10)
    shutil.copytree(room.root / "home/officer/x/out/tour", PACKAGES / "tour", dirs_exist_ok=True)


def remove(room: Room) -> None:
    """Remove and purge; nobody's data goes."""
    before = sums(room)
    room.root_runs("apt-get remove -y -qq secmsg-desktop secmsg-relay")
    held("removed: stores and the relay's folder are as they were", before == sums(room))
    # Of the desktop nothing is left to purge: it has no settings of the system.
    told = room.root_runs("dpkg --purge secmsg-relay 2>&1")
    held("purged: still there, and the purge says so", before == sums(room) and "are kept" in told)
    left = set(room.root_runs(walks.LEFT).split()) - {walks.RELAY, "/run/secmsg-relay"}
    held(f"nothing else of the packages is left {sorted(left) or ''}", not left)


def main() -> int:
    """Build what lacks, make the room, walk."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--steps", type=int, default=_steps() - 1, help="of the older store's schema")
    reader.add_argument("--keep", action="store_true", help="leave the room behind, to look around in it")
    asked = reader.parse_args()
    if os.geteuid() != 0:
        say("make package-check makes a system of its own below a folder and needs root")
        return 3
    enter_own_mounts()
    if not list(PACKAGES.glob("*.deb")):
        say("first: make package")
        return 3
    place = Path(tempfile.mkdtemp(prefix="secmsg-package-"))
    try:
        before = older(place, asked.steps)
        say(f"a store of {schema(before)} steps meets a program of {schema(PACKAGES)}")
        room = Room(place / "room")
        room.make(OUT / "minimal.tar")
        try:
            check(room, before)
        finally:
            room.end()
    except (BrokenError, subprocess.SubprocessError) as error:
        say(f"  BAD   {error}")
        return 1
    finally:
        if asked.keep:
            say(f"kept: {place}")
        else:
            mounts = [str(each) for each in (*place.glob("room/*"), place / "room/dev/shm")]
            subprocess.run(["umount", "--lazy", "--recursive", *mounts], check=False, stderr=-3)
            shutil.rmtree(place, ignore_errors=True)
    say("the packages hold")
    return 0


if __name__ == "__main__":
    sys.exit(main())
