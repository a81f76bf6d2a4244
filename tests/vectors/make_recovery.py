"""Make recovery.json (docs/spec/recovery.md 8): the two packets of a recovery, the session, and what is refused."""

from secmsg.crypto import sealing
from secmsg.crypto.secret import Secret
from secmsg.errors import SecmsgError
from secmsg.ids import CertificateRef, DeviceId, SessionId
from secmsg.protocol import paper
from secmsg.protocol import session as sessions
from secmsg.protocol.paper import Exchanged, Pairing
from secmsg.protocol.state import Side
from secmsg.wire import recovery as wire
from secmsg.wire.handshake import ResetReason
from tests.helpers.seeded_random import seeded
from tests.vectors import frame
from tests.vectors.frame import Test as Case

NOW = 1_800_000_000
SECRET, OTHER = (Secret(seeded(seed)(32)) for seed in (b"envelope 1", b"envelope 3"))
LOW, HIGH = DeviceId(3), DeviceId(12)
BETWEEN = paper.pairing(LOW, HIGH, 1)
REFS = CertificateRef(b"\x0a" * 32), CertificateRef(b"\x0b" * 32)
PREVIOUS = SessionId(b"\x0c" * 16)
ASKED, BEGUN = paper.begin(SECRET, BETWEEN, 5, ResetReason.STATE_LOST, seeded(b"nonce of 3"))
SAID, ANSWERED = paper.answer(SECRET, BETWEEN, BEGUN, ASKED, 7, seeded(b"nonce of 12"))


def _given(secret: Secret = SECRET, beginner: int = LOW, answerer: int = HIGH, number: int = 1) -> dict[str, object]:
    return {"secret": secret.reveal().hex(), "beginner": beginner, "answerer": answerer, "number": number}


def _open(do: str, packet: bytes, **changes: object) -> dict[str, object]:
    return {**_given(), "do": do, "begun": BEGUN.hex(), "packet": packet.hex(), **changes}


def _error(vector: dict[str, object]) -> str:
    try:
        run(vector)
    except SecmsgError as error:
        return type(error).__name__
    raise AssertionError(vector)


def run(vector: dict[str, object]) -> dict[str, object]:
    """Do what a vector says and give what it must give; the errors of `protocol.paper`."""
    secret = Secret(bytes.fromhex(str(vector["secret"])))
    numbers = [int(str(vector[name])) for name in ("beginner", "answerer", "number")]
    between = paper.pairing(DeviceId(numbers[0]), DeviceId(numbers[1]), numbers[2])
    begun, packet = bytes.fromhex(str(vector["begun"])), bytes.fromhex(str(vector["packet"]))
    if vector["do"] == "open begin":
        return _terms(paper.open_begin(secret, between, packet))
    asked = paper.open_begin(secret, between, begun)
    said = paper.open_answer(secret, between, begun, asked, packet)
    exchanged = Exchanged(begun, asked, packet, said)
    ends = (
        paper.session(secret, between, side, refs, exchanged, previous=PREVIOUS, now=NOW)
        for side, refs in ((Side.INITIATOR, REFS), (Side.RESPONDER, REFS[::-1]))
    )
    beginner, answerer = ends
    return {
        **_terms(said),
        "session": beginner.session_id.hex(),
        "transcript": beginner.transcript.hex(),
        "states": [sessions.encode(beginner).hex(), sessions.encode(answerer).hex()],
    }


def _terms(terms: wire.Terms) -> dict[str, object]:
    return {"nonce": terms.nonce.hex(), "generation": terms.generation, "reason": int(terms.reason)}


def _sealed(between: Pairing, side: Side, plaintext: bytes, *begun: bytes) -> bytes:
    """Seal any 21 bytes as a holder of the secret could, right or wrong."""
    parts = paper._packet_keys(SECRET, between)
    tag, key = parts[:2] if side is Side.INITIATOR else parts[2:]
    return tag.reveal() + sealing.seal(key, plaintext, bytes([side]), *begun)


def _flipped(packet: bytes, at: int) -> bytes:
    return packet[:at] + bytes([packet[at] ^ 1]) + packet[at + 1 :]


