"""Whatever locks the store has its way back: a forgotten passphrase, a used sheet, a stop in the middle."""

import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from secmsg import digits, errors
from secmsg.commands import root
from secmsg.commands.ground import Ground
from secmsg.crypto.randomness import system
from secmsg.station import passphrases, sheets
from secmsg.station.opening import floor
from secmsg.station.passphrases import Kind
from secmsg.station.sheets import Paper
from secmsg.station.unlock import ByRecovery, by_passphrase, by_recovery
from secmsg.store import pages
from secmsg.store import profile as profiles
from secmsg.store.pages import PageFile
from tests.helpers.command_line import CHEAP, ROOT, environment
from tests.helpers.ministry import FAST, HQ, KEYRING, PARIS, PASSPHRASE, Ministry, draft, sync
from tests.helpers.program import Program, Told
from tests.helpers.running_clock import RunningClock
from tests.helpers.stores import MemoryKeyring

NEXT = "một câu khác hẳn 2027"


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(monkeypatch, capsys)


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ministry]:
    """Paris has a cable from headquarters, its passphrase, and a sheet whose groups are in a file."""
    built = Ministry(tmp_path_factory.mktemp("ways"), RunningClock())
    built.found()
    built.add_relay()
    built.enrol(HQ)
    built.enrol(PARIS)
    headquarters, paris = built.open(HQ), built.open(PARIS)
    sync(paris)
    sync(headquarters)
    headquarters.release(draft(PARIS.id))
    sync(headquarters)
    sync(paris)
    built.close(headquarters)
    built.close(paris)
    for name in ("station-2", "authority"):
        sheet = profiles.new_sheet(
            built.root / name,
            by_passphrase(PASSPHRASE).passphrase,
            keyring=KEYRING,
            floor=floor(FAST),
            random=system,
        )
        _note(built.root / f"{name}.groups", digits.groups(sheet.reveal()))
    _note(built.root / "old", PASSPHRASE)
    _note(built.root / "new", NEXT)
    _note(built.root / "wrong", "không phải câu này đâu")
    yield built
    built.end()


@pytest.fixture
def post(founded: Ministry, tmp_path: Path) -> Path:
    copy = tmp_path / "post"
    shutil.copytree(founded.root, copy, ignore=shutil.ignore_patterns("relay"))
    return copy


def _note(path: Path, text: str) -> Path:
    path.touch(0o600)
    path.write_text(text + "\n", encoding="utf-8")
    return path


def _groups(sheet: Path) -> str:
    return " ".join(re.findall(r"\b\d{5}\b", sheet.read_text(encoding="utf-8")))


def _recover(told: Program, post: Path, *more: str | Path) -> Told:
    return told(
        "station", "recover", "--home", post / "station-2", "--groups-file", post / "station-2.groups",
        "--new-passphrase-file", post / "new", "--sheet", post / "sheet.txt", *more,
    )  # fmt: skip


def _code(told: Program, home: Path, *way: str | Path) -> int:
    return told("list", "inbox", "--home", home, *way).code


def test_a_forgotten_passphrase_costs_no_cable(told: Program, post: Path) -> None:
    home = post / "station-2"
    before = told("list", "inbox", "--home", home, "--passphrase-file", post / "old", "--json").json

    wrong = told("station", "status", "--home", home, "--passphrase-file", post / "wrong")
    recovered = _recover(told, post, "--yes")
    fresh = _note(post / "fresh.groups", _groups(post / "sheet.txt"))
    after = told("list", "inbox", "--home", home, "--passphrase-file", post / "new", "--json")

    assert wrong.code == errors.WrongPassphrase.exit_code
    assert "`secmsg station recover`" in wrong.err
    assert recovered.code == 0
    assert "any passphrase it has had" in recovered.err
    assert "proven to open the store" in recovered.out
    assert len(before) == 1
    assert after.json == before
    assert (post / "sheet.txt").stat().st_mode & 0o777 == 0o600
    assert _code(told, home, "--passphrase-file", post / "old") == errors.WrongPassphrase.exit_code
    assert _code(told, home, "--by-sheet", "--groups-file", post / "station-2.groups") == 61
    assert _code(told, home, "--groups-file", fresh) == 0


