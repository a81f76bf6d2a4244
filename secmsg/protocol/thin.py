"""Keys set aside for thin packets: a chain of each epoch, apart from the fat ones (docs/spec/session.md 8).

The keys are derived and kept now, so that sessions made today can serve radio and text-message links later;
no thin packet is sealed or opened here yet.
"""

from dataclasses import dataclass

from secmsg.crypto.secret import Secret
from secmsg.protocol.root_key import RootStep

MAX_RECEIVING = 3


@dataclass(frozen=True, slots=True)
class ThinChain:
    """One direction's thin keys of one epoch; `counter` is the next one to use."""

    epoch: int
    counter: int
    chain: Secret
    tag_key: Secret


@dataclass(frozen=True, slots=True)
class ThinKeys:
    """The thin chains of a session.

    `sending` is the newest own one that the peer is known to hold, because it has sent in a later epoch;
    `unconfirmed` is the one after it, never used for sending. `receiving` are the peer's last three,
    oldest first: it may still send on the last but one, and a packet of the one before may be on its way.
    """

    unconfirmed: ThinChain | None = None
    sending: ThinChain | None = None
    receiving: tuple[ThinChain, ...] = ()

    def sent_under(self, epoch: int, step: RootStep) -> "ThinKeys":
        """Take the keys of a sending chain just begun."""
        return ThinKeys(_chain(epoch, step), self.sending, self.receiving)

    def received_under(self, epoch: int, step: RootStep) -> "ThinKeys":
        """Take the keys of a receiving chain just begun, which confirms the own chain before it."""
        receiving = (*self.receiving, _chain(epoch, step))[-MAX_RECEIVING:]
        return ThinKeys(None, self.unconfirmed, receiving)


def _chain(epoch: int, step: RootStep) -> ThinChain:
    return ThinChain(epoch, 0, step.thin_chain, step.thin_tag)
