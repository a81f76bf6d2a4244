"""A relay's folder, and its keeper's commands."""

import json
import re
import socket
from pathlib import Path

import pytest
from click.testing import CliRunner

from secmsg.commands.relay import relay
from secmsg.crypto import randomness, tls
from secmsg.errors import FormatError, NotFound, ProfileInUse, StoreExists, Unreachable
from secmsg.relay import home as homes
from secmsg.relay import keeper
from secmsg.relay.admission import DECOY_PAGE
from secmsg.relay.home import Home
from secmsg.relay.server import RelayServer
from secmsg.wire import directory
from tests.helpers.authority_world import world
from tests.helpers.raw_http import ask
from tests.helpers.relays import a_relay, address_of, linked, served


def _run(*words: str) -> str:
    result = CliRunner().invoke(relay, list(words), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_a_relay_is_made_enrolled_and_counted_from_the_command_line(tmp_path: Path) -> None:
    folder = str(tmp_path / "relay")
    (tmp_path / "segment").write_bytes(b"an edition")

    base = _run("init", "--home", folder, "--port", "0").strip()
    first = json.loads(_run("enrol", "--home", folder))
    second = json.loads(_run("enrol", "--home", folder))
    published = _run("publish", "--home", folder, "--number", "7", str(tmp_path / "segment"))
    counted = json.loads(_run("stats", "--home", folder))

    assert set(first) == {"relay_id", "base_url", "prefix", "fingerprint", "enrol_token"}
    assert first["base_url"] == base
    assert base.startswith("https://127.0.0.1:")
    assert first["relay_id"] == second["relay_id"]
    assert {len(first[name]) for name in ("relay_id", "prefix", "enrol_token")} == {32}
    assert first["prefix"] != second["prefix"]
    assert first["enrol_token"] != second["enrol_token"]
    assert published == "edition 7\n"
    assert counted["editions"] == 1
    assert counted["boxes"] == 0


def test_an_edition_is_published_under_its_own_number(tmp_path: Path) -> None:
    home = a_relay(tmp_path / "relay")
    edition = world().edition
    segment = directory.encode(edition)

    assert keeper.publish(home.path, segment, None) == edition.head.number
    with served(home), linked(address_of(home)) as link:
        assert link.feed_head().number == edition.head.number
        assert link.feed_segment(edition.head.number) == segment
    with pytest.raises(FormatError):
        keeper.publish(home.path, b"no edition", None)


def test_only_the_keeper_may_read_the_folder(tmp_path: Path) -> None:
    home = a_relay(tmp_path / "relay")
    address_of(home)

    modes = {path.name: path.stat().st_mode & 0o777 for path in [home.path, *home.path.rglob("*")]}

    assert {mode for name, mode in modes.items() if (home.path / name).is_file()} == {0o600}
    assert modes["relay"] == modes["blobs"] == 0o700


def test_nothing_is_made_over_something(tmp_path: Path) -> None:
    a_relay(tmp_path / "relay")

    with pytest.raises(StoreExists):
        a_relay(tmp_path / "relay")


def test_a_relay_may_stand_behind_another_address(tmp_path: Path) -> None:
    home = Home(tmp_path / "relay")

    settings = homes.create(home, "::1", 8443, public_url="https://relay.example", now=1, random=randomness.system)

    assert settings.public_url == "https://relay.example"
    assert homes.load(home) == settings


@pytest.mark.parametrize("url", ["http://x", "https://x/path", "https://x?y", "https://", "x"])
def test_a_base_is_a_base(tmp_path: Path, url: str) -> None:
    with pytest.raises(FormatError):
        homes.create(Home(tmp_path / "r"), "127.0.0.1", 8443, public_url=url, now=1, random=randomness.system)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[" * 2000,
        '{"relay_id": "00", "host": "h", "port": 1, "public_url": "https://h"}',
        '{"relay_id": "%s", "host": "h", "port": 0, "public_url": "https://h"}' % ("00" * 16),
        '{"relay_id": "%s", "host": "h", "port": [], "public_url": "https://h"}' % ("00" * 16),
        '{"relay_id": "%s", "host": "h", "port": 1, "public_url": "ftp://h"}' % ("00" * 16),
    ],
)
def test_settings_that_say_nothing_are_refused(tmp_path: Path, text: str) -> None:
    home = a_relay(tmp_path / "relay")
    home.settings.write_text(text)

    with pytest.raises(FormatError):
        homes.load(home)


