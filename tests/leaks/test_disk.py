"""The short form of the watch on files; `make leaks` watches the whole tour."""

import json
import shutil
from pathlib import Path

import pytest

from tests.faults import deeds, recorded
from tests.helpers.ministry import PASSPHRASE
from tests.leaks import careless, disk, tour
from tests.leaks.disk import Allowed
from tests.leaks.tour import Watched

pytestmark = [
    pytest.mark.skipif(shutil.which("strace") is None, reason="strace is missing (package strace)"),
    pytest.mark.timeout(180),
]

_DEEDS = Allowed(
    (
        rf"ministry/(station-\d|authority)(/{disk._STORE})?",
        rf"ministry/relay(/{disk._RELAY})?",
        r"ministry/older/store\.db(-wal|-shm|-journal)?",
        # What an officer takes out stands in clear, by his will.
        r"ministry/out/[^/]+",
        r"said",
    ),
    r"said|ministry/out/.*",
)


def test_the_work_of_an_office_writes_no_word_and_no_unlisted_file(tmp_path: Path) -> None:
    made = recorded.make(tmp_path.resolve())
    lines = [json.loads(line) for line in (made.base / "said").read_text().splitlines()]
    annex = (made.base / "annex.pdf").read_bytes()
    subjects = {line["released"] for line in lines if "released" in line}
    words = (*sorted(subjects), "Trần Thị Soạn", "Bí thư thứ nhất", PASSPHRASE, deeds.SECOND, deeds.THIRD, deeds.FOURTH)

    found = disk.look(Watched(made.base), made.trace, words, (annex[5_000:5_040], annex[15_000:15_040]), _DEEDS)

    assert len(subjects) == 2 * deeds.ROUNDS
    assert found.files > 30
    assert found.written > 500_000
    assert found.good, list(found.faults())


def test_the_mistakes_of_a_careless_program_are_seen(tmp_path: Path) -> None:
    # The control: each of its five mistakes is found.
    watched = Watched(tmp_path.resolve())
    for folder in (watched.home, watched.temporary, watched.work, watched.notes):
        folder.mkdir()
    assert tour.recorded(watched, ["-m", "tests.leaks.careless"], watched.trace, watched.output) == 0

    found = disk.look(watched, watched.trace, (careless.WORD,))

    for place in ("secmsg-control", "preview-", "thumbnails/page", "in the name"):
        assert any(place in leak for leak in found.leaks), (place, found.leaks)
    assert any("thumbnails/mapped" in name for name in found.unlisted)
