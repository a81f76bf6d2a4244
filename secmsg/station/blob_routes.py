"""Which relay gets a blob now: the same rule as for envelopes; a blob is wanted until every annex is proven."""

from secmsg.ids import CableId, RelayId
from secmsg.office import channels as rules
from secmsg.office.channels import Load, Why
from secmsg.office.lifecycle import OutboxState
from secmsg.station import routes
from secmsg.station.desk import Desk
from secmsg.store import blobs as rows
from secmsg.store import cables as cable_rows
from secmsg.store import outbox
from secmsg.store import relays as relay_rows
from secmsg.store.blobs import Upload

_DONE = frozenset(
    (OutboxState.DECIPHERED, OutboxState.ACKNOWLEDGED, OutboxState.REFUSED, OutboxState.EXPIRED, OutboxState.WITHDRAWN)
)
"""States after which a station needs a cable's blobs no more; "arrived" says nothing of its annexes."""


def may_go_up(desk: Desk, upload: Upload, now: int) -> bool:
    """Say whether it is a relay's turn for a blob."""
    if upload.cable_id is None:
        return True
    relays = relay_rows.every(desk.db)
    head = cable_rows.head(desk.db, upload.cable_id)
    taken = _taken(desk, upload)
    choices = rules.choose(
        desk.policy.channels,
        Load(head.urgency, head.degree, head.at, proven=not wanted(desk, upload.cable_id), bulky=True),
        [routes.channel(desk, each) for each in relays],
        [taken.get(each.relay_id) for each in relays],
        now,
    )
    return any(
        each.relay_id == upload.relay_id and choice.why is Why.NOW for each, choice in zip(relays, choices, strict=True)
    )


def wanted(desk: Desk, cable_id: CableId | None) -> bool:
    """Say whether an addressee may still need the blobs of a cable."""
    return cable_id is None or any(each.state not in _DONE for each in outbox.of_cable(desk.db, cable_id))


def _taken(desk: Desk, upload: Upload) -> dict[RelayId, int | None]:
    if upload.cable_id is None:
        return {}
    return {
        each.relay_id: each.finished_at
        for each in rows.uploads_of(desk.db, upload.cable_id)
        if each.blob_key == upload.blob_key
    }
