"""Make suite1/packet.json: packets that a hostile or careless peer could seal, each with one thing wrong.

The writer here is a second one: it follows docs/spec/packet.md 5 and session.md 4 with the second reading's bare
primitives, so that it can write what the product would not. Everything comes from seeds.
"""

import hashlib
import hmac
import struct
from dataclasses import dataclass, replace

from cryptography.hazmat.primitives.asymmetric import mlkem, x25519
from cryptography.hazmat.primitives.ciphers.aead import AESSIV, ChaCha20Poly1305

from secmsg.protocol import session as sessions
from secmsg.protocol.state import Session
from tests.helpers.seeded_random import seeded
from tests.helpers.sessions import NOW, bare_pair, opened, seal
from tests.vectors import frame
from tests.vectors.frame import Test
from tests.vectors.second_basis import kdf

SALT = bytes(range(16))
PAYLOAD = "điện mật".encode()
OFFER = mlkem.MLKEM768PrivateKey.from_seed_bytes(bytes(range(64))).public_key().public_bytes_raw()
ENDS = {0: b"", 1: OFFER, 2: bytes(1088), 3: OFFER + bytes(1088)}


@dataclass(frozen=True, slots=True)
class Chain:
    """A sender's chain: what seals place after place."""

    epoch: int
    header_key: bytes
    chain: bytes
    public: bytes
    pn: int = 0

    def message_key(self, n: int) -> bytes:
        chain = self.chain
        for _ in range(n):
            chain = kdf(b"", chain, "chain", b"", 64)[:32]
        return kdf(b"", chain, "chain", b"", 64)[32:]


@dataclass(frozen=True, slots=True)
class Wrong:
    """What a packet has otherwise than it should: None as it should be."""

    type: int = 1
    version: int = 1
    epoch: int | None = None
    n: int = 0
    public: bytes | None = None
    length: int | None = None
    kind: int = 0
    reserved: int = 0
    device: int | None = None
    key_of_pq: bytes | None = None
    session_id: bytes | None = None
    commitment: bytes | None = None
    direction: int | None = None
    payload: bytes = PAYLOAD
    fill: bytes = b""
    size: int = 512
    place: int | None = None


def packet(receiver: Session, chain: Chain, wrong: Wrong) -> bytes:
    """Seal one packet for a receiver, by docs/spec/packet.md 5."""
    length = len(wrong.payload) if wrong.length is None else wrong.length
    header = struct.pack(
        ">BBIII32s16sIBB",
        *(wrong.type, wrong.version, chain.epoch if wrong.epoch is None else wrong.epoch, wrong.n, chain.pn),
        *(wrong.public or chain.public, SALT, length, wrong.kind, wrong.reserved),
    )
    device = receiver.own_device if wrong.device is None else wrong.device
    sealed = AESSIV(chain.header_key).encrypt(header.ljust(88, b"\0"), [device.to_bytes(2, "big")])
    pq_key = kdf(SALT, wrong.key_of_pq or chain.header_key, "pq", b"", 64)
    pq_field = AESSIV(pq_key).encrypt(ENDS[wrong.kind & 3], [sealed]) if wrong.kind & 3 else b""
    mk = chain.message_key(wrong.n if wrong.place is None else wrong.place)
    keys = kdf(SALT, mk, "message", b"", 76)
    commitment = wrong.commitment or hmac.digest(keys[44:], sealed, "sha256")
    direction = 3 - receiver.side if wrong.direction is None else wrong.direction
    bound = (wrong.session_id or receiver.session_id) + bytes([direction]) + sealed + commitment + pq_field
    room = wrong.size - 136 - len(pq_field) - 16
    text = (wrong.payload + wrong.fill).ljust(room, b"\0")
    return sealed + commitment + pq_field + ChaCha20Poly1305(keys[:32]).encrypt(keys[32:44], text, bound)


def current(receiver: Session) -> Chain:
    """Return the chain that the receiver is reading, from its beginning."""
    first = BEGUN.receiving
    assert first is not None
    assert receiver.receiving is not None
    return Chain(first.epoch, first.header_key.reveal(), first.chain.reveal(), first.public)


