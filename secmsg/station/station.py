"""The station as screens and commands see it: one object on the store's thread, which asks and never decides.

Every method runs on the thread that owns the store (`secmsg.station.worker.Worker`); each that writes is one transaction.
What a method does lives in the module of that name (release, receive, reading, enrol …); this class only joins them.
"""

from collections.abc import Callable
from pathlib import Path

from secmsg.config import PRODUCTION, Policy
from secmsg.crypto.randomness import Random, system
from secmsg.ids import CableId, DraftId
from secmsg.office.draft import Draft, Lack
from secmsg.station.unlock import Unlock
from secmsg.station.views import (
    Addressee,
    CableRow,
    CableView,
    DraftRow,
    GapRow,
    InboxFilter,
    OutboxRow,
    QuarantineRow,
    Register,
    RegisterRow,
    Released,
    SearchResult,
    StationStatus,
)

Clock = Callable[[], int]
"""Answers UTC seconds."""


class Station:
    """An opened store with the identity in it.

    Made by `open_station`; `close` gives the profile back. Errors are leaves of `secmsg.errors`.
    """

    def close(self) -> None:
        """Close the store and give the profile lock back; a second call does nothing."""
        raise NotImplementedError

    # --- what is there -------------------------------------------------------------------------------------------

    def status(self) -> StationStatus:
        """Say who this station is, which edition it holds and what waits."""
        raise NotImplementedError

    def inbox(self, which: InboxFilter = InboxFilter.ALL) -> tuple[CableRow | GapRow, ...]:
        """List incoming cables, newest first, with the gaps at the place where the missing ones would stand."""
        raise NotImplementedError

    def sent(self) -> tuple[CableRow, ...]:
        """List released cables, newest first."""
        raise NotImplementedError

    def outbox(self) -> tuple[OutboxRow, ...]:
        """List every cable × addressee that is not acknowledged yet, the most urgent first."""
        raise NotImplementedError

    def gaps(self) -> tuple[GapRow, ...]:
        """List the serials that are missing, by peer."""
        raise NotImplementedError

    def register(self, which: Register) -> tuple[RegisterRow, ...]:
        """List a register's lines in order after checking the chain; StoreDamaged when a line was altered."""
        raise NotImplementedError

    def quarantine(self) -> tuple[QuarantineRow, ...]:
        """List the packets that could not be opened."""
        raise NotImplementedError

    def addressees(self) -> tuple[Addressee, ...]:
        """List the stations of the current edition other than this one, by Vietnamese name."""
        raise NotImplementedError

    def search(self, text: str) -> SearchResult:
        """Find cables that hold every word of `text`, with or without tone marks."""
        raise NotImplementedError

    # --- one cable -----------------------------------------------------------------------------------------------

    def read(self, cable_id: CableId) -> CableView:
        """Give one cable in full (does not mark it read); NotFound."""
        raise NotImplementedError

    def mark_read(self, cable_id: CableId) -> None:
        """Note that the officer has opened an incoming cable; no receipt leaves."""
        raise NotImplementedError

    def acknowledge(self, cable_id: CableId) -> None:
        """Sign, as a person, that an incoming cable is entered in the register (L5); a second call does nothing."""
        raise NotImplementedError

    def open_attachment(self, cable_id: CableId, index: int) -> bytes:
        """Decipher an annex in memory for a preview; NotAllowed above `policy.preview_limit`, NotFound before READY."""
        raise NotImplementedError

    def export(self, cable_id: CableId, index: int, target: Path) -> Path:
        """Decipher an annex into a file beside `target` and rename it after the last check.

        `target` is a directory (a safe name is chosen) or a file that must not exist. Returns the path written; nothing is
        left behind on failure.
        """
        raise NotImplementedError

    def export_text(self, cable_id: CableId, target: Path) -> Path:
        """Write the cable as plain UTF-8 text with all its fields; the same rules as `export`."""
        raise NotImplementedError

    # --- writing -------------------------------------------------------------------------------------------------

    def drafts(self) -> tuple[DraftRow, ...]:
        """List drafts, the last saved first."""
        raise NotImplementedError

    def draft(self, draft_id: DraftId) -> Draft:
        """Give a draft back as it was saved; NotFound."""
        raise NotImplementedError

    def save_draft(self, draft_id: DraftId | None, draft: Draft) -> DraftId:
        """Keep a draft (None: a new one) and give its id."""
        raise NotImplementedError

    def discard_draft(self, draft_id: DraftId) -> None:
        """Forget a draft; an unknown id does nothing."""
        raise NotImplementedError

    def check(self, draft: Draft) -> tuple[Lack, ...]:
        """Say what a draft lacks for its release by this officer, in the order of the form."""
        raise NotImplementedError

    def release(self, draft: Draft, draft_id: DraftId | None = None) -> Released:
        """Number, enter, sign and seal a cable in one transaction; the draft is gone with it.

        Attachments are sealed first, in a stream. Raises Incomplete, NotAllowed, DiskFull; then no number is used.
        """
        raise NotImplementedError

    # --- the outbox ----------------------------------------------------------------------------------------------

    def hold(self, cable_id: CableId) -> None:
        """Keep back what has not left yet."""
        raise NotImplementedError

    def resume(self, cable_id: CableId) -> None:
        """Let a held cable go."""
        raise NotImplementedError

    def send_now(self, cable_id: CableId) -> None:
        """Forget the waiting time of a cable's envelopes (also after an unknown outcome: no duplicate arises)."""
        raise NotImplementedError

    # --- settings ------------------------------------------------------------------------------------------------

    def setting(self, name: str) -> str | None:
        """Give a kept setting of the screens, None when never set."""
        raise NotImplementedError

    def keep_setting(self, name: str, value: str) -> None:
        """Keep a setting of the screens inside the encrypted store (name ≤ 64, value ≤ 64 KiB)."""
        raise NotImplementedError

    def change_passphrase(self, old: Unlock, new: Unlock) -> None:
        """Replace the passphrase slot; WrongPassphrase when `old` opens nothing."""
        raise NotImplementedError


def open_station(
    home: Path, unlock: Unlock, policy: Policy = PRODUCTION, *, clock: Clock | None = None, random: Random = system
) -> Station:
    """Run the self-tests, take the profile lock and open the store in `home`.

    Raises SelfTestError, ProfileInUse, WrongPassphrase, KeyringMissing, StoreDamaged, StoreNewer, NotFound.
    """
    raise NotImplementedError
