"""Where a device's envelopes wait: mailboxes that only members can find (docs/spec/mailbox.md)."""

from enum import IntEnum

from secmsg.crypto import labels, signing
from secmsg.crypto.kdf import derive
from secmsg.crypto.secret import Secret
from secmsg.crypto.signing import ReaderKey
from secmsg.ids import DepositToken, MailboxId, RelayId, Week
from secmsg.wire.codec import Writer

SECONDS_PER_WEEK = 604_800
MAILBOX_ID_SIZE = 16
TOKEN_SIZE = 16
READER_SEED_SIZE = 32
_SECRET_SIZE = 32
_RELAY_ID_SIZE = 16


class Lane(IntEnum):
    """Two mailboxes for each device and week, so that a thin link can fetch the urgent one first."""

    NORMAL = 0
    FAST = 1


def week_of(time: int) -> Week:
    """Return the week that a UTC second lies in, counted from the Unix epoch."""
    return Week(time // SECONDS_PER_WEEK)


def mailbox(secret: Secret, relay: RelayId, week: Week, lane: Lane = Lane.NORMAL) -> tuple[MailboxId, DepositToken]:
    """Derive a device's mailbox at one relay in one week, and the token to deposit there: 16 bytes each.

    `secret` is the device's 32-byte mailbox secret of the directory. Two relays, or two weeks at one, have
    identifiers that nobody without the secret can join. FormatError on a wrong length.
    """
    secret.exactly(_SECRET_SIZE)
    context = _context(relay, week, lane)
    identifier = derive(b"", secret, labels.MAILBOX_ID, context, MAILBOX_ID_SIZE)
    token = derive(b"", secret, labels.DEPOSIT, context, TOKEN_SIZE)
    return MailboxId(identifier.reveal()), DepositToken(token.reveal())


def reader_key(seed: Secret, relay: RelayId, week: Week, lane: Lane = Lane.NORMAL) -> ReaderKey:
    """Derive the key that reads a mailbox, from a 32-byte seed that never leaves the device.

    It does not come from the mailbox secret: members may deposit, the owner alone may fetch.
    """
    seed.exactly(READER_SEED_SIZE)
    return signing.reader_from_seed(derive(b"", seed, labels.READER, _context(relay, week, lane), READER_SEED_SIZE))


def _context(relay: RelayId, week: Week, lane: Lane) -> bytes:
    return Writer().raw(relay, _RELAY_ID_SIZE).u32(week).u8(lane).bytes()
