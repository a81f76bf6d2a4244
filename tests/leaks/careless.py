"""The control of the watch on files: a program that makes the usual mistakes, `python -m tests.leaks.careless`.

Settings of the desktop, a temporary file, a compressed preview in a cache, a name, and a mapped file.
"""

import mmap
import os
import sys
import tempfile
import zlib
from pathlib import Path

from PySide6.QtCore import QSettings

WORD = "Chim hoàng yến trong kho lưu"


def main() -> int:
    settings = QSettings("secmsg-control", "secmsg-control")
    settings.setValue("last", WORD)
    settings.sync()
    with tempfile.NamedTemporaryFile(delete=False, prefix="preview-") as file:
        file.write(WORD.encode("utf-16-le"))
    cache = Path.home() / ".cache" / "thumbnails"
    cache.mkdir(parents=True)
    (cache / "page").write_bytes(zlib.compress(b"x" * 5_000 + WORD.encode() + b"y" * 5_000))
    (Path(tempfile.gettempdir()) / f"{WORD}.pdf").touch()
    mapped = os.open(cache / "mapped", os.O_RDWR | os.O_CREAT)
    os.ftruncate(mapped, 4096)
    with mmap.mmap(mapped, 4096) as view:
        view[: len(WORD)] = WORD.encode()[: len(WORD)]
    return 0


if __name__ == "__main__":
    sys.exit(main())
