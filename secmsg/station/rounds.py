"""One round of carrying at one relay: what the courier's threads repeat, and `secmsg sync` does until nothing is left.

A round asks the store's thread for short steps before and after the network and holds nothing of the store itself.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeVar

from secmsg.errors import (
    ClockSkew,
    CryptoError,
    FormatError,
    LinkError,
    LinkRefused,
    OutcomeUnknown,
    SecmsgError,
    TransferStopped,
    TrustError,
)
from secmsg.ids import BlobId, CableId, MailboxId, MessageId, RelayId
from secmsg.links.link import Link, Mailbox, SyncResult
from secmsg.station import (
    alarms,
    envelopes,
    feed,
    freezing,
    housekeeping,
    mailboxes,
    post,
    prekeys,
    receive,
    ringing,
    standing,
    transfers,
)
from secmsg.station.desk import Desk
from secmsg.station.events import Event, OutboxChanged, Progress
from secmsg.station.post import Errand, Parcel
from secmsg.station.receive import Received
from secmsg.station.transfers import DownloadJob, UploadJob
from secmsg.wire import bundle as bundles
from secmsg.wire.bundle import Bundle
from secmsg.wire.sync import (
    Ack,
    BoxContents,
    BoxStatus,
    CreateStatus,
    Deposit,
    DepositStatus,
    Envelope,
    PrekeyLevel,
    PrekeyStatus,
    Refusals,
    Taken,
    TakeStatus,
    TtlClass,
)

T = TypeVar("T")
OnEvent = Callable[[Event], None]
MAX_CREATED = 32
_TAKEN = frozenset((DepositStatus.STORED, DepositStatus.DUPLICATE))
PROGRESS_STEP = 1024 * 1024
PROGRESS_S = 2.0
"""On a slow line progress is told by the clock."""
LOOK_FOR_PAUSE_S = 0.5


class Ask(Protocol):
    """Runs a step on the store's thread and waits for it."""

    def __call__(self, step: Callable[[Desk], T], /) -> T:
        """Return what the step returns, raise what it raises."""
        ...


@dataclass(slots=True)
class Memory:
    """What one run remembers of a relay: how far each mailbox was read, and the prekeys said to be left there."""

    after: dict[MailboxId, int] = field(default_factory=dict)
    level: PrekeyLevel | None = None
    refusals: tuple[Refusals, ...] = ()
    failing: bool = False
    edition_shown: int = 0
    checked_feed_at: int | None = None
    wide: bool = True
    """Whether the next look goes into the fast mailboxes of the neighbouring weeks as well."""
    feed_wanted: bool = False
    """Something came from a sender whom our edition does not list."""


class CarrierLink(Link, Protocol):
    """A link whose signed requests can follow the relay's clock."""

    clock_offset_s: int


@dataclass(frozen=True, slots=True)
class Place:
    """A relay: its number, its name for the screens, the link to it, and what this run remembers of it."""

    relay: RelayId
    name: str
    link: CarrierLink
    memory: Memory = field(default_factory=Memory)


# --- sending ---------------------------------------------------------------------------------------------------------


def prepare(ask: Ask, place: Place) -> None:
    """Make the mailboxes that are missing and offer prekeys where they are wanted; a dismissed device has neither."""
    if not ask(standing.listed):
        return
    planned = ask(lambda desk: mailboxes.planned(desk, place.relay))
    if planned:
        _create(ask, place, planned)
    level = place.memory.level
    offer = ask(lambda desk: prekeys.next_offer(desk, place.relay, level))
    if offer is not None:
        status = _clocked(place, lambda: place.link.upload_prekeys(offer.mailbox, offer.upload))
        if status in {PrekeyStatus.STORED, PrekeyStatus.SAME}:
            place.memory.level = None
            ask(lambda desk: prekeys.note_offered(desk, offer))
        else:
            raise LinkRefused(f"the relay does not take prekeys: {status.name.lower()}")


def _create(ask: Ask, place: Place, planned: tuple[mailboxes.Planned, ...]) -> tuple[MailboxId, ...]:
    """Make mailboxes and return those that were not there before."""
    part = planned[:MAX_CREATED]
    statuses = _clocked(place, lambda: place.link.create_boxes([each.new for each in part]))
    good = {CreateStatus.CREATED, CreateStatus.EXISTS}
    made = tuple(each for each, status in zip(part, statuses, strict=True) if status in good)
    ask(lambda desk: mailboxes.note_made(desk, made))
    if len(made) < len(part):
        raise LinkRefused("the relay does not make every mailbox")
    return tuple(each.box.box for each, status in zip(part, statuses, strict=True) if status is CreateStatus.CREATED)


