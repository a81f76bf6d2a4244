"""What the window of destruction in order asks its caller for."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Begin:
    """Begin on a ground, or go on where `ground` is empty; `second` is a name, `passphrase` proves the person."""

    second: str
    ground: str
    passphrase: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Say:
    """Write a line down, as destroyed or with the reason why it is not."""

    item: int
    degree: int
    destroyed: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Close:
    """Seal the report: the second person for the list as it stands."""

    second: str
    passphrase: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Stop:
    """Stop: the post works on."""


@dataclass(frozen=True, slots=True)
class WriteRecord:
    """The officer wants the record on paper."""


@dataclass(frozen=True, slots=True)
class ToTheKeys:
    """Lock, and show the screen that destroys the keys."""


Order = Begin | Say | Close | Stop | WriteRecord | ToTheKeys
