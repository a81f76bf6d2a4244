"""Blobs: what was sealed opens for who has the slip, and nothing else passes for it."""

import io
import threading
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secmsg.crypto import blob, hashing, labels, signing
from secmsg.crypto.randomness import system
from secmsg.crypto.secret import Secret
from secmsg.crypto.signing import Level
from secmsg.errors import CryptoError, DecryptionError, FormatError, SignatureError, TransferStopped
from secmsg.ids import CertificateRef
from secmsg.station import annex
from secmsg.station.annex import Described, Purpose, Sealed, Sender
from secmsg.wire import manifest as manifest_wire
from secmsg.wire.manifest import Manifest
from secmsg.wire.slip import Slip

DEVICE = signing.signing_generate(Level.STANDARD, system)
REF = CertificateRef(bytes(range(32)))
SENDER = Sender(REF, DEVICE.public)


def sealed(content: bytes, size: int | None = None, purpose: Purpose = Purpose.ANNEX) -> tuple[Sealed, bytes]:
    out = io.BytesIO()
    described = Described("a.pdf", "application/pdf", len(content) if size is None else size, 3)
    made = annex.seal(
        io.BytesIO(content), described, out.write, device=DEVICE, ref=REF, purpose=purpose, expiry=0, random=system
    )
    return made, out.getvalue()


def opened(data: bytes, slip: Slip, sender: Sender = SENDER, purpose: Purpose = Purpose.ANNEX) -> bytes:
    out = io.BytesIO()
    annex.unseal(io.BytesIO(data), slip, sender, purpose, out.write)
    return out.getvalue()


