"""Keyslots: who opens, who does not, and what a power cut or a flipped bit may do."""

import contextlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from secmsg.crypto import hashing, labels
from secmsg.crypto.passphrase import KdfCost
from secmsg.crypto.secret import Secret
from secmsg.errors import (
    CostRefused,
    DiskFull,
    KeyringMissing,
    NotFound,
    PassphraseTaken,
    StoreDamaged,
    StoreError,
    StoreExists,
    StoreNewer,
    WrongPassphrase,
)
from secmsg.store import keyslots, vault
from secmsg.store.pages import PAGE, Pages, create_pages
from secmsg.store.vault import Opened, Opener, Passphrase, Share, Sheet, Use
from tests.helpers.seeded_random import seeded
from tests.helpers.stores import CHEAP, MASTER, STORE_ID, Fate, FragilePages, PowerCutError

HALF = Secret(b"h" * 32)
OLD = Passphrase(Secret("mật khẩu cũ".encode()), None)
NEW = Passphrase(Secret("mật khẩu mới".encode()), None)
OTHER = Passphrase(Secret(b"another officer"), None)


def made(path: Path, opener: Passphrase = OLD, cost: KdfCost = CHEAP) -> Secret:
    return vault.create(path, STORE_ID, MASTER, opener, cost=cost, random=seeded(b"create"))


def opened(path: Path, opener: Opener, floor: KdfCost = CHEAP) -> Opened:
    return vault.open_(path, opener, floor=floor, random=seeded(b"open"))


def opened_in(image: bytes, opener: Opener) -> Opened:
    return vault.open_in(FragilePages(image), opener, floor=CHEAP, random=seeded(b"open"))


def opens(image: bytes, opener: Opener) -> bool:
    try:
        return opened_in(image, opener).master == MASTER
    except WrongPassphrase:
        return False


def page(image: bytes, number: int) -> bytes:
    return image[number * PAGE : (number + 1) * PAGE]


def test_a_vault_opens_with_its_passphrase_and_with_its_sheet(tmp_path: Path) -> None:
    path = tmp_path / "vault"

    recovery = made(path)

    assert opened(path, OLD).master == MASTER
    assert opened(path, OLD).use is Use.OFFICER
    assert opened(path, Sheet(recovery)).master == MASTER
    assert opened(path, Sheet(recovery)).use is Use.RECOVERY
    assert opened(path, OLD).store_id == vault.read_header(path).store_id == STORE_ID


def test_another_passphrase_or_sheet_opens_nothing(tmp_path: Path) -> None:
    path = tmp_path / "vault"
    recovery = made(path)

    for wrong in (NEW, Sheet(Secret(b"x" * 32)), Passphrase(recovery, None), Passphrase(OLD.value, HALF)):
        if wrong == Passphrase(OLD.value, HALF):
            # A slot made without a half also opens where a keyring has one meanwhile.
            assert opened(path, wrong).master == MASTER
        else:
            with pytest.raises(WrongPassphrase):
                opened(path, wrong)


def test_a_bound_vault_needs_its_half_but_the_sheet_does_not(tmp_path: Path) -> None:
    path = tmp_path / "vault"
    recovery = made(path, Passphrase(OLD.value, HALF))

    assert opened(path, Passphrase(OLD.value, HALF)).bound
    with pytest.raises(KeyringMissing):
        opened(path, OLD)
    with pytest.raises(WrongPassphrase):
        opened(path, Passphrase(OLD.value, Secret(b"H" * 32)))
    with pytest.raises(WrongPassphrase):
        opened(path, Passphrase(NEW.value, HALF))
    assert opened(path, Sheet(recovery)).master == MASTER


def test_a_vault_looks_the_same_whoever_can_open_it(tmp_path: Path) -> None:
    path = tmp_path / "vault"
    made(path)

    image = path.read_bytes()

    assert len(image) == vault.PAGES * PAGE
    for number in range(2, vault.PAGES):
        # 4096 random bytes hold about 256 different values and no run of zeros; a sealed page is not told
        # from a spare.
        assert len(set(page(image, number))) > 240
        assert bytes(8) not in page(image, number)


