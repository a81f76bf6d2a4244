"""What the wizard decides without a window: the order of its pages, what is lacking, where it goes on."""

from dataclasses import replace

import pytest

from secmsg.errors import DiskFull
from secmsg.station.backup_views import Candidate, Restored
from secmsg.station.setting_up import Compared, Proof, SetUp
from tests.helpers.ui_setup import DEAD, FRESH, GOOD
from ui.setup import restore_words
from ui.setup import state as setup
from ui.setup.state import Ask, Chosen, Lack, Made, Page, Profile, Restore, SetupState, Way

SEALED = replace(FRESH, sheet_checked=True)
SAME = replace(SEALED, compared=Compared.SAME)
JOINED = replace(SAME, joined=True)
FULL = Profile("45", "ĐSQ", "Paris", "Lê Thị Bình", "Đại sứ")


@pytest.mark.parametrize(
    ("stands", "page"),
    [
        (FRESH, Page.SHEET),
        (SEALED, Page.FINGERPRINT),
        (replace(SEALED, compared=Compared.DIFFERENT), Page.FINGERPRINT),
        (SAME, Page.KIT),
        (JOINED, Page.CHANNELS),
        (replace(JOINED, proof=Proof.RELAY_HOLDS), Page.CHANNELS),
        (replace(JOINED, proof=Proof.WHOLE), Page.FINISH),
        (replace(JOINED, finished=True), Page.FINISH),
    ],
)
def test_an_opened_store_goes_on_where_it_stands(stands: SetUp, page: Page) -> None:
    busy = SetupState(Page.PASSPHRASE, busy=True)

    went = setup.resumed(busy, stands)

    assert (went.page, went.busy, went.stands) == (page, False, stands)


def test_the_five_steps_have_eight_pages_and_each_can_go_back() -> None:
    unmade, made = SetupState(), SetupState(Page.FINISH, JOINED)
    assert [replace(unmade, page=page).step for page in unmade.pages] == [1, 2, 3]
    assert [replace(made, page=page).step for page in made.pages] == [1, 3, 4, 4, 5, 5]
    assert setup.before(unmade) is None
    assert setup.before(SetupState(Page.PASSPHRASE)) is Page.PROFILE
    assert setup.before(SetupState(Page.PASSPHRASE, busy=True)) is None
    assert setup.before(SetupState(Page.SHEET, FRESH)) is Page.LANGUAGE


def test_the_way_forward_never_passes_what_is_undone() -> None:
    assert setup.after(SetupState(Page.LANGUAGE)) is Page.PROFILE
    assert setup.after(SetupState(Page.PASSPHRASE)) is Page.PASSPHRASE
    assert setup.after(SetupState(Page.LANGUAGE, JOINED)) is Page.SHEET
    assert setup.after(SetupState(Page.SHEET, JOINED)) is Page.FINGERPRINT
    assert setup.after(SetupState(Page.SHEET, FRESH)) is Page.SHEET


def test_only_the_page_of_the_channels_is_left_by_itself() -> None:
    whole = replace(JOINED, proof=Proof.WHOLE)
    assert setup.looked(SetupState(Page.CHANNELS, JOINED), whole).page is Page.FINISH
    assert setup.looked(SetupState(Page.LANGUAGE, JOINED), whole).page is Page.LANGUAGE
    assert setup.looked(SetupState(Page.CHANNELS, JOINED), JOINED).page is Page.CHANNELS


def test_the_channels_are_tested_before_a_cable_is_sent_and_none_is_sent_into_nothing() -> None:
    page = SetupState(Page.CHANNELS, JOINED)
    assert setup.coming(page) is Ask.TEST_CHANNELS
    assert setup.coming(replace(page, tested=(DEAD, GOOD))) is Ask.SEND_TEST
    assert setup.coming(replace(page, tested=(DEAD,))) is Ask.FINISH
    sent = replace(page, stands=replace(JOINED, proof=Proof.HERE), tested=(GOOD,))
    assert (setup.coming(sent), sent.proof, page.proof, SetupState().proof) == (Ask.FINISH, Proof.HERE, None, None)


@pytest.mark.parametrize(
    ("profile", "lack"),
    [
        (replace(FULL, number=""), Lack.NUMBER),
        (replace(FULL, number="0"), Lack.NUMBER),
        (replace(FULL, number="65536"), Lack.NUMBER),
        (replace(FULL, number="٤٥"), Lack.NUMBER),
        (replace(FULL, name=" "), Lack.NAME),
        (replace(FULL, officer="x" * 121), Lack.OFFICER),
        (replace(FULL, title=""), Lack.TITLE),
        (replace(FULL, place=""), None),
        (FULL, None),
    ],
)
def test_a_profile_says_what_it_lacks_first(profile: Profile, lack: Lack | None) -> None:
    assert setup.profile_lack(profile) is lack


