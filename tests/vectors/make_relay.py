"""Make relay_api.json: what readers sign for a relay, and what it must not take for it (docs/spec/relay-api.md 7)."""

from secmsg.crypto import hashing, labels, signing
from secmsg.crypto.secret import Secret
from secmsg.ids import MailboxId, RelayId
from secmsg.wire import sync
from secmsg.wire.sync import SyncRequest
from tests.helpers.seeded_random import seeded
from tests.vectors import frame
from tests.vectors.frame import Test

RELAY, OTHER_RELAY = RelayId(b"\x11" * 16), RelayId(b"\x22" * 16)
PREFIX, OTHER_PREFIX = "0123456789abcdef" * 2, "fedcba9876543210" * 2
READER = signing.reader_from_seed(Secret(seeded(b"reader")(32)))
FURTHER = signing.reader_from_seed(Secret(seeded(b"further reader")(32)))
BOX = MailboxId(b"\xb1" * 16)
T, NONCE = 1_795_000_000, bytes(range(8))
CBOR = sync.encode_request(SyncRequest(T, NONCE))


def _id(public: bytes) -> bytes:
    return hashing.short(public)[:16]


def _prefix_hash(prefix: str = PREFIX) -> bytes:
    return hashing.short(prefix.encode())[:16]


def _request(relay: RelayId = RELAY, prefix: str = PREFIX, label: str = labels.RELAY_REQUEST) -> bytes:
    signed = label.encode() + b"\0" + sync.request_input(relay, _prefix_hash(prefix), CBOR)
    return signing.reader_sign(READER, signed)


def _proof(main: bytes | None = None, time: int = T, nonce: bytes = NONCE, label: str = labels.RELAY_BOX) -> bytes:
    main = _id(READER.public) if main is None else main
    signed = label.encode() + b"\0" + sync.box_input(RELAY, _prefix_hash(), main, BOX, time, nonce)
    return signing.reader_sign(FURTHER, signed)


def _made(do: str, signature: bytes, **changed: object) -> Test:
    who = READER if do == "request" else FURTHER
    common = {"do": do, "relay": RELAY.hex(), "prefix": PREFIX, "public": who.public.hex()}
    if do == "request":
        body = sync.frame_signed(_id(READER.public), signature, CBOR)
        return common | {"hex": body.hex()} | changed
    told = {"signer": READER.public.hex(), "box": BOX.hex(), "t": T, "nonce": NONCE.hex()}
    return common | told | {"signature": signature.hex()} | changed


def _names() -> list[Test]:
    return [
        frame.ok("key id", do="name", data=READER.public.hex(), gives=_id(READER.public).hex()),
        frame.ok("prefix hash", do="name", data=PREFIX.encode().hex(), gives=_prefix_hash().hex()),
        frame.ok("what a relay keeps of a token", do="hash", data=(b"\x70" * 16).hex(), gives=_kept().hex()),
    ]


def _kept() -> bytes:
    return hashing.short(b"\x70" * 16)


def made() -> dict[str, str]:
    """Return the text of the file."""
    request, proof = _request(), _proof()
    longer = (CBOR[:-1] + bytes([CBOR[-1] ^ 1])).hex()
    wrong = {
        "a request to another relay": _made("request", _request(OTHER_RELAY)),
        "a request under another prefix": _made("request", _request(prefix=OTHER_PREFIX)),
        "a request signed as a proof": _made("request", _request(label=labels.RELAY_BOX)),
        "a request of another reader": _made("request", request, public=FURTHER.public.hex()),
        "a request with another nonce": _made("request", request)
        | {"hex": "01" + (_id(READER.public) + request).hex() + longer},
        "a proof for another signer": _made("proof", _proof(_id(FURTHER.public))),
        "a proof of another time": _made("proof", _proof(time=T + 1)),
        "a proof of another request": _made("proof", _proof(nonce=bytes(8))),
        "a proof signed as a request": _made("proof", _proof(label=labels.RELAY_REQUEST)),
        "a proof for another mailbox": _made("proof", proof, box=bytes(16).hex()),
        "a proof to another relay": _made("proof", proof, relay=OTHER_RELAY.hex()),
        "a proof under another prefix": _made("proof", proof, prefix=OTHER_PREFIX),
    }
    tests = [
        *_names(),
        frame.ok("a request", "example", **_made("request", request)),
        frame.ok("a proof of a further mailbox", **_made("proof", proof)),
        *(frame.no(name, "SignatureError", "swap", **fields) for name, fields in wrong.items()),
    ]
    return {"relay_api": frame.text("relay-api.md", tests)}
