"""What every act of the station needs: the store, the blob files, the policy, a clock and randomness."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from secmsg.authority import edition, trust
from secmsg.authority.mailbox import week_of
from secmsg.authority.trust import Directory
from secmsg.config import Policy
from secmsg.crypto import signing
from secmsg.crypto.randomness import Random
from secmsg.crypto.secret import Secret
from secmsg.crypto.signing import Level
from secmsg.errors import EnrolmentError, NotAllowed, NotListed, StoreDamaged
from secmsg.ids import BlobKey, CertificateRef, DeviceId, PersonId, RelayId, SessionId, StationId, Week
from secmsg.office.persons import Bar
from secmsg.protocol import veil
from secmsg.protocol.handshake import Identity
from secmsg.station import person_keys
from secmsg.station.person_keys import PERSON_CERTIFICATE as PERSON_CERTIFICATE
from secmsg.station.person_keys import PERSON_SEED as PERSON_SEED
from secmsg.station.person_keys import Persona
from secmsg.station.recognition import Recognition
from secmsg.station.signed import Signer
from secmsg.store import directory as directory_rows
from secmsg.store import identity as identity_rows
from secmsg.store import sessions as session_rows
from secmsg.store.blobs import BlobFiles
from secmsg.store.database import Database
from secmsg.store.keyring import Keyring
from secmsg.store.paths import Home
from secmsg.store.vault import Opened
from secmsg.wire import certificate as certificates
from secmsg.wire.certificate import Certificate
from secmsg.wire.packet import EditionMark

Clock = Callable[[], int]
"""Answers UTC seconds."""

DEVICE_SEED = "device-seed"
READER_SEED = "reader-seed"
DEVICE_CERTIFICATE = "device-certificate"
PINNED_ROOT = "pinned-root"
COVER_INDEXES = "cover-indexes"
ROOT_MARK = 8


@dataclass(frozen=True, slots=True)
class Entrance:
    """How this store was opened: its folder, the keyslot with what lay in it, the keyring that took part."""

    home: Home
    opened: Opened = field(repr=False)
    keyring: Keyring = field(repr=False)


@dataclass(frozen=True, slots=True)
class Own:
    """Who this station is: its device, its certificate and keys, and the person who has opened the store.

    `persona` is a reason instead where nobody can sign as a person; the parts of it then raise NotAllowed.
    """

    station: StationId
    device: DeviceId
    device_certificate: Certificate
    device_signer: Signer
    reader_seed: Secret
    persona: Persona | Bar

    @property
    def person(self) -> PersonId:
        """The number of the person who has opened the store."""
        return self.signatory.person

    @property
    def person_certificate(self) -> Certificate:
        """That person's certificate."""
        return self.signatory.certificate

    @property
    def person_signer(self) -> Signer:
        """That person's key."""
        return self.signatory.signer

    @property
    def signatory(self) -> Persona:
        """The person who signs; NotAllowed when nobody can."""
        if isinstance(self.persona, Bar):
            raise NotAllowed(self.persona.value)
        return self.persona

    @property
    def identity(self) -> Identity:
        """Return what the handshake needs of us."""
        return Identity(self.device, self.device_signer.ref, self.device_signer.key)


@dataclass(frozen=True, slots=True)
class Health:
    """How a relay's link stood when its threads last said so."""

    down: bool = False
    round_trip_s: float = 0.0


@dataclass(frozen=True, slots=True)
class KitShelf:
    """What stands for the directory in a delegation kit: names of the stations its cables name, and its own key."""

    names: Mapping[StationId, tuple[str, str]]
    ref: CertificateRef
    public: bytes = field(repr=False)


@dataclass(slots=True)
class Shelf:
    """What a run knows beside the store: decoded forms, and how the links stand."""

    directory: Directory | None = None
    own: Own | None = None
    voids_looked_at: int | None = None
    health: dict[RelayId, Health] = field(default_factory=dict)
    claimed: set[BlobKey] = field(default_factory=set)
    latest: int = 0
    """The latest hour seen in this run, UTC seconds: absences are judged by it, so a clock set back prolongs none."""
    recognition: Recognition | None = field(default=None, repr=False)
    kit: KitShelf | None = None
    """Set when the store that is open is a delegation kit."""
    pads_confirmed: dict[int, int] = field(default_factory=dict)
    """Pad books whose top page was read from the paper in this run, with the doubts there were about our own store."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The opened store with everything around it; belongs to the store's thread."""

    db: Database
    files: BlobFiles
    policy: Policy
    clock: Clock
    random: Random
    shelf: Shelf = field(default_factory=Shelf, repr=False)
    entrance: Entrance | None = field(default=None, repr=False)

    def now(self) -> int:
        """Return the time, UTC seconds."""
        return self.clock()


def joined(desk: Desk) -> bool:
    """Say whether this store has taken a kit."""
    return identity_rows.fact(desk.db, DEVICE_CERTIFICATE) is not None


def directory(desk: Desk) -> Directory:
    """Return the edition in force; EnrolmentError before joining."""
    kept = directory_rows.current(desk.db)
    if kept is None:
        raise EnrolmentError("this station has not joined a directory yet")
    shelved = desk.shelf.directory
    if shelved is None or shelved.root != kept.root:
        shelved = trust.decode_directory(kept.body)
        desk.shelf.directory = shelved
    return shelved


