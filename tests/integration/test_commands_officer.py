"""`secmsg officer` and `secmsg authority person`, from the request to the edition and back."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from secmsg import errors
from secmsg.store import paths
from tests.helpers.ministry import PARIS, PASSPHRASE
from tests.helpers.program import Program, Told
from tests.helpers.world import World, world

SECOND = "một mật khẩu khác hẳn"
PIN = "58201946"


class Post:
    """The commands of one post, with files for what they ask."""

    def __init__(self, told: Program, built: World, folder: Path) -> None:
        self._told = told
        self.built = built
        self.folder = folder
        for name, text in (("first", PASSPHRASE), ("second", SECOND), ("pin", PIN)):
            self.keep(name, text)

    def keep(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        path.chmod(0o600)
        return path

    def at(self, home: str) -> tuple[str | Path, ...]:
        return "--home", self.built.root / home

    def officer(self, verb: str, *words: str | Path, way: str = "first") -> Told:
        return self._told(
            "officer", verb, *self.at(f"station-{PARIS.id}"), "--passphrase-file", self.folder / way, *words
        )

    def run(self, *words: str | Path) -> Told:
        return self._told(*words)


@pytest.fixture
def post(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Post]:
    papers = tmp_path / "papers"
    paths.make_directory(papers)
    with world(tmp_path) as built:
        yield Post(Program(monkeypatch, capsys), built, papers)


def _add(post: Post, *words: str | Path) -> Told:
    return post.officer(
        "add", "--name", "Trần Thị Bình", "--title", "Bí thư", "--second", "Lê Đại sứ", "--new-passphrase-file",
        post.folder / "second", *words,
    )  # fmt: skip


def test_a_person_is_added_listed_by_headquarters_and_seen_in_the_list(post: Post) -> None:
    added = _add(post, "--request", post.folder / "request")
    groups = re.search(r"fingerprint +([\d ]+)", added.out)
    assert groups, added

    refused = post.run(
        "authority", "person", *post.at("authority"), "--passphrase-file", post.folder / "first", "--fingerprint",
        groups[1].strip()[:-6] + " 00000", post.folder / "request",
    )  # fmt: skip
    granted = post.run(
        "authority", "person", *post.at("authority"), "--passphrase-file", post.folder / "first", "--fingerprint",
        groups[1].strip(), "--json", post.folder / "request",
    )  # fmt: skip
    lines = post.officer("list", "--json", way="second").json

    assert refused.code in (errors.EnrolmentError.exit_code, errors.FormatError.exit_code)
    assert granted.code == 0, granted
    assert (granted.json["wish"], granted.json["name"]) == ("list", "Trần Thị Bình")
    assert [(each["number"], each["state"], each["here"]) for each in lines] == [
        (1, "active", False),
        (2, "active", True),
    ]
    assert "not listed this person yet" in lines[1]["bar"]
    assert "Trần Thị Bình" in post.officer("list").out


def test_suspending_bringing_back_removing_and_replacing(post: Post) -> None:
    _add(post)
    suspended = post.officer("suspend", "--reason", "nghi lộ", "2")
    kept_out = post.officer("list", way="second")
    back = post.officer("resume", "--second", "Lê Đại sứ", "2")
    let_in = post.officer("list", way="second")
    post.keep("third", "một mật khẩu thứ ba nữa")
    replaced = post.officer(
        "replace", "--name", "Phạm Văn Cường", "--title", "Tùy viên", "--second", "Lê Đại sứ", "--new-passphrase-file",
        post.folder / "third", "2",
    )  # fmt: skip
    gone = post.officer("list", way="second")
    removed = post.officer("remove", "--second", "Lê Đại sứ", "--yes", "3")
    log = post.officer("log", "--json").json

    assert [each.code for each in (suspended, back, let_in, replaced, removed)] == [0] * 5
    assert [each.code for each in (kept_out, gone)] == [errors.WrongPassphrase.exit_code] * 2
    assert {"suspended", "resumed", "added", "removed"} <= {each["deed"] for each in log}


def test_an_absence_needs_a_second_person_who_proves_it_or_headquarters_word(post: Post) -> None:
    _add(post)
    times = ("--from", "2026-09-21T00:00Z", "--until", "2036-09-21T00:00Z")
    year = ("--from", "2026-09-21T00:00Z", "--until", "2027-06-21T00:00Z")

    too_long = post.officer("absent", *times, "--second-passphrase-file", post.folder / "second", "1")
    same = post.officer("absent", *year, "--second-passphrase-file", post.folder / "first", "1")
    proven = post.officer("absent", *year, "--second-passphrase-file", post.folder / "second", "--deputy", "2", "1")
    listed = post.officer("absences", "--json").json
    ended = post.officer("back", "1")
    by_word = post.officer("absent", *year, "--second-person", "Lê Đại sứ", "--headquarters-word", "điện 12/BNG", "1")

    assert too_long.code == same.code == errors.NotAllowed.exit_code
    assert proven.code == 0, proven
    assert [(each["officer"], each["deputy"], each["decided"]) for each in listed] == [(1, 2, "Trần Thị Bình")]
    assert ended.code == by_word.code == 0


def test_a_head_of_mission_opens_with_share_and_pin_and_stands_by(post: Post) -> None:
    made = post.officer(
        "share", "--name", "Lê Đại sứ", "--second", "Trần Văn Sự", "--new-pin-file", post.folder / "pin", "--sheet",
        post.folder / "share.txt",
    )  # fmt: skip
    groups = " ".join(re.findall(r"\b\d{5}\b", (post.folder / "share.txt").read_text("utf-8")))
    share, wrong = post.keep("groups", groups), post.keep("wrong", "58201947")
    home = post.at(f"station-{PARIS.id}")

    read = post.run("officer", "list", *home, "--by-share", "--groups-file", share, "--pin-file", post.folder / "pin")
    guessed = post.run("officer", "list", *home, "--by-share", "--groups-file", share, "--pin-file", wrong)
    stood_by = post.officer(
        "absent", "--from", "2026-09-21T00:00Z", "--until", "2027-06-21T00:00Z", "--second-share-file", share,
        "--second-pin-file", post.folder / "pin", "1",
    )  # fmt: skip
    weak = post.officer(
        "share", "--name", "Ai đó", "--second", "Trần Văn Sự", "--new-pin-file", post.keep("weak", "12345678"),
        "--sheet", post.folder / "weak.pdf",
    )  # fmt: skip
    book = post.run("hand", "pad", "ledger", *home, "--passphrase-file", post.folder / "first")

    assert made.code == 0, made
    assert read.code == 0, read
    assert guessed.code == errors.WrongPassphrase.exit_code
    assert stood_by.code == 0, stood_by
    assert weak.code == errors.NotAllowed.exit_code
    assert not (post.folder / "weak.pdf").exists()
    assert "Phiếu của trưởng cơ quan" in book.out, book


def test_a_new_sheet_takes_the_old_one_s_place_and_recover_says_who_goes_on(post: Post) -> None:
    _add(post)
    alone = post.officer(
        "sheet", "--sheet", post.folder / "alone.txt", "--second-passphrase-file", post.folder / "first"
    )
    sheet = post.officer(
        "sheet", "--sheet", post.folder / "sheet.txt", "--second-passphrase-file", post.folder / "second"
    )
    groups = post.keep("groups", " ".join(re.findall(r"\b\d{5}\b", (post.folder / "sheet.txt").read_text("utf-8"))))
    home = post.at(f"station-{PARIS.id}")
    post.officer("list", way="second")  # the second person's key follows to the new sheet
    recover = (
        "station", "recover", *home, "--groups-file", groups, "--new-passphrase-file",
        post.keep("new", "một khởi đầu mới hẳn"), "--yes", "--sheet",
    )  # fmt: skip

    unsaid = post.run(*recover, post.folder / "next.txt")
    done = post.run(*recover, post.folder / "next2.txt", "--officer", "2")
    lines = post.officer("list", "--json", way="new").json

    # Whoever holds the sheet signs as everybody: one officer alone makes none where there are two.
    assert alone.code == errors.NotAllowed.exit_code
    assert not (post.folder / "alone.txt").exists()
    assert sheet.code == 0, sheet
    assert unsaid.code == errors.NotAllowed.exit_code
    assert "say which officer goes on" in unsaid.err
    assert done.code == 0, done
    assert [(each["number"], each["state"], each["here"]) for each in lines] == [
        (1, "removed", False),
        (2, "active", True),
    ]
    assert post.officer("list").code == errors.WrongPassphrase.exit_code
