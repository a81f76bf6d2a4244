"""What cannot be made twice the same is taken from the files as they are: a maker keeps what is recorded.

ML-DSA signs with randomness of the library's own, ML-KEM encapsulates with it. A hybrid signature begins with its
Ed25519 half, which is always the same: where these 64 bytes stand in a file of vectors, the signature recorded there
is taken again, if it verifies. A message is found by the name of its test, and kept while it still opens.
"""

import functools
import json
from collections.abc import Iterator
from contextlib import contextmanager

from secmsg.crypto import signing
from secmsg.crypto.signing import ED_SIGNATURE_SIZE, SigningKey
from secmsg.errors import SignatureError
from tests.vectors import frame


def before(file: str, name: str) -> frame.Test | None:
    """Return the test of this name as the file has it now, or nothing: what a maker may keep."""
    return next((test for test in content(file).get("tests", []) if test.get("name") == name), None)


@functools.cache
def content(file: str) -> frame.Test:
    """Return a file as it is, unchecked, so that a maker can mend it; nothing where there is none."""
    path = frame.FOLDER / f"{file}.json"
    loaded: frame.Test = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return loaded


@contextmanager
def signatures() -> Iterator[None]:
    """Let `signing.sign` give the recorded signature where there is one; for makers, never for tests."""
    fresh = signing.sign
    everything = "\n".join((frame.FOLDER / f"{file}.json").read_text("utf-8") for file in frame.names())

    signed: dict[tuple[bytes, str, bytes], bytes] = {}

    def find(key: SigningKey, label: str, message: bytes, made: bytes) -> bytes:
        start = everything.find(made[:ED_SIGNATURE_SIZE].hex())
        kept = everything[start : start + 2 * len(made)] if start >= 0 else ""
        try:
            found = bytes.fromhex(kept)
            signing.verify(key.level, key.public, label, message, found)
        except (SignatureError, ValueError):
            return made
        return found

    def sign(key: SigningKey, label: str, message: bytes) -> bytes:
        asked = key.public, label, message
        if asked not in signed:
            signed[asked] = find(key, label, message, fresh(key, label, message))
        return signed[asked]

    signing.sign = sign
    try:
        yield
    finally:
        signing.sign = fresh
