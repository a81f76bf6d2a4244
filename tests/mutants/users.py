"""Who uses a constant: the lines that name it, and those that name what is made of it."""

import ast
import functools
import re
from collections.abc import Iterator

from tests.mutants.cover import ROOT, Cover
from tests.mutants.mutate import Mutant

_DEEP = 3


def of(mutant: Mutant, covered: Cover) -> frozenset[str]:
    """Return the tests that run a line which uses the name to which the mutant's line gives a value."""
    tests: set[str] = set()
    names, seen = set(_named(mutant.path, mutant.line)), set[str]()
    for _ in range(_DEEP):
        further: set[str] = set()
        for path, line, name in _mentions(frozenset(names - seen)):
            found = covered.of_line(path, line)
            tests |= found
            if "" in found or not found:
                further |= set(_named(path, line)) - {name}
        seen |= names
        names = further
    return frozenset(tests)


def _mentions(names: frozenset[str]) -> Iterator[tuple[str, int, str]]:
    if not names:
        return
    word = re.compile(rf"\b({'|'.join(sorted(names))})\b")
    for path, source in _sources().items():
        for number, line in enumerate(source.splitlines(), 1):
            if found := word.search(line):
                yield path, number, found.group(1)


def _named(path: str, line: int) -> Iterator[str]:
    """Give the names that the statement around a line of a module or a class makes."""
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Module | ast.ClassDef):
            for statement in node.body:
                if statement.lineno <= line <= (statement.end_lineno or statement.lineno):
                    yield from _targets(statement)


def _targets(statement: ast.stmt) -> Iterator[str]:
    match statement:
        case ast.Assign(targets=targets):
            yield from (each.id for target in targets for each in ast.walk(target) if isinstance(each, ast.Name))
        case ast.AnnAssign(target=ast.Name(id=name)):
            yield name
        case ast.ClassDef(name=name):
            yield name
        case _:
            return


@functools.cache
def _tree(path: str) -> ast.Module:
    return ast.parse(_sources()[path])


@functools.cache
def _sources() -> dict[str, str]:
    return {
        path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in sorted((ROOT / "secmsg").rglob("*.py"))
    }
