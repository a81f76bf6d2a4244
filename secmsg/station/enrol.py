"""A new station: its keys and its request, the recovery sheet, and the kit that answers (docs/spec/enrolment.md)."""

from dataclasses import dataclass, field
from pathlib import Path

from secmsg import digits
from secmsg.authority import enrolment, trust
from secmsg.config import PRODUCTION, Policy
from secmsg.crypto import signing
from secmsg.crypto.randomness import Random, secret, system
from secmsg.crypto.secret import Secret
from secmsg.crypto.signing import Level
from secmsg.errors import EnrolmentError
from secmsg.ids import StationId
from secmsg.protocol import prekeys as protocol
from secmsg.station import desk as desks
from secmsg.station import opening, provisioning, sheet_duty, sheets
from secmsg.station import person_arrivals as arrivals
from secmsg.station.clocks import system_clock
from secmsg.station.desk import Clock, Desk
from secmsg.station.unlock import Unlock, typed_groups
from secmsg.store import directory as directory_rows
from secmsg.store import identity as identity_rows
from secmsg.store import profile as profiles
from secmsg.store import relays as relay_rows
from secmsg.store import vault
from secmsg.store.database import Database
from secmsg.store.directory import KeptDirectory
from secmsg.store.keyring import Keyring
from secmsg.store.relays import Relay
from secmsg.wire import directory as directory_wire
from secmsg.wire import enrolment as wire
from secmsg.wire.certificate import Role
from secmsg.wire.certificate import encode as encode_certificate
from secmsg.wire.enrolment import Kit, RequestPrekeys

REQUEST = "request"
FIRST_KEYS = 8
"""One-time prekeys in a request: one for each machine of headquarters that opens a session by it."""
SEED_SIZE = 32


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a new station says about itself; headquarters decides. `place` is for the recovery sheet only."""

    station: StationId
    officer: str
    title: str
    station_name: str
    place: str
    role: Role = Role.STATION


@dataclass(frozen=True, slots=True)
class Initialised:
    """A new store: the request for headquarters, its fingerprint to be read out, and the recovery sheet to be printed.

    `sheet_text` and `sheet_pdf` open the store: they belong on paper, sealed, and nowhere else.
    """

    request: bytes = field(repr=False)
    fingerprint: str
    sheet_text: str = field(repr=False)
    sheet_pdf: bytes = field(repr=False)
    bound: bool = False


def initialise(
    home: Path,
    unlock: Unlock,
    proposal: Proposal,
    policy: Policy = PRODUCTION,
    *,
    keyring: Keyring | None = None,
    clock: Clock = system_clock,
    random: Random = system,
) -> Initialised:
    """Make a store with fresh keys and prove that its recovery sheet opens it before anyone relies on that.

    Raises StoreExists, DiskFull, FormatError (a name out of bounds), SelfTestError, StoreDamaged (the proof failed).
    """
    opening.self_test()
    now = clock()
    device = signing.signing_generate(Level.STANDARD, random)
    person = signing.signing_generate(Level.STANDARD, random)
    signed, one_time = protocol.make_for_request(
        provisioning.FIRST_ID, provisioning.FIRST_ID, FIRST_KEYS, now + policy.prekeys.signed_life_s, random
    )
    request = wire.encode_request(
        enrolment.make_request(
            device,
            person,
            station=proposal.station,
            role=proposal.role,
            name=proposal.officer,
            title=proposal.title,
            created_at=now,
            first_keys=RequestPrekeys(signed.public, tuple(each.public for each in one_time)),
        )
    )

    secrets = vault.first(random)

    def fill(db: Database) -> None:
        with db.transaction():
            identity_rows.keep_secret(db, desks.DEVICE_SEED, device.seed(), random)
            sheets.keep_public(db, secrets.recovery)
            arrivals.keep_first(db, proposal.officer, proposal.title, person, secrets.officer, now)
            identity_rows.keep_secret(db, desks.READER_SEED, secret(random, SEED_SIZE), random)
            identity_rows.keep_fact(db, REQUEST, request)
            provisioning.keep_first_keys(db, signed, one_time, random)
            sheets.keep_names(db, proposal.station_name, proposal.place)
            sheet_duty.begin(db)

    held = opening.keyring_for(home) if keyring is None else keyring
    created = profiles.create(
        home,
        opening.passphrase_of(unlock).passphrase,
        keyring=held,
        cost=opening.cost(policy),
        random=random,
        fill=fill,
        secrets=secrets,
    )
    store_id, bound = created.profile.store_id, created.profile.bound
    created.profile.close()
    sheet = sheets.paper(created.recovery, proposal.station_name, proposal.place, store_id, clock())
    sheets.prove(home, created.recovery, policy, held, clock, random)
    return Initialised(request, fingerprint(request), sheet.text, sheet.pdf, bound)


def fingerprint(request: bytes) -> str:
    """Return a request's fingerprint as groups to be read out and compared at both ends."""
    return digits.groups(enrolment.fingerprint(request))


def own_request(desk: Desk) -> bytes:
    """Return the request this store was made with."""
    kept = identity_rows.fact(desk.db, REQUEST)
    if kept is None:
        raise EnrolmentError("this store has made no request")
    return kept


def join(desk: Desk, sealed: bytes, code: str) -> None:
    """Take the kit with the activation code as typed.

    EnrolmentError when either does not fit, else the errors of `accept_kit`; FormatError names the code's wrong group.
    """
    if desks.joined(desk):
        raise EnrolmentError("this station has joined already, and a kit is taken once")
    kit = enrolment.open_kit(sealed, _code(code), opening.floor(desk.policy))
    now = desk.now()
    joined = enrolment.accept_kit(kit, wire.decode_request(own_request(desk)), now)
    with desk.db.transaction():
        _keep(desk, kit, joined, now)
        sheet_duty.register(desk)


def _code(text: str) -> Secret:
    return Secret(typed_groups(text, "the activation code"))


def _keep(desk: Desk, kit: Kit, joined: enrolment.Joined, now: int) -> None:
    db, directory = desk.db, joined.accepted.directory
    identity_rows.keep_fact(db, desks.DEVICE_CERTIFICATE, encode_certificate(joined.device))
    arrivals.certified(desk, joined.person)
    identity_rows.keep_fact(db, desks.PINNED_ROOT, kit.root_hash)
    desks.keep_certificate(desk, joined.device)
    for cover in kit.cover_roots:
        identity_rows.keep_secret(db, desks.cover_name(cover.index), Secret(cover.root), desk.random)
    identity_rows.keep_fact(db, desks.COVER_INDEXES, b"".join(cover.index.to_bytes(2) for cover in kit.cover_roots))
    directory_rows.replace(db, KeptDirectory(directory.number, directory.root, trust.encode_directory(directory), now))
    directory_rows.keep_edition(db, directory.number, directory_wire.encode(kit.edition))
    provisioning.adopt_first_keys(desk, kit.device_ref, now)
    relay_rows.replace_all(
        db,
        tuple(
            Relay(entry.relay_id, entry.name, entry.base_url, entry.prefix, entry.fingerprint, entry.enrol_token)
            for entry in kit.relays
        ),
    )
