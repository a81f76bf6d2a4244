"""The frame refuses what does not belong in it, and the files are what their makers write."""

import subprocess
import sys
from typing import Any

import pytest

from secmsg.errors import Forked
from tests.vectors import frame

GOOD: dict[str, Any] = {
    "spec": "slip.md",
    "tests": [frame.ok("one", "example", hex="00"), frame.no("two", "FormatError", "length", hex="")],
}


def with_first(**changed: object) -> dict[str, Any]:
    return GOOD | {"tests": [GOOD["tests"][0] | changed, GOOD["tests"][1]]}


def test_a_right_frame_has_no_faults() -> None:
    assert not list(frame.faults(GOOD))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (GOOD | {"spec": "nowhere.md"}, "no page"),
        (GOOD | {"spec": "../spec/slip.md"}, "no page"),
        (GOOD | {"valid": []}, "no place"),
        (with_first(name="two"), "twice"),
        (with_first(name=""), "twice"),
        (with_first(expect="SomeError"), "no error"),
        (with_first(expect="Exception"), "no error"),
        (with_first(expect="SecmsgError"), "no error"),
        (with_first(flags=["nice"]), "unknown flags"),
    ],
)
def test_a_wrong_frame_is_told(content: dict[str, Any], says: str) -> None:
    (fault,) = frame.faults(content)

    assert says in fault


def test_a_refusal_of_another_class_goes_red() -> None:
    # The negative control: an error above or beside the expected one is not the expected one.
    with pytest.raises(AssertionError), frame.refusal(frame.no("a fork", "Rollback")):
        raise Forked("a fork")


@pytest.mark.parametrize("name", frame.names())
def test_every_file_is_in_the_frame(name: str) -> None:
    file = frame.load(name)

    assert file.accepted()
    assert file.refused()


def test_there_are_vectors_enough() -> None:
    told = frame.count()

    assert told.tests >= 300
    # One bit turned here and there is one reason, however often it is done.
    assert told.refused - told.bits >= 300


def test_the_files_are_what_their_makers_write() -> None:
    # In a process of its own: makers sign with recorded signatures, tests never do.
    done = subprocess.run(
        [sys.executable, "-m", "tests.vectors", "--check"],
        cwd=frame.FOLDER.parents[1],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