@settings(max_examples=25)
@given(st.integers(0, 60_000), st.binary(min_size=1, max_size=50))
def test_what_is_sealed_opens_to_the_same_bytes(size: int, pattern: bytes) -> None:
    content = (pattern * (size // len(pattern) + 1))[:size]
    made, data = sealed(content)

    assert opened(data, made.slip) == content
    assert (
        len(data)
        == made.size
        == blob.sealed_size(annex.plain_size(len(content), len(manifest_wire.encode(made.manifest))))
    )
    assert made.manifest.content_hash == hashing.content(content)


def test_a_content_of_several_pieces_opens() -> None:
    content = bytes(range(256)) * 4096 * 3 + b"x"
    made, data = sealed(content)
    assert opened(data, made.slip) == content


@pytest.mark.parametrize("size", [0, 999, 1001, 5_000_000])
def test_a_content_of_another_size_than_described_is_not_sealed(size: int) -> None:
    with pytest.raises(FormatError):
        sealed(b"x" * 1000, size)


@pytest.mark.parametrize("cut", [0, 10, 71, 5_000])
def test_a_shorter_or_longer_blob_does_not_open(cut: int) -> None:
    made, data = sealed(b"x" * 20_000)
    with pytest.raises(CryptoError):
        opened(data[:cut], made.slip)
    with pytest.raises(CryptoError):
        opened(data + bytes(cut + 1), made.slip)


@pytest.mark.parametrize("place", [0, 30, 60, 10_000, -1])
def test_a_flipped_bit_anywhere_does_not_open(place: int) -> None:
    made, data = sealed(b"x" * 20_000)
    changed = bytearray(data)
    changed[place] ^= 1
    with pytest.raises(DecryptionError):
        opened(bytes(changed), made.slip)


def test_another_key_purpose_or_sender_does_not_open() -> None:
    made, data = sealed(b"x" * 20_000)
    key = Slip(bytes(32), made.slip.size, made.slip.manifest_hash, 0, 0)
    with pytest.raises(DecryptionError):
        opened(data, key)
    with pytest.raises(DecryptionError):
        opened(data, made.slip, purpose=Purpose.CABLE)
    with pytest.raises(DecryptionError):
        opened(data, made.slip, Sender(CertificateRef(bytes(32)), DEVICE.public))


def test_a_manifest_signed_by_another_device_is_refused() -> None:
    made, data = sealed(b"x" * 20_000)
    other = signing.signing_generate(Level.STANDARD, system)
    with pytest.raises(SignatureError):
        opened(data, made.slip, Sender(REF, other.public))


def forged(plaintext: bytes, slip: Slip) -> bytes:
    stream = blob.Encryptor(Secret(slip.key), annex.context(REF, Purpose.ANNEX))
    return stream.update(plaintext) + stream.finalize()


def tail(manifest: Manifest) -> tuple[bytes, bytes]:
    encoded = manifest_wire.encode(manifest)
    digest = hashing.short(encoded)
    return len(encoded).to_bytes(2, "big") + encoded + signing.sign(DEVICE, labels.SIGN_MANIFEST, digest), digest


def test_a_member_cannot_seal_what_its_manifest_does_not_say() -> None:
    content = b"x" * 100
    good = Manifest("a", "a/b", 100, 0, hashing.content(content))
    whole, digest = tail(good)
    slip = Slip(bytes(32), 100, digest, 0, 0)
    padded = content + whole
    padded += bytes(annex.plain_size(100, len(manifest_wire.encode(good))) - len(padded))
    # The control.
    assert opened(forged(padded, slip), slip) == content

    # A content that is not the hash's.
    with pytest.raises(FormatError):
        opened(forged(b"y" * 100 + padded[100:], slip), slip)
    # A manifest of another size.
    lying, lying_digest = tail(Manifest("a", "a/b", 99, 0, hashing.content(content)))
    with pytest.raises(FormatError):
        opened(forged(content + lying + bytes(8), Slip(bytes(32), 100, lying_digest, 0, 0)), slip_of(lying_digest))
    # Another manifest than the slip's.
    with pytest.raises(DecryptionError):
        opened(forged(padded, slip_of(bytes(32))), slip_of(bytes(32)))
    # A fill that is not zero, too short, too long; a tail that is missing or overlong.
    with pytest.raises(FormatError):
        opened(forged(padded[:-1] + b"\x01", slip), slip)
    with pytest.raises(FormatError):
        opened(forged(padded[:-1], slip), slip)
    with pytest.raises(FormatError):
        opened(forged(padded + bytes(5000), slip), slip)
    with pytest.raises(FormatError):
        opened(forged(padded + bytes(5000) + b"\x01", slip), slip)
    with pytest.raises(DecryptionError):
        opened(forged(content, slip), slip)
    with pytest.raises(DecryptionError):
        opened(forged(content[:50], slip), slip)
    with pytest.raises(FormatError):
        opened(forged(content + b"\xff\xff" + bytes(100), slip), slip)


def slip_of(digest: bytes) -> Slip:
    return Slip(bytes(32), 100, digest, 0, 0)


# --- sealed anew

KIT = signing.signing_generate(Level.STANDARD, system)
KIT_REF = CertificateRef(bytes(reversed(range(32))))
AS_IT_IS = Described("b.pdf", "application/pdf", 20_000, 4)


def anew(
    data: bytes, slip: Slip, described: Described, write: annex.Write, watch: annex.Watch = annex.unwatched
) -> Sealed:
    return annex.reseal(
        io.BytesIO(data), slip, SENDER, described, write,
        device=KIT, ref=KIT_REF, purpose=Purpose.ANNEX, random=system, watch=watch,
    )  # fmt: skip


@pytest.mark.parametrize("size", [0, 1, 16_384, 500_000, 524_288, 3_000_001])
def test_what_is_sealed_anew_opens_for_its_new_reader_alone(size: int) -> None:
    content = (bytes(range(251)) * (size // 251 + 1))[:size]
    made, data = sealed(content)
    out, seen = io.BytesIO(), list[int]()

    def watch(done: int) -> bool:
        seen.append(done)
        return True

    again = anew(data, made.slip, replace(AS_IT_IS, size=size), out.write, watch)

    assert opened(out.getvalue(), again.slip, Sender(KIT_REF, KIT.public)) == content
    assert len(out.getvalue()) == again.size
    assert again.manifest == Manifest("b.pdf", "application/pdf", size, 4, hashing.content(content))
    assert again.slip.key != made.slip.key
    assert seen == sorted(seen)
    assert seen[-1] == size
    with pytest.raises(DecryptionError):
        opened(out.getvalue(), made.slip)


@pytest.mark.parametrize("place", [0, 60, 10_000, -1])
def test_what_does_not_verify_is_not_sealed_anew(place: int) -> None:
    made, data = sealed(b"x" * 20_000)
    changed = bytearray(data)
    changed[place] ^= 1

    with pytest.raises(DecryptionError):
        anew(bytes(changed), made.slip, AS_IT_IS, io.BytesIO().write)
    with pytest.raises(FormatError):
        anew(data, made.slip, replace(AS_IT_IS, size=19_999), io.BytesIO().write)


def test_a_disk_that_is_full_and_an_officer_who_stops_end_it() -> None:
    made, data = sealed(b"x" * 5_000_000)
    described = replace(AS_IT_IS, size=5_000_000)

    def full(_: object) -> None:
        raise OSError(28, "full")

    with pytest.raises(OSError, match="full"):
        anew(data, made.slip, described, full)
    with pytest.raises(TransferStopped):
        anew(data, made.slip, described, io.BytesIO().write, lambda done: done < 1_000_000)
    assert not [each for each in threading.enumerate() if each.name == "outlet"]
