"""The keyring half: kept by trusted backends only, and absent rather than in the clear."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from keyring.backend import KeyringBackend
from keyring.backends.chainer import ChainerBackend
from keyring.backends.fail import Keyring as FailKeyring
from keyring.backends.null import Keyring as NullKeyring
from keyring.backends.SecretService import Keyring as SecretServiceKeyring
from keyring.errors import InitError, KeyringLocked

from secmsg.crypto.secret import Secret
from secmsg.store import keyring
from secmsg.store.keyring import Backend, NoKeyring, SystemKeyring

STORE = b"s" * 16
HALF = Secret(b"h" * 32)
ROOT = Path(__file__).parents[3]


class Kept:
    """A backend that works."""

    def __init__(self) -> None:
        self.texts: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.texts.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.texts[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.texts[service, username]


class Refusing(Kept):
    """A backend whose daemon is locked or dead."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    def get_password(self, service: str, username: str) -> str | None:
        raise self.error

    def set_password(self, service: str, username: str, password: str) -> None:
        raise self.error


def of(backend: Backend | None) -> SystemKeyring:
    return SystemKeyring(lambda: backend)


def test_a_half_is_kept_read_and_forgotten() -> None:
    backend = Kept()
    ring = of(backend)

    assert ring.read(STORE) is None
    assert ring.write(STORE, HALF)
    assert ring.read(STORE) == HALF
    assert ring.read(b"t" * 16) is None
    assert ring.forget(STORE)
    assert ring.forget(STORE)
    assert backend.texts == {}


@pytest.mark.parametrize("error", [InitError("Prompt dismissed"), KeyringLocked("locked"), OSError("no bus")])
def test_a_locked_or_dead_keyring_is_absent_and_raises_nothing(error: Exception) -> None:
    ring = of(Refusing(error))

    assert ring.read(STORE) is None
    assert not ring.write(STORE, HALF)
    assert not ring.forget(STORE)


def test_no_keyring_is_absent() -> None:
    for ring in (of(None), NoKeyring()):
        assert ring.read(STORE) is None
        assert not ring.write(STORE, HALF)
    assert not of(None).forget(STORE)
    assert NoKeyring().forget(STORE)


def test_a_keyring_that_forgets_at_once_did_not_keep_the_half() -> None:
    class Forgetful(Kept):
        def set_password(self, service: str, username: str, password: str) -> None:
            pass

    assert not of(Forgetful()).write(STORE, HALF)


@pytest.mark.parametrize("text", ["", "zz", "00" * 31, "00" * 33, "é" * 64])
def test_a_text_that_is_no_half_is_absent(text: str) -> None:
    backend = Kept()
    backend.set_password("secmsg", STORE.hex(), text)

    assert of(backend).read(STORE) is None


# --- which backends


def plaintext() -> KeyringBackend:
    """Make a backend that says it is the plain file one of the keyrings.alt package."""
    kind = type("PlaintextKeyring", (NullKeyring,), {"__module__": "keyrings.alt.file"})
    made: KeyringBackend = kind()
    return made


def heir() -> KeyringBackend:
    kind = type("Keyring", (SecretServiceKeyring,), {"__module__": "somewhere.else"})
    made: KeyringBackend = kind()
    return made


@pytest.mark.parametrize("make", [plaintext, heir, ChainerBackend, FailKeyring, NullKeyring, Kept])
def test_no_other_backend_is_trusted(make: Callable[[], object]) -> None:
    assert not keyring.is_trusted(make())
    # Negative control.
    assert keyring.is_trusted(SecretServiceKeyring())  # type: ignore[no-untyped-call]  # the library has no types


CHOOSE = """
import keyring.core, sys
from secmsg.store.keyring import _first_trusted
print(type(keyring.core.get_keyring()).__name__, _first_trusted())
"""


def test_a_backend_named_by_the_environment_is_not_used(tmp_path: Path) -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "PYTHONPATH": str(ROOT),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        "DBUS_SESSION_BUS_ADDRESS": f"unix:path={tmp_path}/no-such-bus",
    }

    told = subprocess.run(
        [sys.executable, "-c", CHOOSE],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )

    # Negative control in the same line: the library itself obeys the environment.
    assert told.stdout.split("\n")[0] == "Keyring None"


def test_on_another_platform_its_own_backend_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert keyring._first_trusted() is None
    monkeypatch.setattr(sys, "platform", "plan9")
    assert keyring.system_keyring().read(STORE) is None


def test_a_backend_without_priority_or_with_another_name_is_passed_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for kind in (type("Keyring", (), {"priority": 0}), type("Keyring", (), {"priority": 5})):
        monkeypatch.setattr("keyring.backends.SecretService.Keyring", kind)
        assert keyring._first_trusted() is None


# --- a real one

USE = """
import sys
from secmsg.crypto.secret import Secret
from secmsg.store.keyring import system_keyring
ring, half = system_keyring(), Secret(b"h" * 32)
print(ring.write(b"s" * 16, half), ring.read(b"s" * 16) == half, ring.forget(b"s" * 16), ring.read(b"s" * 16))
"""


def in_session(tmp_path: Path, daemon: str) -> str:
    for program, package in (("dbus-run-session", "dbus-daemon"), ("gnome-keyring-daemon", "gnome-keyring")):
        if shutil.which(program) is None:
            pytest.skip(f"needs the system package {package}")
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)}
    script = f'{daemon} >/dev/null 2>&1; PYTHONPATH={ROOT} exec {sys.executable} -c "$0"'
    told = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", script, USE],
        env=environment, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    return told.stdout.strip().splitlines()[-1]


def test_a_half_is_kept_by_the_secret_service(tmp_path: Path) -> None:
    unlocked = "printf test-pass | gnome-keyring-daemon --unlock --components=secrets --daemonize"

    assert in_session(tmp_path, unlocked) == "True True True None"


def test_a_secret_service_that_stays_locked_is_absent(tmp_path: Path) -> None:
    locked = "gnome-keyring-daemon --start --components=secrets --daemonize"

    assert in_session(tmp_path, locked) == "False False False None"


def test_the_counter_of_a_store_is_kept_beside_its_half() -> None:
    kept = Kept()
    ring = of(kept)
    ring.write(STORE, HALF)

    assert ring.read_mark(STORE) is None
    assert ring.write_mark(STORE, 41)
    assert ring.read_mark(STORE) == 41
    assert ring.read(STORE) == HALF
    assert ring.forget(STORE)
    assert kept.texts == {}


@pytest.mark.parametrize("text", ["", "-1", "1.5", "9" * 19, "٤", "x"])
def test_a_counter_that_is_none_counts_as_absent(text: str) -> None:
    kept = Kept()
    kept.texts["secmsg", f"{STORE.hex()} counter"] = text

    assert of(kept).read_mark(STORE) is None


def test_a_keyring_that_does_not_answer_keeps_no_counter() -> None:
    for ring in (of(None), NoKeyring(), of(Refusing(KeyringLocked()))):
        assert not ring.write_mark(STORE, 1)
        assert ring.read_mark(STORE) is None
