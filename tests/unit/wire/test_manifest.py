"""A trailer accounts for every byte behind the content."""

from dataclasses import replace

import pytest

from secmsg.errors import FormatError
from secmsg.wire import manifest, padding
from secmsg.wire.cable import SIGNATURE_SIZE
from secmsg.wire.manifest import Trailer
from tests.helpers.cables import MANIFEST

SIZE = 70_000
TRAILER = Trailer(replace(MANIFEST, size=SIZE), b"\x01" * SIGNATURE_SIZE)
ENCODED = manifest.encode_trailer(TRAILER)


def test_content_and_trailer_together_have_a_padme_length() -> None:
    total = SIZE + len(ENCODED)

    assert padding.padme(total) == total
    assert manifest.decode_trailer(ENCODED, SIZE) == TRAILER


@pytest.mark.parametrize(
    ("data", "size", "why"),
    [
        (b"", SIZE, "cut short"),
        (b"\x00", SIZE, "cut short"),
        (ENCODED[:3_000], SIZE, "shorter"),
        (ENCODED, SIZE + 1, "another size"),
        (ENCODED + bytes(1), SIZE, "wrong length"),
        (ENCODED[:-1], SIZE, "wrong length"),
        (ENCODED[:-1] + b"\x01", SIZE, "not zeros"),
        (b"\x00\x00" + ENCODED[2:], SIZE, "not zeros"),
        (b"\xff\xff" + ENCODED[2:], SIZE, "shorter"),
    ],
)
def test_a_trailer_that_leaves_a_byte_unexplained_is_refused(data: bytes, size: int, why: str) -> None:
    with pytest.raises(FormatError, match=why):
        manifest.decode_trailer(data, size)


def test_a_short_signature_makes_no_trailer() -> None:
    with pytest.raises(FormatError):
        manifest.encode_trailer(Trailer(TRAILER.manifest, b"short"))
