"""The kit that is open: whether it may be, how far it is used, and its log. Every act is counted before it is done.

Source: docs/spec/kit.md 4 and 5.
"""

import contextlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from secmsg.errors import KitRefused, StoreDamaged, StoreError
from secmsg.ids import CableId
from secmsg.office import kit_log, kit_records, kits
from secmsg.office.kit_log import KitAct, KitLine
from secmsg.office.kits import AtExpiry, Permit, Use, Verdict
from secmsg.station import exporting, kit_drops, kit_machine, kit_papers, texts
from secmsg.station.desk import Desk
from secmsg.station.kit_views import KitStanding
from secmsg.store import cables as cable_rows
from secmsg.store import identity as identity_rows
from secmsg.store import kits as rows
from secmsg.store import registers
from secmsg.store.cables import Direction

_NOBODY = CableId(b"")


class KitRoom:
    """The room of an open kit, on the store's thread; made by `kit_opening.open_kit`.

    `steady` is a clock that nobody sets, in seconds.
    """

    def __init__(self, desk: Desk, kit_id: bytes, steady: Callable[[], float] = kit_machine.steady) -> None:
        self.desk = desk
        self._kit_id = kit_id
        self._steady = steady
        self._machine = kit_machine.mark(kit_id)
        self._last = steady()
        self._read: set[CableId] = set()
        self._begun = False

    @property
    def permit(self) -> Permit:
        """The permit in force, with what the post has added to it."""
        body = identity_rows.fact(self.desk.db, rows.PERMIT)
        if body is None:
            raise StoreDamaged("the kit has lost its permit")
        return kit_records.decode_permit(body)

    def standing(self) -> KitStanding:
        """Say how the kit stands."""
        db = self.desk.db
        body = identity_rows.fact(db, rows.HOME)
        if body is None:
            raise StoreDamaged("the kit has lost where it belongs")
        home = kit_records.decode_home(body)
        held = cable_rows.count(db, Direction.IN) + cable_rows.count(db, Direction.OUT)
        return KitStanding(self.permit, rows.use(db), held, home.name_vi, home.name_en, home.place, home.timezone)

    # --- opening, going on, closing ------------------------------------------------------------------------------

    def begin(self) -> None:
        """Count an opening; KitRefused, and that is noted too, when the kit may not be opened now."""
        self.check(self.judge())
        use = rows.use(self.desk.db)
        self._log(KitAct.OPENED, use=replace(self._seen(use), openings=use.openings + 1))
        self._begun = True

    def check(self, verdict: Verdict) -> None:
        """Refuse by a verdict, and note who came at the wrong time; KitRefused."""
        if verdict is Verdict.READY:
            return
        self._log(KitAct.REFUSED, detail=verdict.value, use=self._seen(rows.use(self.desk.db)))
        raise self.refusal(verdict)

    def refusal(self, verdict: Verdict) -> KitRefused:
        """Put a verdict into words."""
        permit, use = self.permit, rows.use(self.desk.db)
        ended = f"the permit ended {hour(permit.until)}{_ahead(permit, use, self.desk.now())}"
        text, at = {
            Verdict.EXPIRED: (ended, permit.until),
            Verdict.NOT_YET: (f"the permit begins {hour(permit.start)}", permit.start),
            Verdict.CLOCK_BACK: (
                f"the clock of this machine is behind: this kit was open later already, {hour(use.seen)}", use.seen
            ),
            Verdict.OPENINGS_SPENT: (f"all {permit.openings} openings of the permit are used", permit.until),
            Verdict.MINUTES_SPENT: (f"all {permit.minutes} minutes of the permit are used", permit.until),
            Verdict.READY: ("the kit may be opened", permit.until),
        }[verdict]  # fmt: skip
        standing = self.standing()
        return KitRefused(text, verdict.value, at, standing.place, standing.timezone)

    def tick(self) -> KitStanding:
        """Count the time since the last tick; KitRefused from the moment at which the kit may not be read any more."""
        use = self._seen(rows.use(self.desk.db))
        with self.desk.db.transaction():
            rows.keep_use(self.desk.db, use)
        # The opening that is under way is counted already.
        verdict = kits.judge(self.permit, replace(use, openings=0), self.desk.now())
        if verdict not in (Verdict.READY, Verdict.CLOCK_BACK, Verdict.NOT_YET):
            raise self.refusal(verdict)
        return self.standing()

    def end(self) -> None:
        """Note that it was closed; nothing for one that was not opened. A medium that is gone takes no line."""
        if self._begun:
            with contextlib.suppress(StoreError):
                self._log(KitAct.CLOSED, use=self._seen(rows.use(self.desk.db)))
            self._begun = False

    def must_destroy(self) -> bool:
        """Say whether the permit has ended and its keys are to be destroyed, as was said before."""
        return self.judge() is Verdict.EXPIRED and self.permit.at_expiry is AtExpiry.DESTROY

    def judge(self) -> Verdict:
        """Say whether the kit may be opened now."""
        return kits.judge(self.permit, rows.use(self.desk.db), self.desk.now())

    def _seen(self, use: Use) -> Use:
        """Add the time that has passed: by the steady clock since the last look, or by the machine's, if later."""
        passed = max(0, int(self._steady() - self._last))
        self._last += passed  # what is left of a second counts at the next look
        if not self._begun:
            return replace(use, seen=max(use.seen, self.desk.now()))
        return replace(use, seen=max(use.seen + passed, self.desk.now()), used_s=use.used_s + passed)

    # --- acts ----------------------------------------------------------------------------------------------------

    def note_read(self, cable_id: CableId) -> None:
        """Note that a cable's text is given out; once in an opening."""
        if cable_id not in self._read:
            self._log(KitAct.READ, cable_id)
            self._read.add(cable_id)

    def note_previewed(self, cable_id: CableId, index: int) -> None:
        """Note that an enclosure is shown."""
        self._log(KitAct.PREVIEWED, cable_id, f"enclosure {index + 1}")

    def note_exported(self, cable_id: CableId, index: int) -> None:
        """Note that an enclosure is written out; NotAllowed where the permit does not allow it."""
        kits.check_export(self.permit)
        use = rows.use(self.desk.db)
        self._log(KitAct.EXPORTED, cable_id, f"enclosure {index + 1}", replace(use, exports=use.exports + 1))

    def print_(self, cable_id: CableId, target: Path) -> Path:
        """Count a print and write it as a PDF that bears its number; NotAllowed by the permit or by the cable.

        It counts before it is written: one that was stopped is in the count and not in the hand, and never the other
        way round.
        """
        db = self.desk.db
        cable = texts.text(cable_rows.read(db, cable_id))
        use, permit = rows.use(db), self.permit
        kits.check_print(permit, use, copy_ok=cable.copy_ok)
        number = use.prints + 1
        drawn = kit_papers.draw_print(self.desk, self.standing(), cable_id, number)
        path = exporting.free_place(target, kit_papers.print_name(self.desk, cable_id, number))
        self._log(KitAct.PRINTED, cable_id, f"print {number}", replace(use, prints=number))
        return exporting.export_paper(drawn, path)

    def take(self, data: bytes) -> int:
        """Take an addition that came on the road; return its number, 0 for one that was taken before.

        FormatError, DecryptionError, SignatureError, NotAllowed (another kit's, too early, not permitted).
        """
        number = kit_drops.take(self.desk, self._kit_id, self.permit, data, self._log)
        if number:
            self.desk.shelf.kit = kit_drops.shelf(self.desk)
        return number

    def _log(
        self, act: KitAct, cable: CableId = _NOBODY, detail: str = "", use: Use | None = None, *, inside: bool = False
    ) -> None:
        """Add a line and keep the counts, in one transaction (`inside`: in the caller's)."""
        if not inside:
            with self.desk.db.transaction():
                self._log(act, cable, detail, use, inside=True)
            return
        now = self.desk.now()
        line = KitLine(now, act, cable, detail, self._machine)
        registers.append(self.desk.db, kit_log.REGISTER, now, kit_log.encode(line))
        if use is not None:
            rows.keep_use(self.desk.db, use)


def _ahead(permit: Permit, use: Use, clock: int) -> str:
    """Say that it is the kit that has seen the end, where the clock does not show it."""
    return "" if clock >= permit.until else f"; this kit saw {hour(use.seen)} already"


def hour(at: int) -> str:
    """Write a time in UTC, for sentences of the terminal; screens have the post's own zone."""
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d %H:%MZ}"
