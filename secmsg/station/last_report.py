"""The report of a destruction, sealed in advance: bytes beside the store that can leave when no key is there any more.

Source: docs/spec/destruction.md 9. For each machine of headquarters two service messages THK are sealed outside the
chain: one says that the machine's keys are destroyed, the other that this is not certain. What lies in the file opens
nothing; it lets its holder leave these messages with headquarters, and no others.
"""

import json
from dataclasses import dataclass

from secmsg.authority.mailbox import mailbox, week_of
from secmsg.ids import DeviceId, MessageId, Week
from secmsg.station import alarms, envelopes, freezing, machines, places, standing, walk_lines
from secmsg.station import desk as desks
from secmsg.station.desk import Desk
from secmsg.store import settings as setting_rows
from secmsg.store import standing as asides
from secmsg.store.paths import Home
from secmsg.store.relays import Relay
from secmsg.wire import handover as wire
from secmsg.wire.certificate import Certificate
from secmsg.wire.handover import Handover, Parcel, Station, Target
from secmsg.wire.service import Code, Notice

KEPT_S = 7 * 86_400
"""How long sealed messages lie before others take their place: the peer keeps the keys for their places for 30 days."""
DEAD = "Khóa của máy đã tiêu hủy; giấy tờ, vật mang tin chưa rõ. Điện này niêm phong từ trước."
DEAD_IN_ORDER = "Khóa của máy đã tiêu hủy, theo lệnh. {told} Điện này niêm phong từ trước."
UNSURE_IN_ORDER = "CHƯA CHẮC khóa của máy đã tiêu hủy. {told} Điện này niêm phong từ trước."
"""As many bytes as the other: the sizes of the sealed messages must not tell one from the other."""
UNSURE = "Đã ra lệnh tiêu hủy; CHƯA CHẮC khóa của máy đã tiêu hủy. Điện này niêm phong từ trước."
_STATE = "destruction.report"


@dataclass(frozen=True, slots=True)
class _Sealed:
    certificate: Certificate
    messages: tuple[tuple[MessageId, bytes], ...]
    """The one that says that the keys are dead, then the one that is unsure."""


def refresh(desk: Desk) -> bool:
    """Seal anew what is older than a week or of another chain, and write the file; answer whether one lies ready.

    After a destruction in order that was closed it says what of the list is destroyed and what is not.

    The places in the sessions are used in the transaction that seals; a file that the disk does not take costs them. A
    frozen store seals none: another copy may have used the same places for other words.
    """
    if freezing.frozen(desk):
        return False
    home = Home(desk.files.root.parent)
    kit = places.in_use(desk) if desks.joined(desk) and standing.listed(desk) else ()
    if not kit:
        return False
    now = desk.now()
    state = _state(desk, now)
    if not state:
        return False
    if _lies_ready(desk, state):
        return True
    with desk.db.transaction():
        sealed = _seal(desk, now)
        # The chains after the sealing: the next look compares with these.
        setting_rows.keep(desk.db, _STATE, _state(desk, now))
    if not sealed:
        return False
    relays = tuple(_station(desk, relay, sealed, now) for relay in kit[: wire.MAX_RELAYS])
    return asides.write(home.report, wire.encode(Handover(desk.random(16), 1, relays)))


def is_ready(desk: Desk) -> bool:
    """Say whether a report lies ready that says what is so now."""
    state = _state(desk, desk.now())
    return bool(state) and not freezing.frozen(desk) and _lies_ready(desk, state)


def _lies_ready(desk: Desk, state: str) -> bool:
    return state == setting_rows.get(desk.db, _STATE) and Home(desk.files.root.parent).report.exists()


def _state(desk: Desk, now: int) -> str:
    """Name chains, week and walk for which messages are sealed; "" where no machine of headquarters can be reached."""
    chains = []
    for certificate in _listeners(desk, now):
        session = envelopes.usable(desk, certificate)
        if session is not None and session.answered:
            epoch = 0 if session.sending is None else session.sending.epoch
            chains.append([certificate.device, session.session_id.hex(), epoch])
    if not chains:
        return ""
    mark = walk_lines.mark(desk)
    return json.dumps([now // KEPT_S, chains, mark] if mark else [now // KEPT_S, chains])


def _listeners(desk: Desk, now: int) -> tuple[Certificate, ...]:
    return tuple(each for station in alarms.headquarters(desk) for each in machines.addressed(desk, station, now))


def _seal(desk: Desk, now: int) -> list[_Sealed]:
    found: list[_Sealed] = []
    told = walk_lines.told(desk)
    said = tuple(each.format(told=told) for each in (DEAD_IN_ORDER, UNSURE_IN_ORDER)) if told else (DEAD, UNSURE)
    for certificate in _listeners(desk, now)[: wire.MAX_PARCELS // 2]:
        session = envelopes.usable(desk, certificate)
        if session is None or not session.answered:
            continue
        messages: list[tuple[MessageId, bytes]] = []
        for words in said:
            notice = Notice(Code.EMERGENCY_DESTRUCTION, words)
            session, body = envelopes.seal_aside(desk, certificate, session, notice, now)
            # One id everywhere, so that two relays and a second try are one message.
            messages.append((MessageId(desk.random(16)), body))
        found.append(_Sealed(certificate, tuple(messages)))
    return found


def _station(desk: Desk, relay: Relay, sealed: list[_Sealed], now: int) -> Station:
    parcels: list[Parcel] = []
    for each in sealed:
        targets = _targets(desk, relay, each.certificate.device, now)
        # Dead and unsure in turn: the place says which it is, for nothing else may.
        parcels += [Parcel(name, targets, body) for name, body in each.messages]
    return Station(relay.relay_id, relay.base_url, relay.prefix, relay.fingerprint, parcels=tuple(parcels))


def _targets(desk: Desk, relay: Relay, device: DeviceId, now: int) -> tuple[Target, ...]:
    secret = desks.directory(desk).mailbox_secret(device)
    week = week_of(now)
    return tuple(mailbox(secret, relay.relay_id, Week(each)) for each in range(week, week + wire.MAX_TARGETS))
