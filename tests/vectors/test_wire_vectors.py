"""Every vector of the wire formats: what is valid comes back as it went, what is refused is refused."""

from collections.abc import Callable

import pytest

from secmsg import digits, errors
from secmsg.wire import padding
from tests.helpers.vectors import FOLDER, FORMATS, bytes_of, load, written
from tests.vectors.make_wire import MAKERS, content

FILES = {"cable": "cable", "signed_cable": "signed cable"} | {
    name: name for name in ("slip", "manifest", "service", "item")
}


def cases(kind: str) -> list[object]:
    return [
        pytest.param(thing, vector, id=f"{file}: {vector['name']}")
        for file, thing in FILES.items()
        for vector in load(file)[kind]
    ]


def error_of(vector: dict[str, object]) -> type[Exception]:
    error = getattr(errors, str(vector["error"]))
    assert issubclass(error, errors.SecmsgError)
    return error  # type: ignore[no-any-return]  # checked on the line above


@pytest.mark.parametrize(("thing", "vector"), cases("valid"))
def test_a_valid_vector_is_its_value_and_the_value_its_bytes(thing: str, vector: dict[str, object]) -> None:
    data = bytes_of(vector)

    value = FORMATS[thing].decode(data)

    assert written(value) == vector["value"]
    assert FORMATS[thing].encode(value) == data


@pytest.mark.parametrize(("thing", "vector"), cases("refused"))
def test_a_refused_vector_is_refused(thing: str, vector: dict[str, object]) -> None:
    with pytest.raises(error_of(vector)):
        FORMATS[thing].decode(bytes_of(vector))


@pytest.mark.parametrize("file", MAKERS)
def test_the_files_are_what_the_script_writes(file: str) -> None:
    assert (FOLDER / f"{file}.json").read_text("utf-8") == content(file)


def test_there_are_refusals_enough() -> None:
    assert sum(len(load(file)["refused"]) for file in MAKERS) >= 300


def test_padding_has_the_sizes_of_its_vectors() -> None:
    vectors: dict[str, list[list[int]]] = load("padding")  # type: ignore[assignment]  # pairs in this file
    for size, expected in vectors["class_for"]:
        assert padding.class_for(size) == expected
    for size, expected in vectors["padme"]:
        assert padding.padme(size) == expected


@pytest.mark.parametrize("vector", load("padding")["valid"])
def test_padding_comes_off_as_it_went_on(vector: dict[str, object]) -> None:
    padded, data = bytes_of(vector), bytes.fromhex(str(vector["data"]))

    assert padding.strip(padded, len(data)) == data
    assert padding.pad_to(data, len(padded)) == padded


@pytest.mark.parametrize("vector", load("padding")["refused"], ids=lambda vector: str(vector["name"]))
def test_padding_that_is_wrong_is_refused(vector: dict[str, object]) -> None:
    calls: dict[str, Callable[[int], object]] = {
        "class_for": padding.class_for,
        "padme": padding.padme,
        "pad_to": lambda size: padding.pad_to(bytes_of(vector), size),
        "strip": lambda size: padding.strip(bytes_of(vector), size),
    }
    ((function, size),) = [(name, value) for name, value in vector.items() if name in calls]
    assert isinstance(size, int)

    with pytest.raises(error_of(vector)):
        calls[function](size)


@pytest.mark.parametrize("vector", load("digits")["valid"], ids=lambda vector: str(vector["name"]))
def test_groups_are_their_bytes(vector: dict[str, object]) -> None:
    data, text = bytes_of(vector), str(vector["text"])

    assert digits.parse_groups(text) == data
    assert digits.groups(data).split() == text.replace(".", " ").replace("-", " ").split()


@pytest.mark.parametrize("vector", load("digits")["refused"], ids=lambda vector: str(vector["name"]))
def test_wrong_groups_are_named(vector: dict[str, object]) -> None:
    with pytest.raises(error_of(vector), match=str(vector["says"])):
        digits.parse_groups(str(vector["text"]))
