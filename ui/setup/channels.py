"""The last steps: each relay tested, the test cable on its way, and what the set-up has proven."""

from typing import assert_never

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from secmsg.station.channel_test import Reach, Tested
from secmsg.station.setting_up import Proof
from ui.format import decimal, one_line
from ui.language import mark, tr
from ui.setup.page import PageView
from ui.setup.state import Act, Ask, coming
from ui.theme import Ink
from ui.widgets.text import Text


class ChannelsPage(PageView):
    """One line for each relay, then how far the test cable is proven."""

    def __init__(self) -> None:
        super().__init__()
        self.test: QPushButton = self.button(mark("Test &again"), Ask.TEST_CHANNELS)
        self.lines = QWidget()
        self._lines = QVBoxLayout(self.lines)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._shown: list[Text] = []
        self.proof = Text(wrap=True)
        self.beside(self.test)
        self.column.addWidget(self.lines)
        self.column.addWidget(self.proof)
        self.column.addStretch(1)

    def act(self) -> Act | None:
        """Test, send, end: the outbox goes on with what is not proven yet."""
        return coming(self.state)

    def first(self) -> QWidget | None:
        """Leave the cursor on the way forward."""
        return None

    def render_state(self) -> None:
        """Show what was found and how far the cable is proven."""
        state = self.state
        self.told.setText(
            tr(
                "Each relay is reached, compared with the one of the kit, and its clock with this computer's. Then a "
                "test cable goes to headquarters; it has the post's first number."
            )
        )
        for text in self._shown:
            self._lines.removeWidget(text)
            text.hide()
            text.deleteLater()
        self._shown = [_line(each) for each in state.tested or ()]
        for text in self._shown:
            self._lines.addWidget(text)
        self.test.setVisible(state.tested is not None)
        self.test.setEnabled(not state.busy)
        self.proof.setText("" if state.proof is None else said(state.proof))
        self.proof.colour(Ink.GOOD if state.proof is Proof.WHOLE else Ink.WARN)


class FinishPage(PageView):
    """What was proven, and what lies where."""

    def __init__(self) -> None:
        super().__init__()
        self.column.addStretch(1)

    def first(self) -> QWidget | None:
        """Leave the cursor on the way forward."""
        return None

    def act(self) -> Act | None:
        """Open the post."""
        return Ask.FINISH

    def render_state(self) -> None:
        """Say what is proven, and no more."""
        proof = self.state.proof
        self.told.setText(
            "\n\n".join(
                (
                    said(Proof.HERE if proof is None else proof),
                    tr(
                        "The recovery sheet was read back from the paper and stands in the ledger. Seal it, if not "
                        "done yet."
                    ),
                    tr("Delete the kit and the activation code. The next step is a backup."),
                )
            )
        )


def _line(found: Tested) -> Text:
    text = Text(wrap=True)
    text.setText(f"{one_line(found.name)}: {_reach(found)}")
    text.colour(Ink.GOOD if found.reach is Reach.OPEN and not found.clock_off else Ink.FAULT)
    return text


def _reach(found: Tested) -> str:
    match found.reach:
        case Reach.OPEN:
            trip = decimal(found.round_trip_s or 0.0, 1)
            if not found.clock_off:
                return tr("reached, the relay of the kit, answers in {s} s; the clocks agree.", s=trip)
            return tr(
                "reached, the relay of the kit. This computer's clock is {n} seconds off: set it before the first "
                "cable.",
                n=abs(found.clock_offset_s or 0),
            )
        case Reach.UNREACHED:
            return tr("nobody answers. Check the line, then test again; nothing was sent.")
        case Reach.OTHER_CERTIFICATE:
            return tr("another machine answers at its address. Nothing was sent there. Tell headquarters.")
        case Reach.REFUSED:
            return tr("reached, but it does not take this post. Ask headquarters about the relay's access.")
        case _:
            assert_never(found.reach)


def said(proof: Proof) -> str:
    """Say how far the test cable's way is proven."""
    match proof:
        case Proof.WAITING_KEYS:
            return tr(
                "Headquarters' keys are not at the relay yet. The test cable waits here and leaves when they are."
            )
        case Proof.HERE:
            return tr("The test cable lies here, sealed. No relay has taken it yet.")
        case Proof.UNKNOWN:
            return tr(
                "Contact broke after sending: the test cable may or may not have arrived. It is sent again, once."
            )
        case Proof.RELAY_HOLDS:
            return tr(
                "A relay has taken the test cable: this post's line works. Headquarters' machine has not answered "
                "yet; the outbox goes on waiting, and nothing need be done again."
            )
        case Proof.ARRIVED:
            return tr("The test cable is at headquarters' machine, which has not opened it yet.")
        case Proof.WHOLE:
            return tr(
                "The test cable has gone the whole way: headquarters' machine has opened it, and its signed receipt "
                "is here."
            )
        case _:
            assert_never(proof)
