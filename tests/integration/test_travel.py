"""A journey: permit, kit, a machine without any network, expiry, a clock set back, return; another kit is lost."""

import os
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.helpers.kits import DAY, journey
from tests.helpers.ministry import PARIS, PASSPHRASE
from tests.helpers.program import Program

KIT = "bốn mùa hoa sữa Hà Nội"
ROOT = Path(__file__).resolve().parents[2]
OUTSIDE_CI = "a network namespace needs root and unshare"


def _moment(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")


class Road:
    """The travel laptop: a network namespace with nothing in it, not even a loopback that is up."""

    def __init__(self, root: Path, passphrase_file: Path) -> None:
        self.report = root / "sockets"
        self.passphrase = passphrase_file
        self.shift = 0.0

    def __call__(self, *words: str | Path) -> tuple[int, str]:
        given = ("--passphrase-file", self.passphrase) if words[0] == "kit" else ()
        ran = subprocess.run(
            ["unshare", "-n", sys.executable, "-m", "tests.helpers.off_line", self.report, f"{self.shift}",
             *words[:2], *given, *words[2:]],
            cwd=ROOT, env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "DBUS_SESSION_BUS_ADDRESS": "disabled:"},
            capture_output=True, text=True, timeout=240, check=False,
        )  # fmt: skip
        return ran.returncode, ran.stdout + ran.stderr


@pytest.mark.timeout(280)
def test_a_delegation_travels(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if os.environ.get("CI") is None and (os.name != "posix" or os.geteuid() != 0 or shutil.which("unshare") is None):
        pytest.skip(OUTSIDE_CI)
    secmsg = Program(monkeypatch, capsys)
    own, kit_words = tmp_path / "own", tmp_path / "kit-words"
    own.write_text(PASSPHRASE)
    kit_words.write_text(KIT)
    for each in (own, kit_words):
        each.chmod(0o600)
    folder, out = tmp_path / "usb", tmp_path / "out"
    out.mkdir()

    with journey(tmp_path) as post:
        home = post.ministry.root / f"station-{PARIS.id}"
        post.ministry.close(post.post)
        at_home = ("--home", home, "--passphrase-file", own)
        terms = (
            "--bearer", "Lê Văn Đoàn", "--title", "Trưởng đoàn", "--degree", "confidential", "--purpose", "Hội đàm",
            "--places", "Genève", "--measures", "Mang theo người", "--permitted-by", "Đại sứ", "--prints", "2",
            "--allow-export", "--from", _moment(time.time() - 60), "--until", _moment(time.time() + DAY),
        )  # fmt: skip

        # 1. The permit and the kit: by search and by number.
        made = secmsg(
            "kit", "make", *at_home, "--to", folder, "--kit-passphrase-file", kit_words, "--search", "Genève",
            "--cable", "26 PARIS 001", *terms,
        )  # fmt: skip
        assert made.code == 0, made.err
        assert "2 cables" in made.out

        # 2. On the road, without any network: search, print, the window with text and enclosure.
        road = Road(tmp_path, kit_words)
        assert road("dial", "x")[0] == 0
        assert "socket" in road.report.read_text(), "the control: a socket would be reported"
        road.report.unlink()
        code, said = road("kit", "search", folder, "chim en")
        assert (code, "26 HANOI 001" in said) == (0, True), said
        code, said = road("kit", "print", folder, "26 HANOI 001", out)
        assert code == 0, said
        code, said = road("window", folder, KIT)
        assert code == 0, said
        assert "read 'Chim én báo tin.'; shown 'Bảng kê: mười hai con giáp.'" in said
        assert {path.suffix for path in out.iterdir()} == {".pdf"}
        assert not road.report.exists(), road.report.read_text()

        # 3. The permit ends; a clock that is set back does not undo it.
        road.shift = DAY + 60
        code, said = road("kit", "show", folder, "26 HANOI 001")
        assert (code, "Chim én" in said) == (86, False), said
        road.shift = 0
        code, said = road("kit", "show", folder, "26 HANOI 001")
        assert (code, "the permit ended" in said, "Chim én" in said) == (86, True, False), said
        assert not road.report.exists()

        # 4. Back: without the bearer's passphrase, compared, noted by two, the keys destroyed.
        looked = secmsg("kit", "return", *at_home, "--log", folder)
        assert looked.code == 0, looked.err
        assert "prints     1 made, to be handed back; 0 enclosures written out" in looked.out
        assert "previewed" in looked.out
        assert "DIFFERENCE  2 openings at a wrong time were refused" in looked.out
        report = tmp_path / "report.pdf"
        back = secmsg(
            "kit", "return", *at_home, "--second", "Trần Thị Hai", "--handed-back", "0", "--report", report, folder
        )
        assert back.code == 0, back.err
        assert "its keys are destroyed" in back.out
        assert "STILL OUT  1 prints" in back.out
        assert report.read_bytes().startswith(b"%PDF")
        assert not folder.exists()

        # 5. Another is lost: one act, and only it.
        second = tmp_path / "usb-2"
        given = ("--to", second, "--kit-passphrase-file", kit_words, "--cable", "26 HANOI 002")
        assert secmsg("kit", "make", *at_home, *given, *terms).code == 0
        lost = secmsg("kit", "lost", *at_home, "--note", "mất ở ga", "--yes", "2")
        assert (lost.code, "26 HANOI 002" in lost.out) == (0, True), lost.err
        listed = secmsg("kit", "list", *at_home, "--json").json
        assert [(each["number"], each["state"]) for each in listed] == [(2, "lost"), (1, "returned")]
        refused = secmsg("kit", "prolong", *at_home, "--until", _moment(time.time() + 2 * DAY), "--out", out, "2")
        assert (refused.code, "is lost" in refused.err) == (80, True)
        assert secmsg("send", "--help").code == 0
        assert secmsg("list", "sent", *at_home, "--json").code == 0
