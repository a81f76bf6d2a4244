"""One office of the machine: the product's pure parts around a disk that is one immutable value.

What the station does with a store (secmsg/station/{envelopes,receive}.py) is done here with `Disk`, so that a copy of a
disk costs nothing and a million steps can be taken. A crash is a new disk that nobody kept.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

from secmsg.config import ThinLimits
from secmsg.crypto import hashing
from secmsg.crypto.randomness import Random
from secmsg.errors import NoSession, NotListed, PrekeyUnknown, Replayed, SecmsgError
from secmsg.ids import CertificateRef, Serial
from secmsg.office import continuity, serials
from secmsg.office.continuity import NO_HASH, AckVerdict, Observation
from secmsg.office.serials import Conflict, Watch
from secmsg.protocol import handshake, thin
from secmsg.protocol import pair as pairs
from secmsg.protocol import session as sessions
from secmsg.protocol.pair import Adoption, Pair
from secmsg.protocol.prekeys import PrekeySecrets
from secmsg.protocol.session import Opened
from secmsg.protocol.state import Session
from secmsg.protocol.thin_table import ThinTable
from secmsg.wire import item as items
from secmsg.wire import padding, service
from secmsg.wire.bundle import Bundle
from secmsg.wire.certificate import Certificate
from secmsg.wire.handshake import ResetReason
from secmsg.wire.item import Item, ItemKind
from secmsg.wire.packet import Ack, EditionMark
from secmsg.wire.service import Recap
from tests.helpers.seeded_random import seeded
from tests.helpers.sessions import COVER, EDITION, Device

LIMITS = ThinLimits()


class Weakness(Enum):
    """A defence taken away on purpose, to see the machine find it."""

    NONE = "none"
    REPLAYS = "accept replays"
    TRANSCRIPT = "skip the transcript"
    GAPS = "forget the gap rule"
    REUSE = "reuse on rollback"
    ARCHIVE = "archive sessions"
    UNCONFIRMED = "seal thin packets on a chain that the peer may not hold"


class Alarm(Enum):
    """What an office tells its officer."""

    ROLLED_BACK = "a peer has serials that were not given here"
    FORKED = "two items in one place of a chain"
    REPEATED = "a place of a session was used twice"
    STALE = "a session older than the one in use was opened"
    BREAK = "a session was replaced"
    DIRECTORY = "a peer holds another directory of the same number"


class Fate(Enum):
    """What became of bytes that arrived."""

    TAKEN = 1
    DUPLICATE = 2
    REFUSED = 3


@dataclass(frozen=True, slots=True)
class Shown:
    """A text put before the officer, and the place of the chain that it came in."""

    origin: int
    serial: int
    text: bytes


@dataclass(frozen=True, slots=True)
class Disk:
    """Everything an office keeps."""

    pairs: Mapping[int, Pair] = field(default_factory=dict)
    archive: tuple[Session, ...] = ()
    """Sessions that should be gone: empty unless a weakness keeps them."""
    sent: Mapping[int, continuity.Sent] = field(default_factory=dict)
    had: Mapping[int, continuity.State] = field(default_factory=dict)
    items: Mapping[tuple[int, int], bytes] = field(default_factory=dict)
    acked: Mapping[int, Ack] = field(default_factory=dict)
    watches: Mapping[int, Watch] = field(default_factory=dict)
    stated: Mapping[int, int] = field(default_factory=dict)
    """By peer: up to where its recaps say that it has sent."""
    outbox: tuple[tuple[int, bytes], ...] = ()
    spent: frozenset[int] = frozenset()
    ephemerals: frozenset[bytes] = frozenset()
    marks: frozenset[bytes] = frozenset()
    edition: EditionMark = EDITION
    shown: tuple[Shown, ...] = ()
    places: Mapping[tuple[int, int], bytes] = field(default_factory=dict)
    """The model's own memory: which item was taken in which place."""
    alarms: frozenset[Alarm] = frozenset()
    frozen: bool = False
    draws: int = 0


