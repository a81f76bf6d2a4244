"""The one frame of every file of vectors, checked when it is read (README.md beside this file).

    {"spec": "<page>.md", "tests": [{"name": …, "expect": "ok" or an error class, "flags": […], …}]}

Beside these two a file may hold `bases`, bytes by name that several tests change, and `given`, what they share.
"""

import functools
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from secmsg import errors
from secmsg.errors import SecmsgError

FOLDER = Path(__file__).resolve().parent
SPEC = FOLDER.parents[1] / "docs" / "spec"
OK = "ok"

FLAGS = {
    "example": "printed in its page as the worked example",
    "canonical": "another encoding than the one that the value has",
    "length": "empty, cut short or too long",
    "bound": "a number, a size or a choice outside its bounds",
    "rule": "fields that are each right and do not fit together",
    "text": "characters that a text or a name does not hold",
    "bit": "one bit turned",
    "swap": "a true thing in a wrong place: another's key, label, path, device",
    "time": "outside a validity",
    "order": "older than what was seen, in conflict with it, or seen before",
    "context": "refused by what the receiver knows beside these bytes",
    "sequence": "the tests of this file follow one another",
}
"""What a flag says of its test. A word more is welcome; a word that says the same is not."""

# A file of vectors is JSON of its own making; the fields of a kind are the business of its runner.
Test = dict[str, Any]


@dataclass(frozen=True, slots=True)
class File:
    """One file of vectors, checked."""

    name: str
    spec: str
    tests: tuple[Test, ...]
    bases: Mapping[str, bytes]
    given: Mapping[str, Any]

    def accepted(self) -> list[Test]:
        return [test for test in self.tests if test["expect"] == OK]

    def refused(self) -> list[Test]:
        return [test for test in self.tests if test["expect"] != OK]

    def named(self, name: str) -> Test:
        return next(test for test in self.tests if test["name"] == name)

    def example(self) -> Test:
        """Return the test that the page prints."""
        (test,) = (test for test in self.tests if "example" in test["flags"])
        return test


def names() -> list[str]:
    """Return every file of vectors, as `load` takes it."""
    return sorted(path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.rglob("*.json"))


@functools.cache
def load(name: str) -> File:
    """Read one file and check its frame; AssertionError says what is wrong with it."""
    content = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    wrong = list(faults(content))
    assert not wrong, f"{name}: {'; '.join(wrong)}"
    bases = {each: bytes.fromhex(value) for each, value in content.get("bases", {}).items()}
    return File(name, content["spec"], tuple(content["tests"]), bases, content.get("given", {}))


def faults(content: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with a frame."""
    for key in content.keys() - {"spec", "tests", "bases", "given"}:
        yield f"{key!r} has no place in a frame"
    if not (SPEC / content["spec"]).is_file() or "/" in content["spec"]:
        yield f"no page {content['spec']!r} in docs/spec"
    seen = set()
    for test in content["tests"]:
        name = test["name"]
        if not isinstance(name, str) or not name or name in seen:
            yield f"a name that stands twice or is none: {name!r}"
        seen.add(name)
        if test["expect"] != OK and not _is_error(test["expect"]):
            yield f"{name}: no error {test['expect']!r} in secmsg/errors.py"
        if unknown := set(test["flags"]) - FLAGS.keys():
            yield f"{name}: unknown flags {sorted(unknown)}"


def _is_error(name: str) -> bool:
    error = getattr(errors, name, None)
    return isinstance(error, type) and issubclass(error, SecmsgError) and error is not SecmsgError


def text(spec: str, tests: Iterable[Test], **shared: object) -> str:
    """Return a file as a maker writes it: the frame's own fields first, one field a line."""
    framed = [{key: test[key] for key in ("name", "expect", "flags")} | test for test in tests]
    content = {"spec": spec, **shared, "tests": framed}
    wrong = list(faults(content))
    assert not wrong, f"{spec}: {'; '.join(wrong)}"
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def ok(name: str, *flags: str, **fields: object) -> Test:
    """Write a test that is accepted."""
    return {"name": name, "expect": OK, "flags": list(flags), **fields}


def no(name: str, error: str, *flags: str, **fields: object) -> Test:
    """Write a test that is refused with exactly this error."""
    return {"name": name, "expect": error, "flags": list(flags), **fields}


def cases(*files: str, expect: str) -> list[object]:
    """Return (file, test) for `parametrize`: the accepted for "ok", the refused for "refused"."""
    return [
        pytest.param(load(file), test, id=f"{file}: {test['name']}")
        for file in files
        for test in (load(file).accepted() if expect == OK else load(file).refused())
    ]


def error_of(test: Test) -> type[SecmsgError]:
    """Return the class that a refusal names."""
    error = getattr(errors, test["expect"])
    assert issubclass(error, SecmsgError)
    return error  # type: ignore[no-any-return]  # checked on the line above


@contextmanager
def refusal(test: Test) -> Iterator[None]:
    """Hold what is inside to the very error that the test names, not to one above it."""
    with pytest.raises(SecmsgError) as refused:
        yield
    assert type(refused.value) is error_of(test)


@dataclass(frozen=True, slots=True)
class Count:
    """How many tests there are, how many of them are refusals, and how many of these turn one bit only."""

    tests: int
    refused: int
    bits: int


def count() -> Count:
    """Count over every file."""
    tests = [test for name in names() for test in load(name).tests]
    refused = [test for test in tests if test["expect"] != OK]
    return Count(len(tests), len(refused), sum("bit" in test["flags"] for test in refused))


def summary() -> str:
    """Say in one line how many vectors there are."""
    told = count()
    return (
        f"vectors  {told.tests} in {len(names())} files: {told.tests - told.refused} accepted, "
        f"{told.refused} refused ({told.bits} of them for one bit)"
    )
