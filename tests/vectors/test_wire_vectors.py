"""Every vector of the wire formats: what is valid comes back as it went, what is refused is refused."""

from collections.abc import Callable

import pytest

from secmsg import digits
from secmsg.wire import padding
from tests.helpers.vectors import FORMATS, bytes_of, written
from tests.vectors import frame
from tests.vectors.frame import File, Test

FILES = ("cable", "signed_cable", "slip", "manifest", "service", "item", "copy", "cover_file", "pad_file", "revocation")


def format_of(file: File) -> str:
    return file.name.replace("_", " ")


@pytest.mark.parametrize(("file", "vector"), frame.cases(*FILES, expect="ok"))
def test_a_valid_vector_is_its_value_and_the_value_its_bytes(file: File, vector: Test) -> None:
    data = bytes_of(vector)

    value = FORMATS[format_of(file)].decode(data)

    assert written(value) == vector["value"]
    assert FORMATS[format_of(file)].encode(value) == data


@pytest.mark.parametrize(("file", "vector"), frame.cases(*FILES, expect="refused"))
def test_a_refused_vector_is_refused(file: File, vector: Test) -> None:
    with frame.refusal(vector):
        FORMATS[format_of(file)].decode(bytes_of(vector))


def test_there_are_refusals_enough() -> None:
    assert sum(len(frame.load(file).refused()) for file in FILES) >= 300


PADDING: dict[str, Callable[[Test], object]] = {
    "class_for": lambda vector: padding.class_for(vector["size"]),
    "padme": lambda vector: padding.padme(vector["size"]),
    "pad": lambda vector: padding.pad_to(bytes.fromhex(vector["data"]), vector["size"]),
    "strip": lambda vector: padding.strip(bytes_of(vector), vector["length"]),
}


@pytest.mark.parametrize(("_", "vector"), frame.cases("padding", expect="ok"))
def test_padding_is_as_its_vectors_say(_: File, vector: Test) -> None:
    made = PADDING[vector["do"]](vector)

    if vector["do"] == "pad":
        assert made == bytes_of(vector)
        assert padding.strip(bytes_of(vector), len(vector["data"]) // 2).hex() == vector["data"]
    else:
        assert made == vector["gives"]


@pytest.mark.parametrize(("_", "vector"), frame.cases("padding", expect="refused"))
def test_padding_that_is_wrong_is_refused(_: File, vector: Test) -> None:
    with frame.refusal(vector):
        PADDING[vector["do"]](vector)


@pytest.mark.parametrize(("_", "vector"), frame.cases("digits", expect="ok"))
def test_groups_are_their_bytes(_: File, vector: Test) -> None:
    data, text = bytes_of(vector), vector["text"]

    assert digits.parse_groups(text) == data
    assert digits.groups(data).split() == text.replace(".", " ").replace("-", " ").split()


@pytest.mark.parametrize(("_", "vector"), frame.cases("digits", expect="refused"))
def test_wrong_groups_are_named(_: File, vector: Test) -> None:
    with pytest.raises(frame.error_of(vector), match=vector["says"]):
        digits.parse_groups(vector["text"])
