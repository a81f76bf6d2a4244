"""A mistake is made in one place, and every kind of it that should be made is."""

import ast

from tests.mutants.mutate import mutants, mutated

_SOURCE = '''
LIMIT = 4


def kept(values: list[int], least: int = 0) -> list[int]:
    """Return what is kept."""
    if not values or len(values) > LIMIT:
        raise ValueError(f"at most {LIMIT + 1}")
    check(values)
    return [value << 1 for value in values[least:] if value]
'''


def test_each_mutant_is_another_program() -> None:
    programs = {ast.unparse(mutated(_SOURCE, each.number)) for each in mutants("a.py", _SOURCE)}

    assert len(programs) == len(mutants("a.py", _SOURCE))
    assert ast.unparse(ast.parse(_SOURCE)) not in programs


def test_every_kind_of_mistake_is_made() -> None:
    told = {each.told for each in mutants("a.py", _SOURCE)}

    assert {
        "4 -> 5",
        "4 -> 3",
        "0 -> 1",
        "`not values or len(values) > LIMIT` -> `not values and len(values) > LIMIT`",
        "`len(values) > LIMIT` -> `len(values) >= LIMIT`",
        "no `raise ValueError(f'at most {LIMIT + 1}')`",
        "no `check(values)`",
        "`value << 1` -> `value >> 1`",
        "`least:` -> `least + 1:`",
        "`value` -> `not value`",
    } <= told


def test_what_is_only_told_to_people_is_left_alone() -> None:
    changed = [ast.unparse(mutated(_SOURCE, each.number)) for each in mutants("a.py", _SOURCE)]

    assert all("Return what is kept." in each for each in changed)
    assert not any("LIMIT - 1" in each for each in changed)
