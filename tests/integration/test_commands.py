"""The README's path on the command line, each step a process of its own."""

import os
import stat
from pathlib import Path

import pytest

from tests.helpers.command_line import BO, CHEAP, PARIS, PASSPHRASE, PRODUCT, Office, good, run, serving

LETTER = "Kính gửi Đại sứ quán,\n1. Nội dung của điện.\n"


@pytest.mark.timeout(300)
def test_a_cable_goes_from_one_profile_to_another_by_commands_alone(tmp_path: Path) -> None:
    office = Office(tmp_path / "office")
    paper = tmp_path / "phụ lục.pdf"
    paper.write_bytes(os.urandom(5_000_000))
    office.found()
    with serving(office.relay, tmp_path / "relay.out"):
        office.enrol(BO, PARIS)
        good("sync", *office.of(PARIS))
        good("sync", *office.of(BO))

        sent = run(
            "send", *office.of(BO), "--to", "dsq paris", "--degree", "secret", "--basis", "Điều 3", "--topic", "A1",
            "--subject", "Về chuyến thăm", "--body-file", "-", "--attach", f"{paper}:3", "--drafter", "Trần Thị Soạn",
            "--json", given=LETTER, module=CHEAP,
        )  # fmt: skip
        released = sent.json
        good("sync", *office.of(BO))
        came = good("sync", *office.of(PARIS)).out
        (row,) = good("list", "inbox", *office.of(PARIS), "--json").json
        view = good("show", *office.of(PARIS), "--json", released["mrn"]).json
        exported = tmp_path / "exported"
        exported.mkdir()
        good("export", *office.of(PARIS), released["cable_id"][:8], exported)
        good("acknowledge", *office.of(PARIS), released["mrn"])
        good("sync", *office.of(PARIS))
        good("sync", *office.of(BO))
        receipts = good("show", *office.of(BO), "--json", released["mrn"]).json["receipts"]

    assert (sent.code, sent.err) == (
        0, "phụ lục.pdf: metadata not checked: a type that is not known; sent as it is\n",
    )  # fmt: skip
    assert released["number"] == 1
    assert released["mrn"].endswith(" HANOI 001")
    assert came.startswith("1 cables came")
    assert (row["kind_of_row"], row["mrn"], row["degree"], row["read"]) == ("cable", released["mrn"], "secret", False)
    assert view["cable"]["body"] == LETTER.rstrip("\n")
    assert view["cable"]["subject"] == "Về chuyến thăm"
    assert view["verification"]["signature_ok"] is True
    assert view["verification"]["person_name"] == BO.officer
    assert view["attachments"][0]["state"] == "ready"
    assert (exported / "phụ lục.pdf").read_bytes() == paper.read_bytes()
    assert {each["level"] for each in receipts} == {"arrived", "deciphered", "registered"}
    assert [each["evidence"] for each in receipts if each["level"] == "registered"] == ["person"]
    made_by_test = {"editions", "1-access.json", "2-access.json"}
    for path in office.root.rglob("*"):
        assert path.name in made_by_test or not stat.S_IMODE(path.stat().st_mode) & 0o077, path


@pytest.mark.timeout(200)
def test_the_installed_program_opens_what_it_made_and_nothing_else_does(tmp_path: Path) -> None:
    right, wrong = tmp_path / "right", tmp_path / "wrong"
    for file, text in ((right, PASSPHRASE), (wrong, "mười hai con giáp 2027")):
        file.touch(0o600)
        file.write_text(text, encoding="utf-8")
    home = tmp_path / "home"
    good(
        "station", "init", "--home", home, "--passphrase-file", right, "--number", "2", "--name", "ĐSQ Paris",
        "--officer", "Lê Thị Bình", "--title", "Đại sứ", "--request", tmp_path / "request", "--sheet",
        tmp_path / "sheet.pdf", module=PRODUCT,
    )  # fmt: skip

    opened = run("station", "status", "--home", home, "--passphrase-file", right, module=PRODUCT)
    refused = run("station", "status", "--home", home, "--passphrase-file", wrong, module=PRODUCT)
    primitives = run("selftest", module=PRODUCT)
    version = run("--version", module=PRODUCT)

    assert (opened.code, opened.err) == (0, "")
    assert "has not joined" in opened.out
    assert refused.code == 61
    assert refused.err.startswith("secmsg: ")
    assert "the store is unharmed" in refused.err
    assert refused.err.count("\n") == 1
    assert primitives.code == 0
    assert primitives.out.endswith("primitives answer as published\n")
    assert version.out == "secmsg, version 0.1.0\n"
