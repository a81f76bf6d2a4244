"""`secmsg hand duties`: two persons and one message."""

import pytest

from tests.helpers.program import Program


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(monkeypatch, capsys)


def test_each_person_is_told_rows_and_work(told: Program) -> None:
    out = told("hand", "duties", "--groups", "25")

    assert out.code == 0
    assert [line.split()[:2] for line in out.out.splitlines()[1:]] == [["1", "1-3"], ["2", "1-3"], ["2", "1-3"]]


def test_the_codes_of_an_incoming_message_are_halved(told: Program) -> None:
    shared = told("hand", "duties", "--groups", "25", "--tags", "2", "--incoming", "--json").json

    assert [(each["person"], each["first_row"], each["last_row"]) for each in shared] == [
        (1, 1, 3),
        (2, 1, 3),
        (1, 1, 3),
        (1, 1, 2),
        (2, 3, 3),
    ]
