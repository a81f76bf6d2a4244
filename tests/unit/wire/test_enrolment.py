"""A request and a kit have one encoding, and nothing else is read."""

from dataclasses import replace

import pytest

from secmsg.errors import FormatError
from secmsg.ids import CertificateRef, DeviceId, PersonId, RelayId, StationId
from secmsg.wire import codec, enrolment
from secmsg.wire.bundle import Bundle, SignedPrekey
from secmsg.wire.enrolment import CoverRoot, Kit, Request
from tests.helpers.authority_world import NOW, RELAY, world

REQUEST = world().members[1].request
KIT = Kit(
    station=StationId(7),
    device=DeviceId(2),
    person=PersonId(2),
    device_ref=CertificateRef(b"d" * 32),
    person_ref=CertificateRef(b"p" * 32),
    request=b"f" * 16,
    prepared_at=NOW,
    root_hash=b"r" * 32,
    edition=world().edition,
    cover_roots=(CoverRoot(1, b"c" * 32), CoverRoot(2, b"e" * 32)),
    relays=(RELAY,),
    bundles=(Bundle(SignedPrekey(CertificateRef(b"C" * 32), 1, b"x" * 32, b"k" * 1568, NOW, b"s" * 3373), None, None),),
)


def test_a_request_is_read_back() -> None:
    encoded = enrolment.encode_request(REQUEST)

    assert enrolment.decode_request(encoded) == REQUEST
    assert len(encoded) < 11_000


@pytest.mark.parametrize(
    "wrong",
    [
        replace(REQUEST, station=StationId(0)),
        replace(REQUEST, device_public=b""),
        replace(REQUEST, person_public=b"p"),
        replace(REQUEST, name=""),
        replace(REQUEST, title="a\u202eb"),
        replace(REQUEST, created_at=0),
        replace(REQUEST, device_signature=b""),
        replace(REQUEST, person_signature=b"s"),
    ],
)
def test_a_request_out_of_bounds_is_not_written(wrong: Request) -> None:
    with pytest.raises(FormatError):
        enrolment.encode_request(wrong)


def test_a_request_with_more_than_it_may_hold_is_refused() -> None:
    fields: dict[int, codec.Value] = {1: enrolment.request_part(REQUEST), 2: bytes(3373), 3: bytes(3373)}

    for value in ({**fields, 4: 1}, {**fields, 1: codec.encode({1: 2})}, {2: fields[2], 3: fields[3]}):
        with pytest.raises(FormatError):
            enrolment.decode_request(codec.encode(value))


@pytest.mark.parametrize("kit", [KIT, replace(KIT, bundles=())])
def test_a_kit_is_read_back(kit: Kit) -> None:
    assert enrolment.decode_kit(enrolment.encode_kit(kit)) == kit


@pytest.mark.parametrize(
    "wrong",
    [
        replace(KIT, station=StationId(0)),
        replace(KIT, request=b""),
        replace(KIT, root_hash=b""),
        replace(KIT, relays=()),
        replace(KIT, relays=(RELAY,) * 9),
        replace(KIT, cover_roots=()),
        replace(KIT, cover_roots=tuple(reversed(KIT.cover_roots))),
        replace(KIT, cover_roots=KIT.cover_roots[:1] * 2),
        replace(KIT, cover_roots=(CoverRoot(1, b"short"),)),
        replace(KIT, edition=replace(KIT.edition, full=False)),
        replace(KIT, relays=(replace(RELAY, base_url="http://127.0.0.1"),)),
        replace(KIT, relays=(replace(RELAY, base_url="https://user@host"),)),
        replace(KIT, relays=(replace(RELAY, prefix="a/b"),)),
        replace(KIT, relays=(replace(RELAY, relay_id=RelayId(b"")),)),
        replace(KIT, relays=(replace(RELAY, fingerprint=b""),)),
        replace(KIT, relays=(replace(RELAY, enrol_token=b""),)),
    ],
)
def test_a_kit_out_of_bounds_is_not_written(wrong: Kit) -> None:
    with pytest.raises(FormatError):
        enrolment.encode_kit(wrong)


def test_a_kit_with_an_unknown_field_is_refused() -> None:
    value = codec.decode(enrolment.encode_kit(KIT), max_bytes=enrolment.MAX_KIT)
    assert isinstance(value, dict)

    with pytest.raises(FormatError, match="unknown"):
        enrolment.decode_kit(codec.encode({**value, 14: 1}))


def test_secrets_of_a_kit_stay_out_of_the_repr() -> None:
    shown = repr(KIT)

    assert RELAY.prefix not in shown
    assert "TTTT" not in shown
    assert "cccc" not in shown
