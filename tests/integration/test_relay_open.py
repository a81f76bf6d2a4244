"""A relay in the open: who may come in, how much they may bring, what its keeper sees, and how it goes."""

import base64
import json
import os
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from secmsg.crypto import randomness
from secmsg.errors import FormatError, LinkRefused
from secmsg.ids import BlobId
from secmsg.links.link import RelayAddress
from secmsg.relay import home as homes
from secmsg.relay import server as servers
from secmsg.relay.admission import DECOY_PAGE
from secmsg.relay.home import Home
from secmsg.relay.rights_sqlite import Quota
from secmsg.relay.server import Service
from secmsg.wire.sync import DepositStatus, Refusals
from tests.helpers.cutting_proxy import cutting
from tests.helpers.raw_http import ask, raw_line, read_all
from tests.helpers.relays import a_box, a_relay, address_of, linked, served

DAY_S = 86_400


@pytest.fixture
def relay(tmp_path: Path) -> tuple[Home, RelayAddress]:
    home = a_relay(tmp_path / "relay")
    return home, address_of(home)


def _hold(lines: ExitStack, address: RelayAddress, count: int, source: str) -> int:
    """Open connections and keep them; return how many the relay let in."""
    inside = 0
    for _ in range(count):
        try:
            lines.enter_context(raw_line(address.base_url, source))
        except OSError:
            continue
        inside += 1
    return inside


def test_one_address_cannot_keep_the_others_out(relay: tuple[Home, RelayAddress]) -> None:
    home, address = relay
    with served(home, service=Service(connections_each=5)), ExitStack() as lines:
        assert _hold(lines, address, 8, "127.0.0.2") == 5

        assert ask(address.base_url, "GET", f"/{address.prefix}/f/head").status == 200


def test_without_a_limit_for_each_address_one_takes_them_all(relay: tuple[Home, RelayAddress]) -> None:
    # The control: with a limit for all together alone, the honest one is shut out.
    home, address = relay
    with served(home, service=Service(connections_each=0, connections=5)), ExitStack() as lines:
        assert _hold(lines, address, 8, "127.0.0.2") == 5

        with pytest.raises(OSError, match=r"EOF|reset|closed|aborted"):
            ask(address.base_url, "GET", f"/{address.prefix}/f/head")


def test_a_place_that_was_left_is_free_again(relay: tuple[Home, RelayAddress]) -> None:
    home, address = relay
    with served(home, service=Service(connections_each=2)):
        for _ in range(8):
            with raw_line(address.base_url) as line:
                line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                assert read_all(line).endswith(DECOY_PAGE)


def test_a_revoked_prefix_is_closed_at_once_and_the_others_stay(relay: tuple[Home, RelayAddress]) -> None:
    home, address = relay
    named = homes.enrol(home, randomness.system, name="m45", now=DAY_S)
    with served(home):
        path = f"/{named.prefix}/f/head"
        assert ask(address.base_url, "GET", path).status == 200

        homes.revoke(home, "m45")

        assert ask(address.base_url, "GET", path).body == DECOY_PAGE
        assert ask(address.base_url, "GET", f"/{address.prefix}/f/head").status == 200


