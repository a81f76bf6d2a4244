"""Metadata of attachments, looked at and taken out in a process of its own; plaintext goes by pipe and never to a file.

Source: docs/spec/metadata.md. The process has no key, no store and no way to write a file; what it answers is
bounded and taken as the word of somebody who may have been taken over.
"""

import io
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path
from typing import cast

from secmsg import program
from secmsg.errors import FormatError, NotAllowed, NotFound
from secmsg.metadata import report as reports
from secmsg.metadata.report import Outcome, Report

MAX_SIZE = 256 * 1024 * 1024
"""A longer file is not looked into."""
PATIENCE_S = 120.0
_PIECE = 512 * 1024


def inspect(path: Path) -> Report:
    """Say what a file gives away and what can be taken out; NotFound when it cannot be read."""
    with _asked(path, b"inspect") as (report, _):
        return report


@contextmanager
def cleaned(path: Path) -> Iterator[tuple[Report, FileIO]]:
    """Give the cleaned copy of a file as a stream of `report.size` bytes, for one reading.

    NotFound when the file cannot be read; NotAllowed when its metadata cannot be taken out: nothing may then be sent
    in its place unasked.
    """
    with _asked(path, b"clean") as (report, out):
        if not report.removable:
            raise NotAllowed("the metadata of an attachment cannot be removed; decide to send it as it is")
        yield report, out


@contextmanager
def _asked(path: Path, word: bytes) -> Iterator[tuple[Report, FileIO]]:
    try:
        source = path.open("rb", buffering=0)
    except OSError:
        raise NotFound(f"the attachment {path.name} cannot be read") from None
    with source:
        if source.seek(0, 2) > MAX_SIZE:
            yield Report(Outcome.UNREADABLE, size=source.tell()), source
            return
        source.seek(0)
        with answering(source, word) as out:
            yield _report(out), out


@contextmanager
def answering(source: FileIO | io.BytesIO, word: bytes) -> Iterator[FileIO]:
    """Ask the checking process about a file that is open; gives what it answers, to be believed in nothing."""
    process = subprocess.Popen(  # noqa: S603 - a module of this program
        program.apart("secmsg.metadata"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
        env={name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ},
        cwd="/" if sys.platform != "win32" else None,
    )
    # bufsize=0 gives raw pipes.
    into, out = cast("FileIO", process.stdin), cast("FileIO", process.stdout)
    feeder = threading.Thread(target=_feed, args=(source, into, word), name="feeder", daemon=True)
    # A process that hangs is ended; then the reading below ends too.
    patience = threading.Timer(PATIENCE_S, process.kill)
    patience.daemon = True
    try:
        patience.start()
        feeder.start()
        yield out
    finally:
        patience.cancel()
        process.kill()
        process.wait()
        feeder.join()
        out.close()


def _feed(source: FileIO | io.BytesIO, into: FileIO, word: bytes) -> None:
    try:
        with into:
            into.write(word + b"\n")
            while piece := source.read(_PIECE):
                view = memoryview(piece)
                while view:
                    view = view[into.write(view) :]
    except OSError:
        return  # it has ended; its answer, or the lack of one, says the rest


def first_line(out: FileIO, most: int) -> bytes:
    """Read the line with which an answer begins, at most `most` bytes; without its end where there is none."""
    line = bytearray()
    while not line.endswith(b"\n") and len(line) < most:
        piece = out.read(1)
        if not piece:
            break
        line += piece
    return bytes(line)


def _report(out: FileIO) -> Report:
    """Read the report; a process that died or was ended by its bounds could not read the file."""
    try:
        return reports.decode(first_line(out, reports.MAX_BYTES))
    except FormatError:
        return Report(Outcome.UNREADABLE)
