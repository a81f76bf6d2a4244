"""A pytest plugin that writes each test's seconds where MUTANTS_TIMES says."""

import json
import os
from pathlib import Path

import pytest

_SECONDS: dict[str, float] = {}


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Add setup, call and teardown of a test."""
    _SECONDS[report.nodeid] = _SECONDS.get(report.nodeid, 0.0) + report.duration


def pytest_sessionfinish() -> None:
    """Write them."""
    Path(os.environ["MUTANTS_TIMES"]).write_text(json.dumps(_SECONDS))
