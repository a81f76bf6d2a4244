"""Words for the officer about every error: what happened, what is safe, what to do next. One table."""

import re
from collections.abc import Callable

from secmsg import errors
from ui import kit_words, pad_words
from ui.language import tr

Sentence = Callable[[], str]

_TABLE: tuple[tuple[type[BaseException], Sentence], ...] = (
    (errors.WrongPassphrase, lambda: tr("The passphrase is not right.")),
    (
        errors.KeyringMissing,
        lambda: tr(
            "The key half in the system keyring cannot be read (the desktop session may have changed). "
            "The store is not damaged. Open it with the recovery sheet, or go back to the earlier session."
        ),
    ),
    (
        errors.ProfileInUse,
        lambda: tr("Another window of the program has this profile open. Close it, then open the store here."),
    ),
    (
        errors.BackupDamaged,
        lambda: tr(
            "The backup is not whole, or was changed. The store is unharmed and nothing was taken from the backup. "
            "Make a new backup, or use another one."
        ),
    ),
    (
        errors.OtherBackup,
        lambda: tr("This is the backup of another store. Nothing was changed. Choose the right folder."),
    ),
    (
        errors.BackupAhead,
        lambda: tr(
            "The backup is newer than this store, or than this computer's clock. Nothing was changed. Check the clock; "
            "if it is right, this store was put back: call headquarters before going on."
        ),
    ),
    (
        errors.StoreNewer,
        lambda: tr("The store was written by a newer version of the program. It is unharmed; install that version."),
    ),
    (
        errors.StoreDamaged,
        lambda: tr(
            "The store's files do not fit together. Nothing was changed. Tell the security administrator; "
            "restore from a backup."
        ),
    ),
    (
        errors.PassphraseTaken,
        lambda: tr("This passphrase is another person's already. Choose another one. Nothing was changed."),
    ),
    (
        errors.StoreMoved,
        lambda: tr(
            "This station has moved to a stick, or is on its way there. Everything is on the stick, and nothing is "
            "opened twice. Put the stick in and start the program from it; the handbook says what to do if it is gone."
        ),
    ),
    (errors.StoreExists, lambda: tr("There is a store here already. Nothing was changed.")),
    (errors.NotFound, lambda: tr("It is no longer there. The list has been read again.")),
    (
        errors.DiskFull,
        lambda: tr(
            "The disk is full. What was there before is unharmed and no number was used. Make room, then repeat."
        ),
    ),
    (
        errors.DiskReadOnly,
        lambda: tr(
            "The disk takes no writing: it was mounted or locked for reading only. Everything on it is unharmed. "
            "Make it writable, then open the store again."
        ),
    ),
    (
        errors.NotDestroyed,
        lambda: tr(
            "The keys are not destroyed, or it is not certain. What could be reached is destroyed. Destroy the machine "
            "and its disk by hand, and report by voice what is left."
        ),
    ),
    (
        errors.CommitUnknown,
        lambda: tr(
            "The disk failed at the last step of writing, so it is not known whether this was saved. What was there "
            "before is unharmed. Lock, open the store again and look before you repeat; have the disk examined."
        ),
    ),
    (
        errors.SourceFailed,
        lambda: tr(
            "The random source of this machine is broken. Nothing was kept of what was drawn. Draw on another machine, "
            "and tell the security administrator."
        ),
    ),
    (
        errors.SelfTestError,
        lambda: tr(
            "A cipher self-test gave a wrong answer, so nothing was opened. "
            "Do not use this machine for cables; "
            "tell the security administrator."
        ),
    ),
    (
        errors.CryptoError,
        lambda: tr(
            "The check did not pass, so nothing was opened. It may have been altered, or belong to another key."
        ),
    ),
    (
        errors.Rollback,
        lambda: tr(
            "The directory offered is older than the one held here. It was refused; tell the security administrator."
        ),
    ),
    (
        errors.Expired,
        lambda: tr("A certificate is outside its validity. Check this machine's clock, then ask headquarters."),
    ),
    (errors.TrustError, lambda: tr("The directory does not allow this. Nothing was sent. Ask headquarters.")),
    (
        errors.SessionError,
        lambda: tr("No key here opens this packet. It is kept in quarantine; ask for a repeat."),
    ),
    (
        errors.OutcomeUnknown,
        lambda: tr("Not known whether it arrived. Sending again makes no duplicate."),
    ),
    (
        errors.Unreachable,
        lambda: tr("No contact with the relay. What waits is intact and will be sent by itself."),
    ),
    (
        errors.ReadBackDiffers,
        lambda: tr(
            "What was read back from the medium is not what was written. Nothing counts as written; every cable "
            "is still in the outbox. Write the pouch again on another medium."
        ),
    ),
    (
        errors.MediumFailed,
        lambda: tr(
            "The medium could not be written or read. Every cable is safe in the store. Plug it in again, or use "
            "another one, then repeat."
        ),
    ),
    (
        errors.NotOurPouch,
        lambda: tr(
            "This file is no pouch for this post. Nothing was taken. Check the file with the courier; if it is the "
            "right one, fetch a newer directory or ask the sender."
        ),
    ),
    (
        errors.TransferStopped,
        lambda: tr("Stopped. Nothing half done counts, and every cable is safe in the store."),
    ),
    (
        errors.LinkError,
        lambda: tr("The relay did not take it. What waits is intact and will be tried again."),
    ),
    (errors.Incomplete, lambda: tr("Something is lacking. The first line that lacks is marked.")),
    (
        errors.Frozen,
        lambda: tr(
            "Sending is stopped, because this store may be an old copy or have a second one. Nothing left, no number "
            "was used, and everything can be read. Ask headquarters; the handbook says how sending goes on."
        ),
    ),
    (
        errors.ReceivesOnly,
        lambda: tr(
            "Another machine of this station releases; this one receives. Nothing left, no number was used, and the "
            "draft is kept here. Release it there. This machine takes over when headquarters takes that one off the "
            "list."
        ),
    ),
    (
        errors.Withheld,
        lambda: tr(
            "The store of an addressee may be an old copy or have a second one, so no cable goes there. Nothing left "
            "and no number was used. Call that post and headquarters before sending goes on."
        ),
    ),
    (
        errors.PageUnconfirmed,
        lambda: tr(
            "Nobody has read from the pad which page lies on top, and the store may be older than the paper. No page "
            "was used. Read the five figures of the top page and enter them."
        ),
    ),
    (
        errors.SheetUnchecked,
        lambda: tr(
            "The recovery sheet of this store was not read back from the paper yet, and no cable goes before. Nothing "
            "left, no number was used, and the draft is kept. Lock and open again: the set-up asks for the sheet."
        ),
    ),
    (
        errors.KeyslotLeft,
        lambda: tr(
            "This person's keyslot stayed with the machine that the station left for the stick. Nothing was changed. "
            "Remove the person and add them anew with a new passphrase."
        ),
    ),
    (errors.NotAllowed, lambda: tr("A rule of the office forbids this. Nothing was changed.")),
    (errors.EnrolmentError, lambda: tr("The request, the kit or the activation code do not fit together.")),
    (
        errors.HeaderWrong,
        lambda: tr("The header does not fit together. Nothing was opened. Have its groups read once more."),
    ),
    (
        errors.GroupsWrong,
        lambda: tr(
            "Groups are wrong or missing. Nothing was opened. Ask the other end to repeat the marked ones only."
        ),
    ),
    (
        errors.TagMismatch,
        lambda: tr(
            "The authentication group does not verify, so nothing was opened. Have it read again and repeat the "
            "working once. If it still differs, ask for a new message on a new page, and report it."
        ),
    ),
    (
        errors.TagUnwritable,
        lambda: tr(
            "On this page the authentication group would have six figures. Nothing was sent. The page is void; "
            "destroy it and take the next one."
        ),
    ),
    (
        errors.WrongPage,
        lambda: tr(
            "The message names another page than the one at hand. Nothing was opened and no page was used. Compare "
            "the number in the header with the page."
        ),
    ),
    (errors.HandError, lambda: tr("The hand cipher cannot take this. Nothing was opened and nothing was sent.")),
    (errors.FormatError, lambda: tr("What was entered is not in the right form.")),
    (FileNotFoundError, lambda: tr("The file is no longer there.")),
    (PermissionError, lambda: tr("The folder does not allow writing. Choose another.")),
    (OSError, lambda: tr("The file cannot be read or written. Check the disk, then repeat.")),
)


def sentence(error: BaseException) -> str:
    """Say what an error means for the officer; never its own text, which is for the log."""
    if isinstance(error, errors.FormatError) and (found := re.search(r"group (\d+)", str(error))):
        return tr("Group {n} is not right. Compare it with the sheet.", n=int(found[1]))
    if isinstance(error, errors.PageRefused):
        return pad_words.refused(error)
    if isinstance(error, errors.KitRefused):
        return kit_words.refused(error)
    for kind, say in _TABLE:
        if isinstance(error, kind):
            return say()
    return tr("Something went wrong inside the program. What was saved is unharmed; repeat, or lock and open again.")


def code(error: BaseException) -> str:
    """Give the short name for the detail line: a class of our own tree, or of Python."""
    return type(error).__name__
