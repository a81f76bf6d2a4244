"""Every refusal of a relay is the same bytes, whatever was wrong."""

import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from secmsg.crypto import labels, randomness
from secmsg.crypto.hashing import short
from secmsg.crypto.secret import Secret
from secmsg.crypto.signing import ReaderKey, reader_from_seed, reader_sign
from secmsg.ids import BlobId, DepositToken
from secmsg.links.link import RelayAddress
from secmsg.relay import rights_sqlite
from secmsg.relay.admission import DECOY_PAGE
from secmsg.wire import sync
from secmsg.wire.sync import (
    BoxProof,
    ClockAnswer,
    Create,
    Creation,
    Deposit,
    DepositRequest,
    Fetch,
    SyncRequest,
    TtlClass,
)
from tests.helpers.raw_http import Answer, ask, raw_line, read_all
from tests.helpers.relays import Box, a_box, a_relay, address_of, linked, served

HEAD = (
    b"HTTP/1.1 404 Not Found\r\ncontent-type: text/html\r\ncontent-length: "
    + str(len(DECOY_PAGE)).encode()
    + b"\r\nconnection: close\r\n\r\n"
)
BLOB = BlobId(b"\x0b" * 16)
CAPABILITY = b"\x0c" * 16


@dataclass(frozen=True, slots=True)
class World:
    address: RelayAddress
    box: Box

    @property
    def path(self) -> str:
        return f"/{self.address.prefix}"

    def signed(
        self,
        request: SyncRequest,
        *,
        key: ReaderKey | None = None,
        prefix: str | None = None,
        relay_id: bytes | None = None,
        label: str = labels.RELAY_REQUEST,
    ) -> bytes:
        signer = key or self.box.key
        cbor = sync.encode_request(request)
        prefix_hash = short((prefix or self.address.prefix).encode())[:16]
        text = sync.request_input(relay_id or self.address.relay_id, prefix_hash, cbor)  # type: ignore[arg-type]  # another relay's id
        signature = reader_sign(signer, label.encode() + b"\0" + text)
        return sync.frame_signed(short(signer.public)[:16], signature, cbor)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    home = a_relay(tmp_path_factory.mktemp("decoy") / "relay")
    address = address_of(home)
    box = a_box()
    source = home.path.parent / "blob"
    source.write_bytes(b"sealed")
    with served(home), linked(address) as link:
        link.create_boxes([box.new()])
        link.upload_blob(BLOB, CAPABILITY, source)
        yield World(address, box)


def _now() -> int:
    import time

    return int(time.time())


def _request(world: World, **fields: object) -> SyncRequest:
    return SyncRequest(_now(), randomness.system(8), fetches=(Fetch(world.box.box),), **fields)  # type: ignore[arg-type]  # the fields of the case


def _post(world: World, body: bytes, headers: dict[str, str] | None = None) -> Answer:
    return ask(world.address.base_url, "POST", f"{world.path}/s", body, headers)


def _go(method: str, path: str, **headers: str) -> Callable[[World], Answer]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda world: ask(world.address.base_url, method, path.format(p=world.path, blob=BLOB.hex()), None, named)


def _stranger() -> ReaderKey:
    return reader_from_seed(Secret(b"\x77" * 32))


def _flipped(world: World) -> Answer:
    body = bytearray(world.signed(_request(world)))
    body[30] ^= 1
    return _post(world, bytes(body))


def _bad_proof(world: World) -> Answer:
    proof = BoxProof(world.box.box, short(world.box.key.public)[:16], bytes(64))
    return _post(world, world.signed(_request(world, proofs=(proof,))))


def _newcomer(world: World) -> Answer:
    key = _stranger()
    create = Create(a_box().box, key.public, bytes(32))
    request = SyncRequest(_now(), randomness.system(8), creation=Creation(bytes(16), (create,)))
    return _post(world, world.signed(request, key=key))


def _newcomer_for_another(world: World) -> Answer:
    create = Create(a_box().box, world.box.key.public, bytes(32))
    creation = Creation(world.address.enrol_token, (create,))
    request = SyncRequest(_now(), randomness.system(8), creation=creation)
    return _post(world, world.signed(request, key=_stranger()))


def _deposit(world: World, token: bytes) -> Answer:
    letter = Deposit(world.box.box, DepositToken(token), randomness.system(16), TtlClass.DAY, bytes(512))  # type: ignore[arg-type]  # random id
    return _post(world, sync.encode_deposits(DepositRequest((letter,))))


def _tus(method: str, path: str, capability: bytes = CAPABILITY, **headers: str) -> Callable[[World], Answer]:
    return _go(
        method,
        path,
        Authorization=f"Bearer {base64.b64encode(capability).decode()}",
        Tus_Resumable="1.0.0",
        **headers,
    )


def _metadata(blob_id: bytes = BLOB, capability: bytes = CAPABILITY) -> str:
    return f"id {base64.b64encode(blob_id).decode()},cap {base64.b64encode(capability).decode()}"


