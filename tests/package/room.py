"""A minimal Debian of its own, made anew from a kept tarball; what runs in it is in this process's mount namespace."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

RELEASE = "bookworm"


def enter_own_mounts() -> None:
    """Begin anew in a mount namespace of our own, once: however this ends, no mount stays behind."""
    if os.environ.get("SECMSG_OWN_MOUNTS") != "1":
        command = ["unshare", "--mount", "--propagation", "private", "--", *sys.orig_argv]
        os.execvpe(command[0], command, {**os.environ, "SECMSG_OWN_MOUNTS": "1"})


class Room:
    """A root folder in which commands are run."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._begun: list[subprocess.Popen[str]] = []

    def make(self, tarball: Path) -> None:
        """Unpack the kept system, or make it and keep it."""
        if not tarball.exists():
            fresh = self.root.with_name("fresh")
            subprocess.run(["debootstrap", "--variant=minbase", RELEASE, fresh], check=True, stdout=subprocess.DEVNULL)
            subprocess.run(["tar", "-C", fresh, "-cf", tarball.with_suffix(".part"), "."], check=True)
            tarball.with_suffix(".part").rename(tarball)
            shutil.rmtree(fresh)
        self.root.mkdir(parents=True)
        subprocess.run(["tar", "-C", self.root, "-xpf", tarball], check=True)
        self.mount()

    def mount(self) -> None:
        """Give the room what every process looks for."""
        for kind, place in (("proc", "proc"), ("tmpfs", "dev/shm"), ("tmpfs", "run"), ("tmpfs", "tmp")):
            (self.root / place).mkdir(exist_ok=True)
            subprocess.run(["mount", "-t", kind, kind, self.root / place], check=True)
        (self.root / "tmp").chmod(0o1777)

    def root_runs(self, script: str, *, seconds: float = 600) -> str:
        """Run a script as root; what it printed. CalledProcessError, after telling what it said, when it fails."""
        return self._run(["/bin/sh", "-eu", "-c", script], seconds)

    def user_runs(self, user: str, script: str, *, seconds: float = 600) -> str:
        """Run a script as a user with nothing in the environment but the usual."""
        command = ["runuser", "-u", user, "--", "env", "-i", f"HOME=/home/{user}", "PATH=/usr/bin:/bin", "LANG=C.UTF-8"]
        return self._run([*command, "/bin/sh", "-eu", "-c", f"cd ~\n{script}"], seconds)

    def begin(self, user: str, words: str) -> "subprocess.Popen[str]":
        """Begin a command as a user, and leave it running."""
        # A `runuser` would stay above it and keep the signals to itself.
        become = ["setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups", "--"]
        clean = ["env", "-i", "PATH=/usr/bin:/bin", "/bin/sh", "-c", f"exec {words}"]
        command = ["chroot", str(self.root), *become, *clean]
        begun = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self._begun.append(begun)
        return begun

    def end(self) -> None:
        """End what was begun and runs still."""
        for begun in self._begun:
            if begun.poll() is None:
                begun.terminate()
                begun.wait(30)

    def _run(self, command: list[str], seconds: float) -> str:
        done = subprocess.run(
            ["chroot", str(self.root), *command], capture_output=True, text=True, timeout=seconds, check=False,
            env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND": "noninteractive", "LANG": "C.UTF-8"},
        )  # fmt: skip
        if done.returncode != 0:
            sys.stderr.write(f"{done.stdout[-4000:]}\n{done.stderr[-4000:]}\n")
            done.check_returncode()
        return done.stdout
