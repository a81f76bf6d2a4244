"""What the return of a kit knows: what the kit says, what was handed back, and whether it is noted."""

from dataclasses import dataclass

from secmsg.station.kit_views import Reconciliation


@dataclass(frozen=True, slots=True)
class BackState:
    """`found` is None until the kit was read; `noted` once its keys are destroyed, with `still_out` prints."""

    found: Reconciliation | None = None
    handed_back: int = 0
    second: str = ""
    noted: bool = False
    still_out: int = 0

    @property
    def missing(self) -> int:
        """How many prints would still be out."""
        return 0 if self.found is None else self.found.printed - self.handed_back

    @property
    def may_note(self) -> bool:
        """Whether the return can be noted: the kit is read, and a second person is named."""
        return self.found is not None and not self.noted and bool(self.second.strip())
