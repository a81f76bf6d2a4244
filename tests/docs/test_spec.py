"""The specification names nothing that is not there, and leaves out nothing that is."""

import re
from pathlib import Path

import pytest

from secmsg.crypto import labels
from tests.vectors import frame

ROOT = Path(__file__).resolve().parents[2]
SPEC = ROOT / "docs" / "spec"
PAGES = sorted(path.name for path in SPEC.glob("*.md") if path.name != "README.md")
README = (SPEC / "README.md").read_text("utf-8")
ROWS = re.findall(
    r"^\| \[(?P<page>[\w-]+)\]\((?P<link>[^)]+)\) \|[^|]*\|(?P<code>[^|]*)\|(?P<vectors>[^|]*)\|$", README, re.MULTILINE
)


def table(page: str, title: str) -> list[dict[str, str]]:
    """Return the rows of the table below a heading, by the names of its columns."""
    text = (SPEC / page).read_text("utf-8").split(f"\n## {title}\n")[1].split("\n## ")[0]
    head, _, *rows = [line for line in text.splitlines() if line.startswith("|")]
    split = [[cell.strip() for cell in line.strip("|").split("|")] for line in (head, *rows)]
    return [dict(zip(split[0], row, strict=True)) for row in split[1:]]


KEYS = table("keys.md", "1. Keys")
PURPOSES = table("keys.md", "2. Purposes")


def test_the_contents_list_every_page_once() -> None:
    assert sorted(link for _, link, _, _ in ROWS) == PAGES
    assert all(f"{name}.md" == link for name, link, _, _ in ROWS)


def test_every_file_of_vectors_is_listed_beside_its_page() -> None:
    listed = {
        (link, name.removesuffix(".json")) for _, link, _, cell in ROWS for name in re.findall(r"[\w/]+\.json", cell)
    }

    for name in frame.names():
        assert (frame.load(name).spec, name) in listed
    assert {name for _, name in listed} == set(frame.names())


def test_code_that_the_contents_name_is_there() -> None:
    for _, _, cell, _ in ROWS:
        for name in re.findall(r"`([^`]+)`", cell):
            assert _there(f"secmsg/{name}") or _there(name), name


@pytest.mark.parametrize("page", [*PAGES, "README.md"])
def test_paths_and_pages_that_a_page_names_are_there(page: str) -> None:
    text = (SPEC / page).read_text("utf-8")
    pages = set(re.findall(r"(?<![\w/])([a-z-]+\.md)\b", text)) | set(re.findall(r"\]\(([\w.-]+\.md)", text))
    paths = set(re.findall(r"`((?:secmsg|tests|ui)/[^` ]*)`", text))

    assert pages <= {*PAGES, "README.md"}
    missing = {each for path in paths for each in _spread(path) if not _there(each)}
    assert not missing


def _spread(path: str) -> list[str]:
    """Write `a/{b,c}.py` out."""
    braces = re.search(r"\{([^}]*)\}", path)
    if braces is None:
        return [path]
    return [path.replace(braces[0], each) for each in braces[1].split(",")]


def _there(path: str) -> bool:
    return any(ROOT.glob(path.rstrip("/")))


def test_every_section_that_is_referred_to_is_there() -> None:
    for page in PAGES:
        text = (SPEC / page).read_text("utf-8")
        for name, section in re.findall(r"`?\b([a-z-]+\.md)`? (\d{1,2}(?:\.\d+)?)\b(?! ?[BbkK%])", text):
            there = (SPEC / name).read_text("utf-8")
            assert re.search(rf"^##+ {re.escape(section)}\.? ", there, re.MULTILINE), f"{page}: {name} {section}"


def test_every_key_has_a_purpose_and_every_purpose_a_key() -> None:
    keys = [row["Key"] for row in KEYS]
    used = {key for row in PURPOSES for key in row["Key"].split(", ")}

    assert len(set(keys)) == len(keys)
    assert set(keys) == used - {"a key of the moment"}


def test_every_label_parts_a_purpose_and_no_other_word_does() -> None:
    told = {label for row in PURPOSES for label in re.findall(r"`([^`]+)`", row["Apart by"])}
    by_label = {label for label in labels.ALL if label not in labels.CONTEXT} | {
        labels.BLOB,
        labels.KIT_STREAM,
        labels.POUCH,
        labels.THIN_PACKET,
        labels.PERSON_KEY,
    }

    assert told - {"H"} == by_label


def test_one_label_signs_one_thing() -> None:
    signed = [re.findall(r"`([^`]+)`", row["Apart by"]) for row in PURPOSES if row["How"] == "sign"]

    assert sorted(label for (label,) in signed) == sorted(labels.SIGN + labels.READER_SIGN)


@pytest.mark.parametrize("name", frame.names())
def test_a_page_names_every_error_of_its_vectors_and_shows_an_example(name: str) -> None:
    page = (SPEC / frame.load(name).spec).read_text("utf-8")

    for error in {test["expect"] for test in frame.load(name).refused()}:
        assert re.search(rf"\b{error}\b", page), error
    assert "```vector " in page
