"""What is said about a search: how many match, in which order, and whether the index misses any."""

from ui.format import one_line
from ui.inbox.state import ListState, Order, Search
from ui.language import tr

MOST_COUNTED = 10_000
"""How far matches are counted."""


def standing(state: ListState) -> str:
    """Say how a search stands in one line; "" for a list that is no search."""
    search = state.search
    if not search.sought:
        return ""
    return " · ".join(part for part in (incomplete(search), _found(state), _order(search)) if part)


def incomplete(search: Search) -> str:
    """Say that the index is not whole, "" when it is."""
    if search.whole:
        return ""
    return tr(
        "The index is not whole yet ({n} %): older cables may be missing here. It goes on by itself.", n=search.percent
    )


def nothing_found(state: ListState) -> str:
    """Say why a search shows nothing, claiming no more than was looked at."""
    search = state.search
    if search.looking:
        return tr("Searching…")
    if not search.whole:
        return tr(
            "The index is not whole yet ({n} %): nothing found in the cables that are in it. It goes on by itself.",
            n=search.percent,
        )
    return tr(
        "Nothing contains “{text}”. Try fewer words, or drop the filter. Cables searched: {n}.",
        text=one_line(search.sought),
        n=f"{search.searchable:,}".replace(",", " "),
    )


def _found(state: ListState) -> str:
    search, shown = state.search, len(state.rows)
    if not shown:
        return ""
    total = f"{max(search.matching, shown):,}".replace(",", " ")
    if not search.counted:
        if search.matching >= MOST_COUNTED:
            return tr("{shown} of more than {n}", shown=shown, n=total)
        return tr("{shown} so far, still counting", shown=shown)
    return tr("{n} found", n=total) if shown >= search.matching else tr("{shown} of {n}", shown=shown, n=total)


def _order(search: Search) -> str:
    if search.order is Order.NEWEST:
        return ""
    if search.weighed:
        return tr("closest first")
    return tr("closest first among the newest matches; older ones were not weighed")
