"""A post made step by step, by `init` and `join`, gives no number before its recovery sheet was read back."""

import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from secmsg.errors import SheetUnchecked, WrongPassphrase
from secmsg.office.materials import Kind
from secmsg.station import enrol, first_sheet, release
from secmsg.station.enrol import Proposal
from secmsg.station.headquarters import Seat
from secmsg.station.setting_up import Compared
from secmsg.station.station import Station, open_station
from secmsg.station.unlock import ByRecovery, by_passphrase, by_recovery
from secmsg.wire.cable import Degree
from tests.helpers.ministry import FAST, HQ, KEYRING, PARIS, PASSPHRASE, Clock, Ministry, draft
from tests.helpers.program import Program


@dataclass(frozen=True, slots=True)
class Post:
    ministry: Ministry
    home: Path
    groups: tuple[str, ...]
    kit: bytes
    code: str

    @property
    def sheet(self) -> ByRecovery:
        return by_recovery(" ".join(self.groups))

    def open(self) -> Station:
        return open_station(self.home, by_passphrase(PASSPHRASE), FAST, keyring=KEYRING, clock=self.ministry.clock)


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    """Give a post that was granted and has not joined."""
    ministry = Ministry(tmp_path / "ministry", Clock(int(time.time())))
    ministry.root.mkdir()
    ministry.found()
    ministry.add_relay()
    ministry.enrol(HQ)
    home = tmp_path / "post"
    made = enrol.initialise(
        home, by_passphrase(PASSPHRASE), Proposal(PARIS.id, "Lê Thị Bình", "Đại sứ", PARIS.name_vi, "Paris"), FAST,
        keyring=KEYRING, clock=ministry.clock,
    )  # fmt: skip
    with ministry.authority() as office:
        access = [ministry.access(relay, relay.base_url) for relay in ministry.relays]
        granted = office.enrol(made.request, Seat(PARIS, Degree.TOP_SECRET), access, lambda _: True)
    yield Post(ministry, home, first_sheet.groups_in(made.sheet_text), granted.kit, granted.activation_code)
    ministry.end()


def _sheets(station: Station) -> list[tuple[Kind, str]]:
    return [(each.kind, each.holder) for each in station.pads.items() if each.kind is Kind.SHEET]


def test_no_number_is_given_before_the_sheet_was_read_back(post: Post) -> None:
    with closing(post.open()) as station:
        station.join(post.kit, post.code)
        kept = station.save_draft(None, draft(HQ.id))
        with pytest.raises(SheetUnchecked):
            station.prepare_release(draft(HQ.id))
        with pytest.raises(SheetUnchecked):
            station.release(draft(HQ.id), kept)
        with pytest.raises(SheetUnchecked):
            release.check(station.desk, draft(HQ.id), station.desk.now(), by_hand=True)
        with pytest.raises(SheetUnchecked), station.desk.db.transaction():
            release.enter_release(station.desk, draft(HQ.id), kept, (), station.desk.now())
        assert (station.sent(), station.outbox()) == ((), ())
        assert station.draft(kept) == draft(HQ.id)
        # The window leads to the sheet, and not past it.
        stands = station.setup.standing()
        assert (stands.begun, stands.joined, stands.sheet_checked) == (True, True, False)

        station.setup.prove_sheet(post.sheet, "Két số 2")

        assert _sheets(station) == [(Kind.SHEET, "Két số 2")]
        assert station.release(draft(HQ.id), kept).number == 1
        assert not station.setup.standing().begun


def test_a_sheet_checked_before_the_kit_enters_the_ledger_with_the_kit(post: Post) -> None:
    with closing(post.open()) as station:
        station.setup.prove_sheet(post.sheet, "Két số 2")
        station.join(post.kit, post.code)

        assert _sheets(station) == [(Kind.SHEET, "Két số 2")]
        assert station.release(draft(HQ.id)).number == 1
        assert station.setup.standing().compared is Compared.NOT_YET


def test_a_sheet_that_opens_another_store_counts_for_nothing(post: Post) -> None:
    with closing(post.open()) as station:
        station.join(post.kit, post.code)
        other = first_sheet.make(post.home, station.desk, by_passphrase(PASSPHRASE), FAST, keyring=KEYRING)

        with pytest.raises(WrongPassphrase):
            station.setup.prove_sheet(post.sheet, "Két số 2")
        with pytest.raises(SheetUnchecked):
            station.release(draft(HQ.id))

        station.setup.check_sheet(other, " ".join(other.groups[place - 1] for place in other.asked), "Két số 2")
        assert station.release(draft(HQ.id)).number == 1


def test_the_command_says_what_to_do_and_checks_the_sheet_from_a_file(
    post: Post, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    program = Program(monkeypatch, capsys)
    groups, secret, text = (tmp_path / name for name in ("groups", "passphrase", "text"))
    for path, content in ((groups, " ".join(post.groups)), (secret, PASSPHRASE), (text, "Kính gửi Bộ, xin báo.")):
        path.touch(0o600)
        path.write_text(content, encoding="utf-8")
    of = ("--home", post.home, "--passphrase-file", secret)
    send = (
        "send", *of, "--degree", "unclassified", "--urgency", "routine", "--to", f"{HQ.id}", "--topic", "HANHCHINH",
        "--subject", "Báo cáo", "--drafter", "Lê Thị Bình", "--drafter-title", "Đại sứ", "--body-file", text,
    )  # fmt: skip
    with closing(post.open()) as station:
        station.join(post.kit, post.code)

    refused = program(*send)
    checked = program("station", "sheet", "check", *of, "--groups-file", groups, "--sheet-place", "Két số 2")
    sent = program(*send)

    assert refused.code == SheetUnchecked.exit_code
    assert "`secmsg station sheet check`" in refused.err
    assert "no number was used" in refused.err
    assert checked.out == (
        "sheet  checked: it opens this store. Seal it, put it into the safe\nledger it stands there\n"
    )
    assert (sent.code, sent.err) == (0, "")
