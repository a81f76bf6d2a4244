"""The vectors of the persons of a post: keys at rest, who signs, the record, requests, PINs."""

from collections.abc import Callable

import pytest

from secmsg.authority import persons as requests
from secmsg.crypto import hpke
from secmsg.crypto.secret import Secret
from secmsg.office import person_log, persons
from secmsg.office.persons import Rank, State
from secmsg.station import person_keys
from secmsg.wire import certificate, person_request
from tests.helpers.vectors import written
from tests.vectors import frame
from tests.vectors.frame import File, Test
from tests.vectors.make_persons import bytes_in, directory, judged, kept, terms


def _own(file: File, test: Test) -> None:
    officer, public, sealed = (bytes.fromhex({**file.given, **test}[name]) for name in ("officer", "public", "hex"))
    key = person_keys.open_own(Secret(officer), kept(test["number"], public), sealed)
    assert key.seed().reveal().hex() == test["gives"]
    assert person_keys.seal_own(Secret(officer), test["number"], key) == sealed


def _sheet(file: File, test: Test) -> None:
    sheet, public, sealed = (bytes.fromhex({**file.given, **test}[name]) for name in ("sheet", "public", "hex"))
    private = person_keys.sheet_seed(Secret(sheet))
    key = person_keys.open_sheet(private, kept(test["number"], public), sealed)
    assert key.seed().reveal().hex() == test["gives"]
    assert person_keys.mark(hpke.public_of(private)).hex() == test["mark"]


def _signs(_: File, test: Test) -> None:
    found = persons.bar(test["number"], Rank(test["rank"]), State(test["state"]), terms(test["terms"]), test["now"])
    assert (None if found is None else found.name.lower()) == test["gives"]


def _absence(_: File, test: Test) -> None:
    ranks = {int(number): Rank(rank) for number, rank in test["ranks"].items()}
    (new,) = terms([test["new"]])
    persons.check_term(new, ranks, terms(test["terms"]), test["now"])


def _line(file: File, test: Test) -> None:
    data = bytes_in(file, test)
    line = person_log.decode(data)
    assert (written(line), person_log.encode(line)) == (test["value"], data)


def _asked(file: File, test: Test) -> None:
    data = bytes_in(file, test)
    request = person_request.decode(data)
    assert person_request.encode(request) == data
    assert judged(request, test["now"]) == test["gives"]
    if "value" in test:
        assert written(request) == test["value"]
        assert requests.fingerprint(data).hex() == test["fingerprint"]


DO: dict[str, Callable[[File, Test], object]] = {
    "own": _own,
    "sheet": _sheet,
    "signs": _signs,
    "absence": _absence,
    "line": _line,
    "asked": _asked,
    "request": lambda file, test: person_request.decode(bytes_in(file, test)),
    "pin": lambda _, test: persons.check_pin(test["pin"]),
}


@pytest.mark.parametrize(("file", "test"), frame.cases("persons", expect="ok"))
def test_what_is_right_is_as_its_vector_says(file: File, test: Test) -> None:
    DO[test["do"]](file, test)


@pytest.mark.parametrize(("file", "test"), frame.cases("persons", expect="refused"))
def test_what_is_wrong_is_refused(file: File, test: Test) -> None:
    with frame.refusal(test):
        DO[test["do"]](file, test)


def test_requests_are_judged_by_the_certificates_of_the_file() -> None:
    listed = sorted(certificate.encode(each).hex() for each in directory().certificates.values())

    assert listed == frame.load("persons").given["listed"]