def _create_anew(ask: Ask, place: Place, on_event: OnEvent) -> None:
    """Make mailboxes again at a relay that does not know ours; what it lost with them is offered again."""
    planned = ask(lambda desk: mailboxes.planned(desk, place.relay, anew=True))
    before = ask(lambda desk: mailboxes.known(desk, place.relay))
    fresh = _create(ask, place, planned)
    ask(lambda desk: prekeys.forget_offer(desk, place.relay))
    if not before.isdisjoint(fresh):
        look_from_the_start(place)
        for event in ask(lambda desk: post.relay_lost(desk, place.relay)):
            on_event(event)


def send(ask: Ask, place: Place, on_event: OnEvent) -> bool:
    """Write what is due, seal what waits for keys, and hand envelopes over; say whether a relay took any."""
    if ask(housekeeping.write_due):
        on_event(OutboxChanged())
    fetch_keys(ask, place, on_event)
    sent = False
    tried: set[MessageId] = set()
    while parcels := ask(_due(place.relay, tried)):
        on_event(OutboxChanged())
        try:
            taken = _deposit(ask, place, parcels)
        finally:
            on_event(OutboxChanged())
        tried |= {parcel.message_id for parcel in parcels}
        sent |= taken
    try:
        ring(ask, place)
    except LinkRefused as error:
        # The cables are there: that nobody could be rung keeps nothing back.
        note_fault(ask, place, error, on_event)
    return sent


def ring(ask: Ask, place: Place) -> None:
    """Ring where cables hỏa tốc were left: the machine there may be locked."""
    if calls := ask(lambda desk: ringing.due(desk, place.relay)):
        statuses = place.link.deposit([each.deposit for each in calls])
        ids = [each.ring.ring_id for each in calls]
        ask(lambda desk: ringing.settle(desk, zip(ids, statuses, strict=True)))


def _due(relay: RelayId, tried: set[MessageId]) -> Callable[[Desk], tuple[Parcel, ...]]:
    return lambda desk: post.due(desk, relay, tried)


def _deposit(ask: Ask, place: Place, parcels: tuple[Parcel, ...]) -> bool:
    """Hand envelopes over; say whether the relay took any."""
    ids = [parcel.message_id for parcel in parcels]
    try:
        statuses = _deposit_at(place, parcels, 0)
        for nearby in (1, 2):
            statuses = _elsewhere(place, parcels, statuses, nearby)
    except OutcomeUnknown as error:
        detail = str(error)
        ask(lambda desk: post.outcome_unknown(desk, place.relay, ids, detail))
        raise
    except LinkError as error:
        detail = str(error)
        ask(lambda desk: post.not_sent(desk, place.relay, ids, detail))
        raise
    ask(lambda desk: post.settle(desk, place.relay, statuses.items()))
    return not _TAKEN.isdisjoint(statuses.values())


def _deposit_at(place: Place, parcels: Iterable[Parcel], which: int) -> dict[MessageId, DepositStatus]:
    chosen = [parcel for parcel in parcels if which < len(parcel.targets)]
    deposits = [
        Deposit(*parcel.targets[which], message_id=parcel.message_id, ttl=TtlClass.MONTH, body=parcel.body)
        for parcel in chosen
    ]
    statuses = place.link.deposit(deposits) if deposits else ()
    return {parcel.message_id: status for parcel, status in zip(chosen, statuses, strict=True)}


def _elsewhere(
    place: Place, parcels: tuple[Parcel, ...], statuses: dict[MessageId, DepositStatus], which: int
) -> dict[MessageId, DepositStatus]:
    """Try a neighbouring week's mailbox for what this week's did not take: the addressee's clock may be another."""
    unknown = [parcel for parcel in parcels if statuses.get(parcel.message_id) is DepositStatus.UNKNOWN]
    return {**statuses, **_deposit_at(place, unknown, which)} if unknown else statuses


def fetch_keys(ask: Ask, place: Place, on_event: OnEvent) -> None:
    """Get the prekeys of devices for which something waits, and seal it."""
    ask(envelopes.seal_all_waiting)
    missing = ask(envelopes.devices_without_keys) or ask(alarms.waiting)
    if not missing:
        return
    for errand in ask(lambda desk: post.errands(desk, place.relay, missing)):
        try:
            bundle = _take(place, errand)
            if bundle is not None and _open(ask, errand, bundle):
                on_event(OutboxChanged())
        except LinkRefused as error:
            # False prekeys for one device must not keep back what is for the others.
            note_fault(ask, place, error, on_event)


