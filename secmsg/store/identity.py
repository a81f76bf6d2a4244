"""Who this station is: seeds and capabilities, sealed once more under the identity key, and plain facts.

Source: docs/spec/store.md 4. The second seal keeps a key that was read out of the database by mistake (a
query, a dump of rows) from being a key at all.
"""

from secmsg.crypto import aead
from secmsg.crypto.randomness import Random
from secmsg.crypto.secret import Secret
from secmsg.errors import DecryptionError, NotFound, StoreDamaged
from secmsg.store.database import Database

_PUT = (
    "INSERT INTO identity (name, sealed, value) VALUES (?, ?, ?) "
    "ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed, value = excluded.value"
)


def keep_secret(db: Database, name: str, value: Secret, random: Random) -> None:
    """Keep a secret under `name` (1 to 64 characters), sealed once more and bound to its name."""
    nonce = random(aead.NONCE_X_SIZE)
    sealed = nonce + aead.seal_x(db.identity_key, nonce, value.reveal(), _bound(name))
    db.run(_PUT, (name, 1, sealed))


def secret(db: Database, name: str) -> Secret:
    """Return a kept secret.

    NotFound when there is none, StoreDamaged when it is not the one kept under this name.
    """
    row = db.one("SELECT value FROM identity WHERE name = ? AND sealed = 1", (name,))
    if row is None:
        raise NotFound("the identity has no such secret")
    sealed: bytes = row[0]
    try:
        opened = aead.open_x(db.identity_key, sealed[: aead.NONCE_X_SIZE], sealed[aead.NONCE_X_SIZE :], _bound(name))
    except DecryptionError:
        raise StoreDamaged("a secret of the identity does not authenticate") from None
    return Secret(opened)


def has_secret(db: Database, name: str) -> bool:
    """Say whether a secret is kept under `name`."""
    return db.one("SELECT 1 FROM identity WHERE name = ? AND sealed = 1", (name,)) is not None


def forget_secret(db: Database, name: str) -> None:
    """Erase a secret; an unknown name does nothing."""
    db.run("DELETE FROM identity WHERE name = ? AND sealed = 1", (name,))


def keep_fact(db: Database, name: str, value: bytes) -> None:
    """Keep bytes that are no secret (a certificate, a reference) under `name`."""
    db.run(_PUT, (name, 0, value))


def fact(db: Database, name: str) -> bytes | None:
    """Return a kept fact, None when there is none."""
    row = db.one("SELECT value FROM identity WHERE name = ? AND sealed = 0", (name,))
    return None if row is None else bytes(row[0])


def forget_fact(db: Database, name: str) -> None:
    """Forget a fact; an unknown name does nothing."""
    db.run("DELETE FROM identity WHERE name = ? AND sealed = 0", (name,))


def _bound(name: str) -> bytes:
    return b"identity\x00" + name.encode()
