"""Identifier types: one name per kind of thing, so that a type checker refuses a swap.

Fixed widths are part of the wire formats (docs/spec/); the decoders of `secmsg.wire` check them.
"""

from typing import NewType

StationId = NewType("StationId", int)
"""An organisation with a cipher office (headquarters or a mission): 1 to 65 535."""

DeviceId = NewType("DeviceId", int)
"""A machine of a station: 1 to 65 535, unique in the whole directory."""

PersonId = NewType("PersonId", int)
"""An officer who signs: 1 to 65 535, unique in the whole directory."""

CertificateRef = NewType("CertificateRef", bytes)
"""32 bytes: SHA-512/256 of a certificate body."""

CableId = NewType("CableId", bytes)
"""16 random bytes: the same cable over every channel."""

DraftId = NewType("DraftId", bytes)
"""16 random bytes: a draft in the store, never on the wire."""

MessageId = NewType("MessageId", bytes)
"""16 random bytes: one sealed envelope to one device; relays and receivers de-duplicate by it."""

MailboxId = NewType("MailboxId", bytes)
"""16 bytes: a device's mailbox at one relay in one week."""

DepositToken = NewType("DepositToken", bytes)
"""16 bytes: the right to deposit into one mailbox for one week; the relay stores its hash."""

BlobId = NewType("BlobId", bytes)
"""16 bytes: a blob's name and read capability at one relay."""

BlobKey = NewType("BlobKey", bytes)
"""16 random bytes: the name of a blob file in the local store."""

SessionId = NewType("SessionId", bytes)
"""16 bytes: one ratchet session between two devices."""

PouchId = NewType("PouchId", bytes)
"""16 bytes: the first half of a pouch's random salt."""

RelayId = NewType("RelayId", bytes)
"""16 random bytes: names a relay in signatures and derivations."""

EditionNumber = NewType("EditionNumber", int)
"""The directory's version: starts at 1, only rises."""

Week = NewType("Week", int)
"""Weeks since the Unix epoch (time // 604 800): the rotation of mailboxes and of the veil."""

Serial = NewType("Serial", int)
"""Position in the chain of one directed pair of stations: starts at 1, no gaps."""
