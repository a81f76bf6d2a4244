"""`secmsg hand card`, without a profile."""

import pytest

from tests.helpers.program import Program


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(monkeypatch, capsys)


def test_the_card_shows_ten_emergencies_with_their_codes(told: Program) -> None:
    shown, as_json = told("hand", "card"), told("hand", "card", "--json")

    lines = as_json.json["lines"]
    assert (shown.code, as_json.code, as_json.json["edition"]) == (0, 0, 1)
    assert [line["number"] for line in lines] == list(range(1, 11))
    assert all(line["text"] in shown.out and " ".join(line["codes"]) in shown.out for line in lines)
    assert "not enciphered" in shown.err


def test_an_edition_that_is_not_here_has_no_card(told: Program) -> None:
    said = told("hand", "card", "--edition", "77")

    assert said.code != 0
    assert "edition 77" in said.err
