"""The text of a kept cable: the signed one, or as much as came by thin packets or by hand, and nothing made up."""

from secmsg.errors import FormatError
from secmsg.ids import PersonId
from secmsg.office import hand_cable, totals
from secmsg.office.hand_cable import HandCable
from secmsg.station import thin_tables
from secmsg.store.cables import CableHead, KeptCable
from secmsg.wire import cable as cable_wire
from secmsg.wire import thin_content
from secmsg.wire.cable import Cable, Kind, Signatory, SignPrefix
from secmsg.wire.thin_content import Message, ThinCable

HAND_SUBJECT = "(điện mã tay: trích yếu ở bản ký)"
"""Stands in the register for the subject of a cable by hand, which travels with the signed cable only."""
_UNSAID = Signatory(PersonId(0), "", "", 0)


def text(kept: KeptCable) -> Cable:
    """Decode a kept cable; StoreDamaged can only mean that the store was written by something else."""
    if kept.head.unsigned and kept.head.by_hand:
        return of_hand(kept.head, hand_cable.decode(kept.signed))
    if kept.head.unsigned:
        found = thin(kept.signed)
        return _unsigned(kept.head, found, found.kind, found.subject)
    return cable_wire.decode(cable_wire.decode_signed(kept.signed).cable)


def thin(content: bytes) -> ThinCable:
    """Decode what is kept of thin packets: a control byte and a message with its fill; FormatError for no cable."""
    message = message_of(content)
    if not isinstance(message.body, ThinCable):
        raise FormatError("no cable")
    return message.body


def message_of(content: bytes) -> Message:
    """Decode a control byte and a message with its fill."""
    return thin_content.decode(content[0], content[1:], thin_tables.tables())


def of_hand(head: CableHead, found: HandCable) -> Cable:
    """Fill the form with what came by hand: no subject travels in groups."""
    return _unsigned(head, found, Kind.CABLE, HAND_SUBJECT)


def _unsigned(head: CableHead, found: ThinCable | HandCable, kind: Kind, subject: str) -> Cable:
    """Fill the form with what came; fields that only the signed cable has stay empty, and no format takes it."""
    counted = totals.count(found.body, ())
    return Cable(
        cable_id=head.cable_id,
        kind=kind,
        origin=head.origin,
        number=found.number,
        symbol=head.symbol,
        mrn=head.mrn,
        dtg=found.dtg,
        filed_at=found.dtg,
        degree=found.degree,
        basis="",
        protect_until=None,
        para_marks=(),
        urg_action=found.urgency,
        urg_info=found.urgency,
        urgency_reason="",
        desk_by=None,
        reply_by=None,
        void_after=None,
        action_to=(head.first_to,),
        info_to=(),
        exempt=(),
        named=(),
        caption=(),
        topics=(),
        subject=subject,
        subject_in_register=head.subject != "",
        refs=(),
        body=found.body,
        summary="",
        annexes=(),
        documents=counted.documents,
        pages=counted.pages,
        copies=1,
        copy_ok=False,
        return_by=None,
        drafter=_UNSAID,
        clearers=(),
        releaser=_UNSAID,
        sign_prefix=SignPrefix.NONE,
        second_person=None,
    )
