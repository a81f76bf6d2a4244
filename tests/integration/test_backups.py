"""A backup is one state, opened by the sheet alone; what is restored is frozen, and comes to send and receive again."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from secmsg.errors import (
    BackupAhead,
    BackupDamaged,
    Frozen,
    NotAllowed,
    NotFound,
    OtherBackup,
    StoreExists,
    TransferStopped,
    WrongPassphrase,
)
from secmsg.office.copies import Cause
from secmsg.office.materials import Kind
from secmsg.station import backup_making
from secmsg.station.reopening import Word
from secmsg.station.station import open_station
from secmsg.station.unlock import ByRecovery, by_passphrase
from secmsg.station.views import CableRow, Register
from secmsg.store import backup_folder, vault
from secmsg.store.keyring import Keyring
from secmsg.store.vault import Passphrase
from secmsg.wire.backup import Manifest
from tests.helpers import backups
from tests.helpers.backups import NEXT, Steps
from tests.helpers.ministry import CANBERRA, FAST, HQ, KEYRING, PARIS, PASSPHRASE, attachment, draft
from tests.helpers.stores import CHEAP, MemoryKeyring
from tests.helpers.world import Office, World, world

WORD = Word("Trần Thị Bình", "Cục Cơ yếu, điện thoại 14:05Z, đồng chí Lê")


@pytest.fixture
def made(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path / "world") as built:
        yield built


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "usb"
    folder.mkdir()
    return folder


def talked(made: World, tmp_path: Path, keyring: Keyring = KEYRING) -> tuple[Office, Office, ByRecovery]:
    """Headquarters and Paris have written to each other, one cable with an attachment; and Paris's sheet."""
    sheet = backups.new_sheet(made.root / "station-2", made.clock)
    headquarters, paris = made.open(HQ), made.open(PARIS, keyring=keyring)
    made.settle(headquarters, paris, rounds=2)
    annex = tmp_path / "phu-luc.pdf"
    annex.write_bytes(b"%PDF-" + bytes(range(256)) * 300)
    headquarters.release(draft(PARIS.id, subject="Bộ một", attachments=(attachment(annex),)))
    paris.release(draft(HQ.id, subject="Paris một"))
    made.settle(headquarters, paris, rounds=4)
    return headquarters, paris, sheet


def come_back(made: World, like: Office, folder: str, keyring: Keyring = KEYRING) -> Office:
    """Open a restored store at the place that its machine has at the relay."""
    station = open_station(made.root / folder, by_passphrase(NEXT), FAST, keyring=keyring, clock=made.clock)
    office = Office(station, like.place)
    made.offices.append(office)
    return office


def subjects(office: Office) -> list[str]:
    return sorted(row.subject for row in office.station.inbox() if isinstance(row, CableRow))


def newest(office: Office, stick: Path) -> Manifest:
    keys = office.station.backups.keys()
    found = backup_making.newest(backup_folder.folder_in(stick, keys.store_id), keys)
    assert found is not None
    return found


# --- making ----------------------------------------------------------------------------------------------------------


def test_only_what_changed_is_written_again_and_the_folder_is_one_item_of_the_ledger(
    made: World, tmp_path: Path, stick: Path
) -> None:
    headquarters, paris, _ = talked(made, tmp_path)

    first = backups.make(paris.station, stick)
    headquarters.release(draft(PARIS.id, subject="Bộ hai"))
    made.settle(headquarters, paris)
    second = backups.make(paris.station, stick)

    blob = sum(each.size for each in newest(paris, stick).blobs)
    assert first.written == first.size
    assert (first.cables, second.cables) == (2, 3)
    assert blob > 50_000
    assert second.written <= second.size - blob, "an attachment that is there is not written again"
    (folder,) = backup_folder.found_in(stick)
    assert backup_folder.numbers(folder) == (2,), "the one before is gone when the new one stands"
    assert {path.name for path in backups.pieces(stick)} == {each.hex() for each in newest(paris, stick).every_name}
    items = [each for each in paris.station.pads.items() if each.kind is Kind.BACKUP]
    assert [each.number for each in items] == [line.item for line in paris.station.backups.list()][:1]
    assert [line.current for line in paris.station.backups.list()] == [True, False]


