"""What lies in the files of a store for somebody who has its key: every page deciphered, free ones too."""

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from secmsg.store.database import Keys

_PAGE = 4096
_RESERVED = 80
"""Of SQLCipher 4: an IV of 16 bytes and a tag of 64 at the end of each page."""
_SALT = 16
_LOG_HEAD, _FRAME_HEAD = 32, 24


def deciphered(path: Path, keys: Keys) -> bytes:
    """Return all pages of the database and of its log, without asking the library which of them are in use."""
    key = keys.database.reveal()[:32]
    data = path.read_bytes()
    assert data[:_SALT] == keys.database.reveal()[32:]
    pages = [_page(key, data[at : at + _PAGE], first=at == 0) for at in range(0, len(data), _PAGE)]
    log = path.with_name(path.name + "-wal")
    frames = log.read_bytes()[_LOG_HEAD:] if log.exists() else b""
    step = _FRAME_HEAD + _PAGE
    for at in range(0, len(frames) - step + 1, step):
        number = int.from_bytes(frames[at : at + 4])
        pages.append(_page(key, frames[at + _FRAME_HEAD : at + step], first=number == 1))
    return b"".join(pages)


def _page(key: bytes, page: bytes, *, first: bool) -> bytes:
    start = _SALT if first else 0
    iv = page[-_RESERVED : -_RESERVED + 16]
    reader = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
    return reader.update(page[start:-_RESERVED]) + reader.finalize()