def note_fault(ask: Ask, place: Place, error: LinkRefused, on_event: OnEvent) -> None:
    """Show once that a relay refuses or lies."""
    detail = f"{place.name}: {error}"
    event = ask(lambda desk: housekeeping.note_fault(desk, detail))
    if event is not None:
        on_event(event)


def _take(place: Place, errand: Errand) -> Bundle | None:
    for box, token in errand.targets:
        taken = place.link.take_bundle(box, token, errand.request_id)
        if taken.status in {TakeStatus.ONE_TIME, TakeStatus.LAST_RESORT}:
            return _bundle(taken)
    return None


def _bundle(taken: Taken) -> Bundle:
    try:
        return Bundle(
            bundles.decode_signed(taken.signed),
            bundles.decode_batch(taken.batch) if taken.batch else None,
            bundles.decode_entry(taken.entry) if taken.entry else None,
        )
    except FormatError as error:
        raise LinkRefused(f"the relay gives prekeys that are none: {error}") from None


def _open(ask: Ask, errand: Errand, bundle: Bundle) -> bool:
    try:
        return ask(lambda desk: _open_with(desk, errand, bundle)) > 0
    except (CryptoError, TrustError, FormatError) as error:
        raise LinkRefused(f"the relay gives prekeys that are not the device's: {error}") from None


def _open_with(desk: Desk, errand: Errand, bundle: Bundle) -> int:
    opens = alarms.seal if freezing.frozen(desk) else envelopes.open_session
    return opens(desk, errand.certificate, bundle)


# --- fetching --------------------------------------------------------------------------------------------------------


def fetch(ask: Ask, place: Place, on_event: OnEvent, *, wait_s: int = 0) -> bool:
    """Read the mailboxes, take what came, and let the relay forget it; say whether anything came.

    A packet that does not open stays at the relay and is passed over until the next round that looks from the start.
    """
    memory = place.memory
    normal = ask(lambda desk: mailboxes.readable(desk, place.relay))
    if not normal:
        return False
    fast = ask(lambda desk: mailboxes.fast(desk, place.relay, neighbours=memory.wide))
    boxes, rung = (*normal, *fast), {each.box for each in fast}
    wished = [Mailbox(each.box, each.key, memory.after.get(each.box, 0)) for each in boxes]
    try:
        result = _clocked(place, lambda: place.link.sync(wished, wait_s=wait_s))
    except LinkRefused:
        # Of a request in which it knows no mailbox a relay says nothing: perhaps it has lost them all.
        _create_anew(ask, place, on_event)
        result = _clocked(place, lambda: place.link.sync(wished, wait_s=wait_s))
    memory.wide = False
    _note(ask, place, result, on_event)
    came = False
    acks: list[Ack] = []
    if not any(contents.envelopes for contents in result.contents):
        for event in ask(housekeeping.look_for_alarms):
            on_event(event)
    for contents in result.contents:
        if contents.box in rung:
            # Rings are for a closed store: while it is open, what they tell of comes by itself.
            if seqs := [envelope.seq for envelope in contents.envelopes]:
                acks.append(Ack(contents.box, _ranges(seqs)))
            continue
        came |= bool(contents.envelopes)
        settled = _take_contents(ask, place, contents, on_event)
        if settled:
            acks.append(Ack(contents.box, _ranges(settled)))
    if acks:
        readers = [Mailbox(each.box, each.key, memory.after.get(each.box, 0)) for each in boxes]
        try:
            answer = _clocked(place, lambda: place.link.sync(_only(readers, acks), acks))
        except LinkError:
            # Perhaps they are still there: the next look shows them again, as repeats.
            look_from_the_start(place)
            raise
        _note(ask, place, answer, on_event)
    return came


def look_from_the_start(place: Place) -> None:
    """Let the next round see again what did not open."""
    place.memory.after.clear()
    place.memory.failing = False
    place.memory.wide = True


def _note(ask: Ask, place: Place, result: SyncResult, on_event: OnEvent) -> None:
    for level in result.levels:
        if result.contents and level.box == result.contents[0].box:
            place.memory.level = level
            for event in ask(_leveller(place, level)):
                on_event(event)
    for event in ask(lambda desk: housekeeping.note_clock(desk, place.name, result.relay_time)):
        on_event(event)
    if result.refusals and result.refusals != place.memory.refusals:
        place.memory.refusals = result.refusals
        for event in ask(lambda desk: housekeeping.note_refusals(desk, place.name, result.refusals)):
            on_event(event)
    if any(contents.status is BoxStatus.UNKNOWN for contents in result.contents):
        # A relay put back to an older state has lost mailboxes: they are made again.
        _create_anew(ask, place, on_event)