def own(desk: Desk) -> Own:
    """Return who we are; EnrolmentError before joining."""
    if desk.shelf.own is None:
        desk.shelf.own = _load(desk)
    return desk.shelf.own


def edition_mark(current: Directory) -> EditionMark:
    """Return what packets say of the edition held."""
    return EditionMark(current.number, current.root[:ROOT_MARK])


def cover_roots(desk: Desk) -> dict[int, Secret]:
    """Return the cover roots held, by index."""
    return {index: identity_rows.secret(desk.db, cover_name(index)) for index in cover_roots_held(desk)}


def cover_roots_held(desk: Desk) -> tuple[int, ...]:
    """Return the indexes of the cover roots held, rising."""
    indexes = identity_rows.fact(desk.db, COVER_INDEXES) or b""
    return tuple(int.from_bytes(indexes[at : at + 2]) for at in range(0, len(indexes), 2))


def cover_key(desk: Desk, now: int) -> Secret:
    """Return the veil key for a first message sent now."""
    current = directory(desk)
    root = cover_roots(desk).get(current.head.cover_index)
    if root is None:
        raise EnrolmentError("the cover root of the current edition is not here")
    return veil.cover_key(root, week_of(now))


def veil_keys(desk: Desk, now: int) -> tuple[Secret, ...]:
    """Return the veil keys under which a first message may come, the likeliest first."""
    week = week_of(now)
    back = desk.policy.mailboxes.weeks_back
    weeks = [week, week - 1, week + 1, *range(week - 2, week - back - 1, -1)]
    roots = sorted(cover_roots(desk).items(), reverse=True)
    return tuple(veil.cover_key(root, Week(each)) for each in weeks if each >= 0 for _, root in roots)


def batch_floor(desk: Desk, device: DeviceId) -> int:
    """Return the highest version of a device's prekey batches that a relay has shown us."""
    kept = identity_rows.fact(desk.db, _floor_name(device))
    return 0 if kept is None else int.from_bytes(kept)


def keep_batch_floor(desk: Desk, device: DeviceId, version: int) -> None:
    """Remember a batch version: an older batch is refused from now on."""
    if version > batch_floor(desk, device):
        identity_rows.keep_fact(desk.db, _floor_name(device), version.to_bytes(4))


def _floor_name(device: DeviceId) -> str:
    return f"batch-floor-{device}"


def renewals(desk: Desk, device: DeviceId) -> tuple[int, int]:
    """Return how often a silent session with a device was given up, and when last."""
    kept = identity_rows.fact(desk.db, f"renewals-{device}")
    return (0, 0) if kept is None else (kept[0], int.from_bytes(kept[1:]))


def keep_renewals(desk: Desk, device: DeviceId, count: int, at: int) -> None:
    """Remember that a silent session was given up."""
    identity_rows.keep_fact(desk.db, f"renewals-{device}", bytes([min(count, 0xFF)]) + at.to_bytes(8))


def distrust_session(desk: Desk, device: DeviceId) -> None:
    """Send no more in a device's active session; the next one replaces it."""
    kept = session_rows.active(desk.db, device)
    if kept is not None:
        identity_rows.keep_fact(desk.db, f"distrusted-{device}", kept.session_id)


def is_distrusted(desk: Desk, device: DeviceId, session: SessionId) -> bool:
    """Say whether a session was given up."""
    return identity_rows.fact(desk.db, f"distrusted-{device}") == session


def keep_certificate(desk: Desk, certificate: Certificate) -> None:
    """Keep a peer device's certificate: its old annexes are opened with it when it has left the directory."""
    ref = reference(certificate)
    if identity_rows.fact(desk.db, _certificate_name(ref)) is None:
        identity_rows.keep_fact(desk.db, _certificate_name(ref), certificates.encode(certificate))


def kept_certificate(desk: Desk, ref: CertificateRef) -> Certificate:
    """Return a certificate kept with what was received; NotListed when none was."""
    body = identity_rows.fact(desk.db, _certificate_name(ref))
    if body is None:
        raise NotListed("the certificate of the sending device is not kept")
    return certificates.decode(body)


def _certificate_name(ref: CertificateRef) -> str:
    # Half of the hash: the name of a row may have 64 characters.
    return f"certificate-{ref[:24].hex()}"


def cover_name(index: int) -> str:
    """Name the secret that holds a cover root."""
    return f"cover-root-{index}"


def _load(desk: Desk) -> Own:
    device_body = identity_rows.fact(desk.db, DEVICE_CERTIFICATE)
    if device_body is None:
        raise EnrolmentError("this station has not joined a directory yet")
    device = certificates.decode(device_body)
    key = signing.signing_from_seed(Level.STANDARD, identity_rows.secret(desk.db, DEVICE_SEED))
    if key.public != device.public:
        raise StoreDamaged("a key of the identity is not its certificate's")
    return Own(
        station=device.station,
        device=device.device,
        device_certificate=device,
        device_signer=Signer(reference(device), key),
        reader_seed=identity_rows.secret(desk.db, READER_SEED),
        persona=person_keys.persona(desk.db, None if desk.entrance is None else desk.entrance.opened),
    )


def reference(certificate: Certificate) -> CertificateRef:
    """Return the name of a certificate."""
    return edition.reference(certificate)
