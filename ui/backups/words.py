"""What the window of backups says: only what is proven, what is safe, what to do next."""

from typing import assert_never

from secmsg import errors
from secmsg.station.backup_views import BackupChecked, BackupLine, BackupMade
from ui import failures
from ui.backups.state import Act, BackupsState
from ui.format import Place, moment, one_line, short, size
from ui.language import tr, trn
from ui.widgets.message_bar import Message, Weight


def made(line: BackupLine, here: Place) -> str:
    """Say when a backup came to stand."""
    return short(line.made_at, here) if line.made_at is not None else tr("not finished")


def test(at: int | None, how: str, here: Place) -> str:
    """Say what a test came to."""
    if at is None:
        return tr("not yet")
    return tr("not whole: {when}", when=short(at, here)) if how else short(at, here)


def holds(line: BackupLine) -> str:
    """Say what is in a backup."""
    return said_holding(line.cables, line.size)


def said_holding(cables: int, volume: int) -> str:
    """Say so many cables in so many bytes."""
    return trn(cables, "{n} cable, {size}", "{n} cables, {size}", size=size(volume))


def outcome(found: BackupsState, here: Place) -> Message | None:
    """Say what came of the last act, or that a backup is due; None when there is nothing to say."""
    if found.working:
        return None
    if found.error is not None:
        error = found.error
        return Message(Weight.FAULT, lambda: failure(error))
    if found.made is not None:
        stands = found.made
        return Message(Weight.GOOD, lambda: _made(stands, here))
    if found.checked is not None:
        checked, act = found.checked, found.act
        return Message(Weight.GOOD if checked.sheet_now else Weight.WARNING, lambda: _checked(checked, act, here))
    if found.remind:
        return Message(
            Weight.WARNING,
            lambda: tr(
                "The last backup is old, or there is none: what is in this store alone would go with its disk. Make "
                "one now, to a stick that lies elsewhere."
            ),
        )
    return None


def under_way(act: Act) -> str:
    """Say what is being done."""
    match act:
        case Act.MAKE:
            return tr("Writing what has changed. Cables go on meanwhile. Do not pull the medium.")
        case Act.VERIFY:
            return tr("Reading every piece and comparing it. Do not pull the medium.")
        case Act.REHEARSE:
            return tr("Going the way back in a private place. Do not pull the medium.")
        case _:
            assert_never(act)


def failure(error: BaseException) -> str:
    """Say why, in the words of backups where those of the whole program speak of pouches or lists."""
    match error:
        case errors.TransferStopped():
            return tr("Stopped. The backup before still restores; the next one goes on from here.")
        case errors.NotFound():
            return tr("There is no backup of this store in that folder. Choose the folder or stick that holds it.")
        case errors.DiskFull():
            return tr("The medium has no room. The backup before still restores. Use a larger one.")
        case errors.MediumFailed():
            return tr(
                "The medium could not be written or read. The store is unharmed and the backup before counts as it "
                "was. Plug the medium in again, or use another one."
            )
        case _:
            return failures.sentence(error)


def _made(stands: BackupMade, here: Place) -> str:
    return tr(
        "The backup of {when} stands: {cables} cables, {size}; {written} were written now. Only the recovery sheet in "
        "force today opens it. Verify it next.",
        when=moment(stands.made_at, here),
        cables=f"{stands.cables}",
        size=size(stands.size),
        written=size(stands.written),
    )


def _checked(checked: BackupChecked, act: Act | None, here: Place) -> str:
    facts = {"when": moment(checked.made_at, here), "cables": f"{checked.cables}"}
    if act is Act.REHEARSE:
        said = tr(
            "Rehearsed: from the backup of {when} a store was opened with {cables} cables, read, and destroyed again.",
            **facts,
        )
    else:
        said = tr("The backup of {when} is whole: {cables} cables, every piece and every register compared.", **facts)
    if checked.sheet_now:
        return said
    old = tr("It opens by an older recovery sheet only: make a new backup for the sheet of today.")
    return f"{said} {old}"


def place(line: BackupLine) -> str:
    """Give the folder, and say when it holds a newer backup instead."""
    where = one_line(line.place)
    if line.made_at is None or line.current:
        return where
    return tr("replaced by a newer one in {folder}", folder=where)
