"""Releasing a short cable over a thin bearer: as any release, and thin packets for the addressee's machines at once.

Source: docs/spec/thin-text.md. Number, register line, signatures, serial, sessions and the packets are one transaction;
the signed cable waits in the outbox for the next line. A repetition gives the stored bytes.
"""

from dataclasses import dataclass
from typing import assert_never

from secmsg.errors import FormatError, NotAllowed, NotFound
from secmsg.ids import CableId, DeviceId, DraftId, Serial, StationId
from secmsg.office import channels as rules
from secmsg.office import continuity
from secmsg.office.channels import Channel, ChannelKind, Load, Why
from secmsg.office.draft import Draft
from secmsg.protocol import thin
from secmsg.protocol.session import Session
from secmsg.protocol.thin import Verdict
from secmsg.station import breaks, freezing, release, revocations, sessions, thin_tables
from secmsg.station import desk as desks
from secmsg.station.desk import Desk
from secmsg.station.thin_views import ThinBearer, ThinPacket, ThinReleased, ThinWear
from secmsg.store import continuity as pair_rows
from secmsg.store import outbox
from secmsg.store import thin as rows
from secmsg.store.thin import SealedThin
from secmsg.wire import groups, thin_content, thin_lines
from secmsg.wire.certificate import Certificate, Role
from secmsg.wire.thin_content import Bearer, Message, ThinCable

THIN = Channel("thin", ChannelKind.THIN)
_MINUTE = 60


@dataclass(frozen=True, slots=True)
class _Way:
    """How a message is to be cut: the bearer and the parity asked for."""

    bearer: Bearer
    parity: int


def _size(desk: Desk, bearer: ThinBearer) -> Bearer:
    """Return the largest packet of a bearer in our direction: a satellite takes larger ones from a mission's modem."""
    match bearer:
        case ThinBearer.SMS:
            return Bearer.SMS
        case ThinBearer.VOICE:
            return Bearer.VOICE
        case ThinBearer.SBD:
            headquarters = desks.own(desk).device_certificate.role is Role.HEADQUARTERS
            return Bearer.SBD_TO_MISSION if headquarters else Bearer.SBD_FROM_MISSION
        case _:
            assert_never(bearer)


def release_thin(desk: Desk, draft: Draft, draft_id: DraftId | None, bearer: ThinBearer, parity: int) -> ThinReleased:
    """Release a draft to one station and seal thin packets for every machine of it that can open them now.

    Incomplete, NotAllowed or NotEntitled, FormatError when the text is too long for the bearer, TooFarAhead beyond the
    hard stop; then no number is used.
    """
    now = desk.now()
    release.check(desk, draft, now)
    station = _only_addressee(draft)
    _check_channel(desk, draft, now)
    with desk.db.transaction():
        serial = pair_rows.outgoing(desk.db, station).next
        made: list[ThinCable] = []

        def name(number: int) -> CableId:
            made.append(_thin(draft, number, serial, now))
            return thin_tables.cable_id(made[0], desks.own(desk).station, station, serial)

        released = release.enter_release(desk, draft, draft_id, (), now, release.Manner(name))
        packets, wear, without = _seal(
            desk, released.cable_id, station, made[0], _Way(_size(desk, bearer), parity), now
        )
        rows.keep_packets(desk.db, packets)
    return ThinReleased(released, shown(packets), wear, without)


def again(desk: Desk, cable_id: CableId) -> tuple[ThinPacket, ...]:
    """Give the packets of a cable once more, the stored bytes; NotFound when it has none. NotAllowed when frozen."""
    freezing.check(desk)
    found = rows.packets(desk.db, cable_id)
    if not found:
        raise NotFound("no thin packets were made of this cable")
    return shown(found)


def wear(desk: Desk) -> tuple[ThinWear, ...]:
    """Say how worn the thin chain towards each machine is with which there is a session."""
    now = desk.now()
    directory, own = desks.directory(desk), desks.own(desk)
    devices = [
        each for entry in directory.stations if entry.id != own.station for each in directory.devices_of(entry.id, now)
    ]
    found = ((each.device, sessions.active(desk, each.device)) for each in devices)
    return tuple(_wear(desk, device, session, now) for device, session in found if session is not None)


def shown(packets: tuple[SealedThin, ...]) -> tuple[ThinPacket, ...]:
    """Give packets as they are carried, with their lines: groups of figures for voice, else letters."""
    places = {each.device: sum(other.device == each.device for other in packets) for each in packets}
    return tuple(
        ThinPacket(each.device, each.place + 1, places[each.device], each.packet, _line(each)) for each in packets
    )


