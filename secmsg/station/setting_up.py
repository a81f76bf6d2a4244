"""How far the set-up of a station has come, derived from its store, and the test cable that ends it.

    made ── sheet checked ── fingerprint compared ── joined ── channels tested ── test cable ── its receipt is here

Each step is one transaction, so that the set-up goes on where it was after any stop. Nothing here is a secret.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from secmsg.errors import EnrolmentError, NotAllowed, NotListed
from secmsg.ids import CableId, StationId
from secmsg.office.draft import Draft
from secmsg.office.lifecycle import OutboxState
from secmsg.station import breaks, channel_test, enrol, first_sheet, places, release, sheet_duty
from secmsg.station import desk as desks
from secmsg.station.channel_test import Tested
from secmsg.station.desk import Desk
from secmsg.station.first_sheet import FirstSheet
from secmsg.station.unlock import Unlock
from secmsg.store import identity as identity_rows
from secmsg.store import outbox, receipts
from secmsg.store.keyring import Keyring
from secmsg.wire.cable import Degree, Urgency
from secmsg.wire.service import ReceiptLevel

FINGERPRINT = "setup-fingerprint"
TEST = "setup-test"
FINISHED = "setup-finished"
SUBJECT = "Điện thử khi thiết lập máy"
BODY = "Điện thử do chương trình soạn khi thiết lập máy cơ yếu. Không cần trả lời."
DRAFTER, DRAFTER_TITLE = "Chương trình secmsg", "Điện thử tự động"
TOPIC = "DIENTHU"


class Compared(Enum):
    """What the two persons said of the fingerprint."""

    NOT_YET = "not-yet"
    SAME = "same"
    DIFFERENT = "different"


class Proof(Enum):
    """How far the test cable's way is proven, and no further."""

    WAITING_KEYS = "waiting-keys"
    """Nothing left: headquarters' keys are not here yet."""
    HERE = "here"
    RELAY_HOLDS = "relay-holds"
    """A relay says that it has it: line and relay work, headquarters has said nothing yet."""
    UNKNOWN = "unknown"
    """Contact broke after sending."""
    ARRIVED = "arrived"
    """Headquarters' machine has it and has not said that it opened it."""
    WHOLE = "whole"
    """Headquarters' machine has opened it and its signed receipt is here: the full loop."""


@dataclass(frozen=True, slots=True)
class SetUp:
    """Where the set-up stands; `begun` is False for a store that was made another way and lacks nothing of it."""

    begun: bool
    sheet_checked: bool
    fingerprint: str
    compared: Compared
    joined: bool
    proof: Proof | None = None
    """None: no test cable yet."""
    finished: bool = False


def standing(desk: Desk) -> SetUp:
    """Say where the set-up stands."""
    kept = identity_rows.fact(desk.db, FINGERPRINT)
    joined, checked = desks.joined(desk), sheet_duty.is_checked(desk)
    return SetUp(
        begun=not joined or kept is not None or sheet_duty.is_due(desk),
        sheet_checked=checked,
        fingerprint=enrol.fingerprint(enrol.own_request(desk)),
        compared=Compared.NOT_YET if kept is None else Compared(kept.decode()),
        joined=joined,
        proof=proof(desk),
        finished=identity_rows.fact(desk.db, FINISHED) is not None,
    )


def compare(desk: Desk, *, same: bool) -> None:
    """Keep what the officer and headquarters said of the fingerprint; it may be compared again until a kit is taken."""
    if desks.joined(desk):
        raise EnrolmentError("this station has joined already: its fingerprint was compared before")
    with desk.db.transaction():
        identity_rows.keep_fact(desk.db, FINGERPRINT, (Compared.SAME if same else Compared.DIFFERENT).value.encode())


def join(desk: Desk, sealed: bytes, code: str) -> None:
    """Take the kit of a station that is being set up; the errors of `enrol.join`, NotAllowed out of its turn."""
    if not sheet_duty.is_checked(desk):
        raise NotAllowed("the recovery sheet comes first: it is the only way back into this store")
    kept = identity_rows.fact(desk.db, FINGERPRINT)
    if kept is None or Compared(kept.decode()) is not Compared.SAME:
        raise NotAllowed("compare the fingerprint with headquarters by voice before a kit is taken")
    enrol.join(desk, sealed, code)


def register_sheet(desk: Desk) -> None:
    """Enter a checked sheet that a stop has left without its line in the ledger; nothing where there is none."""
    if sheet_duty.is_unregistered(desk):
        with desk.db.transaction():
            sheet_duty.register(desk)


