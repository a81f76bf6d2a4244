"""The authority's verbs: make the root and the issuer, enrol stations, give out editions (docs/spec/enrolment.md).

An authority's home is a store like a station's: root, issuer and cover root are sealed in it. It has no link; requests,
kits and editions go in and out as files.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from secmsg import digits
from secmsg.authority import cover as cover_rules
from secmsg.authority import directory as editions
from secmsg.authority import enrolment, persons, trust
from secmsg.authority import root as roots
from secmsg.authority.directory import Cover
from secmsg.authority.enrolment import Grant
from secmsg.authority.issuer import Issuer, create_issuer_key
from secmsg.authority.root import Root
from secmsg.authority.trust import Directory
from secmsg.config import PRODUCTION, Policy
from secmsg.crypto import signing
from secmsg.crypto.randomness import Random, secret, system
from secmsg.crypto.signing import Level
from secmsg.errors import EnrolmentError, NotListed
from secmsg.ids import DeviceId, EditionNumber, PersonId, StationId
from secmsg.station import opening, sheets
from secmsg.station.clocks import system_clock
from secmsg.station.desk import Clock, cover_name
from secmsg.station.enrol import fingerprint
from secmsg.station.relaying import RelayAccess as RelayAccess  # headquarters puts it into kits
from secmsg.station.unlock import Unlock
from secmsg.store import directory as directory_rows
from secmsg.store import identity as identity_rows
from secmsg.store import profile as profiles
from secmsg.store.database import Database
from secmsg.store.directory import KeptDirectory
from secmsg.store.keyring import Keyring, NoKeyring
from secmsg.wire import certificate as certificates
from secmsg.wire import cover as cover_wire
from secmsg.wire import directory as directory_wire
from secmsg.wire import enrolment as wire
from secmsg.wire import person_request as person_wire
from secmsg.wire.cable import Degree
from secmsg.wire.certificate import CertificateType, Role
from secmsg.wire.contents import PersonEntry, StationEntry
from secmsg.wire.cover import CoverFile
from secmsg.wire.enrolment import RelayEntry
from secmsg.wire.person_request import Wish
from secmsg.wire.service import COVER_ROOT_SIZE

ROOT_SEED = "root-seed"
ISSUER_SEED = "issuer-seed"
COVER_PENDING = "cover-pending"
"""The fact that holds the machines that the next cover root is kept from, while one is under way."""
ROOT_CERTIFICATE = "root-certificate"
ISSUER_CERTIFICATE = "issuer-certificate"
COUNTERS = "counters"
YEAR_S = 365 * 86_400
ROOT_YEARS = 10
ISSUER_YEARS = 1
DEVICE_YEARS = 2
SKEW_S = 86_400
"""Certificates begin a day early: clocks at the posts are not exact."""


@dataclass(frozen=True, slots=True)
class Founded:
    """A new authority: the hash that pins its root, as groups, and the recovery sheet of its store."""

    root_fingerprint: str
    sheet_text: str = field(repr=False)
    sheet_pdf: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Seat:
    """What headquarters decides about a station that asks to be enrolled."""

    station: StationEntry
    degree: Degree = Degree.TOP_SECRET
    role: Role = Role.STATION


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A kit for one station and the code that opens it: they travel by different ways."""

    kit: bytes = field(repr=False)
    activation_code: str = field(repr=False)
    station: StationId
    device: DeviceId
    person: PersonId
    edition: EditionNumber
    others: int = 0
    """Devices that the station had before."""


@dataclass(frozen=True, slots=True)
class GrantedPerson:
    """What the next edition does about a person of a post, as its officer asked."""

    wish: Wish
    station: StationId
    person: PersonId
    name: str
    title: str
    edition: EditionNumber