def test_a_full_mailbox_refuses_keeps_what_it_has_and_tells_its_reader(relay: tuple[Home, RelayAddress]) -> None:
    home, address = relay
    box = a_box()
    now = 1_790_000_000
    with (
        served(home, service=Service(quota=Quota(box_messages=2)), clock=lambda: now),
        linked(address, lambda: now) as link,
    ):
        link.create_boxes([box.new()])
        statuses = link.deposit([box.letter() for _ in range(5)])
        told = link.sync([box.mailbox()])

    assert statuses == (DepositStatus.STORED,) * 2 + (DepositStatus.FULL,) * 3
    assert len(told.contents[0].envelopes) == 2
    assert told.refusals == (Refusals(box.box, 3, now // DAY_S),)


def test_a_day_has_a_ration_for_a_mailbox_and_for_a_prefix(relay: tuple[Home, RelayAddress]) -> None:
    home, address = relay
    poor = homes.enrol(home, randomness.system, name="poor", bytes_a_day=1024)
    box, now = a_box(), [1_790_000_000]
    quota = Quota(box_messages_a_day=3)
    with served(home, service=Service(quota=quota), clock=lambda: now[0]), linked(address, lambda: now[0]) as link:
        link.create_boxes([box.new()])
        stored, later = (DepositStatus.STORED,), (DepositStatus.LATER,)
        assert link.deposit([box.letter() for _ in range(4)]) == stored * 3 + later
        now[0] += DAY_S
        assert link.deposit([box.letter()]) == stored
        with linked(replace(address, prefix=poor.prefix), lambda: now[0]) as small:
            assert small.deposit([box.letter(), box.letter()]) == stored * 2
            assert small.deposit([box.letter()]) == later
            blob = Path(home.path).parent / "blob"
            blob.write_bytes(bytes(2000))
            with pytest.raises(LinkRefused):
                small.upload_blob(BlobId(bytes(16)), bytes(16), blob)
        link.upload_blob(BlobId(bytes(16)), bytes(16), blob)


def test_quotas_are_changed_beside_a_serving_relay(
    relay: tuple[Home, RelayAddress], monkeypatch: pytest.MonkeyPatch
) -> None:
    home, address = relay
    monkeypatch.setattr(servers, "TICK_S", 0.05)
    box = a_box()
    with served(home), linked(address) as link:
        link.create_boxes([box.new()])
        homes.quota(home, {"box_messages": 1})
        link.deposit([box.letter()])
        until = time.monotonic() + 10
        while link.deposit([box.letter()]) != (DepositStatus.FULL,):
            assert time.monotonic() < until


# The keeper's listener


def _ask_unix(path: Path, what: str) -> str:
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(str(path))
        line.sendall(f"GET {what} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        return read_all(line).decode()


@pytest.fixture
def short_folder() -> Iterator[Path]:
    """Give a folder for a Unix socket, whose path has at most 107 bytes."""
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def test_metrics_are_told_to_the_keeper_and_name_nobody(relay: tuple[Home, RelayAddress], short_folder: Path) -> None:
    home, address = relay
    box, where = a_box(), short_folder / "m"
    with served(home, service=Service(metrics=f"unix:{where}")), linked(address) as link:
        link.create_boxes([box.new()])
        link.deposit([box.letter() for _ in range(25)])
        link.sync([box.mailbox()])
        ask(address.base_url, "GET", "/")
        text = _ask_unix(where, "/-/metrics")
        live, ready, other = (_ask_unix(where, what) for what in ("/-/live", "/-/ready", "/metrics"))
        mode = where.stat().st_mode & 0o777

    assert 'secmsg_relay_deposits_total{status="stored"} 25.0' in text
    assert "secmsg_relay_refused_total 1.0" in text
    assert "secmsg_relay_messages 20.0" in text  # what is held is rounded
    assert "secmsg_relay_ready 1.0" in text
    assert "secmsg_relay_faults_total 0.0" in text
    assert (live.split()[1], ready.split()[1], other.split()[1]) == ("200", "200", "404")
    assert mode == 0o600
    for secret in (address.prefix, box.box.hex(), box.token.hex(), "127.0.0.1", *re.findall(r"[0-9a-f]{16}", text)):
        assert secret not in text


def test_the_keepers_listener_is_not_on_the_public_one(relay: tuple[Home, RelayAddress]) -> None:
    home, address = relay
    with served(home, service=Service(metrics="127.0.0.1:0")):
        for path in ("/-/metrics", "/-/ready", f"/{address.prefix}/-/metrics", "/metrics"):
            assert ask(address.base_url, "GET", path).body == DECOY_PAGE


@pytest.mark.parametrize("where", ["0.0.0.0:9464", "192.0.2.1:1", "[::]:9464", "localhost:1", "nonsense", ":1"])
def test_metrics_are_told_nowhere_else(relay: tuple[Home, RelayAddress], where: str) -> None:
    from secmsg.relay import admin

    with pytest.raises(FormatError):
        admin.listen(where)


# Uploads over lines that break, as any tus client would do them


def _bearer(capability: bytes) -> dict[str, str]:
    return {"Authorization": f"Bearer {base64.b64encode(capability).decode()}", "Tus-Resumable": "1.0.0"}


def test_an_upload_and_a_download_through_three_cuts_each_are_whole(relay: tuple[Home, RelayAddress]) -> None:
    home, address = relay
    data, name, capability = os.urandom(3_000_000), os.urandom(16), os.urandom(16)
    parts = urlsplit(address.base_url)
    far = (parts.hostname or "", parts.port or 0)
    path = f"/{address.prefix}/u"
    with served(home):
        with cutting(far, 400_000, 900_000, 700_000) as proxy:
            base = f"https://127.0.0.1:{proxy.port}"
            metadata = f"id {base64.b64encode(name).decode()},cap {base64.b64encode(capability).decode()}"
            made = ask(
                base,
                "POST",
                path,
                None,
                {"Upload-Length": str(len(data)), "Upload-Metadata": metadata, "Tus-Resumable": "1.0.0"},
            )
            blob = urlsplit(made.header("location")).path
            offset = 0
            while offset < len(data):
                headers = {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
                try:
                    ask(base, "PATCH", blob, data[offset:], {**headers, **_bearer(capability)})
                except OSError:
                    pass
                offset = int(ask(base, "HEAD", blob, None, _bearer(capability)).header("upload-offset"))
            assert proxy.done == 3
        with cutting(far, 500_000, 900_000, 800_000) as proxy:
            got = b""
            while len(got) < len(data):
                got += _some(proxy.port, blob, len(got))
            assert proxy.done == 3
    assert got == data


def _some(port: int, blob: str, offset: int) -> bytes:
    """Ask for the rest, as `curl -C -` does, and keep what came before the cut."""
    with raw_line(f"https://127.0.0.1:{port}") as line:
        line.sendall(f"GET {blob} HTTP/1.1\r\nHost: x\r\nRange: bytes={offset}-\r\nConnection: close\r\n\r\n".encode())
        head, _, body = read_all(line).partition(b"\r\n\r\n")
    assert head == b"" or head.startswith(b"HTTP/1.1 206")
    return body


def test_a_relay_that_stops_finishes_the_upload_in_hand(relay: tuple[Home, RelayAddress], short_folder: Path) -> None:
    home, address = relay
    data, name, capability = os.urandom(300_000), os.urandom(16), os.urandom(16)
    metadata = f"id {base64.b64encode(name).decode()},cap {base64.b64encode(capability).decode()}"
    where = short_folder / "m"
    with served(home, service=Service(metrics=f"unix:{where}")) as server, raw_line(address.base_url) as line:
        line.sendall(
            f"POST /{address.prefix}/u HTTP/1.1\r\nHost: x\r\nTus-Resumable: 1.0.0\r\nUpload-Length: {len(data)}\r\n"
            f"Upload-Metadata: {metadata}\r\nContent-Type: application/offset+octet-stream\r\n"
            f"Content-Length: {len(data)}\r\n\r\n".encode()
            + data[:100_000]
        )
        time.sleep(0.3)
        threading.Thread(target=server.stop).start()
        while "503" not in _ask_unix(where, "/-/ready").partition("\r\n")[0]:
            time.sleep(0.02)
        line.sendall(data[100_000:])
        answer = read_all(line)

    assert answer.startswith(b"HTTP/1.1 201")
    assert f"upload-offset: {len(data)}".encode() in answer
    with served(home):
        assert ask(address.base_url, "GET", f"/{address.prefix}/u/{name.hex()}").body == data


# The keeper's commands


def test_the_keeper_makes_lists_and_closes_prefixes_by_command(tmp_path: Path) -> None:
    from click.testing import CliRunner

    from secmsg.commands.relay import relay

    home = str(a_relay(tmp_path / "relay").path)

    def run(*words: str) -> str:
        result = CliRunner().invoke(relay, [*words], catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result.output

    made = json.loads(run("prefix", "add", "--home", home, "--bytes-a-day", "5000", "m45"))
    run("enrol", "--home", home, "--name", "m46")
    listed = run("prefix", "list", "--home", home)
    run("prefix", "revoke", "--home", home, "m45")
    left = run("prefix", "list", "--home", home)
    quota = json.loads(run("quota", "--home", home, "box_messages=77"))
    run("backup", "--home", home, str(tmp_path / "copy"))
    run("restore", "--home", str(tmp_path / "again"), str(tmp_path / "copy"))
    checked = run("check", "--home", str(tmp_path / "again"))

    assert [line.split()[-1] for line in listed.splitlines()] == ["m45", "m46"]
    assert made["prefix"] not in listed
    assert [line.split()[-1] for line in left.splitlines()] == ["m46"]
    assert quota["box_messages"] == 77
    assert checked == "sound: 0 messages, 0 blobs, 0 files without a row\n"
    assert CliRunner().invoke(relay, ["quota", "--home", home, "boxes=1"]).exit_code == 2
