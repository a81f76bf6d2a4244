"""The small windows of the main window: keys, links, notices, and about the program."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import assert_never

from PySide6.QtCore import QTimer, qVersion
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QWidget

from secmsg.station.views import KeyringNote, LinkState, LinkStatus, NoticeKind, StationStatus
from ui import broken, names, reports
from ui.actions import Actions, Do, Menu, plain
from ui.compose import view as compose
from ui.format import Place, clock, decimal, moment, one_line, short
from ui.language import tr
from ui.manual.entry import view as entry
from ui.manual.work import view as worksheet
from ui.theme import Ink
from ui.widgets.sheet import LARGEST, Sheet, SheetLine, fitting
from ui.widgets.status_strip import link_shape, link_word

FOLLOW_MS = 1_000
LICENCES = (
    ("PyNaCl", "Apache-2.0"),
    ("cryptography", "Apache-2.0 / BSD-3-Clause"),
    ("blake3", "Apache-2.0"),
    ("sqlcipher3", "zlib"),
    ("SQLCipher", "BSD-3-Clause"),
    ("OpenSSL", "Apache-2.0"),
    ("cbor2", "MIT"),
    ("requests", "Apache-2.0"),
    ("urllib3", "MIT"),
    ("keyring", "MIT"),
    ("pikepdf", "MPL-2.0"),
    ("pillow", "MIT-CMU"),
    ("reportlab", "BSD-3-Clause"),
    ("segno", "BSD-3-Clause"),
    ("zxcvbn", "MIT"),
    ("Be Vietnam Pro, JetBrains Mono", "OFL-1.1"),
    ("Lucide", "ISC"),
)
"""Whose work the windows stand on, and under which licence."""
_AFTER_SENTENCE = re.compile(r"(?<=\.) (?=\w)")


def keys(actions: Actions, parent: QWidget) -> Sheet:
    """List every function that has keys, from the actions themselves."""

    def lines() -> Sequence[SheetLine]:
        made: list[SheetLine] = []
        for menu in Menu:
            mine = [*actions.more.get(menu, ()), *(actions[do] for do in actions.of if do.value.menu is menu)]
            keyed = [action for action in mine if action.shortcuts() and action.isVisible()]
            if keyed:
                made.append(SheetLine(plain(tr(menu.value)), head=True))
            made.extend(SheetLine(plain(action.text()), _keys(action.shortcuts())) for action in keyed)
        if Do.WRITE in actions.of:
            made.extend(_of_writing())
        made.append(SheetLine(tr("In lists"), head=True))
        made.append(SheetLine(tr("Next and previous line"), "J  ·  K"))
        made.append(SheetLine(tr("Open"), _keys([QKeySequence.fromString("Return")])))
        made.append(SheetLine(tr("Menu of the line"), _keys([QKeySequence.fromString("Shift+F10")])))
        made.append(SheetLine(tr("Put the draft away"), _keys([QKeySequence.fromString("Del")])))
        made.append(SheetLine(tr("In the text of a cable"), head=True))
        made.append(SheetLine(tr("Next page, then next cable"), _keys([QKeySequence.fromString("Space")])))
        made.append(SheetLine(tr("Page before"), _keys([QKeySequence.fromString("Shift+Space")])))
        return made

    def copy_all() -> None:
        QGuiApplication.clipboard().setText(sheet.as_text())

    sheet = Sheet(lambda: tr("Keys"), lines, parent, [(lambda: tr("Copy &all as text"), copy_all)], sought=True)
    return sheet


def _of_writing() -> list[SheetLine]:
    """List the keys of windows in which something is written."""
    made = [SheetLine(tr("While writing a cable"), head=True)]
    made.extend(
        SheetLine(tr(key.source), _keys([QKeySequence.fromString(k) for k in key.keys]))
        for key in (compose.SEND, compose.SAVE, compose.ATTACH, compose.CLOSE)
    )
    made.append(SheetLine(tr("On a worksheet"), head=True))
    made.extend(
        SheetLine(tr(key.source), _keys([QKeySequence.fromString(k) for k in key.keys]))
        for key in (worksheet.ENCIPHER, worksheet.ALOUD, worksheet.PRINT, worksheet.CLOSE)
    )
    made.append(SheetLine(tr("Walk through the boxes"), "←  →  ↑  ↓"))
    made.append(SheetLine(tr("Other ways to cut a segment"), _keys([QKeySequence.fromString("Return")])))
    made.append(SheetLine(tr("With received groups"), head=True))
    made.extend(
        SheetLine(tr(key.source), _keys([QKeySequence.fromString(k) for k in key.keys]))
        for key in (entry.PASTE, entry.OPEN, entry.CLOSE)
    )
    return made


@dataclass(frozen=True, slots=True)
class LinkActs:
    """What the card of one channel can do: test it now, switch it off or on; and how many deliveries wait for it."""

    test: Callable[[LinkStatus], None]
    switch: Callable[[LinkStatus, bool], None]
    queue: Callable[[LinkStatus], int]


def links(
    ask: Callable[[], tuple[LinkStatus, ...]],
    chosen: LinkStatus | None,
    here: Place,
    parent: QWidget,
    wake: Callable[[], None],
    acts: LinkActs,
) -> Sheet:
    """Show each link, or the chosen one's card: state, last contact, round trip, queue, next try, what it reported."""

    def lines() -> Sequence[SheetLine]:
        made: list[SheetLine] = []
        for link in ask():
            if chosen is None or link.name == chosen.name:
                made += _card(link, here, acts.queue(link))
        return made or [SheetLine(tr("No link is set up."))]

    if chosen is None:
        return Sheet(lambda: tr("State of the links"), lines, parent, [(lambda: tr("Send and fetch now"), wake)])

    def now() -> LinkStatus:
        return next((link for link in ask() if link.name == chosen.name), chosen)

    def off() -> bool:
        return now().state is LinkState.OFF

    sheet = Sheet(
        lambda: tr("State of the link"),
        lines,
        parent,
        [
            (lambda: tr("&Test now"), lambda: acts.test(now())),
            (
                lambda: tr("S&witch on") if off() else tr("S&witch off"),
                lambda: acts.switch(now(), off()),
            ),
        ],
    )
    _follow(sheet)
    return sheet


