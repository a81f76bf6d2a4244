"""The papers of custody: the inspection pack, and the paper of a record. Made from what the store says; no key figure.

Source: docs/spec/custody.md 4 and 6.
"""

from secmsg.errors import NotFound
from secmsg.office.checking import What, Work
from secmsg.station import custody_figures, custody_records, custody_works, material_papers
from secmsg.station.desk import Desk


def pack(desk: Desk) -> bytes:
    """Return the pack of the inspection under way, as its checks must be now; NotFound, StoreDamaged."""
    from secmsg.papers import inspection

    view = custody_works.standing(desk, Work.INSPECTION)
    checks = tuple(each.check for each in view.rows)
    ledger = next(each.words for each in checks if each.what is What.LEDGER)
    made = inspection.Pack(
        material_papers.office(desk),
        material_papers.hour(desk, desk.now()),
        custody_records.officer(desk).name,
        checks,
        f"Sổ khí tài / ledger: {ledger[0]} · {ledger[1]}",
    )
    return inspection.pdf(made)


def record(desk: Desk, line: int) -> bytes:
    """Return the paper of a record, after checking their chain; NotFound, StoreDamaged."""
    from secmsg.papers import custody_records as papers

    found = next((each for each in custody_records.records(desk) if each.line == line), None)
    if found is None:
        raise NotFound(f"there is no record {line}")
    ledger = f"{found.ledger_line}: {custody_figures.ledger_code(desk, found.ledger_line)}"
    paper = papers.Paper(
        found.work, found.line, material_papers.office(desk), material_papers.hour(desk, found.begun_at),
        material_papers.hour(desk, found.at), found.first, found.second, ledger, found.code, found.answered,
        found.counts, found.findings, found.signatures,
    )  # fmt: skip
    return papers.pdf(paper)
