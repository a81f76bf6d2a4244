"""A store that was taken, opened, with every key in it: what of the traffic recorded before it opens.

No rule of the product is kept: no age, no "opened before", no "one session only". Each secret found anywhere in the
store is tried as header key, as message key and as chain key, and each prekey as what opens a first message.
"""

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from secmsg.authority.mailbox import week_of
from secmsg.crypto import aead, hashing, sealing
from secmsg.crypto.secret import Secret
from secmsg.errors import PrekeyUnknown, SecmsgError
from secmsg.ids import CertificateRef, DeviceId, Week
from secmsg.protocol import chain_key, handshake, prekeys, session, veil
from secmsg.protocol.handshake import Identity
from secmsg.protocol.prekeys import PrekeySecrets
from secmsg.protocol.state import Session
from secmsg.station import desk as desks
from secmsg.station.desk import Desk
from secmsg.store import sessions as session_rows
from secmsg.wire import packet as packets
from secmsg.wire import padding
from secmsg.wire.certificate import Certificate
from secmsg.wire.codec import Writer
from secmsg.wire.packet import PacketHeader

_AHEAD = 12
"""Places that a chain key is run on: more than any chain of these tests has."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A sealed packet on its way, and when somebody copied it."""

    at: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Loot:
    """Everything in a store that could open something."""

    identity: Identity
    signed: tuple[prekeys.SignedSecret, ...]
    one_times: tuple[prekeys.OneTimeSecret, ...]
    covers: tuple[Secret, ...]
    certificates: dict[CertificateRef, Certificate]
    devices: tuple[DeviceId, ...]
    header_keys: tuple[sealing.Unsealer, ...]
    message_keys: tuple[tuple[Session, Secret], ...]

    def opens(self, recorded: Recorded) -> bool:
        """Say whether any key opens the packet's content."""
        return self._as_packet(recorded.body) or self._as_first(recorded)

    def _as_packet(self, packet: bytes) -> bool:
        parts = packets.split(packet)
        header = self._header(parts.header)
        return header is not None and any(
            _body_opens(message, parts, header, one) for one, message in self.message_keys
        )

    def _header(self, sealed: bytes) -> PacketHeader | None:
        for key in self.header_keys:
            for device in self.devices:
                try:
                    return packets.decode_header(key.unseal(sealed, Writer().u16(device).bytes()))
                except SecmsgError:
                    continue
        return None

    def _as_first(self, recorded: Recorded) -> bool:
        """Answer the first message again with each pair of prekeys that is left, as if it had just come."""
        weeks = range(week_of(recorded.at) - 5, week_of(recorded.at) + 2)
        covers = [veil.cover_key(root, Week(week)) for root in self.covers for week in weeks]
        try:
            handshake.respond(
                self.identity,
                recorded.body,
                covers=covers,
                prekeys=self._prekeys,
                resolve=self.certificates.__getitem__,
                seen=lambda _: False,
                now=recorded.at,
            )
        except SecmsgError:
            return False
        return True

    def _prekeys(self, spk_id: int, opk_id: int | None) -> PrekeySecrets:
        signed = next((each for each in self.signed if each.public.spk_id == spk_id), None)
        one_time = next((each for each in self.one_times if each.public.opk_id == opk_id), None)
        if signed is None or (opk_id is not None and one_time is None):
            raise PrekeyUnknown("gone")
        return PrekeySecrets(signed, one_time)


def take(desk: Desk) -> Loot:
    """Take an opened store as it lies there."""
    own, directory = desks.own(desk), desks.directory(desk)
    signed = desk.db.all("SELECT private FROM signed_prekeys")
    one_times = desk.db.all("SELECT private FROM one_time_prekeys")
    held = tuple(session.decode(each.body) for each in session_rows.every(desk.db))
    long = [secret for one in held for secret in secrets(one) if len(secret) == sealing.KEY_SIZE]
    return Loot(
        identity=Identity(own.device, own.device_signer.ref, own.device_signer.key),
        signed=tuple(prekeys.decode_signed(bytes(private)) for (private,) in signed),
        one_times=tuple(prekeys.decode_one_time(bytes(private)) for (private,) in one_times),
        covers=tuple(desks.cover_roots(desk).values()),
        certificates=dict(directory.certificates),
        devices=tuple(each.device for each in directory.contents.mailboxes),
        header_keys=tuple(sealing.Unsealer(secret) for secret in long),
        message_keys=tuple((one, message) for one in held for message in _messages(one)),
    )


def secrets(value: object) -> Iterator[Secret]:
    """Give every secret inside a value, however deep: whatever a later version keeps is found too."""
    match value:
        case Secret():
            yield value
        case Enum() | str() | bytes() | int() | None:
            return
        case dict():
            for each in value.values():
                yield from secrets(each)
        case tuple() | list():
            for each in value:
                yield from secrets(each)
        case _ if dataclasses.is_dataclass(value):
            for each in dataclasses.fields(value):
                yield from secrets(getattr(value, each.name))
        case _:
            raise AssertionError(f"a {type(value).__name__} in a session: does it hold keys?")


def _messages(one: Session) -> Iterator[Secret]:
    """Give each short secret as a message key, and what it gives as a chain key."""
    for key in [secret for secret in secrets(one) if len(secret) == chain_key.MESSAGE_KEY_SIZE]:
        yield key
        chain = key
        for _ in range(_AHEAD):
            chain, message = chain_key.advance(chain)
            yield message


def _body_opens(message: Secret, parts: packets.Packet, header: PacketHeader, one: Session) -> bool:
    keys = chain_key.packet_keys(message, header.salt)
    if parts.commitment != hashing.hmac_sha256(keys.commitment, parts.header):
        return False
    cut = header.pq_kind.sealed_size
    for side in session.Side:
        associated = session._associated(one, side, parts.header, parts.commitment, parts.rest[:cut])
        try:
            padding.strip(aead.open_(keys.key, keys.nonce, parts.rest[cut:], associated), header.body_len)
        except SecmsgError:
            continue
        return True
    return False


def opened(loot: Loot, recorded: Sequence[Recorded]) -> list[Recorded]:
    """Return what of the recorded traffic opens."""
    return [each for each in recorded if loot.opens(each)]
