"""Uploads as any tus 1.0 client makes them, and ranged downloads, by http.client alone."""

import base64
import hashlib
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from secmsg.crypto import randomness
from secmsg.ids import BlobId
from secmsg.links.link import RelayAddress
from secmsg.relay.blobs_disk import BlobFiles
from secmsg.relay.home import Home
from tests.helpers.raw_http import Answer, ask, conversation, raw_line, say
from tests.helpers.relays import a_relay, address_of, linked, served

OCTETS = "application/offset+octet-stream"


@pytest.fixture(scope="module")
def relay(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Home, RelayAddress]]:
    home = a_relay(tmp_path_factory.mktemp("uploads") / "relay")
    address = address_of(home)
    with served(home):
        yield home, address


class Client:
    """What a tus client knows of one upload."""

    def __init__(self, address: RelayAddress) -> None:
        self.base = address.base_url
        self.root = f"/{address.prefix}/u"
        self.blob_id = randomness.system(16)
        self.capability = randomness.system(16)
        self.path = f"{self.root}/{self.blob_id.hex()}"

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        bearer = f"Bearer {base64.b64encode(self.capability).decode()}"
        return ask(self.base, method, path, body, {"Tus-Resumable": "1.0.0", "Authorization": bearer, **named})

    def metadata(self) -> str:
        pairs = {"id": self.blob_id, "cap": self.capability, "filename": b"../../etc/passwd"}
        return ",".join(f"{key} {base64.b64encode(value).decode()}" for key, value in pairs.items())

    def create(self, length: int, body: bytes | None = None, **headers: str) -> Answer:
        return self.ask(
            "POST",
            self.root,
            body,
            Upload_Length=str(length),
            Upload_Metadata=self.metadata(),
            **({} if body is None else {"Content_Type": OCTETS}),
            **headers,
        )

    def patch(self, offset: int, body: bytes, **headers: str) -> Answer:
        return self.ask("PATCH", self.path, body, Upload_Offset=str(offset), Content_Type=OCTETS, **headers)


@pytest.fixture
def client(relay: tuple[Home, RelayAddress]) -> Client:
    return Client(relay[1])


def test_a_client_learns_what_is_offered(client: Client) -> None:
    answer = client.ask("OPTIONS", client.root)

    assert answer.status == 204
    assert answer.header("tus-version") == "1.0.0"
    assert "creation-with-upload" in answer.header("tus-extension")
    assert "sha1" in answer.header("tus-checksum-algorithm")


def test_an_upload_in_pieces_is_downloaded_whole(client: Client) -> None:
    content = os.urandom(700_001)

    created = client.create(len(content))
    location = urlsplit(created.header("location"))
    assert (created.status, location.scheme, location.path) == (201, "https", client.path)
    offset = 0
    for size in (1, 65_536, 300_000, 400_000):
        piece = content[offset : offset + size]
        answer = client.patch(offset, piece)
        offset += len(piece)
        assert (answer.status, answer.header("upload-offset")) == (204, str(offset))
    head = client.ask("HEAD", client.path)
    got = ask(client.base, "GET", client.path)

    assert head.header("upload-offset") == head.header("upload-length") == str(len(content))
    assert head.header("cache-control") == "no-store"
    assert (got.status, got.body) == (200, content)


def test_creation_may_carry_the_first_bytes_and_may_be_repeated(client: Client) -> None:
    first = client.create(10, b"01234")
    again = client.create(10, b"01234")
    bare = client.create(10)

    assert [each.header("upload-offset") for each in (first, again, bare)] == ["5", "5", "5"]
    assert client.patch(5, b"56789").status == 204
    assert ask(client.base, "GET", client.path).body == b"0123456789"


def test_a_wrong_offset_is_a_conflict_that_names_the_right_one(client: Client) -> None:
    client.create(10, b"01234")

    answer = client.patch(4, b"456789")

    assert (answer.status, answer.header("upload-offset")) == (409, "5")


def test_more_than_announced_is_refused(client: Client) -> None:
    client.create(10, b"01234")

    assert client.patch(5, b"567890").status == 404
    assert client.create(10, b"x" * 11).status == 404


