"""Lists every string that the code says, for the catalogue and for the test that holds the two together."""

import ast
from pathlib import Path

SAYS_FIRST = {"tr", "mark", "Key"}
SAYS_SECOND = {"say", "Verb", "_toggle", "FileDialog"}
SAYS_BOTH = {"trn"}


def sources(root: Path) -> dict[str, str]:
    """Give every source string under `root` with the file that says it first."""
    found: dict[str, str] = {}
    for path in sorted(root.rglob("*.py")):
        if path.relative_to(root).parts[0] == "tour":
            continue  # the tour tells its steps in both languages at once
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            for text in _said(node):
                found.setdefault(text, path.relative_to(root).as_posix())
    return found


def _said(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        arguments = list(node.args)
        if name in SAYS_FIRST:
            return _texts(arguments[:1])
        if name in SAYS_SECOND:
            return _texts(arguments[1:2]) if name != "_toggle" else _texts(arguments[:1])
        if name == "_label":
            return _texts(arguments[1:2])
        if name in SAYS_BOTH:
            return _texts(arguments[1:3])
    return []


def _texts(nodes: list[ast.expr]) -> list[str]:
    found = []
    for node in nodes:
        try:
            value = ast.literal_eval(node)
        except ValueError:
            continue
        if isinstance(value, str):
            found.append(value)
    return found
