"""The process that looks into files: bounded, without keys, without a store, it writes to its pipe and nowhere else.

standard input    one word, `inspect`, `clean` or `codes`, a line end, and the file
standard output   the report as one line of JSON; after `clean` the copy to send
"""

import os
import sys
from typing import BinaryIO

from secmsg.metadata import cleaning, code_report, report
from secmsg.metadata.code_report import CodeReport, Sight
from secmsg.metadata.report import Outcome, Report

MAX_INPUT = 256 * 1024 * 1024
MAX_MEMORY = 1536 * 1024 * 1024
MAX_CPU_S = 60


def confine() -> None:  # pragma: no cover - as main
    """Give up memory beyond a bound, files, other processes and processor time, where the system can take them."""
    try:
        import resource
    except ImportError:  # pragma: no cover - Windows
        return
    # Nothing can be written to a file, and no core of this process is left on the disk.
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_CPU_S, MAX_CPU_S))


def answer(asked: BinaryIO, out: BinaryIO) -> None:
    """Read one question and its file, write the report and, where asked and possible, the copy; or the codes."""
    word = asked.readline(16).strip()
    data = asked.read(MAX_INPUT + 1)
    if word == b"codes":
        out.write(code_report.encode(_codes(data)))
        out.flush()
        return
    if len(data) > MAX_INPUT:
        told, cleaned = Report(Outcome.UNREADABLE), b""
    else:
        told, cleaned = cleaning.clean(data)
    out.write(report.encode(told))
    if word == b"clean" and told.removable:
        out.write(cleaned)
    out.flush()


def _codes(data: bytes) -> CodeReport:
    # Loaded when asked for: an attachment must not wait for the reader of codes.
    from secmsg.metadata import codes

    try:
        return codes.read(data)
    except MemoryError:
        return CodeReport(Sight.UNREADABLE)


def main() -> None:  # pragma: no cover - runs in a process of its own
    """Answer one question."""
    confine()
    answer(sys.stdin.buffer, sys.stdout.buffer)
    # Whatever a hostile file left behind in the libraries is not torn down one by one.
    os._exit(0)


if __name__ == "__main__":  # pragma: no cover - as main
    main()
