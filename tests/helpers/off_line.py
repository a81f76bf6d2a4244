"""`secmsg` with cheap passphrases in a process that reports every socket that is no local one, under a moved clock.

`python -m tests.helpers.off_line REPORT SHIFT window FOLDER PASSPHRASE` opens a kit in the window instead.
"""

import os
import socket
import sys
import time
from pathlib import Path

_LOCAL = {socket.AF_UNIX, getattr(socket, "AF_NETLINK", socket.AF_UNIX)}


def listen(report: Path) -> None:
    """Write a line for every socket that could reach a network, and for every name that is looked up."""

    def hear(event: str, arguments: tuple[object, ...]) -> None:
        if event == "socket.__new__" and arguments[1] not in _LOCAL and not _is_probe():
            _note(report, f"socket {arguments[1]}")
        elif event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname"):
            _note(report, event)

    sys.addaudithook(hear)


def _is_probe() -> bool:
    """Say whether urllib3 looks, while it is loaded, if this machine knows IPv6: it binds a socket and closes it."""
    frame = sys._getframe(2)
    while frame is not None:
        if frame.f_code.co_name == "_has_ipv6" and "urllib3" in frame.f_code.co_filename:
            return True
        frame = frame.f_back  # type: ignore[assignment]
    return False


def _note(report: Path, line: str) -> None:
    descriptor = os.open(report, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.write(descriptor, line.encode() + b"\n")
    os.close(descriptor)


def move_clock(seconds: float) -> None:
    """Let the clock of the machine show another time."""
    true = time.time
    time.time = lambda: true() + seconds


def window(folder: Path, passphrase: str) -> None:
    """Open a kit in the window, look at a cable, search, and lock."""
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from secmsg.station.kit_opening import open_kit
    from secmsg.station.unlock import by_passphrase
    from tests.helpers.ministry import FAST
    from ui.app import Doors, Program
    from ui.reader.state import AnnexPick
    from ui.widgets.sheet import PlainWindow

    app = QApplication([])

    def no_courier(*_: object) -> object:
        raise AssertionError("a kit has no courier")

    doors = Doors(lambda given: lambda: open_kit(folder, by_passphrase(given.text), FAST), no_courier)  # type: ignore[arg-type]
    program = Program(app, doors)
    program.start()
    assert program.unlock is not None
    program.unlock.field.setText(passphrase)
    program.unlock.submit()
    for _ in range(2_000):
        QTest.qWait(10)
        reading = program.reading
        if reading is not None and reading.window.reader.state.view is not None:
            break
    assert program.reading is not None
    shown = program.reading.window.reader.body.toPlainText()
    view = program.reading.window.reader.state.view
    assert view is not None
    program.reading.hand.open_annex(AnnexPick(view.row.cable_id, 0))
    preview: PlainWindow | None = None
    for _ in range(1_000):
        QTest.qWait(10)
        preview = program.reading.window.findChild(PlainWindow)
        if preview is not None:
            break
    previewed = preview.text.toPlainText().splitlines()[0] if preview is not None else ""
    program.reading._seek("chim én")
    for _ in range(1_000):
        QTest.qWait(10)
        if program.reading.window.found.state.search.sought and not program.background.pending:
            break
    print(f"read {shown!r}; shown {previewed!r}; found {len(program.reading.window.found.table.rows_model.rows)}")
    program.stop()


if __name__ == "__main__":
    listen(Path(sys.argv[1]))
    move_clock(float(sys.argv[2]))
    if sys.argv[3] == "dial":  # the control: what the report would say
        socket.socket(socket.AF_INET).close()
    elif sys.argv[3] == "window":
        window(Path(sys.argv[4]), sys.argv[5])
    else:
        from secmsg import __main__ as program
        from secmsg.commands.ground import Ground
        from tests.helpers.ministry import FAST

        sys.argv = ["secmsg", *sys.argv[3:]]
        program.main(Ground(FAST))