FAILURES: dict[str, Callable[[World], Answer]] = {
    "no path": _go("GET", "/"),
    "another prefix": _go("GET", "/00000000000000000000000000000000/f/head"),
    "another prefix, post": lambda world: ask(
        world.address.base_url, "POST", f"/{'0' * 32}/s", world.signed(_request(world))
    ),
    "an unknown path": _go("GET", "{p}/x"),
    "a path below": _go("GET", "{p}/f/head/x"),
    "a query": _go("GET", "{p}/f/head?x=1"),
    "an escaped path": _go("GET", "{p}/f/he%61d"),
    "another method": _go("PUT", "{p}/s"),
    "sync by GET": _go("GET", "{p}/s"),
    "an empty body": lambda world: _post(world, b""),
    "rubbish": lambda world: _post(world, b"\x01" + bytes(300)),
    "too long": lambda world: ask(
        world.address.base_url, "POST", f"{world.path}/s", None, {"Content-Length": str(sync.MAX_REQUEST + 1)}
    ),
    "a length that is none": lambda world: ask(
        world.address.base_url, "POST", f"{world.path}/s", None, {"Content-Length": "-1"}
    ),
    "an encoded body": lambda world: _post(world, b"x", {"Content-Encoding": "gzip"}),
    "chunks": lambda world: _post(world, b"1\r\nx\r\n0\r\n\r\n", {"Transfer-Encoding": "chunked"}),
    "another protocol": _go("GET", "{p}/f/head", Connection="upgrade", Upgrade="websocket"),
    "a reader nobody knows": lambda world: _post(world, world.signed(_request(world), key=_stranger())),
    "a wrong signature": _flipped,
    "signed for another relay": lambda world: _post(world, world.signed(_request(world), relay_id=bytes(16))),
    "signed for another prefix": lambda world: _post(world, world.signed(_request(world), prefix="x")),
    "signed under another label": lambda world: _post(world, world.signed(_request(world), label=labels.RELAY_BOX)),
    "a wrong proof": _bad_proof,
    "an unknown enrolment token": _newcomer,
    "a newcomer for another reader": _newcomer_for_another,
    "a wrong deposit token": lambda world: _deposit(world, bytes(16)),
    "an edition that is not there": _go("GET", "{p}/f/1"),
    "an edition of no number": _go("GET", "{p}/f/-1"),
    "edition zero": _go("GET", "{p}/f/0"),
    "a blob that is not there": _go("GET", "{p}/u/" + "00" * 16),
    "a blob of no id": _go("GET", "{p}/u/..%2f..%2frelay.db"),
    "a blob's size without its capability": _go("HEAD", "{p}/u/{blob}", Tus_Resumable="1.0.0"),
    "a blob's size with another's": _tus("HEAD", "{p}/u/{blob}", bytes(16)),
    "a blob's deletion with another's": _tus("DELETE", "{p}/u/{blob}", bytes(16)),
    "another version of tus": _go("POST", "{p}/u", Tus_Resumable="0.2.2"),
    "an upload without a length": _tus("POST", "{p}/u", Upload_Metadata=_metadata()),
    "an upload that is too long": _tus("POST", "{p}/u", Upload_Metadata=_metadata(), Upload_Length="9999999999"),
    "an upload without a name": _tus("POST", "{p}/u", Upload_Length="5"),
    "another's upload again": _tus("POST", "{p}/u", Upload_Metadata=_metadata(capability=bytes(16)), Upload_Length="6"),
    "an upload again, longer": _tus("POST", "{p}/u", Upload_Metadata=_metadata(), Upload_Length="7"),
    "another method on a blob": _tus("PUT", "{p}/u/{blob}"),
    "another method on uploads": _tus("GET", "{p}/u"),
}


@pytest.mark.parametrize("kind", sorted(FAILURES))
def test_every_refusal_is_the_same(world: World, kind: str) -> None:
    answer = FAILURES[kind](world)

    head = b"".join(f"{name}: {value}\r\n".encode() for name, value in answer.headers)
    assert f"HTTP/1.1 {answer.status} Not Found\r\n".encode() + head + b"\r\n" == HEAD
    without_body = "size" in kind
    assert answer.body == (b"" if without_body else DECOY_PAGE)


@pytest.mark.parametrize(
    "sent",
    [
        b"rubbish\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nA: " + b"a" * 9000 + b"\r\n\r\n",
        b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET \xff HTTP/1.1\r\nHost: x\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
        b"GET / HTTP/1.0\r\n\r\n",
        b"\x16\x03\x01\x00\x05hello",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ],
    ids=range(10),
)
def test_what_is_no_request_gets_the_same_refusal(world: World, sent: bytes) -> None:
    with raw_line(world.address.base_url) as line:
        line.sendall(sent)

        assert read_all(line) == HEAD + DECOY_PAGE


def test_the_comparison_would_see_a_difference(world: World) -> None:
    # The control: a request that is not refused gives other bytes.
    answer = _post(world, world.signed(_request(world)))

    assert answer.status == 200
    assert answer.body[0] == 0x81


def test_a_fault_of_ours_looks_like_a_refusal(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object) -> bool:
        raise RuntimeError("a fault")

    monkeypatch.setattr(rights_sqlite, "allowance", failing)

    answer = _post(world, world.signed(_request(world)))

    assert (answer.status, answer.body) == (404, DECOY_PAGE)


def test_a_refusal_before_the_signature_spends_the_time_of_one(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    spent: list[str] = []
    monkeypatch.setattr("secmsg.relay.app.spend_a_verify", lambda: spent.append("dummy"))

    _go("GET", "/nothing")(world)
    _flipped(world)

    # The wrong signature was verified for real: no second time is spent on it.
    assert spent == ["dummy"]


def test_another_clock_is_told_the_time_only_to_a_reader(world: World) -> None:
    stale = SyncRequest(_now() - 901, randomness.system(8), fetches=(Fetch(world.box.box),))

    known = _post(world, world.signed(stale))
    stranger = _post(world, world.signed(stale, key=_stranger()))

    clock = sync.decode_answer(known.body)
    assert isinstance(clock, ClockAnswer)
    assert abs(clock.t - _now()) <= 2
    assert stranger.status == 404
