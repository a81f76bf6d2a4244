"""Cables kept, numbered, entered, and found again."""

from dataclasses import replace

import pytest

from secmsg.errors import NotFound, StoreError
from secmsg.ids import CableId, CertificateRef, DraftId, EditionNumber, RelayId, Serial, StationId
from secmsg.office.lifecycle import CableState, IncomingState
from secmsg.store import cables, drafts, numbers, search
from secmsg.store.cables import CableHead, Direction, KeptCable, Provenance
from secmsg.store.database import Database
from secmsg.store.drafts import KeptDraft
from secmsg.wire.cable import Degree, Kind, Urgency


def head(number: int, direction: Direction = Direction.IN, at: int = 1_000) -> CableHead:
    return CableHead(
        cable_id=CableId(bytes([number]) * 16),
        direction=direction,
        origin=StationId(7),
        first_to=StationId(1),
        others=2,
        number=number,
        symbol="12/BC-PAR",
        mrn=f"26 PARIS {number:03}",
        kind=Kind.CABLE,
        degree=Degree.SECRET,
        urgency=Urgency.FLASH,
        subject="Điện Hỏa tốc",
        dtg=960,
        at=at,
        annexes=0,
        register_line=0,
        state=IncomingState.DECIPHERED if direction is Direction.IN else CableState.REGISTERED,
    )


PROVENANCE = Provenance(
    peer=StationId(7),
    serial=Serial(12),
    follows=Serial(11),
    relay_id=RelayId(b"r" * 16),
    edition=EditionNumber(3),
    person_ref=CertificateRef(b"p" * 32),
    device_ref=CertificateRef(b"d" * 32),
    received_at=1_000,
)


def test_a_cable_comes_back_as_it_was_kept(db: Database) -> None:
    kept = KeptCable(head(1), b"signed bytes", PROVENANCE)

    with db.transaction():
        assert cables.insert(db, kept)

    assert cables.read(db, kept.head.cable_id) == kept
    assert cables.head(db, kept.head.cable_id) == kept.head
    assert cables.has(db, kept.head.cable_id)


def test_a_provenance_without_relay_and_without_order_comes_back(db: Database) -> None:
    bare = replace(PROVENANCE, follows=None, relay_id=None)
    with db.transaction():
        cables.insert(db, KeptCable(head(1), b"s", bare))

    assert cables.read(db, head(1).cable_id).provenance == bare


def test_a_cable_that_comes_again_changes_nothing(db: Database) -> None:
    first = KeptCable(head(1), b"first", PROVENANCE)
    with db.transaction():
        cables.insert(db, first)

    with db.transaction():
        assert not cables.insert(db, KeptCable(replace(head(1), subject="other"), b"second", None))

    assert cables.read(db, head(1).cable_id) == first


def test_cables_are_listed_by_direction_newest_first(db: Database) -> None:
    with db.transaction():
        for cable in (head(1, at=10), head(2, at=30), head(3, at=30), head(4, Direction.OUT, at=99)):
            cables.insert(db, KeptCable(cable, b"s", None))

    assert [row.number for row in cables.listed(db, Direction.IN)] == [3, 2, 1]
    assert [row.number for row in cables.listed(db, Direction.OUT)] == [4]
    assert cables.listed(db, Direction.OUT)[0].state is CableState.REGISTERED
    assert cables.count(db, Direction.IN) == 3
    assert [row.number for row in cables.by_mrn(db, "26 PARIS 002")] == [2]


def test_the_first_reading_and_acknowledgement_count(db: Database) -> None:
    cable_id = head(1).cable_id
    with db.transaction():
        cables.insert(db, KeptCable(head(1), b"s", None))
    assert cables.count_unread(db) == 1

    with db.transaction():
        cables.mark_read(db, cable_id, 50)
        cables.mark_read(db, cable_id, 60)
        assert cables.mark_acknowledged(db, cable_id, 70)
        assert not cables.mark_acknowledged(db, cable_id, 80)
        cables.enter(db, cable_id, 9)
        cables.move(db, cable_id, IncomingState.READ)

    found = cables.head(db, cable_id)
    assert (found.read_at, found.acknowledged_at, found.register_line) == (50, 70, 9)
    assert found.state is IncomingState.READ
    assert cables.count_unread(db) == 0


def test_an_unknown_cable_is_named_so(db: Database) -> None:
    unknown = CableId(bytes(16))

    with db.transaction():
        for act in (
            lambda: cables.head(db, unknown),
            lambda: cables.read(db, unknown),
            lambda: cables.mark_read(db, unknown, 1),
            lambda: cables.mark_acknowledged(db, unknown, 1),
            lambda: cables.enter(db, unknown, 1),
            lambda: cables.move(db, unknown, IncomingState.READ),
            lambda: search.index(db, unknown, "x"),
            lambda: cables.destroy_text(db, unknown),
        ):
            with pytest.raises(NotFound):
                act()
    assert not cables.has(db, unknown)