def following(receiver: Session, pn: int, public: bytes | None = None) -> Chain:
    """Begin the peer's next chain, by docs/spec/session.md 4.1 and 4.2."""
    assert receiver.sending is not None
    private = x25519.X25519PrivateKey.from_private_bytes(bytes(range(32)))
    own = private.public_key().public_bytes_raw() if public is None else public
    epoch = receiver.sending.epoch + 1
    dh = private.exchange(x25519.X25519PublicKey.from_public_bytes(receiver.sending.ratchet.public))
    th = hashlib.sha512(struct.pack(">I", epoch) + own + struct.pack(">I", pn)).digest()
    step = kdf(receiver.root.reveal(), dh, "root", th, 192)
    return Chain(epoch, receiver.next_receiving_key.reveal(), step[32:64], own, pn)


ASKED, BEGUN = bare_pair(b"packet vectors")[:2]


def _read() -> Session:
    """Let the first three packets arrive."""
    receiver = BEGUN
    for n in range(3):
        receiver, _ = opened(receiver, packet(BEGUN, current(BEGUN), Wrong(n=n)))
    return receiver


READ = _read()
TURNED = seal(READ, b"", seeded(b"turn"))[0]
LOST = opened(READ, packet(READ, current(READ), Wrong(n=5)))[0]
STATES = {"begun": BEGUN, "read": READ, "turned": TURNED, "lost": LOST, "asked": ASKED}


def _open(name: str, state: str, data: bytes, error: str = "ok", *flags: str) -> Test:
    fields = {"from": state, "now": NOW, "packet": data.hex()}
    if error == "ok":
        after, content = sessions.decrypt(STATES[state], data, now=NOW)
        digest = hashlib.new("sha512_256", sessions.encode(after)).hexdigest()
        return frame.ok(name, *flags, **fields, payload=content.payload.hex(), digest=digest)
    return frame.no(name, error, *flags, **fields)


def _example() -> Test:
    chain = current(BEGUN)
    mk = chain.message_key(0)
    told = _open("the first place", "begun", packet(BEGUN, chain, Wrong()), "ok", "example")
    keys = kdf(SALT, mk, "message", b"", 76)
    return told | {
        "header_key": chain.header_key.hex(),
        "chain_key": chain.chain.hex(),
        "salt": SALT.hex(),
        "mk": mk.hex(),
        "key": keys[:32].hex(),
        "nonce": keys[32:44].hex(),
        "k_com": keys[44:].hex(),
        "session_id": BEGUN.session_id.hex(),
    }


def _accepted() -> list[Test]:
    begun = current(BEGUN)
    return [
        _example(),
        _open("the furthest jump", "begun", packet(BEGUN, begun, Wrong(n=25_000))),
        _open("the longest payload of the smallest class", "begun", packet(BEGUN, begun, Wrong(payload=b"x" * 360))),
        _open("an empty payload", "begun", packet(BEGUN, begun, Wrong(payload=b""))),
        _open("the largest class", "begun", packet(BEGUN, begun, Wrong(size=32_768))),
        _open("a place that was passed", "lost", packet(LOST, begun, Wrong(n=4))),
        _open("the peer's first chain", "asked", packet(ASKED, following(ASKED, 0), Wrong())),
        _open("an offer", "asked", packet(ASKED, following(ASKED, 0), Wrong(kind=1, size=2_048))),
        _open("the next chain, nothing lost", "turned", packet(TURNED, following(TURNED, 3), Wrong())),
        _open("the next chain, two lost", "turned", packet(TURNED, following(TURNED, 5), Wrong())),
        _open("the last chain, while the next is awaited", "turned", packet(TURNED, begun, Wrong(n=3))),
    ]


