"""A device is enrolled by a proven request and a kit that one code opens."""

from dataclasses import replace

import pytest

from secmsg.authority import enrolment
from secmsg.authority.directory import next_edition
from secmsg.authority.edition import reference
from secmsg.authority.enrolment import (
    Grant,
    accept_kit,
    activation_code,
    certify,
    fingerprint,
    make_request,
    open_kit,
    prepare_kit,
    seal_kit,
    verify_request,
)
from secmsg.authority.trust import OwnEntry
from secmsg.crypto.passphrase import KdfCost
from secmsg.crypto.secret import Secret
from secmsg.errors import EnrolmentError, FormatError, NotEntitled, NotListed, SecmsgError, SignatureError
from secmsg.ids import CertificateRef, DeviceId, EditionNumber, PersonId, StationId
from secmsg.wire.cable import Degree
from secmsg.wire.certificate import Role
from secmsg.wire.enrolment import CoverRoot, Kit, Request, decode_request, encode_request
from tests.helpers.authority_world import (
    COVER,
    DAY,
    KYIV,
    NEXT_COVER,
    NOW,
    PARIS,
    RELAY,
    Member,
    flipped,
    member,
    world,
)
from tests.helpers.seeded_random import seeded

CHEAP = KdfCost(memory_kib=8, passes=1)
CODE = activation_code(seeded(b"code"))
WORLD = world()
MEMBER = WORLD.members[1]


def kit_for(who: Member = MEMBER) -> Kit:
    return prepare_kit(
        who.request,
        WORLD.directory,
        who.device,
        who.person,
        covers=(COVER, NEXT_COVER),
        relays=(RELAY,),
        prepared_at=NOW,
    )


KIT = kit_for()
SEALED = seal_kit(KIT, CODE, CHEAP, seeded(b"salt"))
GRANT = Grant(
    station=PARIS.id,
    device=DeviceId(8),
    person=PersonId(8),
    role=Role.TRAVEL,
    degree=Degree.CONFIDENTIAL,
    device_serial=80,
    person_serial=81,
    not_before=NOW,
    not_after=NOW + 7 * DAY,
    edition=EditionNumber(2),
)


# The request


def test_a_request_proves_both_keys() -> None:
    verify_request(decode_request(encode_request(MEMBER.request)))


def test_flipped_bits_of_a_request_are_refused() -> None:
    encoded = encode_request(MEMBER.request)

    for byte in [*range(40), *range(40, len(encoded), 29), *range(len(encoded) - 60, len(encoded))]:
        with pytest.raises((FormatError, EnrolmentError)):
            verify_request(decode_request(flipped(encoded, 8 * byte + byte % 8)))


def test_signatures_do_not_stand_for_each_other() -> None:
    request = MEMBER.request
    swapped = replace(request, device_signature=request.person_signature, person_signature=request.device_signature)
    turned = replace(swapped, device_public=request.person_public, person_public=request.device_public)

    for wrong in (swapped, turned):
        with pytest.raises(EnrolmentError):
            verify_request(wrong)


def test_device_and_person_have_keys_of_their_own() -> None:
    key = MEMBER.device_key
    request = make_request(key, key, station=PARIS.id, role=Role.STATION, name="A", title="B", created_at=NOW)

    with pytest.raises(EnrolmentError, match="of their own"):
        verify_request(request)


def test_a_fingerprint_is_of_every_byte() -> None:
    encoded = encode_request(MEMBER.request)

    assert len(fingerprint(encoded)) == 16
    assert len({fingerprint(flipped(encoded, bit)) for bit in range(0, 8 * len(encoded), 4001)}) > 10
    assert fingerprint(encoded) not in {fingerprint(flipped(encoded, bit)) for bit in range(64)}


def test_headquarters_decides_every_number() -> None:
    newcomer = member(KYIV.id, 8)

    device, person = certify(newcomer.request, GRANT, WORLD.directory)

    assert (device.station, device.device, device.serial, device.public) == (
        PARIS.id, 8, 80, newcomer.request.device_public,
    )  # fmt: skip
    assert (person.station, person.person, person.serial, person.public) == (
        PARIS.id, 8, 81, newcomer.request.person_public,
    )  # fmt: skip
    assert {device.role, person.role} == {Role.TRAVEL}
    assert {device.degree, person.degree} == {Degree.CONFIDENTIAL}


@pytest.mark.parametrize("which", ["device", "person"])
def test_a_listed_key_gets_no_second_owner(which: str) -> None:
    newcomer = member(KYIV.id, 8)
    keys = {
        "device": (MEMBER.device_key, newcomer.person_key),
        "person": (newcomer.device_key, MEMBER.person_key),
    }[which]
    request = make_request(*keys, station=PARIS.id, role=Role.STATION, name="A", title="B", created_at=NOW)

    with pytest.raises(EnrolmentError, match="listed already"):
        certify(request, GRANT, WORLD.directory)


def test_an_unproven_request_gets_no_certificate() -> None:
    wrong = replace(MEMBER.request, name="Somebody else")

    with pytest.raises(EnrolmentError):
        certify(wrong, GRANT, None)


# The kit


def test_a_kit_opens_with_its_code_and_is_accepted() -> None:
    kit = open_kit(SEALED, CODE, CHEAP)
    joined = accept_kit(kit, MEMBER.request, NOW)

    assert kit == KIT
    assert joined.accepted.directory == WORLD.directory
    assert (joined.device, joined.person) == (MEMBER.device, MEMBER.person)
    assert joined.accepted.own == (OwnEntry.LISTED, OwnEntry.LISTED)
    assert [cover.index for cover in kit.cover_roots] == [1, 2]


