"""Write vault.json: keys, heads and hashes of an example vault, and header copies that are refused."""

from dataclasses import replace

from secmsg.crypto import hashing, labels, passphrase
from secmsg.crypto.passphrase import KdfCost
from secmsg.crypto.secret import Secret
from secmsg.store import database, keyslots, vault
from secmsg.store.vault import Header, Passphrase, Share, Sheet, Use
from tests.helpers.seeded_random import seeded
from tests.vectors import frame
from tests.vectors.frame import Test

HEADER = Header(bytes(range(16)), bytes(range(16, 32)), KdfCost(8, 1), bound=True, generation=1)
MASTER = Secret(bytes(range(32, 64)))
HALF = Secret(bytes(range(64, 96)))
RECOVERY = Secret(bytes(range(96, 128)))
USES = [Use.OFFICER, Use.RECOVERY, *[Use.SPARE] * (vault.SLOTS - 2)]
OFFICER = Secret(bytes(range(128, 160)))
PIN = "58201946"
WORDS = "sáu từ để mở kho điện"


def checked(body: bytes) -> str:
    """Return a header copy with a right check over any body."""
    return (body + hashing.short(labels.HASH_VAULT.encode() + b"\x00", body)).hex()


def page(content: bytes) -> dict[str, str]:
    """Describe a page by its beginning and its hash."""
    return {"starts": content[:48].hex(), "hash": hashing.short(content).hex()}


def given() -> dict[str, object]:
    """Return what the example vault is made of."""
    return {
        "store_id": HEADER.store_id.hex(),
        "salt": HEADER.salt.hex(),
        "memory_kib": 8,
        "passes": 1,
        "passphrase": WORDS,
        "half": HALF.reveal().hex(),
        "recovery": RECOVERY.reveal().hex(),
        "pin": PIN,
        "officer": OFFICER.reveal().hex(),
        "master": MASTER.reveal().hex(),
        "slot_seed": "slot",
    }


def _made() -> list[Test]:
    officer, alone = Passphrase(Secret(WORDS.encode()), HALF), Passphrase(Secret(WORDS.encode()), None)
    kek, kek_alone = (keyslots.kek_of(HEADER, opener) for opener in (officer, alone))
    kek_sheet = keyslots.kek_of(HEADER, Sheet(RECOVERY))
    kek_share = keyslots.kek_of(HEADER, Share(RECOVERY, Secret(PIN.encode())))
    keys = database.derive_keys(HEADER.store_id, MASTER)
    derived = {
        "stretched": passphrase.stretch(officer.value, HEADER.salt, HEADER.cost),
        "kek": kek,
        "kek without the half": kek_alone,
        "kek of the sheet": kek_sheet,
        "kek of a share": kek_share,
        "key of the database": keys.database,
        "key of the identity": keys.identity,
        "key of the audit": keys.audit,
    }
    pages = {
        "slot 0, copy A": keyslots.seal_slot(HEADER, kek, 0, 0, MASTER, Use.OFFICER, 1, seeded(b"slot")),
        "slot 2, copy A, with an officer secret": keyslots.seal_slot(
            HEADER, kek_share, 2, 0, MASTER, Use.SHARE, 1, seeded(b"slot"), OFFICER
        ),
        "slot 1, copy B": keyslots.seal_slot(HEADER, kek_sheet, 1, 1, MASTER, Use.RECOVERY, 7, seeded(b"slot")),
        "map, copy A": keyslots.seal_map(HEADER, MASTER, 0, USES, seeded(b"slot")),
    }
    header = keyslots.encode_header(HEADER)[: keyslots.HEADER_SIZE].hex()
    return [
        *(frame.ok(name, do="derive", gives=key.reveal().hex()) for name, key in derived.items()),
        frame.ok("header", "example", do="header", header=header),
        *(frame.ok(name, do="page", **page(content)) for name, content in pages.items()),
    ]


def _header(**changed: object) -> str:
    return keyslots.encode_header(replace(HEADER, **changed))[: keyslots.HEADER_SIZE].hex()  # type: ignore[arg-type]


def _refused() -> list[Test]:
    body = HEADER.fixed + b"\x01" + (1).to_bytes(4, "big")
    headers = {
        "another magic": (checked(b"X" + body[1:]), "StoreDamaged", "bound"),
        "a newer version": (checked(body[:13] + b"\x03" + body[14:]), "StoreNewer", "bound"),
        "a wrong check": ((body + bytes(32)).hex(), "StoreDamaged", "rule"),
        "bytes after the check": (checked(body) + "01", "StoreDamaged", "length"),
        "memory below the floor": (_header(cost=KdfCost(7, 1)), "CostRefused", "bound"),
        "memory above the ceiling": (_header(cost=KdfCost(2**32 - 1, 1)), "CostRefused", "bound"),
        "passes above the ceiling": (_header(cost=KdfCost(8, 11)), "CostRefused", "bound"),
        "another salt than the slots were made with": (_header(salt=bytes(16)), "WrongPassphrase", "swap"),
    }
    return [frame.no(name, error, flag, do="open", header=header) for name, (header, error, flag) in headers.items()]


def made() -> dict[str, str]:
    """Return the text of the file."""
    return {"vault": frame.text("vault.md", [*_made(), *_refused()], given=given())}
