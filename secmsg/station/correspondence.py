"""What a service message of another office does here, inside the transaction of the packet that brought it."""

from dataclasses import dataclass, replace
from typing import assert_never

from secmsg.ids import MessageId, Serial, StationId
from secmsg.office import serials
from secmsg.station import (
    books,
    confirming,
    copies,
    covers,
    envelopes,
    hand_numbers,
    notices,
    recaps,
    repeats,
    revocations,
    ringing,
)
from secmsg.station.desk import Desk
from secmsg.station.events import Event, GapsChanged
from secmsg.station.views import NoticeKind
from secmsg.wire.books import NewBook
from secmsg.wire.certificate import Certificate, Role
from secmsg.wire.service import (
    CoverGiven,
    CoverHeld,
    Fault,
    FaultCode,
    HandBlock,
    HandNumbers,
    KeyCompromise,
    KeysBegun,
    KeysReported,
    LineTest,
    Notice,
    OfficeMessage,
    PickedUp,
    Recap,
    Repeat,
    RepeatRequest,
    StationState,
)


@dataclass(frozen=True, slots=True)
class Letter:
    """Who sent a service message, in which place of its chain, and when by its own clock."""

    certificate: Certificate
    serial: Serial
    sent_at: int
    name: MessageId | None = None
    """Under what id the packet lay at its relay."""

    @property
    def station(self) -> StationId:
        """The station that sent it."""
        return self.certificate.station


def keep(desk: Desk, message: OfficeMessage, letter: Letter, now: int) -> list[Event]:
    """Do what a message asks for and note what it says."""
    station = letter.station
    match message:
        case Recap():
            return recaps.take(desk, station, message, letter.sent_at, now)
        case RepeatRequest():
            return repeats.answer(desk, letter.certificate, message, now)
        case Repeat():
            return repeats.told(desk, station, message, now)
        case Fault():
            return _fault(desk, letter, message, now)
        case LineTest(token=token, answer=False):
            envelopes.post_service(desk, station, LineTest(token, answer=True), now)
            return []
        case LineTest():
            return []
        case KeysBegun(sent=sent):
            return recaps.note_tail(desk, station, sent, now)
        case KeysReported():
            return confirming.take_reported(desk, station, message, now)
        case KeyCompromise(revocation=revocation):
            return list(revocations.take(desk, letter.certificate, revocation, now))
        case CoverGiven() | CoverHeld():
            return covers.take(desk, letter.certificate, message, now)
        case StationState():
            return _state(desk, letter, message, now)
        case PickedUp():
            return ringing.picked_up(desk, letter.certificate.device, letter.name, now)
        case HandBlock():
            return hand_numbers.announced(desk, station, letter.serial, message, now)
        case HandNumbers():
            return hand_numbers.reported(desk, station, message, now)
        case NewBook():
            return books.keep(desk, station, message, now)
        case Notice(code=code, note=note):
            said = f"station {station}: {code.value} {' '.join(note.split())}".rstrip()
            return [notices.add(desk, NoticeKind.SERVICE_MESSAGE, now, said)]
        case _:
            assert_never(message)


def _fault(desk: Desk, letter: Letter, fault: Fault, now: int) -> list[Event]:
    station = letter.station
    span = serials.span(fault.serial, fault.last or fault.serial)
    match fault.code:
        case FaultCode.CHAIN_FORKED:
            return copies.fork_reported(desk, station, fault.serial, letter.sent_at, now)
        case FaultCode.NOT_REPEATED:
            watch = recaps.watch_of(desk, station)
            lacking = serials.merged((*watch.lacking, (fault.serial, fault.last or fault.serial)))
            recaps.keep(desk, station, replace(watch, lacking=lacking))
            detail = f"station {station} lacks {span}, asked in vain"
            return [notices.add(desk, NoticeKind.PEER_LACKS, now, detail), GapsChanged()]
        case FaultCode.GAP_CLOSED:
            recaps.forget_lacking(desk, station, fault.serial, fault.last or fault.serial)
            detail = f"station {station} has closed {span} unseen: {fault.note}"
            return [notices.add(desk, NoticeKind.PEER_CLOSED_GAP, now, detail), GapsChanged()]
        case _:
            detail = f"station {station}: {fault.code.name.lower()}, {span}"
            return [notices.add(desk, NoticeKind.FAULT_REPORTED, now, detail)]


def _state(desk: Desk, letter: Letter, message: StationState, now: int) -> list[Event]:
    """Take a posture that headquarters tells; anybody else's word is shown and changes nothing."""
    detail = f"station {letter.station}: {message.posture.name.lower()}"
    if letter.certificate.role is Role.HEADQUARTERS:
        recaps.change_posture(desk, message.posture, now)
        return [notices.add(desk, NoticeKind.POSTURE_TOLD, now, detail), GapsChanged()]
    return [notices.add(desk, NoticeKind.SERVICE_MESSAGE, now, detail)]
