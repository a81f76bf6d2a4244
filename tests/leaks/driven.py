"""The real program with hands inside its screens: `python -m tests.leaks.driven --home DIR --control SOCKET`.

Supervisor, forks, locked screen, post and lock are the product's own; only each screen also takes orders from the test
that started it. The supervisor takes none, so whatever an order holds is only ever in the screen that got it.

`--careless` is the negative control: a lock that closes the store and hides the windows and keeps the process.
"""

import argparse
import json
import os
import socket
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from secmsg.process import seclude
from ui import instance
from ui.launch import _leave_the_supervisor, watching
from ui.supervisor import Start, Supervisor

if TYPE_CHECKING:
    from tests.leaks.hands import Hands


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--control", required=True)
    parser.add_argument("--careless", action="store_true")
    given = parser.parse_args()
    seclude()
    listener = instance.claim(given.home)
    return Supervisor(driven(given.home, given.control, careless=given.careless), listener, watching).run()


def driven(home: Path, control: str, *, careless: bool) -> Start:
    def start(line: socket.socket) -> int:
        if (pid := os.fork()) != 0:
            return pid
        code = 1
        try:
            _leave_the_supervisor(line.fileno())
            code = _run(home, line, control, careless=careless)
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)

    return start


def _run(home: Path, line: socket.socket, control: str, *, careless: bool) -> int:
    from PySide6.QtWidgets import QApplication

    from tests.leaks.hands import Hands
    from ui.screen import Screen

    app = QApplication([sys.argv[0]])
    app.setApplicationName("secmsg")
    screen = Screen(app, home, line)
    hands = Hands(screen)
    orders = Orders(control, hands)
    screen.start()
    if careless:
        screen._load = _loading_carelessly(screen, screen._load)  # type: ignore[method-assign]  # the control's way in
    code = app.exec()
    orders.close()
    screen.stop()
    return code


def _loading_carelessly(screen: Any, load: Callable[[], None]) -> Callable[[], None]:  # noqa: ANN401
    def carelessly() -> None:
        load()
        if screen._program is not None:
            screen._program._ways = None

    screen._loader.timeout.disconnect()
    screen._loader.timeout.connect(carelessly)
    return carelessly


class Orders:
    """Takes one order a line and answers when it is done."""

    def __init__(self, control: str, hands: "Hands") -> None:
        from PySide6.QtCore import QSocketNotifier

        self._hands = hands
        self._line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._line.connect(control)
        self._rest = b""
        self._notifier = QSocketNotifier(self._line.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._listen)
        self._answer({"pid": os.getpid()})

    def close(self) -> None:
        self._notifier.setEnabled(False)
        self._line.close()

    def _listen(self) -> None:
        data = self._line.recv(1 << 16)
        if not data:
            self._notifier.setEnabled(False)
            return
        *orders, self._rest = (self._rest + data).split(b"\n")
        for order in orders:
            given = json.loads(order)
            self._notifier.setEnabled(False)  # an order may let the windows live; the next one waits
            try:
                self._answer({"done": getattr(self._hands, given.pop("do"))(**given)})
            except Exception as error:
                self._answer({"failed": f"{type(error).__name__}: {error}"})
            finally:
                self._notifier.setEnabled(True)

    def _answer(self, told: dict[str, object]) -> None:
        self._line.sendall(json.dumps(told).encode() + b"\n")


if __name__ == "__main__":
    sys.exit(main())
