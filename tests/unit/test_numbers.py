"""The numbers of the specification: other tests use their names, here the names are held to the pages."""

import importlib
from enum import EnumType
from pathlib import Path

import pytest

from secmsg.crypto import aead, agreement, blob, kdf, labels, merkle, passphrase, sealing, signing
from secmsg.protocol import (
    chain_key,
    fingerprint,
    pair,
    prekeys,
    root_key,
    session,
    skipped_keys,
    thin,
    thin_keys,
    thin_table,
)
from secmsg.protocol import state as states
from secmsg.wire import (
    bundle,
    cable,
    certificate,
    codec,
    contents,
    directory,
    enrolment,
    feed,
    field13,
    fragments,
    group_places,
    group_text,
    groups,
    handshake,
    item,
    manifest,
    names,
    padding,
    pouch,
    range_coder,
    service,
    slip,
    sync,
    text,
    thin_content,
    thin_lines,
    thin_text,
)
from secmsg.wire import packet as packets

DAY = 86_400
SPEC = Path(__file__).resolve().parents[2] / "docs" / "spec"

NUMBERS: dict[str, list[tuple[object, object]]] = {
    "session.md 7": [
        (skipped_keys.MAX_PER_CHAIN, 2_048),
        (skipped_keys.MAX_CHAINS, 4),
        (skipped_keys.MAX_TOTAL, 8_192),
        (skipped_keys.MAX_JUMP, 25_000),
        (skipped_keys.LIFE, 30 * DAY),
    ],
    "session.md 6.1": [
        (session._AGED_SECONDS, DAY),
        (session._AGED_PACKETS, 20),
        (session._OVERDUE_SECONDS, 7 * DAY),
        (session._OVERDUE_PACKETS, 50),
        (session._REPEAT_SECONDS, 3_600),
    ],
    "session.md 10": [(pair.DRAIN_SECONDS, 259_200)],
    "session.md 4, 5": [
        (root_key.ROOT_SIZE, 32),
        (root_key.CHAIN_SIZE, 32),
        (root_key.HEADER_KEY_SIZE, 64),
        (root_key.THIN_SIZE, 32),
        (chain_key.MESSAGE_KEY_SIZE, 32),
        (session.MAX_PAYLOAD, 31_512),
        (states.TRANSCRIPT_SIZE, 32),
    ],
    "thin.md": [
        (thin.OVERHEAD, 20),
        (thin.MAX_PAYLOAD, 1_940),
        (thin_keys.MAX_RECEIVING, 3),
        (thin_keys.MAX_KEPT, 1_024),
        (thin_table.TAG_SIZE, 4),
        (thin_table.FAR_STEP, 64),
        (thin_table.FAR_REACH, 65_536),
    ],
    "prekeys.md": [
        (prekeys.GRACE, 7 * DAY),
        (prekeys.KEPT, 30 * DAY),
        (bundle.SIGNED_PREKEY_SIZE, 5_013),
        (bundle.ONE_TIME_SIZE, 1_220),
        (bundle.BATCH_SIZE, 3_443),
        (bundle.MAX_BATCH, 256),
        (bundle.MAX_BATCH_VERSION, 16_777_215),
        (bundle.MAX_PATH, 8),
        (bundle.MAX_ENTRY, 1_476),
        (bundle.MAX_BUNDLE, 9_935),
    ],
    "packet.md": [
        (packets.HEADER_SIZE, 88),
        (packets.SEALED_HEADER_SIZE, 104),
        (packets.FRONT_SIZE, 136),
        (packets.OVERHEAD, 152),
        (packets.PqKind.OFFER.sealed_size, 1_200),
        (packets.PqKind.ANSWER.sealed_size, 1_104),
        (packets.PqKind.BOTH.sealed_size, 2_288),
        (packets.PqKind.NONE.sealed_size, 0),
    ],
    "handshake.md": [
        (handshake.FRONT_SIZE, 2_700),
        (handshake.TERMS_SIZE, 1_249),
        (handshake.BOX_FRONT_SIZE, 4_654),
        (handshake.FIRST_PACKET_SIZES, (806, 25_382)),
        (handshake.FIRST_PAYLOAD_SMALL, 654),
        (handshake.FIRST_PAYLOAD_MAX, 25_230),
        (fingerprint.FINGERPRINT_SIZE, 16),
    ],
    "certificate.md": [
        (certificate.BODY_SIZE, 2_019),
        (certificate.PUBLIC_SIZE, 1_984),
        (certificate.ROOT_PUBLIC_SIZE, 2_624),
        (certificate.ROOT_CERTIFICATE_SIZE, 2_648),
        (certificate.ISSUER_CERTIFICATE_SIZE, 6_710),
    ],
    "directory.md": [
        (directory.HEAD_SIZE, 176),
        (directory.MAX_PATH, 16),
        (directory.MAX_CERTIFICATES, 4_096),
        (directory.MAX_SEALED_BLOCK, 4_194_304),
        (directory.MAX_SEGMENT, 16_777_216),
        (contents.MAX_LISTED, 2_048),
        (contents.MAX_CONTENTS, 3_145_728),
        (contents._MAX_ITEMS, 135_181),
        (feed.MAX_SEGMENT, 16_777_216),
        (feed.SEGMENT_STEP, 4_096),
    ],
    "enrolment.md": [
        (enrolment.MAX_REQUEST, 49_152),
        (enrolment.MAX_KIT, 16_777_216 + 512 * 9_935 + 65_536),
        (enrolment.FINGERPRINT_SIZE, 16),
    ],
    "sync.md": [
        (sync.MAX_REQUEST, 262_144),
        (sync.MAX_ANSWER, 524_288),
        (sync.MAX_FETCH, 253_952),
        (sync.LADDER, (512, 2_048, 8_192, 16_384, 32_768, 65_536, 131_072, 262_144, 524_288)),
        (sync.MAX_WAIT_S, 55),
        (sync.MAX_SEQ, 2**62),
        ([each.seconds for each in sync.TtlClass], [DAY, 7 * DAY, 30 * DAY]),
    ],
    "pouch.md": [
        (pouch.FRONT_SIZE, 3_104),
        (pouch.HEAD_SIZE, 27),
        (pouch.MIN_STREAM, 65_536),
        (pouch.MAX_TAIL, 511),
        (pouch.SLOTS, 64),
    ],
    "thin-text.md": [
        (thin_content.OVERHEAD, 20),
        (thin_content.EPOCH, 1_577_836_800),
        (thin_content.NOTICE_SIZE, 12),
        (thin_content.MAX_REPORTED, 32),
        (thin_content.CHECK_SIZE, 4),
        (thin_content.MAX_ENCODED, 10_240),
        (fragments.MAX_DATA, 32),
        (fragments.MAX_PARITY, 7),
        (fragments.HEAD_SIZE, 3),
        (thin_lines.GROUP, 7),
        (thin_lines.MAX_LINE, 4_096),
        (thin_text.MAX_CHARACTERS, 8_192),
        (range_coder.TOP, 2**72),
        (range_coder.BOTTOM, 2**64),
        (range_coder.TOTAL_MAX, 2**60),
    ],
    "groups.md": [
        (groups.MAX_BYTES, 400),
        (groups.MAX_PARITY, 100),
        (group_text.MAX_TEXT, 16_384),
        (group_text.MAX_CELLS, 512),
        (group_places.REACH, 32),
        (field13.SYMBOLS - 1, 8_191),
    ],
    "padding.md": [(padding.CLASSES, (512, 2_048, 8_192, 32_768)), (padding.MAX_PADDED, 2**40)],
    "codec.md": [(codec.MAX_TIME, 253_402_300_799), (text.MAX_MARKS, 8)],
    "names.md": [(names.MAX_NAME, 120), (names.MAX_NAME_BYTES, 240), (manifest.MAX_BYTES, 1_024)],
    "cable.md, item.md": [
        (cable.MAX_BYTES, 1_048_576),
        (cable.MAX_SIGNED_BYTES, 1_064_960),
        (cable._MAX_ITEMS, 8_192),
        (item.MAX_BYTES, 1_065_088),
    ],
    "service.md, slip.md": [(service.MAX_BYTES, 32_768), (slip.SIZE, 81), (slip.MAX_CONTENT, 2**31)],
    "crypto.md": [
        (kdf.MAX_LENGTH, 16_320),
        (aead.KEY_SIZE, 32),
        (aead.NONCE_SIZE, 12),
        (aead.NONCE_X_SIZE, 24),
        (sealing.KEY_SIZE, 64),
        (sealing.OVERHEAD, 16),
        (sealing._MAX_ASSOCIATED, 126),
        (agreement.EXCHANGE_SIZE, 32),
        (agreement.KEM_SEED_SIZE, 64),
        (signing.SEED_SIZE, 64),
        ([each.public_size for each in signing.Level], [1_984, 2_624]),
        ([each.signature_size for each in signing.Level], [3_373, 4_691]),
        (blob.CHUNK, 16_384),
        (blob.OVERHEAD, 72),
        (merkle.MAX_LEAVES, 65_536),
        (merkle.MAX_PATH, 16),
        (passphrase.SALT_SIZE, 16),
        (passphrase.KEY_SIZE, 32),
    ],
}


@pytest.mark.parametrize("label", labels.ALL)
def test_a_label_is_written_in_the_specification(label: str) -> None:
    # A label changed by one letter parts this program from every other, and both ends of a test change alike.
    assert f"`{label}`" in (SPEC / "crypto.md").read_text("utf-8")


@pytest.mark.parametrize("page", NUMBERS)
def test_a_number_is_that_of_its_page(page: str) -> None:
    for have, written in NUMBERS[page]:
        assert have == written


def test_no_choice_is_another_choice_by_the_same_number() -> None:
    folders = ("authority", "office", "protocol", "wire")
    modules = [
        importlib.import_module(f"secmsg.{folder}.{path.stem}")
        for folder in folders
        for path in sorted((SPEC.parents[1] / "secmsg" / folder).glob("[!_]*.py"))
    ]
    choices = {kind for module in modules for kind in vars(module).values() if isinstance(kind, EnumType)}

    assert len(choices) > 20
    assert [kind.__name__ for kind in choices if len(kind.__members__) != len(list(kind))] == []
