"""No key, signature or ciphertext of one purpose is accepted for another (docs/spec/keys.md): all pairs are tried.

Every opener is given the same raw key bytes, so that nothing but labels, associated data and sizes keeps the purposes
apart; in the product the keys differ as well.
"""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from secmsg.authority import cover as covers
from secmsg.authority import edition, enrolment
from secmsg.authority import mailbox as mailboxes
from secmsg.authority.mailbox import Lane
from secmsg.config import ThinLimits
from secmsg.crypto import aead, blob, hashing, kdf, labels, sealing, signing
from secmsg.crypto.agreement import ExchangeKey
from secmsg.crypto.passphrase import KdfCost
from secmsg.crypto.secret import Secret
from secmsg.crypto.signing import ED_SIGNATURE_SIZE, Level
from secmsg.errors import DecryptionError, SecmsgError, SignatureError
from secmsg.ids import CertificateRef, DeviceId, RelayId, SessionId, StationId, Week
from secmsg.office.persons import Rank
from secmsg.protocol import chain_key, paper, session, thin, veil
from secmsg.protocol.state import ReceivingChain, SendingChain, Session, Side
from secmsg.protocol.thin_keys import ThinChain, ThinKeys, ThinReceivingChain
from secmsg.station import annex, kit_verifying, pad_files, person_arrivals, person_keys, pouch_sealing
from secmsg.station.annex import Purpose
from secmsg.store import backup_seal, identity, keyslots, vault
from secmsg.wire import handshake as messages
from secmsg.wire import packet as packets
from secmsg.wire.backup import Manifest
from secmsg.wire.contents import EMPTY, Block
from secmsg.wire.cover import CoverFile
from secmsg.wire.handshake import ResetReason
from secmsg.wire.packet import PqKind
from secmsg.wire.pad_file import PAD, PadFile
from tests.docs.test_spec import PURPOSES
from tests.helpers.authority_world import COVER, NOW, RELAY, world
from tests.helpers.seeded_random import seeded
from tests.helpers.sessions import bare_pair, seal

LONG, SHORT = Secret(bytes(range(64))), Secret(bytes(range(32)))
"""The raw key of every purpose: the short one is the long one's first half."""

RANDOM = seeded(b"purposes")
BOOK = PadFile(
    PAD, bytes(16), "TK", 1, 2, StationId(1), StationId(2), training=False, first=1, made_at=0, rows=("7" * 490,),
    sheets=("31415",),
)  # fmt: skip
CHEAP = KdfCost(memory_kib=8, passes=1)
SALT = bytes(16)
HERE, THERE = DeviceId(2), DeviceId(3)


@dataclass(frozen=True, slots=True)
class Seal:
    """One sealed purpose of keys.md: what it makes under the raw key, and what opens it; refusing is raising."""

    purpose: str
    made: bytes
    opened: Callable[[bytes], object]


def _needed(value: object) -> object:
    if value is None:
        raise DecryptionError
    return value


# Sessions whose every key is the raw one


def _ends(name: bytes = b"n" * 16, sender: Side = Side.INITIATOR, device: DeviceId = HERE) -> tuple[Session, Session]:
    """Return who sends and who receives in a session of this name: packets under the raw key."""
    blank, _, _, ratchet = bare_pair(b"purposes")
    sending = SendingChain(3, LONG, SHORT, 0, 0, ExchangeKey(ratchet.private, ratchet.public))
    thin_sending = ThinChain(3, 0, SHORT, SHORT, NOW)
    one = replace(blank, side=sender, session_id=SessionId(name), peer_device=device, sending=sending)
    other = replace(blank, side=sender.other, session_id=SessionId(name), own_device=device, sending=None)
    receiving = ReceivingChain(3, LONG, SHORT, 0, ratchet.public)
    return (
        replace(one, thin=ThinKeys(None, thin_sending, ())),
        replace(
            other,
            receiving=receiving,
            thin=ThinKeys(receiving=(ThinReceivingChain(3, 0, SHORT, SHORT, NOW),)),
        ),
    )


SENDER, RECEIVER = _ends()
PACKET = packets.split(seal(SENDER, b"body", RANDOM, now=NOW)[1])
HEAD = b"h" * packets.SEALED_HEADER_SIZE
TRANSCRIPT = b"t" * 64


def _pq(sealed: bytes) -> bytes:
    return sealing.unseal(session._pq_key(LONG, SALT), sealed, HEAD)


