"""Lets a test of thousands of examples run without the tracing of coverage, which costs it twice its own time.

For tests whose lines are reached by others too: what only such a test reaches would count as not covered.
"""

import functools
import sys
from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def untraced(test: Callable[P, T]) -> Callable[P, T]:
    """Return the test, run without tracing."""

    @functools.wraps(test)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        trace = sys.gettrace()
        sys.settrace(None)
        try:
            return test(*args, **kwargs)
        finally:
            sys.settrace(trace)

    return run
