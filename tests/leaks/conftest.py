"""One stage for all tests of locking: a relay process, headquarters, and a mission whose store holds marked cables."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.leaks import memory
from tests.leaks.memory import Ground, Product

NEEDS_ROOT = pytest.mark.skipif(
    not Path("/proc/self/mem").exists() or os.geteuid() != 0,
    reason="reading other processes' memory needs Linux and root: the product forbids it to everybody else",
)


@pytest.fixture(scope="session")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    with memory.ground(tmp_path_factory.mktemp("memory")) as made:
        yield made


@pytest.fixture
def product(ground: Ground, tmp_path: Path) -> Iterator[Product]:
    made = Product(ground.stage.mission.home, tmp_path)
    yield made
    made.close()
