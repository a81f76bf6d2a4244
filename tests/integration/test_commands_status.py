"""`secmsg status`, and the words that let a stopped store send again, as an officer meets them in a terminal."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from secmsg import errors
from tests.helpers.ministry import PARIS, draft
from tests.helpers.program import Program
from tests.helpers.world import World, world
from tests.integration.test_commands_continuity import by
from tests.integration.test_copies import rolled_back
from tests.integration.test_station_continuity import hold_back

WORDS = ("--second-person", "Trần Thị Bình", "--headquarters-word", "Điện 26 HANOI 500", "--yes")


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(monkeypatch, capsys)


@pytest.fixture
def frozen(tmp_path: Path) -> Iterator[World]:
    """Give a world whose Paris was put back to an older state and has heard so from headquarters."""
    with world(tmp_path) as made:
        headquarters, paris, canberra = rolled_back(made)
        headquarters.release(draft(PARIS.id, subject="Bộ hai"))
        headquarters.sync()
        hold_back(made)
        headquarters.release(draft(PARIS.id, subject="Bị giữ lại"))
        headquarters.release(draft(PARIS.id, subject="Bộ bốn"))
        headquarters.sync()
        paris.sync()
        for office in (headquarters, paris, canberra):
            made.close(office)
        yield made


def test_the_status_says_why_nothing_leaves(told: Program, frozen: World) -> None:
    shown = told("status", *by(frozen, PARIS.id))
    as_json = told("status", *by(frozen, PARIS.id), "--json").json

    assert "sending   FROZEN: nothing leaves, everything can be read\n" in shown.out
    assert "no keyring: a peer's word alone tells" in shown.out
    assert "serial-ahead since 20" in shown.out
    assert as_json["sending"]["frozen"]
    (doubt,) = as_json["sending"]["doubts"]
    assert doubt["cause"] == "serial-ahead"
    assert doubt["since"].endswith("Z")
    chain = next(each for each in as_json["peers"] if each["station"] == 1)
    assert f"received {chain['received']}, missing {chain['missing_count']}" in shown.out


def test_two_persons_and_headquarters_let_it_send_again(told: Program, frozen: World) -> None:
    nothing_said = told("station", "reopen", *by(frozen, PARIS.id), *WORDS)
    no_doubt = told("station", "reopen", *by(frozen, PARIS.id), *WORDS, "--peer", "1")
    no_entry = told("station", "reopen", *by(frozen, PARIS.id), *WORDS, "--entry")
    again = told("station", "reopen", *by(frozen, PARIS.id), *WORDS, "--last-number", "4")

    assert nothing_said.code == 2
    assert no_doubt.code == no_entry.code == errors.NotAllowed.exit_code
    assert again.out.startswith("sending goes on; ")
    assert "sending   open\n" in told("status", *by(frozen, PARIS.id)).out


def test_a_word_that_is_not_believed_freezes_nothing_any_more(told: Program, frozen: World) -> None:
    refused = told("station", "reopen", *by(frozen, PARIS.id), *WORDS, "--refuse")

    assert refused.out == "sending goes on; the word of station 1 freezes nothing any more\n"
    assert not told("status", *by(frozen, PARIS.id), "--json").json["sending"]["frozen"]


def test_a_copy_that_is_retired_stays_stopped(told: Program, frozen: World) -> None:
    retired = told("station", "retire", *by(frozen, PARIS.id), *WORDS)
    again = told("station", "reopen", *by(frozen, PARIS.id), *WORDS, "--last-number", "4")

    assert retired.out == "this copy is out of use; what it holds can still be read\n"
    assert again.code == errors.NotAllowed.exit_code
    assert "FROZEN" in told("status", *by(frozen, PARIS.id)).out
