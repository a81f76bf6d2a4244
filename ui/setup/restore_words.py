"""Words for a restore or a new beginning without its end: what happened, that nothing is lost, what to do next."""

from collections.abc import Callable

from secmsg import errors
from ui import failures
from ui.language import tr

_TABLE: tuple[tuple[type[BaseException], Callable[[], str]], ...] = (
    (
        errors.WrongPassphrase,
        lambda: tr("These groups do not open this backup: it is another sheet's, or another post's."),
    ),
    (errors.NotFound, lambda: tr("There is no backup in this folder. Choose the folder that it was made into.")),
    (
        errors.BackupDamaged,
        lambda: tr("The backup is not whole, or was changed. Try another medium, or an older backup."),
    ),
    (
        errors.BackupAhead,
        lambda: tr("The backup was made later than this computer's clock says now. Set the clock, then repeat."),
    ),
    (
        errors.StoreNewer,
        lambda: tr("The backup was written by a newer version of the program. Install that version, then repeat."),
    ),
    (errors.DiskFull, lambda: tr("This computer's disk has no room for the store. Make room, then repeat.")),
    (errors.MediumFailed, lambda: tr("The medium cannot be read. Plug it in again, or use another one.")),
    (errors.TransferStopped, lambda: tr("Stopped.")),
    (
        errors.NotAllowed,
        lambda: tr("There are backups of several stores in this folder. Choose the one of this post inside it."),
    ),
)


def anew(error: BaseException, *, shown: bool, read_back: bool) -> str:
    """Say why there is no new beginning; from `read_back` on it is not known which of the two sheets opens."""
    if isinstance(error, errors.FormatError):
        return failures.sentence(error)
    said = [_anew(error)]
    if read_back:
        said.append(tr("Keep both sheets: one of them opens the store. Try the new one first, then the old one."))
    else:
        said.append(tr("Nothing was changed: passphrases and the old sheet open the store as before."))
        if shown:
            said.append(tr("The new sheet that was shown opens nothing: destroy it."))
    return " ".join(said)


def _anew(error: BaseException) -> str:
    if isinstance(error, errors.WrongPassphrase):
        return tr("These groups do not open this store.")
    return tr("Stopped.") if isinstance(error, errors.TransferStopped) else failures.sentence(error)


def sentence(error: BaseException, *, shown: bool) -> str:
    """Say why nothing was restored; `shown`: a new sheet was on the screen, and may be on paper."""
    if isinstance(error, errors.FormatError):
        return failures.sentence(error)
    said = [next((say() for kind, say in _TABLE if isinstance(error, kind)), "") or failures.sentence(error)]
    said.append(tr("No store was made; the backup is as it was, and its sheet still opens it."))
    if shown:
        said.append(tr("The new sheet that was shown opens nothing: destroy it."))
    return " ".join(said)