def test_a_vault_is_not_made_over_another_and_a_rest_of_an_unfinished_one_is_cleared(tmp_path: Path) -> None:
    path = tmp_path / "vault"
    (tmp_path / "vault.new").write_bytes(b"rest of a stopped creation")
    made(path)

    with pytest.raises(StoreExists):
        made(path)

    assert [entry.name for entry in tmp_path.iterdir()] == ["vault"]
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_missing_or_cut_vault_is_told_from_a_wrong_passphrase(tmp_path: Path) -> None:
    path = tmp_path / "vault"
    with pytest.raises(NotFound):
        opened(path, OLD)
    made(path)
    path.write_bytes(path.read_bytes()[:-1])

    with pytest.raises(StoreDamaged):
        opened(path, OLD)


def test_costs_outside_the_bounds_are_refused_before_any_stretching(tmp_path: Path) -> None:
    path = tmp_path / "vault"
    made(path)

    with pytest.raises(CostRefused):
        opened(path, OLD, floor=KdfCost(16, 1))
    image = bytearray(path.read_bytes())
    for stall in (KdfCost(1_048_577, 1), KdfCost(8, 11)):
        forged = vault.Header(STORE_ID, vault.read_header(path).salt, stall, False, 9)
        image[0:PAGE] = keyslots.encode_header(forged)
        with pytest.raises(CostRefused):
            opened_in(bytes(image), OLD)


def test_a_cost_lowered_in_the_header_opens_nothing(tmp_path: Path) -> None:
    path = tmp_path / "vault"
    made(path, cost=KdfCost(16, 1))
    header = vault.read_header(path)
    image = bytearray(path.read_bytes())

    # An attacker can make the check right again, but not the slots, which hold the cost as associated data.
    lowered = vault.Header(STORE_ID, header.salt, CHEAP, False, 9)
    image[0:PAGE] = image[PAGE : 2 * PAGE] = keyslots.encode_header(lowered)

    with pytest.raises(WrongPassphrase):
        opened_in(bytes(image), OLD)


def test_a_vault_of_a_newer_version_is_named_so(tmp_path: Path) -> None:
    path = tmp_path / "vault"
    made(path)
    image = bytearray(path.read_bytes())
    for copy in range(2):
        body = bytearray(image[copy * PAGE : copy * PAGE + keyslots.HEADER_SIZE - 32])
        body[len(b"secmsg vault") + 1] = 3
        image[copy * PAGE : copy * PAGE + len(body) + 32] = body + hashing.short(
            labels.HASH_VAULT.encode() + b"\x00", bytes(body)
        )

    with pytest.raises(StoreNewer):
        opened_in(bytes(image), OLD)


def test_a_file_that_is_no_vault_is_named_so(tmp_path: Path) -> None:
    path = tmp_path / "vault"
    made(path)
    image = bytearray(path.read_bytes())
    for copy in range(2):
        body = bytearray(image[copy * PAGE : copy * PAGE + keyslots.HEADER_SIZE - 32])
        body[0] = 0
        image[copy * PAGE : copy * PAGE + len(body) + 32] = body + hashing.short(
            labels.HASH_VAULT.encode() + b"\x00", bytes(body)
        )

    with pytest.raises(StoreDamaged):
        opened_in(bytes(image), OLD)


# --- damage


@pytest.mark.parametrize("copy", [0, 1])
def test_every_byte_flipped_in_one_copy_leaves_the_other_to_open_and_mend(tmp_path: Path, copy: int) -> None:
    path = tmp_path / "vault"
    made(path)
    image = path.read_bytes()
    start = keyslots.page_of(0, copy) * PAGE

    for place in range(0, PAGE, 7):
        damaged = bytearray(image)
        damaged[start + place] ^= 1 << (place % 8)
        pages = FragilePages(bytes(damaged))
        found = vault.open_in(pages, OLD, floor=CHEAP, random=seeded(b"open"))
        assert found.master == MASTER
        assert found.copy == 1 - copy
        mended = vault.open_in(FragilePages(pages.after_power_cut(Fate.KEPT)), OLD, floor=CHEAP, random=seeded(b"o"))
        assert mended.copy == 0