def test_the_names_on_the_second_sheet_are_those_of_the_first(told: Program, post: Path) -> None:
    _recover(told, post, "--yes")

    printed = (post / "sheet.txt").read_text(encoding="utf-8")

    assert f"{PARIS.name_vi}, {PARIS.place}" in printed


@pytest.mark.parametrize("reason", ["wrong group", "wrong sheet", "place taken", "no folder", "short"])
def test_a_recovery_that_cannot_be_done_changes_nothing(told: Program, post: Path, reason: str) -> None:
    given = (post / "station-2.groups").read_text(encoding="utf-8")
    match reason:
        case "wrong group":
            _note(post / "station-2.groups", given[:6] + ("1" if given[6] != "1" else "2") + given[7:])
            said = "group 2 of the recovery sheet does not check: read it again"
        case "wrong sheet":
            _note(post / "station-2.groups", digits.groups(b"x" * 32))
            said = "no keyslot opens"
        case "place taken":
            (post / "sheet.txt").write_text("another")
            said = "there is already a file"
        case "no folder":
            shutil.copy(post / "new", post / "kept")
            said = "no folder there takes a file"
        case _:
            _note(post / "new", "ngắn")
            said = "at least 12 characters"
    more: tuple[str | Path, ...] = ("--sheet", post / "none" / "sheet.txt") if reason == "no folder" else ()

    ended = _recover(told, post, "--yes", *more)

    assert ended.code != 0
    assert said in ended.err
    assert _code(told, post / "station-2", "--passphrase-file", post / "old") == 0
    _note(post / "station-2.groups", given)
    assert _code(told, post / "station-2", "--groups-file", post / "station-2.groups") == 0


def test_nothing_ends_without_a_yes(post: Path, told: Program) -> None:
    words = [
        "station", "recover", "--home", str(post / "station-2"), "--groups-file", str(post / "station-2.groups"),
        "--sheet", str(post / "sheet.txt"),
    ]  # fmt: skip

    left = CliRunner().invoke(root.secmsg, words, input="n\n", obj=Ground(FAST))
    before = _code(told, post / "station-2", "--passphrase-file", post / "old")
    gone_on = CliRunner().invoke(root.secmsg, words, input=f"y\n{NEXT}\n{NEXT}\n", obj=Ground(FAST))

    assert left.exit_code == 1
    assert NEXT not in gone_on.output
    assert before == 0
    assert gone_on.exit_code == 0, gone_on.exception
    # Whoever destroyed it could not open a backup that was made before.
    assert "alone opens the backups made before: keep it" in gone_on.output
    assert "destroy" not in gone_on.output
    assert _code(told, post / "station-2", "--passphrase-file", post / "new") == 0


def test_a_passphrase_is_changed_and_the_sheet_stays(told: Program, post: Path) -> None:
    home = post / "station-2"
    words = ("station", "passphrase", "--home", home, "--new-passphrase-file", post / "new")

    refused = told(*words, "--passphrase-file", post / "wrong")
    changed = told(*words, "--passphrase-file", post / "old")

    assert refused.code == errors.WrongPassphrase.exit_code
    assert changed.out.startswith("passphrase  changed")
    assert _code(told, home, "--passphrase-file", post / "old") == errors.WrongPassphrase.exit_code
    assert _code(told, home, "--passphrase-file", post / "new") == 0
    assert _code(told, home, "--groups-file", post / "station-2.groups") == 0


