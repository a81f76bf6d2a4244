"""What travels at enrolment: the device's request and headquarters' kit (docs/spec/enrolment.md 2 and 4)."""

import re
from dataclasses import dataclass, field

from secmsg.errors import FormatError
from secmsg.ids import CertificateRef, DeviceId, PersonId, RelayId, StationId
from secmsg.wire import bundle as bundles
from secmsg.wire import codec, directory
from secmsg.wire.bundle import Bundle, OneTimePrekey, SignedPrekey
from secmsg.wire.certificate import PUBLIC_SIZE, Role
from secmsg.wire.codec import Fields, Value
from secmsg.wire.contents import MAX_NAME
from secmsg.wire.directory import Edition

SIGNATURE_SIZE = 64 + 3309
FINGERPRINT_SIZE = 16
HASH_SIZE = 32
RELAY_ID_SIZE = 16
TOKEN_SIZE = 16
COVER_ROOT_SIZE = 32

MAX_REQUEST = 48 * 1024
MAX_REQUEST_PREKEYS = 16
MAX_RELAYS = 8
MAX_COVER_ROOTS = 4
MAX_BUNDLES = 512
MAX_URL = 200
MAX_PREFIX = 64
MAX_KIT = directory.MAX_SEGMENT + MAX_BUNDLES * bundles.MAX_BUNDLE + 64 * 1024

_VERSION = 1
_WITH_PREKEYS = 2
_SIGNED_SIZE = bundles.SIGNED_PREKEY_SIZE - HASH_SIZE - bundles.SIGNATURE_SIZE
_NO_REF = CertificateRef(bytes(HASH_SIZE))
_MAX_ID = 0xFFFF
_MAX_TIME = 0xFFFFFFFF
_URL = re.compile(r"https://[A-Za-z0-9.\-\[\]:]+(/[A-Za-z0-9._\-/]*)?")
_PREFIX = re.compile(r"[A-Za-z0-9_\-]+")


@dataclass(frozen=True, slots=True)
class RequestPrekeys:
    """The first prekeys of a device that has no certificate yet, so that headquarters can open a session with it.

    `signed` names no certificate and is not signed by itself: the request's signatures cover it. `one_time` are 1 to 16
    of one batch, in order from index 0. Source: docs/spec/enrolment.md 2.
    """

    signed: SignedPrekey
    one_time: tuple[OneTimePrekey, ...]


@dataclass(frozen=True, slots=True)
class Request:
    """What a new device asks headquarters: its keys, its officer's, and who they say they are.

    The signatures prove that both private keys exist; the names prove nothing until headquarters compares
    the fingerprint by voice. `station` is a proposal; `prekeys` are None in a request of version 1.
    """

    station: StationId
    role: Role
    device_public: bytes = field(repr=False)
    person_public: bytes = field(repr=False)
    name: str
    title: str
    created_at: int
    device_signature: bytes = field(repr=False)
    person_signature: bytes = field(repr=False)
    prekeys: RequestPrekeys | None = field(default=None, repr=False)


def request_part(request: Request) -> bytes:
    """Return the bytes that both signatures cover, each after its own first byte."""
    value: dict[int, Value] = {
        1: _VERSION if request.prekeys is None else _WITH_PREKEYS,
        2: request.station,
        3: int(request.role),
        4: request.device_public,
        5: request.person_public,
        6: request.name,
        7: request.title,
        8: request.created_at,
    }
    if request.prekeys is not None:
        value[9] = bundles.signed_part(request.prekeys.signed)[HASH_SIZE:]
        value[10] = [bundles.encode_one_time(each) for each in request.prekeys.one_time]
    body = codec.encode(value)
    _read_request(body, b"", b"")
    return body


def encode_request(request: Request) -> bytes:
    """Write a request; FormatError on a value out of bounds."""
    value: Value = {1: request_part(request), 2: request.device_signature, 3: request.person_signature}
    encoded = codec.encode(value)
    decode_request(encoded)
    return encoded


def decode_request(data: bytes) -> Request:
    """Read a request, every byte; the signatures are not looked at here."""
    fields = Fields(codec.decode(data, max_bytes=MAX_REQUEST, max_items=16), "request")
    request = _read_request(fields.raw(1, 1, MAX_REQUEST), fields.raw(2, SIGNATURE_SIZE), fields.raw(3, SIGNATURE_SIZE))
    fields.done()
    return request


def _read_request(body: bytes, device_signature: bytes, person_signature: bytes) -> Request:
    fields = Fields(codec.decode(body, max_bytes=MAX_REQUEST, max_items=64), "request")
    version = fields.uint(1, _VERSION, _WITH_PREKEYS)
    request = Request(
        station=StationId(fields.uint(2, 1, _MAX_ID)),
        role=fields.choice(3, Role),
        device_public=fields.raw(4, PUBLIC_SIZE),
        person_public=fields.raw(5, PUBLIC_SIZE),
        name=fields.text(6, 1, MAX_NAME),
        title=fields.text(7, 1, MAX_NAME),
        created_at=fields.uint(8, 1, _MAX_TIME),
        device_signature=device_signature,
        person_signature=person_signature,
        prekeys=_read_prekeys(fields) if version == _WITH_PREKEYS else None,
    )
    fields.done()
    return request


def _read_prekeys(fields: Fields) -> RequestPrekeys:
    signed = bundles.decode_signed(_NO_REF + fields.raw(9, _SIGNED_SIZE) + bytes(bundles.SIGNATURE_SIZE))
    found = tuple(_read_one_time(value) for value in fields.array(10, 1, MAX_REQUEST_PREKEYS))
    if any(each.opk_id != found[0].opk_id + place or each.index != place for place, each in enumerate(found)):
        raise FormatError("the one-time prekeys of a request are the first of one batch, in order")
    return RequestPrekeys(signed, found)


