"""Letting the report go that was sealed in advance, after the keys are dead: bytes from a file, to every relay at once.

Source: docs/spec/destruction.md 9. Knows no key and no store; loaded when there is something to send.
"""

import threading
import time
from collections.abc import Callable

from secmsg.crypto.randomness import system
from secmsg.errors import FormatError, LinkError
from secmsg.links.link import Link, RelayAddress, Timeouts
from secmsg.links.relay import RelayLink
from secmsg.wire import handover as wire
from secmsg.wire.handover import Parcel, Station
from secmsg.wire.sync import Deposit, DepositStatus, TtlClass

SEND_S = 8.0
_TAKEN = (DepositStatus.STORED, DepositStatus.DUPLICATE)


def send(
    data: bytes, *, dead: bool, link_of: Callable[[Station], Link] | None = None, patience_s: float = SEND_S
) -> bool:
    """Leave the messages of one kind at every relay; answer whether a relay has said that it holds all of them.

    `dead`: the keys are destroyed; otherwise the other kind goes, which claims less.
    """
    try:
        handed = wire.decode(data)
    except FormatError:
        return False
    held: list[bool] = []
    threads = [
        threading.Thread(target=_leave, args=(station, dead, link_of or _link, held), daemon=True, name="report")
        for station in handed.relays
    ]
    until = time.monotonic() + patience_s
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, until - time.monotonic()))
    return any(held)


def _leave(station: Station, dead: bool, link_of: Callable[[Station], Link], held: list[bool]) -> None:  # noqa: FBT001 - a thread's argument
    try:
        link = link_of(station)
        chosen = station.parcels[0 if dead else 1 :: 2]
        held.append(bool(chosen) and all(_deposit(link, parcel) for parcel in chosen))
    except LinkError:
        held.append(False)


def _deposit(link: Link, parcel: Parcel) -> bool:
    """Try the mailboxes of this week and the next ones: nobody knows how long the bytes have lain."""
    for box, token in parcel.targets:
        (status,) = link.deposit([Deposit(box, token, parcel.message_id, TtlClass.MONTH, parcel.body)])
        if status in _TAKEN:
            return True
    return False


def _link(station: Station) -> Link:
    address = RelayAddress(station.relay, station.base_url, station.prefix, station.fingerprint, b"")
    return RelayLink(address, Timeouts(connect_s=4, answer_s=6), time.time, system)
