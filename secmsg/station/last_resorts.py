"""First messages without a one-time prekey, once for each signed one, or to old signed ones: shown at both ends.

Source: docs/spec/prekeys.md 5. A relay can withhold one-time prekeys; it shall not do so twice unnoticed.
"""

from secmsg.errors import PrekeyUnknown
from secmsg.ids import DeviceId
from secmsg.protocol import prekeys as protocol
from secmsg.station import notices
from secmsg.station.desk import Desk
from secmsg.station.events import Event
from secmsg.station.views import NoticeKind
from secmsg.store import identity as identity_rows
from secmsg.store import prekeys as rows
from secmsg.wire.bundle import Bundle
from secmsg.wire.certificate import Certificate

# --- the opener ------------------------------------------------------------------------------------------------------


def may_open(desk: Desk, certificate: Certificate, bundle: Bundle, now: int) -> bool:
    """Say whether a session may be opened by a bundle: without a one-time prekey only once for a signed one.

    The receiver takes no second one, so what waits keeps waiting for a better bundle; told once.
    """
    if bundle.entry is not None or bundle.signed.spk_id > _kept(desk, _to(certificate.device)):
        return True
    notices.add_once(desk, NoticeKind.SESSION_LAST_RESORT, now, f"device {certificate.subject}: none left again")
    return False


def note_opened(desk: Desk, certificate: Certificate, bundle: Bundle, now: int) -> None:
    """Note and show what was weak about a session just opened, inside the caller's transaction."""
    who = f"device {certificate.subject}"
    if bundle.entry is None:
        identity_rows.keep_fact(desk.db, _to(certificate.device), bundle.signed.spk_id.to_bytes(4))
        notices.add(desk, NoticeKind.SESSION_LAST_RESORT, now, f"{who}: opened by us")
    if now > bundle.signed.not_after:
        days = (now - bundle.signed.not_after) // 86_400
        notices.add_once(desk, NoticeKind.PREKEYS_STALE, now, f"{who}: {days} days past its end, opened by us")


# --- the receiver ----------------------------------------------------------------------------------------------------


def check(desk: Desk, device: DeviceId, spk_id: int, opk_id: int | None) -> None:
    """Refuse a second last-resort message of a device to one signed prekey, or to an older one; PrekeyUnknown."""
    if opk_id is None and spk_id <= _kept(desk, _from(device)):
        raise PrekeyUnknown("a second message of this device without a one-time prekey")


def note_taken(desk: Desk, certificate: Certificate, spk_id: int, opk_id: int | None, now: int) -> list[Event]:
    """Note and show what was weak about a first message just taken, inside the caller's transaction."""
    told: list[Event] = []
    who = f"device {certificate.subject}"
    if opk_id is None:
        identity_rows.keep_fact(desk.db, _from(certificate.device), spk_id.to_bytes(4))
        told.append(notices.add(desk, NoticeKind.SESSION_LAST_RESORT, now, who))
    row = rows.signed(desk.db, spk_id)
    if row is not None and now > protocol.decode_signed(row.private.reveal()).public.not_after:
        event = notices.add_once(desk, NoticeKind.PREKEYS_STALE, now, f"{who}: our signed prekey {spk_id}")
        told += [] if event is None else [event]
    return told


def _kept(desk: Desk, name: str) -> int:
    return int.from_bytes(identity_rows.fact(desk.db, name) or b"")


def _to(device: DeviceId) -> str:
    return f"last-resort-to-{device}"


def _from(device: DeviceId) -> str:
    return f"last-resort-from-{device}"
