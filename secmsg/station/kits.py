"""Delegation kits at their post: the room for screens and commands."""

from dataclasses import replace
from pathlib import Path

from secmsg.errors import NotAllowed
from secmsg.ids import CableId, DeviceId, StationId
from secmsg.office import kit_records, kits
from secmsg.office.kits import KitState
from secmsg.station import kit_adding, kit_ending, kit_making, kit_return
from secmsg.station.annex import Watch, unwatched
from secmsg.station.desk import Desk
from secmsg.station.kit_making import Making
from secmsg.station.kit_return import Concluded
from secmsg.station.kit_views import KitRow, KitStanding, Reconciliation, Terms
from secmsg.station.unlock import Unlock
from secmsg.station.views import KeyringNote, StationStatus
from secmsg.store import kits as rows
from secmsg.store.kits import KeptKit
from secmsg.store.profile import Profile
from secmsg.wire.kit_drop import Longer


def is_kit(profile: Profile) -> bool:
    """Say whether an opened profile is a delegation kit."""
    return rows.is_kit(profile.db)


def status(standing: KitStanding) -> StationStatus:
    """Say of a kit at a glance what a screen asks of a station: whose it is, and that nothing waits."""
    return StationStatus(
        joined=True, station=StationId(0), station_name=standing.post, station_name_en=standing.post_en,
        place=standing.place, timezone=standing.timezone, device=DeviceId(0), person_name=standing.permit.bearer,
        person_title=standing.permit.title, edition=0, edition_at=0, unread_count=0, outbox_count=0, gaps=0,
        quarantined=0, keyring_note=KeyringNote.PASSPHRASE_ONLY, clock_offset_s=None, notices=(), kit=standing,
    )  # fmt: skip


class Kits:
    """Makes kits, adds to them, takes them back; on the store's thread but for `Making.run`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def listed(self) -> tuple[KitRow, ...]:
        """List the kits of this post, the newest first."""
        return tuple(self._row(kit) for kit in rows.every(self._desk.db))

    def _row(self, kit: KeptKit) -> KitRow:
        permit = kit_records.decode_permit(kit_records.decode_signed(kit.permit).permit)
        cables = len(rows.cables(self._desk.db, kit.number))
        expired = kit.state is KitState.OUT and self._desk.now() >= permit.until
        ending = kit_ending.ending(self._desk, kit)
        return KitRow(kit.number, kit.state, kit.item, permit, cables, kit.drops, kit.at, kit.noted, expired, ending)

    def cables(self, number: int) -> tuple[CableId, ...]:
        """List our own ids of the cables in a kit."""
        return tuple(cable for _, cable, _ in rows.cables(self._desk.db, number))

    # --- out ---------------------------------------------------------------------------------------------------------

    def prepare(self, terms: Terms, cables: tuple[CableId, ...], second: Unlock | None = None) -> Making:
        """Judge and sign the permit, enter the kit as being made; `run` of what this gives may be done anywhere."""
        return kit_making.prepare(self._desk, terms, cables, second)

    def finish(self, number: int, folder: Path) -> None:
        """Prove a kit that was made by opening it, and issue it to its bearer."""
        kit_making.finish(self._desk, number, folder)

    def give_up(self, number: int, folder: Path | None = None) -> None:
        """Note that a making did not end; what lies in `folder` loses its keys."""
        kit_making.give_up(self._desk, number, folder)

    def make(
        self,
        terms: Terms,
        cables: tuple[CableId, ...],
        folder: Path,
        unlock: Unlock,
        *,
        second: Unlock | None = None,
        watch: Watch = unwatched,
    ) -> KitRow:
        """Do all of it here; nothing is left in the folder when it fails, and the kit stands as given up."""
        from secmsg.station import opening

        given = opening.passphrase_of(unlock)
        making = self.prepare(terms, cables, second)
        try:
            making.run(folder, given, watch)
        except BaseException:
            self.give_up(making.number)
            raise
        self.finish(making.number, folder)
        return self._row(rows.read(self._desk.db, making.number))

    # --- on the road -------------------------------------------------------------------------------------------------

    def add(self, number: int, cables: tuple[CableId, ...], target: Path) -> Path:
        """Write the next addition to a kit that is out into a new file; it counts from here."""
        return kit_adding.write(self._desk, kit_adding.make(self._desk, number, cables), target)

    def prolong(
        self, number: int, target: Path, *, until: int, openings: int = 0, minutes: int = 0, wrong_clock: bool = False
    ) -> Path:
        """Write an addition that prolongs a permit: its end, and how much more it may be opened; NotAllowed.

        `wrong_clock`: the bearer says that the kit once saw an hour that was not yet. It then forgets every hour after
        ours now, also a true one: who holds the file back has that much of the time again.
        """
        permit = self._row(rows.read(self._desk.db, number)).permit
        longer = replace(permit, until=until, openings=permit.openings + openings, minutes=permit.minutes + minutes)
        if until <= self._desk.now():
            raise NotAllowed("a permit is prolonged to a time that is still to come")
        kits.check(longer)
        now = self._desk.now() if wrong_clock else kit_adding.FORGETS_NOTHING
        said = Longer(longer.until, longer.openings, longer.minutes, now)
        return kit_adding.write(self._desk, kit_adding.make(self._desk, number, (), said), target)

    def write_again(self, number: int, addition: int, target: Path) -> Path:
        """Write an addition whose file was lost once more; a kit that has taken it takes nothing of this one."""
        return kit_adding.again(self._desk, number, addition, target)

    # --- back --------------------------------------------------------------------------------------------------------

    def reconcile(self, folder: Path) -> Reconciliation:
        """Read the log of a kit that came back by the post's own copy of its secret; nothing changes."""
        return kit_return.reconcile(self._desk, folder)

    def conclude(self, found: Reconciliation, folder: Path, second: str, handed_back: int, note: str = "") -> Concluded:
        """Note the return by two persons, destroy the kit's keys, and give the report as a PDF."""
        return kit_return.conclude(self._desk, found, folder, second, handed_back, note)

    def end(self, number: int, second: str, folder: Path | None = None) -> None:
        """Go on with a return that stopped before its keys stood as destroyed; None: nothing of the folder is left."""
        kit_ending.end(self._desk, number, second, folder)

    def lost(self, number: int, note: str = "") -> str:
        """Note that a kit is lost: it and nothing else is stopped; give the text of the draft to headquarters."""
        return kit_return.lost(self._desk, number, note)
