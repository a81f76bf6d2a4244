"""What the system may keep of a process: tried on real processes, as another program of the same user would."""

import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from secmsg import process

linux = pytest.mark.skipif(sys.platform != "linux", reason="Linux keeps these rules in /proc")

DUMPABLE = 3
"""PR_GET_DUMPABLE."""
SECLUDED = f"""
import ctypes, sys, time
from secmsg.process import seclude
if "open" not in sys.argv:
    seclude()
print(ctypes.CDLL(None).prctl({DUMPABLE}, 0, 0, 0, 0), flush=True)
time.sleep(60)
"""


def running(*words: str) -> "tuple[subprocess.Popen[str], int]":
    """Begin a process; whether its memory may be looked into and dumped, as the kernel says."""
    begun = subprocess.Popen([sys.executable, "-c", SECLUDED, *words], stdout=subprocess.PIPE, text=True)
    assert begun.stdout is not None
    return begun, int(begun.stdout.readline())


def end(begun: "subprocess.Popen[str]") -> None:
    begun.kill()
    begun.wait()
    assert begun.stdout is not None
    begun.stdout.close()


@linux
def test_a_secluded_process_leaves_no_core_and_shows_its_memory_to_no_program_of_the_same_user() -> None:
    begun, dumpable = running()
    try:
        limits = Path(f"/proc/{begun.pid}/limits").read_text(encoding="ascii")
        kept = Path(f"/proc/{begun.pid}/coredump_filter").read_text(encoding="ascii")
    finally:
        end(begun)

    assert dumpable == 0
    assert re.search(r"Max core file size\s+0\s+0\s", limits)
    assert int(kept, 16) == 0, "also a debugger that dumps by the kernel's rules takes no page"


@linux
def test_without_it_the_memory_would_lie_open() -> None:
    begun, dumpable = running("open")
    try:
        kept = Path(f"/proc/{begun.pid}/coredump_filter").read_text(encoding="ascii")
    finally:
        end(begun)

    assert dumpable == 1
    assert int(kept, 16) != 0


@linux
def test_what_a_secluded_process_begins_is_secluded_too() -> None:
    code = (
        "import ctypes, os\nfrom secmsg.process import seclude\nseclude()\n"
        "if os.fork() == 0:\n"
        "    kept = int(open('/proc/self/coredump_filter').read(), 16)\n"
        f"    print(kept, ctypes.CDLL(None).prctl({DUMPABLE}, 0, 0, 0, 0), flush=True)\n"
        "    os._exit(0)\nos.wait()\n"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert told == "0 0\n"


def test_an_error_that_ends_the_program_prints_its_kind_and_not_its_words() -> None:
    code = "from secmsg.process import seclude\nseclude()\nraise ValueError('Trích yếu mật')\n"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert "ValueError" in done.stderr
    assert "Trích" not in done.stderr
    assert "line" not in done.stdout


def test_ctrl_c_prints_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    process._say_kind(KeyboardInterrupt, KeyboardInterrupt(), None)

    assert capsys.readouterr().err == ""


class TestSwap:
    def system(self, folder: Path, *areas: str) -> tuple[Path, Path]:
        swaps, blocks = folder / "swaps", folder / "block"
        swaps.write_text("Filename\tType\tSize\n" + "".join(f"{area} partition 8 0 -2\n" for area in areas))
        (blocks / "dm-0" / "dm").mkdir(parents=True)
        (blocks / "dm-0" / "dm" / "uuid").write_text("CRYPT-PLAIN-swap\n")
        (blocks / "dm-1" / "dm").mkdir(parents=True)
        (blocks / "dm-1" / "dm" / "uuid").write_text("LVM-abc\n")
        (blocks / "zram0").mkdir()
        (blocks / "zram0" / "backing_dev").write_text("none\n")
        (blocks / "zram1").mkdir()
        (blocks / "zram1" / "backing_dev").write_text("/dev/sda5\n")
        return swaps, blocks

    def test_areas_that_lie_open_are_named(self, tmp_path: Path) -> None:
        areas = ("/dev/dm-0", "/dev/dm-1", "/dev/zram0", "/dev/zram1", "/swapfile", "/dev/sda3")
        assert process.open_swap(*self.system(tmp_path, *areas)) == (
            "/dev/dm-1", "/dev/zram1", "/swapfile", "/dev/sda3",
        )  # fmt: skip

    def test_without_swap_there_is_nothing_to_say(self, tmp_path: Path) -> None:
        assert process.open_swap(*self.system(tmp_path)) == ()
        assert process.open_swap(tmp_path / "none", tmp_path) == ()


@pytest.mark.skipif(sys.platform != "linux", reason="the signal at a parent's end is Linux's")
def test_a_process_that_is_tied_to_its_parent_ends_with_it() -> None:
    tied = (
        "import os, signal, sys\n"
        "from secmsg.process import die_with\n"
        "parent = os.getpid()\n"
        "if os.fork() == 0:\n"
        "    die_with(parent)\n"
        "    print(os.getpid(), flush=True)\n"
        "    signal.pause()\n"
        "signal.pause()\n"
    )
    with subprocess.Popen([sys.executable, "-c", tied], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())

        parent.kill()

        # The line ends when the last process that holds it has ended.
        assert parent.stdout.read() == ""
    until = time.monotonic() + 20
    while _lives(child):
        assert time.monotonic() < until


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