def test_a_checksum_that_does_not_fit_keeps_nothing(client: Client) -> None:
    client.create(5)
    right = "sha1 " + base64.b64encode(hashlib.sha1(b"hello").digest()).decode()
    wrong = "sha256 " + base64.b64encode(bytes(32)).decode()

    refused = client.patch(0, b"hello", Upload_Checksum=wrong)
    unknown = client.patch(0, b"hello", Upload_Checksum="crc32 AAAA")
    taken = client.patch(0, b"hello", Upload_Checksum=right)

    assert (refused.status, refused.header("upload-offset")) == (460, "0")
    assert unknown.status == 404
    assert (taken.status, taken.header("upload-offset")) == (204, "5")


def test_methods_may_be_overridden_for_proxies(client: Client) -> None:
    client.create(5)

    patched = client.ask(
        "POST",
        client.path,
        b"hello",
        Upload_Offset="0",
        Content_Type=OCTETS,
        X_HTTP_Method_Override="PATCH",
    )
    seen = client.ask("POST", client.path, X_HTTP_Method_Override="HEAD")
    gone = client.ask("POST", client.path, X_HTTP_Method_Override="DELETE")

    assert (patched.status, seen.header("upload-offset"), gone.status) == (204, "5", 204)
    assert ask(client.base, "GET", client.path).status == 404


def test_a_deleted_blob_leaves_no_file(client: Client, relay: tuple[Home, RelayAddress]) -> None:
    client.create(5, b"hello")
    before = set(BlobFiles(relay[0].blobs).names())

    assert client.ask("DELETE", client.path).status == 204

    assert len(before) - len(set(BlobFiles(relay[0].blobs).names())) == 1
    assert client.ask("HEAD", client.path).status == 404


def test_an_incomplete_blob_is_not_given_out(client: Client) -> None:
    client.create(6, b"hello")

    assert ask(client.base, "GET", client.path).status == 404


@pytest.mark.parametrize(
    ("range_", "status", "expected", "content_range"),
    [
        ("bytes=0-3", 206, b"0123", "bytes 0-3/10"),
        ("bytes=4-", 206, b"456789", "bytes 4-9/10"),
        ("bytes=0-", 206, b"0123456789", "bytes 0-9/10"),
        ("bytes=8-99", 206, b"89", "bytes 8-9/10"),
        ("bytes=10-", 416, b"", "bytes */10"),
        ("bytes=3-2", 200, b"0123456789", None),
        ("bytes=-4", 200, b"0123456789", None),
        ("bytes=0-1,3-4", 200, b"0123456789", None),
        ("lines=0-1", 200, b"0123456789", None),
    ],
)
def test_ranges(client: Client, range_: str, status: int, expected: bytes, content_range: str | None) -> None:
    client.create(10, b"0123456789")

    answer = ask(client.base, "GET", client.path, None, {"Range": range_})

    assert (answer.status, answer.body) == (status, expected)
    assert dict(answer.headers).get("content-range") == content_range


def test_a_range_holds_only_for_the_same_upload(client: Client) -> None:
    client.create(10, b"0123456789")
    tag = ask(client.base, "GET", client.path).header("etag")
    same = ask(client.base, "GET", client.path, None, {"Range": "bytes=4-", "If-Range": tag})
    client.ask("DELETE", client.path)
    client.create(10, b"abcdefghij")

    other = ask(client.base, "GET", client.path, None, {"Range": "bytes=4-", "If-Range": tag})

    assert (same.status, same.body) == (206, b"456789")
    assert (other.status, other.body) == (200, b"abcdefghij")


def test_what_arrived_before_a_cut_is_kept(client: Client) -> None:
    client.create(100_000)
    with raw_line(client.base) as line:
        line.sendall(_patch_head(client, 100_000) + b"\x01" * 60_000)
        time.sleep(0.3)

    offset = _settled_offset(client)

    assert offset == 60_000
    assert client.patch(offset, b"\x02" * 40_000).status == 204
    assert ask(client.base, "GET", client.path).body == b"\x01" * 60_000 + b"\x02" * 40_000