def test_every_bit_flipped_in_both_copies_opens_nothing(tmp_path: Path) -> None:
    path = tmp_path / "vault"
    made(path)
    image = path.read_bytes()
    first, second = keyslots.page_of(0, 0) * PAGE, keyslots.page_of(0, 1) * PAGE

    for place in (*range(64), *range(64, PAGE - 16, 61), *range(PAGE - 16, PAGE)):
        for bit in range(8):
            damaged = bytearray(image)
            damaged[first + place] ^= 1 << bit
            damaged[second + place] ^= 1 << bit
            assert not opens(bytes(damaged), OLD)
    # Negative control: the same check sees an undamaged image open.
    assert opens(image, OLD)


def test_every_bit_flipped_in_one_header_copy_is_made_up_for_by_the_other(tmp_path: Path) -> None:
    path = tmp_path / "vault"
    made(path)
    image = path.read_bytes()

    for place in (*range(keyslots.HEADER_SIZE + 8), PAGE - 1):
        for bit in range(8):
            damaged = bytearray(image)
            damaged[place] ^= 1 << bit
            assert opens(bytes(damaged), OLD)
            damaged[PAGE + place] ^= 1 << bit
            with pytest.raises(StoreDamaged):
                opened_in(bytes(damaged), OLD)


def test_a_slot_moved_to_another_place_does_not_open(tmp_path: Path) -> None:
    path = tmp_path / "vault"
    made(path)
    image = path.read_bytes()
    moved = bytearray(image)
    for copy in range(2):
        source, target = keyslots.page_of(0, copy) * PAGE, keyslots.page_of(5, copy) * PAGE
        moved[target : target + PAGE] = image[source : source + PAGE]
        moved[source : source + PAGE] = bytes(PAGE)

    assert not opens(bytes(moved), OLD)


def test_a_slot_of_another_vault_does_not_open(tmp_path: Path) -> None:
    made(tmp_path / "one")
    vault.create(tmp_path / "two", b"t" * 16, MASTER, OLD, cost=CHEAP, random=seeded(b"create"))
    one, two = (tmp_path / "one").read_bytes(), (tmp_path / "two").read_bytes()
    start = keyslots.page_of(0, 0) * PAGE

    mixed = one[:start] + two[start : start + 2 * PAGE] + one[start + 2 * PAGE :]

    assert not opens(mixed, OLD)


def test_a_page_that_does_not_commit_to_its_key_is_refused() -> None:
    header = vault.Header(STORE_ID, bytes(16), CHEAP, False, 1)
    key = Secret(b"k" * 32)
    sealed = keyslots.seal_page(key, b"plain".ljust(60, b"\x01"), b"ad", seeded(b"page"))

    # Read as a page of 60 bytes it is whole; as one of 40 bytes its fill is not zero.
    assert keyslots.open_page(key, sealed, b"ad", 60) is not None
    assert keyslots.open_page(key, sealed, b"ad", 40) is None
    assert header.fixed.startswith(b"secmsg vault")


# --- changes


def test_a_changed_passphrase_replaces_the_old_one_and_leaves_nothing_of_it(tmp_path: Path) -> None:
    path = tmp_path / "vault"
    recovery = made(path)
    before = path.read_bytes()
    old_pages = [page(before, keyslots.page_of(0, copy)) for copy in range(2)]

    vault.change_passphrase(path, opened(path, OLD), NEW, random=seeded(b"change"))

    after = path.read_bytes()
    assert opened(path, NEW).generation == 2
    with pytest.raises(WrongPassphrase):
        opened(path, OLD)
    assert opened(path, Sheet(recovery)).master == MASTER
    for old in old_pages:
        assert not any(old[at : at + 64] in after for at in range(0, PAGE, 64))
    # Negative control: before the change the same look finds it.
    assert all(old[:64] in before for old in old_pages)
    assert [page(after, n) for n in range(6, vault.PAGES)] == [page(before, n) for n in range(6, vault.PAGES)]


