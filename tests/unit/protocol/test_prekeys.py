"""Prekeys: making, checking a bundle from the relay, storing."""

from dataclasses import replace

import pytest

from secmsg.crypto import labels, merkle, signing
from secmsg.errors import Expired, FormatError, NotEntitled, Rollback, SecmsgError, SignatureError
from secmsg.protocol import prekeys
from secmsg.wire import bundle as bundles
from secmsg.wire.bundle import Bundle, OneTimeEntry
from secmsg.wire.certificate import CertificateType
from tests.helpers.seeded_random import seeded
from tests.helpers.sessions import NOW, device

BINH = device(12, "prekeys/b", 5)
OTHER = device(13, "prekeys/c", 5)
FULL = Bundle(BINH.signed.public, BINH.batch, BINH.entries[3])


def check(bundle: Bundle, now: int = NOW, floor: int = 0) -> None:
    prekeys.verify_bundle(bundle, BINH.certificate, now=now, batch_floor=floor)


def signed_again(bundle: Bundle) -> Bundle:
    """Sign the batch anew with the device's own key, after a change."""
    assert bundle.batch is not None
    part = bundles.batch_part(bundle.batch)
    signature = signing.sign(BINH.identity.key, labels.SIGN_BATCH, part)
    return replace(bundle, batch=replace(bundle.batch, signature=signature))


def test_every_entry_of_a_batch_verifies() -> None:
    for entry in BINH.entries:
        check(Bundle(BINH.signed.public, BINH.batch, entry))


def test_a_bundle_without_one_time_prekey_verifies() -> None:
    check(Bundle(BINH.signed.public, BINH.batch, None))
    check(Bundle(BINH.signed.public, None, None))


@pytest.mark.parametrize("count", [1, 2, 3, 64, 256])
def test_batches_of_any_size_verify(count: int) -> None:
    batch, entries, secrets = prekeys.make_batch(BINH.identity.ref, BINH.identity.key, 9, count, seeded(b"n"))

    assert len(entries) == len(secrets) == batch.count == count
    check(Bundle(BINH.signed.public, batch, entries[-1]), floor=9)
    assert len(entries[-1].path) <= 8


@pytest.mark.parametrize("count", [0, 257])
def test_a_batch_of_no_or_too_many_prekeys_is_refused(count: int) -> None:
    with pytest.raises(FormatError):
        prekeys.make_batch(BINH.identity.ref, BINH.identity.key, 9, count, seeded(b"n"))