def test_another_code_does_not_open_it() -> None:
    for code in (
        activation_code(seeded(b"another")),
        Secret(CODE.reveal() + b"\x00"),
        Secret(CODE.reveal()[:-1]),
    ):
        with pytest.raises(EnrolmentError, match="code"):
            open_kit(SEALED, code, CHEAP)


def test_a_code_below_a_hundred_bits_is_refused_on_both_sides() -> None:
    weak = Secret(b"x" * 12)

    with pytest.raises(EnrolmentError, match="100 bits"):
        seal_kit(KIT, weak, CHEAP, seeded(b"salt"))
    with pytest.raises(EnrolmentError, match="100 bits"):
        open_kit(SEALED, weak, CHEAP)
    assert len(CODE) == 20


def test_flipped_bits_of_a_sealed_kit_are_refused() -> None:
    # Cost bits are turned in the next test: they may ask for much memory before they are found out.
    cost = range(1, 6)
    every = [*range(120), *range(120, len(SEALED), 211), len(SEALED) - 1]
    for byte in every:
        if byte in cost:
            continue
        with pytest.raises(EnrolmentError):
            open_kit(flipped(SEALED, 8 * byte + byte % 8), CODE, CHEAP)


@pytest.mark.parametrize(
    "cost",
    [(7, 1), (8, 0), (2**20 + 1, 1), (8, 11), (2**32 - 1, 255), (16, 1), (8, 2)],
)
def test_another_cost_is_refused(cost: tuple[int, int]) -> None:
    changed = SEALED[:1] + cost[0].to_bytes(4) + bytes([cost[1]]) + SEALED[6:]

    with pytest.raises(EnrolmentError):
        open_kit(changed, CODE, CHEAP)


def test_a_kit_below_the_floor_is_refused() -> None:
    with pytest.raises(EnrolmentError, match="out of bounds"):
        open_kit(SEALED, CODE, KdfCost(memory_kib=9, passes=1))


def test_bytes_that_are_no_kit_are_refused() -> None:
    for data in (b"", SEALED[:20], SEALED[:54], SEALED[:60]):
        with pytest.raises((FormatError, EnrolmentError)):
            open_kit(data, CODE, CHEAP)


def test_a_file_longer_than_any_kit_is_refused_before_it_is_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(enrolment, "_KIT", replace(enrolment._KIT, most=10))

    with pytest.raises(EnrolmentError, match="too long"):
        open_kit(SEALED, CODE, CHEAP)


def test_two_kits_of_one_code_share_nothing() -> None:
    again = seal_kit(KIT, CODE, CHEAP, seeded(b"another salt"))

    assert again[6:60] != SEALED[6:60]
    assert open_kit(again, CODE, CHEAP) == KIT


def test_a_kit_is_made_after_the_edition_that_lists_its_device() -> None:
    newcomer = member(KYIV.id, 8)

    with pytest.raises(NotListed):
        kit_for(newcomer)


def test_a_kit_holds_the_cover_root_of_its_edition() -> None:
    with pytest.raises(EnrolmentError, match="cover root"):
        prepare_kit(
            MEMBER.request,
            WORLD.directory,
            MEMBER.device,
            MEMBER.person,
            covers=(NEXT_COVER,),
            relays=(RELAY,),
            prepared_at=NOW,
        )


def test_a_later_edition_is_packed_with_the_later_cover_root() -> None:
    later, _ = next_edition(
        WORLD.directory, WORLD.issuer, replace(MEMBER.change(), added=()), NEXT_COVER, issued_at=NOW
    )
    kit = prepare_kit(
        MEMBER.request,
        later,
        MEMBER.device,
        MEMBER.person,
        covers=(COVER, NEXT_COVER),
        relays=(RELAY,),
        prepared_at=NOW,
    )

    assert accept_kit(kit, MEMBER.request, NOW).accepted.directory == later


@pytest.mark.parametrize(
    ("kit", "request_", "error"),
    [
        (KIT, WORLD.members[2].request, EnrolmentError),
        (replace(KIT, request=b"x" * 16), MEMBER.request, EnrolmentError),
        (replace(KIT, root_hash=b"x" * 32), MEMBER.request, SignatureError),
        (replace(KIT, cover_roots=(CoverRoot(9, b"x" * 32),)), MEMBER.request, NotEntitled),
        (replace(KIT, device_ref=CertificateRef(b"x" * 32)), MEMBER.request, NotListed),
        (replace(KIT, person_ref=KIT.device_ref), MEMBER.request, NotEntitled),
        (replace(KIT, device_ref=reference(WORLD.members[2].device)), MEMBER.request, EnrolmentError),
        (replace(KIT, person_ref=reference(WORLD.members[2].person)), MEMBER.request, EnrolmentError),
        (replace(KIT, station=StationId(1)), MEMBER.request, EnrolmentError),
        (replace(KIT, device=DeviceId(3)), MEMBER.request, EnrolmentError),
        (replace(KIT, person=PersonId(3)), MEMBER.request, EnrolmentError),
    ],
)
def test_a_kit_that_does_not_fit_is_refused(kit: Kit, request_: Request, error: type[SecmsgError]) -> None:
    with pytest.raises(error):
        accept_kit(kit, request_, NOW)


def test_a_kit_that_lists_our_numbers_with_other_keys_is_refused() -> None:
    ours = member(PARIS.id, 2, edition=2).request
    kit = replace(KIT, request=fingerprint(encode_request(ours)))

    with pytest.raises(EnrolmentError, match="other keys"):
        accept_kit(kit, ours, NOW)


def test_neither_code_nor_kit_secrets_reach_a_failures_text() -> None:
    with pytest.raises(EnrolmentError) as refused:
        open_kit(SEALED, activation_code(seeded(b"another")), CHEAP)

    assert CODE.reveal().hex() not in str(refused.value)
    assert refused.value.__suppress_context__ or refused.value.__context__ is None
