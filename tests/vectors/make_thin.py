"""Make thin.json (docs/spec/thin.md 10): packets of the thin chains, and what is refused."""

from dataclasses import replace

from secmsg.config import ThinLimits
from secmsg.crypto import hashing, sealing
from secmsg.crypto.secret import Secret
from secmsg.errors import SecmsgError
from secmsg.ids import SessionId
from secmsg.protocol import chain_key, thin
from secmsg.protocol import session as sessions
from secmsg.protocol.state import Session
from secmsg.protocol.thin_table import FAR_REACH
from secmsg.wire.packet import MAX_U32
from tests.helpers.seeded_random import seeded
from tests.helpers.sessions import NOW, bare_pair, turn
from tests.helpers.thin import jumped, thin_pair
from tests.vectors import frame
from tests.vectors.frame import Test as Case

TEXT = "Cần gấp 03 bộ hồ sơ".encode()
DAY = 86_400
LIMITS = ThinLimits()


class _Book:
    """Collects states under names, and tests that begin from them."""

    def __init__(self) -> None:
        self.states: dict[str, str] = {}
        self.tests: list[Case] = []

    def state(self, name: str, session: Session) -> str:
        self.states[name] = sessions.encode(session).hex()
        return name

    def seal(
        self, name: str, start: str, payload: bytes, *flags: str, now: int = NOW, limits: ThinLimits = LIMITS
    ) -> bytes:
        """Add a sealing; return the packet, nothing where it is refused."""
        given = {"do": "seal", "from": start, "now": now, "payload": payload.hex(), "stop": _stop(limits)}
        try:
            after, packet = thin.seal_thin(self._from(start), payload, now=now, limits=limits)
        except SecmsgError as error:
            self.tests.append(frame.no(name, type(error).__name__, *flags, **given))
            return b""
        self.tests.append(frame.ok(name, *flags, **given, packet=packet.hex(), digest=_digest(after)))
        return packet

    def open(self, name: str, start: str, packet: bytes, *flags: str, now: int = NOW, **more: object) -> None:
        """Add an opening."""
        given = {"do": "open", "from": start, "now": now, "packet": packet.hex()}
        try:
            after, opened = thin.open_thin(self._from(start), packet, now=now)
        except SecmsgError as error:
            self.tests.append(frame.no(name, type(error).__name__, *flags, **given))
            return
        place = {"epoch": opened.place.epoch, "counter": opened.place.counter}
        told = {"payload": opened.payload.hex(), **place, "digest": _digest(after), **more}
        self.tests.append(frame.ok(name, *flags, **given, **told))

    def _from(self, start: str) -> Session:
        return sessions.decode(bytes.fromhex(self.states[start]))


def _stop(limits: ThinLimits) -> list[int | None]:
    return [limits.stop_packets, limits.stop_s]


def _digest(session: Session) -> str:
    return hashing.short(sessions.encode(session)).hex()


def _forged(session: Session, counter: int, *, session_id: SessionId, named: int, direction: int) -> bytes:
    """Seal on a session's own chain with other associated data than belongs there."""
    chain = session.thin.sending
    assert chain is not None
    tag = hashing.hmac_sha256(chain.tag_key, counter.to_bytes(4))[:4]
    _, message = chain_key.advance(chain.chain, "thin chain")
    associated = b"DC/1 thin\x00" + session_id + named.to_bytes(4) + bytes([direction])
    return tag + sealing.seal(thin._packet_key(message), TEXT, associated)


def _sealed(session: Session, payload: bytes = TEXT) -> tuple[Session, bytes]:
    return thin.seal_thin(session, payload, now=NOW, limits=LIMITS)


def _between(session: Session) -> Case:
    """Return the keys on the way to the packet of the example."""
    chain = session.thin.sending
    assert chain is not None
    following, message = chain_key.advance(chain.chain, "thin chain")
    return {
        "tk": chain.tag_key.reveal().hex(),
        "thin_ck": chain.chain.reveal().hex(),
        "thin_ck_after": following.reveal().hex(),
        "mk": message.reveal().hex(),
        "key": thin._packet_key(message).reveal().hex(),
    }


