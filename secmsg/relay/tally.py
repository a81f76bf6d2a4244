"""What a relay counts while it serves: events and sums, never a mailbox, a prefix or an address."""

from collections import Counter
from dataclasses import dataclass, field
from enum import Enum

from secmsg.wire.sync import DepositStatus


class Desk(Enum):
    """What was asked for."""

    DEPOSIT = "deposit"
    READER = "reader"
    UPLOAD = "upload"
    DOWNLOAD = "download"
    FEED = "feed"


@dataclass(slots=True)
class Tally:
    """Counts since this process began to serve; only the event loop writes them.

    `refused` are requests that got the one refusal, `faults` those of them that were the relay's own fault; `cut` are
    connections that outlived a deadline, `turned_away` those beyond the limits, closed before a byte was read.
    """

    answered: Counter[Desk] = field(default_factory=Counter)
    deposits: Counter[DepositStatus] = field(default_factory=Counter)
    refused: int = 0
    faults: int = 0
    cut: int = 0
    turned_away: int = 0
    blobs_refused: int = 0