def test_a_passphrase_changed_to_itself_stays(tmp_path: Path) -> None:
    path = tmp_path / "vault"
    made(path)

    vault.change_passphrase(path, opened(path, OLD), OLD, random=seeded(b"change"))

    assert opened(path, OLD).generation == 2


def test_a_changed_passphrase_can_bind_the_vault_to_a_half(tmp_path: Path) -> None:
    path = tmp_path / "vault"
    made(path)

    vault.change_passphrase(path, opened(path, OLD), Passphrase(NEW.value, HALF), random=seeded(b"change"))

    assert vault.read_header(path).bound
    with pytest.raises(KeyringMissing):
        opened(path, NEW)


def test_a_sheet_has_no_passphrase_to_change(tmp_path: Path) -> None:
    path = tmp_path / "vault"
    recovery = made(path)

    with pytest.raises(StoreError):
        vault.change_passphrase(path, opened(path, Sheet(recovery)), NEW, random=seeded(b"change"))


def careful(pages: Pages, found: Opened) -> None:
    vault.change_in(pages, found, NEW, random=seeded(b"change"))


def careless(pages: Pages, found: Opened) -> None:
    """Overwrite both copies and sync once: what the vault must not do."""
    header = keyslots.header_of(pages)
    kek = keyslots.kek_of(header, NEW)
    for copy in range(2):
        sealed = keyslots.seal_slot(header, kek, 0, copy, MASTER, Use.OFFICER, 2, seeded(b"c" + bytes([copy])))
        pages.write(keyslots.page_of(0, copy), sealed)
    pages.sync()


def neither_opens(image: bytes, change: Callable[[Pages, Opened], None]) -> list[tuple[int, str]]:
    """Cut the power after every step, with every fate of what was not synced.

    List the cases that lock the officer out.
    """
    found = opened_in(image, OLD)
    whole = FragilePages(image)
    change(whole, found)
    locked_out = []
    for steps in range(whole.steps + 1):
        for fate in Fate.ALL:
            pages = FragilePages(image, steps)
            try:
                change(pages, found)
            except PowerCutError:
                pass
            left = pages.after_power_cut(fate)
            if not opens(left, OLD) and not opens(left, NEW):
                locked_out.append((steps, fate))
    return locked_out


def test_a_power_cut_at_any_step_of_a_change_leaves_the_old_or_the_new_passphrase(tmp_path: Path) -> None:
    path = tmp_path / "vault"
    made(path)

    assert neither_opens(path.read_bytes(), careful) == []
    # Negative control: writing both copies at once is caught by the same cuts.
    assert neither_opens(path.read_bytes(), careless) != []


def test_the_next_opening_finishes_or_undoes_an_interrupted_change(tmp_path: Path) -> None:
    path = tmp_path / "vault"
    made(path)
    image = path.read_bytes()
    found = opened_in(image, OLD)
    both_open = 0

    for steps in range(8):
        cut = FragilePages(image, steps)
        try:
            careful(cut, found)
        except PowerCutError:
            pass
        for winner, loser in ((OLD, NEW), (NEW, OLD)):
            pages = FragilePages(cut.after_power_cut(Fate.LOST))
            if opens(bytes(pages.medium), OLD) and opens(bytes(pages.medium), NEW):
                both_open += 1
                vault.open_in(pages, winner, floor=CHEAP, random=seeded(b"mend"))
                assert opens(bytes(pages.medium), winner)
                assert not opens(bytes(pages.medium), loser)
    # At least one cut leaves both: otherwise this test looked at nothing.
    assert both_open > 0


