"""The root key: every change of direction mixes a fresh agreement into it (docs/spec/session.md 4)."""

from dataclasses import dataclass

from secmsg.crypto import hashing, kdf, labels
from secmsg.crypto.secret import Secret
from secmsg.wire.codec import Writer
from secmsg.wire.packet import PUBLIC_SIZE

ROOT_SIZE = 32
CHAIN_SIZE = 32
HEADER_KEY_SIZE = 64
THIN_SIZE = 32
_PARTS = (ROOT_SIZE, CHAIN_SIZE, HEADER_KEY_SIZE, THIN_SIZE, THIN_SIZE)


@dataclass(frozen=True, slots=True)
class Answer:
    """The post-quantum half of a step: the encapsulation key answered, the ciphertext, its secret."""

    offer: bytes
    ciphertext: bytes
    shared: Secret


@dataclass(frozen=True, slots=True)
class Terms:
    """What is public about a chain and enters its root step: constant for all packets of the chain."""

    epoch: int
    public: bytes
    pn: int


@dataclass(frozen=True, slots=True)
class RootStep:
    """What a step gives: next root, new chain, header key of the same sender's chain after it, thin keys."""

    root: Secret
    chain: Secret
    next_header_key: Secret
    thin_chain: Secret
    thin_tag: Secret


def transcript(terms: Terms, answer: Answer | None) -> bytes:
    """Return th, 64 bytes: SHA-512 of epoch, X25519 key, PN, and with an answer H(offer) and ciphertext."""
    head = Writer().u32(terms.epoch).raw(terms.public, PUBLIC_SIZE).u32(terms.pn).bytes()
    if answer is None:
        return hashing.sha512(head)
    return hashing.sha512(head, hashing.short(answer.offer), answer.ciphertext)


def step(root: Secret, shared: Secret, terms: Terms, answer: Answer | None) -> RootStep:
    """Advance `root` by an X25519 secret and, with an answer, an ML-KEM secret (docs/spec/session.md 4.1).

    The old root is the salt, so the new one is as strong as the strongest of the three.
    """
    ikm = shared if answer is None else Secret(shared.reveal() + answer.shared.reveal())
    keys = kdf.derive(root, ikm, labels.ROOT, transcript(terms, answer), sum(_PARTS))
    return RootStep(*keys.split(*_PARTS))