def test_a_backup_holds_no_byte_in_clear_and_no_passphrase_opens_it(made: World, tmp_path: Path, stick: Path) -> None:
    _, paris, sheet = talked(made, tmp_path)
    backups.make(paris.station, stick)

    everything = b"".join(path.read_bytes() for path in stick.rglob("*") if path.is_file())
    for clear in ("Bộ một", "Paris một", "phu-luc.pdf", "Nguyễn Văn", "SQLite format"):
        assert clear.encode() not in everything
    (folder,) = backup_folder.found_in(stick)
    copy = tmp_path / "vault"
    copy.write_bytes(folder.vault(1).read_bytes())
    copy.chmod(0o600)
    with pytest.raises(WrongPassphrase):
        vault.open_(copy, Passphrase(by_passphrase(PASSPHRASE).passphrase, None), floor=CHEAP, random=bytes)
    assert vault.open_(copy, vault.Sheet(sheet.recovery), floor=CHEAP, random=bytes).use is vault.Use.RECOVERY


def test_writing_goes_on_while_the_state_is_held(made: World, tmp_path: Path, stick: Path) -> None:
    headquarters, paris, sheet = talked(made, tmp_path)
    released: list[str] = []

    class Busy(Steps):
        def tell(self, done: int, total: int) -> None:
            if not released:
                released.append(paris.release(draft(HQ.id, subject="Trong lúc sao lưu")).mrn)

    backups.make(paris.station, stick, Busy())
    backups.verify(paris.station, stick)
    made.settle(headquarters, paris)
    backups.restore(stick, made.root / "new", sheet, made.clock)
    back = come_back(made, paris, "new")

    assert released
    assert "Trong lúc sao lưu" in subjects(headquarters)
    assert [row.subject for row in back.station.sent()] == ["Paris một"], "the state is that of the beginning"


def test_a_making_that_is_ended_leaves_the_backup_before_and_goes_on(made: World, tmp_path: Path, stick: Path) -> None:
    headquarters, paris, sheet = talked(made, tmp_path)
    with pytest.raises(TransferStopped):
        backups.make(paris.station, stick, Steps(most=1))
    assert backup_folder.found_in(stick) == (), "what is not whole is no backup"
    left = backups.pieces(stick)

    first = backups.make(paris.station, stick)
    assert left, "what was written is used"
    assert first.written < first.size
    headquarters.release(draft(PARIS.id, subject="Bộ hai"))
    made.settle(headquarters, paris)
    with pytest.raises(TransferStopped):
        backups.make(paris.station, stick, Steps(most=1))

    assert backups.verify(paris.station, stick).cables == 2
    assert [line.detail for line in paris.station.backups.list()] == ["TransferStopped", "", "TransferStopped"]
    assert len([each for each in paris.station.pads.items() if each.kind is Kind.BACKUP]) == 1
    assert backups.restore(stick, made.root / "new", sheet, made.clock).cables == 2


def test_the_reminder_comes_with_age(made: World, tmp_path: Path, stick: Path) -> None:
    _, paris, _ = talked(made, tmp_path)
    assert paris.station.backups.standing().overdue
    backups.make(paris.station, stick)
    assert not paris.station.backups.standing().overdue

    made.clock.now += FAST.backups.remind_after_s + 1

    assert paris.station.backups.standing().overdue


# --- looking into one ------------------------------------------------------------------------------------------------


def _flip(path: Path, place: int = -1) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)


SPOILS: dict[str, Callable[[Path], object]] = {
    "a bit of a piece": lambda folder: _flip(next(folder.glob("pieces/*/*"))),
    "a piece gone": lambda folder: next(folder.glob("pieces/*/*")).unlink(),
    "a piece cut": lambda folder: _cut(next(folder.glob("pieces/*/*"))),
    "a piece longer": lambda folder: _longer(next(folder.glob("pieces/*/*"))),
    "the vault copy": lambda folder: _flip(folder / "vault-00000001"),
    "no vault copy": lambda folder: (folder / "vault-00000001").unlink(),
    "a bit of the manifest": lambda folder: _flip(folder / "manifest-00000001"),
    "the manifest cut": lambda folder: _cut(folder / "manifest-00000001"),
    "a manifest under another number": lambda folder: _renumber(folder),
}


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-7])


