"""Our prekeys: made, offered to each relay, replaced in time, erased (docs/spec/prekeys.md)."""

from dataclasses import dataclass

from secmsg.authority.mailbox import week_of
from secmsg.crypto.secret import Secret
from secmsg.ids import RelayId, Week
from secmsg.links.link import Mailbox
from secmsg.protocol import prekeys as protocol
from secmsg.station import desk as desks
from secmsg.station import freezing, mailboxes, notices
from secmsg.station.desk import Desk
from secmsg.station.events import Event
from secmsg.station.views import NoticeKind
from secmsg.store import identity as identity_rows
from secmsg.store import prekeys as rows
from secmsg.store import relays as relay_rows
from secmsg.store.prekeys import Batch, OneTimeRow, SignedPrekeyRow
from secmsg.wire import bundle as bundles
from secmsg.wire.codec import Reader, Writer
from secmsg.wire.sync import PrekeyLevel, PrekeyUpload

BATCHES_KEPT = 64
"""Batches whose unspent private halves stay, for first messages still under way."""

ID_MARGIN = 10_000
"""Ids and versions left out after an old copy: the lost state may have given them to a relay, with other keys."""

_RENEW_SIGNED_BEFORE_S = 86_400


@dataclass(frozen=True, slots=True)
class Offer:
    """Prekeys to put into this week's mailbox at a relay."""

    relay: RelayId
    week: Week
    mailbox: Mailbox
    upload: PrekeyUpload


@dataclass(frozen=True, slots=True)
class _Offered:
    """What a relay was last given: for which week's mailbox, which batch, with which signed prekey."""

    week: Week
    version: int
    spk_id: int


def next_offer(desk: Desk, relay: RelayId, level: PrekeyLevel | None) -> Offer | None:
    """Make new prekeys when this week's mailbox has none, few are left, or the signed one ages; else None.

    None from a frozen store: an old copy would give ids and versions a second time.
    """
    now = desk.now()
    if freezing.frozen(desk):
        return None
    week = week_of(now)
    if _box(desk, relay, week) not in {each.box for each in relay_rows.boxes(desk.db, relay, week, week)}:
        return None
    signed = rows.newest_signed(desk.db)
    ageing = signed is None or now - signed.made_at >= desk.policy.prekeys.signed_life_s - _RENEW_SIGNED_BEFORE_S
    offered = _offered(desk, relay)
    few = level is not None and level.remaining < desk.policy.prekeys.refill_below
    # A signed prekey renewed for one relay is a newer one than every other relay has.
    newest = signed is not None and offered is not None and offered.spk_id == signed.spk_id
    if offered is not None and offered.week == week and newest and not few and not ageing:
        return None
    return _make(desk, relay, week, now, renew=ageing)


def _make(desk: Desk, relay: RelayId, week: Week, now: int, *, renew: bool) -> Offer:
    own, policy = desks.own(desk), desk.policy.prekeys
    signer = own.device_signer
    with desk.db.transaction():
        if renew:
            made = protocol.make_signed(
                signer.ref, signer.key, rows.take_signed_id(desk.db), now + policy.signed_life_s, desk.random
            )
            rows.keep_signed(
                desk.db,
                SignedPrekeyRow(
                    made.public.spk_id,
                    Secret(protocol.encode_signed(made)),
                    bundles.encode_signed(made.public),
                    now,
                    now + policy.signed_keep_s,
                ),
            )
        version = rows.take_batch_version(desk.db)
        batch, entries, secrets = protocol.make_batch(signer.ref, signer.key, version, policy.batch, desk.random)
        encoded = tuple(bundles.encode_entry(entry) for entry in entries)
        rows.keep_batch(
            desk.db,
            Batch(version, bundles.encode_batch(batch), now),
            tuple(
                OneTimeRow(each.public.opk_id, Secret(protocol.encode_one_time(each)), entry)
                for each, entry in zip(secrets, encoded, strict=True)
            ),
        )
        rows.forget_old(desk.db, now, max(1, version - BATCHES_KEPT))
        signed = rows.newest_signed(desk.db)
    assert signed is not None  # noqa: S101 - made above when there was none
    mailbox = next(each for each in mailboxes.readable(desk, relay) if each.box == _box(desk, relay, week))
    upload = PrekeyUpload(mailbox.box, version, signed.public, bundles.encode_batch(batch), encoded)
    return Offer(relay, week, mailbox, upload)


def _box(desk: Desk, relay: RelayId, week: Week) -> bytes:
    return mailboxes.current(desk, relay, week)


def note_offered(desk: Desk, offer: Offer) -> None:
    """Remember what a relay has been given."""
    signed = rows.newest_signed(desk.db)
    spk_id = 0 if signed is None else signed.spk_id
    with desk.db.transaction():
        rows.note_upload(desk.db, offer.relay, offer.upload.version, desk.now())
        identity_rows.keep_fact(
            desk.db,
            _name(offer.relay),
            Writer().u32(offer.week).u32(offer.upload.version).u32(spk_id).bytes(),
        )


def begin_anew(desk: Desk) -> None:
    """Erase every prekey and make others with ids of their own, inside the caller's transaction: after an old copy."""
    rows.leave_out(desk.db, ID_MARGIN)
    for relay in relay_rows.every(desk.db):
        identity_rows.keep_fact(desk.db, _name(relay.relay_id), b"")


def note_level(desk: Desk, relay: RelayId, name: str, level: PrekeyLevel) -> tuple[Event, ...]:
    """Show once for each batch that a relay has handed out, or says it has handed out, all of our one-time prekeys."""
    offered = _offered(desk, relay)
    if level.remaining or offered is None:
        return ()
    with desk.db.transaction():
        event = notices.add_once(desk, NoticeKind.PREKEYS_OUT, desk.now(), f"{name}: batch {offered.version}")
    return () if event is None else (event,)


def forget_offer(desk: Desk, relay: RelayId) -> None:
    """Forget what a relay has been given: it has lost its mailboxes, and the prekeys with them."""
    with desk.db.transaction():
        identity_rows.keep_fact(desk.db, _name(relay), b"")


def forget_offers(desk: Desk) -> None:
    """Let prekeys be left at every relay again, inside the caller's transaction: our mailboxes have other names."""
    for relay in relay_rows.every(desk.db):
        identity_rows.keep_fact(desk.db, _name(relay.relay_id), b"")


def _offered(desk: Desk, relay: RelayId) -> _Offered | None:
    kept = identity_rows.fact(desk.db, _name(relay))
    if not kept:
        return None
    reader = Reader(kept)
    offered = _Offered(Week(reader.u32()), reader.u32(), reader.u32())
    reader.end()
    return offered


def _name(relay: RelayId) -> str:
    return f"prekeys-{relay.hex()}"
