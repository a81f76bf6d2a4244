"""Runs `secmsg` inside the test's own process, with cheap passphrases."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from secmsg import __main__ as program
from secmsg.commands.ground import Ground
from tests.helpers.ministry import FAST


@dataclass(frozen=True, slots=True)
class Told:
    """How a run of the program ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401 - a test looks into whatever was printed
        return json.loads(self.out)


class Program:
    """`secmsg` as `main` runs it, in this process, without a keyring that a test would write into."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def __call__(self, *words: str | Path) -> Told:
        self._monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "disabled:")
        self._monkeypatch.delenv("SECMSG_HOME", raising=False)
        self._monkeypatch.setattr(sys, "argv", ["secmsg", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            program.main(Ground(FAST))
        printed = self._capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return Told(ended.value.code, printed.out, printed.err)
