"""Rules that hold for every test: skips are named and counted, and under CI a skip is a failure."""

import logging
import os
import re
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from secmsg.store import database

settings.register_profile("secmsg", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("secmsg")


MEMORY = "cipher_memory_security"


@pytest.fixture(scope="session", autouse=True)
def _memory_as_it_comes() -> Iterator[None]:
    """Let SQLCipher take memory as it comes: to lock and wipe every piece takes two thirds of a store's time.

    It can't be taken back in a process, so the protection itself is proven in others: by tests/leaks and
    tests/unit/store/test_database.py, and it is on wherever the program is run as its users run it.
    """
    with pytest.MonkeyPatch.context() as patch:
        lighter = tuple(each for each in database._PROTECTIONS if each[0] != MEMORY)
        patch.setattr(database, "_PROTECTIONS", lighter)
        yield


@pytest.fixture(autouse=True)
def _quiet_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail a test during which the product logged anything above INFO."""
    yield
    loud = [
        record.getMessage()
        for phase in ("setup", "call")
        for record in caplog.get_records(phase)
        if record.levelno > logging.INFO and record.name.split(".")[0] in ("secmsg", "ui")
    ]
    assert not loud, loud


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> None:
    """Note how many examples a property was tried with."""
    statistics = getattr(item, "hypothesis_statistics", None)
    if call.when == "call" and statistics is not None:
        examples = sum(int(each) for each in re.findall(r"(\d+) passing\b", statistics))
        item.user_properties.append(("examples", examples))


def _say_examples(terminalreporter: pytest.TerminalReporter) -> None:
    passed = terminalreporter.stats.get("passed", [])
    tried = [value for report in passed for name, value in report.user_properties if name == "examples"]
    terminalreporter.write_line(f"properties: {len(tried)}, examples: {sum(tried)}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many properties were tried how often, how many tests were skipped and why."""
    _say_examples(terminalreporter)
    reports = terminalreporter.stats.get("skipped", [])
    reasons = Counter(str(report.longrepr[2]).removeprefix("Skipped: ") for report in reports)
    listed = "; ".join(f"{count} {reason}" for reason, count in sorted(reasons.items()))
    terminalreporter.write_line(f"skipped: {len(reports)} ({listed})")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Turn a skip into a failure under CI."""
    reporter = session.config.pluginmanager.getplugin("terminalreporter")
    if reporter is not None and os.environ.get("CI") and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
