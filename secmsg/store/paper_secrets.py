"""Which secrets of sealed envelopes were printed, begun and burnt, and the packets of their recoveries.

Source: docs/spec/recovery.md 6. The secrets themselves are on paper.
"""

from dataclasses import dataclass, field
from enum import IntEnum

from secmsg.ids import DeviceId
from secmsg.store.database import Database


class SecretState(IntEnum):
    """Where a secret stands; it only moves on."""

    SEALED = 1
    """In its envelope."""
    BEGUN = 2
    """We have made a packet with it and wait for the answer."""
    BURNT = 3
    """Used: it is never taken again."""


@dataclass(frozen=True, slots=True)
class PaperSecret:
    """One numbered secret towards a machine; `proof` is None when it was not printed here and never used."""

    device: DeviceId
    number: int
    state: SecretState
    made_at: int | None = None
    proof: bytes | None = field(default=None, repr=False)
    begun: bytes | None = field(default=None, repr=False)
    answered: bytes | None = field(default=None, repr=False)


_SELECT = "SELECT device, number, state, made_at, proof, begun, answered FROM paper_secrets "


def keep(db: Database, secret: PaperSecret, now: int) -> None:
    """Keep a secret's line; a state below the one it has is refused by leaving it as it is."""
    s = secret
    db.run(
        "INSERT INTO paper_secrets (device, number, state, made_at, proof, begun, answered, changed_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (device, number) DO UPDATE SET state = excluded.state, "
        "proof = excluded.proof, begun = excluded.begun, answered = excluded.answered, "
        "changed_at = excluded.changed_at WHERE state <= excluded.state",
        (s.device, s.number, s.state, s.made_at, s.proof, s.begun, s.answered, now),
    )


def read(db: Database, device: DeviceId, number: int) -> PaperSecret | None:
    """Return the line of a secret."""
    row = db.one(_SELECT + "WHERE device = ? AND number = ?", (device, number))
    return None if row is None else _secret(*row)


def every(db: Database) -> tuple[PaperSecret, ...]:
    """List all lines by machine and number."""
    return tuple(_secret(*row) for row in db.all(_SELECT + "ORDER BY device, number"))


def last_number(db: Database, device: DeviceId) -> int:
    """Return the highest number that a line towards a machine has, 0 for none."""
    row = db.one("SELECT max(number) FROM paper_secrets WHERE device = ?", (device,))
    return 0 if row is None or row[0] is None else int(row[0])


def _secret(
    device: int,
    number: int,
    state: int,
    made_at: int | None,
    proof: bytes | None,
    begun: bytes | None,
    answered: bytes | None,
) -> PaperSecret:
    return PaperSecret(DeviceId(device), number, SecretState(state), made_at, proof, begun, answered)
