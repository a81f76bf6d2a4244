"""Whether the edition in force still lists this device: a dismissed one keeps and shows what it has."""

from secmsg.station import desk as desks
from secmsg.station.desk import Desk


def listed(desk: Desk) -> bool:
    """Say whether the edition in force lists our device; EnrolmentError before joining."""
    return desks.own(desk).device_signer.ref in desks.directory(desk).certificates