def _follow(sheet: Sheet) -> None:
    """Let a card show what changes while it is open."""
    timer = QTimer(sheet)
    timer.setInterval(FOLLOW_MS)
    timer.timeout.connect(sheet.render_state)
    timer.start()


def _card(link: LinkStatus, here: Place, queue: int) -> list[SheetLine]:
    name, ink = link_shape(link.state)
    made = [SheetLine(one_line(link.name), link_word(link.state), head=True, icon=name, ink=ink)]
    contact = tr("none yet") if link.last_contact is None else moment(link.last_contact, here)
    made.append(SheetLine(tr("Last contact"), contact))
    made.append(SheetLine(tr("Deliveries waiting for it"), str(queue)))
    if link.round_trip_s is not None:
        made.append(SheetLine(tr("Round trip"), f"{decimal(link.round_trip_s, 1)} s"))
    if link.next_try_at is not None:
        made.append(SheetLine(tr("Next try"), short(link.next_try_at, here)))
    if link.detail:
        made.append(SheetLine(tr("Last failure"), reports.say(link.detail)))
        made.append(SheetLine(tr("As the link put it"), link.detail))
    return made


def notices(status: StationStatus, here: Place, parent: QWidget) -> Sheet:
    """Show the lasting notices, newest first."""

    def lines() -> Sequence[SheetLine]:
        made = [line for each in status.breaks for line in broken.lines(each, here)]
        for notice in status.notices:
            first, *more = _sentences(notice_words(notice.kind))
            made.append(SheetLine(first, head=True, icon="shield-alert", ink=Ink.WARN))
            made += [SheetLine(each) for each in more]
            made.append(SheetLine(moment(notice.at, here), notice.detail))
        return made or [SheetLine(tr("No notices."))]

    sheet = Sheet(lambda: tr("Notices"), lines, parent)
    sheet.resize(fitting(LARGEST.width(), sheet.height()))
    return sheet


def _sentences(said: str) -> list[str]:
    """Cut what a notice says into a line for each sentence: what is safe and what to do must not stand off the edge."""
    return _AFTER_SENTENCE.split(said)