@dataclass(frozen=True, slots=True)
class Bureau:
    """An office's unchanging part."""

    device: Device
    peers: Mapping[int, Certificate]
    random: Random
    weakness: Weakness = Weakness.NONE

    @property
    def number(self) -> int:
        return self.device.identity.device

    # --- sending ---

    def write(self, disk: Disk, to: int, text: bytes, now: int) -> Disk:
        """Give a text its place and seal it: one new disk, or the old one where there is no session yet."""
        return self._post(disk, to, ItemKind.CABLE, text, now)

    def write_thin(self, disk: Disk, to: int, text: bytes, now: int) -> Disk:
        """Give a text its place and seal it thin; NoSession while the peer is not known to hold a thin chain."""
        active = _pair(disk, to).active
        if disk.frozen or active is None:
            return disk
        if self.weakness is Weakness.UNCONFIRMED and active.thin.unconfirmed is not None:
            active = replace(active, thin=active.thin.confirmed(active.thin.unconfirmed.epoch))
        disk, encoded = self._number(disk, to, ItemKind.CABLE, text, now)
        session, packet = thin.seal_thin(active, encoded, now=now, limits=LIMITS)
        disk = self._with_pair(disk, to, replace(_pair(disk, to), active=session))
        return replace(disk, outbox=(*disk.outbox, (to, packet)))

    def recap(self, disk: Disk, to: int, now: int) -> Disk:
        """State what was sent and what was had."""
        mark = (disk.edition.number, disk.edition.root_hash.ljust(32, b"\0"))
        recap = serials.recap(_sent(disk, to), _had(disk, to), mark, serials.DAY_S)
        return self._post(disk, to, ItemKind.SERVICE, service.encode(recap), now)

    def repeat(self, disk: Disk, to: int, serial: int, now: int) -> Disk:
        """Seal a kept item once more."""
        item = disk.items.get((to, serial))
        if disk.frozen or item is None or _pair(disk, to).active is None:
            return disk
        return self._seal(disk, to, item, now)

    def _post(self, disk: Disk, to: int, kind: ItemKind, body: bytes, now: int) -> Disk:
        if disk.frozen or _pair(disk, to).active is None:
            return disk
        disk, encoded = self._number(disk, to, kind, body, now)
        return self._seal(disk, to, encoded, now)

    def _number(self, disk: Disk, to: int, kind: ItemKind, body: bytes, now: int) -> tuple[Disk, bytes]:
        """Make the next item of a chain."""
        sent = _sent(disk, to)
        encoded = items.encode(Item(sent.next(), sent.head, kind, now, body))
        made = {**disk.items, (to, sent.next()): encoded}
        return replace(disk, sent={**disk.sent, to: sent.after(_hash(encoded))}, items=made), encoded

    def _seal(self, disk: Disk, to: int, encoded: bytes, now: int) -> Disk:
        pair = _pair(disk, to)
        assert pair.active is not None
        ack = continuity.acknowledgement(_had(disk, to))
        session, packet = sessions.encrypt(
            pair.active, encoded, now=now, ack=ack, edition=disk.edition, random=self._source(disk)
        )
        return replace(
            self._with_pair(disk, to, replace(pair, active=session)),
            outbox=(*disk.outbox, (to, packet)),
            draws=disk.draws + 1,
        )

    def open(self, disk: Disk, to: int, bundle: Bundle, text: bytes, reason: ResetReason, now: int) -> Disk:
        """Open the next session with a device; a SecmsgError where its prekeys are not good."""
        if disk.frozen:
            return disk
        pair = pairs.settled(_pair(disk, to), now=now)
        disk, encoded = self._number(disk, to, ItemKind.CABLE, text, now)
        session, message = handshake.initiate(
            self.device.identity,
            self.peers[to],
            bundle,
            cover=COVER,
            generation=pairs.next_generation(pair),
            previous=None if pair.active is None else pair.active.session_id,
            reason=ResetReason.FIRST if pair.active is None else reason,
            edition=disk.edition,
            ack=continuity.acknowledgement(_had(disk, to)),
            payload=encoded,
            batch_floor=0,
            now=now,
            random=self._source(disk),
        )
        after, _ = pairs.adopt(pair, session, now=now)
        return replace(
            self._with_pair(disk, to, after),
            outbox=(*disk.outbox, (to, message)),
            draws=disk.draws + 1,
        )

    def _source(self, disk: Disk) -> Random:
        if self.weakness is not Weakness.REUSE:
            return self.random
        # A source that stands on the disk goes back with it.
        return seeded(b"%d/%d" % (self.number, disk.draws))

    # --- receiving ---

    def receive(self, disk: Disk, data: bytes, now: int) -> tuple[Disk, Fate]:
        """Take bytes as they come; the disk given back is to be kept before anything is acknowledged."""
        mark = hashing.short(data)
        if mark in disk.marks and self.weakness is not Weakness.REPLAYS:
            return disk, Fate.DUPLICATE
        try:
            if len(data) not in padding.CLASSES:
                disk, origin, payload = self._open_thin(disk, data, now)
                return self._take_item(replace(disk, marks=disk.marks | {mark}), origin, payload), Fate.TAKEN
            disk, origin, opened = self._open(disk, data, now)
        except Replayed:
            return replace(disk, marks=disk.marks | {mark}, alarms=disk.alarms | {Alarm.REPEATED}), Fate.DUPLICATE
        except SecmsgError:
            return disk, Fate.REFUSED
        disk = replace(disk, marks=disk.marks | {mark})
        disk = self._gossip(disk, opened)
        disk = _take_ack(disk, origin, opened)
        return self._take_item(disk, origin, opened.payload), Fate.TAKEN

    def _open(self, disk: Disk, data: bytes, now: int) -> tuple[Disk, int, Opened]:
        for session in disk.archive:
            # Empty unless a weakness fills it.
            try:
                _, opened = sessions.decrypt(session, data, now=now)
            except SecmsgError:
                continue
            return disk, session.peer_device, opened
        for peer in sorted(disk.pairs):
            try:
                pair, _, opened = pairs.receive(disk.pairs[peer], data, now=now)
            except NoSession:
                continue
            return self._with_pair(disk, peer, pair), peer, opened
        return self._accept(disk, data, now)

    def _open_thin(self, disk: Disk, data: bytes, now: int) -> tuple[Disk, int, bytes]:
        live = {peer: pairs.settled(pair, now=now) for peer, pair in disk.pairs.items()}
        held = {each.session_id: each for pair in live.values() for each in (pair.active, pair.draining) if each}
        session, opened = thin.open_among(ThinTable(held.values()).find(data), held.get, data, now=now)
        pair = live[session.peer_device]
        if pair.active is not None and pair.active.session_id == session.session_id:
            pair = replace(pair, active=session)
        else:
            pair = replace(pair, draining=session)
        return self._with_pair(disk, session.peer_device, pair), session.peer_device, opened.payload

    def _accept(self, disk: Disk, data: bytes, now: int) -> tuple[Disk, int, Opened]:
        accepted = handshake.respond(
            self.device.identity,
            data,
            covers=[COVER],
            prekeys=self._prekeys(disk),
            resolve=self._resolve,
            seen=disk.ephemerals.__contains__,
            now=now,
        )
        peer = accepted.session.peer_device
        pair, adoption = pairs.adopt(pairs.settled(_pair(disk, peer), now=now), accepted.session, now=now)
        alarm = {Adoption.REPLACED: {Alarm.BREAK}, Adoption.STALE: {Alarm.STALE}}.get(adoption, set())
        disk = replace(
            self._with_pair(disk, peer, pair),
            ephemerals=disk.ephemerals | {accepted.ephemeral},
            spent=disk.spent | ({accepted.opk_id} if accepted.opk_id is not None else set()),
            alarms=disk.alarms | alarm,
        )
        return disk, peer, accepted.opened

    def _prekeys(self, disk: Disk) -> Callable[[int, int | None], PrekeySecrets]:
        def find(spk_id: int, opk_id: int | None) -> PrekeySecrets:
            if spk_id != self.device.signed.public.spk_id or opk_id in disk.spent:
                raise PrekeyUnknown("gone")
            return PrekeySecrets(self.device.signed, None if opk_id is None else self.device.one_times[opk_id])

        return find

    def _resolve(self, ref: CertificateRef) -> Certificate:
        for certificate in self.peers.values():
            if hashing.equal(ref, REFERENCES[certificate.subject]):
                return certificate
        raise NotListed("unknown")

    def _gossip(self, disk: Disk, opened: Opened) -> Disk:
        header = opened.header
        if header.edition == disk.edition.number and header.root_hash != disk.edition.root_hash:
            return replace(disk, alarms=disk.alarms | {Alarm.DIRECTORY})
        return disk

    def _take_item(self, disk: Disk, origin: int, payload: bytes) -> Disk:
        item = items.decode(payload)
        state, observation = self._observe(_had(disk, origin), item, _hash(payload))
        disk = replace(disk, had={**disk.had, origin: state})
        if observation is Observation.FORKED or (observation is Observation.DUPLICATE and self._unknown(disk, item)):
            return replace(disk, alarms=disk.alarms | {Alarm.FORKED})
        if observation is Observation.DUPLICATE and self.weakness is not Weakness.REPLAYS:
            return disk
        disk = replace(disk, places={**disk.places, (origin, item.serial): payload})
        if item.kind is ItemKind.CABLE:
            return replace(disk, shown=(*disk.shown, Shown(origin, item.serial, item.body)))
        message = service.decode(item.body)
        assert isinstance(message, Recap)
        disk = replace(disk, stated={**disk.stated, origin: max(message.sent, disk.stated.get(origin, 0))})
        return disk if self.weakness is Weakness.TRANSCRIPT else _compare(disk, origin, message, item.sent_at)

    def _unknown(self, disk: Disk, item: Item) -> bool:
        """Say whether a used place brings a text that never came: so it is found out when its hash is gone."""
        if item.kind is not ItemKind.CABLE or self.weakness is Weakness.TRANSCRIPT:
            return False
        return item.body not in {each.text for each in disk.shown}

    def _observe(self, state: continuity.State, item: Item, digest: bytes) -> tuple[continuity.State, Observation]:
        if self.weakness is Weakness.TRANSCRIPT:
            return continuity.observe(state, item.serial, continuity.NO_HASH, continuity.NO_HASH)
        return continuity.observe(state, item.serial, item.previous, digest)

    # --- what the officer is told ---

    def missing(self, disk: Disk, origin: int) -> frozenset[int]:
        """Return the serials of a peer that this office says have not come."""
        if self.weakness is Weakness.GAPS:
            return frozenset()
        ranges = continuity.gaps_up_to(_had(disk, origin), disk.stated.get(origin, 0))
        return frozenset(serial for first, last in ranges for serial in range(first, last + 1))

    def unproven(self, disk: Disk, to: int) -> frozenset[int]:
        """Return the own serials that a peer has not said to have."""
        ack = disk.acked.get(to, Ack(0, 0))
        beyond = {ack.ack + 2 + bit for bit in range(32) if ack.bitmap >> (31 - bit) & 1}
        named = serials.unconfirmed(disk.watches.get(to, Watch(0)), _sent(disk, to))
        lacking = {serial for first, last in named for serial in range(first, last + 1)}
        return (frozenset(range(ack.ack + 1, _sent(disk, to).count + 1)) - beyond) | lacking

    def _with_pair(self, disk: Disk, peer: int, pair: Pair) -> Disk:
        old = disk.pairs.get(peer, Pair())
        held = {each.session_id for each in (pair.active, pair.draining) if each is not None}
        gone = tuple(each for each in (old.active, old.draining) if each is not None)
        archive = disk.archive
        if self.weakness is Weakness.ARCHIVE:
            archive += tuple(each for each in gone if each.session_id not in held)
        if self.weakness is Weakness.REPLAYS:
            archive = (*archive, *(each for each in gone if each.session_id in held))[-8:]
        return replace(disk, pairs={**disk.pairs, peer: pair}, archive=archive)


