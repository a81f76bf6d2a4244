"""What the bar says while sending is stopped, or kept back for one post: what happened, what is safe, what to do."""

from collections.abc import Callable
from typing import assert_never

from secmsg.office.copies import Cause
from secmsg.station.views import FreezeView, StationStatus
from ui import names
from ui.format import Place, moment
from ui.language import tr
from ui.reopening.state import may_reopen
from ui.widgets.message_bar import Message, Remedy, Weight


def bar(status: StationStatus, here: Place, reopen: Callable[[], None] | None = None) -> Message | None:
    """Give the lasting message of the main window, None when everything may leave; `reopen` opens the way on."""
    if not status.freezes:
        return None
    own, others = status.frozen, status.withheld

    def words() -> str:
        said = []
        if own:
            first = own[0]
            said = [
                tr("Sending is stopped since {when}.", when=moment(first.since, here)),
                _cause(first),
                tr("Receiving and reading go on, nothing is lost. Call headquarters; the handbook says how to go on."),
            ]
        said += [
            tr(
                "No cable leaves for {post} since {when}: its store has a second copy or was put back. Cables to other "
                "posts leave. Call that post and headquarters.",
                post=names.station(each.peer_name),
                when=moment(each.since, here),
            )
            for each in others
        ]
        return " ".join(said)

    remedies = (Remedy(lambda: tr("O&pen a new book…"), reopen),) if reopen is not None and may_reopen(status) else ()
    return Message(Weight.FAULT if own else Weight.WARNING, words, remedies)


def reason(status: StationStatus) -> Callable[[], str] | None:
    """Say why no cable can be signed and sent now, None when one can."""
    if not status.frozen:
        return None
    return lambda: tr("Sending is stopped: see the main window. The draft is kept.")


def _cause(freeze: FreezeView) -> str:
    post = names.station(freeze.witness_name)
    match freeze.cause:
        case Cause.OLD_COPY:
            return tr("The system keyring knows a later state of this store: this is an older copy.")
        case Cause.RESTORED:
            return tr("This store came back from a backup: what was done after it is not here.")
        case Cause.SERIAL_AHEAD:
            return tr("{post} has items of ours that are not here: this is an older or a second copy.", post=post)
        case Cause.TRANSCRIPT | Cause.FORK_REPORTED:
            return tr("{post} has other items of ours under the same numbers: this store has a second copy.", post=post)
        case Cause.OWN_ENTRY:
            return tr("The directory shows keys of this post that nobody here asked for.")
        case Cause.RETIRED:
            return tr("This copy was taken out of use; another one goes on.")
        case Cause.PEER_FORKED | Cause.PEER_SECOND_COPY:
            return ""
        case _:
            assert_never(freeze.cause)
