"""The process that looks into files: bounded, without keys, without a store, it writes to its pipe and nowhere else.

standard input    one word, `inspect` or `clean`, a line end, and the file
standard output   the report as one line of JSON; after `clean` the copy to send
"""

import os
import sys

from secmsg.metadata import cleaning, report
from secmsg.metadata.report import Outcome, Report

MAX_INPUT = 256 * 1024 * 1024
MAX_MEMORY = 1536 * 1024 * 1024
MAX_CPU_S = 60


def confine() -> None:
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


def main() -> None:
    """Answer one question."""
    confine()
    word = sys.stdin.buffer.readline(16).strip()
    data = sys.stdin.buffer.read(MAX_INPUT + 1)
    if len(data) > MAX_INPUT:
        told, cleaned = Report(Outcome.UNREADABLE), b""
    else:
        told, cleaned = cleaning.clean(data)
    out = sys.stdout.buffer
    out.write(report.encode(told))
    if word == b"clean" and told.removable:
        out.write(cleaned)
    out.flush()
    # Whatever a hostile file left behind in the libraries is not torn down one by one.
    os._exit(0)


if __name__ == "__main__":
    main()
