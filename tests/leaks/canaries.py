"""What must not come out: everything that is written in the demo's cables, and what opens its stores."""

from collections.abc import Iterable
from pathlib import Path

from secmsg.ids import StationId
from secmsg.office.draft import Draft
from tests.helpers.leak_scanner import spellings
from ui.tour import by_hand, props, steps
from ui.tour.stage import Stage

LEAST = 12
"""Letters of a line that could not stand somewhere by chance."""


def passphrases() -> tuple[str, ...]:
    stage = Stage(Path("-"))
    return stage.headquarters.passphrase, stage.mission.passphrase, "nui cao bien rong bon mua"


def words(pdf: Path) -> tuple[str, ...]:
    """Return every line of every cable, the names in them, and the passphrases."""
    drafts = (*props.to_mission(StationId(2)), *props.to_headquarters(StationId(1)), props.flash(StationId(2), pdf))
    found = {line for draft in drafts for line in _lines(draft)}
    found |= {
        line for line in (steps.SUBJECT, *steps.ANSWER.split("\n"), by_hand.SUBJECT, by_hand.TEXT) if len(line) >= LEAST
    }
    return tuple(sorted(found | set(passphrases())))


def pieces(pdf: Path) -> tuple[bytes, ...]:
    """Return bytes out of the annex, which are of chance and stand nowhere else."""
    data = pdf.read_bytes()
    return tuple(data[len(data) * part // 8 :][:48] for part in range(2, 7))


def _lines(draft: Draft) -> Iterable[str]:
    texts = (draft.subject, draft.drafter_name, draft.second_person_name, draft.urgency_reason)
    names = (each.name for each in draft.attachments)
    return (line for text in (*texts, *names, *draft.body.split("\n")) if len(line := text.strip()) >= LEAST)


def found(needles: Iterable[bytes], data: bytes) -> list[bytes]:
    return [needle for needle in needles if needle in data]


def forms(text: str) -> set[bytes]:
    return spellings(text)
