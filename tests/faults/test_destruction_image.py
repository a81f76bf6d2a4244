"""After a destruction the raw bytes of the file system hold no keyslot of any generation and no word of a cable.

Root mounts the image. The controls, seen red here: unlinking the vault, and writing it anew under its name.
"""

import itertools
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from secmsg.crypto.randomness import system
from secmsg.crypto.secret import Secret
from secmsg.ids import DraftId
from secmsg.office.destruction import Fate, Part
from secmsg.station import destroying
from secmsg.station.destroying import Reach
from secmsg.store import blobs, drafts, profile, vault
from secmsg.store.drafts import KeptDraft
from secmsg.store.keyring import NoKeyring
from secmsg.store.paths import Home
from secmsg.store.vault import Opener, Passphrase, Sheet
from tests.faults import raw_image
from tests.helpers.leak_scanner import spellings
from tests.helpers.stores import CHEAP

CANARY = "Đoàn đàm phán giữ mức bảy trăm hai mươi"
WORDS = ("chim én bay thấp thì mưa", "bay cao thì nắng vừa thôi", "ráng mỡ gà ai có nhà thì giữ")

pytestmark = pytest.mark.skipif(
    os.name == "nt" or (os.geteuid() != 0 and not os.environ.get("CI")) or shutil.which("mkfs.ext4") is None,
    reason="a file system is mounted: as root, on a system that makes one",
)


@dataclass(slots=True)
class Lived:
    """What a store has been: its header, all that ever opened it, a piece of every page that its vault ever had."""

    home: Path
    header: vault.Header
    openers: tuple[Opener, ...]
    pages: set[bytes]


def lived(home: Path) -> Lived:
    """Make a store with a draft and a blob, change its passphrase twice and its sheet once."""
    secrets = [Secret(word.encode()) for word in WORDS]
    created = profile.create(home, secrets[0], keyring=NoKeyring(), cost=CHEAP, random=system)
    with created.profile.db.transaction():
        drafts.keep(created.profile.db, KeptDraft(DraftId(bytes(16)), 0, CANARY.encode()))
    key = blobs.new_key(system)
    created.profile.files.write(key, lambda file: file.write(os.urandom(100_000)), 20_000)
    created.profile.close()
    path = Home(home).vault
    pages = set(raw_image.generations(path))
    sheets = [created.recovery]
    for old, new in itertools.pairwise(secrets):
        profile.change_passphrase(home, old, new, keyring=NoKeyring(), floor=CHEAP, random=system)
        pages |= set(raw_image.generations(path))
    sheets.append(profile.new_sheet(home, secrets[-1], keyring=NoKeyring(), floor=CHEAP, random=system))
    pages |= set(raw_image.generations(path))
    openers: tuple[Opener, ...] = (*(Passphrase(each, None) for each in secrets), *(Sheet(each) for each in sheets))
    return Lived(home, vault.read_header(path), openers, pages)


@dataclass(frozen=True, slots=True)
class Seen:
    """What the raw bytes still show: keyslots that open, pieces of pages, whether a word of the draft stands there."""

    opens: int
    pieces: int
    words: bool


def seen(image: Path, store: Lived) -> Seen:
    data = image.read_bytes()
    return Seen(
        raw_image.carved(data, store.header, store.openers),
        sum(piece in data for piece in store.pages),
        any(form in data for form in spellings(CANARY)),
    )


def after(image: Path, kind: str, act: Callable[[Path], object]) -> Seen:
    with raw_image.mounted(image, kind) as place:
        store = lived(place / "p")
        os.sync()
        act(place / "p")
    return seen(image, store)


def destroyed(home: Path) -> None:
    done = destroying.destroy(home, Reach(NoKeyring()))
    assert done.fate(Part.KEYS) is Fate.DESTROYED
    assert done.read_back
    assert done.medium.in_place is True


def unlinked(home: Path) -> None:
    """Take the vault's name away, as `rm` does."""
    Home(home).vault.unlink()


def renamed_over(home: Path) -> None:
    """Write a new vault beside the old one and put it in its place, as programs save files."""
    path = Home(home).vault
    path.with_name("new").write_bytes(os.urandom(path.stat().st_size))
    path.with_name("new").replace(path)


def in_clear(home: Path) -> None:
    """Destroy well, after a careless program wrote a word of the draft and erased it again."""
    note = home / "note"
    note.write_text(CANARY, encoding="utf-16-le")
    os.sync()
    note.unlink()
    destroyed(home)


def test_raw_bytes_hold_no_keyslot_and_no_word_after_a_destruction(tmp_path: Path) -> None:
    before = after(tmp_path / "before.img", "ext4", lambda _: None)
    gone = after(tmp_path / "gone.img", "ext4", destroyed)

    # Before: the keyslots of today open, and nothing of older generations is there: changes are made in place.
    assert before.opens == 4
    assert gone == Seen(opens=0, pieces=0, words=False)


@pytest.mark.parametrize("careless", [unlinked, renamed_over])
def test_a_vault_that_is_not_overwritten_in_place_is_found_in_the_raw_bytes(
    tmp_path: Path, careless: Callable[[Path], None]
) -> None:
    found = after(tmp_path / "careless.img", "ext4", careless)

    assert found.opens == 4
    assert found.pieces >= 4


def test_a_word_written_in_clear_is_found_in_the_raw_bytes(tmp_path: Path) -> None:
    assert after(tmp_path / "clear.img", "ext4", in_clear) == Seen(opens=0, pieces=0, words=True)
