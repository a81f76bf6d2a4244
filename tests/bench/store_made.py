"""A large store and its plain twin: `python -m tests.bench.store_made FOLDER COUNT` makes both, through the real code.

The twin is the same engine without a key: the same schema, indexes and settings, so that what differs is the cipher.
Texts are drawn from Vietnamese syllables with the frequencies of a cable office: a few words in every cable, most in
few. A pool of texts is encoded once; numbers, times, degrees and precedences are drawn for each cable.
"""

import os
import random
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from secmsg.crypto.secret import Secret
from secmsg.ids import CableId, CertificateRef, EditionNumber, RelayId, Serial, StationId
from secmsg.office.lifecycle import CableState, IncomingState
from secmsg.store import cables, database, search
from secmsg.store.cables import CableHead, Direction, KeptCable, Provenance
from secmsg.store.database import Database, Keys
from secmsg.wire.cable import Degree, Kind, Urgency

SEED = 20261126
POOL = 4_096
BATCH = 5_000
DAYS = 3_650
NOW = 1_795_600_000
_COMMON = (
    "điện hỏa tốc kính gửi đại sứ quán việt nam tại cộng hòa về việc đề nghị phối hợp báo cáo kết quả theo chỉ đạo của "
    "lãnh đạo bộ ngoại giao trong thời gian tới các nước khu vực hội nghị nghị quyết dự thảo đoàn công tác thăm chính "
    "thức hợp tác kinh tế thương mại công dân bảo hộ lãnh sự thông tin tham vấn ý kiến nhất trí trước ngày tháng năm"
)
_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
_RHYMES = (
    "a ác ai ám an áng ành ao áp át au ay âm ân ấp ất âu ây e ém én éo ép ét ê ếch êm ên ềnh êu i ích iếc iêm iên iếp "
    "iết iều im in ình ít iu o oa oác oài oan oang oát oăn óc oe oi om on ong óp ót ô ốc ôi ôm ôn ông ốp ốt ơ ơi ờm ơn "
    "ớp ớt u ua uân uất uây úc uê ui um un ung uốc uôi uốn uống uốt úp út uy uyên uyết ư ưa ức ửi ừng ước ươi ương "
    "ượt ưu"
)


@dataclass(frozen=True, slots=True)
class Text:
    """One text of the pool: subject, what is indexed, and bytes as long as a signed cable's."""

    subject: str
    words: str
    signed: bytes


def keys() -> Keys:
    """Return the keys of a measured store."""
    return database.derive_keys(bytes(16), Secret(b"b" * 32))


def open_twin(path: Path) -> Database:
    """Open (or make) a plain database of the same engine with the same schema and settings."""
    connection: Any = dbapi2.connect(str(path), isolation_level=None, timeout=5)
    connection.execute(f"PRAGMA cache_size = -{database._CACHE_KIB:d}").fetchall()
    for name, setting, _ in database._PROTECTIONS:
        if not name.startswith("cipher"):
            connection.execute(f"PRAGMA {name} = {setting}").fetchall()
    db = Database(connection, keys(), threading.get_ident())
    database._migrate(db, database.migrations())
    return db


def open_ours(path: Path) -> Database:
    """Open (or make) the enciphered database."""
    return database.open_(path, keys()) if path.exists() else database.create(path, keys())


def pool() -> tuple[Text, ...]:
    """Draw the texts."""
    draw = random.Random(SEED)
    rare = [f"{onset}{rhyme}" for onset in _ONSETS.split() for rhyme in _RHYMES.split()]
    common = _COMMON.split()
    draw.shuffle(rare)
    weights = [1 / (rank + 8) for rank in range(len(rare))]

    def words(count: int) -> list[str]:
        drawn = iter(draw.choices(rare, weights, k=count))
        return [draw.choice(common) if draw.random() < 0.55 else next(drawn) for _ in range(count)]

    made = []
    for _ in range(POOL):
        subject = " ".join(words(draw.randint(8, 14))).capitalize()
        body = " ".join(("kính", "gửi", *words(draw.randint(50, 110))))
        text = f"{subject}\n{body}\nNguyễn Văn An\nVụ Châu Âu Hà Nội"
        made.append(Text(subject, text, body.encode() + draw.randbytes(420)))
    return tuple(made)


