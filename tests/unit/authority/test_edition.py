"""An edition's hashes and tree: paths agree with a naive tree, every flipped bit is refused."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secmsg.authority import edition as editions
from secmsg.crypto import hashing
from secmsg.crypto.secret import Secret
from secmsg.errors import DecryptionError, FormatError, SignatureError
from secmsg.ids import DeviceId, StationId
from secmsg.wire import certificate as certificates
from secmsg.wire import directory
from secmsg.wire.certificate import Certificate
from secmsg.wire.contents import EMPTY, Block, Contents, MailboxEntry
from secmsg.wire.directory import EditionHead, MerklePath
from tests.helpers.authority_world import COVER, HANOI, NEXT_COVER, PARIS, flipped, world

DEVICE = world().members[1].device


def _listed(count: int) -> tuple[Certificate, ...]:
    return editions.in_order(replace(DEVICE, serial=1 + 7919 * each % 65_537) for each in range(count))


def _naive(leaves: list[bytes]) -> bytes:
    """Hash as the words of RFC 6962 2.1 say: split at the largest power of two below the count."""
    if len(leaves) == 1:
        return hashing.short(b"\x00" + leaves[0])
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashing.short(b"\x01" + _naive(leaves[:split]) + _naive(leaves[split:]))


def _head(listed: tuple[Certificate, ...]) -> EditionHead:
    return replace(world().edition.head, count=len(listed), tree=editions.tree_root(listed))


@settings(max_examples=40)
@given(st.integers(1, 70), st.data())
def test_the_tree_is_the_naive_one_and_every_path_leads_to_it(count: int, data: st.DataObject) -> None:
    listed = _listed(count)
    head = _head(listed)
    chosen = data.draw(st.sampled_from(listed))

    path = editions.path_to(listed, chosen)

    assert head.tree == _naive([certificates.encode(each) for each in listed])
    editions.verify_path(head, chosen, path)


@settings(max_examples=40)
@given(st.integers(2, 40), st.data())
def test_a_path_proves_one_certificate_only(count: int, data: st.DataObject) -> None:
    listed = _listed(count)
    chosen, other = data.draw(st.permutations(listed))[:2]

    with pytest.raises(SignatureError):
        editions.verify_path(_head(listed), other, editions.path_to(listed, chosen))


def test_every_flipped_bit_of_a_path_is_refused() -> None:
    listed = _listed(11)
    head = _head(listed)
    encoded = directory.encode_path(editions.path_to(listed, listed[6]))

    for bit in range(8 * len(encoded)):
        with pytest.raises((FormatError, SignatureError)):
            editions.verify_path(head, listed[6], directory.decode_path(flipped(encoded, bit)))


def test_every_flipped_byte_of_a_certificate_is_refused_by_its_path() -> None:
    listed = _listed(5)
    head = _head(listed)
    path = editions.path_to(listed, listed[2])
    body = certificates.encode(listed[2])

    for byte in range(len(body)):
        with pytest.raises((FormatError, SignatureError)):
            editions.verify_path(head, certificates.decode(flipped(body, 8 * byte + byte % 8)), path)


@pytest.mark.parametrize("change", ["longer", "shorter", "beyond"])
def test_a_path_of_another_shape_is_refused(change: str) -> None:
    listed = _listed(8)
    path = editions.path_to(listed, listed[3])
    wrong = {
        "longer": MerklePath(path.index, (*path.hashes, b"h" * 32)),
        "shorter": MerklePath(path.index, path.hashes[:-1]),
        "beyond": MerklePath(8, path.hashes),
    }[change]

    with pytest.raises(SignatureError):
        editions.verify_path(_head(listed), listed[3], wrong)


def test_no_path_for_a_certificate_that_is_not_listed() -> None:
    with pytest.raises(FormatError, match="not in the tree"):
        editions.path_to(_listed(3), replace(DEVICE, serial=2**40))


def test_a_reference_is_the_hash_of_the_body() -> None:
    assert editions.reference(DEVICE) == hashing.short(certificates.encode(DEVICE))


def test_an_editions_hashes_do_not_meet() -> None:
    head = world().edition.head

    assert editions.edition_root(head) != hashing.short(directory.encode_head(head))
    assert editions.edition_root(replace(head, issued_at=head.issued_at + 1)) != editions.edition_root(head)
    assert editions.root_hash(world().root.certificate) == world().root.hash


BLOCK = Block(Contents((MailboxEntry(StationId(7), DeviceId(2), b"m" * 32),), (PARIS,), ()))


def test_a_block_is_opened_by_its_cover_root_and_its_head_only() -> None:
    head = world().edition.head
    sealed = editions.seal_block(COVER.root, head, BLOCK)

    assert editions.unseal_block(COVER.root, head, sealed) == BLOCK
    for root, other in (
        (NEXT_COVER.root, head),
        (COVER.root, replace(head, issued_at=head.issued_at + 1)),
        (COVER.root, replace(head, cover_index=2)),
    ):
        with pytest.raises(DecryptionError):
            editions.unseal_block(root, other, sealed)


def test_every_flipped_bit_of_a_sealed_block_is_refused() -> None:
    head = world().edition.head
    sealed = editions.seal_block(COVER.root, head, BLOCK)

    for bit in range(8 * len(sealed)):
        with pytest.raises(DecryptionError):
            editions.unseal_block(COVER.root, head, flipped(sealed, bit))
    with pytest.raises(DecryptionError):
        editions.unseal_block(COVER.root, head, b"")


def test_a_cover_root_has_32_bytes() -> None:
    with pytest.raises(FormatError):
        editions.seal_block(Secret(b"short"), world().edition.head, BLOCK)


def test_a_block_puts_replaces_and_removes() -> None:
    base = editions.apply_block(EMPTY, Block(replace(BLOCK.put, stations=(HANOI, PARIS))))
    renamed = replace(PARIS, symbol="ĐSQ-PAR")

    changed = editions.apply_block(
        base,
        Block(Contents((), (renamed,), ()), removed_devices=(DeviceId(2),), removed_stations=(HANOI.id,)),
    )

    assert changed == Contents((), (renamed,), ())


def test_a_block_cannot_remove_what_is_not_there_or_what_it_puts() -> None:
    with pytest.raises(FormatError):
        editions.apply_block(EMPTY, Block(EMPTY, removed_devices=(DeviceId(2),)))
    with pytest.raises(FormatError):
        editions.apply_block(BLOCK.put, Block(BLOCK.put, removed_stations=(PARIS.id,)))
