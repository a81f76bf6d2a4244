"""Two builds are compared only where both are of one state of the program."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.package.folders import load

twice = load("linux/twice.py")
DATE = 1_790_000_000


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a repository with one commit of a known date."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_DATE", f"{DATE} +0000")
        monkeypatch.setenv(f"GIT_{name}_NAME", "a builder")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "builder@localhost")
    root = tmp_path / "tree"
    root.mkdir()
    (root / "program").write_text("one")
    for words in (["init", "--quiet"], ["add", "program"], ["commit", "--quiet", "-m", "One"]):
        subprocess.run(["git", *words], cwd=root, check=True)
    return root


def built(place: Path, date: str) -> Path:
    """Make a folder with a bill of that date."""
    place.mkdir()
    (place / "secmsg-relay.cdx.json").write_text(json.dumps({"metadata": {"timestamp": date}}))
    return place


def test_a_build_of_the_last_commit_is_compared(tree: Path, tmp_path: Path) -> None:
    assert twice.unlike(built(tmp_path / "made", "2026-09-21T14:13:20Z"), tree) == ""


def test_a_build_of_an_older_commit_is_not_compared(tree: Path, tmp_path: Path) -> None:
    assert "no build of the last commit" in twice.unlike(built(tmp_path / "made", "2026-09-21T14:13:19Z"), tree)


def test_a_folder_without_a_build_is_not_compared(tree: Path, tmp_path: Path) -> None:
    assert "no build of the last commit" in twice.unlike(tmp_path / "nothing", tree)


def test_a_tree_with_more_than_its_commit_is_not_compared(tree: Path, tmp_path: Path) -> None:
    (tree / "program").write_text("two")

    assert "commit first" in twice.unlike(built(tmp_path / "made", "2026-09-21T14:13:20Z"), tree)
