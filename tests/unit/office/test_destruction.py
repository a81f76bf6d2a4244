"""The order of a destruction, its checklist by position, and the worst that may be said of its end."""

from dataclasses import replace

from secmsg.ids import StationId
from secmsg.office import destruction
from secmsg.office.destruction import Duty, Fate, Finding, Outcome, Papers, Part, Rank
from secmsg.office.materials import Direction, Item, Kind, State
from secmsg.wire.cable import Degree

PAD = Item(
    1, Kind.PAD, "HANOI-PARIS", 1, 1, 2, State.IN_USE, State.IN_USE, StationId(1), Direction.OUT, "két 1", False,
    bytes(16), 1, 100, True, True, 0,
)  # fmt: skip
OLD = replace(PAD, number=2, edition=0, state=State.SUPERSEDED, holder="két 2")
LAPTOP = replace(PAD, number=3, kind=Kind.MACHINE, title="laptop", holder="phòng cơ yếu")
PRACTICE = replace(PAD, number=4, training=True)
THEIRS = replace(PAD, number=5, ours=False)
GONE = replace(PAD, number=6, state=State.DESTROYED)
DEAD = (Finding(Part.KEYS, Fate.DESTROYED), Finding(Part.KEYRING, Fate.UNKNOWN), Finding(Part.MEMORY, Fate.ABSENT))


def test_the_checklist_goes_from_keys_to_equipment_and_names_positions() -> None:
    papers = (Papers(Degree.CONFIDENTIAL, 9), Papers(Degree.TOP_SECRET, 2), Papers(Degree.SECRET, 0))

    tasks = destruction.checklist((LAPTOP, PAD, OLD, PRACTICE, THEIRS, GONE), papers)

    assert [(each.rank, each.duty, each.what, each.where, each.count) for each in tasks] == [
        (Rank.KEYS, Duty.FIRST, OLD.name, "két 2", 1),
        (Rank.KEYS, Duty.FIRST, PAD.name, "két 1", 1),
        (Rank.TOP_SECRET, Duty.SECOND, "", "", 2),
        (Rank.CONFIDENTIAL, Duty.SECOND, "", "", 9),
        (Rank.EQUIPMENT, Duty.SECOND, LAPTOP.name, "phòng cơ yếu", 1),
    ]


def test_the_counts_name_kinds_and_nothing_else() -> None:
    tasks = destruction.checklist((LAPTOP, PAD, OLD), (Papers(Degree.SECRET, 3),))

    assert destruction.counts(tasks) == {Kind.PAD: 2, Kind.MACHINE: 1}


def test_unclassified_papers_are_nobodys_task() -> None:
    assert destruction.checklist((), (Papers(Degree.UNCLASSIFIED, 3),)) == ()


def test_what_level_1_takes_is_superseded_void_or_used_up() -> None:
    used = replace(PAD, number=7, state=State.USED_UP)

    assert [each.number for each in destruction.superseded((PAD, OLD, used, GONE))] == [2, 7]


def test_the_worst_is_said() -> None:
    tasks = destruction.checklist((LAPTOP, PAD), (Papers(Degree.SECRET, 1),))
    pad, papers, laptop = tasks

    assert destruction.outcome(DEAD, None) is Outcome.KEYS_ALONE
    assert destruction.outcome(DEAD, dict.fromkeys(tasks, True)) is Outcome.ALL
    assert destruction.outcome(DEAD, {pad: True, papers: False, laptop: True}) is Outcome.PAPER_LEFT
    assert destruction.outcome(DEAD, {pad: False, papers: True, laptop: True}) is Outcome.KEYS_ON_PAPER_LEFT


def test_nothing_unknown_is_told_as_destroyed() -> None:
    unknown = (*DEAD, Finding(Part.MEMORY, Fate.UNKNOWN))
    left = (*unknown, Finding(Part.OTHER_KEYS, Fate.LEFT))

    assert destruction.outcome(unknown, {}) is Outcome.NOT_SURE
    assert destruction.outcome(left, {}) is Outcome.NOT_DESTROYED
    assert destruction.outcome((Finding(Part.KEYS, Fate.ABSENT),), {}) is Outcome.NOT_SURE
    assert destruction.outcome((), {}) is Outcome.NOT_SURE
