"""After a lock no process of the product holds a word of what was open; long form: `python -m tests.leaks.memory`."""

import os
from pathlib import Path

import pytest

from tests.leaks.conftest import NEEDS_ROOT
from tests.leaks.memory import MOMENTS, Ground, Product, lock_at, relay_pids
from tests.leaks.memory_scan import new_mark, scan

SHORT = ("reading", "composing")


@NEEDS_ROOT
def test_nothing_is_left_after_a_lock(ground: Ground, product: Product) -> None:
    for name in SHORT:
        moment = next(each for each in MOMENTS if each.name == name)

        seen = lock_at(moment, product, ground, relay_pids(ground.stage))

        assert sum(seen.before.values()) > 5, "the words were there before the lock"
        assert seen.clean, seen.after
        assert seen.scanned >= 3, "supervisor, locked screen and relay were looked into"
    state = product.order(product.front("locked"), "state")

    assert ground.stage.mission.entry.name_vi in state["title"]
    assert "Đã khóa" in state["subtitle"]
    assert state["message"] == "", "a lock in good order has nothing to excuse"


@NEEDS_ROOT
def test_a_lock_that_only_hides_the_windows_is_found_out(ground: Ground, tmp_path: Path) -> None:
    product = Product(ground.stage.mission.home, tmp_path, careless=True)
    try:
        seen = lock_at(MOMENTS[0], product, ground, relay_pids(ground.stage))
    finally:
        product.close()

    assert not seen.clean


@NEEDS_ROOT
@pytest.mark.parametrize("spelling", ["utf-8", "utf-16", "hex", "HEX", "base64+0", "base64+1", "base64+2"])
def test_the_scanner_sees_every_spelling(spelling: str) -> None:
    mark = new_mark()
    kept = b"\x01" * 7 + mark.spellings()[spelling] + b"\x01" * 7

    found = scan(os.getpid(), mark)

    assert kept
    assert any(key.startswith(f"{spelling} ") for key in found)
