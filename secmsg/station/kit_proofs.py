"""What stands for a check in a kit: the kit's own key over the cable, and the post's word of what it had proven.

Source: docs/spec/kit.md 3. A kit has no directory: it can prove that a cable is as the post put it in, and no more.
"""

from secmsg.crypto import labels, signing
from secmsg.crypto.signing import Level
from secmsg.errors import StoreDamaged
from secmsg.office import kit_records
from secmsg.office.kit_records import Proven
from secmsg.station.desk import Desk
from secmsg.station.views import Doubt, Verification
from secmsg.store import kits as rows
from secmsg.store.cables import KeptCable
from secmsg.wire import cable as cable_wire


def proven(desk: Desk, kept: KeptCable) -> Proven:
    """Verify a cable under the kit's key and give the post's word about it; SignatureError, then nothing is shown."""
    kit = desk.shelf.kit
    if kit is None:
        raise StoreDamaged("this store is no kit")
    signed = cable_wire.decode_signed(kept.signed)
    signing.verify(Level.STANDARD, kit.public, labels.SIGN_KIT_CABLE, signed.cable, signed.person_signature)
    return kit_records.decode_proven(rows.proof(desk.db, kept.head.cable_id))


def verification(found: Proven) -> Verification:
    """Say it as the reader shows it: no serial, no relay, no edition travels in a kit."""
    known = {each.value: each for each in Doubt}
    return Verification(
        person_name=found.person_name,
        person_title=found.person_title,
        station_name=found.station_name,
        signature_ok=found.signed,
        edition=0,
        serial=0,
        in_order_after=None,
        relay_name="",
        received_at=found.received_at,
        doubts=tuple(known[each] for each in found.doubts if each in known),
        by_hand=found.by_hand,
        in_kit=True,
    )
