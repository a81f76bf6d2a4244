"""Recovery from paper: two packets by telephone or text message give two machines a session again.

Source: docs/spec/recovery.md. Whatever is shown was committed first, and a step repeated gives the same packet: a stop
at any line costs at most a repetition. The secret is burnt in the transaction that keeps its session.
"""

from dataclasses import dataclass, field

from secmsg import digits
from secmsg.crypto.randomness import secret as draw
from secmsg.crypto.secret import Secret
from secmsg.errors import NotAllowed, NotFound, Replayed
from secmsg.ids import DeviceId
from secmsg.protocol import paper
from secmsg.protocol.pair import Adoption
from secmsg.protocol.paper import Exchanged, Pairing
from secmsg.protocol.state import Session, Side
from secmsg.station import breaks, envelopes, resets, sessions
from secmsg.station import desk as desks
from secmsg.station.desk import Desk
from secmsg.station.unlock import typed_groups
from secmsg.store import identity as identity_rows
from secmsg.store import paper_secrets as rows
from secmsg.store.paper_secrets import PaperSecret, SecretState
from secmsg.wire.certificate import Certificate
from secmsg.wire.handshake import NO_SESSION, ResetReason

MAX_PRINTED = 32


@dataclass(frozen=True, slots=True)
class Printed:
    """New secrets as papers for both ends: one envelope for each secret and end. They belong on paper alone."""

    numbers: tuple[int, ...]
    text: str = field(repr=False)
    pdf: bytes = field(repr=False)


def make(desk: Desk, device: DeviceId, count: int) -> Printed:
    """Draw numbered secrets shared with a machine, and print each twice; only their proofs stay here.

    NotListed when the edition does not list it, NotAllowed above 32 at once or beyond number 65 535.
    """
    from secmsg.papers import envelopes as papers  # brings a PDF library that no other act needs

    now = desk.now()
    certificate = resets.listed(desk, device, now)
    first = rows.last_number(desk.db, device) + 1
    if not 1 <= count <= MAX_PRINTED or first + count - 1 > paper.MAX_NUMBER:
        raise NotAllowed(f"secrets are printed 1 to {MAX_PRINTED} at once, up to number {paper.MAX_NUMBER}")
    numbers = tuple(range(first, first + count))
    drawn = tuple(draw(desk.random, paper.SECRET_SIZE) for _ in numbers)
    own = desks.own(desk)
    sheets = tuple(
        papers.Envelope(secret, number, own.device, device, beginner=_beginner(own.device, device, number), made_on=now)
        for number, secret in zip(numbers, drawn, strict=True)
    )
    printed = Printed(numbers, papers.text(sheets), papers.pdf(sheets))
    with desk.db.transaction():
        for number, secret in zip(numbers, drawn, strict=True):
            line = PaperSecret(certificate.device, number, SecretState.SEALED, now, paper.check(secret))
            rows.keep(desk.db, line, now)
    return printed


def _beginner(own: DeviceId, other: DeviceId, number: int) -> DeviceId:
    return min(own, other) if number % 2 else max(own, other)


def begin(desk: Desk, device: DeviceId, number: int, groups: str, reason: ResetReason) -> str:
    """Make the first packet with a secret of an opened envelope; return its groups for the other officer.

    A second call with the same number gives the same packet, whatever is typed. FormatError names a wrong group, or
    says that the secret is the other side's to begin with; Replayed when it is burnt; NotAllowed when the paper is
    another's.
    """
    now = desk.now()
    certificate = resets.listed(desk, device, now)
    between = paper.pairing(desks.own(desk).device, device, number)
    line = _line(desk, device, number)
    if line.state is SecretState.BEGUN and line.begun is not None:
        return digits.groups(line.begun)
    secret = _typed(line, groups)
    generation = sessions.next_generation(desk, device)
    _, packet = paper.begin(secret, between, generation, reason, desk.random)
    with desk.db.transaction():
        identity_rows.keep_secret(desk.db, _name(device, number), secret, desk.random)
        begun = PaperSecret(
            certificate.device, number, SecretState.BEGUN, line.made_at, paper.check(secret), begun=packet
        )
        rows.keep(desk.db, begun, now)
    return digits.groups(packet)


