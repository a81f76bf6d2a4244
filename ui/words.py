"""The words of the office for the values of the office: one table each (domain.md 1.5)."""

from typing import assert_never

from secmsg.office.lifecycle import OutboxState
from secmsg.station.views import Doubt
from secmsg.wire.cable import Degree, Kind, SignPrefix, Urgency
from secmsg.wire.service import ReceiptLevel
from ui.language import tr


def degree(value: Degree) -> str:
    """Name a degree of secrecy."""
    match value:
        case Degree.UNCLASSIFIED:
            return tr("Unclassified")
        case Degree.CONFIDENTIAL:
            return tr("Confidential")
        case Degree.SECRET:
            return tr("Secret")
        case Degree.TOP_SECRET:
            return tr("Top Secret")
        case _:
            assert_never(value)


def urgency(value: Urgency) -> str:
    """Name a precedence."""
    match value:
        case Urgency.ROUTINE:
            return tr("Routine")
        case Urgency.PRIORITY:
            return tr("Priority")
        case Urgency.IMMEDIATE:
            return tr("Immediate")
        case Urgency.FLASH:
            return tr("Flash")
        case _:
            assert_never(value)


def kind(value: Kind) -> str:
    """Name a kind of cable."""
    match value:
        case Kind.CABLE:
            return tr("Cable")
        case Kind.TELEGRAM:
            return tr("Official telegram")
        case Kind.SERVICE:
            return tr("Service message")
        case Kind.RECEIPT:
            return tr("Receipt")
        case Kind.TEST:
            return tr("Test message")
        case Kind.EXERCISE:
            return tr("Exercise cable")
        case _:
            assert_never(value)


def receipt(level: ReceiptLevel) -> str:
    """Say what a rung of the receipt ladder proves, and no more."""
    match level:
        case ReceiptLevel.ARRIVED:
            return tr("arrived at the addressee's machine")
        case ReceiptLevel.DECIPHERED:
            return tr("deciphered, checks passed")
        case ReceiptLevel.REGISTERED:
            return tr("acknowledged by an officer")
        case ReceiptLevel.READ:
            return tr("read")
        case ReceiptLevel.ASSIGNED:
            return tr("action assigned")
        case ReceiptLevel.IN_PROGRESS:
            return tr("in progress")
        case ReceiptLevel.DONE:
            return tr("actioned")
        case ReceiptLevel.REFUSED:
            return tr("refused")
        case _:
            assert_never(level)


def delivery(state: OutboxState) -> str:
    """Name how far an outgoing cable has got, in the fewest words that are proven."""
    match state:
        case OutboxState.WAITING_KEYS:
            return tr("Waiting for keys")
        case OutboxState.WAITING:
            return tr("Waiting")
        case OutboxState.SENDING:
            return tr("Sending")
        case OutboxState.RELAY_HOLDS:
            return tr("Held by the relay")
        case OutboxState.UNKNOWN:
            return tr("Outcome unknown")
        case OutboxState.ARRIVED:
            return tr("Arrived")
        case OutboxState.DECIPHERED:
            return tr("Deciphered")
        case OutboxState.ACKNOWLEDGED:
            return tr("Acknowledged")
        case OutboxState.HELD:
            return tr("Kept back")
        case OutboxState.REFUSED:
            return tr("Refused")
        case OutboxState.EXPIRED:
            return tr("Expired")
        case OutboxState.WITHDRAWN:
            return tr("Machine taken off")
        case _:
            assert_never(state)


def doubt(value: Doubt) -> str:
    """Say what is odd about a cable although its signatures verify."""
    match value:
        case Doubt.COUNT:
            return tr("The counts of documents or pages do not agree with what is here.")
        case Doubt.OBJECTION:
            return tr("Its persons may not sign together, or a clearance was refused.")
        case Doubt.NAME:
            return tr("Its releaser gives another name or title than the directory.")
        case Doubt.NUMBER:
            return tr("Its number is not one of its origin's numbers.")
        case Doubt.THIN:
            return tr(
                "What came first by thin packets says something else. Ask the sender by voice before acting on either "
                "text."
            )
        case Doubt.HAND:
            return tr(
                "What came first by hand says something else. Ask the sender by voice before acting on either text."
            )
        case _:
            assert_never(value)


def sign_prefix(value: SignPrefix) -> str:
    """Write the authority under which a cable is signed."""
    match value:
        case SignPrefix.NONE:
            return "—"
        case SignPrefix.TM:
            return "TM."
        case SignPrefix.KT:
            return "KT."
        case SignPrefix.TL:
            return "TL."
        case SignPrefix.TUQ:
            return "TUQ."
        case SignPrefix.Q:
            return "Q."
        case _:
            assert_never(value)
