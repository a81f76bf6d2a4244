"""A session by the prekeys of an enrolment request: the device has no certificate when it makes them."""

from dataclasses import replace

import pytest

from secmsg.authority.enrolment import granted_prekeys, make_request
from secmsg.crypto import signing
from secmsg.errors import EnrolmentError, NotEntitled
from secmsg.protocol import handshake, prekeys
from secmsg.protocol.handshake import Opening
from secmsg.protocol.prekeys import PrekeySecrets
from secmsg.protocol.state import Origin
from secmsg.wire.bundle import Bundle
from secmsg.wire.certificate import CertificateType, Role
from secmsg.wire.enrolment import RequestPrekeys
from secmsg.wire.handshake import ResetReason
from secmsg.wire.packet import NO_ACK
from tests.helpers.seeded_random import seeded
from tests.helpers.sessions import COVER, EDITION, NOW, device

ANNA, BINH = device(1, "provisioning a"), device(2, "provisioning b")
RANDOM = seeded(b"provisioning")
SIGNED, ONE_TIME = prekeys.make_for_request(1, 1, 3, NOW + 86_400, RANDOM)
PUBLICS = tuple(each.public for each in ONE_TIME)
OPENING = Opening(COVER, 1, None, ResetReason.FIRST, EDITION, NO_ACK, b"THU", NOW)


def test_the_message_opens_with_the_halves_adopted_under_the_certificate() -> None:
    # given prekeys of a request, granted to a certificate and adopted under it
    granted = prekeys.granted(SIGNED.public, PUBLICS, 1, BINH.certificate)
    adopted, batch, entries = prekeys.adopt(BINH.identity.ref, BINH.identity.key, SIGNED, ONE_TIME)

    # when a session is opened by them
    begun, message = handshake.provide(ANNA.identity, BINH.certificate, granted, OPENING, RANDOM)

    # then the device opens it with its halves, and both know what it rests on
    accepted = handshake.respond(
        BINH.identity,
        message,
        covers=[COVER],
        prekeys=lambda _, opk: PrekeySecrets(adopted, next(each for each in ONE_TIME if each.public.opk_id == opk)),
        resolve=lambda _: ANNA.certificate,
        seen=lambda _: False,
        now=NOW,
        origin=Origin.PROVISIONED,
    )
    assert accepted.opened.payload == b"THU"
    assert accepted.session.session_id == begun.session_id
    assert begun.origin is Origin.PROVISIONED
    assert not begun.last_resort
    assert accepted.opk_id == PUBLICS[1].opk_id
    assert batch.count == len(entries) == 3
    assert granted.batch_root == batch.root


def test_adopted_prekeys_are_ordinary_ones() -> None:
    adopted, batch, entries = prekeys.adopt(BINH.identity.ref, BINH.identity.key, SIGNED, ONE_TIME)
    bundle = Bundle(adopted.public, batch, entries[2])

    prekeys.verify_bundle(bundle, BINH.certificate, now=NOW, batch_floor=0)


@pytest.mark.parametrize("place", [-1, 3])
def test_there_is_a_prekey_for_each_machine_of_headquarters_or_none(place: int) -> None:
    with pytest.raises(NotEntitled, match="one machine more"):
        prekeys.granted(SIGNED.public, PUBLICS, place, BINH.certificate)


def test_a_person_has_no_prekeys() -> None:
    person = replace(BINH.certificate, type=CertificateType.PERSON)
    with pytest.raises(NotEntitled, match="devices"):
        prekeys.granted(SIGNED.public, PUBLICS, 0, person)


def test_a_request_serves_the_certificate_that_answers_it_alone() -> None:
    person_key = signing.signing_generate(signing.Level.STANDARD, RANDOM)
    request = make_request(
        BINH.identity.key, person_key, station=BINH.certificate.station, role=Role.STATION, name="A", title="B",
        created_at=NOW, first_keys=RequestPrekeys(SIGNED.public, PUBLICS),
    )  # fmt: skip

    assert granted_prekeys(request, BINH.certificate, 0).one_time == PUBLICS[0]
    with pytest.raises(EnrolmentError, match="does not answer"):
        granted_prekeys(request, ANNA.certificate, 0)
    without = make_request(
        BINH.identity.key, person_key, station=BINH.certificate.station, role=Role.STATION, name="A", title="B",
        created_at=NOW,
    )  # fmt: skip
    with pytest.raises(EnrolmentError, match="older version"):
        granted_prekeys(without, BINH.certificate, 0)
