"""Two homes on the command line, a relay and its owner's hands: what each side's `secmsg status --json` then says."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from secmsg.commands.ground import Ground
from tests.helpers.brisk_secmsg import BRISK
from tests.helpers.command_line import BO, NO_BUS, PARIS, Office, Post, Ran, serving
from tests.helpers.forked import run_forked
from tests.helpers.hostile_post import Hands
from tests.helpers.ministry import RelayThread

pytestmark = pytest.mark.timeout(300)


@dataclass(frozen=True, slots=True)
class Stage:
    """Two offices that have exchanged a cable each, the relay's owner, and the bus of the keyring."""

    office: Office
    hands: Hands
    bus: str = NO_BUS

    def sync(self, *posts: Post) -> None:
        for post in posts:
            self.run("sync", *self.office.of(post))

    def send(self, sender: Post, to: Post, subject: str) -> Ran:
        return self.run(
            "send", *self.office.of(sender), "--to", f"{to.number}", "--degree", "confidential", "--basis", "Điều 3",
            "--topic", "A1", "--subject", subject, "--body-file", "-", "--drafter", "Trần Thị Soạn", "--json",
            given="Kính gửi.\n",
        )  # fmt: skip

    def run(self, *words: str | Path, given: str = "") -> Ran:
        return run_forked(Ground(BRISK), *words, given=given, bus=self.bus)

    def good(self, *words: str | Path) -> Ran:
        ran = self.run(*words)
        assert (ran.code, ran.err) == (0, ""), (words, ran)
        return ran

    def status(self, post: Post) -> Any:  # noqa: ANN401 - a test looks into whatever was printed
        return self.good("status", *self.office.of(post), "--json").json

    def peer(self, post: Post, other: Post) -> Any:  # noqa: ANN401 - as above
        (found,) = [each for each in self.status(post)["peers"] if each["station"] == other.number]
        return found

    def withhold(self) -> int:
        """Take away everything that waits at the relay; say how much."""
        letters = self.hands.letters()
        for letter in letters:
            self.hands.take(letter)
        return len(letters)