def test_a_newer_request_takes_over_from_one_that_hangs(client: Client) -> None:
    client.create(100_000)
    with raw_line(client.base) as line:
        line.sendall(_patch_head(client, 100_000) + b"\x01" * 60_000)
        time.sleep(0.3)
        # The old line is still open and silent; the client has come back on a new one.
        conflict = client.patch(0, b"\x03" * 100_000)
        taken = client.patch(60_000, b"\x02" * 40_000)

        assert (conflict.status, conflict.header("upload-offset")) == (409, "60000")
        assert taken.status == 204


def test_a_cut_body_with_a_checksum_keeps_nothing(client: Client) -> None:
    client.create(100)
    checksum = "Upload-Checksum: sha1 " + base64.b64encode(bytes(20)).decode()
    with raw_line(client.base) as line:
        line.sendall(_patch_head(client, 100, checksum) + b"\x01" * 60)
        time.sleep(0.2)

    assert client.ask("HEAD", client.path).header("upload-offset") == "0"


def test_racing_pieces_of_one_upload_leave_it_whole(client: Client) -> None:
    content = os.urandom(200_000)
    client.create(len(content))

    def push() -> None:
        while (offset := int(client.ask("HEAD", client.path).header("upload-offset"))) < len(content):
            client.patch(offset, content[offset : offset + 30_000])

    threads = [threading.Thread(target=push) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert ask(client.base, "GET", client.path).body == content


def test_names_on_the_disk_tell_nothing(client: Client, relay: tuple[Home, RelayAddress]) -> None:
    client.create(5, b"hello")
    home = relay[0]

    on_disk = [path for path in home.path.rglob("*") if path.is_file()]

    assert not any(client.blob_id.hex() in path.name or "passwd" in path.name for path in on_disk)
    assert not any(client.blob_id in path.read_bytes() for path in on_disk)
    assert not any(client.capability in path.read_bytes() for path in on_disk)
    assert {path.stat().st_mode & 0o777 for path in home.blobs.rglob("*") if path.is_file()} == {0o600}
    assert {path.stat().st_mode & 0o777 for path in home.path.rglob("*") if path.is_dir()} == {0o700}


def test_several_requests_share_one_connection(client: Client) -> None:
    with conversation(client.base) as connection:
        head = {"Tus-Resumable": "1.0.0", "Upload-Length": "5", "Upload-Metadata": client.metadata()}
        created = say(connection, "POST", client.root, b"", head)
        kept = connection.sock
        say(connection, "OPTIONS", client.root)

        assert created.status == 201
        assert connection.sock is kept


def test_a_link_uploads_and_downloads(relay: tuple[Home, RelayAddress], tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_bytes(os.urandom(3_000_000))
    seen: list[tuple[int, int]] = []
    blob_id = BlobId(randomness.system(16))
    with linked(relay[1]) as link:
        link.upload_blob(blob_id, bytes(16), source, progress=lambda *each: seen.append(each))
        link.upload_blob(blob_id, bytes(16), source)
        link.download_blob(blob_id, target, size=3_000_000, progress=lambda *each: seen.append(each))
        link.delete_blob(blob_id, bytes(16))

    assert target.read_bytes() == source.read_bytes()
    assert seen[-1] == (3_000_000, 3_000_000)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["source", "target"]
    assert target.stat().st_mode & 0o777 == 0o600


def _patch_head(client: Client, length: int, *more: str) -> bytes:
    lines = [
        f"PATCH {client.path} HTTP/1.1",
        "Host: x",
        "Tus-Resumable: 1.0.0",
        f"Authorization: Bearer {base64.b64encode(client.capability).decode()}",
        "Upload-Offset: 0",
        f"Content-Type: {OCTETS}",
        f"Content-Length: {length}",
        *more,
    ]
    return "\r\n".join([*lines, "", ""]).encode()


def _settled_offset(client: Client) -> int:
    for _ in range(50):
        offset = int(client.ask("HEAD", client.path).header("upload-offset"))
        if offset:
            return offset
        time.sleep(0.05)
    raise AssertionError("the relay kept nothing")
