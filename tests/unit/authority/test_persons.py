"""A post's request about one of its persons: what it proves, and what the next edition does."""

from dataclasses import replace

import pytest

from secmsg.authority import persons
from secmsg.authority.directory import next_edition
from secmsg.authority.edition import reference
from secmsg.crypto import signing
from secmsg.crypto.signing import Level
from secmsg.errors import EnrolmentError, FormatError, NotEntitled, NotListed, SecmsgError
from secmsg.ids import CertificateRef, EditionNumber, PersonId
from secmsg.wire import person_request as wire
from secmsg.wire.certificate import CertificateType
from secmsg.wire.person_request import PersonRequest, Wish
from tests.helpers.authority_world import COVER, DAY, NOW, world
from tests.helpers.seeded_random import seeded

WORLD = world()
MEMBER = WORLD.members[1]
OTHER = WORLD.members[0]
NEW = signing.signing_generate(Level.STANDARD, seeded(b"new person"))
WHO = ("Trần Thị Bình", "Bí thư thứ ba")
BY = (reference(MEMBER.person), MEMBER.person_key)


def asked(wish: Wish = Wish.LIST) -> PersonRequest:
    public, own = (NEW.public, NEW) if wish is Wish.LIST else (MEMBER.person.public, None)
    return persons.make(wish, MEMBER.person.station, WHO, public, NOW, BY, own)


def test_a_request_is_given_back_and_no_shorter_or_longer_one_is_taken() -> None:
    for request in (asked(), asked(Wish.DISMISS)):
        data = wire.encode(request)
        assert wire.decode(data) == request
        for wrong in (data[:-1], data + b"\x00", b"", data[1:]):
            with pytest.raises(FormatError):
                wire.decode(wrong)
    with pytest.raises(FormatError):
        wire.encode(replace(asked(Wish.DISMISS), own_signature=bytes(3373)))
    with pytest.raises(FormatError):
        wire.encode(replace(asked(), name=""))
    assert len(persons.fingerprint(wire.encode(asked()))) == wire.FINGERPRINT_SIZE


def test_an_officer_of_the_post_asks_and_the_next_edition_lists_the_person() -> None:
    officer = persons.verify(asked(), WORLD.directory, NOW)
    number = EditionNumber(WORLD.directory.number + 1)

    change = persons.listing(asked(), officer, PersonId(900), 9_000, number, (NOW - DAY, NOW + DAY))
    directory, _ = next_edition(WORLD.directory, WORLD.issuer, change, COVER, issued_at=NOW)

    listed = [each for each in directory.certificates.values() if each.station == MEMBER.person.station]
    mine = [each for each in listed if each.type is CertificateType.PERSON]
    assert {each.public for each in mine} == {MEMBER.person.public, NEW.public}
    assert {each.degree for each in mine} == {officer.degree}
    assert directory.person_entry(PersonId(900)).name == WHO[0]
    # Both persons of the station can be dismissed but not the last one of them.
    gone = persons.make(Wish.DISMISS, MEMBER.person.station, WHO, NEW.public, NOW, BY)
    assert persons.verify(gone, directory, NOW) == officer
    assert persons.dismissal(gone, directory).removed_persons == (PersonId(900),)
    with pytest.raises(EnrolmentError, match="last person"):
        persons.dismissal(asked(Wish.DISMISS), WORLD.directory)


def test_every_changed_part_of_a_request_is_refused() -> None:
    good = asked()
    wrong: list[tuple[PersonRequest, type[SecmsgError]]] = [
        (replace(good, officer=CertificateRef(bytes(32))), NotListed),
        (replace(good, officer=reference(MEMBER.device)), NotEntitled),
        (replace(good, officer=reference(OTHER.person)), NotEntitled),
        (replace(good, station=OTHER.person.station), NotEntitled),
        (replace(good, name="Người khác"), EnrolmentError),
        (replace(good, public=OTHER.person.public), EnrolmentError),
        (replace(good, own_signature=good.officer_signature), EnrolmentError),
        (replace(good, officer_signature=good.own_signature), EnrolmentError),
        (
            persons.make(Wish.LIST, good.station, WHO, MEMBER.person.public, NOW, BY, MEMBER.person_key),
            EnrolmentError,
        ),
        (persons.make(Wish.DISMISS, good.station, WHO, NEW.public, NOW, BY), EnrolmentError),
        (persons.make(Wish.DISMISS, good.station, WHO, OTHER.person.public, NOW, BY), EnrolmentError),
        (persons.make(Wish.DISMISS, good.station, WHO, MEMBER.device.public, NOW, BY), EnrolmentError),
    ]

    for request, error in wrong:
        with pytest.raises(error):
            persons.verify(request, WORLD.directory, NOW)
    # Control: unchanged it is taken.
    persons.verify(good, WORLD.directory, NOW)
