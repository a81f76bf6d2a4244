"""The desktop's own lock and sleep, heard over D-Bus where there is one: the program locks with it.

Signals of logind (`Lock` of the session, `PrepareForSleep`) and of the screen saver (`ActiveChanged`). A delay lock of
logind holds the sleep back until this process has ended, which is when the memory is empty; logind waits a few seconds
at most. Nothing here unlocks anything: whoever could send these signals could at most make the program lock.
"""

from typing import cast

from PySide6.QtCore import SLOT, QObject, Signal, SignalInstance, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher, QDBusUnixFileDescriptor

LOGIN = "org.freedesktop.login1"
SAVERS = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver")
_PATH = "/org/freedesktop/login1"
# The type stubs ask for bytes here, and Qt for Python itself for the text that SLOT makes.
_LOCK, _SLEEP = cast("bytes", SLOT("lock()")), cast("bytes", SLOT("sleep(bool)"))


class Desktop(QObject):
    """`locks` carries this object when the desktop locks or is about to sleep."""

    locks: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._held: list[QDBusUnixFileDescriptor] = []
        self._asked: QDBusPendingCallWatcher | None = None

    def listen(self) -> None:
        """Begin to listen where there is a bus; does nothing where there is none."""
        system, session = QDBusConnection.systemBus(), QDBusConnection.sessionBus()
        if system.isConnected():
            # Of any session: a lock too many does no harm, and which session is ours cannot always be known.
            system.connect(LOGIN, "", f"{LOGIN}.Session", "Lock", self, _LOCK)
            system.connect(LOGIN, _PATH, f"{LOGIN}.Manager", "PrepareForSleep", self, _SLEEP)
            self._delay_sleep(system)
        if session.isConnected():
            for saver in SAVERS:
                session.connect(saver, "", saver, "ActiveChanged", self, _SLEEP)

    @Slot()
    def lock(self) -> None:
        """Take logind's word that the session is being locked."""
        self.locks.emit(self)

    @Slot(bool)
    def sleep(self, begins: bool) -> None:  # noqa: FBT001 - as the signal gives it
        """Take the word that sleep, or the screen saver, begins; its end changes nothing."""
        if begins:
            self.locks.emit(self)

    def _delay_sleep(self, system: QDBusConnection) -> None:
        message = QDBusMessage.createMethodCall(LOGIN, _PATH, f"{LOGIN}.Manager", "Inhibit")
        message.setArguments(["sleep", "secmsg", "closes its store", "delay"])
        self._asked = QDBusPendingCallWatcher(system.asyncCall(message), self)
        self._asked.finished.connect(self._take_delay)

    def _take_delay(self, watcher: QDBusPendingCallWatcher) -> None:
        """Hold what logind gave until the process ends; without it the sleep may come a moment before."""
        given = watcher.reply().arguments() if not watcher.isError() else []
        self._held += [each for each in given if isinstance(each, QDBusUnixFileDescriptor)]