def answer(desk: Desk, device: DeviceId, number: int, groups: str, packet: str) -> str:
    """Take the other side's first packet with the same secret; return the groups of our answer. The session stands.

    The same packet again gives the same answer. FormatError, NoSession, DecryptionError as in `protocol.paper`;
    Replayed when the secret is burnt and the packet is another; NotAllowed when the paper is another's.
    """
    now = desk.now()
    certificate = resets.listed(desk, device, now)
    own = desks.own(desk)
    between = paper.pairing(device, own.device, number)
    begun = digits.parse_groups(packet)
    line = rows.read(desk.db, device, number) or PaperSecret(device, number, SecretState.SEALED)
    if line.state is SecretState.BURNT and line.answered is not None and line.begun == begun:
        return digits.groups(line.answered)
    secret = _typed(_unburnt(line), groups)
    asked = paper.open_begin(secret, between, begun)
    said, answered = paper.answer(secret, between, begun, asked, sessions.next_generation(desk, device), desk.random)
    exchanged = Exchanged(begun, asked, answered, said)
    _adopt(desk, certificate, secret, between, Side.RESPONDER, exchanged, line, now)
    return digits.groups(answered)


def finish(desk: Desk, device: DeviceId, number: int, packet: str) -> None:
    """Take the answer to the packet that we began with: the session stands, the secret is burnt.

    NotFound when nothing was begun with it; Replayed when it is finished already; else errors as `answer`.
    """
    now = desk.now()
    certificate = resets.listed(desk, device, now)
    between = paper.pairing(desks.own(desk).device, device, number)
    line = _line(desk, device, number)
    if line.state is not SecretState.BEGUN or line.begun is None:
        raise NotFound(f"nothing was begun with secret {number}")
    secret = identity_rows.secret(desk.db, _name(device, number))
    asked = paper.open_begin(secret, between, line.begun)
    answered = digits.parse_groups(packet)
    said = paper.open_answer(secret, between, line.begun, asked, answered)
    exchanged = Exchanged(line.begun, asked, answered, said)
    _adopt(desk, certificate, secret, between, Side.INITIATOR, exchanged, line, now)


def _adopt(
    desk: Desk,
    certificate: Certificate,
    secret: Secret,
    between: Pairing,
    side: Side,
    exchanged: Exchanged,
    line: PaperSecret,
    now: int,
) -> None:
    """Keep the session and burn the secret: both or neither."""
    before = sessions.active(desk, certificate.device)
    new = _session(desk, certificate, secret, between, side, exchanged, before, now)
    own = side is Side.INITIATOR
    with desk.db.transaction():
        if sessions.adopt(desk, certificate.station, new, now) is Adoption.STALE:
            raise NotAllowed("a newer session is in use: nothing was changed")
        breaks.opened(desk, certificate, before, new, ours=own, now=now)
        envelopes.unseal(desk, certificate.device, now)
        burnt = PaperSecret(
            certificate.device, line.number, SecretState.BURNT, line.made_at, paper.check(secret),
            begun=exchanged.begun, answered=None if own else exchanged.answered,
        )  # fmt: skip
        rows.keep(desk.db, burnt, now)
        identity_rows.forget_secret(desk.db, _name(certificate.device, line.number))


def _session(
    desk: Desk,
    certificate: Certificate,
    secret: Secret,
    between: Pairing,
    side: Side,
    exchanged: Exchanged,
    before: Session | None,
    now: int,
) -> Session:
    refs = desks.own(desk).device_signer.ref, desks.reference(certificate)
    previous = NO_SESSION if before is None else before.session_id
    return paper.session(secret, between, side, refs, exchanged, previous=previous, now=now)


def _line(desk: Desk, device: DeviceId, number: int) -> PaperSecret:
    return _unburnt(rows.read(desk.db, device, number) or PaperSecret(device, number, SecretState.SEALED))


def _unburnt(line: PaperSecret) -> PaperSecret:
    if line.state is SecretState.BURNT:
        raise Replayed(f"secret {line.number} is burnt: destroy its paper and take the next envelope")
    return line


def _typed(line: PaperSecret, groups: str) -> Secret:
    secret = Secret(typed_groups(groups, "the secret of the envelope"))
    if line.proof is not None and paper.check(secret) != line.proof:
        raise NotAllowed(f"this is not the paper of secret {line.number}")
    return secret


def _name(device: DeviceId, number: int) -> str:
    return f"paper-{device}-{number}"
