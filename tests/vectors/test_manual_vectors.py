"""The vectors of the hand cipher, run on the product; the page prints one of them."""

from collections.abc import Callable

import pytest

from secmsg.manual import checks, text
from secmsg.manual.message import decipher, encipher
from secmsg.manual.pad import Page, page, page_check, page_serial, strip_checks
from secmsg.manual.tag import sheet, tag, trace
from tests.vectors import frame
from tests.vectors.frame import Test


def _pages(vector: Test) -> list[Page]:
    return [page(page_serial(told["number"]), told["keys"].split(), tuple(told["masks"])) for told in vector["pages"]]


def _message(vector: Test) -> None:
    codes, pages, sheets = vector["codes"].split(), _pages(vector), [sheet(r) for r in vector["r"]]
    message = encipher(codes, pages, sheets, serial=vector["serial"], at=vector["at"], parity=vector["parity"])

    assert text.write(message).splitlines() == vector["text"]
    assert decipher(text.read("\n".join(vector["text"])).message(), pages, sheets) == tuple(codes)
    told = [step.value for step in trace(sheets[0], vector["serial"], message.groups)]
    assert not vector["trace"] or told == [int(value) for value in vector["trace"].split()]


def _received(vector: Test) -> None:
    reception = text.read("\n".join(vector["text"]))
    codes = decipher(reception.message(), _pages(vector), [sheet(r) for r in vector["r"]])

    assert " ".join(codes) == vector["codes"]


def _sent(vector: Test) -> None:
    assert checks.sent(vector["cipher"], vector["place"]) == vector["gives"]


def _tables(vector: Test) -> None:
    of = sheet(vector["r"])

    assert [of.hundreds(place) for place in range(5)] == vector["hundreds"]
    assert [of.units(place) for place in range(5)] == vector["units"]
    assert [of.beyond(place) for place in range(3)] == vector["beyond"]


def _page(vector: Test) -> None:
    (whole,) = _pages(vector)

    assert (page_check(whole), list(strip_checks(whole))) == (vector["check"], vector["strips"])


def _tag(vector: Test) -> None:
    groups = vector["groups"].split()

    assert tag(sheet(vector["r"]), vector["mask"], vector["serial"], groups) == vector["gives"]
    told = [step.value for step in trace(sheet(vector["r"]), vector["serial"], groups)]
    assert told == [int(value) for value in vector["trace"].split()]


RUN: dict[str, Callable[[Test], None]] = {
    "message": _message,
    "received": _received,
    "sent": _sent,
    "tables": _tables,
    "page": _page,
    "tag": _tag,
}


@pytest.mark.parametrize(("file", "vector"), frame.cases("manual", expect="ok"))
def test_by_hand(file: frame.File, vector: Test) -> None:
    RUN[vector["do"]](vector)


@pytest.mark.parametrize(("file", "vector"), frame.cases("manual", expect="refused"))
def test_what_is_refused(file: frame.File, vector: Test) -> None:
    with frame.refusal(vector):
        RUN[vector["do"]](vector)


def test_the_frozen_vector_is_the_one_of_the_design() -> None:
    frozen = frame.load("manual").named("the frozen message")

    assert frozen["codes"] == "1843 6120 0035 0104 7777"
    assert frozen["pages"][0]["keys"].startswith("4279 3164 1335 7627 2222 ")
    assert (frozen["r"], frozen["pages"][0]["masks"][0], frozen["serial"]) == ([31_415], "92653", 104)
    assert frozen["text"][1:] == ["50120 92846 13600 77214 99993", "34989"]
    assert frozen["trace"] == "67064 09428 44302 75171 57307 50441 42339"
    assert checks.parities(frozen["text"][1].split())[0][:4] == "1166"
    assert checks.sent("5012", 10) == "50124"
