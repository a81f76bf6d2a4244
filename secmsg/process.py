"""What the operating system may keep of this process's memory: no core, no look in by the same user's other programs.

Python cannot wipe what it held, so the promise of a lock is the end of the process; this keeps the rest of the system
from taking copies before that. Against the administrator of the machine nothing here holds.
"""

import ctypes
import os
import signal
import sys
import traceback
from contextlib import suppress
from pathlib import Path
from types import TracebackType

_PR_SET_DUMPABLE = 4
_PR_SET_PDEATHSIG = 1
_SWAPS = Path("/proc/swaps")
_BLOCKS = Path("/sys/class/block")


def seclude() -> None:
    """Forbid cores and dumps of this process and of those it forks, and let no error print values.

    Called first thing by every program that may hold secrets; does what the system allows and never raises. A program
    started by exec must call it again.
    """
    os.umask(0o077)
    sys.excepthook = _say_kind
    if sys.platform == "win32":  # pragma: no cover - judged on that system
        return
    import resource

    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        # Also for a core that is piped to a collector, which the limit above does not reach; and for a debugger of the
        # same user, whose copy would hold keys. The filter comes first: afterwards the file is the administrator's.
        with suppress(OSError):
            Path("/proc/self/coredump_filter").write_text("0", encoding="ascii")
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def die_with(parent: int) -> None:
    """Let the system kill this process when `parent`, by whose main thread it was forked, ends, however that ends."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:  # it ended before that was said
            os._exit(1)


def open_swap(swaps: Path = _SWAPS, blocks: Path = _BLOCKS) -> tuple[str, ...]:
    """Name the swap areas on which pages of this process could lie readable; empty when there is none.

    Enciphered block devices (dm-crypt) and memory (zram) do not count; of a swap file nothing can be known, so it does.
    """
    try:
        lines = swaps.read_text(encoding="utf-8", errors="replace").splitlines()[1:]
    except OSError:
        return ()
    areas = [line.split()[0] for line in lines if line.split()]
    return tuple(area for area in areas if not _is_closed(Path(area), blocks))


def _is_closed(area: Path, blocks: Path) -> bool:
    name = area.resolve().name
    if name.startswith("zram"):
        return not _content(blocks / name / "backing_dev").startswith("/")
    return _content(blocks / name / "dm" / "uuid").startswith("CRYPT-")


def _content(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""


def _say_kind(kind: type[BaseException], _error: BaseException, trace: TracebackType | None) -> None:
    """Say what kind of error ended the program and where, but not its words: they may quote a cable."""
    if issubclass(kind, KeyboardInterrupt):
        return
    where = [f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
    sys.stderr.write("\n".join([f"secmsg: {kind.__name__}", *where]) + "\n")
