"""Cover roots at a station: given by headquarters before the edition that needs them, destroyed after their weeks.

Source: docs/spec/veil.md. What changes rows does so inside the caller's transaction unless it says otherwise.
"""

from dataclasses import dataclass

from secmsg.authority import cover as rules
from secmsg.authority.mailbox import SECONDS_PER_WEEK
from secmsg.crypto.secret import Secret
from secmsg.errors import NotAllowed, NotEntitled
from secmsg.ids import DeviceId, StationId
from secmsg.station import desk as desks
from secmsg.station import envelopes, notices, opening, revocations
from secmsg.station.desk import Desk
from secmsg.station.events import Event
from secmsg.station.unlock import typed_groups
from secmsg.station.views import NoticeKind
from secmsg.store import identity as identity_rows
from secmsg.wire.certificate import Certificate, Role
from secmsg.wire.revocation import Revocation, RevocationReason
from secmsg.wire.service import CoverGiven, CoverHeld


@dataclass(frozen=True, slots=True)
class CoverStanding:
    """The cover root in force, the next one (None: none under way), and which machines have not confirmed it."""

    current: int
    next: int | None
    machines: int
    missing: tuple[tuple[StationId, DeviceId], ...]


# --- headquarters ----------------------------------------------------------------------------------------------------


def give(desk: Desk, sealed: bytes, code: str) -> CoverStanding:
    """Take the authority's cover file and send its root to every machine that has not said that it has it.

    One transaction. The machines that are to be without it get nothing from this station any more. EnrolmentError or
    FormatError when file and code do not fit, NotAllowed at any other station than headquarters.
    """
    own, directory, now = desks.own(desk), desks.directory(desk), desk.now()
    if own.device_certificate.role is not Role.HEADQUARTERS:
        raise NotAllowed("only headquarters gives cover roots")
    file = rules.open_file(sealed, Secret(typed_groups(code, "the code")), opening.floor(desk.policy))
    if file.index != directory.head.cover_index + 1:
        raise NotAllowed(f"cover root {file.index} does not follow {directory.head.cover_index}")
    with desk.db.transaction():
        _keep(desk, file.index, Secret(file.root))
        if identity_rows.fact(desk.db, _held_name(file.index)) is None:
            # From here on this station answers for who has it: the pouches of those without open with the root before.
            identity_rows.keep_fact(desk.db, _held_name(file.index), b"")
        for machine in file.without:
            barred = Revocation(revocations.NEVER, machine, RevocationReason.RETIRED, now)
            revocations.take(desk, own.device_certificate, barred, now)
        for station in sorted({station for station, _ in _missing(desk, file.index)}):
            envelopes.post_service(desk, station, CoverGiven(file.index, file.root), now)
    return standing(desk)


def standing(desk: Desk) -> CoverStanding:
    """Say which cover roots there are and who lacks the next one."""
    current = desks.directory(desk).head.cover_index
    if current + 1 not in desks.cover_roots(desk):
        return CoverStanding(current, None, len(_machines(desk)), ())
    return CoverStanding(current, current + 1, len(_machines(desk)), _missing(desk, current + 1))


def lacks(desk: Desk, devices: tuple[DeviceId, ...]) -> bool:
    """Say whether one of these machines has not said that it has the root in force: a pouch must open there too."""
    current = desks.directory(desk).head.cover_index
    kept = identity_rows.fact(desk.db, _held_name(current))
    return kept is not None and current - 1 in desks.cover_roots(desk) and not _numbers(kept).issuperset(devices)


def _machines(desk: Desk) -> dict[DeviceId, StationId]:
    listed = {entry.device: entry.station for entry in desks.directory(desk).contents.mailboxes}
    return {device: station for device, station in listed.items() if not revocations.barred(desk, device)}


def _missing(desk: Desk, index: int) -> tuple[tuple[StationId, DeviceId], ...]:
    held = _numbers(identity_rows.fact(desk.db, _held_name(index)) or b"") | {desks.own(desk).device}
    return tuple(sorted((station, device) for device, station in _machines(desk).items() if device not in held))


def _numbers(kept: bytes) -> set[DeviceId]:
    return {DeviceId(int.from_bytes(kept[at : at + 2])) for at in range(0, len(kept), 2)}


def _held_name(index: int) -> str:
    return f"cover-held-{index}"


# --- every station ---------------------------------------------------------------------------------------------------


def check(sender: Certificate, message: CoverGiven | CoverHeld) -> None:
    """Accept a sender; NotEntitled when anybody but headquarters gives a root."""
    if isinstance(message, CoverGiven) and sender.role is not Role.HEADQUARTERS:
        raise NotEntitled("only headquarters gives cover roots")


def take(desk: Desk, sender: Certificate, message: CoverGiven | CoverHeld, now: int) -> list[Event]:
    """Keep a root that headquarters gives and say so, or note that a machine has one."""
    check(sender, message)
    if isinstance(message, CoverHeld):
        name = _held_name(message.index)
        held = _numbers(identity_rows.fact(desk.db, name) or b"") | {sender.device}
        if message.index in desks.cover_roots(desk):
            identity_rows.keep_fact(desk.db, name, b"".join(device.to_bytes(2) for device in sorted(held)))
        return []
    roots = desks.cover_roots(desk)
    known = roots.get(message.index)
    if known is None and message.index != desks.directory(desk).head.cover_index + 1:
        return []
    if known is not None and known.reveal() != message.root:
        # Two roots under one index part the members: the first one stays until an edition says which opens it.
        detail = f"headquarters gives another cover root {message.index} than before"
        return [notices.add(desk, NoticeKind.DIRECTORY_FORK, now, detail)]
    _keep(desk, message.index, Secret(message.root))
    envelopes.post_service(desk, sender.station, CoverHeld(message.index), now)
    return []


def _keep(desk: Desk, index: int, root: Secret) -> None:
    indexes = sorted({*desks.cover_roots(desk), index})
    identity_rows.keep_secret(desk.db, desks.cover_name(index), root, desk.random)
    identity_rows.keep_fact(desk.db, desks.COVER_INDEXES, b"".join(each.to_bytes(2) for each in indexes))


def note_in_force(desk: Desk, now: int) -> None:
    """Remember since when the cover root of the edition in force is the one in use."""
    name = _since_name(desks.directory(desk).head.cover_index)
    if identity_rows.fact(desk.db, name) is None:
        identity_rows.keep_fact(desk.db, name, now.to_bytes(8))


def forget_old(desk: Desk, now: int) -> int:
    """Destroy the roots before the one in force when no first message under them can come any more; say how many."""
    current = desks.directory(desk).head.cover_index
    since = identity_rows.fact(desk.db, _since_name(current))
    old = [index for index in desks.cover_roots(desk) if index < current]
    weeks = desk.policy.mailboxes.weeks_back + 1
    if not old or since is None or now - int.from_bytes(since) < weeks * SECONDS_PER_WEEK:
        return 0
    for index in old:
        identity_rows.forget_secret(desk.db, desks.cover_name(index))
    kept = sorted(set(desks.cover_roots_held(desk)) - set(old))
    identity_rows.keep_fact(desk.db, desks.COVER_INDEXES, b"".join(each.to_bytes(2) for each in kept))
    return len(old)


def _since_name(index: int) -> str:
    return f"cover-since-{index}"
