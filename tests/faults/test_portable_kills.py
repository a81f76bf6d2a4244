"""A move to a stick that dies anywhere leaves one station that opens: never none, never two."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from secmsg.errors import StoreError, StoreMoved
from secmsg.station import portable
from secmsg.station.station import open_station
from secmsg.station.unlock import by_passphrase
from secmsg.store import moving
from tests.faults import acts, moves
from tests.faults.scene import set_up
from tests.helpers.ministry import FAST, KEYRING, PASSPHRASE

KILLED = -9
STEP = 9
"""Every so many-th event is tried here, and those around each change of a name."""


@pytest.mark.timeout(280)
def test_a_move_that_dies_anywhere_leaves_one_station_and_is_finished_by_the_next_try(tmp_path: Path) -> None:
    scene = set_up(tmp_path / "ministry")
    root = tmp_path / "ground"
    home, target = root / "home", root / "stick" / "secmsg"
    events = _events(scene.paris, root)
    outcomes: set[str] = set()

    renames = {at + after for at, event in enumerate(events, 1) if event == "os.rename" for after in (0, 1)}
    for at in sorted(renames | set(range(1, len(events) + 1, STEP))):
        _lay_out(scene.paris, root)
        assert acts.ended(moves.move, home, target, at) == KILLED, at
        outcomes.add(_judge(home, target, at))
        assert acts.ended(moves.move, home, target, 0) == 0, at
        with closing(open_station(target, by_passphrase(moves.NEW), FAST, keyring=KEYRING)) as station:
            assert station.status().joined
        assert not home.exists()

    assert outcomes == {"old", "leaving", "new"}


def _opens(home: Path) -> bool:
    """Say whether a copy opens by the new passphrase, or, before it has that, by the one it left with."""
    for passphrase in (moves.NEW, PASSPHRASE):
        try:
            open_station(home, by_passphrase(passphrase), FAST, keyring=KEYRING).close()
        except StoreError:
            continue
        return True
    return False


def _judge(home: Path, target: Path, at: int) -> str:
    """Say which of the two can be opened; the old one and the new one never can."""
    try:
        open_station(home, by_passphrase(PASSPHRASE), FAST, keyring=KEYRING).close()
        old = "opens"
    except StoreMoved:
        old = "left"
    except StoreError:
        old = "dead"
    new = _opens(target)
    part = target.with_name(target.name + portable.PART)
    assert not _opens(part), f"the unfinished copy at event {at}"
    assert not (old == "opens" and new), f"two at event {at}"
    assert old != "dead" or new, f"none at event {at}"
    return "old" if old == "opens" else "new" if new else "leaving"


def _events(paris: Path, root: Path) -> list[str]:
    _lay_out(paris, root)
    assert acts.ended(moves.move, root / "home", root / "stick" / "secmsg", 0) == 0
    return (root / "events").read_text().splitlines()


def _lay_out(paris: Path, root: Path) -> None:
    shutil.rmtree(root, ignore_errors=True)
    (root / "stick").mkdir(parents=True)
    shutil.copytree(paris, root / "home")


def test_without_the_mark_there_are_two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The control: the same judge sees a move that ends the old place without having closed it first.
    scene = set_up(tmp_path / "ministry")
    root = tmp_path / "ground"
    _lay_out(scene.paris, root)
    home, target = root / "home", root / "stick" / "secmsg"
    monkeypatch.setattr(moving, "mark", lambda *_: None)
    monkeypatch.setattr(moving, "remove", lambda *_: None)
    monkeypatch.setattr("secmsg.store.profile.erase", lambda *_, **__: None)

    portable.move(
        home, target, by_passphrase(PASSPHRASE), by_passphrase(moves.NEW), FAST, to_stick=True, keyring=KEYRING
    )

    with pytest.raises(AssertionError, match="two"):
        _judge(home, target, 0)
