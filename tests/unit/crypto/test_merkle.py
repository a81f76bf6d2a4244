"""Merkle trees: against the recursive definition, and every wrong path refused."""

import hashlib
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secmsg.crypto import merkle
from secmsg.errors import FormatError


def digest(data: bytes) -> bytes:
    return hashlib.new("sha512_256", data).digest()


def recursive_root(leaves: Sequence[bytes]) -> bytes:
    """Follow RFC 6962 2.1 to the letter: split at the largest power of two below the count."""
    if len(leaves) == 1:
        return digest(b"\x00" + leaves[0])
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return digest(b"\x01" + recursive_root(leaves[:split]) + recursive_root(leaves[split:]))


@pytest.mark.parametrize("count", [*range(1, 34), 64, 65, 200, 256])
def test_root_and_paths_are_those_of_the_recursive_definition(count: int) -> None:
    leaves = [bytes([n % 256]) * (n % 7) for n in range(count)]

    root, paths = merkle.root(leaves), merkle.paths(leaves)

    assert root == recursive_root(leaves)
    for index, (leaf, path) in enumerate(zip(leaves, paths, strict=True)):
        assert merkle.root_of_path(leaf, index, count, path) == root
        assert len(path) <= merkle.MAX_PATH


@given(st.integers(1, 40), st.data())
def test_another_leaf_place_count_or_hash_gives_another_root_or_a_refusal(count: int, data: st.DataObject) -> None:
    leaves = [bytes([n]) for n in range(count)]
    index = data.draw(st.integers(0, count - 1))
    path = merkle.paths(leaves)[index]
    root = merkle.root(leaves)
    trials = [(b"other", index, count, path), (leaves[index], index, count, (*path, bytes(32)))]
    trials += [(leaves[index], other, count, path) for other in range(count) if other != index]
    trials += [(leaves[index], index, count, (*path[:n], bytes(32), *path[n + 1 :])) for n in range(len(path))]

    for leaf, place, size, hashes in trials:
        try:
            assert merkle.root_of_path(leaf, place, size, hashes) != root
        except FormatError:
            continue


@pytest.mark.parametrize(("index", "count"), [(-1, 3), (3, 3), (0, 0), (0, (1 << 16) + 1)])
def test_a_place_outside_the_tree_is_refused(index: int, count: int) -> None:
    with pytest.raises(FormatError):
        merkle.root_of_path(b"", index, count, ())


@pytest.mark.parametrize("path", [(), (bytes(32),), (bytes(32),) * 3, (bytes(31), bytes(32)), (bytes(32), b"")])
def test_a_path_of_another_length_or_with_a_short_hash_is_refused(path: tuple[bytes, ...]) -> None:
    with pytest.raises(FormatError):
        merkle.root_of_path(b"\x00", 0, 3, path)


@pytest.mark.parametrize("count", [0, (1 << 16) + 1])
def test_an_empty_or_too_large_tree_is_refused(count: int) -> None:
    with pytest.raises(FormatError):
        merkle.root([b""] * count)


def test_a_node_is_not_taken_for_a_leaf() -> None:
    leaves = [b"a", b"b", b"c", b"d"]
    node = b"".join(merkle.leaf_hash(leaf) for leaf in leaves[:2])

    assert merkle.root_of_path(node, 0, 2, (merkle.paths(leaves)[0][1],)) != merkle.root(leaves)