def test_a_disk_that_keeps_something_else_is_noticed_before_the_old_slot_is_touched(tmp_path: Path) -> None:
    class Forgetful(FragilePages):
        def write(self, number: int, content: bytes) -> None:
            super().write(number, content[:100] + bytes(PAGE - 100))

    path = tmp_path / "vault"
    made(path)
    pages = Forgetful(path.read_bytes())

    with pytest.raises(StoreDamaged):
        vault.change_in(pages, opened(path, OLD), NEW, random=seeded(b"change"))

    assert opens(bytes(pages.medium), OLD)


def test_a_full_disk_does_not_keep_the_officer_out_of_a_damaged_vault(tmp_path: Path) -> None:
    class Full(FragilePages):
        def write(self, number: int, content: bytes) -> None:
            raise DiskFull

    path = tmp_path / "vault"
    made(path)
    image = bytearray(path.read_bytes())
    image[keyslots.page_of(0, 1) * PAGE] ^= 1

    assert vault.open_in(Full(bytes(image)), OLD, floor=CHEAP, random=seeded(b"open")).master == MASTER


# --- officers


def test_another_officer_is_added_and_taken_away(tmp_path: Path) -> None:
    path = tmp_path / "vault"
    made(path)
    mine = opened(path, OLD)

    slot = vault.add_officer(path, mine, OTHER, random=seeded(b"add"))

    assert opened(path, OTHER).master == MASTER
    assert opened(path, OTHER).slot == slot
    assert vault.uses(path, mine).count(Use.OFFICER) == 2

    vault.remove_officer(path, mine, slot, random=seeded(b"remove"))

    with pytest.raises(WrongPassphrase):
        opened(path, OTHER)
    assert opened(path, OLD).master == MASTER
    assert vault.uses(path, mine).count(Use.OFFICER) == 1


def test_no_officer_takes_away_the_own_slot_the_sheet_s_or_a_spare_one(tmp_path: Path) -> None:
    path = tmp_path / "vault"
    made(path)
    mine = opened(path, OLD)

    for slot in (mine.slot, 1, 5, -1, vault.SLOTS):
        with pytest.raises(StoreError):
            vault.remove_officer(path, mine, slot, random=seeded(b"remove"))


def test_a_vault_has_seven_officers_at_most(tmp_path: Path) -> None:
    path = tmp_path / "vault"
    made(path)
    mine = opened(path, OLD)
    officers = [Passphrase(Secret(b"officer %d" % n), None) for n in range(6)]
    for n, officer in enumerate(officers):
        vault.add_officer(path, mine, officer, random=seeded(b"add%d" % n))

    with pytest.raises(StoreError):
        vault.add_officer(path, mine, OTHER, random=seeded(b"one more"))

    assert all(opened(path, officer).master == MASTER for officer in officers)


def test_adding_an_officer_overwrites_no_other_though_slots_are_unlabelled(tmp_path: Path) -> None:
    path = tmp_path / "vault"
    recovery = made(path)
    mine = opened(path, OLD)
    vault.add_officer(path, mine, OTHER, random=seeded(b"one"))

    vault.add_officer(path, opened(path, OTHER), NEW, random=seeded(b"two"))

    for opener in (OLD, OTHER, NEW, Sheet(recovery)):
        assert opened(path, opener).master == MASTER


def test_a_damaged_map_stops_changes_and_not_the_opening(tmp_path: Path) -> None:
    path = tmp_path / "vault"
    made(path)
    image = bytearray(path.read_bytes())
    image[2 * PAGE] ^= 1
    path.write_bytes(image)
    mine = opened(path, OLD)
    assert vault.uses(path, mine).count(Use.RECOVERY) == 1

    image[3 * PAGE] ^= 1
    path.write_bytes(image)

    assert opened(path, OLD).master == MASTER
    with pytest.raises(StoreDamaged):
        vault.uses(path, mine)


