"""The real program in its processes: what an officer, a thief or a power cut meets around a lock."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from secmsg.station import doorstep
from tests.leaks.conftest import NEEDS_ROOT
from tests.leaks.memory import Ground, Product, _words
from tests.leaks.memory_scan import descendants, scan

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the supervisor runs on Linux")
PATIENCE_S = 60.0


def until(holds: Callable[[], bool], what: str) -> None:
    ends = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < ends, what
        time.sleep(0.05)


def inet_sockets(pids: list[int]) -> set[str]:
    """Return the internet sockets that processes hold."""
    known = set()
    for table in ("tcp", "tcp6", "udp", "udp6"):
        for line in Path(f"/proc/net/{table}").read_text(encoding="ascii").splitlines()[1:]:
            known.add(f"socket:[{line.split()[9]}]")
    held = set()
    for pid in pids:
        for path in Path(f"/proc/{pid}/fd").iterdir():
            try:
                held.add(str(path.readlink()))
            except OSError:
                continue
    return held & known


def test_a_crash_is_told_and_a_draft_that_was_kept_is_there(ground: Ground, product: Product) -> None:
    words = _words(ground, "crashd")
    pid = product.unlock(ground.passphrase)
    product.wait_for_spare()
    product.order(pid, "compose", **words)
    time.sleep(2.5)  # a draft is kept one and a half seconds after the last key

    product.order(pid, "die")

    now = product.front("locked", ready=True)
    state = product.order(now, "state")
    assert "tự dừng" in state["message"]
    assert "Paris" in state["message"], "the hour says whose clock it is"
    assert state["title"] == ground.stage.mission.entry.name_vi
    assert product.order(now, "unlock", passphrase=ground.passphrase)
    assert product.order(now, "draft", subject=words["subject"]) == words["body"]


@NEEDS_ROOT
def test_killing_the_supervisor_locks_and_leaves_nothing(ground: Ground, product: Product) -> None:
    pid = product.unlock(ground.passphrase)
    product.wait_for_spare()
    product.order(pid, "read", subject=ground.subject)
    before = set(product.pids())

    os.kill(product.supervisor, signal.SIGKILL)

    product.code()
    try:
        # The session has put a fresh program in its own place, and nothing of the old one is left.
        until(lambda: len(descendants(pid)) == 2, "a fresh supervisor with a locked screen")
        until(lambda: not any(Path(f"/proc/{each}").exists() for each in before - {pid}), "the end of the spare")
        assert all(scan(each, ground.mark) == {} for each in descendants(pid))
        ground.stage.mission.open().close()  # the lock of the profile is free
    finally:
        os.kill(pid, signal.SIGTERM)
        until(lambda: not Path(f"/proc/{pid}").exists() or _is_dead(pid), "the end")


def _is_dead(pid: int) -> bool:
    return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] == "Z"


def test_a_second_start_raises_the_first(ground: Ground, product: Product) -> None:
    front = product.front("locked", ready=True)

    second = subprocess.run(
        [sys.executable, "-m", "ui", "--home", str(ground.stage.mission.home)],
        capture_output=True, text=True, timeout=60, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, check=False,
    )  # fmt: skip

    assert (second.returncode, second.stdout.count("runs already")) == (0, 1)
    assert product.front("locked", ready=True) == front


def test_wrong_passphrases_are_remembered_beyond_the_end_of_the_program(
    ground: Ground, product: Product, tmp_path: Path
) -> None:
    home = ground.stage.mission.home
    front = product.front("locked", ready=True)
    assert not product.order(front, "unlock", passphrase="sai sai sai sai")
    assert not product.order(front, "unlock", passphrase="sai sai sai sai")
    for pid in product.pids():
        os.kill(pid, signal.SIGKILL)
    product.code()
    assert doorstep.wrong_tries(home)[0] == 2
    (tmp_path / "again").mkdir()
    again = Product(home, tmp_path / "again")
    try:
        front = again.front("locked", ready=True)
        state = again.order(front, "state")
        assert state["failures"] == 2
        assert "2 lần nhập sai mật khẩu" in state["message"]
        assert again.order(front, "unlock", passphrase=ground.passphrase), "nobody is kept out"
        assert doorstep.wrong_tries(home) == (0, 0)
    finally:
        again.close()


@pytest.mark.parametrize("watch", [False, True])
def test_it_locks_by_itself_and_while_it_is_locked_the_watch_alone_has_the_line_and_nobody_writes_elsewhere(
    ground: Ground, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, watch: bool
) -> None:
    elsewhere = tmp_path / "home"
    elsewhere.mkdir()
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "TMPDIR"):
        monkeypatch.setenv(name, str(elsewhere))
    product = Product(ground.stage.mission.home, tmp_path)
    try:
        pid = product.unlock(ground.passphrase)
        product.order(pid, "read", subject=ground.subject)
        until(lambda: bool(inet_sockets(product.pids())), "contact with the relay")
        product.order(pid, "watch", on=watch)
        product.order(pid, "rest", seconds=200)
        assert product.order(pid, "state")["showing"] == "post"

        product.order(pid, "rest", seconds=200)

        product.front("locked", ready=True)
        assert not Path(f"/proc/{pid}").exists()
        watching = product.watch()
        assert (watching is not None) is watch
        if watching is not None:
            until(lambda: bool(inet_sockets([watching])), "contact of the watch")
        assert inet_sockets([each for each in product.pids() if each != watching]) == set()
    finally:
        product.close()
    assert {str(path.relative_to(elsewhere)) for path in elsewhere.rglob("*") if "fontconfig" not in str(path)} == set()


def test_leaving_ends_every_process(ground: Ground, product: Product) -> None:
    pid = product.unlock(ground.passphrase)
    product.wait_for_spare()
    pids = product.pids()

    product.order(pid, "leave")

    assert product.code() == 0
    assert not any(Path(f"/proc/{each}").exists() for each in pids)
