"""Whatever is lost – words, keyring, session, machine, disk – the post comes to send and receive, and lacks nothing.

One post goes through all of them in turn, beside headquarters and a relay that serves; after each it writes and is
written to, and everything that was there before is still there.
"""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from secmsg.errors import KeyringMissing, WrongPassphrase
from secmsg.station import enrol, passphrases
from secmsg.station.enrol import Proposal
from secmsg.station.headquarters import Seat
from secmsg.station.passphrases import Kind
from secmsg.station.reopening import Word
from secmsg.station.sheets import Paper
from secmsg.station.station import Station, open_station
from secmsg.station.unlock import ByRecovery, Unlock, by_passphrase, by_recovery
from secmsg.station.views import CableRow
from secmsg.wire.cable import Degree
from tests.helpers import backups
from tests.helpers.ministry import FAST, HQ, PARIS, PASSPHRASE, Ministry, draft, sync
from tests.helpers.running_clock import RunningClock
from tests.helpers.settled import settle_sheet
from tests.helpers.stores import MemoryKeyring

WORD = Word("Trần Thị Bình", "Cục Cơ yếu, điện thoại 14:05Z, đồng chí Lê")


class Post:
    """Paris, on whatever machine it is, with what its officer knows and has in the safe."""

    def __init__(self, ministry: Ministry, home: Path, sheet: ByRecovery, keyring: MemoryKeyring) -> None:
        self.ministry, self.home, self.sheet, self.keyring = ministry, home, sheet, keyring
        self.words = PASSPHRASE
        self.said = 0

    def open(self, words: str = "") -> Station:
        unlock = by_passphrase(words or self.words)
        return open_station(self.home, unlock, FAST, keyring=self.keyring, clock=self.ministry.clock)

    def recover(self, words: str) -> None:
        """Use the sheet in the safe, and put the new one there."""
        papers: list[Paper] = []
        with passphrases.recovering(
            self.home, Kind.STATION, self.sheet, FAST, keyring=self.keyring, clock=self.ministry.clock
        ) as recovery:
            recovery.finish(by_passphrase(words), papers.append)
        self.sheet, self.words = sheet_of(papers[0].text), words

    def talks(self) -> None:
        """Write and be written to, and lack nothing that ever was."""
        self.said += 1
        headquarters, paris = self.ministry.open(HQ), self.open()
        try:
            paris.release(draft(HQ.id, subject=f"Paris {self.said}"))
            headquarters.release(draft(PARIS.id, subject=f"Bộ {self.said}"))
            for _ in range(4):
                sync(paris)
                sync(headquarters)
            every = [f"{who} {turn + 1}" for turn in range(self.said) for who in ("Bộ", "Paris")]
            assert sorted(subjects(headquarters)) == sorted(each for each in every if each.startswith("Paris"))
            assert sorted(subjects(paris)) == sorted(each for each in every if each.startswith("Bộ"))
            assert sorted(row.subject for row in paris.sent()) == sorted(each for each in every if "Paris" in each)
        finally:
            paris.close()
            self.ministry.close(headquarters)


def sheet_of(text: str) -> ByRecovery:
    found: Unlock = by_recovery(" ".join(re.findall(r"\b\d{5}\b", text)))
    assert isinstance(found, ByRecovery)
    return found


def subjects(station: Station) -> list[str]:
    return [row.subject for row in station.inbox() if isinstance(row, CableRow)]


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    ministry = Ministry(tmp_path / "ministry", RunningClock())
    ministry.root.mkdir()
    ministry.found()
    ministry.add_relay()
    ministry.enrol(HQ)
    keyring, home = MemoryKeyring(), tmp_path / "laptop"
    made = enrol.initialise(
        home, by_passphrase(PASSPHRASE), Proposal(PARIS.id, "Nguyễn Văn Paris", "Đại sứ", PARIS.name_vi, "Paris"), FAST,
        keyring=keyring, clock=ministry.clock,
    )  # fmt: skip
    with ministry.authority() as office:
        access = [ministry.access(relay, relay.base_url) for relay in ministry.relays]
        enrolled = office.enrol(
            made.request, Seat(PARIS, Degree.TOP_SECRET), access, lambda groups: groups == made.fingerprint
        )
    found = Post(ministry, home, sheet_of(made.sheet_text), keyring)
    station = found.open()
    station.join(enrolled.kit, enrolled.activation_code)
    settle_sheet(station)
    station.close()
    ministry.publish()
    headquarters, paris = ministry.open(HQ), found.open()
    for station in (paris, headquarters, paris):
        sync(station)
    paris.close()
    ministry.close(headquarters)
    yield found
    ministry.end()


def test_each_way_back_ends_at_a_post_that_sends_and_receives(post: Post, tmp_path: Path) -> None:
    post.talks()

    # A forgotten passphrase: the sheet, a new passphrase, a new sheet.
    with pytest.raises(WrongPassphrase):
        post.open("không nhớ ra câu nào cả")
    post.recover("câu thứ hai, dài hơn trước")
    with pytest.raises(WrongPassphrase):
        post.open(PASSPHRASE)
    post.talks()

    # A lost keyring: nothing but the sheet brings the other half back.
    post.keyring.halves.clear()
    with pytest.raises(KeyringMissing):
        post.open()
    post.recover("câu thứ ba sau khi mất khóa")
    assert post.keyring.halves
    post.talks()

    # A desktop session that does not answer: nothing is changed, and the passphrase opens when it is back.
    post.keyring.present = False
    with pytest.raises(KeyringMissing):
        post.open()
    post.keyring.present = True
    post.talks()

    # A new laptop: the folder is carried there, the keyring is not.
    moved = tmp_path / "new laptop"
    shutil.copytree(post.home, moved)
    shutil.rmtree(post.home)
    post.home, post.keyring = moved, MemoryKeyring()
    with pytest.raises(KeyringMissing):
        post.open()
    post.recover("câu thứ tư trên máy mới")
    post.talks()

    # A dead disk: backup and sheet; what was sent and received after the backup is asked for again.
    usb = tmp_path / "usb"
    usb.mkdir()
    paris = post.open()
    backups.make(paris, usb)
    backups.rehearse(paris, usb)
    paris.close()
    shutil.rmtree(post.home)
    papers: list[Paper] = []
    post.home, post.keyring = tmp_path / "another disk", MemoryKeyring()
    backups.restore(usb, post.home, post.sheet, post.ministry.clock, post.keyring, papers.append)
    post.sheet, post.words = sheet_of(papers[0].text), backups.NEXT
    paris = post.open()
    assert paris.status().frozen
    paris.reopen(WORD, max(row.number for row in paris.sent()))
    sync(paris)
    paris.close()
    post.talks()