def _first_chain(book: _Book) -> None:
    initiator, responder = thin_pair(b"thin vectors")
    fresh, answering = book.state("initiator", initiator), book.state("responder", responder)
    first = book.seal("the responder seals on the chain of the handshake", answering, TEXT)
    book.open("one packet on the first chain", fresh, first, "example", **_between(responder))
    book.open("the first packet comes back to its sender", answering, first, "swap")
    book.seal("an initiator that nothing was heard from", fresh, TEXT, "rule")
    book.seal("one byte", answering, b"\x00")
    book.seal("the longest payload", answering, bytes(thin.MAX_PAYLOAD))
    book.seal("no payload", answering, b"", "length")
    book.seal("a payload too long by a byte", answering, bytes(thin.MAX_PAYLOAD + 1), "length")
    for offset, what in ((0, "tag"), (3, "tag's last byte"), (4, "synthetic IV"), (20, "ciphertext"), (-1, "end")):
        damaged = bytearray(first)
        damaged[offset] ^= 1
        book.open(f"one bit of the {what}", fresh, bytes(damaged), "bit")
    for length in (0, 4, 19, 20, len(first) - 1):
        book.open(f"cut to {length} bytes", fresh, first[:length], "length")
    book.open("a byte more", fresh, first + b"\x00", "length")
    book.open("longer than any", fresh, first + bytes(1960), "length")
    answered = book.state("initiator that heard", thin.open_thin(initiator, first, now=NOW)[0])
    book.open("the same packet again", answered, first, "order")
    back = book.seal("the initiator seals once it has heard", answered, TEXT)
    book.open("and the responder opens it", answering, back)
    book.open("opened with the sides exchanged", fresh, back, "swap")
    other = book.state("another session", thin_pair(b"thin vectors, another")[0])
    book.open("a packet of another session", other, first, "swap")
    own = responder.session_id
    forged = _forged(responder, 0, session_id=SessionId(bytes(16)), named=0, direction=2)
    book.open("sealed for another session id", fresh, forged, "swap")
    book.open("sealed for another counter", fresh, _forged(responder, 0, session_id=own, named=1, direction=2), "swap")
    book.open(
        "sealed for the other direction", fresh, _forged(responder, 0, session_id=own, named=0, direction=1), "swap"
    )
    later = _forged(responder, 1, session_id=own, named=1, direction=2)
    book.open("the key of one counter under the tag of the next", fresh, later, "swap")


def _order(book: _Book) -> None:
    initiator, responder = thin_pair(b"thin order")
    sent = []
    for number in range(10):
        responder, packet = _sealed(responder, bytes([number]))
        sent.append(packet)
    fresh = book.state("ten on the way", initiator)
    book.open("the last of ten comes first", fresh, sent[9])
    ahead, _ = thin.open_thin(initiator, sent[9], now=NOW)
    overtaken = book.state("nine overtaken", ahead)
    book.open("one that was overtaken", overtaken, sent[4])
    book.open("one that was overtaken, after 29 days", overtaken, sent[4], now=NOW + 29 * DAY)
    book.open("one that was overtaken, after 30 days", overtaken, sent[4], "time", now=NOW + 30 * DAY)
    book.open("the last of ten again", overtaken, sent[9], "order")
    took, _ = thin.open_thin(ahead, sent[4], now=NOW)
    book.open("one that was overtaken, again", book.state("five overtaken and taken", took), sent[4], "order")


def _outage(book: _Book) -> None:
    initiator, responder = thin_pair(b"thin outage")
    fresh = book.state("before the outage", initiator)

    def at(counter: int) -> bytes:
        return _sealed(jumped(responder, counter), counter.to_bytes(4))[1]

    def unseen(counter: int) -> bytes:
        """Return a packet with the right tag: no key of so far a counter is ever asked for."""
        sending = responder.thin.sending
        assert sending is not None
        return hashing.hmac_sha256(sending.tag_key, counter.to_bytes(4))[:4] + bytes(20)

    book.open("the last of the window", fresh, at(255))
    book.open("a sparse counter", fresh, at(2048))
    book.open("the last sparse counter", fresh, at(FAR_REACH))
    for counter in (257, 2047, 2049, FAR_REACH - 1):
        book.open(f"counter {counter}, of neither window nor sparse table", fresh, unseen(counter), "bound")
    for counter in (FAR_REACH + 64, 2 * FAR_REACH):
        book.open(f"counter {counter}, beyond the sparse table", fresh, unseen(counter), "bound")
    found, _ = thin.open_thin(initiator, at(2048), now=NOW)
    after = book.state("found again at 2048", found)
    book.open("one of the newest 1024 passed over", after, at(1024))
    book.open("one whose key is not kept", after, at(1023), "bound")


