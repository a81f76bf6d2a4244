"""Registers: a line stays as it was written, and every change of the chain shows."""

import pytest

from secmsg.errors import StoreDamaged, StoreError
from secmsg.store import registers
from secmsg.store.database import Database

OUT, IN = 1, 2


def written(db: Database, count: int = 5) -> None:
    with db.transaction():
        for number in range(count):
            registers.append(db, OUT, 100 + number, b"line %d" % number)
        registers.append(db, IN, 100, b"other register")


def verified(db: Database) -> None:
    for register in (OUT, IN):
        registers.verify(db, register)


def tampered(db: Database, *statements: str) -> None:
    """Change the rows as one could who has the database key and a database tool."""
    with db.transaction():
        db.run("DROP TRIGGER register_lines_stay")
        db.run("DROP TRIGGER register_lines_stand")
        for statement in statements:
            db.run(statement)


def test_lines_come_back_in_order_and_each_register_counts_for_itself(db: Database) -> None:
    written(db)

    entries = registers.verify(db, OUT)

    assert [entry.line for entry in entries] == [1, 2, 3, 4, 5]
    assert [entry.body for entry in entries] == [b"line %d" % number for number in range(5)]
    assert registers.last_line(db, OUT) == 5
    assert registers.last_line(db, IN) == 1
    assert registers.verify(db, 3) == ()


def test_no_statement_changes_or_takes_out_a_line(db: Database) -> None:
    written(db)

    for statement in (
        "UPDATE register_lines SET body = X'00' WHERE line = 2",
        "DELETE FROM register_lines WHERE line = 5",
        "INSERT OR REPLACE INTO register_lines (register, line, at, body, mac) "
        "SELECT register, line, 0, X'00', mac FROM register_lines WHERE line = 1",
    ):
        with pytest.raises(StoreError), db.transaction():
            db.run(statement)

    assert len(registers.verify(db, OUT)) == 5


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE register_lines SET body = X'00' WHERE register = 1 AND line = 2",
        "UPDATE register_lines SET at = at + 1 WHERE register = 1 AND line = 3",
        "UPDATE register_lines SET mac = zeroblob(32) WHERE register = 1 AND line = 5",
        "DELETE FROM register_lines WHERE register = 1 AND line = 1",
        "DELETE FROM register_lines WHERE register = 1 AND line = 3",
        "DELETE FROM register_lines WHERE register = 1 AND line = 5",
        "DELETE FROM register_lines WHERE register = 1",
        "DELETE FROM register_heads WHERE register = 1",
        "UPDATE register_lines SET line = CASE line WHEN 2 THEN 20 ELSE line END WHERE register = 1",
        "INSERT INTO register_lines (register, line, at, body, mac) VALUES (1, 6, 0, X'00', zeroblob(32))",
        "UPDATE register_lines SET register = 9 WHERE register = 2",
    ],
)
def test_every_change_behind_the_registers_back_shows(db: Database, change: str) -> None:
    written(db)
    registers.verify(db, OUT)
    registers.verify(db, IN)

    tampered(db, change)

    with pytest.raises(StoreDamaged):
        verified(db)


def test_a_cut_tail_with_its_head_put_back_needs_the_key(db: Database) -> None:
    written(db)

    tampered(
        db,
        "DELETE FROM register_lines WHERE register = 1 AND line = 5",
        "UPDATE register_heads SET line = 4 WHERE register = 1",
    )

    with pytest.raises(StoreDamaged):
        registers.verify(db, OUT)


def test_lines_swapped_with_their_macs_show(db: Database) -> None:
    written(db)

    tampered(
        db,
        "UPDATE register_lines SET line = 99 WHERE register = 1 AND line = 2",
        "UPDATE register_lines SET line = 2 WHERE register = 1 AND line = 3",
        "UPDATE register_lines SET line = 3 WHERE register = 1 AND line = 99",
    )

    with pytest.raises(StoreDamaged):
        registers.verify(db, OUT)
