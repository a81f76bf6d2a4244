"""A second reader of handshakes and packets, written from docs/spec/{handshake,session,packet}.md alone.

It shares no code with the product: hashlib, hmac and bare primitives only. It reads, it keeps no state, and it
checks less than the product must: what it opens, the product must open to the same bytes.
"""

import hashlib
import hmac
import struct
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ed25519, mldsa, mlkem, x25519
from cryptography.hazmat.primitives.ciphers.aead import AESSIV, ChaCha20Poly1305


def kdf(salt: bytes, ikm: bytes, label: str, context: bytes, length: int) -> bytes:
    info = b"DC/1" + bytes([len(label)]) + label.encode() + struct.pack(">H", len(context)) + context
    prk = hmac.digest(salt or bytes(64), ikm, "sha512")
    out = block = b""
    for count in range(1, length // 64 + 2):
        block = hmac.digest(prk, block + info + bytes([count]), "sha512")
        out += block
    return out[:length]


def short(data: bytes) -> bytes:
    return hashlib.new("sha512_256", data).digest()


def agree(private: bytes, public: bytes) -> bytes:
    peer = x25519.X25519PublicKey.from_public_bytes(public)
    return x25519.X25519PrivateKey.from_private_bytes(private).exchange(peer)


def unsiv(key: bytes, sealed: bytes, associated: bytes) -> bytes | None:
    try:
        return AESSIV(key).decrypt(sealed, [associated])
    except InvalidTag:
        return None


@dataclass
class Cut:
    """Takes the front of a byte string, piece by piece."""

    data: bytes

    def take(self, length: int) -> bytes:
        piece, self.data = self.data[:length], self.data[length:]
        assert len(piece) == length
        return piece

    def number(self, length: int) -> int:
        return int.from_bytes(self.take(length), "big")


# Packets: docs/spec/packet.md 6, docs/spec/session.md 4, 5, 7, 9


@dataclass
class State:
    """What a receiver needs of the stored form."""

    side: int
    session_id: bytes
    device: bytes
    root: bytes
    next_receiving: bytes
    sending: tuple[int, bytes, bytes, bytes] | None = None  # epoch, X25519 private, offer seed, offer
    receiving: tuple[int, bytes, bytes, int] | None = None  # epoch, header key, chain key, N
    missing: dict[int, tuple[bytes, dict[int, bytes]]] = field(default_factory=dict)


def read_state(data: bytes) -> State:
    cut = Cut(data)
    assert cut.number(1) == 2
    side, session_id = cut.number(1), cut.take(16)
    cut.take(32)
    device = cut.take(2)
    cut.take(2 + 32 + 32 + 4 + 16 + 1 + 1 + 1 + 8 + 8 + 4 + 4)
    root = cut.take(32)
    cut.take(64)
    state = State(side, session_id, device, root, cut.take(64))
    if cut.number(1):
        epoch = cut.number(4)
        cut.take(64 + 32 + 4 + 4)
        private = cut.take(32)
        cut.take(32)
        cut.take(1088 if cut.number(1) else 0)
        seed, offer = (cut.take(64), cut.take(1184)) if cut.number(1) else (b"", b"")
        cut.take(8 if seed else 0)
        state.sending = (epoch, private, seed, offer)
    if cut.number(1):
        state.receiving = (cut.number(4), cut.take(64), cut.take(32), cut.number(4))
        cut.take(32)
        cut.take(1184 if cut.number(1) else 0)
    for _ in range(2):
        cut.take(80 if cut.number(1) else 0)
    for _ in range(cut.number(1)):
        cut.take(80)
        cut.take(44 * cut.number(2))
    for _ in range(cut.number(1)):
        epoch, key = cut.number(4), cut.take(64)
        places = {}
        for _ in range(cut.number(2)):
            n = cut.number(4)
            places[n] = cut.take(32)
            cut.take(8)
        state.missing[epoch] = (key, places)
    assert not cut.data
    return state


def root_step(root: bytes, dh: bytes, epoch: int, public: bytes, pn: int, answer: tuple[bytes, bytes, bytes]) -> bytes:
    offer, ciphertext, ss = answer
    bound = short(offer) + ciphertext if ciphertext else b""
    th = hashlib.sha512(struct.pack(">I", epoch) + public + struct.pack(">I", pn) + bound).digest()
    return kdf(root, dh + ss, "root", th, 192)


def open_packet(state: State, packet: bytes) -> bytes | None:
    """Return the payload, None when the packet does not open."""
    sealed, commitment = packet[:104], packet[104:136]
    keys = {epoch: key for epoch, (key, _) in state.missing.items()}
    if state.receiving:
        keys[state.receiving[0]] = state.receiving[1]
    if state.sending:
        keys[state.sending[0] + 1] = state.next_receiving
    opened = [(epoch, key, plain) for epoch, key in keys.items() if (plain := unsiv(key, sealed, state.device))]
    if not opened:
        return None
    epoch, header_key, plain = opened[0]
    _, _, named, n, pn, public, salt, length, kind, _ = struct.unpack(">BBIII32s16sIBB", plain[:68])
    assert named == epoch
    size = {0: 0, 1: 1200, 2: 1104, 3: 2288}[kind]
    pq_ct, body = packet[136 : 136 + size], packet[136 + size :]
    content = unsiv(kdf(salt, header_key, "pq", b"", 64), pq_ct, sealed) if kind else b""
    if content is None:
        return None
    ciphertext = content[-1088:] if kind in (2, 3) else b""
    mk = message_key(state, epoch, n, pn, public, ciphertext)
    if mk is None:
        return None
    keys_of_packet = kdf(salt, mk, "message", b"", 76)
    if hmac.digest(keys_of_packet[44:], sealed, "sha256") != commitment:
        return None
    associated = state.session_id + bytes([3 - state.side]) + sealed + commitment + pq_ct
    try:
        text = ChaCha20Poly1305(keys_of_packet[:32]).decrypt(keys_of_packet[32:44], body, associated)
    except InvalidTag:
        return None
    assert not any(text[length:])
    return text[:length]


def message_key(state: State, epoch: int, n: int, pn: int, public: bytes, ciphertext: bytes) -> bytes | None:
    if state.sending and epoch == state.sending[0] + 1:
        _, private, seed, offer = state.sending
        ss = mlkem.MLKEM768PrivateKey.from_seed_bytes(seed).decapsulate(ciphertext) if ciphertext else b""
        dh = agree(private, public)
        chain = root_step(state.root, dh, epoch, public, pn, (offer, ciphertext, ss))[32:64]
        place = 0
    elif state.receiving and epoch == state.receiving[0] and n >= state.receiving[3]:
        chain, place = state.receiving[2:]
    else:
        return state.missing.get(epoch, (b"", {}))[1].get(n)
    while True:
        keys = kdf(b"", chain, "chain", b"", 64)
        chain = keys[:32]
        if place == n:
            return keys[32:]
        place += 1


# Handshakes: docs/spec/handshake.md 3 to 6


def take_handshake(
    message: bytes, cover: bytes, device: int, ref: bytes, signed: bytes, one_time: bytes | None, sender: bytes
) -> tuple[bytes, bytes]:
    """Return session id and first payload; `signed`, `one_time` and `sender` are as in the vector file."""
    number = struct.pack(">H", device)
    inside = unsiv(cover, message, number)
    assert inside
    head, eph, ct1, ct2, box = inside[:12], inside[12:44], inside[44:1612], inside[1612:2700], inside[2700:]
    spk_record, spk, spk_seed = signed[:1640], signed[5013:5045], signed[5045:]
    dhs = [agree(spk, eph)]
    sss = [mlkem.MLKEM1024PrivateKey.from_seed_bytes(spk_seed).decapsulate(ct1)]
    opk_record = b""
    if one_time is not None:
        opk_record = one_time[:1252]
        dhs.append(agree(one_time[1252:1284], eph))
        sss.append(mlkem.MLKEM768PrivateKey.from_seed_bytes(one_time[1284:]).decapsulate(ct2))
    th1 = hashlib.sha512(b"DC/1 HX1 box\0" + head + ref + spk_record + opk_record + eph + ct1 + ct2).digest()
    ikm = b"\xff" * 32 + b"".join(dhs + sss)
    plain = unsiv(kdf(bytes(64), ikm, "hx1 box", th1, 64), box, th1)
    assert plain
    assert plain[:32] == short(sender)
    signature, terms, packet = plain[32:3405], plain[3405:4654], plain[4654:]
    tr = hashlib.sha512(b"DC/1 HX1\0" + th1 + plain[:32] + terms).digest()
    signed_text = b"hx1-transcript\0" + tr
    ed25519.Ed25519PublicKey.from_public_bytes(sender[35:67]).verify(signature[:64], signed_text)
    mldsa.MLDSA65PublicKey.from_public_bytes(sender[67:]).verify(signature[64:], signed_text, b"hx1-transcript")
    derived = kdf(bytes(64), ikm, "hx1", tr, 240)
    root, header_key, session_id = derived[:32], derived[32:96], derived[160:176]
    ratchet = terms[33:65]
    step = root_step(root, agree(spk, ratchet), 1, ratchet, 0, (b"", b"", b""))
    state = State(2, session_id, number, step[:32], b"", receiving=(1, header_key, step[32:64], 0))
    payload = open_packet(state, packet)
    assert payload is not None
    return session_id, payload
