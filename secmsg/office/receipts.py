"""The receipt ladder: which rung is proven by what, and which rung needs a person.

Source: docs/spec/receipts.md. A rung is shown only with the evidence that proves it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from types import MappingProxyType

from secmsg.errors import NotAllowed
from secmsg.wire.service import ReceiptLevel


class Evidence(IntEnum):
    """What stands behind a claim, the weakest first."""

    LOCAL_LOG = 0
    """We wrote it down ourselves."""
    RELAY_ANSWER = 1
    """A relay said so; nobody signed."""
    STATION_SIGNATURE = 2
    """A device of the station signed it."""
    PERSON_SIGNATURE = 3
    """A person of the station signed it."""


@dataclass(frozen=True, slots=True)
class Rung:
    """What one level needs, and its number in the national document exchange (None: not known there)."""

    needs: Evidence
    exchange: str | None


LADDER: Mapping[ReceiptLevel, Rung] = MappingProxyType(
    {
        ReceiptLevel.ARRIVED: Rung(Evidence.STATION_SIGNATURE, "01"),
        ReceiptLevel.DECIPHERED: Rung(Evidence.STATION_SIGNATURE, None),
        ReceiptLevel.REGISTERED: Rung(Evidence.PERSON_SIGNATURE, "03"),
        ReceiptLevel.READ: Rung(Evidence.PERSON_SIGNATURE, None),
        ReceiptLevel.ASSIGNED: Rung(Evidence.PERSON_SIGNATURE, "04"),
        ReceiptLevel.IN_PROGRESS: Rung(Evidence.PERSON_SIGNATURE, "05"),
        ReceiptLevel.DONE: Rung(Evidence.PERSON_SIGNATURE, "06"),
        ReceiptLevel.REFUSED: Rung(Evidence.PERSON_SIGNATURE, "02"),
    }
)


def proves(evidence: Evidence, level: ReceiptLevel) -> bool:
    """Say whether this evidence proves this rung; stronger evidence proves what weaker does."""
    return evidence >= LADDER[level].needs


def may_be_automatic(level: ReceiptLevel) -> bool:
    """Say whether the machine may send this receipt by itself: no rung that takes a person's signature."""
    return LADDER[level].needs < Evidence.PERSON_SIGNATURE


def climb(reached: ReceiptLevel | None, claimed: ReceiptLevel, evidence: Evidence) -> ReceiptLevel:
    """Return the higher of both rungs; NotAllowed where the evidence does not prove the claim.

    A refusal stands above everything: once refused, nothing later changes it.
    """
    if not proves(evidence, claimed):
        raise NotAllowed(f"{evidence.name} does not prove {claimed.name}")
    return claimed if reached is None else max(reached, claimed)
