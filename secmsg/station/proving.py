"""A passphrase or recovery sheet proven against the vault alone, while another program may have the store open."""

from pathlib import Path
from typing import assert_never

from secmsg.config import Policy
from secmsg.crypto.randomness import system
from secmsg.station import opening
from secmsg.station.unlock import ByPassphrase, ByRecovery, ByShare, Unlock
from secmsg.store import vault
from secmsg.store.keyring import Keyring
from secmsg.store.paths import Home


def prove(home: Path, unlock: Unlock, policy: Policy, keyring: Keyring) -> None:
    """Prove that it opens the vault; WrongPassphrase, KeyringMissing, NotFound, StoreDamaged, CostRefused."""
    path = Home(home).vault
    opener: vault.Opener
    match unlock:
        case ByPassphrase(passphrase=passphrase):
            opener = vault.Passphrase(passphrase, keyring.read(vault.read_header(path).store_id))
        case ByRecovery(recovery=recovery):
            opener = vault.Sheet(recovery)
        case ByShare(share=share, pin=pin):
            opener = vault.Share(share, pin)
        case _:
            assert_never(unlock)
    vault.open_(path, opener, floor=opening.floor(policy), random=system)