def about(status: StationStatus, here: Place, parent: QWidget) -> Sheet:
    """Show whose station this is, which directory it holds and how its store is opened."""

    def lines() -> Sequence[SheetLine]:
        bound = status.keyring_note is KeyringNote.BOUND
        return (
            SheetLine(tr("Station"), names.station(status.station_name)),
            SheetLine(tr("Officer"), ", ".join(p for p in (status.person_name, status.person_title) if p)),
            SheetLine(
                tr("Directory"),
                tr("edition {n}, {when}", n=status.edition, when=moment(status.edition_at, here)),
            ),
            SheetLine(
                tr("Store opens with"),
                tr("passphrase and system keyring") if bound else tr("passphrase alone"),
            ),
            SheetLine(tr("Keys handed out and unused"), str(status.prekeys_left)),
            SheetLine(tr("Packets in quarantine"), str(status.quarantined)),
            SheetLine(tr("Version"), f"{_version('secmsg')}"),
            SheetLine(tr("Licences"), head=True),
            SheetLine("secmsg", "Apache-2.0"),
            SheetLine(f"Qt {qVersion()}, PySide6 {_version('PySide6-Essentials')}", "LGPL-3.0"),
            SheetLine("", tr("Qt lies beside the program as separate libraries and may be replaced.")),
            SheetLine("", tr("Its source: {where}", where="https://download.qt.io")),
            *(SheetLine(f"{name} {_version(name)}".strip(), licence) for name, licence in LICENCES),
        )

    return Sheet(lambda: tr("About the program"), lines, parent)


def last_contact(all_links: tuple[LinkStatus, ...], here: Place) -> str:
    """Say when a relay was last reached, for the empty list."""
    reached = [link for link in all_links if link.last_contact is not None]
    if not reached:
        return tr("No contact yet. F9 fetches now.")
    last = max(reached, key=lambda link: link.last_contact or 0)
    when = clock(last.last_contact or 0, here)
    return tr("Last contact {time} by {relay}. F9 fetches now.", time=when, relay=one_line(last.name))


