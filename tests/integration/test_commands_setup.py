"""`secmsg station setup`: a fresh post by one command, with a relay in a thread and headquarters' own store."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import segno

from secmsg.errors import NotAllowed, WrongPassphrase
from secmsg.office.materials import Kind
from secmsg.station.headquarters import Seat
from secmsg.station.station import Station, open_station
from secmsg.station.unlock import by_passphrase, by_recovery
from secmsg.store.keyring import NoKeyring
from tests.helpers.ministry import FAST, HQ, PARIS, PASSPHRASE, Clock, Ministry, sync
from tests.helpers.program import Program, Told

SELF = ("--number", "2", "--name", "ĐSQ Paris", "--place", "Paris", "--officer", "Lê Thị Bình", "--title", "Đại sứ")


@pytest.fixture
def bureau(tmp_path: Path) -> Iterator[Ministry]:
    """Give a ministry with a relay and headquarters enrolled; Paris is to be set up."""
    built = Ministry(tmp_path, Clock(int(time.time())))
    built.found()
    built.add_relay()
    built.enrol(HQ)
    try:
        yield built
    finally:
        built.end()


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(monkeypatch, capsys)


@contextmanager
def opened(home: Path) -> Iterator[Station]:
    station = open_station(home, by_passphrase(PASSPHRASE), FAST, keyring=NoKeyring())
    try:
        yield station
    finally:
        station.close()


class Post:
    """The files of a post that is being set up."""

    def __init__(self, bureau: Ministry, program: Program) -> None:
        self.bureau, self.program = bureau, program
        self.root = bureau.root / "post"
        self.root.mkdir()
        self.home = self.root / "home"
        self.secret = self.root / "passphrase"
        self.secret.touch(0o600)
        self.secret.write_text(PASSPHRASE)

    def setup(self, *words: str | Path) -> Told:
        return self.program("station", "setup", "--home", self.home, "--passphrase-file", self.secret, *words)

    def sheet_read_back(self, sheet: Path, *words: str | Path) -> Told:
        """Go on with a sheet that is printed in one run and typed back from the paper in the next."""
        printed = self.setup(*words, "--sheet", sheet)
        assert printed.out.endswith("the same command with --typed-file\n"), printed
        told = self.setup(*words, "--typed-file", _file(self.root / "typed", _groups(sheet)))
        assert told.code == 0, told
        return told

    def grant(self, request: Path) -> tuple[Path, Path]:
        """Let headquarters enrol the post; give kit and code as files."""
        with self.bureau.authority() as office:
            granted = office.enrol(
                request.read_bytes(),
                Seat(PARIS),
                [self.bureau.access(self.bureau.relays[0], self.bureau.relays[0].base_url)],
                lambda _: True,
            )
        self.bureau.publish()
        return _file(self.root / "kit", granted.kit), _file(self.root / "code", granted.activation_code)


@pytest.mark.timeout(120)
def test_a_fresh_post_is_set_up_by_one_command_that_goes_on_from_any_stop(bureau: Ministry, program: Program) -> None:
    post = Post(bureau, program)
    request, sheet, picture = post.root / "request", post.root / "sheet.txt", post.root / "code.png"
    hq = bureau.open(HQ)
    sync(hq)

    made = post.sheet_read_back(sheet, *SELF, "--request", request, "--sheet-place", "Két số 2")
    other = post.setup("--different")
    same = post.setup("--same")
    kit, code = post.grant(request)
    segno.make(code.read_text()).save(str(picture), scale=4)
    silent = post.setup("--kit", kit, "--code-file", picture, "--wait", "0")
    sync(hq)
    whole = post.setup("--wait", "20")
    once_more = post.setup("--wait", "0")

    assert "sheet        checked" in made.out
    assert made.out.endswith("then the same command with --same\n")
    assert (other.code, "Take no kit" in other.err) == (90, True)
    assert same.out.endswith("the same command with --kit\n")
    assert "joined       station 2, ĐSQ Paris" in silent.out
    assert re.search(r"^relay +open +\d+\.\d\d s +[+-]\d+ s$", silent.out, re.MULTILINE)
    assert "test cable   relay-holds: line and relay work; headquarters' machine has not answered yet" in silent.out
    assert whole.out.endswith("its signed receipt is here\nset-up       finished\n")
    assert "test cable   whole" in once_more.out
    with opened(post.home) as station:
        assert [row.subject for row in station.sent()] == ["Điện thử khi thiết lập máy"]
        (item,) = station.pads.items()
        assert (item.kind, item.holder) == (Kind.SHEET, "Két số 2")


def test_a_sheet_that_was_not_read_back_right_opens_nothing_once_the_next_is_made(
    bureau: Ministry, program: Program
) -> None:
    post = Post(bureau, program)
    sheet, again = post.root / "sheet.txt", post.root / "again.txt"

    post.setup(*SELF, "--sheet", sheet)
    wrong = post.setup("--typed-file", _file(post.root / "typed", "11111 22222 33333"))
    good = post.sheet_read_back(again)
    void = post.setup("--typed-file", _file(post.root / "void", _groups(sheet)))

    assert (wrong.code, "the recovery sheet" in wrong.err) == (20, True)
    assert (good.code, void.code) == (0, 0)  # it was checked before, and is not asked again
    with pytest.raises(WrongPassphrase):
        open_station(post.home, by_recovery(_groups(sheet)), FAST, keyring=NoKeyring())
    open_station(post.home, by_recovery(_groups(again)), FAST, keyring=NoKeyring()).close()


def test_no_step_is_taken_before_its_turn(bureau: Ministry, program: Program) -> None:
    post = Post(bureau, program)
    request, sheet = post.root / "request", post.root / "sheet.txt"
    post.sheet_read_back(sheet, *SELF, "--request", request)
    kit, code = post.grant(request)

    with opened(post.home) as station, pytest.raises(NotAllowed, match="fingerprint"):
        station.setup.join(kit.read_bytes(), code.read_text())
    unheard = post.setup("--same", "--kit", kit, "--code-file", _file(post.root / "other", "00000"))
    bureau.relays[0].stop()
    dead = post.setup("--kit", kit, "--code-file", code)

    assert unheard.code == 20
    assert "relay  unreached nobody answers at the relay's address" in dead.out
    assert "no relay can be used: call its keeper" in dead.out
    with opened(post.home) as station:
        assert station.setup.standing().proof is None  # no number was used for a cable that could not leave


def test_somebody_else_at_the_relays_address_is_told_apart_and_gets_nothing(bureau: Ministry, program: Program) -> None:
    post = Post(bureau, program)
    request, sheet = post.root / "request", post.root / "sheet.txt"
    post.sheet_read_back(sheet, *SELF, "--request", request, "--same")
    first = bureau.relays[0]
    stranger = bureau.add_relay("stranger")
    first.base_url, stranger.base_url = stranger.base_url, first.base_url
    kit, code = post.grant(request)

    told = post.setup("--kit", kit, "--code-file", code)

    assert "relay  other-certificate another certificate than the one of the kit was shown" in told.out


def _groups(sheet: Path) -> str:
    """Read the groups from a printed sheet, as a person copies them."""
    lines = sheet.read_text("utf-8").splitlines()
    return " ".join(line for line in lines if re.fullmatch(r"(\d{5} ?)+", line.strip()))


def _file(path: Path, content: str | bytes) -> Path:
    path.touch(0o600)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path
