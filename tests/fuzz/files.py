"""Fuzzed: the readers of attachments, which run in a process apart and answer for every file."""

from collections.abc import Iterator

from secmsg.metadata import cleaning, codes
from secmsg.station import packet_papers
from tests.fuzz.target import Target
from tests.helpers.telling_files import TELLING

_LONGEST = 8_192


def _seeds(*kinds: str) -> Iterator[bytes]:
    for kind in kinds:
        data = TELLING[kind]()
        if len(data) <= _LONGEST:
            yield data


FILES = (
    Target("pictures", cleaning.clean, lambda: _seeds("jpeg", "png", "webp", "tiff", "placed tiff", "heic"), ()),
    Target("codes", codes.read, lambda: packet_papers.pictures(b"a packet of twenty-one"), (), longest=4_096),
    Target("documents", cleaning.clean, lambda: _seeds("pdf", "docx", "xlsx", "pptx"), ()),
)
