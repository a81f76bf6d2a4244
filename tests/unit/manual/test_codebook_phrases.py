"""Phrases are ranked by the groups that they save in a folder of text."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def test_what_saves_most_groups_comes_first(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(
        "Tàu ngầm lặn sâu.\n\nHai tàu ngầm lặn sâu, ba tàu ngầm nổi.\n\nTàu ngầm lặn sâu.", "utf-8"
    )
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "two.txt").write_text("Tàu ngầm nổi trên mặt nước.", "utf-8")

    done = subprocess.run(
        [sys.executable, ROOT / "packaging" / "codebook_phrases.py", tmp_path, "--least", "2", "--room", "2"],
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )

    assert done.stdout.splitlines() == ["tàu ngầm lặn sâu\t9", "tàu ngầm nổi\t4"]
