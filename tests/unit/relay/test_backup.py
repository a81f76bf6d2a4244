"""A copy of a serving relay is whole, is put back into nothing only, and damage is found."""

import os
import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from secmsg.crypto import randomness
from secmsg.errors import DiskFull, NotFound, StoreDamaged, StoreExists
from secmsg.ids import BlobId
from secmsg.links.link import RelayAddress
from secmsg.links.relay import RelayLink
from secmsg.relay import backup as copies
from secmsg.relay import home as homes
from secmsg.relay.blobs_disk import BlobFiles
from secmsg.relay.boxes_sqlite import SEQ_STEP
from secmsg.relay.home import Home
from secmsg.wire.sync import Ack, DepositStatus
from tests.helpers.relays import Box, a_box, a_relay, address_of, linked, served

BLOB, CAPABILITY = BlobId(b"\x0b" * 16), b"\x0c" * 16


def _filled(tmp_path: Path) -> tuple[Home, RelayAddress, Box]:
    home = a_relay(tmp_path / "relay")
    home.page.write_bytes(b"<p>Not here.</p>")
    address, box = address_of(home), a_box()
    (tmp_path / "blob").write_bytes(os.urandom(100_000))
    with served(home), linked(address) as link:
        link.create_boxes([box.new()])
        link.deposit([box.letter(1), box.letter(2)])
        link.upload_blob(BLOB, CAPABILITY, tmp_path / "blob")
    return home, address, box


def _fetched(link: RelayLink, box: Box) -> list[int]:
    return [each.seq for each in link.sync([box.mailbox()]).contents[0].envelopes]


def test_a_copy_is_made_while_deposits_come_in(tmp_path: Path) -> None:
    home, address, box = _filled(tmp_path)
    stop = threading.Event()

    def deposit() -> None:
        with linked(address) as link:
            while not stop.is_set():
                link.deposit([box.letter()])

    with served(home):
        sender = threading.Thread(target=deposit)
        sender.start()
        found = copies.backup(home, Home(tmp_path / "copy"))
        stop.set()
        sender.join()

    assert found.messages >= 2
    assert (found.blobs, found.orphans, found.problems) == (1, 0, ())
    modes = {path.stat().st_mode & 0o777 for path in (tmp_path / "copy").rglob("*") if path.is_file()}
    assert modes == {0o600}


def test_a_copy_put_back_is_the_same_relay(tmp_path: Path) -> None:
    home, address, box = _filled(tmp_path)
    copies.backup(home, Home(tmp_path / "copy"))
    restored = Home(tmp_path / "again")

    copies.restore(restored, Home(tmp_path / "copy"))

    assert homes.load(restored) == homes.load(home)
    assert homes.decoy_page(restored) == b"<p>Not here.</p>"
    with served(restored), linked(address) as link:
        assert _fetched(link, box) == [1, 2]
        link.download_blob(BLOB, tmp_path / "back", size=100_000)
    assert (tmp_path / "back").read_bytes() == (tmp_path / "blob").read_bytes()


def test_an_acknowledgement_from_before_deletes_nothing_new(tmp_path: Path) -> None:
    home, address, box = _filled(tmp_path)
    copies.backup(home, Home(tmp_path / "copy"))
    # After the copy a third message came; its reader has it, and the acknowledgement is still on its way.
    with served(home), linked(address) as link:
        link.deposit([box.letter(3)])
        assert _fetched(link, box) == [1, 2, 3]
    restored = Home(tmp_path / "again")
    copies.restore(restored, Home(tmp_path / "copy"))

    with served(restored), linked(address) as link:
        assert link.deposit([box.letter(4)]) == (DepositStatus.STORED,)
        link.sync([box.mailbox()], [Ack(box.box, ((1, 3),))])

        assert _fetched(link, box) == [SEQ_STEP + 1]


def test_nothing_is_written_over_anything(tmp_path: Path) -> None:
    home, *_ = _filled(tmp_path)
    copies.backup(home, Home(tmp_path / "copy"))
    before = {path: path.read_bytes() for path in home.path.rglob("*") if path.is_file()}

    with pytest.raises(StoreExists):
        copies.restore(home, Home(tmp_path / "copy"))
    with served(home), pytest.raises(StoreExists):
        copies.restore(home, Home(tmp_path / "copy"))
    with pytest.raises(StoreExists):
        copies.backup(home, Home(tmp_path / "copy"))
    with pytest.raises(NotFound):
        copies.restore(Home(tmp_path / "again"), Home(tmp_path / "nothing"))

    assert {path: path.read_bytes() for path in before if path.name != "lock"}.items() <= before.items()
    assert not (tmp_path / "again").exists()


def _shorten_blob(home: Home) -> None:
    (path,) = (each for each in home.blobs.rglob("*") if each.is_file())
    os.truncate(path, 99_999)


def _lose_blob(home: Home) -> None:
    (path,) = (each for each in home.blobs.rglob("*") if each.is_file())
    path.unlink()


def _lose_message(home: Home) -> None:
    with closing(sqlite3.connect(home.database, isolation_level=None)) as db:
        db.execute("DELETE FROM messages WHERE seq = 1")


def _lose_mailbox(home: Home) -> None:
    with closing(sqlite3.connect(home.database, isolation_level=None)) as db:
        db.execute("DELETE FROM boxes")


def _flip_page(home: Home) -> None:
    data = bytearray(home.database.read_bytes())
    data[8192 : 8192 + 64] = os.urandom(64)
    home.database.write_bytes(bytes(data))


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a copy of a relay that holds something; to be copied, not harmed."""
    folder = tmp_path_factory.mktemp("sound")
    home, *_ = _filled(folder)
    copies.backup(home, Home(folder / "copy"))
    return folder / "copy"


@pytest.mark.parametrize("harm", [_shorten_blob, _lose_blob, _lose_message, _lose_mailbox, _flip_page])
def test_damage_is_found_and_not_put_back(tmp_path: Path, sound: Path, harm: object) -> None:
    copy = Home(tmp_path / "copy")
    shutil.copytree(sound, copy.path)
    assert copies.check(copy).problems == ()

    harm(copy)  # type: ignore[operator]  # one of the above

    assert copies.check(copy).problems
    with pytest.raises(StoreDamaged):
        copies.restore(Home(tmp_path / "again"), copy)
    assert not (tmp_path / "again").exists()


def test_a_blob_deleted_meanwhile_is_no_damage(tmp_path: Path) -> None:
    home, address, _ = _filled(tmp_path)
    with served(home), linked(address) as link:
        link.delete_blob(BLOB, CAPABILITY)
    stray = BlobFiles(home.blobs)
    stray.create(randomness.system(32))

    found = copies.check(home)

    assert (found.blobs, found.orphans, found.problems) == (0, 1, ())


def test_a_copy_that_finds_no_room_says_so(tmp_path: Path) -> None:
    home, *_ = _filled(tmp_path)
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(DiskFull):
        copies.backup(home, Home(tmp_path / "file" / "below"))