def send_test(desk: Desk, to: StationId | None = None) -> CableId:
    """Release the test cable, to headquarters unless another station is named; the one that was released stays.

    NotAllowed before the recovery sheet; NotListed where there is nobody to send to (headquarters' first station).
    """
    register_sheet(desk)
    kept = identity_rows.fact(desk.db, TEST)
    if kept is not None:
        return CableId(kept)
    others = [each for each in breaks.headquarters(desk) if each != desks.own(desk).station]
    if to is None and not others:
        raise NotListed("there is no other station to send a test cable to yet")
    draft = Draft(
        degree=Degree.UNCLASSIFIED,
        urgency=Urgency.ROUTINE,
        action_to=(others[0] if to is None else to,),
        topics=(TOPIC,),
        subject=SUBJECT,
        body=BODY,
        drafter_name=DRAFTER,
        drafter_title=DRAFTER_TITLE,
    )
    release.check(desk, draft, desk.now())
    with desk.db.transaction():  # one for both: after a stop there is this cable, or none and no number used
        released = release.enter_release(desk, draft, None, (), desk.now())
        identity_rows.keep_fact(desk.db, TEST, released.cable_id)
    return released.cable_id


def proof(desk: Desk) -> Proof | None:
    """Say how far the test cable's way is proven; None before there is one."""
    kept = identity_rows.fact(desk.db, TEST)
    if kept is None:
        return None
    cable = CableId(kept)
    rungs = {each.level for each in receipts.of_cable(desk.db, cable)}
    if any(ReceiptLevel.DECIPHERED <= rung < ReceiptLevel.REFUSED for rung in rungs):
        return Proof.WHOLE
    if rungs:
        return Proof.ARRIVED
    found = {each.state for each in outbox.of_cable(desk.db, cable)}
    for state, said in (
        (OutboxState.RELAY_HOLDS, Proof.RELAY_HOLDS),
        (OutboxState.UNKNOWN, Proof.UNKNOWN),
        (OutboxState.WAITING_KEYS, Proof.WAITING_KEYS),
    ):
        if state in found:
            return said
    return Proof.HERE


def finish(desk: Desk) -> None:
    """Note that the officer has ended the set-up; what the test cable has not proven yet the outbox goes on with."""
    with desk.db.transaction():
        identity_rows.keep_fact(desk.db, FINISHED, b"1")


class SettingUp:
    """The set-up of an opened station for screens and commands; `told` tells the keyring that a number was given."""

    def __init__(self, desk: Desk, home: Path, keyring: Keyring, told: Callable[[], None]) -> None:
        self._desk, self._home, self._keyring, self._told = desk, home, keyring, told

    def standing(self) -> SetUp:
        """Say where the set-up stands, after what a stop has left undone; EnrolmentError for no station's store."""
        register_sheet(self._desk)
        return standing(self._desk)

    def make_sheet(self, unlock: Unlock) -> FirstSheet:
        """Make the recovery sheet, the passphrase given once more; the errors of `first_sheet.make`."""
        desk = self._desk
        return first_sheet.make(self._home, desk, unlock, desk.policy, keyring=self._keyring, random=desk.random)

    def check_sheet(self, sheet: FirstSheet, typed: str, kept_at: str) -> None:
        """Take the groups read back from the paper, and where it lies sealed; FormatError."""
        first_sheet.checked(self._desk, sheet, typed, kept_at)

    def prove_sheet(self, typed: Unlock, kept_at: str) -> None:
        """Take a sheet that was made before a stop, all of it typed; WrongPassphrase when it opens nothing here."""
        desk = self._desk
        first_sheet.proven(self._home, desk, typed, kept_at, desk.policy, desk.random)

    def compare(self, *, same: bool) -> None:
        """Keep what the two persons said of the fingerprint."""
        compare(self._desk, same=same)

    def join(self, sealed: bytes, code: str) -> None:
        """Take the kit with its activation code; the errors of `join`."""
        join(self._desk, sealed, code)

    def test_channels(self) -> tuple[Tested, ...]:
        """Test each relay in this thread; for commands."""
        desk = self._desk
        return channel_test.test(lambda step: step(desk), places.in_use(desk), desk.policy, desk.clock)

    def send_test(self) -> CableId:
        """Release the test cable to headquarters; the errors of `send_test`."""
        cable = send_test(self._desk)
        self._told()
        return cable

    def finish(self) -> None:
        """End the set-up."""
        finish(self._desk)