def test_after_the_sheet_only_the_new_passphrase_opens(tmp_path: Path) -> None:
    path = tmp_path / "vault"
    recovery = made(path, Passphrase(OLD.value, HALF))
    vault.add_officer(path, opened(path, Passphrase(OLD.value, HALF)), OTHER, random=seeded(b"add"))
    by_sheet = opened(path, Sheet(recovery))

    vault.start_anew(path, by_sheet, NEW, random=seeded(b"anew"))
    second = vault.replace_recovery(path, by_sheet, random=seeded(b"sheet"))

    assert opened(path, NEW).master == MASTER
    assert not vault.read_header(path).bound
    assert opened(path, Sheet(second)).master == MASTER
    for gone in (Passphrase(OLD.value, HALF), OTHER, Sheet(recovery)):
        with pytest.raises(WrongPassphrase):
            opened(path, gone)
    assert vault.uses(path, by_sheet).count(Use.OFFICER) == 1
    assert vault.uses(path, by_sheet).count(Use.RECOVERY) == 1


def test_a_new_sheet_can_be_made_by_an_officer(tmp_path: Path) -> None:
    path = tmp_path / "vault"
    recovery = made(path)

    second = vault.replace_recovery(path, opened(path, OLD), random=seeded(b"sheet"))

    assert opened(path, Sheet(second)).master == MASTER
    with pytest.raises(WrongPassphrase):
        opened(path, Sheet(recovery))


def test_an_officer_s_slot_holds_a_secret_that_a_new_passphrase_keeps(tmp_path: Path) -> None:
    path = tmp_path / "vault"
    recovery = made(path)
    mine = opened(path, OLD)
    theirs = Secret(b"t" * 32)
    vault.add_officer(path, mine, OTHER, random=seeded(b"add"), officer=theirs)

    vault.change_passphrase(path, mine, NEW, random=seeded(b"change"))

    assert mine.officer is not None
    assert opened(path, NEW).officer == mine.officer != opened(path, OTHER).officer == theirs
    assert opened(path, Sheet(recovery)).officer is None


def test_a_passphrase_that_opens_another_s_slot_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "vault"
    made(path)
    mine = opened(path, OLD)
    vault.add_officer(path, mine, OTHER, random=seeded(b"add"))
    before = path.read_bytes()

    with pytest.raises(PassphraseTaken):
        vault.add_officer(path, mine, OTHER, random=seeded(b"again"))
    with pytest.raises(PassphraseTaken):
        vault.change_passphrase(path, mine, OTHER, random=seeded(b"change"))

    assert path.read_bytes() == before


def test_a_share_opens_with_its_pin_and_neither_opens_alone(tmp_path: Path) -> None:
    path = tmp_path / "vault"
    made(path)
    share, pin = Secret(b"s" * 32), Secret(b"58201946")
    slot = vault.add_officer(path, opened(path, OLD), Share(share, pin), random=seeded(b"add"))

    found = opened(path, Share(share, pin))

    assert (found.slot, found.use, found.master) == (slot, Use.SHARE, MASTER)
    assert found.officer is not None
    for wrong in (
        Share(share, Secret(b"58201947")), Share(Secret(b"S" * 32), pin), Sheet(share), Passphrase(pin, None),
        Passphrase(pin, share),
    ):  # fmt: skip
        with pytest.raises(WrongPassphrase):
            opened(path, wrong)


def test_a_slot_is_taken_out_and_put_back_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "vault"
    made(path)
    mine = opened(path, OLD)
    slot = vault.add_officer(path, mine, OTHER, random=seeded(b"add"))
    pages = vault.held_pages(path, mine, slot)

    vault.blank(path, mine, slot, random=seeded(b"blank"))

    with pytest.raises(WrongPassphrase):
        opened(path, OTHER)
    assert vault.uses(path, mine)[slot] is Use.OFFICER
    with pytest.raises(StoreError):
        vault.put_back(path, mine, slot, pages[:-1])
    vault.put_back(path, mine, slot, pages)
    assert opened(path, OTHER).slot == slot
    for other in (mine.slot, 1, 5):
        with pytest.raises(StoreError):
            vault.held_pages(path, mine, other)