def _body(sealed: bytes) -> bytes:
    keys = chain_key.packet_keys(SHORT, SALT)
    return aead.open_(keys.key, keys.nonce, sealed, session._associated(RECEIVER, Side.INITIATOR, HEAD, b"", b""))


def _made_body() -> bytes:
    keys = chain_key.packet_keys(SHORT, SALT)
    return aead.seal(keys.key, keys.nonce, b"body", session._associated(RECEIVER, Side.INITIATOR, HEAD, b"", b""))


def _stream(context: bytes) -> bytes:
    encryptor = blob.Encryptor(SHORT, context)
    return encryptor.update(b"content") + encryptor.finalize()


def _unstream(context: bytes) -> Callable[[bytes], bytes]:
    def opened(sealed: bytes) -> bytes:
        stream = blob.Decryptor(SHORT, context)
        return stream.update(sealed) + stream.finalize()

    return opened


def _slot(sealed: bytes) -> object:
    """Try a pouch's slot as its reader does."""
    return _needed(pouch_sealing.file_key((SHORT,), HERE, bytes(32), (sealed,)))


_PAPER = paper.pairing(HERE, THERE, 1)
_ASKED, _BEGUN = paper.begin(SHORT, _PAPER, 2, ResetReason.STATE_LOST, RANDOM)
_, _ANSWERED = paper.answer(SHORT, _PAPER, _BEGUN, _ASKED, 2, RANDOM)

_PERSON = signing.signing_from_seed(Level.STANDARD, LONG)
_ROW = person_arrivals.fresh(1, "A", "B", Rank.OFFICER, _PERSON, 0, NOW)
_HEADER = vault.Header(bytes(16), bytes(16), CHEAP, bound=False, generation=1)
_SLOT, _MAP = (keyslots.place(_HEADER, kind, 0, 0) for kind in (b"slot", b"map"))
_MAP_KEY = keyslots.map_key(_HEADER, SHORT)
_NAME = identity._bound("device seed")
_HEAD = world().edition.head
_MEMBER = world().members[1]


def _kit() -> bytes:
    kit = enrolment.prepare_kit(
        _MEMBER.request,
        world().directory,
        _MEMBER.device,
        _MEMBER.person,
        covers=(COVER,),
        relays=(RELAY,),
        prepared_at=NOW,
    )
    return enrolment.seal_kit(kit, SHORT, CHEAP, RANDOM)


_ANNEX, _CABLE = (annex.context(CertificateRef(bytes(32)), purpose) for purpose in (Purpose.ANNEX, Purpose.CABLE))
_POUCH = pouch_sealing._context(bytes(32))
_ADDITION = kit_verifying.stream_context(bytes(16))
_BACKUP = backup_seal.BackupKeys(bytes(16), SHORT, SHORT)
_MANIFEST = Manifest(1, bytes(16), NOW, 18, 45, 1, 0, (), 1, (bytes(32),), (), bytes(32))
_WHOLE_THIN = thin.seal_thin(SENDER, b"thin", now=NOW, limits=ThinLimits())[1]
_VEILED = veil.put_on(LONG, HERE, bytes(messages.SIZE_CLASSES[0] - sealing.OVERHEAD))