def _longer(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\0")


def _renumber(folder: Path) -> None:
    for name in ("manifest", "vault"):
        (folder / f"{name}-00000001").rename(folder / f"{name}-00000009")


def test_whatever_is_spoilt_is_found_and_the_next_making_mends_it(made: World, tmp_path: Path, stick: Path) -> None:
    _, paris, sheet = talked(made, tmp_path)
    backups.make(paris.station, stick)
    (good,) = (each.root for each in backup_folder.found_in(stick))
    for number, (what, spoil) in enumerate(SPOILS.items()):
        usb = tmp_path / f"usb-{number}"
        shutil.copytree(good, usb / good.name)
        spoil(usb / good.name)

        with pytest.raises(BackupDamaged):
            backups.verify(paris.station, usb)
        with pytest.raises((BackupDamaged, NotFound, WrongPassphrase)):
            backups.restore(usb, made.root / f"new-{number}", sheet, made.clock)
        assert not (made.root / f"new-{number}").exists(), what
        assert not list(made.root.glob(".new*")), what

        backups.make(paris.station, usb)
        assert backups.verify(paris.station, usb).cables == 2, what


def test_the_result_of_a_test_is_on_record(made: World, tmp_path: Path, stick: Path) -> None:
    _, paris, _ = talked(made, tmp_path)
    backups.make(paris.station, stick)

    assert backups.verify(paris.station, stick).known
    rehearsed = backups.rehearse(paris.station, stick)
    standing = paris.station.backups.standing()
    _flip(backups.pieces(stick)[0])
    with pytest.raises(BackupDamaged):
        backups.rehearse(paris.station, stick)

    assert rehearsed.read
    assert rehearsed.sheet_now
    assert standing.verified_at == standing.rehearsed_at == made.clock.now
    (line,) = paris.station.backups.list()
    assert "pieces of the backup are missing or were changed" in line.rehearsed_how
    assert not line.good
    assert paris.station.backups.standing().rehearsed_at is None
    assert not list(Path("/dev/shm").glob(".secmsg-*")), "a rehearsal leaves nothing"


def test_a_backup_that_does_not_fit_is_refused_for_its_own_reason(made: World, tmp_path: Path, stick: Path) -> None:
    headquarters, paris, sheet = talked(made, tmp_path)
    (tmp_path / "empty").mkdir()
    backups.make(paris.station, stick)
    with pytest.raises(NotFound):
        backups.verify(paris.station, tmp_path / "empty")
    with pytest.raises(NotFound):
        backups.verify(paris.station, tmp_path / "nowhere")
    with pytest.raises(OtherBackup):
        backups.verify(headquarters.station, stick)
    with pytest.raises(NotFound):
        backups.restore(tmp_path / "empty", made.root / "new", sheet, made.clock)
    with pytest.raises(NotAllowed):
        backups.restore(stick, made.root / "new", by_passphrase(NEXT), made.clock)  # type: ignore[arg-type]
    with pytest.raises(WrongPassphrase):
        backups.restore(stick, made.root / "new", ByRecovery(sheet.recovery.__class__(bytes(32))), made.clock)
    with pytest.raises(StoreExists):
        backups.restore(stick, made.root / "station-2", sheet, made.clock)
    with pytest.raises(BackupAhead):
        backups.restore(stick, made.root / "new", sheet, lambda: made.clock.now - 10 * 86_400)
    backups.make(headquarters.station, stick)
    with pytest.raises(NotAllowed):
        backups.restore(stick, made.root / "new", sheet, made.clock)


def test_a_store_behind_its_own_backup_neither_believes_nor_replaces_it(
    made: World, tmp_path: Path, stick: Path
) -> None:
    _headquarters, paris, _ = talked(made, tmp_path)
    made.close(paris)
    shutil.copytree(made.root / "station-2", made.root / "kept")
    paris = made.open(PARIS)
    paris.release(draft(HQ.id, subject="Paris hai"))
    backups.make(paris.station, stick)
    made.close(paris)
    shutil.rmtree(made.root / "station-2")
    (made.root / "kept").rename(made.root / "station-2")
    paris = made.open(PARIS)

    for act in (backups.verify, backups.rehearse, backups.make):
        with pytest.raises(BackupAhead):
            act(paris.station, stick)
    assert backup_folder.numbers(backup_folder.found_in(stick)[0]) == (1,)


def test_a_new_sheet_is_said_to_leave_the_backup_to_the_old_one(made: World, tmp_path: Path, stick: Path) -> None:
    _, paris, old = talked(made, tmp_path)
    backups.make(paris.station, stick)
    made.close(paris)
    new = backups.new_sheet(made.root / "station-2", made.clock)
    paris = made.open(PARIS)

    assert not backups.verify(paris.station, stick).sheet_now
    with pytest.raises(WrongPassphrase):
        backups.restore(stick, made.root / "new", new, made.clock)
    assert backups.restore(stick, made.root / "new", old, made.clock).cables == 2
    backups.make(paris.station, stick)
    assert backups.verify(paris.station, stick).sheet_now


# --- coming back -----------------------------------------------------------------------------------------------------


def test_what_is_restored_is_frozen_and_two_persons_let_it_send_with_nothing_lost(
    made: World, tmp_path: Path, stick: Path
) -> None:
    headquarters, paris, sheet = talked(made, tmp_path)
    backups.make(paris.station, stick)
    paris.release(draft(HQ.id, subject="Paris hai, sau sao lưu"))
    headquarters.release(draft(PARIS.id, subject="Bộ hai, sau sao lưu"))
    made.settle(headquarters, paris, rounds=2)
    made.close(paris)
    papers: list[object] = []

    restored = backups.restore(stick, made.root / "new", sheet, made.clock, keep=papers.append)
    back = come_back(made, paris, "new")

    assert (restored.cables, restored.blobs) == (2, 1)
    assert len(papers) == 1
    assert {each.cause for each in back.station.status().freezes} == {Cause.RESTORED}
    assert back.station.backups.list()[0].made_at is not None, "the backup it came from stands on its record"
    with pytest.raises(Frozen):
        back.release(draft(HQ.id))
    with pytest.raises(NotAllowed):
        back.station.refuse_word(WORD)
    # Receiving goes on while it is frozen, and headquarters hears of it.
    headquarters.release(draft(PARIS.id, subject="Bộ ba"))
    made.settle(headquarters, back, rounds=3)

    last = max(row.number for row in headquarters.station.inbox() if isinstance(row, CableRow))
    back.station.reopen(WORD, last)
    made.settle(headquarters, back, rounds=3)
    released = back.release(draft(HQ.id, subject="Paris ba"))
    headquarters.release(draft(PARIS.id, subject="Bộ bốn"))
    made.clock.now += 3_600
    made.settle(headquarters, back, rounds=6)

    assert released.number > last, "no number is given twice"
    assert not back.station.status().frozen
    assert subjects(headquarters) == ["Paris ba", "Paris hai, sau sao lưu", "Paris một"]
    assert {"Bộ một", "Bộ ba", "Bộ bốn"} <= set(subjects(back))
    assert [line.line for line in back.station.register(Register.IN)] == list(range(1, len(subjects(back)) + 1))


@pytest.mark.parametrize("keyring", [KEYRING, MemoryKeyring()], ids=["another machine", "the same machine"])
def test_a_restored_store_is_frozen_with_and_without_the_mark_in_the_keyring(
    made: World, tmp_path: Path, stick: Path, keyring: Keyring
) -> None:
    _headquarters, paris, sheet = talked(made, tmp_path, keyring)
    backups.make(paris.station, stick)
    for number in range(3):
        paris.release(draft(HQ.id, subject=f"Paris {number}"))
    made.close(paris)

    backups.restore(stick, made.root / "new", sheet, made.clock, keyring)
    back = come_back(made, paris, "new", keyring)

    marked = {Cause.OLD_COPY} if keyring is not KEYRING else set()
    assert {each.cause for each in back.station.status().freezes} == {Cause.RESTORED} | marked
    back.station.reopen(WORD, 9)
    made.close(back)
    assert not come_back(made, paris, "new", keyring).station.status().frozen


def test_a_restore_that_is_ended_leaves_no_profile_and_the_old_sheet(made: World, tmp_path: Path, stick: Path) -> None:
    _, paris, sheet = talked(made, tmp_path)
    backups.make(paris.station, stick)
    with pytest.raises(TransferStopped):
        backups.restore(stick, made.root / "new", sheet, made.clock, steps=Steps(most=1))

    def unwritable(_: object) -> None:
        raise StoreExists("the sheet has no place")

    with pytest.raises(StoreExists):
        backups.restore(stick, made.root / "new", sheet, made.clock, keep=unwritable)

    assert not [path for path in made.root.iterdir() if "new" in path.name]
    (made.root / "new").mkdir()
    assert backups.restore(stick, made.root / "new", sheet, made.clock).cables == 2


def test_two_posts_share_a_stick(made: World, tmp_path: Path, stick: Path) -> None:
    headquarters, paris, _ = talked(made, tmp_path)
    canberra = made.open(CANBERRA)
    for office in (headquarters, paris, canberra):
        backups.make(office.station, stick)

    assert len(backup_folder.found_in(stick)) == 3
    assert backups.verify(paris.station, stick).cables == 2
    assert backups.verify(canberra.station, stick).cables == 0
    assert not backups.rehearse(canberra.station, stick).read, "there is no cable to read"
