"""What the view of key material knows: the items, the one chosen, and the page that was read from the paper."""

from dataclasses import dataclass

from secmsg.errors import FormatError
from secmsg.office import pad_pages
from secmsg.station.pad_views import Direction, ItemView, Kind, State


@dataclass(frozen=True, slots=True)
class StockState:
    """`items` is None until the store has answered."""

    items: tuple[ItemView, ...] | None = None

    @property
    def in_order(self) -> tuple[ItemView, ...]:
        """The items, those in use first, then the reserve, then what waits to be destroyed."""
        order = (State.IN_USE, State.SEALED, State.RECEIVED, State.PRINTED, State.DRAWN, State.USED_UP)
        last = (State.DESTROYED, State.REPORTED)

        def place(item: ItemView) -> tuple[int, int]:
            if item.state in order:
                return order.index(item.state), item.number
            return len(order) + (item.state in last), item.number

        return tuple(sorted(self.items or (), key=place))

    @property
    def low(self) -> tuple[ItemView, ...]:
        """The books in use whose pages will not last."""
        return tuple(item for item in self.items or () if item.low and item.state is State.IN_USE)


def may_confirm(item: ItemView | None) -> bool:
    """Whether the page on top of an item is to be read from the paper here: books ĐI that are in use."""
    return (
        item is not None
        and item.kind is Kind.PAD
        and item.ours
        and item.direction is Direction.OUT
        and item.state is State.IN_USE
    )


def is_page(figures: str) -> bool:
    """Whether five figures are a page number that checks."""
    try:
        pad_pages.heard(figures)
    except FormatError:
        return False
    return True
