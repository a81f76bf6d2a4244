"""The vectors of the codebook, run on the product."""

from typing import Any

import pytest

from secmsg.manual import codebook_file, form
from secmsg.manual.capitals import Capitals
from secmsg.manual.codebook import Book
from secmsg.manual.decoding import decode
from secmsg.manual.encoding import encode
from tests.vectors import frame
from tests.vectors.frame import File, Test


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