def drawn(texts: tuple[Text, ...], first: int, count: int, total: int) -> Iterator[tuple[KeptCable, str]]:
    """Draw cables `first` … with the words of each."""
    for number in range(first, first + count):
        draw = random.Random(number)
        text = texts[draw.randrange(POOL)]
        incoming = draw.random() < 0.6
        at = NOW - DAYS * 86_400 + number * DAYS * 86_400 // total
        waiting = incoming and number >= total - 40
        mrn = f"26 {'HANOI' if incoming else 'PARIS'} {number % 99_999 + 1:03d}"
        head = CableHead(
            cable_id=CableId(draw.randbytes(16)),
            direction=Direction.IN if incoming else Direction.OUT,
            origin=StationId(101 if incoming else 45),
            first_to=StationId(45 if incoming else 101),
            others=draw.choice((0, 0, 0, 1, 2)),
            number=number % 99_999 + 1,
            symbol=f"{number % 999 + 1}/BNG-CA",
            mrn=mrn,
            kind=Kind.CABLE,
            degree=draw.choices(list(Degree), (30, 58, 10, 2))[0],
            urgency=draw.choices(list(Urgency), (80, 14, 5, 1))[0],
            subject=text.subject,
            dtg=at - at % 60,
            at=at,
            annexes=draw.choices((0, 1, 3), (70, 22, 8))[0],
            register_line=number,
            state=IncomingState.READ if incoming else CableState.REGISTERED,
            read_at=at + 60 if incoming and not waiting else None,
            acknowledged_at=at + 90 if incoming and not waiting else None,
        )
        provenance = Provenance(
            StationId(101), Serial(number), Serial(number - 1) if number > 1 else None, RelayId(bytes(16)),
            EditionNumber(3), CertificateRef(bytes(32)), CertificateRef(bytes(32)), at,
        )  # fmt: skip
        yield KeptCable(head, text.signed, provenance if incoming else None), f"{mrn}\n{head.symbol}\n{text.words}"


def insert(db: Database, cable: KeptCable, words: str) -> None:
    """Keep one cable as a receipt does: head, text, provenance, words."""
    cables.insert(db, cable)
    search.index(db, cable.head.cable_id, words)


def fill(db: Database, count: int, *, say: bool = False) -> None:
    """Put `count` cables into a store; goes on where an earlier run stopped."""
    texts, began = pool(), time.perf_counter()
    have = cables.count(db, Direction.IN) + cables.count(db, Direction.OUT)
    for first in range(have, count, BATCH):
        with db.transaction():
            for cable, words in drawn(texts, first + 1, min(BATCH, count - first), count):
                insert(db, cable, words)
        if say and first % (20 * BATCH) == 0:
            print(f"{first + BATCH} cables, {time.perf_counter() - began:.0f} s", flush=True)
    db.truncate_log()


def encipher(plain: Database, path: Path) -> None:
    """Write every page of the twin into an enciphered store: the same rows in the same tables and indexes."""
    key = keys().database.exactly(48).hex()
    connection = plain._connection
    connection.execute(f"ATTACH ? AS ours KEY \"x'{key}'\"", (str(path),))
    connection.execute("SELECT sqlcipher_export('ours')").fetchall()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    connection.execute(f"PRAGMA ours.user_version = {version:d}")
    connection.execute("DETACH ours")


def make(folder: Path, count: int, *, say: bool = False) -> None:
    """Make the twin through the real code, pack it, and encipher it; what is there stays."""
    ours, plain = folder / "store.db", folder / "plain.db"
    if ours.exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    os.umask(0o077)
    twin = open_twin(plain)
    fill(twin, count, say=say)
    twin._connection.execute("VACUUM")  # both are then packed alike
    twin.truncate_log()
    encipher(twin, ours.with_suffix(".making"))
    twin.close()
    ours.with_suffix(".making").rename(ours)


def main(folder: Path, count: int) -> None:
    """Make both stores and say how large they are."""
    make(folder, count, say=True)
    for path in sorted(folder.iterdir()):
        print(f"{path.name}: {path.stat().st_size >> 20} MiB")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
