"""What an addition to a kit must hold before anything of it is taken; nothing is read from a store or kept here.

Source: docs/spec/kit.md 6.
"""

from dataclasses import dataclass, field, replace

from secmsg.crypto import agreement, blob, kdf, labels, signing
from secmsg.crypto.agreement import EXCHANGE_SIZE, KEM_SEED_SIZE, Kem
from secmsg.crypto.secret import Secret
from secmsg.crypto.signing import Level
from secmsg.errors import FormatError, NotAllowed
from secmsg.office import kit_records, kits
from secmsg.office.kits import Permit, Use
from secmsg.station import kit_making
from secmsg.wire import cable as cable_wire
from secmsg.wire import kit_drop as wire
from secmsg.wire.kit_drop import Head

_KEY_SIZE = 32


@dataclass(frozen=True, slots=True)
class Addressee:
    """The kit that an addition is for: its id, the seed of its drop key (96 B), the public half of its signing key."""

    kit_id: bytes
    seed: Secret = field(repr=False)
    public: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Verified:
    """An addition that may be taken, its enclosures cable by cable; `permit` and `seen` are what holds from now on."""

    head: Head
    blobs: tuple[tuple[bytes, ...], ...] = field(repr=False)
    permit: Permit
    seen: int


def verify(kit: Addressee, permit: Permit, use: Use, data: bytes) -> Verified | None:
    """Verify an addition; None for one that was taken before. FormatError, DecryptionError, SignatureError, NotAllowed.

    1. it opens with this kit's drop key
    2. the kit's signing key has signed front and head
    3. it is for this kit, and the next one
    4. every cable is within the permit's degree and signed by the kit's key; the enclosures fill their sizes
    """
    # 1.
    front, inside = _opened(kit, data)
    # 2.
    encoded, signature, rest = wire.decode_inside(inside)
    signing.verify(Level.STANDARD, kit.public, labels.SIGN_KIT_DROP, front + encoded, signature)
    # 3.
    head = wire.decode_head(encoded)
    if head.kit != kit.kit_id:
        raise NotAllowed("this addition is for another kit")
    allowed = permit if head.cables else replace(permit, drops=True)
    if not kits.next_drop(allowed, use, head.number):
        return None
    # 4.
    blobs = wire.split_blobs(head, rest)
    _check_cables(kit, head, permit)
    return Verified(head, blobs, *_from_now_on(head, permit, use))


def _opened(kit: Addressee, data: bytes) -> tuple[bytes, bytes]:
    front, front_bytes, sealed = wire.split_file(data)
    private, kem = kit.seed.split(EXCHANGE_SIZE, KEM_SEED_SIZE)
    shared = agreement.kem_decapsulate(Kem.LEVEL_768, kem, front.kem)
    exchanged = agreement.exchange(private, front.exchange)
    key = stream_key(kit.kit_id, front_bytes, kit_making.drop_public(kit.seed), shared, exchanged)
    stream = blob.Decryptor(key, stream_context(kit.kit_id))
    return front_bytes, stream.update(sealed) + stream.finalize()


def _check_cables(kit: Addressee, head: Head, permit: Permit) -> None:
    for packed, sizes in zip(head.cables, head.blobs, strict=True):
        signed = cable_wire.decode_signed(packed.signed)
        signing.verify(Level.STANDARD, kit.public, labels.SIGN_KIT_CABLE, signed.cable, signed.person_signature)
        cable = cable_wire.decode(signed.cable)
        kits.check_degree(permit, cable.degree, cable.mrn)
        kit_records.decode_proven(packed.proven)
        if not len(cable.annexes) == len(signed.slips) == len(sizes):
            raise FormatError("kit addition: a cable has another number of enclosures")


def _from_now_on(head: Head, permit: Permit, use: Use) -> tuple[Permit, int]:
    longer = head.longer
    if longer is None:
        return permit, use.seen
    prolonged = kits.prolonged(permit, longer.until, longer.openings, longer.minutes)
    kit_records.encode_permit(prolonged)
    return prolonged, min(use.seen, max(longer.now, permit.made_at))


def stream_key(kit_id: bytes, front: bytes, public: bytes, shared: Secret, exchanged: Secret) -> Secret:
    """Return the key of one addition's stream; `public` is the public half of the kit's drop key (1216 B)."""
    ikm = Secret(shared.reveal() + exchanged.reveal())
    return kdf.derive(b"", ikm, labels.KIT_DROP, kit_id + front + public, _KEY_SIZE)


def stream_context(kit_id: bytes) -> bytes:
    """Return the context of the streams of additions to one kit."""
    return labels.KIT_STREAM.encode() + b"\x00" + kit_id