SEALS = (
    Seal("seal a box", sealing.seal(LONG, b"box", TRANSCRIPT), lambda data: sealing.unseal(LONG, data, TRANSCRIPT)),
    # A header and a veil bind the same two bytes: it is their lengths that tell them apart under one key.
    Seal("seal a header", PACKET.header, lambda data: _needed(session._find(RECEIVER, data[: len(HEAD)]))),
    Seal("seal a pq field", sealing.seal(session._pq_key(LONG, SALT), bytes(PqKind.OFFER.content_size), HEAD), _pq),
    Seal("seal a body", _made_body(), _body),
    Seal("seal a recovery's packet", _BEGUN, lambda data: paper.open_begin(SHORT, _PAPER, data)),
    Seal("seal a recovery's packet", _ANSWERED, lambda data: paper.open_answer(SHORT, _PAPER, _BEGUN, _ASKED, data)),
    Seal("seal a thin packet", _WHOLE_THIN, lambda data: thin.open_thin(RECEIVER, data, now=NOW)),
    Seal("veil a first message", _VEILED, lambda data: veil.lift([LONG], HERE, data)),
    Seal(
        "seal an edition's block",
        edition.seal_block(SHORT, _HEAD, Block(EMPTY)),
        lambda data: edition.unseal_block(SHORT, _HEAD, data),
    ),
    Seal("seal a blob", _stream(_ANNEX), _unstream(_ANNEX)),
    Seal("seal a blob", _stream(_CABLE), _unstream(_CABLE)),
    Seal("seal a pouch's file key", pouch_sealing.slots(SHORT, bytes(32), SHORT, (HERE,), RANDOM)[0], _slot),
    Seal("seal a pouch's stream", _stream(_POUCH), _unstream(_POUCH)),
    Seal("seal an addition to a kit", _stream(_ADDITION), _unstream(_ADDITION)),
    Seal("seal a kit", _kit(), lambda data: enrolment.open_kit(data, SHORT, CHEAP)),
    Seal(
        "seal a pad file",
        pad_files.seal_file(BOOK, SHORT, CHEAP, RANDOM),
        lambda data: pad_files.open_file(data, SHORT, CHEAP),
    ),
    Seal(
        "seal a cover file",
        covers.seal_file(CoverFile(1, bytes(32)), SHORT, CHEAP, RANDOM),
        lambda data: covers.open_file(data, SHORT, CHEAP),
    ),
    Seal(
        "seal a keyslot",
        keyslots.seal_page(SHORT, bytes(41), _SLOT, RANDOM),
        lambda data: _needed(keyslots.open_page(SHORT, data, _SLOT, 41)),
    ),
    Seal(
        "seal a backup's manifest",
        backup_seal.seal(_BACKUP, _MANIFEST, RANDOM),
        lambda data: backup_seal.open_(_BACKUP, data),
    ),
    Seal(
        "seal a person's key",
        person_keys.seal_own(SHORT, 1, _PERSON),
        lambda data: person_keys.open_own(SHORT, _ROW, data),
    ),
    Seal(
        "seal the slot map",
        keyslots.seal_page(_MAP_KEY, bytes(8), _MAP, RANDOM),
        lambda data: _needed(keyslots.open_page(_MAP_KEY, data, _MAP, 8)),
    ),
    Seal(
        "wrap a private key",
        bytes(24) + aead.seal_x(SHORT, bytes(24), bytes(64), _NAME),
        lambda data: aead.open_x(SHORT, data[:24], data[24:], _NAME),
    ),
)


def test_every_sealed_purpose_of_the_specification_is_here() -> None:
    sealed = {row["Purpose"] for row in PURPOSES if row["How"] in ("siv", "aead", "xaead", "stream")}

    assert sealed == {each.purpose for each in SEALS}


@pytest.mark.parametrize("made", range(len(SEALS)), ids=lambda n: f"{n} {SEALS[n].purpose}")
def test_a_sealed_thing_opens_as_what_it_is_and_as_nothing_else(made: int) -> None:
    # The control is the diagonal: under these keys it opens.
    SEALS[made].opened(SEALS[made].made)

    for at, asked in enumerate(SEALS):
        if at == made:
            continue
        with pytest.raises(SecmsgError):
            asked.opened(SEALS[made].made)


PLACES = [
    _ends(name, sender, device)
    for name in (b"n" * 16, b"m" * 16)
    for sender in (Side.INITIATOR, Side.RESPONDER)
    for device in (HERE, THERE)
]


def test_a_packet_opens_in_its_session_its_direction_and_at_its_device_alone() -> None:
    # Equal keys in all eight places: only what is bound beside them differs.
    for made, (sender, _) in enumerate(PLACES):
        packet = seal(sender, b"body", RANDOM, now=NOW)[1]
        for asked, (_, receiver) in enumerate(PLACES):
            if asked == made:
                assert session.decrypt(receiver, packet, now=NOW)[1].payload == b"body"
                continue
            with pytest.raises(SecmsgError):
                session.decrypt(receiver, packet, now=NOW)


def test_a_thin_packet_opens_in_its_session_and_its_direction_alone() -> None:
    ends = [pair for pair in PLACES if HERE in (pair[0].peer_device, pair[1].own_device)]
    for made, (sender, _) in enumerate(ends):
        packet = thin.seal_thin(sender, b"thin", now=NOW, limits=ThinLimits())[1]
        for asked, (_, receiver) in enumerate(ends):
            if asked == made:
                assert thin.open_thin(receiver, packet, now=NOW)[1].payload == b"thin"
                continue
            with pytest.raises(SecmsgError):
                thin.open_thin(receiver, packet, now=NOW)


