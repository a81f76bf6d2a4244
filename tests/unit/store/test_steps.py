"""Steps of the schema that stores may have taken are never changed, and every table that is used is made by one."""

import hashlib
import re
from pathlib import Path

import pytest

from secmsg.store import database

STORE = Path(database.__file__).parent
STEPS = STORE / "migrations"
TAKEN = {
    "0001": "cbdfca6627324fa7",
    "0002": "e6c6cbafd5523a2e",
    "0003": "2beb835eebe2abb9",
    "0004": "5aafef5f4eb03a65",
    "0005": "969bdcf31251de66",
    "0006": "c937a200e800b94a",
    "0007": "e8fca0934b2c937a",
    "0008": "3c53362a2c8e33b9",
    "0009": "53a2c8a64b437aab",
    "0010": "ad9c31055bfbce44",
    "0011": "0a570f60adc54bfe",
    "0012": "9711241025a93709",
    "0013": "94c7a6d4f4f45135",
    "0014": "a6389449e301fe48",
    "0015": "78ef8273fe7c26fe",
    "0016": "054007d3ac9be14a",
    "0017": "dfc50b88b3c035e6",
    "0018": "c2076f53a6bb581f",
    "0019": "00ae0e06b3d7614e",
    "0020": "b7bc4a87172b0a9e",
    "0021": "0c9c1434e4b27412",
    "0022": "46f5990e0eb1f5dd",
    "0023": "77cfb5910d2d3840",
}
"""Beginnings of their SHA-256; a new step adds a line, no line ever changes."""


@pytest.mark.parametrize("step", TAKEN)
def test_a_step_that_stores_have_taken_is_what_it_was(step: str) -> None:
    assert hashlib.sha256((STEPS / f"{step}.sql").read_bytes()).hexdigest().startswith(TAKEN[step])


def test_every_table_that_is_written_to_is_made_by_a_step() -> None:
    made = set(re.findall(r"CREATE (?:VIRTUAL )?TABLE (\w+)", "".join(p.read_text() for p in STEPS.glob("*.sql"))))
    renamed = set(re.findall(r"RENAME TO (\w+)", "".join(p.read_text() for p in STEPS.glob("*.sql"))))
    code = "".join(path.read_text("utf-8") for path in STORE.glob("*.py"))
    written = set(re.findall(r"(?:INSERT INTO|INSERT OR \w+ INTO|DELETE FROM) (\w+)", code))

    assert written
    assert written <= made | renamed
