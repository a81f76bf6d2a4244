"""The next cover root: drawn, handed over to headquarters' station, put in force (docs/spec/veil.md 4)."""

from secmsg.authority import coded
from secmsg.authority.coded import CodedFile
from secmsg.authority.directory import Change
from secmsg.authority.trust import Directory
from secmsg.crypto import labels
from secmsg.crypto.passphrase import KdfCost
from secmsg.crypto.randomness import Random, secret
from secmsg.crypto.secret import Secret
from secmsg.wire import cover as wire
from secmsg.wire.contents import SECRET_SIZE, MailboxEntry
from secmsg.wire.cover import CoverFile

_FILE = CodedFile(labels.COVER_FILE, "cover file", wire.MAX_BYTES)


def seal_file(cover: CoverFile, code: Secret, cost: KdfCost, random: Random) -> bytes:
    """Seal a cover file under its code; EnrolmentError on a code below 100 bits."""
    return coded.seal(_FILE, wire.encode(cover), code, cost, random)


def open_file(sealed: bytes, code: Secret, floor: KdfCost) -> CoverFile:
    """Open a cover file; EnrolmentError when the code is another, the file was changed or its cost out of bounds."""
    return wire.decode(coded.open_file(_FILE, sealed, code, floor))


def renew_mailboxes(directory: Directory, random: Random, without: frozenset[int] = frozenset()) -> Change:
    """Give every machine but those `without` a fresh mailbox secret: who knew the old ones finds nobody any more."""
    kept = (each for each in directory.contents.mailboxes if each.device not in without)
    return Change(
        mailboxes=tuple(MailboxEntry(each.station, each.device, secret(random, SECRET_SIZE).reveal()) for each in kept)
    )