def test_a_page_of_the_vault_opens_in_its_place_alone() -> None:
    places = [(kind, slot, copy) for kind in (b"slot", b"map") for slot in range(3) for copy in range(2)]
    pages = [keyslots.seal_page(SHORT, bytes(41), keyslots.place(_HEADER, *place), RANDOM) for place in places]

    for (place, page), asked in itertools.product(zip(places, pages, strict=True), places):
        opened = keyslots.open_page(SHORT, page, keyslots.place(_HEADER, *asked), 41)
        assert (opened is not None) == (place == asked)


# Derived keys


_CONTEXTS = (
    b"",
    bytes(2),
    bytes(4),
    bytes(16),
    bytes(21),
    bytes(64),
    b"passphrase",
    b"recovery",
    b"map",
    b"chain",
    b"hx1 box",
)


def test_every_label_and_context_gives_another_key() -> None:
    uses = list(itertools.product(labels.KDF, _CONTEXTS))
    keys = [kdf.derive(b"", SHORT, label, context, 64).reveal() for label, context in uses]
    halves = [key[at : at + 32] for key in keys for at in (0, 32)]

    print(f"{len(uses)} uses of one key, {len(halves) * (len(halves) - 1) // 2} pairs")
    assert len(set(halves)) == len(halves)


def test_every_label_of_a_hash_gives_another_value() -> None:
    values = {hashing.short(label.encode("ascii"), b"\x00", b"the same") for label in labels.CONTEXT}

    assert len(values) == len(labels.CONTEXT)


# Signatures


@pytest.mark.parametrize("made", labels.SIGN)
def test_a_signature_under_one_label_is_refused_under_every_other(made: str) -> None:
    key = _MEMBER.device_key
    signature = signing.sign(key, made, b"the same bytes")

    signing.verify(Level.STANDARD, key.public, made, b"the same bytes", signature)
    for asked in labels.SIGN:
        if asked != made:
            with pytest.raises(SignatureError):
                signing.verify(Level.STANDARD, key.public, asked, b"the same bytes", signature)


def test_half_a_hybrid_signature_is_no_readers_and_a_readers_is_no_half() -> None:
    # Given a device whose Ed25519 seed is also its reader's: no product does that.
    device = _MEMBER.device_key
    reader = signing.reader_from_seed(device.ed_seed)

    for label, asked in itertools.product(labels.SIGN, labels.READER_SIGN):
        whole = signing.sign(device, label, b"the same bytes")
        request = asked.encode("ascii") + b"\x00the same bytes"
        by_reader = signing.reader_sign(reader, request)
        signing.reader_verify(reader.public, request, by_reader)
        with pytest.raises(SignatureError):
            signing.reader_verify(reader.public, request, whole[:ED_SIGNATURE_SIZE])
        with pytest.raises(SignatureError):
            signing.verify(
                Level.STANDARD, device.public, label, b"the same bytes", by_reader + whole[ED_SIGNATURE_SIZE:]
            )


def test_a_persons_signature_is_no_devices_and_the_other_way_round() -> None:
    directory = world().directory
    for member in world().members:
        for key, own, other in (
            (member.device_key, member.device, member.person),
            (member.person_key, member.person, member.device),
        ):
            for label in labels.SIGN:
                signature = signing.sign(key, label, b"act")
                signing.verify(Level.STANDARD, own.public, label, b"act", signature)
                with pytest.raises(SignatureError):
                    signing.verify(Level.STANDARD, other.public, label, b"act", signature)
        # And neither certificate is given out for the other's acts.
        with pytest.raises(SecmsgError):
            directory.person(edition.reference(member.device), NOW)
        with pytest.raises(SecmsgError):
            directory.device(edition.reference(member.person), NOW)


# Mailboxes


def test_names_rights_and_readers_of_mailboxes_cannot_stand_for_each_other() -> None:
    # Given one secret for everything, two relays, two weeks, both lanes.
    places = itertools.product((RelayId(bytes(16)), RelayId(b"R" * 16)), (Week(1), Week(2)), Lane)
    values: list[bytes] = []

    for relay, week, lane in places:
        box, token = mailboxes.mailbox(SHORT, relay, week, lane)
        reader = mailboxes.reader_key(SHORT, relay, week, lane)
        values += [box, token, reader.public[:16], reader.seed.reveal()[:16]]

    assert len(set(values)) == len(values) == 32


def test_the_names_of_a_blob_are_different_everywhere() -> None:
    at_relays = {kdf.derive(b"", SHORT, labels.UPLOAD, bytes([n]) * 16, 16).reveal() for n in range(8)}
    in_pouches = {pouch_sealing.blob_name(bytes([n]) * 32, SHORT.reveal()) for n in range(8)}

    assert len(at_relays | in_pouches) == 16
