"""Merkle trees over ordered lists: one signature for many entries (docs/spec/crypto.md 3).

The shape is RFC 6962 2.1 with SHA-512/256. Leaf and node hashes differ in their first byte, so a node is
never taken for a leaf; what a leaf holds starts with its caller's label.
"""

from collections.abc import Sequence

from secmsg.crypto.hashing import short
from secmsg.errors import FormatError

HASH_SIZE = 32
MAX_LEAVES = 1 << 16
MAX_PATH = 16
"""Hashes in the longest path of `MAX_LEAVES` leaves."""

_LEAF = b"\x00"
_NODE = b"\x01"


def leaf_hash(leaf: bytes) -> bytes:
    """Return the 32-byte hash of one entry."""
    return short(_LEAF, leaf)


def root(leaves: Sequence[bytes]) -> bytes:
    """Return the 32-byte root of 1 to 65 536 leaves; FormatError otherwise."""
    return _levels(leaves)[-1][0]


def paths(leaves: Sequence[bytes]) -> tuple[tuple[bytes, ...], ...]:
    """Return for each leaf the hashes from its sibling up, at most 16; FormatError on a wrong count."""
    levels = _levels(leaves)
    return tuple(_path(levels, index) for index in range(len(leaves)))


def root_of_path(leaf: bytes, index: int, count: int, path: Sequence[bytes]) -> bytes:
    """Return the root that `leaf` at `index` of `count` leaves gives with `path`.

    The caller compares it with the signed root. FormatError when index, count or the path's length or
    a hash in it do not fit. Source: RFC 9162 2.1.3.2.
    """
    if not 0 <= index < count <= MAX_LEAVES:
        raise FormatError("no such leaf")
    if any(len(sibling) != HASH_SIZE for sibling in path):
        raise FormatError("a path is made of 32-byte hashes")
    current = leaf_hash(leaf)
    remaining = list(reversed(path))
    last = count - 1
    while last:
        if index & 1 or index < last:
            if not remaining:
                raise FormatError("the path is too short")
            sibling = remaining.pop()
            current = short(_NODE, sibling, current) if index & 1 else short(_NODE, current, sibling)
        # The last entry of an odd level has no sibling and moves up unchanged.
        index >>= 1
        last >>= 1
    if remaining:
        raise FormatError("the path is too long")
    return current


def _levels(leaves: Sequence[bytes]) -> list[list[bytes]]:
    """Return all hashes, leaves first; an entry without a sibling moves up unchanged (RFC 6962 2.1)."""
    if not 0 < len(leaves) <= MAX_LEAVES:
        raise FormatError("a tree has 1 to 65 536 leaves")
    levels = [[leaf_hash(leaf) for leaf in leaves]]
    while len(levels[-1]) > 1:
        below = levels[-1]
        above = [short(_NODE, below[i], below[i + 1]) for i in range(0, len(below) - 1, 2)]
        if len(below) % 2:
            above.append(below[-1])
        levels.append(above)
    return levels


def _path(levels: list[list[bytes]], index: int) -> tuple[bytes, ...]:
    hashes: list[bytes] = []
    for level in levels[:-1]:
        sibling = index ^ 1
        if sibling < len(level):
            hashes.append(level[sibling])
        index >>= 1
    return tuple(hashes)