def _epochs(book: _Book) -> None:
    random = seeded(b"thin epochs")
    a, b = thin_pair(b"thin epochs")
    b, early = _sealed(b, b"early")
    a, b = turn(a, b, random)
    b, a = turn(b, a, random)
    book.open("a packet of epoch 0 after the responder's epoch 2 began", book.state("second epoch", a), early)
    book.seal("the initiator's epoch 1 is confirmed by a fat packet", "second epoch", TEXT)
    b_before = b
    a, b = turn(a, b, random)
    half = book.state("an own chain begun and not answered", a)
    again = book.seal("the responder still on epoch 0", book.state("peer before epoch 3", b_before), TEXT)
    book.open("a packet of epoch 0 confirms epoch 1 and no later one", half, again)
    last = book.seal("a half-finished step leaves the confirmed chain in use", half, TEXT)
    book.open("and the peer opens it", book.state("peer at epoch 3", b), last)
    for _ in range(2):
        b, a = turn(b, a, random)
        a, b = turn(a, b, random)
    b, a = turn(b, a, random)
    book.open("a packet of the fourth chain back", book.state("fourth epoch", a), early, "order")


def _limits(book: _Book) -> None:
    _, responder = thin_pair(b"thin limits")
    sending = responder.thin.sending
    assert sending is not None

    def counted(counter: int) -> str:
        chain = replace(sending, counter=counter)
        return book.state(f"{counter} sealed", replace(responder, thin=replace(responder.thin, sending=chain)))

    start = counted(500)
    book.seal("a warning stops nothing", start, TEXT)
    book.seal("packets up to the stop", start, TEXT, limits=replace(LIMITS, stop_packets=501))
    book.seal("the stop in packets", start, TEXT, "bound", limits=replace(LIMITS, stop_packets=500))
    age = replace(LIMITS, stop_s=20 * DAY)
    book.seal("a second before the stop in time", start, TEXT, limits=age, now=NOW + 20 * DAY - 1)
    book.seal("the stop in time", start, TEXT, "bound", limits=age, now=NOW + 20 * DAY)
    book.seal("the last counter", counted(MAX_U32 - 1), TEXT)
    book.seal("no counter left", counted(MAX_U32), TEXT, "bound")


def _other_purposes(book: _Book) -> None:
    """Fat things are no thin packets, and thin chains are not the fat ones."""
    initiator, responder = thin_pair(b"thin purposes")
    fresh = book.state("purposes", initiator)
    random = seeded(b"thin purposes")
    a, b, _, _ = bare_pair(b"thin purposes")
    a, _ = turn(a, b, random)
    book.open("512 random bytes", fresh, random(512), "context")
    sending = responder.thin.sending
    assert sending is not None
    tag = hashing.hmac_sha256(sending.tag_key, bytes(4))[:4]
    associated = thin._associated(responder, responder.side, 0)
    for what, key in {
        "the chain key": sending.chain.reveal() * 2,
        "the tag key": sending.tag_key.reveal() * 2,
        "a fat message key": chain_key.advance(sending.chain)[1].reveal() * 2,
        "a header key": responder.next_sending_key.reveal(),
    }.items():
        book.open(f"sealed with {what}", fresh, tag + sealing.seal(Secret(key), TEXT, associated), "swap")


def made() -> dict[str, str]:
    """Return the text of the file."""
    book = _Book()
    for chapter in (_first_chain, _order, _outage, _epochs, _limits, _other_purposes):
        chapter(book)
    return {"thin": frame.text("thin.md", book.tests, given={"window": LIMITS.window, "states": book.states})}
