"""The keys of a store's backups: what names a piece, and what seals the manifest (docs/spec/backup.md 3 and 4)."""

from dataclasses import dataclass

from secmsg.crypto import aead, hashing, kdf, labels
from secmsg.crypto.hashing import Buffer
from secmsg.crypto.randomness import Random
from secmsg.crypto.secret import Secret
from secmsg.errors import BackupDamaged, DecryptionError, FormatError, OtherBackup
from secmsg.wire import backup
from secmsg.wire.backup import Manifest

_KEY_SIZE = 32


@dataclass(frozen=True, slots=True)
class BackupKeys:
    """Derived from the data master key, so that the recovery sheet alone gives them to a new machine."""

    store_id: bytes
    pieces: Secret
    manifest: Secret


def derive(store_id: bytes, master: Secret) -> BackupKeys:
    """Derive both keys from the data master key."""
    pieces, manifest = (
        kdf.derive(store_id, master, labels.STORE_BACKUP, each, _KEY_SIZE) for each in (b"pieces", b"manifest")
    )
    return BackupKeys(store_id, pieces, manifest)


def name(keys: BackupKeys, piece: Buffer) -> bytes:
    """Return a piece's name: nobody without the key can make a piece that has it."""
    return hashing.hmac_sha256(keys.pieces, hashing.content(piece))


def seal(keys: BackupKeys, manifest: Manifest, random: Random) -> bytes:
    """Return the manifest's file."""
    head, nonce = backup.head(keys.store_id), random(aead.NONCE_X_SIZE)
    return head + nonce + aead.seal_x(keys.manifest, nonce, backup.encode(manifest), head)


def open_(keys: BackupKeys, sealed: bytes) -> Manifest:
    """Return the manifest in a file; OtherBackup, StoreNewer, BackupDamaged when it is not what was sealed."""
    try:
        if backup.read_head(sealed) != keys.store_id:
            raise OtherBackup("this is the backup of another store")
        rest = sealed[backup.HEAD_SIZE :]
        nonce, body = rest[: aead.NONCE_X_SIZE], rest[aead.NONCE_X_SIZE :]
        return backup.decode(aead.open_x(keys.manifest, nonce, body, sealed[: backup.HEAD_SIZE]))
    except (DecryptionError, FormatError):
        raise BackupDamaged("the list of what the backup holds was changed or cut") from None