def test_a_folder_without_a_relay_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        homes.load(Home(tmp_path))


def test_one_process_serves_a_folder(tmp_path: Path) -> None:
    home = a_relay(tmp_path / "relay")
    with homes.locked(home), pytest.raises(ProfileInUse), homes.locked(home):
        pass
    with homes.locked(home):
        pass


def test_a_taken_port_is_told(tmp_path: Path) -> None:
    home = a_relay(tmp_path / "relay")
    server = RelayServer(home, lambda: 0.0, randomness.system, lambda _: None)
    with socket.create_server(("127.0.0.1", homes.load(home).port)), pytest.raises(ProfileInUse):
        server.run()


def test_a_relay_may_refuse_with_the_page_of_its_site(tmp_path: Path) -> None:
    home = a_relay(tmp_path / "relay")
    assert homes.decoy_page(home) == DECOY_PAGE
    home.page.write_bytes(b"<p>Not here.</p>")

    with served(home):
        answer = ask(homes.load(home).public_url, "GET", "/")

    assert (answer.status, answer.body) == (404, b"<p>Not here.</p>")
    home.page.write_bytes(bytes(20_000))
    with pytest.raises(FormatError):
        homes.decoy_page(home)


def test_an_edition_has_a_size(tmp_path: Path) -> None:
    home = a_relay(tmp_path / "relay")

    with pytest.raises(FormatError):
        homes.publish(home, b"", 1)
    homes.publish(home, b"one", 1)
    with pytest.raises(StoreExists):
        homes.publish(home, b"another", 1)


def test_the_fingerprint_is_that_of_the_certificate_served(tmp_path: Path) -> None:
    home = a_relay(tmp_path / "relay")

    assert address_of(home).fingerprint == tls.fingerprint(home.certificate.read_bytes())


def test_what_a_crash_left_without_a_row_is_removed_at_the_start(tmp_path: Path) -> None:
    home = a_relay(tmp_path / "relay")
    orphan = home.blobs / "ab" / ("ab" + "0" * 62)
    orphan.parent.mkdir(mode=0o700)
    orphan.write_bytes(b"left over")
    other = home.blobs / "README"
    other.write_bytes(b"the keeper's")

    with served(home):
        assert not orphan.exists()

    assert other.exists()
    assert list(orphan.parent.iterdir()) == []


def test_a_new_certificate_is_another_one_and_goes_into_every_access(tmp_path: Path) -> None:
    home = a_relay(tmp_path / "relay")
    before = address_of(home)

    told = _run("certificate", "--home", str(home.path))

    after = address_of(home)
    assert told == f"fingerprint {after.fingerprint.hex()}\n"
    assert before.fingerprint != after.fingerprint
    assert {path.stat().st_mode & 0o777 for path in (home.key, home.certificate)} == {0o600}
    with served(home), linked(after) as link:
        assert link.feed_head().number == 0
        with linked(before) as pinned, pytest.raises(Unreachable):
            pinned.feed_head()


def test_a_serving_relay_keeps_its_certificate(tmp_path: Path) -> None:
    home = a_relay(tmp_path / "relay")
    with served(home), pytest.raises(ProfileInUse):
        homes.renew(home, 1_790_000_000)


def test_an_access_may_name_the_front_proxys_certificate(tmp_path: Path) -> None:
    home = a_relay(tmp_path / "relay")
    front, _ = tls.make_certificate("localhost", 10, 1_790_000_000)
    (tmp_path / "front.crt").write_bytes(front)

    made = json.loads(
        _run("prefix", "add", "--home", str(home.path), "--certificate", str(tmp_path / "front.crt"), "m1")
    )

    assert made["fingerprint"] == tls.fingerprint(front).hex()


def test_the_service_file_runs_a_command_that_there_is() -> None:
    unit = (Path(__file__).parents[3] / "packaging/relay/secmsg-relay.service").read_text()
    words = re.findall(r"^ExecStart=\S+ -m secmsg relay (.*)$", unit, re.MULTILINE)[0].split()

    assert "--metrics" in _run(*words, "--help")
    assert words[0] == "serve"
