"""The vectors of records of custody and of the ledger: what is right comes back, what is not is refused."""

import pytest

from secmsg.crypto import labels, signing
from secmsg.crypto.secret import Secret
from secmsg.crypto.signing import Level
from secmsg.office import custody_record, ledger
from secmsg.station import custody_records
from secmsg.store import registers
from tests.helpers.vectors import Format, bytes_of, written
from tests.vectors import frame
from tests.vectors.frame import File, Test

FORMATS = {
    "statement": Format(custody_record.encode, custody_record.decode),
    "entry": Format(custody_record.encode_entry, custody_record.decode_entry),
    "proven": Format(custody_record.encode_entry, custody_record.decode_entry),
    "line": Format(ledger.encode, ledger.decode),
}


def _read(test: Test) -> None:
    data, kind = bytes_of(test), FORMATS[test["do"]]
    value = kind.decode(data)
    assert written(value) == test.get("value", written(value))
    assert kind.encode(value) == data
    if "code" in test:
        assert custody_records.statement_code(data) == test["code"]
    if test["do"] == "proven":
        entry = custody_record.decode_entry(data)
        for each in entry.signed:
            signing.verify(Level.STANDARD, each.public, labels.SIGN_CUSTODY, entry.statement, each.signature)


@pytest.mark.parametrize(("file", "test"), frame.cases("custody", "ledger", expect="ok"))
def test_what_is_right_comes_back(file: File, test: Test) -> None:
    if test["do"] != "mac":
        _read(test)
        return
    key, previous, body = (bytes.fromhex(each) for each in (file.given["audit_key"], test["previous"], test["body"]))
    mac = registers.mac(Secret(key), test["register"], test["line"], test["at"], previous, body)
    assert mac.hex() == test["gives"]


@pytest.mark.parametrize(("_", "test"), frame.cases("custody", "ledger", expect="refused"))
def test_what_is_wrong_is_refused(_: File, test: Test) -> None:
    with frame.refusal(test):
        _read(test)