def made() -> dict[str, str]:
    """Return the text of the file."""
    first, second = "open begin", "open answer"
    accepted = [
        frame.ok("a first packet", "example", **_open(first, BEGUN), gives=run(_open(first, BEGUN))),
        frame.ok("its answer, and the session", **_open(second, ANSWERED), gives=run(_open(second, ANSWERED))),
    ]
    _, lower = paper.answer(SECRET, BETWEEN, BEGUN, ASKED, 1, seeded(b"lower"))
    accepted.append(
        frame.ok("an answerer of lower generations", **_open(second, lower), gives=run(_open(second, lower)))
    )
    turned = paper.pairing(HIGH, LOW, 2)
    _, even = paper.begin(SECRET, turned, 1, ResetReason.COMPROMISE, seeded(b"even"))
    given = _open(first, even, **_given(beginner=HIGH, answerer=LOW, number=2))
    accepted.append(frame.ok("the higher machine begins with an even number", **given, gives=run(given)))
    other_asked, other_begun = paper.begin(SECRET, BETWEEN, 5, ResetReason.STATE_LOST, seeded(b"another nonce"))
    _, stray = paper.answer(SECRET, BETWEEN, other_begun, other_asked, 7, seeded(b"stray"))
    plain = wire.encode(ASKED)
    bad = {
        "generation 0": plain[:16] + bytes(4) + plain[20:],
        "no reason": plain[:20] + b"\x00",
        "an unknown reason": plain[:20] + b"\x06",
    }
    said = wire.encode(SAID)
    refused: list[tuple[str, tuple[str, ...], dict[str, object]]] = [
        ("another envelope", ("swap",), _open(first, BEGUN, secret=OTHER.reveal().hex())),
        ("another number", ("swap",), _open(first, BEGUN, number=3)),
        ("another beginner", ("swap",), _open(first, BEGUN, beginner=5)),
        ("another answerer", ("swap",), _open(first, BEGUN, answerer=13)),
        ("a number of the other side", ("rule",), _open(first, BEGUN, number=2)),
        ("number 0", ("bound",), _open(first, BEGUN, number=0)),
        ("number 65536", ("bound",), _open(first, BEGUN, number=65_537)),
        ("one machine with itself", ("rule",), _open(first, BEGUN, beginner=12)),
        ("an answer thrown back as a first packet", ("swap",), _open(first, ANSWERED)),
        ("a first packet thrown back as its answer", ("swap",), _open(second, BEGUN)),
        ("an answer to another first packet", ("swap",), _open(second, stray)),
        ("an answer in another envelope", ("swap",), _open(second, ANSWERED, secret=OTHER.reveal().hex())),
        ("a bit of the tag", ("bit",), _open(first, _flipped(BEGUN, 0))),
        ("a bit of the synthetic IV", ("bit",), _open(first, _flipped(BEGUN, 4))),
        ("a bit of the nonce", ("bit",), _open(first, _flipped(BEGUN, 20))),
        ("a bit of the generation", ("bit",), _open(first, _flipped(BEGUN, 39))),
        ("a bit of the reason", ("bit",), _open(first, _flipped(BEGUN, 40))),
        ("a bit of the answer", ("bit",), _open(second, _flipped(ANSWERED, 30))),
        ("a first packet cut short", ("length",), _open(first, BEGUN[:-1])),
        ("a byte after a first packet", ("length",), _open(first, BEGUN + b"\0")),
        ("an empty first packet", ("length",), _open(first, b"")),
        ("an answer cut short", ("length",), _open(second, ANSWERED[:-1])),
        *(
            (f"a first packet of {name}", ("bound",), _open(first, _sealed(BETWEEN, Side.INITIATOR, body)))
            for name, body in bad.items()
        ),
        (
            "an answer for another reason",
            ("rule",),
            _open(second, _sealed(BETWEEN, Side.RESPONDER, said[:20] + b"\x05", BEGUN)),
        ),
        (
            "an answer below what was asked",
            ("rule",),
            _open(second, _sealed(BETWEEN, Side.RESPONDER, said[:16] + b"\0\0\0\1" + said[20:], BEGUN)),
        ),
    ]
    tests: list[Case] = accepted
    tests += [frame.no(name, _error(vector), *flags, **vector) for name, flags, vector in refused]
    given_all = {"now": NOW, "refs": [ref.hex() for ref in REFS], "previous": PREVIOUS.hex()}
    return {"recovery": frame.text("recovery.md", tests, given=given_all)}
