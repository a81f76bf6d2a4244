"""Sessions made at enrolment: no handshake has to cross a thin link afterwards (docs/spec/enrolment.md 6).

The new device's request holds its first prekeys. Headquarters opens a session by them once its edition lists the
device; the message lies in the outbox like any other and travels with the kit, in a pouch.
"""

from secmsg.authority import enrolment
from secmsg.crypto import signing
from secmsg.crypto.randomness import Random
from secmsg.crypto.secret import Secret
from secmsg.crypto.signing import Level
from secmsg.errors import EnrolmentError, NotAllowed, NotListed
from secmsg.ids import CertificateRef, DeviceId, StationId
from secmsg.protocol import prekeys as protocol
from secmsg.protocol.prekeys import OneTimeSecret, SignedSecret
from secmsg.station import breaks, envelopes, sessions
from secmsg.station import desk as desks
from secmsg.station.desk import Desk
from secmsg.store import identity as identity_rows
from secmsg.store import prekeys as rows
from secmsg.store.database import Database
from secmsg.store.prekeys import Batch, OneTimeRow, SignedPrekeyRow
from secmsg.wire import bundle as bundles
from secmsg.wire import enrolment as wire
from secmsg.wire.certificate import Certificate, CertificateType
from secmsg.wire.codec import Reader
from secmsg.wire.service import LineTest

FIRST_ID = 1
"""Number of the signed prekey, and version of the batch, in every request: the counters begin at 1."""

_FIRST_KEYS = "first-keys"
_FIRST_BATCH = "first-batch"
_SIGNED_SIZE = 5_109
_ONE_TIME_SIZE = 1_348
_TOKEN_SIZE = 8


# --- the new device --------------------------------------------------------------------------------------------------


def keep_first_keys(db: Database, signed: SignedSecret, one_time: tuple[OneTimeSecret, ...], random: Random) -> None:
    """Keep the private halves of a request's prekeys until the kit comes, in the caller's transaction."""
    encoded = protocol.encode_signed(signed) + b"".join(protocol.encode_one_time(each) for each in one_time)
    identity_rows.keep_secret(db, _FIRST_KEYS, Secret(encoded), random)


def adopt_first_keys(desk: Desk, ref: CertificateRef, now: int) -> None:
    """Make them ordinary prekeys under the certificate that came, in the caller's transaction."""
    if not identity_rows.has_secret(desk.db, _FIRST_KEYS):
        return
    reader = Reader(identity_rows.secret(desk.db, _FIRST_KEYS).reveal())
    signed = protocol.decode_signed(reader.raw(_SIGNED_SIZE))
    one_time = tuple(
        protocol.decode_one_time(reader.raw(_ONE_TIME_SIZE)) for _ in range(reader.left() // _ONE_TIME_SIZE)
    )
    reader.end()
    key = signing.signing_from_seed(Level.STANDARD, identity_rows.secret(desk.db, desks.DEVICE_SEED))
    adopted, batch, entries = protocol.adopt(ref, key, signed, one_time)
    # The ids were written into the request before there was a counter: nothing else may have them.
    if (rows.take_signed_id(desk.db), rows.take_batch_version(desk.db)) != (FIRST_ID, FIRST_ID):
        raise EnrolmentError("prekeys were made before the kit was taken")
    rows.keep_signed(
        desk.db,
        SignedPrekeyRow(
            adopted.public.spk_id,
            Secret(protocol.encode_signed(adopted)),
            bundles.encode_signed(adopted.public),
            now,
            now + desk.policy.prekeys.signed_keep_s,
        ),
    )
    rows.keep_batch(
        desk.db,
        Batch(batch.version, bundles.encode_batch(batch), now),
        tuple(
            OneTimeRow(each.public.opk_id, Secret(protocol.encode_one_time(each)), bundles.encode_entry(entry))
            for each, entry in zip(one_time, entries, strict=True)
        ),
    )
    identity_rows.keep_fact(desk.db, _FIRST_BATCH, bytes([FIRST_ID]))
    identity_rows.forget_secret(desk.db, _FIRST_KEYS)


# --- headquarters ----------------------------------------------------------------------------------------------------


def provision(desk: Desk, request: bytes) -> tuple[StationId, DeviceId]:
    """Open a session with the device that made this request; return its station and number.

    The message waits in the outbox: a pouch for the station carries it beside the kit. NotAllowed when this is no
    machine of headquarters or there is a session already; NotListed until the edition here lists the device;
    EnrolmentError, FormatError or NotEntitled when the request does not serve.
    """
    now = desk.now()
    asked = wire.decode_request(request)
    certificate = _answering(desk, asked.device_public, now)
    granted = enrolment.granted_prekeys(asked, certificate, _place(desk, now))
    if sessions.active(desk, certificate.device) is not None:
        raise NotAllowed("there is a session with this machine already")
    with desk.db.transaction():
        test = LineTest(desk.random(_TOKEN_SIZE), answer=False)
        envelopes.post_service(desk, certificate.station, test, now)
        envelopes.provide_session(desk, certificate, granted, now)
    return certificate.station, certificate.device


def _answering(desk: Desk, public: bytes, now: int) -> Certificate:
    directory = desks.directory(desk)
    for ref, each in directory.certificates.items():
        if each.type is CertificateType.DEVICE and each.public == public:
            return directory.device(ref, now)
    raise NotListed(f"edition {directory.number} does not list the device of this request yet")


def _place(desk: Desk, now: int) -> int:
    """Return which machine of headquarters this is, counted from 0: each has a prekey of its own."""
    directory = desks.directory(desk)
    machines = [each.device for station in breaks.headquarters(desk) for each in directory.devices_of(station, now)]
    own = desks.own(desk).device
    if own not in machines:
        raise NotAllowed("sessions are provisioned by headquarters")
    return sorted(machines).index(own)


def is_first(desk: Desk, opk_id: int | None) -> bool:
    """Say whether a one-time prekey is one of our request's: the session made with it was provisioned."""
    if opk_id is None or opk_id >> 8 != FIRST_ID:
        return False
    # A store made before requests held prekeys has an ordinary batch of this version.
    return identity_rows.fact(desk.db, _FIRST_BATCH) is not None