def _refused() -> list[Test]:
    chain, first = current(BEGUN), following(ASKED, 0)
    good = packet(BEGUN, chain, Wrong())

    def begun(name: str, error: str, flag: str, wrong: Wrong, by: Chain = chain) -> Test:
        return _open(name, "begun", packet(BEGUN, by, wrong), error, flag)

    def turned(name: str, error: str, flag: str, pn: int, wrong: Wrong, public: bytes | None = None) -> Test:
        return _open(name, "turned", packet(TURNED, following(TURNED, pn, public), wrong), error, flag)

    return [
        *(
            _open(name, "begun", data, "FormatError", "length")
            for name, data in {
                "nothing": b"",
                "a byte short": good[:-1],
                "a byte more": good + b"\0",
                "between two classes": good.ljust(1_024, b"\0"),
                "beyond the classes": good.ljust(65_536, b"\0"),
            }.items()
        ),
        _open("random bytes", "begun", seeded(b"junk")(512), "NoSession", "swap"),
        begun("another header key", "NoSession", "swap", Wrong(), replace(chain, header_key=bytes(64))),
        begun("sealed for another device", "NoSession", "swap", Wrong(device=77)),
        _open("the peer's own packet sent back", "asked", good, "NoSession", "swap"),
        _open("a chain that nobody may have begun", "begun", _too_early(), "NoSession", "order"),
        begun("type 0", "FormatError", "bound", Wrong(type=0)),
        begun("type 2", "FormatError", "bound", Wrong(type=2)),
        begun("version 0", "FormatError", "bound", Wrong(version=0)),
        begun("version 2", "FormatError", "bound", Wrong(version=2)),
        begun("place 2^32 - 1", "TooFarAhead", "bound", Wrong(n=2**32 - 1, place=0)),
        begun("a kind above 3", "FormatError", "bound", Wrong(kind=4)),
        begun("the reserved byte in use", "FormatError", "bound", Wrong(reserved=1)),
        begun("an offer in epoch 1", "FormatError", "rule", Wrong(kind=1, size=2_048)),
        begun("a payload longer than its room", "FormatError", "rule", Wrong(length=361)),
        begun("a payload of 2^32 - 1 bytes", "FormatError", "bound", Wrong(length=2**32 - 1)),
        _open(
            "a field longer than the packet",
            "asked",
            packet(ASKED, first, Wrong(kind=1, size=2_048))[:512],
            "FormatError",
            "rule",
        ),
        begun("fill that is not zeros", "FormatError", "canonical", Wrong(fill=b"\x01")),
        begun("another epoch than the key's", "DecryptionError", "swap", Wrong(epoch=3)),
        begun("epoch 0", "DecryptionError", "bound", Wrong(epoch=0)),
        begun("another public key inside the chain", "DecryptionError", "swap", Wrong(public=b"\x09" + bytes(31))),
        begun("a jump of 25 001", "TooFarAhead", "bound", Wrong(n=25_001, place=0)),
        begun("the key of another place", "DecryptionError", "swap", Wrong(n=1, place=0)),
        begun("another session", "DecryptionError", "swap", Wrong(session_id=bytes(16))),
        begun("the other direction", "DecryptionError", "swap", Wrong(direction=2)),
        begun("a commitment to no key, over an authentic body", "DecryptionError", "rule", Wrong(commitment=bytes(32))),
        _open("another commitment", "begun", _turned_bit(good, 104), "DecryptionError", "bit"),
        _open("another body", "begun", _turned_bit(good, 136), "DecryptionError", "bit"),
        _open("another tag", "begun", _turned_bit(good, 511), "DecryptionError", "bit"),
        _open("opened before", "read", packet(READ, chain, Wrong(n=1)), "Replayed", "order"),
        _open(
            "opened before, sealed anew with another text",
            "read",
            packet(READ, chain, Wrong(n=1, payload=b"another")),
            "Replayed",
            "order",
        ),
        turned("fewer packets before than came", "DecryptionError", "rule", 2, Wrong()),
        turned("25 001 packets lost before", "TooFarAhead", "bound", 3 + 25_001, Wrong()),
        turned("a chain two further", "DecryptionError", "order", 3, Wrong(epoch=5)),
        turned("an answer where no offer stands", "DecryptionError", "rule", 3, Wrong(kind=2, size=2_048)),
        turned("a public key of zeros", "DecryptionError", "bound", 3, Wrong(), bytes(32)),
        turned("a public key of low order", "DecryptionError", "bound", 3, Wrong(), b"\x01" + bytes(31)),
        _open(
            "packets before the first chain",
            "asked",
            packet(ASKED, following(ASKED, 1), Wrong()),
            "DecryptionError",
            "rule",
        ),
        _open(
            "a pq field under another key",
            "asked",
            packet(ASKED, first, Wrong(kind=1, size=2_048, key_of_pq=bytes(64))),
            "DecryptionError",
            "swap",
        ),
        _open(
            "another pq field",
            "asked",
            _turned_bit(packet(ASKED, first, Wrong(kind=1, size=2_048)), 700),
            "DecryptionError",
            "bit",
        ),
    ]


def _too_early() -> bytes:
    """Seal under the header key that this side will be sent only after it has begun a chain of its own."""
    chain = Chain(3, BEGUN.next_receiving_key.reveal(), bytes(32), b"\x09" + bytes(31))
    return packet(BEGUN, chain, Wrong())


def _turned_bit(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def made() -> dict[str, str]:
    """Return the text of the file."""
    states = {name: sessions.encode(state).hex() for name, state in STATES.items()}
    return {"suite1/packet": frame.text("packet.md", [*_accepted(), *_refused()], given={"states": states})}