def older(path: Path) -> bytes:
    """Return a vault as the first version made it: no officer secret, version 1."""
    made(path)
    image = FragilePages(path.read_bytes())
    header = replace(vault.read_header(path), version=1)
    for copy in range(2):
        image.write(copy, keyslots.encode_header(header))
        sealed = keyslots.seal_slot(header, keyslots.kek_of(header, OLD), 0, copy, MASTER, Use.OFFICER, 1, seeded(b"o"))
        image.write(keyslots.page_of(0, copy), sealed)
    return image.after_power_cut(Fate.KEPT)


def test_a_slot_of_an_older_program_gets_its_secret_when_it_is_opened(tmp_path: Path) -> None:
    image = FragilePages(older(tmp_path / "vault"))

    first = vault.open_in(image, OLD, floor=CHEAP, random=seeded(b"open"))
    second = vault.open_in(image, OLD, floor=CHEAP, random=seeded(b"again"))

    assert first.officer is not None
    assert first.officer == second.officer
    assert keyslots.header_of(image).version == 2
    both = [
        keyslots.open_slot(keyslots.header_of(image), image, keyslots.kek_of(keyslots.header_of(image), OLD), 0, c)
        for c in (0, 1)
    ]
    assert {None if each is None else each.generation for each in both} == {2}


def cut_everywhere(image: bytes, act: Callable[[Pages], object]) -> list[tuple[int, str, bytes]]:
    """Do an act with the power cut after every step, with every fate of what was not synced; give what is left."""
    whole = FragilePages(image)
    act(whole)
    left = []
    for steps in range(whole.steps + 1):
        for fate in Fate.ALL:
            pages = FragilePages(image, steps)
            with contextlib.suppress(PowerCutError):
                act(pages)
            left.append((steps, fate, pages.after_power_cut(fate)))
    return left


def test_a_power_cut_while_an_older_slot_gets_its_secret_keeps_nobody_out(tmp_path: Path) -> None:
    image = older(tmp_path / "vault")

    for steps, fate, left in cut_everywhere(image, lambda pages: open_pages_in(pages, OLD)):
        after = FragilePages(left)
        found = open_pages_in(after, OLD)
        assert found.master == MASTER, (steps, fate)
        assert found.officer is not None
        assert open_pages_in(after, OLD).officer == found.officer


def open_pages_in(pages: Pages, opener: Opener) -> Opened:
    return vault.open_in(pages, opener, floor=CHEAP, random=seeded(b"open"))


def test_a_power_cut_at_any_step_of_adding_or_removing_leaves_the_old_or_the_new_state(tmp_path: Path) -> None:
    path = tmp_path / "vault"
    recovery = made(path)
    alone = path.read_bytes()
    mine = opened_in(alone, OLD)
    vault.add_officer(path, mine, OTHER, random=seeded(b"add"))
    together = path.read_bytes()
    states = set()

    for _, _, left in cut_everywhere(alone, lambda pages: vault.add_in(pages, mine, OTHER, random=seeded(b"add"))):
        states.add(opens(left, OTHER))
        assert opens(left, OLD)
        assert opens(left, Sheet(recovery))
        again = FragilePages(left)
        if not opens(left, OTHER):
            # What was begun costs a place at most: the next person has one, and overwrites nobody.
            vault.add_in(again, mine, NEW, random=seeded(b"new"))
            assert all(opens(again.after_power_cut(Fate.KEPT), each) for each in (OLD, NEW, Sheet(recovery)))
    for _, _, left in cut_everywhere(together, lambda pages: vault.remove_in(pages, mine, 2, random=seeded(b"r"))):
        states.add(opens(left, OTHER))
        assert opens(left, OLD)
        assert opens(left, Sheet(recovery))
        again = FragilePages(left)
        with contextlib.suppress(StoreError):  # spare already: it was finished
            vault.remove_in(again, mine, 2, random=seeded(b"again"))
        assert not opens(again.after_power_cut(Fate.KEPT), OTHER)

    # Control: the cuts show both states, so the looks above looked at something.
    assert states == {True, False}


