"""The set-up of a station in memory for the windows: steps that are taken in order, no keys and no relay."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from secmsg import digits
from secmsg.ids import CableId
from secmsg.station.backup_views import Candidate
from secmsg.station.channel_test import Reach, Tested
from secmsg.station.first_sheet import FirstSheet
from secmsg.station.setting_up import Compared, Proof, SettingUp, SetUp
from secmsg.station.sheets import Paper
from secmsg.station.unlock import Unlock
from ui.setup.state import Act

FINGERPRINT = digits.groups(bytes(range(7, 23)))
SHEET = FirstSheet(Paper("", b"%PDF-"), tuple(digits.groups(bytes(range(32))).split()), (3, 9, 17))
OLD = SetUp(False, True, FINGERPRINT, Compared.SAME, joined=True, finished=True)
"""A store that was made before there was a set-up."""
FRESH = SetUp(True, False, FINGERPRINT, Compared.NOT_YET, joined=False)
GOOD = Tested("Kênh chính", Reach.OPEN, 0.31, 2)
LATE = Tested("Kênh phụ", Reach.OPEN, 1.2, 412, clock_off=True)
DEAD = Tested("Kênh dự phòng", Reach.UNREACHED)
FALSE = Tested("Kênh thay thế", Reach.OTHER_CERTIFICATE)
CANDIDATES = (Candidate(1, "Trần Thị Bình", "Cán bộ cơ yếu"), Candidate(2, "Lê Văn An", "Bí thư thứ nhất"))
TESTED = (GOOD, LATE, DEAD, FALSE)


@dataclass
class SetupHeld:
    """Where the set-up stands."""

    stands: SetUp = OLD
    acts: list[Act] = field(default_factory=list)


class UiSettingUp(SettingUp):
    """The steps over `SetupHeld`."""

    def __init__(self, held: Callable[[], SetupHeld]) -> None:
        self._held = held

    def standing(self) -> SetUp:
        return self._held().stands

    def make_sheet(self, unlock: Unlock) -> FirstSheet:
        return SHEET

    def check_sheet(self, sheet: FirstSheet, typed: str, kept_at: str) -> None:
        sheet.check(typed)
        self._stand(sheet_checked=True)

    def compare(self, *, same: bool) -> None:
        self._stand(compared=Compared.SAME if same else Compared.DIFFERENT)

    def join(self, sealed: bytes, code: str) -> None:
        self._stand(joined=True)

    def send_test(self) -> CableId:
        self._stand(proof=Proof.HERE)
        return CableId(bytes(16))

    def finish(self) -> None:
        self._stand(finished=True)

    def _stand(self, **changes: object) -> None:
        held = self._held()
        held.stands = replace(held.stands, **changes)  # type: ignore[arg-type]  # a step names what it changes