def notice_words(kind: NoticeKind) -> str:
    """Say what a notice means and what is safe."""
    match kind:
        case NoticeKind.DIRECTORY_ROLLBACK:
            return tr("An older directory was offered and refused.")
        case NoticeKind.DIRECTORY_FORK:
            return tr("Two different directories with one number were seen. Tell the security administrator.")
        case NoticeKind.DIRECTORY_REFUSED:
            return tr("A directory edition did not pass its checks and was refused.")
        case NoticeKind.QUARANTINED:
            return tr("A packet could not be opened and lies in quarantine.")
        case NoticeKind.FAULT_REPORTED:
            return tr("An addressee reported a fault in a cable of ours.")
        case NoticeKind.CLOCK_OFF:
            return tr(
                "This computer's clock differs from the relay's. Sending works; the times on cables will be wrong."
            )
        case NoticeKind.CHAIN_FORKED:
            return tr("Two different items came under one serial. Tell the security administrator.")
        case NoticeKind.SESSION_LAST_RESORT:
            return tr("Keys ran out and a last-resort key was used. Contact headquarters soon.")
        case NoticeKind.PREKEYS_OUT:
            return tr("A relay has handed out all keys left there for first messages. New ones are laid out.")
        case NoticeKind.CUSTODY_DIFFERS:
            return tr(
                "Two persons have found what does not agree with the ledger. Read the record (Inspection and "
                "handover) and report it to headquarters within 24 hours."
            )
        case NoticeKind.PADS_LOW:
            return tr("The pad pages in hand last less than 30 days. Ask for the next books.")
        case NoticeKind.PADS_STOPPED:
            return tr("Key material is stopped: it may be known to others, or is lost. Report it to headquarters.")
        case NoticeKind.PREKEYS_STALE:
            return tr("A first message used keys older than a week: long without contact, or a relay hides newer ones.")
        case NoticeKind.PACKET_REPEATED:
            return tr("A place of a chain was used twice: a relay repeats, or a station's store is a copy of another.")
        case NoticeKind.CABLE_DOUBTFUL:
            return tr("A cable was entered with a doubt. Read what is said beside its signature.")
        case NoticeKind.STATION_SILENT:
            return tr("Unusual silence: a station's recap of serials is missing. Ask there by another way.")
        case NoticeKind.GAP_UNANSWERED:
            return tr("Missing serials were asked for in vain. Ask again or close the gap with a reason.")
        case NoticeKind.PEER_LACKS:
            return tr("A station lacks serials of ours and has asked for them in vain. Send them by another way.")
        case NoticeKind.PEER_CLOSED_GAP:
            return tr("An officer there has closed a gap: these serials of ours were not seen.")
        case NoticeKind.NEW_BOOK:
            return tr("A station has opened a new book of serials, signed by two persons.")
        case NoticeKind.BOOK_REFUSED:
            return tr("A new book of serials was refused: it was not signed as it must be. Tell headquarters.")
        case NoticeKind.HAND_BLOCK:
            return tr("A station keeps or accounts for serials of traffic by hand.")
        case NoticeKind.POSTURE_TOLD:
            return tr("Headquarters has set how often recaps of serials go.")
        case NoticeKind.CABLE_CLASH:
            return tr("Another cable came under the id of one that is here. It was set aside.")
        case NoticeKind.COVER_LACKING:
            return tr(
                "A new directory edition needs a key of headquarters that is not here yet. What is here stays "
                "readable. If it does not come with the next contact, ask headquarters for it by pouch."
            )
        case NoticeKind.MACHINE_REVOKED:
            return tr("Headquarters speaks of a lost machine. Nothing is sent there until an edition decides.")
        case NoticeKind.THIN_DIFFERS:
            return tr(
                "A cable that came by thin packets is not what was signed in its place. Both are kept. Ask the sender "
                "by voice."
            )
        case NoticeKind.HAND_DIFFERS:
            return tr(
                "A cable that came by hand is not what was signed in its place. Both are kept. Ask the sender by voice."
            )
        case NoticeKind.THIN_REFUSED:
            return tr(
                "A thin packet contradicted itself or another, and its message was refused whole. Ask the sender to "
                "repeat it."
            )
        case NoticeKind.THIN_GIVEN_UP:
            return tr(
                "Fragments of a message by thin packets waited too long and were given up. Ask the sender to repeat it."
            )
        case NoticeKind.OPENED_OTHERWISE:
            return tr(
                "A machine has signed that it opened another text than the one released here. Ask there by another way."
            )
        case NoticeKind.SESSION_REPLACED:
            return tr("An addressee's machine began anew with fresh keys. Ask there whether that was expected.")
        case NoticeKind.SESSION_STALE:
            return tr("An addressee's machine came with keys older than those in use. They were not taken.")
        case NoticeKind.BREAK_REPORTED:
            return tr("A post reports a break of continuity. Cables wait there until an officer here acknowledges it.")
        case NoticeKind.SERVICE_MESSAGE:
            return tr("A service message has come in.")
        case NoticeKind.RELAY_FAULT:
            return tr("The relay answered against its own rules.")
        case NoticeKind.RELAY_REFUSED:
            return tr(
                "The relay says that it had no room for packets addressed here. The senders keep them and send again."
            )
        case NoticeKind.RELAY_LOST:
            return tr("A relay has lost what it held. Everything not proven to have arrived is sent again.")
        case NoticeKind.ATTACHMENT_DAMAGED:
            return tr("An enclosure does not match its signed hash and was not opened.")
        case NoticeKind.FROZEN:
            return tr("This store may be an old copy, or have a second one. Sending is stopped.")
        case NoticeKind.WITHHELD:
            return tr("The store of an addressee may be an old copy, or have a second one. Cables to it are kept back.")
        case NoticeKind.OWN_ENTRY:
            return tr(
                "The directory says something new about this post. If nobody here asked for it, call headquarters."
            )
        case NoticeKind.PEER_RESTORED:
            return tr("An addressee's store was put back to an older state. Ask there whether that was expected.")
        case NoticeKind.SHEET_UNDONE:
            return tr(
                "Making a new recovery sheet was cut short and changed nothing: the sheet before opens the store as "
                "it did. Destroy the paper of the new one if it was printed."
            )
        case NoticeKind.SHEET_ENDED:
            return tr(
                "A new recovery sheet took effect just before the program was stopped. The sheet before opens only "
                "backups made before. If the new paper is not in hand, make another sheet at once."
            )
        case NoticeKind.SHEET_DOUBTFUL:
            return tr(
                "Making a new recovery sheet was cut short, and it is not known which sheet opens the store. "
                "Passphrases open it as before, nothing is lost. Keep both papers sealed and make another sheet."
            )
        case _:
            assert_never(kind)


def _keys(sequences: Sequence[QKeySequence]) -> str:
    said = (sequence.toString(QKeySequence.SequenceFormat.NativeText) for sequence in sequences)
    return "  ·  ".join(dict.fromkeys(said))  # the two Enter keys are called alike


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:  # a font, an icon, or a program that was packed without its metadata
        return ""