def _read_one_time(value: Value) -> OneTimePrekey:
    return bundles.decode_one_time(codec.as_raw(value, bundles.ONE_TIME_SIZE, bundles.ONE_TIME_SIZE, "one-time prekey"))


@dataclass(frozen=True, slots=True)
class RelayEntry:
    """A relay as a device needs it: where it is, how its certificate looks, the right to make mailboxes.

    `fingerprint` is SHA-256 of the relay's TLS certificate (DER); `prefix` is the secret first part of every
    path, `enrol_token` (16 B) is spent when mailboxes are made.
    """

    relay_id: RelayId
    name: str
    base_url: str
    prefix: str = field(repr=False)
    fingerprint: bytes
    enrol_token: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class CoverRoot:
    """A cover root (32 B) with its index."""

    index: int
    root: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Kit:
    """What headquarters prepares for one device and its officer; always travels sealed.

    `root_hash` pins the root certificate, `edition` is a full segment that lists both; `request` is the
    fingerprint of the request it answers; `bundles` of peers let the first cables leave at once.
    """

    station: StationId
    device: DeviceId
    person: PersonId
    device_ref: CertificateRef
    person_ref: CertificateRef
    request: bytes
    prepared_at: int
    root_hash: bytes
    edition: Edition
    cover_roots: tuple[CoverRoot, ...]
    relays: tuple[RelayEntry, ...]
    bundles: tuple[Bundle, ...] = ()


def encode_kit(kit: Kit) -> bytes:
    """Write a kit before sealing; FormatError on a value out of bounds."""
    value: dict[int, Value] = {
        1: _VERSION,
        2: kit.station,
        3: kit.device,
        4: kit.person,
        5: kit.device_ref,
        6: kit.person_ref,
        7: kit.request,
        8: kit.prepared_at,
        9: kit.root_hash,
        10: directory.encode(kit.edition),
        11: [[cover.index, cover.root] for cover in kit.cover_roots],
        12: [
            [
                relay.relay_id,
                relay.name,
                relay.base_url,
                relay.prefix,
                relay.fingerprint,
                relay.enrol_token,
            ]
            for relay in kit.relays
        ],
    }
    if kit.bundles:
        value[13] = [bundles.encode(bundle) for bundle in kit.bundles]
    encoded = codec.encode(value)
    decode_kit(encoded)
    return encoded


def decode_kit(data: bytes) -> Kit:
    """Read a kit, every byte; nothing in it is verified here."""
    fields = Fields(codec.decode(data, max_bytes=MAX_KIT), "kit")
    fields.uint(1, _VERSION, _VERSION)
    kit = Kit(
        station=StationId(fields.uint(2, 1, _MAX_ID)),
        device=DeviceId(fields.uint(3, 1, _MAX_ID)),
        person=PersonId(fields.uint(4, 1, _MAX_ID)),
        device_ref=CertificateRef(fields.raw(5, HASH_SIZE)),
        person_ref=CertificateRef(fields.raw(6, HASH_SIZE)),
        request=fields.raw(7, FINGERPRINT_SIZE),
        prepared_at=fields.uint(8, 1, _MAX_TIME),
        root_hash=fields.raw(9, HASH_SIZE),
        edition=directory.decode(fields.raw(10, 1, directory.MAX_SEGMENT)),
        cover_roots=tuple(_read_cover_root(value) for value in fields.array(11, 1, MAX_COVER_ROOTS)),
        relays=tuple(_read_relay(value) for value in fields.array(12, 1, MAX_RELAYS)),
        bundles=tuple(_read_bundle(value) for value in fields.array_or_empty(13, MAX_BUNDLES)),
    )
    fields.done()
    indices = [cover.index for cover in kit.cover_roots]
    if indices != sorted(set(indices)):
        raise FormatError("a kit's cover roots are not in rising order")
    if not kit.edition.full:
        raise FormatError("a kit's edition is a full one")
    return kit


def _read_cover_root(value: Value) -> CoverRoot:
    index, root = codec.as_array(value, 2, 2, "cover root")
    return CoverRoot(
        codec.as_uint(index, 0, 0xFFFF, "cover root"),
        codec.as_raw(root, COVER_ROOT_SIZE, COVER_ROOT_SIZE, "cover root"),
    )


def check_relay(relay: RelayEntry) -> None:
    """Refuse a relay that no kit could hold; FormatError."""
    _read_relay([relay.relay_id, relay.name, relay.base_url, relay.prefix, relay.fingerprint, relay.enrol_token])


def _read_relay(value: Value) -> RelayEntry:
    relay_id, name, base_url, prefix, fingerprint, token = codec.as_array(value, 6, 6, "relay")
    relay = RelayEntry(
        relay_id=RelayId(codec.as_raw(relay_id, RELAY_ID_SIZE, RELAY_ID_SIZE, "relay")),
        name=codec.as_text(name, 1, MAX_NAME, "relay's name"),
        base_url=codec.as_text(base_url, 1, MAX_URL, "relay's address"),
        prefix=codec.as_text(prefix, 1, MAX_PREFIX, "relay's prefix"),
        fingerprint=codec.as_raw(fingerprint, HASH_SIZE, HASH_SIZE, "relay's certificate"),
        enrol_token=codec.as_raw(token, TOKEN_SIZE, TOKEN_SIZE, "enrolment token"),
    )
    if _URL.fullmatch(relay.base_url) is None or _PREFIX.fullmatch(relay.prefix) is None:
        raise FormatError("a relay's address or prefix has another form")
    return relay


def _read_bundle(value: Value) -> Bundle:
    return bundles.decode(codec.as_raw(value, 1, bundles.MAX_BUNDLE, "bundle"))