def _leveller(place: Place, level: PrekeyLevel) -> Callable[[Desk], tuple[Event, ...]]:
    return lambda desk: prekeys.note_level(desk, place.relay, place.name, level)


def _take_contents(ask: Ask, place: Place, contents: BoxContents, on_event: OnEvent) -> list[int]:
    settled: list[int] = []
    again = list(contents.envelopes)
    while again:
        # A handshake may come behind the packets that need it: they get another try in the same round.
        failed = []
        opened_session = False
        for envelope in again:
            received = ask(_receiver(place.relay, envelope))
            _tell(received, on_event)
            place.memory.feed_wanted |= received.unlisted
            opened_session |= received.new_session
            if received.settled:
                settled.append(envelope.seq)
            else:
                failed.append(envelope)
        if opened_session:
            for received in ask(receive.retry_quarantined):
                _tell(received, on_event)
        again = failed if opened_session else []
        place.memory.failing |= bool(failed) and not opened_session
    if contents.envelopes:
        place.memory.after[contents.box] = contents.envelopes[-1].seq
    return sorted(settled)


def _receiver(relay: RelayId, envelope: Envelope) -> Callable[[Desk], Received]:
    return lambda desk: receive.receive(desk, relay, envelope)


def _tell(received: Received, on_event: OnEvent) -> None:
    for event in received.events:
        on_event(event)


def _ranges(seqs: list[int]) -> tuple[tuple[int, int], ...]:
    ranges: list[tuple[int, int]] = []
    for seq in seqs:
        if ranges and ranges[-1][1] == seq - 1:
            ranges[-1] = (ranges[-1][0], seq)
        else:
            ranges.append((seq, seq))
    return tuple(ranges)


def _only(boxes: list[Mailbox], acks: list[Ack]) -> list[Mailbox]:
    named = {ack.box for ack in acks}
    return [each for each in boxes if each.box in named]


# --- the directory ---------------------------------------------------------------------------------------------------


def check_feed(ask: Ask, place: Place, on_event: OnEvent) -> bool:
    """Fetch newer editions of the directory; say whether one was put in force."""
    head = place.link.feed_head()
    if not head.number:
        return False
    wanted, events = ask(lambda desk: feed.wanted(desk, place.relay, head.number))
    for event in events:
        on_event(event)
    if wanted.last < wanted.first:
        return False
    segments = tuple(place.link.feed_segment(number) for number in range(wanted.first, wanted.last + 1))
    events = ask(lambda desk: feed.take(desk, place.relay, segments))
    for event in events:
        on_event(event)
    if events:
        for received in ask(receive.retry_quarantined):
            _tell(received, on_event)
        look_from_the_start(place)
    return bool(events)


# --- blobs -----------------------------------------------------------------------------------------------------------


def carry_up(ask: Ask, place: Place, on_event: OnEvent, stopped: Callable[[], bool]) -> bool:
    """Bring the blobs that are due to a relay; say whether one got there."""
    finished = False
    for job in ask(lambda desk: transfers.uploads(desk, place.relay)):
        _upload(ask, place, job, on_event, stopped)
        finished = True
    return finished


def _upload(ask: Ask, place: Place, job: UploadJob, on_event: OnEvent, stopped: Callable[[], bool]) -> None:
    tell = _Teller(
        job.cable_id,
        job.position,
        on_event,
        lambda done, _: ask(lambda desk: transfers.upload_progress(desk, job, done)),
    )
    stop = _Stop(stopped, lambda: ask(lambda desk: transfers.upload_paused(desk, job)))
    try:
        place.link.upload_blob(job.blob_id, job.capability, job.source, progress=tell, cancelled=stop)
    except TransferStopped:
        if not stop.paused:
            raise
        tell.keep_last()
        on_event(OutboxChanged())
        return
    except LinkError as error:
        detail = str(error)
        ask(lambda desk: transfers.upload_failed(desk, job, detail))
        raise
    ask(lambda desk: transfers.upload_done(desk, job))
    on_event(OutboxChanged())


