"""Delegation kits: the post's table of them, and what a kit's own store holds beside cables.

Source: docs/spec/kit.md 7. A kit's store has the schema of every store; the fact `kit-permit` makes it a kit.
"""

from dataclasses import dataclass, field

from secmsg.errors import NotFound, StoreDamaged
from secmsg.ids import CableId, StationId
from secmsg.office.kits import KitState, Use
from secmsg.store import identity
from secmsg.store.database import Database

PERMIT = "kit-permit"
HOME = "kit-home"
KEY = "kit-key"
"""The public half of the kit's signing key."""
DROP_SEED = "kit-drop-seed"
"""The private halves of the kit's drop key, X25519 then ML-KEM: the one secret of its own that a kit has."""


def seed_name(number: int) -> str:
    """Name the secret at the post that holds the seed of a kit's signing key."""
    return f"kit-{number}-key"


def sheet_name(number: int) -> str:
    """Name the secret at the post that opens a kit without its bearer's passphrase."""
    return f"kit-{number}-sheet"


@dataclass(frozen=True, slots=True)
class KeptKit:
    """A kit at its post. `permit` is the encoded signed permit, `log` what came back (None before)."""

    number: int
    kit_id: bytes
    item: int | None
    state: KitState
    permit: bytes = field(repr=False)
    drop_key: bytes = field(repr=False)
    drops: int
    at: int
    log: bytes | None = field(default=None, repr=False)
    noted: str = ""


_SELECT = "SELECT kit, kit_id, item, state, permit, drop_key, drops, at, log, noted FROM kits "


# --- at the post -----------------------------------------------------------------------------------------------------


def keep(db: Database, kit: KeptKit) -> None:
    """Keep a new kit."""
    db.run(
        "INSERT INTO kits (kit, kit_id, item, state, permit, drop_key, drops, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (kit.number, kit.kit_id, kit.item, kit.state, kit.permit, kit.drop_key, kit.drops, kit.at),
    )


def change(db: Database, kit: KeptKit) -> None:
    """Keep what may change of a kit: where it stands, its permit, its additions, what came back; NotFound."""
    changed = db.run(
        "UPDATE kits SET item = ?, state = ?, permit = ?, drops = ?, at = ?, log = ?, noted = ? WHERE kit = ?",
        (kit.item, kit.state, kit.permit, kit.drops, kit.at, kit.log, kit.noted, kit.number),
    )
    if not changed:
        raise NotFound(f"there is no kit {kit.number}")


def read(db: Database, number: int) -> KeptKit:
    """Return a kit; NotFound."""
    row = db.one(_SELECT + "WHERE kit = ?", (number,))
    if row is None:
        raise NotFound(f"there is no kit {number}")
    return KeptKit(row[0], row[1], row[2], KitState(row[3]), *row[4:])


def by_id(db: Database, kit_id: bytes) -> KeptKit:
    """Return the kit of a folder; NotFound when this post has not made it."""
    row = db.one("SELECT kit FROM kits WHERE kit_id = ?", (kit_id,))
    if row is None:
        raise NotFound("this post has not made this kit")
    return read(db, row[0])


def every(db: Database) -> tuple[KeptKit, ...]:
    """List all kits, the newest first."""
    return tuple(
        KeptKit(row[0], row[1], row[2], KitState(row[3]), *row[4:]) for row in db.all(_SELECT + "ORDER BY kit DESC")
    )


def next_number(db: Database) -> int:
    """Return the number of the next kit."""
    row = db.one("SELECT coalesce(max(kit), 0) + 1 FROM kits")
    return 1 if row is None else int(row[0])


def note_cables(db: Database, number: int, cables: tuple[tuple[CableId, CableId], ...], addition: int) -> None:
    """Note which cables are in a kit, as pairs of the kit's own id and ours."""
    db.run_many(
        "INSERT INTO kit_cables (kit, inner_id, cable_id, addition) VALUES (?, ?, ?, ?)",
        ((number, inner, cable, addition) for inner, cable in cables),
    )


def cables(db: Database, number: int) -> tuple[tuple[CableId, CableId, int], ...]:
    """List the cables of a kit: the kit's own id, ours, and the addition that brought it (0: with the kit)."""
    rows = db.all(
        "SELECT inner_id, cable_id, addition FROM kit_cables WHERE kit = ? ORDER BY addition, inner_id", (number,)
    )
    return tuple((CableId(inner), CableId(cable), addition) for inner, cable, addition in rows)


# --- in a kit --------------------------------------------------------------------------------------------------------


def is_kit(db: Database) -> bool:
    """Say whether this store is a delegation kit."""
    return identity.fact(db, PERMIT) is not None


def begin_use(db: Database, seen: int) -> None:
    """Begin to count, from the time of the making."""
    db.run("INSERT INTO kit_use (one, seen) VALUES (1, ?)", (seen,))


def use(db: Database) -> Use:
    """Return how far a kit was used; StoreDamaged when it has lost that."""
    row = db.one("SELECT seen, used_s, openings, prints, exports, drops FROM kit_use WHERE one = 1")
    if row is None:
        raise StoreDamaged("the kit has lost its counts")
    return Use(*row)


def keep_use(db: Database, use: Use) -> None:
    """Keep how far a kit was used; the database refuses what would give something back."""
    db.run(
        "UPDATE kit_use SET seen = ?, used_s = ?, openings = ?, prints = ?, exports = ?, drops = ? WHERE one = 1",
        (use.seen, use.used_s, use.openings, use.prints, use.exports, use.drops),
    )


def keep_name(db: Database, station: StationId, vi: str, en: str) -> None:
    """Keep the names of a station that a cable names; a later name replaces the earlier."""
    db.run(
        "INSERT INTO kit_names (station, name_vi, name_en) VALUES (?, ?, ?) ON CONFLICT (station) DO UPDATE SET "
        "name_vi = excluded.name_vi, name_en = excluded.name_en",
        (station, vi, en),
    )


def names(db: Database) -> tuple[tuple[StationId, str, str], ...]:
    """List the names of the stations that the cables name."""
    rows = db.all("SELECT station, name_vi, name_en FROM kit_names ORDER BY station")
    return tuple((StationId(station), vi, en) for station, vi, en in rows)


def keep_proof(db: Database, cable_id: CableId, body: bytes) -> None:
    """Keep what the post had proven of a cable."""
    db.run("INSERT INTO kit_proofs (cable_id, body) VALUES (?, ?)", (cable_id, body))


def proof(db: Database, cable_id: CableId) -> bytes:
    """Return what the post had proven of a cable; NotFound."""
    row = db.one("SELECT body FROM kit_proofs WHERE cable_id = ?", (cable_id,))
    if row is None:
        raise NotFound("nothing is known of how this cable was checked")
    return bytes(row[0])
