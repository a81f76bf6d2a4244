"""Each import contract refuses the violation it is there for."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

PLANTED = {
    "layers of secmsg": ("secmsg/wire/codec.py", "import secmsg.protocol.session"),
    "layers of secmsg (siblings)": ("secmsg/store/database.py", "import secmsg.links.relay"),
    "layers of secmsg (a new room)": ("secmsg/utils/__init__.py", "ROOM = 1"),
    "the core knows neither Qt nor the windows": ("secmsg/station/views.py", "import PySide6.QtCore"),
    "windows and commands know the station and plain values only": ("ui/app.py", "import secmsg.store.database"),
    "the process above the screens knows neither Qt nor the station": ("ui/supervisor.py", "import secmsg.ids"),
    "what a screen knows needs no Qt": ("ui/inbox/state.py", "import PySide6.QtCore"),
    "screens are independent of each other": ("ui/inbox/view.py", "import ui.compose.view"),
    "only crypto touches the cryptographic libraries": ("secmsg/store/vault.py", "import nacl.secret"),
    "relay and links cannot reach what could decrypt": ("secmsg/relay/sync.py", "import secmsg.crypto.aead"),
    "relay and links cannot reach what could decrypt (links)": ("secmsg/links/relay.py", "import secmsg.crypto.blob"),
    "the locked watch cannot reach what could decrypt, or where it is kept": (
        "secmsg/watch/watch.py",
        "import secmsg.crypto.sealing",
    ),
    "the locked watch cannot reach what could decrypt, or where it is kept (by another room)": (
        "secmsg/links/link.py",
        "import secmsg.office.draft",
    ),
    "the hand cipher needs the standard library, figures, Vietnamese, errors and identifiers": (
        "secmsg/manual/__init__.py",
        "import secmsg.config",
    ),
    "what parses attachments knows no key, and runs in no process that has one": (
        "secmsg/metadata/jpeg.py",
        "import secmsg.crypto.secret",
    ),
    "the program reads the checking process's report and loads none of its parsers": (
        "secmsg/station/cleaning.py",
        "import secmsg.metadata.pdf",
    ),
    "the program reads the checking process's report and loads none of its parsers (codes)": (
        "secmsg/station/pictures.py",
        "import zxingcpp",
    ),
    "formats compute no hash and know no key": ("secmsg/wire/cable.py", "import hashlib"),
    "formats, protocol, rules and authority read no clock, disk, socket or chance": (
        "secmsg/office/draft.py",
        "import time",
    ),
    "no cycles between siblings": ("secmsg/crypto/secret.py", "import secmsg.crypto.kdf"),
}


def lint(tree: Path) -> subprocess.CompletedProcess[str]:
    command = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
    return subprocess.run(
        [sys.executable, "-c", command, "--no-cache"], cwd=tree, capture_output=True, text=True, timeout=100
    )


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in ("secmsg", "ui"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_tree_as_it_is_keeps_every_contract(tree: Path) -> None:
    done = lint(tree)

    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(("contract", "planted"), PLANTED.items(), ids=PLANTED.keys())
def test_a_planted_violation_is_refused(tree: Path, contract: str, planted: tuple[str, str]) -> None:
    place, line = planted
    path = tree / place
    path.parent.mkdir(exist_ok=True)
    path.write_text((path.read_text(encoding="utf-8") if path.exists() else "") + f"\n{line}\n", encoding="utf-8")

    done = lint(tree)

    assert done.returncode == 1, done.stdout + done.stderr
    assert f"{contract.split(' (')[0]} BROKEN" in " ".join(done.stdout.split())


def test_windows_lie_beside_the_core() -> None:
    # `ui` is a folder name, never a distribution: another package of that name must not be picked up.
    import ui

    assert Path(str(ui.__file__)).parent == ROOT / "ui"