@dataclass(frozen=True, slots=True)
class PreparedCover:
    """The next cover root for headquarters' station and the code that opens it: they travel by different ways."""

    sealed: bytes = field(repr=False)
    code: str = field(repr=False)
    index: int
    without: tuple[DeviceId, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """One edition as it goes to a relay."""

    number: EditionNumber
    data: bytes = field(repr=False)


def create_authority(
    home: Path,
    unlock: Unlock,
    name: str,
    policy: Policy = PRODUCTION,
    *,
    keyring: Keyring | None = None,
    clock: Clock = system_clock,
    random: Random = system,
) -> Founded:
    """Make root, issuer and cover root in a new store; StoreExists, SelfTestError, DiskFull."""
    opening.self_test()
    now = clock()
    root = roots.create_root(serial=1, not_before=now - SKEW_S, not_after=now + ROOT_YEARS * YEAR_S, random=random)
    issuer_key = create_issuer_key(random)
    issuer = roots.certify_issuer(
        root,
        issuer_key.public,
        serial=1,
        station=StationId(1),
        issuer=1,
        not_before=now - SKEW_S,
        not_after=now + ISSUER_YEARS * YEAR_S,
    )

    def fill(db: Database) -> None:
        with db.transaction():
            identity_rows.keep_secret(db, ROOT_SEED, root.key.seed(), random)
            identity_rows.keep_secret(db, ISSUER_SEED, issuer_key.seed(), random)
            identity_rows.keep_secret(db, cover_name(0), secret(random, COVER_ROOT_SIZE), random)
            identity_rows.keep_fact(db, ROOT_CERTIFICATE, certificates.encode_root(root.certificate))
            identity_rows.keep_fact(db, ISSUER_CERTIFICATE, certificates.encode_issuer(issuer))
            sheets.keep_names(db, name, "")

    held: Keyring = NoKeyring() if keyring is None else keyring
    created = profiles.create(
        home,
        opening.passphrase_of(unlock).passphrase,
        keyring=held,
        cost=opening.cost(policy),
        random=random,
        fill=fill,
    )
    store_id = created.profile.store_id
    created.profile.close()
    sheet = sheets.paper(created.recovery, name, "", store_id, now)
    sheets.prove(home, created.recovery, policy, held, clock, random)
    return Founded(digits.groups(root.hash), sheet.text, sheet.pdf)


class Headquarters:
    """An opened authority; `close` gives its store back."""

    def __init__(self, profile: profiles.Profile, policy: Policy, clock: Clock, random: Random) -> None:
        self._profile = profile
        self._policy = policy
        self._clock = clock
        self._random = random

    def close(self) -> None:
        """Close the store; a second call does nothing."""
        self._profile.close()

    @property
    def edition(self) -> EditionNumber:
        """The newest edition's number, 0 before the first."""
        directory = self._directory()
        return EditionNumber(0) if directory is None else directory.number

    def stations(self) -> tuple[StationEntry, ...]:
        """List the stations of the newest edition that have a device."""
        directory = self._directory()
        return () if directory is None else tuple(each for each in directory.stations if _devices(directory, each.id))

    def dismissed(self) -> tuple[StationEntry, ...]:
        """List the stations whose devices were taken off the list; their numbers are not given again."""
        directory = self._directory()
        found = () if directory is None else directory.stations
        return tuple(each for each in found if directory is not None and not _devices(directory, each.id))

    def enrol(
        self,
        request: bytes,
        seat: Seat,
        relays: Sequence[RelayAccess],
        confirm: Callable[[str], bool],
    ) -> Enrolled:
        """Grant a request after a person has compared its fingerprint, and make the edition that lists it.

        `confirm` gets the fingerprint as groups and answers whether the station reads the same ones. EnrolmentError
        when it does not, the request is not signed by its own keys, or the station's number belonged to one that was
        dismissed: a new profile counts cables and serials from 1, which its peers must take for a forgery.
        """
        current = self._directory()
        others = 0 if current is None else _devices(current, seat.station.id)
        if seat.station.id in {each.id for each in self.dismissed()}:
            raise EnrolmentError(
                f"station {seat.station.id} was dismissed, and a new profile would count its cables from 1 again: "
                "give it a number and a cable name that no station has had"
            )
        asked = wire.decode_request(request)
        enrolment.verify_request(asked)
        if not confirm(fingerprint(request)):
            raise EnrolmentError("the fingerprint was not confirmed: nothing was granted")
        now = self._clock()
        number = EditionNumber(1 if current is None else current.number + 1)
        serial, last_subject = self._counters(current)
        subject = last_subject + 1
        grant = Grant(
            station=seat.station.id,
            device=DeviceId(subject),
            person=PersonId(subject),
            role=seat.role,
            degree=seat.degree,
            device_serial=serial + 1,
            person_serial=serial + 2,
            not_before=now - SKEW_S,
            not_after=now + DEVICE_YEARS * YEAR_S,
            edition=number,
        )
        device, person = enrolment.certify(asked, grant, current)
        entry = PersonEntry(PersonId(subject), seat.station.id, asked.name, asked.title)
        change = editions.together(
            (editions.describe(seat.station), editions.admit(device, person, entry, self._random))
        )
        self._keep_counters(serial + 2, subject)
        # Kit and code first: an edition is published for ever, so it is kept only when the kit for it is there.
        directory, edition = self._prepare(current, change, now)
        kit = enrolment.prepare_kit(
            asked,
            directory,
            device,
            person,
            covers=self._covers(),
            relays=tuple(
                RelayEntry(each.relay_id, each.name, each.base_url, each.prefix, each.fingerprint, each.enrol_token)
                for each in relays
            ),
            prepared_at=now,
        )
        code = enrolment.activation_code(self._random)
        sealed = enrolment.seal_kit(kit, code, opening.cost(self._policy), self._random)
        self._keep(directory, edition, now)
        return Enrolled(
            sealed, digits.groups(code.reveal()), seat.station.id, device.device, person.person, number, others
        )

    def grant_person(self, request: bytes, confirm: Callable[[str], bool]) -> GrantedPerson:
        """Do what a post asks about one of its persons, after its fingerprint was compared, in a new edition.

        The new person gets the role and degree of the officer who asks. EnrolmentError when the fingerprint is not
        confirmed, a signature is wrong, the key is listed already or is not, or the last person would go; NotListed,
        NotEntitled, Expired when who asks may not.
        """
        current = self._directory()
        if current is None:
            raise NotListed("there is no edition yet")
        asked, now = person_wire.decode(request), self._clock()
        officer = persons.verify(asked, current, now)
        if not confirm(digits.groups(persons.fingerprint(request))):
            raise EnrolmentError("the fingerprint was not confirmed: nothing was granted")
        if asked.wish is Wish.DISMISS:
            person = next(each.person for each in current.certificates.values() if each.public == asked.public)
            change = persons.dismissal(asked, current)
        else:
            serial, last_subject = self._counters(current)
            person = PersonId(last_subject + 1)
            years = (now - SKEW_S, min(now + DEVICE_YEARS * YEAR_S, officer.not_after))
            change = persons.listing(asked, officer, person, serial + 1, EditionNumber(current.number + 1), years)
            self._keep_counters(serial + 1, person)
        directory, edition = self._prepare(current, change, now)
        self._keep(directory, edition, now)
        return GrantedPerson(asked.wish, asked.station, person, asked.name, asked.title, directory.number)

    def dismiss(self, station: StationId) -> EditionNumber:
        """Take every device and person of a station off the list in a new edition; NotListed."""
        current = self._directory()
        if current is None:
            raise NotListed("there is no edition yet")
        now = self._clock()
        devices = current.devices_of(station, now)
        if not devices:
            raise NotListed("this station has no device")
        changes = [editions.dismiss_device(current, each.device) for each in devices]
        changes += [editions.dismiss_person(current, entry.id) for entry in current.persons if entry.station == station]
        directory, edition = self._prepare(current, editions.together(changes), now)
        self._keep(directory, edition, now)
        return directory.number

    def machines(self, station: StationId) -> tuple[DeviceId, ...]:
        """List the machines of a station, the one that releases first."""
        current = self._directory()
        return () if current is None else tuple(each.device for each in current.devices_of(station, self._clock()))

    def dismiss_machine(self, machine: DeviceId) -> EditionNumber:
        """Take one machine and the person who signs at it off the list; NotListed, EnrolmentError for the last one.

        The station's next machine releases from then on. A station's last machine goes by `dismiss` only, because its
        number is not given again.
        """
        current = self._directory()
        if current is None:
            raise NotListed("there is no edition yet")
        current.mailbox_secret(machine)
        station = next(entry.station for entry in current.contents.mailboxes if entry.device == machine)
        if self.machines(station) == (machine,):
            raise EnrolmentError(f"machine {machine} is the last one of station {station}: dismiss the station")
        now = self._clock()
        directory, edition = self._prepare(current, self._off(current, machine), now)
        self._keep(directory, edition, now)
        return directory.number

    def prepare_cover(self, without: Sequence[DeviceId] = ()) -> PreparedCover:
        """Draw the next cover root, or give the one under way once more, sealed under a fresh code.

        It goes to every listed machine but those `without`, which `publish_cover` takes off. NotListed; EnrolmentError
        when the one under way was made for a machine that is to be without it now: some may have it.
        """
        current = self._directory()
        if current is None:
            raise NotListed("there is no edition yet")
        pending = self._pending()
        for machine in without:
            current.mailbox_secret(machine)
            if pending is not None and machine not in pending:
                raise EnrolmentError(f"machine {machine} may have the cover root under way: publish that one first")
        index = current.head.cover_index + 1
        if pending is None:
            pending = tuple(sorted(set(without)))
            mark = cover_wire.encode(CoverFile(index, bytes(COVER_ROOT_SIZE), pending))
            with self._profile.db.transaction():
                root = secret(self._random, COVER_ROOT_SIZE)
                identity_rows.keep_secret(self._profile.db, cover_name(index), root, self._random)
                identity_rows.keep_fact(self._profile.db, COVER_PENDING, mark)
        code = enrolment.activation_code(self._random)
        file = CoverFile(index, self._cover_of(index).root.reveal(), pending)
        sealed = cover_rules.seal_file(file, code, opening.cost(self._policy), self._random)
        return PreparedCover(sealed, digits.groups(code.reveal()), index, pending)

    def publish_cover(self) -> EditionNumber:
        """Make the edition under the next cover root: fresh mailbox secrets for all, the machines kept from it gone.

        EnrolmentError when no root is under way.
        """
        current, pending = self._directory(), self._pending()
        if current is None or pending is None:
            raise EnrolmentError("no cover root is under way: `secmsg authority cover prepare` draws one")
        listed = {entry.device for entry in current.contents.mailboxes}
        gone = [machine for machine in pending if machine in listed]
        changes = [self._off(current, machine) for machine in gone]
        changes.append(cover_rules.renew_mailboxes(current, self._random, frozenset(gone)))
        now = self._clock()
        cover = self._cover_of(current.head.cover_index + 1)
        issued = max(now, current.issued_at)
        directory, edition = editions.next_edition(
            current, self._issuer(), editions.together(changes), cover, issued_at=issued
        )
        self._keep(directory, edition, now, ended=COVER_PENDING)
        return directory.number

    def _off(self, current: Directory, machine: DeviceId) -> editions.Change:
        """Take a machine off with the person who signs at it."""
        changes = [editions.dismiss_device(current, machine)]
        person = PersonId(machine)  # both numbers come from one count: see `enrol`
        if any(entry.id == person for entry in current.persons):
            changes.append(editions.dismiss_person(current, person))
        return editions.together(changes)

    def segments(self, after: int = 0) -> tuple[Segment, ...]:
        """Return the editions after a number, oldest first, as they go to the relays."""
        found: list[Segment] = []
        for number in range(after + 1, self.edition + 1):
            data = directory_rows.edition(self._profile.db, EditionNumber(number))
            if data is not None:
                found.append(Segment(EditionNumber(number), data))
        return tuple(found)

    def _prepare(
        self, current: Directory | None, change: editions.Change, now: int
    ) -> tuple[Directory, directory_wire.Edition]:
        issuer, cover = self._issuer(), self._cover()
        if current is None:
            return editions.found(self._root().certificate, issuer, change, cover, issued_at=now)
        return editions.next_edition(current, issuer, change, cover, issued_at=max(now, current.issued_at))

    def _keep(self, directory: Directory, edition: directory_wire.Edition, now: int, ended: str | None = None) -> None:
        body = trust.encode_directory(directory)
        with self._profile.db.transaction():
            directory_rows.replace(self._profile.db, KeptDirectory(directory.number, directory.root, body, now))
            directory_rows.keep_edition(self._profile.db, directory.number, directory_wire.encode(edition))
            if ended is not None:
                identity_rows.keep_fact(self._profile.db, ended, b"")

    def _directory(self) -> Directory | None:
        kept = directory_rows.current(self._profile.db)
        return None if kept is None else trust.decode_directory(kept.body)

    def _root(self) -> Root:
        body = identity_rows.fact(self._profile.db, ROOT_CERTIFICATE)
        if body is None:
            raise EnrolmentError("this is not an authority's store")
        seed = identity_rows.secret(self._profile.db, ROOT_SEED)
        return Root(certificates.decode_root(body), signing.signing_from_seed(Level.ROOT, seed))

    def _issuer(self) -> Issuer:
        body = identity_rows.fact(self._profile.db, ISSUER_CERTIFICATE)
        if body is None:
            raise EnrolmentError("this is not an authority's store")
        seed = identity_rows.secret(self._profile.db, ISSUER_SEED)
        return Issuer(certificates.decode_issuer(body), signing.signing_from_seed(Level.STANDARD, seed))

    def _cover(self) -> Cover:
        current = self._directory()
        return self._cover_of(0 if current is None else current.head.cover_index)

    def _covers(self) -> tuple[Cover, ...]:
        """Return the cover root in force and the next one, when one is under way: a kit holds both."""
        now = self._cover()
        return (now,) if self._pending() is None else (now, self._cover_of(now.index + 1))

    def _cover_of(self, index: int) -> Cover:
        return Cover(index, identity_rows.secret(self._profile.db, cover_name(index)))

    def _pending(self) -> tuple[DeviceId, ...] | None:
        kept = identity_rows.fact(self._profile.db, COVER_PENDING)
        return None if not kept else cover_wire.decode(kept).without

    def _counters(self, current: Directory | None) -> tuple[int, int]:
        """Return the last serial and the last subject's number given: neither returns, not even after a removal."""
        kept = identity_rows.fact(self._profile.db, COUNTERS) or bytes(10)
        listed = () if current is None else tuple(current.certificates.values())
        serial = max((each.serial for each in listed), default=0)
        subject = max((each.subject for each in listed), default=0)
        return max(serial, int.from_bytes(kept[:8])), max(subject, int.from_bytes(kept[8:]))

    def _keep_counters(self, serial: int, subject: int) -> None:
        with self._profile.db.transaction():
            identity_rows.keep_fact(self._profile.db, COUNTERS, serial.to_bytes(8) + subject.to_bytes(2))


def _devices(directory: Directory, station: StationId) -> int:
    """Count the devices listed for a station, those whose time is over too."""
    return sum(
        each.type is CertificateType.DEVICE and each.station == station for each in directory.certificates.values()
    )


@contextmanager
def open_authority(
    home: Path,
    unlock: Unlock,
    policy: Policy = PRODUCTION,
    *,
    keyring: Keyring | None = None,
    clock: Clock = system_clock,
    random: Random = system,
) -> Iterator[Headquarters]:
    """Open an authority's store for the length of a with block; the errors of `open_station`."""
    profile = opening.open_profile(
        home,
        unlock,
        policy,
        keyring=NoKeyring() if keyring is None else keyring,
        clock=clock,
        random=random,
    )
    office = Headquarters(profile, policy, clock, random)
    try:
        yield office
    finally:
        office.close()
