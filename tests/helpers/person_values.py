"""Requests of a post about its persons, one of each kind."""

from secmsg.authority import persons
from secmsg.authority.edition import reference
from secmsg.crypto import signing
from secmsg.crypto.signing import Level
from secmsg.wire.person_request import Wish
from tests.helpers.authority_world import NOW, world
from tests.helpers.seeded_random import seeded

_MEMBER = world().members[1]
_NEW = signing.signing_generate(Level.STANDARD, seeded(b"new person"))
_BY = (reference(_MEMBER.person), _MEMBER.person_key)
_STATION, _WHO = _MEMBER.person.station, ("Trần Thị Bình", "Bí thư thứ ba")

PERSON_REQUESTS = (
    persons.make(Wish.LIST, _STATION, _WHO, _NEW.public, NOW, _BY, _NEW),
    persons.make(Wish.DISMISS, _STATION, _WHO, _MEMBER.person.public, NOW, _BY),
)