def test_an_authority_has_the_same_ways_back(told: Program, post: Path) -> None:
    home = post / "authority"

    recovered = told(
        "authority", "recover", "--home", home, "--groups-file", post / "authority.groups",
        "--new-passphrase-file", post / "new", "--sheet", post / "sheet.pdf", "--yes",
    )  # fmt: skip
    changed = told(
        "authority", "passphrase", "--home", home, "--passphrase-file", post / "new",
        "--new-passphrase-file", post / "old",
    )  # fmt: skip
    listed = told("authority", "edition", "--home", home, "--passphrase-file", post / "old")

    assert recovered.code == 0
    assert "old sheet   opens nothing any more: destroy it" in recovered.out
    assert (post / "sheet.pdf").read_bytes().startswith(b"%PDF-")
    assert "keyring" not in changed.out
    assert listed.out.startswith("edition 2")
    assert "Headquarters" not in listed.err


@pytest.mark.parametrize(("kind", "name"), [("station", "authority"), ("authority", "station-2")])
def test_a_store_of_the_other_kind_is_left_alone(told: Program, post: Path, kind: str, name: str) -> None:
    # An authority asks no keyring: a half bound to its store would keep everybody out.
    changed = told(
        kind, "passphrase", "--home", post / name, "--passphrase-file", post / "old",
        "--new-passphrase-file", post / "new",
    )  # fmt: skip
    recovered = told(
        kind, "recover", "--home", post / name, "--groups-file", post / f"{name}.groups",
        "--new-passphrase-file", post / "new", "--sheet", post / "sheet.txt", "--yes",
    )  # fmt: skip

    assert (changed.code, recovered.code) == (errors.NotFound.exit_code,) * 2
    assert "this is the store of" in changed.err
    assert not (post / "sheet.txt").exists()


def test_a_lost_keyring_gets_a_new_half(post: Path) -> None:
    home, keyring = post / "station-2", MemoryKeyring()

    with passphrases.recovering(home, Kind.STATION, _sheet(post), FAST, keyring=keyring) as recovery:
        renewed = recovery.finish(by_passphrase(NEXT), lambda _: None)

    assert renewed.bound
    assert len(keyring.halves) == 1
    with pytest.raises(errors.KeyringMissing):
        passphrases.change(home, Kind.STATION, by_passphrase(NEXT), by_passphrase(PASSPHRASE), FAST, keyring=KEYRING)


def test_only_a_sheet_recovers_and_only_a_passphrase_is_changed(post: Path) -> None:
    home = post / "station-2"

    with pytest.raises(errors.NotAllowed), passphrases.recovering(home, Kind.STATION, by_passphrase(PASSPHRASE), FAST):
        pass
    with pytest.raises(errors.NotAllowed):
        passphrases.change(home, Kind.STATION, _sheet(post), by_passphrase(NEXT), FAST)


# --- a stop in the middle --------------------------------------------------------------------------------------------


class StoppedError(BaseException):
    """The process ends here."""


def _sheet(post: Path) -> ByRecovery:
    return by_recovery((post / "station-2.groups").read_text(encoding="utf-8"))


def _opens(home: Path, sheet: ByRecovery | None) -> bool:
    if sheet is None:
        return False
    try:
        profiles.open_by_recovery(home, sheet.recovery, floor=floor(FAST), now=0, random=system).close()
    except errors.WrongPassphrase:
        return False
    return True


def _stopped_after(post: Path, monkeypatch: pytest.MonkeyPatch, steps: int) -> tuple[bool, list[Paper]]:
    """Recover with a machine that stops at a write to the vault; say whether it came to the end."""
    kept: list[Paper] = []
    left = steps
    write = PageFile.write

    def counted(self: PageFile, number: int, content: bytes) -> None:
        nonlocal left
        if left == 0:
            raise StoppedError
        left -= 1
        write(self, number, content)

    with monkeypatch.context() as patch:
        patch.setattr(pages.PageFile, "write", counted)
        try:
            with passphrases.recovering(
                post / "station-2", Kind.STATION, _sheet(post), FAST, keyring=KEYRING
            ) as recovery:
                recovery.finish(by_passphrase(NEXT), kept.append)
        except StoppedError:
            return False, kept
    return True, kept


