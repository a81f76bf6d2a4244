"""The program starts itself again by the same words from source and from a package, and nothing else by them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from secmsg import program

ROOT = Path(__file__).resolve().parents[2]


def test_from_source_the_interpreter_runs_the_module() -> None:
    assert program.again("ui", "--home", "a b") == [sys.executable, "-m", "ui", "--home", "a b"]


@pytest.mark.parametrize("module", program.MODULES)
def test_whatever_can_be_started_is_there_to_be_started(module: str) -> None:
    assert (ROOT / module.replace(".", "/") / "__main__.py").is_file()


def test_what_is_not_listed_is_not_started() -> None:
    with pytest.raises(ValueError, match=r"http\.server"):
        program.again("http.server")


def test_a_package_starts_its_executable_by_the_same_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/usr/lib/secmsg/secmsg")

    assert program.again("secmsg", "relay") == ["/usr/lib/secmsg/secmsg", "-m", "secmsg", "relay"]
    assert program.apart("secmsg.metadata") == ["/usr/lib/secmsg/secmsg", "-m", "secmsg.metadata"]


def test_neither_the_folder_nor_the_environment_puts_another_module_in_its_place(tmp_path: Path) -> None:
    for name in ("secmsg", "cbor2", "PIL"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("raise SystemExit('a stranger was loaded')\n")

    done = subprocess.run(
        program.apart("secmsg.metadata"), cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(tmp_path)},
        input=b"inspect\n\xff\xd8\xff", capture_output=True, check=False,
    )  # fmt: skip

    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"{")
