"""Fixtures of the station's tests: three stations around a simulated relay."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.ministry import HQ, PARIS
from tests.helpers.world import Office, World, world


@pytest.fixture
def ministry_world(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path) as built:
        yield built


@pytest.fixture
def offices(ministry_world: World) -> tuple[Office, Office]:
    """Headquarters and Paris, with mailboxes and prekeys at the relay."""
    both = ministry_world.open(HQ), ministry_world.open(PARIS)
    for office in both:
        office.sync()
    return both