@contextmanager
def keyring(folder: Path) -> Iterator[str]:
    """Run a real keyring on a bus of its own and give the bus."""
    for program, package in (("dbus-daemon", "dbus-daemon"), ("gnome-keyring-daemon", "gnome-keyring")):
        if shutil.which(program) is None:
            pytest.skip(f"needs the system package {package}")
    folder.mkdir()
    bus = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert bus.stdout is not None
    address = bus.stdout.readline().strip()
    home = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "XDG_RUNTIME_DIR": str(folder)}
    ring = subprocess.Popen(
        ["gnome-keyring-daemon", "--unlock", "--components=secrets", "--foreground"],
        env={**home, "DBUS_SESSION_BUS_ADDRESS": address},
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert ring.stdin is not None
    ring.stdin.write("test-pass")
    ring.stdin.close()
    try:
        time.sleep(1.0)
        yield address
    finally:
        for process in (ring, bus):
            process.terminate()
            process.wait(10)
        bus.stdout.close()


def _talked(office: Office, bus: str) -> Stage:
    office.enrol(BO, PARIS, bus=bus)
    stage = Stage(office, Hands(RelayThread(office.relay, time.time)), bus)
    stage.sync(PARIS, BO)
    assert stage.send(BO, PARIS, "Bộ một").code == 0
    stage.sync(BO, PARIS, BO, PARIS)
    assert stage.send(PARIS, BO, "Paris một").code == 0
    stage.sync(PARIS, BO, PARIS)
    return stage


@pytest.fixture(scope="module")
def talked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the two offices once; each scene works on a copy."""
    root = tmp_path_factory.mktemp("scenes")
    office = Office(root / "office")
    office.found()
    with serving(office.relay, root / "relay.out"):
        _talked(office, NO_BUS)
    return office.root


@pytest.fixture
def stage(talked: Path, tmp_path: Path) -> Iterator[Stage]:
    office = Office(tmp_path / "office")
    shutil.copytree(talked, office.root)
    with serving(office.relay, tmp_path / "relay.out"):
        yield Stage(office, Hands(RelayThread(office.relay, time.time)))


# --- withheld --------------------------------------------------------------------------------------------------------


def test_a_withheld_cable_is_named_by_number_on_both_sides(stage: Stage) -> None:
    before = stage.peer(PARIS, BO)
    stage.send(BO, PARIS, "Bị giữ")
    stage.sync(BO)
    assert stage.withhold()
    stage.send(BO, PARIS, "Đến nơi")
    stage.sync(BO, PARIS)

    there = stage.peer(PARIS, BO)
    (gap,) = there["missing"]
    assert gap["first"] > before["received"]
    assert gap["since"].endswith("Z")
    assert there["received"] == gap["first"] - 1
    # The other side: what it gave is more than what is acknowledged, from that very number on.
    stage.sync(PARIS, BO)
    here = stage.peer(BO, PARIS)
    assert here["given"] > here["acknowledged"] == gap["first"] - 1
    assert not stage.status(PARIS)["sending"]["frozen"]
    assert not stage.status(BO)["sending"]["frozen"]


def test_a_withheld_last_cable_is_named_after_a_recap(stage: Stage) -> None:
    stage.send(BO, PARIS, "Điện cuối")
    stage.sync(BO)
    assert stage.withhold()
    stage.sync(PARIS)
    assert stage.peer(PARIS, BO)["missing_count"] == 0
    last = stage.peer(BO, PARIS)["given"]

    time.sleep(1.1)  # the rhythm of recaps is a second here
    stage.sync(BO)
    stage.sync(PARIS)

    (gap,) = stage.peer(PARIS, BO)["missing"]
    assert gap["first"] <= last <= gap["last"]


# --- twice -----------------------------------------------------------------------------------------------------------


def test_a_duplicate_is_dropped_and_counted(stage: Stage) -> None:
    stage.send(BO, PARIS, "Một lần")
    stage.sync(BO)
    (letter, *_) = stage.hands.letters()
    stage.sync(PARIS)
    dropped = stage.status(PARIS)["duplicates_dropped"]
    stage.hands.put(letter.box_id, letter.body)
    stage.sync(PARIS)

    said = stage.status(PARIS)
    assert said["duplicates_dropped"] == dropped + 1
    assert "packet-repeated" in {each["kind"] for each in said["station"]["notices"]}
    assert not said["sending"]["frozen"]
    assert stage.peer(PARIS, BO)["doubts"] == []
    rows = stage.good("list", "inbox", *stage.office.of(PARIS), "--json").json
    assert [row["subject"] for row in rows].count("Một lần") == 1


# --- put back --------------------------------------------------------------------------------------------------------


def put_back(stage: Stage) -> None:
    """Copy Paris's home, let it send two cables more, and put the copy back before anything came."""
    home = stage.office.home(PARIS)
    stage.send(PARIS, BO, "Paris hai")
    stage.sync(PARIS)
    shutil.copytree(home, home.with_name("kept"))
    stage.send(PARIS, BO, "Paris ba")
    stage.send(PARIS, BO, "Paris bốn")
    stage.sync(PARIS)
    stage.sync(BO)
    shutil.rmtree(home)
    shutil.copytree(home.with_name("kept"), home)


def _causes(doubts: list[Any]) -> set[str]:
    return {each["cause"] for each in doubts}


def test_a_home_put_back_without_a_keyring_learns_it_from_its_peer(stage: Stage) -> None:
    put_back(stage)
    assert not stage.status(PARIS)["sending"]["frozen"]
    assert not stage.status(PARIS)["sending"]["counted_in_keyring"]
    stage.sync(BO, PARIS)

    said = stage.status(PARIS)["sending"]
    assert said["frozen"]
    assert _causes(said["doubts"]) == {"serial-ahead"}
    (doubt,) = said["doubts"]
    assert doubt["witness"] == BO.number
    assert doubt["since"].endswith("Z")
    refused = stage.send(PARIS, BO, "Không đi")
    assert refused.code == 81
    assert "nothing left, no number was used" in refused.err
    # Headquarters is told by a new session with nothing in it.
    stage.sync(PARIS, BO)
    other = stage.status(BO)
    assert "peer-restored" in {each["kind"] for each in other["station"]["notices"]}
    assert not other["sending"]["frozen"]

    _go_back(stage)


def _go_back(stage: Stage) -> None:
    reopened = stage.good(
        "station", "reopen", *stage.office.of(PARIS), "--last-number", "4", "--second-person", "Trần Văn Hai",
        "--headquarters-word", "Bộ, điện thoại", "--yes",
    )  # fmt: skip
    assert reopened.out.startswith("sending goes on")
    stage.sync(PARIS, BO)
    if stage.peer(BO, PARIS)["doubts"]:
        # What Paris's machine sent before it knew contradicts what came: there too, two persons answer for it.
        stage.good(
            "station", "reopen", *stage.office.of(BO), "--peer", f"{PARIS.number}", "--second-person", "Ba",
            "--headquarters-word", "Bộ", "--yes",
        )  # fmt: skip
    sent = stage.send(PARIS, BO, "Mở lại")
    assert sent.code == 0, stage.status(PARIS)["sending"]
    assert sent.json["number"] == 5
    stage.sync(PARIS, BO, PARIS, BO, PARIS)
    said = stage.status(PARIS)["sending"]
    assert not said["frozen"], said
    assert "Trần Văn Hai; Bộ, điện thoại" in {each["word"] for each in said["ended"]}
    rows = stage.good("list", "inbox", *stage.office.of(BO), "--json").json
    assert "Mở lại" in {row.get("subject") for row in rows}
    assert stage.peer(BO, PARIS)["doubts"] == []


def test_a_home_put_back_is_known_to_the_keyring_at_its_opening(tmp_path: Path) -> None:
    office = Office(tmp_path / "office")
    office.found()
    with keyring(tmp_path / "ring") as bus, serving(office.relay, tmp_path / "relay.out"):
        stage = _talked(office, bus)
        assert stage.status(PARIS)["sending"]["counted_in_keyring"]
        put_back(stage)

        said = stage.status(PARIS)["sending"]
        assert said["frozen"]
        assert _causes(said["doubts"]) == {"old-copy"}
        assert stage.send(PARIS, BO, "Không đi").code == 81
        stage.sync(PARIS, BO)
        assert "peer-restored" in {each["kind"] for each in stage.status(BO)["station"]["notices"]}

        _go_back(stage)


# --- two copies ------------------------------------------------------------------------------------------------------


def test_two_copies_that_are_both_used_are_seen_on_both_sides(stage: Stage) -> None:
    home = stage.office.home(PARIS)
    second = home.with_name("second")
    shutil.copytree(home, second)
    stage.send(PARIS, BO, "Bản thứ nhất")
    stage.sync(PARIS, BO)
    shutil.move(home, home.with_name("first"))
    shutil.move(second, home)
    stage.send(PARIS, BO, "Bản thứ hai")
    stage.sync(PARIS, BO)

    said = stage.peer(BO, PARIS)["doubts"]
    assert _causes(said) <= {"peer-second-copy", "peer-forked"}
    assert said
    held = stage.send(BO, PARIS, "Không đến bản nào")
    assert held.code == 82
    stage.sync(PARIS, BO, PARIS)
    sending = stage.status(PARIS)["sending"]
    assert sending["frozen"]
    assert _causes(sending["doubts"]) <= {"fork-reported", "serial-ahead", "transcript"}

    retired = stage.good(
        "station", "retire", *stage.office.of(PARIS), "--second-person", "Hai", "--headquarters-word", "Bộ", "--yes"
    )  # fmt: skip
    assert "out of use" in retired.out
    assert "retired" in _causes(stage.status(PARIS)["sending"]["doubts"])
    human = stage.good("status", *stage.office.of(PARIS)).out
    assert "FROZEN: nothing leaves" in human
