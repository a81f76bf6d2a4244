"""A relay that runs out of room, or stops, refuses and keeps what it has."""

import time
from pathlib import Path

import pytest

from secmsg.crypto import randomness
from secmsg.errors import DiskFull, LinkRefused
from secmsg.ids import BlobId
from secmsg.relay.blobs_disk import BlobFiles
from secmsg.relay.boxes_sqlite import DAY_S
from secmsg.relay.writer import Writer
from secmsg.wire.sync import DepositStatus, TakeStatus
from tests.helpers.raw_http import ask
from tests.helpers.relays import a_box, a_relay, address_of, linked, served


@pytest.mark.parametrize(
    ("fill", "small", "large", "blob"),
    [
        (0.84, DepositStatus.STORED, DepositStatus.STORED, True),
        (0.86, DepositStatus.STORED, DepositStatus.STORED, False),
        (0.96, DepositStatus.STORED, DepositStatus.CLASS_REFUSED, False),
        (0.995, DepositStatus.CLASS_REFUSED, DepositStatus.CLASS_REFUSED, False),
    ],
)
def test_large_things_are_refused_first(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    fill: float,
    small: DepositStatus,
    large: DepositStatus,
    blob: bool,
) -> None:
    home = a_relay(tmp_path / "relay")
    address = address_of(home)
    (tmp_path / "source").write_bytes(b"sealed")
    box = a_box()
    monkeypatch.setattr(BlobFiles, "fill", lambda _: fill)
    with served(home), linked(address) as link:
        link.create_boxes([box.new()])

        assert link.deposit([box.letter(), box.letter(size=32_768)]) == (small, large)
        if blob:
            link.upload_blob(BlobId(bytes(16)), bytes(16), tmp_path / "source")
        else:
            with pytest.raises(LinkRefused):
                link.upload_blob(BlobId(bytes(16)), bytes(16), tmp_path / "source")


def test_a_deposit_that_could_not_be_stored_is_for_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = a_relay(tmp_path / "relay")
    box = a_box()
    with served(home), linked(address_of(home)) as link:
        link.create_boxes([box.new()])

        async def full(_: Writer, __: object, **___: object) -> None:
            raise DiskFull("full")

        with monkeypatch.context() as patched:
            patched.setattr(Writer, "submit", full)
            assert link.deposit([box.letter()]) == (DepositStatus.LATER,)

        assert link.deposit([box.letter()]) == (DepositStatus.STORED,)


def test_a_relay_about_to_stop_takes_no_deposit(tmp_path: Path) -> None:
    home = a_relay(tmp_path / "relay")
    box = a_box()
    address = address_of(home)
    with served(home), linked(address) as link:
        link.create_boxes([box.new()])

    draining = _Draining(home)
    with draining, linked(address) as link:
        statuses = link.deposit([box.letter()])

        assert statuses == (DepositStatus.DRAINING,)
        assert link.take_bundle(box.box, box.token, bytes(16)).status is TakeStatus.LATER


class _Draining:
    """A relay that is told to drain and not yet to stop."""

    def __init__(self, home: object) -> None:
        self._served = served(home)  # type: ignore[arg-type]  # a relay's home

    def __enter__(self) -> None:
        from secmsg.relay import sync

        self._patch = pytest.MonkeyPatch()
        original = sync.SyncDesk.__init__

        def draining(desk: sync.SyncDesk, *args: object) -> None:
            original(desk, *args)  # type: ignore[arg-type]  # passed through
            desk.draining = True

        self._patch.setattr(sync.SyncDesk, "__init__", draining)
        self._served.__enter__()

    def __exit__(self, *error: object) -> None:
        self._served.__exit__(None, None, None)
        self._patch.undo()


def test_a_blob_whose_time_is_over_goes_with_its_file(tmp_path: Path) -> None:
    home = a_relay(tmp_path / "relay")
    address = address_of(home)
    (tmp_path / "source").write_bytes(b"sealed")
    blob_id = BlobId(randomness.system(16))
    with served(home), linked(address) as link:
        link.upload_blob(blob_id, bytes(16), tmp_path / "source")
    path = f"/{address.prefix}/u/{blob_id.hex()}"

    with served(home, clock=lambda: time.time() + 29 * DAY_S):
        time.sleep(0.3)
        assert ask(address.base_url, "GET", path).body == b"sealed"
    with served(home, clock=lambda: time.time() + 32 * DAY_S):
        for _ in range(100):
            if not list(BlobFiles(home.blobs).names()):
                break
            time.sleep(0.05)
        assert ask(address.base_url, "GET", path).status == 404
    assert list(BlobFiles(home.blobs).names()) == []


def test_a_damaged_blob_breaks_the_line_instead_of_inventing_bytes(tmp_path: Path) -> None:
    home = a_relay(tmp_path / "relay")
    address = address_of(home)
    (tmp_path / "source").write_bytes(bytes(100_000))
    blob_id = BlobId(randomness.system(16))
    with served(home), linked(address) as link:
        link.upload_blob(blob_id, bytes(16), tmp_path / "source")
        (stored,) = (path for path in home.blobs.rglob("*") if path.is_file())
        with stored.open("r+b") as file:
            file.truncate(50_000)

        with pytest.raises(Exception, match=r"bytes|ncomplete|closed"):
            ask(address.base_url, "GET", f"/{address.prefix}/u/{blob_id.hex()}")
