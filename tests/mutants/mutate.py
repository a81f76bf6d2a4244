"""Small mistakes, one at a time: which can be made in a source file, and the source with one of them made.

Left alone: what is printed and not decided (messages of errors, docstrings), types, decorators, and
`assert_never`, which no value reaches.
"""

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_COMPARE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.BitXor: ast.BitAnd, ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutant:
    """One mistake: the file, its place in the order of that file, the line, and what it does to the source there."""

    path: str
    number: int
    line: int
    function: str
    told: str

    @property
    def name(self) -> str:
        """A name that stays while the source around stays: file, function, line, change."""
        return f"{self.path}:{self.line} {self.function}: {self.told}"


@dataclass(slots=True)
class _Site:
    node: ast.AST
    function: str
    told: str
    change: Callable[[], None]


def mutants(path: str, source: str) -> list[Mutant]:
    """Return every mistake that can be made in `source`."""
    return [
        Mutant(path, number, getattr(site.node, "lineno", 0), site.function, site.told)
        for number, site in enumerate(_sites(ast.parse(source)))
    ]


def mutated(source: str, number: int) -> ast.Module:
    """Return the syntax tree of `source` with mistake `number` made."""
    tree = ast.parse(source)
    for at, site in enumerate(_sites(tree)):
        if at == number:
            site.change()
            return ast.fix_missing_locations(tree)
    raise IndexError(number)


def _sites(tree: ast.Module) -> Iterator[_Site]:
    # A list first: a change made by the caller must not move what comes after.
    yield from list(_Walk().walk(tree, "<module>"))


class _Walk:
    """Goes through a tree from top to bottom; a site's change is made in place."""

    def walk(self, node: ast.AST, function: str) -> Iterator[_Site]:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            function = node.name if function == "<module>" else f"{function}.{node.name}"
            yield from self._inside(node.body, function)
            if isinstance(node, ast.FunctionDef):
                for default in (*node.args.defaults, *(each for each in node.args.kw_defaults if each)):
                    yield from self.walk(default, function)
            return
        if isinstance(node, ast.Module):
            yield from self._inside(node.body, function)
            return
        yield from self._here(node, function)
        for name, value in ast.iter_fields(node):
            if _is_told_only(node, name):
                continue
            if name in ("body", "orelse", "finalbody") and isinstance(value, list):
                yield from self._inside(value, function)
            elif isinstance(value, list):
                for each in value:
                    if isinstance(each, ast.AST):
                        yield from self.walk(each, function)
            elif isinstance(value, ast.AST):
                yield from self.walk(value, function)

    def _inside(self, body: list[ast.stmt], function: str) -> Iterator[_Site]:
        for at, statement in enumerate(body):
            if _is_text(statement) or _is_never(statement):
                continue
            yield from self._statement(body, at, statement, function)
            yield from self.walk(statement, function)

    def _statement(self, body: list[ast.stmt], at: int, statement: ast.stmt, function: str) -> Iterator[_Site]:
        def gone() -> None:
            body[at] = ast.copy_location(ast.Pass(), statement)

        match statement:
            case ast.Raise():
                yield _Site(statement, function, f"no `{_short(statement)}`", gone)
            case ast.Expr(value=ast.Call()):
                yield _Site(statement, function, f"no `{_short(statement)}`", gone)
            case ast.Return(value=value) if value is not None and not _is_none(value):
                yield _Site(
                    statement, function, f"`{_short(statement)}` -> return None", _set(statement, "value", _none())
                )
            case ast.Assign(value=ast.Constant(value=str(text)) as constant) if text.isascii():
                yield _Site(statement, function, f"{text!r} -> {'x' + text!r}", _set(constant, "value", "x" + text))
            case ast.Continue():
                yield _Site(statement, function, "continue -> break", lambda: _put(body, at, ast.Break(), statement))
            case ast.Break():
                yield _Site(statement, function, "break -> continue", lambda: _put(body, at, ast.Continue(), statement))
            case _:
                pass

    def _here(self, node: ast.AST, function: str) -> Iterator[_Site]:
        match node:
            case ast.Compare(ops=ops):
                for at, operator in enumerate(ops):
                    other = _COMPARE[type(operator)]
                    yield self._swap(node, function, ops, at, other())
            case ast.BinOp(op=operator) if type(operator) in _ARITHMETIC and not _is_union(node):
                other_operator = _ARITHMETIC[type(operator)]()
                yield _Site(node, function, _told(node, "op", other_operator), _set(node, "op", other_operator))
            case ast.AugAssign(op=operator) if type(operator) in _ARITHMETIC:
                other_operator = _ARITHMETIC[type(operator)]()
                yield _Site(node, function, _told(node, "op", other_operator), _set(node, "op", other_operator))
            case ast.BoolOp(op=operator):
                junction = ast.Or() if isinstance(operator, ast.And) else ast.And()
                yield _Site(node, function, _told(node, "op", junction), _set(node, "op", junction))
            case ast.If() | ast.While() | ast.IfExp() if not isinstance(node.test, ast.Compare):
                negated = _negated(node.test)
                yield _Site(
                    node.test, function, _told(node, "test", negated, within="test"), _set(node, "test", negated)
                )
            case ast.comprehension():
                for at, condition in enumerate(node.ifs):
                    if not isinstance(condition, ast.Compare):
                        yield self._swap(condition, function, node.ifs, at, _negated(condition))
            case ast.Slice():
                for name, by in (("lower", 1), ("upper", -1)):
                    bound = getattr(node, name)
                    if bound is not None and not isinstance(bound, ast.Constant):
                        moved = _moved(bound, by)
                        yield _Site(node, function, _told(node, name, moved), _set(node, name, moved))
            case ast.Constant(value=bool(value)):
                yield _Site(node, function, f"{value} -> {not value}", _set(node, "value", not value))
            case ast.Constant(value=int(value)):
                for other_value in (value + 1, value - 1):
                    yield _Site(node, function, f"{value} -> {other_value}", _set(node, "value", other_value))
            case ast.Constant(value=bytes(value)):
                changed = value[:-1] + bytes([value[-1] ^ 1]) if value else b"\x01"
                yield _Site(node, function, f"{value!r} -> {changed!r}", _set(node, "value", changed))
            case _:
                pass

    def _swap(
        self, node: ast.AST, function: str, where: list[ast.cmpop] | list[ast.expr], at: int, new: ast.AST
    ) -> _Site:
        def change() -> None:
            where[at] = new  # type: ignore[call-overload]  # the caller gives the kind that the list holds

        before = _short(node)
        tried = copy.deepcopy(node)
        if isinstance(tried, ast.Compare):
            tried.ops[at] = new  # type: ignore[call-overload]
            after = _short(tried)
        else:
            after = _short(new)
        return _Site(node, function, f"`{before}` -> `{after}`", change)


