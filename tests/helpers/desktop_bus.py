"""A small desktop on a bus of its own: plays logind and the screen saver, and counts how often the program would lock.

Run under `dbus-run-session` with DBUS_SYSTEM_BUS_ADDRESS at the same bus; prints one line for each act: act, locks.
"""

import os
import sys
import threading
import time

from PySide6.QtCore import QCoreApplication
from PySide6.QtDBus import QDBusConnection, QDBusMessage

from ui.desktop import LOGIN, SAVERS, Desktop

SESSION, MANAGER = f"{LOGIN}.Session", f"{LOGIN}.Manager"
ACTS: dict[str, tuple[str, str, str, list[object]]] = {
    "lock": ("/org/freedesktop/login1/session/_31", SESSION, "Lock", []),
    "wake": ("/org/freedesktop/login1", MANAGER, "PrepareForSleep", [False]),
    "sleep": ("/org/freedesktop/login1", MANAGER, "PrepareForSleep", [True]),
    "saver ends": ("/org/freedesktop/ScreenSaver", SAVERS[0], "ActiveChanged", [False]),
    "saver begins": ("/org/freedesktop/ScreenSaver", SAVERS[0], "ActiveChanged", [True]),
}


def play() -> None:
    """Own the names in a process of our own and do what is asked on the standard input."""
    app = QCoreApplication([])
    bus = QDBusConnection.sessionBus()
    owned = [bus.registerService(name) for name in (LOGIN, *SAVERS)]
    print(all(owned), flush=True)
    for line in sys.stdin:
        path, interface, name, arguments = ACTS[line.strip()]
        message = QDBusMessage.createSignal(path, interface, name)
        message.setArguments(arguments)
        bus.send(message)
        print("sent", flush=True)
    app.quit()


def main() -> None:
    import subprocess

    app = QCoreApplication([])
    desktop = Desktop(app)
    heard = 0

    def hear(_: object) -> None:
        nonlocal heard
        heard += 1

    desktop.locks.connect(hear)
    with subprocess.Popen(
        [sys.executable, "-m", "tests.helpers.desktop_bus", "play"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        text=True,
    ) as fake:  # fmt: skip
        assert fake.stdin is not None
        assert fake.stdout is not None
        assert fake.stdout.readline() == "True\n"
        desktop.listen()
        _live(app, 0.3)
        for act in ACTS:
            fake.stdin.write(act + "\n")
            fake.stdin.flush()
            fake.stdout.readline()
            _live(app, 0.3)
            print(f"{act}: {heard}")
        fake.stdin.close()
    sys.stdout.flush()
    assert threading.active_count() == 1
    os._exit(0)


def _live(app: QCoreApplication, seconds: float) -> None:
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        app.processEvents()
        time.sleep(0.01)


if __name__ == "__main__":
    play() if "play" in sys.argv else main()
