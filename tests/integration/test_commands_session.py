"""`secmsg session` and `secmsg recovery`: what an officer types when two machines have lost each other."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.ministry import HQ, PARIS, PASSPHRASE, draft
from tests.helpers.program import Program
from tests.helpers.world import World, world

Home = tuple[str, ...]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(monkeypatch, capsys)


@pytest.fixture
def built(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path) as made:
        office = made.open(HQ)
        office.sync()  # the edition that lists Paris
        made.close(office)
        yield made


def home(built: World, number: int) -> Home:
    return (
        "--home",
        str(built.root / f"station-{number}"),
        "--passphrase-file",
        str(private(built, "pass", PASSPHRASE)),
    )


def private(built: World, name: str, text: str) -> Path:
    file = built.root / name
    file.touch(0o600)
    file.write_text(text, encoding="utf-8")
    return file


def test_a_session_from_two_sheets_of_paper(told: Program, built: World) -> None:
    # given sheets that headquarters (machine 1) has printed for Paris (machine 2)
    here, there = home(built, HQ.id), home(built, PARIS.id)
    sheets = built.root / "sheets.txt"
    made = told("recovery", "make", *here, "--count", "2", "--sheets", sheets, "2")
    assert (made.code, made.err) == (0, "")
    assert made.out.startswith("numbers  1 to 2, each for both ends")
    assert told("recovery", "make", *here, "--sheets", sheets, "2").code != 0  # nothing is overwritten
    secret = private(built, "secret", sheets.read_text(encoding="utf-8").split("\f")[0].split("\n\n")[1])
    use = ("--number", "1", "--secret-file", secret)

    # when both offices use number 1
    first = told("recovery", "begin", *here, *use, "--reason", "damaged", "2")
    assert first.code == 0
    listed = told("recovery", "list", *here).out
    assert first.out.strip() in listed
    assert secret.read_text().split()[0] not in listed
    answer = told("recovery", "answer", *there, *use, "--packet-file", private(built, "first", first.out), "1")
    assert answer.code == 0
    back = private(built, "back", answer.out)
    finished = told("recovery", "finish", *here, "--number", "1", "--packet-file", back, "2")
    assert (finished.code, finished.out) == (0, "the session stands at both ends; destroy sheet 1\n")

    # then both say the same session, that it is from paper, and show the break until it is acknowledged by name
    ours, theirs = (told("session", "list", *each, "--json").json for each in (here, there))
    assert ours["sessions"][0]["session"] == theirs["sessions"][0]["session"]
    assert ours["sessions"][0]["origin"] == "paper"
    assert "from paper: thin packets alone" in told("session", "list", *here).out
    (shown,) = ours["breaks"]
    assert (shown["reason"], shown["acknowledged_at"]) == ("damaged", None)
    assert "NOT ACKNOWLEDGED" in told("station", "status", *here).out
    assert "seen by Nguyễn Văn Hanoi" in told("session", "acknowledge", *here, str(shown["number"])).out
    assert "NOT ACKNOWLEDGED" not in told("station", "status", *here).out
    assert told("recovery", "begin", *here, *use, "--reason", "damaged", "2").code == 50
    assert [each["state"] for each in told("recovery", "list", *here, "--json").json] == ["burnt", "sealed"]


def test_sessions_are_listed_with_their_ages_and_begun_anew(told: Program, built: World) -> None:
    # given a cable each way
    offices = built.open(HQ), built.open(PARIS)
    for office in offices:
        office.sync()
    offices[0].release(draft(PARIS.id))
    built.settle(*offices)
    for office in offices:
        built.close(office)
    here = home(built, HQ.id)

    # when the list is asked for
    (found,) = told("session", "list", *here, "--json").json["sessions"]

    # then it says when keys were last fresh and the last post-quantum step was
    assert (found["device"], found["generation"], found["origin"]) == (2, 1, "handshake")
    assert found["last_turn_at"] >= found["last_pq_at"] > 0
    assert found["thin"] in ("ready", "worn")  # the clock of the command is not the world's
    text = told("session", "list", *here).out
    assert "fresh keys" in text
    assert "in use" in text
    assert "no session yet" in told("session", "list", *home(built, 3)).out

    # and a reset is noted, named by number, and acknowledged when its session is open
    reset = told("session", "reset", *here, "--reason", "compromise", "--yes", "2")
    assert reset.out == "break 1: the next `secmsg sync` opens a new session with machine 2\n"
    assert "given up, a new one comes with the next contact" in told("session", "list", *here).out
    assert told("session", "acknowledge", *here, "1").code == 80
    assert told("session", "acknowledge", *here, "9").code == 67
    assert told("session", "provision", *here, private(built, "no-request", "x")).code == 20
