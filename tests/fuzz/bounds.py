"""How much memory and time a decoder may take: 256 MiB more than the process has, one second of the processor.

`python -m tests.fuzz.bounds` prints what the worst inputs take, as the table of docs/proofs.md.
"""

import os
import resource
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

MEMORY = 256 * 1024 * 1024
CPU = 1.0
_PAGE = resource.getpagesize()


@dataclass(frozen=True, slots=True)
class Taken:
    """How a call ended ("ok", or what went wrong), the memory it added and the processor's time."""

    ended: str
    mebibytes: float
    seconds: float


def within(call: Callable[[], object], refusals: tuple[type[Exception], ...]) -> Taken:
    """Run a call in a forked child that ends where a bound is passed; only `refusals` may leave it."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        _inside(call, refusals, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        told = pipe.read().decode()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        slow = os.WTERMSIG(status) == signal.SIGPROF
        return Taken("more than a second" if slow else f"signal {os.WTERMSIG(status)}", 0.0, CPU if slow else 0.0)
    ended, grown, seconds = told.split("|")
    return Taken(ended, int(grown) / 2**20, float(seconds))


def _inside(call: Callable[[], object], refusals: tuple[type[Exception], ...], writing: int) -> None:
    ended = "ok"
    sys.settrace(None)  # what measures the tests' coverage costs several times what it measures
    size, resident = (int(each) * _PAGE for each in Path("/proc/self/statm").read_text().split()[:2])
    resource.setrlimit(resource.RLIMIT_AS, (size + MEMORY, size + MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    before = _spent()
    signal.setitimer(signal.ITIMER_PROF, CPU)
    try:
        call()
    except refusals:
        pass
    except MemoryError:
        ended = "more than 256 MiB"
    except BaseException as error:
        ended = type(error).__name__
    seconds = _spent() - before
    signal.setitimer(signal.ITIMER_PROF, 0)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    os.write(writing, f"{ended}|{max(0, peak - resident)}|{seconds:.3f}".encode())
    os._exit(0)


def _spent() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def made_apart(make: Callable[[], bytes]) -> bytes:
    """Make an input in a forked child, so that the memory of its making is not there to be used again."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(make())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        data = pipe.read()
    os.waitpid(child, 0)
    return data


def main() -> int:
    from tests.fuzz.worst import WORST

    rows: dict[str, list[tuple[Taken, str]]] = {}
    for case in WORST:
        data = made_apart(case.make)
        taken = within(lambda case=case, data=data: case.take(data), case.refusals)  # type: ignore[misc]
        rows.setdefault(case.decoder, []).append((taken, f"{case.what}, {len(data):,} bytes"))
    failed = 0
    print("| Decoder | Inputs | Memory, MiB | Processor, s | The dearest |\n|---|---|---|---|---|")
    for decoder, tried in rows.items():
        failed += sum(taken.ended != "ok" for taken, _ in tried)
        dearest, what = max(tried, key=lambda each: (each[0].ended != "ok", each[0].seconds))
        told = "" if dearest.ended == "ok" else f": **{dearest.ended}**"
        memory = max(taken.mebibytes for taken, _ in tried)
        print(f"| {decoder} | {len(tried)} | {memory:.1f} | {dearest.seconds:.3f} | {what}{told} |", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
