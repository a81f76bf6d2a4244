"""What a destruction does not touch: what a link leads to, and a file that has only the name of a vault.

Asked before the first page is overwritten, so it never raises, waits for nothing, and where it cannot tell, the keys
go. Source: docs/spec/destruction.md 2.
"""

import stat

from secmsg.store import keyslots, standing
from secmsg.store.pages import PAGE
from secmsg.store.paths import Home

LINKED_FOLDER = "the folder is a link, which is not followed: name the folder itself"
LINKED_VAULT = "the vault is a link, which is not followed: name the folder where it lies"
FOREIGN = "the file `vault` is no vault of this program and was not touched"


def links(home: Home) -> str:
    """Say which link stands where the profile or its vault should, "" when none does."""
    try:
        if home.root.is_symlink():
            return LINKED_FOLDER
        return LINKED_VAULT if home.vault.is_symlink() else ""
    except OSError:
        return ""


def is_foreign(home: Home) -> bool:
    """Say whether a folder's `vault` is no file, or another program's: no header begins like ours, no profile was here.

    A vault with no header left opens nothing; where the folder was a profile it is overwritten all the same.
    """
    try:
        if not stat.S_ISREG(home.vault.lstat().st_mode):
            return True
        with home.vault.open("rb") as file:
            head = file.read(keyslots.COPIES * PAGE)
    except OSError:
        return False
    begins = any(head.startswith(keyslots.MAGIC, copy * PAGE) for copy in range(keyslots.COPIES))
    return not begins and not was_profile(home)


def was_profile(home: Home) -> bool:
    """Say whether a program of ours had its profile in a folder: its lock is there, or the mark of a destruction."""
    return standing.dead_since(home) is not None or home.lock.is_file()
