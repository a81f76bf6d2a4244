"""The adversary: owns the line, keeps every packet, restores and copies disks, and looks for a lie.

Each act is a method that takes small whole numbers, so that hypothesis and a seeded source can both play it. After
each act `judge` says what the officer was told wrongly; `PromiseError` names the promise.
"""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from unittest import mock

from secmsg.crypto import aead, hashing, sealing
from secmsg.crypto.randomness import Random
from secmsg.crypto.secret import Secret
from secmsg.errors import NoSession, SecmsgError
from secmsg.protocol import pair as pairs
from secmsg.protocol import prekeys
from secmsg.protocol import session as sessions
from secmsg.protocol.pair import Pair
from secmsg.wire import item as items
from secmsg.wire import padding
from secmsg.wire.bundle import Bundle
from secmsg.wire.certificate import Certificate
from secmsg.wire.handshake import ResetReason
from secmsg.wire.item import Item, ItemKind
from secmsg.wire.packet import NO_ACK, EditionMark
from tests.helpers.seeded_random import seeded
from tests.helpers.sessions import EDITION, NOW, Device, device
from tests.properties.suite import bureau as bureaux
from tests.properties.suite.bureau import Alarm, Bureau, Disk, Fate, Weakness

OFFICES = 4
ONE_TIMES = 24
WAITS = (1, 60, 3_600, 86_400, 73 * 3_600, 8 * 86_400, 31 * 86_400)


class PromiseError(AssertionError):
    """A promise of the suite does not hold."""


@dataclass(frozen=True, slots=True)
class Flight:
    """Bytes handed to the line; the adversary keeps all of them."""

    origin: int
    to: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Sealed:
    """What only the model knows of a packet: its item, what its sender had, its directory."""

    origin: int
    to: int
    item: bytes
    whole: int
    last: bytes
    """The item in the place `whole`, empty for none."""
    edition: EditionMark


@dataclass(slots=True)
class Watch:
    """Sees every sealing of a body and whether a key served two texts."""

    used: dict[bytes, bytes] = field(default_factory=dict)
    ivs: dict[bytes, bytes] = field(default_factory=dict)

    def note(self, key: Secret, nonce: bytes, plaintext: bytes, associated: bytes) -> None:
        name = hashing.short(key.reveal(), nonce)
        what = hashing.short(len(plaintext).to_bytes(4), plaintext, associated)
        if self.used.setdefault(name, what) != what:
            raise PromiseError("a key of a fat packet served two texts")

    def note_siv(self, key: Secret, plaintext: bytes, associated: tuple[bytes, ...], sealed: bytes) -> None:
        name = hashing.short(key.reveal(), sealed[:16])
        what = hashing.short(b"".join(len(each).to_bytes(4) + each for each in (plaintext, *associated)))
        if self.ivs.setdefault(name, what) != what:
            raise PromiseError("a key and an IV of a thin packet served two texts")


@contextlib.contextmanager
def watching() -> Iterator[Watch]:
    """Look at every sealing from here on; nothing is changed by it."""
    watch, seal, seal_siv = Watch(), aead.seal, sealing.seal

    def seen(key32: Secret, nonce12: bytes, plaintext: bytes, associated: bytes) -> bytes:
        watch.note(key32, nonce12, plaintext, associated)
        return seal(key32, nonce12, plaintext, associated)

    def seen_siv(key64: Secret, plaintext: bytes, *associated: bytes) -> bytes:
        sealed = seal_siv(key64, plaintext, *associated)
        watch.note_siv(key64, plaintext, associated, sealed)
        return sealed

    with mock.patch.object(aead, "seal", seen), mock.patch.object(sealing, "seal", seen_siv):
        yield watch


def _office_device(number: int) -> Device:
    """Make a device whose signed prekey lasts as long as any play does."""
    made = device(number, f"suite/{number}", ONE_TIMES)
    identity = made.identity
    made.signed = prekeys.make_signed(identity.ref, identity.key, 1, NOW + 20 * 365 * 86_400, made.random)
    return made


DEVICES: tuple[Device, ...] = tuple(_office_device(number) for number in range(1, OFFICES + 1))
bureaux.REFERENCES.update({each.identity.device: each.identity.ref for each in DEVICES})
CERTIFICATES: dict[int, Certificate] = {each.identity.device: each.certificate for each in DEVICES}


