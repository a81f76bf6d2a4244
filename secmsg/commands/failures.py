"""The command line's sentence for every error: what happened, what is safe, what to do."""

from dataclasses import dataclass

from secmsg import errors
from secmsg.errors import SecmsgError


@dataclass(frozen=True, slots=True)
class Advice:
    """The second half of the sentence; `happened` stands in for an error that says nothing of itself."""

    happened: str
    safe: str
    do: str


_TABLE: tuple[tuple[type[SecmsgError], Advice], ...] = (
    (
        errors.SelfTestError,
        Advice("a primitive gave a wrong answer", "nothing was opened", "use another machine and report this one"),
    ),
    (
        errors.SourceFailed,
        Advice(
            "the random source of this machine is broken",
            "nothing was kept of what was drawn",
            "draw on another machine and report this one",
        ),
    ),
    (
        errors.CostRefused,
        Advice(
            "the cost of the passphrase function is refused",
            "nothing was opened",
            "check that the file is the right one and that this machine has enough memory",
        ),
    ),
    (
        errors.CryptoError,
        Advice(
            "a cryptographic check failed",
            "nothing that failed it was kept or shown",
            "ask the sender to repeat; report it if it comes again",
        ),
    ),
    (
        errors.NotListed,
        Advice(
            "a certificate is not in the directory held here",
            "nothing was sent",
            "ask headquarters, or fetch a newer edition with `secmsg sync` if there should be one",
        ),
    ),
    (
        errors.Expired,
        Advice(
            "a certificate is not valid now",
            "nothing was sent",
            "check this machine's clock, then ask headquarters",
        ),
    ),
    (
        errors.Rollback,
        Advice(
            "an older or another directory was shown",
            "the one held here stays in force",
            "report it to headquarters: somebody may be replaying it",
        ),
    ),
    (
        errors.TrustError,
        Advice("a certificate does not allow this", "nothing was sent", "ask headquarters for the entitlement"),
    ),
    (
        errors.SessionError,
        Advice("a packet does not fit any session", "it is kept apart, unopened", "ask the sender to repeat"),
    ),
    (
        errors.WrongPassphrase,
        Advice(
            "no keyslot opens with this",
            "the store is unharmed",
            "try again, or use the recovery sheet: `--by-sheet` opens with it, "
            "`secmsg station recover` sets a new passphrase",
        ),
    ),
    (
        errors.KeyringMissing,
        Advice(
            "the key half in the system keyring cannot be read",
            "the store is unharmed",
            "unlock the keyring, or use the recovery sheet: `--by-sheet` opens with it, "
            "`secmsg station recover` makes a new half",
        ),
    ),
    (
        errors.ProfileInUse,
        Advice("another program is using this", "nothing was changed", "close that program, then repeat"),
    ),
    (
        errors.BackupDamaged,
        Advice(
            "the backup is not whole",
            "the store is unharmed, nothing was taken from the backup",
            "make a new one with `secmsg backup make`, or use another backup",
        ),
    ),
    (
        errors.OtherBackup,
        Advice("this is the backup of another store", "nothing was changed", "name the right folder"),
    ),
    (
        errors.BackupAhead,
        Advice(
            "the backup is ahead of this store or of this clock",
            "nothing was changed",
            "check this machine's clock; a store behind its own backup was put back: ask headquarters before going on",
        ),
    ),
    (
        errors.StoreNewer,
        Advice(
            "a newer version wrote this store",
            "nothing was changed",
            "use that version of the program on this store",
        ),
    ),
    (
        errors.StoreDamaged,
        Advice(
            "the store does not authenticate",
            "nothing was written to it",
            "keep a copy of the folder and restore it from the last backup",
        ),
    ),
    (
        errors.PassphraseTaken,
        Advice(
            "this passphrase opens the store already, as another person",
            "nothing was changed",
            "choose another: a passphrase says who has come",
        ),
    ),
    (
        errors.StoreMoved,
        Advice(
            "this profile has left for another place",
            "everything is in the copy there, and nothing can be opened twice",
            "put that medium in and repeat `secmsg station portable`; if it is gone for good, `--undo`",
        ),
    ),
    (
        errors.StoreExists,
        Advice("there is something in that place", "nothing was overwritten", "choose another place"),
    ),
    (
        errors.NotFound,
        Advice("there is no such thing here", "nothing was changed", "check the name and the folder"),
    ),
    (
        errors.DiskFull,
        Advice("the disk has no room", "what was there before is unharmed", "make room, then repeat"),
    ),
    (
        errors.DiskReadOnly,
        Advice("the disk takes no writing", "everything on it is unharmed", "make it writable, then repeat"),
    ),
    (
        errors.NotDestroyed,
        Advice(
            "the keys are not destroyed for certain",
            "what could be reached is destroyed",
            "destroy the machine and its disk by hand, and report by voice what is left",
        ),
    ),
    (
        errors.CommitUnknown,
        Advice(
            "the disk failed in the last step of writing: it is not known whether this was saved",
            "what was there before is unharmed",
            "look whether it is there before repeating, and have the disk examined",
        ),
    ),
    (
        errors.StoreError,
        Advice("the store cannot do this", "nothing was changed", "repeat; report it if it comes again"),
    ),
    (
        errors.Unreachable,
        Advice(
            "no contact with the relay",
            "nothing was handed over and the outbox keeps everything",
            "repeat `secmsg sync`",
        ),
    ),
    (
        errors.OutcomeUnknown,
        Advice(
            "contact broke before the relay's answer",
            "the outbox keeps everything, and sending again makes no duplicate",
            "repeat `secmsg sync`",
        ),
    ),
    (
        errors.ClockSkew,
        Advice(
            "the clocks differ",
            "the outbox keeps everything",
            "set this machine's clock, then repeat `secmsg sync`",
        ),
    ),
    (
        errors.LinkRefused,
        Advice(
            "the relay refused",
            "the outbox keeps everything",
            "repeat later; ask the relay's keeper if it goes on",
        ),
    ),
    (
        errors.ReadBackDiffers,
        Advice(
            "what was read back is not what was written",
            "nothing counts as written and the outbox keeps everything",
            "write the pouch again on another medium",
        ),
    ),
    (
        errors.MediumFailed,
        Advice(
            "the medium could not be used",
            "nothing counts as written, and what was read before stays",
            "plug it in again or use another, then repeat",
        ),
    ),
    (
        errors.NotOurPouch,
        Advice(
            "the file is no pouch for this post",
            "nothing was taken",
            "check that it is the right file; if it is, run `secmsg sync` for a newer directory or ask the sender",
        ),
    ),
    (
        errors.TransferStopped,
        Advice("it was stopped", "what was carried stays, and nothing half done counts", "repeat it to go on"),
    ),
    (
        errors.LinkError,
        Advice("the relay did not finish", "what was carried stays and will be resumed", "repeat `secmsg sync`"),
    ),
    (
        errors.Incomplete,
        Advice("the cable lacks something", "no number was used and nothing was released", "add it and repeat"),
    ),
    (
        errors.Frozen,
        Advice(
            "sending is frozen",
            "nothing left, no number was used and everything can be read",
            "`secmsg status` says why, `secmsg station reopen` is the way back, with headquarters' word",
        ),
    ),
    (
        errors.ReceivesOnly,
        Advice(
            "this machine does not release",
            "nothing left and no number was used",
            "release at the machine that is named; when it is lost, ask headquarters to take it off the list",
        ),
    ),
    (
        errors.Withheld,
        Advice(
            "cables to an addressee are kept back",
            "nothing left and no number was used",
            "call that post and headquarters; then `secmsg station reopen --peer`",
        ),
    ),
    (
        errors.PageRefused,
        Advice(
            "this page of the pad may not be used",
            "nothing was enciphered with it",
            "compare it with the paper; `secmsg hand pad show` says how the book stands",
        ),
    ),
    (
        errors.PageUnconfirmed,
        Advice(
            "nobody has read from the paper which page lies on top",
            "no page was used",
            "give the five figures of the top page with `--page`",
        ),
    ),
    (
        errors.KitRefused,
        Advice(
            "the kit may not be opened now",
            "nothing was shown, and the attempt is in its log",
            "set the clock right, or ask the post to prolong it (`secmsg kit prolong`) and say if a clock was wrong",
        ),
    ),
    (
        errors.SheetUnchecked,
        Advice(
            "no cable goes before the recovery sheet was read back",
            "nothing left, no number was used and what has come can be read",
            "read its groups from the paper: `secmsg station sheet check`, or `secmsg station setup` for a new sheet",
        ),
    ),
    (
        errors.KeyslotLeft,
        Advice(
            "this person's keyslot stayed with the machine that the station left for the stick",
            "nothing was changed",
            "`secmsg officer remove`, then `secmsg officer add` with a new passphrase",
        ),
    ),
    (
        errors.OfficeError,
        Advice("a rule of the office forbids this", "no number was used and nothing left", "see docs/handbook"),
    ),
    (
        errors.EnrolmentError,
        Advice(
            "request, kit and activation code do not fit",
            "nothing was granted or joined",
            "if a fingerprint or a code was read, compare it once more; otherwise ask headquarters",
        ),
    ),
    (
        errors.HeaderWrong,
        Advice("the header does not fit", "nothing was opened", "have its groups read once more"),
    ),
    (
        errors.GroupsWrong,
        Advice("groups are wrong or missing", "nothing was opened", "ask the other end for these groups only"),
    ),
    (
        errors.TagMismatch,
        Advice(
            "the authentication group does not verify",
            "nothing was opened",
            "have it read again and repeat the working once; if it still differs, ask for a new message on a new page "
            "and report it",
        ),
    ),
    (
        errors.TagUnwritable,
        Advice(
            "the authentication group has no five figures on this page",
            "nothing was sent",
            "the page is void: destroy it and take the next",
        ),
    ),
    (
        errors.WrongPage,
        Advice(
            "the message names another page",
            "nothing was opened and no page was used",
            "compare the number in the header with the page",
        ),
    ),
    (
        errors.HandError,
        Advice("the hand cipher cannot take this", "nothing was opened and nothing was sent", "see docs/handbook"),
    ),
    (
        errors.FormatError,
        Advice("the input is not in the form expected", "nothing was changed", "check the input and repeat"),
    ),
)


def advice(error: SecmsgError) -> Advice:
    """Return the row of the nearest class."""
    for kind, row in _TABLE:
        if isinstance(error, kind):
            return row
    return Advice("something failed", "the store is unharmed", "repeat; report it if it comes again")


def sentence(error: SecmsgError) -> str:
    """Say what happened, what is safe and what to do, in one line."""
    row = advice(error)
    return f"{_happened(error) or row.happened}; {row.safe}: {row.do}"


def _happened(error: SecmsgError) -> str:
    if isinstance(error, errors.Incomplete):
        return "the cable lacks: " + ", ".join(str(getattr(lack, "value", lack)) for lack in error.lacks)
    return " ".join(str(error).split()).rstrip(".")