def test_passphrase_groups_and_kit_say_what_they_lack() -> None:
    assert setup.passphrase_lack("x" * 11, "x" * 11) is Lack.SHORT
    assert setup.passphrase_lack("x" * 12, "y" * 12) is Lack.DIFFER
    assert setup.passphrase_lack("x" * 12, "x" * 12) is None
    assert setup.read_back_lack("1 2", "két", 3) is Lack.GROUPS
    assert setup.read_back_lack("1 2 3", " ", 3) is Lack.WHERE
    assert setup.read_back_lack("1 2 3", "két", 3) is None
    assert setup.read_back_lack("1 2 3", None, 3) is None
    assert setup.joining_lack("", "1") is Lack.KIT
    assert setup.joining_lack("/k", " ") is Lack.CODE
    assert setup.joining_lack("/k", "1") is None


def test_the_bar_is_full_at_a_hundred_bits_and_no_secret_is_in_a_repr() -> None:
    assert [setup.bar(bits) for bits in (0.0, 50.0, 100.0, 500.0)] == [0, 50, 100, 100]
    assert "bi mat" not in repr(Made(FULL, "bi mat"))
    assert "bi mat" not in repr(setup.SheetAsked("bi mat")) + repr(setup.ReadBack("bi mat", ""))
    assert "bi mat" not in repr(setup.Joining("", "bi mat"))
    assert "bi mat" not in repr(Restore(Chosen("/usb", "bi mat"), "bi mat"))


def test_the_way_from_a_backup_has_its_own_pages_and_no_way_back_once_it_is_under_way() -> None:
    begun = SetupState(Page.PROFILE, way=Way.RESTORE)
    assert setup.after(begun) is Page.BACKUP
    assert setup.after(replace(begun, page=Page.BACKUP)) is Page.PASSPHRASE
    assert [replace(begun, page=page).step for page in begun.pages] == [1, 2, 2, 3, 4, 4, 5]
    assert setup.before(replace(begun, page=Page.PASSPHRASE)) is Page.BACKUP
    assert [replace(begun, page=page).under_way for page in begun.pages] == [False] * 4 + [True, True, False]
    for page in (Page.RESTORING, Page.SHEET, Page.RESTORED):
        assert setup.before(replace(begun, page=page)) is None


def test_a_restore_asks_who_goes_on_shows_the_sheet_and_ends_where_the_next_try_begins() -> None:
    binh = Candidate(1, "Bình", "Cán bộ cơ yếu")
    went = setup.restoring(SetupState(Page.PASSPHRASE, way=Way.RESTORE, shown=True))
    assert (went.page, went.busy, went.shown) == (Page.RESTORING, True, False)
    asked = setup.asked_who(went, (binh,))
    assert (asked.page, asked.busy, asked.officers) == (Page.RESTORING, False, (binh,))
    shown = setup.shown_sheet(asked)
    assert (shown.page, shown.busy, shown.officers, shown.shown) == (Page.SHEET, False, (), True)
    failed = setup.not_restored(shown)
    assert (failed.page, failed.busy, failed.shown) == (Page.BACKUP, False, True)
    restored = Restored(1, 2, 3, bound=False)
    ended = setup.came_back(shown, restored)
    assert (ended.page, ended.busy, ended.restored) == (Page.RESTORED, False, restored)


def test_folder_and_groups_are_asked_for() -> None:
    assert setup.backup_lack("", "1") is Lack.FOLDER
    assert setup.backup_lack("/usb", " ") is Lack.OLD_SHEET
    assert setup.backup_lack("/usb", "1") is None


def test_the_way_of_a_new_passphrase_has_four_steps_and_ends_at_its_own_page() -> None:
    begun = SetupState(Page.GROUPS, way=Way.ANEW)
    assert begun.pages == (Page.GROUPS, Page.PASSPHRASE, Page.RESTORING, Page.SHEET, Page.RENEWED)
    assert ([replace(begun, page=page).step for page in begun.pages], begun.steps) == ([1, 2, 3, 3, 4], 4)
    assert SetupState().steps == 5
    assert setup.after(begun) is Page.PASSPHRASE
    assert setup.before(replace(begun, page=Page.PASSPHRASE)) is Page.GROUPS
    for page in (Page.GROUPS, Page.RESTORING, Page.SHEET, Page.RENEWED):
        assert setup.before(replace(begun, page=page)) is None
    asked = setup.asked_who(setup.restoring(begun), (Candidate(1, "Bình", "Cán bộ cơ yếu"),))
    assert setup.renewed(asked).several
    assert not setup.renewed(setup.restoring(asked)).several
    assert setup.renewed(asked).page is Page.RENEWED
    assert setup.not_restored(asked).page is Page.GROUPS
    assert "bi mat" not in repr(setup.Anew("bi mat", "bi mat")) + repr(setup.SheetGiven("bi mat"))


def test_once_the_new_sheet_was_read_back_it_is_not_said_that_nothing_was_changed() -> None:
    before = restore_words.anew(DiskFull("no room"), shown=True, read_back=False)
    after = restore_words.anew(DiskFull("no room"), shown=True, read_back=True)
    assert "Nothing was changed" in before
    assert "destroy it" in before
    assert "Keep both sheets" in after
    assert "Nothing was changed" not in after
    assert "destroy" not in after