@dataclass(slots=True)
class Adversary:
    """A handful of offices and everything that is done to them."""

    offices: int = 2
    weakness: Weakness = Weakness.NONE
    now: int = NOW
    count: int = 0
    steps: int = 0
    line: list[Flight] = field(default_factory=list)
    given: set[tuple[int, int, bytes]] = field(default_factory=set)
    bureaux: list[Bureau] = field(default_factory=list)
    disks: list[Disk] = field(default_factory=list)
    parked: list[list[Disk]] = field(default_factory=list)
    ever: set[tuple[int, bytes]] = field(default_factory=set)
    """Every item that an office has ever taken, on whichever of its disks."""
    sealed: dict[bytes, Sealed] = field(default_factory=dict)
    thief: Random = field(default_factory=lambda: seeded(b"thief"))
    went_back: set[int] = field(default_factory=set)
    bundles: list[list[Bundle]] = field(default_factory=list)

    def __post_init__(self) -> None:
        for each in DEVICES[: self.offices]:
            peers = dict(list(CERTIFICATES.items())[: self.offices])
            random = seeded(f"suite/{self.weakness.name}/{each.identity.device}".encode())
            self.bureaux.append(Bureau(each, peers, random, self.weakness))
            self.disks.append(Disk())
            self.parked.append([])
            self.bundles.append([Bundle(each.signed.public, each.batch, entry) for entry in each.entries])

    # --- what officers do ---

    def write(self, which: int, to: int) -> None:
        """Write a new text to a peer; without a session it opens one."""
        here, there = self._pair(which, to)
        if here == there:
            return
        disk = self.disks[here]
        active = disk.pairs.get(there + 1)
        if active is None or active.active is None:
            self.reset(which, to, 0)
            return
        text = self._text(here, there)
        self._keep(here, self.bureaux[here].write(disk, there + 1, text, self.now))

    def write_thin(self, which: int, to: int, late: int) -> None:
        """Write a text over a thin link, where one stands; it arrives at once, or waits."""
        here, there = self._pair(which, to)
        if here == there:
            return
        try:
            disk = self.bureaux[here].write_thin(self.disks[here], there + 1, self._text(here, there), self.now)
        except NoSession:
            return
        if len(disk.outbox) == len(self.disks[here].outbox):
            return
        self._keep(here, disk)
        if late % 2 == 0:
            _, data = disk.outbox[-1]
            self.disks[here] = replace(disk, outbox=disk.outbox[:-1])
            self.line.append(Flight(here, there, data))
            self._arrive_thin(here, there, data)

    def _arrive_thin(self, here: int, there: int, data: bytes) -> None:
        kept, pair = self.disks[there].pairs.get(here + 1, Pair()), self.disks[here].pairs[there + 1]
        if self._arrive(there, data) is not Fate.REFUSED or self.went_back or pair.active is None:
            return
        held = pairs.settled(kept, now=self.now)
        if pair.active.session_id in {each.session_id for each in (held.active, held.draining) if each is not None}:
            raise PromiseError("a thin packet did not open where its session stands")

    def recap(self, which: int, to: int) -> None:
        """Send a recap of serials."""
        here, there = self._pair(which, to)
        if here != there:
            self._keep(here, self.bureaux[here].recap(self.disks[here], there + 1, self.now))

    def repeat(self, which: int, to: int, place: int) -> None:
        """Seal an item once more that the peer says is missing."""
        here, there = self._pair(which, to)
        missing = sorted(self.bureaux[there].missing(self.disks[there], here + 1))
        if here != there and missing:
            serial = missing[place % len(missing)]
            self._keep(here, self.bureaux[here].repeat(self.disks[here], there + 1, serial, self.now), serial)

    def reset(self, which: int, to: int, old: int) -> None:
        """Open a new session with prekeys that the adversary chooses: the next ones, or old ones."""
        here, there = self._pair(which, to)
        if here == there:
            return
        shelf = self.bundles[there]
        bundle = shelf[0] if old or len(shelf) == 1 else shelf.pop(0)
        text = self._text(here, there)
        reason = tuple(ResetReason)[old % len(ResetReason)]
        with contextlib.suppress(SecmsgError):
            self._keep(here, self.bureaux[here].open(self.disks[here], there + 1, bundle, text, reason, self.now))

    def _text(self, here: int, there: int) -> bytes:
        self.count += 1
        text = b"%d to %d: %d" % (here, there, self.count)
        self.given.add((here, there, text))
        return text

    # --- what the line does ---

    def hand_over(self, which: int, keep: int) -> None:
        """Give an office's oldest waiting bytes to the line; it may be cut off before it knows."""
        here = which % self.offices
        disk = self.disks[here]
        if disk.outbox:
            to, data = disk.outbox[0]
            self.line.append(Flight(here, to - 1, data))
            if not keep:
                self.disks[here] = replace(disk, outbox=disk.outbox[1:])

    def deliver(self, place: int, crash: int) -> None:
        """Bring any bytes ever seen to their addressee, which may lose its power before it has kept them."""
        flight = self._flight(place)
        if flight is not None:
            self._arrive(flight.to, flight.data, crash=bool(crash))

    def deliver_newest(self, back: int) -> None:
        """Bring bytes that were handed over lately."""
        if self.line:
            flight = self.line[-1 - back % min(len(self.line), 4)]
            self._arrive(flight.to, flight.data)

    def misdeliver(self, place: int, to: int) -> None:
        """Bring bytes to somebody for whom they were not made, back to their sender too."""
        flight = self._flight(place)
        there = to % self.offices
        if flight is not None and there != flight.to and self._arrive(there, flight.data) is Fate.TAKEN:
            raise PromiseError("bytes for another office were taken")

    def damage(self, place: int, where: int, bit: int) -> None:
        """Flip a bit."""
        flight = self._flight(place)
        if flight is not None:
            data = bytearray(flight.data)
            data[where % len(data)] ^= 1 << bit % 8
            self._refused(flight.to, bytes(data), "damaged bytes were taken")

    def cut(self, place: int, length: int) -> None:
        """Cut bytes off."""
        flight = self._flight(place)
        if flight is not None:
            self._refused(flight.to, flight.data[: length % len(flight.data)], "cut bytes were taken")

    def wait(self, which: int) -> None:
        """Let time pass."""
        self.now += WAITS[which % len(WAITS)]

    # --- disks ---

    def copy(self, which: int) -> None:
        """Take an image of a disk."""
        here = which % self.offices
        self.parked[here] = [*self.parked[here][-5:], self.disks[here]]

    def exchange(self, which: int, place: int) -> None:
        """Put an image in place of the disk and keep the disk: a restored copy, or two clones by turns."""
        here = which % self.offices
        if self.parked[here]:
            at = place % len(self.parked[here])
            self.disks[here], self.parked[here][at] = self.parked[here][at], self.disks[here]
            self.went_back.add(here)

    def forge(self, which: int, place: int, to: int) -> None:
        """Write with the sessions of a stolen disk where its victim has opened others since."""
        here, there = self._pair(which, to)
        if here == there or not self.parked[here]:
            return
        pair = self.parked[here][place % len(self.parked[here])].pairs.get(there + 1)
        held = self.disks[there].pairs.get(here + 1)
        if pair is None or pair.active is None or held is None:
            return
        if pair.active.session_id in {each.session_id for each in (held.active, held.draining) if each is not None}:
            # Whoever has the keys in use can write until the next step: no promise covers that.
            return
        body = Item(bureaux.next_serial(self.disks[here], there + 1), bytes(32), ItemKind.CABLE, self.now, b"forged")
        _, packet = sessions.encrypt(
            pair.active, items.encode(body), now=self.now, ack=NO_ACK, edition=EDITION, random=self.thief
        )
        if self.bureaux[there].receive(self.disks[there], packet, self.now)[1] is Fate.TAKEN:
            raise PromiseError("a text of a forgotten session was taken")

    def edition(self, which: int, root: int) -> None:
        """Show an office a directory, perhaps another than its peers see."""
        here = which % self.offices
        mark = EditionMark(self.disks[here].edition.number + root // 2 % 2, ROOTS[root % 2])
        self.disks[here] = replace(self.disks[here], edition=mark)

    # --- the end ---

    def settle(self) -> None:
        """Let the line work and time pass: then every item is where it belongs, where no disk went back."""
        for day in range(6):
            for here in range(self.offices):
                for there in range(self.offices):
                    self._catch_up(here, there, afresh=day > 1)
            if not self._open_items():
                return
            self.now += 86_400
        if not self.went_back and not any(disk.frozen for disk in self.disks):
            raise PromiseError("an item never arrived on a line that works")

    def _catch_up(self, here: int, there: int, *, afresh: bool) -> None:
        bureau = self.bureaux[here]
        if here == there or not self.disks[here].items:
            return
        if afresh:
            # What a session lost for good is sealed anew in the next one, as a station does after a day of silence.
            self.reset(here, there, 0)
        self.recap(here, there)
        self._flush(here)
        for serial in sorted(self.bureaux[there].missing(self.disks[there], here + 1)):
            self._keep(here, bureau.repeat(self.disks[here], there + 1, serial, self.now), serial)
        self._flush(here)

    def _flush(self, here: int) -> None:
        while self.disks[here].outbox:
            self.hand_over(here, 0)
            self._arrive(self.line[-1].to, self.line[-1].data)

    def _open_items(self) -> bool:
        return any(
            self.disks[to - 1].places.get((here + 1, serial)) != item
            for here, disk in enumerate(self.disks)
            for (to, serial), item in disk.items.items()
        )

    # --- judging ---

    def _arrive(self, to: int, data: bytes, *, crash: bool = False) -> Fate:
        bureau, before = self.bureaux[to], self.disks[to]
        after, fate = bureau.receive(before, data, self.now)
        if not crash:
            self.disks[to] = after
        self._judge(to, before, after)
        sealed = self.sealed.get(data)
        if fate is Fate.TAKEN and sealed is not None and sealed.to == to:
            self._judge_packet(sealed, before, after, fat=len(data) in padding.CLASSES)
        return fate

    def _refused(self, to: int, data: bytes, what: str) -> None:
        before = self.disks[to]
        if any(flight.data == data for flight in self.line):
            return
        after, fate = self.bureaux[to].receive(before, data, self.now)
        # A damaged repetition is known as one by its header: it may be told, and moves nothing.
        if fate is Fate.TAKEN or replace(after, alarms=before.alarms, marks=before.marks) != before:
            raise PromiseError(what)

    def _judge(self, to: int, before: Disk, after: Disk) -> None:
        """Look at what an office shows after bytes arrived."""
        # 1. Nothing that its named author did not write to this office.
        for shown in after.shown[len(before.shown) :]:
            if (shown.origin - 1, to, shown.text) not in self.given:
                raise PromiseError("a text was shown that nobody wrote")
        # 2. Nothing twice.
        if len({(each.origin, each.text) for each in after.shown}) != len(after.shown):
            raise PromiseError("a text was shown twice")
        # 3. Every serial up to a recap is here or named.
        for origin, stated in after.stated.items():
            here = {serial for peer, serial in after.places if peer == origin}
            named = self.bureaux[to].missing(after, origin)
            if not set(range(1, stated + 1)) - here <= named:
                raise PromiseError("a serial that a recap states is missing and not named")
            if named & here:
                raise PromiseError("a serial is named as missing and is here")

    def _judge_packet(self, sealed: Sealed, before: Disk, after: Disk, *, fat: bool) -> None:
        """Look at what an office makes of a packet whose content the model knows."""
        origin = sealed.origin + 1
        to = sealed.to
        if after.places.get((origin, items.decode(sealed.item).serial)) == sealed.item:
            self.ever.add((to, sealed.item))
        # 4. Two items in one place are told.
        item = items.decode(sealed.item)
        other = after.places.get((origin, item.serial)) != sealed.item
        if other and item.kind is ItemKind.CABLE and Alarm.FORKED not in after.alarms:
            raise PromiseError("an item was swallowed without a word")
        if not fat:
            # A thin packet says nothing of serials or directories.
            return
        # 5. Who has more than was given shows that this disk is an old one: nothing leaves it from here on.
        if sealed.whole > bureaux.next_serial(before, origin) - 1 and not after.frozen:
            raise PromiseError("an old disk goes on sending")
        # 6. Whoever has another text in the place of ours is told of, once a recap says what it has.
        ours = before.items.get((origin, sealed.whole), b"")
        shows = item.kind is ItemKind.SERVICE and not other and sealed.whole < bureaux.next_serial(before, origin)
        if shows and ours != sealed.last and Alarm.FORKED not in after.alarms:
            raise PromiseError("a recap shows another text in the place of ours, and nobody is told")
        # 7. Our serials that never came are named as unproven.
        if to not in self.went_back:
            lost = {
                serial
                for (peer, serial), made in before.items.items()
                if peer == origin and (sealed.origin, made) not in self.ever
            }
            if not lost <= self.bureaux[to].unproven(after, origin):
                raise PromiseError("a serial of ours that never came counts as proven")
        # 8. Two directories of one number are told.
        mine, theirs = before.edition, sealed.edition
        if mine.number == theirs.number and mine != theirs and Alarm.DIRECTORY not in after.alarms:
            raise PromiseError("two directories of one number were not noticed")

    # --- small things ---

    def _keep(self, here: int, disk: Disk, serial: int = 0) -> None:
        """Keep a disk with what it has sealed, as one transaction does."""
        for to, data in disk.outbox[len(self.disks[here].outbox) :]:
            place = serial or bureaux.next_serial(disk, to) - 1
            whole = _whole(disk, to)
            last = disk.places.get((to, whole), b"")
            self.sealed[data] = Sealed(here, to - 1, disk.items[(to, place)], whole, last, disk.edition)
        self.disks[here] = disk

    def _pair(self, which: int, to: int) -> tuple[int, int]:
        return which % self.offices, to % self.offices

    def _flight(self, place: int) -> Flight | None:
        return self.line[place % len(self.line)] if self.line else None


ROOTS = (EDITION.root_hash, b"another!")


def _whole(disk: Disk, peer: int) -> int:
    """Return up to where everything from a peer is there, counted by the model alone."""
    end = 0
    while (peer, end + 1) in disk.places:
        end += 1
    return end
