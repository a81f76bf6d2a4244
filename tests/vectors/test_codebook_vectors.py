"""The vectors of the codebook, run on the product."""

from random import Random
from typing import Any

import pytest

from secmsg.errors import FormatError
from secmsg.manual import codebook_file, form
from secmsg.manual.capitals import Capitals
from secmsg.manual.codebook import Book
from secmsg.manual.decoding import decode
from secmsg.manual.encoding import encode
from tests.helpers.small_book import small_book
from tests.helpers.untraced import untraced
from tests.vectors import frame, second_codebook
from tests.vectors.frame import File, Test
from tests.vectors.second_basis import RefusedError


def run(file: File, vector: Test) -> dict[str, Any]:
    text = file.given["file"]
    if vector["do"] == "file":
        assert vector["before"] in text
        codebook_file.parse(text.replace(vector["before"], vector["after"], 1))
        return {}
    book = codebook_file.parse(text)
    return {"read": _read, "encode": _encode, "cable": _cable}[vector["do"]](book, vector)


def _read(book: Book, vector: Test) -> dict[str, Any]:
    return {"text": decode(vector["codes"].split(), book)}


def _encode(book: Book, vector: Test) -> dict[str, Any]:
    found = encode(vector["given"], book, capitals=Capitals(vector["capitals"]))
    changes = [[each.place, each.before, each.after] for each in found.changes]
    return {"text": found.text, "codes": " ".join(found.codes), "changes": changes}


def _cable(book: Book, vector: Test) -> dict[str, Any]:
    codes = vector["codes"].split()
    found = form.decode(codes, book)
    assert list(form.encode(found, book, len(codes))) == codes
    return {
        "degree": found.degree, "urgency": found.urgency, "number": found.number, "null": found.null,
        "text": decode(found.text, book),
    }  # fmt: skip


@pytest.mark.parametrize(("file", "vector"), frame.cases("codebook", expect="ok"))
def test_codes_and_texts_are_read_and_written(file: File, vector: Test) -> None:
    found = run(file, vector)

    assert found == {name: vector[name] for name in found}


@pytest.mark.parametrize(("file", "vector"), frame.cases("codebook", expect="refused"))
def test_what_is_out_of_form_is_refused(file: File, vector: Test) -> None:
    with frame.refusal(vector):
        run(file, vector)


@untraced
def test_both_readings_say_the_same_of_any_codes() -> None:
    book = small_book()
    second = second_codebook.file(codebook_file.write(book))
    every = [entry.code for entry in book.entries]
    often = [code for code in every if code < "0120" or "0129" <= code < "0150"] + every[200:240]
    said = 0

    for seed in range(2_000):
        chance = Random(seed)
        codes = [chance.choice(often if chance.random() < 0.7 else every) for _ in range(chance.randint(1, 10))]
        try:
            here: str | None = decode(codes, book)
        except FormatError:
            here = None
        try:
            there: str | None = second_codebook.read(codes, second)
        except RefusedError:
            there = None
        assert here == there, codes
        said += here is not None

    assert 200 < said < 1_900
