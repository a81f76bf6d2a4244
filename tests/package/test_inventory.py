"""The bill of materials says how each version is known, and says it truly."""

import re
from importlib import metadata
from pathlib import Path

import pytest

from tests.package.folders import ROOT, load

inventory = load("linux/inventory.py")


def built_into(wheel: str, ending: str) -> list["inventory.Part"]:  # type: ignore[name-defined]
    """Take stock of a folder with one extension of a wheel in it."""
    file = next(each for each in metadata.files(wheel) or [] if re.search(ending, str(each)))
    folder = inventory.Folder(ROOT, [(str(file), str(Path(str(file.locate()))), "EXTENSION")], [])
    return [part for part in inventory.take(folder, [wheel]) if part.inside]


@pytest.mark.parametrize(
    ("wheel", "ending", "name"),
    [("pynacl", r"nacl/_sodium\b", "libsodium"), ("zxing-cpp", r"zxingcpp\S*\.so$", "zxing-cpp (C++)")],
)
def test_a_version_that_no_library_told_is_not_said_to_be_its_answer(wheel: str, ending: str, name: str) -> None:
    part = next(each for each in built_into(wheel, ending) if each.name == name)

    assert re.fullmatch(r"\d+\.\d+\.\d+\S*", part.version)
    assert "wheel" in part.how
    assert "not asked" in part.how


def test_what_a_library_answers_is_said_to_be_its_answer() -> None:
    told = {part.name: (part.version, part.how) for part in built_into("sqlcipher3", r"_sqlite3\b")}

    import sqlcipher3

    assert told["SQLite"] == (sqlcipher3.sqlite_version, "the library itself, asked")
    assert told["SQLCipher"][1] == "the library itself, asked"
