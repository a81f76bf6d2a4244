"""What the act of destroying a page knows: which pages, who does it, who is the second, and whether the paper burnt."""

from dataclasses import dataclass
from enum import Enum

from secmsg.errors import NotAllowed
from secmsg.office.materials import Act, check_names


class Lack(Enum):
    """What is lacking before the page can be destroyed."""

    PAPER = "paper"
    SECOND = "second"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class DestroyState:
    """Destroying pages of a book: by the officer who has opened the store and a second person who is named."""

    book: str
    pages: tuple[str, ...]
    officer: str
    second: str = ""
    burnt: bool = False

    @property
    def lack(self) -> Lack | None:
        """The first thing that is lacking, None when it can be done."""
        if not self.burnt:
            return Lack.PAPER
        if not self.second.strip():
            return Lack.SECOND
        try:
            check_names(Act.PAGE_DESTROYED, self.officer, self.second)
        except NotAllowed:
            return Lack.SAME
        return None