def _line(sealed: SealedThin) -> str:
    if sealed.bearer != Bearer.VOICE:
        return thin_lines.letters(sealed.packet)
    return " ".join(groups.encode(sealed.packet, groups.parity_for(groups.Link.HF, len(sealed.packet))))


def _only_addressee(draft: Draft) -> StationId:
    if len(draft.action_to) != 1 or draft.info_to:
        raise NotAllowed("a cable by thin packets has one addressee: write to each station by itself")
    if draft.attachments or draft.summary:
        raise NotAllowed("a cable by thin packets has a subject and a text, no attachment and no summary")
    return draft.action_to[0]


def _check_channel(desk: Desk, draft: Draft, now: int) -> None:
    """Ask the channels' table whether a cable of this urgency and degree may go this way."""
    if draft.urgency is None or draft.degree is None:
        raise NotAllowed("a cable has an urgency and a degree")
    load = Load(draft.urgency, draft.degree, now)
    (choice,) = rules.choose(desk.policy.channels, load, (THIN,), (None,), now)
    if choice.why in (Why.ABOVE_CAP, Why.NOT_IN_TABLE):
        raise NotAllowed("the channels' table does not let this urgency and degree go by thin packets")


def _thin(draft: Draft, number: int, serial: Serial, now: int) -> ThinCable:
    if draft.urgency is None or draft.degree is None:
        raise NotAllowed("a cable has an urgency and a degree")
    return ThinCable(
        serial=serial & 0xFF,
        kind=draft.kind,
        degree=draft.degree,
        urgency=draft.urgency,
        number=number,
        dtg=now - now % _MINUTE,
        subject=draft.subject,
        body=draft.body,
    )


def _seal(
    desk: Desk, cable_id: CableId, station: StationId, cable: ThinCable, way: _Way, now: int
) -> tuple[tuple[SealedThin, ...], tuple[ThinWear, ...], tuple[DeviceId, ...]]:
    """Seal the cable for each machine of a station; those that cannot open thin packets now are named."""
    sealed: list[SealedThin] = []
    worn: list[ThinWear] = []
    without: list[DeviceId] = []
    for certificate in desks.directory(desk).devices_of(station, now):
        session = _session(desk, certificate, cable_id)
        if session is None or thin.wear(session, now=now, limits=desk.policy.thin).verdict is Verdict.UNCONFIRMED:
            without.append(certificate.device)
            continue
        contents = _contents(desk, certificate.device, station, cable, way)
        for place, content in enumerate(contents):
            session, packet = thin.seal_thin(session, content, now=now, limits=desk.policy.thin)
            sealed.append(SealedThin(cable_id, certificate.device, place, way.bearer, packet, now))
        sessions.keep_active(desk, station, session, now)
        worn.append(_wear(desk, certificate.device, session, now))
    if not sealed:
        raise NotAllowed(
            "no machine of the addressee can open thin packets yet: it must first have answered once by the line"
        )
    return tuple(sealed), tuple(worn), tuple(without)


def _session(desk: Desk, certificate: Certificate, cable_id: CableId) -> Session | None:
    """Return the session for a machine, None when there is none or a break with it waits for headquarters."""
    session = sessions.active(desk, certificate.device)
    if session is None or session.peer_ref != desks.reference(certificate):
        return None
    held = any(
        each.device == certificate.device and breaks.holds(desk, certificate.device, each)
        for each in outbox.of_cable(desk.db, cable_id)
    )
    distrusted = desks.is_distrusted(desk, certificate.device, session.session_id)
    return None if held or distrusted or revocations.barred(desk, certificate.device) else session


def _contents(desk: Desk, device: DeviceId, station: StationId, cable: ThinCable, way: _Way) -> tuple[bytes, ...]:
    """Cut a cable for a bearer, with our acknowledgement where it costs no larger and no further packet."""
    message_id, tables = rows.next_message(desk.db, device), thin_tables.tables()

    def cut(ack: int | None) -> tuple[bytes, ...]:
        message = Message(cable, ack)
        return thin_content.packets(message, way.bearer, message_id, way.parity, tables, thin_tables.check)

    plain = cut(None)
    body = pair_rows.incoming(desk.db, station)
    if body is None:
        return plain
    try:
        telling = cut(continuity.decode(body).highest & 0xFFFF)
    except FormatError:
        return plain
    return telling if sum(map(len, telling)) <= sum(map(len, plain)) else plain


def _wear(desk: Desk, device: DeviceId, session: Session, now: int) -> ThinWear:
    found = thin.wear(session, now=now, limits=desk.policy.thin)
    return ThinWear(
        device,
        found.packets,
        found.seconds,
        warn=found.verdict in (Verdict.WORN, Verdict.SPENT),
        may_send=found.verdict in (Verdict.READY, Verdict.WORN),
    )
