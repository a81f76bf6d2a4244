"""The words of the screen of destruction: a word claims only what was read back."""

from typing import assert_never

from secmsg.office.destruction import Duty, Fate, Finding, Outcome, Part, Task
from secmsg.office.materials import Kind
from secmsg.wire.cable import Degree
from ui.language import tr


def part(of: Part) -> str:
    """Name a part."""
    match of:
        case Part.KEYS:
            return tr("Keyslots of this machine")
        case Part.OTHER_KEYS:
            return tr("Keyslots on sticks that are plugged in")
        case Part.KEYRING:
            return tr("Half of the key in the system keyring")
        case Part.MEMORY:
            return tr("Programs that had the store open")
        case Part.DATABASE:
            return tr("Files of the store")
        case Part.BLOBS:
            return tr("Files of attachments")
        case _:
            assert_never(of)


def fate(of: Fate) -> str:
    """Say what became of it."""
    match of:
        case Fate.DESTROYED:
            return tr("destroyed")
        case Fate.LEFT:
            return tr("NOT destroyed")
        case Fate.UNKNOWN:
            return tr("not known")
        case Fate.ABSENT:
            return tr("none there")
        case _:
            assert_never(of)


def line(finding: Finding) -> str:
    """Say one finding."""
    return f"{part(finding.part)}: {fate(finding.fate)}"


def outcome(of: Outcome) -> str:
    """Say the line of the outcome card, with what was not destroyed."""
    match of:
        case Outcome.ALL:
            return tr("1 · Everything is destroyed.")
        case Outcome.PAPER_LEFT:
            return tr("2 · Keys are destroyed; papers are left, no keys among them.")
        case Outcome.KEYS_ON_PAPER_LEFT:
            return tr("3 · Keys of the machine are destroyed; keys on paper or on media are left.")
        case Outcome.KEYS_ALONE:
            return tr("4 · Keys of the machine are destroyed; of papers and media nothing is known yet.")
        case Outcome.NOT_SURE:
            return tr("5 · Whether the keys of the machine are destroyed is not known.")
        case Outcome.NOT_DESTROYED:
            return tr("6 · The keys of the machine are NOT destroyed.")
        case _:
            assert_never(of)


def leaving(*, leaves: bool) -> str:
    """Say, before the act, whether headquarters hears of it by the line."""
    if leaves:
        return tr(
            "A report sealed in advance then goes to headquarters where there is a line; it says nothing of papers."
        )
    return tr("Nothing goes to headquarters by the line: no report lies ready. Tell it by voice.")


def reported(held: bool | None) -> str:  # noqa: FBT001 - the one thing that is asked
    """Say what became of the report that was sealed in advance."""
    if held is None:
        return tr("No report was sent by the line.")
    if held:
        return tr("A relay holds the report that was sealed in advance; it says nothing of papers.")
    return tr("No relay took the report that was sealed in advance.")


def duty(of: Duty) -> str:
    """Name a position."""
    match of:
        case Duty.FIRST:
            return tr("Cipher officer on watch")
        case Duty.SECOND:
            return tr("Second person")
        case Duty.HEAD:
            return tr("Head of mission")
        case _:
            assert_never(of)


def task(of: Task) -> str:
    """Say one line of the list, with its count where it is known."""
    what = kind(of.kind) if of.kind is not None else papers(of.degree or Degree.CONFIDENTIAL)
    # Nobody counts the prints of a cable: the number is that of the cables.
    least = "≤ " if of.kind is None else ""
    number = f" ({least}{of.count})" if of.count else ""
    return f"{duty(of.duty)} · {what}{number}"


def place(of: Task) -> str:
    """Say one line with its name and where it lies."""
    return " · ".join(each for each in (f"{of.rank}", task(of), of.what, of.where) if each)


def papers(degree: Degree) -> str:
    """Name printed cables of a degree."""
    match degree:
        case Degree.TOP_SECRET:
            return tr("Printed cables, tuyệt mật")
        case Degree.SECRET:
            return tr("Printed cables, tối mật")
        case _:
            return tr("Printed cables, mật")


def kind(of: Kind) -> str:
    """Name a kind of key material."""
    match of:
        case Kind.PAD:
            return tr("Pad books: burn leaf by leaf")
        case Kind.CHALLENGES:
            return tr("Challenge lists")
        case Kind.CODEBOOK:
            return tr("Codebooks, syllabaries, tables")
        case Kind.TOKEN:
            return tr("Tokens and cards: break the chip")
        case Kind.STICK:
            return tr("Sticks: break the chip")
        case Kind.MACHINE:
            return tr("This machine: break its disk")
        case Kind.OTHER:
            return tr("Other material of the ledger")
        case Kind.KIT:
            return tr("Delegation kits")
        case Kind.BACKUP:
            return tr("Backups")
        case Kind.SHEET:
            return tr("Recovery sheets and sealed shares")
        case _:
            assert_never(of)
