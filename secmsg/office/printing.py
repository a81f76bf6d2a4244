"""Classes of printing: by which way a paper comes out of a machine, and what stays behind on each.

No class leaves nothing. The officer says which one is used; for key material it stands in the ledger
(docs/spec/materials.md 5). Source: docs/handbook, "Printing".
"""

from enum import Enum, IntEnum


class Printing(IntEnum):
    """How a paper is printed."""

    OFFLINE = 1
    """From memory to a printer on a cable, on a machine without network that was started from a read-only medium."""
    STICK = 2
    """As a file on an enciphered stick, printed at a station set aside for it; the stick is destroyed."""
    ORDINARY = 3
    """On the printer of an office."""


class Trace(Enum):
    """What can stay behind."""

    PRINTER = "printer"
    """Its memory, drum, fuser, ribbon or thermal film keep images of the last pages."""
    DOTS = "dots"
    """A colour printer prints dots that name the machine and the hour."""
    LEAVES_BELOW = "leaves-below"
    """What is written by hand on a pile of paper is pressed into the leaves below."""
    STICK = "stick"
    """Flash memory keeps old copies where no program can erase them."""
    OTHER_MACHINE = "other-machine"
    """The machine that prints from the stick opens the file: its memory, its swap, its recent files."""
    QUEUE = "queue"
    """The system's print queue writes the pages to its disk, and erasing does not bring them away for certain."""
    DISK = "disk"
    """The file itself lies on this machine's disk until it is destroyed, and in parts longer."""
    NETWORK = "network"
    """A printer in a network, its server and its log see the pages."""


TRACES: dict[Printing, tuple[Trace, ...]] = {
    Printing.OFFLINE: (Trace.PRINTER, Trace.DOTS, Trace.LEAVES_BELOW),
    Printing.STICK: (Trace.STICK, Trace.OTHER_MACHINE, Trace.QUEUE, Trace.PRINTER, Trace.DOTS, Trace.LEAVES_BELOW),
    Printing.ORDINARY: (
        Trace.DISK, Trace.QUEUE, Trace.NETWORK, Trace.PRINTER, Trace.DOTS, Trace.LEAVES_BELOW,
    ),
}  # fmt: skip
"""What each class leaves behind, the worst first."""