def test_wherever_it_stops_one_of_the_two_sheets_opens(post: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = shutil.copytree(post, post.with_name("whole"))
    seen = set()
    for steps in range(100):
        shutil.rmtree(post)
        shutil.copytree(whole, post)

        ended, kept = _stopped_after(post, monkeypatch, steps)
        fresh = by_recovery(" ".join(re.findall(r"\b\d{5}\b", kept[0].text))) if kept else None
        # Each looks at a copy: the look itself finishes or undoes what was begun.
        looked = shutil.copytree(post, post.with_name("looked"))
        old, new = _opens(post / "station-2", _sheet(post)), _opens(looked / "station-2", fresh)
        shutil.rmtree(looked)

        assert old or new, steps
        seen.add((old, new))
        if ended:
            assert (old, new) == (False, True)
            break
    else:
        pytest.fail("it never ends")
    assert seen >= {(True, False), (True, True), (False, True)}


def test_an_old_sheet_ended_before_the_new_one_is_written_would_be_noticed(
    post: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The control of the test above: without the new sheet on paper, the last steps leave nothing that opens.
    monkeypatch.setattr(sheets, "prove", lambda *_given: (_ for _ in ()).throw(StoppedError))

    def drop(_paper: Paper) -> None:
        """Keep nothing, as a program would that prints at the end."""

    with (
        pytest.raises(StoppedError),
        passphrases.recovering(post / "station-2", Kind.STATION, _sheet(post), FAST, keyring=KEYRING) as recovery,
    ):
        recovery.finish(by_passphrase(NEXT), drop)

    assert not _opens(post / "station-2", _sheet(post))


def test_a_sheet_that_cannot_be_written_leaves_the_old_one_in_force(post: Path) -> None:
    def full(_paper: Paper) -> None:
        raise errors.DiskFull

    with (
        pytest.raises(errors.DiskFull),
        passphrases.recovering(post / "station-2", Kind.STATION, _sheet(post), FAST, keyring=KEYRING) as recovery,
    ):
        recovery.finish(by_passphrase(NEXT), full)

    assert _opens(post / "station-2", _sheet(post))
    passphrases.change(
        post / "station-2", Kind.STATION, by_passphrase(PASSPHRASE), by_passphrase(NEXT), FAST, keyring=KEYRING
    )


def test_what_fails_after_the_new_sheet_was_written_names_both_and_keeps_it(
    told: Program, post: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_given: object) -> None:
        raise errors.StoreDamaged("the disk did not keep what was written")

    monkeypatch.setattr(sheets, "prove", fail)

    ended = _recover(told, post, "--yes")

    assert ended.code == errors.StoreDamaged.exit_code
    assert "Keep both sheets" in ended.err
    assert _opens(post / "station-2", by_recovery(_groups(post / "sheet.txt")))


@pytest.mark.timeout(120)
def test_a_process_killed_while_it_recovers_leaves_a_sheet_that_opens(post: Path) -> None:
    home, sheet = post / "station-2", post / "sheet.txt"
    for delay in (0.0, 0.002, 0.01, 0.03):
        process = subprocess.Popen(
            [
                sys.executable, "-m", CHEAP, "station", "recover", "--home", home, "--groups-file",
                post / "station-2.groups", "--new-passphrase-file", post / "new", "--sheet", sheet, "--yes",
            ],
            cwd=ROOT, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        while process.poll() is None and not (sheet.exists() and sheet.stat().st_size):
            time.sleep(0.0005)
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait(20)

        groups = _groups(sheet)
        fresh = by_recovery(groups) if groups else None
        looked = shutil.copytree(post, post.with_name("looked"))
        old, new = _opens(home, _sheet(post)), _opens(looked / "station-2", fresh)
        shutil.rmtree(looked)

        assert old or new, delay
        if not old:
            _note(post / "station-2.groups", groups)
        sheet.unlink()
