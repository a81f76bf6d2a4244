"""Bytes of a 500-byte Vietnamese cable under each way of compressing it, on cables that no table was made from.

The dictionaries of the peers are made from the very cables that weigh most in our table. Ratios are peer / ours.
"""

import collections
import math
import zlib
from collections.abc import Callable
from pathlib import Path

from secmsg.wire import thin_table, thin_text
from tests.bench.rows import Row, table

ROOT = Path(__file__).resolve().parents[2]
RESOURCES = ROOT / "resources" / "thin"
UNSEEN = ROOT / "tests" / "bench" / "unseen" / "cables.txt"
SIZE = 500
WINDOW = 32_768


def run(size: int, rounds: int) -> None:
    """Print the table."""
    known = (RESOURCES / "cables-vi.txt").read_text("utf-8")
    cables = UNSEEN.read_text("utf-8").strip().split("\n%\n")
    ours = thin_table.parse((RESOURCES / "vi-1.txt").read_text("utf-8"))
    ways: dict[str, Callable[[str], int]] = {
        "raw deflate": _deflate(b""),
        "raw deflate, preset dictionary": _deflate(known.encode()[-WINDOW:]),
        **_zstd(known),
        "syllable codes of whole bits": _syllables(known, ours),
        "one byte a letter (SCSU-like)": len,
    }
    before = sum(len(text.encode()) for text in cables)
    mine = [len(thin_text.compress(text, ours)) for text in cables]
    our_size = SIZE * sum(mine) / before
    rows = []
    for name, way in ways.items():
        theirs = [way(text) for text in cables]
        ratios = [peer / own for peer, own in zip(theirs, mine, strict=True)]
        rows.append(
            Row(
                f"{len(cables)} unseen cables, bytes for {SIZE} of UTF-8: {name}",
                f"{our_size:.0f}",
                f"{SIZE * sum(theirs) / before:.0f}",
                sum(theirs) / sum(mine),
                min(ratios),
                max(ratios),
                "about 140 bytes",
            )
        )
    print(table(rows))


def _deflate(dictionary: bytes) -> Callable[[str], int]:
    def size(text: str) -> int:
        raw = (9, zlib.DEFLATED, -zlib.MAX_WBITS, 9, zlib.Z_DEFAULT_STRATEGY)
        packer = zlib.compressobj(*raw, dictionary) if dictionary else zlib.compressobj(*raw)
        return len(packer.compress(text.encode()) + packer.flush())

    return size


def _zstd(known: str) -> dict[str, Callable[[str], int]]:
    import zstandard

    cables = [text.encode() for text in known.strip().split("\n%\n")]
    # Training wants many samples: every stretch of a cable is one.
    samples: list[bytes | bytearray | memoryview[int]] = [
        cable[at : at + 200] for cable in cables for at in range(0, len(cable), 50)
    ]
    trained = zstandard.train_dictionary(16_384, samples)
    raw = zstandard.ZstdCompressionDict(known.encode(), dict_type=zstandard.DICT_TYPE_RAWCONTENT)

    def sized(dictionary: "zstandard.ZstdCompressionDict") -> Callable[[str], int]:
        packer = zstandard.ZstdCompressor(
            level=22, dict_data=dictionary, write_content_size=False, write_checksum=False, write_dict_id=False
        )
        # Its magic number says nothing where the control byte names the method.
        return lambda text: len(packer.compress(text.encode())) - 4

    return {"zstd, trained dictionary": sized(trained), "zstd, the cables as dictionary": sized(raw)}


def _syllables(known: str, ours: thin_table.Table) -> Callable[[str], int]:
    """Give each word a code of whole bits by its rank in the same table, without a look at what stands before it."""
    total = ours.words.total
    bits: dict[str, int] = collections.defaultdict(int)
    for word, symbol in ours.index.items():
        bits[word] = max(1, round(-math.log2((ours.words.before(symbol + 1) - ours.words.before(symbol)) / total)))

    def size(text: str) -> int:
        spent = 0
        for token in thin_text.tokens(text, ours):
            spent += bits[token.stem] or 10 + 6 * len(token.stem)
            spent += 5 if token.case else 0
        return math.ceil(spent / 8)

    return size
