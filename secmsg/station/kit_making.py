"""Making a kit: entered at the post first, then written, its vault last, then proven by opening and issued.

    prepare   on the store's thread: the permit judged and signed, the kit's keys drawn, the row `MAKING` committed
    run       on any thread: enclosures sealed anew, the kit's store filled, its vault written last
    finish    on the store's thread: the folder opened by the post's own copy of its secret; ledger and row in one act

A stop before the vault leaves no kit that opens; a stop after it leaves one that stands at its post as being made, and
`finish` or `give_up` says which. Source: docs/spec/kit.md 2 and 3.
"""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from secmsg.crypto import agreement, hashing, labels, signing
from secmsg.crypto.agreement import EXCHANGE_SIZE, KEM_SEED_SIZE, Kem
from secmsg.crypto.passphrase import KdfCost
from secmsg.crypto.randomness import Random, secret
from secmsg.crypto.secret import Secret
from secmsg.crypto.signing import Level, SigningKey
from secmsg.errors import NotAllowed, StoreDamaged
from secmsg.ids import CableId, StationId
from secmsg.office import kit_records, kits
from secmsg.office.kit_records import Home, SignedPermit
from secmsg.office.kits import KitState, Permit
from secmsg.office.materials import Kind
from secmsg.station import desk as desks
from secmsg.station import heads, indexing, keeping, kit_folder, kit_mark, kit_packing, opening, persons
from secmsg.station import material_ledger as ledger
from secmsg.station.annex import Watch, unwatched
from secmsg.station.desk import Desk
from secmsg.station.kit_packing import PackedCable, Planned
from secmsg.station.kit_views import Terms
from secmsg.station.persons import Witness
from secmsg.station.unlock import ByPassphrase, Unlock
from secmsg.store import blobs as blob_rows
from secmsg.store import cables as cable_rows
from secmsg.store import identity as identity_rows
from secmsg.store import kits as rows
from secmsg.store import profile as profiles
from secmsg.store.blobs import DAY, AnnexState, BlobFiles, KeptAnnex
from secmsg.store.cables import Direction, KeptCable
from secmsg.store.database import Database
from secmsg.store.keyring import NoKeyring
from secmsg.store.kits import KeptKit
from secmsg.store.profile import Given
from secmsg.wire import cable as cable_wire
from secmsg.wire import slip as slip_wire
from secmsg.wire.kit_drop import Packed
from secmsg.wire.slip import Slip

BATCH = 50
"""Cables that one transaction takes; nothing of a kit counts before its vault is there."""


@dataclass(frozen=True, slots=True)
class Making:
    """All that writing a kit needs, drawn and looked up; `total` is the bytes that `watch` counts up to."""

    number: int
    permit: bytes = field(repr=False)
    kit_id: bytes
    key: SigningKey = field(repr=False)
    drop_seed: Secret = field(repr=False)
    sheet: Secret = field(repr=False)
    planned: tuple[Planned, ...] = field(repr=False)
    home: Home
    cost: KdfCost
    now: int
    random: Random = field(repr=False)

    @property
    def total(self) -> int:
        """How many bytes of enclosures there are to seal anew."""
        return sum(each.size for each in self.planned)

    def run(self, folder: Path, unlock: ByPassphrase, watch: Watch = unwatched) -> None:
        """Write the kit into an empty folder; nothing is left there when anything fails.

        StoreExists, DiskFull, DiskReadOnly, TransferStopped when `watch` says so; CryptoError for an enclosure of the
        post that does not verify.
        """
        kit_folder.prepare(folder, self.total)
        try:
            created = profiles.create(
                folder,
                unlock.passphrase,
                keyring=NoKeyring(),
                cost=self.cost,
                random=self.random,
                fill=lambda db: self._fill(db, folder, watch),
                given=Given(self.kit_id, self.sheet),
            )
        except BaseException:
            with contextlib.suppress(Exception):
                kit_folder.clear(folder)
            raise
        created.profile.close()

    def _fill(self, db: Database, folder: Path, watch: Watch) -> None:
        blobs = folder / "blobs"
        kit_folder.make_place(blobs)
        files = BlobFiles(blobs)
        names = {station: (vi, en) for each in self.planned for station, vi, en in each.names}
        before = 0
        for start in range(0, len(self.planned), BATCH):
            made: list[PackedCable] = []
            for each in self.planned[start : start + BATCH]:
                made.append(
                    kit_packing.pack(
                        each, self.key, files, self.now, self.random, lambda done, base=before: watch(base + done)
                    )
                )
                before += each.size
            with db.transaction():
                for cable in made:
                    put(db, cable.packed, cable.slips, cable.blobs, names, self.now)
        with db.transaction():
            self._keep_own(db, names)
        kit_folder.mark(folder)

    def _keep_own(self, db: Database, names: dict[StationId, tuple[str, str]]) -> None:
        identity_rows.keep_fact(db, rows.PERMIT, self.permit)
        identity_rows.keep_fact(db, rows.HOME, kit_records.encode_home(self.home))
        identity_rows.keep_fact(db, rows.KEY, self.key.public)
        identity_rows.keep_secret(db, rows.DROP_SEED, self.drop_seed, self.random)
        for station, (vi, en) in names.items():
            rows.keep_name(db, station, vi, en)
        rows.begin_use(db, self.now)


