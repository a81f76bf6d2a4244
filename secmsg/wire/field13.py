"""Reed–Solomon over GF(2^13), by `reedsolo`: symbols in, parity or the repaired word out (docs/spec/groups.md 2).

`reedsolo` keeps its field and its kind of array in its own module's globals, and `wire/fragments.py` uses it with 8
bits, maybe in another thread. So this field has an instance of the module for itself, made whole before it is used.
"""

import importlib.util
from collections.abc import Sequence
from functools import cache
from types import ModuleType

BITS = 13
SYMBOLS = 1 << BITS

_POLYNOMIAL, _GENERATOR, _FIRST_ROOT = 0x201B, 2, 0


@cache
def _code() -> ModuleType:
    """Return the module with its tables, made at the first use: a program that never needs it starts without."""
    spec = importlib.util.find_spec("reedsolo")
    if spec is None or spec.loader is None:  # pragma: no cover - it is a dependency
        raise ImportError("reedsolo")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.init_tables(_POLYNOMIAL, _GENERATOR, BITS)
    return module


def extended(symbols: Sequence[int], parity: int) -> list[int]:
    """Return symbols (0 to 8191) followed by `parity` more; all together at most 8191."""
    if not parity:
        return list(symbols)
    return list(_code().rs_encode_msg(list(symbols), parity, _FIRST_ROOT, _GENERATOR, _divisor(parity)))


def repaired(word: Sequence[int], parity: int, erased: Sequence[int]) -> list[int] | None:
    """Return the whole word put right, None where it cannot be.

    `erased` are the places whose symbols are not known. As many as `parity` of them come back, and each wrong symbol at
    a place that nobody knows costs two. Beyond that the answer is mostly None, and sometimes another word.
    """
    if not parity:
        return None if erased else list(word)
    if len(erased) > parity:
        return None
    code = _code()
    try:
        data, tail, _ = code.rs_correct_msg(
            list(word), parity, _FIRST_ROOT, _GENERATOR, erase_pos=list(erased), only_erasures=False
        )
    except code.ReedSolomonError:
        return None
    whole = [*data, *tail]
    wrong = sum(one != other for place, (one, other) in enumerate(zip(word, whole, strict=True)) if place not in erased)
    # With an odd number left over the library sometimes goes one too far: what it gives is then chance.
    return whole if len(erased) + 2 * wrong <= parity else None


@cache
def _divisor(parity: int) -> Sequence[int]:
    divisor: Sequence[int] = _code().rs_generator_poly(parity, _FIRST_ROOT, _GENERATOR)
    return divisor
