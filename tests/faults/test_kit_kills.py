"""A kill at any moment of making and returning a kit: no half kit opens, no whole one is unknown, no return is lost."""

import os
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from secmsg.errors import SecmsgError
from secmsg.office.kits import KitState
from secmsg.station import kit_folder, kit_mark
from secmsg.station.station import Station
from secmsg.station.unlock import by_passphrase
from secmsg.store import blobs, keyslots, paths, vault
from secmsg.store.database import Database
from tests.helpers.kits import KIT_PASSPHRASE, TERMS, Journey, journey, rows_of
from tests.helpers.ministry import NOW, PARIS, Ministry

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
GIVEN = by_passphrase(KIT_PASSPHRASE)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journey]:
    with journey(tmp_path_factory.mktemp("kit-kills")) as found:
        yield found


class Fuse:
    """Kills this process at its n-th durable step: a commit, a finished blob, a page of the vault, a folder's sync."""

    def __init__(self, at: int) -> None:
        self.left = at

    def lay(self) -> None:
        for owner, name in ((Database, "_commit"), (blobs.BlobFiles, "finish"), (keyslots, "write_checked"),
                            (paths, "sync_directory"), (vault, "create"), (kit_folder, "clear")):  # fmt: skip
            self._wrap(owner, name)

    def _wrap(self, owner: object, name: str) -> None:
        true = getattr(owner, name)

        def step(*given: object, **named: object) -> object:
            self.left -= 1
            if self.left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return true(*given, **named)

        setattr(owner, name, step)


def _killed(ministry: Ministry, at: int, act: object) -> bool:
    """Do an act of the post in a forked process that is killed at a step; say whether it was."""
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            station = ministry.open(PARIS)
            Fuse(at).lay()
            act(station)  # type: ignore[operator]  # takes the station
            station.close()
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(pid, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0  # what fails in there is no kill
    return os.WIFSIGNALED(status)


def _opens(post: Journey, folder: Path) -> int:
    """Count the cables that a bearer could read in a folder; -1 when it opens nothing."""
    try:
        with post.opened(folder) as kit:
            return len(rows_of(kit))
    except (SecmsgError, OSError):
        return -1


@pytest.mark.parametrize("step", [1, 2, 3, 4, 6, 8, 10, 12, 15, 19])
def test_a_making_that_is_killed_leaves_no_half_kit_and_no_unknown_one(
    made: Journey, tmp_path: Path, step: int
) -> None:
    made.ministry.clock.now = NOW
    post = Journey(made.ministry, made.post, tmp_path)
    cables = post.cables()
    made.ministry.close(made.post)

    def act(station: Station) -> None:
        station.kits.make(TERMS, cables, post.folder, GIVEN)

    try:
        killed = _killed(made.ministry, step, act)
    finally:
        made.post = post.post = made.ministry.open(PARIS)

    whole = _opens(post, post.folder)
    row = next(iter(post.post.kits.listed()), None)
    assert whole in (-1, len(cables))
    if whole > 0:
        # It opens: the post knows of it, and can finish or give up.
        assert row is not None
        assert row.state in (KitState.MAKING, KitState.OUT)
        if row.state is KitState.MAKING:
            post.post.kits.finish(row.number, post.folder)
        assert post.post.kits.reconcile(post.folder).number == row.number
    elif row is not None and row.state is KitState.MAKING:
        post.post.kits.give_up(row.number, post.folder)
        assert post.make().state is KitState.OUT
    assert killed or whole == len(cables)


@pytest.mark.parametrize("step", [1, 2, 3, 4])
def test_a_return_that_is_killed_loses_no_log_and_is_repeated(made: Journey, tmp_path: Path, step: int) -> None:
    made.ministry.clock.now = NOW
    post = Journey(made.ministry, made.post, tmp_path)
    number = post.make().number
    with post.opened() as kit:
        kit.read(rows_of(kit)[0].cable_id)
    kept = tmp_path / "kept"
    shutil.copytree(post.folder, kept)
    made.ministry.close(made.post)

    def act(station: Station) -> None:
        found = station.kits.reconcile(post.folder)
        Fuse(step).lay()
        station.kits.conclude(found, post.folder, "Trần Thị Hai", 0)

    try:
        _killed(made.ministry, 10_000, act)
    finally:
        made.post = post.post = made.ministry.open(PARIS)

    row = next(each for each in post.post.kits.listed() if each.number == number)
    if row.state is KitState.OUT:
        # Nothing was noted: then nothing of the kit is gone either.
        assert _opens(post, post.folder) == 3
    else:
        # Noted: the log is at the post, whatever is left of the folder, and the rest of the act is done from there.
        assert row.state is KitState.RETURNED
        assert row.ending
        post.post.kits.end(number, "Trần Thị Hai", post.folder if kit_mark.is_marked(post.folder) else None)
        assert _opens(post, post.folder) == -1
        assert not next(each for each in post.post.kits.listed() if each.number == number).ending
        second = post.post.kits.reconcile(kept)
        assert second.kinship is not None
        post.post.kits.conclude(second, kept, "Trần Thị Hai", 0)
        assert not kept.exists()
