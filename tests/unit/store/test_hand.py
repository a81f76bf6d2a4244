"""Messages by hand and worksheets as the store keeps them: cell by cell, and erased so that nothing stays."""

from dataclasses import replace
from pathlib import Path

import pytest

from secmsg.errors import NotFound, StoreError
from secmsg.ids import CableId, Serial, StationId
from secmsg.office.hand_work import Line, Stage
from secmsg.store import hand_cables, hand_worksheets
from secmsg.store.database import Database
from secmsg.store.hand_cables import HandMessage, HandState
from tests.helpers.raw_database import deciphered
from tests.helpers.stores import keys, new_database

NOW = 1_790_000_000
PARIS = StationId(2)
CAME = HandMessage(
    cable_id=CableId(bytes(16)),
    outgoing=False,
    peer=PARIS,
    serial=Serial(7),
    in_block=False,
    book=3,
    page="00017",
    message="50120 92846",
    content=b"content",
    at=NOW,
    state=HandState.UNSIGNED,
    receipt="31415",
)


def test_a_cable_has_its_messages_in_order(db: Database) -> None:
    second = replace(CAME, page="00025", message="13600 77214", place=1)
    with db.transaction():
        hand_cables.add(db, CAME)
        hand_cables.add(db, second)
        hand_cables.add(
            db, replace(CAME, cable_id=CableId(b"\x01" * 16), page="00033", serial=Serial(9), in_block=True)
        )

    assert hand_cables.of_cable(db, CAME.cable_id) == (CAME, second)
    assert hand_cables.of_page(db, PARIS, 3, "00025", outgoing=False) == second
    assert hand_cables.of_page(db, PARIS, 3, "00025", outgoing=True) is None
    assert hand_cables.at_serial(db, PARIS, 7, outgoing=False) == (CAME, second)
    assert hand_cables.given(db, PARIS, outgoing=False) == (7, 9)
    assert hand_cables.highest(db, PARIS) == 7
    assert hand_cables.highest(db, StationId(3)) == 0
    assert len(hand_cables.every(db)) == 3
    assert "31415" not in repr(CAME)
    assert "50120" not in repr(CAME)


def test_one_page_carries_one_message(db: Database) -> None:
    with db.transaction():
        hand_cables.add(db, CAME)
        hand_cables.add(db, replace(CAME, cable_id=CableId(b"\x01" * 16), outgoing=True))

    with pytest.raises(StoreError), db.transaction():
        hand_cables.add(db, replace(CAME, cable_id=CableId(b"\x02" * 16)))
    assert len(hand_cables.every(db)) == 2


def test_what_becomes_of_a_message_is_noted_once(db: Database) -> None:
    with db.transaction():
        hand_cables.add(db, CAME)
        hand_cables.add(db, replace(CAME, page="00025"))
        for at in (NOW + 1, NOW + 2):
            hand_cables.mark_sent(db, CAME.cable_id, at)
            hand_cables.mark_receipt(db, CAME.cable_id, at)
        hand_cables.count_wrong(db, CAME.cable_id)
        hand_cables.settle(db, CAME.cable_id, HandState.DIFFERS)

    first, last = hand_cables.of_cable(db, CAME.cable_id)
    assert (first.sent_at, first.receipt_at, first.wrong, first.state) == (None, None, 0, HandState.DIFFERS)
    assert (last.sent_at, last.receipt_at, last.wrong, last.state) == (NOW + 1, NOW + 1, 1, HandState.DIFFERS)


def test_a_worksheet_is_kept_cell_by_cell_and_erased_whole(db: Database) -> None:
    with db.transaction():
        number = hand_worksheets.begin(db, Stage.TYPED, PARIS, 3, b"body", NOW)
        hand_worksheets.fill(db, number, Line.GROUP, 3, "9284", NOW + 1)
        hand_worksheets.fill(db, number, Line.GROUP, 3, "92846", NOW + 2)
        hand_worksheets.fill(db, number, Line.GROUP, 4, "13600", NOW + 3)
        hand_worksheets.fill(db, number, Line.HEADER, 0, "104", NOW + 4)
        hand_worksheets.fill(db, number, Line.GROUP, 4, "", NOW + 5)
    kept = hand_worksheets.read(db, number)
    assert hand_worksheets.cells(db, number) == {(Line.HEADER, 0): "104", (Line.GROUP, 3): "92846"}
    assert (kept.stage, kept.changed_at, kept.cable_id) == (Stage.TYPED, NOW + 5, None)

    with db.transaction():
        read = replace(kept, stage=Stage.READ, cable_id=CAME.cable_id)
        hand_worksheets.keep(db, read, NOW + 6)
        hand_worksheets.clear(db, number, Line.HEADER)
    assert hand_worksheets.of_cable(db, CAME.cable_id) == hand_worksheets.every(db)
    assert hand_worksheets.every(db)[0] == replace(read, changed_at=NOW + 6)
    assert hand_worksheets.cells(db, number) == {(Line.GROUP, 3): "92846"}

    with db.transaction():
        hand_worksheets.erase(db, number)
        hand_worksheets.erase(db, number)
        later = hand_worksheets.begin(db, Stage.WRITTEN, PARIS, 3, b"", NOW)
    assert later != number
    assert hand_worksheets.cells(db, number) == {}
    with pytest.raises(NotFound):
        hand_worksheets.read(db, number)
    with pytest.raises(NotFound), db.transaction():
        hand_worksheets.fill(db, number, Line.GROUP, 0, "1", NOW)
    with pytest.raises(NotFound), db.transaction():
        hand_worksheets.keep(db, kept, NOW)


def test_no_figure_of_an_erased_worksheet_survives_in_the_files(tmp_path: Path) -> None:
    db = new_database(tmp_path)
    figures = "18436120003501047777" * 20
    with db.transaction():
        number = hand_worksheets.begin(db, Stage.WRITTEN, PARIS, 3, figures.encode(), NOW)
        for place in range(60):
            hand_worksheets.fill(db, number, Line.KEY, place, f"4279316413357{place:03}", NOW)
    db.truncate_log()
    lying = deciphered(tmp_path / "store.db", keys())
    assert figures[:20].encode() in lying
    assert b"4279316413357" in lying

    with db.transaction():
        hand_worksheets.erase(db, number)
    db.truncate_log()

    lying = deciphered(tmp_path / "store.db", keys())
    db.close()
    assert figures[:20].encode() not in lying
    assert b"4279316413357" not in lying