def carry_down(ask: Ask, places: tuple[Place, ...], on_event: OnEvent, stopped: Callable[[], bool]) -> bool:
    """Fetch and verify the blobs that are due; say whether one came."""
    finished = False
    for job in ask(lambda desk: transfers.downloads(desk, [place.relay for place in places])):
        if not ask(_claimer(job)):
            continue
        try:
            finished |= _download(ask, places, job, on_event, stopped)
        finally:
            ask(_releaser(job))
    return finished


def _claimer(job: DownloadJob) -> Callable[[Desk], bool]:
    return lambda desk: transfers.claim(desk, job)


def _releaser(job: DownloadJob) -> Callable[[Desk], None]:
    return lambda desk: transfers.let_go(desk, job)


def _download(
    ask: Ask, places: tuple[Place, ...], job: DownloadJob, on_event: OnEvent, stopped: Callable[[], bool]
) -> bool:
    tell = _Teller(
        job.cable_id,
        job.position,
        on_event,
        lambda done, _: ask(lambda desk: transfers.download_progress(desk, job, done)),
    )
    stop = _Stop(stopped, lambda: ask(lambda desk: transfers.download_paused(desk, job)))
    try:
        _fetch_anywhere(places, job, tell, stop)
    except TransferStopped:
        if not stop.paused:
            raise
        tell.keep_last()
        return False
    except LinkError as error:
        detail = str(error)
        ask(lambda desk: transfers.download_failed(desk, job, detail))
        if isinstance(error, LinkRefused | OutcomeUnknown):
            # This blob is not whole at its relays, or broke off: the others must not wait for it.
            return False
        raise
    try:
        content = job.check()
    except (CryptoError, FormatError) as error:
        failure: SecmsgError = error
        events = ask(lambda desk: transfers.download_damaged(desk, job, failure))
    else:
        events = ask(lambda desk: transfers.download_done(desk, job, content))
    for event in events:
        on_event(event)
    return True


def _fetch_anywhere(places: tuple[Place, ...], job: DownloadJob, tell: "_Teller", stopped: Callable[[], bool]) -> None:
    """Fetch a blob from the first relay that has it; where one breaks off, the next goes on at the same byte."""
    failure: LinkError = LinkRefused("no relay has this blob")
    for relay, blob_id in job.places:
        for place in places:
            if place.relay != relay:
                continue
            try:
                _fetch(place, blob_id, job.target, job.size, tell, stopped)
            except TransferStopped:
                raise
            except LinkError as error:
                failure = error
            else:
                return
    raise failure


def _fetch(
    place: Place, blob_id: BlobId, target: Path, size: int, tell: "_Teller", stopped: Callable[[], bool]
) -> None:
    if target.exists() and target.stat().st_size == size:
        # Fetched before the program stopped, not yet verified.
        return
    place.link.download_blob(blob_id, target, size=size, progress=tell, cancelled=stopped)


class _Stop:
    """Answers a transfer that asks whether to stop: the line was cut, or the officer has paused this blob."""

    def __init__(self, stopped: Callable[[], bool], paused: Callable[[], bool]) -> None:
        self._stopped = stopped
        self._ask_paused = paused
        self._asked_at = time.monotonic()
        self.paused = False

    def __call__(self) -> bool:
        if self._stopped():
            return True
        if time.monotonic() - self._asked_at >= LOOK_FOR_PAUSE_S:
            self._asked_at = time.monotonic()
            self.paused = self._ask_paused()
        return self.paused


class _Teller:
    """Passes the progress of a transfer on, in steps worth showing."""

    def __init__(
        self,
        cable_id: CableId | None,
        position: int,
        on_event: OnEvent,
        keep: Callable[[int, int], None],
    ) -> None:
        self._cable_id = cable_id
        self._position = position
        self._on_event = on_event
        self._keep = keep
        self._told = self._last = self._total = 0
        self._told_at = time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        self._last, self._total = done, total
        due = done - self._told >= PROGRESS_STEP or time.monotonic() - self._told_at >= PROGRESS_S
        if done == total or due:
            self.keep_last()

    def keep_last(self) -> None:
        """Keep and tell how far it is, whether or not it is worth showing."""
        done, total = self._last, self._total
        self._told, self._told_at = done, time.monotonic()
        if total:
            self._keep(done, total)
        if self._cable_id is not None and total:
            self._on_event(Progress(self._cable_id, self._position, done, total))


# --- clocks ----------------------------------------------------------------------------------------------------------


def _clocked(place: Place, call: Callable[[], T]) -> T:
    """Make a signed request; when the relay says that its clock is another one, once more with that offset."""
    try:
        return call()
    except ClockSkew as skew:
        place.link.clock_offset_s = skew.offset_s
        return call()
