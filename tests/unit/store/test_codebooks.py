"""Editions and issues in the store stay as they were: the store itself refuses what would change them."""

import pytest

from secmsg.errors import NotFound, StoreError
from secmsg.store import codebooks
from secmsg.store.codebooks import KeptSupplement
from secmsg.store.database import Database


def test_an_edition_is_kept_and_neither_changed_nor_removed(db: Database) -> None:
    with db.transaction():
        codebooks.keep(db, 7, "file", 100)

    assert codebooks.editions(db) == (7,)
    assert codebooks.file(db, 7) == "file"
    with pytest.raises(NotFound):
        codebooks.file(db, 8)
    for statement in ("UPDATE codebooks SET file = 'other'", "DELETE FROM codebooks"):
        with pytest.raises(StoreError), db.transaction():
            db.run(statement, ())


def test_an_issue_is_written_until_it_is_in_force(db: Database) -> None:
    with db.transaction():
        codebooks.keep_supplement(db, KeptSupplement(2, 1, "draft", 100, None))
        codebooks.keep_supplement(db, KeptSupplement(2, 1, "done", 101, 101))
        codebooks.keep_supplement(db, KeptSupplement(2, 2, "next", 102, None))

    assert [(each.issue, each.file, each.in_force) for each in codebooks.supplements(db, 2)] == [
        (2, "next", None), (1, "done", 101),
    ]  # fmt: skip
    assert codebooks.supplements(db, 3) == ()
    with pytest.raises(StoreError), db.transaction():
        codebooks.keep_supplement(db, KeptSupplement(2, 1, "other", 103, 103))
    with pytest.raises(StoreError), db.transaction():
        db.run("DELETE FROM codebook_supplements WHERE issue = 1", ())