def test_a_destroyed_text_leaves_the_head(db: Database) -> None:
    with db.transaction():
        cables.insert(db, KeptCable(head(1), b"s", None))
        cables.destroy_text(db, head(1).cable_id)

    assert cables.head(db, head(1).cable_id) == head(1)
    with pytest.raises(NotFound):
        cables.read(db, head(1).cable_id)


# --- drafts and numbers


def test_a_draft_is_kept_replaced_and_discarded(db: Database) -> None:
    first, second = (KeptDraft(DraftId(bytes([n]) * 16), n, b"body") for n in (1, 2))
    with db.transaction():
        drafts.keep(db, first)
        drafts.keep(db, second)
        drafts.keep(db, replace(first, saved_at=9, body=b"new"))

    assert [draft.saved_at for draft in drafts.every(db)] == [9, 2]
    assert drafts.read(db, first.draft_id).body == b"new"

    with db.transaction():
        drafts.discard(db, first.draft_id)
        drafts.discard(db, first.draft_id)
    with pytest.raises(NotFound):
        drafts.read(db, first.draft_id)


def test_numbers_run_from_one_in_each_year_and_a_failed_release_burns_none(db: Database) -> None:
    with db.transaction():
        assert [numbers.take(db, 2026), numbers.take(db, 2026), numbers.take(db, 2027)] == [1, 2, 1]

    with pytest.raises(ZeroDivisionError), db.transaction():
        _ = numbers.take(db, 2026) / 0

    with db.transaction():
        assert numbers.take(db, 2026) == 3
    assert numbers.last_given(db, 2026) == 3
    assert numbers.last_given(db, 2000) == 0


def test_a_year_ends_at_its_last_number(db: Database) -> None:
    with db.transaction():
        db.run("INSERT INTO numbers (year, last) VALUES (2026, ?)", (numbers.LAST - 1,))
        assert numbers.take(db, 2026) == numbers.LAST

    with pytest.raises(StoreError), db.transaction():
        numbers.take(db, 2026)


# --- search


def indexed(db: Database, *texts: str) -> None:
    with db.transaction():
        for number, text in enumerate(texts, start=1):
            cables.insert(db, KeptCable(head(number, at=number), b"s", None))
            search.index(db, head(number).cable_id, text)


def found(db: Database, text: str) -> list[int]:
    return [cable_id[0] for cable_id in search.find(db, text)]


@pytest.mark.parametrize(
    "asked",
    [
        "dien hoa toc",
        "Điện Hỏa tốc",
        "ĐIỆN HOẢ TỐC",
        "hoa",
        "toc dien",
        "hoa-toc",
        "die",
        '"hoa" toc',
        "dien  ",
    ],
)
def test_a_cable_is_found_with_and_without_marks(db: Database, asked: str) -> None:
    indexed(db, "Điện Hỏa tốc về biên giới", "Báo cáo tuần")

    assert found(db, asked) == [1]


@pytest.mark.parametrize("asked", ["", "   ", '"', "*", "()", "hoa bao", "oa", "words:hoa", "xyz"])
def test_what_is_not_there_is_not_found_and_no_operator_is_obeyed(db: Database, asked: str) -> None:
    indexed(db, "Điện Hỏa tốc về biên giới", "Báo cáo tuần")

    assert found(db, asked) == []


@pytest.mark.parametrize("asked", ["hoa OR bao", "NEAR(hoa toc)", "hoa NOT bao", "hoa AND toc"])
def test_words_of_the_query_language_are_words(db: Database, asked: str) -> None:
    indexed(db, "Điện Hỏa tốc về biên giới", "Báo cáo tuần")

    assert found(db, asked) == []


def test_the_newest_is_found_first_and_a_new_text_replaces_the_old(db: Database) -> None:
    indexed(db, "biên giới", "biên giới", "biên giới")
    assert found(db, "bien gioi") == [3, 2, 1]
    assert len(search.find(db, "bien", limit=2)) == 2

    with db.transaction():
        search.remove(db, head(2).cable_id)
        search.index(db, head(2).cable_id, "thương mại")
        search.remove(db, head(3).cable_id)

    assert found(db, "bien") == [1]
    assert found(db, "thuong mai") == [2]
    assert search.count(db) == 2


def test_a_very_long_question_is_answered(db: Database) -> None:
    indexed(db, "a " * 100)

    assert found(db, "a " * 10_000) == [1]
    assert found(db, "b" * 100_000) == []


def test_a_word_taken_out_is_gone_from_the_index_after_a_purge(db: Database) -> None:
    indexed(db, "xyzzycanary", "other")

    def pages() -> bytes:
        return b"".join(bytes(row[0]) for row in db.all("SELECT block FROM search_1_0_data"))

    with db.transaction():
        search.remove(db, head(1).cable_id)
    # Negative control: found no more, but still in the index's own pages.
    assert found(db, "xyzzycanary") == []
    assert b"xyzzycanary" in pages()

    with db.transaction():
        search.purge(db)

    assert b"xyzzycanary" not in pages()