def careless_add(pages: Pages, mine: Opened) -> None:
    """Write the slot before the map: what the vault must not do."""
    header = keyslots.header_of(pages)
    put = keyslots.Put(2, 0, Use.OFFICER, Secret(b"x" * 32))
    keyslots.put(pages, header, keyslots.kek_of(header, OTHER), put, mine, seeded(b"c"))


def test_a_slot_written_before_its_map_would_be_overwritten_by_the_next(tmp_path: Path) -> None:
    path = tmp_path / "vault"
    made(path)
    mine = opened(path, OLD)
    pages = FragilePages(path.read_bytes())
    careless_add(pages, mine)

    vault.add_in(pages, mine, NEW, random=seeded(b"new"))

    # The control of the order that `add_in` keeps.
    assert not opens(pages.after_power_cut(Fate.KEPT), OTHER)


def test_every_bit_flipped_in_both_copies_of_a_share_s_slot_opens_nothing(tmp_path: Path) -> None:
    path = tmp_path / "vault"
    made(path)
    share = Share(Secret(b"s" * 32), Secret(b"58201946"))
    slot = vault.add_officer(path, opened(path, OLD), share, random=seeded(b"add"))
    image = path.read_bytes()
    first, second = keyslots.page_of(slot, 0) * PAGE, keyslots.page_of(slot, 1) * PAGE

    for place in (*range(0, 120, 7), *range(120, PAGE, 211), PAGE - 1):
        damaged = bytearray(image)
        damaged[first + place] ^= 1 << (place % 8)
        damaged[second + place] ^= 1 << (place % 8)
        assert not opens(bytes(damaged), share)
    assert opens(image, share)


# --- erasure


def test_an_erased_vault_opens_with_nothing_and_keeps_no_page(tmp_path: Path) -> None:
    path = tmp_path / "vault"
    recovery = made(path)
    before = path.read_bytes()

    vault.erase(path, random=seeded(b"erase"))

    after = path.read_bytes()
    assert len(after) == len(before)
    assert not any(before[at : at + 32] in after for at in range(0, len(before), 32) if any(before[at : at + 32]))
    for opener in (OLD, Sheet(recovery)):
        with pytest.raises(StoreDamaged):
            opened(path, opener)


def test_erasing_where_nothing_is_does_nothing(tmp_path: Path) -> None:
    vault.erase(tmp_path / "vault", random=seeded(b"erase"))

    assert list(tmp_path.iterdir()) == []


def test_a_use_that_this_version_does_not_know_is_of_a_newer_one(tmp_path: Path) -> None:
    path = tmp_path / "vault"
    made(path)
    header = vault.read_header(path)
    plain = MASTER.reveal() + bytes([9]) + (1).to_bytes(8, "big")
    pages = FragilePages(path.read_bytes())
    place = keyslots.place(header, b"slot", 0, 0)
    pages.write(keyslots.page_of(0, 0), keyslots.seal_page(keyslots.kek_of(header, OLD), plain, place, seeded(b"p")))

    with pytest.raises(StoreNewer):
        vault.open_in(pages, OLD, floor=CHEAP, random=seeded(b"open"))


def test_a_new_slot_that_does_not_open_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "vault"
    made(path)
    found = opened(path, OLD)

    class Swapping(FragilePages):
        """Gives back what was written once, and something else afterwards."""

        reads = 0

        def read(self, number: int) -> bytes:
            content = super().read(number)
            if number != keyslots.page_of(0, 1):
                return content
            self.reads += 1
            return content if self.reads == 1 else bytes(PAGE)

    with pytest.raises(StoreDamaged):
        vault.change_in(Swapping(path.read_bytes()), found, NEW, random=seeded(b"change"))


def test_a_closed_or_cut_page_file_says_so(tmp_path: Path) -> None:
    path = tmp_path / "pages"
    with create_pages(path) as pages:
        pages.write(0, bytes(PAGE))
        with pytest.raises(StoreDamaged):
            pages.read(1)
    pages.close()

    with pytest.raises(StoreDamaged):
        pages.read(0)
