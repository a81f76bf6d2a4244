"""What the pouch windows say: only what is proven, what is safe, and what to do next."""

from secmsg import errors
from secmsg.station.pouch_views import Cause, PouchRead, PouchWaiting, PouchWritten
from ui import failures
from ui.format import Place, one_line, short, size
from ui.language import in_english, mark, tr, trn
from ui.theme import Ink

Line = tuple[str, Ink, str]
"""Icon, its ink, words."""


def waits(row: PouchWaiting) -> str:
    """Name a station with what waits for it."""
    name = one_line(row.name_en if in_english() else row.name_vi)
    parts = []
    if row.cables:
        parts.append(trn(row.cables, "{n} cable", "{n} cables"))
    if row.services:
        parts.append(trn(row.services, "{n} service message", "{n} service messages"))
    if parts:
        parts.append(size(row.size))
    if row.unsealed:
        parts.append(
            trn(
                row.unsealed,
                "{n} cable waits for keys and cannot go along",
                "{n} cables wait for keys and cannot go along",
            )
        )
    if row.barred:
        parts.append(
            trn(
                row.barred,
                "{n} cable has a classification that no pouch may carry",
                "{n} cables have a classification that no pouch may carry",
            )
        )
    return f"{name}: {', '.join(parts)}"


def written(done: PouchWritten, here: Place) -> list[Line]:
    """Say what a finished writing proves, and what it does not."""
    lines: list[Line] = [
        (
            "circle-check",
            Ink.GOOD,
            tr(
                "Written to {name} ({size}) and read back at {time}: what lies on the medium is what was written.",
                name=one_line(done.name),
                size=size(done.size),
                time=short(done.read_back_at, here),
            ),
        ),
        (
            "hourglass",
            Ink.DIM,
            tr(
                "Cables in it: {cables}; service messages: {services}; sealed files: {files}. They go on waiting for "
                "the receipt, and still go by the relay when there is contact.",
                cables=done.cables,
                services=done.services,
                files=done.blobs,
            ),
        ),
    ]
    if done.left:
        lines.append(
            (
                "triangle-alert",
                Ink.WARN,
                tr("{n} more envelopes had no room. Write another pouch: it takes them first.", n=done.left),
            )
        )
    return lines


def came(read: PouchRead, here: Place) -> list[Line]:
    """Say what a reading brought, and what is lacking."""
    if read.written_here_at is not None:
        when = short(read.written_here_at, here)
        return [
            ("info", Ink.DIM, tr("This pouch was written on this machine at {time}. Nothing was taken.", time=when))
        ]
    # What is lacking stands above the counts: it is what the officer must act on.
    broken = [] if read.cause is Cause.WHOLE else _broken(read)
    return [_first(read), *broken, *_others(read, here)]


def _first(read: PouchRead) -> Line:
    if read.cables:
        new = trn(read.cables, "{n} new cable, entered in the register.", "{n} new cables, entered in the register.")
        return "circle-check", Ink.GOOD, new
    if read.came:
        return "circle-check", Ink.GOOD, tr("No new cable. Receipts and service messages were taken.")
    if read.known and not read.apart:
        return "check", Ink.DIM, tr("Everything in this pouch was received before. Nothing was done twice.")
    return "info", Ink.DIM, tr("No new cable.")


def _others(read: PouchRead, here: Place) -> list[Line]:
    lines: list[Line] = []
    if read.made_at is not None:
        lines.append(("clock", Ink.DIM, tr("The pouch says it was made at {time}.", time=short(read.made_at, here))))
    if read.read_before_at is not None:
        when = short(read.read_before_at, here)
        lines.append(("check", Ink.DIM, tr("It was read to its end here before, at {time}.", time=when)))
    counts = (
        ("list-ordered", Ink.DIM, read.came, mark("Envelopes taken: {n}.")),
        ("list-ordered", Ink.DIM, read.known, mark("Envelopes that were here already: {n}.")),
        ("paperclip", Ink.DIM, read.blobs, mark("Sealed files taken and checked: {n}.")),
        ("info", Ink.DIM, read.others, mark("Envelopes for other machines, passed over: {n}.")),
        ("shield-check", Ink.GOOD, read.edition, mark("Edition {n} of the directory is in force now.")),
        (
            "shield-alert",
            Ink.WARN,
            read.apart,
            mark(
                "Envelopes that no key here opens: {n}. They are kept apart and tried again when keys or a newer "
                "directory come."
            ),
        ),
        (
            "triangle-alert",
            Ink.WARN,
            read.spoiled,
            mark("Sealed files that do not match their signature and were thrown away: {n}. They are still awaited."),
        ),
    )
    lines += [(icon, ink, tr(source, n=count)) for icon, ink, count, source in counts if count]
    return lines


def _broken(read: PouchRead) -> list[Line]:
    lines: list[Line] = [("triangle-alert", Ink.WARN, cause(read.cause))]
    if read.lacking or read.lacking_blobs:
        lines.append(
            (
                "triangle-alert",
                Ink.WARN,
                tr(
                    "Lacking: {envelopes} envelopes and {files} sealed files.",
                    envelopes=read.lacking,
                    files=read.lacking_blobs,
                ),
            )
        )
    lines.append(
        (
            "info",
            Ink.DIM,
            tr(
                "What was whole is kept. Read the pouch again from a good copy, or ask the sender for another one; "
                "nothing is taken twice."
            ),
        )
    )
    return lines


def cause(value: Cause) -> str:
    """Say why a pouch was not read to its end."""
    match value:
        case Cause.WHOLE:
            return tr("The pouch was read to its end.")
        case Cause.CUT:
            return tr("The file ends too early: the pouch is not whole.")
        case Cause.DAMAGED:
            return tr("A part of the file is damaged; what follows it cannot be read.")
        case Cause.MALFORMED:
            return tr("The pouch is not made as it should be. Tell the security administrator.")
        case Cause.UNREADABLE:
            return tr("The medium could not be read to the end.")
        case Cause.STOPPED:
            return tr("The reading was stopped.")


def failure(error: BaseException) -> str:
    """Say why nothing was written or read."""
    match error:
        case errors.StoreExists():
            return tr("There is a file of this name already. Nothing was written; choose another name.")
        case errors.DiskFull():
            return tr(
                "The medium has no room for the pouch, or takes no file so large. Nothing counts as written; every "
                "cable is still in the outbox. Use another medium, or write a pouch for fewer posts."
            )
        case errors.NotAllowed():
            return tr("Nothing that is sealed waits for these posts any more. Nothing was written.")
        case errors.NotFound():
            return tr("The file is not there, or is no plain file. Nothing was taken.")
        case _:
            return failures.sentence(error)
