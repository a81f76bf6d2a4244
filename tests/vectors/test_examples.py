"""The worked examples of the pages are vectors, byte for byte."""

import pytest

from tests.vectors import examples, frame

PAGES = sorted(path.name for path in frame.SPEC.glob("*.md"))


@pytest.mark.parametrize("page", PAGES)
def test_an_example_is_its_vector(page: str) -> None:
    text = (frame.SPEC / page).read_text("utf-8")

    assert examples.printed(text) == text


@pytest.mark.parametrize("name", [name for name in frame.names() if "version" not in name])
def test_every_file_of_vectors_has_its_example_in_its_page(name: str) -> None:
    file = frame.load(name)

    told = [block["name"] for block in examples.blocks(file.spec) if block["file"] == name]

    assert file.example()["name"] in told


def test_a_wrong_byte_in_a_page_goes_red() -> None:
    # The negative control: what the page says is read, not only that it says something.
    page = frame.SPEC / frame.load("slip").spec
    (block,) = (block for block in examples.blocks(page.name) if block["file"] == "slip")
    wrong = block[0].replace("00000007", "00000008")

    assert wrong != block[0]
    assert examples.printed(wrong) == block[0]
