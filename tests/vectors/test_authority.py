"""Every vector of the authority: what is valid gives what it says, what is refused is refused."""

import functools
import json
from pathlib import Path

import pytest

from secmsg import errors
from tests.helpers.authority_vectors import Vector, run

FOLDER = Path(__file__).parent
FILES = ("certificate", "directory", "prekeys", "enrolment", "mailbox")


@functools.cache
def load(file: str) -> Vector:
    content: Vector = json.loads((FOLDER / f"{file}.json").read_text("utf-8"))
    return content


@functools.cache
def bases(file: str) -> dict[str, bytes]:
    return {name: bytes.fromhex(value) for name, value in load(file)["bases"].items()}


def cases(kind: str) -> list[object]:
    return [pytest.param(file, vector, id=f"{file}: {vector['name']}") for file in FILES for vector in load(file)[kind]]


@pytest.mark.parametrize(("file", "vector"), cases("valid"))
def test_a_valid_vector_gives_what_it_says(file: str, vector: Vector) -> None:
    assert run(vector, bases(file)) == vector["gives"]


@pytest.mark.parametrize(("file", "vector"), cases("refused"))
def test_a_refused_vector_is_refused_with_its_error(file: str, vector: Vector) -> None:
    error = getattr(errors, vector["error"])

    with pytest.raises(error) as refused:
        run(vector, bases(file))

    assert type(refused.value) is error


@pytest.mark.parametrize("file", FILES)
def test_every_name_in_a_file_stands_once(file: str) -> None:
    names = [vector["name"] for kind in ("valid", "refused") for vector in load(file)[kind]]

    assert len(set(names)) == len(names)


def test_there_are_refusals_enough() -> None:
    assert sum(len(load(file)["refused"]) for file in FILES) >= 150
