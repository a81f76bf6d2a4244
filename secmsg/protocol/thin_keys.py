"""The keys of thin packets: a chain for each direction and epoch, apart from the fat ones (docs/spec/thin.md 2, 3).

What is done with them is in `secmsg.protocol.thin`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from secmsg.crypto.secret import Secret
from secmsg.protocol.root_key import RootStep
from secmsg.protocol.skipped_keys import LIFE, SkippedKey

MAX_RECEIVING = 3
MAX_KEPT = 1024
"""Keys of packets passed over that one receiving chain keeps: 3072 of a session."""

ANSWERING_EPOCH, ANSWERED_EPOCH = 0, 1
"""The responder's chain that the handshake itself gives: it may be used as soon as the handshake is opened, and
what comes on it proves that the initiator's first chain has arrived."""


@dataclass(frozen=True, slots=True)
class ThinChain:
    """One direction's thin keys of one epoch.

    `counter` is the next one to use, `began_at` the UTC second of the step that gave the chain.
    """

    epoch: int
    counter: int
    chain: Secret
    tag_key: Secret
    began_at: int

    def settled(self, now: int) -> Self:
        """Bring a time back that a clock once set wrong put into the future."""
        return self if self.began_at <= now else replace(self, began_at=now)


@dataclass(frozen=True, slots=True)
class ThinReceivingChain(ThinChain):
    """A chain of the peer's; `kept` are the keys of counters passed over whose packets may still come."""

    kept: Mapping[int, SkippedKey] = field(default_factory=dict)

    def settled(self, now: int) -> Self:
        """Wipe keys older than 30 days too."""
        oldest = now - LIFE
        if self.began_at <= now and all(oldest < key.at <= now for key in self.kept.values()):
            return self
        kept = {n: SkippedKey(key.key, min(key.at, now)) for n, key in self.kept.items() if key.at > oldest}
        return replace(self, began_at=min(self.began_at, now), kept=kept)


@dataclass(frozen=True, slots=True)
class ThinKeys:
    """The thin chains of a session.

    `sending` is the newest own one that the peer is known to hold, `unconfirmed` the one after it, never used
    for sending. `receiving` are the peer's last three, oldest first: it may still send on the last but one,
    and a packet of the one before may be on its way.
    """

    unconfirmed: ThinChain | None = None
    sending: ThinChain | None = None
    receiving: tuple[ThinReceivingChain, ...] = ()

    def sent_under(self, epoch: int, step: RootStep, now: int) -> "ThinKeys":
        """Take the keys of a sending chain just begun: the peer does not hold them yet."""
        begun = ThinChain(epoch, 0, step.thin_chain, step.thin_tag, now)
        return ThinKeys(begun, self.sending, self.receiving)

    def received_under(self, epoch: int, step: RootStep, now: int) -> "ThinKeys":
        """Take the keys of a receiving chain just begun, which confirms the own chain before it."""
        begun = ThinReceivingChain(epoch, 0, step.thin_chain, step.thin_tag, now)
        return replace(self.confirmed(epoch - 1), receiving=(*self.receiving, begun)[-MAX_RECEIVING:])

    def confirmed(self, epoch: int) -> "ThinKeys":
        """Send on the own chain of `epoch` from now on: the peer has shown that it holds it. No other is confirmed."""
        if self.unconfirmed is None or self.unconfirmed.epoch != epoch:
            return self
        return ThinKeys(None, self.unconfirmed, self.receiving)

    def settled(self, now: int) -> "ThinKeys":
        """Wipe what is too old in every chain; the same object when nothing was."""
        unconfirmed = None if self.unconfirmed is None else self.unconfirmed.settled(now)
        sending = None if self.sending is None else self.sending.settled(now)
        receiving = tuple(chain.settled(now) for chain in self.receiving)
        settled = ThinKeys(unconfirmed, sending, receiving)
        before, after = ((keys.unconfirmed, keys.sending, *keys.receiving) for keys in (self, settled))
        if all(new is old for new, old in zip(after, before, strict=True)):
            return self
        return settled


def answering(chain: Secret, tag_key: Secret, now: int) -> ThinKeys:
    """Return what the responder begins with: a chain that the initiator made and so holds."""
    return ThinKeys(sending=ThinChain(ANSWERING_EPOCH, 0, chain, tag_key, now))


def answered(chain: Secret, tag_key: Secret, now: int) -> ThinKeys:
    """Return what the initiator begins with: the chain on which the responder may answer."""
    return ThinKeys(receiving=(ThinReceivingChain(ANSWERING_EPOCH, 0, chain, tag_key, now),))
