"""The figures of an inspection that must match: the ledger's end, the last cables, what is missing, who has keys.

Source: docs/spec/custody.md 2. Reads only; each is a check with its figures as words, hours with the office's zone.
"""

from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version

from secmsg import digits
from secmsg.office import custody_record, ledger
from secmsg.office import register as cable_register
from secmsg.office.checking import Check, What
from secmsg.office.materials import Act, Item, Kind, State
from secmsg.office.persons import OPENS
from secmsg.office.register import Register
from secmsg.station import desk as desks
from secmsg.station import material_papers, persons
from secmsg.station.desk import Desk
from secmsg.station.material_ledger import LedgerLine
from secmsg.store import continuity, registers
from secmsg.store import materials as rows

CODE_BYTES = 8
_NONE = "–"
_MAX = 300


def code(value: bytes) -> str:
    """Return the first 8 bytes of a hash as groups of five figures, which can be read out."""
    return digits.groups(value[:CODE_BYTES])


def ledger_code(desk: Desk, line: int) -> str:
    """Return the code of a line of the ledger, "–" where there is none."""
    entry = registers.line(desk.db, ledger.REGISTER, line)
    return _NONE if entry is None else code(entry.mac)


def make(desk: Desk, lying: Sequence[Item], lines: Sequence[LedgerLine]) -> tuple[Check, ...]:
    """Return the checks, without their codes."""
    end = registers.last_line(desk.db, ledger.REGISTER)
    gaps = continuity.gaps(desk.db)
    known = officers(desk)
    out = [each for each in rows.every(desk.db) if each.kind is Kind.KIT and each.state is State.ISSUED]
    found: tuple[tuple[What, tuple[str, ...]], ...] = (
        (What.LEDGER, (f"{end}", ledger_code(desk, end))),
        (What.EARLIER, _earlier(desk)),
        (What.LAST_OUT, _last(desk, Register.OUT)),
        (What.LAST_IN, _last(desk, Register.IN)),
        (What.MISSING, (f"{len(gaps)}", *sorted({f"{each.serial}" for each in gaps})[:6])),
        (What.BACKUPS, _backups(desk, lying, lines)),
        (What.OFFICERS, (f"{len(known)}", _joined(known))),
        (What.KITS, (f"{len(out)}", _joined(f"{each.name}: {each.holder}" for each in out))),
        (What.SHEETS, _sheets(lying, lines)),
        (What.CLOCK, (material_papers.hour(desk, desk.now()),)),
        (What.PROGRAM, (program(), code(desks.own(desk).device_signer.ref))),
        (What.DIRECTORY, (f"{desks.directory(desk).number}", code(desks.directory(desk).root))),
    )
    return tuple(Check("", what, words=words) for what, words in found)


def _joined(names: object) -> str:
    return "; ".join(names)[:_MAX] or _NONE  # type: ignore[arg-type]


def _earlier(desk: Desk) -> tuple[str, ...]:
    """Give the newest record's ledger line and the code that the ledger has for that line *now*."""
    last = registers.last_line(desk.db, custody_record.REGISTER)
    entry = registers.line(desk.db, custody_record.REGISTER, last)
    if entry is None:
        return ()
    statement = custody_record.decode(custody_record.decode_entry(entry.body).statement)
    line = statement.ledger_line
    return f"{last}", material_papers.hour(desk, statement.at), f"{line}", ledger_code(desk, line)


def _last(desk: Desk, which: Register) -> tuple[str, ...]:
    entry = registers.line(desk.db, which, registers.last_line(desk.db, which))
    if entry is None:
        return ()
    line = cable_register.decode(entry.body)
    return f"{entry.line}", line.mrn, material_papers.hour(desk, line.at)


def _backups(desk: Desk, lying: Sequence[Item], lines: Sequence[LedgerLine]) -> tuple[str, ...]:
    kept = [each for each in lying if each.kind is Kind.BACKUP and each.state is not State.SUPERSEDED]
    numbers = {each.number for each in kept}

    def latest(act: Act) -> str:
        times = [each.line.at for each in lines if each.line.act is act and each.line.item in numbers]
        return material_papers.hour(desk, max(times)) if times else _NONE

    return f"{len(kept)}", latest(Act.ENTERED), latest(Act.VERIFIED)


def _sheets(lying: Sequence[Item], lines: Sequence[LedgerLine]) -> tuple[str, ...]:
    notes = {
        each.line.item: each.line.note for each in lines if each.line.act in (Act.SEALED, Act.ENTERED)
    }  # fmt: skip
    kept = [each for each in lying if each.kind is Kind.SHEET and each.state is not State.SUPERSEDED]
    said = (f"{each.name}: {each.holder}, {notes.get(each.number) or _NONE}" for each in kept)
    return f"{len(kept)}", _joined(said)


def officers(desk: Desk) -> tuple[str, ...]:
    """Name the persons of this post whose keyslot is in the vault."""
    return tuple(sorted(each.name for each in persons.listed(desk) if each.state in OPENS))


def program() -> str:
    """Return the version of the program."""
    try:
        return version("secmsg")
    except PackageNotFoundError:
        return _NONE
