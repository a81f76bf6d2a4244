"""From the command line to a running program: one for each profile, a supervisor above, a screen process below."""

import os
import signal
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from secmsg.process import die_with, seclude
from ui import instance

if TYPE_CHECKING:
    from ui.supervisor import Start


def launch(home: Path, arguments: list[str]) -> int:
    """Run the program on a profile; where it runs already, bring its window to the front. The exit code."""
    seclude()
    if sys.platform != "linux":  # pragma: no cover - judged on those systems
        from ui.screen import run

        return run(home, arguments, None)
    listener = instance.claim(home)
    if listener is None and instance.ask_to_raise(home):
        sys.stdout.write("secmsg runs already on this profile; its window is in front now\n")
        return 0
    # A claim that nobody of ours holds is a stranger's: the lock of the profile still keeps a second program out.
    start = forked(home, arguments)
    ours, theirs = socket.socketpair()
    pid = start(theirs)
    theirs.close()
    from ui.supervisor import Supervisor  # while the first screen is loading Qt already

    return Supervisor(start, listener, watching).run((pid, ours))


def watching(line: socket.socket, given: socket.socket) -> int:
    """Begin a locked watch as a fork of the supervisor; it ends with it, however that ends."""
    parent = os.getpid()
    if (pid := os.fork()) != 0:
        return pid
    code = 1
    try:
        die_with(parent)
        _leave_the_supervisor(line.fileno(), given.fileno())
        from ui.watching import run as watch

        code = watch(line, given)
    except BaseException as error:  # noqa: BLE001 - as below
        sys.excepthook(type(error), error, error.__traceback__)
    finally:
        os._exit(code)


def forked(home: Path, arguments: list[str]) -> "Start":
    """Begin screens as forks of the supervisor, which has loaded nothing and opened nothing."""

    def start(line: socket.socket) -> int:
        if (pid := os.fork()) != 0:
            return pid
        code = 1
        try:
            _leave_the_supervisor(line.fileno())
            from ui.screen import run

            code = run(home, arguments, line)
        except BaseException as error:  # noqa: BLE001 - a fork must never return into its parent's loop
            sys.excepthook(type(error), error, error.__traceback__)
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)

    return start


def _leave_the_supervisor(*kept: int) -> None:
    """Leave the supervisor's signals and files behind; the supervisor alone hears Ctrl+C and hang-up."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    # Another screen's line held open here would hide its end, and ours, from whoever listens for it.
    last = 2
    for each in sorted(kept):
        os.closerange(last + 1, each)
        last = each
    os.closerange(last + 1, os.sysconf("SC_OPEN_MAX"))
