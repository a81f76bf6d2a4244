"""`secmsg kit` at the post and on the road: every word of it, and what each refuses."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.helpers.kits import DAY, journey
from tests.helpers.ministry import PARIS, PASSPHRASE
from tests.helpers.program import Program

KIT = "bốn mùa hoa sữa Hà Nội"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("kit-commands")
    with journey(folder) as post:
        post.ministry.close(post.post)
        for name, words in (("own", PASSPHRASE), ("words", KIT)):
            (folder / name).write_text(words)
            (folder / name).chmod(0o600)
        yield folder


def _moment(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")


def test_a_kit_by_command_alone(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    secmsg = Program(monkeypatch, capsys)
    home = ("--home", root / "ministry" / f"station-{PARIS.id}", "--passphrase-file", root / "own")
    given, folder = ("--passphrase-file", root / "words"), root / "usb"
    terms = (
        "--bearer", "Lê Văn Đoàn", "--title", "Trưởng đoàn", "--degree", "confidential", "--purpose", "Hội đàm",
        "--places", "Genève", "--measures", "Mang theo người", "--permitted-by", "Đại sứ", "--prints", "1",
        "--allow-drops", "--destroy-at-expiry", "--from", _moment(time.time() - 60), "--until",
        _moment(time.time() + DAY),
        "--kit-passphrase-file", root / "words",
    )  # fmt: skip

    # Making: nothing chosen, nothing found, then by period.
    assert secmsg("kit", "make", *home, "--to", folder, *terms).code == 80
    assert secmsg("kit", "make", *home, "--to", folder, "--search", "không có từ này", *terms).code == 80
    made = secmsg(
        "kit", "make", *home, "--json", "--to", folder, "--since", "2020-01-01", "--before", "2100-01-01", *terms
    )
    assert (made.code, made.json["cables"], made.json["number"]) == (0, 3, 1), made.err
    assert "keys destroyed" in secmsg("kit", "status", *given, folder).out

    # On the road.
    assert secmsg("kit", "status", *given, root).code == 67
    status = secmsg("kit", "status", *given, "--json", folder).json
    assert (status["verdict"], status["standing"]["use"]["openings"]) == ("ready", 0)
    assert "26 HANOI 001" in secmsg("kit", "cables", *given, folder).out
    assert len(secmsg("kit", "cables", *given, "--json", folder).json) == 3
    assert "26 HANOI 001" in secmsg("kit", "search", *given, folder, "chim", "én").out
    assert secmsg("kit", "search", *given, "--json", folder, "chim").json["searched"] == 3
    assert "Chim én" in secmsg("kit", "show", *given, folder, "26 HANOI 001").out
    assert "Chim én" in secmsg("kit", "show", *given, "--json", folder, "26 HANOI 001").out
    assert secmsg("kit", "show", *given, folder, "26 HANOI 999").code == 67
    printed = secmsg("kit", "print", *given, folder, "26 HANOI 001", root)
    assert (printed.code, "0 prints" in printed.out) == (0, True)
    assert secmsg("kit", "print", *given, folder, "26 HANOI 001", root).code == 80
    assert secmsg("kit", "export", *given, folder, "26 HANOI 001", "1", root).code == 80
    assert secmsg("show", "--home", folder, *given, "26 HANOI 001").code == 80

    # Additions: one that prolongs, taken once; a cable that is in it already; a file that is none.
    longer = secmsg(
        "kit", "prolong", *home, "--until", _moment(time.time() + 2 * DAY), "--minutes", "60", "--wrong-clock", "--out",
        root / "a.kitadd", "1",
    )  # fmt: skip
    assert longer.code == 0, longer.err
    assert "addition 1 is taken" in secmsg("kit", "take", *given, folder, root / "a.kitadd").out
    assert "taken before" in secmsg("kit", "take", *given, folder, root / "a.kitadd").out
    assert secmsg("kit", "take", *given, folder, root / "own").code == 20
    assert secmsg("kit", "drop", *home, "--cable", "26 HANOI 001", "--out", root / "b.kitadd", "1").code == 80
    second = root / "usb-2"
    assert "made" in secmsg("kit", "make", *home, "--to", second, "--cable", "26 HANOI 002", *terms).out
    assert secmsg("kit", "drop", *home, "--cable", "26 HANOI 001", "--out", root / "c.kitadd", "2").code == 0
    assert secmsg("kit", "again", *home, "--out", root / "d.kitadd", "2", "1").code == 0
    assert "addition 1 is taken" in secmsg("kit", "take", *given, second, root / "d.kitadd").out
    assert "taken before" in secmsg("kit", "take", *given, second, root / "c.kitadd").out
    assert secmsg("kit", "again", *home, "--out", root, "2", "2").code == 67

    # Back.
    assert secmsg("kit", "finish", *home, "1", folder).code == 80
    assert secmsg("kit", "give-up", *home, "1", folder).code == 80
    looked = secmsg("kit", "return", *home, "--log", folder)
    assert (looked.code, "nothing was noted" in looked.err, "prolonged" in looked.out) == (0, True, True)
    found = secmsg("kit", "return", *home, "--json", "--second", "Trần Thị Hai", "--handed-back", "1", folder)
    assert (found.code, found.json["differences"]) == (0, []), found.err
    assert not folder.exists()
    assert secmsg("kit", "end", *home, "--second", "Trần Thị Hai", "--nothing-left", "1").code == 80
    assert secmsg("kit", "end", *home, "--second", "Trần Thị Hai", "1").code != 0
    listed = secmsg("kit", "list", *home)
    assert ("returned" in listed.out, "out" in listed.out) == (True, True)
    assert secmsg("kit", "lost", *home, "--yes", "1").code == 80
