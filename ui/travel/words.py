"""Words about kits as their post has them."""

from typing import assert_never

from secmsg.office.kits import KitState
from secmsg.station.kit_views import KitRow
from ui.language import tr


def state(row: KitRow) -> str:
    """Say where a kit stands."""
    match row.state:
        case KitState.MAKING:
            return tr("its making did not end")
        case KitState.OUT:
            return tr("out, permit ended") if row.expired else tr("out")
        case KitState.RETURNED:
            return tr("returned, keys not noted as destroyed") if row.ending else tr("returned, keys destroyed")
        case KitState.LOST:
            return tr("lost")
        case KitState.GIVEN_UP:
            return tr("given up")
        case _:
            assert_never(row.state)
