"""One mutant on trial: a forked process that imports the product with the mistake in it and runs chosen tests.

The process above has imported pytest and the libraries and nothing of the product, so a trial sees its mistake
from the first import on, and costs the product's import and no more.
"""

import importlib.abc
import importlib.util
import os
import resource
import signal
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import CodeType, ModuleType

import pytest
from hypothesis import Phase, settings

from tests.mutants.cover import ROOT, arguments
from tests.mutants.mutate import Mutant, mutated

SURVIVED, KILLED, NO_TEST = 0, 1, 5
_MEMORY = 4 * 1024**3


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives one module of the product its changed code."""

    def __init__(self, name: str, path: Path, code: CodeType) -> None:
        self._name, self._path, self._code = name, path, code

    def find_spec(self, fullname: str, path: object, target: object = None) -> ModuleSpec | None:
        if fullname != self._name:
            return None
        return importlib.util.spec_from_file_location(fullname, self._path, loader=self)

    def create_module(self, spec: ModuleSpec) -> None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        exec(self._code, module.__dict__)


class _Quick:
    """Hypothesis without shrinking and without a memory: whether a test fails is all that is asked."""

    @pytest.hookimpl(trylast=True)
    def pytest_sessionstart(self) -> None:
        settings.register_profile(
            "mutants", settings.get_profile("secmsg"), phases=(Phase.explicit, Phase.generate), database=None,
            derandomize=True,
        )  # fmt: skip
        settings.load_profile("mutants")


def run(mutant: Mutant | None, tests: Sequence[str], seconds: int) -> int:
    """Fork a trial and return its process; it ends with one of the codes above, or by a signal."""
    process = os.fork()
    if process:
        return process
    code = KILLED
    try:
        os.setpgid(0, 0)
        code = _inside(mutant, tests, seconds)
    except BaseException:
        # A mistake that stops the import is killed by it.
        code = KILLED
    finally:
        os._exit(code)


def _inside(mutant: Mutant | None, tests: Sequence[str], seconds: int) -> int:
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    if mutant is not None:
        path = ROOT / mutant.path
        code = compile(mutated(path.read_text("utf-8"), mutant.number), str(path), "exec")
        name = mutant.path.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
        sys.meta_path.insert(0, _Finder(name, path, code))
    status = int(pytest.main(arguments("-x", "--tb=no", *tests), plugins=[_Quick()]))
    return {0: SURVIVED, 5: NO_TEST}.get(status, KILLED)
