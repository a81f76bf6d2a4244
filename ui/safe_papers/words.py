"""What the window of a paper for the safe says: what will happen before it does, what is proven, what comes next."""

from typing import assert_never

from secmsg import errors
from ui import failures
from ui.format import one_line
from ui.language import tr
from ui.safe_papers.state import Kind, Lack, PapersState, Stage
from ui.widgets.message_bar import Message, Weight


def title(kind: Kind) -> str:
    """Name the window."""
    return tr("New recovery sheet") if kind is Kind.SHEET else tr("Share of the head of mission")


def verb(stage: Stage) -> str:
    """Name the way forward."""
    match stage:
        case Stage.BEFORE:
            return tr("&Make the paper")
        case Stage.PAPER:
            return tr("It is &on paper")
        case _:
            return tr("Put it in &force")


def told(state: PapersState) -> str:
    """Say what will happen, or what has."""
    sheet = state.kind is Kind.SHEET
    match state.stage:
        case Stage.BEFORE:
            return _before_sheet(state) if sheet else _before_share(state)
        case Stage.PAPER:
            return _on_paper(state)
        case Stage.PROOF:
            return _last_sheet(state) if sheet else _last_share(state)
        case Stage.DONE:
            return _done_sheet(state) if sheet else _done_share(state)
        case _:
            assert_never(state.stage)


def _before_sheet(state: PapersState) -> str:
    return _paragraphs(
        tr(
            "The new sheet takes the old one's place: the old sheet does not open this store afterwards. Backups made "
            "before open with the old sheet only: keep it sealed beside them until a new backup was made and verified."
        ),
        tr("Nothing changes before the new sheet is on paper, was read back, and is put in force on the last page."),
        _who_stands_by(state),
    )


def _who_stands_by(state: PapersState) -> str:
    if state.people is None:
        return ""
    if state.alone:
        return tr("Nobody else opens this store, so no second person is asked for.")
    return tr(
        "The sheet opens everybody's keys, so another person stands by and proves it: {names} (a deputy only while "
        "standing in). If none of them can come, no new sheet can be made, and the old one stays in force.",
        names=", ".join(one_line(each) for each in state.stands_by),
    )


def _before_share(state: PapersState) -> str:
    again = ""
    if state.heads:
        again = tr(
            "{names} has a share already. It opens until that person is removed; if it is lost, remove the person at "
            "once, then make another share.",
            names=", ".join(one_line(each) for each in state.heads),
        )
    return _paragraphs(
        tr(
            "The head of mission gets half of a key on paper, and sets a PIN that is written nowhere. Both together "
            "open the store to read, and prove the second person; they release nothing."
        ),
        tr("Nothing opens by the paper before it was read back and the PIN is set on the last page."),
        again,
    )


def _on_paper(state: PapersState) -> str:
    return tr(
        "Write the groups on paper with their places, or save the PDF, print it and erase the file. It is shown this "
        "once. Then read three groups from the paper, not from the screen, and type them."
    ) + (" " + tr("The old sheet is still in force.") if state.kind is Kind.SHEET else "")


def _last_sheet(state: PapersState) -> str:
    last = tr(
        "The new sheet is on paper and was read back. When it is put in force, the old sheet does not open this store "
        "any more. There is no way back but another new sheet."
    )
    if state.alone:
        return last
    proof = tr(
        "The second person types now, unseen: the own passphrase, or share and PIN. The record names that person."
    )
    return _paragraphs(last, proof)


def _last_share(state: PapersState) -> str:
    return _paragraphs(
        tr("The share of {name} is on paper and was read back.", name=one_line(state.asked.name)),
        tr(
            "The head of mission types the PIN now, unseen: 8 to 12 figures, neither all alike nor in a row. It is not "
            "written on the share, nor anywhere else."
        ),
    )


def _done_sheet(state: PapersState) -> str:
    follow = (
        ""
        if state.alone
        else tr("Every other person opens the store once soon: only then does the own key follow to the new sheet.")
    )
    return _paragraphs(
        tr("The new sheet is in force and stands in the ledger. The old one does not open this store any more."),
        tr("Seal the new sheet and lay it in: {place}.", place=one_line(state.kept_at)),
        _files(state),
        follow,
        tr(
            "Make a backup now and verify it. Until then keep the old sheet, sealed: the backups made before open with "
            "it alone. Then two persons destroy it."
        ),
    )


