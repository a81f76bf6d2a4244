"""A second reading of handshakes and packets, written from docs/spec/{handshake,session,packet}.md alone.

It keeps no state: of the stored form it takes what a receiver needs. What it opens, the product must open to the same
bytes, and what it refuses, the product must refuse.
"""

import hashlib
import hmac
import struct
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import mlkem, x25519
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from tests.vectors.second_basis import Cut, RefusedError, kdf, need, short, unsiv, verify
from tests.vectors.second_trust import certificate


def agree(private: bytes, public: bytes) -> bytes:
    peer = x25519.X25519PublicKey.from_public_bytes(public)
    try:
        return x25519.X25519PrivateKey.from_private_bytes(private).exchange(peer)
    except ValueError:
        raise RefusedError("a secret of all zeros") from None


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
    public: bytes = b""  # of the receiving chain
    missing: dict[int, tuple[bytes, dict[int, bytes]]] = field(default_factory=dict)


def read_state(data: bytes) -> State:
    cut = Cut(data)
    cut.number(1, 2, 2)
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
        state.public = cut.take(32)
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
    cut.done()
    return state


def root_step(root: bytes, dh: bytes, epoch: int, public: bytes, pn: int, answer: tuple[bytes, bytes, bytes]) -> bytes:
    offer, ciphertext, ss = answer
    bound = short(offer) + ciphertext if ciphertext else b""
    th = hashlib.sha512(struct.pack(">I", epoch) + public + struct.pack(">I", pn) + bound).digest()
    return kdf(root, dh + ss, "root", th, 192)


def take_packet(state: State, packet: bytes) -> bytes:
    """Return the payload of a packet that stands by itself."""
    need(len(packet) in (512, 2_048, 8_192, 32_768), "size")
    return open_packet(state, packet)


def open_packet(state: State, packet: bytes) -> bytes:
    """Return the payload."""
    sealed, commitment = packet[:104], packet[104:136]
    keys = {epoch: key for epoch, (key, _) in state.missing.items()}
    if state.receiving:
        keys[state.receiving[0]] = state.receiving[1]
    if state.sending:
        keys[state.sending[0] + 1] = state.next_receiving
    epoch, header_key, plain = header(keys, sealed, state.device)
    kind_of, version, named, n, pn, public, salt, length, kind, rfu = struct.unpack(">BBIII32s16sIBB", plain[:68])
    need((kind_of, version, rfu) == (1, 1, 0) and kind <= 3 and (kind == 0 or epoch > 1), "header")
    need(named == epoch and n < 2**32 - 1, "another epoch")
    need(not state.receiving or epoch != state.receiving[0] or public == state.public, "another key in the chain")
    size = {0: 0, 1: 1200, 2: 1104, 3: 2288}[kind]
    pq_ct, body = packet[136 : 136 + size], packet[136 + size :]
    need(len(body) >= length + 16, "length")
    content = unsiv(kdf(salt, header_key, "pq", b"", 64), pq_ct, sealed) if kind else b""
    ciphertext = content[-1088:] if kind in (2, 3) else b""
    mk = message_key(state, epoch, n, pn, public, ciphertext)
    keys_of_packet = kdf(salt, mk, "message", b"", 76)
    need(hmac.digest(keys_of_packet[44:], sealed, "sha256") == commitment, "commitment")
    associated = state.session_id + bytes([3 - state.side]) + sealed + commitment + pq_ct
    try:
        text = ChaCha20Poly1305(keys_of_packet[:32]).decrypt(keys_of_packet[32:44], body, associated)
    except InvalidTag:
        raise RefusedError("body") from None
    need(not any(text[length:]), "fill")
    return text[:length]


def header(keys: dict[int, bytes], sealed: bytes, device: bytes) -> tuple[int, bytes, bytes]:
    """Return the epoch of the key that opens it, the key, and the header."""
    for epoch, key in keys.items():
        try:
            return epoch, key, unsiv(key, sealed, device)
        except RefusedError:
            continue
    raise RefusedError("no session")


def message_key(state: State, epoch: int, n: int, pn: int, public: bytes, ciphertext: bytes) -> bytes:
    if state.sending and epoch == state.sending[0] + 1:
        _, private, seed, offer = state.sending
        reached = state.receiving[3] if state.receiving else 0
        need(pn >= reached and (pn == 0 or state.receiving), "PN below what came")
        need(pn - reached <= 25_000, "too far ahead")
        need(not ciphertext or seed, "an answer to no offer")
        ss = mlkem.MLKEM768PrivateKey.from_seed_bytes(seed).decapsulate(ciphertext) if ciphertext else b""
        dh = agree(private, public)
        chain = root_step(state.root, dh, epoch, public, pn, (offer, ciphertext, ss))[32:64]
        place = 0
    elif state.receiving and epoch == state.receiving[0] and n >= state.receiving[3]:
        chain, place = state.receiving[2:]
    else:
        kept = state.missing.get(epoch, (b"", {}))[1].get(n)
        need(kept, "opened before")
        return kept or b""
    need(n - place <= 25_000, "too far ahead")
    while True:
        keys = kdf(b"", chain, "chain", b"", 64)
        chain = keys[:32]
        if place == n:
            return keys[32:]
        place += 1


# The veil: docs/spec/veil.md


def cover_key(root: bytes, week: int) -> bytes:
    return kdf(b"", root, "cover", week.to_bytes(4, "big"), 64)


def lift(covers: list[bytes], device: int, message: bytes) -> bytes:
    need(len(message) in (8_192, 32_768), "size")
    for cover in covers:
        try:
            return unsiv(cover, message, struct.pack(">H", device))
        except RefusedError:
            continue
    raise RefusedError("no veil")


# Handshakes: docs/spec/handshake.md 3 to 6


def take_handshake(
    message: bytes, cover: bytes, device: int, ref: bytes, signed: bytes, one_time: bytes | None, sender: bytes
) -> tuple[bytes, bytes, bytes]:
    """Return session id, first payload, thin CK_0 with TK_0; the arguments are as in the vector file."""
    number = struct.pack(">H", device)
    inside = lift([cover], device, message)
    head, eph, ct1, ct2, box = inside[:12], inside[12:44], inside[44:1612], inside[1612:2700], inside[2700:]
    suite, kind, flags, spk_id, opk_id = struct.unpack(">BBHII", head)
    need((suite, kind) == (1, 1) and flags <= 1 and (opk_id == 0) == (flags == 1), "head")
    need(spk_id == int.from_bytes(signed[32:36], "big"), "another signed prekey")
    need(opk_id == (int.from_bytes(one_time[:4], "big") if one_time else 0), "another one-time prekey")
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
    signature, terms, packet = plain[32:3405], plain[3405:4654], plain[4654:]
    need(int.from_bytes(terms[:4], "big") >= 1 and terms[20] <= 5, "terms")
    peer = certificate(sender)
    need(plain[:32] == peer.ref and peer.type == 1, "another sender")
    tr = hashlib.sha512(b"DC/1 HX1\0" + th1 + plain[:32] + terms).digest()
    verify(peer.public, "hx1-transcript", tr, signature)
    derived = kdf(bytes(64), ikm, "hx1", tr, 240)
    root, header_key, session_id = derived[:32], derived[32:96], derived[160:176]
    ratchet = terms[33:65]
    step = root_step(root, agree(spk, ratchet), 1, ratchet, 0, (b"", b"", b""))
    state = State(2, session_id, number, step[:32], b"", receiving=(1, header_key, step[32:64], 0), public=ratchet)
    return session_id, open_packet(state, packet), derived[176:]
