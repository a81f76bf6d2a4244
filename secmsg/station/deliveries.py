"""What becomes of envelopes: acknowledged inside a session, or proven by a receipt."""

from secmsg.ids import CableId, DeviceId
from secmsg.office import lifecycle
from secmsg.office.lifecycle import OutboxState
from secmsg.station.desk import Desk
from secmsg.store import outbox
from secmsg.wire.packet import Ack
from secmsg.wire.service import ReceiptLevel

_BITS = 32


def take_ack(desk: Desk, device: DeviceId, ack: Ack, now: int) -> bool:
    """Close the service envelopes that a device says it has; cables wait for their signed receipts."""
    changed = False
    for envelope in outbox.open_of_device(desk.db, device):
        # Below 0 are local numbers of what stands outside the chain: no acknowledgement means them.
        if envelope.cable_id is None and envelope.serial > 0 and has(ack, envelope.serial):
            outbox.prove(desk.db, envelope.message_id, OutboxState.ARRIVED, now, "session")
            changed = True
    return changed


def has(ack: Ack, serial: int) -> bool:
    """Say whether an acknowledgement names a serial: up to `ack`, or by its bit (the top one is `ack` + 2)."""
    if serial <= ack.ack:
        return True
    place = serial - ack.ack - 2
    return 0 <= place < _BITS and bool(ack.bitmap >> (_BITS - 1 - place) & 1)


def prove(desk: Desk, cable_id: CableId, device: DeviceId, level: ReceiptLevel, evidence: str, now: int) -> bool:
    """Move a cable's envelopes to one machine as far as its verified receipt proves; say whether any moved.

    The station's other machines go on being sent to: what one receives, all receive.
    """
    changed = False
    for envelope in outbox.of_cable(desk.db, cable_id):
        if envelope.device != device:
            continue
        after = lifecycle.after_receipt(envelope.state, level)
        if after is not envelope.state:
            outbox.prove(desk.db, envelope.message_id, after, now, evidence)
            changed = True
    return changed
