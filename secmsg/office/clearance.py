"""Who may sign together with whom: the separation of duties of one cable.

Rules of domain practice: from tối mật upward the releaser is not the drafter; tuyệt mật needs a second
person, and he is not the releaser. The same function judges a draft before release and a cable that arrived.
"""

from enum import Enum

from secmsg import vietnamese
from secmsg.wire.cable import Cable, Degree, Signatory


class Objection(Enum):
    """Why these signatures may not stand together."""

    RELEASER_IS_DRAFTER = "releaser-is-drafter"
    NO_SECOND_PERSON = "no-second-person"
    SECOND_IS_RELEASER = "second-is-releaser"
    CLEARANCE_REFUSED = "clearance-refused"


def same_person(one: Signatory, other: Signatory) -> bool:
    """Say whether two signatories are one person: by number, or by name where a number is missing."""
    if one.person and other.person:
        return one.person == other.person
    # Folded, so that a mark left out or a tone placed otherwise makes nobody a second person.
    return vietnamese.fold(one.name).split() == vietnamese.fold(other.name).split()


def separation(
    degree: Degree, drafter: Signatory, releaser: Signatory, second: Signatory | None
) -> tuple[Objection, ...]:
    """Return what forbids these three persons for a cable of this degree."""
    objections = []
    if degree >= Degree.SECRET and same_person(drafter, releaser):
        objections.append(Objection.RELEASER_IS_DRAFTER)
    if second is not None and same_person(second, releaser):
        objections.append(Objection.SECOND_IS_RELEASER)
    elif degree is Degree.TOP_SECRET and second is None:
        objections.append(Objection.NO_SECOND_PERSON)
    return tuple(objections)


def objections(cable: Cable) -> tuple[Objection, ...]:
    """Return every objection to the signatures of a cable."""
    found = separation(cable.degree, cable.drafter, cable.releaser, cable.second_person)
    if any(not clearance.approved for clearance in cable.clearers):
        found += (Objection.CLEARANCE_REFUSED,)
    return found
