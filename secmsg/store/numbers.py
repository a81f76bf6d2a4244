"""Cable numbers: given in the transaction that releases the cable, so that none is burnt or given twice."""

from secmsg.errors import StoreError
from secmsg.store.database import Database

LAST = 99_999


def take(db: Database, year: int) -> int:
    """Return the next cable number of a year, from 1; StoreError when 99 999 were given."""
    last = last_given(db, year)
    if last >= LAST:
        raise StoreError("the year has no number left")
    db.run(
        "INSERT INTO numbers (year, last) VALUES (?, ?) ON CONFLICT (year) DO UPDATE SET last = excluded.last",
        (year, last + 1),
    )
    return last + 1


def lift(db: Database, year: int, last: int) -> None:
    """Go on above a number that was given elsewhere; a lower one changes nothing. StoreError beyond 99 999."""
    if last > LAST:
        raise StoreError("the year has no such number")
    if last > last_given(db, year):
        db.run(
            "INSERT INTO numbers (year, last) VALUES (?, ?) ON CONFLICT (year) DO UPDATE SET last = excluded.last",
            (year, last),
        )


def last_given(db: Database, year: int) -> int:
    """Return the last number given in a year, 0 for none."""
    row = db.one("SELECT last FROM numbers WHERE year = ?", (year,))
    return 0 if row is None else int(row[0])
