"""The directory feed: the same bytes for everybody, so that reading it tells nothing (docs/spec/relay-api.md 6)."""

import sqlite3

from secmsg.crypto.hashing import short
from secmsg.errors import NotFound
from secmsg.relay import boxes_sqlite as boxes
from secmsg.wire.feed import FeedHead, encode_head, frame_segment

_MAX_DIGITS = 10
_TAG = 16


def head(reader: sqlite3.Connection) -> bytes:
    """Return the encoded head; number 0 where nothing was published."""
    newest = boxes.newest_edition(reader)
    return encode_head(FeedHead(0, bytes(32), 0) if newest is None else FeedHead(*newest))


def segment(reader: sqlite3.Connection, number: str) -> bytes:
    """Return an edition's segment, framed and padded; NotFound."""
    if not (number.isascii() and number.isdigit() and len(number) <= _MAX_DIGITS and number[0] != "0"):
        raise NotFound("no such edition")
    found = boxes.edition(reader, int(number))
    if found is None:
        raise NotFound("no such edition")
    return frame_segment(found)


def tag(body: bytes) -> str:
    """Return the strong entity tag of a body."""
    return f'"{short(body)[:_TAG].hex()}"'
