"""`secmsg destroy`: the word, the setting that wants a passphrase, what it says, and the exercise."""

import io
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from secmsg.station import destroying
from secmsg.store import standing
from secmsg.store.keyring import NoKeyring
from secmsg.store.paths import Home
from secmsg.store.standing import Standing
from tests.faults import acts
from tests.helpers.ministry import HQ, PARIS, PASSPHRASE
from tests.helpers.program import Program
from tests.helpers.world import world


@pytest.fixture
def secmsg(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(monkeypatch, capsys)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    with world(tmp_path / "ministry"):
        yield tmp_path / "ministry" / f"station-{PARIS.id}"


def secret(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "passphrase"
    path.write_text(text + "\n", encoding="utf-8")
    path.chmod(0o600)
    return path


def bytes_below(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_keys_die_after_the_word_and_nothing_opens_any_more(
    secmsg: Program, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("tieu huy\n"))

    told = secmsg("destroy", "--home", home, "--no-media")
    opened = secmsg("status", "--home", home, "--passphrase-file", secret(tmp_path, PASSPHRASE))

    assert (told.code, "keyslots             destroyed" in told.out) == (0, True)
    assert "What remains: printed papers" in told.out
    assert opened.code == 67


def test_another_word_destroys_nothing(secmsg: Program, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("huy\n"))

    told = secmsg("destroy", "--home", home, "--no-media")

    assert told.code == 130
    assert Home(home).vault.exists()


def test_the_end_as_json_names_every_part_and_folders_named_besides(
    secmsg: Program, home: Path, tmp_path: Path
) -> None:
    other = home.with_name(f"station-{HQ.id}")

    told = secmsg(
        "destroy", "--home", home, "--no-media", "--also", other, "--yes-destroy-everything", "--json"
    )  # fmt: skip

    assert told.code == 0
    assert told.json["outcome"] == "keys_alone"
    assert told.json["others"] == [str(other / "vault")]
    assert told.json["parts"] == {
        "keys": "destroyed", "memory": "absent", "other-keys": "destroyed", "keyring": "unknown",
        "database": "destroyed", "blobs": told.json["parts"]["blobs"],
    }  # fmt: skip


def test_a_station_may_want_its_passphrase(secmsg: Program, home: Path, tmp_path: Path) -> None:
    standing.keep(Home(home).standing, Standing(free=False))
    words = ("destroy", "--home", home, "--no-media", "--yes-destroy-everything", "--passphrase-file")

    wrong = secmsg(*words, secret(tmp_path, "một mật khẩu khác hẳn"))
    kept = Home(home).vault.exists()
    right = secmsg(*words, secret(tmp_path, PASSPHRASE))

    assert (wrong.code, kept) == (61, True)
    assert (right.code, destroying.when(home) is not None) == (0, True)


def test_where_no_store_is_nothing_is_called_destroyed(secmsg: Program, tmp_path: Path) -> None:
    told = secmsg("destroy", "--home", tmp_path / "none", "--no-media", "--yes-destroy-everything")

    assert told.code == 59
    assert "there is no store in this folder" in told.err


def test_a_file_that_is_no_vault_is_refused_with_its_folder(secmsg: Program, home: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "vault").write_bytes(b"of another program")
    sure = ("--no-media", "--yes-destroy-everything")

    alone = secmsg("destroy", "--home", other, *sure)
    beside = secmsg("destroy", "--home", home, "--also", other, *sure)

    assert (other / "vault").read_bytes() == b"of another program"
    assert (alone.code, "is no vault of this program and was not touched" in alone.err) == (59, True)
    assert (beside.code, f"{other}: the file `vault` is no vault" in beside.err) == (59, True)
    assert "keyslots             destroyed" in beside.out


def test_an_exercise_opens_no_file_of_a_profile(secmsg: Program, home: Path, tmp_path: Path) -> None:
    touched: list[str] = []
    watching = True

    def hear(event: str, given: tuple[object, ...]) -> None:
        if watching and event in ("open", "os.listdir", "os.scandir", "os.remove", "os.rename", "os.mkdir"):
            touched.append(str(given[0]))

    before = bytes_below(home)
    sys.addaudithook(hear)

    told = secmsg("destroy", "--home", home, "--exercise", "--yes-destroy-everything")
    exercised, touched[:] = list(touched), []
    destroying.is_free(home)
    control = list(touched)
    watching = False

    assert told.code == 0
    assert "keyslots             destroyed" in told.out
    assert all(line.startswith("[LUYỆN TẬP] ") for line in (told.out + told.err).splitlines())
    assert "nothing opens any more: True" in told.out
    assert [path for path in exercised if path.startswith(str(tmp_path))] == []
    # The exercise's own store was seen, and one look at the real profile is seen: the watch sees.
    assert any("secmsg-luyen-tap-" in path for path in exercised)
    assert any(path.startswith(str(home)) for path in control)
    assert bytes_below(home) == before


def test_an_exercise_wants_the_word_too_and_answers_in_json(
    secmsg: Program, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("khong\n"))

    stopped = secmsg("destroy", "--home", home, "--exercise")
    told = secmsg("destroy", "--home", home, "--exercise", "--yes-destroy-everything", "--json")

    assert stopped.code == 130
    assert (told.json["exercise"], told.json["nothing_opens"], told.json["parts"]["keys"]) == (True, True, "destroyed")


def test_a_copied_vault_still_opens_for_who_knows_the_passphrase(home: Path, tmp_path: Path) -> None:
    """What is said and not hidden: a copy taken before is out of reach."""
    shutil.copytree(home, tmp_path / "copy")
    destroying.destroy(home, destroying.Reach(NoKeyring()))

    acts.open_home(tmp_path / "copy").close()
