"""The text of a kept cable: the signed one, or as much as came by thin packets and nothing made up beside it."""

from secmsg.errors import FormatError
from secmsg.ids import PersonId
from secmsg.office import totals
from secmsg.station import thin_tables
from secmsg.store.cables import CableHead, KeptCable
from secmsg.wire import cable as cable_wire
from secmsg.wire import thin_content
from secmsg.wire.cable import Cable, Signatory, SignPrefix
from secmsg.wire.thin_content import Message, ThinCable

_UNSAID = Signatory(PersonId(0), "", "", 0)


def text(kept: KeptCable) -> Cable:
    """Decode a kept cable; StoreDamaged can only mean that the store was written by something else."""
    if kept.head.unsigned:
        return _unsigned(kept.head, thin(kept.signed))
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


def _unsigned(head: CableHead, found: ThinCable) -> Cable:
    """Fill the form with what came; fields that only the signed cable has stay empty, and no format takes it."""
    counted = totals.count(found.body, ())
    return Cable(
        cable_id=head.cable_id,
        kind=found.kind,
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
        subject=found.subject,
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