def put(
    db: Database,
    packed: Packed,
    slips: tuple[Slip, ...],
    blobs: tuple[blob_rows.Blob, ...],
    names: dict[StationId, tuple[str, str]],
    now: int,
) -> CableId:
    """Put one cable into the store of a kit: rows, enclosures, index, what was proven; inside a transaction."""
    signed = cable_wire.decode_signed(packed.signed)
    cable = cable_wire.decode(signed.cable)
    made = (heads.incoming if packed.incoming else heads.outgoing)(cable, packed.register_line, packed.at)
    # Nothing can be acknowledged on the road, so nothing waits for it and the newest stand first.
    head = replace(made, read_at=None, acknowledged_at=packed.acknowledged_at or packed.at)
    cable_rows.insert(db, KeptCable(head, packed.signed, None))
    for position, (slip, blob) in enumerate(zip(slips, blobs, strict=True)):
        blob_rows.keep(db, blob, now // DAY)
        blob_rows.keep_annex(
            db, KeptAnnex(cable.cable_id, position, AnnexState.READY, slip_wire.encode(slip), blob.key)
        )
    rows.keep_proof(db, cable.cable_id, packed.proven)
    indexing.enter(db, cable, {station: f"{vi} {en}" for station, (vi, en) in names.items()})
    return cable.cable_id


# --- at the post -----------------------------------------------------------------------------------------------------


def prepare(desk: Desk, terms: Terms, cable_ids: tuple[CableId, ...], second: Unlock | None = None) -> Making:
    """Judge and sign a permit for chosen cables and enter the kit as being made; NotAllowed, NotFound.

    A permit for tuyệt mật needs `second`: what another person of this post gives, who signs too; the errors of
    `persons.witness`.
    """
    chosen = tuple(dict.fromkeys(cable_ids))
    if not 1 <= len(chosen) <= kits.MAX_CABLES:
        raise NotAllowed(f"a kit holds 1 to {kits.MAX_CABLES} cables")
    now, number = desk.now(), rows.next_number(desk.db)
    permit = _permit(terms, number, now)
    kits.check(permit)
    if kits.needs_witness(permit) and second is None:
        raise NotAllowed("a kit with tuyệt mật is made by two persons: the second gives their own passphrase")
    planned = kit_packing.plan(desk, chosen)
    for each in planned:
        kits.check_degree(permit, each.cable.degree, each.cable.mrn)
    random = desk.random
    making = Making(
        number, kit_records.encode_permit(permit), random(kit_records.KIT_ID_SIZE),
        signing.signing_generate(Level.STANDARD, random), secret(random, EXCHANGE_SIZE + KEM_SEED_SIZE),
        secret(random, 32), planned, _home(desk), opening.cost(desk.policy), now, random,
    )  # fmt: skip
    with contextlib.ExitStack() as proven:
        witness = None
        if second is not None:
            witness = proven.enter_context(persons.witness(desk, second, f"delegation kit {number}"))
        signed = _sign(desk, making, witness)
    with desk.db.transaction():
        rows.keep(
            desk.db,
            KeptKit(
                number, making.kit_id, None, KitState.MAKING, kit_records.encode_signed(signed),
                drop_public(making.drop_seed), 0, now,
            ),
        )  # fmt: skip
        rows.note_cables(desk.db, number, tuple((each.inner_id, each.origin_id) for each in planned), 0)
        identity_rows.keep_secret(desk.db, rows.seed_name(number), making.key.seed(), random)
        identity_rows.keep_secret(desk.db, rows.sheet_name(number), making.sheet, random)
    return making


def finish(desk: Desk, number: int, folder: Path) -> None:
    """Prove a kit that was being made by opening it, then issue it to its bearer: ledger and row in one transaction.

    NotAllowed when it does not stand so; StoreDamaged when the folder is another kit's or not whole.
    """
    kit = rows.read(desk.db, number)
    if kit.state is not KitState.MAKING:
        raise NotAllowed(f"kit {number} is not being made")
    with opened(desk, kit, folder) as db:
        found = cable_rows.count(db, Direction.IN) + cable_rows.count(db, Direction.OUT)
        if found != len(rows.cables(desk.db, number)):
            raise StoreDamaged("the kit does not hold what it was made of")
    signed = kit_records.decode_signed(kit.permit)
    permit = kit_records.decode_permit(signed.permit)
    with desk.db.transaction():
        note = f"{found} cables, until {_day(permit.until)}"
        item = keeping.enter_item(desk, Kind.KIT, f"Kit {number}", ledger.officer(desk), note)
        keeping.verified(desk, item.number, f"opened by its post; witness {signed.witness}" if signed.witness else "")
        keeping.issue(desk, item.number, permit.bearer, f"permit {number}: {permit.purpose}"[:300])
        rows.change(desk.db, replace(kit, item=item.number, state=KitState.OUT, at=desk.now()))


def give_up(desk: Desk, number: int, folder: Path | None = None) -> None:
    """Note that a making did not end; the keys of what lies in `folder` are destroyed. NotAllowed for another kit."""
    kit = rows.read(desk.db, number)
    if kit.state is not KitState.MAKING:
        raise NotAllowed(f"kit {number} is not being made")
    if folder is not None and kit_mark.is_marked(folder):
        # A stop in a making leaves a mark without a vault, one in an earlier giving up a vault without its header.
        if kit_folder.id_if_any(folder) not in (None, kit.kit_id):
            raise NotAllowed("the folder is another kit's")
        kit_folder.erase(folder, desk.random)
    with desk.db.transaction():
        rows.change(desk.db, replace(kit, state=KitState.GIVEN_UP, at=desk.now()))


@contextlib.contextmanager
def opened(desk: Desk, kit: KeptKit, folder: Path) -> Iterator[Database]:
    """Open a kit's store by the post's own copy of its secret, for reading; StoreDamaged for another kit's folder."""
    if kit_folder.id_of(folder) != kit.kit_id:
        raise StoreDamaged("this folder is not this kit")
    profile = profiles.open_by_recovery(
        folder,
        identity_rows.secret(desk.db, rows.sheet_name(kit.number)),
        floor=opening.floor(desk.policy),
        now=desk.now(),
        random=desk.random,
    )
    try:
        if not rows.is_kit(profile.db):
            raise StoreDamaged("the folder holds no kit")
        yield profile.db
    finally:
        profile.close()


def drop_public(seed: Secret) -> bytes:
    """Return the public half of a kit's drop key: X25519 32, then ML-KEM-768 1184."""
    private, kem = seed.split(EXCHANGE_SIZE, KEM_SEED_SIZE)
    exchange = agreement.exchange_from_private(private)
    return exchange.public + agreement.kem_from_seed(Kem.LEVEL_768, kem).public


def _permit(terms: Terms, number: int, now: int) -> Permit:
    return Permit(
        number, _line(terms.bearer), _line(terms.title), terms.degree, _line(terms.purpose), _line(terms.places),
        _line(terms.measures), _line(terms.permitted_by), terms.start, terms.until, now, terms.openings, terms.minutes,
        terms.prints, terms.exports, terms.drops, terms.at_expiry,
    )  # fmt: skip


def _line(words: str) -> str:
    return " ".join(words.split())


def _home(desk: Desk) -> Home:
    entry = desks.directory(desk).station(desks.own(desk).station)
    return Home(entry.name_vi, entry.name_en, entry.place, entry.timezone)


def _sign(desk: Desk, making: Making, witness: Witness | None) -> SignedPermit:
    listed = kit_packing.contents(making.planned)
    signer = desks.own(desk).person_signer
    said = kit_records.statement(making.permit, making.kit_id, making.key.public, listed)
    signature = signing.sign(signer.key, labels.SIGN_KIT_PERMIT, said)
    plain = SignedPermit(making.permit, making.kit_id, making.key.public, listed, signer.ref, signature)
    if witness is None:
        return plain
    officer = witness.officer
    return replace(
        plain,
        witness=officer.name,
        witness_ref=hashing.short(officer.public),
        witness_signature=witness.sign(labels.SIGN_KIT_PERMIT, said),
    )


def _day(at: int) -> str:
    from datetime import UTC, datetime

    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d %H:%MZ}"
