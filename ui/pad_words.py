"""Words about pad pages: why one is refused, with the day and the cable it was used for."""

from datetime import UTC, datetime

from secmsg.errors import PageRefused
from secmsg.office.pad_pages import Refusal, spoken
from ui.language import tr


def refused(error: PageRefused) -> str:
    """Say why a page may not be used and what to do next; a reason unknown here is said in general."""
    page = spoken(error.page) if error.page else ""
    day = f"{datetime.fromtimestamp(error.at, UTC):%d/%m/%Y %H:%M} UTC"
    match error.why:
        case Refusal.USED.value:
            return tr(
                "Page {page} was used on {day} for cable {cable}. Nothing was done with it. Take the page that lies on "
                "top; if it is this one, destroy it and report.",
                page=page, day=day, cable=error.cable or "?",
            )  # fmt: skip
        case Refusal.TAKEN.value:
            return tr(
                "Page {page} was torn off on {day} and counts as used, although no cable was recorded with it. Destroy "
                "it and take the next page.",
                page=page, day=day,
            )  # fmt: skip
        case Refusal.DESTROYED.value:
            return tr("Page {page} was destroyed on {day}. If it is in your hand, report it.", page=page, day=day)
        case Refusal.VOID.value:
            return tr("Page {page} was made void on {day}. Destroy it and take the next page.", page=page, day=day)
        case Refusal.MISSING.value:
            return tr("Page {page} has been reported missing since {day}. Report that it is here.", page=page, day=day)
        case Refusal.OUT_OF_ORDER.value:
            return tr(
                "Page {page} is not the next one. Compare it with the paper; if the pages before it are gone, confirm "
                "that first.",
                page=page,
            )
        case _:
            return _of_book(error.why, page)


def _of_book(why: str, page: str) -> str:
    match why:
        case Refusal.OTHER_DIRECTION.value:
            return tr("This page or book is of the other direction. Take the book of the right direction.")
        case Refusal.SUPERSEDED.value:
            return tr("This pad book is superseded. Destroy it and use the one that replaces it.")
        case Refusal.FROZEN.value:
            return tr("This pad book is stopped: it is compromised or missing. Open the reserve book.")
        case Refusal.NOT_IN_USE.value:
            return tr("This pad book is not in use. Two persons open it first.")
        case Refusal.NOT_HERE.value:
            return tr("This pad book has no page {page}. Compare the number with the paper.", page=page)
        case Refusal.EXHAUSTED.value:
            return tr("This pad book has not enough pages left in a row. Open the reserve book.")
        case Refusal.TRAINING.value:
            return tr("This is a training book (HUẤN LUYỆN): it never serves a real cable.")
        case Refusal.LIVE.value:
            return tr("This is a live pad book: no exercise uses its pages.")
        case _:
            return tr("This page of the pad may not be used. Nothing was enciphered with it.")
