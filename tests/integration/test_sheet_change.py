"""A new recovery sheet that is cut: what the next opening proves of it, and what it says where it proves nothing."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from secmsg.errors import StoreDamaged, WrongPassphrase
from secmsg.office.materials import Kind, State
from secmsg.office.person_log import Deed
from secmsg.station import person_keys, person_renewal, sheet_change, sheets
from secmsg.station.sheets import Paper
from secmsg.station.station import Station, open_station
from secmsg.station.unlock import ByRecovery, Unlock, by_passphrase
from secmsg.station.views import NoticeKind
from secmsg.store import identity as identity_rows
from secmsg.store import officers as rows
from secmsg.store.pages import PAGE
from secmsg.store.paths import Home
from tests.helpers import backups
from tests.helpers.ministry import FAST, KEYRING, PARIS, PASSPHRASE
from tests.helpers.world import World, world

SLOT = slice(6 * PAGE, 8 * PAGE)
"""Both copies of the recovery sheet's slot, the second one."""


@pytest.fixture
def here(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path) as built:
        yield built


def path(built: World) -> Path:
    return Home(built.root / f"station-{PARIS.id}").vault


def opened(built: World, unlock: Unlock | None = None) -> Station:
    home = built.root / f"station-{PARIS.id}"
    return open_station(home, unlock or by_passphrase(PASSPHRASE), FAST, keyring=KEYRING, clock=built.clock)


def told(station: Station) -> set[NoticeKind]:
    kinds = {NoticeKind.SHEET_UNDONE, NoticeKind.SHEET_ENDED, NoticeKind.SHEET_DOUBTFUL}
    return {each.kind for each in station.status().notices} & kinds


def cut(built: World, change: Callable[[Path], object]) -> tuple[ByRecovery, ByRecovery]:
    """Begin a new sheet and let the disk refuse it; then change the vault, and give the old and the new sheet."""
    old = backups.new_sheet(built.root / f"station-{PARIS.id}", built.clock)
    papers: list[Paper] = []
    vault_file = path(built)

    def keep(paper: Paper) -> None:
        papers.append(paper)
        vault_file.chmod(0o644)  # a vault that others may read is not written

    with closing(opened(built)) as station:
        with pytest.raises(StoreDamaged):
            person_renewal.new_sheet(station.desk, keep)
        vault_file.chmod(0o600)
        assert told(station) == {NoticeKind.SHEET_DOUBTFUL}
        assert len(person_keys.sheets(station.desk.db)) == 2
    change(vault_file)
    return old, backups.typed(papers[0].text)


def marks(station: Station) -> set[bytes]:
    return {each.sheet for each in rows.copies(station.desk.db, 1)}


def test_a_sheet_that_never_reached_the_vault_is_undone_and_nothing_is_kept_for_it(here: World) -> None:
    old, _ = cut(here, lambda _: None)

    with closing(opened(here, old)) as station:
        # By the sheet too: it signs for nobody, and sees what the vault holds.
        assert told(station) == {NoticeKind.SHEET_UNDONE}
        assert person_keys.sheets(station.desk.db) == (sheets.public(old.recovery),)
        assert marks(station) == {b"", person_keys.mark(sheets.public(old.recovery))}
    with closing(opened(here)) as station:
        assert told(station) == {NoticeKind.SHEET_UNDONE}


@pytest.mark.parametrize("damage", [SLOT.start, SLOT.stop - 1, 2 * PAGE], ids=["copy A", "copy B", "map"])
def test_what_proves_nothing_stands_until_another_sheet_is_made(here: World, damage: int) -> None:
    def spoil(vault_file: Path) -> None:
        data = bytearray(vault_file.read_bytes())
        for at in (damage, damage + PAGE) if damage == 2 * PAGE else (damage,):
            data[at] ^= 1
        vault_file.write_bytes(data)

    before = path(here).read_bytes()[2 * PAGE : 4 * PAGE]
    old, new = cut(here, spoil)

    for _ in range(2):
        with closing(opened(here)) as station:
            assert told(station) == {NoticeKind.SHEET_DOUBTFUL}
            assert [each.kind for each in station.status().notices].count(NoticeKind.SHEET_DOUBTFUL) == 1
            assert person_keys.sheets(station.desk.db) == tuple(sheets.public(each.recovery) for each in (old, new))
    data = path(here).read_bytes()
    path(here).write_bytes(data[: 2 * PAGE] + before + data[4 * PAGE :])  # without a map no sheet can be made
    with closing(opened(here)) as station:
        person_renewal.new_sheet(station.desk, lambda _: None)
        assert told(station) == set()
        assert len(person_keys.sheets(station.desk.db)) == 1


def test_a_sheet_that_the_vault_holds_is_ended_on_record_by_whoever_comes_next(
    here: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = backups.new_sheet(here.root / f"station-{PARIS.id}", here.clock)
    papers: list[Paper] = []

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    with closing(opened(here)) as station, monkeypatch.context() as patch:
        patch.setattr(sheet_change, "end", stopped)
        with pytest.raises(KeyboardInterrupt):
            person_renewal.new_sheet(station.desk, papers.append)
    new = backups.typed(papers[0].text)

    with closing(opened(here, new)) as station:
        assert told(station) == {NoticeKind.SHEET_ENDED}
        assert person_keys.sheets(station.desk.db) == (sheets.public(new.recovery),)
        assert marks(station) == {b"", person_keys.mark(sheets.public(new.recovery))}
        made = [each.line for each in station.officers.record() if each.line.deed is Deed.SHEET_MADE]
        assert [(each.officer, each.about) for each in made[-2:]] == [(1, 1), (0, 1)]
        kept = [each.state for each in station.pads.items() if each.kind is Kind.SHEET]
        assert kept == [State.SUPERSEDED, State.RECEIVED], "the ledger follows, once"
    with pytest.raises(WrongPassphrase):
        opened(here, old)


def test_a_mark_that_cannot_be_read_proves_nothing_and_keeps_nobody_out(here: World) -> None:
    with closing(opened(here)) as station, station.desk.db.transaction():
        identity_rows.keep_fact(station.desk.db, "sheet-begun", b"?")

    with closing(opened(here)) as station:
        assert told(station) == {NoticeKind.SHEET_DOUBTFUL}
        person_renewal.new_sheet(station.desk, lambda _: None)
        assert told(station) == set()
