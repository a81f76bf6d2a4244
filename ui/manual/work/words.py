"""What the worksheet says: what the text becomes, what is lacking, what a box is made of, what comes next."""

from typing import assert_never

from secmsg.manual.changes import Change, ChangeKind
from secmsg.manual.mistakes import Verdict
from secmsg.manual.working import Act
from secmsg.manual.working import Line as Entered
from secmsg.manual.worksheet import Cell
from secmsg.station.pad_views import ItemView
from ui import names
from ui.format import decimal, one_line
from ui.language import tr, trn
from ui.manual.figures.state import FiguresState, Way, entry_name
from ui.manual.grid import line_name
from ui.manual.lines import Said
from ui.manual.work import mistakes
from ui.manual.work.state import WriteState
from ui.theme import Ink

MOST_CHANGES = 3
"""Changes that are told one by one."""


def book(choice: ItemView) -> str:
    """Name a book with whom it is for."""
    return tr("{book} · to {peer}", book=choice.name, peer=names.station(choice.peer_name))


def way(which: Way) -> str:
    """Name who works the figures out."""
    match which:
        case Way.MACHINE:
            return tr("The machine computes")
        case Way.SELF:
            return tr("I compute, the machine checks")
        case _:
            assert_never(which)


def change(change: Change) -> str:
    """Say one change."""
    said = tr("“{before}” becomes “{after}”", before=one_line(change.before), after=one_line(change.after))
    match change.kind:
        case ChangeKind.COMPOSITION | ChangeKind.TONES:
            return tr("{change} (placing of the tone)", change=said)
        case ChangeKind.CAPITALS:
            return tr("{change} (capital letters)", change=said)
        case ChangeKind.SPACING:
            return tr("{change} (spaces)", change=said)
        case ChangeKind.SIGNS:
            return tr("{change} (signs)", change=said)
        case _:
            assert_never(change.kind)


def lines(state: WriteState) -> list[Said]:
    """Say what will be sent otherwise than written, what is spelled, and how long it is."""
    said: list[Said] = []
    if state.changes:
        shown = "; ".join(change(each) for each in state.changes[:MOST_CHANGES])
        left = len(state.changes) - MOST_CHANGES
        more = trn(left, "and {n} more change", "and {n} more changes") if left > 0 else ""
        told = tr("Will be sent as: {changes}", changes="; ".join(part for part in (shown, more) if part))
        said.append(("triangle-alert", Ink.WARN, told))
    if state.spelled:
        spelled = ", ".join(f"“{one_line(each.text)}”" for each in state.spelled)
        said.append(("info", Ink.TEXT, tr("Not in the codebook, spelled: {words}", words=spelled)))
    if state.encoding is not None:
        said.append(("list-ordered", Ink.TEXT, length(state)))
    return said


def length(state: WriteState) -> str:
    """Say how many groups and pages go."""
    encoding = state.encoding
    per = decimal(encoding.groups_per_100_words, 1) if encoding is not None else ""
    groups = trn(state.count, "{n} group with its heading", "{n} groups with their heading")
    rate = tr("the text takes {n} groups for 100 words", n=per)
    strips = trn(state.strips, "{n} strip of 30", "{n} strips of 30")
    pages = trn(state.pages, "{n} key page", "{n} key pages")
    return " · ".join((groups, rate, tr("uses {strips}, {pages}", strips=strips, pages=pages)))


def next_write(state: WriteState) -> str:
    """Name the next step before a page is taken."""
    choice = state.choice
    if choice is None:
        return tr("No pad book for outgoing cables is in use here. Open one: secmsg hand pad open.")
    if not state.draft.body.strip():
        return tr("Next: write the text, short, without phrases of politeness.")
    if not state.top_fits:
        return tr(
            "Next: read the five figures of the page that lies on top of book {book} from the paper and enter them.",
            book=choice.name,
        )
    return tr(
        "Next: tear off the page, encipher and enter in the register (Ctrl+Enter). From then on the page counts as "
        "used."
    )


def explained(cell: Cell) -> str:
    """Say how the figures of a group come about, as on the paper."""
    figures = ", ".join(cell.cipher)
    return tr(
        "Group {n} · add figure by figure without carry: {code} + {key} = {cipher} · check: from seed {seed} walk the "
        "Damm square by {figures} to {check}",
        n=cell.place + 1,
        code=cell.code,
        key=cell.key,
        cipher=cell.cipher,
        seed=cell.seed,
        figures=figures,
        check=cell.check,
    )


def wrong(line: Entered, place: int, verdict: Verdict) -> str:
    """Name a wrong box, what the slip looks like, and which of its figures are not right; never the right ones."""
    which = ", ".join(str(figure + 1) for figure in verdict.figures)
    looks = "" if verdict.mistake is None else mistakes.said(verdict.mistake)
    where = _where(line, place)
    if which:
        return tr("{where}: figure {which} is not right; {looks}", where=where, which=which, looks=looks)
    return tr("{where}: {looks}", where=where, looks=looks)


def short(line: Entered, place: int, lack: int) -> str:
    """Name a box that is not full."""
    where = _where(line, place)
    return trn(lack, "{where}: {n} figure is lacking", "{where}: {n} figures are lacking", where=where)


def _where(line: Entered, place: int) -> str:
    if line is Entered.PARITY:
        return tr("Parity group of row {n}", n=place + 1)
    if line is Entered.TAG:
        return tr("Tag group")
    shown, at = entry_name(line, place)
    return tr("Group {n}, {line}", n=at + 1, line=line_name(shown))


def step(state: FiguresState) -> str:
    """Name the next thing to do on a sheet that the officer works."""
    coming = state.next
    if coming.line is None:
        return tr("Every box is right. Next: read it to send.")
    return tr("Next: {act}, {where}", act=_act(coming.act), where=_where(coming.line, coming.place))


def _act(act: Act) -> str:
    match act:
        case Act.READ_KEY:
            return tr("copy the key from the page")
        case Act.LOOK_UP:
            return tr("look the code up")
        case Act.ADD:
            return tr("add figure by figure without carry")
        case Act.CHECK:
            return tr("walk the Damm square from the seed")
        case Act.PARITY:
            return tr("add the columns of the row without carry")
        case Act.TAG_LINE:
            return tr("the next line of the tag column")
        case Act.MASK:
            return tr("add the mask and reduce")
        case Act.SUBTRACT:
            return tr("subtract figure by figure without borrowing")
        case Act.SEND | Act.ASK | Act.COMPARE | Act.REFUSE | Act.READ:
            return tr("go on")
        case _:
            assert_never(act)


def receipt_right() -> str:
    """Say what a right receipt proves."""
    return tr("The receipt is right: who holds the page says that the message has arrived and verified.")


def receipt_wrong() -> str:
    """Say what to do with a wrong one."""
    return tr("The receipt is not right. Have it said once more; nothing was changed. After five, none is taken.")