def _is_told_only(node: ast.AST, field: str) -> bool:
    """Say whether a part of the tree is words for people, or types."""
    if isinstance(node, ast.Raise):
        return True
    if isinstance(node, ast.JoinedStr):
        return True
    return field in ("annotation", "returns", "decorator_list", "type_params")


def _is_text(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _is_never(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and "assert_never" in ast.unparse(statement)


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _is_union(node: ast.BinOp) -> bool:
    """Say whether `a | b` joins types, as in isinstance."""
    sides = (node.left, node.right)
    return (
        isinstance(node.op, ast.BitOr)
        and all(
            isinstance(each, ast.Name) and (each.id[:1].isupper() or each.id in ("bytes", "str", "int"))
            for each in sides
        )
        and not any(isinstance(each, ast.Name) and each.id.isupper() for each in sides)
    )


def _none() -> ast.expr:
    return ast.Constant(None)


def _negated(test: ast.expr) -> ast.expr:
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return test.operand
    return ast.copy_location(ast.UnaryOp(ast.Not(), test), test)


def _moved(bound: ast.expr, by: int) -> ast.expr:
    operator = ast.Add() if by > 0 else ast.Sub()
    return ast.copy_location(ast.BinOp(bound, operator, ast.Constant(1)), bound)


def _set(node: ast.AST, name: str, value: object) -> Callable[[], None]:
    def change() -> None:
        if isinstance(value, ast.expr) and isinstance(node, ast.expr | ast.stmt):
            ast.copy_location(value, node)
        setattr(node, name, value)

    return change


def _put(body: list[ast.stmt], at: int, new: ast.stmt, old: ast.stmt) -> None:
    body[at] = ast.copy_location(new, old)


def _told(node: ast.AST, name: str, value: object, *, within: str | None = None) -> str:
    before = copy.deepcopy(node)
    after = copy.copy(node)
    setattr(after, name, value)
    if within is not None:
        return f"`{_short(getattr(before, within))}` -> `{_short(getattr(after, within))}`"
    return f"`{_short(before)}` -> `{_short(after)}`"


def _short(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= 90 else f"{text[:87]}..."