ENTRY, BATCH, SIGNED = BINH.entries[3], BINH.batch, BINH.signed.public
REFUSED: dict[str, tuple[Bundle, type[SecmsgError]]] = {
    "another device's signed prekey": (replace(FULL, signed=OTHER.signed.public), NotEntitled),
    "another device's batch": (replace(FULL, batch=OTHER.batch), NotEntitled),
    "x25519 of the signed prekey": (replace(FULL, signed=replace(SIGNED, x25519=bytes(32))), SignatureError),
    "kem of the signed prekey": (
        replace(FULL, signed=replace(SIGNED, ml_kem_1024=bytes(1568))),
        SignatureError,
    ),
    "id of the signed prekey": (replace(FULL, signed=replace(SIGNED, spk_id=2)), SignatureError),
    "end of the signed prekey": (
        replace(FULL, signed=replace(SIGNED, not_after=SIGNED.not_after + 1)),
        SignatureError,
    ),
    "root of the batch": (replace(FULL, batch=replace(BATCH, root=bytes(32))), SignatureError),
    "version of the batch": (replace(FULL, batch=replace(BATCH, version=2)), SignatureError),
    "count of the batch": (replace(FULL, batch=replace(BATCH, count=6)), SignatureError),
    "x25519 of the one-time prekey": (
        replace(FULL, entry=replace(ENTRY, opk=replace(ENTRY.opk, x25519=bytes(32)))),
        SignatureError,
    ),
    "place of the one-time prekey": (
        replace(FULL, entry=replace(ENTRY, opk=replace(ENTRY.opk, opk_id=ENTRY.opk.opk_id - 1))),
        SignatureError,
    ),
    "a place beyond the batch": (
        replace(FULL, entry=replace(ENTRY, opk=replace(ENTRY.opk, opk_id=bundles.one_time_id(1, 5)))),
        SignatureError,
    ),
    "a prekey of another batch": (
        replace(FULL, entry=replace(ENTRY, opk=replace(ENTRY.opk, opk_id=bundles.one_time_id(2, 3)))),
        SignatureError,
    ),
    "a path too short": (replace(FULL, entry=replace(ENTRY, path=ENTRY.path[:-1])), SignatureError),
    "a path too long": (replace(FULL, entry=replace(ENTRY, path=(*ENTRY.path, bytes(32)))), SignatureError),
    "an entry without its batch": (replace(FULL, batch=None), SignatureError),
    "another root, honestly signed": (
        signed_again(replace(FULL, batch=replace(BATCH, root=bytes(32)))),
        SignatureError,
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_changed_bundle_is_refused(name: str) -> None:
    bundle, error = REFUSED[name]

    with pytest.raises(error):
        check(bundle)


def test_a_batch_signed_again_unchanged_is_taken() -> None:
    # negative control of the last case above
    check(signed_again(FULL))


def test_a_prekey_of_another_version_in_an_honest_tree_is_refused() -> None:
    # given a device that put a prekey of version 2 into the tree of version 1
    opk = replace(ENTRY.opk, opk_id=bundles.one_time_id(2, 0))
    batch = replace(BATCH, count=1, root=merkle.root([bundles.encode_one_time(opk)]))
    bundle = signed_again(Bundle(SIGNED, batch, OneTimeEntry(opk, ())))

    with pytest.raises(SignatureError):
        check(bundle)
    # negative control
    assert bundle.batch is not None
    check(signed_again(replace(bundle, batch=replace(bundle.batch, version=2))))


def test_a_signed_prekey_is_used_until_seven_days_after_its_end() -> None:
    end = SIGNED.not_after + 7 * 86_400
    check(FULL, now=end)

    with pytest.raises(Expired):
        check(FULL, now=end + 1)


def test_an_older_batch_than_one_seen_is_refused() -> None:
    check(FULL, floor=1)

    with pytest.raises(Rollback):
        check(FULL, floor=2)


def test_persons_have_no_prekeys() -> None:
    person = replace(BINH.certificate, type=CertificateType.PERSON)

    with pytest.raises(NotEntitled):
        prekeys.verify_bundle(FULL, person, now=NOW, batch_floor=0)


def test_private_halves_come_back_from_the_store() -> None:
    signed, one_time = BINH.signed, BINH.one_times[ENTRY.opk.opk_id]

    assert len(prekeys.encode_signed(signed)) == 5109
    assert prekeys.decode_signed(prekeys.encode_signed(signed)) == signed
    assert len(prekeys.encode_one_time(one_time)) == 1348
    assert prekeys.decode_one_time(prekeys.encode_one_time(one_time)) == one_time


def test_private_halves_of_another_length_are_refused() -> None:
    for encoded, decode in (
        (prekeys.encode_signed(BINH.signed), prekeys.decode_signed),
        (prekeys.encode_one_time(BINH.one_times[ENTRY.opk.opk_id]), prekeys.decode_one_time),
    ):
        for wrong in (encoded[:-1], encoded + b"\x00", b""):
            with pytest.raises(FormatError):
                decode(wrong)


def test_private_halves_are_not_printed() -> None:
    text = repr(BINH.signed) + repr(BINH.one_times[ENTRY.opk.opk_id])

    assert BINH.signed.seed.reveal().hex() not in text
    assert repr(BINH.signed.exchange.reveal()) not in text