REFERENCES: dict[int, CertificateRef] = {}
"""The names of all certificates of the machine, worked out once."""


def _take_ack(disk: Disk, origin: int, opened: Opened) -> Disk:
    ack = Ack(opened.header.ack, opened.header.bitmap)
    if continuity.judge(_sent(disk, origin), ack) is AckVerdict.ROLLED_BACK:
        return replace(disk, frozen=True, alarms=disk.alarms | {Alarm.ROLLED_BACK})
    before = disk.acked.get(origin, Ack(0, 0))
    if (ack.ack, ack.bitmap) < (before.ack, before.bitmap):
        return disk
    return replace(disk, acked={**disk.acked, origin: ack})


def _compare(disk: Disk, origin: int, recap: Recap, sent_at: int) -> Disk:
    """Hold a recap beside what is here."""
    own = disk.items.get((origin, recap.received))
    head = NO_HASH if recap.received == 0 else None if own is None else _hash(own)
    watch = disk.watches.get(origin, Watch(0))
    findings, watch = serials.compare(recap, _had(disk, origin), _sent(disk, origin), head, watch)
    conflicts = {finding.conflict for finding in findings}
    rolled_back = Conflict.ROLLED_BACK in conflicts
    return replace(
        disk,
        watches={**disk.watches, origin: serials.take(watch, recap, sent_at, sent_at)},
        frozen=disk.frozen or rolled_back,
        alarms=disk.alarms
        | ({Alarm.ROLLED_BACK} if rolled_back else set())
        | ({Alarm.FORKED} if conflicts - {Conflict.ROLLED_BACK} else set()),
    )


def _hash(encoded: bytes) -> bytes:
    return hashing.short(items.CHAIN_LABEL, encoded)


def _pair(disk: Disk, peer: int) -> Pair:
    return disk.pairs.get(peer, Pair())


def _sent(disk: Disk, peer: int) -> continuity.Sent:
    return disk.sent.get(peer, continuity.Sent())


def _had(disk: Disk, peer: int) -> continuity.State:
    return disk.had.get(peer, continuity.State())


def next_serial(disk: Disk, peer: int) -> Serial:
    """Return the next serial that a disk would give."""
    return _sent(disk, peer).next()
