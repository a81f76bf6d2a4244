"""Serials kept for traffic by hand: ours towards a station, and a station's towards us (docs/spec/store.md 3)."""

from dataclasses import dataclass

from secmsg.ids import Serial, StationId
from secmsg.store.database import Database
from secmsg.wire import codec
from secmsg.wire.service import MAX_SERIAL, Ranges


@dataclass(frozen=True, slots=True)
class HandBlock:
    """Serials `first`..`last` for the hand.

    `used` were given as the sender says, once `reported_at` is set; `taken` came as our officer entered it.
    """

    peer: StationId
    outgoing: bool
    first: Serial
    last: Serial
    used: Ranges = ()
    taken: Ranges = ()
    reported_at: int | None = None


def keep(db: Database, block: HandBlock) -> None:
    """Keep a block, or what is known of it by now."""
    db.run(
        "INSERT INTO hand_blocks (peer, outgoing, first, last, used, taken, reported_at) VALUES (?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (peer, outgoing, first) DO UPDATE SET used = excluded.used, taken = excluded.taken, "
        "reported_at = excluded.reported_at",
        (
            block.peer, int(block.outgoing), block.first, block.last, _encoded(block.used), _encoded(block.taken),
            block.reported_at,
        ),
    )  # fmt: skip


def every(db: Database) -> tuple[HandBlock, ...]:
    """List the blocks by peer, ours first, the newest last."""
    rows = db.all(
        "SELECT peer, outgoing, first, last, used, taken, reported_at FROM hand_blocks "
        "ORDER BY peer, outgoing DESC, first"
    )
    return tuple(
        HandBlock(
            StationId(peer), bool(outgoing), Serial(first), Serial(last), _decoded(used), _decoded(taken), reported_at
        )
        for peer, outgoing, first, last, used, taken, reported_at in rows
    )


def read(db: Database, peer: StationId, first: int, *, outgoing: bool) -> HandBlock | None:
    """Return the block that begins at a serial, None when none does."""
    return next(
        (each for each in every(db) if each.peer == peer and each.outgoing is outgoing and each.first == first), None
    )


def _encoded(ranges: Ranges) -> bytes:
    return codec.encode([list(each) for each in ranges])


def _decoded(data: bytes) -> Ranges:
    found = []
    for value in codec.as_array(codec.decode(data, max_bytes=2**12), 0, 2**10, "hand block"):
        first, last = codec.as_array(value, 2, 2, "hand block")
        low = codec.as_uint(first, 1, MAX_SERIAL, "hand block")
        found.append((low, codec.as_uint(last, low, MAX_SERIAL, "hand block")))
    return tuple(found)
