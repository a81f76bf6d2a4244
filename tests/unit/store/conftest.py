"""A database for each test that asks for one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from secmsg.store.database import Database
from tests.helpers.stores import new_database


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    made = new_database(tmp_path)
    yield made
    made.close()
