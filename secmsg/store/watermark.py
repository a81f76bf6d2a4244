"""The store's counter kept a second time, in the system's keyring (docs/spec/rollback.md 2).

The store comes first and the keyring after it, so the number in the keyring is one that this store has certainly had: a
store that counts less is an old copy, whatever stopped whenever. A stop costs only that the keyring lags, by `STRIDE`
states at most, and the keyring is asked on a thread of its own, because it may wait for its own passphrase.
"""

import threading
from dataclasses import dataclass, field

from secmsg.store import freezes
from secmsg.store.database import Database
from secmsg.store.keyring import Keyring

STRIDE = 64
"""States after which the keyring is told; an act of the officer tells it at once."""
_CLOSING_S = 5.0
OLD_COPY = "old-copy"
"""The cause under which an old copy is frozen."""


@dataclass(slots=True)
class Watermark:
    """What the keyring knows of one open store; `kept` is the number there, None when it keeps none."""

    keyring: Keyring
    store_id: bytes
    kept: int | None
    _newest: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _thread: threading.Thread | None = None

    def committed(self, count: int) -> None:
        """Take the store's counter after a commit; tell the keyring now and then."""
        self._newest = count
        if self.kept is not None and count >= self.kept + STRIDE:
            self.catch_up()

    def catch_up(self) -> None:
        """Tell the keyring the newest number, without waiting for it."""
        with self._lock:
            if self.kept is not None and self._newest > self.kept and (self._thread is None):
                self._thread = threading.Thread(target=self._write, name="watermark", daemon=True)
                self._thread.start()

    def close(self) -> None:
        """Tell the keyring the last number; gives up when it does not answer within a few seconds."""
        for _ in range(2):  # what is under way, then what has come since
            self.catch_up()
            thread = self._thread
            if thread is not None:
                thread.join(_CLOSING_S)

    def _write(self) -> None:
        newest = self._newest
        written = self.keyring.write_mark(self.store_id, newest)
        with self._lock:
            # A keyring that has gone is not asked again: the next opening looks whether it is back.
            self.kept = newest if written else None
            self._thread = None


def begin(db: Database, keyring: Keyring, store_id: bytes, now: int) -> Watermark:
    """Compare the store's counter with the keyring's before anything is written; an old copy is frozen.

    The number in the keyring is never lowered. A store without one gets it, when there is a keyring.
    """
    count, kept = db.count(), keyring.read_mark(store_id)
    if kept is not None and count < kept:
        with db.transaction():
            freezes.begin(db, freezes.Freeze(OLD_COPY, 0, 0, now, f"{count} {kept}"))
    elif kept is None or count > kept:
        kept = count if keyring.write_mark(store_id, count) else None
    watermark = Watermark(keyring, store_id, kept)
    db.tell(watermark.committed)
    return watermark
