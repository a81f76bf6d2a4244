"""Settings of the screens, kept inside the enciphered store (docs/spec/store.md 3)."""

from secmsg.errors import FormatError
from secmsg.store.database import Database

MAX_NAME = 64
MAX_VALUE = 65_536


def keep(db: Database, name: str, value: str) -> None:
    """Keep a setting.

    FormatError when the name (1 to 64) or the value (up to 65 536 characters) is too long.
    """
    if not 1 <= len(name) <= MAX_NAME or len(value) > MAX_VALUE:
        raise FormatError("a setting is too long")
    db.run(
        "INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )


def get(db: Database, name: str) -> str | None:
    """Return a kept setting, None when never kept."""
    row = db.one("SELECT value FROM settings WHERE name = ?", (name,))
    return None if row is None else str(row[0])


def forget(db: Database, name: str) -> None:
    """Forget a setting; an unknown name does nothing."""
    db.run("DELETE FROM settings WHERE name = ?", (name,))
