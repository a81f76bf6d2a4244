"""`secmsg station relays`: what an officer types when a relay dies, moves, or must rest."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.ministry import HQ, PASSPHRASE
from tests.helpers.program import Program
from tests.helpers.world import world


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(monkeypatch, capsys)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[tuple[str, ...]]:
    with world(tmp_path) as built:
        word = tmp_path / "pass"
        word.touch(0o600)
        word.write_text(PASSPHRASE, encoding="utf-8")
        yield ("--home", str(built.root / f"station-{HQ.id}"), "--passphrase-file", str(word))


def access(folder: Path, number: int, url: str = "https://relay.example:8443") -> Path:
    file = folder / f"{number}.access"
    file.write_text(
        json.dumps(
            {
                "relay_id": bytes([number]).hex() * 16,
                "base_url": url,
                "prefix": "ab" * 16,
                "fingerprint": "cd" * 32,
                "enrol_token": "ef" * 16,
            }
        )
    )
    return file


def names(told: Program, home: tuple[str, ...]) -> list[tuple[str, bool]]:
    listed = told("station", "relays", "list", *home, "--json")
    assert (listed.code, listed.err) == (0, "")
    return [(each["name"], each["enabled"]) for each in listed.json]


def test_a_relay_is_switched_off_and_on(told: Program, home: tuple[str, ...]) -> None:
    off = told("station", "relays", "off", *home, "Kênh chính")
    assert (off.code, off.out) == (0, "Kênh chính is off; in use: none, everything waits\n")
    assert names(told, home) == [("Kênh chính", False)]

    assert told("station", "relays", "on", *home, "Kênh chính").code == 0
    assert names(told, home) == [("Kênh chính", True)]
    assert told("station", "relays", "off", *home, "Khác").code != 0


def test_a_relay_is_added_after_its_fingerprint_was_compared_and_taken_out(
    told: Program, home: tuple[str, ...], tmp_path: Path
) -> None:
    file = access(tmp_path, 7)
    read_out = told("station", "relays", "fingerprint", f"Dự phòng={file}").out.strip()

    wrong = told(
        "station", "relays", "add", *home, "--fingerprint", read_out[:-1] + "0", f"Dự phòng={access(tmp_path, 8)}"
    )
    assert wrong.code != 0
    assert names(told, home) == [("Kênh chính", True)]

    added = told("station", "relays", "add", *home, "--first", "--fingerprint", read_out, f"Dự phòng={file}")
    assert (added.code, added.out) == (0, "Dự phòng is added\n")
    assert names(told, home) == [("Dự phòng", True), ("Kênh chính", True)]
    text = told("station", "relays", "list", *home).out
    assert read_out in text
    assert "ab" * 16 not in text  # the secret prefix

    assert told("station", "relays", "remove", *home, "Dự phòng").code == 0
    last = told("station", "relays", "remove", *home, "Kênh chính")
    assert last.code != 0
    assert names(told, home) == [("Kênh chính", True)]


def test_another_address_has_another_fingerprint(told: Program, tmp_path: Path) -> None:
    first = told("station", "relays", "fingerprint", f"A={access(tmp_path, 7)}").out
    moved = told("station", "relays", "fingerprint", f"A={access(tmp_path, 7, 'https://elsewhere.example')}").out

    assert first != moved
    assert told("station", "relays", "fingerprint", f"A={tmp_path / 'pass'}").code != 0