def _done_share(state: PapersState) -> str:
    return _paragraphs(
        tr(
            "Share and PIN of {name} open the store from now on, to read and to stand by as second person. The share "
            "stands in the ledger.",
            name=one_line(state.asked.name),
        ),
        tr("Seal the share and lay it in: {place}.", place=one_line(state.kept_at)),
        _files(state),
        tr(
            "If the share is lost, or the PIN is known to somebody, remove that person at once: the keyslot is "
            "overwritten. Then make another share."
        ),
    )


def _files(state: PapersState) -> str:
    if not state.saved:
        return ""
    names = ", ".join(one_line(each) for each in state.saved)
    return tr("Erase the file that was printed from: {file}.", file=names)


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(each for each in parts if each)


def lacking(found: Lack) -> str:
    """Say what is still lacking."""
    match found:
        case Lack.NAME:
            return tr("Enter the name.")
        case Lack.NAME_TAKEN:
            return tr("A person of this name is here already. If the share is lost, remove that person first.")
        case Lack.TITLE:
            return tr("Enter the title.")
        case Lack.SECOND:
            return tr("Name the second person.")
        case Lack.SAME_PERSON:
            return tr("The second person is another than the one who has opened the store.")
        case Lack.GROUPS:
            return tr("Type the groups asked for, with spaces between them.")
        case Lack.WHERE:
            return tr("Say where the sealed sheet lies.")
        case Lack.PIN:
            return tr("A PIN has 8 to 12 figures, neither all alike nor in a row.")
        case Lack.PIN_UNEQUAL:
            return tr("The two PINs differ.")
        case Lack.PROOF:
            return tr("The second person enters the own passphrase.")
        case Lack.PROOF_GROUPS:
            return tr("The head of mission types the groups of the share.")
        case Lack.PROOF_PIN:
            return tr("The head of mission types the PIN.")
        case _:
            assert_never(found)


def outcome(state: PapersState) -> Message | None:
    """Say why the last step was not done; None when there is nothing to say."""
    if state.lack is not None:
        lack = state.lack
        return Message(Weight.WARNING, lambda: lacking(lack))
    if state.error is None:
        return None
    error = state.error
    return Message(Weight.FAULT, lambda: failure(state, error))


def failure(state: PapersState, error: BaseException) -> str:
    """Say why a step was not done, and what is in force."""
    match error:
        case errors.WrongPassphrase():
            return tr(
                "That is no other person's passphrase, or share and PIN, of this post. Nothing was changed: the old "
                "sheet is in force."
            )
        case errors.NotAllowed() if "second person is another" in str(error):
            return tr("The second person is another than the one who has opened the store.")
        case errors.NotAllowed() if "standing in" in str(error):
            return tr("A deputy stands by only while standing in. Nothing was changed.")
        case errors.NotAllowed() | errors.FormatError() | errors.StoreExists():
            return failures.sentence(error)
        case errors.StoreError() if "spare" in str(error):
            return tr("Every keyslot is taken: remove somebody first. Nothing was changed.")
        case _:
            return f"{failures.sentence(error)} {_unharmed(state)}"


def _unharmed(state: PapersState) -> str:
    if state.stage is not Stage.PROOF:
        return tr("The paper is not in force: nothing opens by it yet.")
    if state.kind is Kind.SHEET:
        return tr("Keep both sheets: the next opening of the store says under Notices what became of it.")
    return tr(
        "Look at the list of officers: if {name} stands there, share and PIN open the store and the share is to be "
        "entered in the ledger by command; otherwise they open nothing.",
        name=one_line(state.asked.name),
    )


def left() -> str:
    """Say what closing the window means while a paper is not in force."""
    return tr(
        "This paper is not in force. When the window is closed it opens nothing, now or ever: destroy it, and erase "
        "the file if there is one. Close once more to leave it so."
    )
