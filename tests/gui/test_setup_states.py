"""What the wizard decides without a window: the order of its pages, what is lacking, where it goes on."""

from dataclasses import replace

import pytest

from secmsg.station.setting_up import Compared, Proof, SetUp
from tests.helpers.ui_setup import DEAD, FRESH, GOOD
from ui.setup import state as setup
from ui.setup.state import Ask, Lack, Made, Page, Profile, SetupState

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
    assert setup.joining_lack("", "1") is Lack.KIT
    assert setup.joining_lack("/k", " ") is Lack.CODE
    assert setup.joining_lack("/k", "1") is None


def test_the_bar_is_full_at_a_hundred_bits_and_no_secret_is_in_a_repr() -> None:
    assert [setup.bar(bits) for bits in (0.0, 50.0, 100.0, 500.0)] == [0, 50, 100, 100]
    assert "bi mat" not in repr(Made(FULL, "bi mat"))
    assert "bi mat" not in repr(setup.SheetAsked("bi mat")) + repr(setup.ReadBack("bi mat", ""))
    assert "bi mat" not in repr(setup.Joining("", "bi mat"))
