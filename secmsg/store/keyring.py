"""What lies in the system's keyring: half of the key (docs/spec/vault.md 4), the store's counter (rollback.md 2).

Only backends of this list are asked, each loaded by its own name: the keyring library's own choice reads
configuration files and the environment, and falls back to plain files without a word. A keyring that is
absent, locked or dead is no error: the passphrase then stands alone, and the officer is told.
"""

import binascii
import importlib
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from secmsg.crypto.secret import Secret

HALF_SIZE = 32
_SERVICE = "secmsg"
_DIGITS = 18

TRUSTED = (
    ("linux", "keyring.backends.SecretService", "Keyring"),
    ("linux", "keyring.backends.kwallet", "DBusKeyring"),
    ("darwin", "keyring.backends.macOS", "Keyring"),
    ("win32", "keyring.backends.Windows", "WinVaultKeyring"),
)
"""Platform, module and class of every backend that may hold the half."""


class Backend(Protocol):
    """What is used of a backend of the keyring library."""

    def get_password(self, service: str, username: str) -> str | None:
        """Return the text kept under these names."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a text under these names."""

    def delete_password(self, service: str, username: str) -> None:
        """Forget what is kept under these names."""


class Keyring(Protocol):
    """Where the half is kept; answers None or False instead of raising."""

    def read(self, store_id: bytes) -> Secret | None:
        """Return the half of a store, None when there is none or the keyring does not answer."""

    def write(self, store_id: bytes, half: Secret) -> bool:
        """Keep the half of a store and read it back; answer whether it is there."""

    def forget(self, store_id: bytes) -> bool:
        """Erase the half and the counter of a store; answer whether nothing is there any more."""

    def read_mark(self, store_id: bytes) -> int | None:
        """Return the counter kept for a store, None when there is none or the keyring does not answer."""

    def write_mark(self, store_id: bytes, mark: int) -> bool:
        """Keep the counter of a store; answer whether it was taken."""


@dataclass(frozen=True, slots=True)
class NoKeyring:
    """A keyring that holds nothing: for a profile that is to stand on its passphrase alone."""

    def read(self, store_id: bytes) -> Secret | None:  # noqa: ARG002 - the shape of a keyring
        """Answer that there is none."""
        return None

    def write(self, store_id: bytes, half: Secret) -> bool:  # noqa: ARG002 - the shape of a keyring
        """Answer that it was not kept."""
        return False

    def forget(self, store_id: bytes) -> bool:  # noqa: ARG002 - the shape of a keyring
        """Answer that nothing is there."""
        return True

    def read_mark(self, store_id: bytes) -> int | None:  # noqa: ARG002 - the shape of a keyring
        """Answer that there is none."""
        return None

    def write_mark(self, store_id: bytes, mark: int) -> bool:  # noqa: ARG002 - the shape of a keyring
        """Answer that it was not kept."""
        return False


@dataclass(frozen=True, slots=True)
class SystemKeyring:
    """The first trusted backend that works, looked for at every use (a daemon may come and go)."""

    choose: Callable[[], Backend | None]

    def read(self, store_id: bytes) -> Secret | None:
        """Return the half of a store, None when there is none or the keyring does not answer."""
        try:
            backend = self.choose()
            text = None if backend is None else backend.get_password(_SERVICE, store_id.hex())
        except Exception:  # noqa: BLE001 - backends raise their own classes, D-Bus errors and more: all mean "absent"
            return None
        return None if text is None else _decode(text)

    def write(self, store_id: bytes, half: Secret) -> bool:
        """Keep the half of a store and read it back; answer whether it is there."""
        try:
            backend = self.choose()
            if backend is None:
                return False
            backend.set_password(_SERVICE, store_id.hex(), half.exactly(HALF_SIZE).hex())
        except Exception:  # noqa: BLE001 - as in read
            return False
        return self.read(store_id) == half

    def forget(self, store_id: bytes) -> bool:
        """Erase the half and the counter of a store; answer whether nothing is there any more."""
        try:
            backend = self.choose()
            if backend is None:
                return False
            for name in (_mark_name(store_id), store_id.hex()):
                if backend.get_password(_SERVICE, name) is not None:
                    backend.delete_password(_SERVICE, name)
            return backend.get_password(_SERVICE, store_id.hex()) is None
        except Exception:  # noqa: BLE001 - as in read
            return False

    def read_mark(self, store_id: bytes) -> int | None:
        """Return the counter kept for a store, None when there is none or the keyring does not answer."""
        try:
            backend = self.choose()
            text = None if backend is None else backend.get_password(_SERVICE, _mark_name(store_id))
        except Exception:  # noqa: BLE001 - as in read
            return None
        return int(text) if text is not None and text.isascii() and text.isdecimal() and len(text) <= _DIGITS else None

    def write_mark(self, store_id: bytes, mark: int) -> bool:
        """Keep the counter of a store; answer whether it was taken."""
        try:
            backend = self.choose()
            if backend is None:
                return False
            backend.set_password(_SERVICE, _mark_name(store_id), str(mark))
        except Exception:  # noqa: BLE001 - as in read
            return False
        return True


def system_keyring() -> SystemKeyring:
    """Return the keyring of this machine's session."""
    return SystemKeyring(_first_trusted)


def is_trusted(backend: object) -> bool:
    """Say whether a backend is one of the list.

    By its class, not by a subclass, a chain or a wrapper of one.
    """
    kind = type(backend)
    return any((kind.__module__, kind.__qualname__) == (module, name) for _, module, name in TRUSTED)


def _first_trusted() -> Backend | None:
    for platform, module, name in TRUSTED:
        if platform != sys.platform:
            continue
        try:
            kind = getattr(importlib.import_module(module), name)
            # Raises when the backend has no daemon to talk to.
            if kind.priority <= 0:
                continue
            backend: Backend = kind()
        except Exception:  # noqa: BLE001, S112 - missing libraries and dead daemons raise anything: try the next
            continue
        if is_trusted(backend):
            return backend
    return None


def _mark_name(store_id: bytes) -> str:
    return f"{store_id.hex()} counter"


def _decode(text: str) -> Secret | None:
    try:
        value = binascii.unhexlify(text)
    except ValueError:
        return None
    return Secret(value) if len(value) == HALF_SIZE else None
